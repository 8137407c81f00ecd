//! Phrases of a session that could name an issue: what stands between stop words and punctuation.
//!
//! In some languages the head of a noun phrase comes first (medidas de apoyo), in others last (support
//! measures); where nouns have capitals or articles are part of the word, that tells a noun. `lists.rs`
//! has what is known of each language.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::model::{Analysis, Kind, Language, People, SentenceId, Session, Span, TermId, WordId};
use crate::text::uncapitalized;

use super::classes::{Class, WordClasses};
use super::lists::{Lists, lists};
use super::longer_names::{Cuts, Joint, joint};
use super::stems::{StemId, Stems};

/// A phrase has at most so many words with content.
const LONGEST: usize = 4;
/// Words of a window in which phrases are said together.
const WINDOW: u32 = 50;

/// The stems of a phrase in order; the places after the last have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PhraseKey([Option<StemId>; LONGEST]);

impl PhraseKey {
    /// The stems.
    pub(super) fn stems(&self) -> impl Iterator<Item = StemId> {
        self.0.iter().copied().flatten()
    }
}

/// A phrase and where it occurs in a session.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrase<'s> {
    /// How often it occurs.
    pub(super) count: u32,
    /// How often it stands where a noun stands: no word with content follows and, if it is one word, a
    /// determiner or preposition is before it.
    pub(super) nominal: u32,
    /// How often it stands right after a word for a place (in, at).
    pub(super) placed: u32,
    /// How often it stands right after a word before verbs (to, will).
    pub(super) verbal: u32,
    /// How often it is cut out of a longer name; where all nouns have capitals, that is not told.
    pub(super) cuts: Cuts,
    /// Number of turns in which it occurs.
    pub(super) n_turns: u32,
    /// The last of them.
    last_turn: Option<usize>,
    /// How probably the sentences with it take a position, added up, in thousandths.
    pub(super) weight: u64,
    /// How it is written; a form that only opens sentences is counted in lower case.
    pub(super) forms: FxHashMap<Cow<'s, str>, Form>,
    /// Who says it, with the greatest probability that a position is taken, in thousandths.
    pub(super) speakers: FxHashMap<u32, u64>,
    /// How often each speaker says it.
    pub(super) counts: FxHashMap<u32, u32>,
    /// The windows in which it occurs, ascending.
    pub(super) windows: Vec<u32>,
}

/// One way in which a phrase is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Form {
    /// How often.
    pub(super) count: u64,
    /// Which of the phrase's stems its head is.
    pub(super) head: usize,
    /// Whether its head is somebody who acts.
    pub(super) is_actor: bool,
    /// Whether its head says too little alone.
    pub(super) is_vague: bool,
    /// Whether all its longer words have capitals that other words of the language have not.
    pub(super) is_name: bool,
    /// The kind of negotiated text that its head is, if it is one.
    pub(super) instrument: Option<usize>,
}

impl Form {
    /// Adds what another session knows of the same form; the same in any order.
    pub(super) fn add(&mut self, other: Form) {
        self.count += other.count;
        self.head = self.head.min(other.head);
        self.is_actor |= other.is_actor;
        self.is_vague |= other.is_vague;
        self.is_name |= other.is_name;
        self.instrument = self.instrument.max(other.instrument);
    }
}

/// The phrases of a session.
#[derive(Debug, Default)]
pub(super) struct Phrases<'s> {
    /// By their stems.
    pub(super) phrases: FxHashMap<PhraseKey, Phrase<'s>>,
    /// Number of windows of the session.
    pub(super) n_windows: u32,
}

/// A word with content, or one that joins, at its place.
struct Piece {
    span: Span,
    stem: Option<StemId>,
    word: WordId,
    /// Whether a determiner or preposition stands before it.
    determined: bool,
    /// Whether a word for a place stands before it.
    placed: bool,
    /// Whether a word before verbs does.
    verbal: bool,
    /// Whether the word before it belongs to the same name.
    before: Joint,
    /// Whether the word after it does.
    after: Joint,
}

/// How probably a sentence takes a position of which that is not known, such as a moderator's.
const UNKNOWN_POSITION: f64 = 0.2;

/// The phrases of what is said in a session, without names of its speakers. `positions` has the probability
/// of each sentence that it takes a position, where that is known.
pub(super) fn phrases<'s>(
    session: &'s Session,
    people: &People,
    analysis: &Analysis,
    stems: &Stems,
    positions: &[Option<f64>],
) -> Phrases<'s> {
    let language = analysis.language.unwrap_or(Language::UNKNOWN);
    let lists = lists(language);
    let mut found = Phrases::default();
    if !lists.has_phrases() {
        return found;
    }
    let classes = WordClasses::of(session, people, &analysis.tokens.words, language);
    let (mut said, mut window) = (0, 0);
    for id in analysis.ids() {
        let sentence = analysis.sentence(id);
        if said >= WINDOW {
            (said, window) = (0, window + 1);
        }
        said += sentence.words;
        found.n_windows = window + 1;
        if sentence.kind != Kind::Speech {
            continue;
        }
        let turn = sentence.turn as usize;
        let speaker = session.turns.get(turn).map_or(0, |turn| people.id(turn.label).0);
        let position = positions.get(id.index()).copied().flatten().unwrap_or(UNKNOWN_POSITION);
        let position = (position * 1000.0).round() as u64;
        let speech = Speech { text: session.turn_text(turn), id, analysis, stems, classes: &classes, lists };
        for run in speech.runs() {
            for candidate in speech.candidates(&run) {
                let phrase = found.phrases.entry(candidate.key).or_default();
                phrase.count += 1;
                phrase.nominal += u32::from(candidate.nominal);
                phrase.placed += u32::from(candidate.part[0].placed);
                phrase.verbal += u32::from(candidate.part[0].verbal);
                let after = candidate.part.last().map_or(Joint::None, |last| last.after);
                phrase.cuts.add(candidate.part[0].before, after);
                phrase.n_turns += u32::from(phrase.last_turn.replace(turn) != Some(turn));
                phrase.weight += position;
                let greatest = phrase.speakers.entry(speaker).or_default();
                *greatest = position.max(*greatest);
                *phrase.counts.entry(speaker).or_default() += 1;
                if phrase.windows.last() != Some(&window) {
                    phrase.windows.push(window);
                }
                let form = phrase.forms.entry(speech.written(candidate.part));
                form.or_insert_with(|| speech.form(candidate.part)).count += 1;
            }
        }
    }
    found
}

/// Whether what stands between two words ties them to a compound.
fn is_tie(gap: &str) -> bool {
    matches!(gap, "-" | "‑")
}

/// A part of a run that could name an issue.
struct Candidate<'r> {
    key: PhraseKey,
    /// At least one piece.
    part: &'r [Piece],
    /// Whether it stands where a noun stands.
    nominal: bool,
}

/// A sentence and what is known of its words.
struct Speech<'a, 's> {
    /// The text of its turn.
    text: &'s str,
    id: SentenceId,
    analysis: &'a Analysis,
    stems: &'a Stems,
    classes: &'a WordClasses,
    lists: &'static Lists,
}

impl<'s> Speech<'_, 's> {
    /// Runs of the sentence's terms that no other word, punctuation or line break divides, joined by words
    /// such as "of".
    fn runs(&self) -> Vec<Vec<Piece>> {
        let sentence = self.analysis.sentence(self.id).span;
        let mut terms: Vec<TermId> = self.analysis.terms_of(self.id).to_vec();
        terms.sort_unstable();
        let mut runs: Vec<Vec<Piece>> = vec![Vec::new()];
        let (mut end, mut before) = (sentence.start(), WordId::NONE);
        let tells_names = !self.lists.has_capital_nouns && self.has_lower_case(sentence);
        let mut last: Option<Span> = None;
        for word in self.stems.words_of(self.id) {
            let gap = self.text.get(end..word.span.start()).unwrap_or("");
            let joined = gap.chars().all(|c| c == ' ') || is_tie(gap) || matches!(gap, "'" | "’");
            let rest = self.text.get(word.span.end()..sentence.end()).unwrap_or("");
            let tied = is_tie(gap) || rest.starts_with('-');
            // What is no term of the sentence is a remark of the transcriber.
            let is_term =
                |stem: &StemId| self.stems.term(*stem).is_some_and(|term| terms.binary_search(&term).is_ok());
            let stem = word.stem.filter(|stem| tied || is_term(stem));
            let follows = |class: Class| joined && self.classes.has(before, class);
            let is = |class: Class| self.classes.has(word.word, class);
            let joins =
                is(Class::JOIN) || stem.is_none() && follows(Class::JOIN) && is(Class::JOINED_ARTICLE);
            let joint = last
                .filter(|_| tells_names)
                .map_or(Joint::None, |last| joint(self.text, last, word.span, self.opens(last)));
            let beside = runs.last_mut().and_then(|run| run.last_mut());
            if let Some(beside) = beside.filter(|beside| Some(beside.span) == last) {
                beside.after = joint;
            }
            if !joined || (stem.is_none() && !joins) {
                runs.push(Vec::new());
            }
            let piece = Piece {
                span: word.span,
                stem,
                word: word.word,
                determined: follows(Class::BEFORE_NOUN)
                    || is(Class::HAS_ARTICLE)
                    || self.lists.is_without_articles(),
                placed: follows(Class::BEFORE_PLACE),
                verbal: follows(Class::BEFORE_VERB),
                before: joint,
                after: Joint::None,
            };
            if let (Some(run), true) = (runs.last_mut(), stem.is_some() || joins) {
                run.push(piece);
            }
            (end, before, last) = (word.span.end(), word.word, Some(word.span));
        }
        runs
    }

    fn candidates<'r>(&self, run: &'r [Piece]) -> Vec<Candidate<'r>> {
        let mut found = Vec::new();
        for first in 0..run.len() {
            let (mut key, mut n_stems) = (PhraseKey([None; LONGEST]), 0);
            for last in first..run.len() {
                let part = &run[first..=last];
                if let Some(stem) = run[last].stem {
                    let Some(place) = key.0.get_mut(n_stems) else { break };
                    *place = Some(stem);
                    n_stems += 1;
                }
                let cut = self.is_tied_on(run, first) || self.is_tied_on(run, last + 1);
                if cut || !self.may_name(part) {
                    continue;
                }
                let closing = run.get(last + 1).is_none_or(|next| next.stem.is_none());
                let nominal = if self.lists.has_head_first {
                    part[0].determined && (part.len() == 1 || closing)
                } else {
                    closing && (part.len() > 1 || part[0].determined || first > 0)
                };
                found.push(Candidate { key, part, nominal });
            }
        }
        found
    }

    /// What is known of a way in which a phrase is written.
    fn form(&self, part: &[Piece]) -> Form {
        // The head stands before the first word that joins.
        let content = part.iter().take_while(|piece| piece.stem.is_some());
        let head = if self.lists.has_head_first {
            content.clone().position(|piece| !self.is(piece, Class::ADJECTIVE)).unwrap_or(0)
        } else {
            content.count().saturating_sub(1)
        };
        let is_head = |class: Class| part.get(head).is_some_and(|piece| self.is(piece, class));
        let word = part.get(head).map_or("", |piece| self.analysis.tokens.words.text(piece.word));
        let named = |piece: &Piece| self.is(piece, Class::SHORT) || self.has_capital(piece);
        let is_name = !self.lists.has_capital_nouns
            && part.iter().all(named)
            && part.iter().any(|piece| self.has_capital(piece));
        // Of a name, the title is as good as the head (President Lund).
        let acts = |piece: &Piece| self.is(piece, Class::ACTOR);
        Form {
            count: 0,
            head,
            is_actor: is_head(Class::ACTOR) || is_name && part.iter().any(acts),
            is_vague: is_head(Class::VAGUE),
            is_name,
            instrument: self.lists.instruments.iter().position(|line| line.contains(word)),
        }
    }

    fn is(&self, piece: &Piece, class: Class) -> bool {
        self.classes.has(piece.word, class)
    }

    fn has_capital(&self, piece: &Piece) -> bool {
        piece.span.of(self.text).starts_with(char::is_uppercase)
    }

    /// Whether capitals tell anything: some captions have nothing else.
    fn has_lower_case(&self, sentence: Span) -> bool {
        sentence.of(self.text).contains(char::is_lowercase)
    }

    /// Whether a hyphen ties the word at `at` to the one before.
    fn is_tied_on(&self, run: &[Piece], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| run.get(before));
        let gap = before.zip(run.get(at)).and_then(|(a, b)| self.text.get(a.span.end()..b.span.start()));
        gap.is_some_and(is_tie)
    }

    fn may_name(&self, part: &[Piece]) -> bool {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { return false };
        let named = |piece: &Piece| {
            (self.has_capital(piece) || !self.lists.has_capitals()) && self.is(piece, Class::NAME)
        };
        let joins = part.windows(2).filter(|pair| pair[0].stem.is_some() && pair[1].stem.is_none()).count();
        let stammered = part.windows(2).any(|pair| pair[0].stem == pair[1].stem && pair[0].stem.is_some());
        let edges = self.is_edge(first) && (self.is_edge(last) || self.is_number(part));
        if !edges || part.iter().any(named) || stammered || joins > 1 {
            return false;
        }
        if self.is(last, Class::NEVER_LAST) {
            return false;
        }
        let may_follow = |piece: &Piece| {
            self.has_capital(piece) || piece.stem.is_none() || self.is(piece, Class::ADJECTIVE)
        };
        if self.lists.has_capital_nouns && !(self.has_capital(last) && part.iter().skip(1).all(may_follow)) {
            return false;
        }
        if part.len() > 1 {
            return !self.is(first, Class::NEVER_FIRST);
        }
        self.may_name_alone(first)
    }

    /// Whether a single word may name an issue: no name, no adjective, none that fits any subject.
    fn may_name_alone(&self, piece: &Piece) -> bool {
        let written = piece.span.of(self.text);
        let letters = written.chars().count();
        let inner_capital = written.chars().skip(1).any(char::is_uppercase);
        let is_name = self.has_capital(piece)
            && !inner_capital
            && !self.lists.has_capital_nouns
            && !self.opens(piece.span);
        let is_long = inner_capital || letters > if self.lists.has_capitals() { 3 } else { 1 };
        is_long && !is_name && !self.is(piece, Class::ADJECTIVE) && !self.is(piece, Class::NEVER_FIRST)
    }

    /// Whether a word may open or close a label.
    fn is_edge(&self, piece: &Piece) -> bool {
        piece.stem.is_some() && self.is(piece, Class::EDGE)
    }

    /// Whether a part ends in the number of an article (Article 9).
    fn is_number(&self, part: &[Piece]) -> bool {
        let [.., before, last] = part else { return false };
        self.is(before, Class::BEFORE_NUMBER) && self.is(last, Class::NUMBER)
    }

    /// Whether nothing but punctuation stands before a word of the sentence.
    fn opens(&self, word: Span) -> bool {
        self.stems.words_of(self.id).first().is_none_or(|first| first.span.start() == word.start())
    }

    /// A phrase as it is written, with single spaces; where it opens the sentence and is written like any
    /// opening, in lower case.
    fn written(&self, part: &[Piece]) -> Cow<'s, str> {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { return Cow::Borrowed("") };
        let mut written = Cow::Borrowed(self.text.get(first.span.start()..last.span.end()).unwrap_or(""));
        // Between the pieces of a run stand only spaces, a hyphen or an apostrophe.
        while written.contains("  ") {
            written = Cow::Owned(written.replace("  ", " "));
        }
        if self.opens(first.span) { uncapitalized(written) } else { written }
    }
}
