//! How speakers call each other: parts of names, and names that a transcription misspells.
//!
//! A word of the talk is taken for a misspelt name only when it sounds like a part of exactly one
//! speaker's name and is used as that speaker's name is used: before it takes the floor, in thanks
//! after it spoke, or in one breath with other speakers. A word that is merely spelt alike must hand
//! over the floor to the speaker, or thank it; one that is not even that must do both, everywhere.

mod parts;
pub(super) mod sounds;

use std::sync::LazyLock;

use parts::NameParts;
use rustc_hash::FxHashSet;

use super::labels::names::{as_written, folded_words};
use crate::language::{List, english};
use crate::model::{
    Alias, Because, NameForm, NameWord, NameWords, People, ReasonKind, Roster, Session, Span, SpeakerId,
};

/// Words that tell whether another word is the name of a speaker. Compared folded.
struct Lists {
    no_names: FxHashSet<&'static str>,
    /// Words after a name that tell of what somebody said.
    saying: FxHashSet<&'static str>,
    /// Words before a name of whose words something is said.
    leading: FxHashSet<&'static str>,
    /// Words before the name of somebody addressed or invited.
    addressing: FxHashSet<&'static str>,
    /// Beginnings of words that thank.
    thanking: Vec<&'static str>,
    /// Words before a name by which somebody calls itself.
    calling_itself: Vec<Vec<&'static str>>,
    /// Words between two names.
    joining: FxHashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sections = english(List::Aliases);
    let words = |section| sections.words(section).collect();
    Lists {
        no_names: words("no names"),
        saying: words("saying"),
        leading: words("leading"),
        addressing: words("addressing"),
        thanking: sections.words("thanking").collect(),
        calling_itself: sections.lines("calling itself").map(|line| line.words().collect()).collect(),
        joining: words("joining"),
    }
});

/// Least letters of a name that may be misspelt: shorter ones are too easily another.
const MIN_LETTERS: usize = 4;

/// Bytes at the opening of a turn in which the speaker before is thanked.
const OPENING: usize = 80;

/// Where a word stands in the talk.
#[derive(Debug, Clone, Copy)]
struct Place {
    turn: usize,
    span: Span,
}

/// Finds the names of speakers in what others say that are on none of their labels. Names that the
/// roster lists are left to it.
pub(super) fn find(
    session: &Session,
    words: &NameWords,
    people: &People,
    roster: &Roster,
) -> Vec<(SpeakerId, Alias)> {
    let names = NameParts::new(session, people);
    let talk = Talk::new(session, words, people, &names, roster);
    let mut found = Vec::new();
    for (word, places) in &talk.unknown {
        if let Some((speaker, because)) = talk.resolve(word, places) {
            found.push((speaker, because));
        }
    }
    found.sort_by_key(|(_, alias)| (alias.because.turn, alias.because.start));
    found
}

/// The words of the talk that may be names.
struct Talk<'a> {
    session: &'a Session,
    people: &'a People,
    names: &'a NameParts,
    words: &'a NameWords,
    /// Capitalised words that are no part of a name on a label, and middle parts, by folded word.
    unknown: Vec<(&'a str, Vec<Place>)>,
}

impl<'a> Talk<'a> {
    fn new(
        session: &'a Session,
        words: &'a NameWords,
        people: &'a People,
        names: &'a NameParts,
        roster: &Roster,
    ) -> Self {
        let listed = roster.entries.iter().flat_map(|e| std::iter::once(&e.speaker).chain(&e.aliases));
        let organisations = people.speakers.iter().map(|s| &s.stakeholder);
        // By form: whether it may be the name of somebody, and its places.
        let mut is_candidate: Vec<bool> = words.forms().map(|form| names.may_be_new(form)).collect();
        let others = listed.chain(organisations).flat_map(|name| folded_words(name));
        let others = others.filter_map(|word| words.form_of(&word));
        // A word that is also written small is a common word.
        let common = words.all().iter().filter(|word| !word.is_capital).map(|word| word.form);
        for form in others.chain(common) {
            is_candidate[form.index()] = false;
        }
        let mut places: Vec<(NameForm, Place)> = Vec::new();
        for turn in 0..session.turns.len() {
            let candidates = words.of_turn(turn).iter().filter(|word| is_candidate[word.form.index()]);
            places.extend(candidates.map(|word| (word.form, Place { turn, span: word.span })));
        }
        places.sort_by_key(|(form, _)| *form);
        let unknown = places.chunk_by(|a, b| a.0 == b.0).filter_map(|of_form| {
            let (form, _) = of_form.first()?;
            Some((words.text(*form), of_form.iter().map(|(_, place)| *place).collect()))
        });
        let mut unknown: Vec<(&str, Vec<Place>)> = unknown.collect();
        unknown.sort_by_key(|(word, _)| *word);
        Talk { session, people, names, words, unknown }
    }

    /// Whose name a word is, as it is written first, and why.
    fn resolve(&self, word: &str, places: &[Place]) -> Option<(SpeakerId, Alias)> {
        if self.names.middle.contains(word) {
            let speaker = self.names.owner(word)?;
            let is_alone = |place: &&Place| {
                self.speaker(place.turn) != Some(speaker) && !self.is_beside_own_name(**place, speaker)
            };
            let place = places.iter().find(is_alone)?;
            return Some((speaker, self.alias(*place, ReasonKind::PartOfName.beginning())));
        }
        let Some((part, speaker, sounds)) = self.nearest(word) else { return self.nickname(places) };
        let name = self.part_as_written(speaker, &part);
        let evidence = places.iter().find_map(|place| {
            let use_of = self.use_as_name(*place, speaker, sounds)?;
            let like = if sounds { ReasonKind::SoundsLike } else { ReasonKind::SpeltLike }.beginning();
            Some(self.alias(*place, &format!("{like} “{name}” and no other speaker's name; {use_of}")))
        });
        Some((speaker, evidence?))
    }

    /// Whose a name is that is like no part of a name: the only one who is both called so before it
    /// takes the floor and thanked so after it spoke, or who says so itself.
    fn nickname(&self, places: &[Place]) -> Option<(SpeakerId, Alias)> {
        let itself = places.iter().find(|place| self.calls_itself(**place));
        if let Some(place) = itself {
            return Some((self.speaker(place.turn)?, self.alias(*place, ReasonKind::OwnWords.beginning())));
        }
        let (mut called, mut thanked) = (Vec::new(), Vec::new());
        for &place in places {
            let turns = [place.turn.checked_sub(1), Some(place.turn + 1)];
            let [before, after] = turns.map(|turn| turn.and_then(|turn| self.speaker(turn)));
            if let Some(before) = before.filter(|&s| self.is_thanked(place, s)) {
                thanked.push((before, place));
            } else if let Some(after) = after.filter(|&s| self.is_called(place, s) && self.is_vocative(place))
            {
                called.push((after, place));
            }
        }
        let (&(speaker, place), _) = (called.first()?, thanked.first()?);
        let is_same = called.iter().chain(&thanked).all(|(other, _)| *other == speaker);
        let reason = ReasonKind::CalledAndThanked.beginning();
        is_same.then(|| (speaker, self.alias(place, reason)))
    }

    /// Whether a speaker gives a word as its own name: `people call me Kem`.
    fn calls_itself(&self, place: Place) -> bool {
        let words = self.words.of_turn(place.turn);
        let text = self.session.turn_text(place.turn);
        let Some(at) = index_of(words, place) else { return false };
        LISTS.calling_itself.iter().any(|lead| {
            let Some(before) = at.checked_sub(lead.len()) else { return false };
            let here = words.get(before..at).unwrap_or(&[]);
            let is_lead = here.iter().map(|word| self.words.text(word.form)).eq(lead.iter().copied());
            let is_joined = |pair: &[NameWord]| {
                text.get(pair[0].span.end()..pair[1].span.start()).is_some_and(|gap| gap.trim().is_empty())
            };
            is_lead && words.get(before..=at).is_some_and(|words| words.windows(2).all(is_joined))
        })
    }

    /// Whether a comma follows a name that opens a sentence: `Jory, over to you`.
    fn is_vocative(&self, place: Place) -> bool {
        let text = self.session.turn_text(place.turn);
        let before = text.get(..place.span.start()).unwrap_or("").trim_end();
        let opens = before.is_empty() || before.ends_with(['.', '?', '!', ',', '…']);
        opens && text.get(place.span.end()..).is_some_and(|after| after.starts_with(','))
    }

    /// Whether a word stands before or behind another part of the same speaker's name.
    fn is_beside_own_name(&self, place: Place, speaker: SpeakerId) -> bool {
        let words = self.words.of_turn(place.turn);
        let Some(at) = index_of(words, place) else { return false };
        let near = [at.checked_sub(1), Some(at + 1)];
        near.into_iter().flatten().filter_map(|at| words.get(at)).any(|word| {
            let owners = self.names.of_part.get(self.words.text(word.form));
            owners.is_some_and(|owners| owners.binary_search(&speaker).is_ok())
        })
    }

    /// The only speaker with a name part that sounds like `word`, or else is spelt nearly so.
    fn nearest(&self, word: &str) -> Option<(String, SpeakerId, bool)> {
        for sounds in [true, false] {
            let alike = &self.names.alike;
            let near = if sounds { alike.sounding_like(word) } else { alike.spelt_like(word) };
            let mut owners: Vec<SpeakerId> =
                near.iter().filter_map(|&part| self.names.of_part.get(part)).flatten().copied().collect();
            owners.sort();
            owners.dedup();
            match (near.first(), owners.as_slice()) {
                (Some(part), [one]) => return Some(((*part).to_owned(), *one, sounds)),
                (Some(_), _) => return None,
                _ => {}
            }
        }
        None
    }

    /// How a word at a place is used as the name of a speaker is, in words for a reader.
    fn use_as_name(&self, place: Place, speaker: SpeakerId, sounds: bool) -> Option<String> {
        let by = self.speaker(place.turn)?;
        if by == speaker {
            return None;
        }
        if place.turn.checked_sub(1).and_then(|turn| self.speaker(turn)) == Some(speaker)
            && self.is_thanked(place, speaker)
        {
            return Some("thanked so after it spoke".to_owned());
        }
        if self.is_called(place, speaker) {
            return Some("called so before it takes the floor".to_owned());
        }
        (sounds && self.is_among_names(place)).then(|| "named so among speakers".to_owned())
    }

    /// Whether a word stands where a turn thanks the speaker of the turn before.
    fn is_thanked(&self, place: Place, speaker: SpeakerId) -> bool {
        let before = place.turn.checked_sub(1).and_then(|turn| self.speaker(turn));
        let is_other = self.speaker(place.turn) != Some(speaker);
        before == Some(speaker)
            && is_other
            && place.span.end() <= OPENING
            && self.is_after_thanks(place)
            && self.is_addressed(place)
    }

    /// Whether a word that thanks stands before a place in its sentence.
    fn is_after_thanks(&self, place: Place) -> bool {
        let text = self.session.turn_text(place.turn);
        let words = self.words.of_turn(place.turn);
        let Some(at) = index_of(words, place) else { return false };
        let mut end = place.span.start();
        for word in words.get(..at).unwrap_or(&[]).iter().rev() {
            if text.get(word.span.end()..end).is_none_or(|gap| gap.contains(['.', '?', '!'])) {
                return false;
            }
            let written = self.words.text(word.form);
            if LISTS.thanking.iter().any(|thanks| written.starts_with(thanks)) {
                return true;
            }
            end = word.span.start();
        }
        false
    }

    /// Whether a word stands near the end of a turn as a name does, the speaker's turn is next, and no
    /// part of its name follows in the turn.
    fn is_called(&self, place: Place, speaker: SpeakerId) -> bool {
        let is_next =
            self.speaker(place.turn + 1) == Some(speaker) && self.speaker(place.turn) != Some(speaker);
        if !is_next {
            return false;
        }
        let words = self.words.of_turn(place.turn);
        let rest = self.session.turn_text(place.turn).len().saturating_sub(place.span.end());
        if rest > 4 * OPENING || !self.is_addressed(place) {
            return false;
        }
        let after = words.partition_point(|word| word.span.start() <= place.span.start());
        let mut after = words.iter().skip(after).filter(|word| word.is_capital);
        !after.any(|word| self.names.owner(self.words.text(word.form)) == Some(speaker))
    }

    /// Whether a word stands as in an address or an invitation: `Katica, please`, `turn to Katica`.
    fn is_addressed(&self, place: Place) -> bool {
        let text = self.session.turn_text(place.turn);
        let ends =
            text.get(place.span.end()..).is_none_or(|t| t.starts_with([',', '.', '?', '!']) || t.is_empty());
        let words = self.words.of_turn(place.turn);
        let at = index_of(words, place);
        let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| words.get(at));
        ends || before.is_some_and(|word| LISTS.addressing.contains(self.words.text(word.form)))
    }

    /// Whether a word stands beside another speaker's name (`Ana and Katica`), or says something
    /// (`as Katica said`).
    fn is_among_names(&self, place: Place) -> bool {
        let words = self.words.of_turn(place.turn);
        let Some(at) = index_of(words, place) else { return false };
        let word = |at: Option<usize>| at.and_then(|at| words.get(at));
        let is_speaker = |word: Option<&NameWord>| {
            word.is_some_and(|w| w.is_capital && self.names.owner(self.words.text(w.form)).is_some())
        };
        let is_in = |list: &FxHashSet<&str>, word: Option<&NameWord>| {
            word.is_some_and(|w| list.contains(self.words.text(w.form)))
        };
        let is_and = |word: Option<&NameWord>| is_in(&LISTS.joining, word);
        let beside = is_and(word(at.checked_sub(1))) && is_speaker(word(at.checked_sub(2)))
            || is_and(word(Some(at + 1))) && is_speaker(word(Some(at + 2)))
            || is_speaker(word(at.checked_sub(1))) && self.is_list(place.turn, at);
        let (before, after) = (word(at.checked_sub(1)), word(Some(at + 1)));
        beside || is_in(&LISTS.saying, after) && is_in(&LISTS.leading, before)
    }

    /// Whether a comma stands between word `at` of a turn and the one before.
    fn is_list(&self, turn: usize, at: usize) -> bool {
        let words = self.words.of_turn(turn);
        let (Some(before), Some(word)) = (at.checked_sub(1).and_then(|b| words.get(b)), words.get(at)) else {
            return false;
        };
        let text = self.session.turn_text(turn);
        text.get(before.span.end()..word.span.start()).is_some_and(|between| between.trim() == ",")
    }

    fn alias(&self, place: Place, reason: &str) -> Alias {
        let text = self.session.turn_text(place.turn);
        let shown = around(text, place.span);
        let line = u64::from(self.session.line_of(place.turn, shown.start()));
        Alias {
            name: place.span.of(text).to_owned(),
            is_label: false,
            because: Because {
                turn: Some(place.turn as u64),
                start: Some(shown.start() as u64),
                end: Some(shown.end() as u64),
                line: (line > 0).then_some(line),
                text: shown.of(text).to_owned(),
                ..Because::new(reason)
            },
        }
    }

    /// A part of a speaker's name as its labels write it.
    fn part_as_written(&self, speaker: SpeakerId, part: &str) -> String {
        let labels =
            self.people.speakers.get(speaker.0 as usize).map(|s| s.labels.as_slice()).unwrap_or_default();
        let written = labels.iter().map(|&l| self.session.label(l)).find_map(|label| as_written(label, part));
        written.unwrap_or(part).to_owned()
    }

    fn speaker(&self, turn: usize) -> Option<SpeakerId> {
        self.session.turns.get(turn).map(|turn| self.people.id(turn.label))
    }
}

/// The number of the word at a place, among the words of its turn.
fn index_of(words: &[NameWord], place: Place) -> Option<usize> {
    words.binary_search_by_key(&place.span.start(), |word| word.span.start()).ok()
}

/// The clause around a word: to the nearest punctuation, a few words at most.
fn around(text: &str, word: Span) -> Span {
    let stops = |c: char| matches!(c, '.' | '?' | '!' | ';' | ':' | '\n' | '…');
    let floor = text.floor_char_boundary(word.start().saturating_sub(OPENING));
    let before = text.get(floor..word.start()).unwrap_or("");
    let start = match before.rfind(stops) {
        Some(at) => floor + at + before.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8),
        None if floor > 0 => floor + before.find(' ').map_or(0, |at| at + 1),
        None => floor,
    };
    let ceiling = text.ceil_char_boundary((word.end() + OPENING).min(text.len()));
    let after = text.get(word.end()..ceiling).unwrap_or("");
    let end = match after.find(stops) {
        Some(at) => word.end() + at,
        None if ceiling < text.len() => word.end() + after.rfind(' ').unwrap_or(after.len()),
        None => ceiling,
    };
    Span::new(start, end).trimmed(text)
}

#[cfg(test)]
mod tests;
