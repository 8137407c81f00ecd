//! Fillers, false starts and repetitions: what speech has and a reader does without.

use std::ops::Range;

use super::atoms::{Atom, Kind};
use crate::language::LanguageData;

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
pub(super) fn drop_fillers(atoms: &mut [Atom], data: &LanguageData) {
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
    let next = from(atoms, dropped.end);
    let ends = matches!(kind_at(atoms, next), None | Some(Kind::Stop | Kind::Dash));
    let function = before(atoms, left).is_some_and(|i| data.is_repeated(&atoms[i].word));
    let in_list = atoms[left.saturating_sub(8)..left].iter().any(|a| a.kept && a.kind == Kind::Comma);
    let clause = next.is_some_and(|i| data.is_subject(&atoms[i].word));
    if ends || function || (comma_right && !in_list && !clause) {
        atoms[left].kept = false;
    }
}

/// Drops phrases such as "you know" where they are set off, and "well" where it opens a sentence.
pub(super) fn drop_set_off(atoms: &mut [Atom], data: &LanguageData) {
    let mut at = 0;
    while at < atoms.len() {
        if !atoms[at].kept || atoms[at].kind != Kind::Word || !data.opens_filler(&atoms[at].word) {
            at += 1;
            continue;
        }
        let opens = match before(atoms, at) {
            None => true,
            Some(left) => matches!(atoms[left].kind, Kind::Stop | Kind::Dash),
        };
        let comma = kind_at(atoms, before(atoms, at)) == Some(Kind::Comma);
        let noise = at > 0 && atoms[at - 1].kind == Kind::Noise;
        let set_off = data.set_off_fillers().iter().filter(|_| opens || comma || noise);
        let opening = data.opening_fillers().iter().filter(|_| opens);
        let length = set_off.chain(opening).find(|p| is_closed_off(atoms, at, p)).map_or(0, Vec::len);
        if length > 0 {
            atoms[at..at + length].iter_mut().for_each(|atom| atom.kept = false);
            drop_commas_around(atoms, at..at + length, data);
        }
        at += length.max(1);
    }
}

/// Whether the phrase stands at `at`, a comma or a pause follows, and then more words.
fn is_closed_off(atoms: &[Atom], at: usize, phrase: &[&str]) -> bool {
    let there = phrase.iter().enumerate().all(|(i, word)| {
        atoms.get(at + i).is_some_and(|a| a.kept && a.kind == Kind::Word && a.word == *word)
    });
    if !there {
        return false;
    }
    let right = from(atoms, at + phrase.len());
    let closes = matches!(kind_at(atoms, right), Some(Kind::Comma | Kind::Dash))
        || atoms.get(at + phrase.len()).is_some_and(|a| a.kind == Kind::Noise);
    closes && atoms[at + phrase.len()..].iter().take(8).any(|a| a.kept && a.kind == Kind::Word)
}

/// Drops beginnings of words that the next word completes ("w we", "th- there").
pub(super) fn drop_fragments(atoms: &mut [Atom], data: &LanguageData) {
    for at in 0..atoms.len() {
        if !atoms[at].kept || atoms[at].kind != Kind::Word {
            continue;
        }
        let stops_short = |a: &Atom| a.kind == Kind::Noise || (a.kind == Kind::Dash && !a.spaced);
        let cut = atoms.get(at + 1).is_some_and(stops_short) && atoms.get(at + 2).is_some_and(|a| a.spaced);
        let Some(next) =
            (at + 1..atoms.len().min(at + 5)).find(|&i| atoms[i].kept && atoms[i].kind == Kind::Word)
        else {
            continue;
        };
        if (at + 1..next).any(|i| atoms[i].kept && matches!(atoms[i].kind, Kind::Stop | Kind::Mark)) {
            continue;
        }
        let word = &atoms[at].word;
        let longer = atoms[next].word.len() > word.len() && atoms[next].word.starts_with(word.as_ref());
        let letters = word.chars().count();
        if !word.chars().all(char::is_alphabetic) {
            continue;
        }
        let contracted = data.is_repeated(word)
            && atoms[next].word[..].strip_prefix(word.as_ref()).is_some_and(|r| r.starts_with('\''));
        let fragment = contracted
            || (cut && longer && letters <= 6)
            || (longer && letters <= 2 && is_fragment(atoms[at].text, data))
            || (cut && is_fragment(atoms[at].text, data));
        if fragment {
            atoms[at].kept = false;
            (at + 1..next).for_each(|i| atoms[i].kept = false);
        }
    }
}

/// Whether small letters can only be the beginning of a word: one letter, or two without a vowel.
fn is_fragment(word: &str, data: &LanguageData) -> bool {
    let vowel = word.contains(|c| "aeiouy".contains(c));
    word.bytes().all(|b| b.is_ascii_lowercase())
        && (word.len() == 1 || (word.len() == 2 && !vowel))
        && data.has_fragment(word)
}

/// Drops the first of two copies of a phrase that was begun twice.
pub(super) fn drop_repetitions(atoms: &mut [Atom], data: &LanguageData) {
    // Most words do not come again soon, so that nothing can be repeated from them on.
    let again: Vec<usize> = (0..atoms.len()).filter(|&at| comes_again(atoms, at)).collect();
    for length in (1..=LONGEST).rev() {
        for &at in &again {
            if let Some(second) = repeated(atoms, at, length, data) {
                (at..second).for_each(|i| atoms[i].kept = false);
            }
        }
    }
}

/// Longest phrase that is begun twice, in words.
const LONGEST: usize = 5;

fn comes_again(atoms: &[Atom], at: usize) -> bool {
    let atom = &atoms[at];
    let mut words = 0;
    atom.kept
        && atom.kind == Kind::Word
        && atoms[at + 1..]
            .iter()
            .take(8 * LONGEST)
            .filter(|a| a.kept && a.kind == Kind::Word)
            .take_while(|_| {
                words += 1;
                words <= LONGEST + 2
            })
            .any(|a| a.word == atom.word)
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
    while let Some(atom) = atoms.get(i) {
        let fragment = atom.kept && atom.kind == Kind::Word && is_fragment(atom.text, data);
        if atom.kept && !fragment && !matches!(atom.kind, Kind::Comma | Kind::Dash) {
            break;
        }
        separated |= matches!(atom.kind, Kind::Noise | Kind::Dash | Kind::Word);
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
