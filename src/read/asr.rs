//! JSON of speech recognisers and of the programs that correct their output.
//!
//! Dialects differ in where the words stand, their units, the speakers, the punctuation: a row of
//! [`dialects::DIALECTS`] describes each, and one engine ([`heard`]) reads them all. A list of
//! objects with a text in no known dialect is guessed, with a warning. Times of words are kept.
//! Consecutive stretches of one speaker are one turn; without speakers, all is one unknown voice.

mod dialects;
mod guess;
mod heard;
pub(super) mod slack;
mod tree;

use std::borrow::Cow;

use self::heard::{RecognisedSpeech, Stretch};
use self::tree::Unit;
use super::date::find_date;
use super::decode::LineIndex;
use super::json::{self, Raw};
use super::{Confidence, Document, Format, count, language};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Join, Session, SessionBuilder, Warning, WarningCode, count_words, label_text};

pub(super) const FORMAT: Format = Format {
    name: "asr",
    about: "JSON of speech recognisers: WhisperX, AssemblyAI, Deepgram, AWS, Google, Watson, Speechmatics, Rev, and others",
    extensions: &["json"],
    confidence,
    read,
    source_text: count::recogniser,
};

/// Where the title of a transcript may stand.
const TITLES: &[&str] = &["title", "job.name", "name"];

/// Where the language may stand.
const LANGUAGES: &[&str] = &[
    "results.language_code",
    "results.channels[0].detected_language",
    "results[0].languageCode",
    "language_code",
    "languageCode",
    "language",
    "job.lang",
    "metadata.transcription_config.language",
    "result.language",
];

fn parsed<'a>(document: &'a Document) -> Option<Raw<'a>> {
    let text = document.text.as_str();
    text.trim_start().starts_with(['{', '[']).then(|| serde_json::from_str(text).ok())?
}

fn confidence(document: &Document) -> Confidence {
    let Some(root) = parsed(document) else { return Confidence::NONE };
    if let Some((dialect, _)) = dialects::of(root) {
        return Confidence::new(0.92, format!("JSON as {} writes it", dialect.name));
    }
    if is_our_own(root) {
        return Confidence::NONE;
    }
    match guess::of(root) {
        Some(guess) if guess.is_of_words() => {
            Confidence::new(0.94, "JSON with a list of words and their times")
        }
        Some(guess) if guess.has_speakers() => Confidence::new(0.6, "JSON with a list of texts and speakers"),
        Some(_) => Confidence::new(0.45, "JSON with a list of texts and times"),
        // In a folder such a file may be anything; who names it knows.
        None if whole_text(root).is_some() => Confidence::new(0.3, "JSON with a text and no speakers"),
        // No transcript, but reading it says what it is.
        None if guess::is_of_people(root) => Confidence::new(0.25, "JSON with a list of people"),
        None => Confidence::NONE,
    }
}

/// The whole text of a transcript without times and speakers.
fn whole_text(root: Raw<'_>) -> Option<Raw<'_>> {
    let text = ["text", "transcript"].iter().find_map(|path| tree::one(root, path));
    text.filter(|text| text.is_text())
}

/// Whether it is a report or a table of this program.
fn is_our_own(root: Raw) -> bool {
    let schema = tree::one(root, "schema").map(Raw::string);
    schema.is_some_and(|schema| schema.starts_with("rapporteur/"))
}

fn malformed(error: &serde_json::Error) -> Error {
    Error::new(ErrorKind::Malformed { format: FORMAT.name, reason: error.to_string() })
        .at_line(error.line() as u64)
        .remedy("the file must be the unchanged JSON of a speech recogniser")
}

fn nothing_said(root: Raw) -> Error {
    let what = if guess::is_of_people(root) {
        "this is a list of people without a word of what they said"
    } else {
        "no list in this JSON holds what was said"
    };
    Error::new(ErrorKind::NoTurns(what.into()))
        .remedy("name the transcript itself, or write it as JSON lines {\"speaker\", \"text\"}")
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let text = document.text.as_str();
    let whole: Raw = serde_json::from_str(text).map_err(|error| malformed(&error))?;
    let index = LineIndex::new(text);
    let place = |raw: Option<Raw>| raw.map_or(1, |raw| raw.line(text, &index));
    let mut guessed = None;
    let mut users = None;
    let (mut heard, root, date) = if let Some((dialect, root)) = dialects::of(whole) {
        let mut heard = best(root, dialect, &place);
        if dialect.name == dialects::SLACK {
            users = document.companions.iter().find(|companion| companion.name() == slack::USERS);
            let people = users.and_then(slack::people).unwrap_or_default();
            slack::name(&mut heard.stretches, &people);
        }
        (heard, root, dialect.date)
    } else if let Some(guess) = guess::of(whole) {
        guessed = Some(guess.description());
        (guess.with_layout(|layout| heard::of(whole, layout, &place)), whole, &[][..])
    } else {
        let said = whole_text(whole).ok_or_else(|| nothing_said(whole))?;
        let stretch =
            Stretch { text: json::string(Some(said)), line: place(Some(said)), ..Stretch::default() };
        (RecognisedSpeech { stretches: vec![stretch], beside: 0 }, whole, &[][..])
    };
    if !heard.has_speech() {
        return Err(nothing_said(whole));
    }
    let first_day = heard.count_from_first();
    let members = Unit::of(root);
    let first = |paths: &[&str]| {
        let values = paths.iter().find_map(|path| members.get(path).filter(|raw| raw.is_text()));
        json::string(values)
    };
    let mut session = session(document.stem(), &first(TITLES), &heard);
    session.language = language::named(&first(LANGUAGES));
    let parts: Vec<String> = date.iter().map(|path| json::string(members.get(path))).collect();
    session.date = find_date(&parts.join(" "));
    if session.date.is_empty() {
        session.date = first_day;
    }
    if let Some(what) = guessed {
        let message = format!("the JSON is in no dialect that is known: {what}");
        session.warnings.push(Warning { code: WarningCode::GuessedLayout, line: 1, message });
    }
    if let Some(users) = users {
        session.source.companions = vec![users.file()];
        if slack::people(users).is_none() {
            let message = format!("{} lists nobody, so people are their identifiers", users.name());
            session.warnings.push(Warning { code: WarningCode::MissingList, line: 0, message });
        }
    }
    Ok(vec![session])
}

/// What the first layout with speakers holds, else the first with speech.
fn best(root: Raw, dialect: &dialects::Dialect, place: &dyn Fn(Option<Raw>) -> usize) -> RecognisedSpeech {
    let mut unnamed = None;
    for layout in dialect.layouts {
        let heard = heard::of(root, layout, place);
        if heard.has_speakers() && heard.has_speech() {
            return heard;
        }
        unnamed = unnamed.or(Some(heard).filter(RecognisedSpeech::has_speech));
    }
    unnamed.unwrap_or_default()
}

fn session(id: &str, title: &str, heard: &RecognisedSpeech) -> Session {
    let mut builder = SessionBuilder::new(id);
    let mut words = count_words(title) + heard.beside;
    builder.header_words(words).metadata_words(count_words(title));
    title.clone_into(&mut builder.session().title);
    let mut current: Option<Cow<str>> = None;
    let unknown: Vec<usize> = heard
        .stretches
        .iter()
        .filter(|stretch| stretch.label.is_empty())
        .map(|stretch| stretch.line)
        .collect();
    for stretch in &heard.stretches {
        let label = label_text(&stretch.label);
        if current.as_ref() != Some(&label) {
            builder.turn(&label);
            current = Some(label);
        }
        let label_words = count_words(&stretch.label);
        words += label_words + stretch.said_label + count_words(&stretch.text);
        builder.label_words(&stretch.label, label_words + stretch.said_label);
        builder.metadata_words(label_words + stretch.added);
        if !stretch.text.trim().is_empty() {
            builder.text_of_one_line(&stretch.text, Join::Space, stretch.line, stretch.time);
            if !stretch.text.contains('\n') {
                builder.times(&stretch.words);
            }
        }
    }
    if let Some(&first) = unknown.first().filter(|_| unknown.len() < heard.stretches.len()) {
        let n = unknown.len();
        let message = format!("stretches without a speaker, whose voice stays unknown: {n}");
        builder.warn(WarningCode::NoSpeaker, first, message);
    }
    builder.finish(words)
}

#[cfg(test)]
mod tests;
