//! Names of organisations in a text: where one begins and where it ends.

use std::borrow::Cow;

use super::{LISTS, Organisation, Phrase};
use crate::model::{Span, Text, Token};
use crate::text::{FoldedWord, run_span, runs};

/// Most words of a name.
const MAX_WORDS: usize = 12;

/// A text in which names of organisations are read: a turn of a session, or a label.
#[derive(Clone, Copy)]
pub(in super::super) struct Passage<'t> {
    pub(in super::super) text: &'t str,
    read: &'t Text,
    turn: usize,
}

impl<'t> Passage<'t> {
    /// A turn of a session that is read.
    pub(in super::super) fn of_turn(text: &'t str, read: &'t Text, turn: usize) -> Self {
        Passage { text, read, turn }
    }

    /// A label as [`read_label`](crate::text::read_label) reads it.
    pub(in super::super) fn of_label(label: &'t str, read: &'t Text) -> Self {
        Passage { text: label, read, turn: 0 }
    }

    /// The phrase in a span.
    pub(in super::super) fn phrase(&self, span: Span) -> Phrase<'t> {
        let names = &self.read.name_words;
        let words = names.of_span(self.turn, span).iter().map(|word| FoldedWord {
            span: word.span,
            folded: Cow::Borrowed(names.text(word.form)),
            is_capital: word.is_capital,
            is_upper: word.is_upper,
        });
        Phrase { written: span.of(self.text), words: words.collect() }
    }

    /// The organisation whose name stands in a span.
    pub(in super::super) fn organisation(&self, span: Span) -> Organisation {
        let written: Vec<&str> = self.runs(span).map(|run| run.of(self.text)).collect();
        Organisation::new(written.join(" "), &self.phrase(span))
    }

    /// The places of what stands between white space in a span, with the marks attached to it.
    pub(in super::super) fn runs(&self, span: Span) -> impl Iterator<Item = Span> + use<'t> {
        let tokens = &self.read.tokens;
        let place = move |run: &[Token]| {
            let run = run_span(run);
            Span::new(run.start(), run.end().min(span.end()).max(run.start()))
        };
        runs(tokens, tokens.of_span(self.turn, span)).map(place).filter(|run| !run.is_empty())
    }

    /// Whether a phrase holds a word for an organisation, or is an abbreviation in capitals.
    pub(in super::super) fn is_organised(&self, span: Span) -> bool {
        self.phrase(span).is_organised()
    }

    /// Whether a phrase holds a word for a job or function.
    pub(in super::super) fn has_job_word(&self, span: Span) -> bool {
        self.phrase(span).has_job_word()
    }

    /// Whether a phrase ends with a job after which `of` names the organisation.
    pub(in super::super) fn takes_of(&self, span: Span) -> bool {
        self.phrase(span).takes_of()
    }

    /// The name that begins at byte `start`, without a leading `the`: capitalised words, and connectors
    /// between them. Ends at punctuation, at `stop`, and at a possessive that no word for an organisation
    /// follows.
    pub(in super::super) fn name_at(&self, start: usize, stop: usize) -> Option<Span> {
        let stop = stop.min(self.text.len());
        let mut runs = self.runs(Span::new(start, stop.max(start))).peekable();
        runs.next_if(|run| LISTS.articles.contains(run.of(self.text)));
        let begin = runs.peek()?.start();
        let (mut end, mut last, mut possessive, mut within) = (begin, None, None, false);
        for (number, run) in runs.enumerate().take(MAX_WORDS) {
            let attached = run.of(self.text);
            // A dash joins two clauses where no space stands around it.
            let written = attached.find(['—', '–']).and_then(|dash| attached.get(..dash)).unwrap_or(attached);
            let is_broken = written.len() < attached.len();
            let word = written.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '&');
            if LISTS.connectors.contains(word) {
                // “and” goes on only inside “Federation of A and B”, and in “A Church and School”.
                let joins = within || self.joins_bodies(last.filter(|_| end > begin), begin, run.end());
                if number == 0 || (LISTS.joining.contains(word) && !joins) || word.len() < written.len() {
                    break;
                }
                within |= LISTS.leading.contains(word);
                continue;
            }
            if !word.starts_with(|c: char| c.is_uppercase() || (number > 0 && c.is_ascii_digit())) {
                break;
            }
            end = run.start() + word.len();
            last = Some(Span::new(run.start(), end));
            if let Some(bare) = word.strip_suffix("'s").or(word.strip_suffix("’s")) {
                possessive.get_or_insert(run.start() + bare.len());
            }
            if is_broken || word.len() < written.len() && !is_shortened(word, written) {
                break;
            }
        }
        let whole = Span::new(begin, end);
        let ends_organised = last.is_some_and(|last| self.phrase(last).has_organisation_word());
        // `the rector of St. Anne's.` is whole, `Kestria's view` is not.
        let opens_saint = whole.of(self.text).split_once('.').is_some_and(|(first, _)| is_saint(first));
        let is_elliptic = opens_saint && possessive.is_some_and(|at| at + 3 >= end);
        let end = possessive.filter(|_| !ends_organised && !is_elliptic).unwrap_or(end);
        let name = Span::new(begin, end);
        self.phrase(name).is_possible().then_some(name)
    }

    /// Whether “and” between the last word of a name and what follows joins two words for organisations, the
    /// second of which ends the name: `St. Anne's Church and School`.
    fn joins_bodies(&self, last: Option<Span>, begin: usize, after: usize) -> bool {
        let Some(last) = last.filter(|last| last.start() > begin) else { return false };
        let mut following = self.runs(Span::new(after, self.text.len().max(after)));
        let Some(next) = following.next() else { return false };
        let ends = next.of(self.text).ends_with(|c: char| !c.is_alphanumeric())
            || following.next().is_none_or(|run| !run.of(self.text).starts_with(char::is_uppercase));
        ends && self.phrase(last).has_organisation_word() && self.phrase(next).has_organisation_word()
    }
}

/// Whether a full stop or apostrophe behind a word belongs to it: `St.`, `U.S.`, `Farmers'`.
fn is_shortened(word: &str, written: &str) -> bool {
    match written.get(word.len()..) {
        Some(".") => word.chars().count() < 2 || word.contains('.') || is_saint(word),
        Some("'" | "’") => true,
        _ => false,
    }
}

/// Whether a word with a full stop behind it opens the name of a place: `St. Anne's`.
fn is_saint(word: &str) -> bool {
    LISTS.places.contains(word)
}
