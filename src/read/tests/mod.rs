//! What must hold of every reader: detection, conservation of words, valid places, no panic.

mod properties;
mod real;
mod srt;
mod webvtt;

use super::*;

/// The only session of a text in the named format, with its invariants checked.
pub(super) fn read_as(format: &str, text: &str) -> Session {
    let mut sessions = read(text.as_bytes(), "test", Some(format)).unwrap().sessions;
    assert_eq!(sessions.len(), 1);
    let session = sessions.remove(0);
    check_invariants(&session);
    session
}

/// Labels and texts of all turns.
pub(super) fn turns(session: &Session) -> Vec<(&str, &str)> {
    (0..session.turns.len()).map(|turn| (session.turn_label(turn), session.turn_text(turn))).collect()
}

/// Words are conserved, turns tile the text, pieces are in order and lead back to lines.
pub(super) fn check_invariants(session: &Session) {
    let said: u64 = (0..session.turns.len()).map(|turn| count_words(session.turn_text(turn))).sum();
    let labels: u64 = session.label_words.iter().sum();
    let sum = said + labels + session.outside.headers + session.outside.unattributed;
    assert_eq!(sum, session.input_words, "{said} said, {labels} labels, {:?}", session.outside);
    let mut end = 0;
    for turn in &session.turns {
        assert_eq!(turn.span.start(), end);
        end = turn.span.end();
        assert!(session.text.get(turn.span.start()..end).is_some());
        assert_eq!(turn.span.is_empty(), turn.pieces.is_empty());
        assert!(turn.pieces.iter().zip(turn.pieces.iter().skip(1)).all(|(a, b)| a.offset < b.offset));
        assert!(turn.pieces.iter().all(|p| (p.offset as usize) < turn.span.len() && p.line > 0));
        assert!(turn.pieces.iter().filter_map(|p| p.time).all(|t| t.start <= t.end));
    }
    assert_eq!(end, session.text.len());
    assert_eq!(session.labels.len(), session.label_words.len());
}
