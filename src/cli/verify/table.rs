//! A positions table as claims to check.

use rapporteur::verify::Claim;
use rapporteur::write::csv::unguard;
use rapporteur::{Error, ErrorKind, Result};

/// The rows of a positions table; columns are found by name, others are ignored.
pub(super) fn read(content: &[u8]) -> Result<Vec<Claim>> {
    let mut reader = csv::Reader::from_reader(content);
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    let column = |name: &str| header.iter().position(|title| title == name);
    let needed = |name: &str| {
        column(name).ok_or_else(|| {
            malformed(format!("it has no column {name}"), 1).remedy(
                "give a report in JSON, or a table that `rapporteur summarize --format csv` has written",
            )
        })
    };
    let (session, speaker, text) = (needed("session")?, needed("speaker")?, needed("text")?);
    let (turn, start, end) = (needed("turn")?, needed("start")?, needed("end")?);
    let (sentence, rank) = (column("sentence"), column("rank"));
    let mut claims = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: usize| record.get(at).unwrap_or("");
        let number = |at: usize| {
            cell(at).parse::<u64>().map_err(|_| malformed(format!("{:?} is no whole number", cell(at)), line))
        };
        claims.push(Claim {
            session: unguard(cell(session)).to_owned(),
            speaker: unguard(cell(speaker)).to_owned(),
            rank: rank.map_or(Ok(0), number)?,
            turn: number(turn)?,
            sentence: sentence.map(number).transpose()?,
            start: number(start)?,
            end: number(end)?,
            text: unguard(cell(text)).to_owned(),
        });
    }
    Ok(claims)
}

fn broken(error: &csv::Error) -> Error {
    malformed(error.to_string(), error.position().map_or(0, csv::Position::line))
}

fn malformed(reason: String, line: u64) -> Error {
    Error::new(ErrorKind::Malformed { format: "positions table", reason }).at_line(line)
}
