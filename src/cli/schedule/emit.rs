//! Units of systemd: a service that runs a definition once, and a timer that starts it.

use std::path::{Path, PathBuf};

use rapporteur::pipeline::Definition;
use rapporteur::{Error, Result};

use crate::cli::{Outcome, output};

/// A unit: the name of its file, and its text.
pub(super) struct Unit {
    name: String,
    text: String,
}

/// The service and the timer of a definition, to be run in this folder by this program.
pub(super) fn units(
    definition: &Definition,
    given: &str,
    inputs: &[String],
    calendar: &[String],
) -> Result<Vec<Unit>> {
    let failed = |error: std::io::Error| Error::io(".", &error);
    let program = std::env::current_exe().map_err(failed)?;
    let folder = std::env::current_dir().map_err(failed)?;
    let name = format!("rapporteur-{}", definition.name);
    let mut words =
        vec![program.to_string_lossy().into_owned(), "schedule".into(), given.into(), "--once".into()];
    words.extend(inputs.iter().cloned());
    let command: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    let about = if definition.about.is_empty() { &definition.name } else { &definition.about };
    let service = format!(
        "[Unit]\nDescription=rapporteur: {}\n\n[Service]\nType=oneshot\nWorkingDirectory={}\nExecStart={}\n\
         # Told to stop, it ends with 4 and goes on the next time.\nSuccessExitStatus=4\nNice=10\n",
        escaped(about),
        escaped(&folder.to_string_lossy()),
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
pub(super) fn write(units: &[Unit], folder: Option<&Path>) -> Result<Outcome> {
    let Some(folder) = folder else {
        let text: Vec<String> = units.iter().map(|unit| format!("# {}\n{}", unit.name, unit.text)).collect();
        output::emit(&text.join("\n"), None)?;
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(folder).map_err(|error| Error::io(&folder.to_string_lossy(), &error))?;
    for unit in units {
        let path: PathBuf = folder.join(&unit.name);
        output::emit(&unit.text, Some(&path))?;
    }
    Ok(Outcome::Done)
}

/// A text in which systemd replaces nothing.
fn escaped(text: &str) -> String {
    text.replace('%', "%%").replace(['\n', '\r'], " ")
}

/// A word of a command line as systemd reads it.
fn quoted(word: &str) -> String {
    let text = escaped(word).replace('\\', "\\\\").replace('"', "\\\"").replace('$', "$$");
    format!("\"{text}\"")
}
