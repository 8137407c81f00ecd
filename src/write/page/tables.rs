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
        about: about(phrases, table),
        size,
        data: STANDARD.encode(text),
    })
}

/// What a row of a table is, in the language of the page; in English for a table that has no phrase.
fn about(phrases: &Phrases, table: &Table) -> &'static str {
    match table.name {
        "sessions" => phrases.table_sessions,
        "speakers" => phrases.table_speakers,
        "stakeholders" => phrases.table_stakeholders,
        "positions" => phrases.table_positions,
        "stances" => phrases.table_stances,
        "issues" => phrases.table_issues,
        "stakeholder_issue" => phrases.table_stakeholder_issue,
        "stakeholder_stance" => phrases.table_stakeholder_stance,
        "stakeholder_stance_basis" => phrases.table_stakeholder_stance_basis,
        "stakeholder_term" => phrases.table_stakeholder_term,
        "similarity" => phrases.table_similarity,
        "references" => phrases.table_references,
        "agreement" => phrases.table_agreement,
        "ledger" => phrases.table_ledger,
        _ => table.about,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::LANGUAGES;
    use crate::model::Language;
    use crate::write::phrases::phrases;

    #[test]
    fn every_table_of_the_page_has_a_phrase_in_each_language_and_in_english_its_own() {
        for table in TABLES.iter().filter(|table| !PER_SENTENCE.contains(&table.name)) {
            assert_eq!(about(phrases(Language::ENGLISH), table), table.about, "{}", table.name);
            for row in LANGUAGES.iter().filter(|row| row.language() != Language::ENGLISH) {
                assert_ne!(about(phrases(row.language()), table), table.about, "{} {}", row.code, table.name);
            }
        }
    }
}
