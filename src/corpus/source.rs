//! Where sessions come from, and who is told how the work on them goes.

use crate::definition::InputSettings;
use crate::error::Result;
use crate::pipeline::{Input, Opened};

/// A source of sessions, which is opened once for each pass.
pub trait Source: Sync {
    /// Its path, as messages name it.
    fn path(&self) -> &str;

    /// Its bytes and the sessions in them, or what it is instead.
    ///
    /// # Errors
    /// When it cannot be read or understood; the error names the path.
    fn open(&self, settings: &InputSettings) -> Result<(Input, Opened)>;

    /// Whether it may be opened more than once.
    fn is_repeatable(&self) -> bool {
        true
    }

    /// Whether it goes on with the file of the source before it; their sessions stay together.
    fn continues(&self) -> bool {
        false
    }

    /// The folder that stands for it, where it was not named itself.
    fn folder(&self) -> Option<&str> {
        None
    }

    /// What a user is told of a source that holds no session.
    fn left_out(&self, why: &str) -> String {
        format!("{}: left out: {why}", self.path())
    }
}

/// What is told of the progress of work on many sources.
pub trait Progress: Sync {
    /// Lives as long as the work on a source does.
    type Work;

    /// The work on the source at a path, or on a session in it, begins.
    fn begin(&self, path: &str) -> Self::Work;

    /// Several sources are done in a pass.
    fn advance(&self, n_sources: usize);
}

/// Tells nobody.
impl Progress for () {
    type Work = ();

    fn begin(&self, _: &str) -> Self::Work {}

    fn advance(&self, _: usize) {}
}

impl Source for Input {
    fn path(&self) -> &str {
        &self.path
    }

    fn open(&self, settings: &InputSettings) -> Result<(Input, Opened)> {
        let sessions = crate::pipeline::open(self, settings).map_err(|error| error.in_file(&self.path))?;
        Ok((self.clone(), Opened::Sessions(sessions)))
    }
}
