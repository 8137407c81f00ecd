//! Reads a session once: sentences, tokens, distinct words; in parallel over stretches of turns.

use rayon::prelude::*;

use crate::model::{
    Kind, Language, Sentence, Session, Span, Text, Token, TokenFlags, TokenKind, Tokens, count_words,
    is_ideograph, show, word_spans,
};

use super::atoms::{push_written, set_case};
use super::display::decide;
use super::intern::Interner;
use super::name_words::read_name_words;
use super::noise::{self, Signs};
use super::split;
use crate::language::data;
use crate::language::words::words;

/// Turns are read in stretches of about this many bytes: long enough that few words are looked at in
/// several stretches, short enough that all cores have work in a session of some hours.
const STRETCH: usize = 128 * 1024;

/// The tokens and sentences of a session, each turn in its language; the same at any number of threads.
pub fn read(session: &Session) -> Text {
    #[cfg(test)]
    super::tally::count(super::tally::Work::Reading);
    let stretches: Vec<Stretch> =
        stretches(session).par_iter().map(|turns| Stretch::read(session, turns.clone())).collect();
    let mut interner = Interner::default();
    let mut text = Text::default();
    for stretch in stretches {
        let ids = interner.absorb(stretch.interner.words);
        let (n_tokens, n_sentences) = (text.tokens.all.len() as u32, text.sentences.len() as u32);
        let tokens = &mut text.tokens;
        let renumbered = |token: Token| Token {
            word: ids.get(token.word.index()).copied().unwrap_or(token.word),
            ..token
        };
        tokens.all.extend(stretch.tokens.into_iter().map(renumbered));
        tokens.sentence_starts.extend(stretch.sentence_starts.iter().map(|start| n_tokens + start));
        tokens.turn_starts.extend(stretch.turn_starts.iter().map(|first| n_sentences + first));
        text.sentences.extend(stretch.sentences);
    }
    text.tokens.sentence_starts.push(text.tokens.all.len() as u32);
    text.tokens.turn_starts.push(text.sentences.len() as u32);
    text.tokens.languages = (0..session.turns.len()).map(|turn| session.language_of(turn)).collect();
    text.tokens.words = interner.words;
    let turns = (0..session.turns.len()).map(|turn| session.turn_text(turn));
    text.name_words = read_name_words(turns, &text.tokens);
    text
}

/// The tokens of a label, and its words as names are compared. All of it is one turn, without sentences.
pub fn read_label(label: &str) -> Text {
    let tokens = read_line(label, Language::UNKNOWN);
    let name_words = read_name_words(std::iter::once(label), &tokens);
    Text { tokens, name_words, sentences: Vec::new() }
}

/// The tokens of a text that is no session: a question, a name, a heading. All of it is one sentence of
/// one turn.
pub fn read_line(text: &str, language: Language) -> Tokens {
    let mut stretch = Stretch::default();
    stretch.interner.speak(language, true);
    stretch.sentence(text, Span::new(0, text.len()), Signs::of(text));
    Tokens {
        words: stretch.interner.words,
        sentence_starts: vec![0, stretch.tokens.len() as u32],
        turn_starts: vec![0, 1],
        languages: vec![language],
        all: stretch.tokens,
    }
}

/// The turns of a session in stretches.
fn stretches(session: &Session) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let (mut first, mut length) = (0, 0);
    for (number, turn) in session.turns.iter().enumerate() {
        length += turn.span.len();
        if length >= STRETCH {
            found.push(first..number + 1);
            (first, length) = (number + 1, 0);
        }
    }
    found.push(first..session.turns.len());
    found
}

/// Successive turns as they are read, with word ids of their own.
#[derive(Debug, Default)]
struct Stretch {
    interner: Interner,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    sentence_starts: Vec<u32>,
    turn_starts: Vec<u32>,
    /// Words of a sentence that are no words as written.
    parts: Vec<Token>,
    /// What a reader sees of a sentence.
    shown: String,
}

/// What is counted of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counted {
    words: u32,
    length: u32,
}

impl Stretch {
    fn read(session: &Session, turns: std::ops::Range<usize>) -> Self {
        let mut stretch = Stretch::default();
        for turn in turns {
            stretch.turn_starts.push(stretch.sentences.len() as u32);
            stretch.interner.speak(session.language_of(turn), true);
            stretch.turn(turn, session.turn_text(turn), session.language_of(turn));
        }
        stretch
    }

    fn turn(&mut self, turn: usize, text: &str, language: Language) {
        let signs = Signs::of(text);
        let noise = noise::spans_in(text, data(language), signs);
        let spans = split(text, language);
        let ends = spans.iter().skip(1).map(|next| next.start()).chain([text.len()]);
        let source = word_spans(text);
        let mut source = source.as_slice();
        for (number, (&span, end)) in spans.iter().zip(ends).enumerate() {
            // The words that begin before the next sentence count for this one, so that every word of a
            // turn counts once.
            let (own, rest) = source.split_at(source.partition_point(|word| word.start() < end));
            source = rest;
            self.sentence_starts.push(self.tokens.len() as u32);
            let counted = self.sentence(text, span, signs);
            self.sentences.push(Sentence {
                turn: turn as u32,
                number: number as u32,
                span,
                words: counted.words,
                length: counted.length,
                source_words: own.len() as u32,
                noise_words: noise_words(own, &noise),
                kind: if counted.words == 0 { Kind::Noise } else { Kind::Speech },
            });
        }
    }

    fn sentence(&mut self, text: &str, span: Span, signs: Signs) -> Counted {
        let first = self.tokens.len();
        push_written(text, span, signs, &mut self.interner, &mut self.tokens);
        decide(text, &mut self.tokens[first..], &self.interner);
        self.parts.clear();
        self.mark_source_words(first, text, span);
        let counted = if self.tokens[first..].iter().all(is_shown_as_written) {
            counted(span.of(text), self.show_source_words(first))
        } else {
            self.mark_shown_words(first, text)
        };
        if !self.parts.is_empty() {
            self.tokens.append(&mut self.parts);
            self.tokens[first..].sort_by_key(|t| (t.span.start(), std::cmp::Reverse(t.span.end())));
        }
        counted
    }

    /// Marks the words of the source, and adds those that are no words as written.
    fn mark_source_words(&mut self, first: usize, text: &str, span: Span) {
        let slice = span.of(text);
        let (mut at, mut end) = (first, 0);
        for word in words(slice) {
            let between = &slice[end..word.start()];
            let opens_run = end == 0 || between == " " || between.contains(char::is_whitespace);
            end = word.end();
            let place = word.shifted(span.start());
            let flags = match self.written_at(&mut at, place) {
                Some(written) => &mut self.tokens[written].flags,
                None => self.add_part(place, place.of(text)),
            };
            flags.set(TokenFlags::SOURCE_WORD, true);
            flags.set(TokenFlags::OPENS_RUN, opens_run);
        }
    }

    /// Marks all words of the source as shown; returns their number.
    fn show_source_words(&mut self, first: usize) -> u32 {
        let mut n_words = 0;
        for token in self.tokens[first..].iter_mut().chain(&mut self.parts) {
            if token.is(TokenFlags::SOURCE_WORD) {
                token.flags.set(TokenFlags::SHOWN_WORD, true);
                n_words += 1;
            }
        }
        n_words
    }

    /// Marks the words of what a reader sees, and adds those that are put together of several words as
    /// written.
    fn mark_shown_words(&mut self, first: usize, text: &str) -> Counted {
        let mut shown = std::mem::take(&mut self.shown);
        shown.clear();
        show(&self.tokens[first..], text, &mut shown);
        let places = places(&self.tokens[first..]);
        let n_source_parts = self.parts.len();
        let (mut at, mut place) = (first, 0);
        let words = words(&shown);
        for word in &words {
            while places.get(place + 1).is_some_and(|next| next.0 <= word.start()) {
                place += 1;
            }
            let last = places[place..].iter().take_while(|next| next.0 < word.end()).last();
            let (Some(&(from, start)), Some(&(to, end))) = (places.get(place), last) else { continue };
            let source = Span::new(start + word.start() - from, end + word.end() - to);
            // Where something was dropped or a space closed within the word, it is no word of the source.
            let is_source = source.len() == word.len();
            let written = if is_source { self.written_at(&mut at, source) } else { None };
            let known = &self.parts[..n_source_parts];
            let known = known.binary_search_by_key(&source.start(), |part| part.span.start());
            let flags = match (written, known) {
                (Some(written), _) => &mut self.tokens[written].flags,
                (_, Ok(part)) if is_source && self.parts[part].span == source => &mut self.parts[part].flags,
                _ => self.add_part(source, word.of(&shown)),
            };
            flags.set(TokenFlags::SHOWN_WORD, true);
        }
        let counted = counted(&shown, words.len() as u32);
        self.shown = shown;
        counted
    }

    /// The word as written that stands exactly at a place, looked for from token `at` on.
    fn written_at(&self, at: &mut usize, place: Span) -> Option<usize> {
        while self.tokens.get(*at).is_some_and(|t| t.span.end() <= place.start()) {
            *at += 1;
        }
        let token = self.tokens.get(*at)?;
        (token.span == place && token.kind == TokenKind::Word).then_some(*at)
    }

    fn add_part(&mut self, span: Span, written: &str) -> &mut TokenFlags {
        let word = self.interner.intern(written);
        let mut flags = TokenFlags::default();
        set_case(&mut flags, written, self.interner.words.text(word));
        self.parts.push(Token { span, word, kind: TokenKind::Part, flags });
        let added = self.parts.len() - 1;
        &mut self.parts[added].flags
    }
}

/// The counts of what a reader sees, which has `n_words` words of the dictionary.
fn counted(shown: &str, n_words: u32) -> Counted {
    let words = count_words(shown) as u32;
    Counted { words, length: if shown.contains(is_ideograph) { n_words } else { words } }
}

/// Where the shown tokens begin in what is shown, and in the text.
fn places(tokens: &[Token]) -> Vec<(usize, usize)> {
    let mut places = Vec::with_capacity(tokens.len());
    let mut at = 0;
    for token in tokens.iter().filter(|token| token.is(TokenFlags::SHOWN)) {
        at += usize::from(token.is(TokenFlags::SHOWN_SPACED));
        places.push((at, token.span.start()));
        at += token.span.len();
    }
    places
}

/// Whether a token is shown, with white space before it where the source has some.
fn is_shown_as_written(token: &Token) -> bool {
    token.is(TokenFlags::SHOWN) && token.is(TokenFlags::SPACED) == token.is(TokenFlags::SHOWN_SPACED)
}

/// How many of the words lie wholly in noise markers.
fn noise_words(words: &[Span], noise: &[Span]) -> u32 {
    let Some(last) = words.last() else { return 0 };
    let from = noise.partition_point(|marker| marker.end() <= words[0].start());
    let near = noise[from..].iter().take_while(|marker| marker.start() <= last.start());
    let within = |marker: &Span| {
        let inside = |word: &&Span| marker.start() <= word.start() && word.end() <= marker.end();
        words.iter().filter(inside).count() as u32
    };
    near.map(within).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Words;
    use crate::text::{display, normalize, words};
    use proptest::prelude::*;

    fn shown_words(tokens: &Tokens) -> Vec<&str> {
        let words: &Words = &tokens.words;
        tokens.shown_words(tokens.of_turn(0)).map(|token| words.text(token.word)).collect()
    }

    #[test]
    fn words_are_those_a_reader_sees_and_places_those_of_the_source() {
        let text = "We , uh , 're thirty - six and/or the the Port .";
        let tokens = read_line(text, Language::ENGLISH);
        assert_eq!(shown_words(&tokens), ["we're", "thirty-six", "and", "or", "the", "port"]);
        let places: Vec<&str> = tokens.shown_words(tokens.of_turn(0)).map(|t| t.span.of(text)).collect();
        assert_eq!(places[1], "thirty - six");
    }

    #[test]
    fn sounds_noise_and_false_starts_are_not_spoken() {
        let text = "We, uh, don’t {cough} really supp- support it.";
        let tokens = read_line(text, Language::ENGLISH);
        let spoken: Vec<(&str, &str)> = tokens
            .spoken_words(tokens.of_turn(0))
            .map(|token| (tokens.words.text(token.word), token.span.of(text)))
            .collect();
        let expected = [("we", "We"), ("don't", "don’t"), ("really", "really"), ("support", "support")];
        assert_eq!(spoken, [&expected[..], &[("it", "it")]].concat());
    }

    proptest! {
        #[test]
        fn the_table_says_what_the_text_itself_says(
            text in "([a-zA-Z]{1,3}|uh|you know|well|’s|'re|n't|www\\.a--b|我们|不能|-| - |the|, |\\. | |-- |\\{pause\\}|\\[ laughter \\]|\\(|\\PC){0,30}"
        ) {
            let tokens = read_line(&text, Language::ENGLISH);
            let mut shown = String::new();
            tokens.show(tokens.of_turn(0), &text, &mut shown);
            prop_assert_eq!(&shown, &display(&text, Language::ENGLISH));
            let expected: Vec<String> =
                words(&shown).iter().map(|w| normalize(w.of(&shown)).into_owned()).collect();
            prop_assert_eq!(shown_words(&tokens), expected);
            let source: Vec<Span> = tokens.source_words(tokens.of_turn(0)).map(|t| t.span).collect();
            prop_assert_eq!(source, words(&text));
            for pair in tokens.all.windows(2) {
                prop_assert!(pair[0].span.start() <= pair[1].span.start());
            }
        }
    }
}
