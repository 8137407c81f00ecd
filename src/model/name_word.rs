//! The words of a session as names are compared: each distinct form once, without case and accents.

use rustc_hash::FxHashMap;

use super::span::Span;

/// Index of a distinct form in [`NameWords`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameForm(pub u32);

impl NameForm {
    /// The index as a `usize`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A word that may be part of a name: letters and digits, with hyphens and apostrophes inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameWord {
    /// Its place in the turn's text, without a possessive ending.
    pub span: Span,
    /// As it is compared.
    pub form: NameForm,
    /// Begins with a capital, a digit, or a letter of a script without case, as names do.
    pub is_capital: bool,
    /// All its letters are capitals.
    pub is_upper: bool,
}

/// The words of a session in which names are looked for, turn by turn in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameWords {
    forms: Vec<Box<str>>,
    by_text: FxHashMap<Box<str>, NameForm>,
    all: Vec<NameWord>,
    /// One past the last word of each turn.
    turn_ends: Vec<u32>,
}

impl NameWords {
    /// The form of a folded word, which is added if it is new.
    pub fn intern(&mut self, folded: &str) -> NameForm {
        if let Some(&known) = self.by_text.get(folded) {
            return known;
        }
        let form = NameForm(self.forms.len() as u32);
        self.forms.push(folded.into());
        self.by_text.insert(folded.into(), form);
        form
    }

    /// Adds a word to the turn at hand.
    pub fn push(&mut self, word: NameWord) {
        self.all.push(word);
    }

    /// Ends the turn at hand.
    pub fn end_turn(&mut self) {
        self.turn_ends.push(self.all.len() as u32);
    }

    /// The words of a turn.
    pub fn of_turn(&self, turn: usize) -> &[NameWord] {
        let end = |turn: usize| self.turn_ends.get(turn).map_or(self.all.len(), |&end| end as usize);
        let start = turn.checked_sub(1).map_or(0, end);
        self.all.get(start..end(turn)).unwrap_or(&[])
    }

    /// The words of a turn that begin within `span`.
    pub fn of_span(&self, turn: usize, span: Span) -> &[NameWord] {
        let words = self.of_turn(turn);
        let from = words.partition_point(|word| word.span.start() < span.start());
        let to = words.partition_point(|word| word.span.start() < span.end());
        words.get(from..to).unwrap_or(&[])
    }

    /// The words of all turns.
    pub fn all(&self) -> &[NameWord] {
        &self.all
    }

    /// The text of a form: lower case without accents.
    pub fn text(&self, form: NameForm) -> &str {
        self.forms.get(form.index()).map_or("", |text| text)
    }

    /// The distinct forms, by index.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(|text| &**text)
    }

    /// The form of a folded word, if the session has it.
    pub fn form_of(&self, folded: &str) -> Option<NameForm> {
        self.by_text.get(folded).copied()
    }
}
