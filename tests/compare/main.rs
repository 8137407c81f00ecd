//! The tables of `compare` as their users meet them: what they hold, that they lead back to the
//! sources, and that nothing is left behind.

mod exports;
mod python;
mod r;
mod sides;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A row by the names of its columns.
type Row = BTreeMap<String, String>;

const SESSIONS: [&str; 3] = [
    "fixtures/port-negotiation/port-negotiation.txt",
    "fixtures/ai-hiring-panel/ai-hiring-panel.txt",
    "fixtures/river-council/river-council.md",
];
const ISSUES: &str = "fixtures/port-negotiation/issues.json";
const ROSTER: &str = "fixtures/port-negotiation/roster.csv";

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn rapporteur(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.args(arguments).current_dir(root()).output().unwrap()
}

/// Compares the sessions into a new folder, which must succeed.
fn compared(sessions: &[&str], flags: &[&str]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("tables");
    let mut arguments = vec!["compare"];
    arguments.extend(sessions);
    arguments.extend(["-o", target.to_str().unwrap()]);
    arguments.extend(flags);
    let output = rapporteur(&arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    (folder, target)
}

fn rows(file: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        header.iter().zip(&record).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The bytes of each file of a folder, by name.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

#[test]
fn every_table_begins_with_the_columns_of_the_contract() {
    let (_folder, tables) = compared(&SESSIONS, &["--issues", ISSUES]);
    for (table, columns) in [
        (
            "speakers",
            "session,speaker,stakeholder,group,role,turns,sentences,words,share,seconds,wpm,published_words,\
             published_seconds,published_wpm",
        ),
        (
            "sentences",
            "session,turn,sentence,speaker,label,stakeholder,start,end,time_start,time_end,issue,stance,cue,score,\
             selected,text",
        ),
        (
            "positions",
            "session,stakeholder,speaker,label,issue,kind,rank,score,stance,turn,sentence,start,end,time_start,text",
        ),
        (
            "stances",
            "session,stakeholder,issue,stance,basis,confidence,n_support,n_oppose,n_concern,n_sentences,salience,evidence",
        ),
        ("issues", "issue,label,terms,n_sentences,n_stakeholders"),
        ("stakeholder_issue", "stakeholder,Shore power,Scrubber discharge"),
        ("stakeholder_stance", "stakeholder,Shore power,Scrubber discharge"),
        ("stakeholder_term", "stakeholder,term,stem,count,tfidf,keyness,p,rank"),
        ("similarity", "stakeholder,"),
        ("stakeholder_stance_basis", "stakeholder,Shore power,Scrubber discharge"),
        ("sentence_issues", "session,turn,sentence,issue,relevance,score"),
        ("references", "session,speaker,target,kind,turn,sentence,text"),
        (
            "agreement",
            "session,issue,stakeholder_a,stakeholder_b,relation,strength,turn_a,sentence_a,text_a,turn_b,sentence_b,text_b",
        ),
        ("ledger", "session,speaker,class,words"),
    ] {
        let text = std::fs::read_to_string(tables.join(format!("{table}.csv"))).unwrap();
        assert!(text.starts_with(columns), "{table}: {:?}", text.lines().next());
    }
}

#[test]
fn tables_are_the_same_at_any_number_of_threads_and_in_any_order_of_the_inputs() {
    let flags = ["--roster", ROSTER, "--export", "polis,key-points,talk-to-the-city"];
    let with = |sessions: &[&str], threads: &str| {
        let flags: Vec<&str> = flags.iter().copied().chain(["--threads", threads]).collect();
        let (_folder, tables) = compared(sessions, &flags);
        contents(&tables)
    };
    let first = with(&SESSIONS, "1");
    assert!(first.len() > 15, "{:?}", first.keys());
    let mut reversed = SESSIONS;
    reversed.reverse();
    let rotated = [SESSIONS[1], SESSIONS[2], SESSIONS[0]];
    for (sessions, threads) in [(SESSIONS, "2"), (SESSIONS, "8"), (reversed, "2"), (rotated, "8")] {
        for (name, bytes) in with(&sessions, threads) {
            assert!(first[&name] == bytes, "{name} differs for {sessions:?} at {threads} threads");
        }
    }
}

#[test]
fn every_stance_leads_to_sentences_that_show_it_and_its_reasons_add_up() {
    let (_folder, tables) = compared(&SESSIONS, &["--issues", ISSUES, "--roster", ROSTER]);
    let place = |row: &Row, at: &str| (row["session"].clone(), at.to_owned());
    let at = |row: &Row| format!("{}.{}", row["turn"], row["sentence"]);
    let sentences: BTreeMap<_, Row> =
        rows(&tables.join("sentences.csv")).into_iter().map(|row| (place(&row, &at(&row)), row)).collect();
    let bearing: BTreeMap<_, f64> = rows(&tables.join("sentence_issues.csv"))
        .into_iter()
        .map(|row| ((place(&row, &at(&row)), row["issue"].clone()), row["relevance"].parse().unwrap()))
        .collect();
    let stances = rows(&tables.join("stances.csv"));
    for basis in ["stated", "inferred"] {
        assert!(stances.iter().any(|row| row["basis"] == basis), "{basis}");
    }
    for row in &stances {
        let places: Vec<_> = row["evidence"].split_whitespace().map(|at| place(row, at)).collect();
        for empty in ["stance", "basis", "confidence", "score", "because"] {
            assert_eq!(row[empty].is_empty(), places.is_empty(), "{row:?}");
        }
        for place in &places {
            assert_eq!(sentences[place]["stakeholder"], row["stakeholder"]);
            let relevance = bearing.get(&(place.clone(), row["issue"].clone()));
            assert!(relevance.is_some_and(|&p| p >= 0.05), "{place:?}: {row:?}");
        }
        let Some(first) = places.first() else { continue };
        let is_for = |stance: &str| stance == "support";
        if row["basis"] == "stated" {
            let shown = &sentences[first];
            assert!(!shown["cue"].is_empty() && shown["text"].contains(&shown["cue"]), "{shown:?}");
            assert_eq!(is_for(&shown["stance"]), is_for(&row["stance"]), "{row:?}");
        }
        let score: f64 = row["score"].parse().unwrap();
        assert_eq!(score > 0.0, is_for(&row["stance"]), "{row:?}");
        let value = |part: &str| part.rsplit_once('=').unwrap().1.parse::<f64>().unwrap();
        let sum: f64 = row["because"].trim_start_matches('\'').split(' ').map(value).sum();
        assert!((sum - score).abs() < 1e-4, "{sum} beside {row:?}");
        assert!((0.0..=1.0).contains(&row["confidence"].parse::<f64>().unwrap()));
    }
}

#[test]
fn stances_that_are_inferred_are_left_out_on_demand() {
    let basis = |flags: &[&str]| -> (usize, usize) {
        let flags: Vec<&str> =
            ["--issues", ISSUES, "--roster", ROSTER].into_iter().chain(flags.iter().copied()).collect();
        let (_folder, tables) = compared(&SESSIONS, &flags);
        let matrix = std::fs::read_to_string(tables.join("stakeholder_stance_basis.csv")).unwrap();
        (matrix.matches("stated").count(), matrix.matches("inferred").count())
    };
    let (stated, inferred) = basis(&[]);
    assert!(stated > 0 && inferred > 0);
    assert_eq!(basis(&["--stances", "stated"]), (stated, 0));
}

#[test]
fn positions_and_sentences_verify_against_their_sources() {
    for flags in [&["--issues", ISSUES][..], &["--issues", ISSUES, "--excel"]] {
        let (_folder, tables) = compared(&SESSIONS[..2], flags);
        for table in ["positions.csv", "sentences.csv"] {
            let table = tables.join(table);
            let sources = ["--source", SESSIONS[0], "--source", SESSIONS[1]];
            let mut arguments = vec!["verify", table.to_str().unwrap()];
            arguments.extend(sources);
            let output = rapporteur(&arguments);
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success() && said.contains("no mismatch"), "{said}");
        }
    }
}

const DANGEROUS: [&str; 9] = [
    "=SUM(A1:A9) is what they want.",
    "+41 is where they call from.",
    "-5 degrees is too cold for us.",
    "@all of you should hear this.",
    "\\t=1 after a tab is what it says.",
    "\\r=2 after a return is what it says.",
    "\\\"=3\\\" is in quotation marks here.",
    "\\ufeff=4 has a mark before it here.",
    "'=5 has an apostrophe before it.",
];

#[test]
fn no_cell_is_a_formula_and_numbers_stay_numbers() {
    let folder = TempDir::new().unwrap();
    let source = folder.path().join("talk.jsonl");
    let line = |(at, text): (usize, &&str)| {
        format!("{{\"speaker\": \"={at}\", \"text\": \"{text} We oppose -{at} and call for more.\"}}\n")
    };
    let lines: String = DANGEROUS.iter().enumerate().map(line).collect();
    let short = "{\"speaker\": \"@bo\", \"text\": \"=tab here. We oppose the levy of the port.\"}\n";
    std::fs::write(&source, lines + short).unwrap();
    for flags in [&[][..], &["--excel"]] {
        let (_out, tables) = compared(&[source.to_str().unwrap()], flags);
        let sentences = rows(&tables.join("sentences.csv"));
        assert!(sentences.len() >= DANGEROUS.len());
        for row in &sentences {
            for name in ["speaker", "label", "stakeholder", "text", "cue"] {
                assert!(!row[name].starts_with(['=', '+', '-', '@', '\t', '\r']), "{row:?}");
            }
        }
        assert!(sentences.iter().any(|row| row["score"].parse::<f64>().is_ok_and(|score| score < 0.0)));
        let table = tables.join("sentences.csv");
        let output = rapporteur(&["verify", table.to_str().unwrap(), "--source", source.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn one_bad_session_stops_nothing_and_failure_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let bad = folder.path().join("bad.txt");
    std::fs::write(&bad, "no speakers here, only prose\n").unwrap();
    let bad = bad.to_str().unwrap();
    let target = folder.path().join("tables");
    let out = target.to_str().unwrap();
    let output = rapporteur(&["compare", bad, SESSIONS[0], "-o", out, "--issues", ISSUES]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("bad.txt: "));
    assert_eq!(rows(&target.join("sessions.csv")).len(), 1);
    std::fs::remove_dir_all(&target).unwrap();
    let output = rapporteur(&["compare", bad, "-o", out]);
    assert_eq!(output.status.code(), Some(1));
    let output = rapporteur(&["compare", SESSIONS[0], "-o", out, "--issues", bad]);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(contents(folder.path()).into_keys().collect::<Vec<_>>(), ["bad.txt"]);
}

#[test]
fn sessions_of_the_same_name_are_told_apart_visibly() {
    let folder = TempDir::new().unwrap();
    let mut paths = Vec::new();
    for (name, text) in [
        ("a", "Ann Lee: We oppose it.\n\nBo Dahl: We support it.\n"),
        ("b", "Ann Lee: Not so.\n\nBo Dahl: It is so.\n"),
    ] {
        let inner = folder.path().join(name);
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(inner.join("talk.txt"), text).unwrap();
        paths.push(inner.join("talk.txt").to_str().unwrap().to_owned());
    }
    let target = folder.path().join("tables");
    let output = rapporteur(&["compare", &paths[0], &paths[1], "-o", target.to_str().unwrap()]);
    assert!(output.status.success());
    let ids: Vec<String> = rows(&target.join("sessions.csv"))
        .into_iter()
        .map(|mut row| row.remove("session").unwrap())
        .collect();
    assert_eq!(ids, ["talk", "talk-2"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("talk-2"));
}

#[test]
fn the_matrices_say_when_they_leave_somebody_out() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("tables");
    let output = rapporteur(&[
        "compare",
        SESSIONS[0],
        "-o",
        target.to_str().unwrap(),
        "--max-stakeholders",
        "2",
        "--issues",
        ISSUES,
    ]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("--max-stakeholders"));
    assert_eq!(rows(&target.join("similarity.csv")).len(), 2);
    let stakeholders = rows(&target.join("stakeholders.csv"));
    assert!(stakeholders.len() > 2);
    assert_eq!(stakeholders.iter().filter(|row| row["in_matrices"] == "true").count(), 2);
}
