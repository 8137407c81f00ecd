//! The tables of the session, to be downloaded from the page itself.

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::view::View;
use super::{Body, Content, Progress, Section, markdown, of_page};
use crate::model::Page;
use crate::write::phrases::Phrases;
use crate::write::tables::{TABLES, Table, csv, header, rows_of_session, rows_overall};

pub(super) const SECTION: Section = Section { id: "tables", title: |phrases| phrases.tables, content };

/// Tables with a row for each sentence: the page has every sentence in its transcript already, and these
/// would be a third of its bytes (341,000 of 1,221,000 for a panel of 8 speakers).
const PER_SENTENCE: [&str; 2] = ["sentences", "sentence_issues"];

#[derive(Template)]
#[template(path = "page/tables.html")]
struct Tables {
    phrases: &'static Phrases,
    tables: Vec<Download>,
}

/// A table as a file.
struct Download {
    name: &'static str,
    about: &'static str,
    size: String,
    /// The file, in base 64.
    data: String,
}

fn content<'p>(view: &View<'p>, _: &mut Progress) -> Content<'p> {
    if view.page.sessions.len() > 1 {
        return Content::Absent(view.phrases.tables_of_all);
    }
    body(view.page).map_or(Content::Absent(view.phrases.no_rows), Content::Shown)
}

/// The tables of all sessions that are on the page; those of sessions in files of their own are there.
pub(super) fn body<'p>(page: &'p Page) -> Option<Box<dyn Body + 'p>> {
    let phrases = of_page(page);
    let tables: Vec<Download> = TABLES
        .iter()
        .filter(|table| !PER_SENTENCE.contains(&table.name))
        .filter_map(|table| download(phrases, page, table))
        .collect();
    if tables.is_empty() { None } else { Some(Box::new(Tables { phrases, tables })) }
}

/// The file of a table; none where it has no rows.
fn download(phrases: &Phrases, page: &Page, table: &'static Table) -> Option<Download> {
    let overall = &page.overall;
    let sessions = page.sessions.iter().filter(|_| !page.is_divided());
    let mut rows: Vec<_> = sessions.flat_map(|session| rows_of_session(table, &session.part)).collect();
    rows.extend(rows_overall(table, overall));
    // Rows of one table have the same length, without which no file can be made.
    let text = header(table, overall).ok()? + &csv(&rows).ok()?;
    let size = phrases.counted(phrases.n_rows, rows.len() as u64);
    (!rows.is_empty()).then(|| Download {
        name: table.name,
        about: table.about,
        size,
        data: STANDARD.encode(text),
    })
}

impl Body for Tables {
    fn markdown(&self) -> String {
        let row = |table: &Download| {
            vec![format!("{}.csv", table.name), table.about.to_owned(), table.size.clone()]
        };
        let rows: Vec<Vec<String>> = self.tables.iter().map(row).collect();
        let Phrases { tables_by_compare, file, what_a_row_is, size, .. } = self.phrases;
        format!("\n{tables_by_compare}\n{}", markdown::table(&[file, what_a_row_is, size], &rows))
    }
}
