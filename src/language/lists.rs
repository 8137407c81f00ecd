//! The lists of a language: the file of each, and the sections it may have with the form of their lines.
//!
//! A section or a line that is not declared here is an error, which the tests of this module find.

use super::sections::Line;

/// What a line of a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Words between white space.
    Words,
    /// A phrase.
    Phrase,
    /// Phrases divided by `;`.
    Phrases,
    /// `strength<TAB>phrase`, the strength being above 0.
    Weighted,
    /// `key<TAB>value`.
    Pair,
    /// No line: the section alone says something.
    Flag,
}

impl Form {
    /// Whether a line has the form.
    pub fn fits(self, line: Line<'_>) -> bool {
        let is_clean = |text: &str| !text.is_empty() && text.trim() == text && !text.contains('\t');
        match self {
            Form::Words | Form::Phrase => {
                !line.text.contains('\t') && !line.words().any(|word| word.len() > 1 && word.ends_with(';'))
            }
            Form::Phrases => !line.text.contains('\t') && line.phrases().next().is_some(),
            Form::Weighted => {
                line.weighted().is_some_and(|(weight, phrase)| weight > 0.0 && is_clean(phrase))
            }
            Form::Pair => line.pair().is_some_and(|(key, value)| is_clean(key) && is_clean(value)),
            Form::Flag => false,
        }
    }
}

/// A section that a list may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionForm {
    /// Its name; one that ends in ` *` stands for all names that begin so.
    pub name: &'static str,
    /// What its lines hold.
    pub form: Form,
    /// Whether every language that has the list must have it.
    pub is_required: bool,
}

impl SectionForm {
    /// Whether it is the declaration of a section with that name.
    pub fn is_of(&self, name: &str) -> bool {
        match self.name.strip_suffix('*') {
            Some(beginning) => name.starts_with(beginning),
            None => self.name == name,
        }
    }
}

/// Sections: a form, then the names that all languages must have, then those that some have.
macro_rules! sections {
    ($($form:ident [$($required:literal),*] [$($optional:literal),*]),* $(,)?) => {
        &[$(
            $(SectionForm { name: $required, form: Form::$form, is_required: true },)*
            $(SectionForm { name: $optional, form: Form::$form, is_required: false },)*
        )*]
    };
}

/// Declares the lists: what a list holds, its variant, its file, its sections.
macro_rules! lists {
    ($($(#[$doc:meta])* $list:ident $file:literal { $($sections:tt)* })*) => {
        /// A list that a language may have.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum List { $($(#[$doc])* $list),* }

        impl List {
            /// All lists in the order of their declaration.
            pub const ALL: &[List] = &[$(List::$list),*];

            /// The name of its file in the folder of a language, without `.txt`.
            pub fn file(self) -> &'static str {
                match self { $(List::$list => $file),* }
            }

            /// The sections that it may have.
            pub fn sections(self) -> &'static [SectionForm] {
                match self { $(List::$list => sections!($($sections)*)),* }
            }
        }
    };
}

lists! {
    /// Abbreviations, and what a full stop after them says.
    Abbreviations "abbreviations" {
        Words ["never", "may"]
            ["number", "final", "unit", "time", "exclaiming", "ordinals", "separated"],
    }
    /// Words without content of their own; how words are compared.
    StopWords "stop_words" { Words ["plain", "negation", "modal"] ["elisions", "proclitics", "folding"] }
    /// What fills pauses.
    Fillers "fillers" { Words ["always"] [], Phrase ["set-off", "opening"] [] }
    /// What may be said twice, and what is no beginning of a word.
    Repeats "repeats" { Words ["repeats", "short"] [] }
    /// What opens clauses and sentences.
    Clauses "clauses" {
        Phrase ["strong", "weak"] [],
        Words ["openers", "prepositions", "subjects"] ["first person"],
    }
    /// Markers of noise and of reactions.
    Noise "noise" { Words ["sounds", "around"] ["reactions", "of somebody"] }
    /// Cues of positions, conclusions and decisions.
    Cues "cues" { Weighted ["position", "conclusion", "decision"] [] }
    /// Cues of procedure.
    Procedure "procedure" { Weighted ["procedure", "condolence"] [] }
    /// Openings that lean on the sentence before.
    Leaning "leaning" { Weighted ["leaning"] [] }
    /// The frame of questions.
    Question "question" {
        Words ["subject", "setting", "frame", "everyone", "addressee", "decision", "reason", "outcome", "settled",
            "money", "request", "when", "person", "opposition", "number", "amount", "share", "time", "duration"]
            ["who", "hold", "support", "want", "be", "for", "oppose", "concern", "figure", "how", "degree", "mass"],
        Phrase [] ["settling", "spellings"],
    }
    /// Names of offices in labels, and how the floor is handed over.
    People "people" {
        Phrase ["label moderator", "label chair", "label interpreter", "label audience", "handover",
            "thanks", "view", "floor for"]
            ["label chair before a name", "tabled by", "defends", "for authors", "groups"],
    }
    /// Words that make no label of an issue, and headings that name no subject.
    Issues "issues" {
        Words ["generic", "vague", "actors", "instruments", "alternatives", "generic headings"]
            ["before nouns", "never first", "adjectives", "never last", "articles", "before verbs",
                "places", "joins", "joined articles", "noun prefixes", "dividing headings", "numbered"],
        Phrase [] ["traits", "beginnings", "endings"],
    }
    /// How somebody says that they agree with another.
    References "references" {
        Phrase ["agree", "disagree", "mention", "previous", "agree with you", "agree with that", "vocative"]
            ["says agree", "says disagree", "says agree with you", "says disagree with you",
                "disagree with you", "says agree with that", "says disagree with that",
                "disagree with that", "own", "negation", "joining", "condition", "identifying"],
        Words [] ["adverbs"],
    }
    /// Classes of words that tell how something is spoken of.
    StanceClasses "stance_classes" {
        Phrases ["support", "praise", "call", "deontic", "commit", "assure", "benefit", "condition",
            "oppose", "concern", "lack", "harm", "bad", "question", "contrast", "assert", "procedure",
            "report"] [],
        Words ["negation", "turn", "address"] ["negation behind"],
        Flag [] ["elision"],
    }
    /// Classes of words that tell a position from a story or a courtesy, and words that a sentence hangs by.
    Positions "positions" {
        Phrases ["necessity", "refusal", "ask", "support", "opinion", "worry", "praise", "negation",
            "contrast", "conclusion", "reason", "condition", "absolute", "hedge", "will", "past", "present",
            "first-singular", "first-plural", "report", "courtesy", "procedure", "quantity", "example",
            "spoken", "comparative", "imperative", "existential", "definition", "order",
            "joins", "hangs", "points", "exists", "introduces", "foreshadows", "tells"]
            ["specifies", "predicates", "relatives"],
        Flag [] ["nouns have capitals"],
    }
    /// Phrases that tell the kind of a position.
    PositionKinds "position_kinds" {
        Phrases ["condition", "objection", "concern", "proposal", "commitment", "demand", "support",
            "strong support", "reason", "opens reason", "opens demand", "question of a proposal",
            "courtesy", "reports others", "answers a report", "question of a demand",
            "asks or announces"] [],
    }
    /// Small words that tell a written statement from talk.
    Wording "wording" { Words ["nominal", "involved", "first-person", "second-person", "reason"] [] }
    /// What may be left out at the end of a long sentence.
    Tails "tails" { Phrase ["tail"] [], Words ["turn", "negated endings", "existential"] [] }
    /// Stems where the algorithm in the library differs from today's Snowball.
    StemExceptions "stem_exceptions" { Pair ["stems"] [] }
    /// Cues of the lexicon of stances that are the speaker's own statement.
    Attitudes "attitudes" { Weighted ["attitude *", "statement *"] [] }
    /// Cues of the lexicon that are judgements.
    Evaluations "evaluations" { Weighted ["evaluation *", "acceptance *"] [] }
    /// Cues of the lexicon that are answers.
    Answers "answers" { Weighted ["answer *", "reply *"] [] }
    /// Phrases of motions and their debate.
    Motions "motions" {
        Phrase ["opens a motion", "motion", "passes", "criticises", "welcomes", "the matter", "called",
            "own side", "other side"] [],
    }
    /// Phrases that tell the side of a motion.
    Sides "sides" {
        Phrase ["side for", "side against", "placed for", "placed against", "calls for", "calls against",
            "both sides", "hearers", "same side", "opposite side", "joins names"] [],
    }
    /// What changes what a cue of the lexicon says.
    Scope "scope" {
        Phrase ["own", "other", "between", "negation", "no negation", "raising", "contrast", "concession",
            "conceded", "no contrast", "report", "condition", "unreal", "ending", "joining", "ends negation",
            "consequence", "taking up", "endorsing", "interjection", "asking", "tag", "opens insertion",
            "short name"] [],
        Words ["bodies", "adverbs", "not adverbs", "barriers"] [],
        Pair ["contractions"] [],
    }
    /// Words between a cue and the thing that it is said of.
    Targets "targets" {
        Phrase ["determiner", "preposition", "leading", "about", "carrying", "turning", "topic", "verb",
            "verbal", "clause", "relative", "pronoun", "follows", "complementizer", "infinitive",
            "genitive", "free relative", "negotiated text"] [],
        Words ["gerund endings", "participle endings"] [],
    }
    /// What stands around the name of an organisation that somebody speaks for.
    Affiliations "affiliations" {
        Phrase ["for", "for organised", "behalf", "says of itself", "opening", "adverb", "here",
            "representing", "ours", "jobs of", "self descriptions", "we are", "introducing", "on behalf",
            "own", "after a name", "as", "we before as", "we after", "our after", "articles", "owners",
            "not in jobs", "denying", "denying endings", "opening an introduction"] [],
        Words ["at", "who", "represents", "speaking for", "from", "is", "after an insertion", "job of",
            "job with", "behind a job"] [],
    }
    /// What stands around names by which speakers are called.
    Aliases "aliases" {
        Words ["no names", "saying", "leading", "joining", "addressing", "thanking"] [],
        Phrase ["calling itself"] [],
    }
    /// What tells the parts of a verbatim record of the United Nations.
    VerbatimRecords "verbatim_records" {
        Words ["titles", "offices", "presiding", "particles"] [],
        Phrase ["procedure", "certain procedure", "behalf", "speaking", "articles", "remarks"] [],
    }
    /// What tells labels of parliamentary records without colons.
    ParliamentaryRecords "parliamentary_records" {
        Words ["titles", "titles before names", "titles of hearings", "inside offices", "seat of"] [],
        Phrase ["titles of two words", "members", "interjecting"] [],
    }
    /// Headings of web pages with a session.
    SessionPages "session_pages" {
        Phrase ["transcript headings", "report headings", "statistics headings", "generic titles"] [],
    }
    /// The words of the page of a session.
    Page "page" {
        Pair ["figures", "frame", "quotation", "brief", "issues", "stakeholders", "relations", "glance",
            "transcript", "method", "warnings", "reasons", "charts", "changes"] [],
    }
    /// Names of months.
    Months "months" { Words ["months"] [] }
}
