//! Fillers, false starts and repetitions: what speech has and a reader does without.

use std::ops::Range;

use crate::model::{Token, TokenFlags, TokenKind, WordId, WordTraits, Words};

use crate::language::LanguageData;

/// The tokens of a sentence as written, of which some are left out.
pub(super) struct Draft<'d> {
    /// The text that the places of the tokens refer to.
    pub(super) text: &'d str,
    pub(super) tokens: &'d mut [Token],
    pub(super) words: &'d Words,
    pub(super) data: &'static LanguageData,
}

impl Draft<'_> {
    pub(super) fn written(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    pub(super) fn is_kept(&self, at: usize) -> bool {
        self.tokens[at].is(TokenFlags::SHOWN)
    }

    pub(super) fn drop(&mut self, at: usize) {
        self.tokens[at].flags.set(TokenFlags::SHOWN, false);
    }

    pub(super) fn kind(&self, at: usize) -> TokenKind {
        self.tokens[at].kind
    }

    fn is_kept_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && t.is(TokenFlags::SHOWN))
    }

    fn word(&self, at: usize) -> &str {
        self.words.text(self.tokens[at].word)
    }

    fn is(&self, at: usize, property: WordTraits) -> bool {
        self.words.is(self.tokens[at].word, property)
    }

    /// Whether a word is written in capitals among words that are not: `MM` is somebody, “mm” a sound.
    fn is_initials(&self, at: usize) -> bool {
        let written = self.written(at);
        let is_capital = written.len() > 1 && written.chars().all(char::is_uppercase);
        let has_small = |token: &Token| token.span.of(self.text).contains(char::is_lowercase);
        is_capital && self.tokens.iter().any(has_small)
    }

    /// The nearest kept token before `at`.
    fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|&i| self.is_kept(i))
    }

    /// The nearest kept token from `at` on.
    fn from(&self, at: usize) -> Option<usize> {
        (at..self.tokens.len()).find(|&i| self.is_kept(i))
    }

    fn kind_at(&self, at: Option<usize>) -> Option<TokenKind> {
        at.map(|i| self.kind(i))
    }

    /// Whether an early look at the words says that a phrase such as “you know” may be left out.
    pub(super) fn may_open_filler(&self) -> bool {
        (0..self.tokens.len()).any(|at| self.is(at, WordTraits::OPENS_FILLER))
    }
}

/// Drops sounds such as "uh" together with the commas that set them off.
pub(super) fn drop_fillers(draft: &mut Draft<'_>) {
    for at in 0..draft.tokens.len() {
        if draft.kind(at) == TokenKind::Word && draft.is(at, WordTraits::FILLER) && !draft.is_initials(at) {
            draft.drop(at);
            drop_commas_around(draft, at..at + 1);
        }
    }
}

/// Drops the commas that set off what was dropped, unless the sentence needs one.
fn drop_commas_around(draft: &mut Draft<'_>, dropped: Range<usize>) {
    let left = draft.before(dropped.start);
    let right = draft.from(dropped.end);
    let comma_left = draft.kind_at(left) == Some(TokenKind::Comma);
    let comma_right = draft.kind_at(right) == Some(TokenKind::Comma);
    let opens = left.is_none() || matches!(draft.kind_at(left), Some(TokenKind::Stop | TokenKind::Dash));
    if let (Some(right), true) = (right, comma_right && (comma_left || opens)) {
        draft.drop(right);
    }
    let Some(left) = left.filter(|_| comma_left) else { return };
    let next = draft.from(dropped.end);
    let ends = matches!(draft.kind_at(next), None | Some(TokenKind::Stop | TokenKind::Dash));
    let function = draft.before(left).is_some_and(|i| draft.is(i, WordTraits::REPEATED));
    let is_comma = |at: usize| draft.is_kept(at) && draft.kind(at) == TokenKind::Comma;
    let in_list = (left.saturating_sub(8)..left).any(is_comma);
    let clause = next.is_some_and(|i| draft.is(i, WordTraits::SUBJECT));
    if ends || function || (comma_right && !in_list && !clause) {
        draft.drop(left);
    }
}

/// Drops phrases such as "you know" where they are set off, and "well" where it opens a sentence.
pub(super) fn drop_set_off(draft: &mut Draft<'_>) {
    let data = draft.data;
    let mut at = 0;
    while at < draft.tokens.len() {
        if !draft.is_kept_word(at) || !draft.is(at, WordTraits::OPENS_FILLER) {
            at += 1;
            continue;
        }
        let left = draft.kind_at(draft.before(at));
        let opens = matches!(left, None | Some(TokenKind::Stop | TokenKind::Dash));
        let comma = left == Some(TokenKind::Comma);
        let noise = at > 0 && draft.kind(at - 1) == TokenKind::Noise;
        let set_off = data.set_off_fillers().iter().filter(|_| opens || comma || noise);
        let opening = data.opening_fillers().iter().filter(|_| opens);
        let length = set_off.chain(opening).find(|p| is_closed_off(draft, at, p)).map_or(0, Vec::len);
        if length > 0 {
            (at..at + length).for_each(|i| draft.drop(i));
            drop_commas_around(draft, at..at + length);
        }
        at += length.max(1);
    }
}

/// Whether the phrase stands at `at`, a comma or a pause follows, and then more words.
fn is_closed_off(draft: &Draft<'_>, at: usize, phrase: &[&str]) -> bool {
    let mut words = phrase.iter().enumerate();
    if !words.all(|(i, word)| draft.is_kept_word(at + i) && draft.word(at + i) == *word) {
        return false;
    }
    let end = at + phrase.len();
    let right = draft.from(end);
    let closes = matches!(draft.kind_at(right), Some(TokenKind::Comma | TokenKind::Dash))
        || draft.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Noise);
    closes && (end..end + 8).any(|i| draft.is_kept_word(i))
}

/// Drops beginnings of words that the next word completes ("w we", "th- there").
pub(super) fn drop_fragments(draft: &mut Draft<'_>) {
    for at in 0..draft.tokens.len() {
        if !draft.is_kept_word(at) || !draft.is(at, WordTraits::ALPHABETIC) {
            continue;
        }
        let end = draft.tokens.len().min(at + 5);
        let Some(next) = (at + 1..end).find(|&i| draft.is_kept_word(i)) else { continue };
        let parts = |i: usize| matches!(draft.kind(i), TokenKind::Stop | TokenKind::Mark);
        if is_completed(draft, at, next) && !(at + 1..next).any(|i| draft.is_kept(i) && parts(i)) {
            (at..next).for_each(|i| draft.drop(i));
        }
    }
}

/// Whether the word at `at` is a beginning of the one at `next`.
fn is_completed(draft: &Draft<'_>, at: usize, next: usize) -> bool {
    let stops_short =
        |t: &Token| t.kind == TokenKind::Noise || (t.kind == TokenKind::Dash && !t.is(TokenFlags::SPACED));
    let cut = draft.tokens.get(at + 1).is_some_and(stops_short)
        && draft.tokens.get(at + 2).is_some_and(|t| t.is(TokenFlags::SPACED));
    let (word, following) = (draft.word(at), draft.word(next));
    let rest = following.strip_prefix(word).filter(|rest| !rest.is_empty());
    let contracted = rest.is_some_and(|rest| rest.starts_with('\'')) && draft.is(at, WordTraits::REPEATED);
    if contracted || !(cut || rest.is_some()) {
        return contracted;
    }
    let letters = word.chars().take(7).count();
    (cut && rest.is_some() && letters <= 6)
        || ((cut || letters <= 2 && rest.is_some()) && is_fragment(draft.written(at), draft.data))
}

/// Whether small letters can only be the beginning of a word: one letter, or two without a vowel.
fn is_fragment(word: &str, data: &LanguageData) -> bool {
    word.len() <= 2
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && (word.len() == 1 || !word.contains(|c| "aeiouy".contains(c)))
        && data.has_fragment(word)
}

/// Drops the first of two copies of a phrase that was begun twice.
pub(super) fn drop_repetitions(draft: &mut Draft<'_>) {
    // Most words do not come again soon, so that nothing can be repeated from them on.
    let again = coming_again(draft);
    for length in (1..=LONGEST).rev() {
        for &at in &again {
            if let Some(second) = repeated(draft, at, length) {
                (at..second).for_each(|i| draft.drop(i));
            }
        }
    }
}

/// Longest phrase that is begun twice, in words.
const LONGEST: usize = 5;

/// The kept words that are among the next ones again.
fn coming_again(draft: &Draft<'_>) -> Vec<usize> {
    let kept: Vec<(usize, WordId)> = (0..draft.tokens.len())
        .filter(|&at| draft.is_kept_word(at))
        .map(|at| (at, draft.tokens[at].word))
        .collect();
    let comes_again = |&(number, &(at, word)): &(usize, &(usize, WordId))| {
        let next = kept[number + 1..].iter().take(LONGEST + 2);
        next.take_while(|(next, _)| *next <= at + 8 * LONGEST).any(|&(_, other)| other == word)
    };
    kept.iter().enumerate().filter(comes_again).map(|(_, &(at, _))| at).collect()
}

/// Where the second copy of the `length` words from `at` begins, when they are said twice.
fn repeated(draft: &Draft<'_>, at: usize, length: usize) -> Option<usize> {
    let mut first = [0; LONGEST];
    let (mut i, mut n_first) = (at, 0);
    while n_first < length {
        draft.tokens.get(i)?;
        if draft.is_kept(i) {
            if draft.kind(i) != TokenKind::Word {
                return None;
            }
            first[n_first] = i;
            n_first += 1;
        } else if n_first == 0 {
            return None;
        }
        i += 1;
    }
    let (second, separated) = second_copy(draft, i);
    let mut i = second;
    for &index in &first[..length] {
        while draft.tokens.get(i).is_some_and(|t| !t.is(TokenFlags::SHOWN)) {
            i += 1;
        }
        let token = draft.tokens.get(i)?;
        if token.kind != TokenKind::Word || token.word != draft.tokens[index].word {
            return None;
        }
        i += 1;
    }
    let function = draft.is(at, WordTraits::REPEATED);
    let number = draft.is(at, WordTraits::HAS_DIGIT);
    let negation = draft.is(at, WordTraits::NEGATION);
    let doubled =
        if length == 1 { function || (separated && !number && !negation) } else { function || separated };
    (doubled && (length > 1 || !number)).then_some(second)
}

/// Where a second copy would begin after the first one, which ends before `at`, and whether a pause or a
/// fragment stands between.
fn second_copy(draft: &Draft<'_>, at: usize) -> (usize, bool) {
    let (mut i, mut separated) = (at, false);
    while i < draft.tokens.len() {
        let kind = draft.kind(i);
        let kept = draft.is_kept(i);
        let fragment = kept && kind == TokenKind::Word && is_fragment(draft.written(i), draft.data);
        if kept && !fragment && !matches!(kind, TokenKind::Comma | TokenKind::Dash) {
            break;
        }
        separated |= matches!(kind, TokenKind::Noise | TokenKind::Dash | TokenKind::Word);
        i += 1;
    }
    (i, separated)
}
