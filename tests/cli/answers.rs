//! `ask`: what parties are called, figures, who takes a stand, and when nothing says it.

use super::*;

const CHAMBER: &str = "\
The Chair: Order. We turn to the harbour levy. Who opposes the harbour levy today?

Mr. Bo Lund (Quayside, CPC): We oppose the harbour levy, because it falls on the fishers.

Ms. Ada Okoro (Riverside, BQ): The harbour levy brings in 40 million dollars a year. On May 7 we asked how it is spent.

Mr. Cy Reyes (Hillside, CPC): The fishers paid for 12 new boats. The harbour needs a plan for winter ice.

The Chair: I oppose the harbour levy of noise in this room. Order.
";

fn ask(folder: &Path, question: &str, flags: &[&str]) -> (Vec<(String, String)>, String) {
    let report = report(folder, &[&["ask", "chamber.txt", question, "--format", "json"], flags].concat());
    let evidence = report["summaries"][0]["evidence"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let quoted = evidence.iter().map(|one| (text(&one["speaker"]), text(&one["text"]))).collect();
    (quoted, report["warnings"].to_string())
}

fn chamber() -> TempDir {
    let folder = folder();
    std::fs::write(folder.path().join("chamber.txt"), CHAMBER).unwrap();
    folder
}

#[test]
fn a_party_is_asked_by_its_common_name() {
    let folder = chamber();
    for (question, party) in [
        ("What did the Conservatives say about the fishers?", "CPC"),
        ("What did the CPC say about the fishers?", "CPC"),
        ("What did the Bloc Québécois say about the harbour levy?", "BQ"),
    ] {
        let (quoted, said) = ask(folder.path(), question, &[]);
        assert!(
            !quoted.is_empty() && quoted.iter().all(|(who, _)| who.contains(party)),
            "{question}: {quoted:?}"
        );
        assert!(!said.contains("nobody in this session says"), "{question}: {said}");
    }
}

#[test]
fn how_many_is_answered_by_a_figure_of_the_thing_or_by_saying_that_none_is_found() {
    let folder = chamber();
    let (quoted, said) =
        ask(folder.path(), "How much does the harbour levy bring in?", &["--sentences", "1"]);
    assert!(quoted[0].1.contains("40 million"), "{quoted:?}");
    assert!(!said.contains("no figure"), "{said}");
    let (_, said) = ask(folder.path(), "How many ships left the harbour in winter ice?", &[]);
    assert!(said.contains("no figure was found"), "{said}");
}

#[test]
fn who_leads_a_session_takes_no_stand_by_a_question() {
    let folder = chamber();
    let (quoted, _) = ask(folder.path(), "Who opposes the harbour levy?", &[]);
    assert_eq!(quoted.len(), 1, "{quoted:?}");
    assert!(quoted[0].0.contains("Bo Lund"), "{quoted:?}");
}

#[test]
fn an_answer_or_a_summary_is_restricted_to_whom_an_organisation_has() {
    let folder = chamber();
    let (quoted, _) = ask(folder.path(), "What was said about the harbour?", &["--stakeholder", "Bq"]);
    assert!(!quoted.is_empty() && quoted.iter().all(|(who, _)| who.contains("BQ")), "{quoted:?}");
    let (quoted, _) = ask(folder.path(), "What was said about the fishers?", &["--speaker", "cpc"]);
    let mut who: Vec<String> = quoted.into_iter().map(|(who, _)| who).collect();
    who.dedup();
    assert_eq!(who.len(), 2, "both who speak for it are heard: {who:?}");
    let report = report(folder.path(), &["summarize", "chamber.txt", "--speaker", "CPC", "--format", "json"]);
    assert_eq!(report["summaries"].as_array().unwrap().len(), 2);
    let unknown = ["ask", "chamber.txt", "What was said?", "--speaker", "NDP"];
    rapporteur(folder.path()).args(unknown).assert().code(2).stdout("").stderr(contains("or speaks for it"));
}
