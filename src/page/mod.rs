//! What a page shows: a session as `compare` sees it, what it was about, what was decided, what each stakeholder
//! put forward, and the transcript around that.

mod own_terms;
mod questions;
mod transcript;

use std::num::NonZeroU32;

use crate::error::Result;
use crate::model::{
    Basis, Evidence, IssueStance, Page, PageSession, PageSettings, Presentation, Scope, SentenceId,
    SentenceRow, SessionPart, Summary,
};

use crate::answer::{outcome, recorded};
use crate::compare::{Compared, ComparisonPlan, CorpusTotals, compared};
use crate::definition::{Budget, SummarySettings};
use crate::prepare::Prepared;
use crate::prepare::account::ledger;
use crate::summary::annotate::annotate;
use crate::summary::evidence::quote_unranked;
use crate::summary::{QuotedSummary, members_summary, summaries};

/// Words in what the session as a whole was about: one minute's reading.
const OVERVIEW_WORDS: u32 = 150;

/// Words in what a stakeholder put forward over all issues.
const POSITION_WORDS: u32 = 90;

/// Words in what was decided and what comes next: some lines that stand on the first screens.
const OUTCOME_WORDS: u32 = 80;

/// The same of what the record sets down, which says in a line what takes several to be said.
const RECORDED_WORDS: u64 = 120;

/// Sentences that are quoted for the stance of a stakeholder on an issue; the others are only linked.
const STATED: usize = 3;

/// A session, prepared with what the plan knows of people, as a page shows it.
///
/// # Errors
/// When the ledger does not add up, which is a bug.
pub fn session(prepared: &Prepared<'_>, id: &str, plan: &ComparisonPlan) -> Result<PageSession> {
    of_rows(prepared, compared(prepared, id, plan)?, plan)
}

/// A session as a page shows it, of which the comparison has made its rows.
///
/// # Errors
/// When the ledger does not add up, which is a bug.
pub(crate) fn of_rows(
    prepared: &Prepared<'_>,
    compared: Compared,
    plan: &ComparisonPlan,
) -> Result<PageSession> {
    let mut overview = summaries(prepared, &settings(Scope::Session, OVERVIEW_WORDS))?;
    let (mut decided, _) = outcome::answer(prepared, "", settings(Scope::Session, OUTCOME_WORDS).budget);
    let of_stakeholder = settings(plan.settings.by, POSITION_WORDS);
    let mut positions: Vec<QuotedSummary> = Vec::with_capacity(compared.stakeholders.len());
    for members in &compared.stakeholders {
        positions.push(members_summary(prepared, &of_stakeholder, members)?);
    }
    annotate(prepared, &mut overview, &plan.issues);
    annotate(prepared, &mut positions, &plan.issues);
    annotate(prepared, std::slice::from_mut(&mut decided), &plan.issues);
    let places = places(&compared.part);
    let ids: Vec<SentenceId> = places.iter().filter_map(|&(turn, n)| id_of(prepared, turn, n)).collect();
    let asked = questions::ids(prepared);
    let made = overview.iter().chain(&positions).chain([&decided]).flat_map(|made| &made.quoted);
    let quoted: Vec<SentenceId> =
        compared.quoted.iter().chain(made).chain(&ids).chain(&asked).copied().collect();
    let ledger = ledger(prepared, &quoted)?;
    let turns = transcript::turns(prepared, &compared);
    let own_terms = own_terms::own_terms(prepared, &compared.stakeholders);
    let Compared { mut part, .. } = compared;
    part.ledger = ledger;
    // No page shows them, and they take as much memory as the rest of the rows.
    part.sentences.iter_mut().for_each(|row| row.bearings = Vec::new());
    let mut page = PageSession {
        overview: overview.into_iter().map(|made| made.summary).next().unwrap_or_else(nothing),
        outcome: decided.summary,
        recorded: recorded::of_session(prepared.session, RECORDED_WORDS),
        positions: positions.into_iter().map(|made| made.summary).collect(),
        own_terms,
        turns,
        quoted: stated(quote_unranked(prepared, &ids), &part.sentences),
        questions: questions::questions(prepared, &asked, &part),
        narrative: prepared.session.narrative.clone(),
        published: transcript::published_of_nobody(prepared),
        warnings: prepared.session.warnings.clone(),
        part,
    };
    name_stakeholders(&mut page);
    Ok(page)
}

/// All sessions together, in the order in which their counts were added to the tally.
///
/// # Errors
/// When the settings cannot be written as JSON, which is a bug.
pub fn page(
    sessions: Vec<PageSession>,
    plan: &ComparisonPlan,
    tally: CorpusTotals,
    notes: Vec<String>,
) -> Result<Page> {
    let settings = PageSettings::Comparison(plan.settings.clone());
    Ok(Page {
        tool: crate::TOOL.to_owned(),
        presentation: Presentation::default(),
        settings,
        sessions,
        overall: tally.overall(plan),
        notes,
    })
}

/// A page of its own for each session of a page, in their order; each leads back to `index_file`.
pub fn divided(page: Page, plan: &ComparisonPlan, index_file: &str) -> impl Iterator<Item = Page> {
    let Page { tool, presentation, settings, sessions, notes, .. } = page;
    let presentation =
        Presentation { session_files: Vec::new(), index_file: index_file.to_owned(), ..presentation };
    sessions.into_iter().map(move |session| {
        let mut tally = CorpusTotals::default();
        tally.add(&session.part.counts);
        Page {
            tool: tool.clone(),
            presentation: presentation.clone(),
            settings: settings.clone(),
            sessions: vec![session],
            overall: tally.overall(plan),
            notes: notes.clone(),
        }
    })
}

fn settings(by: Scope, words: u32) -> SummarySettings {
    let budget = Budget::Words(NonZeroU32::MIN.saturating_add(words - 1));
    SummarySettings { by, budget, ..SummarySettings::default() }
}

fn nothing() -> Summary {
    Summary { scope: Scope::Session, name: String::new(), words: 0, candidates: 0, evidence: Vec::new() }
}

fn id_of(prepared: &Prepared<'_>, turn: u64, number: u64) -> Option<SentenceId> {
    prepared.analysis.sentences_of(usize::try_from(turn).ok()?).nth(usize::try_from(number).ok()?)
}

/// The places of what is quoted besides the positions, each once, in reading order.
fn places(part: &SessionPart) -> Vec<(u64, u64)> {
    let agreements = part.agreements.iter().flat_map(|row| [&row.quoted_a, &row.quoted_b]);
    let references = part.references.iter().map(|row| &row.place);
    let mut places: Vec<(u64, u64)> =
        agreements.chain(references).map(|quoted| (quoted.turn, quoted.sentence)).collect();
    places.extend(part.stances.iter().flat_map(|on| telling(on, &part.sentences)));
    places.sort_unstable();
    places.dedup();
    places
}

/// The places that best show a stance: the one that makes it a stated one, those that state the stance of
/// all, then by score.
fn telling(on: &IssueStance, sentences: &[SentenceRow]) -> Vec<(u64, u64)> {
    let row = |place: (u64, u64)| {
        let at = sentences.binary_search_by_key(&place, |row| (row.turn, row.sentence)).ok()?;
        sentences.get(at)
    };
    let mut rows: Vec<&SentenceRow> = on.evidence.iter().filter_map(|&place| row(place)).collect();
    let fits = |row: &SentenceRow| row.stance_on_issue == on.stance;
    rows.sort_by(|a, b| {
        let by_score = b.score.unwrap_or(0.0).total_cmp(&a.score.unwrap_or(0.0));
        fits(b).cmp(&fits(a)).then(by_score)
    });
    let best = on.evidence.first().filter(|_| on.basis == Some(Basis::Stated));
    rows.sort_by_key(|row| best != Some(&(row.turn, row.sentence)));
    rows.iter().take(STATED).map(|row| (row.turn, row.sentence)).collect()
}

/// Adds what is known of the sentences that are quoted whole.
fn stated(mut quoted: Vec<Evidence>, sentences: &[SentenceRow]) -> Vec<Evidence> {
    for evidence in &mut quoted {
        let place = (evidence.turn, evidence.sentence);
        let row = sentences.binary_search_by_key(&place, |row| (row.turn, row.sentence));
        let Some(row) = row.ok().and_then(|at| sentences.get(at)) else { continue };
        evidence.issue = row.issue.to_string();
        // A quotation may be cut before the words that state the stance.
        let stance = row.stance.filter(|_| evidence.text.contains(&row.cue));
        evidence.stance = stance;
    }
    quoted
}

/// Gives every quotation the stakeholder that its turn counts for.
fn name_stakeholders(page: &mut PageSession) {
    let turns = &page.turns;
    let name = |evidence: &mut Evidence| {
        if let Some(turn) = usize::try_from(evidence.turn).ok().and_then(|turn| turns.get(turn)) {
            evidence.stakeholder.clone_from(&turn.stakeholder);
        }
    };
    page.overview.evidence.iter_mut().for_each(name);
    page.outcome.evidence.iter_mut().for_each(name);
    page.positions.iter_mut().flat_map(|summary| &mut summary.evidence).for_each(name);
    page.quoted.iter_mut().for_each(name);
    page.questions.iter_mut().map(|question| &mut question.evidence).for_each(name);
}
