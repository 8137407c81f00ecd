//! Bold and dim, where they are wanted.

use anstyle::{AnsiColor, Effects, Style};

/// Whether escape codes are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub(super) styled: bool,
}

impl Paint {
    /// What a reader looks for first.
    pub(super) fn bold(&self, text: &str) -> String {
        self.with(Style::new().bold(), text)
    }

    /// The name over a summary.
    pub(super) fn name(&self, text: &str) -> String {
        self.with(Style::new().fg_color(Some(AnsiColor::Cyan.into())).bold(), text)
    }

    /// What a reader looks for last.
    pub(super) fn dim(&self, text: &str) -> String {
        self.with(Style::new().effects(Effects::DIMMED), text)
    }

    fn with(&self, style: Style, text: &str) -> String {
        if self.styled && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
