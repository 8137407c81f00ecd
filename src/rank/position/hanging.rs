//! Whether a quotation hangs in the air: a pronoun near its opening stands for something said before.

use crate::model::{Language, is_ideograph};

use super::wording::{HANGING, lists};

/// Words after the connectives among which a pronoun leaves the reader behind.
const OPENING: usize = 5;
/// Connectives at most that a reader passes over.
const CONNECTIVES: usize = 3;
/// Words after an impersonal pronoun within which what it announces must come (“it is important to”).
const ANNOUNCED: usize = 4;

/// How far a text hangs, from 0 to 1: 1 for a pronoun without antecedent among its first words, less
/// for a demonstrative with a noun and for one further on.
pub(super) fn hanging(text: &str, language: Language) -> f64 {
    let words = words(text);
    let table = &lists(language).hanging;
    let marks: Vec<u8> = words.iter().map(|word| marks(table, word)).collect();
    let has = |at: usize, kind: &str| {
        let bit = HANGING.iter().position(|known| *known == kind).unwrap_or(HANGING.len());
        marks.get(at).is_some_and(|mark| mark >> bit & 1 == 1)
    };
    let start = (0..CONNECTIVES).take_while(|&at| has(at, "joins")).count();
    let mut worst = 0.0f64;
    for at in start..start + OPENING {
        let hangs = has(at, "hangs");
        let points = has(at, "points");
        if !(hangs || points) || at > start && has(at - 1, "introduces") && points {
            continue;
        }
        let announces = (at + 1..=at + ANNOUNCED).any(|next| has(next, "foreshadows"));
        let states = has(at, "tells") && has(at + 1, "exists");
        if hangs && announces || states {
            continue;
        }
        let alone = hangs || has(at + 1, "exists");
        let near = if at - start < 3 { 1.0 } else { 0.7 };
        worst = worst.max(if alone { near } else { 0.6 * near });
    }
    worst
}

/// The words that matter; of a script without spaces, characters.
fn words(text: &str) -> Vec<&str> {
    let enough = OPENING + CONNECTIVES + ANNOUNCED + 1;
    match text.contains(is_ideograph) {
        true => text.split("").filter(|part| !part.is_empty()).take(enough).collect(),
        false => text.split_whitespace().take(enough).collect(),
    }
}

/// The kinds of a word, as bits by their place in [`HANGING`].
fn marks(table: &crate::text::Categories, word: &str) -> u8 {
    table.of_word(word).fold(0, |bits, kind| bits | 1 << kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pronoun_near_the_opening_hangs_unless_it_announces_what_it_stands_for() {
        for (language, text, expected) in [
            ("en", "They cannot be trusted with the harbour.", 1.0),
            ("en", "And so it never came back to the floor.", 1.0),
            ("en", "It is important to keep the harbour open.", 0.0),
            ("en", "There is no reason to wait for the audit.", 0.0),
            ("en", "This levy is too high for the fleet.", 0.6),
            ("en", "We believe that the levy is too high.", 0.0),
            ("en", "The levy is too high for them.", 0.0),
            ("es", "Eso no lo podemos aceptar.", 1.0),
            ("de", "Das ist nicht hinnehmbar.", 1.0),
            ("de", "Das Gesetz schützt die Häfen nicht.", 0.0),
            ("fr", "Nous demandons un audit indépendant.", 0.0),
        ] {
            let found = hanging(text, language.parse().unwrap());
            assert!((found - expected).abs() < 1e-9, "{text}: {found}");
        }
    }
}
