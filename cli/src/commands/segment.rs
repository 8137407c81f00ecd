//! `segment`: the sentences of a text, as everything else sees them.

use clap::Args;
use rapporteur::model::Roster;
use rapporteur::pipeline::{self, Input};
use rapporteur::{Error, Result, read};
use serde_json::json;

use crate::args::{ReadingArguments, TextOrJson};
use crate::commands::{Outcome, pretty};
use crate::io::companions::CompanionCache;
use crate::io::files::{Target, paths};
use crate::io::named::read_codes;
use crate::io::{input, limits};

const EXAMPLES: &str = "\
Examples:
  rapporteur segment speech.txt                  each line is a turn, each sentence gets a line
  rapporteur segment speech.txt --format json    {\"turns\": [[\"One.\", \"Two.\"], …]}
  rapporteur segment panel.txt --input-format digwatch";

/// A source is taken for plain lines unless a structured format is as sure as this.
const MIN_CONFIDENCE: f64 = 0.95;

/// Formats whose marks occur in ordinary text too; they have to be named.
const LOOSE_FORMATS: [&str; 6] = ["plain", "markdown", "csv", "captions", "un", "otter"];

/// Split a text into sentences
///
/// A text is read as plain lines, one turn a line, unless --input-format names a format or the
/// content is plainly a structured transcript.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Text or transcript; `-` for standard input
    #[arg(value_parser = paths::parser())]
    input: String,
    /// Format of the output [default: by the extension of FILE, else text]
    #[arg(long, help_heading = "Output")]
    format: Option<TextOrJson>,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    reading: ReadingArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let destination = arguments.target.destination(&TextOrJson::extensions())?;
    input::note(&arguments.input, arguments.reading.follow_links);
    destination.check()?;
    let _timed = limits::begin(&arguments.input);
    let input = input::read(&arguments.input)?;
    let turns = turns(&input, &arguments.reading)?;
    match TextOrJson::of(arguments.format, &arguments.target) {
        TextOrJson::Json => {
            destination.write(&pretty(&json!({ "schema": "rapporteur/segment/1", "turns": turns }))?)?;
        }
        TextOrJson::Text => destination.write_text(&lines(&turns))?,
    }
    Ok(Outcome::Done)
}

fn turns(input: &Input, reading: &ReadingArguments) -> Result<Vec<Vec<String>>> {
    if reading.input_format.is_some() || is_structured(input) {
        let mut settings = reading.settings();
        read_codes(&mut settings, Roster::default())?;
        let sessions = CompanionCache::default().open(input, &settings)?;
        return Ok(sessions.iter().flat_map(pipeline::segment).collect());
    }
    if reading.pseudonymize.is_some() {
        return Err(Error::usage("lines without speakers have no names to replace")
            .in_file(&input.path)
            .remedy("name the format with --input-format, or leave out --pseudonymize"));
    }
    let text = read::text(&input.bytes).map_err(|error| error.in_file(&input.path))?;
    Ok(pipeline::segment_lines(&text, reading.language))
}

fn is_structured(input: &Input) -> bool {
    read::detect(&input.bytes, &input.path).first().is_some_and(|guess| {
        guess.confidence >= MIN_CONFIDENCE && !LOOSE_FORMATS.contains(&guess.format.name)
    })
}

/// A sentence a line, an empty line between turns.
fn lines(turns: &[Vec<String>]) -> String {
    let mut out = String::new();
    for (index, turn) in turns.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        for sentence in turn {
            out.push_str(&sentence.split_whitespace().collect::<Vec<_>>().join(" "));
            out.push('\n');
        }
    }
    out
}
