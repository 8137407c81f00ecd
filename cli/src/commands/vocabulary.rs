//! `vocabulary`: how common words are in many sessions, as a file that others are weighed with.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use rapporteur::corpus::{Progress, Source, in_order};
use rapporteur::model::TermStatistics;
use rapporteur::pipeline::Opened;
use rapporteur::prepare::Prepared;
use rapporteur::stats::{parse_vocabulary, statistics_of, vocabulary_file};
use rapporteur::{Error, KnownPeople, Result};
use serde_json::json;

use crate::args::{CommonArguments, ReadingArguments};
use crate::commands::Outcome;
use crate::io::divided::divided;
use crate::io::files::{Destination, paths};
use crate::io::progress::Bar;
use crate::io::{input, output};

const EXAMPLES: &str = "\
Examples:
  rapporteur vocabulary build sessions/ -o corpus.vocab
  rapporteur vocabulary merge 2023.vocab 2024.vocab -o all.vocab
  rapporteur vocabulary show all.vocab
  rapporteur summarize panel.txt --background all.vocab

A document is a sentence, as where a session is weighed by itself. Merging gives the same in any order and any
grouping, so that many machines can build parts. docs/scale.md says what a background changes.";

/// The extension of vocabularies.
const EXTENSION: &str = "vocab";

/// Stems that are shown of each language: enough to see whether the file is what its name says.
const SHOWN: usize = 10;

/// Count in how many sentences each stem of many sessions occurs, for --background
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Count the stems of transcripts
    Build {
        /// Transcripts; a folder stands for its files, `-` for standard input
        #[arg(required = true, value_parser = paths::parser())]
        input: Vec<String>,
        #[command(flatten)]
        target: VocabularyTarget,
        #[command(flatten)]
        reading: Box<ReadingArguments>,
    },
    /// Add up vocabularies
    Merge {
        /// Vocabularies
        #[arg(required = true, value_parser = paths::parser())]
        files: Vec<String>,
        #[command(flatten)]
        target: VocabularyTarget,
    },
    /// Say what a vocabulary holds: its languages, and the stems that most sentences have
    Show {
        /// A vocabulary
        #[arg(value_parser = paths::parser())]
        file: String,
        /// All stems, each an object on a line
        #[arg(long)]
        json: bool,
    },
}

/// The file that is written.
#[derive(Debug, Args)]
struct VocabularyTarget {
    /// File for the vocabulary, with the extension `.vocab`, written whole or not at all
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Replace FILE even where this program did not write it; never a file that is read
    #[arg(long)]
    force: bool,
}

impl VocabularyTarget {
    fn destination(&self) -> Result<Destination> {
        let destination = Destination::new(Some(self.output.as_path()), &[EXTENSION], self.force)?;
        destination.check()?;
        Ok(destination)
    }
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    match &arguments.action {
        Action::Build { input, target, reading } => build(input, target, reading, common),
        Action::Merge { files, target } => merge(files, target),
        Action::Show { file, json } => show(file, *json),
    }
}

fn build(
    paths: &[String],
    target: &VocabularyTarget,
    reading: &ReadingArguments,
    common: &CommonArguments,
) -> Result<Outcome> {
    let settings = reading.settings();
    let sources = divided(input::sources(paths, settings.follow_links)?, &settings)?;
    let destination = target.destination()?;
    let bar = Bar::new(sources.len(), 1, common.quiet);
    let (mut all, mut failures, mut n_sessions) = (TermStatistics::default(), Vec::new(), 0_u64);
    let count = |source: &input::Source| -> Result<(TermStatistics, u64)> {
        let (mut counts, mut n_sessions) = (TermStatistics::default(), 0);
        if let (_, Opened::Sessions(sessions)) = source.open(&settings)? {
            for session in &sessions {
                counts.merge(statistics_of(&Prepared::new(session, &KnownPeople::default()).analysis));
                n_sessions += 1;
            }
        }
        Ok((counts, n_sessions))
    };
    in_order(&sources, count, |_, counted| {
        match counted {
            Ok((counts, n)) => {
                all.merge(counts);
                n_sessions += n;
            }
            Err(error) => failures.push(error),
        }
        bar.advance(1);
        Ok::<(), Error>(())
    })?;
    bar.finish();
    failures.iter().for_each(output::complain);
    if n_sessions == 0 {
        let error = Error::usage("there is no session to count");
        return Err(error.remedy("name transcripts, or their format with --input-format"));
    }
    destination.write_bytes(&vocabulary_file(&all))?;
    Ok(if failures.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

fn read(path: &str) -> Result<TermStatistics> {
    let bytes = input::read_file(path).map_err(|error| Error::usage(error.to_string()))?.bytes;
    parse_vocabulary(&bytes).map_err(|error| Error::usage(error.in_file(path).to_string()))
}

fn merge(files: &[String], target: &VocabularyTarget) -> Result<Outcome> {
    let mut all = TermStatistics::default();
    for file in files {
        all.merge(read(file)?);
    }
    target.destination()?.write_bytes(&vocabulary_file(&all))?;
    Ok(Outcome::Done)
}

fn show(file: &str, as_json: bool) -> Result<Outcome> {
    let statistics = read(file)?;
    if as_json {
        output::emit(&lines(&statistics))?;
        return Ok(Outcome::Done);
    }
    let mut rows = Vec::new();
    for (language, counts) in &statistics.languages {
        let name = if language.code().is_empty() { "unknown" } else { language.code() };
        let mut stems: Vec<_> = counts.terms.iter().collect();
        stems.sort_by(|a, b| b.1.documents.cmp(&a.1.documents).then(a.0.cmp(b.0)));
        let most: Vec<&str> = stems.iter().take(SHOWN).map(|(stem, _)| stem.as_str()).collect();
        let (sentences, uses, n_stems) = (counts.documents, counts.uses, counts.terms.len());
        rows.push((
            name.to_owned(),
            format!("{sentences} sentences, {n_stems} stems, {uses} uses; most of all {}", most.join(", ")),
        ));
    }
    output::emit_listing(&rows)?;
    Ok(Outcome::Done)
}

/// Every stem as an object on a line, by language and stem.
fn lines(statistics: &TermStatistics) -> String {
    let mut text = String::new();
    for (language, counts) in &statistics.languages {
        for (stem, count) in &counts.terms {
            let row = json!({
                "language": language.code(),
                "stem": stem,
                "documents": count.documents,
                "uses": count.uses,
            });
            text.push_str(&row.to_string());
            text.push('\n');
        }
    }
    text
}
