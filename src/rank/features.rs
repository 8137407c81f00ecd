//! The measurements of a sentence that scores are made of, each between 0 and 1 over a session.

use crate::model::{CueKind, SentenceId, SparseVec};

use super::Context;
use super::wording::Wording;

/// Names of the features, in the order of [`Row`].
pub const NAMES: [&str; N] = [
    "centre",
    "richness",
    "neighbourhood",
    "heading",
    "rarity",
    "density",
    "length",
    "short",
    "long",
    "cue",
    "conclusion",
    "decision",
    "procedure",
    "leaning",
    "question",
    "first-person",
    "second-person",
    "figures",
    "names",
    "turn-length",
    "turn-opening",
    "turn-end",
    "opening",
    "early",
    "closing",
    "talkative",
    "leader",
    "repeated",
    "nominal",
    "involved",
];

/// Number of features.
pub const N: usize = 30;

/// The features of one sentence.
pub type Row = [f64; N];

/// Words over which the influence of a neighbouring sentence falls to 1/e.
const NEIGHBOURHOOD: f64 = 150.0;
/// Terms that every sentence counts as if it had more, so that short ones are not richer.
const PIVOT: f64 = 8.0;

/// The features of every candidate, in their order.
pub fn features(context: &Context<'_>) -> Vec<Row> {
    let weights = central_weights(context);
    let centre = SparseVec::new(
        weights.iter().enumerate().map(|(t, &w)| (crate::model::TermId(t as u32), w)).collect(),
    );
    let heading = heading_weights(context);
    let n = context.candidates.len();
    let mut columns: Vec<Vec<f64>> = Vec::with_capacity(N);
    let each =
        |f: &dyn Fn(SentenceId) -> f64| -> Vec<f64> { context.candidates.iter().map(|&id| f(id)).collect() };
    let richness = |id: SentenceId, of: &[f64]| {
        let vector = context.weighting.vector(id);
        vector.iter().map(|(t, _)| of[t.index()]).sum::<f64>() / (vector.len() as f64 + PIVOT)
    };
    let words = |id: SentenceId| f64::from(context.analysis.sentence(id).length);
    columns.push(scaled(each(&|id| context.weighting.vector(id).cosine(&centre))));
    columns.push(scaled(each(&|id| richness(id, &weights))));
    let local: Vec<f64> = context.analysis.ids().map(|id| richness(id, &weights)).collect();
    let around = smoothed(context, &local, NEIGHBOURHOOD);
    columns.push(scaled(each(&|id| around[id.index()])));
    columns.push(scaled(each(&|id| richness(id, &heading))));
    columns.push(scaled(each(&|id| {
        let vector = context.weighting.vector(id);
        vector.iter().map(|(t, _)| context.weighting.idf[t.index()]).sum::<f64>()
            / (vector.len() as f64 + 1.0)
    })));
    columns.push(each(&|id| (context.analysis.terms_of(id).len() as f64 / words(id).max(1.0)).min(1.0)));
    columns.push(each(&|id| (words(id).max(1.0).ln() / 40f64.ln()).min(1.0)));
    columns.push(each(&|id| ((10.0 - words(id)) / 9.0).clamp(0.0, 1.0)));
    columns.push(each(&|id| ((words(id) - 35.0) / 45.0).clamp(0.0, 1.0)));
    for kind in
        [CueKind::Position, CueKind::Conclusion, CueKind::Decision, CueKind::Procedure, CueKind::Leaning]
    {
        columns.push(each(&|id| cue_strength(context, id, kind)));
    }
    columns.push(each(&|id| f64::from(text(context, id).trim_end().ends_with(['?', '？', '؟']))));
    let wordings: Vec<Wording> = context.candidates.iter().map(|&id| Wording::of(context, id)).collect();
    columns.push(wordings.iter().map(|w| w.first_person()).collect());
    columns.push(wordings.iter().map(|w| w.second_person()).collect());
    columns.push(each(&|id| f64::from(text(context, id).bytes().any(|b| b.is_ascii_digit()))));
    columns.push(each(&|id| capitals(text(context, id))));
    columns.extend(place_columns(context, &words));
    columns.push(repeated(context));
    columns.push(wordings.iter().map(|w| w.nominal()).collect());
    columns.push(wordings.iter().map(|w| w.involved()).collect());
    debug_assert_eq!(columns.len(), N);
    (0..n).map(|i| std::array::from_fn(|f| columns[f][i])).collect()
}

/// Columns that tell where a sentence stands: in its turn, in the session, with its speaker.
fn place_columns(context: &Context<'_>, words: &dyn Fn(SentenceId) -> f64) -> Vec<Vec<f64>> {
    let analysis = context.analysis;
    let mut turn_words = vec![0.0; context.session.turns.len()];
    let mut speaker_words = vec![0.0; context.people.speakers.len()];
    let mut before = vec![0.0; analysis.sentences.len() + 1];
    for id in analysis.ids() {
        turn_words[analysis.sentence(id).turn as usize] += words(id);
        speaker_words[context.speaker(id).0 as usize] += words(id);
        before[id.index() + 1] = before[id.index()] + words(id);
    }
    let total: f64 = before[analysis.sentences.len()].max(1.0);
    let talkative = speaker_words.iter().copied().fold(1.0, f64::max);
    let leader = analysis.ids().next().map(|id| context.speaker(id));
    let each =
        |f: &dyn Fn(SentenceId) -> f64| -> Vec<f64> { context.candidates.iter().map(|&id| f(id)).collect() };
    let at = |id: SentenceId| before[id.index()] / total;
    vec![
        each(&|id| (turn_words[analysis.sentence(id).turn as usize].max(1.0).ln() / 400f64.ln()).min(1.0)),
        each(&|id| f64::from(analysis.sentence(id).number == 0)),
        each(&|id| {
            let next = analysis.sentences.get(id.index() + 1);
            f64::from(next.is_none_or(|next| next.turn != analysis.sentence(id).turn))
        }),
        each(&|id| (-before[id.index()] / 150.0).exp()),
        each(&|id| 1.0 - at(id)),
        each(&|id| (-(total - before[id.index() + 1]) / 300.0).exp()),
        each(&|id| speaker_words[context.speaker(id).0 as usize] / talkative),
        each(&|id| f64::from(Some(context.speaker(id)) == leader)),
    ]
}

/// How much of what a sentence says is said again by others of the candidates: the mean of its
/// three highest similarities.
pub(super) fn repeated(context: &Context<'_>) -> Vec<f64> {
    let mut postings: Vec<Vec<(usize, f64)>> = vec![Vec::new(); context.weighting.idf.len()];
    let norms: Vec<f64> = context.candidates.iter().map(|&id| context.weighting.vector(id).norm()).collect();
    for (i, &id) in context.candidates.iter().enumerate() {
        for (term, weight) in context.weighting.vector(id).iter() {
            postings[term.index()].push((i, weight));
        }
    }
    let mut dots = vec![0.0; context.candidates.len()];
    let mut column = Vec::with_capacity(context.candidates.len());
    for (i, &id) in context.candidates.iter().enumerate() {
        let mut touched = Vec::new();
        // A term of very many sentences tells little and costs much.
        for (term, weight) in
            context.weighting.vector(id).iter().filter(|(t, _)| postings[t.index()].len() <= 200)
        {
            for &(j, other) in &postings[term.index()] {
                if dots[j] == 0.0 {
                    touched.push(j);
                }
                dots[j] += weight * other;
            }
        }
        let mut best = [0.0f64; 3];
        for j in touched {
            let norm = norms[i] * norms[j];
            if j != i && norm > 0.0 {
                let cosine = dots[j] / norm;
                if let Some(slot) = (0..3).find(|&s| cosine > best[s]) {
                    best[slot..].rotate_right(1);
                    best[slot] = cosine;
                }
            }
            dots[j] = 0.0;
        }
        column.push(best.iter().sum::<f64>() / 3.0);
    }
    column
}

/// Adds up `values` of all sentences around each, falling off exponentially with the words between.
pub(super) fn smoothed(context: &Context<'_>, values: &[f64], distance: f64) -> Vec<f64> {
    let words: Vec<f64> = context.analysis.sentences.iter().map(|s| f64::from(s.length)).collect();
    let mut sums = carried_on(context, values, distance);
    let fall = |between: f64| (-between / distance).exp();
    let mut carried = 0.0;
    for i in (0..values.len().saturating_sub(1)).rev() {
        carried = (carried + values[i + 1]) * fall((words[i + 1] + words[i]) / 2.0);
        sums[i] += carried;
    }
    sums
}

/// Adds up `values` of each sentence and all before it, falling off in the same way.
pub(super) fn carried_on(context: &Context<'_>, values: &[f64], distance: f64) -> Vec<f64> {
    let words: Vec<f64> = context.analysis.sentences.iter().map(|s| f64::from(s.length)).collect();
    let mut sums = values.to_vec();
    for i in 1..values.len() {
        sums[i] += sums[i - 1] * (-(words[i - 1] + words[i]) / 2.0 / distance).exp();
    }
    sums
}

/// Divides by the largest value, so that values lie between 0 and 1.
pub(super) fn scaled(mut values: Vec<f64>) -> Vec<f64> {
    let largest = values.iter().copied().fold(0.0, f64::max);
    if largest > 0.0 {
        values.iter_mut().for_each(|v| *v = (*v / largest).max(0.0));
    }
    values
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

pub(super) fn cue_strength(context: &Context<'_>, id: SentenceId, kind: CueKind) -> f64 {
    let cues = context.analysis.cues_of(id).iter().filter(|c| c.kind == kind);
    1.0 - cues.map(|c| 1.0 - 0.7 * c.strength).product::<f64>()
}

pub(super) fn text<'a>(context: &Context<'a>, id: SentenceId) -> &'a str {
    let sentence = context.analysis.sentence(id);
    sentence.span.of(context.session.turn_text(sentence.turn as usize))
}

/// Share of words after the first that begin with a capital.
pub(super) fn capitals(text: &str) -> f64 {
    let words: Vec<&str> = text.split_whitespace().skip(1).collect();
    let capital =
        words.iter().filter(|w| w.len() > 1 && w.chars().next().is_some_and(char::is_uppercase)).count();
    (3.0 * capital as f64 / words.len().max(1) as f64).min(1.0)
}
