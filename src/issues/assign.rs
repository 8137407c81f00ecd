//! The main issue of each sentence.
//!
//! A hidden Markov model whose states are the issues and "none" (Yamron et al. 1998, "A hidden Markov
//! model approach to text segmentation and event tracking"): a state gives out words, and speech
//! stays with a state for a while. What is said beside an issue's words is learned in one round of
//! feedback (Lavrenko & Croft 2001, "Relevance-based language models"), with the log-likelihood of
//! Dunning 1993 as the weight of a word.

use rustc_hash::FxHashMap;

use crate::model::{Analysis, Assignment, Heading, Issue, IssueId, Kind, Language, Sentence, SentenceId};
use crate::stats::first_highest;
use crate::stats::hidden_markov::posteriors;
use crate::stats::keyness::likelihood_term;

use super::headings;
use super::pattern::{Pattern, patterns};
use super::stems::{StemId, Stems};

/// Share of the words of an issue's sentences that are the issue's own.
const OWN: f64 = 0.02;
/// Words of other talk that are counted besides the session's, so that frequencies in a short session
/// are not taken for the language's.
const ELSEWHERE: f64 = 1000.0;
/// A sentence belongs to an issue when that is at least as probable as this.
const LEAST: f64 = 0.6;
/// Words are learned from sentences that belong to the issue with at least this probability.
const LIKELY: f64 = 0.5;
/// How many words an issue learns from the sentences that are likely its own.
const LEARNED: usize = 15;
/// A word is learned when it tells at least this much: half of the G² that chance exceeds once in a
/// hundred times (6.63, one degree of freedom).
const SIGNIFICANT: f64 = 3.3;
/// How much the learned words count together beside the issue's own.
const LEARNED_SHARE: f64 = 0.5;
/// Probability that speech which leaves an issue goes on without any.
const NONE: f64 = 0.5;
/// The same where the one issue is a text, such as the motion of a debate, and all is said about it.
const NONE_BUT_THE_TEXT: f64 = 0.2;
/// How much more probable a sentence under the issue's own heading is.
const HEADED: f64 = 10.0;
/// Words after which speech has left its issue with a probability of 1 − 1/e.
const SPAN: f64 = 220.0;

/// The main issue of each sentence of a session with the probability that it belongs to it, by
/// sentence id. Procedural talk and noise have none, and neither has a sentence far from any word of
/// an issue. A heading of the session that is an issue's label or term speaks for the sentences
/// below it.
///
/// Equal sessions and issues give equal assignments; the order of the issues matters only where two fit
/// equally well (the first).
pub fn assign(
    issues: &[Issue],
    headings: &[Heading],
    analysis: &Analysis,
    stems: &Stems,
) -> Vec<Option<Assignment>> {
    let language = analysis.language.unwrap_or(Language::UNKNOWN);
    let mut models: Vec<Vec<Pattern>> =
        issues.iter().map(|issue| patterns(issue, language, analysis, stems)).collect();
    let headed = headings::headed(issues, headings, analysis);
    let none = match issues {
        [only] if only.terms.is_empty() && !only.text.is_empty() => NONE_BUT_THE_TEXT,
        _ => NONE,
    };
    let (stay, prior) = (stay(&analysis.sentences, &headed.opens), prior(issues.len(), none));
    let states = |models: &[Vec<Pattern>]| {
        posteriors(&likelihoods(models, &headed.issues, analysis, stems), &stay, &prior)
    };
    let first = states(&models);
    learn(&mut models, &first, analysis, stems);
    let second = states(&models);
    analysis.ids().zip(&second).map(|(id, posterior)| main_issue(analysis, id, posterior)).collect()
}

/// The probability that each sentence stays on the issue of the one before: less the longer it is, none below
/// a heading.
fn stay(sentences: &[Sentence], opens: &[bool]) -> Vec<f64> {
    let of = |(s, &opens): (&Sentence, &bool)| if opens { 0.0 } else { (-f64::from(s.words) / SPAN).exp() };
    sentences.iter().zip(opens).map(of).collect()
}

/// The probabilities of the issues, all alike, and, last, of none, for speech that leaves an issue.
fn prior(n_issues: usize, none: f64) -> Vec<f64> {
    let mut prior = vec![(1.0 - none) / n_issues.max(1) as f64; n_issues];
    prior.push(if n_issues > 0 { none } else { 1.0 });
    prior
}

fn main_issue(analysis: &Analysis, id: SentenceId, posterior: &[f64]) -> Option<Assignment> {
    let issues = posterior.len().saturating_sub(1);
    let best = first_highest(0..issues, |issue| posterior[issue])?;
    let fits = analysis.sentence(id).kind == Kind::Speech && posterior[best] >= LEAST;
    fits.then(|| Assignment { issue: IssueId(best as u32), score: posterior[best] })
}

/// For each sentence how much more probable its words are under each issue than in the session; 1 for
/// none. `headed` is the issue whose heading stands above the sentence.
fn likelihoods(
    models: &[Vec<Pattern>],
    headed: &[Option<usize>],
    analysis: &Analysis,
    stems: &Stems,
) -> Vec<Vec<f64>> {
    let mut logs = gains(models, analysis, stems);
    for (row, issue) in logs.iter_mut().zip(headed) {
        if let Some(log) = issue.and_then(|issue| row.get_mut(issue)) {
            *log += HEADED.ln();
        }
    }
    for row in &mut logs {
        let greatest = row.iter().copied().fold(0.0, f64::max);
        // Most issues have no word in a sentence, and are all as probable.
        let mut last = (f64::NAN, f64::NAN);
        for log in row {
            if *log != last.0 {
                last = (*log, (*log - greatest).exp());
            }
            *log = last.1;
        }
    }
    logs
}

/// What the patterns of all issues say of a session, found by the stems of its sentences.
struct Gains<'m> {
    /// For each stem the issues that it is a word of, and what it says for each.
    single: FxHashMap<StemId, Vec<(usize, f64)>>,
    /// The issue of each phrase, the phrase, and what it says.
    phrases: Vec<(usize, &'m Pattern, f64)>,
    /// The phrases that a stem may begin.
    by_first: FxHashMap<StemId, Vec<u32>>,
}

impl<'m> Gains<'m> {
    fn new(models: &'m [Vec<Pattern>], analysis: &Analysis, stems: &Stems) -> Self {
        let odds = OWN / (1.0 - OWN);
        let n_words = stems.total() as f64 + ELSEWHERE;
        let gain =
            |share: f64, count: f64| if count > 0.0 { (odds * share * n_words / count).ln_1p() } else { 0.0 };
        let mut gains =
            Gains { single: FxHashMap::default(), phrases: Vec::new(), by_first: FxHashMap::default() };
        for (issue, pattern) in
            models.iter().enumerate().flat_map(|(at, all)| all.iter().map(move |p| (at, p)))
        {
            if let Some(stem) = pattern.single() {
                gains.add_single(stem, issue, gain(pattern.share, f64::from(stems.count(stem))));
                continue;
            }
            for &stem in pattern.first() {
                gains.by_first.entry(stem).or_default().push(gains.phrases.len() as u32);
            }
            gains.phrases.push((issue, pattern, 0.0));
        }
        let mut counts = vec![0usize; gains.phrases.len()];
        let mut begun = Vec::new();
        for sequence in analysis.ids().map(|id| stems.of(id)) {
            gains.begun_in(sequence, &mut begun);
            begun.iter().for_each(|&at| counts[at as usize] += gains.phrases[at as usize].1.count(sequence));
        }
        for ((_, pattern, of_phrase), count) in gains.phrases.iter_mut().zip(counts) {
            *of_phrase = gain(pattern.share, count as f64);
        }
        gains
    }

    fn add_single(&mut self, stem: StemId, issue: usize, gain: f64) {
        let known = self.single.entry(stem).or_default();
        match known.iter_mut().find(|(other, _)| *other == issue) {
            Some((_, sum)) => *sum += gain,
            None => known.push((issue, gain)),
        }
    }

    /// The phrases that may occur in a sentence, in order.
    fn begun_in(&self, sequence: &[StemId], begun: &mut Vec<u32>) {
        begun.clear();
        begun.extend(sequence.iter().filter_map(|stem| self.by_first.get(stem)).flatten());
        begun.sort_unstable();
        begun.dedup();
    }
}

/// The logarithm of how much more probable each sentence's words are under each issue; 0, last, under none.
///
/// A word is the issue's own with probability `OWN`; of these, a pattern makes up its share.
fn gains(models: &[Vec<Pattern>], analysis: &Analysis, stems: &Stems) -> Vec<Vec<f64>> {
    let gains = Gains::new(models, analysis, stems);
    let mut begun = Vec::new();
    let of = |id: SentenceId| {
        let sequence = stems.of(id);
        let (mut words, mut found) = (vec![0.0; models.len() + 1], vec![0.0; models.len()]);
        if analysis.sentence(id).kind != Kind::Speech {
            return words;
        }
        for &(issue, gain) in sequence.iter().filter_map(|stem| gains.single.get(stem)).flatten() {
            words[issue] += gain;
        }
        gains.begun_in(sequence, &mut begun);
        for &(issue, pattern, gain) in begun.iter().map(|&at| &gains.phrases[at as usize]) {
            found[issue] += gain * pattern.count(sequence) as f64;
        }
        for (words, found) in words.iter_mut().zip(&found) {
            *words = (1.0 - OWN).ln() * sequence.len() as f64 + *words + found;
        }
        words
    };
    analysis.ids().map(of).collect()
}

/// Adds to each issue the words that its likely sentences have more often than the session.
fn learn(models: &mut [Vec<Pattern>], posteriors: &[Vec<f64>], analysis: &Analysis, stems: &Stems) {
    let mut taken: Vec<StemId> = models.iter().flatten().filter_map(Pattern::single).collect();
    taken.sort_unstable();
    for (issue, patterns) in models.iter_mut().enumerate().filter(|(_, patterns)| !patterns.is_empty()) {
        let mut expected = vec![0.0; stems.len()];
        for (id, posterior) in analysis.ids().zip(posteriors) {
            let probability = posterior.get(issue).copied().unwrap_or(0.0);
            let speech = analysis.sentence(id).kind == Kind::Speech;
            for stem in stems.of(id).iter().filter(|_| speech && probability >= LIKELY) {
                expected[stem.index()] += probability;
            }
        }
        let share = expected.iter().sum::<f64>() / stems.total().max(1) as f64;
        let mut words: Vec<(StemId, f64)> = (0..stems.len() as u32)
            .map(StemId)
            .filter(|stem| stems.count(*stem) > 1 && taken.binary_search(stem).is_err())
            .map(|stem| (stem, excess(expected[stem.index()], share * f64::from(stems.count(stem)))))
            .filter(|(_, weight)| *weight >= SIGNIFICANT)
            .collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        words.truncate(LEARNED);
        let whole: f64 = words.iter().map(|(_, weight)| weight).sum();
        let learned = words.into_iter().map(|(stem, w)| Pattern::word(stem, LEARNED_SHARE * w / whole));
        patterns.extend(learned);
    }
}

/// How much a count that is above the expected one tells, else 0.
fn excess(observed: f64, expected: f64) -> f64 {
    if observed > expected && expected > 0.0 { likelihood_term(observed, expected) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::excess;

    #[test]
    fn a_word_tells_more_the_further_it_is_above_what_is_expected() {
        assert_eq!(excess(4.0, 4.0), 0.0);
        assert_eq!(excess(1.0, 4.0), 0.0);
        assert!((excess(8.0, 4.0) - 8.0 * std::f64::consts::LN_2).abs() < 1e-12);
    }
}
