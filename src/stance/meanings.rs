//! What the phrases of the data files can mean, and the names of the sections that hold them.

use crate::model::{Ground, ReferenceKind, Stance};

/// What a phrase means to the stage, by the kind of its list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Cue(Cue),
    Scope(Scope),
    Naming(Naming),
    OnMotion(OnMotion),
    Siding(Siding),
    Link(Link),
}

/// A cue: what a phrase states plainly, what under a negation, and how strongly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cue {
    pub(super) ground: Ground,
    /// Whether the phrase needs the speaker as its subject; an answer: whether it must be the whole
    /// sentence.
    pub(super) needs_subject: bool,
    pub(super) affirmed: Option<Stance>,
    pub(super) negated: Option<Stance>,
    /// Whether it tells if a text can be accepted: to say of a text under negotiation that it cannot is opposition.
    pub(super) judges_acceptance: bool,
    /// Above 0, up to 1.
    pub(super) strength: f64,
}

/// What a phrase that states nothing itself does to the cues near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// The speaker: I, we, my delegation.
    Own,
    /// Somebody else as a subject: he, they, those who.
    Other,
    /// May stand between the speaker and what the speaker does: auxiliaries, “am happy to”.
    Between,
    /// Turns what follows into its opposite.
    Negation,
    /// Looks like a negation and is none: “not only”.
    NoNegation,
    /// A negation before it belongs to the clause after it: “I don't think that …”.
    Raising,
    /// The clause after it is the one that counts: but, however.
    Contrast,
    /// The clause it opens is the one that does not count: while, although.
    Concession,
    /// Does not count where a contrast follows: “that is fair, but …”.
    Conceded,
    /// Looks like a contrast or a concession and is none: “but also”.
    NoContrast,
    /// What follows is what its subject says: claims that, insists.
    Report,
    /// What follows holds only if: if, unless.
    Condition,
    /// What follows is only thought of: might, would have.
    Unreal,
    /// What follows is to be ended or kept away: prevent, combat.
    Ending,
    /// Joins verbs of one subject: and, or.
    Joining,
    /// A negation does not reach beyond it: because, which.
    Barring,
    /// Begins the part that a condition leads to: then.
    Consequence,
    /// The speaker takes up what somebody says: “as she said”, “what she said”.
    TakingUp,
    /// The speaker makes what another says its own: “they are right”.
    Endorsing,
    /// May stand before an answer: oh, well.
    Interjection,
    /// A question that opens so states what follows: “do you not agree that”.
    Asking,
    /// Behind a comma at the end it asks for a nod, not whether it is so: “…, right?”.
    Tag,
    /// Opens an insertion between the speaker and its verb: “Kestria, *as* a member of the group, aligns …”.
    InsertionOpening,
}

/// The sections of scope words by name.
pub(super) const SCOPES: &[(&str, Scope)] = &[
    ("own", Scope::Own),
    ("other", Scope::Other),
    ("between", Scope::Between),
    ("negation", Scope::Negation),
    ("no negation", Scope::NoNegation),
    ("raising", Scope::Raising),
    ("contrast", Scope::Contrast),
    ("concession", Scope::Concession),
    ("conceded", Scope::Conceded),
    ("no contrast", Scope::NoContrast),
    ("report", Scope::Report),
    ("condition", Scope::Condition),
    ("unreal", Scope::Unreal),
    ("ending", Scope::Ending),
    ("joining", Scope::Joining),
    ("ends negation", Scope::Barring),
    ("consequence", Scope::Consequence),
    ("taking up", Scope::TakingUp),
    ("endorsing", Scope::Endorsing),
    ("interjection", Scope::Interjection),
    ("asking", Scope::Asking),
    ("tag", Scope::Tag),
    ("opens insertion", Scope::InsertionOpening),
];

/// What a phrase says of a speaker that it names; `@` stands for the name in the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Naming {
    /// The speaker joins the one named. With `needs_subject`, only where it speaks of itself.
    Joins { kind: ReferenceKind, needs_subject: bool },
    /// Stands for the speaker of the turn before: “the previous speaker”.
    Previous,
    /// The speaker joins the one addressed: “I agree with you”.
    Addressed { kind: ReferenceKind, needs_subject: bool },
    /// The speaker answers the turn before: “I agree.”
    Answers { kind: ReferenceKind, needs_subject: bool },
    /// May stand before the name of somebody addressed: “Thank you, Mr. @”.
    Vocative,
    /// Leads from somebody to what tells who it is: the member *for* Harbour East.
    Identifying,
}

/// Sections of phrases that name speakers.
pub(super) const NAMINGS: &[(&str, Naming)] = &[
    ("says agree", Naming::Joins { kind: ReferenceKind::Agree, needs_subject: true }),
    ("says disagree", Naming::Joins { kind: ReferenceKind::Disagree, needs_subject: true }),
    ("agree", Naming::Joins { kind: ReferenceKind::Agree, needs_subject: false }),
    ("disagree", Naming::Joins { kind: ReferenceKind::Disagree, needs_subject: false }),
    ("mention", Naming::Joins { kind: ReferenceKind::Mention, needs_subject: false }),
    ("previous", Naming::Previous),
    ("says agree with you", Naming::Addressed { kind: ReferenceKind::Agree, needs_subject: true }),
    ("says disagree with you", Naming::Addressed { kind: ReferenceKind::Disagree, needs_subject: true }),
    ("agree with you", Naming::Addressed { kind: ReferenceKind::Agree, needs_subject: false }),
    ("disagree with you", Naming::Addressed { kind: ReferenceKind::Disagree, needs_subject: false }),
    ("says agree with that", Naming::Answers { kind: ReferenceKind::Agree, needs_subject: true }),
    ("says disagree with that", Naming::Answers { kind: ReferenceKind::Disagree, needs_subject: true }),
    ("agree with that", Naming::Answers { kind: ReferenceKind::Agree, needs_subject: false }),
    ("disagree with that", Naming::Answers { kind: ReferenceKind::Disagree, needs_subject: false }),
    ("vocative", Naming::Vocative),
    ("identifying", Naming::Identifying),
];

/// What a phrase says of a motion or in its debate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum OnMotion {
    /// The text is a motion if it begins so.
    Opens,
    /// The text is a motion.
    Motion,
    /// It lets something pass.
    Passes,
    /// It finds fault with something.
    Criticises,
    /// It welcomes something.
    Welcomes,
    /// The sentence is about the motion itself.
    Matter,
    /// Names a motion as such.
    Called,
    /// The speaker takes the part of those who govern.
    OwnSide,
    /// The speaker addresses them as others.
    OtherSide,
}

/// Sections of phrases on motions.
pub(super) const ON_MOTIONS: &[(&str, OnMotion)] = &[
    ("opens a motion", OnMotion::Opens),
    ("motion", OnMotion::Motion),
    ("passes", OnMotion::Passes),
    ("criticises", OnMotion::Criticises),
    ("welcomes", OnMotion::Welcomes),
    ("the matter", OnMotion::Matter),
    ("called", OnMotion::Called),
    ("own side", OnMotion::OwnSide),
    ("other side", OnMotion::OtherSide),
];

/// What a phrase says of somebody's side of a motion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Siding {
    /// Who is named with it, or says it of itself, is for the motion.
    For,
    /// Who is named with it, or says it of itself, is against the motion.
    Against,
    /// Who is introduced with it is for the motion, which it need not name: “arguing for”.
    PlacedFor,
    /// Who is introduced with it is against the motion.
    PlacedAgainst,
    /// Who asks others for it is for the motion: “vote yes”.
    CallsFor,
    /// Who asks others for it is against the motion.
    CallsAgainst,
    /// The sentence speaks of both sides.
    Both,
    /// Those that a speaker may ask for their votes.
    Hearers,
    /// Who is named after it is on the speaker's side.
    SameSide,
    /// Who is named after it is on the other side.
    OtherSide,
    /// Joins the names of several on one side: and.
    Joining,
}

/// Sections of phrases on sides.
pub(super) const SIDINGS: &[(&str, Siding)] = &[
    ("side for", Siding::For),
    ("side against", Siding::Against),
    ("placed for", Siding::PlacedFor),
    ("placed against", Siding::PlacedAgainst),
    ("calls for", Siding::CallsFor),
    ("calls against", Siding::CallsAgainst),
    ("both sides", Siding::Both),
    ("hearers", Siding::Hearers),
    ("same side", Siding::SameSide),
    ("opposite side", Siding::OtherSide),
    ("joins names", Siding::Joining),
];

/// What a word does between a cue and the thing that the cue is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Link {
    /// Opens a noun phrase: the, our.
    Determiner,
    /// Joins a noun phrase to what stands before it: of, in.
    Preposition,
    /// Leads from a cue to its object: opposed *to*.
    Leading,
    /// Leads from a judgement to what is judged: concerns *about*.
    About,
    /// What is said of it is said of what it carries: the idea of.
    Carrying,
    /// What is said of the thing with it is not said of the thing: weak.
    Turning,
    /// What follows is what the sentence is about: as for.
    Topic,
    /// Leads from a thing to what is said of it: is, remains.
    Verb,
    /// A judgement that is a verb itself: threatens.
    Verbal,
    /// Opens a clause of its own: because, that.
    Clause,
    /// Takes up the thing before it: which.
    Relative,
    /// Stands for a thing: it, this.
    Pronoun,
    /// May stand right after a thing's name.
    Follows,
    /// Opens what a worry is about: worried *that*.
    Complementizer,
    /// Leads to a thing or to something done: *to*.
    Infinitive,
    /// Joins a thing to a worry about what belongs to it: *of*.
    Genitive,
    /// Opens a cleft sentence: *what* we cannot accept is.
    FreeRelative,
    /// A text that is negotiated or voted on: draft, amendment.
    NegotiatedText,
}

/// Sections of words between cues and things.
pub(super) const LINKS: &[(&str, Link)] = &[
    ("determiner", Link::Determiner),
    ("preposition", Link::Preposition),
    ("leading", Link::Leading),
    ("about", Link::About),
    ("carrying", Link::Carrying),
    ("turning", Link::Turning),
    ("topic", Link::Topic),
    ("verb", Link::Verb),
    ("verbal", Link::Verbal),
    ("clause", Link::Clause),
    ("relative", Link::Relative),
    ("pronoun", Link::Pronoun),
    ("follows", Link::Follows),
    ("complementizer", Link::Complementizer),
    ("infinitive", Link::Infinitive),
    ("genitive", Link::Genitive),
    ("free relative", Link::FreeRelative),
    ("negotiated text", Link::NegotiatedText),
];
