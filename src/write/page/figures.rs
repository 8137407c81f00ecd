//! Figures and dates as a page sets them.

/// The months as a reader knows them.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A share of a whole, 0 to 1, in per cent.
pub(super) fn percent(share: f64) -> String {
    let per_cent = share * 100.0;
    if per_cent >= 9.95 { format!("{per_cent:.0} %") } else { format!("{per_cent:.1} %") }
}

/// A date such as `2024-07-02` as `2 July 2024`; anything else as it is.
pub(in crate::write) fn date(date: &str) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return date.to_owned() };
    let month = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    match (month, day.parse::<u8>()) {
        (Some(month), Ok(day)) => format!("{day} {month} {year}"),
        _ => date.to_owned(),
    }
}

/// A time span in hours and minutes, or seconds where it is less than one.
pub(super) fn duration(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round() as u64;
    match (minutes / 60, minutes % 60) {
        (0, 0) => format!("{} s", seconds.max(0.0).round()),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_set_for_a_reader() {
        for (share, shown) in [(0.273, "27 %"), (0.0994, "9.9 %"), (0.0996, "10 %"), (0.0, "0.0 %")] {
            assert_eq!(percent(share), shown);
        }
        for (given, shown) in
            [("2024-07-02", "2 July 2024"), ("2024-13-02", "2024-13-02"), ("2024", "2024"), ("", "")]
        {
            assert_eq!(date(given), shown);
        }
        for (seconds, shown) in [(4980.0, "1 h 23 min"), (59.6, "1 min"), (12.2, "12 s"), (-1.0, "0 s")] {
            assert_eq!(duration(seconds), shown);
        }
    }
}
