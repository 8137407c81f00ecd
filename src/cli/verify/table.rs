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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_and_guards_taken_off() {
        let table = "turn,extra,session,speaker,text,end,start\r\n3,x,s,Bo,'=SUM(A1),8,0\r\n";
        let claims = read(table.as_bytes()).unwrap();
        let [claim] = claims.as_slice() else { panic!("{claims:?}") };
        assert_eq!((claim.turn, claim.start, claim.end, claim.rank, claim.sentence), (3, 0, 8, 0, None));
        assert_eq!((claim.text.as_str(), claim.speaker.as_str()), ("=SUM(A1)", "Bo"));
    }

    #[test]
    fn a_broken_table_is_refused_with_its_line() {
        for (table, line) in [
            (&b"session,speaker,turn,start,end\n"[..], 1),
            (b"session,speaker,turn,start,end,text\ns,Bo,1,0,8,text\ns,Bo,one,0,8,text\n", 3),
            (b"session,speaker,turn,start,end,text\ns,Bo\n", 2),
            (b"session,speaker,turn,start,end,text\ns,\xff,1,0,8,text\n", 2),
            (b"", 1),
        ] {
            assert_eq!(read(table).unwrap_err().line(), line, "{}", String::from_utf8_lossy(table));
        }
    }
}
