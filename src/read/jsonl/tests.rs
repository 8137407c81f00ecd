//! What people get wrong in JSON lines.

use crate::model::Session;
use crate::read::tests::turns;
use crate::read::{read, sessions_in_lines};

const TURNS: &str = "{\"session\": \"a\", \"speaker\": \"Ann\", \"text\": \"One.\", \"start\": 1, \"end\": 2.5}\n\
    {\"session\": \"a\", \"speaker\": \"Bo\", \"text\": \"Two.\", \"extra\": [1]}\nnot json at all\n\n\
    {\"session\": \"b\", \"speaker\": \"Ann\", \"text\": \"Three.\"}\n\
    {\"session\": \"a\", \"speaker\": \"Ann\", \"text\": \"Four.\"}\n";
const SESSIONS: &str = "{\"id\": \"x\", \"title\": \"A ferry\", \"date\": \"2023-05-03\", \"turns\": \
    [{\"speaker\": \"Ann\", \"text\": \"One.\\nTwo.\"}, {\"speaker\": \"Bo\", \"text\": \"\"}]}\n{\"turns\": \
    [{\"speaker\": \"Cy\", \"text\": \"Three.\", \"stakeholder\": \"Harbour\"}]}\n";

#[test]
fn turns_of_a_session_are_gathered_and_a_bad_line_is_one_warning() {
    let sessions = read(TURNS.as_bytes(), "a.jsonl", None).unwrap().sessions;
    assert_eq!(turns(&sessions[0]), [("Ann", "One."), ("Bo", "Two."), ("Ann", "Four.")]);
    assert_eq!(turns(&sessions[1]), [("Ann", "Three.")]);
    assert_eq!(sessions[0].turns[0].pieces[0].time.map(|t| (t.start, t.end)), Some((1.0, 2.5)));
    let warnings: Vec<_> = sessions[0].warnings.iter().map(|w| (w.code.as_str(), w.line)).collect();
    assert_eq!(warnings, [("bad-line", 3)]);
    assert_eq!(sessions[0].line_of(2, 0), 6);
}

#[test]
fn a_session_may_stand_on_a_line() {
    let sessions = read(SESSIONS.as_bytes(), "talks.jsonl", None).unwrap().sessions;
    assert_eq!(turns(&sessions[0]), [("Ann", "One.\nTwo."), ("Bo", "")]);
    assert_eq!((sessions[0].title.as_str(), sessions[0].date.as_str()), ("A ferry", "2023-05-03"));
    assert_eq!((sessions[0].id.as_str(), sessions[1].id.as_str()), ("x", "talks-2"));
    assert_eq!(sessions[1].attendees[0].stakeholder, "Harbour");
}

#[test]
fn json_over_many_lines_is_read_too() {
    let text =
        "[\n {\"speaker\": \"Ann\",\n  \"text\": \"One.\"},\n {\"speaker\": \"Bo\", \"text\": \"Two.\"}\n]";
    let sessions = read(text.as_bytes(), "a.json", None).unwrap().sessions;
    assert_eq!(turns(&sessions[0]), [("Ann", "One."), ("Bo", "Two.")]);
    assert_eq!([sessions[0].line_of(0, 0), sessions[0].line_of(1, 0)], [3, 4]);
}

#[test]
fn a_stream_gives_one_session_at_a_time() {
    let text = format!("\u{FEFF}{TURNS}{SESSIONS}broken\n");
    let found: Vec<_> = sessions_in_lines(text.as_bytes(), "t.jsonl").collect();
    let shown: Vec<String> = found
        .iter()
        .map(|item| match item {
            Ok(session) => format!("{} {}", session.id, session.turns.len()),
            Err(error) => format!("error in line {}", error.line()),
        })
        .collect();
    assert_eq!(shown, ["a 2", "b 1", "a 1", "x 2", "t-8 1", "error in line 9"]);
    let bytes: u64 = found.iter().flatten().map(|s| s.source.bytes).sum();
    assert_eq!(bytes as usize, text.len() - "not json at all\n\nbroken\n".len());
}

#[test]
fn a_session_of_a_stream_is_the_same_wherever_it_stands_and_may_say_where_it_came_from() {
    let line = SESSIONS.lines().next().unwrap();
    let told = line.replacen('{', "{\"source\": \"x/1.json\", ", 1) + "\n";
    let of = |text: &str| -> Vec<Session> {
        sessions_in_lines(text.as_bytes(), "-").map(Result::unwrap).collect()
    };
    let (first, later) = (of(&told), of(&format!("{TURNS}{told}{TURNS}")));
    assert_eq!(later[3], first[0]);
    assert_eq!((first[0].source.path.as_str(), first[0].line_of(0, 0)), ("x/1.json", 1));
    assert_eq!((&later[4].turns, &later[4].warnings), (&later[0].turns, &later[0].warnings));
    assert_eq!(later[4].source.path, "-");
}

#[test]
fn a_file_without_a_good_line_is_refused() {
    let error = read(b"{\"a\": 1}\n", "a.jsonl", Some("jsonl")).unwrap_err();
    assert!(error.to_string().starts_with("a.jsonl:1: this is no readable jsonl"), "{error}");
}
