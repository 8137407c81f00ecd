//! How speakers call each other: parts of names, and names that a transcription misspells.
//!
//! A word of the talk is taken for a misspelt name only when it sounds like a part of exactly one
//! speaker's name and is used as that speaker's name is used: before it takes the floor, in thanks
//! after it spoke, or in one breath with other speakers. A word that is merely spelt alike must hand
//! over the floor to the speaker, or thank it; one that is not even that must do both, everywhere.

mod sounds;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use sounds::Alike;

use super::names::{Word, core_name, folded, folded_words, is_office, is_title, words_of};
use super::organisations::has_job_word;
use crate::language::{List, english};
use crate::model::{Alias, Because, People, Roster, Session, Span, SpeakerId};

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
pub(super) fn find(session: &Session, people: &People, roster: &Roster) -> Vec<(SpeakerId, Alias)> {
    let names = NameParts::new(session, people);
    let talk = Talk::new(session, people, &names, roster);
    let mut found = Vec::new();
    for (word, places) in &talk.unknown {
        if let Some((speaker, because)) = talk.resolve(word, places) {
            found.push((speaker, because));
        }
    }
    found.sort_by_key(|(_, alias)| (alias.because.turn, alias.because.start));
    found
}

/// The parts of the speakers' names, folded.
struct NameParts {
    /// The speakers that have each part, ascending.
    of_part: FxHashMap<String, Vec<SpeakerId>>,
    /// Parts in the middle of a name: neither first nor last.
    middle: FxHashSet<String>,
    /// The parts that a misspelt name may be meant for, by how they sound and are spelt.
    alike: Alike,
}

impl NameParts {
    fn new(session: &Session, people: &People) -> Self {
        let mut parts = NameParts {
            of_part: FxHashMap::default(),
            middle: FxHashSet::default(),
            alike: Alike::default(),
        };
        for (index, speaker) in people.speakers.iter().enumerate() {
            let id = SpeakerId(index as u32);
            let labels = speaker.labels.iter().map(|&l| session.label(l)).chain([speaker.name.as_str()]);
            for label in labels {
                let core = core_name(label);
                for (at, part) in core.iter().enumerate().filter(|(_, part)| !is_office(part)) {
                    let owners = parts.of_part.entry(part.clone()).or_default();
                    if owners.last() != Some(&id) {
                        owners.push(id);
                    }
                    if at > 0 && at + 1 < core.len() {
                        parts.middle.insert(part.clone());
                    }
                }
            }
        }
        let is_long = |part: &&String| part.chars().count() >= MIN_LETTERS && !is_title(part);
        parts.alike = Alike::new(parts.of_part.keys().filter(is_long).cloned().collect());
        parts
    }

    /// The only speaker of a part.
    fn owner(&self, part: &str) -> Option<SpeakerId> {
        match self.of_part.get(part).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        }
    }
}

/// The words of the talk that may be names.
struct Talk<'a> {
    session: &'a Session,
    people: &'a People,
    names: &'a NameParts,
    words: Vec<Vec<Word<'a>>>,
    /// Capitalised words that are no part of a name on a label, and middle parts, by folded word.
    unknown: Vec<(String, Vec<Place>)>,
}

impl<'a> Talk<'a> {
    fn new(session: &'a Session, people: &'a People, names: &'a NameParts, roster: &Roster) -> Self {
        let words: Vec<Vec<Word<'_>>> =
            (0..session.turns.len()).map(|turn| words_of(session.turn_text(turn))).collect();
        let listed: FxHashSet<String> = roster
            .entries
            .iter()
            .flat_map(|e| std::iter::once(&e.speaker).chain(&e.aliases))
            .flat_map(|name| folded_words(name))
            .collect();
        let organisations: FxHashSet<String> =
            people.speakers.iter().flat_map(|s| folded_words(&s.stakeholder)).collect();
        let common: FxHashSet<&str> =
            words.iter().flatten().filter(|word| !word.is_capital).map(|word| word.folded.as_ref()).collect();
        let mut places: FxHashMap<&str, Vec<Place>> = FxHashMap::default();
        for (turn, words) in words.iter().enumerate() {
            for word in words.iter().filter(|word| word.is_capital) {
                let name = word.folded.as_ref();
                let is_new = !names.of_part.contains_key(name) || names.middle.contains(name);
                let is_name = name.chars().count() >= 3
                    && !name.contains(|c: char| c.is_numeric())
                    && !is_office(name)
                    && !is_title(name)
                    && !has_job_word(name)
                    && !LISTS.no_names.contains(name);
                if is_new
                    && is_name
                    && !common.contains(name)
                    && !listed.contains(name)
                    && !organisations.contains(name)
                {
                    places.entry(name).or_default().push(Place { turn, span: word.span });
                }
            }
        }
        let mut unknown: Vec<(String, Vec<Place>)> =
            places.into_iter().map(|(word, places)| (word.to_owned(), places)).collect();
        unknown.sort_by(|a, b| a.0.cmp(&b.0));
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
            return Some((speaker, self.alias(*place, "part of its name")));
        }
        let Some((part, speaker, sounds)) = self.nearest(word) else { return self.nickname(places) };
        let name = self.part_as_written(speaker, &part);
        let evidence = places.iter().find_map(|place| {
            let use_of = self.use_as_name(*place, speaker, sounds)?;
            let like = if sounds { "sounds like" } else { "is spelt like" };
            Some(self.alias(*place, &format!("{like} “{name}” and no other speaker's name; {use_of}")))
        });
        Some((speaker, evidence?))
    }

    /// Whose a name is that is like no part of a name: the only one who is both called so before it
    /// takes the floor and thanked so after it spoke, or who says so itself.
    fn nickname(&self, places: &[Place]) -> Option<(SpeakerId, Alias)> {
        let itself = places.iter().find(|place| {
            let text = self.session.turn_text(place.turn).get(..place.span.start()).unwrap_or("");
            folded(text.get(text.floor_char_boundary(text.len().saturating_sub(20))..).unwrap_or(""))
                .ends_with(" call me")
        });
        if let Some(place) = itself {
            return Some((self.speaker(place.turn)?, self.alias(*place, "in its own words")));
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
        let reason = "called so before it takes the floor, and thanked so after it spoke";
        is_same.then(|| (speaker, self.alias(place, reason)))
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
        let words = self.words.get(place.turn).map(Vec::as_slice).unwrap_or_default();
        let Some(at) = index_of(words, place) else { return false };
        let near = [at.checked_sub(1), Some(at + 1)];
        near.into_iter().flatten().filter_map(|at| words.get(at)).any(|word| {
            self.names
                .of_part
                .get(word.folded.as_ref())
                .is_some_and(|owners| owners.binary_search(&speaker).is_ok())
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
        let text = self.session.turn_text(place.turn);
        let before_name = text.get(..place.span.start().min(OPENING)).unwrap_or("");
        let sentence = before_name.rsplit(['.', '?', '!']).next().unwrap_or("");
        let opening = folded(sentence);
        let before = place.turn.checked_sub(1).and_then(|turn| self.speaker(turn));
        let is_other = self.speaker(place.turn) != Some(speaker);
        before == Some(speaker)
            && is_other
            && place.span.end() <= OPENING
            && LISTS.thanking.iter().any(|thanks| opening.contains(thanks))
            && self.is_addressed(place)
    }

    /// Whether a word stands near the end of a turn as a name does, the speaker's turn is next, and no
    /// part of its name follows in the turn.
    fn is_called(&self, place: Place, speaker: SpeakerId) -> bool {
        let is_next =
            self.speaker(place.turn + 1) == Some(speaker) && self.speaker(place.turn) != Some(speaker);
        let Some(words) = self.words.get(place.turn).filter(|_| is_next) else { return false };
        let rest = self.session.turn_text(place.turn).len().saturating_sub(place.span.end());
        if rest > 4 * OPENING || !self.is_addressed(place) {
            return false;
        }
        let after = words.partition_point(|word| word.span.start() <= place.span.start());
        let mut after = words.iter().skip(after).filter(|word| word.is_capital);
        !after.any(|word| self.names.owner(&word.folded) == Some(speaker))
    }

    /// Whether a word stands as in an address or an invitation: `Katica, please`, `turn to Katica`.
    fn is_addressed(&self, place: Place) -> bool {
        let text = self.session.turn_text(place.turn);
        let ends =
            text.get(place.span.end()..).is_none_or(|t| t.starts_with([',', '.', '?', '!']) || t.is_empty());
        let words = self.words.get(place.turn).map(Vec::as_slice).unwrap_or_default();
        let at = index_of(words, place);
        let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| words.get(at));
        ends || before.is_some_and(|word| LISTS.addressing.contains(word.folded.as_ref()))
    }

    /// Whether a word stands beside another speaker's name (`Ana and Katica`), or says something
    /// (`as Katica said`).
    fn is_among_names(&self, place: Place) -> bool {
        let Some(words) = self.words.get(place.turn) else { return false };
        let Some(at) = index_of(words, place) else { return false };
        let word = |at: Option<usize>| at.and_then(|at| words.get(at));
        let is_speaker =
            |word: Option<&Word>| word.is_some_and(|w| w.is_capital && self.names.owner(&w.folded).is_some());
        let is_and = |word: Option<&Word>| word.is_some_and(|w| LISTS.joining.contains(w.folded.as_ref()));
        let beside = is_and(word(at.checked_sub(1))) && is_speaker(word(at.checked_sub(2)))
            || is_and(word(Some(at + 1))) && is_speaker(word(Some(at + 2)))
            || is_speaker(word(at.checked_sub(1))) && self.is_list(place.turn, at);
        let says = word(Some(at + 1)).is_some_and(|w| LISTS.saying.contains(w.folded.as_ref()));
        let led = word(at.checked_sub(1)).is_some_and(|w| LISTS.leading.contains(w.folded.as_ref()));
        beside || says && led
    }

    /// Whether a comma stands between word `at` of a turn and the one before.
    fn is_list(&self, turn: usize, at: usize) -> bool {
        let words = self.words.get(turn).map(Vec::as_slice).unwrap_or_default();
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
        let written = labels.iter().map(|&l| self.session.label(l)).find_map(|label| {
            words_of(label).into_iter().find(|w| w.folded == part).map(|w| w.span.of(label).to_owned())
        });
        written.unwrap_or_else(|| part.to_owned())
    }

    fn speaker(&self, turn: usize) -> Option<SpeakerId> {
        self.session.turns.get(turn).map(|turn| self.people.id(turn.label))
    }
}

/// The number of the word at a place, among the words of its turn.
fn index_of(words: &[Word], place: Place) -> Option<usize> {
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
