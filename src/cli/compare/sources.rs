//! The sources of a comparison: surveyed once, then opened again in the order of the tables.

use std::borrow::Cow;

use indicatif::ProgressBar;
use rapporteur::model::{Session, Warning};
use rapporteur::pipeline::compare::Survey;
use rapporteur::pipeline::{self, InputSettings};
use rapporteur::{Error, Result};
use rayon::prelude::*;

use crate::cli::{batch, input};

/// Sources that are worked on at the same time; what they add is held in memory until it is written.
pub(super) const TOGETHER: usize = 16;

/// Bytes of sources that are kept between the passes; the others are read twice.
const KEPT_BYTES: u64 = 32 << 20;

/// A source that could be read.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) surveys: Vec<Survey>,
    warnings: Vec<Warning>,
    kept: Option<Vec<Session>>,
}

/// Reads every source, in parallel; the sources come in the order of the tables.
pub(super) fn survey(
    paths: &[String],
    settings: &InputSettings,
    bar: &ProgressBar,
) -> (Vec<Source>, Vec<Error>) {
    let mut kept_bytes = 0;
    let mut sources = Vec::with_capacity(paths.len());
    let mut failures = Vec::new();
    for some in paths.chunks(TOGETHER) {
        let opened: Vec<Result<Source>> = some
            .par_iter()
            .map(|path| {
                let source = open(path, settings);
                bar.inc(1);
                source
            })
            .collect();
        for source in opened {
            match source {
                Ok(mut source) => {
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
    sources.sort_by(|a, b| a.surveys.first().map(Survey::key).cmp(&b.surveys.first().map(Survey::key)));
    (sources, failures)
}

fn open(path: &str, settings: &InputSettings) -> Result<Source> {
    let sessions = input::read(path).and_then(|input| pipeline::open(&input, settings));
    let sessions = sessions.map_err(|error| error.in_file(path))?;
    let surveys = sessions.iter().map(Survey::new).collect();
    let warnings = sessions.iter().flat_map(|session| session.warnings.iter().cloned()).collect();
    Ok(Source { path: path.to_owned(), surveys, warnings, kept: Some(sessions) })
}

impl Source {
    /// The sessions, the same as when they were surveyed.
    ///
    /// # Errors
    /// When the source cannot be read again or is another by now.
    pub(super) fn open(&self, settings: &InputSettings) -> Result<Cow<'_, [Session]>> {
        if let Some(kept) = &self.kept {
            return Ok(Cow::Borrowed(kept));
        }
        let again = open(&self.path, settings)?;
        if again.surveys != self.surveys {
            return Err(Error::usage("the source was changed while it was read")
                .in_file(&self.path)
                .remedy("compare again"));
        }
        Ok(Cow::Owned(again.kept.unwrap_or_default()))
    }

    /// Says what was worked around.
    pub(super) fn warn(&self) {
        batch::warn(&self.path, &self.warnings);
    }

    fn bytes(&self) -> u64 {
        self.kept.iter().flatten().next().map_or(0, |session| session.source.bytes)
    }
}
