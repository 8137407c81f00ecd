//! Transcripts in a dialect that nobody described: a list of objects with a text and a speaker or a time.

use super::super::columns::{normal, titles_of};
use super::super::json::Raw;
use super::dialects::{Layout, PIECES, WORDS};
use super::tree::{self, Unit};
use crate::model::count_words;

/// How deep a list of what was said is looked for.
const MAX_DEPTH: usize = 6;

/// How many items of a list tell what it is.
const SAMPLE: usize = 200;

/// How many items tell the names of the members.
const KEYED: usize = 10;

/// Members that hold a text, beside those of tables; the clearest first.
const TEXTS: &[&str] =
    &["punctuated_word", "punct", "word", "value", "sentence", "display", "caption", "line"];

/// Members that hold a speaker, beside those of tables.
const SPEAKERS: &[&str] = &[
    "speakerlabel",
    "speaker_tag",
    "speakertag",
    "speakername",
    "speaker_id",
    "speakerid",
    "sender_full_name",
    "sender_name",
    "author_name",
    "user_name",
    "spk",
    "channel",
];

/// Members of an object that stand for a speaker and hold the name, the clearest first.
const NAMES: &[&str] = &[
    "name",
    "display_name",
    "displayname",
    "full_name",
    "fullname",
    "real_name",
    "nickname",
    "username",
    "label",
    "id",
];

/// The same in the profile of a user, whose `name` is a nick.
const PROFILE_NAMES: &[&str] = &["real_name", "display_name", "name"];

/// Members that hold the start, with their seconds in a unit.
const STARTS: &[(&str, f64)] = &[
    ("start", 1.0),
    ("start_time", 1.0),
    ("starttime", 1.0),
    ("begin", 1.0),
    ("from", 1.0),
    ("ts", 1.0),
    ("time", 1.0),
    ("timestamp", 1.0),
    ("offset", 1.0),
    ("start_seconds", 1.0),
    ("start_ms", 0.001),
    ("startms", 0.001),
    ("start_timestamp", 1.0),
    ("date_unixtime", 1.0),
    ("created_at", 1.0),
    ("createdat", 1.0),
    ("sent_at", 1.0),
    ("datetime", 1.0),
    ("date", 1.0),
];

/// Members that hold the end.
const ENDS: &[&str] = &[
    "end",
    "end_time",
    "endtime",
    "stop",
    "to",
    "end_ts",
    "end_seconds",
    "end_ms",
    "endms",
    "end_timestamp",
];

/// A list that may be what was said, and the members of its items.
#[derive(Debug)]
pub(super) struct Guess {
    list: String,
    text: String,
    /// Where the name of the speaker stands beside an identifier: `user_profile.real_name` beside `user`.
    profile: String,
    speaker: String,
    start: String,
    end: String,
    unit: f64,
    is_of_words: bool,
    words: u64,
}

impl Guess {
    /// How it is read.
    pub(super) fn with_layout<T>(&self, use_layout: impl FnOnce(&Layout) -> T) -> T {
        let base = if self.is_of_words { WORDS } else { PIECES };
        let (text, speaker) = ([self.text.as_str()], [self.profile.as_str(), self.speaker.as_str()]);
        let (start, end) = ([self.start.as_str()], [self.end.as_str()]);
        let some = |n: &str| usize::from(!n.is_empty());
        let layout = Layout {
            list: &self.list,
            text: &text,
            speaker: speaker.get(1 - some(&self.profile)..1 + some(&self.speaker)).unwrap_or(&[]),
            start: start.get(..some(&self.start)).unwrap_or(&[]),
            end: end.get(..some(&self.end)).unwrap_or(&[]),
            unit: self.unit,
            ..base
        };
        use_layout(&layout)
    }

    /// Whether the list names speakers.
    pub(super) fn has_speakers(&self) -> bool {
        !self.speaker.is_empty()
    }

    pub(super) fn is_of_words(&self) -> bool {
        self.is_of_words
    }

    /// What is taken for what, for a warning.
    pub(super) fn description(&self) -> String {
        let list = if self.list == "[]" { "the list" } else { self.list.as_str() };
        let speaker = if self.speaker.is_empty() {
            "no speaker".to_owned()
        } else {
            format!("the speaker in {:?}", self.speaker)
        };
        format!("{list} was taken for what was said, with the text in {:?} and {speaker}", self.text)
    }

    fn rank(&self) -> (bool, bool, u64) {
        (self.has_speakers(), !self.start.is_empty(), self.words)
    }
}

/// The best guess where and how a transcript says what was said; nothing where no list looks like it.
pub(super) fn of(root: Raw) -> Option<Guess> {
    let mut found = Vec::new();
    search(root, "", MAX_DEPTH, &mut found);
    // Of equals the first is taken.
    found.into_iter().rev().max_by_key(Guess::rank)
}

fn search(raw: Raw, path: &str, depth: usize, found: &mut Vec<Guess>) {
    let Some(below) = depth.checked_sub(1) else { return };
    if let Some(fields) = raw.fields() {
        for (key, value) in fields.iter().filter(|(key, _)| !key.contains(['.', '['])) {
            let dot = if path.is_empty() { "" } else { "." };
            search(value, &format!("{path}{dot}{key}"), below, found);
        }
    } else if let Some(items) = raw.items() {
        let list = format!("{path}[]");
        found.extend(guess(&list, &items));
        if let Some(first) = items.first() {
            search(*first, &list, below, found);
        }
    }
}

fn guess(list: &str, items: &[Raw]) -> Option<Guess> {
    let sample: Vec<Unit> = items.iter().take(SAMPLE).map(|&raw| Unit::of(raw)).collect();
    let is_text = |raw: Raw| raw.is_text() && raw.string().contains(char::is_alphabetic);
    let texts = TEXTS.iter().take(2).chain(titles_of("text")).chain(TEXTS);
    let text = member(&sample, texts, &is_text)?;
    let speakers = titles_of("speaker").iter().chain(SPEAKERS).filter(|name| **name != text);
    let speaker = member(&sample, speakers, &|raw| !raw.label().is_empty() || name_in(raw, NAMES).is_some());
    let profile =
        speaker.as_ref().map(|speaker| within(&sample, format!("{speaker}_profile"), PROFILE_NAMES));
    let profile = profile.filter(|profile| profile.contains('.')).unwrap_or_default();
    let speaker = speaker.map(|speaker| within(&sample, speaker, NAMES));
    let is_time = |raw: Raw| raw.seconds().is_some();
    let start = member(&sample, STARTS.iter().map(|(name, _)| name), &is_time);
    let end = member(&sample, ENDS.iter(), &is_time);
    // Articles and entries have a date too: without speakers only times of a recording tell.
    let is_of_recording = start
        .as_ref()
        .is_some_and(|start| !sample.iter().any(|unit| unit.get(start).is_some_and(Raw::is_instant)));
    if speaker.is_none() && !is_of_recording {
        return None;
    }
    let n_words: u64 = sample.iter().filter_map(|unit| Some(count_words(&unit.get(&text)?.string()))).sum();
    let unit = start.as_ref().map_or(1.0, |start| unit_of(&sample, start, end.as_deref()));
    let is_of_words = start.is_some() && sample.len() > 5 && n_words * 10 <= sample.len() as u64 * 15;
    let words = n_words * items.len() as u64 / sample.len().max(1) as u64;
    let (speaker, start, end) =
        (speaker.unwrap_or_default(), start.unwrap_or_default(), end.unwrap_or_default());
    Some(Guess { list: list.to_owned(), text, profile, speaker, start, end, unit, is_of_words, words })
}

/// The member that holds the name where a speaker is an object: `{"id": 7, "display_name": "Ann Lee"}`.
fn name_in(speaker: Raw, names: &[&str]) -> Option<String> {
    let fields = speaker.fields()?;
    let is_name = |name: &str| {
        let mut keys = fields.iter().filter(|(key, value)| normal(key) == name && !value.string().is_empty());
        keys.next().map(|(key, _)| key.to_owned()).filter(|key| !key.contains(['.', '[']))
    };
    names.iter().find_map(|name| is_name(name))
}

/// The path of a speaker's name, which may stand in an object.
fn within(sample: &[Unit], speaker: String, names: &[&str]) -> String {
    let first = sample.iter().find_map(|unit| unit.get(&speaker).filter(|raw| raw.is_object()));
    match first.and_then(|first| name_in(first, names)) {
        Some(name) => format!("{speaker}.{name}"),
        None => speaker,
    }
}

/// The first of some members that most of the objects have, with a value as it should be.
fn member<'n>(
    sample: &[Unit],
    names: impl Iterator<Item = &'n &'n str>,
    is_right: &dyn Fn(Raw) -> bool,
) -> Option<String> {
    // The first item may be one of its own kind: that somebody has joined.
    let mut keys: Vec<&str> = Vec::new();
    for unit in sample.iter().take(KEYED) {
        let Unit::Object(fields) = unit else { continue };
        let new = fields.iter().map(|(key, _)| key).filter(|key| !key.contains(['.', '[']));
        new.for_each(|key| {
            if !keys.contains(&key) {
                keys.push(key)
            }
        });
    }
    for name in names {
        let Some(key) = keys.iter().find(|key| normal(key) == *name) else { continue };
        let n_right = sample.iter().filter(|unit| unit.get(key).is_some_and(is_right)).count();
        if 2 * n_right >= sample.len() {
            return Some((*key).to_owned());
        }
    }
    None
}

/// Seconds in a unit of the times of a list: whole numbers of which a word or sentence takes a hundred and more
/// are milliseconds.
fn unit_of(sample: &[Unit], start: &str, end: Option<&str>) -> f64 {
    let named = STARTS.iter().find(|(name, _)| *name == normal(start)).map_or(1.0, |(_, unit)| *unit);
    let times = sample.iter().filter_map(|unit| {
        let (start, end) = (unit.get(start)?.seconds()?, unit.get(end?)?.seconds()?);
        Some((start, end - start))
    });
    let times: Vec<(f64, f64)> = times.collect();
    let is_whole = times.iter().all(|(start, _)| start.fract() == 0.0);
    let total: f64 = times.iter().map(|(_, length)| length).sum();
    let is_long = !times.is_empty() && total / times.len() as f64 >= 100.0;
    if is_whole && is_long { 0.001 } else { named }
}

/// Whether a value holds nothing but people: names and what they are, and no text.
pub(super) fn is_of_people(root: Raw) -> bool {
    let items = tree::all(root, "[]");
    let sample: Vec<Unit> = items.into_iter().take(SAMPLE).map(Unit::of).collect();
    sample.len() > 1
        && member(&sample, ["name", "full_name", "fullname"].iter(), &|raw| !raw.string().is_empty())
            .is_some()
}
