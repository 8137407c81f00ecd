//! The rows of a session.

use rusqlite::params;

use rapporteur::error::{Error, ErrorKind, Result};
use rapporteur::model::{Basis, Position, Report, SentenceRow, SessionPart, Stance};

use crate::archive::Archive;

/// A session to be archived.
#[derive(Debug, Clone, Copy)]
pub struct SessionEntry<'a> {
    /// Its place in its input, from 1.
    pub number: usize,
    /// What a comparison takes from it.
    pub part: &'a SessionPart,
    /// Its report, where files of several sessions are made of it later.
    pub report: Option<&'a Report>,
}

/// An archived session whose report is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedSession {
    pub(super) row: i64,
    /// Path of its input.
    pub path: String,
    /// Its place in its input, from 1.
    pub number: usize,
    /// Its identifier.
    pub id: String,
    /// Its title; may be empty.
    pub title: String,
    /// `YYYY-MM-DD`, or empty.
    pub date: String,
    /// SHA-256 of its source.
    pub sha256: String,
}

impl Archive {
    pub(super) fn insert_session(&self, input: i64, entry: &SessionEntry<'_>) -> rusqlite::Result<()> {
        let info = &entry.part.info;
        let report = entry.report.map(serde_json::to_string).transpose();
        let report = report.map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        let sql = "INSERT INTO sessions (input, number, session, title, date, language, turns, sentences, \
                   words, path, format, bytes, sha256, report) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        let source = &info.source;
        self.connection.prepare_cached(sql)?.execute(params![
            input,
            entry.number,
            info.id,
            info.title,
            info.date,
            info.language,
            info.turns,
            info.sentences,
            info.words,
            source.path,
            source.format,
            source.bytes,
            source.sha256,
            report,
        ])?;
        let session = self.connection.last_insert_rowid();
        self.insert_speakers(session, entry.part)?;
        entry.part.sentences.iter().try_for_each(|row| self.insert_sentence(session, row))?;
        entry.part.positions.iter().try_for_each(|row| self.insert_position(session, row))?;
        self.insert_stances(session, entry.part)
    }

    fn insert_speakers(&self, session: i64, part: &SessionPart) -> rusqlite::Result<()> {
        let sql = "INSERT INTO speakers (session, speaker, aliases, stakeholder, \"group\", role, turns, \
                   words, share, seconds, wpm) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let mut statement = self.connection.prepare_cached(sql)?;
        for speaker in &part.speakers {
            let aliases = serde_json::Value::from(speaker.aliases.clone()).to_string();
            statement.execute(params![
                session,
                speaker.name,
                aliases,
                speaker.stakeholder,
                speaker.group,
                speaker.role.name(),
                speaker.turns,
                speaker.words,
                speaker.share,
                speaker.seconds,
                speaker.wpm,
            ])?;
        }
        Ok(())
    }

    fn insert_sentence(&self, session: i64, row: &SentenceRow) -> rusqlite::Result<()> {
        let sql = "INSERT INTO sentences (session, turn, sentence, speaker, label, stakeholder, \"start\", \
                   \"end\", time_start, time_end, issue, stance, cue, score, selected, text) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
        let values = params![
            session,
            row.turn,
            row.sentence,
            row.name,
            row.speaker,
            row.stakeholder,
            row.start,
            row.end,
            row.time.map(|time| time.start),
            row.time.map(|time| time.end),
            row.issue,
            Stance::name_or_empty(row.stance),
            row.cue,
            row.score,
            row.selected,
            row.text,
        ];
        self.connection.prepare_cached(sql)?.execute(values).map(|_| ())
    }

    fn insert_position(&self, session: i64, row: &Position) -> rusqlite::Result<()> {
        let sql = "INSERT INTO positions (session, stakeholder, speaker, label, issue, rank, score, stance, \
                   turn, sentence, \"start\", \"end\", line, time_start, text, display, context, kind) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
        let evidence = &row.evidence;
        let values = params![
            session,
            evidence.stakeholder,
            row.name,
            evidence.speaker,
            evidence.issue,
            evidence.rank,
            evidence.score,
            Stance::name_or_empty(evidence.stance),
            evidence.turn,
            evidence.sentence,
            evidence.start,
            evidence.end,
            evidence.line,
            evidence.time.map(|time| time.start),
            evidence.text,
            evidence.display,
            evidence.context,
            evidence.kind,
        ];
        self.connection.prepare_cached(sql)?.execute(values).map(|_| ())
    }

    fn insert_stances(&self, session: i64, part: &SessionPart) -> rusqlite::Result<()> {
        let sql = "INSERT INTO stances (session, stakeholder, issue, stance, n_support, n_oppose, n_concern, \
                   n_sentences, salience, basis, confidence, score, because) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
        let mut statement = self.connection.prepare_cached(sql)?;
        for row in &part.stances {
            statement.execute(params![
                session,
                row.stakeholder,
                row.issue,
                Stance::name_or_empty(row.stance),
                row.counts.support,
                row.counts.oppose,
                row.counts.concern,
                row.n_sentences,
                row.salience,
                row.basis.map_or("", Basis::name),
                row.confidence,
                row.score,
                row.because_text(),
            ])?;
        }
        Ok(())
    }

    /// The sessions whose reports are kept, in the order of date, identifier and input.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn index(&self) -> Result<Vec<IndexedSession>> {
        let read = || {
            let sql = "SELECT sessions.id, inputs.path, number, session, title, date, sessions.sha256 \
                       FROM sessions JOIN inputs ON inputs.id = input WHERE report IS NOT NULL \
                       ORDER BY date, session, inputs.path, number";
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map([], |row| {
                Ok(IndexedSession {
                    row: row.get(0)?,
                    path: row.get(1)?,
                    number: row.get(2)?,
                    id: row.get(3)?,
                    title: row.get(4)?,
                    date: row.get(5)?,
                    sha256: row.get(6)?,
                })
            })?;
            rows.collect()
        };
        self.wrap(read())
    }

    /// The report of a session.
    ///
    /// # Errors
    /// When the archive cannot be read, or the report in it is damaged.
    pub fn report(&self, session: &IndexedSession) -> Result<Report> {
        let sql = "SELECT report FROM sessions WHERE id = ?1";
        let text: String = self.wrap(self.connection.query_row(sql, [session.row], |row| row.get(0)))?;
        serde_json::from_str(&text).map_err(|error| {
            let message = format!("the archived report of {} is damaged: {error}", session.path);
            Error::new(ErrorKind::Io(message))
                .in_file(&self.path)
                .remedy("move the archive away and run again: it is made anew from the inputs")
        })
    }
}
