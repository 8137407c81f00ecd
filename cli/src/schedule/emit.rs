//! Units of systemd: a service that runs a definition once, and a timer that starts it.

use std::path::{Path, PathBuf};

use rapporteur::definition::Definition;
use rapporteur::write::terminal::{is_command, shown_on_a_line};
use rapporteur::{Error, Result};

use crate::io::files::Destination;
use crate::io::output;
use crate::io::output::Outcome;

/// A unit: the name of its file, and its text.
pub(crate) struct Unit {
    name: String,
    text: String,
}

/// The service and the timer of a definition, to be run in this folder by this program.
pub(crate) fn units(
    definition: &Definition,
    given: &str,
    inputs: &[String],
    calendar: &[String],
) -> Result<Vec<Unit>> {
    let failed = |error: std::io::Error| Error::io(".", &error);
    let program = std::env::current_exe().map_err(failed)?;
    let folder = std::env::current_dir().map_err(failed)?;
    let name = format!("rapporteur-{}", file_name(&definition.name));
    let mut words =
        vec![program.to_string_lossy().into_owned(), "schedule".into(), given.into(), "--once".into()];
    words.extend(inputs.iter().cloned());
    let command: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    let about = if definition.about.is_empty() { &definition.name } else { &definition.about };
    let service = format!(
        "[Unit]\nDescription=rapporteur: {}\n\n[Service]\nType=oneshot\nWorkingDirectory={}\nExecStart={}\n\
         # Told to stop, it ends with 4 and goes on the next time.\nSuccessExitStatus=4\nNice=10\n",
        escaped(about),
        folder_line(&folder)?,
        command.join(" "),
    );
    let times: String = calendar.iter().map(|time| format!("OnCalendar={time}\n")).collect();
    let timer = format!(
        "[Unit]\nDescription=rapporteur: when {} is due\n\n[Timer]\n{times}# A time that was missed is made \
         up for.\nPersistent=true\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n",
        escaped(&definition.name),
    );
    Ok(vec![
        Unit { name: format!("{name}.service"), text: service },
        Unit { name: format!("{name}.timer"), text: timer },
    ])
}

/// Writes the units into a folder, or shows them one after the other.
pub(crate) fn write(units: &[Unit], folder: Option<&Path>) -> Result<Outcome> {
    let Some(folder) = folder else {
        let text: Vec<String> = units.iter().map(|unit| format!("# {}\n{}", unit.name, unit.text)).collect();
        output::emit(&text.join("\n"))?;
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(folder).map_err(|error| Error::io(&folder.to_string_lossy(), &error))?;
    for unit in units {
        let path: PathBuf = folder.join(&unit.name);
        Destination::new(Some(&path), &["service", "timer"], false)?.write(&unit.text)?;
    }
    Ok(Outcome::Done)
}

/// A text on one line in which systemd replaces nothing. A backslash at the end would join the next line
/// to it.
fn escaped(text: &str) -> String {
    let mut line = shown_on_a_line(text).replace('%', "%%");
    if line.ends_with('\\') {
        line.push(' ');
    }
    line
}

/// A folder as the value of `WorkingDirectory=`, which knows no escapes but `%%`.
///
/// # Errors
/// When systemd has no way to write its name.
fn folder_line(folder: &Path) -> Result<String> {
    let is_plain = |text: &&str| !text.contains(is_command) && !text.ends_with(['\\', ' ']);
    match folder.to_str().filter(is_plain) {
        Some(text) => Ok(text.replace('%', "%%")),
        None => Err(Error::usage("systemd cannot be told the name of this folder")
            .in_file(&folder.to_string_lossy())
            .remedy("run it in a folder without control characters or a backslash at the end of its name")),
    }
}

/// A name as part of the name of a unit: letters, digits and what systemd allows beside them.
fn file_name(name: &str) -> String {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.chars().map(|c| if is_allowed(c) { c } else { '_' }).collect()
}

/// A word of a command line as systemd reads it: in quotation marks, with the escapes of C.
fn quoted(word: &str) -> String {
    let mut text = String::with_capacity(word.len() + 2);
    for c in word.chars() {
        match c {
            '%' => text.push_str("%%"),
            '$' => text.push_str("$$"),
            '\\' | '"' => text.extend(['\\', c]),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            c if is_command(c) => text.push_str(&format!("\\U{:08x}", u32::from(c))),
            c => text.push(c),
        }
    }
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_nothing_to_systemd_but_itself() {
        let cases = [
            ("inbox/a b.txt", r#""inbox/a b.txt""#),
            ("100%h.txt", r#""100%%h.txt""#),
            ("$HOME ${X}", r#""$$HOME $${X}""#),
            ("a\"; ExecStart=/bin/sh", r#""a\"; ExecStart=/bin/sh""#),
            ("a\nExecStart=/bin/sh", r#""a\nExecStart=/bin/sh""#),
            ("back\\", r#""back\\""#),
            ("\x1b[2J\u{202e}\u{9b}", r#""\U0000001b[2J\U0000202e\U0000009b""#),
            ("it's # ; a", r#""it's # ; a""#),
        ];
        for (word, expected) in cases {
            assert_eq!(quoted(word), expected, "{word:?}");
        }
    }

    #[test]
    fn a_description_stays_on_its_line() {
        let cases = [
            ("a\nExecStart=/bin/sh", "a\\nExecStart=/bin/sh"),
            ("50%", "50%%"),
            ("end\\", "end\\ "),
            ("\x1b[2J", "\\u{1b}[2J"),
        ];
        for (text, expected) in cases {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_unit_is_a_file_of_its_folder() {
        assert_eq!(file_name("../../etc/x y\n"), ".._.._etc_x_y_");
        assert_eq!(file_name("weekly-report"), "weekly-report");
    }

    #[test]
    fn a_folder_is_named_or_refused() {
        assert_eq!(folder_line(Path::new("/srv/50% done")).unwrap(), "/srv/50%% done");
        for name in ["/srv/a\nb", "/srv/a\\", "/srv/\u{202e}a"] {
            assert!(folder_line(Path::new(name)).is_err(), "{name:?}");
        }
    }
}
