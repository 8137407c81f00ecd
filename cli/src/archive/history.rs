//! What a stakeholder put forward over time.

use rusqlite::types::Value;

use rapporteur::compare::ArchivedPosition;
use rapporteur::error::Result;
use rapporteur::model::Stance;

use crate::archive::Archive;
use crate::archive::names::places;

/// Sessions from one date to another, both included. A date may be a year or a month: `2024`,
/// `2024-07`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period<'a> {
    /// The first date.
    pub from: Option<&'a str>,
    /// The last date.
    pub to: Option<&'a str>,
}

impl Period<'_> {
    /// Adds what it asks of `date`. Sessions without a date are in no period.
    pub(super) fn condition(&self, conditions: &mut Vec<String>, values: &mut Vec<Value>) {
        if let Some(from) = self.from {
            conditions.push("date >= ?".to_owned());
            values.push(Value::Text(from.to_owned()));
        }
        if let Some(to) = self.to {
            // Every date that begins with `to` comes before this.
            conditions.push("date <> '' AND date < ?".to_owned());
            values.push(Value::Text(format!("{to}\u{ffff}")));
        }
    }
}

impl Archive {
    /// What a stakeholder, or everybody, put forward on an issue, or on all, in the order of time.
    ///
    /// # Errors
    /// When the stakeholder or issue is unknown, when the archive cannot be read.
    pub fn history(
        &self,
        stakeholder: Option<&str>,
        issue: Option<&str>,
        period: Period<'_>,
    ) -> Result<Vec<ArchivedPosition>> {
        let (mut conditions, mut values) = (vec!["1".to_owned()], Vec::new());
        if let Some(name) = stakeholder {
            let names = self.stakeholders(name)?;
            conditions.push(format!("positions.stakeholder IN ({})", places(names.len())));
            values.extend(names.into_iter().map(Value::Text));
        }
        if let Some(name) = issue {
            let names = self.issues(name)?;
            conditions.push(format!("positions.issue IN ({})", places(names.len())));
            values.extend(names.into_iter().map(Value::Text));
        }
        period.condition(&mut conditions, &mut values);
        self.held(&conditions.join(" AND "), values)
    }

    /// The positions for which a condition holds.
    pub(super) fn held(&self, condition: &str, values: Vec<Value>) -> Result<Vec<ArchivedPosition>> {
        let sql = format!(
            "SELECT date, sessions.session, positions.stakeholder, positions.issue, \
             coalesce(stances.stance, ''), speaker, rank, positions.stance, turn, sentence, line, path, text, \
             sessions.language \
             FROM positions JOIN sessions ON sessions.id = positions.session \
             LEFT JOIN stances ON stances.session = positions.session \
             AND stances.stakeholder = positions.stakeholder AND stances.issue = positions.issue \
             WHERE {condition} ORDER BY date, sessions.session, sessions.id, positions.stakeholder, \
             positions.issue, turn, sentence"
        );
        let read = || {
            let mut statement = self.connection.prepare(&sql)?;
            let rows = statement.query_map(rusqlite::params_from_iter(values), |row| {
                Ok(ArchivedPosition {
                    date: row.get(0)?,
                    session: row.get(1)?,
                    stakeholder: row.get(2)?,
                    issue: row.get(3)?,
                    stance: stance(row, 4)?,
                    speaker: row.get(5)?,
                    rank: row.get(6)?,
                    quoted_stance: stance(row, 7)?,
                    turn: row.get(8)?,
                    sentence: row.get(9)?,
                    line: row.get(10)?,
                    path: row.get(11)?,
                    text: row.get(12)?,
                    language: row.get(13)?,
                })
            })?;
            rows.collect()
        };
        self.wrap(read())
    }
}

/// The stance in a column of a row; none where it is empty.
pub(super) fn stance(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Option<Stance>> {
    let name: String = row.get(at)?;
    let wrong = || rusqlite::Error::InvalidColumnType(at, name.clone(), rusqlite::types::Type::Text);
    if name.is_empty() { Ok(None) } else { Stance::from_name(&name).map(Some).ok_or_else(wrong) }
}
