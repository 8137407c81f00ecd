//! A comparison made by several processes, each of which sees some of the sessions.
//!
//! In the first pass each process makes [`CorpusFacts`], which merge in any order. One process makes a [`SharedPlan`]
//! of them all. In the second pass each makes the rows and counts of its sessions by that plan, and one adds the
//! counts up in the order of the keys of the sessions: the same steps as in [`Corpus`](super::Corpus).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::compare::{self, ComparisonPlan, CorpusFacts, Survey};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Issue, Session, SessionPart};
use crate::people::{Directory, KnownPeople};
use crate::prepare::Prepared;

use super::CompiledDefinition;
use super::survey::notes;

/// The format of a plan; another version of the program is refused apart from it, by its fingerprint.
const SCHEMA: &str = "rapporteur/plan/1";

/// What every process of a comparison is told: the people, the issues, and which sessions have another identifier
/// than their own.
#[derive(Debug, Clone)]
pub struct SharedPlan {
    fingerprint: String,
    /// How many sessions there are.
    pub n_sessions: u64,
    renamed: BTreeMap<Survey, String>,
    /// What is the same for all sessions; it lists no identifiers.
    pub plan: ComparisonPlan,
}

/// A plan as JSON. What the definition says is not in it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFile {
    schema: String,
    fingerprint: String,
    sessions: u64,
    renamed: Vec<(Survey, String)>,
    issues: Vec<Issue>,
    directory: Directory,
}

impl SharedPlan {
    /// The plan as JSON on one line.
    ///
    /// # Errors
    /// When it cannot be JSON, which is a bug.
    pub fn to_json(&self) -> Result<String> {
        let file = PlanFile {
            schema: SCHEMA.to_owned(),
            fingerprint: self.fingerprint.clone(),
            sessions: self.n_sessions,
            renamed: self.renamed.iter().map(|(survey, id)| (survey.clone(), id.clone())).collect(),
            issues: self.plan.issues.clone(),
            directory: self.plan.known.directory.clone(),
        };
        serde_json::to_string(&file).map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
    }

    /// The identifier that a session has in the comparison.
    pub fn id_of<'a>(&'a self, survey: &'a Survey) -> &'a str {
        self.renamed.get(survey).map_or_else(|| survey.id(), String::as_str)
    }
}

impl CompiledDefinition {
    /// What a session tells of people and issues, and its key.
    ///
    /// # Errors
    /// For warnings where the definition is strict.
    pub fn facts(&self, session: Session) -> Result<(Survey, CorpusFacts)> {
        let session = self.settled(session)?;
        let (facts, _) = CorpusFacts::of(&session, self.roster(), &self.compare_settings());
        Ok((Survey::new(&session), facts))
    }

    /// The rows and counts of a session: by the plan of all sessions, or understood from itself where there is none.
    ///
    /// # Errors
    /// As [`CompiledDefinition::facts`], and when a ledger does not add up, which is a bug.
    pub fn part(&self, session: Session, shared: Option<&SharedPlan>) -> Result<(Survey, SessionPart)> {
        let session = self.settled(session)?;
        let survey = Survey::new(&session);
        let part = match shared {
            Some(shared) => {
                let prepared = Prepared::new(&session, &shared.plan.known);
                compare::session(&prepared, shared.id_of(&survey), &shared.plan)?
            }
            None => {
                let (settings, roster) = (self.compare_settings(), self.roster().clone());
                let (facts, kept) = CorpusFacts::of(&session, &roster, &settings);
                let plan = ComparisonPlan::new(settings, roster, facts, std::slice::from_ref(&survey));
                compare::session(&kept.prepare(&session, &plan.known), &session.id, &plan)?
            }
        };
        Ok((survey, part))
    }

    /// The plan of a comparison of these sessions, of which these are the facts, and what a reader should know of the
    /// sessions as a whole.
    ///
    /// # Errors
    /// When a session is there twice: which of two reports is whose could not be told.
    pub fn shared_plan(
        &self,
        mut surveys: Vec<Survey>,
        facts: CorpusFacts,
    ) -> Result<(SharedPlan, Vec<String>)> {
        surveys.sort_unstable();
        if let Some([twice, _]) = surveys.array_windows().find(|[a, b]| a == b) {
            let message = format!(
                "the session {:?} of {:?} is there twice, with the same content",
                twice.id(),
                twice.date()
            );
            return Err(Error::usage(message).remedy("leave one of them out"));
        }
        let mut plan = ComparisonPlan::new(self.compare_settings(), self.roster().clone(), facts, &surveys);
        let notes = notes(surveys.iter(), &plan);
        let ids = std::mem::take(&mut plan.ids);
        let n_sessions = surveys.len() as u64;
        let renamed = surveys.into_iter().zip(ids).filter(|(survey, id)| survey.id() != id).collect();
        Ok((SharedPlan { fingerprint: self.fingerprint(""), n_sessions, renamed, plan }, notes))
    }

    /// A plan that [`SharedPlan::to_json`] has written.
    ///
    /// # Errors
    /// When it is no plan, or that of another definition or of another version of the program.
    pub fn read_plan(&self, json: &[u8]) -> Result<SharedPlan> {
        let file: PlanFile = serde_json::from_slice(json).map_err(|error| no_plan(&error.to_string()))?;
        if file.schema != SCHEMA {
            return Err(no_plan(&format!("its schema is {:?}", file.schema)));
        }
        if file.fingerprint != self.fingerprint("") {
            let error =
                Error::usage("the plan was made with another definition, roster or version of the program");
            return Err(error.remedy("make it anew with `rapporteur cluster plan`"));
        }
        let known = KnownPeople { roster: self.roster().clone(), directory: file.directory };
        let plan = ComparisonPlan {
            settings: self.compare_settings(),
            issues: file.issues,
            ids: Vec::new(),
            is_of_several: file.sessions > 1,
            known,
        };
        Ok(SharedPlan {
            fingerprint: file.fingerprint,
            n_sessions: file.sessions,
            renamed: file.renamed.into_iter().collect(),
            plan,
        })
    }
}

fn no_plan(reason: &str) -> Error {
    Error::usage(format!("this is no plan of a comparison: {reason}"))
        .remedy("make one with `rapporteur cluster plan`")
}
