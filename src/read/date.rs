//! Dates in titles and headings, as `YYYY-MM-DD`.

use std::sync::LazyLock;

use crate::language::{LANGUAGES, List, Sections};

/// Names of a month, the English one first.
type Names = Vec<&'static str>;

/// The names of the months in the languages that have any.
static MONTHS: LazyLock<[Names; 12]> = LazyLock::new(|| {
    let mut months = [(); 12].map(|()| Names::new());
    for row in LANGUAGES {
        let sections = Sections::parse(row.list(List::Months).unwrap_or(""));
        for (names, line) in months.iter_mut().zip(sections.lines("months")) {
            names.extend(line.words());
        }
    }
    months
});

/// The first date in a text, as `YYYY-MM-DD`; empty where there is none.
///
/// Reads `2024-07-02`, `2 July 2024`, `2nd Jul 2024`, `July 2, 2024`, `2 de julio de 2024`,
/// `2024年7月2日`. Numeric dates whose order of day and month is a guess are not read.
pub(super) fn find_date(text: &str) -> String {
    if let Some(date) = ideographic(text) {
        return date;
    }
    let words = text.split(|c: char| !c.is_alphanumeric());
    let parts: Vec<&str> = words.filter(|p| !matches!(*p, "" | "de" | "of")).collect();
    let found = parts.windows(3).find_map(|window| {
        let parts = <&[&str; 3]>::try_from(window).ok()?;
        date(parts).filter(|_| year(parts[0]).is_none() || is_joined(text, parts))
    });
    found.unwrap_or_default()
}

/// Whether the same mark stands between the parts of a date that begins with its year: `25/07/2024, 10:01` has none.
fn is_joined(text: &str, parts: &[&str; 3]) -> bool {
    let offset = |part: &str| (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let between = |before: &str, after: &str| text.get(offset(before) + before.len()..offset(after));
    let mark = between(parts[0], parts[1]);
    mark == between(parts[1], parts[2])
        && mark.is_some_and(|mark| matches!(mark, "-" | "/" | "." | " " | "–"))
}

/// Folders above a file in which the year of its name is looked for.
const FOLDERS: usize = 2;

/// The date in a file's name, with the year of a folder above or of the title where the name lacks it:
/// `acdt_2026-06-01_081.vtt`, `GMT20240705-090000_Recording.vtt`, `2024/June-12.md`. Empty where there is none.
pub(super) fn of_path(path: &str, title: &str) -> String {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next().unwrap_or("");
    let spaced: String = name.chars().map(|c| if matches!(c, '_' | '.') { ' ' } else { c }).collect();
    let found = find_date(&spaced);
    if !found.is_empty() {
        return found;
    }
    // A day, or a day with the hour and the minute, and perhaps the second.
    let digits =
        name.split(|c: char| !c.is_ascii_digit()).filter(|digits| [8, 12, 14].contains(&digits.len()));
    if let Some(date) = digits.filter_map(|digits| digits.get(..8)).find_map(compact) {
        return date;
    }
    let year_in = |text: &str| {
        let mut numbers = text.split(|c: char| !c.is_ascii_digit());
        numbers.find(|part| year(part).is_some()).map(str::to_owned)
    };
    let above = parts.take(FOLDERS).find_map(year_in).or_else(|| year_in(title));
    above.map_or_else(String::new, |year| {
        let words: Vec<&str> =
            spaced.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let with_year =
            |pair: &[&str]| Some(find_date(&format!("{} {year}", pair.join(" ")))).filter(|d| !d.is_empty());
        words.windows(2).find_map(with_year).unwrap_or_default()
    })
}

/// `20240705`, where that can be a day of these times.
fn compact(digits: &str) -> Option<String> {
    let (year, rest) = digits.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    let is_date = year.parse().is_ok_and(|year: u32| (1900..=2100).contains(&year))
        && month.parse().is_ok_and(|month: u32| (1..=12).contains(&month))
        && day.parse().is_ok_and(|day: u32| (1..=31).contains(&day));
    is_date.then(|| format!("{year}-{month}-{day}"))
}

/// A date as Chinese and Japanese have it: `2024年7月2日`.
fn ideographic(text: &str) -> Option<String> {
    let (before, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, _) = rest.split_once(['日', '号'])?;
    let year = year(before.get(before.len().checked_sub(4)?..)?)?;
    let number = |part: &str| part.trim().parse::<u32>().ok();
    let month = number(month).filter(|m| (1..=12).contains(m))?;
    let day = number(day).filter(|d| (1..=31).contains(d))?;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn date(&[a, b, c]: &[&str; 3]) -> Option<String> {
    let (year, month, day) = if let Some(year) = year(a) {
        let day = c.split(['T', 't']).next().unwrap_or(c);
        (year, two_digits(b).filter(|m| (1..=12).contains(m))?, two_digits(day)?)
    } else if let Some(month) = month(a) {
        (year(c)?, month, day(b)?)
    } else {
        (year(c)?, month(b)?, day(a)?)
    };
    (1..=31).contains(&day).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn year(part: &str) -> Option<u32> {
    let year = part.parse().ok().filter(|_| part.len() == 4)?;
    (1800..=2200).contains(&year).then_some(year)
}

fn month(part: &str) -> Option<u32> {
    let part = part.to_lowercase();
    if part.len() < 3 {
        return None;
    }
    // The English names may be cut short to three letters and more, the others stand as listed.
    let is_named = |names: &Names| {
        names.first().is_some_and(|english| english.starts_with(&part)) || names.contains(&part.as_str())
    };
    let at = MONTHS.iter().position(is_named)?;
    u32::try_from(at + 1).ok()
}

fn two_digits(part: &str) -> Option<u32> {
    part.parse().ok().filter(|_| part.len() == 2)
}

fn day(part: &str) -> Option<u32> {
    let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = part.get(digits.len()..)?;
    let known = ["", "st", "nd", "rd", "th"].contains(&suffix);
    digits.parse().ok().filter(|_| known && digits.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::{find_date, of_path};

    #[test]
    fn dates_are_found_in_the_names_of_files() {
        for (path, date) in [
            ("calls/acdt_2026-06-01_081.vtt", "2026-06-01"),
            ("GMT20240705-090000_Recording.transcript.vtt", "2024-07-05"),
            ("minutes/2024/June-12.md", "2024-06-12"),
            ("minutes/2024/summer/12_june.md", "2024-06-12"),
            ("1999/minutes/summer/June-12.md", ""),
            ("video202407050900.vtt", "2024-07-05"),
            ("audio20240705T090000Z.vtt", "2024-07-05"),
            ("zoom_chat_2020-09-07.txt", "2020-09-07"),
            ("12 March 2021 hearing.docx", "2021-03-12"),
            ("session-12345678.txt", ""),
            ("2024/notes.md", ""),
            ("-", ""),
        ] {
            assert_eq!(of_path(path, ""), date, "{path}");
        }
        assert_eq!(of_path("June-12.md", "Minutes of 2024"), "2024-06-12");
    }

    #[test]
    fn dates_are_found_in_the_ways_people_write_them() {
        for (text, date) in [
            ("2 Jul 2024 13:00h - 14:30h", "2024-07-02"),
            ("# 6th Feb 2024 100th meeting", "2024-02-06"),
            ("February 4, 2020 Meeting Notes", "2020-02-04"),
            ("Held on 2023-11-30T10:00", "2023-11-30"),
            ("21 Sept 2021", "2021-09-21"),
            ("03/04/2021", ""),
            ("25/07/2024, 10:01", ""),
            ("Agenda 2030 for all", ""),
            ("12 people may 2020", ""),
            ("", ""),
            ("Réunion du 14 mars 2024, salle des fêtes", "2024-03-14"),
            ("12. September 2024, Bürgersaal", "2024-09-12"),
            ("16 de abril de 2024", "2024-04-16"),
            ("21 мая 2024 года", "2024-05-21"),
            ("会议于2024年6月12日召开", "2024-06-12"),
            ("12 أبريل 2024", "2024-04-12"),
        ] {
            assert_eq!(find_date(text), date, "{text}");
        }
    }
}
