//! JSON of speech recognisers that tell speakers apart: WhisperX, AssemblyAI, Deepgram, AWS
//! Transcribe, Fireflies.
//!
//! Units differ (AssemblyAI counts milliseconds), speakers may be missing on a word or a segment,
//! AWS detaches punctuation. Times of words are kept. Consecutive stretches of one speaker are one
//! turn. A transcript without speakers is refused.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::decode::LineIndex;
use super::json::{self, Raw};
use super::{Confidence, Document, Format, count, language};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Join, Session, SessionBuilder, Time, count_words, label_text};

pub(super) const FORMAT: Format = Format {
    name: "asr",
    about: "JSON of speech recognisers with speakers: WhisperX, AssemblyAI, Deepgram, AWS Transcribe, Fireflies",
    extensions: &["json"],
    confidence,
    read,
    source_text: count::recogniser,
};

/// The members that tell who made a file; each is parsed on its own.
#[derive(Deserialize)]
struct Top<'a> {
    #[serde(borrow)]
    segments: Option<Raw<'a>>,
    #[serde(borrow)]
    utterances: Option<Raw<'a>>,
    #[serde(borrow)]
    sentences: Option<Raw<'a>>,
    #[serde(borrow)]
    results: Option<Raw<'a>>,
    #[serde(borrow)]
    text: Option<Raw<'a>>,
    #[serde(borrow)]
    title: Option<Raw<'a>>,
    #[serde(borrow)]
    data: Option<Raw<'a>>,
    #[serde(borrow)]
    transcript: Option<Raw<'a>>,
    #[serde(borrow)]
    language: Option<Raw<'a>>,
    #[serde(borrow)]
    language_code: Option<Raw<'a>>,
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow)]
    utterances: Option<Vec<Segment<'a>>>,
    #[serde(borrow)]
    channels: Option<Vec<Channel<'a>>>,
    #[serde(borrow)]
    items: Option<Vec<Item<'a>>>,
    #[serde(borrow)]
    speaker_labels: Option<SpeakerLabels<'a>>,
    #[serde(borrow)]
    language_code: Option<Raw<'a>>,
}

#[derive(Deserialize)]
struct Channel<'a> {
    #[serde(borrow)]
    detected_language: Option<Raw<'a>>,
    #[serde(borrow)]
    alternatives: Vec<Alternative<'a>>,
}

#[derive(Deserialize)]
struct Alternative<'a> {
    #[serde(borrow)]
    words: Option<Vec<Word<'a>>>,
    #[serde(borrow)]
    content: Option<Raw<'a>>,
}

/// A word or punctuation mark of AWS Transcribe.
#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow)]
    start_time: Option<Raw<'a>>,
    #[serde(borrow)]
    end_time: Option<Raw<'a>>,
    #[serde(borrow)]
    speaker_label: Option<Raw<'a>>,
    #[serde(borrow)]
    alternatives: Option<Vec<Alternative<'a>>>,
    #[serde(borrow)]
    r#type: Option<Raw<'a>>,
}

#[derive(Deserialize)]
struct SpeakerLabels<'a> {
    #[serde(borrow)]
    segments: Option<Vec<LabelSegment<'a>>>,
}

#[derive(Deserialize)]
struct LabelSegment<'a> {
    #[serde(borrow)]
    items: Option<Vec<Item<'a>>>,
}

/// A segment, utterance or sentence.
#[derive(Deserialize)]
struct Segment<'a> {
    #[serde(borrow)]
    start: Option<Raw<'a>>,
    #[serde(borrow)]
    end: Option<Raw<'a>>,
    #[serde(borrow)]
    start_time: Option<Raw<'a>>,
    #[serde(borrow)]
    end_time: Option<Raw<'a>>,
    #[serde(borrow)]
    text: Option<Raw<'a>>,
    #[serde(borrow)]
    transcript: Option<Raw<'a>>,
    #[serde(borrow)]
    speaker: Option<Raw<'a>>,
    #[serde(borrow)]
    speaker_name: Option<Raw<'a>>,
    #[serde(borrow)]
    words: Option<Vec<Word<'a>>>,
}

#[derive(Deserialize)]
struct Word<'a> {
    #[serde(borrow)]
    word: Option<Raw<'a>>,
    #[serde(borrow)]
    text: Option<Raw<'a>>,
    #[serde(borrow)]
    punctuated_word: Option<Raw<'a>>,
    #[serde(borrow)]
    start: Option<Raw<'a>>,
    #[serde(borrow)]
    end: Option<Raw<'a>>,
    #[serde(borrow)]
    speaker: Option<Raw<'a>>,
}

/// A stretch of one speaker.
#[derive(Debug, Default)]
struct Stretch {
    label: String,
    text: String,
    time: Option<Time>,
    /// Words with the offset at which each begins in the text.
    words: Vec<(usize, Time)>,
    line: usize,
}

/// Whose JSON it is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Maker {
    WhisperX,
    AssemblyAi,
    Fireflies,
    Deepgram,
    Transcribe,
    /// A transcript without speakers.
    Unlabelled,
}

fn confidence(document: &Document) -> Confidence {
    if !document.text.trim_start().starts_with('{') {
        return Confidence::NONE;
    }
    match serde_json::from_str::<Top>(&document.text).ok().and_then(|top| maker(&top)) {
        None => Confidence::NONE,
        Some(Maker::Unlabelled) => Confidence::new(0.6, "JSON with a text and no speakers"),
        Some(maker) => Confidence::new(0.92, format!("JSON as {maker:?} writes it")),
    }
}

fn maker(top: &Top) -> Option<Maker> {
    let holds = |raw: Option<Raw>, key: &str| raw.is_some_and(|raw| raw.0.get().contains(key));
    if holds(top.results, "\"items\"") && holds(top.results, "\"alternatives\"") {
        Some(Maker::Transcribe)
    } else if holds(top.results, "\"channels\"") || holds(top.results, "\"utterances\"") {
        Some(Maker::Deepgram)
    } else if holds(top.sentences, "\"speaker_name\"") || holds(inner(top), "\"sentences\"") {
        Some(Maker::Fireflies)
    } else if holds(top.utterances, "\"text\"") {
        Some(Maker::AssemblyAi)
    } else if holds(top.segments, "\"text\"") {
        Some(Maker::WhisperX)
    } else {
        top.text.filter(|text| text.0.get().starts_with('"')).map(|_| Maker::Unlabelled)
    }
}

/// What stands in `data` or `transcript`, as answers of an interface are wrapped.
fn inner<'a>(top: &Top<'a>) -> Option<Raw<'a>> {
    top.data.or(top.transcript).filter(|raw| raw.0.get().starts_with('{'))
}

fn malformed(error: &serde_json::Error) -> Error {
    Error::new(ErrorKind::Malformed { format: FORMAT.name, reason: error.to_string() })
        .at_line(error.line() as u64)
        .remedy("the file must be the unchanged JSON of WhisperX, AssemblyAI, Deepgram, AWS Transcribe or Fireflies")
}

fn without_speakers() -> Error {
    Error::new(ErrorKind::NoTurns("the recogniser's output names no speakers".into()))
        .remedy("run the recogniser again with speaker labels (diarization) switched on")
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let text = document.text.as_str();
    let top: Top = serde_json::from_str(text).map_err(|error| malformed(&error))?;
    let index = LineIndex::new(text);
    let place = |raw: Option<Raw>| raw.map_or(1, |raw| raw.line(text, &index));
    let mut title = json::string(top.title);
    let mut stated = top.language_code.or(top.language);
    let stretches = match maker(&top) {
        Some(Maker::WhisperX) => segments(top.segments, 1.0, &place)?,
        Some(Maker::AssemblyAi) => segments(top.utterances, 0.001, &place)?,
        Some(Maker::Fireflies) => {
            let nested = innermost(&top)?;
            let sentences = nested.as_ref().map_or(top.sentences, |nested| nested.sentences);
            title = nested.as_ref().map_or(title, |nested| json::string(nested.title));
            segments(sentences, 1.0, &place)?
        }
        Some(Maker::Deepgram | Maker::Transcribe) => {
            let (stretches, language) = results(top.results, &place)?;
            stated = language.or(stated);
            stretches
        }
        Some(Maker::Unlabelled) | None => return Err(without_speakers()),
    };
    if stretches.iter().all(|stretch| stretch.label.is_empty()) {
        return Err(without_speakers());
    }
    let mut session = session(document.stem(), &title, &stretches);
    session.language = language::named(&json::string(stated));
    Ok(vec![session])
}

/// The object that holds the sentences, where it is wrapped.
fn innermost<'a>(top: &Top<'a>) -> Result<Option<Top<'a>>> {
    let mut found = None;
    let mut next = inner(top);
    for _ in 0..3 {
        let Some(raw) = next else { break };
        let nested: Top = parse(raw)?;
        next = inner(&nested);
        found = Some(nested);
    }
    Ok(found)
}

fn parse<'a, T: Deserialize<'a>>(raw: Raw<'a>) -> Result<T> {
    serde_json::from_str(raw.0.get()).map_err(|error| malformed(&error))
}

/// Segments, utterances, sentences: text with a speaker.
fn segments(list: Option<Raw>, unit: f64, place: &dyn Fn(Option<Raw>) -> usize) -> Result<Vec<Stretch>> {
    let Some(list) = list else { return Ok(Vec::new()) };
    let list: Vec<Segment> = parse(list)?;
    Ok(list.iter().map(|segment| stretch_of(segment, unit, place)).collect())
}

fn stretch_of(segment: &Segment, unit: f64, place: &dyn Fn(Option<Raw>) -> usize) -> Stretch {
    let said = segment.text.or(segment.transcript);
    let text = json::string(said);
    let named = segment.speaker_name.filter(|name| !name.string().is_empty()).or(segment.speaker);
    // A segment without a speaker has that of its first word that has one.
    let speaker = named.or_else(|| segment.words.iter().flatten().find_map(|word| word.speaker));
    let mut words = Vec::new();
    let mut from = 0;
    for word in segment.words.iter().flatten() {
        let spoken = json::string(word.punctuated_word.or(word.word).or(word.text));
        let rest = text.get(from..).unwrap_or("");
        let near = rest.get(..rest.floor_char_boundary(spoken.len() + 200)).unwrap_or(rest);
        let found = near.find(spoken.as_str()).filter(|_| !spoken.is_empty());
        if let (Some(at), Some(time)) = (found, scaled(word.start, word.end, unit)) {
            words.push((from + at, time));
            from += at + spoken.len();
        }
    }
    let start = segment.start.or(segment.start_time);
    let time = scaled(start, segment.end.or(segment.end_time), unit);
    let end = time.map(|time| time.end);
    reach_over_untimed(&text, end, &mut words);
    Stretch { label: json::string(speaker), text, time, words, line: place(said.or(start)) }
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

fn scaled(start: Option<Raw>, end: Option<Raw>, unit: f64) -> Option<Time> {
    json::time(start, end).map(|time| Time { start: time.start * unit, end: time.end * unit })
}

/// The stretches of AWS Transcribe and Deepgram, and the language that these name.
fn results<'a>(
    raw: Option<Raw<'a>>,
    place: &dyn Fn(Option<Raw>) -> usize,
) -> Result<(Vec<Stretch>, Option<Raw<'a>>)> {
    let Some(raw) = raw else { return Ok((Vec::new(), None)) };
    let results: Results = parse(raw)?;
    let channel = results.channels.as_ref().and_then(|channels| channels.first());
    let language = results.language_code.or(channel.and_then(|channel| channel.detected_language));
    let stretches = match &results.items {
        Some(items) => of_items(items, results.speaker_labels.as_ref(), place),
        None => of_words(&results, place),
    };
    Ok((stretches, language))
}

/// Utterances, else words, of Deepgram.
fn of_words(results: &Results, place: &dyn Fn(Option<Raw>) -> usize) -> Vec<Stretch> {
    let has_speakers = |list: &Vec<Segment>| list.iter().any(|segment| segment.speaker.is_some());
    if let Some(utterances) = results.utterances.as_ref().filter(|list| has_speakers(list)) {
        return utterances.iter().map(|utterance| stretch_of(utterance, 1.0, place)).collect();
    }
    let channel = results.channels.as_ref().and_then(|channels| channels.first());
    let words = channel.and_then(|channel| channel.alternatives.first()).and_then(|best| best.words.as_ref());
    let mut stretches = Vec::new();
    for word in words.into_iter().flatten() {
        let said = word.punctuated_word.or(word.word);
        add(
            &mut stretches,
            &json::string(word.speaker),
            &json::string(said),
            false,
            json::time(word.start, word.end),
            place(said),
        );
    }
    stretches
}

/// Words and punctuation marks of AWS Transcribe; the speaker stands on the item, or in a list of
/// its own by start time.
fn of_items(
    items: &[Item],
    labels: Option<&SpeakerLabels>,
    place: &dyn Fn(Option<Raw>) -> usize,
) -> Vec<Stretch> {
    let listed = labels.and_then(|labels| labels.segments.as_ref()).into_iter().flatten();
    let by_start: FxHashMap<String, String> = listed
        .flat_map(|segment| segment.items.iter().flatten())
        .map(|item| (json::string(item.start_time), json::string(item.speaker_label)))
        .collect();
    let mut stretches: Vec<Stretch> = Vec::new();
    for item in items {
        let content = item.alternatives.as_ref().and_then(|list| list.first()).and_then(|best| best.content);
        let attached = json::string(item.r#type) == "punctuation";
        let mut label = json::string(item.speaker_label);
        if label.is_empty() {
            label = by_start.get(&json::string(item.start_time)).cloned().unwrap_or_default();
        }
        if attached && let Some(last) = stretches.last() {
            label.clone_from(&last.label);
        }
        let time = json::time(item.start_time, item.end_time);
        add(&mut stretches, &label, &json::string(content), attached, time, place(content));
    }
    stretches
}

/// Adds a word to the stretch before, or begins one where the speaker changes.
fn add(
    stretches: &mut Vec<Stretch>,
    label: &str,
    word: &str,
    attached: bool,
    time: Option<Time>,
    line: usize,
) {
    if stretches.last().is_none_or(|last| last.label != label) {
        stretches.push(Stretch { label: label.to_owned(), time, line, ..Stretch::default() });
    }
    let Some(last) = stretches.last_mut() else { return };
    if !last.text.is_empty() && !attached && !word.is_empty() {
        last.text.push(' ');
    }
    if let Some(time) = time {
        last.words.push((last.text.len(), time));
        last.time = last.time.map(|whole| Time { end: whole.end.max(time.end), ..whole });
    }
    last.text.push_str(word);
}

fn session(id: &str, title: &str, stretches: &[Stretch]) -> Session {
    let mut builder = SessionBuilder::new(id);
    let mut words = count_words(title);
    builder.header_words(count_words(title)).metadata_words(count_words(title));
    title.clone_into(&mut builder.session().title);
    let mut current: Option<Cow<str>> = None;
    let unknown: Vec<usize> =
        stretches.iter().filter(|stretch| stretch.label.is_empty()).map(|stretch| stretch.line).collect();
    for stretch in stretches {
        words += count_words(&stretch.label) + count_words(&stretch.text);
        let label = label_text(&stretch.label);
        if current.as_ref() != Some(&label) {
            builder.turn(&label);
            current = Some(label);
        }
        let label_words = count_words(&stretch.label);
        builder.label_words(&stretch.label, label_words).metadata_words(label_words);
        if !stretch.text.trim().is_empty() {
            builder.text_of_one_line(&stretch.text, Join::Space, stretch.line, stretch.time);
            if !stretch.text.contains('\n') {
                builder.times(&stretch.words);
            }
        }
    }
    if let Some(&first) = unknown.first() {
        let n = unknown.len();
        let message = format!("stretches without a speaker, whose voice stays unknown: {n}");
        builder.warn("no-speaker", first, message);
    }
    builder.finish(words)
}

#[cfg(test)]
mod tests;
