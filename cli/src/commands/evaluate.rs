//! `evaluate`: how close summaries come to references.

use std::fmt::Write as _;
use std::path::Path;

use clap::{Args, ValueEnum};
use rapporteur::evaluate::{self, Entry, Evaluation, Pairing, Stemming, Subject, entries};
use rapporteur::write::csv::guard;
use rapporteur::write::origin::EVALUATION_COLUMNS;
use rapporteur::{Error, ErrorKind, Result, write};

use crate::args::CommonArguments;
use crate::commands::{Outcome, pretty};
use crate::io::files::{Target, paths};
use crate::io::{input, output};

const EXAMPLES: &str = "\
Examples:
  rapporteur evaluate brief.jsonl --references references.jsonl
  rapporteur evaluate brief.jsonl --references minutes/ --allow-missing
  rapporteur evaluate --lines ours.txt --references theirs.txt --format csv -o scores.csv

Summaries and references are paired by session, scope and name (or question). Both may be
  reports         what `summarize` and `ask` write: `summarize sessions/ -o brief.jsonl`
  lines of JSON   {\"session\": \"\", \"scope\": \"speaker\", \"name\": \"\", \"text\": \"\"}
                  {\"session\": \"\", \"question\": \"\", \"text\": \"\"}
                  {\"session\": \"\", \"text\": \"\"} for the session as a whole
  text files      one for each session, named after its identifier
  --lines         a text a line on both sides; a tab or <n> breaks a line of the text

Several references of one thing all count: the best one, for each measure. Figures agree with the
Python package rouge_score 0.1.2; with `--sentences lines` to the last digit on any text.";

/// Rate summaries against references with ROUGE-1, ROUGE-2, ROUGE-L and ROUGE-Lsum
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Summaries: reports, lines of JSON or texts; a folder stands for its files, `-` for standard input
    #[arg(required = true, value_parser = paths::parser())]
    summaries: Vec<String>,
    /// References: reports, lines of JSON or texts; a folder stands for its files
    #[arg(long, value_name = "FILE", required = true, value_parser = paths::parser())]
    references: Vec<String>,
    /// A text on each line, on both sides
    #[arg(long)]
    lines: bool,
    /// Where sentences of texts end, for ROUGE-Lsum; quotations in reports are sentences
    #[arg(long, value_name = "WHERE", default_value = "punctuation")]
    sentences: SentenceEnds,
    /// Compare words as they are, not their stems
    #[arg(long)]
    no_stemmer: bool,
    /// Resamples for the 95 % confidence intervals; 0 for none
    #[arg(long, value_name = "N", default_value_t = 1000)]
    bootstrap: u32,
    /// Rate the pairs that there are, and only warn of what stands alone
    #[arg(long)]
    allow_missing: bool,
    /// Format of the output [default: by the extension of FILE, else text]
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Format>,
    #[command(flatten)]
    target: Target,
}

/// Where sentences of a text end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SentenceEnds {
    /// At line breaks, and after . ! ? before white space
    Punctuation,
    /// At line breaks only
    Lines,
}

/// How scores are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The means in percent, to read
    Text,
    /// The means and each pair, from 0 to 1
    Json,
    /// A row for each pair and measure, from 0 to 1
    Csv,
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let destination = arguments.target.destination(&EXTENSIONS)?;
    let (summaries, references) =
        (input::expand(&arguments.summaries, false)?, input::expand(&arguments.references, false)?);
    destination.check()?;
    let summaries = arguments.entries(&summaries)?;
    let references = arguments.entries(&references)?;
    let pairing = entries::pair(summaries, references)?;
    report_missing(&pairing, arguments.allow_missing, common.quiet)?;
    let stemming = if arguments.no_stemmer { Stemming::None } else { Stemming::Porter };
    let evaluation = evaluate::evaluate(&pairing.pairs, stemming, arguments.bootstrap as usize)
        .ok_or_else(|| Error::usage("there is nothing to rate: no summary has a reference"))?;
    let text = match arguments.format() {
        Format::Text => table(&evaluation),
        Format::Json => pretty(&evaluation)?,
        Format::Csv => rows(&evaluation)?,
    };
    destination.write(&text)?;
    Ok(Outcome::Done)
}

/// Extensions of scores.
const EXTENSIONS: [&str; 4] = ["txt", "json", "jsonl", "csv"];

impl Arguments {
    fn format(&self) -> Format {
        let known = || write::format_of_path(&self.target.output.as_ref()?.to_string_lossy());
        self.format.unwrap_or(match known().map(|format| format.name) {
            Some("json") => Format::Json,
            Some("csv") => Format::Csv,
            _ => Format::Text,
        })
    }

    /// The texts of one side.
    fn entries(&self, paths: &[String]) -> Result<Vec<Entry>> {
        if self.lines && paths.len() > 1 {
            return Err(Error::usage("--lines pairs one file of summaries with one file of references"));
        }
        let mut entries = Vec::new();
        for path in paths {
            entries.extend(self.entries_of(path)?);
        }
        Ok(entries)
    }

    fn entries_of(&self, path: &str) -> Result<Vec<Entry>> {
        let sentences = match self.sentences {
            SentenceEnds::Punctuation => evaluate::Sentences::Punctuation,
            SentenceEnds::Lines => evaluate::Sentences::Lines,
        };
        let text = String::from_utf8(input::read(path)?.bytes).map_err(|error| {
            Error::usage(format!("this is no UTF-8 text from byte {} on", error.utf8_error().valid_up_to()))
                .in_file(path)
                .remedy("save it as UTF-8")
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        if self.lines {
            return Ok(entries::from_lines(text, sentences));
        }
        if text.trim_start().starts_with('{') {
            return entries::from_json(path, text, sentences);
        }
        let session = Path::new(path).file_stem().map_or_else(|| path.into(), |stem| stem.to_string_lossy());
        Ok(vec![entries::from_text(&session, text, sentences)])
    }
}

/// Fails, or warns where that is allowed, on summaries and references that stand alone.
fn report_missing(pairing: &Pairing, allowed: bool, quiet: bool) -> Result<()> {
    let sides = [
        ("no reference is given for", &pairing.without_reference),
        ("no summary is given for", &pairing.without_summary),
    ];
    let missing: Vec<String> = sides
        .iter()
        .filter(|(_, subjects)| !subjects.is_empty())
        .map(|(what, subjects)| format!("{what} {}", listed(subjects)))
        .collect();
    if missing.is_empty() || (allowed && quiet) {
        return Ok(());
    }
    if !allowed {
        return Err(Error::usage(missing.join("; "))
            .remedy("add what is missing, or rate only what is there with --allow-missing"));
    }
    missing.iter().for_each(|message| output::warn(message));
    Ok(())
}

/// The first few by name, and how many more there are.
fn listed(subjects: &[Subject]) -> String {
    const SHOWN: usize = 5;
    let mut list = subjects.iter().take(SHOWN).map(Subject::to_string).collect::<Vec<_>>().join(", ");
    if let Some(more) = subjects.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let _ = write!(list, " and {more} more");
    }
    list
}

/// The means as a table to read, in percent.
fn table(evaluation: &Evaluation) -> String {
    let estimate = &evaluation.estimate;
    let noun = if estimate.n == 1 { "summary against its" } else { "summaries against their" };
    let mut text = format!("{} {noun} references, mean in percent\n\n", estimate.n);
    let interval = if estimate.resamples > 0 { "   95 % interval of F1" } else { "" };
    let _ = writeln!(text, "            precision   recall       F1{interval}");
    let bounds = estimate.low.named().into_iter().zip(estimate.high.named());
    for ((name, mean), ((_, low), (_, high))) in estimate.mean.named().into_iter().zip(bounds) {
        let name = name.replace("rouge", "ROUGE-");
        let [precision, recall, f1] = [mean.precision, mean.recall, mean.f1].map(|x| 100.0 * x);
        let _ = write!(text, "{name:<12}{precision:>9.2}{recall:>9.2}{f1:>9.2}");
        if estimate.resamples > 0 {
            let _ = write!(text, "   {:.2}\u{2013}{:.2}", 100.0 * low.f1, 100.0 * high.f1);
        }
        text.push('\n');
    }
    text
}

/// A row for each pair and measure.
fn rows(evaluation: &Evaluation) -> Result<String> {
    let broken = |error: csv::Error| {
        Error::new(ErrorKind::Internal(format!("the table could not be written: {error}")))
    };
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::<u8>::new());
    table.write_record(EVALUATION_COLUMNS).map_err(broken)?;
    for pair in &evaluation.pairs {
        for (measure, score) in pair.scores.named() {
            let [precision, recall, f1] = [score.precision, score.recall, score.f1].map(|x| x.to_string());
            let (session, name) = (guard(&pair.session), guard(&pair.name));
            let row = [&session, pair.scope, &name, measure, &precision, &recall, &f1];
            table.write_record(row).map_err(broken)?;
        }
    }
    let bytes = table.into_inner().map_err(|error| broken(error.into_error().into()))?;
    String::from_utf8(bytes).map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
}
