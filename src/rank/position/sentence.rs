//! What the position model sees of a sentence: its wording, its place, its subject.

use rustc_hash::FxHashMap;

use crate::model::{Language, PositionKind, SentenceId, SparseVec, TermId};
use crate::rank::terms::{counts, distinctive_weights, distinctiveness};
use crate::rank::{Context, features};
use crate::stats::scaled;
use crate::text::Hits;

use super::wording::{Class, lists};

/// Terms that every sentence counts as if it had more, so that short ones are not richer. Set by
/// hand before the weights of positions were trained, which depend on it.
const PIVOT: f64 = 6.0;
/// How often a voice uses a term that is its own. Set by hand, as [`PIVOT`].
const OWN: f64 = 3.0;
/// The classes that state something.
const STATING: [Class; 7] = [
    Class::Necessity,
    Class::Refusal,
    Class::Ask,
    Class::Support,
    Class::Opinion,
    Class::Worry,
    Class::Praise,
];

/// A sentence as the model sees it.
#[derive(Debug)]
pub struct Seen<'a> {
    pub(super) text: &'a str,
    /// Words of a dictionary.
    pub(super) length: f64,
    pub(super) place: Place,
    pub(super) subject: Subject,
    hits: Hits,
    names: f64,
    /// The kind of position it takes, if any.
    pub(super) kind: Option<PositionKind>,
    /// Whether it only reports what others say.
    pub(super) reports_others: bool,
    /// Whether it asks for information, or says who speaks or what comes next.
    pub(super) announces: bool,
}

/// Where a sentence stands in its turn and in what its speaker says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) number: u32,
    pub(super) is_last: bool,
    pub(super) in_turn: f64,
    pub(super) turn_words: f64,
    /// Words of the candidates before and after it.
    pub(super) before: f64,
    pub(super) after: f64,
    /// Whether somebody else's turn before ends with a question.
    pub(super) after_question: bool,
    pub(super) after_own_question: bool,
}

/// What a sentence is about, against what its speaker and all speak about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Subject {
    pub(super) n_terms: f64,
    pub(super) n_distinct: f64,
    /// Terms that the speaker uses again and again.
    pub(super) n_own: f64,
    /// Terms that weigh most in the session.
    pub(super) n_main: f64,
    pub(super) repeated: f64,
    pub(super) centre: f64,
    pub(super) richness: f64,
    pub(super) centre_of_session: f64,
    pub(super) keyness: f64,
    pub(super) rarity: f64,
    pub(super) like_next: f64,
    pub(super) like_before: f64,
}

impl Seen<'_> {
    /// 1 where a class occurs, else 0.
    pub(super) fn has(&self, class: Class) -> f64 {
        f64::from(self.hits.count(class as usize) > 0)
    }

    /// Occurrences of a class for each word; of very short sentences as if they had five.
    pub(super) fn share(&self, class: Class) -> f64 {
        f64::from(self.hits.count(class as usize)) / self.length.max(5.0)
    }

    /// 1 where the sentence opens with a class, else 0.
    pub(super) fn opens(&self, class: Class) -> f64 {
        f64::from(self.hits.opens(class as usize))
    }

    pub(super) fn first_person(&self) -> f64 {
        self.has(Class::FirstSingular).max(self.has(Class::FirstPlural))
    }

    /// How many of the classes occur that state something.
    pub(super) fn stance_classes(&self) -> f64 {
        STATING.iter().map(|&class| self.has(class)).sum()
    }

    pub(super) fn past_only(&self) -> f64 {
        self.has(Class::Past) * (1.0 - self.has(Class::Present)) * (1.0 - self.has(Class::Necessity))
    }

    /// How much is lacking of five different terms, from 0 to 1.
    pub(super) fn few_terms(&self) -> f64 {
        ((5.0 - self.subject.n_distinct) / 5.0).max(0.0)
    }

    /// Share of words after the first that begin with a capital, where that tells a name.
    pub(super) fn names(&self) -> f64 {
        self.names
    }

    /// 1 where it is of a kind, else 0.
    pub(super) fn is(&self, kind: PositionKind) -> f64 {
        f64::from(self.kind == Some(kind))
    }

    /// Whether it says in the first person that it wants, supports or refuses something, which needs no
    /// more words.
    pub(super) fn takes_sides(&self) -> bool {
        use PositionKind::{Demand, Objection, Support};
        let is_clear = matches!(self.kind, Some(Demand | Objection | Support));
        is_clear
            && (self.first_person() > 0.0
                || self.has(Class::Negation) > 0.0
                || self.has(Class::Absolute) > 0.0)
    }

    pub(super) fn asks(&self) -> bool {
        features::is_question(self.text)
    }

    pub(super) fn is_ended(&self) -> bool {
        self.bare_end().ends_with(['.', '!', '?', '…', '。', '！', '？', '؟'])
    }

    pub(super) fn is_cut_off(&self) -> bool {
        ["…", "...", "—", "–", "-"].iter().any(|mark| self.bare_end().ends_with(mark))
    }

    /// Whether a point of order is raised, which is about the conduct of the session.
    pub(super) fn is_point_of_order(&self) -> bool {
        self.has(Class::Order) > 0.0
    }

    fn bare_end(&self) -> &str {
        self.text.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', ')', '」'])
    }
}

/// The candidates as the model sees them, in their order.
pub(super) fn see<'a>(context: &Context<'a>) -> Vec<Seen<'a>> {
    let places = places(context);
    let subjects = subjects(context);
    let rows = context.candidates.iter().zip(places).zip(subjects);
    let mut known: Option<(Language, bool)> = None;
    let mut has_capital_nouns = |language: Language| match known {
        Some((of, has)) if of == language => has,
        _ => known.insert((language, lists(language).has_capital_nouns)).1,
    };
    rows.map(|((&id, place), subject)| {
        let text = context.text(id);
        let language = context.session.language_of(context.analysis.sentence(id).turn as usize);
        Seen {
            text,
            length: length(context, id),
            place,
            subject,
            hits: context.whole.classes(id),
            kind: context.whole.kind(id, text),
            reports_others: context.whole.reports_others(id),
            announces: context.whole.announces(id, text),
            names: if has_capital_nouns(language) { 0.0 } else { features::capitals(context, id) },
        }
    })
    .collect()
}

fn length(context: &Context<'_>, id: SentenceId) -> f64 {
    f64::from(context.analysis.sentence(id).length)
}

fn places(context: &Context<'_>) -> Vec<Place> {
    let analysis = context.analysis;
    let all: f64 = context.candidates.iter().map(|&id| length(context, id)).sum();
    let mut before = 0.0;
    let mut turn = (u32::MAX, 0.0, 0);
    let asks = |id: SentenceId| features::is_question(context.text(id));
    let place = |&id: &SentenceId| {
        let sentence = analysis.sentence(id);
        let number = sentence.turn as usize;
        if turn.0 != sentence.turn {
            let of_turn = analysis.sentences_of(number);
            let (words, n) = of_turn.fold((0.0, 0u32), |(words, n), id| (words + length(context, id), n + 1));
            turn = (sentence.turn, words, n);
        }
        let own = length(context, id);
        let place = Place {
            number: sentence.number,
            is_last: sentence.number + 1 == turn.2,
            in_turn: f64::from(sentence.number) / f64::from(turn.2.saturating_sub(1).max(1)),
            turn_words: turn.1,
            before,
            after: (all - before - own).max(0.0),
            after_question: last_before(context, number)
                .is_some_and(|last| context.speaker(last) != context.speaker(id) && asks(last)),
            after_own_question: analysis.before(id).is_some_and(asks),
        };
        before += own;
        place
    };
    context.candidates.iter().map(place).collect()
}

/// The last sentence of the turn before.
fn last_before(context: &Context<'_>, turn: usize) -> Option<SentenceId> {
    context.analysis.sentences_of(turn.checked_sub(1)?).last()
}

/// What a term is to the speaker and to the session.
#[derive(Debug, Clone, Copy, Default)]
struct TermFacts {
    is_own: f64,
    is_main: f64,
    weight: f64,
    distinctiveness: f64,
    idf: f64,
    /// Its weight in the centre of what the speaker says.
    centre: f64,
}

fn facts_of_terms(context: &Context<'_>) -> FxHashMap<TermId, TermFacts> {
    let counts = counts(context);
    let weights = distinctive_weights(context, &counts);
    let own = centre(context.candidates.iter().map(|&id| context.weighting.vector(id)));
    let main_terms = &context.whole.main_terms;
    let facts = |(&term, &count): (&TermId, &f64)| TermFacts {
        is_own: f64::from(count >= OWN),
        is_main: f64::from(main_terms.binary_search(&term).is_ok()),
        weight: weights[&term],
        distinctiveness: distinctiveness(context, term),
        idf: context.weighting.idf[term.index()],
        centre: own.get(term),
    };
    counts.iter().map(|pair| (*pair.0, facts(pair))).collect()
}

fn subjects(context: &Context<'_>) -> Vec<Subject> {
    let vector = |id: SentenceId| context.weighting.vector(id);
    let facts = facts_of_terms(context);
    let whole = |term: TermId| context.whole.centre.get(term.index()).copied().unwrap_or(0.0);
    let repeated = features::repeated(context);
    let n_sentences = context.analysis.sentences.len() as f64 + 1.0;
    let norm = |id: SentenceId| context.whole.norms.get(id.index()).copied().unwrap_or(0.0);
    let cosine = |a: SentenceId, b: SentenceId| vector(a).cosine_with(vector(b), norm(a) * norm(b));
    let neighbour = |id: SentenceId, other: Option<SentenceId>| other.map_or(0.0, |other| cosine(id, other));
    // The likeness of a candidate to the next one is also that of the next one to it.
    let mut last: Option<(SentenceId, f64)> = None;
    let mut terms: Vec<TermId> = Vec::new();
    let mut subjects: Vec<Subject> = (context.candidates.iter().zip(repeated))
        .map(|(&id, repeated)| {
            terms.clear();
            terms.extend(context.analysis.terms_of(id));
            let n_terms = terms.len() as f64;
            terms.sort_unstable();
            terms.dedup();
            let n = terms.len() as f64;
            let (mut n_own, mut n_main, mut rich, mut key, mut rare) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for facts in terms.iter().filter_map(|term| facts.get(term)) {
                n_own += facts.is_own;
                n_main += facts.is_main;
                rich += facts.weight;
                key += facts.distinctiveness;
                rare += facts.idf;
            }
            let own = |term: TermId| facts.get(&term).map_or(0.0, |facts| facts.centre);
            let like_next = neighbour(id, context.analysis.after(id));
            let like_before = match (context.analysis.before(id), last) {
                (Some(before), Some((known, likeness))) if before == known => likeness,
                (before, _) => neighbour(id, before),
            };
            last = Some((id, like_next));
            Subject {
                n_terms,
                n_distinct: n,
                n_own,
                n_main,
                repeated,
                centre: cosine_with(vector(id), norm(id), own),
                richness: rich / (n + PIVOT),
                centre_of_session: cosine_with(vector(id), norm(id), whole),
                keyness: key / (n + 3.0),
                rarity: rare / (n + 2.0) / n_sentences.ln(),
                like_next,
                like_before,
            }
        })
        .collect();
    let richness = scaled(&subjects.iter().map(|s| s.richness).collect::<Vec<_>>());
    let centre = scaled(&subjects.iter().map(|s| s.centre).collect::<Vec<_>>());
    for ((subject, richness), centre) in subjects.iter_mut().zip(richness).zip(centre) {
        (subject.richness, subject.centre) = (richness, centre);
    }
    subjects
}

/// The sum of some vectors at length 1 each, at length 1.
pub(super) fn centre<'a>(vectors: impl Iterator<Item = &'a SparseVec>) -> SparseVec {
    let scaled = vectors.flat_map(|vector| {
        let norm = vector.norm();
        vector.iter().map(move |(term, weight)| (term, weight / norm))
    });
    let sum = SparseVec::new(scaled.collect());
    let norm = sum.norm();
    SparseVec::new(sum.iter().map(|(term, weight)| (term, weight / norm)).collect())
}

/// The cosine of a vector of length `norm` with one of length 1, given by term.
fn cosine_with(vector: &SparseVec, norm: f64, centre: impl Fn(TermId) -> f64) -> f64 {
    let dot: f64 = vector.iter().map(|(term, weight)| weight * centre(term)).sum();
    if dot > 0.0 { dot / norm } else { 0.0 }
}
