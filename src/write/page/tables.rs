//! The tables of the session, to be downloaded from the page itself.

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::write::counted;
use crate::write::tables::{TABLES, Table, csv, header, rows_of_session, rows_overall};

pub(super) const SECTION: Section = Section { id: "tables", title: "The data as tables", content };

/// Tables with a row for each sentence: the page has every sentence in its transcript already, and these
/// would be a third of its bytes (341,000 of 1,221,000 for a panel of 8 speakers).
const PER_SENTENCE: [&str; 2] = ["sentences", "sentence_issues"];

#[derive(Template)]
#[template(path = "page/tables.html")]
struct Tables {
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
    let tables: Vec<Download> = TABLES
        .iter()
        .filter(|table| !PER_SENTENCE.contains(&table.name))
        .filter_map(|table| download(view, table))
        .collect();
    match tables.is_empty() {
        true => Content::Absent("no table has a row"),
        false => Content::Shown(Box::new(Tables { tables })),
    }
}

/// The file of a table; none where it has no rows.
fn download(view: &View<'_>, table: &'static Table) -> Option<Download> {
    let overall = &view.page.overall;
    let mut rows = rows_of_session(table, &view.session.part);
    rows.extend(rows_overall(table, overall));
    // Rows of one table have the same length, without which no file can be made.
    let text = header(table, overall).ok()? + &csv(&rows).ok()?;
    let size = counted(rows.len() as u64, "row", "rows");
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
        let about = "`rapporteur compare` writes these tables, and two with a row for each sentence:";
        format!("\n{about}\n{}", markdown::table(&["File", "What a row is", "Size"], &rows))
    }
}
