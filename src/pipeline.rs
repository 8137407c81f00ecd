//! The façade: bytes to sessions, and a session to a report, an answer, sentences, or a check of a report.
//!
//! Each function prepares a session and hands it to a product. Nothing here opens files or prints; the
//! caller brings the bytes.

mod verify;

pub use verify::{remake, verify_claims, verify_remade, verify_report};

use crate::definition::{Definition, InputSettings};
use crate::error::{Error, ErrorKind, Result};
use crate::language::detect;
use crate::model::{DateKnown, Day, Issue, Language, Report, Session};
use crate::people::KnownPeople;
use crate::prepare::{Prepared, pseudonymize, settle_language, strict};
use crate::read::{self, Companion, DividedFile, Found, Part};
use crate::text;
use crate::write::origin::origin;

/// A source: where it is, and its bytes.
///
/// ```
/// let input = rapporteur::Input { path: "levy.txt".to_owned(), bytes: b"Ana: We agree.".to_vec() };
/// assert_eq!(input.path, "levy.txt");
/// ```
#[derive(Debug, Clone)]
pub struct Input {
    /// Path as the user gave it; `-` for standard input.
    pub path: String,
    /// The whole content.
    pub bytes: Vec<u8>,
}

/// The sessions of a source.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// let sessions = open(&input, &InputSettings::default())?;
/// assert_eq!(sessions[0].turns.len(), 3);
/// # Ok::<(), rapporteur::Error>(())
/// ```
///
/// # Errors
/// When the format is not recognised or broken beyond use, when nobody says anything, and, if
/// `settings.strict`, when a reader had to work around something.
pub fn open(input: &Input, settings: &InputSettings) -> Result<Vec<Session>> {
    open_with(input, &[], settings)
}

/// The sessions of a source that other files complete: those that [`read::companion_names`] and
/// [`read::included_paths`] name, as far as they are there.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{InputSettings, read::Companion};
/// let session = b"<TEI><text><body><u who='#a'><seg>We agree.</seg></u></body></text></TEI>";
/// let list = b"<listPerson><person xml:id='a'><persName>Ann Lee</persName></person></listPerson>";
/// let input = Input { path: "XX_2020.xml".to_owned(), bytes: session.to_vec() };
/// let companion = Companion::new("XX-listPerson.xml".to_owned(), list.to_vec());
/// let sessions = open_with(&input, &[companion], &InputSettings::default())?;
/// assert_eq!(sessions[0].turn_label(0), "Ann Lee");
/// # Ok::<(), rapporteur::Error>(())
/// ```
///
/// # Errors
/// As [`open`]. A companion that cannot be read is a warning.
pub fn open_with(input: &Input, companions: &[Companion], settings: &InputSettings) -> Result<Vec<Session>> {
    let reading = read::read_with(&input.bytes, &input.path, settings.format.as_deref(), companions)?;
    settled(reading.sessions, input, settings)
}

/// The sessions of a part of a large file, whose bytes these are; the same as when the whole file is opened.
///
/// # Errors
/// As [`open`], and when the bytes are others than when the file was divided.
pub fn open_part(
    file: &DividedFile,
    part: &Part,
    input: &Input,
    settings: &InputSettings,
) -> Result<Vec<Session>> {
    settled(file.read(part, &input.bytes, &input.path)?, input, settings)
}

/// What came of a file of a folder.
#[derive(Debug)]
pub enum Opened {
    /// It is a transcript.
    Sessions(Vec<Session>),
    /// It is something else beside the transcripts, and what tells.
    Other(String),
}

/// The sessions of a file that nobody named as a transcript: one of a folder's.
///
/// What this program has written itself is none. Where a format is named, every other file is taken to
/// be in it.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// let roster = Input { path: "roster.csv".to_owned(), bytes: b"speaker,stakeholder\nAna Reyes,Nurses\n".to_vec() };
/// assert!(matches!(open_found(&roster, &InputSettings::default())?, Opened::Other(_)));
/// assert!(matches!(open_found(&input, &InputSettings::default())?, Opened::Sessions(_)));
/// # Ok::<(), rapporteur::Error>(())
/// ```
///
/// # Errors
/// When it was recognised as a transcript and is broken and, if `settings.strict`, when a reader had
/// to work around something or the file is no transcript.
pub fn open_found(input: &Input, settings: &InputSettings) -> Result<Opened> {
    open_found_with(input, &[], settings)
}

/// The sessions of a file as [`open_found`] gives them, with the files that complete it, as [`open_with`] takes them.
///
/// # Errors
/// As [`open_found`]. A companion that cannot be read is a warning.
pub fn open_found_with(input: &Input, companions: &[Companion], settings: &InputSettings) -> Result<Opened> {
    if let Some(what) = origin(&input.bytes) {
        return Ok(Opened::Other(format!("it is {what}")));
    }
    if settings.format.is_some() {
        return open_with(input, companions, settings).map(Opened::Sessions);
    }
    match read::read_found_with(&input.bytes, &input.path, companions)? {
        Found::Transcript(reading) => settled(reading.sessions, input, settings).map(Opened::Sessions),
        Found::Other(why) if settings.strict => {
            let error = Error::new(ErrorKind::UnknownFormat(format!("{why} (and --strict is on)")));
            Err(error.in_file(&input.path).remedy("move the file out of the folder, or name the transcripts"))
        }
        Found::Other(why) => Ok(Opened::Other(why)),
    }
}

/// The sessions of a source as the settings want them.
pub(crate) fn settled(
    mut sessions: Vec<Session>,
    input: &Input,
    settings: &InputSettings,
) -> Result<Vec<Session>> {
    for session in &mut sessions {
        settle_date(session, settings.date);
        settle_language(session, settings.language);
        session.background.clone_from(&settings.term_statistics);
        if let Some(warning) = session.warnings.first().filter(|_| settings.strict) {
            return Err(strict(warning, &input.path));
        }
        if let Some(codes) = &settings.codes {
            pseudonymize(session, codes);
        }
    }
    Ok(sessions)
}

/// Gives a session the date of the settings, where its source says none.
fn settle_date(session: &mut Session, given: Option<Day>) {
    if let Some(day) = given.filter(|_| session.date.is_empty()) {
        session.date = day.to_string();
        session.date_known = DateKnown::Given;
    }
}

/// The issues of a user's list, JSON or a table.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// let list = Input { path: "issues.csv".to_owned(), bytes: b"label,terms\nharbour levy,levy;harbour dues\n".to_vec() };
/// assert_eq!(issues(&list)?[0].label, "harbour levy");
/// # Ok::<(), rapporteur::Error>(())
/// ```
///
/// # Errors
/// When the list cannot be understood; the message names the file, the line and the remedy.
pub fn issues(input: &Input) -> Result<Vec<Issue>> {
    crate::issues::parse(&input.bytes).map_err(|error| error.in_file(&input.path))
}

/// What a session holds: speakers, roles, figures, ledger, warnings.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// # let session = &open(&input, &InputSettings::default())?[0];
/// let report = inspect(session, &KnownPeople::default(), &Definition::default())?;
/// assert_eq!(report.speakers[1].name, "Ana Reyes");
/// # Ok::<(), rapporteur::Error>(())
/// ```
///
/// # Errors
/// When the ledger does not add up, which is a bug.
pub fn inspect(session: &Session, known: &KnownPeople, definition: &Definition) -> Result<Report> {
    crate::summary::inspect(&Prepared::new(session, known), definition)
}

/// Position summaries of a session.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// # let session = &open(&input, &InputSettings::default())?[0];
/// let report = summarize(session, &KnownPeople::default(), &Definition::default())?;
/// let summaries = report.summaries.unwrap_or_default();
/// assert_eq!(summaries[0].evidence[0].text, "We oppose the levy.");
/// # Ok::<(), rapporteur::Error>(())
/// ```
///
/// # Errors
/// When a speaker or a method is named that does not exist.
pub fn summarize(session: &Session, known: &KnownPeople, definition: &Definition) -> Result<Report> {
    crate::answer::summarize(&Prepared::new(session, known), definition)
}

/// The passages of a session that answer a question; none, and a warning that says so, when nothing
/// in the session does.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// # let session = &open(&input, &InputSettings::default())?[0];
/// let report = ask(session, &KnownPeople::default(), "What does Bo Ek say about the levy?", &Definition::default())?;
/// assert_eq!(report.summaries.unwrap_or_default()[0].evidence[0].text, "We support the levy.");
/// # Ok::<(), rapporteur::Error>(())
/// ```
///
/// # Errors
/// When the ledger does not add up, which is a bug.
pub fn ask(
    session: &Session,
    known: &KnownPeople,
    question: &str,
    definition: &Definition,
) -> Result<Report> {
    crate::answer::ask(&Prepared::new(session, known), question, definition)
}

/// The sentences of each turn of a session, verbatim.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// # let session = &open(&input, &InputSettings::default())?[0];
/// assert_eq!(segment(session)[1], ["We oppose the levy."]);
/// # Ok::<(), rapporteur::Error>(())
/// ```
pub fn segment(session: &Session) -> Vec<Vec<String>> {
    (0..session.turns.len())
        .map(|turn| sentences(session.turn_text(turn), session.language_of(turn)))
        .collect()
}

/// The sentences of each line of a text, one turn a line; in the language that is given, else in that
/// of the text, else in English.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// let lines = segment_lines("Dr. Lee objects. So do we.\n", None);
/// assert_eq!(lines, [["Dr. Lee objects.", "So do we."]]);
/// # Ok::<(), rapporteur::Error>(())
/// ```
pub fn segment_lines(text: &str, language: Option<Language>) -> Vec<Vec<String>> {
    let detected = || Some(detect(text).language).filter(|&found| found != Language::UNKNOWN);
    let language = language.or_else(detected).unwrap_or(Language::ENGLISH);
    text.lines().map(|line| sentences(line, language)).collect()
}

fn sentences(text: &str, language: Language) -> Vec<String> {
    text::split(text, language).iter().map(|span| span.of(text).to_owned()).collect()
}
