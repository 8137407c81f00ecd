//! Tables as people and programs write them.

use crate::model::WarningCode;
use crate::read::read;
use crate::read::tests::{read_as, turns};

fn check(text: &str, expected: &[(&str, &str)]) {
    let session = read_as("csv", text);
    assert_eq!(turns(&session), expected, "{text}");
    let found = crate::read::detect(text.as_bytes(), "table");
    assert_eq!(found.first().map(|guess| guess.format.name), Some("csv"), "{text}");
}

#[test]
fn delimiters_and_column_titles_vary() {
    let expected = [("Ann", "One, two."), ("Bo", "Three.")];
    check("speaker,text\nAnn,\"One, two.\"\nBo,Three.\n", &expected);
    check("Name\tID\tUtterance\nAnn\t1\tOne, two.\nBo\t2\tThree.\n", &expected);
    check("comment-id;interview;comment-body\n1;Ann;One, two.\n2;Bo;Three.\n", &expected);
}

#[test]
fn quoted_line_feeds_stay_and_lines_lead_back() {
    let session = read_as("csv", "speaker,text\r\nAnn,\"One.\r\nTwo.\"\r\nBo,Three.\r\n");
    assert_eq!(turns(&session), [("Ann", "One.\nTwo."), ("Bo", "Three.")]);
    assert_eq!([session.line_of(0, 0), session.line_of(0, 5), session.line_of(1, 0)], [2, 3, 4]);
}

#[test]
fn optional_columns_give_sessions_times_and_stakeholders() {
    let text = "session,speaker,text,start,end,country\na,Ann,One.,0:01,0:03,France\nb,Bo,Two.,5,6,\n\
        a,Ann,Three.,9,,Spain\n";
    let sessions = read(text.as_bytes(), "t.csv", None).unwrap().sessions;
    assert_eq!(sessions.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(sessions[0].turns[0].pieces[0].time.map(|t| (t.start, t.end)), Some((1.0, 3.0)));
    assert_eq!(sessions[0].attendees[0].stakeholder, "France");
    assert_eq!(sessions[0].warnings[0].code, WarningCode::TwoStakeholders);
}

#[test]
fn a_table_without_speakers_says_which_columns_it_needs() {
    let message = read(b"id,comment\n1,One.\n", "t.csv", None).unwrap_err().to_string();
    assert!(message.contains("no column for speaker") && message.contains("id,comment"), "{message}");
}

#[test]
fn a_row_that_is_too_short_is_one_warning() {
    let session = read_as("csv", "speaker,text\nAnn,One.\nBo\n");
    assert_eq!(session.warnings[0].code, WarningCode::ShortRow);
    assert_eq!(session.outside.unattributed, 1);
}

#[test]
fn dates_with_times_of_day_are_times_from_the_first_row() {
    for (first, second, later) in [
        ("2024-07-05T09:00:00Z", "2024-07-05T09:00:04.500Z", "2024-07-08T09:00:00Z"),
        ("2024-07-05 09:00:00+02:00", "2024-07-05 09:00:04.5+02:00", "2024-07-08 09:00:00+02:00"),
    ] {
        let session = read_as(
            "csv",
            &format!("timestamp,speaker,text\n{first},Ann,One.\n{second},Bo,Two.\n{later},Ann,Three.\n"),
        );
        assert_eq!(session.date, "2024-07-05");
        let starts: Vec<_> =
            session.turns.iter().map(|turn| turn.pieces[0].time.map(|time| time.start)).collect();
        assert_eq!(starts, [Some(0.0), Some(4.5), None]);
    }
}
