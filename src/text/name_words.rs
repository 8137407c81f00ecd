//! Words as names are compared: without case, accents, width and invisible characters.
//!
//! They are other words than those that are counted and weighed: a full stop ends them (U.S. is two), a
//! possessive ending is none of theirs, and ideographs are not divided.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::{
    NameForm, NameWord, NameWords, Span, Token, TokenKind, Tokens, WordId, WordTraits, is_invisible,
};

/// Lower case without accents and invisible characters, letters of usual width, single spaces, straight
/// apostrophes: what two spellings of one label have in common.
pub fn fold_name(label: &str) -> String {
    #[cfg(test)]
    super::tally::count(super::tally::Work::Name);
    let spaced = label.split_whitespace().collect::<Vec<_>>().join(" ");
    if spaced.is_ascii() {
        return spaced.to_ascii_lowercase().replace('`', "'");
    }
    // An accent that stands for an apostrophe would fall apart into a space and a mark.
    let spaced = spaced.chars().map(|c| if c == '´' { '\'' } else { c });
    let letters =
        spaced.nfkd().filter(|&c| !is_combining_mark(c) && !is_invisible(c)).flat_map(char::to_lowercase);
    letters
        .map(|c| match c {
            '’' | '‘' | 'ʼ' | '`' => '\'',
            '“' | '”' | '„' => '"',
            '‑' | '–' | '—' => '-',
            c => c,
        })
        .collect()
}

/// A word of a text that is no session, such as a label or a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedWord<'t> {
    /// Its place, without a possessive ending.
    pub span: Span,
    /// As it is compared.
    pub folded: Cow<'t, str>,
    /// Begins with a capital, a digit, or a letter of a script without case, as names do.
    pub is_capital: bool,
    /// All its letters are capitals.
    pub is_upper: bool,
}

/// The words of a text that is no session, such as a label or a question. Of a session:
/// [`NameWords`](crate::model::NameWords).
pub fn name_words(text: &str) -> Vec<FoldedWord<'_>> {
    #[cfg(test)]
    super::tally::count(super::tally::Work::Name);
    let mut words = Vec::new();
    divide(text, |span| {
        let written = span.of(text);
        let (is_capital, is_upper) = case_of(written);
        words.push(FoldedWord { span, folded: fold_word(written), is_capital, is_upper });
    });
    words
}

/// The words of turns, whose texts are given in order, from their token table: only runs with marks or
/// digits between letters are looked at letter by letter.
pub(super) fn read_name_words<'t>(turns: impl Iterator<Item = &'t str>, tokens: &Tokens) -> NameWords {
    let mut reader =
        Reader { tokens, form_of: vec![WordForm::New; tokens.words.len()], words: NameWords::default() };
    for (turn, text) in turns.enumerate() {
        reader.turn(text, tokens.slice(tokens.of_turn(turn)));
        reader.words.end_turn();
    }
    reader.words
}

/// How a distinct word of the token table is compared as part of a name.
#[derive(Clone, Copy)]
enum WordForm {
    New,
    /// Consists of letters, all of which are compared.
    Plain(NameForm),
    /// May be divided.
    Divided,
}

struct Reader<'t> {
    tokens: &'t Tokens,
    /// By word of the token table.
    form_of: Vec<WordForm>,
    words: NameWords,
}

impl Reader<'_> {
    fn turn(&mut self, text: &str, tokens: &[Token]) {
        let mut written = tokens.iter().filter(|token| token.kind != TokenKind::Part).peekable();
        while let Some(first) = written.next() {
            let mut run = Run::default();
            run.add(first, text);
            let mut end = first.span.end();
            while let Some(next) = written.next_if(|next| next.span.start() == end) {
                run.add(next, text);
                end = next.span.end();
            }
            self.run(text, Span::new(first.span.start(), end), run);
        }
    }

    fn run(&mut self, text: &str, place: Span, run: Run) {
        if run.is_plain
            && let Some((word, span)) = run.word
        {
            if let WordForm::Plain(form) = self.form(word) {
                self.words.push(name_word(text, span, form));
                return;
            }
        } else if run.is_plain {
            return;
        }
        let words = &mut self.words;
        divide(place.of(text), |span| {
            let span = span.shifted(place.start());
            let form = words.intern(&fold_word(span.of(text)));
            words.push(name_word(text, span, form));
        });
    }

    fn form(&mut self, word: WordId) -> WordForm {
        let Some(&known) = self.form_of.get(word.index()) else { return WordForm::Divided };
        let WordForm::New = known else { return known };
        let entry = self.tokens.words.entry(word);
        let is_plain = entry.traits.has(WordTraits::ALPHABETIC) && !entry.text.contains(is_invisible);
        let known = match is_plain {
            true => WordForm::Plain(self.words.intern(&fold_word(&entry.text))),
            false => WordForm::Divided,
        };
        self.form_of[word.index()] = known;
        known
    }
}

/// Tokens without white space between them.
struct Run {
    /// The only word.
    word: Option<(WordId, Span)>,
    /// Whether there is at most one word, and marks that are no part of any.
    is_plain: bool,
}

impl Default for Run {
    fn default() -> Self {
        Run { word: None, is_plain: true }
    }
}

impl Run {
    fn add(&mut self, token: &Token, text: &str) {
        match token.kind {
            TokenKind::Word => {
                self.is_plain &= self.word.is_none();
                self.word = Some((token.word, token.span));
            }
            TokenKind::Noise => self.is_plain = false,
            _ => {
                let mark = token.span.of(text);
                self.is_plain &=
                    mark.is_ascii() || !mark.contains(|c| is_combining_mark(c) || is_invisible(c));
            }
        }
    }
}

/// Gives the places of the words of a text: letters and digits, with hyphens and apostrophes inside.
fn divide(text: &str, mut found: impl FnMut(Span)) {
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric()
            || is_combining_mark(c)
            || is_invisible(c) && start.is_some()
            || (matches!(c, '-' | '‑' | '\'' | '’') && start.is_some());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text
                    .get(from..at)
                    .unwrap_or("")
                    .trim_end_matches(|c| is_invisible(c) || matches!(c, '\'' | '’' | '-' | '‑'));
                let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
                if !word.is_empty() {
                    found(Span::new(from, from + word.len()));
                }
                start = None;
            }
            _ => {}
        }
    }
}

fn name_word(text: &str, span: Span, form: NameForm) -> NameWord {
    let (is_capital, is_upper) = case_of(span.of(text));
    NameWord { span, form, is_capital, is_upper }
}

/// Whether a word begins as names do, and whether it has no small letter.
fn case_of(written: &str) -> (bool, bool) {
    let is_capital = written.starts_with(|c: char| !c.is_lowercase());
    (is_capital, is_capital && !written.contains(char::is_lowercase))
}

/// A word folded; itself where it is so already.
fn fold_word(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(fold_name(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, SessionBuilder};
    use proptest::prelude::*;

    fn of_session(text: &str) -> Vec<(String, NameWord)> {
        let mut builder = SessionBuilder::new("s");
        builder.turn("A").text(text, Join::Line, 1, None);
        let session = builder.finish(0);
        let words = crate::text::read(&session).name_words;
        assert_eq!(session.turn_text(0), text.trim());
        words.of_turn(0).iter().map(|word| (words.text(word.form).to_owned(), *word)).collect()
    }

    #[test]
    fn a_possessive_is_left_out_and_a_full_stop_ends_a_word() {
        let words: Vec<String> =
            of_session("Müller’s U.S. follow-up—José's [LAUGHTER]").into_iter().map(|(w, _)| w).collect();
        assert_eq!(words, ["muller", "u", "s", "follow-up", "jose", "laughter"]);
    }

    proptest! {
        #[test]
        fn the_words_of_a_session_are_those_of_its_text(
            text in "[A-Z]([a-zA-Z]{1,3}|e\u{301}|ß|İ|’s|'re|and/or|U\\.S\\.|我们|-|--|—|\u{200b}|\u{ad}|7|\\. | |\\[ Laughter \\]|\\(|\\)|，){0,30}\\."
        ) {
            let text = text.trim();
            let expected: Vec<(String, Span, bool, bool)> = name_words(text).into_iter()
                .map(|w| (w.folded.into_owned(), w.span, w.is_capital, w.is_upper)).collect();
            let found: Vec<(String, Span, bool, bool)> = of_session(text).into_iter()
                .map(|(form, w)| (form, w.span, w.is_capital, w.is_upper)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
