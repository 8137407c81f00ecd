//! Where results and messages go: standard output or a whole file, and standard error.

use std::io::{ErrorKind as Io, IsTerminal, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use rapporteur::model::Warning;
use rapporteur::write::Layout;
use rapporteur::write::terminal::{shown, shown_on_a_line};
use rapporteur::{Error, Result};

/// When to use bold and colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Even in a pipe or file
    Always,
    /// Not at all
    Never,
}

impl Color {
    /// Makes the choice hold for messages too.
    pub(crate) fn write_global(self) {
        match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// Lines longer than this are hard to read, however wide the terminal.
const MAX_WIDTH: usize = 100;

/// Writes a result to standard output.
///
/// A reader that closes the pipe early (`| head`) has what it wanted: no error.
///
/// A table or a page that is shown on a terminal is passed through [`shown`]; in a pipe it stays as it
/// is.
pub(crate) fn emit(text: &str) -> Result<()> {
    if std::io::stdout().is_terminal() { emit_styled(&shown(text)) } else { emit_styled(text) }
}

/// Writes text for a reader, in which nothing may command a terminal, whichever way it gets there.
pub(crate) fn emit_text(text: &str) -> Result<()> {
    emit_styled(&shown(text))
}

/// Writes a result that may hold escape codes of our own; what comes from a source is shown in it
/// already.
pub(crate) fn emit_styled(text: &str) -> Result<()> {
    emit_bytes(text.as_bytes())
}

/// Writes a result that need not be text.
pub(crate) fn emit_bytes(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != Io::BrokenPipe => Err(Error::io("standard output", &error)),
        _ => Ok(()),
    }
}

/// Columns for text that goes to `file`, or to standard output: those of the terminal, where it is one.
pub(crate) fn width(file: Option<&Path>) -> usize {
    let width = if file.is_none() { terminal_width() } else { None };
    width.unwrap_or(Layout::PLAIN.width)
}

/// Columns of the terminal that standard output is; none where it is none.
fn terminal_width() -> Option<usize> {
    let is_terminal = std::io::stdout().is_terminal();
    let size = if is_terminal { terminal_size::terminal_size() } else { None };
    size.map(|(width, _)| usize::from(width.0).min(MAX_WIDTH))
}

/// Writes names and what is said of them to standard output, as [`listing`] lays them out.
pub(crate) fn emit_listing(rows: &[(String, String)]) -> Result<()> {
    emit_text(&listing(rows, terminal_width()))
}

/// Names and what is said of them, in two columns. On a terminal the second is wrapped; where that leaves
/// little of it, it goes below the name. In a pipe a row is a line.
fn listing(rows: &[(String, String)], width: Option<usize>) -> String {
    let column = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let row = |(name, about): &(String, String)| {
        let Some(width) = width else { return format!("  {name:column$}  {about}\n") };
        let is_narrow = width < column + 4 + LEAST_COLUMN;
        let indent = " ".repeat(if is_narrow { 4 } else { column + 4 });
        let options = textwrap::Options::new(width).initial_indent(&indent).subsequent_indent(&indent);
        let wrapped = textwrap::fill(about, options);
        match is_narrow {
            true => format!("  {name}\n{wrapped}\n"),
            false => format!("  {name:column$}  {}\n", wrapped.trim_start()),
        }
    };
    rows.iter().map(row).collect()
}

/// Columns below which wrapped text is hard to read.
const LEAST_COLUMN: usize = 24;

/// How reports are laid out for where they go.
pub(crate) fn layout(color: Color, file: Option<&Path>, several: bool) -> Layout {
    let stdout = std::io::stdout();
    let terminal = file.is_none() && stdout.is_terminal();
    let styled = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
    };
    Layout { width: width(file), styled, several }
}

/// Says on standard error what failed.
pub(crate) fn complain(error: &Error) {
    say("error", AnsiColor::Red, &error.to_string());
}

/// Says on standard error what failed, in words that are kept from before.
pub(crate) fn complain_of(message: &str) {
    say("error", AnsiColor::Red, message);
}

/// Says on standard error how things stand.
pub(crate) fn note(message: &str) {
    let _ = writeln!(anstream::stderr(), "{}", shown(message));
}

/// Says on standard error what was worked around.
pub(crate) fn warn(message: &str) {
    say("warning", AnsiColor::Yellow, message);
}

/// Says something on standard error. A failure to write there has no other place to be told.
fn say(word: &str, color: AnsiColor, message: &str) {
    let style = Style::new().bold().fg_color(Some(color.into()));
    let _ = writeln!(anstream::stderr(), "{style}{word}:{style:#} {}", shown_on_a_line(message));
}

/// How a command ended that could be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is done.
    Done,
    /// Some sessions failed, the rest are done.
    SomeFailed,
    /// A flag did not fit any session, and nothing was written.
    BadUsage,
    /// `verify` found something that is not as the source has it.
    Mismatch,
    /// It was told to stop; what was done is kept.
    Stopped,
}

/// A table or value as indented JSON.
pub(crate) fn pretty(value: &impl serde::Serialize) -> Result<String> {
    rapporteur::write::json::pretty(value).map(|text| text + "\n").map_err(|error| {
        Error::new(rapporteur::ErrorKind::Internal(format!("this could not be written as JSON: {error}")))
    })
}

/// Warnings of one session that are shown before the rest is only counted.
const SHOWN_WARNINGS: usize = 3;

/// Says what was worked around in a source.
pub(crate) fn warn_of(path: &str, warnings: &[Warning]) {
    for warning in warnings.iter().take(SHOWN_WARNINGS) {
        let line = if warning.line > 0 { format!(":{}", warning.line) } else { String::new() };
        warn(&format!("{path}{line}: {}", warning.message));
    }
    let rest = warnings.len().saturating_sub(SHOWN_WARNINGS);
    if rest > 0 {
        warn(&format!("{path}: {rest} more; `rapporteur inspect` shows all"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_keeps_to_the_width_of_the_terminal() {
        let rows = [
            ("position-brief".to_owned(), "a brief of each session, with the positions of all".to_owned()),
            ("weekly".to_owned(), "one report a week".to_owned()),
        ];
        let piped = listing(&rows, None);
        assert_eq!(piped.lines().count(), 2, "{piped}");
        assert!(piped.contains("  weekly          one report a week\n"), "{piped}");
        for width in [30, 45, 60] {
            let text = listing(&rows, Some(width));
            assert!(text.lines().all(|line| line.chars().count() <= width), "{width}: {text}");
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(words(&text), words(&piped), "{width}");
        }
    }
}
