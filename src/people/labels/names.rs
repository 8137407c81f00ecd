//! Names of people in labels: what is compared of them, without titles and what stands in brackets.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::language::SharedList;
use crate::model::is_ideograph;
pub(in super::super) use crate::text::fold_name as folded;
use crate::text::{FoldedWord, name_words};

static TITLES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| SharedList::Names.read().words("titles").collect());
static OFFICES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| SharedList::Names.read().words("offices").collect());

/// The folded words of a text.
pub(in super::super) fn folded_words(text: &str) -> Vec<String> {
    name_words(text).into_iter().map(|word| word.folded.into_owned()).collect()
}

/// Whether a folded word is a title.
pub(in super::super) fn is_title(word: &str) -> bool {
    TITLES.contains(word.trim_end_matches('.'))
}

/// Whether a folded word makes a label an office, a function or a number.
pub(in super::super) fn is_office(word: &str) -> bool {
    OFFICES.contains(word)
}

/// A nickname in quotation marks: `Rosalind "Roz" Mbeki`.
pub(in super::super) fn nickname(label: &str) -> Option<&str> {
    let (_, rest) = label.split_once(['"', '“', '„'])?;
    let (name, _) = rest.split_once(['"', '”', '“'])?;
    Some(name.trim()).filter(|name| !name.is_empty())
}

/// The words of a label without what stands in brackets and quotation marks, and without titles;
/// all of them where nothing else is left.
pub(in super::super) fn core_name(label: &str) -> Vec<String> {
    let outside = without_asides(label);
    let outside = if outside.trim().is_empty() { label } else { &outside };
    let words = folded_words(outside);
    let core: Vec<String> = words.iter().filter(|w| !is_title(w)).cloned().collect();
    // `Professor D` is told from `Grad D` by its title only.
    let is_letter = |w: &String| w.chars().count() < 2;
    if core.iter().all(is_letter) { words } else { core }
}

/// The first part of a name by family name (`Vega Ruiz, Ana (PP)` is called Vega), the last of another
/// (`Ana Vega`), folded.
pub(in super::super) fn surname(name: &str) -> Option<String> {
    let bare = name.split(['(', '[']).next().unwrap_or(name);
    match bare.split_once(',') {
        Some((family, _)) => folded_words(family).into_iter().next(),
        None => folded_words(bare).into_iter().last(),
    }
}

/// The parts of a label by which others may address its speaker, folded; no initials.
pub(in super::super) fn address_names(label: &str) -> Vec<String> {
    let outside = label.split(['(', '（']).next().unwrap_or("");
    let is_name = |word: &FoldedWord<'_>| {
        let least = if word.folded.contains(is_ideograph) { 2 } else { 3 };
        let is_shortened = outside.get(word.span.end()..).is_some_and(|rest| rest.starts_with('.'));
        word.folded.chars().count() >= least && !is_shortened
    };
    let words = name_words(outside).into_iter().filter(is_name);
    words.map(|word| word.folded.into_owned()).collect()
}

/// A folded word of a label as the label writes it.
pub(in super::super) fn as_written<'l>(label: &'l str, folded: &str) -> Option<&'l str> {
    name_words(label).into_iter().find(|word| word.folded == folded).map(|word| word.span.of(label))
}

/// Whether a label writes a folded word with a capital.
pub(in super::super) fn has_capital(label: &str, folded: &str) -> bool {
    name_words(label).iter().any(|word| word.is_capital && word.folded == folded)
}

/// What parts a name from an organisation in labels of video calls.
pub(in super::super) const BARS: [&str; 3] = [" || ", " | ", " @ "];

/// A label without `(…)`, `[…]`, nicknames in quotation marks and what follows a bar.
fn without_asides(label: &str) -> String {
    let bar = BARS.iter().filter_map(|bar| label.find(bar)).min();
    let label = bar.and_then(|at| label.get(..at)).unwrap_or(label);
    let (mut bare, mut depth, mut quoted) = (String::new(), 0usize, false);
    for c in label.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            '"' | '“' | '”' | '„' => quoted = !quoted,
            _ if depth == 0 && !quoted => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// Whether a label is somebody's full name, so that the same name in another session is taken for
/// the same person: at least two words, one of them no initial, without a number or an office.
pub(in super::super) fn is_full_name(label: &str) -> bool {
    let core = core_name(label);
    let long = |w: &String| w.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let plain = |w: &String| !w.contains(|c: char| c.is_numeric()) && !OFFICES.contains(w.as_str());
    (2..=6).contains(&core.len()) && core.last().is_some_and(long) && core.iter().all(plain)
}

/// Whether a label looks like the initials of a name: two to five capitals and nothing else.
pub(in super::super) fn is_initials(label: &str) -> bool {
    let capitals = label.chars().all(|c| c.is_uppercase());
    capitals && (2..=5).contains(&label.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_compared_without_titles_accents_brackets_and_nicknames() {
        for (label, core) in [
            ("Hon. Ada Okoro (Riverside, Lib.)", "ada okoro"),
            ("Siobhán O’Maolain", "siobhan o'maolain"),
            ("Rosalind \"Roz\" Mbeki", "rosalind mbeki"),
            ("Dr Weiß", "weiß"),
            ("The Chair", "chair"),
            ("Mr.", "mr"),
            ("(inaudible)", "inaudible"),
        ] {
            assert_eq!(core_name(label).join(" "), core, "{label}");
        }
    }

    #[test]
    fn a_full_name_is_told_from_offices_numbers_and_single_names() {
        for label in ["Ada Okoro", "Mr. Bo Lund (Kestria)", "J. R. Tamblyn-Oyelaran", "Piet van 't Hoff"] {
            assert!(is_full_name(label), "{label}");
        }
        for label in
            ["Ms. Lee", "Grad A", "The Chair", "Speaker 1", "Project Manager", "Ada", "SPEAKER_01", "", "AO"]
        {
            assert!(!is_full_name(label), "{label}");
        }
    }
}
