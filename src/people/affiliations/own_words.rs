//! What speakers say of themselves: `I'm a fellow at the Harbour Union`, `on behalf of Kestria`,
//! `as Microsoft, we`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::names::{folded_words, is_title};
use super::super::organisations::{has_job_word, is_organised, name_at};
use super::super::roles::sections;
use super::introductions::{is_closed, of_job};
use super::{Finding, Names, Turn};
use crate::model::Span;

static LEADS: LazyLock<FxHashMap<&str, Vec<&str>>> =
    LazyLock::new(|| sections(include_str!("../data/speech_of_affiliation.txt")));

/// Bytes of a turn in which somebody says whom they speak for; later it is a subject.
const OPENING: usize = 1500;

/// Finds what the speaker of a turn says of whom it speaks for.
pub(super) fn find(turn: &Turn<'_>, names: &Names, findings: &mut Vec<Finding>) {
    let opening = turn.text.floor_char_boundary(OPENING);
    let text = turn.text.get(..opening).unwrap_or(turn.text);
    for sentence in sentences(text) {
        let behalf = behalf(text, sentence);
        let found = job(text, sentence)
            .or_else(|| lead(text, sentence))
            .or(behalf)
            .or_else(|| as_organisation(text, sentence));
        let Some((organisation, shown)) = found else { continue };
        let name = organisation.of(text);
        if !names.names_somebody(name) && !has_job_word(name.split(' ').next().unwrap_or("")) {
            let on_behalf = behalf == found;
            findings.push(Finding { on_behalf, ..turn.finding(turn.speaker, organisation, shown) });
        }
    }
}

/// The sentences of a text, roughly: to the next full stop, question or exclamation mark before a
/// space, or line feed.
fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '?', '!', '\n']) {
        let after = text.get(at + mark.len()..).unwrap_or("");
        if mark == "\n" || after.starts_with(char::is_whitespace) {
            found.push(Span::new(start, at).trimmed(text));
            start = at + mark.len();
        }
    }
    found.push(Span::new(start, text.len()).trimmed(text));
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// `I'm a Cyber Diplomacy Fellow at Diplo Foundation`.
fn job(text: &str, sentence: Span) -> Option<(Span, Span)> {
    let words = sentence.of(text);
    let lead = ["I'm ", "I’m ", "I am ", "I work as ", "I serve as "];
    let (at, lead) = lead.iter().find_map(|lead| Some((words.find(lead)?, lead)))?;
    let start = sentence.start() + at;
    let rest = text.get(start + lead.len()..sentence.end())?;
    let article = ["a ", "an ", "the "].into_iter().find(|a| rest.starts_with(a));
    let first = rest.get(article.map_or(0, str::len)..)?.split([',', ';']).next()?;
    let begin = start + lead.len() + article.map_or(0, str::len);
    let end = begin + first.len();
    // Without an article it is a name or a state: “I'm speaking at Davos”.
    let named = article.is_some() || first.starts_with(|c: char| c.is_uppercase());
    let found = of_job(text, begin, end).filter(|_| named)?;
    let before = text.get(begin..found.start())?;
    (![" who ", " and ", " as "].iter().any(|word| before.contains(word)))
        .then(|| (found, Span::new(start, found.end())))
}

/// `I work for the Harbour Union`, `I represent the Harbour Union`, `we at Microsoft`.
fn lead(text: &str, sentence: Span) -> Option<(Span, Span)> {
    let words = sentence.of(text);
    let folded_sentence = folded_bytes(words);
    for (section, any) in [("for", true), ("for organised", false)] {
        for lead in LEADS.get(section).into_iter().flatten() {
            let curly = lead.replace('\'', "’");
            let spellings = [*lead, curly.as_str()];
            let place =
                spellings.iter().find_map(|lead| Some((find_words(&folded_sentence, lead)?, lead.len())));
            let Some((at, length)) = place else { continue };
            let start = sentence.start() + at;
            let Some(found) = name_at(text, start + length, sentence.end()) else { continue };
            let is_clear =
                is_closed(text, found.end(), sentence.end()) || section == "for" && *lead == "we at";
            if is_clear && !is_denied(words.get(..at).unwrap_or("")) && (any || is_organised(found.of(text)))
            {
                return Some((found, Span::new(start, found.end())));
            }
        }
    }
    None
}

/// `I have the honour to speak on behalf of the European Union`, `On behalf of Kestria, thank you`.
fn behalf(text: &str, sentence: Span) -> Option<(Span, Span)> {
    const LEAD: &str = "on behalf of ";
    let words = folded_bytes(sentence.of(text));
    let at = words.find(LEAD)?;
    let start = sentence.start() + at;
    let found = name_at(text, start + LEAD.len(), sentence.end())?;
    let name = found.of(text);
    let before = words.get(..at)?;
    let opens =
        before.is_empty() && text.get(found.end()..sentence.end()).is_some_and(|t| t.starts_with(','));
    let own = ["i ", "i'm", "my ", "allow me", "let me"]
        .iter()
        .any(|w| before.starts_with(w) || before.contains(&format!(" {w}")));
    let speaks = LEADS.get("behalf").into_iter().flatten().any(|verb| before.contains(verb));
    // “on behalf of Canadians” is no delegation.
    let people = !name.contains(' ') && name.ends_with('s') && !is_organised(name);
    let is_person = folded_words(name).first().is_some_and(|word| is_title(word));
    let ends = ends_there(text.get(found.end()..sentence.end())?);
    (!people && !is_person && ends && (opens || own && speaks && !is_denied(before)))
        .then(|| (found, Span::new(start, found.end())))
}

/// Whether a name ends where `after` begins: “the Nordic countries” and “Kestria and Pelagia” go on.
fn ends_there(after: &str) -> bool {
    let leads = [
        ",",
        ";",
        ".",
        ":",
        ")",
        " (",
        " –",
        " -",
        " —",
        " in ",
        " on ",
        " at ",
        " to ",
        " as ",
        " with ",
        " today",
        " and its ",
        " and in ",
        " and to ",
        " and I ",
        " and I'",
        " and I’",
    ];
    after.trim().is_empty() || leads.iter().any(|lead| after.starts_with(lead))
}

/// `As Microsoft, we have a view`.
fn as_organisation(text: &str, sentence: Span) -> Option<(Span, Span)> {
    let words = sentence.of(text);
    let at = if words.starts_with("As ") || words.starts_with("as ") { 0 } else { words.find(" as ")? + 1 };
    let start = sentence.start() + at;
    let found = name_at(text, start + "as ".len(), sentence.end())?;
    let name = found.of(text);
    let after = text.get(found.end()..sentence.end())?;
    let ours = [", we ", " we ", ", we've ", ", we’ve ", ", we're ", ", we’re ", ", our "]
        .iter()
        .any(|w| after.starts_with(w));
    let people = !name.contains(' ') && name.ends_with('s') && !is_organised(name);
    (ours && !people && !has_job_word(name)).then(|| (found, Span::new(start, found.end())))
}

/// Whether the words before a statement deny it: `I can't speak on behalf of`.
fn is_denied(before: &str) -> bool {
    let before = before.to_ascii_lowercase();
    ["n't", "n’t", "not ", "cannot", "never "].iter().any(|word| before.contains(word))
}

/// A text folded byte for byte, so that places in it are places in the text: ASCII letters in lower
/// case, a curly apostrophe kept.
fn folded_bytes(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// Where a phrase stands between word boundaries.
fn find_words(text: &str, phrase: &str) -> Option<usize> {
    let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(phrase).map(|(at, _)| at).find(|&at| {
        outside(text.get(..at).and_then(|t| t.chars().next_back()))
            && outside(text.get(at + phrase.len()..).and_then(|t| t.chars().next()))
    })
}
