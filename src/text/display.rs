//! What a reader sees of a quotation: its own characters, without noise, fillers and false starts.
//!
//! Nothing is ever added or changed but white space, so the result is a subsequence of the text.

use std::borrow::Cow;

use crate::model::{Language, Span, Token, TokenFlags, TokenKind, count_words, show};

use super::atoms::push_written;
use super::disfluency::{Draft, drop_fillers, drop_fragments, drop_repetitions, drop_set_off};
use super::intern::Interner;
use super::noise::Signs;
use crate::language::LanguageData;

/// The text as a reader sees it; empty where nothing but noise and fillers remains.
///
/// Noise markers, fillers (with the commas that set them off), false starts and immediate
/// repetitions are dropped; punctuation that tokenisation set apart is joined again. For the sentences of
/// a session, the token table has the same ([`Tokens::show`](crate::model::Tokens::show)).
pub fn display(text: &str, language: Language) -> String {
    let mut interner = Interner::default();
    interner.speak(language, false);
    let mut tokens = Vec::new();
    push_written(text, Span::new(0, text.len()), Signs::of(text), &mut interner, &mut tokens);
    decide(text, &mut tokens, &interner);
    let mut shown = String::with_capacity(text.len());
    show(&tokens, text, &mut shown);
    shown
}

/// Number of words of a displayed text.
pub fn word_count(display: &str) -> usize {
    count_words(display) as usize
}

/// A stretch of speech as it would be written inside a sentence: in lower case, if it has no other capital
/// than its first.
pub fn uncapitalized(written: Cow<'_, str>) -> Cow<'_, str> {
    let mut letters = written.chars();
    match letters.next() {
        Some(initial) if initial.is_uppercase() && !letters.clone().any(char::is_uppercase) => {
            Cow::Owned(initial.to_lowercase().chain(letters).collect())
        }
        _ => written,
    }
}

/// Decides which tokens of a sentence are spoken on purpose and which a reader sees.
pub(super) fn decide(text: &str, tokens: &mut [Token], interner: &Interner) {
    let mut draft = Draft { text, tokens, words: &interner.words, data: interner.data() };
    drop_fillers(&mut draft);
    if draft.may_open_filler() {
        let after_fillers: Vec<TokenFlags> = draft.tokens.iter().map(|token| token.flags).collect();
        drop_copies(&mut draft);
        for (token, flags) in draft.tokens.iter_mut().zip(after_fillers) {
            let spoken = token.flags;
            token.flags = flags;
            token.flags.set(TokenFlags::SPOKEN, spoken.has(TokenFlags::SPOKEN));
        }
        drop_set_off(&mut draft);
        drop_fragments(&mut draft);
        drop_repetitions(&mut draft);
    } else {
        drop_copies(&mut draft);
    }
    tidy(&mut draft);
    join(&mut draft);
}

/// Drops fragments and repetitions; what remains is spoken on purpose.
fn drop_copies(draft: &mut Draft<'_>) {
    drop_fragments(draft);
    drop_repetitions(draft);
    for token in &mut *draft.tokens {
        token.flags.set(TokenFlags::SPOKEN, token.is(TokenFlags::SHOWN));
    }
}

/// Drops marks that have lost the words they stood between.
fn tidy(draft: &mut Draft<'_>) {
    let mut last: Option<TokenKind> = None;
    for at in 0..draft.tokens.len() {
        if !draft.is_kept(at) {
            continue;
        }
        let kind = draft.kind(at);
        let orphan = match kind {
            TokenKind::Comma | TokenKind::Stop => matches!(last, None | Some(TokenKind::Comma)),
            TokenKind::Dash => last.is_none(),
            _ => false,
        };
        let lost = at > 0 && !draft.is_kept(at - 1);
        if orphan && (lost || last.is_none())
            || (kind == TokenKind::Stop && lost && last == Some(TokenKind::Stop))
        {
            draft.drop(at);
        } else {
            last = Some(kind);
        }
    }
}

/// Decides before which tokens a reader sees a space; where no word is left, nothing is shown.
fn join(draft: &mut Draft<'_>) {
    let kept_word = |t: &Token| t.kind == TokenKind::Word && t.is(TokenFlags::SHOWN);
    if !draft.tokens.iter().any(kept_word) {
        (0..draft.tokens.len()).for_each(|at| draft.drop(at));
        return;
    }
    let tokenised = is_tokenised(draft);
    let (mut spaced, mut opened, mut quoted, mut empty) = (false, false, false, true);
    for at in 0..draft.tokens.len() {
        let token = draft.tokens[at];
        spaced |= token.is(TokenFlags::SPACED);
        if !token.is(TokenFlags::SHOWN) {
            continue;
        }
        let is_word = token.kind == TokenKind::Word;
        let written = if is_word && !tokenised { "" } else { draft.written(at) };
        let quote = written == "\"";
        let attached = (tokenised
            && (closes(&token, written, quoted, draft.data) || is_detached_clitic(draft, at) || opened))
            || (token.kind == TokenKind::Comma && !empty);
        // A hyphen that stands apart in such a transcript joins two parts of a word.
        let hyphen = written == "-" && token.is(TokenFlags::SPACED);
        opened = matches!(written, "(" | "[") || hyphen || (quote && !quoted);
        draft.tokens[at].flags.set(TokenFlags::SHOWN_SPACED, spaced && !attached && !empty);
        (spaced, empty) = (false, false);
        quoted ^= quote;
    }
}

/// Whether a mark is written close to the word before it.
fn closes(token: &Token, written: &str, quoted: bool, data: &LanguageData) -> bool {
    (matches!(token.kind, TokenKind::Comma | TokenKind::Stop) && !written.contains(|c| data.sets_apart(c)))
        || matches!(written, ")" | "]" | "%" | "-")
        || (written == "\"" && quoted)
}

/// Whether marks and clitics stand apart from their words, as tokenisation leaves them.
fn is_tokenised(draft: &Draft<'_>) -> bool {
    (1..draft.tokens.len()).any(|at| {
        draft.tokens[at].is(TokenFlags::SPACED)
            && draft.kind(at - 1) == TokenKind::Word
            && (is_set_apart(draft, at) || is_detached_clitic(draft, at))
    })
}

fn is_set_apart(draft: &Draft<'_>, at: usize) -> bool {
    matches!(draft.kind(at), TokenKind::Comma | TokenKind::Stop)
        && matches!(draft.written(at), "," | "." | "?")
        && !draft.written(at).contains(|c| draft.data.sets_apart(c))
}

fn is_detached_clitic(draft: &Draft<'_>, at: usize) -> bool {
    let token = &draft.tokens[at];
    if token.kind != TokenKind::Word || !token.is(TokenFlags::SPACED) {
        return false;
    }
    let written = draft.written(at);
    match written.as_bytes().first() {
        Some(b'\'') => true,
        Some(b'n' | b'N') => draft.words.text(token.word) == "n't",
        Some(byte) if byte.is_ascii() => false,
        _ => written.starts_with('’'),
    }
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
        check("Ask MM where, mm, MM can comment.", "Ask MM where MM can comment.");
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
