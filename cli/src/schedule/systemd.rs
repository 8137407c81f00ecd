//! A cron expression as systemd's calendar has it.

use rapporteur::error::{Error, Result};

use crate::schedule::Schedule;

/// The days of the week by their number, Sunday first.
const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

impl Schedule {
    /// The values of `OnCalendar=` that are due at the same times: two where the expression names days
    /// of the month and days of the week, of which cron wants only one to fit.
    ///
    /// # Errors
    /// For `L`, `W` and `#`, which systemd does not have.
    pub fn systemd_calendar(&self) -> Result<Vec<String>> {
        let pattern = &self.cron.pattern;
        if pattern.days.has_modifiers() || pattern.days_of_week.has_modifiers() {
            let error = Error::usage(format!("systemd has no calendar for “{}”", pattern.as_str()));
            return Err(error.remedy("let `rapporteur schedule` keep the time itself, without --emit"));
        }
        let time = format!(
            "{}:{}:00",
            listed(&pattern.hours.values(), 24, 2),
            listed(&pattern.minutes.values(), 60, 2)
        );
        let months = listed(&pattern.months.values(), 12, 2);
        let days = listed(&pattern.days.values(), 31, 2);
        let mut week: Vec<usize> =
            pattern.days_of_week.values().iter().map(|day| usize::from(day % 7)).collect();
        week.sort_unstable();
        week.dedup();
        let week: Vec<&str> = week.iter().filter_map(|&day| DAYS.get(day).copied()).collect();
        let week = if week.len() == DAYS.len() { String::new() } else { format!("{} ", week.join(",")) };
        let zone = self.zone.name();
        let of_month = format!("*-{months}-{days} {time} {zone}");
        let of_week = format!("{week}*-{months}-* {time} {zone}");
        Ok(match (week.is_empty() || pattern.is_dow_wildcard(), days == "*" || pattern.is_dom_wildcard()) {
            (true, _) => vec![of_month],
            (false, true) => vec![of_week],
            (false, false) if pattern.matches_dom_and_dow() => vec![format!("{week}{of_month}")],
            (false, false) => vec![of_month, of_week],
        })
    }
}

/// Values with commas between them; `*` for all there are.
fn listed(values: &[u16], all: usize, digits: usize) -> String {
    if values.len() == all {
        return "*".to_owned();
    }
    let values: Vec<String> = values.iter().map(|value| format!("{value:0digits$}")).collect();
    values.join(",")
}

#[cfg(test)]
mod tests {
    use crate::schedule::tests::schedule;

    #[test]
    fn a_cron_expression_becomes_a_calendar() {
        let cases: [(&str, &[&str]); 7] = [
            ("0 7 * * MON", &["Mon *-*-* 07:00:00 Europe/Zurich"]),
            ("*/15 * * * *", &["*-*-* *:00,15,30,45:00 Europe/Zurich"]),
            ("30 2 1 * *", &["*-*-01 02:30:00 Europe/Zurich"]),
            ("0 6 * 1,7 1-5", &["Mon,Tue,Wed,Thu,Fri *-01,07-* 06:00:00 Europe/Zurich"]),
            ("0 0 13 * FRI", &["*-*-13 00:00:00 Europe/Zurich", "Fri *-*-* 00:00:00 Europe/Zurich"]),
            ("@daily", &["*-*-* 00:00:00 Europe/Zurich"]),
            ("0 0 * * SUN,7", &["Sun *-*-* 00:00:00 Europe/Zurich"]),
        ];
        for (cron, expected) in cases {
            assert_eq!(schedule(cron, "Europe/Zurich").systemd_calendar().unwrap(), expected, "{cron}");
        }
        assert!(schedule("0 0 L * *", "UTC").systemd_calendar().is_err());
    }
}
