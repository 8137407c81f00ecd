//! How common words are in a corpus: counts of stems by language, which add up over sessions.

use std::collections::BTreeMap;
use std::fmt;

use super::language::Language;

/// Counts of stems in the sessions of a corpus, by language. Merging gives the same in any order and any grouping.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct TermStatistics {
    /// The counts of each language.
    pub languages: BTreeMap<Language, LanguageStatistics>,
}

/// Counts of the stems of a language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LanguageStatistics {
    /// Documents, each a sentence.
    pub documents: u64,
    /// Uses of all stems together.
    pub uses: u64,
    /// The stems.
    pub terms: BTreeMap<String, TermCount>,
}

/// How often a stem is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TermCount {
    /// Documents that have it.
    pub documents: u64,
    /// Uses in them.
    pub uses: u64,
}

impl TermStatistics {
    /// Adds the counts of other sessions. A count that would not fit stays at the largest number.
    pub fn merge(&mut self, other: TermStatistics) {
        for (language, more) in other.languages {
            let own = self.languages.entry(language).or_default();
            own.documents = own.documents.saturating_add(more.documents);
            own.uses = own.uses.saturating_add(more.uses);
            for (stem, more) in more.terms {
                let own = own.terms.entry(stem).or_default();
                own.documents = own.documents.saturating_add(more.documents);
                own.uses = own.uses.saturating_add(more.uses);
            }
        }
    }
}

impl LanguageStatistics {
    /// The counts of a stem; 0 where it is unknown.
    pub fn of(&self, stem: &str) -> TermCount {
        self.terms.get(stem).copied().unwrap_or_default()
    }
}

/// How many there are: there may be millions.
impl fmt::Debug for TermStatistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes = self.languages.iter().map(|(language, counts)| (language.code(), counts.terms.len()));
        f.debug_map().entries(sizes).finish()
    }
}
