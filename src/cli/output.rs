//! Where results and messages go: standard output or a whole file, and standard error.

use std::io::{ErrorKind as Io, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use rapporteur::write::Layout;
use rapporteur::write::terminal::{shown, shown_on_a_line};
use rapporteur::{Error, Result};

use super::args::Color;

/// Lines longer than this are hard to read, however wide the terminal.
const MAX_WIDTH: usize = 100;

/// Writes a result to the file, or to standard output where none is named.
///
/// A reader that closes the pipe early (`| head`) has what it wanted: no error.
///
/// A table or a page that is shown on a terminal is passed through [`shown`]; in a file or a pipe it
/// stays as it is.
pub(super) fn emit(text: &str, file: Option<&Path>) -> Result<()> {
    if file.is_none() && std::io::stdout().is_terminal() {
        return emit_styled(&shown(text), None);
    }
    emit_styled(text, file)
}

/// Writes text for a reader, in which nothing may command a terminal, whichever way it gets there.
pub(super) fn emit_text(text: &str, file: Option<&Path>) -> Result<()> {
    emit_styled(&shown(text), file)
}

/// Writes a result that may hold escape codes of our own; what comes from a source is shown in it
/// already.
pub(super) fn emit_styled(text: &str, file: Option<&Path>) -> Result<()> {
    let Some(path) = file else {
        let mut out = std::io::stdout().lock();
        return match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != Io::BrokenPipe => Err(Error::io("standard output", &error)),
            _ => Ok(()),
        };
    };
    write_whole(path, text.as_bytes()).map_err(|error| {
        Error::io(&path.to_string_lossy(), &error)
            .remedy("nothing was written; check that the folder exists and may be written to")
    })
}

/// Writes a file whole or not at all: beside the target first, then in its place.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link is followed, so that what it points to is replaced; a device or pipe has no place to
    // put a file in.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.exists() && !target.is_file() {
        return std::fs::write(&target, bytes);
    }
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rapporteur-");
    #[cfg(unix)]
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(permissions);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}

/// How reports are laid out for where they go.
pub(super) fn layout(color: Color, file: Option<&Path>, several: bool) -> Layout {
    let stdout = std::io::stdout();
    let terminal = file.is_none() && stdout.is_terminal();
    let width =
        if terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
    let styled = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never,
    };
    Layout { width: width.map_or(Layout::PLAIN.width, |width| width.min(MAX_WIDTH)), styled, several }
}

/// Says on standard error what failed.
pub(super) fn complain(error: &Error) {
    say("error", AnsiColor::Red, &error.to_string());
}

/// Says on standard error what failed, in words that are kept from before.
pub(super) fn complain_of(message: &str) {
    say("error", AnsiColor::Red, message);
}

/// Says on standard error how things stand.
pub(super) fn note(message: &str) {
    let _ = writeln!(anstream::stderr(), "{}", shown(message));
}

/// Says on standard error what was worked around.
pub(super) fn warn(message: &str) {
    say("warning", AnsiColor::Yellow, message);
}

/// Says something on standard error. Where nobody listens, nothing is lost.
fn say(word: &str, color: AnsiColor, message: &str) {
    let style = Style::new().bold().fg_color(Some(color.into()));
    let _ = writeln!(anstream::stderr(), "{style}{word}:{style:#} {}", shown_on_a_line(message));
}
