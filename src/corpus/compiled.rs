//! What a definition makes of a session, and the digest that tells whether it was made before.

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Page, PageSession, PageSettings, Report, Roster, Session, SessionPart};
use crate::people::{Directory, KnownPeople};

use crate::answer;
use crate::compare::{self, ComparisonPlan, CorpusFacts, CorpusTotals, Survey};
use crate::definition::{CompareSettings, Content, Definition, OutputSettings, Template};
use crate::page;
use crate::pipeline::Input;
use crate::prepare::ReadSession;

use super::allowance::{Allowance, prepare, read_people};

/// A definition reduced to what decides the result, so that a new schedule, say, changes no report.
#[derive(Debug, Clone)]
pub struct CompiledDefinition {
    definition: Definition,
    roster: Roster,
    digest: Sha256,
    /// Whether sessions have pages of their own.
    makes_pages: bool,
}

/// What comes of a session.
#[derive(Debug, Clone)]
pub struct SessionOutput {
    /// The report, for files to read.
    pub report: Report,
    /// What a comparison takes from it, for the archive.
    pub part: SessionPart,
    /// The page, where the definition wants pages of single sessions.
    pub page: Option<Page>,
}

impl CompiledDefinition {
    /// A definition compiled with its roster, whose checksum the definition has.
    ///
    /// # Errors
    /// When the definition cannot be written as JSON, which is a bug.
    pub fn new(definition: &Definition, roster: Roster) -> Result<CompiledDefinition> {
        let mut definition = definition.clone();
        definition.about.clear();
        definition.input.paths.clear();
        definition.archive = None;
        definition.schedule = None;
        let outputs = definition.outputs.take().unwrap_or_default();
        let mut pages = outputs.files.iter().filter(|file| file.content == Content::Page);
        let makes_pages = pages.any(|file| Template::parse(&file.path).is_ok_and(|t| t.is_of_session()));
        let outputs = Some(OutputSettings { manifest: None, ..outputs });
        let text = serde_json::to_vec(&Definition { outputs, ..definition.clone() })
            .map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))?;
        let mut digest = Sha256::new();
        for part in [crate::TOOL.as_bytes(), &text] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        Ok(CompiledDefinition { definition, roster, digest, makes_pages })
    }

    /// The definition as reports have it.
    pub fn definition(&self) -> &Definition {
        &self.definition
    }

    /// A digest of everything that decides the result for an input with this SHA-256: the content,
    /// the definition and the version of the program.
    pub fn fingerprint(&self, sha256: &str) -> String {
        let mut digest = self.digest.clone();
        digest.update(sha256.as_bytes());
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Makes the reports of the sessions of an input and what the archive keeps of them.
    ///
    /// Sessions are understood from their own input and the roster, never from what other inputs
    /// there are: else each new input would change the reports of all others.
    ///
    /// # Errors
    /// When the definition names a speaker that a session does not have.
    pub fn make(&self, sessions: &[Session]) -> Vec<Result<SessionOutput>> {
        let mut known = KnownPeople { roster: self.roster.clone(), directory: Directory::default() };
        let mut sessions: Vec<(&Session, Option<ReadSession>)> =
            sessions.iter().map(|session| (session, None)).collect();
        if sessions.len() > 1 {
            known.directory = read_people(&mut sessions, &Allowance::default());
        }
        let one = |(session, read): (&Session, Option<ReadSession>)| {
            self.one(session, read.unwrap_or_else(|| ReadSession::of(session)), &known)
        };
        sessions.into_par_iter().map(one).collect()
    }

    /// The report of a session of a stream, understood from itself and the roster.
    ///
    /// # Errors
    /// As [`CompiledDefinition::make`], and for warnings where the definition is strict.
    pub fn report(&self, session: Session) -> Result<Report> {
        let known = KnownPeople { roster: self.roster.clone(), directory: Directory::default() };
        crate::pipeline::summarize(&self.settled(session)?, &known, &self.definition)
    }

    /// A session of a stream, as the definition's settings want it.
    pub(super) fn settled(&self, session: Session) -> Result<Session> {
        let input = Input { path: session.source.path.clone(), bytes: Vec::new() };
        let settled = crate::pipeline::settled(vec![session], &input, &self.definition.input)?;
        let none = || Error::new(ErrorKind::NoTurns("there is no session".to_owned()));
        settled.into_iter().next().ok_or_else(none)
    }

    /// Who is who.
    pub(super) fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Who and what is compared.
    pub(super) fn compare_settings(&self) -> CompareSettings {
        self.definition.compare.clone().unwrap_or_default()
    }

    fn one(&self, session: &Session, read: ReadSession, known: &KnownPeople) -> Result<SessionOutput> {
        let settings = self.compare_settings();
        let (shared, kept) = CorpusFacts::of_read(session, read, &known.roster, &settings);
        let mut plan = ComparisonPlan::new(settings, Roster::default(), shared, &[Survey::new(session)]);
        plan.known.clone_from(known);
        let prepared = kept.prepare(session, known);
        let report = answer::summarize(&prepared, &self.definition)?;
        let compared = compare::compared(&prepared, &session.id, &plan)?;
        let part = compared.part.clone();
        let page = match self.makes_pages {
            true => {
                let made = page::of_rows(&prepared, compared, &plan)?;
                Some(self.laid_out(vec![made], &plan, Vec::new())?)
            }
            false => None,
        };
        Ok(SessionOutput { report, part, page })
    }

    /// The page of several sessions, which tell each other of people and issues, in order of date.
    ///
    /// `notes` are for its reader.
    ///
    /// # Errors
    /// When a ledger does not add up, which is a bug.
    pub fn page(&self, sessions: &[Session], notes: Vec<String>) -> Result<Page> {
        let settings = self.compare_settings();
        let mut sessions: Vec<&Session> = sessions.iter().collect();
        sessions.sort_by_cached_key(|session| Survey::new(session).owned_key());
        let allowance = Allowance::default();
        let (plan, kept) = super::compare::plan(&sessions, settings, self.roster.clone(), &allowance);
        let jobs = sessions.par_iter().zip(kept).zip(&plan.ids);
        let made: Vec<Result<PageSession>> = jobs
            .map(|((session, kept), id)| page::session(&prepare(session, kept, &plan.known), id, &plan))
            .collect();
        self.laid_out(made.into_iter().collect::<Result<_>>()?, &plan, notes)
    }

    fn laid_out(&self, made: Vec<PageSession>, plan: &ComparisonPlan, notes: Vec<String>) -> Result<Page> {
        let mut tally = CorpusTotals::default();
        made.iter().for_each(|session| tally.add(&session.part.counts));
        let mut page = page::page(made, plan, tally, notes)?;
        let definition = Definition { compare: Some(plan.settings.clone()), ..self.definition.clone() };
        page.settings = PageSettings::Definition(Box::new(definition));
        Ok(page)
    }
}
