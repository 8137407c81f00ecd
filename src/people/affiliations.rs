//! Whom the voices speak for by the session's own words: a label, an introduction, what they say of
//! themselves. Each finding comes with the words that show it; where they are not clear, there is none.

mod collective;
mod floor;
mod introductions;
pub(super) mod jobs;
mod own_words;
mod phrases;
mod sentence;

pub(super) use phrases::LeadPhrases;

use rustc_hash::{FxHashMap, FxHashSet};

use super::floor_phrases::FloorPhrases;
use super::labels::affiliations::of_label;
use super::labels::names::{core_name, is_full_name, is_initials, surname};
use super::labels::roles::from_label;
use super::organisations::{Organisation, Passage, is_unknown};
use super::phrases::Phrases;
use crate::model::{
    Because, NameForm, NameWord, NameWords, People, ReasonKind, SentenceId, Session, Span, SpeakerId, Text,
    Token, TokenFlags, Tokens,
};
use crate::text::PhraseMatch;

/// How strong a finding is; the stronger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Another session says so.
    Elsewhere,
    /// Somebody introduces the speaker so.
    Introduced,
    /// The speaker says so.
    Own,
    /// The label says so.
    Label,
    /// Who leads the session gives the floor so.
    Floor,
    /// The source lists it.
    Listed,
}

/// An organisation that a speaker speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) speaker: SpeakerId,
    pub(super) organisation: Organisation,
    pub(super) strength: Strength,
    /// Whether the speaker says that it speaks on behalf of it: a group of which whom the label
    /// names may well be a member.
    pub(super) on_behalf: bool,
    pub(super) because: Because,
}

/// All findings of a session, in reading order of their turns; those of labels first.
pub(super) fn find(session: &Session, text: &Text, phrases: &Phrases, people: &People) -> Vec<Finding> {
    let names = Names::new(session, &text.name_words, people);
    let mut findings = Vec::new();
    let first_turns = first_turns(session);
    for (index, label) in session.labels.iter().enumerate() {
        let (Some(organisation), Some(&speaker)) = (of_label(label), people.of_label.get(index)) else {
            continue;
        };
        if is_unknown(organisation) {
            continue;
        }
        let turn = first_turns.get(index).copied().unwrap_or(0);
        let line = u64::from(session.line_of(turn, 0));
        let because = Because {
            turn: Some(turn as u64),
            line: (line > 0).then_some(line),
            text: label.clone(),
            ..Because::new(ReasonKind::Label.beginning())
        };
        findings.push(Finding {
            speaker,
            organisation: Organisation::of_label(organisation),
            strength: Strength::Label,
            on_behalf: false,
            because,
        });
    }
    for (number, turn) in session.turns.iter().enumerate() {
        let speaker = people.id(turn.label);
        let turn = Turn {
            session,
            people,
            read: text,
            phrases: &phrases.floor,
            number,
            text: session.turn_text(number),
            speaker,
        };
        introductions::find(&turn, &phrases.leads, &names, &mut findings);
        floor::find(&turn, &names, &mut findings);
        own_words::find(&turn, &phrases.leads, &names, &mut findings);
    }
    findings
}

/// The first turn of each label; the first of all for a label without any.
fn first_turns(session: &Session) -> Vec<usize> {
    let mut first = vec![0; session.labels.len()];
    for (number, turn) in session.turns.iter().enumerate().rev() {
        if let Some(first) = first.get_mut(turn.label.0 as usize) {
            *first = number;
        }
    }
    first
}

/// The turn at hand.
struct Turn<'a> {
    session: &'a Session,
    people: &'a People,
    /// The session read.
    read: &'a Text,
    phrases: &'a FloorPhrases,
    number: usize,
    text: &'a str,
    speaker: SpeakerId,
}

impl Turn<'_> {
    fn tokens(&self) -> &Tokens {
        &self.read.tokens
    }

    /// The words of the session in which names are looked for.
    fn words(&self) -> &NameWords {
        &self.read.name_words
    }

    /// The turn as names of organisations are read in it.
    fn passage(&self) -> Passage<'_> {
        Passage::of_turn(self.text, self.read, self.number)
    }

    /// The first token that begins at or after a byte of the turn.
    fn token_from(&self, byte: usize) -> usize {
        self.tokens().of_span(self.number, Span::new(byte, self.text.len().max(byte))).start
    }

    /// A token of the turn, if it begins before a byte.
    fn token_before(&self, at: usize, stop: usize) -> Option<&Token> {
        let is_of_turn = self.tokens().of_turn(self.number).contains(&at);
        self.tokens().all.get(at).filter(|token| is_of_turn && token.span.start() < stop)
    }

    /// The word of a token in lower case; empty for what is no word.
    fn word(&self, at: usize) -> &str {
        let token = self.tokens().all.get(at).filter(|token| token.is(TokenFlags::SOURCE_WORD));
        token.map_or("", |token| self.tokens().words.text(token.word))
    }

    /// The place of a sentence.
    fn sentence(&self, id: SentenceId) -> Option<Span> {
        self.read.sentences.get(id.index()).map(|sentence| sentence.span)
    }

    /// The place of a phrase that was found.
    fn place<M>(&self, found: &PhraseMatch<M>) -> Option<Span> {
        let token = |at: u32| self.tokens().all.get(at as usize).map(|token| token.span);
        Some(Span::new(token(found.first)?.start(), token(found.last)?.end()))
    }

    /// A finding whose words are a span of the turn.
    fn finding(&self, speaker: SpeakerId, organisation: Span, words: Span) -> Finding {
        let own = speaker == self.speaker;
        let reason = if own {
            ReasonKind::OwnWords.beginning().to_owned()
        } else {
            let by = self.people.speakers.get(self.speaker.0 as usize).map_or("", |s| s.name.as_str());
            format!("{} {by}", ReasonKind::Introduced.beginning())
        };
        let line = u64::from(self.session.line_of(self.number, words.start()));
        Finding {
            speaker,
            organisation: self.passage().organisation(organisation),
            strength: if own { Strength::Own } else { Strength::Introduced },
            on_behalf: false,
            because: Because {
                turn: Some(self.number as u64),
                start: Some(words.start() as u64),
                end: Some(words.end() as u64),
                line: (line > 0).then_some(line),
                text: words.of(self.text).to_owned(),
                ..Because::new(reason)
            },
        }
    }
}

/// The full names of the speakers, in words of the session, and the initials that the source lists.
struct Names {
    /// By first word, the longest first, so that a part does not hide the whole.
    by_first: FxHashMap<NameForm, Vec<(SpeakerId, Vec<NameForm>)>>,
    /// By speaker; none of those whose surname nobody says.
    surnames: Vec<Option<NameForm>>,
    initials: FxHashSet<String>,
}

impl Names {
    fn new(session: &Session, words: &NameWords, people: &People) -> Self {
        let mut owner_of: FxHashMap<Vec<NameForm>, Option<SpeakerId>> = FxHashMap::default();
        let mut add = |id: SpeakerId, name: &[&String]| {
            // A name with a word that nobody says stands nowhere.
            let forms = name.iter().map(|word| words.form_of(word)).collect::<Option<Vec<NameForm>>>();
            let Some(forms) = forms else { return };
            let owner = owner_of.entry(forms).or_insert(Some(id));
            // A name that two speakers share tells neither.
            *owner = owner.filter(|&known| known == id);
        };
        for (index, speaker) in people.speakers.iter().enumerate() {
            let id = SpeakerId(index as u32);
            let written = speaker.labels.iter().map(|&l| session.label(l)).chain([speaker.name.as_str()]);
            for name in written.filter(|name| is_full_name(name) && from_label(name).is_none()) {
                let core = core_name(name);
                if let (Some(first), Some(last), true) = (core.first(), core.last(), core.len() > 2) {
                    add(id, &[first, last]);
                }
                add(id, &core.iter().collect::<Vec<_>>());
            }
        }
        let mut by_first: FxHashMap<NameForm, Vec<(SpeakerId, Vec<NameForm>)>> = FxHashMap::default();
        for (name, owner) in owner_of {
            if let (Some(&first), Some(id)) = (name.first(), owner) {
                by_first.entry(first).or_default().push((id, name));
            }
        }
        for names in by_first.values_mut() {
            names.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.cmp(b)));
        }
        let listed = session.attendees.iter().flat_map(|attendee| &attendee.aliases);
        let surname_of = |name: &str| words.form_of(&surname(name)?);
        let surnames = people.speakers.iter().map(|speaker| surname_of(&speaker.name)).collect();
        Names { by_first, surnames, initials: listed.filter(|alias| is_initials(alias)).cloned().collect() }
    }

    /// The longest name that begins a list of words, and whose it is.
    fn at<'n>(&'n self, words: &[NameWord]) -> Option<(SpeakerId, &'n [NameForm])> {
        let names = self.by_first.get(&words.first()?.form)?;
        let begins = |name: &[NameForm]| {
            let here = words.get(..name.len());
            here.is_some_and(|here| here.iter().map(|word| word.form).eq(name.iter().copied()))
        };
        names.iter().find(|(_, name)| begins(name)).map(|(id, name)| (*id, name.as_slice()))
    }

    /// The form of the surname of a speaker.
    fn surname(&self, speaker: SpeakerId) -> Option<NameForm> {
        self.surnames.get(speaker.0 as usize).copied().flatten()
    }

    /// Whether a stretch of a turn is the name or the initials of one of the speakers, or begins with its
    /// name.
    fn names_somebody(&self, turn: &Turn<'_>, stretch: Span) -> bool {
        self.initials.contains(stretch.of(turn.text))
            || self.at(turn.words().of_span(turn.number, stretch)).is_some()
    }
}

/// The organisation that findings of one speaker lead to, the strongest first; `None` where the
/// strongest contradict each other. With it, the findings that contradict the choice.
pub(super) fn choose(findings: &[Finding]) -> (Option<&Finding>, Vec<&Finding>) {
    let strongest = findings.iter().map(|f| f.strength).max();
    let top: Vec<&Finding> = findings.iter().filter(|f| Some(f.strength) == strongest).collect();
    let Some(&first) = top.first() else { return (None, Vec::new()) };
    // The fullest of names that agree.
    let fullest = top
        .iter()
        .copied()
        .max_by_key(|f| (f.organisation.name.chars().count(), std::cmp::Reverse(f.because.turn)));
    let chosen = fullest.filter(|f| f.organisation.may_be(&first.organisation)).unwrap_or(first);
    // A delegate of a country may well speak on behalf of a group.
    let is_group = |f: &Finding| f.on_behalf && f.strength < chosen.strength;
    // A label shortens what is said in full when the floor is given.
    let is_short = |f: &Finding| chosen.strength == Strength::Floor && f.strength == Strength::Label;
    let against: Vec<&Finding> = findings
        .iter()
        .filter(|f| !is_group(f) && !is_short(f) && !f.organisation.may_be(&chosen.organisation))
        .collect();
    if against.iter().any(|f| f.strength == chosen.strength) {
        (None, against)
    } else {
        (Some(chosen), against)
    }
}

#[cfg(test)]
mod tests;
