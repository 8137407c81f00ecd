//! On which side of a motion the speakers of a session stand, where the session debates it: who leads
//! introduces them so, or they say so themselves.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::Prepared;
use super::stances::{cues, names_motion, speaks_of_motion, utterance};
use crate::model::{Issue, Mention, Role, SentenceId, Span, SpeakerId, Token};
use crate::stance::{DebateSentence, DebateTurn, Motion, Side, SideClue, side_clues, sides};
use crate::text::stems;

/// Share of the words of a text that a sentence which names the motion has, to call the text the motion.
const NAMED_SHARE: f64 = 0.6;

/// By issue, the side of each speaker; nothing for an issue that is no motion of the session. Where several
/// are, “the motion” may be any of them, and no side is taken from it.
pub(crate) fn of_motions(
    prepared: &Prepared<'_>,
    issues: &[Issue],
    motions: &[Option<Motion>],
) -> Vec<Vec<Option<Side>>> {
    let is_debated = |(issue, motion): (&Issue, &Option<Motion>)| {
        motion.is_some() || !issue.text.is_empty() && is_called_motion(prepared, &issue.text)
    };
    let debated: Vec<bool> = issues.iter().zip(motions).map(is_debated).collect();
    let mut of_issues = vec![Vec::new(); issues.len()];
    if debated.iter().filter(|&&is_debated| is_debated).count() == 1
        && let Some(of_issue) = debated.iter().position(|&is_debated| is_debated)
    {
        of_issues[of_issue] = of_motion(prepared);
    }
    of_issues
}

/// The side of each speaker on the motion of the session, whatever it is.
pub(crate) fn of_motion(prepared: &Prepared<'_>) -> Vec<Option<Side>> {
    sides(&clues(prepared), prepared.people.speakers.len())
}

/// Whether a sentence of the session calls the text its motion: “Our motion is: …”.
fn is_called_motion(prepared: &Prepared<'_>, text: &str) -> bool {
    let analysis = &prepared.analysis;
    let wanted: FxHashSet<String> = stems(text, prepared.session.language).into_iter().collect();
    let calls = |id: SentenceId| {
        let terms = analysis.terms_of(id).iter().map(|&term| analysis.vocabulary.stem(term));
        let shared: FxHashSet<&str> = terms.filter(|stem| wanted.contains(*stem)).collect();
        shared.len() as f64 >= NAMED_SHARE * wanted.len() as f64 && names_motion(prepared, id)
    };
    !wanted.is_empty() && analysis.ids().any(calls)
}

/// The side of each speaker on the motion of the session where `thing` is that motion, word for word or by that
/// name (“the motion”); empty where it is not: who supports the levy is not who supports the motion “Abolish the
/// levy”.
pub(crate) fn of_thing(prepared: &Prepared<'_>, thing: &str) -> Vec<Option<Side>> {
    let wanted = stems(thing, prepared.session.language);
    let is_motion = |id: SentenceId| names_motion(prepared, id) && sets_off(prepared, id, &wanted);
    let is_worded = || wanted.len() >= SHORTEST_MOTION && prepared.analysis.ids().any(is_motion);
    let is_named = wanted.len() < SHORTEST_MOTION && speaks_of_motion(prepared, thing);
    match is_named || is_worded() {
        true => of_motion(prepared),
        false => Vec::new(),
    }
}

/// Content words of a motion, at least: one word set off by marks is a word that is talked of.
const SHORTEST_MOTION: usize = 2;

/// Whether a sentence has content words with these stems one after the other, between marks.
fn sets_off(prepared: &Prepared<'_>, id: SentenceId, wanted: &[String]) -> bool {
    let tokens = &prepared.analysis.tokens;
    let text = prepared.session.turn_text(prepared.analysis.sentence(id).turn as usize);
    let words: Vec<&Token> = tokens.content_words(tokens.of_sentence(id)).collect();
    let is_same = |(token, stem): (&&Token, &String)| *tokens.words.entry(token.word).stem == **stem;
    words.windows(wanted.len()).any(|window| {
        let [first, .., last] = window else { return false };
        window.iter().zip(wanted).all(is_same)
            && is_between_marks(text, Span::new(first.span.start(), last.span.end()))
    })
}

/// Whether no word stands beside a place without a mark between.
fn is_between_marks(text: &str, place: Span) -> bool {
    let before = text.get(..place.start()).and_then(|before| before.trim_end().chars().next_back());
    let after = text.get(place.end()..).and_then(|after| after.trim_start().chars().next());
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !is_word(before) && !is_word(after)
}

/// What all turns of a session show of sides, in reading order.
fn clues(prepared: &Prepared<'_>) -> Vec<SideClue> {
    let turns: Vec<usize> = (0..prepared.session.turns.len()).collect();
    let by_turn: Vec<Vec<SideClue>> = turns.par_iter().map(|&turn| clues_of(prepared, turn)).collect();
    by_turn.into_iter().flatten().collect()
}

fn clues_of(prepared: &Prepared<'_>, turn: usize) -> Vec<SideClue> {
    let speaker = speaker_of(prepared, turn);
    let leads = leads(prepared, speaker);
    let mentions = prepared.clear_mentions_of_turn(turn).into_iter();
    let named: Vec<Mention> = mentions.filter(|mention| !self::leads(prepared, mention.speaker)).collect();
    let sentence = |id: SentenceId| {
        let cues = cues(prepared, id)?;
        Some(DebateSentence { id, utterance: utterance(prepared, id), cues })
    };
    let sentences: Vec<DebateSentence<'_>> =
        prepared.analysis.sentences_of(turn).filter_map(sentence).collect();
    side_clues(&DebateTurn { speaker, leads, named: &named, sentences: &sentences })
}

fn speaker_of(prepared: &Prepared<'_>, turn: usize) -> SpeakerId {
    prepared.session.turns.get(turn).map_or(SpeakerId(0), |turn| prepared.people.id(turn.label))
}

fn leads(prepared: &Prepared<'_>, id: SpeakerId) -> bool {
    matches!(prepared.role(id), Role::Moderator | Role::Chair)
}
