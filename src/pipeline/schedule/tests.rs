//! A year of due times, over both changes of the clock.

use super::*;

fn schedule(cron: &str, timezone: &str) -> Schedule {
    let settings = ScheduleSettings {
        cron: cron.into(),
        timezone: timezone.into(),
        on_success: Vec::new(),
        on_failure: Vec::new(),
    };
    Schedule::new(&settings).unwrap_or_else(|(key, error)| panic!("{key}: {error}"))
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// All due times of a time span, in UTC.
fn all(schedule: &Schedule, from: &str, to: &str) -> Vec<DateTime<Utc>> {
    let (mut at, to) = (utc(from), utc(to));
    let mut all = Vec::new();
    while let Some(next) = schedule.next(at).filter(|next| *next <= to) {
        all.push(next);
        at = next;
    }
    all
}

#[test]
fn a_fixed_time_is_due_once_a_day_over_both_changes_of_the_clock() {
    // Zurich: 2026-03-29 02:00 becomes 03:00, 2026-10-25 03:00 becomes 02:00.
    let cases = [
        ("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", "2026-03-29T01:00:00Z"),
        ("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", "2026-10-25T00:30:00Z"),
        ("0 7 * * *", "2026-03-29T12:00:00Z", "2026-03-30T12:00:00Z", "2026-03-30T05:00:00Z"),
        ("0 7 * * *", "2026-10-25T12:00:00Z", "2026-10-26T12:00:00Z", "2026-10-26T06:00:00Z"),
    ];
    for (cron, from, to, due) in cases {
        assert_eq!(all(&schedule(cron, "Europe/Zurich"), from, to), [utc(due)], "{cron} after {from}");
    }
    for cron in ["30 2 * * *", "0 7 * * *", "59 23 * * *", "0 0 * * *"] {
        let year = all(&schedule(cron, "Europe/Zurich"), "2025-12-31T23:00:00Z", "2026-12-31T22:59:59Z");
        let days: std::collections::BTreeSet<_> =
            year.iter().map(|at| schedule(cron, "Europe/Zurich").local(*at).date_naive()).collect();
        assert!(year.len() >= 364 && days.len() == year.len(), "{cron}: {} on {}", year.len(), days.len());
    }
}

#[test]
fn every_hour_is_due_once_in_real_time() {
    let zurich = schedule("0 * * * *", "Europe/Zurich");
    let year = all(&zurich, "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z");
    assert_eq!(year.len(), 365 * 24);
    assert!(year.windows(2).all(|pair| pair[1] - pair[0] == TimeDelta::hours(1)));
}

#[test]
fn what_was_missed_is_due_once() {
    let daily = schedule("0 6 * * *", "UTC");
    let served = utc("2026-05-01T06:00:00Z");
    assert_eq!(daily.due(served, utc("2026-05-02T05:59:59Z")), None);
    let due = daily.due(served, utc("2026-05-02T06:00:00Z")).unwrap();
    assert_eq!(due, Due { at: utc("2026-05-02T06:00:00Z"), missed: 0 });
    let due = daily.due(served, utc("2026-05-09T12:00:00Z")).unwrap();
    assert_eq!(due, Due { at: utc("2026-05-09T06:00:00Z"), missed: 7 });
    assert_eq!(daily.due(due.at, utc("2026-05-09T12:00:00Z")), None);
    // A clock that was set back serves nothing twice.
    assert_eq!(daily.due(due.at, utc("2026-05-03T12:00:00Z")), None);
}

#[test]
fn an_expression_or_zone_that_makes_no_sense_is_refused() {
    let cases = [
        ("0 25 * * *", "UTC", "cron"),
        ("0 0 30 2 *", "UTC", "cron"),
        ("* * * *", "UTC", "cron"),
        ("0 0 0 * * *", "UTC", "cron"),
        ("", "UTC", "cron"),
        ("0 0 * * *", "Mars/Olympus", "timezone"),
    ];
    for (cron, timezone, key) in cases {
        let settings = ScheduleSettings {
            cron: cron.into(),
            timezone: timezone.into(),
            on_success: Vec::new(),
            on_failure: Vec::new(),
        };
        match Schedule::new(&settings) {
            Err((found, _)) => assert_eq!(found, key, "{cron} {timezone}"),
            Ok(_) => panic!("{cron} {timezone} was accepted"),
        }
    }
}
