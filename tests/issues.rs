//! Issues: which sentences belong to the issues of a list, and which belong to none.

use proptest::prelude::*;
use rapporteur::definition::InputSettings;
use rapporteur::issues::{self, Gathered};
use rapporteur::model::{Assignment, Issue, Kind, SentenceId, Session};
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::{self, Input};
use rapporteur::prepare::Prepared;

fn sessions(path: &str, bytes: Vec<u8>) -> Vec<Session> {
    let input = Input { path: path.to_owned(), bytes };
    pipeline::open(&input, &InputSettings::default()).expect("the session is readable")
}

/// A session in which the lines are the turns of speakers in turn.
fn spoken(language: &str, lines: &[&str]) -> Session {
    let turn = |(n, line): (usize, &&str)| {
        let speaker = ["Ann Lee", "Bo Dahl"][n % 2];
        serde_json::json!({"speaker": speaker, "text": line}).to_string()
    };
    let jsonl: Vec<String> = lines.iter().enumerate().map(turn).collect();
    let mut session = sessions("talk.jsonl", jsonl.join("\n").into_bytes()).remove(0);
    session.language = language.parse().expect("a language code");
    session
}

fn issue(label: &str, terms: &[&str], text: &str) -> Issue {
    Issue {
        label: label.to_owned(),
        terms: terms.iter().map(|&t| t.to_owned()).collect(),
        text: text.to_owned(),
    }
}

/// The label of each sentence's issue, `-` for none.
fn labels(session: &Session, list: &[Issue]) -> Vec<String> {
    let label = |a: &Option<Assignment>| a.map_or("-".to_owned(), |a| list[a.issue.0 as usize].label.clone());
    Prepared::new(session, &KnownPeople::default()).assigned(list).iter().map(label).collect()
}

fn check(list: &[Issue], lines: &[(&str, &str)]) {
    check_in("en", list, lines);
}

fn check_in(language: &str, list: &[Issue], lines: &[(&str, &str)]) {
    let texts: Vec<&str> = lines.iter().map(|l| l.0).collect();
    let expected: Vec<&str> = lines.iter().map(|l| l.1).collect();
    assert_eq!(labels(&spoken(language, &texts), list), expected, "of {texts:?}");
}

#[test]
fn terms_are_found_in_all_their_forms_and_phrases_as_they_stand() {
    let list = [issue("Dues", &["port dues", "levy"], ""), issue("Water", &["closed loop", "Art. 9"], "")];
    check(
        &list,
        &[
            ("The levies of last year were paid late by nearly everybody here.", "Dues"),
            ("Our ships run with closed-loop systems in all the harbours of the north.", "Water"),
            ("Article 9 leaves the question to the ministers of the coastal states.", "Water"),
        ],
    );
}

#[test]
fn a_sentence_between_two_of_an_issue_belongs_to_it_and_one_far_from_any_does_not() {
    let list = [issue("Dues", &["port dues", "levy"], "")];
    let filler = "My sister plays the violin in an orchestra which travels through many countries.";
    let mut lines = vec![
        ("The levy hurts the small ports more than the large ones.", "Dues"),
        ("They cannot pass it on to anybody.", "Dues"),
        ("A levy by tonnage would be fairer.", "Dues"),
    ];
    lines.extend([(filler, "-"); 16].iter().enumerate().map(|(n, l)| if n < 8 { (l.0, "?") } else { *l }));
    let session = spoken("en", &lines.iter().map(|l| l.0).collect::<Vec<_>>());
    let found = Prepared::new(&session, &KnownPeople::default()).assigned(&list);
    for (n, (text, expected)) in lines.iter().enumerate().filter(|(_, l)| l.1 != "?") {
        assert_eq!(found[n].is_some(), *expected == "Dues", "{n}: {text}");
    }
    let score = |n: usize| found[n].expect("it is assigned").score;
    assert!(score(1) < score(0), "{} is below {}", score(1), score(0));
}

#[test]
fn procedure_and_noise_have_no_issue() {
    let list = [issue("Thanks", &["thank", "chair", "floor"], "")];
    check(&list, &[("Thank you very much, Madam Chair.", "-"), ("[laughter]", "-")]);
}

#[test]
fn the_only_issue_with_a_text_takes_the_speeches_about_it() {
    let motion = "That this House regrets the closure of rural libraries.";
    check(
        &[issue("motion", &[], motion)],
        &[
            ("The closure of a library takes the heart out of a village.", "motion"),
            ("Children go home to houses without books.", "motion"),
            ("I shall vote for the rural branches tonight.", "motion"),
        ],
    );
}

#[test]
fn terms_of_other_languages_are_stemmed_and_an_unknown_language_needs_none() {
    check_in(
        "fr",
        &[issue("Écoles", &["école rurale"], "")],
        &[("Les écoles rurales ferment partout.", "Écoles")],
    );
    check_in(
        "de",
        &[issue("Gebühr", &["Hafengebühr"], "")],
        &[("Wir lehnen die Hafengebühren ab.", "Gebühr")],
    );
    check_in("", &[issue("Ada", &["tarawa"], "")], &[("E nako te tarawa i nanon te kaawa.", "Ada")]);
}

#[test]
fn every_issue_of_the_fixtures_is_found_in_its_session() {
    for path in [
        "ai-hiring-panel/ai-hiring-panel.txt",
        "port-negotiation/port-negotiation.txt",
        "river-council/river-council.md",
    ] {
        let path = format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"));
        let folder = std::path::Path::new(&path).with_file_name("issues.json");
        let list =
            issues::parse(&std::fs::read(folder).expect("the list is readable")).expect("it is a list");
        let session = sessions(&path, std::fs::read(&path).expect("the session is readable")).remove(0);
        let found = labels(&session, &list);
        for issue in &list {
            let n = found.iter().filter(|l| **l == issue.label).count();
            assert!(n >= 3, "{path}: {n} sentences on {}", issue.label);
        }
        assert!(found.iter().any(|l| l == "-"), "{path}");
    }
}

#[test]
fn no_issue_and_no_sentence_are_no_trouble() {
    check(&[], &[("The levy hurts the small ports.", "-")]);
    check(&[issue("!", &["…"], "?")], &[("The levy hurts the small ports.", "-")]);
}

fn fixture(path: &str) -> Vec<Session> {
    let path = format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"));
    sessions(&path, std::fs::read(&path).expect("the session is readable"))
}

fn gathered(session: &Session) -> Gathered {
    Prepared::new(session, &KnownPeople::default()).gathered()
}

/// Issues found in sessions together hold these labels or terms, and nothing of what must not be.
fn check_found(sessions: &[Session], expected: &[&str], never: &[&str]) {
    let mut all = Gathered::default();
    sessions.iter().for_each(|session| all.merge(gathered(session)));
    let found = all.issues();
    assert!((2..=24).contains(&found.len()), "{} issues", found.len());
    for name in expected {
        let named = |i: &Issue| i.label == *name || i.terms.iter().any(|t| t == name);
        assert!(found.iter().any(named), "{name} is not in {found:?}");
    }
    for name in never {
        let named = |i: &Issue| i.label.to_lowercase().split(' ').any(|word| word == *name);
        assert!(!found.iter().any(named), "{name} is in {found:?}");
    }
    let text: String = sessions.iter().map(|s| format!("{} ", s.text)).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let headings: Vec<&str> = sessions.iter().flat_map(|s| &s.headings).map(|h| h.title.as_str()).collect();
    for issue in &found {
        let said = text.contains(&issue.label.to_lowercase());
        assert!(said || headings.iter().any(|h| h.contains(&issue.label)), "nobody says {}", issue.label);
        assert!(!issue.terms.is_empty(), "{issue:?}");
        assert_eq!(found.iter().filter(|other| other.label == issue.label).count(), 1, "{found:?}");
    }
}

#[test]
fn headings_are_issues_but_for_those_that_name_no_subject() {
    let items = ["Night-time water abstraction in summer", "Fish ladder or removal of Kell Weir"];
    check_found(&fixture("river-council/river-council.md"), &items, &["opening", "business"]);
    let minutes = "# Council\n\n## Opening\n\nABC: Good morning to you all and to the visitors.\n\n\
        ## 2. Harbour dues (continued)\n\nABC: The dues are too high for small boats.\n\n\
        ## 3. Night noise\n\nDEF: Nobody can sleep near the cranes.\n\n## Any other business\n\nDEF: None of us has any.\n";
    let session = sessions("council.md", minutes.as_bytes().to_vec()).remove(0);
    let found: Vec<String> = gathered(&session).issues().into_iter().map(|i| i.label).collect();
    assert_eq!(found, ["Harbour dues", "Night noise"]);
    let list = gathered(&session).issues();
    assert_eq!(labels(&session, &list), ["-", "Harbour dues", "Night noise", "-"]);
}

#[test]
fn phrases_that_an_analyst_would_compare_are_found_as_they_stand() {
    let no_names = ["slide", "thank", "chair", "question", "article"];
    check_found(
        &fixture("ai-hiring-panel/ai-hiring-panel.txt"),
        &["emotion recognition", "human review", "independent audits", "accessibility standard"],
        &[&no_names[..], &["jory", "kem"]].concat(),
    );
    check_found(
        &fixture("port-negotiation/port-negotiation.txt"),
        &["shore power", "levy", "waste", "emission schemes"],
        &[&no_names[..], &["kestria", "pelagia"]].concat(),
    );
    check_found(
        &fixture("fisheries-survey/fisheries-survey.csv"),
        &["wind farm", "seasonal closure"],
        &[&no_names[..], &["gannet"]].concat(),
    );
    check_found(
        &fixture("budget-rounds/budget-rounds.jsonl"),
        &["property tax", "reserve", "tram"],
        &no_names,
    );
}

#[test]
fn what_continues_a_heading_is_the_same_issue() {
    let minutes = "# Day 2\n\n## Berths\n\nABC: The berths are too short for such ships.\n\n\
        ## Tariffs: harbour\n\nABC: We shall see them in May.\n\n## Continuation: Berths: length\n\n\
        DEF: Twenty metres would do.\n\n## Tariffs: ferry\n\nDEF: They have not been raised for years.\n";
    let session = sessions("day.md", minutes.as_bytes().to_vec()).remove(0);
    let found = gathered(&session).issues();
    let mut found: Vec<(&str, usize)> = found.iter().map(|i| (i.label.as_str(), i.terms.len())).collect();
    found.sort_unstable();
    assert_eq!(found, [("Berths", 2), ("Tariffs: ferry", 1), ("Tariffs: harbour", 1)]);
}

/// The issues that are found in turns of several speakers, as their labels and terms.
fn found_in(lines: &[&str]) -> Vec<Issue> {
    gathered(&spoken("en", lines)).issues()
}

#[test]
fn the_text_that_is_negotiated_is_the_first_issue() {
    let found = found_in(&[
        "We cannot support this draft convention without a levy on fuel.",
        "We welcome the draft convention, but a levy on fuel would harm small islands.",
        "The convention must protect small islands, and this draft does not.",
        "We urge all to adopt the convention, and we reject the levy on fuel.",
        "Without help for small islands the draft convention is too weak for us.",
        "We support the convention, and we are concerned about small islands.",
    ]);
    assert_eq!(found[0].label, "draft convention", "{found:?}");
    let labels: Vec<&str> = found.iter().map(|i| i.label.as_str()).collect();
    assert!(labels.contains(&"islands") && labels.contains(&"levy"), "{labels:?}");
}

#[test]
fn what_positions_are_taken_on_comes_before_what_is_only_told() {
    let found = found_in(&[
        "The night ferry left the old harbour at eight.",
        "The night ferry reached the old harbour at nine.",
        "We strongly oppose the passenger tax, which harms our islands.",
        "We support the passenger tax and demand that it be raised.",
        "The night ferry came back to the old harbour on Monday.",
        "We reject any passenger tax, since it hurts those who must travel.",
    ]);
    assert_eq!(found[0].label, "passenger tax", "{found:?}");
}

#[test]
fn places_and_those_who_act_are_no_issues() {
    let found = found_in(&[
        "In Port Alder the residents demand a lower ferry tariff.",
        "The residents of the islands want a lower ferry tariff in Port Alder.",
        "We support the ferry tariff that President Lund proposed in Port Alder.",
        "President Lund is right, and the residents must accept the ferry tariff.",
        "President Lund said in Port Alder that the ferry tariff must rise.",
    ]);
    assert_eq!(found[0].label, "ferry tariff", "{found:?}");
    assert!(
        !found.iter().any(|i| ["Port Alder", "President Lund", "residents"].contains(&i.label.as_str())),
        "{found:?}"
    );
}

#[test]
fn two_texts_with_names_are_two_issues_and_more_of_a_thing_is_one() {
    let found = found_in(&[
        "We support the Alder Convention and reject the Cape Convention.",
        "The Cape Convention lacks catch limits, the Alder Convention has strict catch limits.",
        "We demand catch limits as in the Alder Convention.",
        "The Cape Convention is better for us than the Alder Convention, for fishing harms nobody.",
        "Strict catch limits are what the Cape Convention fails to give.",
        "We oppose strict catch limits.",
    ]);
    let of = |name: &str| found.iter().position(|i| i.terms.iter().any(|t| t == name));
    assert!(of("Alder Convention").is_some() && of("Cape Convention").is_some(), "{found:?}");
    assert_ne!(of("Alder Convention"), of("Cape Convention"), "{found:?}");
    assert_eq!(of("catch limits"), of("strict catch limits"), "{found:?}");
}

#[test]
fn each_language_has_issues_of_its_own_phrases() {
    for (path, expected) in [
        (
            "pisos-turisticos/pisos-turisticos.xml",
            &["viviendas turísticas", "licencia", "moratoria inmediata"][..],
        ),
        ("retenue-eau/retenue-eau.txt", &["retenue", "règle annuelle", "nappe"]),
        ("ingressi-laguna/ingressi-laguna.srt", &["affitti brevi", "navetta", "appartamenti turistici"]),
        ("praca-mercado/praca-mercado.csv", &["bancas", "acesso dos camiões"]),
        ("windpark-anhoerung/windpark-anhoerung.md", &["Bürgerentscheid", "Wald"]),
        ("poligon-slushaniya/poligon-slushaniya.vtt", &["раздельный сбор", "половинный тариф"]),
        ("tahliya-baladiya/tahliya-baladiya.txt", &["المزارع الصغيرة"]),
        ("waimai-qishou/waimai-qishou.txt", &["工伤保险", "商业秘密", "审计"]),
    ] {
        check_found(&fixture(path), expected, &[]);
    }
}

#[test]
fn issues_found_in_many_sessions_do_not_depend_on_their_order() {
    let sessions = fixture("budget-rounds/budget-rounds.jsonl");
    let all = |order: &[usize]| {
        let mut all = Gathered::default();
        order.iter().for_each(|&n| all.merge(gathered(&sessions[n])));
        all
    };
    let expected = all(&[0, 1, 2]);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(all(&order), expected, "{order:?}");
        assert_eq!(all(&order).issues(), expected.issues(), "{order:?}");
    }
    assert_eq!(Gathered::default().issues(), []);
}

proptest! {
    #[test]
    fn whatever_is_said_labels_are_unique_and_their_terms_are_assigned(
        lines in prop::collection::vec("(the (harbour|port) (levy|dues)|of (Ann Lee|noise|[a-zé-]{1,9})|[.!?'-]| ){1,30}", 1..6),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|l| !l.trim().is_empty()).collect();
        prop_assume!(!lines.is_empty());
        let session = spoken("en", &lines);
        let found = gathered(&session).issues();
        let mut names: Vec<&str> = found.iter().map(|i| i.label.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        prop_assert_eq!(names.len(), found.len());
        prop_assert!(found.iter().all(|i| !i.label.contains("Ann") && !i.terms.is_empty()));
    }


    #[test]
    fn what_is_assigned_is_speech_and_scored_whatever_is_said(
        lines in prop::collection::vec("(levy|port|dues|Thank you, chair|[a-zé.?!' -]{0,20}| ){1,8}", 1..6),
        words in prop::collection::vec("(levy|port|[a-z '-]{0,8})( dues)?", 0..5),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|l| !l.trim().is_empty()).collect();
        prop_assume!(!lines.is_empty());
        let list: Vec<Issue> = words.iter().map(|w| issue(w, &[w], "")).collect();
        let session = spoken("en", &lines);
        let prepared = Prepared::new(&session, &KnownPeople::default());
        let found = prepared.assigned(&list);
        prop_assert_eq!(found.len(), prepared.analysis.sentences.len());
        for (at, assignment) in found.iter().enumerate() {
            let Some(assignment) = assignment else { continue };
            prop_assert!(prepared.analysis.sentence(SentenceId(at as u32)).kind == Kind::Speech);
            prop_assert!((assignment.issue.0 as usize) < list.len());
            prop_assert!(assignment.score > 0.0 && assignment.score <= 1.0 + 1e-9);
        }
    }
}

/// A debate of which the moderator reads the motion out more than once.
const DEBATE: &str = "\
Moderator: Welcome to our debate. Our motion tonight is: Close the old harbour. Speaking for the motion, Ana Reyes. And
speaking against the motion, Bo Lund.

Ana Reyes: The old harbour loses money every year, and its quays are falling into the sea.

Bo Lund: Two hundred families live from the old harbour. Nobody has told them what comes after.

Moderator: The motion is \u{201c}Close the old harbour.\u{201d} Ana, your last word.

Ana Reyes: The money of the old harbour pays for a new one.
";

#[test]
fn a_motion_that_is_debated_is_the_first_issue() {
    let issues = |text: &str| {
        let session = sessions("debate.txt", text.as_bytes().to_vec()).remove(0);
        Prepared::new(&session, &KnownPeople::default()).gathered().issues()
    };
    let found = issues(DEBATE);
    let first = found.first().expect("an issue");
    assert_eq!(
        (first.label.as_str(), first.text.as_str()),
        ("Close the old harbour", "Close the old harbour")
    );
    let is_motion = |issue: &Issue| !issue.text.is_empty();
    assert_eq!(found.iter().filter(|issue| is_motion(issue)).count(), 1);
    // Who argues against the motion would stand for “old harbour” or “the motion” beside it.
    let beside = found.iter().skip(1).find(|issue| ["old harbour", "motion"].contains(&issue.label.as_str()));
    assert_eq!(beside, None, "{found:?}");
    // Read out once it may be that of another night; without two sides nobody debates it.
    let once = DEBATE.replace("The motion is \u{201c}Close the old harbour.\u{201d} ", "");
    let one_side = DEBATE.replace(" And\nspeaking against the motion, Bo Lund.", "");
    for text in [once, one_side] {
        assert!(!issues(&text).iter().any(is_motion), "{text}");
    }
}
