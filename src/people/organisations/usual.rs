//! One name for each organisation: what the roster says, and spellings that stand for the same everywhere.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::labels::names::folded;
use super::LISTS;
use crate::language::SharedList;
use crate::model::{Roster, RosterOrganisation};

/// What holds without a roster.
struct BuiltIn {
    unknown: FxHashSet<String>,
    legal_forms: FxHashSet<&'static str>,
    /// By folded spelling.
    usual: FxHashMap<String, &'static str>,
}

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let sections = SharedList::Organisations.read();
    let mut usual = FxHashMap::default();
    for line in sections.lines("usual names") {
        let Some(first) = line.phrases().next() else { continue };
        usual.extend(line.phrases().map(|spelling| (folded(spelling), first)));
    }
    BuiltIn {
        unknown: sections.texts("unknown").map(folded).collect(),
        legal_forms: sections.words("legal forms").collect(),
        usual,
    }
});

/// Whether a list says with these words that it does not know the organisation: `tbd`, `??`, `-`.
pub(in super::super) fn is_unknown(name: &str) -> bool {
    !name.chars().any(char::is_alphanumeric) || BUILT_IN.unknown.contains(&folded(name))
}

/// The names to be used for organisations.
pub(in super::super) struct UsualNames<'r> {
    /// The organisations of the roster by each of their names, as [`key`] has them.
    listed: FxHashMap<String, &'r RosterOrganisation>,
}

impl<'r> UsualNames<'r> {
    pub(in super::super) fn new(roster: &'r Roster) -> Self {
        let mut listed = FxHashMap::default();
        for organisation in &roster.organisations {
            for name in std::iter::once(&organisation.name).chain(&organisation.aliases) {
                listed.entry(key(name)).or_insert(organisation);
            }
        }
        UsualNames { listed }
    }

    /// The name to be used for an organisation that is called `name`: the roster's, else the usual spelling,
    /// else its own without a legal form.
    pub(in super::super) fn of(&self, name: &str) -> String {
        if let Some(organisation) = self.organisation(name) {
            return organisation.name.clone();
        }
        let usual = BUILT_IN.usual.get(&folded(name));
        usual.copied().unwrap_or_else(|| without_legal_form(name)).to_owned()
    }

    /// The group that the roster gives those who speak for an organisation; empty where it gives none.
    pub(in super::super) fn group_of(&self, name: &str) -> &str {
        self.organisation(name).map_or("", |organisation| &organisation.group)
    }

    fn organisation(&self, name: &str) -> Option<&'r RosterOrganisation> {
        if self.listed.is_empty() { None } else { self.listed.get(&key(name)).copied() }
    }
}

/// A name as it is compared.
pub(in super::super) fn key(name: &str) -> String {
    folded(without_legal_form(name))
}

/// A name without its legal form, which may have two parts (`Co., Ltd.` leaves `Co.`); the whole name where
/// nothing but a word for an organisation would be left (`Bank Ltd`).
fn without_legal_form(name: &str) -> &str {
    let name = name.trim();
    let Some((rest, last)) = name.rsplit_once(char::is_whitespace) else { return name };
    let rest = rest.trim_end().trim_end_matches(',');
    let last = folded(last).replace('.', "");
    let is_form = BUILT_IN.legal_forms.contains(last.as_str());
    let is_name = rest.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !LISTS.organisation_words.contains(folded(rest).as_str());
    if is_form && is_name { rest } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_legal_forms_lead_to_one_name() {
        let roster = Roster {
            organisations: vec![RosterOrganisation {
                name: "Kestrel Machines".into(),
                aliases: vec!["KM".into(), "International Kestrel Inc.".into()],
                group: "industry".into(),
            }],
            ..Roster::default()
        };
        let (usual, none) = (UsualNames::new(&roster), Roster::default());
        let built_in = UsualNames::new(&none);
        for (name, expected) in [
            ("Sifter Inc", "Sifter"),
            ("Sifter, Inc.", "Sifter"),
            ("Sifter GmbH", "Sifter GmbH"),
            ("Sifter Co., Ltd.", "Sifter Co."),
            ("Sifter", "Sifter"),
            ("Bank Ltd", "Bank Ltd"),
            ("Inc", "Inc"),
            ("Harbour Broadcasting Corporation", "Harbour Broadcasting Corporation"),
            ("Invited expert(s)", "Invited Expert"),
            ("invited experts", "Invited Expert"),
            ("", ""),
        ] {
            assert_eq!(built_in.of(name), expected, "{name}");
            assert_eq!(usual.of(name), expected, "{name}");
            assert_eq!(usual.group_of(name), "", "{name}");
        }
        for name in
            ["KM", "km", "International Kestrel", "international kestrel inc", "Kestrel Machines Ltd."]
        {
            assert_eq!(
                (usual.of(name).as_str(), usual.group_of(name)),
                ("Kestrel Machines", "industry"),
                "{name}"
            );
        }
    }

    #[test]
    fn what_says_that_nothing_is_known_is_no_organisation() {
        for name in ["tbd", "TBD", "??", "-", "N/A", "", "n.a."] {
            assert!(is_unknown(name), "{name}");
        }
        for name in ["3M", "TBDx", "Nona", "Unknown Worlds"] {
            assert!(!is_unknown(name), "{name}");
        }
    }
}
