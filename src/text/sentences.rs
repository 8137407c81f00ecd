//! Sentence segmentation: one pass over the tokens, a decision at every end mark.
//!
//! A paragraph always ends a sentence. Elsewhere an end mark does, unless it belongs to an
//! abbreviation, an initial, a number or a name, or the next word says that the sentence goes on.
//! Talk without end marks is divided where clauses open (`clauses`).

use crate::model::{Language, Span};

use super::clauses;
use super::marks::{
    enclosed, is_acronym, is_bullet, is_list_marker, is_quote, is_roman, is_tail, item_after, leading_word,
    opens_with, opens_with_capital, starts_item,
};
use super::tokens::{Gap, Terminal, Token, is_opening, tokens};
use crate::language::words::normalize;
use crate::language::{Abbreviation, LanguageData, data};

/// The sentences of a text: trimmed, in order, not overlapping, and together they hold every
/// character that is not white space. Takes time in proportion to the length of the text.
pub fn split(text: &str, language: Language) -> Vec<Span> {
    let data = data(language);
    let tokens = tokens(text, data);
    let mut finder = Finder::new(&tokens, data);
    let mut found = Vec::new();
    let mut first = 0;
    for last in 0..tokens.len() {
        if finder.ends_after(first, last) {
            clauses::divide(&tokens[first..=last], data, &mut found);
            first = last + 1;
        }
    }
    found
}

/// What has been seen of the text so far, in as much as it decides about the next end mark.
struct Finder<'t, 'a> {
    tokens: &'t [Token<'a>],
    data: &'static LanguageData,
    /// The text has no capitals where sentences open, so a small letter may open one.
    uncased: bool,
    /// A quotation mark that stands alone has opened a quotation in this paragraph.
    quoted: bool,
    /// For each token the last token of the short quotation or bracket it is in, else 0.
    enclosed: Vec<usize>,
    /// The marker that would open the next item of a list.
    next_item: Option<String>,
}

impl<'t, 'a> Finder<'t, 'a> {
    fn new(tokens: &'t [Token<'a>], data: &'static LanguageData) -> Self {
        Finder {
            tokens,
            data,
            uncased: is_uncased(tokens, data),
            quoted: false,
            enclosed: enclosed(tokens),
            next_item: None,
        }
    }

    /// Whether the sentence that opened at token `first` ends after token `last`.
    fn ends_after(&mut self, first: usize, last: usize) -> bool {
        let token = &self.tokens[last];
        if first == last {
            self.next_item = item_after(token.text);
        }
        if !token.is_plain
            && (is_quote(token.text) || token.text.bytes().filter(|&b| b == b'"').count() % 2 == 1)
        {
            self.quoted = !self.quoted;
        }
        let Some(next) = self.tokens.get(last + 1) else { return true };
        let ends = match token.after {
            Gap::Paragraph | Gap::Nothing => true,
            Gap::Line if is_list_marker(next.text) => true,
            Gap::Line if is_list_marker(self.tokens[first].text) && opens_with_capital(next.text) => true,
            _ => self.ends_before(first, last, next),
        };
        if token.after == Gap::Paragraph {
            self.quoted = false;
            self.next_item = None;
        }
        ends
    }

    fn ends_before(&self, first: usize, last: usize, next: &Token) -> bool {
        let token = &self.tokens[last];
        // Nothing ends after a word without a mark, but where an item of a list may follow.
        if token.is_plain && self.next_item.is_none() {
            return false;
        }
        if self.is_next_item(next) && self.tokens.get(last + 2).is_some_and(|t| starts_item(t.text)) {
            return true;
        }
        if self.closes_soon(last) {
            return false;
        }
        if token.terminal == Terminal::Stop && !token.core.is_empty() && self.is_ellipsis(last + 1) {
            return true;
        }
        if self.belongs_to_last(next) {
            return false;
        }
        let Some((mark, core, at)) = self.mark_before(first, last) else {
            return self.breaks_off(token, next);
        };
        let Some(opening) = self.next_word(last + 1) else { return true };
        let lower =
            opening.text.trim_start_matches(is_opening).chars().next().is_some_and(char::is_lowercase);
        if mark == Terminal::Always {
            return true;
        }
        let apart =
            mark == Terminal::Stop && self.tokens[at].text != self.tokens[last].text && at + 1 == last;
        if lower && (!(self.uncased || apart) || mark == Terminal::Ellipsis || self.may_be_short(core)) {
            return false;
        }
        if opens_with(opening.text, &[',', ';', ':', ')', ']']) {
            return false;
        }
        match mark {
            Terminal::Ellipsis if self.tokens[first..=last].iter().take(4).all(|t| t.core.is_empty()) => {
                false
            }
            Terminal::Ellipsis => !self.is_first_person(opening.text),
            Terminal::Stop => self.stop_ends(first, at, core, opening),
            Terminal::Exclamation => !(lower && self.data.is_exclaiming(&normalize(core))),
            _ => true,
        }
    }

    /// The end mark that counts after token `last`: its own, or the one that closing marks follow.
    fn mark_before(&self, first: usize, last: usize) -> Option<(Terminal, &'a str, usize)> {
        let mut at = last;
        while at > first && self.is_tail_at(at) {
            at -= 1;
            if last - at > 8 {
                return None;
            }
        }
        let token = self.tokens[at];
        if token.terminal == Terminal::None {
            return None;
        }
        let bare = token.core.is_empty();
        if bare && token.terminal == Terminal::Stop && at > first {
            let before = self.tokens[at - 1];
            // Spaced dots are an ellipsis; one dot apart belongs to the word before.
            if before.text == "." {
                return Some((Terminal::Ellipsis, "", at));
            }
            return Some((Terminal::Stop, before.core, at - 1));
        }
        Some((token.terminal, token.core, at))
    }

    fn is_tail_at(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        is_tail(token.text) || (is_quote(token.text) && !self.quoted)
    }

    /// Whether a token has nothing of its own and closes what stands before it.
    fn belongs_to_last(&self, next: &Token) -> bool {
        if next.core.is_empty() && next.terminal != Terminal::None {
            return true;
        }
        if is_quote(next.text) {
            return self.quoted;
        }
        is_tail(next.text)
    }

    /// Whether spaced dots from token `at` on open a sentence: exactly three, and a capital.
    fn is_ellipsis(&self, at: usize) -> bool {
        let dots =
            self.tokens[at..].iter().take(4).take_while(|t| t.text == "." && t.after == Gap::Space).count();
        dots == 3 && self.tokens.get(at + 3).is_some_and(|t| opens_with_capital(t.text))
    }

    /// Whether a word before a full stop may be cut short: an abbreviation, an initial, an acronym.
    fn may_be_short(&self, core: &str) -> bool {
        self.data.abbreviation(self.data.without_elision(&normalize(core))).is_some()
            || is_acronym(core)
            || core.chars().nth(1).is_none()
    }

    /// Whether token `at` stands inside a short quotation or bracket, which is kept in one piece.
    fn closes_soon(&self, at: usize) -> bool {
        self.enclosed.get(at).is_some_and(|&end| end > at)
    }

    /// The first token from `from` on that holds a word: brackets with sounds are passed over.
    fn next_word(&self, from: usize) -> Option<&'t Token<'a>> {
        let near = self.tokens[from..].iter().take(6);
        let mut fallback = None;
        for token in near {
            fallback = fallback.or(Some(token));
            if token.text.starts_with('{') && token.text.ends_with('}') || is_quote(token.text) {
                continue;
            }
            if token.text.chars().any(char::is_alphanumeric) {
                return Some(token);
            }
            if !token.text.chars().all(|c| is_opening(c) || "-–—".contains(c)) {
                return Some(token);
            }
        }
        fallback
    }

    /// Whether a full stop after `core` (the word at token `at`) ends the sentence before `next`.
    fn stop_ends(&self, first: usize, at: usize, core: &str, next: &Token) -> bool {
        let word = normalize(core);
        let word = self.data.without_elision(&word);
        let opener = self.data.is_opener(&normalize(leading_word(next.text)));
        let number = next.core.chars().next().is_some_and(|c| c.is_ascii_digit());
        if !core.is_empty()
            && core.bytes().all(|b| b.is_ascii_digit())
            && self.data.follows_ordinal(&normalize(next.core))
        {
            return false;
        }
        let bullet = is_bullet(self.tokens[first].text);
        if (at == first || (bullet && at == first + 1)) && is_list_marker(self.tokens[at].text) {
            return false;
        }
        if let Some(class) = self.data.abbreviation(word) {
            return match class {
                Abbreviation::Never => false,
                Abbreviation::BeforeNumber => !(number || is_roman(next.core)),
                Abbreviation::May => opener,
                Abbreviation::Final => !number,
                Abbreviation::Unit => !(number && self.follows_number(first, at)),
                Abbreviation::Time => at > first && (number || opener || !self.opened_with_time(first, at)),
            };
        }
        let mut letters = core.chars();
        if let (Some(letter), None) = (letters.next(), letters.next())
            && letter.is_alphabetic()
        {
            let initial = is_initial(next);
            return !initial && self.initial_ends(first, at, letter, opener, number);
        }
        if is_acronym(core) {
            return opener && !number;
        }
        true
    }

    /// Whether a single letter with a full stop ends the sentence.
    fn initial_ends(&self, first: usize, at: usize, letter: char, opener: bool, number: bool) -> bool {
        if letter == 'm' && at > first && matches!(self.tokens[at - 1].text, "a." | "p.") {
            return opener || number || !self.opened_with_time(first, at);
        }
        if letter.is_lowercase() {
            return !number && opener;
        }
        opener
    }

    /// Whether a number stands before token `at`, as before a unit.
    fn follows_number(&self, first: usize, at: usize) -> bool {
        at > first && self.tokens[at - 1].core.ends_with(|c: char| c.is_ascii_digit())
    }

    /// Whether the clause up to token `at` began with a preposition ("At 5 a.m. …") and is short.
    fn opened_with_time(&self, first: usize, at: usize) -> bool {
        let clause = self.tokens[first..at].iter().rposition(|t| t.text.ends_with([':', ';']));
        let from = clause.map_or(first, |i| first + i + 1);
        let Some(opening) = self.tokens.get(from) else { return false };
        at - from <= 10 && (at == from || self.data.is_preposition(&normalize(opening.core)))
    }

    /// Whether a dash breaks the sentence off: another one opens right after it.
    fn breaks_off(&self, token: &Token, next: &Token) -> bool {
        if !token.text.ends_with(['-', '–', '—']) {
            return false;
        }
        let word = leading_word(next.text);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        capital && !self.is_first_person(word) && self.data.is_opener(&normalize(word))
    }

    fn is_first_person(&self, token: &str) -> bool {
        is_first_person(token, self.data)
    }

    fn is_next_item(&self, token: &Token) -> bool {
        self.next_item
            .as_deref()
            .is_some_and(|item| token.text == item || (is_bullet(item) && token.text.starts_with(item)))
    }
}

/// Whether a token is a single capital with a full stop.
fn is_initial(token: &Token) -> bool {
    let mut letters = token.core.chars();
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    capital && token.terminal == Terminal::Stop
}

/// Whether words of this text open without capitals, as in an automatic transcript.
fn is_uncased(tokens: &[Token], data: &LanguageData) -> bool {
    let mut words = 0;
    for token in tokens {
        let Some(letter) = token.core.chars().next() else { continue };
        if !letter.is_alphabetic() {
            continue;
        }
        words += 1;
        if letter.is_uppercase() && !is_first_person(token.core, data) {
            return false;
        }
        if words > 400 {
            break;
        }
    }
    words > 3
}

/// Whether a token is the pronoun that is always written with a capital.
fn is_first_person(token: &str, data: &LanguageData) -> bool {
    leading_word(token).split(['\'', '’']).next().is_some_and(|word| data.is_first_person(word))
}
