//! Times as transcripts write them: `0:49`, `00:11:02.500`, `01:02,250`, `12.5`.

use crate::model::{Session, Time};

/// Seconds of `h:m:s`, `m:s` or plain seconds, with `.` or `,` before a fraction.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let text = text.trim();
    let n_fields = text.bytes().take(21).filter(|&byte| byte == b':').count() + 1;
    if n_fields > 3 || text.len() > 20 {
        return None;
    }
    let mut total = 0.0;
    for (index, field) in text.split(':').enumerate() {
        let last = index + 1 == n_fields;
        if !field.chars().all(|c| c.is_ascii_digit() || last && matches!(c, '.' | ',')) {
            return None;
        }
        let value: f64 =
            if field.contains(',') { field.replace(',', ".").parse().ok()? } else { field.parse().ok()? };
        if index > 0 && value >= 60.0 {
            return None;
        }
        total = total * 60.0 + value;
    }
    Some(total)
}

/// Seconds of a date and a time of day, `2024-07-05T09:00:00.250Z`, from a day long ago; what hours an offset adds is
/// left out, since only the time between two of them counts.
pub(super) fn instant(text: &str) -> Option<f64> {
    let (day, clock) = text.trim().split_once(['T', ' '])?;
    let mut parts = day.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let is_date = (1900..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let end =
        clock.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(clock.len());
    let clock = clock.get(..end).filter(|clock| is_date && clock.contains(':'))?;
    let hours = if clock.matches(':').count() == 1 { 60.0 } else { 1.0 };
    // Days from the first of March of the year 0, as years with leap days in February at their end make them.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    Some(days as f64 * 86_400.0 + seconds(clock)? * hours)
}

/// Seconds from the first of January 1970 to a date and a time of day.
pub(super) fn since_1970(text: &str) -> Option<f64> {
    Some(instant(text)? - instant("1970-01-01T00:00:00")?)
}

/// The time a line begins with, in brackets or bare, and the byte offset after it.
///
/// `[00:12:30]`, `(0:49)`, `00:12:30 -`; at least minutes and seconds. (`None`, 0) without one.
pub(super) fn leading_time(line: &str) -> (Option<Time>, usize) {
    let lead = line.len() - line.trim_start().len();
    let rest = line.get(lead..).unwrap_or("");
    // Most lines begin with a letter.
    if !rest.starts_with(|c: char| matches!(c, '[' | '(' | '.' | ',') || c.is_ascii_digit()) {
        return (None, 0);
    }
    let (open, close) = match rest.chars().next() {
        Some('[') => (1, ']'),
        Some('(') => (1, ')'),
        _ => (0, ' '),
    };
    let body = rest.get(open..).unwrap_or("");
    let is_end = |c: char| c == close || open == 0 && c == '\t';
    let Some(length) = body.find(is_end) else { return (None, 0) };
    let stamp = body.get(..length).unwrap_or("");
    let written_out = stamp.contains(':') && (open == 1 || stamp.matches(':').count() == 2);
    let Some(start) = Some(stamp).filter(|_| written_out).and_then(seconds) else { return (None, 0) };
    let after = lead + open + length + close.len_utf8();
    let dash = line.get(after..).unwrap_or("");
    let skipped = dash.len() - dash.trim_start_matches([' ', '\t', '-', '–']).len();
    (Some(Time { start, end: start }), after + skipped)
}

/// The time that is all of a line: `00:12:30`, `[12:30]`.
pub(super) fn lone_time(line: &str) -> Option<Time> {
    let text = line.trim();
    let inside = text.strip_prefix(['[', '(']).and_then(|rest| rest.strip_suffix([']', ')']));
    let fewest = if inside.is_some() { 1 } else { 2 };
    let stamp = inside.unwrap_or(text);
    let start = Some(stamp).filter(|stamp| stamp.matches(':').count() >= fewest).and_then(seconds)?;
    Some(Time { start, end: start })
}

/// A time of minutes and seconds, or more, that a line begins with, and where what stands behind it begins: `0:02 Ann Lee`.
pub(super) fn bare_clock(line: &str) -> Option<(Time, usize)> {
    let lead = line.len() - line.trim_start().len();
    let rest = line.get(lead..)?;
    let length = rest.find([' ', '\t']).unwrap_or(rest.len());
    let stamp = rest.get(..length).filter(|stamp| stamp.contains(':'))?;
    let start = seconds(stamp)?;
    let gap = rest.get(length..)?.len() - rest.get(length..)?.trim_start().len();
    Some((Time { start, end: start }, lead + length + gap))
}

/// Ends each piece that has only a start where the next timed piece begins.
pub(super) fn close_times(session: &mut Session) {
    let mut next: Option<f64> = None;
    for piece in session.turns.iter_mut().rev().flat_map(|turn| turn.pieces.iter_mut().rev()) {
        if let Some(time) = piece.time.as_mut() {
            if time.end <= time.start {
                time.end = next.map_or(time.start, |next| next.max(time.start));
            }
            next = Some(time.start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_ways_people_write_them() {
        for (text, expected) in [
            ("0:49", Some(49.0)),
            ("00:11:02.500", Some(662.5)),
            ("01:02,250", Some(62.25)),
            ("12.5", Some(12.5)),
            ("1:75", None),
            ("-3", None),
            ("nan", None),
            ("", None),
            ("1:2:3:4", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }

    #[test]
    fn the_time_between_two_dates_is_known() {
        let between =
            |one: &str, other: &str| instant(other).zip(instant(one)).map(|(other, one)| other - one);
        for (one, other, seconds) in [
            ("2024-07-05T09:00:00Z", "2024-07-05T09:00:01.500Z", Some(1.5)),
            ("2024-02-28 23:59:59+02:00", "2024-03-01 00:00:00+02:00", Some(86_401.0)),
            ("2023-12-31 23:59", "2024-01-01 00:00", Some(60.0)),
            ("2024-13-05T09:00:00", "2024-07-05T09:00:00", None),
            ("2024-07-05", "2024-07-05T09:00:00", None),
        ] {
            assert_eq!(between(one, other), seconds, "{one} {other}");
        }
    }

    #[test]
    fn a_bare_clock_time_is_no_time_of_the_recording() {
        assert_eq!(leading_time("10:30 Meeting: x").0, None);
        assert_eq!(leading_time("[00:01:02] Ann: x"), (Some(Time { start: 62.0, end: 62.0 }), 11));
        assert_eq!(leading_time("00:01:02 - Ann: x").1, 11);
    }
}
