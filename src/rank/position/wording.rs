//! The word classes that tell a position from a story or a courtesy. The words of each language are data
//! of `language`.

use std::sync::LazyLock;

use crate::language::{ByLanguage, List, Row, Sections};
use crate::model::Language;
use crate::text::Categories;

named! {
    /// A class of words and phrases.
    Class,
    /// The names of the classes in the lists, in their order.
    CLASSES,
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

named! {
    /// A kind of words by which openings hang or stand.
    Opening,
    /// The names of these kinds in the lists, in their order.
    HANGING,
    Joins "joins",
    Hangs "hangs",
    Points "points",
    Exists "exists",
    Introduces "introduces",
    Foreshadows "foreshadows",
    Tells "tells",
    Specifies "specifies",
    Predicates "predicates",
    Relatives "relatives",
}

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
