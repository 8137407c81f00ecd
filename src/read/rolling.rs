//! Rolling captions, as video sites make them: a cue shows the last line of the one before again, with
//! a new line below it. Each line is said once.

use super::cues::Stretch;
use crate::model::{Time, count_words};

/// Of this number of cues that follow another, half must begin with its last line: in a dialogue, where
/// somebody may repeat what was said, far fewer do.
const MIN_CUES: usize = 3;

/// Cues without what the one before them shows already.
pub(super) struct UnrolledCues {
    pub stretches: Vec<Stretch>,
    /// Words that were shown again.
    pub words: u64,
    /// Line of the first of them.
    pub line: usize,
}

/// The cues with each line once; nothing where they do not roll.
pub(super) fn without_repeats(stretches: &[Stretch]) -> Option<UnrolledCues> {
    let repeats: Vec<usize> = std::iter::once(0)
        .chain(stretches.iter().zip(stretches.iter().skip(1)).map(|(before, cue)| repeated(before, cue)))
        .collect();
    let n_rolling = repeats.iter().filter(|&&bytes| bytes > 0).count();
    if stretches.len() < MIN_CUES || 2 * n_rolling < stretches.len() - 1 {
        return None;
    }
    let mut rolled = UnrolledCues { stretches: Vec::new(), words: 0, line: 0 };
    for (stretch, &bytes) in stretches.iter().zip(&repeats) {
        if bytes == 0 {
            rolled.stretches.push(stretch.clone());
            continue;
        }
        rolled.words += count_words(stretch.text.get(..bytes).unwrap_or(""));
        if rolled.line == 0 {
            rolled.line = stretch.line;
        }
        let rest = stretch.divided([bytes]).pop().filter(|rest| !rest.text.trim().is_empty());
        // The new line is said while it is shown; the cue begins with it.
        rolled.stretches.extend(rest.map(|rest| Stretch {
            time: rest.time.zip(stretch.time).map(|(rest, whole)| Time { start: whole.start, ..rest }),
            interpolated: stretch.interpolated,
            ..rest
        }));
    }
    Some(rolled)
}

/// Bytes of the lines at the beginning of a cue that end the cue before, which it follows at once.
fn repeated(before: &Stretch, cue: &Stretch) -> usize {
    let follows =
        before.time.zip(cue.time).is_some_and(|(before, cue)| (cue.start - before.end).abs() <= 0.1);
    if !follows || before.voice != cue.voice {
        return 0;
    }
    let shown: Vec<&str> = before.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut ends = Vec::new();
    let mut at = 0;
    for line in cue.text.split_inclusive('\n') {
        at += line.len();
        if !line.trim().is_empty() {
            ends.push((line.trim(), at));
        }
    }
    let most = (1..=shown.len().min(ends.len())).rev();
    let matching = |n: &usize| {
        let last = shown.get(shown.len() - n..).unwrap_or(&[]);
        last.iter().zip(&ends).all(|(shown, (line, _))| shown == line)
    };
    most.into_iter().find(matching).and_then(|n| ends.get(n - 1)).map_or(0, |&(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(start: f64, end: f64, text: &str) -> Stretch {
        Stretch { time: Some(Time { start, end }), line: 1, text: text.into(), ..Stretch::default() }
    }

    #[test]
    fn a_line_that_is_shown_again_is_said_once() {
        let cues = [
            cue(0.0, 5.0, " \nwe oppose the flights"),
            cue(5.0, 5.1, "we oppose the flights\n "),
            cue(5.1, 9.0, "we oppose the flights\nand we said so"),
            cue(9.0, 12.0, "and we said so\ntwice"),
        ];
        let rolled = without_repeats(&cues).unwrap();
        let texts: Vec<&str> = rolled.stretches.iter().map(|stretch| stretch.text.trim()).collect();
        assert_eq!(texts, ["we oppose the flights", "and we said so", "twice"]);
        assert_eq!((rolled.words, rolled.stretches[1].time.map(|time| time.start)), (12, Some(5.1)));
    }

    #[test]
    fn who_says_again_what_was_said_is_heard() {
        let cues =
            [cue(0.0, 1.0, "No."), cue(1.0, 2.0, "No."), cue(2.0, 3.0, "We do."), cue(3.0, 4.0, "Why?")];
        assert!(without_repeats(&cues).is_none());
        assert!(without_repeats(&cues[..2]).is_none());
    }
}
