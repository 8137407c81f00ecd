//! A question put to a session, as far as it was understood.

use super::speaker::SpeakerId;
use super::stance::Stance;
use super::term::TermId;

/// The subject of a question, the speakers it names and what it wants to know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// The terms that the session knows, each once, in the order of the question.
    pub terms: Vec<TermId>,
    /// Those of them that say at what occasion (“… when discussing the budget”), in the same order.
    pub setting: Vec<TermId>,
    /// Terms of the session that look related to a word of the question (`transcriber` for
    /// `transcription`), each once, without those in `terms`.
    pub related: Vec<TermId>,
    /// Initials that the session has for names of several words in `terms`, each with one of these: `ga` stands for
    /// `general` and `assembly`.
    pub short_forms: Vec<(TermId, TermId)>,
    /// Where it asks about two words that follow each other and no sentence says both, as it writes them.
    pub apart: Option<String>,
    /// The terms of its names of several words, as they follow each other in the name.
    pub names: Vec<Vec<TermId>>,
    /// Content words of the question that nobody in the session uses.
    pub unknown: Vec<String>,
    /// Whether nobody says what it names as its subject: “What was said about watermarks?”.
    pub is_subject_unsaid: bool,
    /// The speakers it names, each once.
    pub speakers: Vec<SpeakerId>,
    /// The names of them as the question writes them, where they are read as misspelt.
    pub misspelt: Vec<String>,
    /// Whether their words alone are asked for (“What did A say …?”), not what others said to them or
    /// of them.
    pub asks_them_only: bool,
    /// Whether it asks what was decided or concluded.
    pub wants_decision: bool,
    /// Whether that is all it asks: what the session came to, not what was decided about something.
    pub wants_outcome: bool,
    /// Stems of its words that ask how a matter was settled: “decided”, “outcome”, “approved”, “advance”.
    pub settling: Vec<String>,
    /// Whether it asks for reasons.
    pub wants_reason: bool,
    /// Whether it asks what somebody asks for.
    pub wants_request: bool,
    /// Whether it asks for a figure: how many, how much.
    pub wants_figure: bool,
    /// What it counts: the term after “how many”.
    pub counted: Option<TermId>,
    /// Whether that figure is an amount: “How much does it cost?”.
    pub wants_amount: bool,
    /// Its terms that say that the figure is one of money: an amount says as much.
    pub money: Vec<TermId>,
    /// Whether it asks for a time: when.
    pub wants_time: bool,
    /// Whether it asks for somebody, and not for those who take a stand: “Who wrote the report?”.
    pub wants_person: bool,
    /// Whether something is denied in it: “Why can't we …?”.
    pub denies: bool,
    /// The stance of those it names that it asks for: “What worries Ms Duarte?”.
    pub wants_stance: Option<Stance>,
    /// The stance of the people it asks for (“Who supports …?”), if it asks for people.
    pub stand: Option<Stand>,
    /// What somebody is asked for who holds it to be so, which is a stand where it is the session's motion.
    pub held: Option<Stand>,
}

/// A stand that a question asks who takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The stance that is asked for.
    pub stance: Stance,
    /// What it is taken on, in the question's words that have content.
    pub thing: String,
}

impl Question {
    /// Whether an answer may quote a speaker.
    pub fn hears(&self, speaker: SpeakerId) -> bool {
        !self.asks_them_only || self.speakers.contains(&speaker)
    }

    /// Whether a term is one of what the question is about, or related to one.
    pub fn is_about(&self, term: TermId) -> bool {
        self.terms.contains(&term) || self.related.contains(&term)
    }
}
