//! `pipelines`: the definitions that come with the program, and the checking of any other.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use rapporteur::definition::{Definition, EMBEDDED, Embedded, embedded};
use rapporteur::error::nearest;
use rapporteur::pipeline::Input;
use rapporteur::{Error, Result};
use serde_json::json;

use crate::args::TextOrJson;
use crate::commands::{Outcome, pretty};
use crate::io::files::Destination;
use crate::io::{input, output};
use crate::schedule::parse_definition;

const EXAMPLES: &str = "\
Examples:
  rapporteur pipelines list
  rapporteur pipelines show weekly-report
  rapporteur pipelines copy position-brief my-brief.json
  rapporteur pipelines validate my-brief.json";

/// List, show, check and copy pipeline definitions
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the definitions that come with the program
    List {
        /// Format of the output
        #[arg(long, default_value = "text")]
        format: TextOrJson,
    },
    /// Print a definition, complete: every key with the value in force
    Show {
        /// Name of a definition that comes with the program, or a file
        definition: String,
    },
    /// Check definition files; a mistake is named with its line and what may have been meant
    Validate {
        /// Definition files, or names of definitions that come with the program
        #[arg(required = true)]
        definitions: Vec<String>,
    },
    /// Copy a definition that comes with the program into a file of your own
    Copy {
        /// Name of the definition
        name: String,
        /// Where it goes [default: NAME.json here]; an existing file is only replaced with --force
        file: Option<PathBuf>,
        /// Replace the file
        #[arg(long)]
        force: bool,
    },
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    match &arguments.action {
        Action::List { format } => list(*format)?,
        Action::Show { definition } => output::emit(&pretty(&load(definition)?)?)?,
        Action::Validate { definitions } => return validate(definitions),
        Action::Copy { name, file, force } => copy(name, file.as_deref(), *force)?,
    }
    Ok(Outcome::Done)
}

/// The definition of that file or name: what ends in `.json` or holds a `/` is a file.
pub(crate) fn load(name: &str) -> Result<Definition> {
    if !is_file(name) {
        let embedded = embedded(name).ok_or_else(|| unknown(name))?;
        return parse_definition(embedded.text, embedded.name);
    }
    let text = input::read_file(name).and_then(text_of).map_err(|error| {
        let remedy = "`rapporteur pipelines list` names the definitions that come with the program";
        Error::usage(error.kind().to_string()).in_file(name).remedy(remedy)
    })?;
    let mut definition = parse_definition(&text, name)?;
    if definition.name.is_empty() {
        let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        definition.name = stem.unwrap_or_default();
    }
    Ok(definition)
}

fn text_of(input: Input) -> Result<String> {
    String::from_utf8(input.bytes).map_err(|_| Error::usage("this is no UTF-8 text"))
}

fn is_file(name: &str) -> bool {
    name.contains(['/', std::path::MAIN_SEPARATOR]) || name.to_ascii_lowercase().ends_with(".json")
}

fn unknown(name: &str) -> Error {
    let best = nearest(name, EMBEDDED.iter().map(|known| known.name));
    let guess = best.map_or_else(String::new, |known| format!("do you mean “{known}”? "));
    let names: Vec<&str> = EMBEDDED.iter().map(|known| known.name).collect();
    Error::usage(format!("there is no definition “{name}”")).remedy(format!(
        "{guess}there are {}; a file of your own is named with its extension .json",
        names.join(", ")
    ))
}

fn list(format: TextOrJson) -> Result<()> {
    let definitions: Vec<Definition> =
        EMBEDDED.iter().map(|known| parse_definition(known.text, known.name)).collect::<Result<_>>()?;
    match format {
        TextOrJson::Json => {
            let row = |d: &Definition| json!({ "name": d.name, "about": d.about, "schedule": d.schedule });
            output::emit(&pretty(&definitions.iter().map(row).collect::<Vec<_>>())?)
        }
        TextOrJson::Text => {
            let row = |d: &Definition| (d.name.clone(), d.about.clone());
            output::emit_listing(&definitions.iter().map(row).collect::<Vec<_>>())
        }
    }
}

fn validate(definitions: &[String]) -> Result<Outcome> {
    let mut outcome = Outcome::Done;
    for name in definitions {
        match load(name) {
            Ok(_) => output::emit_text(&format!("{name}: valid\n"))?,
            Err(error) => {
                output::complain(&error);
                outcome = Outcome::BadUsage;
            }
        }
    }
    Ok(outcome)
}

fn copy(name: &str, file: Option<&Path>, force: bool) -> Result<()> {
    let Embedded { text, .. } = embedded(name).ok_or_else(|| unknown(name))?;
    let own = PathBuf::from(format!("{name}.json"));
    let file = file.unwrap_or(&own);
    let destination = Destination::new(Some(file), &["json"], force)?.worked_on();
    destination.check()?;
    destination.write(text)
}
