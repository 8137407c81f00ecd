//! The sources of `compare` and `report`: surveyed once, then opened again in the order of the tables.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indicatif::ProgressBar;
use rapporteur::compare::{Plan, Shared, Survey};
use rapporteur::definition::InputSettings;
use rapporteur::model::{Session, Warning};
use rapporteur::pipeline::{self, Opened};
use rapporteur::{Error, Result};
use rayon::prelude::*;

use crate::io::{batch, input, limits};

/// Sources that are worked on at the same time; what they add is held in memory until it is written.
pub(crate) const TOGETHER: usize = 16;

/// Bytes of sources that are kept between the passes; the others are read twice.
const KEPT_BYTES: u64 = 32 << 20;

/// A source that could be read.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) surveys: Vec<Survey>,
    warnings: Vec<Warning>,
    kept: Option<Vec<Session>>,
}

/// What was found in the inputs.
#[derive(Default)]
pub(crate) struct Surveyed {
    /// The sources in the order of the tables.
    pub(crate) sources: Vec<Source>,
    /// What the sessions together tell.
    pub(crate) shared: Shared,
    pub(crate) failures: Vec<Error>,
    /// What was left out of folders, for the user.
    pub(crate) left_out: Vec<String>,
}

/// Reads every source, in parallel; `tells` says what a session tells the others.
pub(crate) fn survey(
    inputs: &[input::Source],
    settings: &InputSettings,
    tells: impl Fn(&Session) -> Shared + Sync,
    bar: &ProgressBar,
) -> Surveyed {
    let mut kept_bytes = 0;
    let Surveyed { mut sources, mut shared, mut failures, mut left_out } = Surveyed::default();
    let mut is_transcript = Vec::with_capacity(inputs.len());
    for some in inputs.chunks(TOGETHER) {
        let opened: Vec<(Result<Opened>, Shared)> = some
            .par_iter()
            .map(|input| {
                let _timed = limits::begin(&input.path);
                let opened = input.open(settings).map(|(_, opened)| opened);
                let told = together(&opened, &tells);
                bar.inc(1);
                (opened, told)
            })
            .collect();
        for (input, (opened, told)) in some.iter().zip(opened) {
            shared.merge(told);
            is_transcript.push(!matches!(opened, Ok(Opened::Other(_))));
            match opened {
                Ok(Opened::Other(why)) => left_out.push(input.left_out(&why)),
                Ok(Opened::Sessions(sessions)) => {
                    let mut source = Source::new(&input.path, sessions);
                    kept_bytes += source.bytes();
                    // Standard input cannot be read again.
                    if kept_bytes > KEPT_BYTES && source.path != "-" {
                        source.kept = None;
                    }
                    sources.push(source);
                }
                Err(error) => failures.push(error),
            }
        }
    }
    failures.extend(input::without_transcript(inputs, |at| is_transcript.get(at) == Some(&true)));
    sources.sort_by(|a, b| a.surveys.first().map(Survey::key).cmp(&b.surveys.first().map(Survey::key)));
    Surveyed { sources, shared, failures, left_out }
}

/// What a reader should know of the sessions as a whole.
pub(crate) fn notes(surveys: &[Survey], plan: &Plan) -> Vec<String> {
    let mut notes = Vec::new();
    if plan.issues.is_empty() {
        notes.push(
            "no issues were found, so positions stand on none; issues are found in English and in headings, and \
             --issues FILE lists them for any language"
                .to_owned(),
        );
    }
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (survey, id) in surveys.iter().zip(&plan.ids) {
        let path = survey.path();
        if survey.id() != id {
            notes.push(format!("{path}: the identifier {:?} is taken; here it is {id:?}", survey.id()));
        }
        if let Some(first) = seen.insert(survey.sha256(), path).filter(|first| *first != path) {
            notes.push(format!("{path}: the same content as {first}; its words count twice"));
        }
    }
    notes
}

/// What the sessions of a source tell.
fn together(opened: &Result<Opened>, tells: &(impl Fn(&Session) -> Shared + Sync)) -> Shared {
    let mut all = Shared::default();
    if let Ok(Opened::Sessions(sessions)) = opened {
        for some in sessions.chunks(TOGETHER) {
            let told: Vec<Shared> = some.par_iter().map(tells).collect();
            told.into_iter().for_each(|told| all.merge(told));
        }
    }
    all
}

impl Source {
    fn new(path: &str, sessions: Vec<Session>) -> Self {
        let surveys = sessions.iter().map(Survey::new).collect();
        let warnings = sessions.iter().flat_map(|session| session.warnings.iter().cloned()).collect();
        Source { path: path.to_owned(), surveys, warnings, kept: Some(sessions) }
    }

    /// The sessions, the same as when they were surveyed.
    ///
    /// # Errors
    /// When the source cannot be read again or is another by now.
    pub(crate) fn open(&self, settings: &InputSettings) -> Result<Cow<'_, [Session]>> {
        if let Some(kept) = &self.kept {
            return Ok(Cow::Borrowed(kept));
        }
        let sessions = input::read(&self.path).and_then(|input| pipeline::open(&input, settings));
        let again = Source::new(&self.path, sessions.map_err(|error| error.in_file(&self.path))?);
        if again.surveys != self.surveys {
            return Err(Error::usage("the source was changed while it was read")
                .in_file(&self.path)
                .remedy("compare again"));
        }
        Ok(Cow::Owned(again.kept.unwrap_or_default()))
    }

    /// Says what was worked around.
    pub(crate) fn warn(&self) {
        batch::warn(&self.path, &self.warnings);
    }

    /// What was worked around, with the path.
    pub(crate) fn warnings(&self) -> (String, Vec<Warning>) {
        (self.path.clone(), self.warnings.clone())
    }

    fn bytes(&self) -> u64 {
        self.kept.iter().flatten().next().map_or(0, |session| session.source.bytes)
    }
}
