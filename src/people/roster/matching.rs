//! Which entry of a roster a label belongs to.

use rustc_hash::FxHashMap;

use super::super::labels::names::{core_name, folded};
use crate::model::{Roster, RosterEntry};

/// The entries of a roster by name and alias.
#[derive(Debug)]
pub(in super::super) struct Index<'r> {
    roster: &'r Roster,
    by_label: FxHashMap<String, usize>,
    /// By the words of the name without titles; `None` where two entries share them.
    by_core: FxHashMap<Vec<String>, Option<usize>>,
}

impl<'r> Index<'r> {
    pub(in super::super) fn new(roster: &'r Roster) -> Self {
        let mut index = Index { roster, by_label: FxHashMap::default(), by_core: FxHashMap::default() };
        for (number, entry) in roster.entries.iter().enumerate() {
            for name in std::iter::once(&entry.speaker).chain(&entry.aliases) {
                index.by_label.entry(folded(name)).or_insert(number);
                let core = core_name(name);
                if core.len() > 1 {
                    let known = index.by_core.entry(core).or_insert(Some(number));
                    if *known != Some(number) {
                        *known = None;
                    }
                }
            }
        }
        index
    }

    /// The number of the entry that lists a label: as it is, else as a full name with another title
    /// or another part in brackets.
    pub(in super::super) fn find(&self, label: &str) -> Option<usize> {
        let exact = self.by_label.get(&folded(label)).copied();
        exact.or_else(|| self.by_core.get(&core_name(label)).copied().flatten())
    }

    /// An entry.
    pub(in super::super) fn entry(&self, number: usize) -> Option<&'r RosterEntry> {
        self.roster.entries.get(number)
    }
}
