//! A session with codes in place of the names of its voices, made before anything else is made of it, so that no
//! output has a name.
//!
//! Names are found as the people of the session are: labels, titles, headings, and what is said, where a speaker is
//! called by the name, a part of it or a nickname. What is not found stays: people who do not speak, misspelt names
//! that nothing leads to a speaker, what tells a person in other words.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Attendee, LabelId, Piece, Pseudonyms, Session, Span, Speaker, count_words};
use crate::people::{self, KnownPeople, Names};
use crate::text;

/// Puts codes in the place of the names of a session's voices. Who they speak for and what they do stays as it was
/// found by their names.
pub(crate) fn pseudonymize(session: &mut Session, codes: &Pseudonyms) {
    let known = KnownPeople { roster: codes.roster().clone(), ..KnownPeople::default() };
    let read = text::read(session);
    let people = people::resolve(session, &read, &known);
    let mut persons = people.clone();
    for speaker in &mut persons.speakers {
        (speaker.stakeholder, speaker.group) = (String::new(), String::new());
    }
    let coded = Coded {
        names: Names::new(session, &read.name_words, &persons),
        codes: people.speakers.iter().map(|speaker| code(speaker, codes)).collect(),
        bodies: bracketed(session),
    };
    let labels: Vec<String> = people.of_label.iter().map(|id| coded.code(id.0 as usize).to_owned()).collect();
    replace_turns(session, &coded);
    replace_labels(session, &labels);
    session.title = coded.text(&session.title);
    session.narrative = coded.text(&session.narrative);
    for outcome in &mut session.recorded {
        for text in [&mut outcome.item, &mut outcome.heading, &mut outcome.text, &mut outcome.display] {
            *text = coded.text(text);
        }
    }
    session.headings.iter_mut().for_each(|heading| heading.title = coded.text(&heading.title));
    session.warnings.iter_mut().for_each(|warning| warning.message = coded.text(&warning.message));
    session.published.iter_mut().for_each(|(name, _)| *name = coded.text(name));
    session.attendees = people.speakers.iter().zip(&coded.codes).map(listed).collect();
    session.attendees.retain(|attendee| !attendee.name.is_empty());
}

/// The code of a speaker; a voice without a name has none.
fn code(speaker: &Speaker, codes: &Pseudonyms) -> String {
    if speaker.name.trim().is_empty() { String::new() } else { codes.code(&speaker.name) }
}

/// What is known of a speaker, as a list of attendees has it.
fn listed((speaker, code): (&Speaker, &String)) -> Attendee {
    let is_told = speaker.stakeholder_because.is_some();
    Attendee {
        name: code.clone(),
        stakeholder: if is_told { speaker.stakeholder.clone() } else { String::new() },
        group: speaker.group.clone(),
        role: Some(speaker.role),
        ..Attendee::default()
    }
}

/// What labels have in brackets, in lower case: abbreviations of bodies, which are no names of persons.
fn bracketed(session: &Session) -> FxHashSet<String> {
    let inside = |label: &String| {
        let (_, rest) = label.split_once(['(', '（'])?;
        Some(rest.split([')', '）']).next()?.trim().to_lowercase())
    };
    session.labels.iter().filter_map(inside).collect()
}

/// The names of a session and their codes.
struct Coded {
    names: Names,
    /// By speaker.
    codes: Vec<String>,
    bodies: FxHashSet<String>,
}

impl Coded {
    fn code(&self, speaker: usize) -> &str {
        self.codes.get(speaker).map_or("", String::as_str)
    }

    /// The places of names in a text, and what comes there.
    fn edits(&self, text: &str) -> Vec<(Span, String)> {
        let mut edits: Vec<(Span, String)> = Vec::new();
        for mention in self.names.personal_mentions(text) {
            let written = mention.span.of(text);
            let begins_after = edits.last().is_none_or(|(last, _)| last.end() <= mention.span.start());
            let code = self.code(mention.speaker.0 as usize);
            if code.is_empty() || !begins_after || self.bodies.contains(&written.to_lowercase()) {
                continue;
            }
            edits.push((mention.span, format!("{code}{}", possessive(written))));
        }
        edits
    }

    fn text(&self, text: &str) -> String {
        edited(text, &self.edits(text))
    }
}

/// The ending of a name that is no part of it: `Reyes’s`, `Reyes'`.
fn possessive(name: &str) -> &'static str {
    ["'s", "’s", "'", "’"].into_iter().find(|ending| name.ends_with(ending)).unwrap_or("")
}

fn edited(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (span, code) in edits {
        out.push_str(text.get(done..span.start()).unwrap_or(""));
        out.push_str(code);
        done = span.end();
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// Where a byte of a text is once it is edited; one within a name is at the end of its code.
fn moved(offset: usize, edits: &[(Span, String)]) -> usize {
    let mut moved = offset;
    for (span, code) in edits.iter().take_while(|(span, _)| span.start() < offset) {
        let end = offset.min(span.end());
        moved = moved + code.len() - (end - span.start());
    }
    moved
}

fn replace_turns(session: &mut Session, coded: &Coded) {
    let (mut whole, mut before, mut after) = (String::with_capacity(session.text.len()), 0, 0);
    for turn in &mut session.turns {
        let text = turn.span.of(&session.text);
        let edits = coded.edits(text);
        let new = edited(text, &edits);
        before += count_words(text);
        after += count_words(&new);
        let place = |piece: &Piece| Piece { offset: moved(piece.offset as usize, &edits) as u32, ..*piece };
        turn.pieces = turn.pieces.iter().map(place).collect();
        let start = whole.len();
        whole.push_str(&new);
        turn.span = Span::new(start, whole.len());
    }
    session.text = whole;
    // A name of three words is one of two by now, and the ledger is held to the words that there are.
    session.input_words = (session.input_words + after).saturating_sub(before);
}

/// Gives the labels their codes: labels of one speaker become one.
fn replace_labels(session: &mut Session, codes: &[String]) {
    let (mut labels, mut words): (Vec<String>, Vec<u64>) = (Vec::new(), Vec::new());
    let mut known: FxHashMap<&str, u32> = FxHashMap::default();
    let mut new_ids = Vec::with_capacity(codes.len());
    for (at, code) in codes.iter().enumerate() {
        let id = *known.entry(code).or_insert(labels.len() as u32);
        if id as usize == labels.len() {
            labels.push(code.clone());
            words.push(0);
        }
        if let Some(words) = words.get_mut(id as usize) {
            *words += session.label_words.get(at).copied().unwrap_or(0);
        }
        new_ids.push(LabelId(id));
    }
    for turn in &mut session.turns {
        turn.label = new_ids.get(turn.label.0 as usize).copied().unwrap_or(turn.label);
    }
    (session.labels, session.label_words) = (labels, words);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Roster;

    const PANEL: &str = "\
Chair: Welcome. I give the floor to Ana Reyes, director of policy at the Harbour Union.
Ana Reyes: We oppose the levy, whatever Mr. Lindqvist and Bo's friends say.
Bo Lindqvist: I disagree with Ms Reyes. The Reyes Foundation supports the levy. Ana Reyes's figures are old.
Ana Reyes (HU): Thank you, Bo.
";

    fn read(codes: Option<&Pseudonyms>) -> Session {
        let mut session = crate::read::read(PANEL.as_bytes(), "p.txt", None).unwrap().sessions.remove(0);
        if let Some(codes) = codes {
            pseudonymize(&mut session, codes);
        }
        session
    }

    #[test]
    fn names_of_voices_are_codes_in_labels_and_in_what_is_said() {
        let codes = Pseudonyms::new([3; 32], Roster::default());
        let session = read(Some(&codes));
        let given = codes.given();
        let code = |wanted: &str| {
            given.iter().find(|(_, name)| name.contains(wanted)).map_or("", |(code, _)| code.as_str())
        };
        let (ana, bo) = (code("Ana Reyes"), code("Lindqvist"));
        assert_eq!(
            session.turn_text(1),
            format!("We oppose the levy, whatever Mr. {bo} and {bo}'s friends say.")
        );
        assert_eq!(
            session.turn_text(2),
            format!(
                "I disagree with Ms {ana}. The Reyes Foundation supports the levy. {ana}'s figures are old."
            )
        );
        assert_eq!((session.turn_label(1), session.turn_label(3)), (ana, ana));
        assert_eq!(session.labels.len(), 3);
        let speaker = crate::people::resolve(&session, &text::read(&session), &KnownPeople::default());
        let speaker = speaker.speakers.iter().find(|speaker| speaker.name == ana).unwrap();
        // Her label says so, which counts more than an introduction.
        assert_eq!(speaker.stakeholder, "HU");
        assert!(!format!("{session:?}").contains("Lindqvist"), "{session:?}");
    }

    #[test]
    fn places_lead_to_the_same_lines_and_words_add_up() {
        let (plain, coded) = (read(None), read(Some(&Pseudonyms::new([3; 32], Roster::default()))));
        for turn in 0..plain.turns.len() {
            assert_eq!(plain.line_of(turn, 0), coded.line_of(turn, 0));
        }
        let words = |session: &Session| count_words(&session.text);
        assert_eq!(coded.input_words + words(&plain), plain.input_words + words(&coded));
        assert_eq!(moved(4, &[(Span::new(0, 3), "Voice".to_owned())]), 6);
        assert_eq!(moved(2, &[(Span::new(0, 3), "Voice".to_owned())]), 5);
        assert_eq!(moved(0, &[(Span::new(0, 3), "Voice".to_owned())]), 0);
    }
}
