//! Pages: a session on one self-contained HTML page, and the same content in Markdown.
//!
//! The answer in brief comes first. Every other section is a row of `SECTIONS`: a file here that says what
//! it shows, a template in `templates/page/` that says how. Sections are laid out in order; each quotation gets the next number,
//! and the transcript, which comes after those that quote it, leads back to all of them.
//!
//! # What the style sheet, the script and tests may rely on
//!
//! - Each quotation is `<figure class="quotation" id="q-N" data-filterable data-stakeholder data-speaker
//!   data-group data-issue data-stance data-turn data-sentence data-start data-end>` with `<blockquote
//!   dir="auto" lang>` (in it, where there is one, `<span class="context">`, then `<span class="words">`) and
//!   a `<figcaption>` with a link to its place, `href="#s-TURN-SENTENCE"`, and `<button class="copy js-only"
//!   type="button">`, which copies the words with their source: the page's `data-sources` has title and date of each session. `data-start` and `data-end` are bytes of the turn's text.
//! - The transcript is `<section id="transcript">` of `<article class="turn" id="t-TURN">` and `<span
//!   class="sentence" id="s-TURN-SENTENCE">`; quoted ones have the class `quoted` too and are followed by
//!   links `<a class="back" href="#q-N">`. The script marks the words that a quotation has of it with the highlight
//!   `quoted-words`, and the link back to the quotation that the reader comes from with the class `origin`. A link to
//!   another page takes both along in its fragment, `#s-TURN-SENTENCE~QUOTATION~WORDS`.
//! - `<form id="filters" class="js-only">` has `<select name="stakeholder|group|issue|stance">`, of which the
//!   empty value means all and `none` an empty attribute, and an `<output>`. It filters what has
//!   `data-filterable`; what has `data-filter-group` is hidden when nothing is left in it.
//! - Parts of pictures have `data-stakeholder`, `data-issue` or `data-stance`, and stand back where a filter leaves out theirs.
//! - `<input type="search" id="transcript-search">` and its `<output>` stand in an element that is `js-only`.
//! - A picture stands in `<figure class="picture">` with its numbers in `<details class="numbers">`.
//! - Downloads are `<a download="NAME.csv" href="data:text/csv;…">`, so they work without the script.
//! - `js-only` elements are hidden until the script runs. There is no `style` attribute and no handler in
//!   the page: its policy allows only the one style sheet and the one script, by their digests.
//! - With several sessions all these identifiers have a prefix, `x1-`, `x2-`, and so on, but for `filters`.

mod agreements;
mod brief;
#[cfg(feature = "docx")]
mod document;
pub(super) mod frame;
mod glance;
mod issues;
mod likeness;
pub(super) mod markdown;
mod method;
mod over_time;
mod pictures;
mod published;
mod questions;
mod quotation;
mod recorded;
mod references;
mod stakeholders;
mod tables;
mod transcript;
mod view;

use askama::DynTemplate;

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Page, PageSession};

#[cfg(feature = "docx")]
use super::document::Block;
use super::phrases::{PhraseOf, Phrases};
#[cfg(feature = "docx")]
pub use document::docx;
use frame::Laid;
use quotation::Quotations;
use view::{View, of_page};

/// A part of a page.
struct Section {
    /// Its anchor.
    id: &'static str,
    /// Its heading in a language.
    title: PhraseOf,
    /// What it holds of a session.
    content: for<'p> fn(&View<'p>, &mut Progress) -> Content<'p>,
}

impl Section {
    /// The section on all sessions of a page.
    fn of_all<'p>(&self, phrases: &Phrases, body: Box<dyn Body + 'p>) -> Part<'p> {
        let title = (self.title)(phrases).to_owned();
        Part { id: self.id.to_owned(), link: title.clone(), title, body }
    }
}

/// What a section holds.
enum Content<'p> {
    /// Something to show.
    Shown(Box<dyn Body + 'p>),
    /// Nothing, and why.
    Absent(&'static str),
}

/// The data of a section: the fields of its template, and the same in Markdown.
trait Body: DynTemplate {
    /// What stands below the section's heading, in Markdown.
    fn markdown(&self) -> String;

    /// The same in a document; nothing where the section is for the page alone.
    #[cfg(feature = "docx")]
    fn document(&self) -> Vec<Block> {
        Vec::new()
    }
}

/// What the sections before have done.
#[derive(Default)]
struct Progress {
    quotations: Quotations,
    /// Sections that are left out, and why.
    absent: Vec<(&'static str, &'static str)>,
}

/// The sections in the order of the page.
const SECTIONS: &[Section] = &[
    issues::SECTION,
    stakeholders::SECTION,
    agreements::SECTION,
    references::SECTION,
    questions::SECTION,
    glance::SECTION,
    likeness::SECTION,
    published::SECTION,
    transcript::SECTION,
    tables::SECTION,
    method::SECTION,
];

/// A section of a session that is laid out.
struct Part<'p> {
    id: String,
    title: String,
    /// What the contents call it; empty where they do not lead to it.
    link: String,
    body: Box<dyn Body + 'p>,
}

/// A format of pages.
#[derive(Debug, Clone, Copy)]
pub struct PageFormat {
    /// Its name, which is that of a format of [`super::FORMATS`] too.
    pub name: &'static str,
    /// The page in this format.
    pub write: fn(&Page) -> Result<String>,
}

/// All formats of pages; the first is the default.
pub const FORMATS: &[PageFormat] = &[
    PageFormat { name: "html", write: html },
    PageFormat { name: "markdown", write: |page| Ok(markdown(page)) },
];

/// The page in HTML.
///
/// # Errors
/// When a template cannot be filled in, which is a bug.
pub fn html(page: &Page) -> Result<String> {
    let views = View::all(page);
    let mut sections = Vec::new();
    for part in laid_out(page, &views).into_iter().flatten() {
        let html = part.body.dyn_render().map_err(broken)?;
        sections.push(Laid { id: part.id, title: part.title, link: part.link, html });
    }
    frame::page(page, &views, &sections)
}

/// The file of the page on all sessions, where each has a page of its own.
pub const INDEX_FILE: &str = "index.html";

/// Letters of a session's identifier in the name of its file: what a list of files shows.
const FILE_LETTERS: usize = 60;

/// The names of files for the pages of the sessions: their number, and their identifier in letters and digits
/// that every system and every address takes as they are.
pub fn session_files(page: &Page) -> Vec<String> {
    let width = page.sessions.len().to_string().len();
    let name = |(at, session): (usize, &PageSession)| {
        let id = session.part.info.id.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = id.filter(|word| !word.is_empty()).collect();
        let id: String = words.join("-").chars().take(FILE_LETTERS).collect();
        let dash = if id.is_empty() { "" } else { "-" };
        format!("{:0width$}{dash}{}.html", at + 1, id.trim_end_matches('-'))
    };
    page.sessions.iter().enumerate().map(name).collect()
}

/// The page in Markdown.
pub fn markdown(page: &Page) -> String {
    let views = View::all(page);
    let mut out = match views.as_slice() {
        [one] => format!("# {}\n", markdown::escape(&one.title())),
        many => {
            let phrases = of_page(page);
            format!("# {}\n", phrases.counted(phrases.n_sessions, many.len() as u64))
        }
    };
    for part in laid_out(page, &views).into_iter().flatten() {
        out.push_str(&format!("\n## {}\n{}", markdown::escape(&part.title), part.body.markdown()));
    }
    out.push_str(&format!("\n{}\n", markdown::escape(of_page(page).note)));
    super::origin::mark_markdown(out)
}

/// The sections that have anything to show: the answer in brief, what is said of all sessions where there
/// are several, then those of each session.
fn laid_out<'p>(page: &'p Page, views: &[View<'p>]) -> Vec<Vec<Part<'p>>> {
    let mut progress: Vec<Progress> = views.iter().map(|_| Progress::default()).collect();
    let mut all = Vec::new();
    if let Some(body) = brief::body(page, views, &mut progress) {
        let (id, title) = (brief::ID.to_owned(), of_page(page).in_brief.to_owned());
        all.push(vec![Part { id, link: title.clone(), title, body }]);
    }
    if views.len() > 1 || page.is_divided() {
        all.push(over_time::parts(page, views, &mut progress));
    }
    if !page.is_divided() {
        all.extend(views.iter().zip(&mut progress).map(|(view, progress)| parts(view, progress)));
    }
    if (views.len() > 1 || page.is_divided())
        && let Some(body) = tables::body(page)
    {
        all.push(vec![tables::SECTION.of_all(of_page(page), body)]);
    }
    all
}

/// The sections of a session.
fn parts<'p>(view: &View<'p>, progress: &mut Progress) -> Vec<Part<'p>> {
    let is_alone = view.page.sessions.len() == 1;
    let mut parts = Vec::with_capacity(SECTIONS.len());
    for section in SECTIONS {
        let title = (section.title)(view.phrases);
        match (section.content)(view, progress) {
            Content::Shown(body) => parts.push(Part {
                id: view.id(section.id),
                title: if is_alone { title.to_owned() } else { view.section_title(title) },
                link: match (is_alone, parts.is_empty()) {
                    (true, _) => title.to_owned(),
                    (false, true) => view.title(),
                    (false, false) => String::new(),
                },
                body,
            }),
            Content::Absent(why) => progress.absent.push((title, why)),
        }
    }
    parts
}

/// A template, filled in.
fn filled(template: &impl askama::Template) -> Result<String> {
    template.render().map_err(broken)
}

fn broken(error: askama::Error) -> Error {
    Error::new(ErrorKind::Internal(error.to_string()))
}
