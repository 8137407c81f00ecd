//! `formats`: the tables of input and output formats.

use clap::Args;
use rapporteur::{Result, read, write};
use serde::Serialize;

use crate::args::TextOrJson;
use crate::commands::{Outcome, pretty};
use crate::io::output;

const EXAMPLES: &str = "\
Examples:
  rapporteur formats
  rapporteur formats --format json";

/// List the input and output formats
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Format of the output
    #[arg(long, default_value = "text")]
    format: TextOrJson,
}

#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    about: &'static str,
    extensions: &'static [&'static str],
}

#[derive(Debug, Serialize)]
struct Tables {
    input: Vec<Row>,
    output: Vec<Row>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let row = |name, about, extensions| Row { name, about, extensions };
    let tables = Tables {
        input: read::FORMATS.iter().map(|f| row(f.name, f.about, f.extensions)).collect(),
        output: write::FORMATS.iter().map(|f| row(f.name, f.about, f.extensions)).collect(),
    };
    match arguments.format {
        TextOrJson::Json => output::emit(&pretty(&tables)?)?,
        TextOrJson::Text => {
            for (title, table) in
                [("Input (--input-format)\n", &tables.input), ("\nOutput (--format)\n", &tables.output)]
            {
                output::emit_text(title)?;
                output::emit_listing(&lines(table))?;
            }
        }
    }
    Ok(Outcome::Done)
}

/// Each format with its extensions, and what it is.
fn lines(rows: &[Row]) -> Vec<(String, String)> {
    let names = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
    let extensions = |row: &Row| row.extensions.iter().map(|e| format!(".{e}")).collect::<Vec<_>>().join(" ");
    rows.iter()
        .map(|row| (format!("{:names$}  {}", row.name, extensions(row)), row.about.to_owned()))
        .collect()
}
