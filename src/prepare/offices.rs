//! Who holds the office that a question names, where a speech introduces somebody with it: “the Minister” of “Ana
//! Reyes, Minister for Transport”.

use crate::model::{Mention, NameForm, Span, SpeakerId};
use crate::people::office_in;

use super::Prepared;

/// Words after a name and a comma among which the office stands: “Ana Reyes, the new Scottish Minister”.
const WITHIN: usize = 4;

/// The speaker who alone is introduced with the first office that a question names before its subject, as a mention
/// of the office.
pub(super) fn holder(prepared: &Prepared<'_>, question: &str, subject: usize) -> Option<Mention> {
    let (span, office) = office_in(question, subject)?;
    let words = &prepared.analysis.name_words;
    let office = words.form_of(&office)?;
    let mut holders: Vec<SpeakerId> = (0..prepared.session.turns.len())
        .filter(|&turn| words.of_turn(turn).iter().any(|word| word.form == office))
        .flat_map(|turn| introduced(prepared, turn, office))
        .collect();
    holders.sort();
    holders.dedup();
    match holders.as_slice() {
        [speaker] => Some(Mention { speaker: *speaker, span }),
        _ => None,
    }
}

/// Those whom a turn introduces with an office.
fn introduced(prepared: &Prepared<'_>, turn: usize, office: NameForm) -> Vec<SpeakerId> {
    let text = prepared.session.turn_text(turn);
    let names = prepared.clear_mentions_of_turn(turn);
    let is_with = |mention: &Mention| {
        let start = mention.span.end() + 1;
        let behind = text.get(mention.span.end()..).filter(|behind| behind.starts_with(','));
        let Some(apposition) = behind.and_then(|behind| behind.get(1..)) else { return false };
        let end = apposition.find([',', ';', '.', '?', '!', ':']).unwrap_or(apposition.len());
        let clause = prepared.analysis.name_words.of_span(turn, Span::new(start, start + end));
        clause.iter().take(WITHIN).any(|word| word.form == office)
    };
    // “Thank you, Ana, Minister” has a part of a name alone.
    let is_whole = |mention: &Mention| mention.span.of(text).contains(char::is_whitespace);
    names.into_iter().filter(|mention| is_whole(mention) && is_with(mention)).map(|m| m.speaker).collect()
}
