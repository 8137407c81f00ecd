//! One session of a comparison: its rows, from what the stages say of it.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::definition::Budget;
use crate::error::Result;
use crate::model::rounded;
use crate::model::{
    BearingRow, Ground, IssueId, IssueStance, LabelId, People, Position, Quoted, ReferenceRow, Role, Scope,
    SentenceId, SentenceRow, SessionPart, Speaker, SpeakerId, Stated,
};
use crate::prepare::Prepared;
use crate::prepare::account::ledger;
use crate::prepare::scope::Members;
use crate::rank::{self, Score, Scores};
use crate::stance::{EVIDENCE_RELEVANCE, LEAST_RELEVANCE};
use crate::stats::keyness_of;
use crate::summary::annotate::{sentence_of, stance_in};
use crate::summary::report::{session_info, speakers};
use crate::summary::{QuotedSummary, chosen};

use crate::compare::ComparisonPlan;
use crate::compare::agreement::agreement_rows;
use crate::compare::bearings::Bearing;
use crate::compare::counts::counts;
use crate::compare::findings::Findings;

/// The rows of one session, prepared with what the plan knows of people, under the identifier that the
/// plan gives it.
///
/// # Errors
/// When the ledger does not add up, which is a bug.
pub fn session(prepared: &Prepared<'_>, id: &str, plan: &ComparisonPlan) -> Result<SessionPart> {
    compared(prepared, id, plan).map(|compared| compared.part)
}

/// The bearings of the sentences of a session, and the stakeholder each counts for: what the weights of stances are
/// trained with.
pub struct Bearings {
    /// The stakeholder of each sentence, if it is compared.
    pub stakeholders: Vec<Option<String>>,
    /// The issues that each sentence bears on.
    pub of_sentence: Vec<Vec<Bearing>>,
    /// The text of each sentence.
    pub texts: Vec<String>,
}

/// The bearings of a session under the plan of its comparison.
pub fn bearings(prepared: &Prepared<'_>, id: &str, plan: &ComparisonPlan) -> Bearings {
    let findings = Findings::new(prepared, plan, 0.0);
    let units = Units::new(&prepared.people, id, plan);
    let stakeholder = |id: SentenceId| {
        let speaker = prepared.speaker(id).0 as usize;
        let compared = units.is_compared(prepared.people.speakers[speaker].role);
        compared.then(|| units.of_speaker[speaker].clone())
    };
    let text = |id: SentenceId| {
        let sentence = prepared.analysis.sentence(id);
        sentence.span.of(prepared.session.turn_text(sentence.turn as usize)).to_owned()
    };
    Bearings {
        stakeholders: prepared.analysis.ids().map(stakeholder).collect(),
        texts: prepared.analysis.ids().map(text).collect(),
        of_sentence: findings.bearings,
    }
}

/// The rows of a session, with what other views of it need to say the same.
pub(crate) struct Compared {
    pub(crate) part: SessionPart,
    /// The stakeholders with the speakers whose role is compared, in order of first appearance.
    pub(crate) stakeholders: Vec<Members>,
    /// The stakeholder that each speaker counts for.
    pub(crate) of_speaker: Vec<String>,
    /// The sentences that the positions quote.
    pub(crate) quoted: Vec<SentenceId>,
}

/// The rows of a session with what other views need.
///
/// # Errors
/// When the ledger does not add up, which is a bug.
pub(crate) fn compared(prepared: &Prepared<'_>, id: &str, plan: &ComparisonPlan) -> Result<Compared> {
    let findings = Findings::new(prepared, plan, LEAST_RELEVANCE);
    let units = Units::new(&prepared.people, id, plan);
    let view = View { prepared, findings: &findings, units: &units, plan };
    let stands: Vec<StakeholderPositions> =
        units.compared.par_iter().map(|members| view.stands(members)).collect();
    let quoted: Vec<SentenceId> =
        stands.iter().flat_map(|s| s.made.iter().flat_map(|m| m.quoted.iter().copied())).collect();
    let sentences = view.sentences(&stands, &quoted);
    let mut part = SessionPart {
        info: session_info(prepared),
        speakers: speakers(prepared),
        sentences,
        positions: Vec::new(),
        stances: Vec::new(),
        references: view.references(),
        agreements: Vec::new(),
        ledger: ledger(prepared, &quoted)?,
        counts: counts(&view),
        warnings: prepared.people.warnings.clone(),
    };
    part.info.id = id.to_owned();
    for stands in stands {
        part.stances.extend(stands.stances);
        let evidence = stands.made.into_iter().flat_map(|made| made.summary.evidence);
        part.positions.extend(evidence.map(|evidence| view.position(evidence)));
    }
    part.agreements = agreement_rows(&view, &part.stances);
    Ok(Compared { part, stakeholders: units.compared, of_speaker: units.of_speaker, quoted })
}

/// The name of voices that the source gives none.
const UNKNOWN: &str = "(unknown speaker)";

/// Who counts for whom in a session.
pub(crate) struct Units {
    /// The stakeholder that each speaker counts for.
    pub(crate) of_speaker: Vec<String>,
    /// The stakeholders with the speakers whose role is compared, in order of first appearance.
    pub(crate) compared: Vec<Members>,
    /// The roles that are compared.
    roles: Vec<Role>,
}

/// The stakeholder that a speaker counts for.
///
/// A name that tells nobody in another session (“Speaker 1”, “The Chair”) is one of its own in each.
fn stakeholder_of(speaker: &Speaker, session: &str, plan: &ComparisonPlan) -> String {
    let own = match speaker.name.trim() {
        "" => UNKNOWN,
        _ => &speaker.name,
    };
    let own =
        if plan.is_of_several && !speaker.everywhere { format!("{own} ({session})") } else { own.to_owned() };
    match plan.settings.by {
        Scope::Speaker => own,
        Scope::Group if speaker.group.is_empty() => "(group unknown)".to_owned(),
        Scope::Group => speaker.group.clone(),
        _ if speaker.stakeholder.is_empty() => own,
        _ => speaker.stakeholder.clone(),
    }
}

impl Units {
    fn new(people: &People, session: &str, plan: &ComparisonPlan) -> Self {
        let of_speaker: Vec<String> =
            people.speakers.iter().map(|speaker| stakeholder_of(speaker, session, plan)).collect();
        let roles: Vec<Role> = plan.settings.include.iter().copied().chain([Role::Speaker]).collect();
        let mut compared: Vec<Members> = Vec::new();
        let mut number_of: FxHashMap<&str, usize> = FxHashMap::default();
        for (index, speaker) in people.speakers.iter().enumerate() {
            if !roles.contains(&speaker.role) {
                continue;
            }
            let id = SpeakerId(index as u32);
            let next = compared.len();
            let number = *number_of.entry(of_speaker[index].as_str()).or_insert(next);
            match compared.get_mut(number) {
                Some(known) => known.speakers.push(id),
                None => compared.push(Members { name: of_speaker[index].clone(), speakers: vec![id] }),
            }
        }
        Units { of_speaker, compared, roles }
    }

    /// Whether voices of that role are compared.
    pub(crate) fn is_compared(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// What a stakeholder put forward in the session, and where it stands.
struct StakeholderPositions {
    candidates: Vec<SentenceId>,
    /// How much each candidate says of the stakeholder's positions.
    scores: Vec<f64>,
    made: Vec<QuotedSummary>,
    stances: Vec<IssueStance>,
}

/// All that is known of the session.
pub(crate) struct View<'a> {
    pub(crate) prepared: &'a Prepared<'a>,
    pub(crate) findings: &'a Findings,
    pub(crate) units: &'a Units,
    pub(crate) plan: &'a ComparisonPlan,
}

/// What the rows of sentences are called by: each name once, however many rows have it.
struct Names {
    /// By label of the session.
    labels: Vec<Arc<str>>,
    /// By speaker.
    speakers: Vec<Arc<str>>,
    /// The stakeholder that each speaker counts for.
    stakeholders: Vec<Arc<str>>,
    /// By issue.
    issues: Vec<Arc<str>>,
    none: Arc<str>,
}

impl Names {
    fn new(view: &View<'_>) -> Self {
        let (session, people) = (view.prepared.session, &view.prepared.people);
        Names {
            labels: (0..session.labels.len()).map(|at| session.label(LabelId(at as u32)).into()).collect(),
            speakers: people.speakers.iter().map(|speaker| speaker.name.as_str().into()).collect(),
            stakeholders: view.units.of_speaker.iter().map(|name| name.as_str().into()).collect(),
            issues: view.plan.issues.iter().map(|issue| issue.label.as_str().into()).collect(),
            none: "".into(),
        }
    }

    fn issue(&self, issue: Option<IssueId>) -> Arc<str> {
        let named = issue.and_then(|issue| self.issues.get(issue.0 as usize));
        Arc::clone(named.unwrap_or(&self.none))
    }
}

impl View<'_> {
    fn stands(&self, members: &Members) -> StakeholderPositions {
        let candidates = self.prepared.candidates_of(&members.speakers);
        let keyness = keyness_of(&self.prepared.analysis, &self.prepared.weighting, &candidates);
        let method = rank::default_method(Scope::Stakeholder, self.plan.settings.words.get());
        let scores = (method.rank)(&self.prepared.context(&candidates, &keyness));
        let mut policy = (method.policy)();
        // What is left to choose from is on one issue already.
        policy.crowding = 0.0;
        let totals = scores.totals();
        // The candidates on each issue; those on none come last.
        let n_issues = self.plan.issues.len();
        let mut on_issue: Vec<(Vec<SentenceId>, Vec<Score>)> = vec![Default::default(); n_issues + 1];
        for (&id, score) in candidates.iter().zip(scores) {
            let (ids, of_ids) = &mut on_issue[self.issue(id).map_or(n_issues, |issue| issue.0 as usize)];
            ids.push(id);
            of_ids.push(score);
        }
        let mut made = Vec::new();
        for (issue, (ids, of_ids)) in self.issues_in_order().zip(on_issue) {
            let of_ids: Scores = of_ids.into_iter().collect();
            let budget = Budget::Words(self.plan.settings.words);
            let scope = self.plan.settings.by;
            let mut one = chosen(self.prepared, scope, &members.name, &ids, &of_ids, budget, policy);
            for evidence in &mut one.summary.evidence {
                evidence.stakeholder.clone_from(&members.name);
                evidence.issue = self.label(issue).to_owned();
                let id = sentence_of(self.prepared, evidence);
                let stated = match issue {
                    Some(_) => id.and_then(|id| self.stated_on_issue(id)),
                    None => id.and_then(|id| self.stated(id)),
                };
                evidence.stance = stance_in(evidence, stated);
            }
            made.push(one);
        }
        let stances = self.stances(members, &self.prepared.sentences_of(&members.speakers));
        StakeholderPositions { candidates, scores: totals, made, stances }
    }

    /// Every issue, and none.
    pub(crate) fn issues_in_order(&self) -> impl Iterator<Item = Option<IssueId>> + use<> {
        (0..self.plan.issues.len() as u32).map(|issue| Some(IssueId(issue))).chain([None])
    }

    /// How well a sentence fits its issue; 0 where it has none.
    pub(crate) fn fit(&self, id: SentenceId) -> f64 {
        self.findings.issues.get(id.index()).copied().flatten().map_or(0.0, |assignment| assignment.score)
    }

    pub(crate) fn issue(&self, id: SentenceId) -> Option<IssueId> {
        self.findings.issues.get(id.index()).copied().flatten().map(|assignment| assignment.issue)
    }

    pub(crate) fn label(&self, issue: Option<IssueId>) -> &str {
        issue.and_then(|issue| self.plan.issues.get(issue.0 as usize)).map_or("", |issue| &issue.label)
    }

    /// The issues that a sentence bears on.
    pub(crate) fn bearings(&self, id: SentenceId) -> &[Bearing] {
        self.findings.bearings.get(id.index()).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn stated(&self, id: SentenceId) -> Option<Stated> {
        self.findings.stances.get(id.index()).copied().flatten()
    }

    /// The stance that a sentence states of its issue; of whatever it is where there are no issues. An
    /// answer (“Yeah.”) says nothing of an issue.
    pub(crate) fn stated_on_issue(&self, id: SentenceId) -> Option<Stated> {
        if self.plan.issues.is_empty() {
            return self.stated(id).filter(|stated| stated.ground != Ground::Answer);
        }
        self.findings.on_issue.get(id.index()).and_then(Option::as_ref).map(|on| on.stated)
    }

    fn sentences(&self, stands: &[StakeholderPositions], quoted: &[SentenceId]) -> Vec<SentenceRow> {
        let n_sentences = self.prepared.analysis.sentences.len();
        let mut scores = vec![None; n_sentences];
        for (&id, &score) in stands.iter().flat_map(|s| s.candidates.iter().zip(&s.scores)) {
            scores[id.index()] = Some(score);
        }
        let mut selected = vec![false; n_sentences];
        quoted.iter().for_each(|id| selected[id.index()] = true);
        let names = Names::new(self);
        let row = |id: SentenceId| self.sentence(id, &names, scores[id.index()], selected[id.index()]);
        self.prepared.analysis.ids().map(row).collect()
    }

    fn sentence(&self, id: SentenceId, names: &Names, score: Option<f64>, selected: bool) -> SentenceRow {
        let prepared = self.prepared;
        let sentence = prepared.analysis.sentence(id);
        let turn = sentence.turn as usize;
        let text = prepared.session.turn_text(turn);
        let speaker = prepared.speaker(id).0 as usize;
        let stated = self.stated(id);
        SentenceRow {
            turn: sentence.turn.into(),
            sentence: sentence.number.into(),
            speaker: Arc::clone(&names.labels[prepared.session.turns[turn].label.0 as usize]),
            name: Arc::clone(&names.speakers[speaker]),
            stakeholder: Arc::clone(&names.stakeholders[speaker]),
            start: sentence.span.start() as u64,
            end: sentence.span.end() as u64,
            time: prepared.session.time_of(turn, sentence.span),
            issue: names.issue(self.issue(id)),
            issue_score: self.issue(id).map(|_| self.fit(id)),
            is_compared: self.units.is_compared(prepared.people.speakers[speaker].role),
            stance: stated.map(|stated| stated.stance),
            bearings: self.bearing_rows(id, names),
            stance_on_issue: self
                .issue(id)
                .and_then(|_| self.stated_on_issue(id))
                .map(|stated| stated.stance),
            cue: stated.map_or_else(String::new, |stated| stated.cue.of(text).to_owned()),
            score,
            selected,
            kind: sentence.kind,
            words: sentence.words.into(),
            text: sentence.span.of(text).to_owned(),
        }
    }

    /// The issues that a sentence bears on, the most probable first.
    fn bearing_rows(&self, id: SentenceId, names: &Names) -> Vec<BearingRow> {
        let row = |bearing: &Bearing| BearingRow {
            issue: names.issue(Some(bearing.issue)),
            relevance: rounded(bearing.relevance),
            score: rounded(bearing.score),
        };
        let listed = self.bearings(id).iter().filter(|bearing| bearing.relevance >= EVIDENCE_RELEVANCE);
        let mut rows: Vec<BearingRow> = listed.map(row).collect();
        rows.sort_by(|a, b| b.relevance.total_cmp(&a.relevance));
        rows
    }

    fn position(&self, evidence: crate::model::Evidence) -> Position {
        let turn = self.prepared.session.turns.get(usize::try_from(evidence.turn).unwrap_or(usize::MAX));
        let name = turn.map_or("", |turn| &self.prepared.people.speaker(turn.label).name).to_owned();
        Position { evidence, name }
    }

    fn references(&self) -> Vec<ReferenceRow> {
        let name = |id: SpeakerId| {
            self.prepared.people.speakers.get(id.0 as usize).map_or("", |speaker| &speaker.name).to_owned()
        };
        let row = |reference: &crate::model::Reference| ReferenceRow {
            from: name(reference.from),
            to: name(reference.to),
            kind: reference.kind,
            place: self.quoted(reference.sentence),
        };
        self.findings.references.iter().map(row).collect()
    }

    pub(crate) fn quoted(&self, id: SentenceId) -> Quoted {
        let sentence = self.prepared.analysis.sentence(id);
        let text = self.prepared.session.turn_text(sentence.turn as usize);
        Quoted {
            turn: sentence.turn.into(),
            sentence: sentence.number.into(),
            text: sentence.span.of(text).to_owned(),
        }
    }
}
