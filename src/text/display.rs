//! What a reader sees of a quotation: its own characters, without noise, fillers and false starts.
//!
//! Nothing is ever added or changed but white space, so the result is a subsequence of the text.

use std::ops::Range;

use crate::model::Language;

use super::language::{LanguageData, data};
use super::noise;
use super::words::{is_clitic, normalize};

/// The text as a reader sees it; empty where nothing but noise and fillers remains.
///
/// Noise markers, fillers (with the commas that set them off), false starts and immediate
/// repetitions are dropped; punctuation that tokenisation set apart is joined again.
pub fn display(text: &str, language: Language) -> String {
    let data = data(language);
    let mut atoms = atoms(text, language);
    drop_fillers(&mut atoms, data);
    drop_set_off(&mut atoms, data);
    drop_fragments(&mut atoms);
    drop_repetitions(&mut atoms, data);
    tidy(&mut atoms);
    join(&atoms)
}

/// Number of words of a displayed text.
pub fn word_count(display: &str) -> usize {
    display.split_whitespace().count()
}

/// What an atom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    /// Comma.
    Comma,
    /// Dash.
    Dash,
    /// Full stop, question mark, exclamation mark, ellipsis, colon, semicolon.
    Stop,
    /// Quotes, brackets and all other marks.
    Mark,
    /// A noise marker.
    Noise,
}

/// A word or a mark of the text.
#[derive(Debug)]
struct Atom<'a> {
    text: &'a str,
    word: String,
    kind: Kind,
    /// White space stands before it.
    spaced: bool,
    kept: bool,
}

fn atoms(text: &str, language: Language) -> Vec<Atom<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    for span in noise::spans(text, language) {
        push_atoms(&text[at..span.start()], &mut found);
        let spaced = text[..span.start()].ends_with(char::is_whitespace);
        found.push(Atom { text: span.of(text), word: String::new(), kind: Kind::Noise, spaced, kept: false });
        at = span.end();
    }
    push_atoms(&text[at..], &mut found);
    found
}

fn push_atoms<'a>(text: &'a str, found: &mut Vec<Atom<'a>>) {
    let mut spaced = text.starts_with(char::is_whitespace);
    for token in text.split_whitespace() {
        let clitic = token.starts_with(['\'', '’']) && is_clitic(token);
        let start = if clitic { 0 } else { token.find(char::is_alphanumeric).unwrap_or(token.len()) };
        let end = token
            .rfind(char::is_alphanumeric)
            .map_or(start, |i| i + token[i..].chars().next().map_or(1, char::len_utf8));
        let end = end.max(start);
        push_marks(&token[..start], &mut spaced, found);
        if end > start {
            push_words(&token[start..end], &mut spaced, found);
        }
        push_marks(&token[end..], &mut spaced, found);
        spaced = true;
    }
}

/// Adds a word; a dash inside it (well—yes) divides it.
fn push_words<'a>(word: &'a str, spaced: &mut bool, found: &mut Vec<Atom<'a>>) {
    let mut rest = word;
    while let Some(dash) = rest.find(['—', '–']).or_else(|| rest.find("--")).filter(|&i| i > 0) {
        let length = rest[dash..].find(|c: char| !"—–-".contains(c)).unwrap_or(rest.len() - dash);
        push(&rest[..dash], Kind::Word, spaced, found);
        push(&rest[dash..dash + length], Kind::Dash, spaced, found);
        rest = &rest[dash + length..];
    }
    if !rest.is_empty() {
        push(rest, Kind::Word, spaced, found);
    }
}

fn push_marks<'a>(marks: &'a str, spaced: &mut bool, found: &mut Vec<Atom<'a>>) {
    let mut rest = marks;
    while let Some(first) = rest.chars().next() {
        let run = |set: &str| rest.find(|c: char| !set.contains(c)).unwrap_or(rest.len());
        let (kind, length) = match first {
            ',' | '،' | '，' => (Kind::Comma, first.len_utf8()),
            '-' | '–' | '—' => (Kind::Dash, run("-–—")),
            '.' | '?' | '!' | '…' => (Kind::Stop, run(".?!…")),
            ':' | ';' => (Kind::Stop, 1),
            _ => (Kind::Mark, first.len_utf8()),
        };
        push(&rest[..length], kind, spaced, found);
        rest = &rest[length..];
    }
}

fn push<'a>(text: &'a str, kind: Kind, spaced: &mut bool, found: &mut Vec<Atom<'a>>) {
    let word = if kind == Kind::Word { normalize(text).into_owned() } else { String::new() };
    found.push(Atom { text, word, kind, spaced: *spaced, kept: true });
    *spaced = false;
}

/// The nearest kept atom before `at`.
fn before(atoms: &[Atom], at: usize) -> Option<usize> {
    (0..at).rev().find(|&i| atoms[i].kept)
}

/// The nearest kept atom from `at` on.
fn from(atoms: &[Atom], at: usize) -> Option<usize> {
    (at..atoms.len()).find(|&i| atoms[i].kept)
}

fn kind_at(atoms: &[Atom], at: Option<usize>) -> Option<Kind> {
    at.map(|i| atoms[i].kind)
}

/// Drops sounds such as "uh" together with the commas that set them off.
fn drop_fillers(atoms: &mut [Atom], data: &LanguageData) {
    for at in 0..atoms.len() {
        if atoms[at].kind == Kind::Word && data.is_filler(&atoms[at].word) {
            atoms[at].kept = false;
            drop_commas_around(atoms, at..at + 1, data);
        }
    }
}

/// Drops the commas that set off what was dropped, unless the sentence needs one.
fn drop_commas_around(atoms: &mut [Atom], dropped: Range<usize>, data: &LanguageData) {
    let left = before(atoms, dropped.start);
    let right = from(atoms, dropped.end);
    let comma_left = kind_at(atoms, left) == Some(Kind::Comma);
    let comma_right = kind_at(atoms, right) == Some(Kind::Comma);
    let opens = left.is_none() || matches!(kind_at(atoms, left), Some(Kind::Stop | Kind::Dash));
    if let (Some(right), true) = (right, comma_right && (comma_left || opens)) {
        atoms[right].kept = false;
    }
    let Some(left) = left.filter(|_| comma_left) else { return };
    let after = kind_at(atoms, from(atoms, dropped.end));
    let ends = matches!(after, None | Some(Kind::Stop | Kind::Dash));
    let word_before = before(atoms, left).is_some_and(|i| data.is_repeated(&atoms[i].word));
    if ends || word_before {
        atoms[left].kept = false;
    }
}

/// Drops phrases such as "you know" where they are set off.
fn drop_set_off(atoms: &mut [Atom], data: &LanguageData) {
    let mut at = 0;
    while at < atoms.len() {
        let length = data.set_off_fillers().iter().find(|p| is_set_off(atoms, at, p)).map_or(0, Vec::len);
        if length > 0 {
            atoms[at..at + length].iter_mut().for_each(|atom| atom.kept = false);
            drop_commas_around(atoms, at..at + length, data);
        }
        at += length.max(1);
    }
}

/// Whether the phrase stands at `at` and something else follows what sets it off.
fn is_set_off(atoms: &[Atom], at: usize, phrase: &[&str]) -> bool {
    let there = phrase.iter().enumerate().all(|(i, word)| {
        atoms.get(at + i).is_some_and(|a| a.kept && a.kind == Kind::Word && a.word == *word)
    });
    if !there {
        return false;
    }
    let left = before(atoms, at);
    let right = from(atoms, at + phrase.len());
    let opens = matches!(kind_at(atoms, left), None | Some(Kind::Comma | Kind::Dash | Kind::Stop));
    let noise_left = at > 0 && atoms[at - 1].kind == Kind::Noise;
    let closes = matches!(kind_at(atoms, right), Some(Kind::Comma | Kind::Dash))
        || atoms.get(at + phrase.len()).is_some_and(|a| a.kind == Kind::Noise);
    let more = atoms[at + phrase.len()..].iter().take(8).any(|a| a.kept && a.kind == Kind::Word);
    (opens || noise_left) && closes && more
}

/// Drops beginnings of words that the next word completes ("w we", "th- there").
fn drop_fragments(atoms: &mut [Atom]) {
    for at in 0..atoms.len() {
        if !atoms[at].kept || atoms[at].kind != Kind::Word {
            continue;
        }
        let cut =
            atoms.get(at + 1).is_some_and(|a| a.kind == Kind::Noise || (a.kind == Kind::Dash && !a.spaced));
        let Some(next) =
            (at + 1..atoms.len().min(at + 5)).find(|&i| atoms[i].kept && atoms[i].kind == Kind::Word)
        else {
            continue;
        };
        if (at + 1..next).any(|i| atoms[i].kept && matches!(atoms[i].kind, Kind::Stop | Kind::Mark)) {
            continue;
        }
        let word = &atoms[at].word;
        let longer = atoms[next].word.len() > word.len() && atoms[next].word.starts_with(word.as_str());
        let letters = word.chars().count();
        let bare = word.chars().all(|c| c.is_alphabetic() && !"aeiouy".contains(c));
        let fragment = (cut && longer && letters <= 6)
            || (longer && letters <= 2 && bare)
            || (cut && letters <= 2 && bare);
        if fragment {
            atoms[at].kept = false;
            (at + 1..next).for_each(|i| atoms[i].kept = false);
        }
    }
}

/// Drops the first of two copies of a phrase that was begun twice.
fn drop_repetitions(atoms: &mut [Atom], data: &LanguageData) {
    for length in (1..=5).rev() {
        let mut at = 0;
        while at < atoms.len() {
            if let Some(second) = repeated(atoms, at, length, data) {
                (at..second).for_each(|i| atoms[i].kept = false);
            }
            at += 1;
        }
    }
}

/// Where the second copy of the `length` words from `at` begins, when they are said twice.
fn repeated(atoms: &[Atom], at: usize, length: usize, data: &LanguageData) -> Option<usize> {
    let mut first = Vec::with_capacity(length);
    let mut i = at;
    while first.len() < length {
        let atom = atoms.get(i)?;
        if atom.kept {
            if atom.kind != Kind::Word {
                return None;
            }
            first.push(i);
        } else if first.is_empty() {
            return None;
        }
        i += 1;
    }
    let mut separated = false;
    while let Some(atom) = atoms.get(i).filter(|a| !a.kept || matches!(a.kind, Kind::Comma | Kind::Dash)) {
        separated |= matches!(atom.kind, Kind::Noise | Kind::Dash) || (!atom.kept && atom.kind == Kind::Word);
        i += 1;
    }
    let second = i;
    for &index in &first {
        while atoms.get(i).is_some_and(|a| !a.kept) {
            i += 1;
        }
        let atom = atoms.get(i)?;
        if atom.kind != Kind::Word || atom.word != atoms[index].word {
            return None;
        }
        i += 1;
    }
    let function = data.is_repeated(&atoms[at].word);
    let number = atoms[at].word.chars().any(|c| c.is_ascii_digit());
    let negation = data.is_negation(&atoms[at].word);
    let doubled =
        if length == 1 { function || (separated && !number && !negation) } else { function || separated };
    (doubled && (length > 1 || !number)).then_some(second)
}

/// Drops marks that have lost the words they stood between.
fn tidy(atoms: &mut [Atom]) {
    let mut last: Option<Kind> = None;
    for at in 0..atoms.len() {
        if !atoms[at].kept {
            continue;
        }
        let kind = atoms[at].kind;
        let orphan = match kind {
            Kind::Comma | Kind::Stop => matches!(last, None | Some(Kind::Comma)) && last != Some(Kind::Word),
            Kind::Dash => last.is_none(),
            _ => false,
        };
        let lost = at > 0 && !atoms[at - 1].kept;
        if orphan && (lost || last.is_none()) || (kind == Kind::Stop && lost && last == Some(Kind::Stop)) {
            atoms[at].kept = false;
        } else {
            last = Some(kind);
        }
    }
}

fn join(atoms: &[Atom]) -> String {
    if !atoms.iter().any(|a| a.kept && a.kind == Kind::Word) {
        return String::new();
    }
    let tokenised = atoms
        .windows(2)
        .any(|w| w[1].spaced && matches!(w[1].text, "," | "." | "?") && w[0].kind == Kind::Word);
    let mut shown = String::new();
    let mut spaced = false;
    let mut opened = false;
    for atom in atoms {
        spaced |= atom.spaced;
        if !atom.kept {
            continue;
        }
        let closing = matches!(atom.kind, Kind::Comma | Kind::Stop) || matches!(atom.text, ")" | "]" | "%");
        let clitic = atom.kind == Kind::Word
            && (atom.text.starts_with(['\'', '’']) || atom.word == "n't" || atom.word == "n’t");
        let attached = (tokenised && (closing || clitic || opened))
            || (matches!(atom.kind, Kind::Comma) && !shown.is_empty());
        if spaced && !attached && !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(atom.text);
        spaced = false;
        opened = matches!(atom.text, "(" | "[");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(display(text, Language::ENGLISH), expected, "for {text:?}");
    }

    #[test]
    fn noise_and_fillers_are_dropped_with_their_commas() {
        check("We should, uh, wait.", "We should wait.");
        check("Um, I think {vocalsound} that is right.", "I think that is right.");
        check("You know, the treaty is, I mean, too wide.", "the treaty is too wide.");
        check("The budget, um, is fixed.", "The budget, is fixed.");
        check("Um .", "");
        check("{vocalsound} [laughter]", "");
    }

    #[test]
    fn tokenised_transcripts_are_joined() {
        check("OK , we 're on . Do n't stop .", "we're on. Don't stop.");
        check("It is ( as they say ) fine .", "It is (as they say) fine.");
    }

    #[test]
    fn false_starts_and_repetitions_are_dropped() {
        check("the the the vote", "the vote");
        check("I I think we should -- we should vote.", "I think we should vote.");
        check("w we {disfmarker} we may vote", "we may vote");
        check("Th- there is a line", "there is a line");
    }

    #[test]
    fn words_that_carry_meaning_are_kept() {
        for text in [
            "We had had enough.",
            "No, no, we do not.",
            "I know that that works.",
            "It is very, very clear.",
            "In 2010 2010 votes were cast.",
            "They like the text, kind of like a law.",
            "So do we.",
            "I mean it.",
        ] {
            check(text, text);
        }
    }

    proptest! {
        #[test]
        fn display_is_a_subsequence_of_the_text(text in "([a-zA-Z]{1,3}|uh|you know|the|, |\\. | |-- |\\{pause\\}|'s|\\PC){0,30}") {
            let shown = display(&text, Language::ENGLISH);
            let mut letters = text.chars().filter(|c| !c.is_whitespace());
            for c in shown.chars().filter(|c| !c.is_whitespace()) {
                prop_assert!(letters.any(|l| l == c), "{shown:?} of {text:?}");
            }
        }
    }
}
