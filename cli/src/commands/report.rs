//! `report`: a page that people look at, in HTML or Markdown.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rapporteur::compare::{ComparisonPlan, CorpusTotals};
use rapporteur::corpus::Corpus;
use rapporteur::model::{Media, MediaUrl, Page};
use rapporteur::page;
use rapporteur::prepare::Prepared;
use rapporteur::{Error, Result, write};

use crate::args::{
    BackgroundArguments, CommonArguments, ComparisonArguments, ReadingArguments, RosterArguments,
    ui_languages,
};
use crate::commands::Outcome;
use crate::io::files::{Destination, paths, placing};
use crate::io::progress::Bar;
use crate::io::{input, output};
use crate::tables::Folder;

const EXAMPLES: &str = "\
Examples:
  rapporteur report panel.txt -o report.html
  rapporteur report panel.txt --roster roster.csv --issues issues.json -o report.html
  rapporteur report panel.txt -o brief.docx
  rapporteur report panel.txt --format markdown -o - | less
  rapporteur report sessions/ --by group -o positions-over-time.html
  rapporteur report sessions/ --split -o pages/

The page is one file, or with --split a folder of files: no network, no tracking; it opens from disk and prints. Every quotation leads to
its place in the transcript. Exit codes: 0 all done; 1 some sessions failed, the rest are on the page;
2 bad usage, nothing written.";

/// Write one self-contained page: who put what forward, in which words, and the whole transcript
///
/// The page begins with the contested issues and who is for, concerned and against, what all share and what
/// was decided; then come the issues in quotations side by side, a card for each stakeholder, agreements and
/// differences, questions, charts, and the transcript that all of it leads to.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Transcripts; a folder stands for its files, `-` for standard input
    #[arg(required = true, value_parser = paths::parser())]
    input: Vec<String>,
    /// File for the page, or with --split the folder for the pages, written whole or not at all; `-` for
    /// standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: PathBuf,
    /// Write a folder of linked pages: index.html on all sessions, and a page for each
    #[arg(long, help_heading = "Output")]
    split: bool,
    /// Replace FILE even where this program did not write it; never a file that is read
    #[arg(long, help_heading = "Output")]
    force: bool,
    /// Format of the page [default: by the extension of FILE, else html]
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Format>,
    /// Language of the page's own words [default: that of the sessions, else en]
    #[arg(long, value_name = "LANG", value_parser = ui_languages(), help_heading = "Output")]
    ui_language: Option<String>,
    /// Recording that quotations with a time link to: an address, or ID=ADDRESS for the session with that
    /// identifier; repeat it for several
    #[arg(long, value_name = "[ID=]URL", value_parser = media, help_heading = "Output")]
    media: Vec<Media>,
    #[command(flatten)]
    compared: ComparisonArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    listed: RosterArguments,
    #[command(flatten)]
    weighed: BackgroundArguments,
}

/// The formats of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One file for any browser
    Html,
    /// The same content for wikis and pull requests
    Markdown,
    /// A Word document of the answer in brief, the issues and the stakeholders
    #[cfg(feature = "docx")]
    Docx,
}

/// Bytes of a page that still opens in a second.
const LARGE: usize = 5_000_000;

/// Extensions of pages.
const EXTENSIONS: &[&str] = &[
    "html",
    "htm",
    "md",
    "markdown",
    #[cfg(feature = "docx")]
    "docx",
];

/// An address, or a session and its address. An address may hold `=`, after `?` or `/`, which an identifier does
/// not.
fn media(text: &str) -> std::result::Result<Media, String> {
    let (session, url) = match text.split_once('=') {
        Some((session, url)) if !session.is_empty() && !session.contains([':', '/', '?']) => (session, url),
        _ => ("", text),
    };
    let url = MediaUrl::new(url).ok_or_else(|| {
        "an address of the web (http, https) or a relative one is needed, without spaces and `#`".to_owned()
    })?;
    Ok(Media { session: session.to_owned(), url })
}

impl Arguments {
    fn format(&self) -> Format {
        let by_extension = || write::format_of_path(&self.output.to_string_lossy()).map(|format| format.name);
        #[cfg(feature = "docx")]
        if self.format.is_none() && self.output.extension().is_some_and(|it| it.eq_ignore_ascii_case("docx"))
        {
            return Format::Docx;
        }
        let is_markdown = || by_extension() == Some(write::markdown::FORMAT.name);
        self.format.unwrap_or_else(|| if is_markdown() { Format::Markdown } else { Format::Html })
    }
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let target = Target::new(arguments)?;
    let settings = arguments.compared.settings()?;
    let mut reading = arguments.reading.settings();
    arguments.weighed.note(&mut reading);
    let roster = arguments.listed.roster(&mut reading)?;
    let inputs = input::sources(&arguments.input, reading.follow_links)?;
    let target = target.checked(arguments)?;
    let bar = Bar::new(inputs.len(), 2, common.quiet);
    let mut corpus = Corpus::survey(&inputs, &reading, settings, roster, &bar);
    let plan = &corpus.plan;
    let mut sessions = Vec::new();
    let work = |prepared: &Prepared<'_>, id: &str| page::session(prepared, id, plan);
    let failed = corpus.sessions(&bar, work, |_, session| {
        sessions.push(session);
        Ok(())
    })?;
    bar.finish();
    let failures: Vec<Error> = std::mem::take(&mut corpus.failures).into_iter().chain(failed).collect();
    failures.iter().for_each(output::complain);
    if sessions.is_empty() {
        return Ok(if failures.iter().all(Error::is_usage) {
            Outcome::BadUsage
        } else {
            Outcome::SomeFailed
        });
    }
    let mut tally = CorpusTotals::default();
    sessions.iter().for_each(|session| tally.add(&session.part.counts));
    let mut notes = std::mem::take(&mut corpus.left_out);
    let plan = &corpus.plan;
    notes.extend(corpus.notes());
    notes.extend(failures.iter().map(|error| format!("left out, as it failed: {error}")));
    let unmatched = tally.unmatched(plan);
    if !unmatched.is_empty() {
        notes.push(format!("no session has these speakers of the roster: {}", unmatched.join(", ")));
    }
    if !common.quiet {
        corpus.warnings().for_each(|(path, warnings)| output::warn_of(path, warnings));
        notes.iter().take(notes.len() - failures.len()).for_each(|note| output::warn(note));
    }
    let mut page = page::page(sessions, plan, tally, notes)?;
    page.presentation.media.clone_from(&arguments.media);
    if !common.quiet {
        unused_media(&page).iter().for_each(|note| output::warn(note));
    }
    page.presentation.language = arguments.ui_language.as_deref().and_then(|code| code.parse().ok());
    match target {
        Checked::File(destination) => write_page(&page, &destination, arguments.format(), common.quiet)?,
        Checked::Folder(folder) => write_pages(page, plan, *folder, common.quiet)?,
    }
    Ok(if failures.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

/// Recordings that the page cannot lead to, and why.
fn unused_media(page: &Page) -> Vec<String> {
    let mut notes = Vec::new();
    for media in &page.presentation.media {
        let is_of = |id: &str| media.session.is_empty() || media.session == id;
        let mut sessions = page.sessions.iter().filter(|session| is_of(&session.part.info.id)).peekable();
        if sessions.peek().is_none() {
            notes.push(format!("--media: no session has the identifier “{}”", media.session));
        } else if sessions.all(|session| session.turns.iter().all(|turn| turn.time.is_none())) {
            notes.push("--media: the source has no times, so that nothing leads to the recording".to_owned());
        }
    }
    notes
}

/// Where pages go.
enum Target {
    File(Destination),
    Folder,
}

/// The same, of which it is known that it may be written.
enum Checked {
    File(Destination),
    Folder(Box<Folder>),
}

impl Target {
    fn new(arguments: &Arguments) -> Result<Target> {
        if !arguments.split {
            let destination = Destination::new(Some(&arguments.output), EXTENSIONS, arguments.force)?;
            return Ok(Target::File(destination));
        }
        let is_named = arguments.output != Path::new("-");
        if is_named && arguments.format.is_none_or(|format| format == Format::Html) {
            return Ok(Target::Folder);
        }
        Err(Error::usage("--split writes a folder of HTML pages")
            .remedy("name a folder with --output, or leave out --split"))
    }

    /// All files that are read must be noted by now.
    fn checked(self, arguments: &Arguments) -> Result<Checked> {
        match self {
            Target::File(destination) => {
                destination.check()?;
                Ok(Checked::File(destination))
            }
            Target::Folder => {
                let names = [write::page::INDEX_FILE.to_owned(), placing::SUMS.to_owned()];
                let folder = Folder::new(&arguments.output, &names, arguments.force)?;
                Ok(Checked::Folder(Box::new(folder)))
            }
        }
    }
}

fn write_page(page: &Page, destination: &Destination, format: Format, is_quiet: bool) -> Result<()> {
    match format {
        Format::Html => {
            let html = write::page::html(page)?;
            if html.len() > LARGE && page.sessions.len() > 1 && !is_quiet {
                output::warn(&format!(
                    "the page has {} MB and opens slowly; --split writes a folder of linked pages instead",
                    html.len() / 1_000_000
                ));
            }
            destination.write(&html)
        }
        Format::Markdown => destination.write(&write::page::markdown(page)),
        #[cfg(feature = "docx")]
        Format::Docx => destination.write_bytes(&write::page::docx(page)?),
    }
}

/// Writes the page on all sessions and the page of each into a folder.
fn write_pages(mut page: Page, plan: &ComparisonPlan, mut folder: Folder, is_quiet: bool) -> Result<()> {
    let files = write::page::session_files(&page);
    page.presentation.session_files.clone_from(&files);
    folder.add(write::page::INDEX_FILE, &write::page::html(&page)?)?;
    for (page, file) in page::divided(page, plan, write::page::INDEX_FILE).zip(&files) {
        folder.add(file, &write::page::html(&page)?)?;
    }
    let placed = folder.finish()?;
    if !placed.removed.is_empty() && !is_quiet {
        output::warn(&format!("removed, as of an earlier report: {}", placed.removed.join(", ")));
    }
    Ok(())
}
