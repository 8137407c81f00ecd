//! The features that all sentences have, each between 0 and 1 over a session.

use rustc_hash::FxHashMap;

use crate::model::{CueKind, SentenceId, SparseVec, SpeakerId, TermId, TokenFlags};
use crate::stats::scaled;
use crate::text::{run_span, runs};

use super::Context;
use super::kernel::smoothed;
use super::wording::Wording;

/// A feature: its name and its values for the candidates, in their order.
pub type Feature = (&'static str, fn(&Signals<'_>) -> Vec<f64>);

/// The features, in the order of a row.
pub const FEATURES: &[Feature] = &[
    // What it is about.
    ("centre", |s| scaled(&s.each(|id| s.context.weighting.vector(id).cosine(&s.centre)))),
    ("richness", |s| scaled(&s.each(|id| s.richness(id, &s.weights)))),
    ("neighbourhood", |s| {
        let local: Vec<f64> = s.context.analysis.ids().map(|id| s.richness(id, &s.weights)).collect();
        let around = smoothed(&s.context, &local, NEIGHBOURHOOD);
        scaled(&s.each(|id| around[id.index()]))
    }),
    ("heading", |s| {
        let weights = heading_weights(&s.context);
        scaled(&s.each(|id| s.richness(id, &weights)))
    }),
    ("rarity", |s| scaled(&s.each(|id| rarity(&s.context, id)))),
    ("density", |s| {
        s.each(|id| (s.context.analysis.terms_of(id).len() as f64 / s.words(id).max(1.0)).min(1.0))
    }),
    // How long it is: 40 words count as long as any; under 10 words as short, from 35 on as too long.
    ("length", |s| s.each(|id| (s.words(id).max(1.0).ln() / 40f64.ln()).min(1.0))),
    ("short", |s| s.each(|id| ((10.0 - s.words(id)) / 9.0).clamp(0.0, 1.0))),
    ("long", |s| s.each(|id| ((s.words(id) - 35.0) / 45.0).clamp(0.0, 1.0))),
    // How it is worded.
    ("cue", |s| s.cue(CueKind::Position)),
    ("conclusion", |s| s.cue(CueKind::Conclusion)),
    ("decision", |s| s.cue(CueKind::Decision)),
    ("procedure", |s| s.cue(CueKind::Procedure)),
    ("leaning", |s| s.cue(CueKind::Leaning)),
    ("question", |s| s.each(|id| f64::from(is_question(s.context.text(id))))),
    ("first-person", |s| s.wording(Wording::first_person)),
    ("second-person", |s| s.wording(Wording::second_person)),
    ("figures", |s| s.each(|id| f64::from(s.context.text(id).bytes().any(|b| b.is_ascii_digit())))),
    ("names", |s| s.each(|id| capitals(&s.context, id))),
    // Where it stands: in its turn, in the session, with its speaker.
    ("turn-length", |s| s.each(|id| (s.turn_words(id).max(1.0).ln() / 400f64.ln()).min(1.0))),
    ("turn-opening", |s| s.each(|id| f64::from(s.context.analysis.sentence(id).number == 0))),
    ("turn-end", |s| s.each(|id| f64::from(s.ends_turn(id)))),
    ("opening", |s| s.each(|id| (-s.before[id.index()] / 150.0).exp())),
    ("early", |s| s.each(|id| 1.0 - s.before[id.index()] / s.total)),
    ("closing", |s| s.each(|id| (-(s.total - s.before[id.index() + 1]) / 300.0).exp())),
    ("talkative", |s| s.each(|id| s.speaker_words[s.context.speaker(id).0 as usize] / s.talkative)),
    ("leader", |s| s.each(|id| f64::from(Some(s.context.speaker(id)) == s.leader))),
    ("repeated", |s| repeated(&s.context)),
    ("nominal", |s| s.wording(Wording::nominal)),
    ("involved", |s| s.wording(Wording::involved)),
];

/// Words over which the influence of a neighbouring sentence falls to 1/e: the middle one of the kernels of
/// `place`. The weights were trained with it.
const NEIGHBOURHOOD: f64 = 150.0;
/// Terms that every sentence counts as if it had more, so that short ones are not richer. Set by
/// hand; the weights were trained with it.
const PIVOT: f64 = 8.0;
/// What one cue of full strength says by itself; the rest is left to further ones. Set
/// by hand; the weights were trained with it.
pub(super) const SINGLE_CUE: f64 = 0.7;
/// Candidates above which a term is passed over when they are compared: it tells little and costs the square
/// of their number.
const MOST_POSTINGS: usize = 200;

/// The names of the features, in the order of a row.
pub fn names() -> Vec<&'static str> {
    FEATURES.iter().map(|(name, _)| *name).collect()
}

/// The features of every candidate, in their order.
pub fn features(context: &Context<'_>) -> Vec<Vec<f64>> {
    rows(&columns(context), context.candidates.len())
}

/// The values of each feature for all candidates.
pub(super) fn columns(context: &Context<'_>) -> Vec<Vec<f64>> {
    let signals = Signals::new(context);
    FEATURES.iter().map(|(_, of)| of(&signals)).collect()
}

/// The rows of a table that is given by its columns, each of `n` values.
pub(super) fn rows(columns: &[Vec<f64>], n: usize) -> Vec<Vec<f64>> {
    (0..n).map(|i| columns.iter().map(|column| column[i]).collect()).collect()
}

/// What the features are made of, computed once for all of them.
#[derive(Debug)]
pub struct Signals<'a> {
    context: Context<'a>,
    /// What the candidates are about, by term, and as a vector.
    weights: Vec<f64>,
    centre: SparseVec,
    /// How each candidate is worded.
    wordings: Vec<Wording>,
    /// Words of each turn, of each speaker, and of all sentences.
    turn_words: Vec<f64>,
    speaker_words: Vec<f64>,
    total: f64,
    /// Words of the speaker who says most.
    talkative: f64,
    /// Words before each sentence, and one past the end.
    before: Vec<f64>,
    /// Who opens the session.
    leader: Option<SpeakerId>,
}

impl<'a> Signals<'a> {
    fn new(context: &Context<'a>) -> Self {
        let analysis = context.analysis;
        let weights = central_weights(context);
        let by_term = weights.iter().enumerate().map(|(t, &w)| (TermId(t as u32), w));
        let centre = SparseVec::new(by_term.collect());
        let wording = |&id: &SentenceId| Wording::of(context, id);
        let mut turn_words = vec![0.0; context.session.turns.len()];
        let mut speaker_words = vec![0.0; context.people.speakers.len()];
        let mut before = vec![0.0; analysis.sentences.len() + 1];
        for id in analysis.ids() {
            let words = f64::from(analysis.sentence(id).length);
            turn_words[analysis.sentence(id).turn as usize] += words;
            speaker_words[context.speaker(id).0 as usize] += words;
            before[id.index() + 1] = before[id.index()] + words;
        }
        Signals {
            context: *context,
            weights,
            centre,
            wordings: context.candidates.iter().map(wording).collect(),
            total: before[analysis.sentences.len()].max(1.0),
            talkative: speaker_words.iter().copied().fold(1.0, f64::max),
            turn_words,
            speaker_words,
            before,
            leader: analysis.ids().next().map(|id| context.speaker(id)),
        }
    }

    /// A value for each candidate.
    fn each(&self, value: impl Fn(SentenceId) -> f64) -> Vec<f64> {
        self.context.candidates.iter().map(|&id| value(id)).collect()
    }

    fn cue(&self, kind: CueKind) -> Vec<f64> {
        self.each(|id| cue_strength(&self.context, id, kind))
    }

    fn wording(&self, value: fn(Wording) -> f64) -> Vec<f64> {
        self.wordings.iter().map(|&wording| value(wording)).collect()
    }

    fn words(&self, id: SentenceId) -> f64 {
        f64::from(self.context.analysis.sentence(id).length)
    }

    fn turn_words(&self, id: SentenceId) -> f64 {
        self.turn_words[self.context.analysis.sentence(id).turn as usize]
    }

    fn ends_turn(&self, id: SentenceId) -> bool {
        let analysis = self.context.analysis;
        let next = analysis.sentences.get(id.index() + 1);
        next.is_none_or(|next| next.turn != analysis.sentence(id).turn)
    }

    /// The weights of a sentence's terms for each term.
    fn richness(&self, id: SentenceId, weights: &[f64]) -> f64 {
        let vector = self.context.weighting.vector(id);
        vector.iter().map(|(t, _)| weights[t.index()]).sum::<f64>() / (vector.len() as f64 + PIVOT)
    }
}

/// The mean inverse document frequency of a sentence's terms, of one term more than it has.
fn rarity(context: &Context<'_>, id: SentenceId) -> f64 {
    let vector = context.weighting.vector(id);
    vector.iter().map(|(t, _)| context.weighting.idf[t.index()]).sum::<f64>() / (vector.len() as f64 + 1.0)
}

/// How much of what a sentence says is said again by others of the candidates: the mean of its
/// three highest similarities.
pub(super) fn repeated(context: &Context<'_>) -> Vec<f64> {
    let vectors: Vec<&SparseVec> =
        context.candidates.iter().map(|&id| context.weighting.vector(id)).collect();
    let norms: Vec<f64> = vectors.iter().map(|vector| vector.norm()).collect();
    let mut n_postings: FxHashMap<TermId, usize> = FxHashMap::default();
    for (term, _) in vectors.iter().flat_map(|vector| vector.iter()) {
        *n_postings.entry(term).or_default() += 1;
    }
    // Of each term, the candidates so far that have it: each pair is compared once.
    let mut postings: FxHashMap<TermId, Vec<(u32, f64)>> = FxHashMap::default();
    let tells = |term: &TermId| n_postings.get(term).is_some_and(|&n| (2..=MOST_POSTINGS).contains(&n));
    let mut dots = vec![0.0; vectors.len()];
    let mut best = vec![[0.0f64; 3]; vectors.len()];
    let mut touched = Vec::new();
    for (i, vector) in vectors.iter().enumerate() {
        for (term, weight) in vector.iter().filter(|(term, _)| tells(term)) {
            let known = postings.entry(term).or_default();
            for &(j, other) in known.iter() {
                let dot = &mut dots[j as usize];
                if *dot == 0.0 {
                    touched.push(j as usize);
                }
                *dot += weight * other;
            }
            known.push((i as u32, weight));
        }
        for j in touched.drain(..) {
            let norm = norms[i] * norms[j];
            let cosine = if norm > 0.0 { dots[j] / norm } else { 0.0 };
            insert(&mut best[i], cosine);
            insert(&mut best[j], cosine);
            dots[j] = 0.0;
        }
    }
    best.iter().map(|best| best.iter().sum::<f64>() / 3.0).collect()
}

/// Puts a value among the three highest, which stand from the highest down.
fn insert(best: &mut [f64; 3], value: f64) {
    if value <= best[2] {
        return;
    }
    best[2] = value;
    if value > best[1] {
        best.swap(1, 2);
    }
    if best[1] > best[0] {
        best.swap(0, 1);
    }
}

/// What the candidates are about: the logarithm of each term's count, times its rarity.
fn central_weights(context: &Context<'_>) -> Vec<f64> {
    let mut counts = vec![0.0; context.weighting.idf.len()];
    for term in context.candidates.iter().flat_map(|&id| context.analysis.terms_of(id)) {
        counts[term.index()] += 1.0;
    }
    counts.iter().zip(&context.weighting.idf).map(|(c, idf)| f64::ln_1p(*c) * f64::ln_1p(*c) * idf).collect()
}

/// The terms of the session's title and headings.
fn heading_weights(context: &Context<'_>) -> Vec<f64> {
    let mut weights = vec![0.0; context.weighting.idf.len()];
    for term in context.heading_terms {
        weights[term.index()] = context.weighting.idf[term.index()];
    }
    weights
}

/// How much a sentence is marked by cues of a kind, from 0 to 1: each leaves less of what is lacking.
pub(super) fn cue_strength(context: &Context<'_>, id: SentenceId, kind: CueKind) -> f64 {
    let cues = context.analysis.cues_of(id).iter().filter(|c| c.kind == kind);
    1.0 - cues.map(|c| 1.0 - SINGLE_CUE * c.strength).product::<f64>()
}

/// Whether a text ends with a question mark.
pub(super) fn is_question(text: &str) -> bool {
    text.trim_end().ends_with(['?', '？', '؟'])
}

/// Share of words after the first that begin with a capital.
pub(super) fn capitals(context: &Context<'_>, id: SentenceId) -> f64 {
    let tokens = &context.analysis.tokens;
    let (mut n_words, mut n_capitals) = (0u32, 0u32);
    for run in runs(tokens, tokens.of_sentence(id)).skip(1) {
        let has_capital = run.first().is_some_and(|token| token.is(TokenFlags::CAPITALISED));
        n_words += 1;
        n_capitals += u32::from(has_capital && run_span(run).len() > 1);
    }
    (3.0 * f64::from(n_capitals) / f64::from(n_words.max(1))).min(1.0)
}
