//! The table of languages: a row each.

use whichlang::Lang;

use crate::model::{Language, is_ideograph};

use super::lists::List;
use super::sections::Sections;
use super::stems::Stemming;

/// The letters that a language is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Arabic letters.
    Arabic,
    /// Chinese characters.
    Han,
}

impl Script {
    /// Whether a character belongs to the script. Digits and marks of ASCII count as Latin.
    pub fn has(self, c: char) -> bool {
        match self {
            Script::Latin => c < '\u{250}' || ('\u{1E00}'..='\u{1EFF}').contains(&c),
            Script::Cyrillic => ('\u{400}'..='\u{4FF}').contains(&c),
            Script::Arabic => ('\u{600}'..='\u{6FF}').contains(&c),
            // Japanese syllables are among the ideographs for the division into words only.
            Script::Han => is_ideograph(c) && !('\u{3041}'..='\u{30FF}').contains(&c),
        }
    }

    /// Whether much that is a stop word elsewhere is no word of its own.
    pub fn is_dense(self) -> bool {
        matches!(self, Script::Arabic | Script::Han)
    }
}

/// A language: what is known about it besides its lists, and the lists.
#[derive(Debug)]
pub struct Row {
    /// ISO 639-1 code, which is also the name of its folder in `data/`.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// What it is written in.
    pub script: Script,
    /// How its words are stemmed.
    pub(super) stemming: Stemming,
    /// As what the detector of letters knows it, if it does.
    pub(super) detected_as: Option<Lang>,
    /// The texts of its lists.
    lists: &'static [(List, &'static str)],
    /// The lists that it does not have, with the reason.
    holes: &'static [&'static [(List, &'static str)]],
}

impl Row {
    /// The language of the row.
    pub fn language(&self) -> Language {
        self.code.parse().unwrap_or(Language::UNKNOWN)
    }

    /// The text of a list, if the language has it.
    pub fn list(&self, list: List) -> Option<&'static str> {
        self.lists.iter().find(|(known, _)| *known == list).map(|(_, text)| *text)
    }

    /// Why the language does not have a list; none where it has.
    pub fn hole(&self, list: List) -> Option<&'static str> {
        self.holes.iter().copied().flatten().find(|(known, _)| *known == list).map(|(_, reason)| *reason)
    }
}

/// The row of a language, if it has one.
pub fn row(language: Language) -> Option<&'static Row> {
    LANGUAGES.iter().find(|row| row.code == language.code())
}

/// A row with the lists that every language has, those of `lists` besides, and the reasons for the others.
macro_rules! language {
    ($code:literal, $name:literal, $script:ident, $detected:expr, $stemming:expr,
     lists: [$($list:ident $file:literal),*], holes: $holes:expr) => {
        Row {
            code: $code,
            name: $name,
            script: Script::$script,
            stemming: $stemming,
            detected_as: $detected,
            lists: language!(@lists $code,
                Abbreviations "abbreviations", StopWords "stop_words", Fillers "fillers",
                Repeats "repeats", Clauses "clauses", Noise "noise",
                Cues "cues", Procedure "procedure", Leaning "leaning", Question "question",
                People "people", Issues "issues",
                References "references", StanceClasses "stance_classes",
                Positions "positions", PositionKinds "position_kinds", Page "page"
                $(, $list $file)*),
            holes: $holes,
        }
    };
    (@lists $code:literal, $($list:ident $file:literal),*) => {
        &[$((List::$list, include_str!(concat!("data/", $code, "/", $file, ".txt")))),*]
    };
}

/// The languages in the order in which they are tried. The name of a list's file is [`List::file`].
pub const LANGUAGES: &[Row] = &[
    language!("en", "English", Latin, Some(Lang::Eng), Stemming::Library(rust_stemmers::Algorithm::English),
        lists: [Wording "wording", Tails "tails", StemExceptions "stem_exceptions",
            Attitudes "attitudes", Evaluations "evaluations", Answers "answers", Motions "motions",
            Sides "sides", Scope "scope", Targets "targets",
            Affiliations "affiliations", Aliases "aliases",
            VerbatimRecords "verbatim_records",
            ParliamentaryRecords "parliamentary_records", SessionPages "session_pages", Months "months"],
        holes: &[]),
    language!("fr", "French", Latin, Some(Lang::Fra), Stemming::Current(frostem::Algorithm::French),
        lists: [Wording "wording", Months "months"], holes: &[ENGLISH_ONLY]),
    language!("es", "Spanish", Latin, Some(Lang::Spa), Stemming::Current(frostem::Algorithm::Spanish),
        lists: [Wording "wording", Months "months"], holes: &[ENGLISH_ONLY]),
    language!("de", "German", Latin, Some(Lang::Deu), Stemming::Current(frostem::Algorithm::German),
        lists: [Wording "wording", Months "months"], holes: &[ENGLISH_ONLY]),
    language!("it", "Italian", Latin, Some(Lang::Ita), Stemming::Current(frostem::Algorithm::Italian),
        lists: [Wording "wording", Months "months"], holes: &[ENGLISH_ONLY]),
    language!("pt", "Portuguese", Latin, Some(Lang::Por), Stemming::Library(rust_stemmers::Algorithm::Portuguese),
        lists: [Wording "wording", Months "months"], holes: &[ENGLISH_ONLY]),
    language!("ru", "Russian", Cyrillic, Some(Lang::Rus), Stemming::Current(frostem::Algorithm::Russian),
        lists: [Wording "wording", Months "months"], holes: &[ENGLISH_ONLY]),
    language!("ar", "Arabic", Arabic, Some(Lang::Ara), Stemming::Current(frostem::Algorithm::Arabic),
        lists: [Wording "wording", Months "months"], holes: &[ENGLISH_ONLY]),
    language!("zh", "Chinese", Han, Some(Lang::Cmn), Stemming::None, lists: [],
    holes: &[ENGLISH_ONLY, &[
        (List::Wording, "its words are counted between white space, which Chinese does not write"),
        (List::Months, "months are numbers"),
    ]]),
];

/// The lists that only English has.
const ENGLISH_ONLY: &[(List, &str)] = &[
    (List::StemExceptions, "only the English stemmer of the library is out of date"),
    (List::Tails, "where a clause that only adds begins was tried on English alone"),
    (List::Attitudes, LEXICON),
    (List::Evaluations, LEXICON),
    (List::Answers, LEXICON),
    (List::Motions, LEXICON),
    (List::Sides, LEXICON),
    (List::Scope, LEXICON),
    (List::Targets, LEXICON),
    (List::Affiliations, SPOKEN_NAMES),
    (List::Aliases, SPOKEN_NAMES),
    (List::VerbatimRecords, PUBLISHED),
    (List::ParliamentaryRecords, PUBLISHED),
    (List::SessionPages, PUBLISHED),
];

/// Why a language has no part of the lexicon of stances.
const LEXICON: &str = "the rules for the scope of cues are those of English";

/// Why a language has no phrases around names.
const SPOKEN_NAMES: &str = "names in speech are looked for by English phrases in every session";

/// Why a language has no words of a format.
const PUBLISHED: &str = "the format is read in English only";

/// The sections of a list in English, for what English words are looked for in sessions of every language.
pub fn english(list: List) -> Sections<'static> {
    Sections::parse(row(Language::ENGLISH).and_then(|row| row.list(list)).unwrap_or(""))
}
