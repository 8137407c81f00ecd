//! Whether a quotation hangs in the air: a pronoun near its opening stands for something said before.

use std::ops::Range;

use crate::model::{Language, Token, TokenFlags, TokenKind, Tokens, WordId, WordTraits, Words};
use crate::text::runs;

use super::wording::{Opening, lists};

// All are set by hand; the trained weights and the penalties of `position` rest on them, so a change needs
// new training. What the penalties do together: precision of points .78 to .81, recall .58 to .55.

/// Words after the connectives among which a pronoun leaves the reader behind: the subject of the first
/// clause, and no object further on, which the sentence itself mostly explains.
const OPENING: usize = 5;
/// Connectives at most that a reader passes over: “and so then”.
const CONNECTIVES: usize = 3;
/// Words after an impersonal pronoun within which what it announces must come (“it is important to”): a
/// verb, an adverb and an adjective find room.
const ANNOUNCED: usize = 4;
/// Words in which a pronoun hangs fully: as the subject. Behind them it may be an object.
const SUBJECT: usize = 3;
/// How far a pronoun hangs that comes later than [`SUBJECT`].
const LATER: f64 = 0.7;
/// How far a demonstrative with a noun hangs, which says at least what it is about: “this levy”.
const WITH_NOUN: f64 = 0.6;
/// Words of a sentence that matter.
const ENOUGH: usize = OPENING + CONNECTIVES + ANNOUNCED + 1;

/// The kinds of each distinct word of a session, as bits by their place in [`HANGING`](super::wording::HANGING).
pub(super) fn kinds_of_words(words: &Words) -> Vec<u16> {
    let kinds = |text: &str, language: Language| {
        let list = lists(language).hanging.phrases();
        list.of_word(text).into_iter().fold(0, |bits, kind| bits | 1 << kind)
    };
    words.entries.iter().map(|word| kinds(&word.text, word.language)).collect()
}

/// How far a sentence hangs, from 0 to 1: 1 for a pronoun without antecedent among its first words, less
/// for a demonstrative with a noun and for one further on.
pub(super) fn hanging(tokens: &Tokens, sentence: Range<usize>, kinds: &[u16]) -> f64 {
    let marks = marks(tokens, sentence, kinds);
    let has = |at: usize, kind: Opening| marks.get(at).is_some_and(|mark| mark >> kind as u16 & 1 == 1);
    let start = (0..CONNECTIVES).take_while(|&at| has(at, Opening::Joins)).count();
    let mut worst = 0.0f64;
    for at in start..start + OPENING {
        let hangs = has(at, Opening::Hangs);
        let points = has(at, Opening::Points);
        if !(hangs || points) || at > start && has(at - 1, Opening::Introduces) && points {
            continue;
        }
        // “Those who cannot pay”, “both of the ports”: the sentence says itself who they are.
        if has(at + 1, Opening::Specifies) {
            continue;
        }
        let announces = (at + 1..=at + ANNOUNCED).any(|next| has(next, Opening::Foreshadows));
        let states = has(at, Opening::Tells) && has(at + 1, Opening::Exists);
        if hangs && announces || states {
            continue;
        }
        // “So this we consider …”, but “a law that makes …”, “important that we …”.
        let is_clear = at == start || !has(at, Opening::Relatives);
        let alone = hangs || has(at + 1, Opening::Exists) || is_clear && has(at + 1, Opening::Predicates);
        let near = if at - start < SUBJECT { 1.0 } else { LATER };
        worst = worst.max(if alone { near } else { WITH_NOUN * near });
    }
    worst
}

/// The kinds of the first words, run by run; in a script without spaces, character by character.
fn marks(tokens: &Tokens, sentence: Range<usize>, kinds: &[u16]) -> Vec<u16> {
    let kinds_of = |word: WordId| kinds.get(word.index()).copied().unwrap_or(0);
    let is_ideographic = |token: &&Token| tokens.words.is(token.word, WordTraits::HAS_IDEOGRAPHS);
    let written = || tokens.slice(sentence.clone()).iter().filter(|token| token.kind != TokenKind::Part);
    if written().any(|token| is_ideographic(&token)) {
        let characters = |token: &Token| match is_ideographic(&token) {
            true => tokens.words.parts_of(token.word).iter().map(|&part| kinds_of(part)).collect(),
            false => vec![kinds_of(token.word)],
        };
        return written().flat_map(characters).take(ENOUGH).collect();
    }
    let of_run = |run: &[Token]| {
        let words = run.iter().filter(|token| token.is(TokenFlags::SOURCE_WORD));
        words.fold(0, |bits, token| bits | kinds_of(token.word))
    };
    runs(tokens, sentence.clone()).take(ENOUGH).map(of_run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::read_line;

    #[test]
    fn a_pronoun_near_the_opening_hangs_unless_it_announces_what_it_stands_for() {
        for (language, text, expected) in [
            ("en", "They cannot be trusted with the harbour.", 1.0),
            ("en", "And so it never came back to the floor.", 1.0),
            ("en", "It is important to keep the harbour open.", 0.0),
            ("en", "There is no reason to wait for the audit.", 0.0),
            ("en", "This levy is too high for the fleet.", 0.6),
            ("en", "Laws that made the levy fair are rare.", 0.6),
            ("en", "Nobody told us that we lose the fleet.", 0.42),
            ("en", "Those who cannot pay must be heard.", 0.0),
            ("en", "So this we consider a great success.", 1.0),
            ("en", "And surely to me, this counts as progress.", 0.7),
            ("en", "We believe that the levy is too high.", 0.0),
            ("en", "The levy is too high for them.", 0.0),
            ("en", "Both of the ports must be heard.", 0.0),
            ("es", "Eso no lo podemos aceptar.", 1.0),
            ("es", "Esto nos preocupa a todos los pescadores.", 1.0),
            ("es", "Otros que no pueden pagar deben hablar.", 0.0),
            ("de", "Das ist nicht hinnehmbar.", 1.0),
            ("de", "Das Gesetz schützt die Häfen nicht.", 0.0),
            ("de", "Dieser zeigt, wie schwach der Hafen ist.", 1.0),
            ("de", "Jene, die nicht zahlen können, müssen reden.", 0.0),
            ("fr", "Nous demandons un audit indépendant.", 0.0),
            ("fr", "Ceux qui ne peuvent pas payer doivent parler.", 0.0),
            ("it", "Questo mostra quanto è debole il porto.", 1.0),
            ("it", "Quelli che non possono pagare devono parlare.", 0.0),
            ("pt", "Este mostra como o porto é fraco.", 1.0),
            ("pt", "Outros que não podem pagar devem falar.", 0.0),
            ("ru", "Эта показывает, как слаб порт.", 1.0),
            ("ru", "Те, кто не может платить, должны говорить.", 0.0),
            ("ar", "هذا يظهر ضعف الميناء.", 1.0),
            ("ar", "أولئك الذين لا يستطيعون الدفع يجب أن يتكلموا.", 0.0),
            ("zh", "这让港口失去船只。", 1.0),
        ] {
            let tokens = read_line(text, language.parse().unwrap());
            let kinds = kinds_of_words(&tokens.words);
            let found = hanging(&tokens, tokens.of_turn(0), &kinds);
            assert!((found - expected).abs() < 1e-9, "{text}: {found}");
        }
    }
}
