//! Full-text search over all archived sentences.

use rusqlite::types::Value;
use serde::Serialize;

use rapporteur::error::{Error, Result};
use rapporteur::model::Stance;

use crate::archive::Archive;
use crate::archive::connection::failed;
use crate::archive::history::{Period, stance};
use crate::archive::names::places;

/// Hits up to which they are put in order by what the words weigh. Weighing takes time for every hit,
/// and tells little of words that are everywhere.
const WEIGHED: i64 = 2_000;

/// What is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Search<'a> {
    /// Words that must all occur; `"a phrase"`, `begin*`, `-without`, and `a OR b` are understood.
    pub words: &'a str,
    /// Only of this stakeholder or speaker.
    pub stakeholder: Option<&'a str>,
    /// Only on this issue.
    pub issue: Option<&'a str>,
    /// Only of sessions in this time.
    pub period: Period<'a>,
    /// The most hits.
    pub limit: u32,
}

/// A sentence that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passage {
    /// Date of its session, `YYYY-MM-DD` or empty.
    pub date: String,
    /// Identifier of its session.
    pub session: String,
    /// Who said it.
    pub speaker: String,
    /// Their stakeholder.
    pub stakeholder: String,
    /// The issue it is about; empty when none.
    pub issue: String,
    /// The stance it states; empty in JSON when none.
    #[serde(serialize_with = "rapporteur::model::stance::or_empty::serialize")]
    pub stance: Option<Stance>,
    /// Index of the turn, from 0.
    pub turn: u64,
    /// Number of the sentence in its turn, from 0.
    pub sentence: u64,
    /// Seconds from the start of the recording, where the source tells.
    pub time_start: Option<f64>,
    /// Path of the source.
    pub path: String,
    /// The sentence, verbatim.
    pub text: String,
}

impl Archive {
    /// The sentences that a search finds, the best first: those in which the words weigh most (BM25),
    /// the latest of equals. Words with more than 2,000 hits are found where they were archived last.
    ///
    /// # Errors
    /// When nothing is looked for, when the stakeholder or issue is unknown, when the archive cannot
    /// be read.
    pub fn search(&self, search: &Search<'_>) -> Result<Vec<Passage>> {
        let words = parse(search.words)?;
        let (mut conditions, mut values) = (Vec::new(), Vec::new());
        let ranked = !words.iter().any(|word| word.text.chars().any(is_unspaced));
        if ranked {
            conditions.push("sentences_fts MATCH ?".to_owned());
            values.push(Value::Text(query(&words)));
        } else {
            // Words that are not set apart by spaces are not in the index.
            for word in &words {
                conditions.push(format!("text {}LIKE ? ESCAPE '\\'", if word.without { "NOT " } else { "" }));
                values.push(Value::Text(format!("%{}%", escaped(&word.text))));
            }
        }
        if let Some(name) = search.stakeholder {
            let names = self.stakeholders(name)?;
            conditions
                .push(format!("(sentences.stakeholder IN ({0}) OR speaker IN ({0}))", places(names.len())));
            values.extend(names.iter().chain(&names).map(|name| Value::Text(name.clone())));
        }
        if let Some(name) = search.issue {
            let names = self.issues(name)?;
            conditions.push(format!("issue IN ({})", places(names.len())));
            values.extend(names.into_iter().map(Value::Text));
        }
        search.period.condition(&mut conditions, &mut values);
        values.push(Value::Integer(search.limit.into()));
        let indexed = "sentences_fts CROSS JOIN sentences ON sentences.id = sentences_fts.rowid";
        let (table, order) = match ranked {
            true if self.is_everywhere(&query(&words))? => (indexed, "sentences_fts.rowid DESC"),
            true => (indexed, "sentences_fts.rank, date DESC, sentences.id"),
            false => ("sentences", "sentences.id DESC"),
        };
        let column = if ranked { "sentences.text" } else { "text" };
        let sql = format!(
            "SELECT date, sessions.session, speaker, sentences.stakeholder, issue, stance, turn, sentence, \
             time_start, path, {column} FROM {table} CROSS JOIN sessions ON sessions.id = sentences.session \
             WHERE {} ORDER BY {order} LIMIT ?",
            conditions.join(" AND ")
        );
        self.passages(&sql, values).map_err(|error| failed(&self.path, &error))
    }

    /// Whether a query has more hits than are worth weighing.
    fn is_everywhere(&self, query: &str) -> Result<bool> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM sentences_fts WHERE sentences_fts MATCH ?1 LIMIT ?2)";
        let values = rusqlite::params![query, WEIGHED + 1];
        let hits: i64 = self.wrap(self.connection.query_row(sql, values, |row| row.get(0)))?;
        Ok(hits > WEIGHED)
    }

    fn passages(&self, sql: &str, values: Vec<Value>) -> rusqlite::Result<Vec<Passage>> {
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(values), |row| {
            Ok(Passage {
                date: row.get(0)?,
                session: row.get(1)?,
                speaker: row.get(2)?,
                stakeholder: row.get(3)?,
                issue: row.get(4)?,
                stance: stance(row, 5)?,
                turn: row.get(6)?,
                sentence: row.get(7)?,
                time_start: row.get(8)?,
                path: row.get(9)?,
                text: row.get(10)?,
            })
        })?;
        rows.collect()
    }
}

/// A word or phrase of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    /// Whether only its beginning is given.
    begins: bool,
    /// Whether it must not occur.
    without: bool,
    /// Whether the word before will do as well.
    or: bool,
}

fn parse(words: &str) -> Result<Vec<Word>> {
    let (mut found, mut rest, mut or): (Vec<Word>, _, _) = (Vec::new(), words.trim(), false);
    while !rest.is_empty() {
        let without = rest.len() > 1 && rest.starts_with('-');
        let body = if without { rest.split_at(1).1 } else { rest };
        let (text, after, quoted) = match body.strip_prefix('"') {
            Some(phrase) => {
                let (text, after) = phrase.split_once('"').unwrap_or((phrase, ""));
                (text, after, true)
            }
            None => {
                let (text, after) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
                (text, after, false)
            }
        };
        rest = after.trim_start();
        if text == "OR" && !quoted && !found.is_empty() {
            or = true;
            continue;
        }
        let begins = !quoted && text.ends_with('*');
        let text = if begins { text.trim_end_matches('*') } else { text };
        if text.chars().any(char::is_alphanumeric) {
            found.push(Word { text: text.to_owned(), begins, without, or: or && !without });
            or = false;
        }
    }
    if found.iter().all(|word| word.without) {
        let error = Error::usage(format!("“{words}” names no word to look for"));
        return Err(error.remedy("give at least one word, or a \"phrase\" in quotation marks"));
    }
    Ok(found)
}

/// The words in the language of FTS5; every word is quoted, so that none of them means anything there.
fn query(words: &[Word]) -> String {
    let quoted =
        |word: &Word| format!("\"{}\"{}", word.text.replace('"', "\"\""), if word.begins { "*" } else { "" });
    let (mut wanted, mut unwanted) = (String::new(), String::new());
    for word in words {
        if word.without {
            unwanted.push_str(&format!(" NOT {}", quoted(word)));
        } else if wanted.is_empty() {
            wanted = format!("({}", quoted(word));
        } else {
            wanted.push_str(if word.or { " OR " } else { ") AND (" });
            wanted.push_str(&quoted(word));
        }
    }
    format!("({wanted})){unwanted}")
}

/// Letters of scripts that set no space between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// A text that stands for itself in a pattern of LIKE.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_a_query_in_which_nothing_means_anything_else() {
        let cases = [
            ("levy", "((\"levy\"))"),
            ("harbour levy", "((\"harbour\") AND (\"levy\"))"),
            ("harbour OR port levy", "((\"harbour\" OR \"port\") AND (\"levy\"))"),
            ("\"night flights\" -noise", "((\"night flights\")) NOT \"noise\""),
            ("lev*", "((\"lev\"*))"),
            ("a AND NEAR(b)", "((\"a\") AND (\"AND\") AND (\"NEAR(b)\"))"),
            ("col:x \"half", "((\"col:x\") AND (\"half\"))"),
        ];
        for (words, expected) in cases {
            assert_eq!(query(&parse(words).unwrap()), expected, "{words}");
        }
        for words in ["", "  ", "-not", "\"\"", "* ; ()"] {
            assert!(parse(words).is_err(), "{words}");
        }
    }
}
