//! Where in a session the matter of a question was discussed: a probability for each sentence.

use crate::model::{Question, SentenceId, TermId};

use super::Context;
use super::features::{carried_on, scaled, smoothed};
use super::learned::Model;

/// Names of the features, in the order of [`Row`].
pub const NAMES: [&str; N] = [
    "place:match-near",
    "place:match-around",
    "place:match-wide",
    "place:cover-near",
    "place:cover-around",
    "place:cover-wide",
    "place:burst-near",
    "place:burst-around",
    "place:burst-wide",
    "place:setting-around",
    "place:setting-wide",
    "place:phrase-around",
    "place:feedback-around",
    "place:feedback-wide",
    "place:asked-around",
    "place:asked-wide",
    "place:asked-cover-around",
    "place:asked-cover-wide",
    "place:asked-burst-wide",
    "place:asked-together",
    "place:asked-turns",
    "place:asked-turns-alone",
    "place:asked-burst-near",
    "place:asked-reply",
    "place:setting-cover",
    "place:best-match",
    "place:early",
    "place:after-near",
    "place:after-wide",
    "place:turn-cover",
    "place:asked-turn-cover",
];

/// Number of features.
pub const N: usize = 31;

/// What the terms of a question tell of a place that halves the weight of the turns of those who are asked:
/// a word of average rarity that is said here and there tells about four times as much.
const TELLING: f64 = 0.5;

/// The place of `place:asked-turns-alone`.
const TURNS_ALONE: usize = 21;

/// The features of one sentence.
pub type Row = [f64; N];

/// Saturation and length normalisation of BM25 (Robertson & Zaragoza 2009).
const K1: f64 = 1.2;
const B: f64 = 0.5;
/// What a related term weighs, where the question's own weigh 1.
const RELATED: f64 = 0.4;
/// Terms taken from the best passages to find answers in other words (Lavrenko & Croft 2001).
const FEEDBACK_TERMS: usize = 20;
/// Words within which terms are said together.
const TOGETHER: f64 = 150.0;
/// Words over which those who are asked speak together.
const CONVERSATION: f64 = 60.0;
/// Words from which a turn holds the floor.
const LONG_TURN: f64 = 60.0;
/// Words over which a term's places count as one place.
const BURST: f64 = 400.0;

/// What the sentences of a session have to do with a question; all values by sentence.
#[derive(Debug)]
pub(super) struct Signals {
    /// The question's terms, related ones included, by how rare they are.
    pub(super) weights: Vec<(TermId, f64)>,
    /// BM25 of the question.
    pub(super) matching: Vec<f64>,
    /// The same, spread over the words around: over 40, 150 and 400.
    pub(super) around: [Vec<f64>; 3],
    /// How many of the terms are said near: within 60, 150 and 350 words.
    pub(super) cover: [Vec<f64>; 3],
    /// BM25 of the terms of the places that match best.
    pub(super) feedback: Vec<f64>,
    /// Whether a speaker says it whom the question names: 1 or 0.
    pub(super) asked: Vec<f64>,
}

impl Signals {
    /// Finds what the sentences have to do with the question.
    pub(super) fn new(context: &Context<'_>, question: &Question) -> Self {
        let weights = weights(context, question);
        let matching = bm25(context, &weights);
        let around = [40.0, 150.0, 400.0].map(|distance| smoothed(context, &matching, distance));
        let asked: Vec<f64> = context
            .analysis
            .ids()
            .map(|id| f64::from(question.speakers.contains(&context.speaker(id))))
            .collect();
        // Without a subject, the place to look is where those who are asked speak most.
        let cover = [60.0, 150.0, 350.0].map(|distance| match weights.is_empty() {
            true => smoothed(context, &asked, distance),
            false => density(context, &weights, distance),
        });
        let feedback = bm25(context, &feedback(context, &around[1], 0.5));
        Signals { weights, matching, around, cover, feedback, asked }
    }
}

/// The features of every sentence of the session, in order.
pub fn features(context: &Context<'_>, question: &Question) -> Vec<Row> {
    rows(context, question, &Signals::new(context, question))
}

fn rows(context: &Context<'_>, question: &Question, signals: &Signals) -> Vec<Row> {
    let spread = |values: &[f64], distance: f64| smoothed(context, values, distance);
    let bursts: Vec<(TermId, f64)> =
        signals.weights.iter().map(|&(t, w)| (t, w * burst(context, t).powi(2))).collect();
    let burst = [60.0, 150.0, 350.0].map(|distance| density(context, &bursts, distance));
    let settings: Vec<(TermId, f64)> =
        signals.weights.iter().copied().filter(|(t, _)| question.setting.contains(t)).collect();
    let setting = [150.0, 350.0].map(|distance| density(context, &settings, distance));
    let phrases: Vec<f64> = context.analysis.ids().map(|id| phrase(context, question, id)).collect();
    let times = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a * b).collect() };
    let by_asked = |values: &[f64]| times(values, &signals.asked);
    let asked_turns = spread(&times(&signals.asked, &long_turns(context)), 150.0);
    let turn_cover = turn_cover(context, &signals.weights);
    let n = context.analysis.sentences.len();
    let peak = signals.matching.iter().copied().fold(0.0, f64::max);
    let best = signals.matching.iter().map(|&m| if peak > 0.0 { (m / peak).powi(3) } else { 0.0 });
    let best: Vec<f64> = best.collect();
    let columns = [
        signals.around[0].clone(),
        signals.around[1].clone(),
        signals.around[2].clone(),
        signals.cover[0].clone(),
        signals.cover[1].clone(),
        signals.cover[2].clone(),
        burst[0].clone(),
        burst[1].clone(),
        burst[2].clone(),
        setting[0].clone(),
        setting[1].clone(),
        spread(&phrases, 150.0),
        spread(&signals.feedback, 150.0),
        spread(&signals.feedback, 400.0),
        spread(&signals.asked, 150.0),
        spread(&signals.asked, 400.0),
        spread(&by_asked(&signals.cover[1]), 150.0),
        spread(&by_asked(&signals.cover[2]), 350.0),
        spread(&by_asked(&burst[2]), 350.0),
        together(context, question),
        asked_turns.clone(),
        asked_turns,
        times(&burst[1], &spread(&signals.asked, CONVERSATION)),
        spread(&times(&signals.asked, &before_turn(context, &signals.matching)), 60.0),
        times(&setting[1], &signals.cover[1]),
        spread(&best, 150.0),
        (0..n).map(|i| 1.0 - i as f64 / n.max(1) as f64).collect(),
        carried_on(context, &signals.matching, 80.0),
        carried_on(context, &signals.matching, 300.0),
        turn_cover.clone(),
        by_asked(&turn_cover),
    ]
    .map(scaled);
    // The less the terms tell of a place, the more the turns of those who are asked must.
    let alone = TELLING / (TELLING + telling(context, question));
    let value = |i: usize, f: usize| if f == TURNS_ALONE { alone * columns[f][i] } else { columns[f][i] };
    (0..n).map(|i| std::array::from_fn(|f| value(i, f))).collect()
}

/// Where all those who are asked speak near one another: the geometric mean of how much each of them
/// says around a sentence, so that a place where one of them is silent is none.
fn together(context: &Context<'_>, question: &Question) -> Vec<f64> {
    let mut product = vec![1.0; context.analysis.sentences.len()];
    for &speaker in &question.speakers {
        let said: Vec<f64> =
            context.analysis.ids().map(|id| f64::from(context.speaker(id) == speaker)).collect();
        let near = scaled(smoothed(context, &said, CONVERSATION));
        product.iter_mut().zip(near).for_each(|(p, near)| *p *= near);
    }
    let root = match question.speakers.len() {
        0 => return vec![0.0; product.len()],
        n => 1.0 / n as f64,
    };
    product.into_iter().map(|p| p.powf(root)).collect()
}

/// For each sentence the highest value in the turn before its own.
fn before_turn(context: &Context<'_>, values: &[f64]) -> Vec<f64> {
    let mut highest = vec![0.0f64; context.session.turns.len() + 1];
    for (sentence, &value) in context.analysis.sentences.iter().zip(values) {
        let next = &mut highest[sentence.turn as usize + 1];
        *next = next.max(value);
    }
    context.analysis.sentences.iter().map(|s| highest[s.turn as usize]).collect()
}

/// For each sentence the weight of those terms that its turn or the one before says.
fn turn_cover(context: &Context<'_>, weights: &[(TermId, f64)]) -> Vec<f64> {
    let mut of_turn = vec![0.0; context.session.turns.len()];
    for &(term, weight) in weights {
        let mut says = vec![false; context.session.turns.len() + 1];
        for id in context.analysis.ids().filter(|id| context.analysis.terms_of(*id).contains(&term)) {
            let turn = context.analysis.sentence(id).turn as usize;
            says[turn] = true;
            says[turn + 1] = true;
        }
        of_turn.iter_mut().zip(says).for_each(|(sum, says)| *sum += if says { weight } else { 0.0 });
    }
    context.analysis.sentences.iter().map(|s| of_turn[s.turn as usize]).collect()
}

/// 1 for the sentences of a turn that holds the floor, else 0.
fn long_turns(context: &Context<'_>) -> Vec<f64> {
    let mut words = vec![0.0; context.session.turns.len()];
    for sentence in &context.analysis.sentences {
        words[sentence.turn as usize] += f64::from(sentence.length);
    }
    let long = |turn: u32| f64::from(words[turn as usize] > LONG_TURN);
    context.analysis.sentences.iter().map(|s| long(s.turn)).collect()
}

/// How likely it is that each sentence belongs to the place, summed over the words around it; 1 at
/// the likeliest place.
pub(super) fn likelihood(
    context: &Context<'_>,
    question: &Question,
    signals: &Signals,
    model: &Model,
) -> Vec<f64> {
    let scores: Vec<f64> =
        rows(context, question, signals).into_iter().map(|row| model.score(row).total()).collect();
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = scores
        .iter()
        .zip(&context.analysis.sentences)
        .map(|(score, sentence)| (score - best).exp() * f64::from(sentence.length))
        .collect();
    scaled(smoothed(context, &odds, 150.0))
}

/// How much of what a question is about is said at one place, by the rarity of its words, from 0 to
/// 1; words that nobody says count as the rarest. 1 for a question without a subject.
pub fn known(context: &Context<'_>, question: &Question) -> f64 {
    let n = context.analysis.sentences.len() as f64;
    // As `Idf::Bm25` weighs a term of one sentence.
    let rarest = (1.0 + (n - 0.5) / 1.5).ln();
    let weights: Vec<(TermId, f64)> =
        question.terms.iter().map(|&t| (t, context.weighting.idf[t.index()])).collect();
    let asked = weights.iter().map(|w| w.1).sum::<f64>() + rarest * question.unknown.len() as f64;
    if asked <= 0.0 {
        return 1.0;
    }
    let mut said = vec![0.0; context.analysis.sentences.len()];
    for (term, weight) in weights {
        for (sum, near) in said.iter_mut().zip(within(context, term)) {
            *sum += if near { weight } else { 0.0 };
        }
    }
    said.into_iter().fold(0.0, f64::max) / asked
}

/// Whether a term is said in each sentence or up to [`TOGETHER`] words before it.
fn within(context: &Context<'_>, term: TermId) -> Vec<bool> {
    let mut since = f64::INFINITY;
    let near = |id: SentenceId| {
        since += f64::from(context.analysis.sentence(id).length);
        if context.analysis.terms_of(id).contains(&term) {
            since = 0.0;
        }
        since <= TOGETHER
    };
    context.analysis.ids().map(near).collect()
}

/// The question's terms and the related ones, by how rare they are.
pub(super) fn weights(context: &Context<'_>, question: &Question) -> Vec<(TermId, f64)> {
    let own = question.terms.iter().map(|&t| (t, context.weighting.idf[t.index()]));
    let related = question.related.iter().map(|&t| (t, RELATED * context.weighting.idf[t.index()]));
    own.chain(related).collect()
}

/// 1 where two terms stand in the sentence as they do in the question, else 0.
pub(super) fn phrase(context: &Context<'_>, question: &Question, id: SentenceId) -> f64 {
    let pairs = context.analysis.terms_of(id).windows(2);
    f64::from(pairs.into_iter().any(|pair| question.terms.windows(2).any(|asked| asked == pair)))
}

/// How much a term keeps to one place: the most of its uses that lie near one another, over all of
/// them and one. Between 0 and 1; ½ for a term that is used once.
fn burst(context: &Context<'_>, term: TermId) -> f64 {
    let said: Vec<f64> =
        context.analysis.ids().map(|id| f64::from(context.analysis.terms_of(id).contains(&term))).collect();
    let all: f64 = said.iter().sum();
    let densest = smoothed(context, &said, BURST).into_iter().fold(0.0, f64::max);
    densest / (all + 1.0)
}

/// How many of the weighted terms are said near each sentence: each term counts by its weight and
/// how densely it stands around, with diminishing returns, so that a place where several terms meet
/// wins over one where a single term is said again and again.
pub(super) fn density(context: &Context<'_>, weights: &[(TermId, f64)], distance: f64) -> Vec<f64> {
    let mut sums = vec![0.0; context.analysis.sentences.len()];
    for &(term, weight) in weights {
        let said: Vec<f64> = context
            .analysis
            .ids()
            .map(|id| f64::from(context.analysis.terms_of(id).contains(&term)))
            .collect();
        for (sum, near) in sums.iter_mut().zip(smoothed(context, &said, distance)) {
            *sum += weight * near / (near + 0.7);
        }
    }
    sums
}

/// How much the terms of a question tell of one place: by how rare they are and how much each keeps to a
/// place.
fn telling(context: &Context<'_>, question: &Question) -> f64 {
    let of_term = |&term: &TermId| context.weighting.idf[term.index()] * burst(context, term);
    question.terms.iter().map(of_term).sum()
}

/// BM25 of sentences as documents for weighted query terms.
pub(super) fn bm25(context: &Context<'_>, weights: &[(TermId, f64)]) -> Vec<f64> {
    let analysis = context.analysis;
    let mean = analysis.terms.len() as f64 / analysis.sentences.len().max(1) as f64;
    let mut of_term = vec![0.0; analysis.vocabulary.len()];
    for &(term, weight) in weights {
        of_term[term.index()] = weight;
    }
    let of = |id: SentenceId| {
        let mut terms: Vec<TermId> =
            analysis.terms_of(id).iter().copied().filter(|t| of_term[t.index()] > 0.0).collect();
        terms.sort_unstable();
        let length = K1 * (1.0 - B + B * analysis.terms_of(id).len() as f64 / mean.max(1.0));
        terms
            .chunk_by(|a, b| a == b)
            .map(|same| {
                let count = same.len() as f64;
                of_term[same[0].index()] * count * (K1 + 1.0) / (count + length)
            })
            .sum()
    };
    analysis.ids().map(of).collect()
}

/// The weightiest terms of the places with more than `from` of the highest value.
pub(super) fn feedback(context: &Context<'_>, around: &[f64], from: f64) -> Vec<(TermId, f64)> {
    let best = around.iter().copied().fold(0.0, f64::max);
    let mut weights = vec![0.0; context.weighting.idf.len()];
    for id in context.analysis.ids().filter(|id| best > 0.0 && around[id.index()] > from * best) {
        let share = around[id.index()] / best;
        for term in context.analysis.terms_of(id) {
            weights[term.index()] += share * share * context.weighting.idf[term.index()];
        }
    }
    let mut ranked: Vec<(TermId, f64)> =
        weights.into_iter().enumerate().filter(|w| w.1 > 0.0).map(|(t, w)| (TermId(t as u32), w)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(FEEDBACK_TERMS);
    ranked
}
