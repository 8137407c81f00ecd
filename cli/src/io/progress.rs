//! The progress of long work, on a terminal.

use std::fmt::Write;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use rapporteur::corpus::Progress;

use crate::io::limits::{self, Timed};

/// A bar on a terminal where there is something to wait for, else nothing; the time that each source takes
/// is measured.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar for several sources in a number of passes.
    pub(crate) fn new(n_sources: usize, n_passes: usize, quiet: bool) -> Self {
        if quiet || n_sources * n_passes < 2 {
            return Bar(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len}, {rate}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .with_key("rate", |state: &ProgressState, to: &mut dyn Write| {
                // A bar that cannot be written to shows nothing, and that is all.
                let _ = write!(to, "{:.1} a second", state.per_sec());
            });
        Bar(ProgressBar::new((n_sources * n_passes) as u64).with_style(style))
    }

    /// Removes the bar.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }

    /// Prints messages without the bar between them.
    pub(crate) fn suspend(&self, print: impl FnOnce()) {
        self.0.suspend(print);
    }
}

impl Progress for Bar {
    type Work = Timed;

    fn begin(&self, path: &str) -> Timed {
        limits::begin(path)
    }

    fn advance(&self, n_sources: usize) {
        self.0.inc(n_sources as u64);
    }
}
