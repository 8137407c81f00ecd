//! Hands the sentences of a session to the stage that finds stances and references.

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::model::{Ground, Kind, Reference, Role, SentenceId, Span, Speaker, SpeakerId, Stance, Stated};
use crate::stance::{
    self, Antecedents, Motion, MotionStance, OwnName, SentenceCues, StanceLists, Tone, Utterance,
};
use crate::text::read_line;

use crate::prepare::Prepared;

/// What the stage finds in a session; the cues of a sentence once, on first use.
#[derive(Debug)]
pub(crate) struct StanceIndex {
    lists: StanceLists,
    /// How each speaker may call itself in the third person.
    own_names: Vec<Vec<OwnName>>,
    /// By sentence; none in a language without a lexicon.
    cues: Vec<OnceLock<Option<Box<SentenceCues>>>>,
}

impl StanceIndex {
    pub(super) fn new(prepared: &Prepared<'_>) -> Self {
        StanceIndex {
            lists: StanceLists::new(&prepared.analysis.tokens),
            own_names: own_names(prepared),
            cues: prepared.analysis.ids().map(|_| OnceLock::new()).collect(),
        }
    }
}

/// A sentence as the stage takes it.
pub(crate) fn utterance<'a>(prepared: &'a Prepared<'_>, id: SentenceId) -> Utterance<'a> {
    let index = prepared.stance_index();
    let sentence = prepared.analysis.sentence(id);
    let turn = sentence.turn as usize;
    let speaker = prepared.speaker(id);
    Utterance {
        own: index.own_names.get(speaker.0 as usize).map_or(&[], Vec::as_slice),
        answers: sentence.number == 0 && turn > 0,
        ..Utterance::new(&prepared.analysis.tokens, &index.lists, turn, id)
    }
}

/// The cues of a sentence; none in a language without a lexicon.
pub(crate) fn cues<'a>(prepared: &'a Prepared<'_>, id: SentenceId) -> Option<&'a SentenceCues> {
    let known = prepared.stance_index().cues.get(id.index())?;
    known.get_or_init(|| SentenceCues::of(&utterance(prepared, id)).map(Box::new)).as_deref()
}

/// The stance that each sentence of a session states, by sentence.
pub(crate) fn stances(prepared: &Prepared<'_>) -> Vec<Option<Stated>> {
    let ids: Vec<SentenceId> = prepared.analysis.ids().collect();
    let mut stated = stances_of(prepared, &ids);
    // “Good morning” and “a great pleasure to be here” judge nothing; grief is no concern about an issue.
    for (&id, stated) in ids.iter().zip(&mut stated) {
        let is_courtesy = prepared.analysis.sentence(id).kind == Kind::Procedural;
        *stated = stated.take().filter(|stated| !(is_courtesy && judges_or_mourns(stated)));
    }
    stated
}

/// Whether a stance is a judgement or a feeling, which in a courtesy is about no issue.
fn judges_or_mourns(stated: &Stated) -> bool {
    stated.ground == Ground::Evaluation
        || stated.ground == Ground::Attitude && stated.stance == Stance::Concern
}

/// The stance that each of some sentences states, in their order.
pub(crate) fn stances_of(prepared: &Prepared<'_>, ids: &[SentenceId]) -> Vec<Option<Stated>> {
    ids.par_iter().map(|&id| cues(prepared, id)?.stated()).collect()
}

/// Sentences at the opening of a turn in which “I agree.” answers the turn before.
const ANSWERING: u32 = 2;

/// The references of a session's speakers to each other, in reading order.
pub(crate) fn references(prepared: &Prepared<'_>) -> Vec<Reference> {
    let previous = previous_speakers(prepared);
    let of_turn = |turn: usize| {
        let named = prepared.clear_mentions_of_turn(turn);
        let previous = previous.get(turn).copied().flatten();
        let before = turn.checked_sub(1).map(|before| speaker_of(prepared, before));
        let mut antecedents = Antecedents { previous, before, addressed: None, opens: true };
        let of_sentence = |id: SentenceId| {
            let utterance = utterance(prepared, id);
            antecedents.opens = prepared.analysis.sentence(id).number < ANSWERING;
            let from = prepared.speaker(id);
            let cues = cues(prepared, id);
            let found = stance::references(&utterance, cues, from, id, &named, antecedents);
            antecedents.addressed = stance::addressed(&utterance, &named).or(antecedents.addressed);
            found
        };
        prepared.analysis.sentences_of(turn).flat_map(of_sentence).collect::<Vec<Reference>>()
    };
    let by_turn: Vec<Vec<Reference>> =
        (0..prepared.session.turns.len()).into_par_iter().map(of_turn).collect();
    by_turn.into_iter().flatten().collect()
}

/// The motion that the text of an issue is, if it is one.
pub(crate) fn motion_of(prepared: &Prepared<'_>, text: &str) -> Option<Motion> {
    let tokens = read_line(text, prepared.session.language);
    stance::motion(&Utterance::of_line(&tokens, &StanceLists::new(&tokens)))
}

/// Whether a text that is none of the session's speaks of a motion: “the motion”.
pub(crate) fn speaks_of_motion(prepared: &Prepared<'_>, text: &str) -> bool {
    let tokens = read_line(text, prepared.session.language);
    let cues = SentenceCues::of(&Utterance::of_line(&tokens, &StanceLists::new(&tokens)));
    cues.is_some_and(|cues| cues.names_motion())
}

/// Whether a sentence speaks of a motion.
pub(crate) fn names_motion(prepared: &Prepared<'_>, id: SentenceId) -> bool {
    cues(prepared, id).is_some_and(SentenceCues::names_motion)
}

/// The tone of a sentence; `stated` is what it states with its own cue. None where it has none.
pub(crate) fn tone(prepared: &Prepared<'_>, id: SentenceId, stated: Option<Stance>) -> Option<Tone> {
    stance::tone(&utterance(prepared, id), stated)
}

/// The stance that a sentence states of a thing, whose names stand at these places of its turn.
pub(crate) fn of_issue(prepared: &Prepared<'_>, id: SentenceId, named: &[Span]) -> Option<Stated> {
    cues(prepared, id)?.of_issue(named)
}

/// The stance that a sentence says others have of a thing, whose names stand at these places of its turn.
pub(crate) fn of_others(prepared: &Prepared<'_>, id: SentenceId, named: &[Span]) -> Option<Stated> {
    SentenceCues::of_others(&utterance(prepared, id))?.of_issue(named)
}

/// Where the speaker of these sentences stands on a motion.
pub(crate) fn towards(prepared: &Prepared<'_>, motion: Motion, ids: &[SentenceId]) -> MotionStance {
    let sentences: Vec<Option<&SentenceCues>> = ids.iter().map(|&id| cues(prepared, id)).collect();
    stance::towards(motion, &sentences)
}

/// How each speaker may call itself in the third person.
fn own_names(prepared: &Prepared<'_>) -> Vec<Vec<OwnName>> {
    let language = prepared.session.language;
    let of_speaker = |speaker: &Speaker| {
        let labels = speaker.labels.iter().map(|&label| prepared.session.label(label));
        let names = [speaker.name.as_str(), speaker.stakeholder.as_str()].into_iter();
        let names = names.chain(labels.filter_map(in_brackets)).map(str::to_owned);
        let stands_for_others = speaker.stakeholder != speaker.name;
        let short = stands_for_others.then(|| stance::short_name(&speaker.stakeholder, language)).flatten();
        names.chain(short).filter_map(|name| OwnName::of(&read_line(&name, language))).collect()
    };
    prepared.people.speakers.iter().map(of_speaker).collect()
}

/// What stands in brackets in a label: “Ada Okoro (Transport)”.
fn in_brackets(label: &str) -> Option<&str> {
    let (_, rest) = label.split_once('(')?;
    rest.split_once(')').map(|(inside, _)| inside.trim())
}

fn speaker_of(prepared: &Prepared<'_>, turn: usize) -> SpeakerId {
    prepared.people.id(prepared.session.turns[turn].label)
}

/// The speaker that “the previous speaker” means in each turn: the last one before the turn who is somebody else and
/// does not lead the session.
fn previous_speakers(prepared: &Prepared<'_>) -> Vec<Option<SpeakerId>> {
    let leads =
        |id: SpeakerId| matches!(prepared.role(id), Role::Moderator | Role::Chair | Role::Interpreter);
    // The last one who does not lead, and the last one before that is somebody else.
    let (mut last, mut other) = (None, None);
    let mut previous = Vec::with_capacity(prepared.session.turns.len());
    for turn in 0..prepared.session.turns.len() {
        let speaker = speaker_of(prepared, turn);
        previous.push(if last == Some(speaker) { other } else { last });
        if !leads(speaker) && last != Some(speaker) {
            other = last.replace(speaker);
        }
    }
    previous
}
