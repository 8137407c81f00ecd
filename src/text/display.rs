//! What a reader sees of a quotation: its own characters, without noise, fillers and false starts.
//!
//! Nothing is ever added or changed but white space, so the result is a subsequence of the text.

use crate::model::{Language, count_words};

use super::atoms::{Atom, Kind, atoms};
use super::disfluency::{drop_fillers, drop_fragments, drop_repetitions, drop_set_off};
use crate::language::{LanguageData, data};

/// The text as a reader sees it; empty where nothing but noise and fillers remains.
///
/// Noise markers, fillers (with the commas that set them off), false starts and immediate
/// repetitions are dropped; punctuation that tokenisation set apart is joined again.
pub fn display(text: &str, language: Language) -> String {
    let data = data(language);
    let mut atoms = atoms(text, language);
    drop_fillers(&mut atoms, data);
    drop_set_off(&mut atoms, data);
    drop_fragments(&mut atoms, data);
    drop_repetitions(&mut atoms, data);
    tidy(&mut atoms);
    join(&atoms, data)
}

/// Number of words of a displayed text.
pub fn word_count(display: &str) -> usize {
    count_words(display) as usize
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

fn join(atoms: &[Atom], data: &LanguageData) -> String {
    if !atoms.iter().any(|a| a.kept && a.kind == Kind::Word) {
        return String::new();
    }
    let tokenised = is_tokenised(atoms, data);
    let mut shown = String::new();
    let (mut spaced, mut opened, mut quoted) = (false, false, false);
    for atom in atoms {
        spaced |= atom.spaced;
        if !atom.kept {
            continue;
        }
        let quote = atom.text == "\"";
        let closing = (matches!(atom.kind, Kind::Comma | Kind::Stop)
            && !atom.text.contains(|c| data.sets_apart(c)))
            || matches!(atom.text, ")" | "]" | "%" | "-")
            || (quote && quoted);
        let attached = (tokenised && (closing || is_detached_clitic(atom) || opened))
            || (matches!(atom.kind, Kind::Comma) && !shown.is_empty());
        if spaced && !attached && !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(atom.text);
        spaced = false;
        quoted ^= quote;
        // A hyphen that stands apart in such a transcript joins two parts of a word.
        opened = matches!(atom.text, "(" | "[") || (atom.text == "-" && atom.spaced) || (quote && quoted);
    }
    shown
}

/// Whether marks and clitics stand apart from their words, as tokenisation leaves them.
fn is_tokenised(atoms: &[Atom], data: &LanguageData) -> bool {
    atoms.windows(2).any(|pair| {
        let mark = matches!(pair[1].text, "," | "." | "?") && !pair[1].text.contains(|c| data.sets_apart(c));
        pair[1].spaced && pair[0].kind == Kind::Word && (mark || is_detached_clitic(&pair[1]))
    })
}

fn is_detached_clitic(atom: &Atom) -> bool {
    atom.kind == Kind::Word && atom.spaced && (atom.text.starts_with(['\'', '’']) || atom.word == "n't")
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
        check("The budget, um, is fixed.", "The budget is fixed.");
        check("The scope, the text, uh, the protocol.", "The scope, the text, the protocol.");
        check("It was late, um, we left.", "It was late, we left.");
        check("Um .", "");
        check("{vocalsound} [laughter]", "");
    }

    #[test]
    fn tokenised_transcripts_are_joined() {
        check("OK , we 're on . Do n't stop .", "we're on. Don't stop.");
        check("It is ( as they say ) fine .", "It is (as they say) fine.");
        check("He says , \" it 's thirty - six \" .", "He says, \"it's thirty-six\".");
    }

    #[test]
    fn false_starts_and_repetitions_are_dropped() {
        check("the the the vote", "the vote");
        check("I I think we should -- we should vote.", "I think we should vote.");
        check("w we {disfmarker} we may vote", "we may vote");
        check("Th- there is a line", "there is a line");
        check("You you're in m in my group", "you're in my group");
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
            "It was closed, so, in the end, we left.",
            "Vote no, well before noon.",
            "I mean it.",
            "On pages 1–10 of 2–20, and pre–prepared.",
            "We met on 5, 5 of us.",
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
