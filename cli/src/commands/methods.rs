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
    match arguments.format {
        TextOrJson::Json => {
            let row = |m: &rank::Method| json!({"name": m.name, "about": m.about, "source": m.source, "most_sentences": m.most_sentences});
            output::emit(&pretty(&rank::METHODS.iter().map(row).collect::<Vec<_>>())?)?;
        }
        TextOrJson::Text => output::emit_listing(&rank::METHODS.iter().flat_map(rows).collect::<Vec<_>>())?,
    }
    Ok(Outcome::Done)
}

/// A method in lines: what it does, where it is from, and its bound.
fn rows(method: &rank::Method) -> Vec<(String, String)> {
    let bound = |most| format!("compares each sentence with each: at most {most} of a voice");
    let below = [Some(method.source.to_owned()), method.most_sentences.map(bound)];
    let first = (method.name.to_owned(), method.about.to_owned());
    std::iter::once(first).chain(below.into_iter().flatten().map(|text| (String::new(), text))).collect()
}
