//! What is central to somebody, distinctive against the others and stated by a cue, less courtesy,
//! questions and sentences that hang in the air: how each side is heard in longer overviews.

use crate::model::{CueKind, Kind, Policy, SentenceId};

use super::features::{SINGLE_CUE, is_question};
use super::terms::{counts, distinct_terms, distinctive_weights};
use super::{Context, Feature, Method, Score, Scores};

pub(super) const METHOD: Method = Method {
    name: "distinctive",
    about: "what is central to this voice, distinctive against the others and stated by a cue",
    source: "this project; keyness after Dunning 1993, cue phrases after Edmundson 1969",
    most_sentences: None,
    rank,
    policy: || Policy { crowding: 0.4, floor: -0.2, ..Policy::default() },
};

// All are set by hand. With them F1 of the points that speakers make is .559, with trained weights .663
// (docs/quality.md, Positions); that is why `position` is the default.

/// Terms that every sentence counts as having besides its own: without them a sentence of two rare terms is
/// the richest.
const PIVOT: f64 = 9.0;
/// What the strongest position cues add, where the richest sentence's terms add 1: a plain statement of a
/// position beats a sentence of average terms, and not the richest.
const POSITION: f64 = 0.4;
/// What the strongest cues of conclusions add: less than a position, since they also open summaries of others.
const CONCLUSION: f64 = 0.25;
/// What the strongest cues of procedure take: about as much as a position adds, so that “I support the motion
/// to adjourn” is even.
const PROCEDURE: f64 = -0.35;
/// What leaning on the sentence before takes where that can be shown with it: a tie is decided for the
/// sentence that stands alone.
const LEANING: f64 = -0.12;
/// The same where it cannot be shown: only a strong position is quoted so.
const LEANING_ALONE: f64 = -0.5;
/// What a question loses: its terms are often rich, and it seldom states where its speaker stands.
const QUESTION: f64 = -0.3;
/// What a sentence loses that tells a story: it states nothing by any cue.
/// This and the next moved `position` of then from 25.6 / 3.2 to 25.8 / 3.3 on general.
const NARRATION: f64 = -0.15;
/// What the last words of a session gain over its first: later positions supersede earlier ones. Small, for
/// near ties only.
const LATER: f64 = 0.06;
/// What a sentence loses that is far from the length that reads well ([`SHORTEST`], [`LONGEST`]): half of what
/// the richest terms add.
const LENGTH: f64 = -0.5;
/// Words of the shortest sentence that loses nothing: shorter ones seldom say something whole.
const SHORTEST: f64 = 12.0;
/// Words of the longest that loses nothing.
const LONGEST: f64 = 28.0;
/// Words beyond [`LONGEST`] at which a sentence loses all: about half a minute of speech.
const MUCH_LONGER: f64 = 50.0;

fn rank(context: &Context<'_>) -> Scores {
    let weights = distinctive_weights(context, &counts(context));
    let richness = |&id: &SentenceId| {
        let terms = distinct_terms(context, id);
        terms.iter().map(|t| weights[t]).sum::<f64>() / (terms.len() as f64 + PIVOT)
    };
    let richest = context.candidates.iter().map(richness).fold(0.0, f64::max);
    context
        .candidates
        .iter()
        .map(|&id| {
            let mut score = Score::default();
            let terms = distinct_terms(context, id);
            let scale = richest * (terms.len() as f64 + PIVOT);
            for &term in terms.iter().filter(|_| scale > 0.0) {
                score.add(Feature::Term(term), weights[&term] / scale);
            }
            add_cues(context, id, &mut score);
            add_form(context, id, &mut score);
            score
        })
        .collect()
}

/// Each kind of cue adds up to its share: the first fully, further ones by what is left.
fn add_cues(context: &Context<'_>, id: SentenceId, score: &mut Score) {
    let speech = |before: SentenceId| context.analysis.sentence(before).kind == Kind::Speech;
    let has_context = context.analysis.before(id).is_some_and(speech);
    for (kind, share) in [
        (CueKind::Position, POSITION),
        (CueKind::Conclusion, CONCLUSION),
        (CueKind::Procedure, PROCEDURE),
        (CueKind::Leaning, if has_context { LEANING } else { LEANING_ALONE }),
    ] {
        let mut left = 1.0;
        for cue in context.analysis.cues_of(id).iter().filter(|c| c.kind == kind) {
            let part = left * cue.strength * SINGLE_CUE;
            score.add(Feature::Cue(kind.name(), cue.phrase), share * part);
            left -= part;
        }
    }
}

fn add_form(context: &Context<'_>, id: SentenceId, score: &mut Score) {
    let sentence = context.analysis.sentence(id);
    if is_question(context.text(id)) {
        score.add(Feature::Property("question"), QUESTION);
    }
    if !context.analysis.cues_of(id).iter().any(|c| c.kind == CueKind::Position) {
        score.add(Feature::Property("narration"), NARRATION);
    }
    let later = f64::from(id.0) / context.analysis.sentences.len() as f64;
    score.add(Feature::Property("later"), LATER * later);
    score.add(Feature::Property("length"), LENGTH * off_length(f64::from(sentence.length)));
}

/// 0 for 12 to 28 words, rising to 1 for a single word and for 78 words and more.
fn off_length(words: f64) -> f64 {
    if words < SHORTEST {
        (SHORTEST - words) / (SHORTEST - 1.0)
    } else {
        ((words - LONGEST) / MUCH_LONGER).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::off_length;

    #[test]
    fn sentences_of_a_readable_length_lose_nothing() {
        assert_eq!(off_length(12.0), 0.0);
        assert_eq!(off_length(28.0), 0.0);
        assert_eq!(off_length(1.0), 1.0);
        assert_eq!(off_length(53.0), 0.5);
        assert_eq!(off_length(500.0), 1.0);
    }
}
