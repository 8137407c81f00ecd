//! What changed between two sessions or two dates in the archive.

use rapporteur::compare::{ArchivedPosition, ComparedIssues, changes};
use rapporteur::error::{Error, Result};
use rapporteur::model::PositionChanges;
use rusqlite::types::Value;

use super::Archive;

impl Archive {
    /// What changed from `before` to `after`, each the identifier of a session, or a date: a day, a
    /// month (`2024-07`) or a year.
    ///
    /// # Errors
    /// When one of them is in no session, when the archive cannot be read.
    pub fn diff(&self, before: &str, after: &str, issues: ComparedIssues) -> Result<PositionChanges> {
        let (old, new) = (self.side(before)?, self.side(after)?);
        Ok(changes(old, new, issues))
    }

    fn side(&self, name: &str) -> Result<Vec<ArchivedPosition>> {
        let of_session = self.held("sessions.session = ?", vec![Value::Text(name.to_owned())])?;
        if !of_session.is_empty() {
            return Ok(of_session);
        }
        let is_date = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit() || c == '-');
        let pattern = vec![Value::Text(name.to_owned()), Value::Text(format!("{name}-*"))];
        let of_date = if is_date { self.held("(date = ? OR date GLOB ?)", pattern)? } else { Vec::new() };
        if !of_date.is_empty() {
            return Ok(of_date);
        }
        Err(Error::usage(format!("“{name}” is no session and no date with positions in the archive"))
            .in_file(&self.path)
            .remedy("name sessions by their identifiers, or dates such as 2024-07-02, 2024-07 or 2024"))
    }
}
