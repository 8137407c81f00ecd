//! Summaries of a prepared session: rank, select, quote; in parallel per summary.

pub(crate) mod annotate;
pub(crate) mod evidence;
pub(crate) mod report;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::model::{Policy, Question, Report, Scope, SentenceId, Summary};
use crate::rank::selection::{Candidate, Limit, select};
use crate::rank::{self, Context, Feature, Method, Scores};
use crate::stats::{first_highest, keyness_of};

use crate::definition::{Budget, Definition, SummarySettings};
use crate::prepare::Prepared;
use crate::prepare::scope::{self, Members};
use crate::summary::evidence::{Quote, dangles, quote_cut, quote_whole};

/// What a session holds: speakers, roles, figures, ledger, warnings.
///
/// # Errors
/// When the ledger does not add up, which is a bug.
pub fn inspect(prepared: &Prepared<'_>, definition: &Definition) -> Result<Report> {
    let mut report = report::report(prepared, definition, None, None)?;
    prepared.session.date_known.name().clone_into(&mut report.session.date_known);
    prepared.session.language_known.name().clone_into(&mut report.session.language_known);
    Ok(report)
}

/// Position summaries of a session.
///
/// # Errors
/// When a speaker or a method is named that does not exist.
pub fn summarize(prepared: &Prepared<'_>, definition: &Definition) -> Result<Report> {
    let mut effective = definition.clone();
    effective.summary.method = Some(method_of(prepared, &definition.summary)?.name.to_owned());
    let mut made = summaries(prepared, &effective.summary)?;
    annotate::annotate(prepared, &mut made, &definition.summary.issues);
    report::report(prepared, &effective, None, Some(made))
}

/// A summary and the sentences it quotes.
#[derive(Debug)]
pub(crate) struct QuotedSummary {
    pub(crate) summary: Summary,
    pub(crate) quoted: Vec<SentenceId>,
}

/// The summaries that the settings ask for.
pub(crate) fn summaries(prepared: &Prepared<'_>, settings: &SummarySettings) -> Result<Vec<QuotedSummary>> {
    let method = method_of(prepared, settings)?;
    let all = scope::summaries(prepared.session, &prepared.people, settings)?;
    let about = settings.about.as_deref().map(|text| prepared.question(text));
    all.par_iter().map(|members| one(prepared, settings, method, about.as_ref(), members)).collect()
}

/// The summary of some speakers.
///
/// # Errors
/// When a method is named that does not exist, or whose bound the sentences exceed.
pub(crate) fn members_summary(
    prepared: &Prepared<'_>,
    settings: &SummarySettings,
    members: &Members,
) -> Result<QuotedSummary> {
    one(prepared, settings, method_of(prepared, settings)?, None, members)
}

fn one(
    prepared: &Prepared<'_>,
    settings: &SummarySettings,
    method: &Method,
    about: Option<&Question>,
    members: &Members,
) -> Result<QuotedSummary> {
    let mut candidates = prepared.candidates_of(&members.speakers);
    let stands = |id: &SentenceId| !dangles(prepared, *id);
    if candidates.iter().any(stands) {
        candidates.retain(stands);
    }
    let tells = |id: &SentenceId| prepared.analysis.sentence(*id).words >= SHORTEST;
    if settings.by == Scope::Session && candidates.iter().any(tells) {
        candidates.retain(tells);
    }
    if method.most_sentences.is_some_and(|most| candidates.len() > most) {
        return Err(beyond_bound(method, &members.name, candidates.len()));
    }
    let keyness = keyness_of(&prepared.analysis, &prepared.weighting, &candidates);
    let context = prepared.context(&candidates, &keyness);
    let mut scores = (method.rank)(&context);
    if let Some(about) = about {
        (candidates, scores) = concerning(&context, about, scores);
    }
    let policy = (method.policy)();
    Ok(chosen(prepared, settings.by, &members.name, &candidates, &scores, settings.budget, policy))
}

/// Why a method that compares each sentence with each refuses this number.
fn beyond_bound(method: &Method, voice: &str, n_sentences: usize) -> Error {
    let most = method.most_sentences.unwrap_or(0);
    let name = method.name;
    Error::usage(format!(
        "the method {name} compares each sentence with each and takes at most {most}; {} has {n_sentences}",
        if voice.is_empty() { "the session" } else { voice }
    ))
    .remedy("choose one whose cost is proportional, such as position or centroid (see `rapporteur methods`)")
}

/// Words below which a sentence tells nothing of a session, unless all are shorter. (Of a voice,
/// “We object.” does.)
const SHORTEST: u32 = 4;

/// Relevance below which a sentence is not about a subject.
const RELEVANT: f64 = 0.25;

/// The candidates that concern a subject, with scores that prefer those that concern it most: full
/// relevance is worth twice the distance from the mean score to the best.
fn concerning(context: &Context<'_>, about: &Question, scores: Scores) -> (Vec<SentenceId>, Scores) {
    let spread = scores.spread();
    let relevance = rank::answer::relevance(context, about);
    let relevant = context.candidates.iter().zip(scores).zip(relevance).filter(|(_, r)| *r >= RELEVANT);
    relevant
        .map(|((&id, mut score), relevance)| {
            score.add(Feature::Property("about"), 2.0 * spread * relevance);
            (id, score)
        })
        .unzip()
}

/// Selects within the budget and quotes; where not even one sentence fits, the best is cut.
pub(crate) fn chosen(
    prepared: &Prepared<'_>,
    scope: Scope,
    name: &str,
    ids: &[SentenceId],
    scores: &Scores,
    budget: Budget,
    policy: Policy,
) -> QuotedSummary {
    let scores = scores.as_slice();
    let subjects = if policy.crowding > 0.0 { prepared.subjects() } else { &[] };
    let candidates: Vec<Candidate<'_>> = ids
        .iter()
        .zip(scores)
        .map(|(&id, score)| Candidate {
            id,
            score: score.total(),
            words: prepared.quotable_words(id),
            vector: prepared.weighting.vector(id),
            subject: subjects.get(id.index()).copied().unwrap_or(0),
        })
        .collect();
    let limit = limit_of(budget, &candidates);
    let picked = select(&candidates, limit, policy);
    let quotes: Vec<Quote<'_>> = picked
        .iter()
        .filter_map(|&c| ids.binary_search(&c.id).ok().map(|at| Quote { chosen: c, score: &scores[at] }))
        .collect();
    let mut evidence = quote_whole(prepared, &quotes);
    let mut quoted: Vec<SentenceId> = picked.iter().map(|c| c.id).collect();
    if let (true, Limit::Words(words)) = (picked.is_empty(), limit)
        && let Some(best) = first_highest(0..candidates.len(), |at| candidates[at].score)
    {
        evidence.extend(quote_cut(prepared, ids[best], &scores[best], words));
        quoted.push(ids[best]);
    }
    let words = evidence.iter().map(|e| crate::model::count_words(e.shown())).sum();
    let summary = Summary { scope, name: name.to_owned(), words, candidates: ids.len() as u64, evidence };
    QuotedSummary { summary, quoted }
}

fn limit_of(budget: Budget, candidates: &[Candidate<'_>]) -> Limit {
    match budget {
        Budget::Words(words) => Limit::Words(words.get()),
        Budget::Sentences(sentences) => Limit::Sentences(sentences.get()),
        Budget::Percent(percent) => {
            let all: u64 = candidates.iter().map(|c| u64::from(c.words)).sum();
            Limit::Words((all as f64 * percent / 100.0).floor() as u32)
        }
    }
}

/// The method that the settings name, else the default for what they summarize.
///
/// # Errors
/// When no method has that name; the message lists those there are.
pub(crate) fn method_of(prepared: &Prepared<'_>, settings: &SummarySettings) -> Result<&'static Method> {
    match &settings.method {
        Some(name) => rank::method(name).ok_or_else(|| unknown_method(name)),
        None => Ok(rank::default_method(settings.by, words_of(prepared, settings.budget))),
    }
}

/// About how many words a budget gives a summary of the whole session.
fn words_of(prepared: &Prepared<'_>, budget: Budget) -> u32 {
    match budget {
        Budget::Words(words) => words.get(),
        Budget::Sentences(sentences) => sentences.get().saturating_mul(25),
        Budget::Percent(percent) => {
            let all: u32 = prepared.analysis.sentences.iter().map(|s| s.words).sum();
            (f64::from(all) * percent / 100.0) as u32
        }
    }
}

fn unknown_method(name: &str) -> Error {
    let names: Vec<&str> = rank::METHODS.iter().map(|m| m.name).collect();
    Error::usage(format!("there is no method `{name}`"))
        .remedy(format!("the methods are {}", names.join(", ")))
}
