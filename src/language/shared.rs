//! Lists that hold whatever language a session is in: labels and names are read before it is known, and
//! hold words of many languages.

use super::lists::{Form, SectionForm};
use super::sections::Sections;

/// A list in `data/any/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedList {
    /// Titles of columns in tables.
    Columns,
    /// Credits of subtitles that recognisers put where nothing is said.
    Credits,
    /// What tells labels of speakers from other text before a colon.
    Labels,
    /// How sources name languages.
    LanguageNames,
    /// Words in names of people.
    Names,
    /// Words in names of organisations and jobs.
    Organisations,
}

impl SharedList {
    /// All of them.
    pub const ALL: &[SharedList] = &[
        SharedList::Columns,
        SharedList::Credits,
        SharedList::Labels,
        SharedList::LanguageNames,
        SharedList::Names,
        SharedList::Organisations,
    ];

    /// The name of its file without `.txt`.
    pub fn file(self) -> &'static str {
        match self {
            SharedList::Columns => "columns",
            SharedList::Credits => "credits",
            SharedList::Labels => "labels",
            SharedList::LanguageNames => "language_names",
            SharedList::Names => "names",
            SharedList::Organisations => "organisations",
        }
    }

    /// Its text.
    pub fn text(self) -> &'static str {
        match self {
            SharedList::Columns => include_str!("data/any/columns.txt"),
            SharedList::Credits => include_str!("data/any/credits.txt"),
            SharedList::Labels => include_str!("data/any/labels.txt"),
            SharedList::LanguageNames => include_str!("data/any/language_names.txt"),
            SharedList::Names => include_str!("data/any/names.txt"),
            SharedList::Organisations => include_str!("data/any/organisations.txt"),
        }
    }

    /// Its sections.
    pub fn read(self) -> Sections<'static> {
        Sections::parse(self.text())
    }

    /// The sections that it has.
    pub fn sections(self) -> Vec<SectionForm> {
        let names: &[&str] = match self {
            SharedList::Columns => {
                &["speaker", "text", "session", "start", "end", "stakeholder", "group", "title", "date"]
            }
            SharedList::Credits => &["marks", "credits"],
            SharedList::Labels => &[
                "roles",
                "posts",
                "not labels",
                "not last",
                "colophon beginnings",
                "colophon endings",
                "particles",
                "before family names",
            ],
            SharedList::LanguageNames => &["names"],
            SharedList::Names => &[
                "titles",
                "offices",
                "before offices",
                "before holders",
                "of offices",
                "short titles",
                "moderators",
                "chairs",
                "interpreters",
                "listeners",
                "before letters",
                "in a seat",
                "letters that are words",
                "naming a letter",
                "office of",
                "office articles",
                "office joining",
            ],
            SharedList::Organisations => &[
                "words",
                "ends",
                "none",
                "job words",
                "connectors",
                "joining",
                "leading",
                "articles",
                "places",
                "unknown",
                "legal forms",
                "usual names",
                "parties",
            ],
        };
        let form = |name: &str| match name {
            "credits" | "unknown" => Form::Phrase,
            "usual names" | "parties" => Form::Phrases,
            _ => Form::Words,
        };
        names.iter().map(|name| SectionForm { name, form: form(name), is_required: true }).collect()
    }
}
