//! Bytes to sessions: one file per input format, one row per format in [`FORMATS`].
//!
//! A format tells how sure it is that a source is its own ([`Format::confidence`]) and reads it
//! ([`Format::read`]). Detection looks at content first; the extension only breaks near ties. What
//! all formats share (decoding, identifiers, refusals) is done here, once.
//!
//! Adding a format is one file and one row.

mod akomantoso;
mod alone;
#[cfg(feature = "docx")]
mod archive;
mod asr;
mod ass;
mod attendee_lists;
mod attendees;
#[cfg(any(feature = "docx", feature = "html"))]
mod blocks;
mod bundestag;
mod captions;
mod colophon;
mod colours;
mod columns;
mod companion;
mod container;
mod count;
mod csv;
mod cues;
mod date;
mod decode;
mod digwatch;
mod disorder;
mod document;
#[cfg(feature = "docx")]
mod docx;
mod ecpc;
mod elements;
mod entities;
mod entry;
mod europarl;
mod fields;
mod frontmatter;
mod hansard;
#[cfg(feature = "html")]
mod html;
mod hyphens;
mod inner;
mod interjections;
mod irc;
mod json;
mod jsonl;
mod label;
#[cfg(any(feature = "docx", feature = "html", feature = "pdf"))]
mod laid_out;
mod language;
mod lines;
mod markdown;
mod nick;
#[cfg(feature = "docx")]
mod odt;
mod otter;
mod outcomes;
#[cfg(feature = "html")]
mod page;
#[cfg(feature = "docx")]
mod paragraphs;
mod part;
mod parts;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod proceedings;
mod qmsum;
mod rolling;
mod rows;
mod sample;
mod spaces;
mod srt;
mod stream;
#[cfg(any(feature = "docx", feature = "html"))]
mod styles;
mod swallowed;
mod tei;
mod time;
#[cfg(feature = "html")]
mod tree;
mod un;
mod unnamed;
mod unread;
mod view;
mod vtt;
mod webvtt;
mod xml;

use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};
use crate::model::{DateKnown, Session, Source, Warning, WarningCode, count_words, label_text};
pub use companion::{Companion, companion_names, included_paths, read_found_with, read_with};
pub use count::Visit;
pub use decode::{MAX_SOURCE_BYTES, too_large};
pub use document::Document;
pub use part::{DividedFile, Part};
pub use stream::sessions_in_lines;

/// A speaker alone in more words than this is a sign that the labels were not recognised.
const MAX_WORDS_OF_ONE_SPEAKER: u64 = 10_000;

/// What the extension adds to the confidence: it decides between near equals only.
const EXTENSION_BONUS: f64 = 0.04;

/// Below this confidence a format is no candidate.
const MIN_CONFIDENCE: f64 = 0.2;

/// Below this confidence a file that nobody named as a transcript is taken for something else.
const RECOGNISED: f64 = 0.35;

/// From this confidence on, a file in which nobody speaks is a broken transcript and no other file.
const CERTAIN: f64 = 0.95;

/// An input format: a row of [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line and in reports.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// Usual file extensions, in lower case without the dot.
    pub extensions: &'static [&'static str],
    /// How sure the format is that a source is its own: 0 to 1, and why.
    pub confidence: fn(&Document) -> Confidence,
    /// Reads a source.
    pub read: fn(&Document) -> Result<Vec<Session>>,
    /// Visits the text of a source, each stretch with its line, apart from reading it: every word in
    /// it is a word of the ledger.
    pub source_text: fn(&Document, &mut Visit),
}

/// All input formats, the more specific first.
#[rustfmt::skip]
pub const FORMATS: &[Format] = &[
    vtt::FORMAT,
    srt::FORMAT,
    ass::FORMAT,
    #[cfg(feature = "docx")]
    docx::FORMAT,
    #[cfg(feature = "docx")]
    odt::FORMAT,
    #[cfg(feature = "pdf")]
    pdf::FORMAT,
    tei::FORMAT,
    akomantoso::FORMAT,
    hansard::FORMAT,
    ecpc::FORMAT,
    bundestag::FORMAT,
    europarl::FORMAT,
    #[cfg(feature = "html")]
    html::FORMAT,
    captions::FORMAT,
    irc::FORMAT,
    un::FORMAT,
    otter::FORMAT,
    digwatch::FORMAT,
    qmsum::FORMAT,
    asr::FORMAT,
    jsonl::FORMAT,
    csv::FORMAT,
    markdown::FORMAT,
    plain::FORMAT,
];

/// How sure a format is that a source is its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Confidence {
    /// From 0 (certainly not) to 1 (certainly).
    pub value: f64,
    /// What speaks for it, for a reader.
    pub reason: String,
}

impl Confidence {
    /// Certainly not.
    pub const NONE: Confidence = Confidence { value: 0.0, reason: String::new() };

    /// A confidence with its reason; the value is brought into 0 to 1.
    pub fn new(value: f64, reason: impl Into<String>) -> Self {
        Confidence { value: value.clamp(0.0, 1.0), reason: reason.into() }
    }
}

/// A format that a source may be in.
#[derive(Debug, Clone)]
pub struct Guess {
    /// The format.
    pub format: &'static Format,
    /// From 0 to 1.
    pub confidence: f64,
    /// What speaks for it, for a reader.
    pub reason: String,
}

/// What was read from a source.
#[derive(Debug)]
pub struct Reading {
    /// The sessions, in source order; most formats hold one.
    pub sessions: Vec<Session>,
    /// The formats that the source may be in, best first.
    pub guesses: Vec<Guess>,
}

/// What a file of a folder is.
#[derive(Debug)]
pub enum Found {
    /// A transcript, with its sessions.
    Transcript(Reading),
    /// Something else that stands beside transcripts (a roster, notes, a picture), and what tells.
    Other(String),
}

/// The formats that a source may be in, best first; empty where none fits.
pub fn detect(bytes: &[u8], path: &str) -> Vec<Guess> {
    open(bytes, path).map_or(Vec::new(), |(document, _)| guess(&document))
}

/// The document of a source, with a warning about its encoding. Archives and PDF documents have no text as it is.
fn open<'a>(bytes: &'a [u8], path: &'a str) -> Result<(Document<'a>, Option<Warning>)> {
    if container::is_archive(bytes) || container::is_pdf(bytes) && cfg!(feature = "pdf") {
        return Ok((Document::new(path, bytes, String::new()), None));
    }
    unread::refuse(bytes)?;
    let decoded = decode::decode(bytes)?;
    let warning = encoding_warning(&decoded);
    Ok((Document::new(path, bytes, decoded.text), warning))
}

/// The text of a source, decoded, with `\n` as its only line end.
///
/// # Errors
/// When the source is binary data or too large.
pub fn text(bytes: &[u8]) -> Result<String> {
    decode::decode(bytes).map(|decoded| decoded.text)
}

/// Reads a source in the named format, or in the one it seems to be in.
///
/// Errors name the file, what is wrong with it and what to do: binary data, no known format, no
/// speakers, nothing said.
pub fn read(bytes: &[u8], path: &str, format: Option<&str>) -> Result<Reading> {
    read_with(bytes, path, format, &[])
}

/// Reads a file that nobody named as a transcript: one of a folder's.
///
/// It is something else where no format recognises it, or where nobody speaks in it and no format is
/// certain.
///
/// # Errors
/// When it was recognised as a transcript and is broken.
pub fn read_found(bytes: &[u8], path: &str) -> Result<Found> {
    read_found_with(bytes, path, &[])
}

fn found_in(document: &Document, encoding: Option<Warning>) -> Result<Found> {
    let guesses = guess(document);
    let Some(best) = guesses.first().filter(|guess| guess.confidence >= RECOGNISED) else {
        return Ok(Found::Other(unread::unknown(document).kind().to_string()));
    };
    let (format, confidence) = (best.format, best.confidence);
    match sessions_of(document, format, encoding) {
        Ok(sessions) => Ok(Found::Transcript(Reading { sessions, guesses })),
        Err(error) if confidence < CERTAIN && matches!(error.kind(), ErrorKind::NoTurns(_)) => {
            Ok(Found::Other(error.kind().to_string()))
        }
        Err(error) => Err(error.in_file(document.path)),
    }
}

/// Whether what could not be opened is in no format that its name promises: a picture, not a
/// document with a password.
fn is_foreign(error: &Error, path: &str) -> bool {
    let extension = Document::new(path, &[], String::new()).extension();
    let promised = extension == "doc" || FORMATS.iter().any(|f| f.extensions.contains(&extension.as_str()));
    matches!(error.kind(), ErrorKind::UnknownFormat(_)) && !promised
}

fn read_unplaced(
    bytes: &[u8],
    path: &str,
    format: Option<&str>,
    companions: &[Companion],
) -> Result<Reading> {
    let asked = format.map(find).transpose()?;
    let (document, encoding) = open(bytes, path)?;
    let document = document.with(companions);
    let guesses = guess(&document);
    let format =
        asked.or(guesses.first().map(|guess| guess.format)).ok_or_else(|| unread::unknown(&document))?;
    let sessions = sessions_of(&document, format, encoding)?;
    Ok(Reading { sessions, guesses })
}

fn sessions_of(document: &Document, format: &Format, encoding: Option<Warning>) -> Result<Vec<Session>> {
    let mut sessions = (format.read)(document)?;
    sessions.iter().try_for_each(refuse_unusable)?;
    if sessions.is_empty() {
        return Err(no_turns("the source holds no session"));
    }
    count::reconcile(&|visit| (format.source_text)(document, visit), &mut sessions);
    let sha256 = sha256(document.bytes);
    let is_single = sessions.len() == 1;
    for session in &mut sessions {
        complete(session);
        // A name says when one session was; a file of several holds the sessions of many days.
        if session.date.is_empty() && is_single {
            session.date = date::of_path(document.path, &session.title);
            session.date_known =
                if session.date.is_empty() { DateKnown::Content } else { DateKnown::FileName };
        }
        session.source = Source {
            path: document.path.to_owned(),
            format: format.name.to_owned(),
            bytes: document.bytes.len() as u64,
            sha256: sha256.clone(),
            companions: std::mem::take(&mut session.source.companions),
        };
        session.warnings.splice(0..0, encoding.clone());
    }
    Ok(sessions)
}

/// What all formats need once a session is read: calls of named members apart, a warning for each label in a
/// turn of somebody else, names as they are seen.
fn complete(session: &mut Session) {
    unnamed::warn(session);
    interjections::set_apart(session);
    swallowed::warn(session);
    see_names(session);
}

/// Makes the names that a source lists into what is seen of them, as its labels are.
fn see_names(session: &mut Session) {
    let listed = session.attendees.iter_mut().flat_map(|a| a.aliases.iter_mut().chain([&mut a.name]));
    for name in listed.chain(session.published.iter_mut().map(|(name, _)| name)) {
        *name = label_text(name).into_owned();
    }
}

fn find(name: &str) -> Result<&'static Format> {
    FORMATS.iter().find(|format| format.name == name).ok_or_else(|| {
        let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
        Error::usage(format!("there is no input format {name:?}"))
            .remedy(format!("the input formats are {}", names.join(", ")))
    })
}

/// The formats that a document may be in, best first; where the sample of a long text tells none, by all of it.
fn guess(document: &Document) -> Vec<Guess> {
    let guesses = guess_once(document);
    let is_told = guesses.first().is_some_and(|guess| guess.confidence >= RECOGNISED);
    if is_told || !document.sample_all() { guesses } else { guess_once(document) }
}

fn guess_once(document: &Document) -> Vec<Guess> {
    let extension = document.extension();
    let mut guesses: Vec<Guess> = FORMATS
        .iter()
        .map(|format| {
            let Confidence { value, reason } = (format.confidence)(document);
            let bonus = if format.extensions.contains(&extension.as_str()) { EXTENSION_BONUS } else { 0.0 };
            let confidence = if value > 0.0 { (value + bonus).min(1.0) } else { 0.0 };
            Guess { format, confidence, reason }
        })
        .filter(|guess| guess.confidence >= MIN_CONFIDENCE)
        .collect();
    guesses.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    guesses
}

/// Nobody says anything, with the usual remedy.
fn no_turns(what: &str) -> Error {
    Error::new(ErrorKind::NoTurns(what.to_owned()))
        .remedy("check that the source is a transcript with speakers, or name its format with --input-format")
}

fn refuse_unusable(session: &Session) -> Result<()> {
    let words = count_words(&session.text);
    if words == 0 {
        return Err(no_turns("nobody says a word"));
    }
    let mut labels: Vec<_> = session.turns.iter().filter(|t| !t.span.is_empty()).map(|t| t.label).collect();
    labels.sort_unstable();
    labels.dedup();
    // Where labels stand apart from the text, or there are none, they are not mistaken for it.
    let is_certain = session.metadata_words > 0 || unnamed::is_unnamed(session);
    if labels.len() == 1 && words > MAX_WORDS_OF_ONE_SPEAKER && !is_certain {
        let who = labels.first().map_or("", |&label| session.label(label));
        let found =
            format!("{words} words under the single speaker {who:?}, so the labels were not recognised");
        return Err(Error::new(ErrorKind::Malformed { format: "transcript", reason: found })
            .remedy("mark each turn as \"Name: text\", or name the format with --input-format"));
    }
    Ok(())
}

fn encoding_warning(decoded: &decode::Decoded) -> Option<Warning> {
    let message = match (decoded.encoding, decoded.replaced) {
        ("UTF-8", 0) => return None,
        (encoding, 0) => format!("the source was read as {encoding}"),
        (encoding, n) => format!("the source was read as {encoding}; characters that did not fit: {n}"),
    };
    Some(Warning { code: WarningCode::Encoding, line: 0, message })
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
