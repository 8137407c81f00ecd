//! What a recogniser heard, as stretches of one speaker: the engine that reads a layout.

use chrono::DateTime;

use super::super::json::{self, Raw};
use super::dialects::{Items, Layout, Spans};
use super::tree::{self, Unit};
use crate::model::timing::thousandths;
use crate::model::{Time, count_words};

/// Words after which a stretch without the end of a sentence ends: each leads to its own line.
const MAX_WORDS: usize = 40;

/// Seconds since 1970 from which on a time is none of a recording: September 2001.
const FIRST_EPOCH: f64 = 1e9;

/// What stands for a speaker who is not known (lower case).
const PLACEHOLDERS: &[&str] = &[
    "unknown",
    "u_ukn",
    "unknown speaker",
    "unnamed speaker",
    "unidentified speaker",
    "uu",
    "none",
    "spk_unknown",
];

/// A stretch of one speaker.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    pub label: String,
    pub text: String,
    pub time: Option<Time>,
    /// Words with the offset at which each begins in the text.
    pub words: Vec<(usize, Time)>,
    pub line: usize,
    /// Words of the label that stand before the text.
    pub said_label: u64,
    /// Words that stand in the text for fewer of the source: names for identifiers.
    pub added: u64,
}

/// What a layout holds.
#[derive(Debug, Default)]
pub(super) struct RecognisedSpeech {
    pub stretches: Vec<Stretch>,
    /// Words of items that nobody says: titles, remarks of the record.
    pub beside: u64,
}

impl RecognisedSpeech {
    pub(super) fn has_speakers(&self) -> bool {
        self.stretches.iter().any(|stretch| !stretch.label.is_empty())
    }

    /// Makes seconds since 1970, as chats have them, into seconds since the first; the day of the first, if they are.
    pub(super) fn count_from_first(&mut self) -> String {
        let starts = || self.stretches.iter().filter_map(|stretch| stretch.time).map(|time| time.start);
        let Some(first) = starts().next().filter(|_| starts().all(|start| start >= FIRST_EPOCH)) else {
            return String::new();
        };
        for stretch in &mut self.stretches {
            let words = stretch.words.iter_mut().map(|(_, time)| time);
            for time in stretch.time.iter_mut().chain(words) {
                let from_first = |seconds: f64| thousandths((seconds - first).max(0.0));
                *time = Time { start: from_first(time.start), end: from_first(time.end) };
            }
        }
        let day = DateTime::from_timestamp(first as i64, 0);
        day.map_or_else(String::new, |day| day.format("%Y-%m-%d").to_string())
    }

    pub(super) fn has_speech(&self) -> bool {
        self.stretches.iter().any(|stretch| !stretch.text.trim().is_empty())
    }
}

/// Reads a layout of a transcript; `place` gives the line of a value.
pub(super) fn of(root: Raw, layout: &Layout, place: &dyn Fn(Option<Raw>) -> usize) -> RecognisedSpeech {
    let reader =
        Reader { layout, spans: layout.spans.map(|spans| spans_of(root, spans, layout.unit)), place };
    let mut heard = RecognisedSpeech::default();
    let mut units: Vec<Unit> = tree::all(root, layout.list).into_iter().map(Unit::of).collect();
    if layout.items == Items::Results {
        keep_repeated(&mut units, layout);
    }
    for unit in &units {
        reader.read(unit, &mut heard);
    }
    name_speakers(root, layout, &mut heard.stretches);
    heard
}

struct Reader<'r, 'p> {
    layout: &'r Layout<'p>,
    /// Starts of speech with the speaker, in time order.
    spans: Option<Vec<(f64, String)>>,
    place: &'r dyn Fn(Option<Raw>) -> usize,
}

impl Reader<'_, '_> {
    fn read(&self, unit: &Unit, heard: &mut RecognisedSpeech) {
        let layout = self.layout;
        let said = unit.first_of(layout.text);
        if let Some((key, value)) = layout.only
            && json::string(unit.get(key)) != value
        {
            heard.beside += said.map_or(0, |raw| count_words(&raw.string()));
            return;
        }
        if let Some((key, values)) = layout.except
            && values.contains(&json::string(unit.get(key)).as_str())
        {
            heard.beside += said.map_or(0, |raw| count_words(&raw.speech()));
            return;
        }
        let words = if layout.words.is_empty() { Vec::new() } else { unit.all(layout.words) };
        match layout.items {
            Items::Pieces | Items::Speeches if said.is_some() => {
                let piece = self.piece(unit, said, &words);
                // A message that somebody has joined says nothing of anybody.
                if !piece.text.is_empty() || !piece.label.is_empty() {
                    heard.stretches.push(piece);
                }
            }
            _ if words.is_empty() => self.word(unit, said, None, heard),
            _ => {
                let label = label_of(unit.first_of(layout.speaker));
                for word in words.into_iter().map(Unit::of) {
                    let said = word.first_of(layout.word);
                    self.word(&word, said, Some(&label), heard);
                }
            }
        }
    }

    /// A segment, an utterance, a sentence: text with a speaker, whose words may give times.
    fn piece(&self, unit: &Unit, said: Option<Raw>, words: &[Raw]) -> Stretch {
        // Where a message is written in parts, some of them links, their texts are one after the other.
        let mut text = said.map_or_else(String::new, |raw| raw.speech().trim().to_owned());
        let words: Vec<Unit> = words.iter().map(|&raw| Unit::of(raw)).collect();
        let time = self.time(unit);
        // A segment without a speaker has that of its first word that has one.
        let mut label = label_of(unit.first_of(self.layout.speaker));
        if label.is_empty() {
            let of_words = words.iter().map(|word| label_of(word.first_of(self.layout.speaker)));
            label = of_words.into_iter().find(|label| !label.is_empty()).unwrap_or_default();
        }
        if label.is_empty() {
            label = self.speaker_at(time);
        }
        let mut said_label = 0;
        if self.layout.items == Items::Speeches
            && let Some(rest) = text.strip_prefix(label.as_str()).filter(|_| !label.is_empty())
        {
            said_label = count_words(&label);
            text = rest.trim_start_matches(['.', ':']).trim_start().to_owned();
        }
        let times = self.times_of_words(&text, time, &words);
        let line = (self.place)(said);
        Stretch { label, text, time, words: times, line, said_label, added: 0 }
    }

    fn times_of_words(&self, text: &str, whole: Option<Time>, words: &[Unit]) -> Vec<(usize, Time)> {
        let mut times = Vec::new();
        let mut from = 0;
        for word in words {
            let spoken = json::string(word.first_of(self.layout.word));
            let rest = text.get(from..).unwrap_or("");
            let near = rest.get(..rest.floor_char_boundary(spoken.len() + 200)).unwrap_or(rest);
            let found = near.find(spoken.as_str()).filter(|_| !spoken.is_empty());
            if let (Some(at), Some(time)) = (found, self.time(word)) {
                times.push((from + at, time));
                from += at + spoken.len();
            }
        }
        reach_over_untimed(text, whole.map(|time| time.end), &mut times);
        times
    }

    /// Adds a word or a mark to the stretch before, or begins one where the speaker changes.
    fn word(&self, unit: &Unit, said: Option<Raw>, above: Option<&str>, heard: &mut RecognisedSpeech) {
        let Some(said) = said else { return };
        let written = said.string();
        let time = self.time(unit);
        let kind = json::string(unit.get("type"));
        let with_blanks = self.layout.items == Items::WordsWithBlanks;
        let attached = matches!(kind.as_str(), "punctuation" | "punct" | "spacing")
            || !written.contains(char::is_alphanumeric)
                && unit.get("attaches_to").is_none()
                && time.is_none()
            || self.layout.spans.is_some() && matches!(written.trim(), "." | "," | "?" | "!");
        let last = heard.stretches.last();
        let mut label = label_of(unit.first_of(self.layout.speaker));
        if label.is_empty() {
            label = above.unwrap_or("").to_owned();
        }
        if label.is_empty() {
            label = self.speaker_at(time);
        }
        if let Some(last) = last.filter(|_| attached || time.is_none() && label.is_empty()) {
            label.clone_from(&last.label);
        }
        let ends = |last: &Stretch| {
            let said = last.text.trim_end();
            let is_open = with_blanks && said.len() == last.text.len();
            !attached && !is_open && (said.ends_with(['.', '?', '!', '。']) || last.words.len() >= MAX_WORDS)
        };
        if last.is_none_or(|last| last.label != label || ends(last)) {
            heard.stretches.push(Stretch {
                label,
                time,
                line: (self.place)(Some(said)),
                ..Stretch::default()
            });
        }
        let Some(last) = heard.stretches.last_mut() else { return };
        let word = if with_blanks { written.as_str() } else { written.trim() };
        if !with_blanks && !last.text.is_empty() && !attached && !word.is_empty() {
            last.text.push(' ');
        }
        if let Some(time) = time.filter(|_| !word.trim().is_empty()) {
            last.words.push((last.text.len(), time));
            last.time = last.time.map(|whole| Time { end: whole.end.max(time.end), ..whole });
        }
        last.text.push_str(word);
    }

    fn time(&self, unit: &Unit) -> Option<Time> {
        let layout = self.layout;
        let seconds =
            |paths| unit.first_of(paths).and_then(Raw::seconds).map(|units: f64| units * layout.unit);
        let start = seconds(layout.start)?;
        let end = seconds(layout.end).or_else(|| seconds(layout.duration).map(|length| start + length));
        Some(Time { start, end: end.unwrap_or(start).max(start) })
    }

    /// Who speaks at the beginning of a time, where that stands apart from the words.
    fn speaker_at(&self, time: Option<Time>) -> String {
        let Some((spans, time)) = self.spans.as_ref().zip(time) else { return String::new() };
        // Times are written with three decimals at most: a word may begin that much before its span.
        let after = spans.partition_point(|(start, _)| *start <= time.start + 0.0005);
        let last = after.checked_sub(1).and_then(|at| spans.get(at)).or(spans.first());
        last.map_or_else(String::new, |(_, label)| label.clone())
    }
}

fn spans_of(root: Raw, spans: &Spans, unit: f64) -> Vec<(f64, String)> {
    let listed = tree::all(root, spans.list).into_iter().map(Unit::of);
    let mut found: Vec<(f64, String)> = listed
        .filter_map(|span| {
            let start = span.get(spans.start).and_then(Raw::seconds)? * unit;
            Some((start, label_of(span.get(spans.speaker))))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found
}

fn label_of(raw: Option<Raw>) -> String {
    let label = raw.map_or_else(String::new, Raw::label);
    if PLACEHOLDERS.contains(&label.to_lowercase().as_str()) { String::new() } else { label }
}

/// Where the last result begins again and says who speaks, it repeats the words of the others: those go.
fn keep_repeated(results: &mut Vec<Unit>, layout: &Layout) {
    let words_of = |unit: &Unit| -> Vec<(bool, Option<f64>)> {
        let words = unit.all(layout.words).into_iter().map(Unit::of);
        words
            .map(|word| {
                let start = word.first_of(layout.start).and_then(Raw::seconds);
                (!label_of(word.first_of(layout.speaker)).is_empty(), start)
            })
            .collect()
    };
    let Some(last) = results.last().map(words_of) else { return };
    let first = results.first().map(words_of).unwrap_or_default();
    let start = |words: &[(bool, Option<f64>)]| words.iter().find_map(|(_, start)| *start);
    let begins_again = start(&last).zip(start(&first)).is_some_and(|(last, first)| last <= first);
    if results.len() > 1 && begins_again && last.iter().any(|(has_speaker, _)| *has_speaker) {
        results.drain(..results.len() - 1);
    }
}

/// Puts the names of a list in the place of their identifiers.
fn name_speakers(root: Raw, layout: &Layout, stretches: &mut [Stretch]) {
    let Some([list, id, name]) = layout.names else { return };
    let listed = tree::all(root, list).into_iter().map(Unit::of);
    let names: Vec<(String, String)> =
        listed.map(|person| (json::string(person.get(id)), json::string(person.get(name)))).collect();
    for stretch in stretches {
        if let Some((_, name)) = names.iter().find(|(id, name)| *id == stretch.label && !name.is_empty()) {
            stretch.label.clone_from(name);
        }
    }
}

/// Words without a time share that of the word before, which then lasts to the next that has one.
fn reach_over_untimed(text: &str, end: Option<f64>, words: &mut [(usize, Time)]) {
    let nexts: Vec<_> =
        words.iter().skip(1).map(|&(at, time)| (at, Some(time.start))).chain([(text.len(), end)]).collect();
    for ((at, time), (next, limit)) in words.iter_mut().zip(nexts) {
        let n_words = text.get(*at..next).map_or(0, count_words);
        if let Some(limit) = limit.filter(|_| n_words > 1) {
            time.end = time.end.max(limit);
        }
    }
}
