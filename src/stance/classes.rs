//! Classes of words that tell how something is spoken of: with praise, as a demand, as a danger.
//!
//! They are wider than the cues of the lexicon and prove nothing alone; what a sentence states is the
//! lexicon's matter, and what several sentences add up to is that of `leaning.rs`.

use rustc_hash::FxHashSet;

use crate::language::{ByLanguage, Line, List, Sections};
use crate::model::{Language, Span, Words};
use crate::text::{
    Forms, Insertions, Over, PhraseList, PhraseListBuilder, Resolved, Selection, Unit, UnitMatch,
};

use super::lexicon::lexicon;
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
        self as usize
    }
}

/// Words before a cue in which a negation reaches it.
const REACH: usize = 4;

/// The classes of a language; none for a language without a list.
pub(super) fn classes(language: Language) -> Option<&'static Classes> {
    static TABLES: ByLanguage<Option<Classes>> = ByLanguage::new();
    TABLES.of_list(language, List::StanceClasses, |row, sections| Classes::parse(row.language(), &sections).0)
}

/// The phrases of a language by class, with the words that turn them round.
#[derive(Debug, Clone)]
pub(super) struct Classes {
    pub(super) phrases: PhraseList<Class>,
    words: WordSets,
}

/// Words by what they do to phrases.
#[derive(Debug, Clone, Default)]
struct WordSets {
    negations: FxHashSet<String>,
    /// Negations that stand behind what they negate.
    negations_behind: FxHashSet<String>,
    turns: FxHashSet<String>,
    addresses: FxHashSet<String>,
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
    pub(super) fn parse(language: Language, sections: &Sections<'_>) -> (Self, Vec<String>) {
        let mut builder = PhraseListBuilder::new(language, Forms::Exact);
        let mut words = WordSets::default();
        let mut misread = Vec::new();
        for (section, lines) in sections.iter() {
            let is_no_entry = |line: &&Line<'_>| !add(section, **line, &mut builder, &mut words);
            misread.extend(lines.iter().filter(is_no_entry).map(|line| line.text.to_owned()));
        }
        builder.insertions(Insertions { barriers: words.negations.clone(), ..Insertions::default() });
        builder
            .contractions(lexicon(language).map(|lexicon| lexicon.contractions.clone()).unwrap_or_default());
        if sections.has("elision") {
            builder.divide_elisions();
        }
        (Classes { phrases: builder.build(Selection::All), words }, misread)
    }
}

fn add(section: &str, line: Line<'_>, builder: &mut PhraseListBuilder<Class>, words: &mut WordSets) -> bool {
    let set = match section {
        "negation" => Some(&mut words.negations),
        "negation behind" => Some(&mut words.negations_behind),
        "turn" => Some(&mut words.turns),
        "address" => Some(&mut words.addresses),
        _ => None,
    };
    if let Some(set) = set {
        set.extend(line.words().map(str::to_owned));
        return true;
    }
    let Some((class, _)) = CLASSES.iter().find(|(_, name)| *name == section) else { return false };
    line.phrases().all(|phrase| builder.add(phrase, 0, *class))
}

/// What a word does to phrases, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Effects(u8);

impl Effects {
    const NEGATES: Effects = Effects(1);
    const NEGATES_BEFORE: Effects = Effects(1 << 1);
    const TURNS: Effects = Effects(1 << 2);
    const ADDRESSES: Effects = Effects(1 << 3);

    fn of(word: &str, words: &WordSets) -> Self {
        let sets = [
            (Effects::NEGATES, &words.negations),
            (Effects::NEGATES_BEFORE, &words.negations_behind),
            (Effects::TURNS, &words.turns),
            (Effects::ADDRESSES, &words.addresses),
        ];
        Effects(sets.iter().filter(|(_, set)| set.contains(word)).map(|(effect, _)| effect.0).sum())
    }
}

/// The classes of a language against the words of a session.
#[derive(Debug)]
pub(super) struct ResolvedClasses {
    phrases: Resolved<'static, Class>,
    /// By form of a word.
    effects: Vec<Effects>,
}

impl ResolvedClasses {
    /// None for a language without classes.
    pub(super) fn new(language: Language, words: &Words) -> Option<Self> {
        let classes = classes(language)?;
        let phrases = Resolved::new(&classes.phrases, words);
        let effects = phrases.forms(words).map(|word| Effects::of(word, &classes.words)).collect();
        Some(ResolvedClasses { phrases, effects })
    }

    /// The cues of a sentence, among its words without the marks between them; none in a sentence of fewer
    /// than `least` words as they are spoken.
    pub(super) fn cued(&self, utterance: &Utterance, least: usize) -> Option<Cued> {
        let mut units: Vec<Unit> = Vec::new();
        self.phrases.units(utterance.tokens, utterance.range.clone(), Over::Spoken, &mut units);
        units.retain(|unit| !unit.is_mark());
        if units.chunk_by(|a, b| a.token == b.token).count() < least {
            return None;
        }
        let is = |at: usize, effect: Effects| {
            let effects = units.get(at).and_then(|unit| self.effects.get(unit.form()));
            effects.is_some_and(|effects| effects.0 & effect.0 != 0)
        };
        let mut found = Vec::new();
        self.phrases.find_in(&units, &mut found);
        let cues = widest(found).into_iter().map(|found| {
            let before = found.first.saturating_sub(REACH)..found.first;
            let behind = found.last + 1..found.last + 1 + REACH;
            let negated = before.into_iter().any(|at| is(at, Effects::NEGATES))
                || behind.into_iter().any(|at| is(at, Effects::NEGATES_BEFORE));
            ClassCue { class: found.meaning, first: found.first, last: found.last, negated }
        });
        let negates = Effects(Effects::NEGATES.0 | Effects::NEGATES_BEFORE.0);
        Some(Cued {
            cues: cues.collect(),
            n_negations: (0..units.len()).filter(|&at| is(at, negates)).count(),
            turn: (0..units.len()).rev().find(|&at| is(at, Effects::TURNS)),
            addresses: (0..units.len()).any(|at| is(at, Effects::ADDRESSES)),
            words: units.iter().map(|unit| utterance.tokens.all[unit.token as usize].span).collect(),
        })
    }
}

/// Without phrases that lie inside longer ones of their class.
fn widest(mut found: Vec<UnitMatch<Class>>) -> Vec<UnitMatch<Class>> {
    found.sort_by_key(|f| (f.meaning.index(), f.first, std::cmp::Reverse(f.last)));
    let mut kept: Vec<UnitMatch<Class>> = Vec::with_capacity(found.len());
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
            let (classes, misread) = Classes::parse(row.language(), &sections);
            assert_eq!(misread, Vec::<String>::new(), "{code}");
            assert!(classes.phrases.len() > 150 && !classes.words.negations.is_empty(), "{code}");
            assert!(!classes.words.turns.is_empty() && !classes.words.addresses.is_empty(), "{code}");
        }
    }

    #[test]
    fn classes_stand_in_the_order_of_their_numbers() {
        assert!(CLASSES.iter().enumerate().all(|(at, (class, _))| class.index() == at));
    }

    #[test]
    fn a_line_of_no_section_is_told() {
        let sections = Sections::parse("loose\n[praise]\nfine; good idea\n[nothing]\nword\n");
        let (_, misread) = Classes::parse(Language::ENGLISH, &sections);
        assert_eq!(misread, ["loose", "word"]);
    }
}
