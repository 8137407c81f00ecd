//! `methods`: the table of summarization methods.

use clap::Args;
use rapporteur::{Result, rank};
use serde_json::json;

use crate::args::TextOrJson;
use crate::commands::{Outcome, pretty};
use crate::io::output;

const EXAMPLES: &str = "\
Examples:
  rapporteur methods
  rapporteur methods --format json
  rapporteur summarize panel.txt --method lexrank";

/// List the summarization methods and where they come from
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Format of the output
    #[arg(long, default_value = "text")]
    format: TextOrJson,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let text = match arguments.format {
        TextOrJson::Json => {
            let row = |m: &rank::Method| json!({"name": m.name, "about": m.about, "source": m.source, "most_sentences": m.most_sentences});
            pretty(&rank::METHODS.iter().map(row).collect::<Vec<_>>())?
        }
        TextOrJson::Text => {
            let width = rank::METHODS.iter().map(|m| m.name.len()).max().unwrap_or(0);
            let bound = |m: &rank::Method| match m.most_sentences {
                Some(most) => {
                    format!("{:width$}  compares each sentence with each: at most {most} of a voice\n", "")
                }
                None => String::new(),
            };
            let row = |m: &rank::Method| {
                format!("{:width$}  {}\n{:width$}  {}\n{}", m.name, m.about, "", m.source, bound(m))
            };
            rank::METHODS.iter().map(row).collect()
        }
    };
    output::emit(&text)?;
    Ok(Outcome::Done)
}
