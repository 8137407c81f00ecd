//! The names in an archive, and the stakeholder that a user means by one.

use std::collections::BTreeSet;

use rapporteur::error::{Error, Result};

use crate::archive::Archive;

/// Names that are listed when one is not found.
const LISTED: usize = 12;

impl Archive {
    /// The stakeholders that a user means: those of that name, or with a voice of that name, letter
    /// case aside; else those whose name contains it.
    ///
    /// # Errors
    /// When there is none; the message lists who there is.
    pub(super) fn stakeholders(&self, name: &str) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT stakeholder, speaker FROM speakers ORDER BY stakeholder, speaker";
        let pairs: Vec<(String, String)> =
            self.wrap(self.connection.prepare(sql).and_then(|mut statement| {
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
            }))?;
        let wanted = name.trim().to_lowercase();
        let matching = |test: &dyn Fn(&str) -> bool| -> BTreeSet<String> {
            let found = pairs.iter().filter(|(a, b)| test(&a.to_lowercase()) || test(&b.to_lowercase()));
            found.map(|(stakeholder, _)| stakeholder.clone()).collect()
        };
        let exact = matching(&|name| name == wanted);
        let found = if exact.is_empty() { matching(&|name| name.contains(&wanted)) } else { exact };
        if !found.is_empty() && !wanted.is_empty() {
            return Ok(found.into_iter().collect());
        }
        let all = pairs.into_iter().map(|(stakeholder, _)| stakeholder);
        Err(self.nobody("stakeholder or speaker", name, all))
    }

    /// The issues that a user means: as [`Archive::stakeholders`].
    ///
    /// # Errors
    /// When there is none; the message lists those there are.
    pub(super) fn issues(&self, name: &str) -> Result<Vec<String>> {
        // From each issue to the next by the index: few steps, however many stances there are.
        let sql = "WITH RECURSIVE one (issue) AS (SELECT min(issue) FROM stances WHERE issue > '' UNION ALL \
                   SELECT (SELECT min(issue) FROM stances WHERE issue > one.issue) FROM one \
                   WHERE one.issue IS NOT NULL) SELECT issue FROM one WHERE issue IS NOT NULL";
        let all: Vec<String> = self.wrap(
            self.connection
                .prepare(sql)
                .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect()),
        )?;
        let wanted = name.trim().to_lowercase();
        let exact: Vec<String> = all.iter().filter(|issue| issue.to_lowercase() == wanted).cloned().collect();
        let is_part = |issue: &&String| !wanted.is_empty() && issue.to_lowercase().contains(&wanted);
        let found = if exact.is_empty() { all.iter().filter(is_part).cloned().collect() } else { exact };
        if found.is_empty() { Err(self.nobody("issue", name, all.into_iter())) } else { Ok(found) }
    }

    fn nobody(&self, what: &str, name: &str, all: impl Iterator<Item = String>) -> Error {
        let all: BTreeSet<String> = all.collect();
        let listed: Vec<&str> = all.iter().take(LISTED).map(String::as_str).collect();
        let more = all.len().saturating_sub(LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let remedy = match listed.as_slice() {
            [] => "there is none in it".to_owned(),
            names => format!("there are {}{more}", names.join(", ")),
        };
        Error::usage(format!("no {what} in the archive is called “{name}”"))
            .in_file(&self.path)
            .remedy(remedy)
    }
}

/// `?, ?, ?` for a number of values.
pub(super) fn places(number: usize) -> String {
    vec!["?"; number].join(", ")
}
