//! What one pass over the sessions made of a session, kept for the next pass.
//!
//! The passes differ in what is known of people. Sentences and terms depend on people only through the
//! speakers that labels are merged into; where these are the same, all that was made of them stays.

use std::mem;
use std::sync::OnceLock;

use crate::issues;
use crate::model::{Analysis, People, SentenceId, Session, TermId, Text, Weighting};
use crate::people::{self, KnownPeople, Phrases};
use crate::rank::position::Whole;

use super::Prepared;
use crate::text;

/// What is known of a session before anybody in it: its text, read, and the phrases that tell of people.
#[derive(Debug)]
pub struct ReadSession {
    /// Its tokens and sentences.
    pub text: Text,
    /// Its phrases that tell of people.
    pub phrases: Phrases,
}

impl ReadSession {
    /// Reads a session.
    pub fn of(session: &Session) -> Self {
        let text = text::read(session);
        let phrases = Phrases::find(&text.tokens);
        ReadSession { text, phrases }
    }
}

/// What was made of a session, without the session.
#[derive(Debug)]
pub struct Kept(Made);

#[derive(Debug)]
enum Made {
    Read(Box<ReadSession>),
    Prepared(Box<Stages>),
}

/// What the stages before ranking made.
#[derive(Debug)]
struct Stages {
    people: People,
    phrases: Phrases,
    analysis: Analysis,
    weighting: Weighting,
    heading_terms: Vec<TermId>,
    indexes: Indexes,
}

/// What follows from the sentences and terms of a session; each put together on first use.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    pub(super) stems: OnceLock<issues::Stems>,
    pub(super) subjects: OnceLock<Vec<u32>>,
    pub(super) by_speaker: OnceLock<Vec<Vec<SentenceId>>>,
    pub(super) whole: OnceLock<Whole>,
}

impl Kept {
    /// A session that was read and no more.
    pub fn read(read: ReadSession) -> Self {
        Kept(Made::Read(Box::new(read)))
    }

    /// The session made ready with what is known of people now: the same as [`Prepared::new`].
    ///
    /// `session` is the one that this was made of.
    pub fn prepare<'a>(self, session: &'a Session, known: &KnownPeople) -> Prepared<'a> {
        match self.0 {
            Made::Read(read) => Prepared::of_read(session, *read, known),
            Made::Prepared(stages) => stages.prepare(session, known),
        }
    }
}

impl Prepared<'_> {
    /// What was made of the session, to be kept until more is known of people.
    pub fn keep(self) -> Kept {
        let Prepared { people, phrases, analysis, weighting, heading_terms, indexes, .. } = self;
        Kept(Made::Prepared(Box::new(Stages {
            people,
            phrases,
            analysis,
            weighting,
            heading_terms,
            indexes,
        })))
    }
}

impl Stages {
    fn prepare<'a>(self, session: &'a Session, known: &KnownPeople) -> Prepared<'a> {
        let Stages { people: before, phrases, mut analysis, weighting, heading_terms, indexes } = self;
        let text = Text {
            tokens: mem::take(&mut analysis.tokens),
            sentences: mem::take(&mut analysis.sentences),
            name_words: mem::take(&mut analysis.name_words),
        };
        let people = people::resolve_with(session, &text, &phrases, known);
        if people.of_label != before.of_label || people.speakers.len() != before.speakers.len() {
            return Prepared::of_people(session, people, ReadSession { text, phrases });
        }
        let Text { tokens, sentences, name_words } = text;
        let analysis = Analysis { tokens, sentences, name_words, ..analysis };
        let (names, stance_index) = (OnceLock::new(), OnceLock::new());
        Prepared {
            session,
            people,
            phrases,
            analysis,
            weighting,
            heading_terms,
            indexes,
            names,
            stance_index,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attendee, Join, SessionBuilder, SpeakerId};
    use crate::people::Directory;

    /// Checks that going on from what was made when nobody was known is the same as beginning anew, and that
    /// the session then has so many voices.
    fn check(session: &Session, known: &KnownPeople, voices: usize) {
        let first = Prepared::new(session, &KnownPeople::default());
        assert_eq!((first.people.speakers.len(), first.subjects().len()), (4, 4));
        let (again, anew) = (first.keep().prepare(session, known), Prepared::new(session, known));
        assert_eq!(again.people.speakers.len(), voices);
        assert_eq!(again.people, anew.people);
        assert_eq!(format!("{:?}", again.analysis), format!("{:?}", anew.analysis));
        assert_eq!(format!("{:?}", again.weighting), format!("{:?}", anew.weighting));
        assert_eq!(again.subjects(), anew.subjects());
        let candidates = |prepared: &Prepared<'_>| prepared.candidates_of(&[SpeakerId(0)]);
        assert_eq!(candidates(&again), candidates(&anew));
    }

    #[test]
    fn a_session_goes_on_from_what_was_kept_with_the_same_voices_and_with_others() {
        let mut builder = SessionBuilder::new("minutes");
        for (label, text) in [
            ("AO", "We oppose the levy."),
            ("Bo Lund", "Ports pay it."),
            ("Ada Okoro", "Thank you."),
            ("BL", "A port levy is fair."),
        ] {
            builder.turn(label).text(text, Join::Line, 1, None);
        }
        let session = builder.finish(0);
        check(&session, &KnownPeople::default(), 4);
        let mut listed = SessionBuilder::new("list");
        listed.session().attendees = [("Ada Okoro", "AO"), ("Bo Lund", "BL")]
            .map(|(name, alias)| Attendee {
                name: name.to_owned(),
                aliases: vec![alias.to_owned()],
                ..Attendee::default()
            })
            .into();
        let directory = Directory::of(&[listed.finish(0)]);
        check(&session, &KnownPeople { directory, ..KnownPeople::default() }, 2);
    }
}
