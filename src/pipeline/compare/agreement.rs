//! Who agrees with whom and who differs on each issue in a session.

use rustc_hash::FxHashMap;

use crate::model::{AgreementRow, IssueId, Kind, SentenceId, SpeakerId};
use crate::stance::{Agreement, Held, Referred, agreements};

use super::session::View;

/// Longest sentence that says nothing but whom it refers to, in words.
const BARE: u32 = 9;

/// The rows of all pairs, by issue and pair.
pub(super) fn agreement_rows(view: &View<'_>) -> Vec<AgreementRow> {
    let parties = parties(view);
    let mut rows = Vec::new();
    for issue in (0..view.plan.issues.len() as u32).map(IssueId) {
        let held = held(view, &parties, issue);
        let found = agreements(&held, &references(view, &parties, issue));
        rows.extend(found.into_iter().filter_map(|agreement| row(view, issue, &agreement)));
    }
    rows
}

/// The index of each compared speaker's stakeholder.
fn parties(view: &View<'_>) -> FxHashMap<SpeakerId, usize> {
    let compared = view.units.compared.iter().enumerate();
    compared.flat_map(|(party, members)| members.speakers.iter().map(move |&id| (id, party))).collect()
}

/// The sentences on an issue.
fn held<'v>(view: &'v View<'_>, parties: &FxHashMap<SpeakerId, usize>, issue: IssueId) -> Vec<Held<'v>> {
    let analysis = &view.prepared.analysis;
    let one = |id: SentenceId| {
        let party = *parties.get(&view.prepared.speaker(id))?;
        let sentence = analysis.sentence(id);
        let fits = sentence.kind == Kind::Speech && view.issue(id) == Some(issue);
        let on_issue = view.findings.on_issue.get(id.index()).and_then(Option::as_ref);
        fits.then(|| Held {
            party,
            sentence: id,
            turn: sentence.turn,
            score: view.fit(id),
            stated: on_issue.map(|on| on.stated),
            said_of: on_issue.map_or(&[], |on| &on.names),
            named: view.findings.names.get(id.index()).map_or(&[], Vec::as_slice),
            is_listed: !view.plan.settings.issues.is_empty(),
            is_bare: sentence.words <= BARE,
        })
    };
    analysis.ids().filter_map(one).collect()
}

fn references(view: &View<'_>, parties: &FxHashMap<SpeakerId, usize>, issue: IssueId) -> Vec<Referred> {
    let on_issue =
        view.findings.references.iter().filter(|reference| view.issue(reference.sentence) == Some(issue));
    let between = on_issue.filter_map(|reference| {
        let (from, to) = (*parties.get(&reference.from)?, *parties.get(&reference.to)?);
        (from != to).then_some((reference.sentence, from, to, reference.kind))
    });
    between.collect()
}

fn row(view: &View<'_>, issue: IssueId, agreement: &Agreement) -> Option<AgreementRow> {
    let name = |party: usize| view.units.compared.get(party).map(|members| members.name.clone());
    Some(AgreementRow {
        issue: view.label(Some(issue)).to_owned(),
        stakeholder_a: name(agreement.a)?,
        stakeholder_b: name(agreement.b)?,
        relation: agreement.relation,
        quoted_a: view.quoted(agreement.sentence_a),
        quoted_b: view.quoted(agreement.sentence_b),
    })
}
