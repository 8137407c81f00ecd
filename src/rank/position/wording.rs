//! The word classes that tell a position from a story or a courtesy. The words of each language are data
//! in `../data/positions/`.

use std::sync::LazyLock;

use crate::model::{ByLanguage, Language};
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
pub(super) const HANGING: &[&str] =
    &["joins", "hangs", "points", "exists", "introduces", "foreshadows", "tells"];

/// The lists of each language.
const LISTS: &[(&str, &str)] = &[
    ("en", include_str!("../data/positions/en.txt")),
    ("fr", include_str!("../data/positions/fr.txt")),
    ("es", include_str!("../data/positions/es.txt")),
    ("de", include_str!("../data/positions/de.txt")),
    ("it", include_str!("../data/positions/it.txt")),
    ("pt", include_str!("../data/positions/pt.txt")),
    ("ru", include_str!("../data/positions/ru.txt")),
    ("ar", include_str!("../data/positions/ar.txt")),
    ("zh", include_str!("../data/positions/zh.txt")),
];

/// The lists of a language; empty ones for a language without.
pub(super) fn lists(language: Language) -> &'static Lists {
    static PARSED: ByLanguage<Lists, { LISTS.len() }> = ByLanguage::empty();
    static NONE: LazyLock<Lists> = LazyLock::new(|| parse("", ""));
    PARSED.get(language, LISTS, |(code, _)| code, |(code, list)| parse(code, list)).unwrap_or(&NONE)
}

fn parse(code: &str, list: &'static str) -> Lists {
    let language = code.parse().unwrap_or(Language::UNKNOWN);
    Lists {
        classes: Categories::parse(list, CLASSES, language),
        hanging: Categories::parse(list, HANGING, language),
        has_capital_nouns: list.lines().any(|line| line == "[nouns have capitals]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_every_language_have_all_classes_and_no_others() {
        for (code, list) in LISTS {
            let sections: Vec<&str> =
                list.lines().filter_map(|l| l.strip_prefix('[')?.strip_suffix(']')).collect();
            for name in CLASSES.iter().chain(HANGING) {
                assert!(sections.contains(name), "{code} has no [{name}]");
            }
            for section in sections {
                let is_known = CLASSES.contains(&section) || HANGING.contains(&section);
                assert!(is_known || section == "nouns have capitals", "{code}: [{section}]");
            }
        }
    }
}
