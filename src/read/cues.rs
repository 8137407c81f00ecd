//! What timed formats share: cues become turns. Consecutive cues of one speaker are one turn, so
//! that a sentence over many cues is one sentence; a cue with two speakers is two turns.

mod labels;

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use self::labels::{bracketed, dash, free_label, names_in_brackets, strict_label};
use super::unnamed::UNKNOWN;
use super::view::View;
use super::{disorder, label, rolling};
use crate::model::timing::thousandths;
use crate::model::{Join, Session, SessionBuilder, Span, Time, WarningCode, count_words, label_text};

/// A decoded stretch of speech with its place, its time and, where the source tells apart from the
/// text, its speaker.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Stretch {
    pub line: usize,
    pub time: Option<Time>,
    pub voice: Option<String>,
    pub text: String,
    /// Whether `time` was worked out from the text around it.
    pub interpolated: bool,
    /// Times that the source gives inside the text: the byte offset that is reached, and when.
    pub marks: Vec<(usize, f64)>,
}

impl Stretch {
    /// What is said in it: a label takes no time.
    fn without_labels(&self, parts: &[CuePart]) -> Stretch {
        let mut spoken = Stretch { text: String::new(), marks: Vec::new(), ..self.clone() };
        let mut marks = self.marks.iter().peekable();
        for CuePart { speech, .. } in parts {
            let before = spoken.text.len();
            while let Some(&(at, time)) = marks.next_if(|(at, _)| *at < speech.end) {
                spoken.marks.push((before + at.saturating_sub(speech.start), time));
            }
            spoken.text.push_str(self.text.get(speech.clone()).unwrap_or(""));
        }
        spoken
    }

    /// The text divided before each of `cuts`, which ascend; each part has the line and the time that
    /// it begins at. A time inside the text is interpolated between the nearest that the source gives.
    pub(super) fn divided(&self, cuts: impl IntoIterator<Item = usize>) -> Vec<Stretch> {
        let boundaries = self.boundaries();
        let (mut start, mut line) = (0, self.line);
        let mut parts = Vec::new();
        for end in cuts.into_iter().chain([self.text.len()]) {
            let text = self.text.get(start..end).unwrap_or("");
            let said = Span::new(start, end).trimmed(&self.text);
            let (begun, is_start_exact) = reached(&boundaries, said.start());
            let (ended, is_end_exact) = reached(&boundaries, said.end());
            let first = self.marks.partition_point(|&(at, _)| at <= said.start());
            let inside = self.marks.iter().skip(first).take_while(|&&(at, _)| at < said.end());
            parts.push(Stretch {
                line,
                time: self.time.map(|_| Time { start: begun, end: ended.max(begun) }),
                voice: self.voice.clone(),
                text: text.to_owned(),
                interpolated: self.interpolated || !(is_start_exact && is_end_exact),
                marks: inside.map(|&(at, time)| (at - start, time)).collect(),
            });
            line += text.matches('\n').count();
            start = end;
        }
        parts
    }

    /// The times that the source gives, in text order.
    fn boundaries(&self) -> Vec<TimeBoundary> {
        let whole = Span::new(0, self.text.len()).trimmed(&self.text);
        let Time { start, end } = self.time.unwrap_or(Time { start: 0.0, end: 0.0 });
        let mut boundaries = vec![TimeBoundary { left: whole.start(), right: whole.start(), time: start }];
        for &(at, time) in &self.marks {
            let (before, after) = self.text.split_at_checked(at).unwrap_or((&self.text, ""));
            let (left, right) = (before.trim_end().len(), self.text.len() - after.trim_start().len());
            boundaries.push(TimeBoundary { left, right, time });
        }
        boundaries.push(TimeBoundary { left: whole.end(), right: whole.end(), time: end });
        boundaries
    }

    /// Where words with times of their own begin, and how long each lasts: to the next.
    fn timed_words(&self) -> Vec<(usize, Time)> {
        let end = self.time.map_or(0.0, |time| time.end);
        let ends = self.marks.iter().skip(1).map(|&(_, time)| time).chain([end]);
        let words = self.marks.iter().zip(ends);
        words.map(|(&(at, start), end)| (at, Time { start, end: end.max(start) })).collect()
    }
}

/// A time that the source gives: what is left of it ends then, what is right of it begins then.
struct TimeBoundary {
    left: usize,
    right: usize,
    time: f64,
}

/// When byte `offset` is reached, and whether the source says so.
fn reached(boundaries: &[TimeBoundary], offset: usize) -> (f64, bool) {
    let next = boundaries.partition_point(|knot| knot.right <= offset);
    let before = next.checked_sub(1).and_then(|last| boundaries.get(last));
    match (before, boundaries.get(next)) {
        (_, Some(after)) if offset >= after.left => (after.time, true),
        (Some(before), Some(after)) if offset > before.right => {
            let share = (offset - before.right) as f64 / (after.left - before.right).max(1) as f64;
            (thousandths(before.time + share * (after.time - before.time)), false)
        }
        (Some(before), _) => (before.time, true),
        (None, after) => (after.map_or(0.0, |knot| knot.time), true),
    }
}

/// Writes a session from stretches of speech.
pub(super) struct CueWriter {
    /// The session so far.
    pub builder: SessionBuilder,
    words: u64,
    current: Option<String>,
    unnamed: usize,
    first_unnamed: usize,
}

impl CueWriter {
    pub(super) fn new(id: &str) -> Self {
        let builder = SessionBuilder::new(id);
        CueWriter { builder, words: 0, current: None, unnamed: 0, first_unnamed: 0 }
    }

    /// Counts words of the source; called apart from [`CueWriter::speech`].
    pub(super) fn input(&mut self, words: u64) {
        self.words += words;
    }

    /// Adds speech of `label`, which took `label_words` in the source. Without a label it goes on
    /// with the speaker before; before the first label it has no speaker.
    pub(super) fn speech(&mut self, label: Option<&str>, label_words: u64, stretch: &Stretch) {
        let text = stretch.text.as_str();
        match label.map(label_text).as_deref() {
            Some(label) => {
                // A mark without a name is another voice each time.
                if self.current.as_deref() != Some(label) || is_mark(label) {
                    self.builder.turn(label);
                    self.current = Some(label.to_owned());
                }
                self.builder.label_words(label, label_words);
            }
            None if self.current.is_none() => {
                self.builder.unattributed_words(label_words + count_words(text));
                return;
            }
            None => {
                if self.unnamed == 0 {
                    self.first_unnamed = stretch.line;
                }
                self.unnamed += 1;
                self.builder.header_words(label_words);
            }
        }
        if text.trim().is_empty() {
            return;
        }
        self.builder.text(text, Join::Space, stretch.line, stretch.time);
        if stretch.interpolated {
            self.builder.interpolated();
        }
        let lead = text.len() - text.trim_start().len();
        let words =
            stretch.timed_words().into_iter().filter_map(|(at, time)| Some((at.checked_sub(lead)?, time)));
        self.builder.times(&words.collect::<Vec<_>>());
    }

    /// The finished session, with a warning where cues without a name were given to the speaker
    /// before although most cues have one.
    pub(super) fn finish(mut self, n_cues: usize) -> Session {
        if self.unnamed > 0 && self.unnamed * 2 < n_cues {
            let message = format!("cues without a name went on with the speaker before: {}", self.unnamed);
            self.builder.warn(WarningCode::UnnamedCue, self.first_unnamed, message);
        }
        self.builder.finish(self.words)
    }
}

/// Whether a label is a mark of change that names nobody.
fn is_mark(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|c| matches!(c, '>' | '-' | '–'))
}

/// A session of stretches whose speakers stand in [`Stretch::voice`] or, as `Name: text`, in the
/// text itself.
pub(super) fn session_of(id: &str, stretches: &[Stretch]) -> Session {
    session_with(id, stretches, None)
}

/// A session of stretches of which none has a speaker: all of them are one unknown voice.
pub(super) fn unnamed_session_of(id: &str, stretches: &[Stretch]) -> Session {
    session_with(id, stretches, Some(UNKNOWN))
}

/// A session of stretches; `everybody` is the label of all of them.
fn session_with(id: &str, stretches: &[Stretch], everybody: Option<&str>) -> Session {
    let rolled = rolling::without_repeats(stretches);
    let stretches = rolled.as_ref().map_or(stretches, |rolled| rolled.stretches.as_slice());
    let views: Vec<View> = stretches.iter().map(|stretch| View::of(&stretch.text)).collect();
    let labels = Labels::find(stretches, &views);
    let mut writer = CueWriter::new(id);
    disorder::warn(stretches, &mut writer);
    if let Some(rolled) = &rolled {
        let words = rolled.words;
        writer.input(words);
        let message =
            format!("rolling captions show lines again: {words} words of them were counted as headers");
        writer.builder.header_words(words).warn(WarningCode::RepeatedLines, rolled.line, message);
    }
    for (stretch, view) in stretches.iter().zip(&views) {
        let voice_words = stretch.voice.as_deref().map_or(0, count_words);
        writer.builder.metadata_words(voice_words);
        writer.input(voice_words + count_words(&stretch.text));
        if let Some(voice) = stretch.voice.as_deref().or(everybody) {
            writer.speech(Some(voice), voice_words, stretch);
            continue;
        }
        let mut parts = labels.parts(view.text(&stretch.text));
        parts.iter_mut().for_each(|part| part.speech = view.place(part.speech.clone()));
        let cuts = parts.iter().take(parts.len().saturating_sub(1)).scan(0, |at, part| {
            *at += part.speech.len();
            Some(*at)
        });
        for (part, said) in parts.iter().zip(stretch.without_labels(&parts).divided(cuts)) {
            let words = count_words(part.whole).saturating_sub(count_words(&said.text));
            writer.speech(part.label, words, &said);
        }
    }
    writer.finish(stretches.len())
}

/// A part of a cue under one label.
struct CuePart<'a> {
    label: Option<&'a str>,
    /// With the label, as it is seen.
    whole: &'a str,
    /// Place of what is said in the text of the cue.
    speech: Range<usize>,
}

/// The labels that the texts of cues begin with.
struct Labels<'a> {
    taken: FxHashSet<&'a str>,
    /// Whether nearly every cue begins with a label, as meeting services write them.
    every_cue: bool,
}

impl<'a> Labels<'a> {
    fn find(stretches: &'a [Stretch], views: &'a [View]) -> Self {
        let unnamed = stretches.iter().zip(views).filter(|(stretch, _)| stretch.voice.is_none());
        let texts: Vec<&str> = unnamed.map(|(stretch, view)| view.text(&stretch.text)).collect();
        let strict: Vec<&str> = texts
            .iter()
            .flat_map(|text| text.lines())
            .filter_map(|line| strict_label(line).map(|(l, _)| l))
            .collect();
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for text in &texts {
            if let Some((label, _)) = free_label(text) {
                *counts.entry(label).or_default() += 1;
            }
        }
        let begun: usize = counts.values().sum();
        let share = begun as f64 / texts.len().max(1) as f64;
        let mut taken = label::accepted(&strict, &FxHashSet::default(), share);
        let every_cue = share >= 0.9 && counts.values().any(|&n| n >= 2);
        if share >= 0.5 {
            taken.extend(counts.iter().filter(|&(_, &n)| n >= 2).map(|(&label, _)| label));
        }
        if taken.is_empty() {
            taken = names_in_brackets(&texts);
        }
        Labels { taken, every_cue }
    }

    /// Splits the text of a cue where a line begins with a label.
    fn parts<'t>(&self, text: &'t str) -> Vec<CuePart<'t>> {
        let mut parts: Vec<CuePart> = Vec::new();
        let (mut start, mut current, mut speech) = (0, None, 0);
        let mut at = 0;
        let dialogue = !self.taken.is_empty() && text.lines().filter(|line| dash(line).is_some()).count() > 1;
        for (number, line) in text.split('\n').enumerate() {
            let dashed = || dash(line).filter(|_| dialogue).map(|(mark, said)| (Some(mark), said));
            if let Some((label, offset)) = self.label(line, number == 0).or_else(dashed) {
                if at > start {
                    parts.push(part(text, current, start..at, speech));
                }
                (start, current, speech) = (at, label, at + offset);
            }
            at += line.len() + 1;
        }
        parts.push(part(text, current, start..text.len(), speech));
        parts
    }

    /// The label of a line and the offset of its speech.
    fn label<'t>(&self, line: &'t str, is_first: bool) -> Option<(Option<&'t str>, usize)> {
        let chevrons = line.trim_start().trim_start_matches('>');
        let is_change = line.trim_start().starts_with(">>");
        let found = strict_label(line).filter(|(label, _)| self.taken.contains(label)).or_else(|| {
            free_label(line).filter(|(l, _)| self.taken.contains(l) || self.every_cue && is_first)
        });
        let found = found.or_else(|| bracketed(line).filter(|(label, _)| self.taken.contains(label)));
        match found {
            Some((label, speech)) => Some((Some(label), speech)),
            None if is_change => {
                let mark = line.get(..line.len() - chevrons.len())?;
                Some((Some(mark.trim()), mark.len()))
            }
            None => None,
        }
    }
}

fn part<'t>(text: &'t str, label: Option<&'t str>, range: Range<usize>, speech: usize) -> CuePart<'t> {
    let whole = text.get(range.clone()).unwrap_or("");
    CuePart { label, whole, speech: speech.clamp(range.start, range.end)..range.end }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check_invariants, turns};
    use super::*;

    fn check(cues: &[&str], expected: &[(&str, &str)]) {
        let stretches: Vec<Stretch> = cues
            .iter()
            .enumerate()
            .map(|(at, text)| Stretch { line: at + 1, text: (*text).to_owned(), ..Stretch::default() })
            .collect();
        let session = session_of("s", &stretches);
        check_invariants(&session);
        assert_eq!(turns(&session), expected);
    }

    #[test]
    fn cues_of_one_speaker_are_one_turn() {
        check(
            &["Ann: We raise", "Ann: the fares.", "ivo | port: Why?", "Ann: Money."],
            &[("Ann", "We raise the fares."), ("ivo | port", "Why?"), ("Ann", "Money.")],
        );
    }

    #[test]
    fn cues_without_a_name_go_on_and_one_cue_may_hold_two_speakers() {
        check(
            &["music", "Ann Lee: We raise", "the fares", "as follows: now.\n- Bo Ek: Why?", "Bo Ek: Really."],
            &[("Ann Lee", "We raise the fares as follows: now."), ("Bo Ek", "Why? Really.")],
        );
    }

    #[test]
    fn one_cue_with_two_speakers_is_two_turns_with_their_shares_of_its_time() {
        let cue = |text: &str, start, end| Stretch {
            line: 1,
            text: text.to_owned(),
            time: Some(Time { start, end }),
            ..Stretch::default()
        };
        let session = session_of(
            "s",
            &[cue("Ann: aaaaa\nBo: bbbbb", 0.0, 20.0), cue("Ann: c", 20.0, 21.0), cue("Bo: d", 21.0, 22.0)],
        );
        check_invariants(&session);
        assert_eq!(turns(&session), [("Ann", "aaaaa"), ("Bo", "bbbbb"), ("Ann", "c"), ("Bo", "d")]);
        let times: Vec<_> =
            session.turns.iter().map(|t| t.pieces[0].time.map(|time| (time.start, time.end))).collect();
        assert_eq!(times, [Some((0.0, 8.333)), Some((11.667, 20.0)), Some((20.0, 21.0)), Some((21.0, 22.0))]);
        let marked: Vec<bool> = session.turns.iter().map(|t| t.pieces[0].interpolated).collect();
        assert_eq!(marked, [true, true, false, false]);
    }

    #[test]
    fn dialogue_behind_dashes_is_another_voice_and_a_known_name_may_stand_in_brackets() {
        check(
            &["ANN: One.", "- Where is it?\n- Over there.", "(BO) Then go.", "(LAUGHTER) Yes.", "BO: I go."],
            &[
                ("ANN", "One."),
                ("-", "Where is it?"),
                ("-", "Over there."),
                ("BO", "Then go. (LAUGHTER) Yes. I go."),
            ],
        );
    }

    #[test]
    fn names_in_brackets_before_nearly_every_cue_are_labels() {
        let said = [("Ann Lee", "One."), ("Bo Ek", "Two."), ("Ann Lee", "Three."), ("Bo Ek", "Four.")];
        for (open, close) in [("(", ") "), ("- [", "] "), ("[", "] ")] {
            let cues: Vec<String> =
                said.iter().map(|(name, text)| format!("{open}{name}{close}{text}")).collect();
            check(&cues.iter().map(String::as_str).collect::<Vec<_>>(), &said);
        }
        let sounds = ["(music) One.", "(applause) Two.", "(music) Three.", "Four.", "Five.", "Six."];
        let stretches = sounds.map(|text| Stretch { line: 1, text: text.to_owned(), ..Stretch::default() });
        assert!(session_of("s", &stretches).turns.is_empty());
    }

    #[test]
    fn cues_out_of_order_keep_their_order_and_are_said() {
        let cue = |start| Stretch {
            line: 7,
            text: "Ann: One.".into(),
            time: Some(Time { start, end: start + 1.0 }),
            ..Stretch::default()
        };
        let session = session_of("s", &[cue(5.0), cue(1.0), cue(6.0)]);
        assert_eq!((session.warnings[0].code.as_str(), session.warnings[0].line), ("unordered-cue", 7));
        assert!(session_of("s", &[cue(1.0), cue(1.0)]).warnings.is_empty());
    }

    #[test]
    fn captions_in_cues_change_speakers_at_chevrons() {
        check(
            &[">> ANN LEE: One", "two.", ">> Three.", "[SPEAKER_01]: Four."],
            &[("ANN LEE", "One two."), (">>", "Three."), ("SPEAKER_01", "Four.")],
        );
    }
}
