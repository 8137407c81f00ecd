//! Who the voices are: rosters of the fixtures, the way there and back of `--write-roster`, and real
//! sessions, where they are there to read.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rapporteur::definition::{Definition, InputSettings};
use rapporteur::model::{Attendee, Join, People, Roster, Session, SessionBuilder};
use rapporteur::people::{self, roster};
use rapporteur::people::{Directory, KnownPeople};
use rapporteur::pipeline::{self, Input};

/// Fixtures that come with a roster, and their transcripts.
const ROSTERS: [(&str, &str); 3] = [
    ("ai-hiring-panel", "ai-hiring-panel.txt"),
    ("port-negotiation", "port-negotiation.txt"),
    ("river-council", "river-council.md"),
];

fn open(path: &Path) -> Vec<Session> {
    read(path).unwrap_or_else(|e| panic!("{e}"))
}

fn read(path: &Path) -> rapporteur::Result<Vec<Session>> {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let input = Input { path: path.to_string_lossy().into_owned(), bytes };
    pipeline::open(&input, &InputSettings::default())
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// A folder of the public data sets; `None`, and a note, where it is absent.
fn data(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if folder.exists() {
        return Some(folder);
    }
    assert!(!std::env::var("CI").is_ok_and(|value| value == "true"), "{} is missing", folder.display());
    eprintln!("SKIPPED: there is no {}", folder.display());
    None
}

#[test]
fn the_rosters_of_the_fixtures_hold() {
    for (fixture, transcript) in ROSTERS {
        let folder = fixtures().join(fixture);
        let bytes = fs::read(folder.join("roster.csv")).expect("a roster");
        let roster = roster::parse(&bytes).unwrap_or_else(|e| panic!("{fixture}: {e}"));
        let session = open(&folder.join(transcript)).remove(0);
        let known = KnownPeople { roster, ..KnownPeople::default() };
        let people = people::resolve(&session, &rapporteur::text::read(&session), &known);
        for speaker in people.speakers.iter().filter(|s| s.name != "RM/ABC") {
            let entry = known.roster.entries.iter().find(|e| e.speaker == speaker.name);
            let entry = entry.unwrap_or_else(|| panic!("{fixture}: {} is not in the roster", speaker.name));
            assert_eq!(speaker.stakeholder, entry.stakeholder, "{fixture}: {}", speaker.name);
            assert_eq!(speaker.group, entry.group, "{fixture}: {}", speaker.name);
            assert_eq!(Some(speaker.role), entry.role, "{fixture}: {}", speaker.name);
        }
        let names: Vec<&str> = people.speakers.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(roster::unmatched(&known.roster, &names), Vec::<&_>::new(), "{fixture}");
    }
}

/// What must be the same when what was found is written and read again.
fn outline(people: &People) -> Vec<String> {
    let one = |s: &rapporteur::model::Speaker| {
        format!("{} {:?} {:?} {:?} {}", s.name, s.labels, s.stakeholder, s.group, s.role)
    };
    people.speakers.iter().map(one).collect()
}

#[test]
fn what_is_found_is_written_and_read_back_as_the_same_people() {
    let mut n_sessions = 0;
    for folder in fs::read_dir(fixtures()).expect("fixtures").flatten() {
        for file in fs::read_dir(folder.path()).expect("a fixture").flatten().map(|file| file.path()) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if ["SOURCE.md", "roster.csv", "issues.json"].contains(&name.as_str()) {
                continue;
            }
            let sessions = open(&file);
            let known = KnownPeople { directory: Directory::of(&sessions), ..KnownPeople::default() };
            let inspect =
                |s: &Session| pipeline::inspect(s, &known, &Definition::default()).expect("a report");
            let reports: Vec<_> = sessions.iter().map(inspect).collect();
            for ending in ["csv", "json"] {
                let text = rapporteur::prepare::roster_found(&reports, &format!("people.{ending}"))
                    .expect("a roster");
                let read = roster::parse(text.as_bytes()).unwrap_or_else(|e| panic!("{name}: {e}\n{text}"));
                let corrected = KnownPeople { roster: read, ..known.clone() };
                for session in &sessions {
                    n_sessions += 1;
                    let (before, after) = (
                        people::resolve(session, &rapporteur::text::read(session), &known),
                        people::resolve(session, &rapporteur::text::read(session), &corrected),
                    );
                    assert_eq!(outline(&before), outline(&after), "{name} {ending}\n{text}");
                }
            }
        }
    }
    assert!(n_sessions > 10, "only {n_sessions} sessions were read");
}

#[test]
fn the_panellists_of_a_real_page_are_known_as_they_are_introduced() {
    let Some(folder) = data("seed") else { return };
    let session = open(&folder.join("un-cybercrime-panel-2024-07-02.txt")).remove(0);
    let people = people::resolve(&session, &rapporteur::text::read(&session), &KnownPeople::default());
    let expected = [
        ("Anastasiya Kazakova", "Diplo Foundation", "Anastasia"),
        ("Alexander Seger", "Council of Europe", ""),
        ("Tatiana Tropina", "Leiden University", "Tatjana"),
        ("Katitza Rodriguez", "Electronic Frontier Foundation", "Katica, Katisa"),
        ("Paloma Lara-Castro", "Derechos Digitalis", ""),
        ("Yuliya Shlychkova", "Kaspersky", "Yulia"),
        ("Nemanja Neno Malisevic", "Microsoft", "Neno"),
        ("Bojana Kovac", "DIPLO", ""),
    ];
    assert_eq!(people.speakers.len(), expected.len());
    for (speaker, (name, stakeholder, aliases)) in people.speakers.iter().zip(expected) {
        assert_eq!((speaker.name.as_str(), speaker.stakeholder.as_str()), (name, stakeholder));
        let because = speaker.stakeholder_because.as_ref().expect("a reason");
        assert!(because.text.contains(stakeholder), "{}", because.text);
        let (Some(turn), Some(start), Some(end)) = (because.turn, because.start, because.end) else {
            panic!("{name} has no quotation");
        };
        let slice = session.turn_text(turn as usize).get(start as usize..end as usize);
        assert_eq!(slice, Some(because.text.as_str()));
        let found: Vec<&str> = speaker.aliases.iter().map(|alias| alias.name.as_str()).collect();
        assert_eq!(found.join(", "), aliases, "{name}");
    }
    let named = people::Names::new(&session, &rapporteur::text::read(&session).name_words, &people)
        .mentions("As Katica told Yulia and Neno, Petitza is right.");
    let named: Vec<&str> =
        named.iter().map(|m| people.speakers[m.speaker.0 as usize].name.as_str()).collect();
    assert_eq!(named, ["Katitza Rodriguez", "Yuliya Shlychkova", "Nemanja Neno Malisevic"]);
}

/// A session that lists people and lets them speak by name or initials.
fn session(number: usize, listed: &[(usize, usize)], labels: &[usize]) -> Session {
    const NAMES: [(&str, &str); 5] =
        [("Ada Okoro", "AO"), ("Bo Lund", "BL"), ("Bea Lind", "BL"), ("Cy Moe", "CM"), ("Ada Okóro", "AO")];
    const ORGANISATIONS: [&str; 3] = ["Harbour Trust", "Night Union", ""];
    let mut builder = SessionBuilder::new(format!("s{number}"));
    builder.session().date = format!("2024-01-{:02}", number % 3 + 1);
    for &(name, organisation) in listed {
        let (name, alias) = NAMES[name % 5];
        let stakeholder = ORGANISATIONS[organisation % 3].to_owned();
        let aliases = vec![alias.to_owned()];
        let attendee = Attendee { name: name.to_owned(), aliases, stakeholder, ..Attendee::default() };
        builder.session().attendees.push(attendee);
    }
    for &label in labels {
        let (name, alias) = NAMES[label % 5];
        let text = "Bo Lund, director at Sifter Analytics. Thank you, Adda.";
        builder.turn(if label % 2 == 0 { name } else { alias }).text(text, Join::Line, 1, None);
    }
    builder.finish(0)
}

proptest! {
    #[test]
    fn people_are_the_same_in_whatever_order_the_sessions_come(
        given in proptest::collection::vec(
            (proptest::collection::vec((0..5usize, 0..3usize), 0..5), proptest::collection::vec(0..10usize, 0..6)),
            1..6,
        ),
        rotation in 0..6usize,
    ) {
        let sessions: Vec<Session> =
            given.iter().enumerate().map(|(n, (listed, labels))| session(n, listed, labels)).collect();
        let mut turned = sessions.clone();
        turned.rotate_left(rotation % sessions.len());
        turned.reverse();
        let one = KnownPeople { directory: Directory::of(&sessions), ..KnownPeople::default() };
        let parts = turned.iter().map(|s| Directory::of(std::slice::from_ref(s)));
        let other = KnownPeople {
            directory: parts.fold(Directory::default(), |mut all, part| { all.merge(part); all }),
            roster: Roster::default(),
        };
        for session in &sessions {
            prop_assert_eq!(people::resolve(session, &rapporteur::text::read(session), &one), people::resolve(session, &rapporteur::text::read(session), &other));
        }
    }
}
