//! Who holds the office that a question names, where a speech introduces somebody with it: “the Minister” of “Ana
//! Reyes, Minister for Transport”.

use crate::model::{Mention, SpeakerId};
use crate::people::is_job_word;
use crate::text::{FoldedWord, name_words};

use super::Prepared;

/// Words after a name and a comma among which the office stands: “Ana Reyes, the new Scottish Minister”.
const WITHIN: usize = 4;

/// The speaker who alone is introduced with the first office that a question names before its subject, as a mention
/// of the office.
pub(super) fn holder(prepared: &Prepared<'_>, question: &str, subject: usize) -> Option<Mention> {
    let words = name_words(question);
    let office = words.iter().find(|word| word.span.end() <= subject && is_job_word(&word.folded))?;
    let mut holders: Vec<SpeakerId> = (0..prepared.session.turns.len())
        .filter(|&turn| says(prepared, turn, &office.folded))
        .flat_map(|turn| introduced(prepared, turn, &office.folded))
        .collect();
    holders.sort();
    holders.dedup();
    match holders.as_slice() {
        [speaker] => Some(Mention { speaker: *speaker, span: office.span }),
        _ => None,
    }
}

/// Whether a turn has a word.
fn says(prepared: &Prepared<'_>, turn: usize, folded: &str) -> bool {
    let tokens = &prepared.analysis.tokens;
    tokens.source_words(tokens.of_turn(turn)).any(|token| tokens.words.text(token.word) == folded)
}

/// Those whom a turn introduces with an office.
fn introduced(prepared: &Prepared<'_>, turn: usize, office: &str) -> Vec<SpeakerId> {
    let text = prepared.session.turn_text(turn);
    let names = prepared.clear_mentions_of_turn(turn);
    let is_with = |mention: &Mention| {
        let behind = text.get(mention.span.end()..).unwrap_or("");
        let Some(apposition) = behind.strip_prefix(',') else { return false };
        let clause = apposition.find([',', ';', '.', '?', '!', ':']).unwrap_or(apposition.len());
        let words = name_words(apposition.get(..clause).unwrap_or(""));
        words.iter().take(WITHIN).any(|word: &FoldedWord| word.folded == office)
    };
    // “Thank you, Ana, Minister” has a part of a name alone.
    let is_whole = |mention: &Mention| mention.span.of(text).contains(char::is_whitespace);
    names.into_iter().filter(|mention| is_whole(mention) && is_with(mention)).map(|m| m.speaker).collect()
}
