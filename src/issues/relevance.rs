//! Which issues each sentence bears on: any number, each with a probability.
//!
//! An additive logistic model of what a sentence and the sentences around it share with the words of an
//! issue. Only issues whose words occur in the sentence or near it in its turn are looked at, so that the
//! work grows with the sentences and the issues that they name. `docs/stance.md` has the formula.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::{Analysis, Assignment, Issue, IssueId, Language, SentenceId, Span};
use crate::stats::{WeightList, logistic, weighted_sum};
use crate::text::stems;

use super::stems::{StemId, StemmedWord, Stems};

/// The weights as they are trained (`examples/train_stance`).
const WEIGHTS: &str = include_str!("data/relevance.tsv");
/// Sentences after which speech that named an issue no longer bears on it.
const REACH: usize = 8;
/// Share of its weight that a word has where it is only part of a term of several words.
const PART_OF_TERM: f64 = 0.7;
/// Rarity-weighted coverage counts up to this sum, in units of [`COVERAGE_UNIT`].
const MOST_COVERAGE: f64 = 15.0;
/// Sentences of other talk that are counted besides the session's, so that the words of an issue are not
/// common in a short session that is all about it.
const ELSEWHERE: f64 = 200.0;
/// Scales coverage to about the size of the other features.
const COVERAGE_UNIT: f64 = 5.0;
/// Other issues that are named count up to this number.
const MOST_RIVALS: usize = 3;

/// The features of a sentence and an issue, in the order of their weights.
pub const FEATURES: [&str; 12] = [
    "named",      // a term of the issue stands in the sentence
    "part",       // the greatest share of a term of several words
    "coverage",   // rarity-weighted words of the issue
    "before",     // the issue was named shortly before in the turn
    "after",      // it is named shortly after
    "main",       // it is the main issue of the sentence
    "other_main", // another is
    "rivals",     // other issues are named
    "addresses",  // the sentence addresses somebody
    "negates",    // it holds a negation
    "procedural", // it holds words of procedure
    "states",     // it states a stance of whatever
];

/// What a sentence does, whatever it is about.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Manner {
    /// It addresses somebody: “you”.
    pub addresses: bool,
    /// It holds a negation.
    pub negates: bool,
    /// Phrases of procedure in it, up to 2.
    pub procedural: f64,
    /// It states a stance with its own cue.
    pub states: bool,
}

/// An issue that a sentence may bear on.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// The issue.
    pub issue: IssueId,
    /// One value for each of [`FEATURES`].
    pub features: [f64; FEATURES.len()],
    /// The words of the issue in the sentence.
    words: Vec<StemId>,
}

/// The probability that a sentence with these features bears on the issue, by the trained weights.
pub fn relevance(features: &[f64; FEATURES.len()]) -> f64 {
    static TRAINED: LazyLock<RelevanceWeights> = LazyLock::new(|| RelevanceWeights::parse(WEIGHTS));
    TRAINED.probability(features)
}

/// The weights of [`FEATURES`].
#[derive(Debug, Clone, PartialEq)]
pub struct RelevanceWeights {
    /// What an issue has without any feature.
    pub bias: f64,
    /// One for each feature.
    pub features: [f64; FEATURES.len()],
}

impl RelevanceWeights {
    /// Reads lines of `name<TAB>weight`; `#` begins a comment, a name without a line weighs 0.
    fn parse(list: &str) -> Self {
        let list = WeightList::parse(list);
        RelevanceWeights { bias: list.value("bias"), features: FEATURES.map(|name| list.value(name)) }
    }

    /// The probability that a sentence with these features bears on the issue.
    pub fn probability(&self, features: &[f64; FEATURES.len()]) -> f64 {
        logistic(self.bias + weighted_sum(&self.features, features))
    }
}

/// The words of the issues, indexed by stem.
struct Index {
    /// Terms as stems; `None` for a stem that the session does not use.
    terms: Vec<(IssueId, Vec<Option<StemId>>)>,
    /// The terms that hold a stem, each once.
    holding: FxHashMap<StemId, Vec<usize>>,
    /// The issues that a stem belongs to, with its weight.
    owned: FxHashMap<StemId, Vec<(IssueId, f64)>>,
}

impl Index {
    fn new(issues: &[Issue], analysis: &Analysis, session: &Stems, in_sentences: &[u32]) -> Self {
        let language = analysis.language.unwrap_or(Language::UNKNOWN);
        let n_sentences = analysis.sentences.len();
        let mut index =
            Index { terms: Vec::new(), holding: FxHashMap::default(), owned: FxHashMap::default() };
        let mut owners: FxHashMap<StemId, u32> = FxHashMap::default();
        let mut vocabularies = Vec::with_capacity(issues.len());
        for (number, issue) in issues.iter().enumerate() {
            let id = IssueId(number as u32);
            let mut vocabulary: Vec<(StemId, f64)> = Vec::new();
            let mut add = |stem: Option<StemId>, weight: f64| {
                let Some(stem) = stem else { return };
                match vocabulary.iter_mut().find(|(known, _)| *known == stem) {
                    Some((_, known)) => *known = known.max(weight),
                    None => vocabulary.push((stem, weight)),
                }
            };
            let numbers = |text: &str| -> Vec<Option<StemId>> {
                stems(text, language).iter().map(|stem| session.get(analysis, stem)).collect()
            };
            numbers(&issue.label).into_iter().for_each(|stem| add(stem, 1.0));
            let label = if issue.terms.is_empty() { Some(&issue.label) } else { None };
            for term in issue.terms.iter().chain(label) {
                let term = numbers(term);
                let weight = if term.len() == 1 { 1.0 } else { PART_OF_TERM };
                term.iter().for_each(|&stem| add(stem, weight));
                if term.iter().any(Option::is_some) {
                    index.terms.push((id, term));
                }
            }
            vocabulary.iter().for_each(|(stem, _)| *owners.entry(*stem).or_default() += 1);
            vocabularies.push((id, vocabulary));
        }
        for (number, (_, term)) in index.terms.iter().enumerate() {
            for &stem in term.iter().flatten() {
                let holding = index.holding.entry(stem).or_default();
                if holding.last() != Some(&number) {
                    holding.push(number);
                }
            }
        }
        for (id, vocabulary) in vocabularies {
            for (stem, weight) in vocabulary {
                let frequency = f64::from(in_sentences.get(stem.index()).copied().unwrap_or(0));
                let rarity = ((n_sentences as f64 + 1.0 + ELSEWHERE) / (frequency + 0.5)).ln();
                let owned = weight * rarity / f64::from(owners[&stem]);
                index.owned.entry(stem).or_default().push((id, owned));
            }
        }
        index
    }
}

/// What a sentence shares with one issue.
#[derive(Debug, Clone, Default)]
struct IssueOverlap {
    named: bool,
    part: f64,
    coverage: f64,
    words: Vec<StemId>,
}

/// The issues that each sentence may bear on, by sentence and issue; `main` are the main issues and
/// `manners` what each sentence does. Deterministic.
pub fn related(
    issues: &[Issue],
    analysis: &Analysis,
    main: &[Option<Assignment>],
    manners: &[Manner],
    stems: &Stems,
) -> Relations {
    let mut in_sentences = vec![0u32; stems.len()];
    let mut seen: Vec<StemId> = Vec::new();
    for id in analysis.ids() {
        seen.clear();
        seen.extend(stems.of(id));
        seen.sort_unstable();
        seen.dedup();
        seen.iter().for_each(|stem| in_sentences[stem.index()] += 1);
    }
    let index = Index::new(issues, analysis, stems, &in_sentences);
    let shared: Vec<Vec<(IssueId, IssueOverlap)>> =
        analysis.ids().map(|id| share(&index, stems.of(id))).collect();
    let mut of_sentence = vec![Vec::new(); analysis.sentences.len()];
    for turn in 0..analysis.first_of_turn.len() {
        let ids: Vec<SentenceId> = analysis.sentences_of(turn).collect();
        relate_turn(&ids, &shared, main, manners, &mut of_sentence);
    }
    Relations { of_sentence }
}

/// The issues that the sentences of a session may bear on.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    /// By sentence, then by issue.
    pub of_sentence: Vec<Vec<Related>>,
}

impl Related {
    /// The places of the issue's words among the words of the sentence.
    pub fn places(&self, words: &[StemmedWord]) -> Vec<Span> {
        let is_of_issue = |word: &&StemmedWord| word.stem.is_some_and(|stem| self.words.contains(&stem));
        words.iter().filter(is_of_issue).map(|word| word.span).collect()
    }
}

/// What a sentence shares with the issues that it has words of, by issue.
fn share(index: &Index, sentence: &[StemId]) -> Vec<(IssueId, IssueOverlap)> {
    let mut found: Vec<(IssueId, IssueOverlap)> = Vec::new();
    let mut distinct: Vec<StemId> = sentence.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let mut touched: Vec<usize> = Vec::new();
    for stem in &distinct {
        touched.extend(index.holding.get(stem).into_iter().flatten());
        for &(issue, weight) in index.owned.get(stem).into_iter().flatten() {
            let shared = entry(&mut found, issue);
            shared.coverage += weight;
            shared.words.push(*stem);
        }
    }
    touched.sort_unstable();
    touched.dedup();
    for number in touched {
        let (issue, term) = &index.terms[number];
        let shared = entry(&mut found, *issue);
        let fits = |window: &[StemId]| window.iter().zip(term).all(|(stem, place)| *place == Some(*stem));
        if sentence.windows(term.len()).any(fits) {
            shared.named = true;
        } else if term.len() > 1 {
            let had = term.iter().flatten().filter(|stem| distinct.binary_search(stem).is_ok()).count();
            shared.part = shared.part.max(had as f64 / term.len() as f64);
        }
    }
    found.sort_by_key(|(issue, _)| *issue);
    found
}

fn entry(found: &mut Vec<(IssueId, IssueOverlap)>, issue: IssueId) -> &mut IssueOverlap {
    let at = found.iter().position(|(known, _)| *known == issue).unwrap_or_else(|| {
        found.push((issue, IssueOverlap::default()));
        found.len() - 1
    });
    &mut found[at].1
}

/// Relates the sentences of one turn to the issues that are named in them or around them.
fn relate_turn(
    ids: &[SentenceId],
    shared: &[Vec<(IssueId, IssueOverlap)>],
    main: &[Option<Assignment>],
    manners: &[Manner],
    of_sentence: &mut [Vec<Related>],
) {
    for (at, id) in ids.iter().enumerate() {
        let own = &shared[id.index()];
        let assigned = main.get(id.index()).copied().flatten().map(|assignment| assignment.issue);
        let manner = manners.get(id.index()).copied().unwrap_or_default();
        // The nearest naming of each issue before and after, in sentences.
        let mut near: Vec<(IssueId, usize, usize)> = own.iter().map(|(issue, _)| (*issue, 0, 0)).collect();
        let unnamed = assigned.filter(|issue| near.iter().all(|(known, _, _)| known != issue));
        near.extend(unnamed.map(|issue| (issue, 0, 0)));
        for distance in 1..=REACH {
            let before = at.checked_sub(distance).and_then(|at| ids.get(at));
            note(&mut near, shared, before, |known| &mut known.1, distance);
            note(&mut near, shared, ids.get(at + distance), |known| &mut known.2, distance);
        }
        near.sort_unstable();
        let n_named = own.iter().filter(|(_, shared)| shared.named).count();
        let rows = near.into_iter().map(|(issue, before, after)| {
            let shared = own.iter().find(|(known, _)| *known == issue).map(|(_, shared)| shared);
            let named = shared.is_some_and(|shared| shared.named);
            // A sentence that names the issue itself needs no neighbour.
            let decay = |distance: usize| match distance {
                0 => 0.0,
                _ if named => 0.0,
                _ => (-(distance as f64 - 1.0) / 2.0).exp(),
            };
            let rivals = (n_named - usize::from(named)).min(MOST_RIVALS);
            let flag = |yes: bool| f64::from(u8::from(yes));
            let coverage = shared.map_or(0.0, |shared| shared.coverage.min(MOST_COVERAGE) / COVERAGE_UNIT);
            let features = [
                flag(named),
                shared.map_or(0.0, |shared| shared.part),
                coverage,
                decay(before),
                decay(after),
                flag(assigned == Some(issue)),
                flag(assigned.is_some_and(|other| other != issue)),
                rivals as f64,
                flag(manner.addresses),
                flag(manner.negates),
                manner.procedural,
                flag(manner.states),
            ];
            Related { issue, features, words: shared.map_or_else(Vec::new, |shared| shared.words.clone()) }
        });
        of_sentence[id.index()] = rows.collect();
    }
}

/// Notes the issues that a neighbour names, at their nearest distance.
fn note(
    near: &mut Vec<(IssueId, usize, usize)>,
    shared: &[Vec<(IssueId, IssueOverlap)>],
    neighbour: Option<&SentenceId>,
    side: impl Fn(&mut (IssueId, usize, usize)) -> &mut usize,
    distance: usize,
) {
    let named = neighbour.into_iter().flat_map(|id| &shared[id.index()]).filter(|(_, shared)| shared.named);
    for (issue, _) in named {
        let at = near.iter().position(|(known, _, _)| known == issue).unwrap_or_else(|| {
            near.push((*issue, 0, 0));
            near.len() - 1
        });
        let known = side(&mut near[at]);
        if *known == 0 {
            *known = distance;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_name_every_feature_once() {
        let list = WeightList::parse(WEIGHTS);
        assert_eq!(list.faults(), []);
        let mut found: Vec<&str> = list.names().collect();
        let mut expected: Vec<&str> = FEATURES.into_iter().chain(["bias"]).collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected);
    }
}
