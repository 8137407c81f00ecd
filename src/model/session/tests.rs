//! Places of a session's text in its source.

use super::*;

#[test]
fn lines_lead_back_to_the_source() {
    let mut builder = SessionBuilder::new("s");
    builder.turn("A").text("One.\nTwo.", Join::Line, 3, None).text("Three.", Join::Paragraph, 6, None);
    let session = builder.finish(3);
    assert_eq!(session.turn_text(0), "One.\nTwo.\n\nThree.");
    assert_eq!(session.line_of(0, 0), 3);
    assert_eq!(session.line_of(0, 5), 4);
    assert_eq!(session.line_of(0, 11), 6);
}

#[test]
fn turns_without_text_keep_their_number_and_are_warned_about() {
    let mut builder = SessionBuilder::new("s");
    builder.turn("A").text(" ", Join::Line, 1, None);
    builder.heading("Budget", 2).turn("B").text("Yes.", Join::Line, 3, None);
    let session = builder.finish(2);
    assert_eq!(session.turns.len(), 2);
    assert_eq!(session.turn_text(0), "");
    assert_eq!(session.turn_text(1), "Yes.");
    assert_eq!(session.headings[0].turn, 1);
    assert_eq!(session.warnings.len(), 1);
}

#[test]
fn text_written_on_one_line_leads_back_to_that_line() {
    let mut builder = SessionBuilder::new("s");
    builder.turn("A").text_of_one_line("One.\nTwo.\n\nThree.", Join::Line, 7, None);
    let session = builder.finish(3);
    assert_eq!([0, 5, 11].map(|at| session.line_of(0, at)), [7, 7, 7]);
}
