//! The words of a session as issues are matched with them: stems of content words in order, the
//! parts of hyphenated compounds apart ("closed-loop" is "closed loop").

use rustc_hash::FxHashMap;

use crate::model::{Analysis, SentenceId, Session, Span, TermId, WordId, WordTraits, Words};
use crate::text::simple_words;

/// Number of a stem in a session. The terms of its vocabulary come first, with their own numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StemId(pub u32);

impl StemId {
    /// The number as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A word of a sentence, compounds divided, at its place in the text of its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StemmedWord {
    /// Its place.
    pub span: Span,
    /// The distinct word.
    pub word: WordId,
    /// Its stem; none where it carries no content.
    pub stem: Option<StemId>,
}

/// The sentences of a session as sequences of stems.
#[derive(Debug, Clone)]
pub struct Stems {
    n_terms: usize,
    /// Stems that occur only as parts of compounds or in what no reader sees.
    others: FxHashMap<String, StemId>,
    /// The first word of each of the others.
    words_of_others: Vec<WordId>,
    /// The terms of each sentence, compounds divided.
    sequence: Vec<StemId>,
    /// Where the stems of each sentence begin in `sequence`, and one past the end.
    starts: Vec<usize>,
    /// How often each stem occurs in `sequence`.
    counts: Vec<u32>,
    /// All words of the source.
    words: Vec<StemmedWord>,
    /// Where the words of each sentence begin in `words`, and one past the end.
    word_starts: Vec<usize>,
}

impl Stems {
    /// The stems of a session.
    pub fn new(session: &Session, analysis: &Analysis) -> Self {
        let mut stems = Stems {
            n_terms: analysis.vocabulary.len(),
            others: FxHashMap::default(),
            words_of_others: Vec::new(),
            sequence: Vec::with_capacity(analysis.terms.len()),
            starts: vec![0],
            counts: Vec::new(),
            words: Vec::with_capacity(analysis.tokens.all.len()),
            word_starts: vec![0],
        };
        stems.add_sequences(analysis);
        stems.add_words(session, analysis);
        stems.counts = vec![0; stems.n_terms + stems.others.len()];
        for stem in &stems.sequence {
            stems.counts[stem.index()] += 1;
        }
        stems
    }

    fn add_sequences(&mut self, analysis: &Analysis) {
        let divided = self.compounds(analysis);
        for id in analysis.ids() {
            for term in analysis.terms_of(id) {
                match divided.get(term) {
                    Some(parts) => self.sequence.extend(parts),
                    None => self.sequence.push(StemId(term.0)),
                }
            }
            self.starts.push(self.sequence.len());
        }
    }

    /// The parts of each term that is a compound.
    fn compounds(&mut self, analysis: &Analysis) -> FxHashMap<TermId, Vec<StemId>> {
        let (vocabulary, words) = (&analysis.vocabulary, &analysis.tokens.words);
        let term_of = |id: WordId| {
            let word = words.entry(id);
            let is_compound = !words.parts_of(id).is_empty() && !word.traits.has(WordTraits::HAS_IDEOGRAPHS);
            let term = vocabulary.get(&word.stem).filter(|_| is_compound && is_content(words, id))?;
            // A term is divided as the word is that stands for it.
            (vocabulary.form(term) == &*word.text).then_some((term, id))
        };
        let mut compounds: Vec<(TermId, WordId)> =
            (0..words.len() as u32).map(WordId).filter_map(term_of).collect();
        compounds.sort_unstable();
        compounds.dedup_by_key(|(term, _)| *term);
        let mut divided = FxHashMap::default();
        for (term, word) in compounds {
            let parts = words.parts_of(word).iter().filter(|&&part| is_content(words, part));
            divided.insert(term, parts.map(|&part| self.intern(analysis, part)).collect());
        }
        divided
    }

    fn add_words(&mut self, session: &Session, analysis: &Analysis) {
        let words = &analysis.tokens.words;
        let of_word: Vec<Option<StemId>> = (0..words.len() as u32)
            .map(WordId)
            .map(|id| is_content(words, id).then(|| self.intern(analysis, id)))
            .collect();
        for id in analysis.ids() {
            let text = session.turn_text(analysis.sentence(id).turn as usize);
            let range = analysis.tokens.of_sentence(id);
            let stemmed = simple_words(&analysis.tokens, range, text).map(|simple| StemmedWord {
                span: simple.span,
                word: simple.word,
                stem: of_word.get(simple.word.index()).copied().flatten(),
            });
            self.words.extend(stemmed);
            self.word_starts.push(self.words.len());
        }
    }

    fn intern(&mut self, analysis: &Analysis, word: WordId) -> StemId {
        let stem = &*analysis.tokens.words.entry(word).stem;
        if let Some(term) = analysis.vocabulary.get(stem) {
            return StemId(term.0);
        }
        if let Some(&known) = self.others.get(stem) {
            return known;
        }
        let next = StemId((self.n_terms + self.others.len()) as u32);
        self.others.insert(stem.to_owned(), next);
        self.words_of_others.push(word);
        next
    }

    /// The number of a stem that occurs in the session, seen by a reader or not.
    pub(super) fn find(&self, analysis: &Analysis, stem: &str) -> Option<StemId> {
        let term = analysis.vocabulary.get(stem).map(|term| StemId(term.0));
        term.or_else(|| self.others.get(stem).copied())
    }

    /// The number of a stem that the sentences of the session use.
    pub(super) fn get(&self, analysis: &Analysis, stem: &str) -> Option<StemId> {
        self.find(analysis, stem).filter(|&stem| self.count(stem) > 0)
    }

    /// All stems that are used and that `test` admits, ascending.
    pub(super) fn matching(&self, analysis: &Analysis, test: impl Fn(&str) -> bool) -> Vec<StemId> {
        let vocabulary = &analysis.vocabulary;
        let terms = (0..vocabulary.len() as u32).filter(|&term| test(vocabulary.stem(TermId(term))));
        let others = self.others.iter().filter(|(stem, _)| test(stem)).map(|(_, &id)| id);
        let mut found: Vec<StemId> =
            terms.map(StemId).chain(others).filter(|&stem| self.count(stem) > 0).collect();
        found.sort_unstable();
        found
    }

    /// Whether a stem is that of a term, which it has the number of.
    pub(super) fn term(&self, stem: StemId) -> Option<TermId> {
        (stem.index() < self.n_terms).then_some(TermId(stem.0))
    }

    /// A stem as it is written.
    pub(super) fn text<'a>(&self, analysis: &'a Analysis, stem: StemId) -> &'a str {
        match stem.index().checked_sub(self.n_terms) {
            None => analysis.vocabulary.stem(TermId(stem.0)),
            Some(other) => {
                let word = self.words_of_others.get(other).copied().unwrap_or(WordId::NONE);
                &analysis.tokens.words.entry(word).stem
            }
        }
    }

    /// How often the session uses a stem.
    pub(super) fn count(&self, stem: StemId) -> u32 {
        self.counts.get(stem.index()).copied().unwrap_or(0)
    }

    /// Number of stems, used or not.
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// Number of words that all sentences have together.
    pub(super) fn total(&self) -> usize {
        self.sequence.len()
    }

    /// The stems of a sentence in order.
    pub(super) fn of(&self, id: SentenceId) -> &[StemId] {
        &self.sequence[self.starts[id.index()]..self.starts[id.index() + 1]]
    }

    /// The words of the source in a sentence, compounds divided.
    pub fn words_of(&self, id: SentenceId) -> &[StemmedWord] {
        &self.words[self.word_starts[id.index()]..self.word_starts[id.index() + 1]]
    }
}

fn is_content(words: &Words, id: WordId) -> bool {
    words.is(id, WordTraits::CONTENT)
}

/// The terms of a session that begin as `stem` does, for at least five letters and most of both
/// (transcription, transcriber), in the order of their first use.
pub(super) fn related<'a>(analysis: &'a Analysis, stem: &str) -> Vec<&'a str> {
    let letters = stem.chars().count();
    if letters < 5 {
        return Vec::new();
    }
    let is_related = |other: &&str| {
        let shared = stem.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        shared >= 5 && *other != stem && shared * 10 >= 7 * letters.max(other.chars().count())
    };
    let vocabulary = &analysis.vocabulary;
    (0..vocabulary.len() as u32).map(|term| vocabulary.stem(TermId(term))).filter(is_related).collect()
}
