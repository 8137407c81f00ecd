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
    let text = match arguments.format {
        TextOrJson::Json => pretty(&tables)?,
        TextOrJson::Text => format!(
            "Input (--input-format)\n{}\nOutput (--format)\n{}",
            lines(&tables.input),
            lines(&tables.output)
        ),
    };
    output::emit(&text)?;
    Ok(Outcome::Done)
}

fn lines(rows: &[Row]) -> String {
    let width =
        |text: fn(&Row) -> String| rows.iter().map(|row| text(row).chars().count()).max().unwrap_or(0);
    let extensions = |row: &Row| row.extensions.iter().map(|e| format!(".{e}")).collect::<Vec<_>>().join(" ");
    let (names, marks) = (width(|row| row.name.to_owned()), width(extensions));
    rows.iter()
        .map(|row| format!("  {:names$}  {:marks$}  {}\n", row.name, extensions(row), row.about))
        .collect()
}
