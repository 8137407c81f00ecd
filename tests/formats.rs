//! Formats from end to end: who wins the detection, what a reader of a report sees of times.

use std::path::{Path, PathBuf};

use rapporteur::definition::{Definition, InputSettings};
use rapporteur::model::Session;
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::{self, Input};
use rapporteur::read::{self, FORMATS};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The formats of the fixtures; what stands beside them is no transcript.
const FIXTURES: [(&str, &str); 16] = [
    ("ai-hiring-panel/ai-hiring-panel.txt", "digwatch"),
    ("budget-rounds/budget-rounds.jsonl", "jsonl"),
    ("clinic-standup/clinic-standup.jsonl", "jsonl"),
    ("fisheries-survey/fisheries-survey.csv", "csv"),
    ("port-negotiation/port-negotiation.txt", "plain"),
    ("river-council/river-council.md", "markdown"),
    ("school-committee/school-committee.json", "qmsum"),
    ("ingressi-laguna/ingressi-laguna.srt", "srt"),
    ("kirjasto-ilta/kirjasto-ilta.txt", "plain"),
    ("pisos-turisticos/pisos-turisticos.xml", "tei"),
    ("poligon-slushaniya/poligon-slushaniya.vtt", "vtt"),
    ("praca-mercado/praca-mercado.csv", "csv"),
    ("retenue-eau/retenue-eau.txt", "plain"),
    ("tahliya-baladiya/tahliya-baladiya.txt", "plain"),
    ("waimai-qishou/waimai-qishou.txt", "plain"),
    ("windpark-anhoerung/windpark-anhoerung.md", "markdown"),
];

#[test]
fn every_fixture_is_won_by_its_own_reader_with_a_lead() {
    for (file, format) in FIXTURES {
        let bytes = std::fs::read(root().join("fixtures").join(file)).unwrap();
        for path in [file, "-"] {
            let guesses = read::detect(&bytes, path);
            let shown: Vec<_> = guesses.iter().map(|g| (g.format.name, g.confidence)).collect();
            assert_eq!(shown.first().map(|g| g.0), Some(format), "{path} {file}: {shown:?}");
            let lead = shown[0].1 - shown.get(1).map_or(0.0, |next| next.1);
            assert!(lead > 0.01 && shown[0].1 >= 0.5, "{path} {file}: {shown:?}");
        }
    }
}

#[test]
fn what_stands_beside_a_fixture_is_no_transcript() {
    let mut n_companions = 0;
    for folder in std::fs::read_dir(root().join("fixtures")).unwrap() {
        for entry in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            let is_transcript = FIXTURES.iter().any(|(file, _)| name.ends_with(file));
            let found = read::read_found(&std::fs::read(&path).unwrap(), &name).unwrap();
            assert_eq!(matches!(found, read::Found::Transcript(_)), is_transcript, "{name}");
            n_companions += usize::from(!is_transcript);
        }
    }
    assert!(n_companions >= 7);
}

#[test]
fn every_format_has_its_section_on_the_page() {
    let page = std::fs::read_to_string(root().join("docs/formats.md")).unwrap();
    let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(sections, names);
}

fn session(text: &str) -> Session {
    let input = Input { path: "call.vtt".into(), bytes: text.as_bytes().to_vec() };
    pipeline::open(&input, &InputSettings::default()).unwrap().remove(0)
}

const CALL: &str = "WEBVTT

00:00:01.000 --> 00:00:03.000
<v Ann Lee>We raise the fares of the night ferry

00:00:03.500 --> 00:00:06.000
<v Ann Lee>by half from May on. That pays

00:00:05.000 --> 00:00:07.000
<v Bo Ek>Nobody will take the night ferry at that price.

00:00:06.000 --> 00:00:08.000
<v Ann Lee>for a second crew on every winter night.
";

#[test]
fn a_sentence_over_many_cues_is_one_sentence_and_overlaps_keep_both() {
    assert_eq!(
        pipeline::segment(&session(CALL)),
        [
            vec!["We raise the fares of the night ferry by half from May on.", "That pays"],
            vec!["Nobody will take the night ferry at that price."],
            vec!["for a second crew on every winter night."],
        ]
    );
}

#[test]
fn evidence_has_the_times_of_the_source_or_marked_ones() {
    let report =
        pipeline::summarize(&session(CALL), &KnownPeople::default(), &Definition::default()).unwrap();
    let mut found: Vec<(String, serde_json::Value)> = Vec::new();
    for summary in report.summaries.iter().flatten() {
        for evidence in &summary.evidence {
            let opening: String = evidence.text.chars().take(8).collect();
            found.push((opening, serde_json::to_value(evidence.time).unwrap()));
        }
    }
    let time = |opening: &str| &found.iter().find(|(text, _)| text.starts_with(opening)).unwrap().1;
    let raise = time("We raise");
    assert_eq!(raise["start"], 1.0);
    assert_eq!(raise["interpolated"], true);
    assert!(raise["end"].as_f64().is_some_and(|end| end > 4.5 && end < 6.0), "{raise}");
    assert_eq!(*time("Nobody"), serde_json::json!({"start": 5.0, "end": 7.0}));
    let ann = report.speakers.iter().find(|speaker| speaker.name == "Ann Lee").unwrap();
    assert_eq!(ann.seconds, Some(7.0));
    assert_eq!(ann.wpm, Some(23.0 * 60.0 / 7.0).map(|wpm: f64| (wpm * 1e6).round() / 1e6));
}
