//! A session of a page with what several sections look up in it.

use std::collections::BTreeMap;

use crate::model::{Evidence, IssueTotals, Page, PageSession, PageTurn, SpeakerInfo, Stance};

use crate::write::one_line;

/// A session of a page.
pub(super) struct View<'p> {
    pub(super) page: &'p Page,
    pub(super) session: &'p PageSession,
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
        let view = |(at, session): (usize, &'p PageSession)| View {
            page,
            session,
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
        if session.is_empty() { format!("Turn {turn}") } else { format!("Session {session}, turn {turn}") }
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
        title.unwrap_or_else(|| "Session without a title".to_owned())
    }
}
