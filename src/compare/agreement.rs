//! Who agrees with whom and who differs in a session, and how the stances on each issue lie.

use rustc_hash::FxHashMap;

use crate::model::rounded;
use crate::model::{
    AgreementRow, IssueId, IssueStance, Kind, Reference, ReferenceKind, SentenceId, SpeakerId, TermId,
};
use crate::stance::{Agreement, Referred, STATED_RELEVANCE, Standing, compared, said};

use crate::compare::session::View;

/// Number of its last sentences that a reference to a voice can be about.
const SENTENCES_BACK: usize = 40;
/// What a sentence on the same issue is worth beside a shared term, where it is asked what a reference is about.
const SAME_ISSUE: usize = 3;
/// What it is worth that a sentence states a stance.
const STATES: usize = 1;
/// Fewest words of a sentence that somebody agrees with.
const FEWEST_WORDS: u32 = 5;

/// The rows of all pairs: by issue, what is said of each other first. References on no issue come last.
pub(super) fn agreement_rows(view: &View<'_>, stances: &[IssueStance]) -> Vec<AgreementRow> {
    let parties = parties(view);
    let own = own_sentences(view, &parties);
    let mut by_issue: FxHashMap<Option<IssueId>, Vec<Referred>> = FxHashMap::default();
    for reference in view.findings.references.iter().filter(|r| r.kind != ReferenceKind::Mention) {
        let parties = (parties.get(&reference.from), parties.get(&reference.to));
        let (Some(&from), Some(&to)) = parties else { continue };
        if from != to {
            let issue = issue_of(view, reference.sentence);
            let about = about(view, reference, issue, &own[to]);
            let referred = Referred { from, to, kind: reference.kind, sentence: reference.sentence, about };
            by_issue.entry(issue).or_default().push(referred);
        }
    }
    let mut rows = Vec::new();
    for issue in view.issues_in_order() {
        let mut found = by_issue.get(&issue).map_or_else(Vec::new, |referred| said(referred));
        if issue.is_some() {
            let spoken: Vec<(usize, usize)> = found.iter().map(|f| (f.a, f.b)).collect();
            let lying = compared(&standings(view, stances, view.label(issue)));
            found.extend(lying.into_iter().filter(|f| !spoken.contains(&(f.a, f.b))));
        }
        rows.extend(found.into_iter().filter_map(|agreement| row(view, issue, &agreement)));
    }
    rows
}

/// The index of each compared speaker's stakeholder.
fn parties(view: &View<'_>) -> FxHashMap<SpeakerId, usize> {
    let compared = view.units.compared.iter().enumerate();
    compared.flat_map(|(party, members)| members.speakers.iter().map(move |&id| (id, party))).collect()
}

/// The sentences of speech of each stakeholder, in reading order.
fn own_sentences(view: &View<'_>, parties: &FxHashMap<SpeakerId, usize>) -> Vec<Vec<SentenceId>> {
    let mut own = vec![Vec::new(); view.units.compared.len()];
    let analysis = &view.prepared.analysis;
    for id in analysis.ids().filter(|&id| analysis.sentence(id).kind == Kind::Speech) {
        if let Some(&party) = parties.get(&view.prepared.speaker(id)) {
            own[party].push(id);
        }
    }
    own
}

/// The issue of a sentence that refers to another: its main one, else the one that it most probably bears on.
fn issue_of(view: &View<'_>, id: SentenceId) -> Option<IssueId> {
    let probable = view.bearings(id).iter().filter(|bearing| bearing.relevance >= STATED_RELEVANCE);
    let probable = probable.max_by(|a, b| a.relevance.total_cmp(&b.relevance));
    view.issue(id).or_else(|| probable.map(|bearing| bearing.issue))
}

/// What a reference is about: of the last sentences of the other before it, the one that shares most terms
/// with it and what follows it, on the same issue and stating something rather than not; the latest of equals.
fn about(
    view: &View<'_>,
    reference: &Reference,
    issue: Option<IssueId>,
    own: &[SentenceId],
) -> Option<SentenceId> {
    let analysis = &view.prepared.analysis;
    let end = own.partition_point(|&id| id < reference.sentence);
    let recent = &own[end.saturating_sub(SENTENCES_BACK)..end];
    let turn = analysis.sentence(reference.sentence).turn;
    let following = (reference.sentence.0..).map(SentenceId).take(3);
    let following = following.take_while(|id| id.index() < analysis.sentences.len());
    let same_turn = following.filter(|&id| analysis.sentence(id).turn == turn);
    let mut terms: Vec<TermId> = same_turn.flat_map(|id| analysis.terms_of(id).to_vec()).collect();
    terms.sort_unstable();
    terms.dedup();
    let worth = |id: SentenceId| {
        let mut of_it: Vec<TermId> = analysis.terms_of(id).to_vec();
        of_it.sort_unstable();
        of_it.dedup();
        let shared = of_it.iter().filter(|term| terms.binary_search(term).is_ok()).count();
        let bears = issue.is_some()
            && (view.issue(id) == issue || view.bearings(id).iter().any(|b| Some(b.issue) == issue));
        let states = view.stated(id).is_some();
        shared + if bears { SAME_ISSUE } else { 0 } + if states { STATES } else { 0 }
    };
    let said = recent.iter().copied().filter(|&id| analysis.sentence(id).words >= FEWEST_WORDS);
    said.max_by_key(|&id| (worth(id), id))
}

/// The stances on an issue that have a sentence to show.
fn standings(view: &View<'_>, stances: &[IssueStance], label: &str) -> Vec<Standing> {
    let number: FxHashMap<&str, usize> =
        view.units.compared.iter().enumerate().map(|(number, m)| (m.name.as_str(), number)).collect();
    let id_of = |&(turn, sentence): &(u64, u64)| {
        let first = view.prepared.analysis.first_of_turn.get(usize::try_from(turn).ok()?)?;
        Some(SentenceId(first + u32::try_from(sentence).ok()?))
    };
    let standing = |on: &IssueStance| {
        let party = *number.get(on.stakeholder.as_str())?;
        // Who introduces somebody shows its side, but does not speak for it.
        let members = &view.units.compared.get(party)?.speakers;
        let own = |id: &SentenceId| members.contains(&view.prepared.speaker(*id));
        Some(Standing {
            party,
            stance: on.stance?,
            confidence: on.confidence.unwrap_or(1.0),
            sentence: on.evidence.iter().filter_map(id_of).find(own)?,
        })
    };
    stances.iter().filter(|on| on.issue == label).filter_map(standing).collect()
}

fn row(view: &View<'_>, issue: Option<IssueId>, agreement: &Agreement) -> Option<AgreementRow> {
    let name = |party: usize| view.units.compared.get(party).map(|members| members.name.clone());
    Some(AgreementRow {
        issue: view.label(issue).to_owned(),
        stakeholder_a: name(agreement.a)?,
        stakeholder_b: name(agreement.b)?,
        relation: agreement.relation,
        strength: rounded(agreement.strength),
        quoted_a: view.quoted(agreement.sentence_a),
        quoted_b: view.quoted(agreement.sentence_b),
    })
}
