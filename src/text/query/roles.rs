//! What the words of a question do in it, by the lists of its language.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::language::{ByLanguage, LanguageData, List, Sections, data};
use crate::model::Language;

/// What a word may do in a question, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles(u32);

impl Roles {
    /// Leads to the occasion (“… when discussing the budget”).
    pub(super) const SETTING: Roles = Roles(1);
    /// Leads to the subject (“… about the budget”).
    pub(super) const SUBJECT: Roles = Roles(1 << 1);
    /// Frames the question and says nothing of what it is about.
    pub(super) const FRAME: Roles = Roles(1 << 2);
    /// Means all who were there.
    pub(super) const EVERYONE: Roles = Roles(1 << 3);
    /// Makes the name after it an addressee.
    pub(super) const ADDRESSEE: Roles = Roles(1 << 4);
    /// Asks for a decision.
    pub(super) const DECISION: Roles = Roles(1 << 5);
    /// Asks for a reason.
    pub(super) const REASON: Roles = Roles(1 << 6);
    /// Asks, beside a word for a decision, what a session came to.
    pub(super) const OUTCOME: Roles = Roles(1 << 7);
    /// Asks who.
    pub(super) const WHO: Roles = Roles(1 << 8);
    /// Words for the stances of [`SIDES`].
    pub(super) const SIDES: [Roles; 3] = [Roles(1 << 9), Roles(1 << 10), Roles(1 << 11)];

    /// Asks for a figure.
    pub(super) const FIGURE: Roles = Roles(1 << 12);
    /// Asks for a figure before a word of degree (“how many”).
    pub(super) const HOW: Roles = Roles(1 << 13);
    /// A word of degree.
    pub(super) const DEGREE: Roles = Roles(1 << 14);
    /// Asks for a time.
    pub(super) const WHEN: Roles = Roles(1 << 15);
    /// Makes the word after it that stands for a side one of supporters: “is for”.
    pub(super) const BE: Roles = Roles(1 << 16);
    /// Such a word.
    pub(super) const FOR: Roles = Roles(1 << 17);
    /// A word of degree for what is not counted: “how much”.
    pub(super) const MASS: Roles = Roles(1 << 18);
    /// Asks for a person.
    pub(super) const PERSON: Roles = Roles(1 << 19);
    /// Who does it to a thing supports it, and opposes it where that is denied.
    pub(super) const WANT: Roles = Roles(1 << 20);
    /// Asks how a matter was settled.
    pub(super) const SETTLED: Roles = Roles(1 << 21);
    /// Says, where a figure is asked for, that it is one of money: an amount says as much.
    pub(super) const MONEY: Roles = Roles(1 << 22);
    /// Holds, as a subject of “who”, what follows to be so: “argue”.
    pub(super) const HOLD: Roles = Roles(1 << 23);
    /// Says that somebody asks for something.
    pub(super) const REQUEST: Roles = Roles(1 << 24);

    /// The sections of the lists and what their words do.
    const SECTIONS: [(&str, Roles); 25] = [
        ("setting", Roles::SETTING),
        ("subject", Roles::SUBJECT),
        ("frame", Roles::FRAME),
        ("everyone", Roles::EVERYONE),
        ("addressee", Roles::ADDRESSEE),
        ("decision", Roles::DECISION),
        ("reason", Roles::REASON),
        ("outcome", Roles::OUTCOME),
        ("who", Roles::WHO),
        ("support", Roles::SIDES[0]),
        ("oppose", Roles::SIDES[1]),
        ("concern", Roles::SIDES[2]),
        ("figure", Roles::FIGURE),
        ("how", Roles::HOW),
        ("degree", Roles::DEGREE),
        ("when", Roles::WHEN),
        ("be", Roles::BE),
        ("for", Roles::FOR),
        ("mass", Roles::MASS),
        ("person", Roles::PERSON),
        ("want", Roles::WANT),
        ("settled", Roles::SETTLED),
        ("money", Roles::MONEY),
        ("hold", Roles::HOLD),
        ("request", Roles::REQUEST),
    ];

    pub(super) fn has(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }
}

/// The words of the lists, folded, and what they do in a question.
pub(super) type Lists = FxHashMap<Cow<'static, str>, Roles>;

pub(super) fn roles_of(word: &str, lists: &Lists, data: &LanguageData) -> Roles {
    let of = |word: &str| lists.get(word).map_or(0, |roles| roles.0);
    let folded = data.folded(word);
    // Words that lead to the occasion are short: only the very word is one.
    let exact = of(word) & Roles::SETTING.0;
    Roles(exact | (of(&folded) | of(data.bare(&folded))) & !Roles::SETTING.0)
}

pub(super) fn lists(language: Language) -> Option<&'static Lists> {
    static PARSED: ByLanguage<Option<Lists>> = ByLanguage::new();
    PARSED.of_list(language, List::Question, |row, sections| parse(row.language(), &sections))
}

fn parse(language: Language, sections: &Sections<'static>) -> Lists {
    let data = data(language);
    let mut lists = Lists::default();
    for (section, role) in Roles::SECTIONS {
        for word in sections.words(section) {
            lists.entry(data.folded(word)).or_default().0 |= role.0;
        }
    }
    lists
}
