//! Hands the sentences of a session to the stage that finds stances and references.

use rayon::prelude::*;

use crate::model::{
    Ground, Kind, Reference, Role, SentenceId, Span, SpeakerId, Stance, Stated, Word, is_ideograph,
};
use crate::stance::{self, Motion, Tone, Towards, Unnamed, Utterance};
use crate::text::{normalize, spoken};

use crate::prepare::Prepared;

/// The stance that each sentence of a session states, by sentence.
pub(crate) fn stances(prepared: &Prepared<'_>) -> Vec<Option<Stated>> {
    let ids: Vec<SentenceId> = prepared.analysis.ids().collect();
    let mut stated = stances_of(prepared, &ids);
    // “Good morning” and “a great pleasure to be here” judge nothing.
    for (&id, stated) in ids.iter().zip(&mut stated) {
        let is_courtesy = prepared.analysis.sentence(id).kind == Kind::Procedural;
        *stated = stated.take().filter(|stated| !(is_courtesy && stated.ground == Ground::Evaluation));
    }
    stated
}

/// The stance that each of some sentences states, in their order.
pub(crate) fn stances_of(prepared: &Prepared<'_>, ids: &[SentenceId]) -> Vec<Option<Stated>> {
    let names = prepared.own_names();
    let stated = |&id: &SentenceId| {
        let words = words(prepared, id);
        stance::of_sentence(&utterance(prepared, id, &words, names), prepared.session.language)
    };
    ids.par_iter().map(stated).collect()
}

/// Sentences at the opening of a turn in which “I agree.” answers the turn before.
const ANSWERING: u32 = 2;

/// Who speaks of whom in a session, in reading order.
pub(crate) fn references(prepared: &Prepared<'_>) -> Vec<Reference> {
    let names = prepared.own_names();
    let previous = previous_speakers(prepared);
    let of_turn = |turn: usize| {
        let named = prepared.clear_mentions_of_turn(turn);
        let previous = previous.get(turn).copied().flatten();
        let before = turn.checked_sub(1).map(|before| speaker_of(prepared, before));
        let mut unnamed = Unnamed { previous, before, addressed: None, opens: true };
        let of_sentence = |id: SentenceId| {
            let words = words(prepared, id);
            let utterance = utterance(prepared, id, &words, names);
            let (from, language) = (prepared.speaker(id), prepared.session.language);
            unnamed.opens = prepared.analysis.sentence(id).number < ANSWERING;
            let found = stance::references(&utterance, from, id, &named, unnamed, language);
            unnamed.addressed = stance::addressed(&utterance, &named, language).or(unnamed.addressed);
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
    let language = prepared.session.language;
    let span = Span::new(0, text.len());
    let words = spoken(text, span, language);
    stance::motion(&Utterance { text, span, words: &words, own: &[], answers: false }, language)
}

/// Whether a sentence speaks of a motion.
pub(crate) fn names_motion(prepared: &Prepared<'_>, id: SentenceId) -> bool {
    let words = words(prepared, id);
    stance::names_motion(&utterance(prepared, id, &words, &[]), prepared.session.language)
}

/// How the speakers of a session may call themselves in the third person.
pub(crate) struct OwnNames(Vec<Vec<String>>);

impl OwnNames {
    pub(crate) fn of(prepared: &Prepared<'_>) -> Self {
        OwnNames(prepared.own_names().to_vec())
    }

    /// The tone of a sentence; `stated` is what it states with its own cue. None where it has none.
    pub(crate) fn tone(
        &self,
        prepared: &Prepared<'_>,
        id: SentenceId,
        stated: Option<Stance>,
    ) -> Option<Tone> {
        let words = words(prepared, id);
        stance::tone(&utterance(prepared, id, &words, &self.0), stated, prepared.session.language)
    }

    /// The stance that a sentence states of a thing, whose names stand at these places of its turn.
    pub(crate) fn of_issue(&self, prepared: &Prepared<'_>, id: SentenceId, named: &[Span]) -> Option<Stated> {
        let words = words(prepared, id);
        stance::of_issue(&utterance(prepared, id, &words, &self.0), named, prepared.session.language)
    }
}

/// Where the speaker of these sentences stands on a motion.
pub(crate) fn towards(prepared: &Prepared<'_>, motion: Motion, ids: &[SentenceId]) -> Towards {
    let names = prepared.own_names();
    let words: Vec<Vec<Word>> = ids.iter().map(|&id| words(prepared, id)).collect();
    let sentences: Vec<Utterance<'_>> =
        ids.iter().zip(&words).map(|(&id, words)| utterance(prepared, id, words, names)).collect();
    stance::towards(motion, &sentences, prepared.session.language)
}

pub(crate) fn words(prepared: &Prepared<'_>, id: SentenceId) -> Vec<Word> {
    let sentence = prepared.analysis.sentence(id);
    let text = prepared.session.turn_text(sentence.turn as usize);
    let spoken = spoken(text, sentence.span, prepared.session.language);
    spoken.into_iter().flat_map(|word| divided(word, text)).collect()
}

/// The words of a run of ideographs, as the dictionary divides it; any other word as it is.
fn divided(word: Word, text: &str) -> Vec<Word> {
    if !word.text.contains(is_ideograph) {
        return vec![word];
    }
    let run = word.span.of(text);
    let part = |span: Span| Word {
        text: normalize(span.of(run)).into_owned(),
        span: span.shifted(word.span.start()),
    };
    crate::text::words(run).into_iter().map(part).collect()
}

pub(crate) fn utterance<'a>(
    prepared: &'a Prepared<'_>,
    id: SentenceId,
    words: &'a [Word],
    names: &'a [Vec<String>],
) -> Utterance<'a> {
    let sentence = prepared.analysis.sentence(id);
    let turn = sentence.turn as usize;
    let speaker = prepared.speaker(id);
    Utterance {
        text: prepared.session.turn_text(turn),
        span: sentence.span,
        words,
        own: names.get(speaker.0 as usize).map_or(&[], Vec::as_slice),
        answers: sentence.number == 0 && turn > 0,
    }
}

/// How each speaker may call itself in the third person.
pub(crate) fn own_names(prepared: &Prepared<'_>) -> Vec<Vec<String>> {
    let names = prepared.people.speakers.iter();
    names
        .map(|speaker| {
            let mut own = vec![speaker.name.clone(), speaker.stakeholder.clone()];
            let labels = speaker.labels.iter().map(|&label| prepared.session.label(label));
            own.extend(labels.filter_map(in_brackets).map(str::to_owned));
            if speaker.stakeholder != speaker.name {
                own.extend(stance::short_name(&speaker.stakeholder, prepared.session.language));
            }
            own.retain(|name| !name.is_empty());
            own
        })
        .collect()
}

/// What stands in brackets in a label: “Ada Okoro (Transport)”.
fn in_brackets(label: &str) -> Option<&str> {
    let (_, rest) = label.split_once('(')?;
    rest.split_once(')').map(|(inside, _)| inside.trim())
}

fn speaker_of(prepared: &Prepared<'_>, turn: usize) -> SpeakerId {
    prepared.people.id(prepared.session.turns[turn].label)
}

/// Whom “the previous speaker” means in each turn: the last one before the turn who is somebody else and
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
