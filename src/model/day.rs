//! Days on which sessions are, and how they are known.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A day of the calendar, written `YYYY-MM-DD`.
///
/// ```
/// use rapporteur::model::Day;
/// assert_eq!("2024-07-05".parse::<Day>().map(|day| day.to_string()), Ok("2024-07-05".to_owned()));
/// assert!("2024-02-31".parse::<Day>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(NaiveDate);

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Day);
        // The parser also takes `2024-7-5` and signs before the year.
        day.filter(|day| text.len() == 10 && day.to_string() == text)
            .ok_or_else(|| format!("“{text}” is no day; write it as YYYY-MM-DD, such as 2024-07-05"))
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

/// How the date of a session is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateKnown {
    /// It is not, or the content of the source says it.
    #[default]
    Content,
    /// The name of the file says it, with the year of a folder or the title where the name has none.
    FileName,
    /// The user gave it.
    Given,
}

impl DateKnown {
    /// The name in reports; empty for what the content says.
    pub fn name(self) -> &'static str {
        match self {
            DateKnown::Content => "",
            DateKnown::FileName => "file name",
            DateKnown::Given => "given",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn only_days_of_the_calendar_in_one_form_are_taken() {
        for text in ["2024-02-29", "1999-12-31"] {
            assert_eq!(text.parse::<Day>().map(String::from), Ok(text.to_owned()));
        }
        for text in ["2023-02-29", "2024-7-5", "20240705", "+024-07-05", "05.07.2024", "2024-07-05 ", ""] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}
