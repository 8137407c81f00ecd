//! Which due times are served, and when a run that could not be done is tried again.
//!
//! Like all of the schedule, this reads no clock: a clock that jumps is a number in a test.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::schedule::{Due, Schedule, Step};

/// How far ahead of the clock a time may be that was served: corrections of a clock, by up to the hour
/// of a zone that was set wrongly, serve nothing twice.
pub const CLOCK_TOLERANCE: TimeDelta = TimeDelta::hours(1);

/// How long a run that could not be done waits for its second try; each further wait is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(60);

/// The longest of these waits: what is mended is noticed within an hour.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// What is known of the times that have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// The latest time that was served.
    served: Option<DateTime<Utc>>,
    /// The time of a first run that never came to its end.
    unfinished: Option<DateTime<Utc>>,
    begun: DateTime<Utc>,
    n_failures: u32,
}

impl Watch {
    /// A watch that begins now.
    pub fn new(
        served: Option<DateTime<Utc>>,
        unfinished: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Watch {
        let unfinished = unfinished.filter(|_| served.is_none());
        Watch { served, unfinished, begun: now, n_failures: 0 }
    }

    /// The latest time that may be taken for served at `now`.
    pub fn latest(now: DateTime<Utc>) -> DateTime<Utc> {
        now.checked_add_signed(CLOCK_TOLERANCE).unwrap_or(now)
    }

    /// Whether a time was served that is yet to come, so that the clock must have been set back.
    pub fn is_ahead(&self, now: DateTime<Utc>) -> bool {
        self.served.is_some_and(|served| served > Watch::latest(now))
    }

    /// Whether no time was ever served, nor a run begun.
    pub fn is_new(&self) -> bool {
        self.served.is_none() && self.unfinished.is_none()
    }

    /// What to do at `now`: a first run that was interrupted goes on at once.
    pub fn step(&self, schedule: &Schedule, now: DateTime<Utc>) -> Step {
        match (self.served, self.unfinished) {
            (None, Some(begun)) => {
                Step::Run(schedule.due(begun, now).unwrap_or(Due { at: begun, missed: 0 }))
            }
            (served, _) => schedule.step(served.unwrap_or(self.begun).min(Watch::latest(now)), now),
        }
    }

    /// Notes that a time is served.
    pub fn serve(&mut self, due: DateTime<Utc>) {
        *self = Watch { served: Some(due), unfinished: None, n_failures: 0, ..*self };
    }

    /// Notes that a run could not be done; how long to wait for the next try.
    pub fn fail(&mut self) -> Duration {
        let wait = FIRST_WAIT.saturating_mul(1 << self.n_failures.min(6)).min(LONGEST_WAIT);
        self.n_failures += 1;
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::tests::schedule;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_clock_that_jumps_ahead_and_back_silences_nothing() {
        let daily = schedule("0 7 * * *", "UTC");
        let mut watch = Watch::new(Some(utc("2026-03-01T07:00:00Z")), None, utc("2026-03-01T08:00:00Z"));
        let jumped = utc("2030-01-01T12:00:00Z");
        let Step::Run(due) = watch.step(&daily, jumped) else { panic!("nothing is due in 2030") };
        watch.serve(due.at);
        assert!(!watch.is_ahead(jumped));
        let back = utc("2026-03-01T12:00:00Z");
        assert!(watch.is_ahead(back));
        let next = Step::Wait(Some(utc("2026-03-02T07:00:00Z")));
        assert_eq!(watch.step(&daily, back), next, "a day later at most, even if nobody asks the archive");
        let watch = Watch::new(Some(utc("2026-03-01T07:00:00Z")), None, back);
        assert_eq!(watch.step(&daily, back), next);
        assert!(matches!(watch.step(&daily, utc("2026-03-02T07:00:00Z")), Step::Run(_)));
    }

    #[test]
    fn a_clock_that_is_corrected_by_minutes_serves_nothing_twice() {
        let daily = schedule("0 7 * * *", "UTC");
        let watch = Watch::new(Some(utc("2026-03-01T07:00:00Z")), None, utc("2026-03-01T06:55:00Z"));
        assert!(!watch.is_ahead(utc("2026-03-01T06:55:00Z")));
        assert!(matches!(watch.step(&daily, utc("2026-03-01T07:00:30Z")), Step::Wait(_)));
    }

    #[test]
    fn an_interrupted_first_run_goes_on_at_once_and_others_wait_for_their_time() {
        let daily = schedule("0 7 * * *", "UTC");
        let (now, begun) = (utc("2026-03-02T09:00:00Z"), utc("2026-03-02T08:10:00Z"));
        let new = Watch::new(None, None, now);
        assert!(new.is_new());
        assert_eq!(new.step(&daily, now), Step::Wait(Some(utc("2026-03-03T07:00:00Z"))));
        let mut watch = Watch::new(None, Some(begun), now);
        assert_eq!(watch.step(&daily, now), Step::Run(Due { at: begun, missed: 0 }));
        let later = utc("2026-03-05T07:30:00Z");
        assert_eq!(watch.step(&daily, later), Step::Run(Due { at: utc("2026-03-05T07:00:00Z"), missed: 2 }));
        watch.serve(begun);
        assert_eq!(watch.step(&daily, now), Step::Wait(Some(utc("2026-03-03T07:00:00Z"))));
    }

    #[test]
    fn tries_become_rare_and_begin_anew_after_a_success() {
        let now = utc("2026-03-02T09:00:00Z");
        let mut watch = Watch::new(None, None, now);
        let minutes: Vec<u64> = (0..9).map(|_| watch.fail().as_secs() / 60).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        watch.serve(now);
        assert_eq!(watch.fail().as_secs(), 60);
    }
}
