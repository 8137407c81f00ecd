//! Dates in titles and headings, as `YYYY-MM-DD`.

/// English month names; three letters are enough to tell them apart.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The first date in a text, as `YYYY-MM-DD`; empty where there is none.
///
/// Reads `2024-07-02`, `2 July 2024`, `2nd Jul 2024`, `July 2, 2024`. Numeric dates whose order
/// of day and month is a guess are not read.
pub(super) fn find_date(text: &str) -> String {
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
    parts.windows(3).find_map(|window| <&[&str; 3]>::try_from(window).ok().and_then(date)).unwrap_or_default()
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
    let at =
        MONTHS.iter().position(|name| name.starts_with(&part) || part == "sept" && *name == "september")?;
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
    use super::find_date;

    #[test]
    fn dates_are_found_in_the_ways_people_write_them() {
        for (text, date) in [
            ("2 Jul 2024 13:00h - 14:30h", "2024-07-02"),
            ("# 6th Feb 2024 100th meeting", "2024-02-06"),
            ("February 4, 2020 Meeting Notes", "2020-02-04"),
            ("Held on 2023-11-30T10:00", "2023-11-30"),
            ("21 Sept 2021", "2021-09-21"),
            ("03/04/2021", ""),
            ("Agenda 2030 for all", ""),
            ("12 people may 2020", ""),
            ("", ""),
        ] {
            assert_eq!(find_date(text), date, "{text}");
        }
    }
}
