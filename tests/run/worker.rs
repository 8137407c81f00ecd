//! `worker` and `cluster`: what comes of each line, and a comparison made in parts.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use super::support::Folder;

/// The voices of the sessions, and what each says of its subject.
const VOICES: [(&str, &str); 4] = [
    ("Ana Reyes", "We cannot accept {} as it stands, because it falls on the lowest wages."),
    ("Bo Lind", "The port supports {} in every terminal. As Ana Reyes said, it needs time."),
    ("Cai Moss", "I am concerned that {} comes too late. We propose that {} is reviewed every year."),
    ("Speaker 1", "I disagree with Bo Lind on {}. The terminals pay for {} already."),
];

/// A session as a line, with a date of its own and the path of a file of its own.
fn session(number: usize) -> Value {
    let subject = ["the harbour levy", "the pension fund", "the night shift"][number % 3];
    let turn =
        |(speaker, text): &(&str, &str)| json!({"speaker": speaker, "text": text.replace("{}", subject)});
    let turns: Vec<Value> = VOICES.iter().cycle().skip(number % 4).take(3 + number % 3).map(turn).collect();
    // Two sessions have the same identifier, and the dates are in another order than the numbers.
    let id = format!("s{:02}", number.max(1));
    let date = format!("2024-{:02}-{:02}", 1 + number * 7 % 12, 1 + number);
    json!({"id": id, "title": subject, "date": date, "source": format!("inbox/{number:02}.jsonl"), "turns": turns})
}

/// A folder with so many sessions in files of their own, and the lines.
fn sessions(number: usize) -> (Folder, Vec<String>) {
    let folder = Folder::with_sessions(0);
    let lines: Vec<String> = (0..number).map(|number| session(number).to_string() + "\n").collect();
    for (number, line) in lines.iter().enumerate() {
        fs::write(folder.path(&format!("inbox/{number:02}.jsonl")), line).unwrap();
    }
    (folder, lines)
}

/// What the program writes for these lines on standard input.
fn written(folder: &Folder, arguments: &[&str], input: &str, code: i32) -> String {
    fs::write(folder.path("lines"), input).unwrap();
    let input = fs::File::open(folder.path("lines")).unwrap();
    let output = folder.command(arguments).stdin(input).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert_eq!(said.matches("error: ").count() > 0, code != 0, "{said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_bad_line_has_an_error_in_its_place_and_the_worker_goes_on() {
    let (folder, lines) = sessions(3);
    let bad = ["{\"id\": \"half\n", "{\"id\": \"mute\", \"turns\": []}\n"];
    let input = [&lines[0], bad[0], &lines[1], bad[1], lines[2].trim_end()].concat();
    let written = written(&folder, &["worker"], &input, 1);
    let made: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = made.iter().map(|made| made["session"]["id"].as_str().unwrap_or("")).collect();
    assert_eq!(ids, ["s01", "", "s01", "", "s02"]);
    let error = |at: usize| (made[at]["error"]["line"].as_u64(), made[at]["error"]["kind"].as_str());
    assert_eq!([error(1), error(3)], [(Some(2), Some("malformed")), (Some(4), Some("no_turns"))]);
    assert!(
        made[3]["error"]["message"].as_str().unwrap().starts_with("-:4: no turns were found"),
        "{}",
        made[3]
    );
    assert_eq!(made[0]["definition"]["name"], "position-brief");
}

#[test]
fn a_session_that_fails_after_it_was_read_is_named() {
    let (folder, lines) = sessions(2);
    let definition = json!({"schema": 1, "summary": {"speakers": ["Bo Lind"]}});
    fs::write(folder.path("bo.json"), definition.to_string()).unwrap();
    let without =
        json!({"id": "other", "turns": [{"speaker": "Ana Reyes", "text": "We agree on the levy."}]});
    let written = written(&folder, &["worker", "bo.json"], &format!("{}{without}\n", lines[0]), 1);
    let last: Value = serde_json::from_str(written.lines().last().unwrap()).unwrap();
    assert_eq!(last["error"]["session"], "other");
    assert_eq!((&last["error"]["line"], &last["error"]["kind"]), (&json!(2), &json!("usage")));
}

#[test]
fn the_reports_are_those_that_one_machine_makes() {
    let (folder, lines) = sessions(9);
    let definition = json!({"schema": 1, "name": "brief", "input": {"paths": ["inbox"]}, "archive": {"path": "a.sqlite"},
        "outputs": {"files": [{"path": "reports.jsonl", "format": "json"}]}});
    fs::write(folder.path("brief.json"), definition.to_string()).unwrap();
    folder.run(&["run", "brief.json"], 0);
    let mut together: Vec<String> = folder.read("reports.jsonl").lines().map(str::to_owned).collect();
    let streamed = written(&folder, &["worker", "brief.json"], &lines.concat(), 0);
    let mut streamed: Vec<String> = streamed.lines().map(str::to_owned).collect();
    together.sort();
    streamed.sort();
    assert_eq!(streamed.len(), 9);
    same_lines(&streamed, &together);
}

/// Shows the first line that differs, not both lists.
fn same_lines(made: &[String], expected: &[String]) {
    assert_eq!(made.len(), expected.len());
    made.iter().zip(expected).for_each(|(made, expected)| assert_eq!(made, expected));
}

#[test]
fn rows_are_objects_with_the_columns_of_the_table() {
    let (folder, lines) = sessions(1);
    folder.run(&["compare", "inbox", "-o", "tables", "--quiet"], 0);
    let package: Value = serde_json::from_str(&folder.read("tables/datapackage.json")).unwrap();
    for table in ["sessions", "positions", "sentences", "sentence_issues", "stances", "references", "ledger"]
    {
        let rows = written(&folder, &["worker", "--emit", table], &lines[0], 0);
        let rows: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let resources = package["resources"].as_array().unwrap();
        let resource = resources.iter().find(|resource| resource["name"] == table).unwrap();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let csv = folder.read(&format!("tables/{table}.csv"));
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let expected: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(!expected.is_empty(), "{table} has no row");
        assert_eq!(rows.len(), expected.len(), "{table}");
        for (row, cells) in rows.iter().zip(&expected) {
            for (field, cell) in fields.iter().zip(cells) {
                let value = &row[field["name"].as_str().unwrap()];
                let is_of_type = match field["type"].as_str().unwrap() {
                    "integer" => value.is_u64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    _ => value.is_string(),
                };
                assert!(is_of_type || value.is_null() && cell.is_empty(), "{table}: {field} is {value}");
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let same = value.is_null() || text == cell || text.parse::<f64>() == cell.parse::<f64>();
                assert!(same, "{table}: {text:?} is not {cell:?}");
            }
        }
    }
}

/// The parts of sessions by a plan, in the order of the keys.
fn parts(folder: &Folder, shares: &[String]) -> String {
    let made = shares.iter().map(|share| {
        written(folder, &["worker", "brief.json", "--emit", "parts", "--plan", "plan.json"], share, 0)
    });
    let mut parts: Vec<String> = made.collect::<String>().lines().map(str::to_owned).collect();
    parts.sort_by_cached_key(|part| {
        let part: Value = serde_json::from_str(part).unwrap();
        ["date", "id", "sha256", "path"].map(|field| part["survey"][field].as_str().unwrap().to_owned())
    });
    parts.join("\n") + "\n"
}

/// A folder with a plan of twelve sessions in three shares.
fn planned() -> (Folder, Vec<String>) {
    let (folder, lines) = sessions(12);
    let settings = json!({"schema": 1, "name": "brief", "compare": {"words": 40, "max_terms": 7}});
    fs::write(folder.path("brief.json"), settings.to_string()).unwrap();
    let shares: Vec<String> = lines.chunks(5).map(<[String]>::concat).collect();
    let facts: Vec<String> = shares
        .iter()
        .map(|share| written(&folder, &["worker", "brief.json", "--emit", "facts"], share, 0))
        .collect();
    let merged = |order: &[usize]| {
        let all: String = order.iter().map(|&share| facts[share].as_str()).collect();
        written(&folder, &["cluster", "merge", "-"], &all, 0)
    };
    let some = merged(&[2, 0]);
    let grouped = written(&folder, &["cluster", "merge", "-"], &(some + &facts[1]), 0);
    let last = |text: &str| text.lines().last().unwrap().to_owned();
    assert_eq!(last(&grouped), last(&merged(&[0, 1, 2])));
    written(&folder, &["cluster", "plan", "brief.json", "-", "-o", "plan.json"], &grouped, 0);
    (folder, shares)
}

#[test]
fn tables_made_in_parts_are_those_of_one_machine() {
    let (folder, shares) = planned();
    let compare = ["compare", "inbox", "--words", "40", "--max-terms", "7", "-o", "one", "--quiet"];
    folder.run(&compare, 0);
    let parts = parts(&folder, &shares);
    written(
        &folder,
        &["cluster", "tables", "brief.json", "-", "--plan", "plan.json", "-o", "many"],
        &parts,
        0,
    );
    let files = folder.files("one");
    assert!(files.len() > 15, "{files:?}");
    for file in files {
        let (one, many) = (folder.read(&file), folder.read(&file.replacen("one", "many", 1)));
        assert_eq!(one, many, "{file}");
    }
    let sessions = folder.read("many/sessions.csv");
    assert!(sessions.contains("s01-2,"), "two sessions have the identifier s01: {sessions}");
}

#[test]
fn a_session_that_is_lost_doubled_or_out_of_place_is_refused() {
    let (folder, shares) = planned();
    let all = parts(&folder, &shares);
    let lines: Vec<&str> = all.lines().collect();
    let others = lines[1..].join("\n");
    let cases = [
        (others.clone(), "the parts hold 11 sessions, the plan 12"),
        (format!("{}\n{all}", lines[0]), "is there twice"),
        (format!("{others}\n{}", lines[0]), "is out of order"),
        ("{}x".to_owned(), "this is no line of facts or parts"),
    ];
    for (input, expected) in cases {
        fs::write(folder.path("parts"), input).unwrap();
        let tables = ["cluster", "tables", "brief.json", "parts", "--plan", "plan.json", "-o", "many"];
        let said = folder.run(&tables, 2);
        assert!(said.contains(expected), "{said}");
        assert!(!folder.path("many").exists());
    }
    let other = json!({"schema": 1, "name": "brief", "compare": {"words": 41}});
    fs::write(folder.path("brief.json"), other.to_string()).unwrap();
    let said = folder.run(&["worker", "brief.json", "--emit", "parts", "--plan", "plan.json"], 2);
    assert!(said.contains("made with another definition"), "{said}");
}

#[test]
fn the_same_session_twice_is_refused_before_anything_is_compared() {
    let (folder, lines) = sessions(1);
    let facts = written(&folder, &["worker", "--emit", "facts"], &lines[0].repeat(2), 0);
    fs::write(folder.path("facts"), facts).unwrap();
    let said = folder.run(&["cluster", "plan", "position-brief", "facts", "-o", "plan.json"], 2);
    assert!(said.contains("is there twice"), "{said}");
}

#[test]
fn a_worker_ends_quietly_when_nobody_reads_on() {
    let (folder, lines) = sessions(1);
    let mut worker = folder
        .command(&["worker"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = worker.stdin.take().unwrap();
    let line = lines[0].clone();
    // More than pipes hold: it ends only when the worker no longer reads.
    let feeder =
        std::thread::spawn(move || (0..1_000_000).find(|_| stdin.write_all(line.as_bytes()).is_err()));
    let mut first = String::new();
    let mut reports = BufReader::new(worker.stdout.take().unwrap());
    reports.read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"schema\":"), "{first}");
    drop(reports);
    let output = worker.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    assert!(feeder.join().unwrap().is_some());
}
