//! The word classes that tell a position from a story or a courtesy. The words of each language are data
//! of `language`.

use std::sync::LazyLock;

use crate::language::{ByLanguage, List, Row, Sections};
use crate::model::Language;
use crate::text::Categories;

macro_rules! classes {
    ($($class:ident $name:literal,)*) => {
        /// A class of words and phrases.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Class { $(#[doc = $name] $class),* }

        /// The names of the classes in the lists, in their order.
        pub(super) const CLASSES: &[&str] = &[$($name),*];
    };
}

classes! {
    Necessity "necessity",
    Refusal "refusal",
    Ask "ask",
    Support "support",
    Opinion "opinion",
    Worry "worry",
    Praise "praise",
    Negation "negation",
    Contrast "contrast",
    Conclusion "conclusion",
    Reason "reason",
    Condition "condition",
    Absolute "absolute",
    Hedge "hedge",
    Will "will",
    Past "past",
    Present "present",
    FirstSingular "first-singular",
    FirstPlural "first-plural",
    Report "report",
    Courtesy "courtesy",
    Procedure "procedure",
    Quantity "quantity",
    Example "example",
    Spoken "spoken",
    Comparative "comparative",
    Imperative "imperative",
    Existential "existential",
    Definition "definition",
    Order "order",
}

/// What the lists of a language tell besides: openings that a sentence hangs by.
pub(super) struct Lists {
    /// The classes.
    pub(super) classes: Categories,
    /// The words of [`HANGING`], by their numbers there.
    pub(super) hanging: Categories,
    /// Whether all nouns begin with a capital, so that capitals tell no name.
    pub(super) has_capital_nouns: bool,
}

/// Kinds of words by which openings hang or stand, in the lists.
pub(super) const HANGING: &[&str] = &[
    "joins",
    "hangs",
    "points",
    "exists",
    "introduces",
    "foreshadows",
    "tells",
    "specifies",
    "predicates",
    "relatives",
];

/// The lists of a language; empty ones for a language without.
pub(super) fn lists(language: Language) -> &'static Lists {
    static PARSED: ByLanguage<Lists> = ByLanguage::new();
    static NONE: LazyLock<Lists> = LazyLock::new(|| parse(Language::UNKNOWN, ""));
    let of_row = |row: &'static Row| parse(language, row.list(List::Positions).unwrap_or(""));
    PARSED.get(language, of_row).unwrap_or(&NONE)
}

fn parse(language: Language, list: &'static str) -> Lists {
    Lists {
        classes: Categories::parse(list, CLASSES, language),
        hanging: Categories::parse(list, HANGING, language),
        has_capital_nouns: Sections::parse(list).has("nouns have capitals"),
    }
}
