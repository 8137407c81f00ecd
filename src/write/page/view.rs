//! A session of a page with what several sections look up in it.

use std::collections::BTreeMap;

use crate::model::{
    Evidence, IssueTotals, Language, Page, PageSession, PageTurn, SpeakerInfo, Stance, Timing,
};

use crate::write::one_line;
use crate::write::phrases::{Phrases, fill, phrases};

/// A session of a page.
pub(super) struct View<'p> {
    pub(super) page: &'p Page,
    pub(super) session: &'p PageSession,
    pub(super) phrases: &'static Phrases,
    /// What identifiers begin with.
    prefix: String,
    /// The file that the session's sections are in; empty where they are on the page itself.
    file: &'p str,
    speakers: BTreeMap<&'p str, &'p SpeakerInfo>,
}

impl<'p> View<'p> {
    /// The sessions of a page in order.
    pub(super) fn all(page: &'p Page) -> Vec<View<'p>> {
        let prefix =
            |at: usize| if page.sessions.len() > 1 { format!("x{}-", at + 1) } else { String::new() };
        let phrases = of_page(page);
        let view = |(at, session): (usize, &'p PageSession)| View {
            page,
            session,
            phrases,
            prefix: prefix(at),
            file: page.presentation.session_files.get(at).map_or("", String::as_str),
            speakers: session.part.speakers.iter().map(|s| (s.name.as_str(), s)).collect(),
        };
        page.sessions.iter().enumerate().map(view).collect()
    }

    /// An identifier in this session's part of the page.
    pub(super) fn id(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
    }

    /// Where a link to something in the session's sections leads.
    pub(super) fn link(&self, id: &str) -> String {
        match self.file {
            "" => format!("#{}", self.id(id)),
            // There the session is alone, so that its identifiers have no prefix.
            file => format!("{file}#{id}"),
        }
    }

    /// Where a recording of the session can be heard from a time on; empty where none is known.
    pub(super) fn media_link(&self, time: Option<Timing>) -> String {
        let id = self.session.part.info.id.as_str();
        let media = &self.page.presentation.media;
        let own = media.iter().find(|media| media.session == id);
        let url = own.or_else(|| media.iter().find(|media| media.session.is_empty())).map(|media| &media.url);
        url.zip(time).map_or_else(String::new, |(url, time)| url.at(time.start))
    }

    /// A voice by its name.
    pub(super) fn speaker(&self, name: &str) -> Option<&'p SpeakerInfo> {
        self.speakers.get(name).copied()
    }

    /// A turn by its number.
    pub(super) fn turn(&self, number: u64) -> Option<&'p PageTurn> {
        self.session.turns.get(usize::try_from(number).ok()?)
    }

    /// The kinds of a stakeholder's voices; empty where none is known.
    pub(super) fn group(&self, stakeholder: &str) -> String {
        let counts = self.session.part.counts.stakeholders.iter().find(|counts| counts.name == stakeholder);
        let groups: Vec<&str> = counts.iter().flat_map(|counts| &counts.groups).map(String::as_str).collect();
        groups.join(", ")
    }

    /// The issues of the page.
    pub(super) fn issues(&self) -> impl Iterator<Item = &'p IssueTotals> + use<'p> {
        self.page.overall.issues.iter()
    }

    /// Whether the issues were looked for in the sessions, and not given.
    pub(super) fn issues_were_found(&self) -> bool {
        self.page.settings.comparison().is_none_or(|settings| settings.issues.is_empty())
    }

    /// What a turn is called in headings.
    pub(super) fn turn_name(&self, turn: u64) -> String {
        let session = self.prefix.trim_matches(['x', '-'].as_slice());
        let phrase = if session.is_empty() { self.phrases.turn } else { self.phrases.session_turn };
        fill(phrase, &[("session", session), ("n", &turn.to_string())])
    }

    /// The same within a sentence.
    pub(super) fn turn_place(&self, turn: u64) -> String {
        let session = self.prefix.trim_matches(['x', '-'].as_slice());
        let phrase =
            if session.is_empty() { self.phrases.place_turn } else { self.phrases.place_session_turn };
        fill(phrase, &[("session", session), ("n", &turn.to_string())])
    }

    /// What is quoted of a sentence besides the positions.
    pub(super) fn quoted(&self, turn: u64, sentence: u64) -> Option<&'p Evidence> {
        let quoted = &self.session.quoted;
        let found = quoted.binary_search_by_key(&(turn, sentence), |e| (e.turn, e.sentence)).ok()?;
        quoted.get(found)
    }

    /// The stance that a quotation states of its issue; on any subject where it has no issue.
    pub(super) fn stance_on_issue(&self, evidence: &Evidence) -> Option<Stance> {
        let (part, place) = (&self.session.part, (evidence.turn, evidence.sentence));
        let found = part.sentences.binary_search_by_key(&place, |row| (row.turn, row.sentence)).ok();
        let stated = found.and_then(|at| part.sentences.get(at)).and_then(|row| {
            // An answer on a motion states a stance on it in no words of its own.
            let counts = || part.stances.iter().any(|on| on.evidence.contains(&place));
            row.stance_on_issue.or(row.stance.filter(|_| row.issue.is_empty() || counts()))
        });
        // A quotation that is cut need not hold the words that state it.
        stated.filter(|_| evidence.stance.is_some())
    }

    /// What a section of one of several sessions is called.
    pub(super) fn section_title(&self, section: &str) -> String {
        let date = &self.session.part.info.date;
        let date = if date.is_empty() { String::new() } else { format!(", {date}") };
        format!("{}{date}: {section}", self.title())
    }

    /// What the session is called.
    pub(super) fn title(&self) -> String {
        let info = &self.session.part.info;
        let file = info.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let named = [info.title.as_str(), info.id.as_str(), file];
        let title = named.iter().map(|name| one_line(name)).find(|name| !name.is_empty());
        title.unwrap_or_else(|| self.phrases.untitled.to_owned())
    }
}

/// The phrases of a page: of the language that is asked for, else of that in which most is said.
pub(super) fn of_page(page: &Page) -> &'static Phrases {
    let mut words: Vec<(Language, u64)> = Vec::new();
    for session in &page.sessions {
        let info = &session.part.info;
        match words.iter_mut().find(|(language, _)| language.code() == info.language) {
            Some((_, n)) => *n += info.words,
            None => words.extend(info.language.parse().ok().map(|language| (language, info.words))),
        }
    }
    // Of equal ones the first.
    let most = words.iter().rev().max_by_key(|(_, n)| *n).map(|(language, _)| *language);
    phrases(page.presentation.language.or(most).unwrap_or(Language::UNKNOWN))
}
