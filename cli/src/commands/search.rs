//! `search`: what was said in all archived sessions.

use std::num::NonZeroU32;

use crate::archive::{Passage, Search};
use clap::Args;
use rapporteur::model::{Cell, Stance};
use rapporteur::{Result, write};

use crate::commands::Outcome;
use crate::io::archived::{Dates, RowWriter, Rows, line, quotation, voice};

const EXAMPLES: &str = "\
Examples:
  rapporteur search out/position-brief.sqlite \"night flights\"
  rapporteur search out/position-brief.sqlite harbour levy --stakeholder \"Port Authority\"
  rapporteur search out/position-brief.sqlite '\"paid by the terminals\" OR fund -pension' --from 2024-07
  rapporteur search out/position-brief.sqlite lev* --format csv -o found.csv

Every word must occur; \"a phrase\" is taken as it stands, lev* finds what begins so, -word what is
without it, and OR stands between words of which one will do. Letter case and accents do not matter.";

/// Search all sentences of an archive
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// SQLite file of a definition's archive
    archive: String,
    /// Words to look for
    #[arg(required = true)]
    words: Vec<String>,
    /// Only what this stakeholder or speaker said; a part of the name will do
    #[arg(long, value_name = "NAME")]
    stakeholder: Option<String>,
    /// Only what is about this issue
    #[arg(long, value_name = "ISSUE")]
    issue: Option<String>,
    /// At most N sentences
    #[arg(long, value_name = "N", default_value = "50")]
    limit: NonZeroU32,
    #[command(flatten)]
    dates: Dates,
    #[command(flatten)]
    rows: Rows,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let archive = arguments.rows.open(&arguments.archive)?;
    let words = match arguments.words.as_slice() {
        // One argument with a space is a phrase only where it says so itself.
        [one] => one.clone(),
        several => several.join(" "),
    };
    let found = archive.search(&Search {
        words: &words,
        stakeholder: arguments.stakeholder.as_deref(),
        issue: arguments.issue.as_deref(),
        period: arguments.dates.period(),
        limit: arguments.limit.get(),
    })?;
    arguments.rows.write(
        &found,
        &RowWriter {
            schema: "rapporteur/search/1",
            columns: write::origin::SEARCH_COLUMNS,
            cells,
            text,
            none: "nothing was found",
        },
    )?;
    Ok(Outcome::Done)
}

fn cells(passage: &Passage) -> Vec<Cell> {
    vec![
        Cell::text(&passage.date),
        Cell::text(&passage.session),
        Cell::text(&passage.speaker),
        Cell::text(&passage.stakeholder),
        Cell::text(&passage.issue),
        Cell::text(Stance::name_or_empty(passage.stance)),
        Cell::Integer(passage.turn),
        Cell::Integer(passage.sentence),
        Cell::number(passage.time_start),
        Cell::text(&passage.path),
        Cell::text(&passage.text),
    ]
}

fn text(passage: &Passage, width: usize) -> String {
    let voice = voice(&passage.speaker, &passage.stakeholder);
    let head = line(&[
        &passage.date,
        &passage.session,
        &voice,
        &passage.issue,
        Stance::name_or_empty(passage.stance),
    ]);
    format!(
        "{head}\n{}",
        quotation(&passage.text, &format!("turn {}, {}", passage.turn, passage.path), width)
    )
}
