//! Labels of voices that follow a sentence within a paragraph: `We oppose the levy. Bo Ek: We support it.` Where
//! the session has that voice elsewhere, what follows is a turn of it.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::label::{self, Shape};
use super::parts::{self, Part};
use crate::language::SharedList;
use crate::model::{Session, Span, Warning, WarningCode};

/// Bytes before a colon in which a label may stand.
const REACH: usize = 80;

/// Words (lower case) whose full stop ends no sentence: `Mr. Speaker: …`.
static TITLES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| SharedList::Names.read().words("titles").collect());

/// Makes turns of what stands behind such labels, with a warning that counts them.
pub(super) fn set_apart(session: &mut Session) {
    let voices = voices(session);
    let mut n_found = 0;
    let mut first = 0;
    for turn in 0..session.turns.len() {
        let found = labels_in(session.turn_text(turn), &voices);
        if let Some(place) = found.first().filter(|_| n_found == 0) {
            first = session.line_of(turn, place.start);
        }
        n_found += found.len();
    }
    if n_found == 0 {
        return;
    }
    parts::set_apart(session, |session, turn| divide(session.turn_text(turn), &voices));
    let message =
        format!("labels of voices that follow a sentence within a paragraph and begin a turn: {n_found}");
    session.warnings.push(Warning { code: WarningCode::InnerLabel, line: first, message });
}

/// The labels that behave like ones elsewhere: they come back, or no other words look like them.
fn voices(session: &Session) -> FxHashSet<String> {
    let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
    session.turns.iter().for_each(|turn| *counts.entry(turn.label.0 as usize).or_default() += 1);
    let is_sure = |(id, label): &(usize, &String)| {
        let n_turns = counts.get(id).copied().unwrap_or(0);
        n_turns >= 2 || n_turns == 1 && label.contains(' ') && label::shape(label) == Some(Shape::Strong)
    };
    session.labels.iter().enumerate().filter(is_sure).map(|(_, label)| label.clone()).collect()
}

/// A label within a turn.
struct InnerLabel<'t> {
    label: &'t str,
    start: usize,
    /// Where what is said begins.
    speech: usize,
}

fn divide<'t>(text: &'t str, voices: &FxHashSet<String>) -> Vec<Part<'t>> {
    let found = labels_in(text, voices);
    if found.is_empty() {
        return Vec::new();
    }
    let ends = found.iter().skip(1).map(|next| next.start).chain([text.len()]);
    let own = Part { label: None, span: Span::new(0, found.first().map_or(0, |first| first.start)) };
    let others = found.iter().zip(ends);
    let others =
        others.map(|(inner, end)| Part { label: Some(inner.label), span: Span::new(inner.speech, end) });
    [own].into_iter().chain(others).collect()
}

/// The labels of voices that follow a sentence in a text and have speech behind them.
fn labels_in<'t>(text: &'t str, voices: &FxHashSet<String>) -> Vec<InnerLabel<'t>> {
    let mut found: Vec<InnerLabel> = Vec::new();
    for (colon, mark) in text.match_indices(": ") {
        let speech = colon + mark.len();
        let from = found.last().map_or(0, |last| last.speech);
        let near = text.floor_char_boundary(colon.saturating_sub(REACH)).max(from);
        let before = text.get(near..colon).unwrap_or("");
        let says = text
            .get(speech..)
            .is_some_and(|rest| rest.split('\n').next().is_some_and(|line| !line.trim().is_empty()));
        let label = ends_of_sentences(before).filter_map(|at| Some((near + at, before.get(at..)?)));
        let label = label.filter(|(_, label)| voices.contains(*label)).min();
        if let Some((start, label)) = label.filter(|_| says) {
            found.push(InnerLabel { label, start, speech });
        }
    }
    found
}

/// Where something follows a sentence on its line, from the left.
fn ends_of_sentences(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(' ').filter_map(|(at, space)| {
        let said = text.get(..at)?;
        let quoted = said.trim_end_matches(['"', '”', '’', ')', '»']);
        // A quotation in the middle of minutes ends with a comma: `Ann: "too dear", Bo Ek: …`
        let is_quoted = said.strip_suffix(',').is_some_and(|said| said.ends_with(['"', '”', '»']));
        let ends = quoted.ends_with(['.', '?', '!', '…']) && !is_title(quoted);
        (ends || is_quoted).then_some(at + space.len())
    })
}

/// Whether a text ends in the full stop of a title or an initial.
fn is_title(text: &str) -> bool {
    let Some(before) = text.strip_suffix('.') else { return false };
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    word.chars().count() == 1 || TITLES.contains(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};
    use crate::model::WarningCode;

    fn check(format: &str, text: &str, expected: &[(&str, &str)]) {
        let session = read_as(format, text);
        assert_eq!(turns(&session), expected, "{text}");
    }

    #[test]
    fn a_voice_that_follows_a_sentence_begins_a_turn() {
        check(
            "plain",
            "Ann Lee: We oppose the\nlevy. Bo Ek: We support it. Ann Lee: No!\n\nBo Ek: Yes.\n",
            &[
                ("Ann Lee", "We oppose the\nlevy."),
                ("Bo Ek", "We support it."),
                ("Ann Lee", "No!"),
                ("Bo Ek", "Yes."),
            ],
        );
        check(
            "markdown",
            "# Fares\n\nAnn: is it \"dear\", Bo: yes ? Ann: so\nbe it.\n\nBo: one\n\nBo: two\n\nAnn: three\n",
            &[
                ("Ann", "is it \"dear\","),
                ("Bo", "yes ?"),
                ("Ann", "so\nbe it."),
                ("Bo", "one"),
                ("Bo", "two"),
                ("Ann", "three"),
            ],
        );
    }

    #[test]
    fn lines_lead_to_the_source_and_the_warning_to_the_first_label() {
        let session =
            read_as("plain", "Ann Lee: One.\nTwo of us agree. Bo Ek: Three.\nFour.\nBo Ek: Five.\n");
        assert_eq!((0..3).map(|turn| session.line_of(turn, 0)).collect::<Vec<_>>(), [1, 2, 4]);
        let warning = session.warnings.iter().find(|w| w.code == WarningCode::InnerLabel);
        assert_eq!(warning.map(|w| w.line), Some(2), "{:?}", session.warnings);
    }

    #[test]
    fn other_words_before_a_colon_go_on_with_the_turn() {
        for said in [
            "Thank you, Mr. Speaker: we agree.",
            "As I said to Bo Ek: no.",
            "We agree. Cy Fox: is unknown here.",
            "Two things. Note: one.",
            "Ask him. Bo Ek:",
        ] {
            let text = format!("Ann Lee: {said}\nBo Ek: No.\nSpeaker: Order.\nSpeaker: Order.");
            let rest = [("Bo Ek", "No."), ("Speaker", "Order."), ("Speaker", "Order.")];
            check("plain", &text, &[&[("Ann Lee", said)], &rest[..]].concat());
        }
    }
}
