//! A session of a page with what several sections look up in it.

use crate::model::{Page, PageSession, PageTurn};

use crate::write::one_line;

/// A session of a page.
pub(super) struct View<'p> {
    pub(super) session: &'p PageSession,
    /// What identifiers begin with.
    prefix: String,
}

impl<'p> View<'p> {
    /// The sessions of a page in order.
    pub(super) fn all(page: &'p Page) -> Vec<View<'p>> {
        let prefix =
            |at: usize| if page.sessions.len() > 1 { format!("x{}-", at + 1) } else { String::new() };
        let view = |(at, session): (usize, &'p PageSession)| View { session, prefix: prefix(at) };
        page.sessions.iter().enumerate().map(view).collect()
    }

    /// An identifier in this session's part of the page.
    pub(super) fn id(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
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

    /// What the session is called.
    pub(super) fn title(&self) -> String {
        let info = &self.session.part.info;
        let file = info.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let named = [info.title.as_str(), info.id.as_str(), file];
        let title = named.iter().map(|name| one_line(name)).find(|name| !name.is_empty());
        title.unwrap_or_else(|| "Session without a title".to_owned())
    }
}
