//! The words of a session as issues are matched with them: stems of content words in order, the
//! parts of hyphenated compounds apart ("closed-loop" is "closed loop").

use rustc_hash::FxHashMap;

use crate::model::{Analysis, SentenceId, Span, TermId};

/// The words of a text, in order, the parts of hyphenated compounds apart: the place of each and its
/// stem, or no stem for a word without content. What the `text` stage knows of one language, handed
/// over by the pipeline (`text::content_words`).
pub type Words<'a> = dyn Fn(&str) -> Vec<(Span, Option<String>)> + Sync + 'a;

/// The stems of the content words of a text, in order.
pub(super) fn stems(words: &Words<'_>, text: &str) -> Vec<String> {
    words(text).into_iter().filter_map(|(_, stem)| stem).collect()
}

/// Index of a stem. Those below the size of the session's vocabulary are its terms.
pub(super) type Unit = u32;

/// The sentences of a session as sequences of stems.
pub(super) struct Units<'a> {
    analysis: &'a Analysis,
    /// Stems that occur only as parts of compounds.
    parts: FxHashMap<String, Unit>,
    sequence: Vec<Unit>,
    /// Where the stems of each sentence begin in `sequence`, and one past the end.
    starts: Vec<usize>,
    counts: Vec<u32>,
}

impl<'a> Units<'a> {
    pub(super) fn new(analysis: &'a Analysis, words: &Words<'_>) -> Self {
        let mut units = Units {
            analysis,
            parts: FxHashMap::default(),
            sequence: Vec::with_capacity(analysis.terms.len()),
            starts: vec![0],
            counts: Vec::new(),
        };
        let divided = units.compounds(words);
        for id in analysis.ids() {
            for term in analysis.terms_of(id) {
                match divided.get(term) {
                    Some(parts) => units.sequence.extend(parts),
                    None => units.sequence.push(term.0),
                }
            }
            units.starts.push(units.sequence.len());
        }
        units.counts = vec![0; analysis.vocabulary.len() + units.parts.len()];
        for &unit in &units.sequence {
            units.counts[unit as usize] += 1;
        }
        units
    }

    /// The parts of each term that is a compound.
    fn compounds(&mut self, words: &Words<'_>) -> FxHashMap<TermId, Vec<Unit>> {
        let vocabulary = &self.analysis.vocabulary;
        let mut divided = FxHashMap::default();
        for term in (0..vocabulary.len() as u32).map(TermId) {
            let form = vocabulary.form(term);
            if form.contains(['-', '‑', '–']) {
                let parts = stems(words, form);
                divided.insert(term, parts.iter().map(|part| self.intern(part)).collect());
            }
        }
        divided
    }

    fn intern(&mut self, stem: &str) -> Unit {
        let next = (self.analysis.vocabulary.len() + self.parts.len()) as Unit;
        match self.analysis.vocabulary.get(stem) {
            Some(term) => term.0,
            None => *self.parts.entry(stem.to_owned()).or_insert(next),
        }
    }

    /// The unit of a stem, if the session uses it.
    pub(super) fn get(&self, stem: &str) -> Option<Unit> {
        let term = self.analysis.vocabulary.get(stem).map(|term| term.0);
        term.or_else(|| self.parts.get(stem).copied()).filter(|&unit| self.count(unit) > 0)
    }

    /// The stem of a unit; empty for none of this session's.
    pub(super) fn stem(&self, unit: Unit) -> &str {
        if (unit as usize) < self.analysis.vocabulary.len() {
            return self.analysis.vocabulary.stem(TermId(unit));
        }
        let part = self.parts.iter().find(|(_, known)| **known == unit);
        part.map_or("", |(stem, _)| stem.as_str())
    }

    /// All units that are used and whose stem `test` admits, ascending.
    pub(super) fn matching(&self, test: impl Fn(&str) -> bool) -> Vec<Unit> {
        let vocabulary = &self.analysis.vocabulary;
        let terms = (0..vocabulary.len() as u32).filter(|&t| test(vocabulary.stem(TermId(t))));
        let parts = self.parts.iter().filter(|(stem, _)| test(stem)).map(|(_, &unit)| unit);
        let mut found: Vec<Unit> = terms.chain(parts).filter(|&unit| self.count(unit) > 0).collect();
        found.sort_unstable();
        found
    }

    /// Terms that begin as `stem` does, for at least five letters and most of both (transcription,
    /// transcriber), in the order of their first use.
    pub(super) fn related(&self, stem: &str) -> Vec<String> {
        let letters = stem.chars().count();
        if letters < 5 {
            return Vec::new();
        }
        let is_related = |other: &str| {
            let shared = stem.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
            shared >= 5 && other != stem && shared * 10 >= 7 * letters.max(other.chars().count())
        };
        let vocabulary = &self.analysis.vocabulary;
        let all = (0..vocabulary.len() as u32).map(|t| vocabulary.stem(TermId(t)));
        all.filter(|other| is_related(other)).map(str::to_owned).collect()
    }

    /// How often the session uses a unit.
    pub(super) fn count(&self, unit: Unit) -> u32 {
        self.counts.get(unit as usize).copied().unwrap_or(0)
    }

    /// Number of units, used or not.
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// Number of words that all sentences have together.
    pub(super) fn total(&self) -> usize {
        self.sequence.len()
    }

    /// The units of a sentence in order.
    pub(super) fn of(&self, id: SentenceId) -> &[Unit] {
        &self.sequence[self.starts[id.index()]..self.starts[id.index() + 1]]
    }
}
