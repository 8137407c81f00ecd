//! What is told to the user while work goes on.

use crate::io::output;

/// Who is told how a run goes.
pub trait Messages: Send + Sync {
    /// How things stand: what was done, what comes next.
    fn note(&self, message: &str);

    /// What was worked around or left out.
    fn warning(&self, message: &str);

    /// What failed.
    fn failure(&self, message: &str);

    /// Whether a bar on the terminal may show how far the work is.
    fn shows_progress(&self) -> bool {
        false
    }
}

/// Standard error.
pub(crate) struct Terminal {
    /// Whether only failures are told.
    pub(crate) quiet: bool,
}

impl Messages for Terminal {
    fn note(&self, message: &str) {
        if !self.quiet {
            output::note(message);
        }
    }

    fn warning(&self, message: &str) {
        if !self.quiet {
            output::warn(message);
        }
    }

    fn failure(&self, message: &str) {
        output::complain_of(message);
    }

    fn shows_progress(&self) -> bool {
        !self.quiet
    }
}
