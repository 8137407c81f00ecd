//! Where in a session the matter of a question was discussed: a probability for each sentence.

use crate::model::{Question, SentenceId, TermId};
use crate::stats::{Idf, highest, scaled};

use super::Context;
use super::features::rows;
use super::kernel::{carried_on, smoothed};
use super::learned::Model;

/// A feature: its name and its values for the sentences of the session, in order.
pub type Feature = (&'static str, fn(&PlaceSignals<'_>) -> Vec<f64>);

/// The features, in the order of a row, each between 0 and 1 over a session.
pub const FEATURES: &[Feature] = &[
    ("place:match-near", |p| scaled(&p.signals.around[0])),
    ("place:match-around", |p| scaled(&p.signals.around[1])),
    ("place:match-wide", |p| scaled(&p.signals.around[2])),
    ("place:cover-near", |p| scaled(&p.signals.cover[0])),
    ("place:cover-around", |p| scaled(&p.signals.cover[1])),
    ("place:cover-wide", |p| scaled(&p.signals.cover[2])),
    ("place:burst-near", |p| scaled(&p.burst[0])),
    ("place:burst-around", |p| scaled(&p.burst[1])),
    ("place:burst-wide", |p| scaled(&p.burst[2])),
    ("place:setting-around", |p| scaled(&p.setting[0])),
    ("place:setting-wide", |p| scaled(&p.setting[1])),
    ("place:phrase-around", |p| {
        let phrases: Vec<f64> =
            p.context.analysis.ids().map(|id| phrase(&p.context, p.question, id)).collect();
        p.spread(&phrases, AROUND)
    }),
    ("place:feedback-around", |p| p.spread(&p.signals.feedback, AROUND)),
    ("place:feedback-wide", |p| p.spread(&p.signals.feedback, MATCH_DISTANCES[2])),
    ("place:asked-around", |p| p.spread(&p.signals.asked, AROUND)),
    ("place:asked-wide", |p| p.spread(&p.signals.asked, MATCH_DISTANCES[2])),
    ("place:asked-cover-around", |p| p.spread(&p.by_asked(&p.signals.cover[1]), AROUND)),
    ("place:asked-cover-wide", |p| p.spread(&p.by_asked(&p.signals.cover[2]), COVER_DISTANCES[2])),
    ("place:asked-burst-wide", |p| p.spread(&p.by_asked(&p.burst[2]), COVER_DISTANCES[2])),
    ("place:asked-together", |p| scaled(&together(&p.context, p.question))),
    ("place:asked-turns", |p| p.asked_turns.clone()),
    // The less the terms tell of a place, the more the turns of those who are asked must.
    ("place:asked-turns-alone", |p| {
        let alone = TELLING / (TELLING + telling(&p.context, p.question));
        p.asked_turns.iter().map(|value| alone * value).collect()
    }),
    ("place:asked-burst-near", |p| {
        scaled(&times(&p.burst[1], &smoothed(&p.context, &p.signals.asked, CONVERSATION)))
    }),
    ("place:asked-reply", |p| {
        p.spread(&p.by_asked(&before_turn(&p.context, &p.signals.matching)), CONVERSATION)
    }),
    ("place:setting-cover", |p| scaled(&times(&p.setting[1], &p.signals.cover[1]))),
    ("place:best-match", |p| {
        let best: Vec<f64> = scaled(&p.signals.matching).iter().map(|value| value.powi(3)).collect();
        p.spread(&best, AROUND)
    }),
    ("place:early", |p| {
        let n = p.context.analysis.sentences.len();
        let early: Vec<f64> = (0..n).map(|i| 1.0 - i as f64 / n.max(1) as f64).collect();
        scaled(&early)
    }),
    ("place:after-near", |p| scaled(&carried_on(&p.context, &p.signals.matching, AFTER_DISTANCES[0]))),
    ("place:after-wide", |p| scaled(&carried_on(&p.context, &p.signals.matching, AFTER_DISTANCES[1]))),
    ("place:turn-cover", |p| scaled(&p.turn_cover)),
    ("place:asked-turn-cover", |p| scaled(&p.by_asked(&p.turn_cover))),
];

/// The names of the features, in the order of a row.
pub fn names() -> Vec<&'static str> {
    FEATURES.iter().map(|(name, _)| *name).collect()
}

/// What the terms of a question tell of a place that halves the weight of the turns of those who are asked:
/// a word of average rarity that is said here and there tells about four times as much.
const TELLING: f64 = 0.5;

/// Saturation of BM25 (Robertson & Zaragoza 2009 find 1.2 to 2 good).
const K1: f64 = 1.2;
/// Length normalisation of BM25 (Robertson & Zaragoza 2009 find .5 to .8 good).
const B: f64 = 0.5;
/// What a related term weighs, where the question's own weigh 1. Set by hand; related
/// terms at this weight are worth what `docs/quality.md` says under “parts of compounds”.
const RELATED: f64 = 0.4;
/// Terms taken from the best passages to find answers in other words (Lavrenko & Croft 2001).
/// With 15 of them ROUGE-1 of val rose from 25.9 to 26.4, together with the kernel of 300 words.
const FEEDBACK_TERMS: usize = 20;

// The distances are set by hand and the weights were trained with them: near is a sentence or two, around is
// what a turn takes, wide what a subject takes. Where one was varied, the figure is in docs/quality.md (“The
// likeliest place spread over 100 words, not 150”).

/// Words over which the BM25 of a question is spread: near, around, wide.
const MATCH_DISTANCES: [f64; 3] = [40.0, AROUND, 400.0];
/// Words within which terms must be said to cover a question there: wider than a match where it is near,
/// since two terms seldom stand in one sentence.
const COVER_DISTANCES: [f64; 3] = [60.0, AROUND, 350.0];
/// Words after the terms in which they are still spoken of: answers come behind what they answer.
const AFTER_DISTANCES: [f64; 2] = [80.0, 300.0];
/// How densely a term must stand for half its weight: said once in the middle of a place, it has more.
const HALF_DENSE: f64 = 0.7;
/// Words around a place: what a turn takes. The one distance for all that is not tried at several.
const AROUND: f64 = 150.0;
/// Words over which those who are asked speak together: shorter than a turn, so that an exchange counts and
/// two speeches one after the other do not.
const CONVERSATION: f64 = 60.0;
/// Words from which a turn holds the floor: shorter ones are mostly replies and procedure.
const LONG_TURN: f64 = 60.0;
/// Words over which a term's places count as one place: as wide as the widest match.
const BURST: f64 = 400.0;

/// What the sentences of a session have to do with a question; all values by sentence.
#[derive(Debug)]
pub struct Signals {
    /// The question's terms, related ones included, by how rare they are.
    pub(super) weights: Vec<(TermId, f64)>,
    /// BM25 of the question.
    pub(super) matching: Vec<f64>,
    /// The same, spread over the words around: over [`MATCH_DISTANCES`].
    pub(super) around: [Vec<f64>; 3],
    /// How many of the terms are said near: within [`COVER_DISTANCES`].
    pub(super) cover: [Vec<f64>; 3],
    /// BM25 of the terms of the places that match best.
    pub(super) feedback: Vec<f64>,
    /// Whether one of the speakers that the question names says it: 1 or 0.
    pub(super) asked: Vec<f64>,
}

impl Signals {
    /// Finds what the sentences have to do with the question.
    pub(super) fn new(context: &Context<'_>, question: &Question) -> Self {
        let weights = weights(context, question);
        let matching = bm25(context, &weights);
        let around = MATCH_DISTANCES.map(|distance| smoothed(context, &matching, distance));
        let asked: Vec<f64> = context
            .analysis
            .ids()
            .map(|id| f64::from(question.speakers.contains(&context.speaker(id))))
            .collect();
        // Without a subject, the place to look is where those who are asked speak most.
        let cover = COVER_DISTANCES.map(|distance| match weights.is_empty() {
            true => smoothed(context, &asked, distance),
            false => density(context, &weights, distance),
        });
        let feedback = bm25(context, &feedback(context, &around[1], 0.5));
        Signals { weights, matching, around, cover, feedback, asked }
    }
}

/// What the features of places are made of, computed once for all of them; all values by sentence.
#[derive(Debug)]
pub struct PlaceSignals<'a> {
    context: Context<'a>,
    question: &'a Question,
    signals: &'a Signals,
    /// How many of the terms that keep to one place are said near: within [`COVER_DISTANCES`].
    burst: [Vec<f64>; 3],
    /// How many of the terms of the question's setting are said around and wide.
    setting: [Vec<f64>; 2],
    /// The long turns of those who are asked, spread and scaled.
    asked_turns: Vec<f64>,
    /// The weight of the terms that a turn or the one before says.
    turn_cover: Vec<f64>,
}

impl<'a> PlaceSignals<'a> {
    fn new(context: &Context<'a>, question: &'a Question, signals: &'a Signals) -> Self {
        let bursts: Vec<(TermId, f64)> =
            signals.weights.iter().map(|&(t, w)| (t, w * burst(context, t).powi(2))).collect();
        let settings: Vec<(TermId, f64)> =
            signals.weights.iter().copied().filter(|(t, _)| question.setting.contains(t)).collect();
        let asked_turns = smoothed(context, &times(&signals.asked, &long_turns(context)), AROUND);
        PlaceSignals {
            context: *context,
            question,
            signals,
            burst: COVER_DISTANCES.map(|distance| density(context, &bursts, distance)),
            setting: [COVER_DISTANCES[1], COVER_DISTANCES[2]]
                .map(|distance| density(context, &settings, distance)),
            asked_turns: scaled(&asked_turns),
            turn_cover: turn_cover(context, &signals.weights),
        }
    }

    /// Values spread over the words around, and scaled.
    fn spread(&self, values: &[f64], distance: f64) -> Vec<f64> {
        scaled(&smoothed(&self.context, values, distance))
    }

    /// Values of what those say who are asked, 0 of the others.
    fn by_asked(&self, values: &[f64]) -> Vec<f64> {
        times(values, &self.signals.asked)
    }
}

/// The features of every sentence of the session, in order.
pub fn features(context: &Context<'_>, question: &Question) -> Vec<Vec<f64>> {
    place_rows(context, question, &Signals::new(context, question))
}

fn place_rows(context: &Context<'_>, question: &Question, signals: &Signals) -> Vec<Vec<f64>> {
    let signals = PlaceSignals::new(context, question, signals);
    let columns: Vec<Vec<f64>> = FEATURES.iter().map(|(_, of)| of(&signals)).collect();
    rows(&columns, context.analysis.sentences.len())
}

/// The product of two values for each sentence or candidate.
pub(super) fn times(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a * b).collect()
}

/// Where all those who are asked speak near one another: the geometric mean of how much each of them
/// says around a sentence, so that a place where one of them is silent is none.
fn together(context: &Context<'_>, question: &Question) -> Vec<f64> {
    let mut product = vec![1.0; context.analysis.sentences.len()];
    for &speaker in &question.speakers {
        let said: Vec<f64> =
            context.analysis.ids().map(|id| f64::from(context.speaker(id) == speaker)).collect();
        let near = scaled(&smoothed(context, &said, CONVERSATION));
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
        place_rows(context, question, signals).into_iter().map(|row| model.score(row).total()).collect();
    let best = highest(&scores);
    let odds: Vec<f64> = scores
        .iter()
        .zip(&context.analysis.sentences)
        .map(|(score, sentence)| (score - best).exp() * f64::from(sentence.length))
        .collect();
    scaled(&smoothed(context, &odds, AROUND))
}

/// How much of what a question is about is said at one place, by the rarity of its words, from 0 to
/// 1; words that nobody says count as the rarest. 1 for a question without a subject.
pub fn known(context: &Context<'_>, question: &Question) -> f64 {
    let n = context.weighting.documents;
    let rarest = if n > 0 { Idf::Bm25.weight(n, 1_u32) } else { 0.0 };
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

/// Whether a term is said in each sentence or up to [`AROUND`] words before it.
fn within(context: &Context<'_>, term: TermId) -> Vec<bool> {
    let mut since = f64::INFINITY;
    let near = |id: SentenceId| {
        since += f64::from(context.analysis.sentence(id).length);
        if context.analysis.terms_of(id).contains(&term) {
            since = 0.0;
        }
        since <= AROUND
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
            *sum += weight * near / (near + HALF_DENSE);
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
