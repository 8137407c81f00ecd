//! How long each speaker speaks, where the source has times.

use crate::model::{People, Session, Time, TurnTimes, count_words};

/// Seconds between two timed parts of a turn up to which the speaker is taken to go on speaking: the
/// pauses between words and cues, not those in which others speak.
const PAUSE: f64 = 1.0;

/// What the times of a source say about a speaker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Speech {
    /// Seconds in which the speaker speaks; a second that two cues share counts once.
    pub(crate) seconds: f64,
    /// Words said in these seconds.
    pub(crate) words: u64,
}

impl Speech {
    /// Words in a minute: words · 60 / seconds.
    pub(crate) fn words_per_minute(self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.words as f64 * 60.0 / self.seconds)
    }
}

/// The speech of each speaker; `None` for those without a time that has a length.
///
/// Speakers who speak at the same time have that time each. Words without a time, or of which only
/// the beginning is known, count neither as words nor as seconds here.
pub(crate) fn speech(session: &Session, people: &People) -> Vec<Option<Speech>> {
    let mut spoken: Vec<(Vec<Time>, u64)> = vec![Default::default(); people.speakers.len()];
    for (number, turn) in session.turns.iter().enumerate() {
        let Some((times, words)) = spoken.get_mut(people.id(turn.label).0 as usize) else { continue };
        let text = session.turn_text(number);
        let timed = TurnTimes::new(session, number);
        let lasting = || timed.spans().iter().filter(|timed| timed.time.end > timed.time.start);
        times.extend(union(lasting().map(|timed| timed.time).collect(), PAUSE));
        *words += lasting().map(|timed| count_words(timed.span.of(text))).sum::<u64>();
    }
    spoken.into_iter().map(|(times, words)| of_times(times, words)).collect()
}

fn of_times(times: Vec<Time>, words: u64) -> Option<Speech> {
    let apart = union(times, 0.0);
    let seconds = apart.iter().map(|time| time.end - time.start).sum();
    (!apart.is_empty()).then_some(Speech { seconds, words })
}

/// Times in order, those put together that overlap or are at most `gap` seconds apart.
fn union(mut times: Vec<Time>, gap: f64) -> Vec<Time> {
    times.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.end.total_cmp(&b.end)));
    let mut apart: Vec<Time> = Vec::with_capacity(times.len());
    for time in times {
        match apart.last_mut().filter(|last| time.start - last.end <= gap) {
            Some(last) => last.end = last.end.max(time.end),
            None => apart.push(time),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, SessionBuilder};
    use crate::people;

    /// Checks seconds and words of the speaker A, whose turns are lists of text, start and end.
    fn check(turns: &[&[(&str, f64, f64)]], expected: Option<(f64, u64)>) {
        let mut builder = SessionBuilder::new("s");
        for turn in turns {
            builder.turn("Ann Lee");
            for &(text, start, end) in *turn {
                builder.text(text, Join::Space, 1, Some(Time { start, end }));
            }
            builder.turn("Bo Ek").text("Why?", Join::Space, 1, None);
        }
        let words = count_words(&builder.session().text);
        let session = builder.finish(words);
        let found = speech(
            &session,
            &people::resolve(&session, &crate::text::read(&session), &people::KnownPeople::default()),
        );
        assert_eq!(found[0].map(|s| (s.seconds, s.words)), expected, "{turns:?}");
        assert_eq!(found[1], None);
    }

    #[test]
    fn seconds_are_those_in_which_the_speaker_speaks() {
        check(&[&[("one two", 0.0, 2.0)], &[("three", 10.0, 11.5)]], Some((3.5, 3)));
        // Cues that overlap share their seconds.
        check(&[&[("one", 0.0, 4.0), ("two", 2.0, 5.0)]], Some((5.0, 2)));
        check(&[&[("one", 0.0, 4.0)], &[("two", 1.0, 2.0)]], Some((4.0, 2)));
        // A pause between words is part of speaking, a long silence is not.
        check(&[&[("one", 0.0, 0.5), ("two", 1.0, 2.0), ("three", 7.0, 8.0)]], Some((3.0, 3)));
    }

    #[test]
    fn a_time_without_an_end_gives_no_seconds() {
        check(&[&[("one", 3.0, 3.0)]], None);
        check(&[&[("one", 3.0, 3.0)], &[("two", 5.0, 6.0)]], Some((1.0, 1)));
    }

    #[test]
    fn words_per_minute_are_words_times_sixty_by_seconds() {
        assert_eq!(Speech { seconds: 30.0, words: 75 }.words_per_minute(), Some(150.0));
        assert_eq!(Speech { seconds: 0.0, words: 75 }.words_per_minute(), None);
    }
}
