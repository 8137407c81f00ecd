//! Classes of words that tell how something is spoken of: with praise, as a demand, as a danger.
//!
//! They are wider than the cues of the lexicon and prove nothing alone; what a sentence states is the
//! lexicon's matter, and what several sentences add up to is that of `leaning.rs`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::language::{ByLanguage, Line, List, Sections};
use crate::model::{Language, Span};

use super::lexicon::{Lexicon, lexicon};
use super::phrases::{Between, Found, Phrases};
use super::tokens::{Token, tokens};
use super::utterance::Utterance;

/// How a class of words speaks of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Support,
    Praise,
    Call,
    Deontic,
    Commit,
    Assure,
    Benefit,
    Condition,
    Oppose,
    Concern,
    Lack,
    Harm,
    Bad,
    Question,
    Contrast,
    Assert,
    Procedure,
    Report,
}

/// All classes with the names of their sections, in the order of the features.
pub(super) const CLASSES: [(Class, &str); 18] = [
    (Class::Support, "support"),
    (Class::Praise, "praise"),
    (Class::Call, "call"),
    (Class::Deontic, "deontic"),
    (Class::Commit, "commit"),
    (Class::Assure, "assure"),
    (Class::Benefit, "benefit"),
    (Class::Condition, "condition"),
    (Class::Oppose, "oppose"),
    (Class::Concern, "concern"),
    (Class::Lack, "lack"),
    (Class::Harm, "harm"),
    (Class::Bad, "bad"),
    (Class::Question, "question"),
    (Class::Contrast, "contrast"),
    (Class::Assert, "assert"),
    (Class::Procedure, "procedure"),
    (Class::Report, "report"),
];

impl Class {
    /// Above 0 for classes that speak well of things, below 0 for those that speak ill.
    pub(super) fn sign(self) -> i32 {
        match self {
            Class::Support | Class::Praise | Class::Call | Class::Deontic => 1,
            Class::Commit | Class::Assure | Class::Benefit => 1,
            Class::Oppose | Class::Concern | Class::Lack | Class::Harm | Class::Bad => -1,
            Class::Condition | Class::Question | Class::Contrast => -1,
            Class::Assert | Class::Procedure | Class::Report => 0,
        }
    }

    /// Place among [`CLASSES`].
    pub(super) fn index(self) -> usize {
        CLASSES.iter().position(|(class, _)| *class == self).unwrap_or(0)
    }
}

/// Words before a cue in which a negation reaches it.
const REACH: usize = 4;

/// The classes of a language; none for a language without a list.
pub(super) fn classes(language: Language) -> Option<&'static Classes> {
    static TABLES: ByLanguage<Option<Classes>> = ByLanguage::new();
    TABLES.of_list(language, List::StanceClasses, |_, sections| Classes::parse(&sections).0)
}

/// The phrases of a language by class, with the words that turn them round.
#[derive(Debug, Clone, Default)]
pub(super) struct Classes {
    phrases: Phrases<Class>,
    negations: FxHashSet<String>,
    /// Negations that stand behind what they negate.
    negations_behind: FxHashSet<String>,
    turns: FxHashSet<String>,
    addresses: FxHashSet<String>,
    /// Whether an apostrophe divides words: l'accord.
    elides: bool,
}

/// A cue of a class in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ClassCue {
    pub(super) class: Class,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) negated: bool,
}

/// The words of a sentence, and the cues among them.
#[derive(Debug, Clone)]
pub(super) struct Cued {
    /// The place of each word in the turn.
    pub(super) words: Vec<Span>,
    pub(super) cues: Vec<ClassCue>,
    pub(super) n_negations: usize,
    /// The last word such as “but”.
    pub(super) turn: Option<usize>,
    pub(super) addresses: bool,
}

impl Classes {
    /// Reads sections of phrases divided by semicolons; returns the lines that could not be understood as
    /// well. `#` opens a comment. Besides the classes there are `[negation]`, `[negation behind]`, `[turn]`,
    /// `[address]` with single words, and `[elision]`, after which an apostrophe divides words.
    pub(super) fn parse(sections: &Sections<'_>) -> (Self, Vec<String>) {
        let mut classes = Classes { elides: sections.has("elision"), ..Classes::default() };
        let mut misread = Vec::new();
        for (section, lines) in sections.iter() {
            let is_entry = |line: &&Line<'_>| !classes.add(section, **line);
            misread.extend(lines.iter().filter(is_entry).map(|line| line.text.to_owned()));
        }
        (classes, misread)
    }

    fn add(&mut self, section: &str, line: Line<'_>) -> bool {
        let set = match section {
            "negation" => Some(&mut self.negations),
            "negation behind" => Some(&mut self.negations_behind),
            "turn" => Some(&mut self.turns),
            "address" => Some(&mut self.addresses),
            _ => None,
        };
        if let Some(set) = set {
            set.extend(line.words().map(str::to_owned));
            return true;
        }
        let Some((class, _)) = CLASSES.iter().find(|(_, name)| *name == section) else { return false };
        line.phrases().all(|phrase| {
            let before = self.phrases.len();
            self.phrases.add(phrase, *class);
            self.phrases.len() > before
        })
    }

    /// The cues of a sentence.
    pub(super) fn cued(&self, utterance: &Utterance, language: Language) -> Cued {
        let tokens: Vec<Token> = self.tokens(utterance, language);
        let is = |set: &FxHashSet<String>, at: usize| {
            tokens.get(at).is_some_and(|token| set.contains(token.text.as_str()))
        };
        let between = |at: usize| if is(&self.negations, at) { Between::Nowhere } else { Between::Gap };
        let found = widest(self.phrases.find(&tokens, between));
        let cues = found.into_iter().map(|found| {
            let before = found.first.saturating_sub(REACH)..found.first;
            let behind = found.last + 1..found.last + 1 + REACH;
            let negated = before.into_iter().any(|at| is(&self.negations, at))
                || behind.into_iter().any(|at| is(&self.negations_behind, at));
            ClassCue { class: found.meaning, first: found.first, last: found.last, negated }
        });
        let cues = cues.collect();
        Cued {
            cues,
            n_negations: (0..tokens.len())
                .filter(|&at| is(&self.negations, at) || is(&self.negations_behind, at))
                .count(),
            turn: (0..tokens.len()).rev().find(|&at| is(&self.turns, at)),
            addresses: (0..tokens.len()).any(|at| is(&self.addresses, at)),
            words: tokens.iter().map(|token| token.span).collect(),
        }
    }

    /// The words without the marks between them, contractions and elisions apart.
    fn tokens(&self, utterance: &Utterance, language: Language) -> Vec<Token> {
        static EMPTY: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
        let written = tokens(utterance, lexicon(language).unwrap_or(&EMPTY));
        let spoken = written.into_iter().filter(|token| !token.is_mark());
        if !self.elides {
            return spoken.collect();
        }
        let parts = |token: Token| {
            let parts = token.text.split('\'').filter(|part| !part.is_empty());
            parts.map(|part| Token::word(part, token.span)).collect::<Vec<_>>()
        };
        spoken.flat_map(parts).collect()
    }
}

/// Without phrases that lie inside longer ones of their class.
fn widest(mut found: Vec<Found<Class>>) -> Vec<Found<Class>> {
    found.sort_by_key(|f| (f.meaning.index(), f.first, std::cmp::Reverse(f.last)));
    let mut kept: Vec<Found<Class>> = Vec::with_capacity(found.len());
    for one in found {
        let inside = kept.last().is_some_and(|k| k.meaning == one.meaning && one.last <= k.last);
        if !inside {
            kept.push(one);
        }
    }
    kept.sort_by_key(|f| (f.first, f.last, f.meaning.index()));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::LANGUAGES;

    #[test]
    fn every_line_of_the_shipped_lists_is_understood() {
        for row in LANGUAGES {
            let code = row.code;
            let sections = Sections::parse(row.list(List::StanceClasses).unwrap_or(""));
            let (classes, misread) = Classes::parse(&sections);
            assert_eq!(misread, Vec::<String>::new(), "{code}");
            assert!(classes.phrases.len() > 150 && !classes.negations.is_empty(), "{code}");
            assert!(!classes.turns.is_empty() && !classes.addresses.is_empty(), "{code}");
        }
    }

    #[test]
    fn a_line_of_no_section_is_told() {
        let (_, misread) =
            Classes::parse(&Sections::parse("loose\n[praise]\nfine; good idea\n[nothing]\nword\n"));
        assert_eq!(misread, ["loose", "word"]);
    }
}
