//! Several methods heard together: for overviews that are long enough to show more than one side.

use std::collections::BTreeMap;

use crate::model::{Policy, Role, SentenceId};

use super::{Context, Method, Scores, distinctive, overview};

pub(super) const METHOD: Method = Method {
    name: "ensemble",
    about: "overview and distinctive together, each side heard: for overviews of more than 200 words",
    source: "CombSUM (Fox & Shaw 1994) over standard scores, with the weights of docs/quality.md",
    most_sentences: None,
    rank,
    policy: || Policy { redundancy: 0.6, crowding: 0.0, floor: -1.0, ..Policy::default() },
};

/// The methods and how much each counts: at 2 to 1, of the panel 48.5 / 13.6 / 45.6 in ROUGE-1, 2 and Lsum,
/// where `overview`, `position` and `centroid` at 1 : 1 : 2 had 46.6 / 10.9 / 42.6 (docs/quality.md, Later).
const MEMBERS: [(Method, f64); 2] = [(overview::METHOD, 2.0 / 3.0), (distinctive::METHOD, 1.0 / 3.0)];

/// Share of the floor from which a side is heard in any case: with it all panellists are heard, which costs
/// nothing in ROUGE-1 and .2 in ROUGE-2.
const HEARD: f64 = 0.05;

/// The weighted sum of the members' standard scores. Of each side, the clearest position is raised to the
/// highest score.
fn rank(context: &Context<'_>) -> Scores {
    let mut scores = Scores::empty(context.candidates.len());
    let mut positions = Vec::new();
    for (member, weight) in MEMBERS {
        let own = (member.rank)(context);
        if member.name == distinctive::METHOD.name {
            positions = own.totals();
        }
        scores.add_standardized(own, weight);
    }
    scores.raise_best("each-side", &positions, sides(context));
    scores
}

/// The candidates of each side that has its share of the floor. Those who lead the session are no side.
fn sides(context: &Context<'_>) -> Vec<Vec<usize>> {
    let side = |id: SentenceId| {
        let speaker = context.people.speakers.get(context.speaker(id).0 as usize)?;
        (speaker.role == Role::Speaker).then(|| speaker.stands_for())
    };
    let mut words: BTreeMap<&str, u32> = BTreeMap::new();
    for id in context.analysis.ids() {
        if let Some(side) = side(id) {
            *words.entry(side).or_default() += context.analysis.sentence(id).words;
        }
    }
    let all: u32 = words.values().sum();
    let heard = words.into_iter().filter(|(_, words)| f64::from(*words) >= HEARD * f64::from(all));
    let of = |heard: &str| {
        (0..context.candidates.len()).filter(|&i| side(context.candidates[i]) == Some(heard)).collect()
    };
    heard.map(|(heard, _)| of(heard)).collect()
}
