//! A case: what there is to choose from, described by features, and what was wanted.

use std::sync::Arc;

use rapporteur::evaluate::porter;
use rapporteur::model::SparseVec;
use rapporteur::prepare::Prepared;
use rapporteur::text;
use rustc_hash::FxHashMap;

/// The sentences of a session as ROUGE and selection see them; the same for all its questions.
pub(crate) struct Sentences {
    /// Words a reader sees.
    pub(crate) words: Vec<u32>,
    /// TF-IDF vectors.
    pub(crate) vectors: Vec<SparseVec>,
    /// Subjects, numbered from 0; all the same where they don't matter.
    pub(crate) subjects: Vec<u32>,
    /// Turns.
    pub(crate) turns: Vec<u32>,
    /// The words as ROUGE counts them.
    pub(crate) tokens: Vec<Vec<String>>,
}

impl Sentences {
    /// The candidates of a session.
    pub(crate) fn new(prepared: &Prepared<'_>, subjects: &[u32]) -> Self {
        let candidates = prepared.candidates(|_| true);
        let sentence = |id| prepared.analysis.sentence(id);
        let shown = |id| {
            let text = prepared.session.turn_text(sentence(id).turn as usize);
            text::display(prepared.quotable(id).of(text), prepared.session.language)
        };
        Sentences {
            words: candidates.iter().map(|&id| prepared.quotable_words(id)).collect(),
            vectors: candidates.iter().map(|&id| prepared.weighting.vector(id).clone()).collect(),
            subjects: candidates.iter().map(|id| subjects.get(id.index()).copied().unwrap_or(0)).collect(),
            turns: candidates.iter().map(|&id| sentence(id).turn).collect(),
            tokens: candidates.iter().map(|&id| tokens(&shown(id))).collect(),
        }
    }
}

/// A question or an item.
pub(crate) struct Case {
    /// The set it belongs to; sets count alike.
    pub(crate) set: usize,
    /// The session it is about; cases of one session are trained on or held back together.
    pub(crate) session: usize,
    /// The sentences of the session.
    pub(crate) sentences: Arc<Sentences>,
    /// The candidates among them, by index.
    pub(crate) candidates: Vec<usize>,
    /// The features of the candidates, one row after the other.
    pub(crate) rows: Vec<f32>,
    /// Whether each candidate lies where the answer was found; empty where that is not known.
    pub(crate) gold: Vec<bool>,
    /// Words of the reference that each candidate has.
    pub(crate) unigrams: CorpusFacts,
    /// Pairs of words of the reference that each candidate has.
    pub(crate) bigrams: CorpusFacts,
}

/// What candidates share with a reference.
pub(crate) struct CorpusFacts {
    /// How often the reference has each of its units.
    pub(crate) reference: Vec<f64>,
    /// Units of the reference in all.
    pub(crate) total: f64,
    /// For each candidate the units of the reference that it has, and how often.
    pub(crate) hits: Vec<Vec<(u16, f32)>>,
    /// For each candidate how many units it has in all.
    pub(crate) lengths: Vec<f64>,
}

impl Case {
    /// The number of candidates.
    pub(crate) fn len(&self) -> usize {
        self.candidates.len()
    }

    /// The features of a candidate.
    pub(crate) fn row(&self, at: usize) -> &[f32] {
        let n = self.rows.len() / self.len().max(1);
        &self.rows[at * n..(at + 1) * n]
    }
}

/// What makes a case: see the fields of [`Case`].
pub(crate) struct Material<'a> {
    pub(crate) set: usize,
    pub(crate) session: usize,
    pub(crate) sentences: Arc<Sentences>,
    /// One row for each sentence.
    pub(crate) rows: Vec<Vec<f64>>,
    pub(crate) reference: &'a str,
    /// Whether each turn lies in the gold span.
    pub(crate) gold: Option<Vec<bool>>,
    /// The sentences that may be chosen.
    pub(crate) candidates: Vec<usize>,
}

/// Makes a case of its material.
pub(crate) fn case(material: Material<'_>) -> Case {
    let Material { set, session, sentences, rows, reference, gold, candidates } = material;
    let reference = tokens(reference);
    let gold = gold.map_or_else(Vec::new, |gold| {
        candidates.iter().map(|&i| gold[sentences.turns[i] as usize]).collect()
    });
    let of = |width: usize| shared(&reference, &candidates, &sentences.tokens, width);
    let (unigrams, bigrams) = (of(1), of(2));
    let rows = candidates.iter().flat_map(|&i| rows[i].iter().map(|&x| x as f32)).collect();
    Case { set, session, candidates, rows, gold, unigrams, bigrams, sentences }
}

fn shared(reference: &[String], candidates: &[usize], tokens: &[Vec<String>], width: usize) -> CorpusFacts {
    let mut ids: FxHashMap<&[String], u16> = FxHashMap::default();
    let mut counts: Vec<f64> = Vec::new();
    for unit in reference.windows(width) {
        let id = *ids.entry(unit).or_insert(counts.len() as u16);
        if usize::from(id) == counts.len() {
            counts.push(0.0);
        }
        counts[usize::from(id)] += 1.0;
    }
    let hits = |&i: &usize| {
        let mut found: Vec<u16> = tokens[i].windows(width).filter_map(|u| ids.get(u).copied()).collect();
        found.sort_unstable();
        found.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f32)).collect()
    };
    let length = |&i: &usize| (tokens[i].len() + 1).saturating_sub(width) as f64;
    CorpusFacts {
        total: counts.iter().sum(),
        reference: counts,
        hits: candidates.iter().map(hits).collect(),
        lengths: candidates.iter().map(length).collect(),
    }
}

/// Words as ROUGE counts them: stemmed runs of ASCII letters and digits.
fn tokens(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    words.map(|w| if w.len() > 3 { porter::stem(w) } else { w.to_owned() }).collect()
}
