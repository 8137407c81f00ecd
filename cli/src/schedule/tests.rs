//! A year of due times, over both changes of the clock.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::{Datelike, NaiveDate, TimeZone, Weekday};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use rapporteur::definition::ScheduleSettings;

use super::*;
use crate::archive::Outcome;
use crate::run::Stop;
use crate::run::tests::{Recorded, example};

fn settings(cron: &str, timezone: &str) -> ScheduleSettings {
    ScheduleSettings {
        cron: cron.into(),
        timezone: timezone.into(),
        on_success: Vec::new(),
        on_failure: Vec::new(),
        hook_seconds: std::num::NonZeroU32::MIN,
        hooks_must_succeed: false,
    }
}

pub(super) fn schedule(cron: &str, timezone: &str) -> Schedule {
    Schedule::new(&settings(cron, timezone)).unwrap_or_else(|(key, error)| panic!("{key}: {error}"))
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

/// Keeps a schedule for a year in which each run takes a number of minutes, and the machine is off from
/// one time to another; the times that were served, and how many were made up for.
fn year(schedule: &Schedule, minutes: i64, off: Option<(&str, &str)>) -> (Vec<DateTime<Utc>>, usize) {
    let off = off.map(|(from, to)| (utc(from), utc(to)));
    let (mut now, end) = (utc("2026-01-01T00:00:30Z"), utc("2027-01-01T00:00:30Z"));
    let (mut served, mut runs, mut missed) = (now, Vec::new(), 0);
    while now < end {
        if let Some((_, to)) = off.filter(|(from, to)| (*from..*to).contains(&now)) {
            now = to;
        }
        match schedule.step(served, now) {
            Step::Run(due) => {
                assert!(due.at > served && due.at <= now, "{due:?} at {now}");
                served = due.at;
                runs.push(due.at);
                missed += due.missed;
                now += TimeDelta::minutes(minutes);
            }
            Step::Wait(next) => {
                let next = next.unwrap();
                assert!(next > now);
                now = next;
            }
        }
    }
    (runs, missed)
}

#[test]
fn a_year_is_served_without_a_double_or_a_loss() {
    let daily = schedule("30 2 * * *", "Europe/Zurich");
    let (runs, missed) = year(&daily, 10, None);
    assert_eq!((runs.len(), missed), (365, 0));
    // Off for ten days in March, over the change to summer time.
    let (runs, missed) = year(&daily, 10, Some(("2026-03-24T00:00:00Z", "2026-04-03T00:00:00Z")));
    assert_eq!((runs.len(), missed), (365 - 9, 9));
    // Every run takes longer than the time between two: each run makes up for what it delayed.
    let hourly = schedule("0 * * * *", "Europe/Zurich");
    let (runs, missed) = year(&hourly, 90, None);
    let last = runs.last().unwrap().to_rfc3339();
    assert_eq!(runs.len() + missed, all(&hourly, "2026-01-01T00:00:30Z", &last).len());
    assert!(missed > 2000 && runs.windows(2).all(|pair| pair[0] < pair[1]), "{} {missed}", runs.len());
}

/// The times of a year at which the clock of a zone shows a time, found day by day with the zone alone:
/// after the gap where the day has no such time, the first where it has two.
fn by_the_clock(
    zone: &str,
    hour: u32,
    minute: u32,
    wanted: impl Fn(NaiveDate) -> bool,
) -> Vec<DateTime<Utc>> {
    let zone: Tz = zone.parse().unwrap();
    let days = NaiveDate::from_ymd_opt(2026, 1, 2).unwrap().iter_days().take(363);
    let at = |day: NaiveDate| {
        let mut time = day.and_hms_opt(hour, minute, 0).unwrap();
        loop {
            if let Some(found) = zone.from_local_datetime(&time).earliest() {
                return found.with_timezone(&Utc);
            }
            time += TimeDelta::minutes(1);
        }
    };
    days.filter(|day| wanted(*day)).map(at).collect()
}

#[test]
fn a_year_of_times_is_that_of_the_clock_in_every_kind_of_zone() {
    // Changes of an hour in spring and in autumn of both halves of the globe, of half an hour, at
    // midnight, and none.
    let zones = [
        "Europe/Zurich",
        "America/New_York",
        "America/Santiago",
        "Australia/Sydney",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "UTC",
    ];
    let mut n_times = 0;
    for zone in zones {
        for (hour, minute) in [(0, 0), (0, 30), (1, 30), (2, 0), (2, 15), (2, 30), (3, 0), (7, 0), (23, 59)] {
            let daily = schedule(&format!("{minute} {hour} * * *"), zone);
            let weekly = schedule(&format!("{minute} {hour} * * SUN"), zone);
            for (schedule, expected) in [
                (daily, by_the_clock(zone, hour, minute, |_| true)),
                (weekly, by_the_clock(zone, hour, minute, |day| day.weekday() == Weekday::Sun)),
            ] {
                let (first, last) = (expected.first().unwrap(), expected.last().unwrap());
                let before = (*first - TimeDelta::minutes(1)).to_rfc3339();
                let found = all(&schedule, &before, &last.to_rfc3339());
                assert_eq!(found, expected, "{hour}:{minute:02} in {zone}");
                n_times += found.len();
            }
        }
    }
    assert!(n_times > 20_000, "{n_times}");
}

#[test]
fn with_steps_the_hour_that_comes_twice_is_served_twice_and_the_skipped_one_not() {
    let quarters = schedule("*/15 2 * * *", "Europe/Zurich");
    assert_eq!(all(&quarters, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z").len(), 8);
    assert_eq!(all(&quarters, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z").len(), 0);
    assert_eq!(all(&quarters, "2026-06-01T12:00:00Z", "2026-06-02T12:00:00Z").len(), 4);
}

#[test]
fn however_long_runs_take_and_whenever_the_machine_is_off_each_time_is_served_or_made_up_for_once() {
    for (cron, zone) in [
        ("30 2 * * *", "Europe/Zurich"),
        ("*/20 * * * *", "Australia/Lord_Howe"),
        ("0 9-17 * * MON-FRI", "UTC"),
    ] {
        let schedule = schedule(cron, zone);
        for minutes in [1, 19, 20, 21, 61, 1500] {
            for off in [None, Some(("2026-03-28T22:00:00Z", "2026-03-30T09:30:00Z"))] {
                let (runs, missed) = year(&schedule, minutes, off);
                let last = runs.last().unwrap().to_rfc3339();
                let expected = all(&schedule, "2026-01-01T00:00:30Z", &last).len();
                assert_eq!(runs.len() + missed, expected, "{cron} with runs of {minutes} minutes");
                assert!(runs.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }
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
        match Schedule::new(&settings(cron, timezone)) {
            Err((found, _)) => assert_eq!(found, key, "{cron} {timezone}"),
            Ok(_) => panic!("{cron} {timezone} was accepted"),
        }
    }
}

#[test]
fn a_mistake_in_a_schedule_is_named_with_its_line() {
    for (text, parts) in [
        ("{\"schema\": 1, \"schedule\": {\n \"cron\": \"0 25 * * *\"}}", ["d.json:2: ", "0 25 * * *"]),
        (
            "{\"schema\": 1, \"schedule\": {\"cron\": \"@daily\",\n \"timezone\": \"Europe/Zurch\"}}",
            ["d.json:2: ", "“Europe/Zurich”?"],
        ),
    ] {
        let error = parse_definition(text, "d.json").unwrap_err().to_string();
        assert!(parts.iter().all(|part| error.contains(part)), "{error}");
    }
}

#[test]
fn a_schedule_that_never_ran_runs_once_and_says_when_it_is_due_next() {
    let (_folder, definition) = example(", \"schedule\": {\"cron\": \"0 7 * * MON\", \"timezone\": \"UTC\"}");
    let settings = definition.schedule.clone().unwrap();
    let schedule = Schedule::new(&settings).map_err(|(_, error)| error).unwrap();
    let stop = Stop::at_flag(&Arc::new(AtomicBool::new(false)));
    let messages = Arc::new(Recorded::default());
    let scheduler = Scheduler {
        definition: &definition,
        settings: &settings,
        schedule: &schedule,
        stop: &stop,
        messages: Arc::<Recorded>::clone(&messages),
    };
    assert_eq!(scheduler.run_once().unwrap(), Outcome::Done);
    assert!(messages.has("note: levy: 1 input: 1 done") && messages.has("note: levy: next due Mon "));
    assert_eq!(scheduler.run_once().unwrap(), Outcome::Done);
    assert!(messages.has("note: levy: not due before"));
}
