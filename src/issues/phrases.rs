//! Phrases of a session that could name an issue: what stands between stop words and punctuation.
//!
//! In some languages the head of a noun phrase comes first (medidas de apoyo), in others last (support
//! measures); where nouns have capitals or articles are part of the word, that tells a noun. `lists.rs`
//! has what is known of each language.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use crate::model::{Analysis, Kind, Language, People, Session, Span};

use super::lists::{Lists, lists};
use super::units::Words;

/// A phrase has at most so many words with content.
const LONGEST: usize = 4;
/// Words of a window in which phrases are said together.
const WINDOW: u32 = 50;

/// A phrase and where it occurs in a session. Its key is its stems with single spaces.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrase {
    /// How often it occurs.
    pub(super) count: u32,
    /// How often it stands where a noun stands: no word with content follows and, if it is one word, a
    /// determiner or preposition is before it.
    pub(super) nominal: u32,
    /// How often it stands right after a word for a place (in, at).
    pub(super) placed: u32,
    /// How often it stands right after a word before verbs (to, will).
    pub(super) verbal: u32,
    /// How probably the sentences with it take a position, added up, in thousandths.
    pub(super) weight: u64,
    /// How it is written; a form that only opens sentences is counted in lower case.
    pub(super) forms: BTreeMap<String, Form>,
    /// Who says it, with the greatest probability that a position is taken, in thousandths.
    pub(super) speakers: BTreeMap<u32, u64>,
    /// The windows in which it occurs.
    pub(super) windows: BTreeSet<u32>,
}

/// One way in which a phrase is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
pub(super) struct Phrases {
    /// By key.
    pub(super) phrases: BTreeMap<String, Phrase>,
    /// Number of windows of the session.
    pub(super) n_windows: u32,
}

/// A word with content at its place.
struct Piece {
    span: Span,
    stem: String,
    /// How it is written, in lower case.
    word: String,
    /// Whether a determiner or preposition stands before it.
    determined: bool,
    /// Whether a word for a place stands before it.
    placed: bool,
    /// Whether a word before verbs does.
    verbal: bool,
}

/// How probably a sentence takes a position of which that is not known, such as a moderator's.
const UNKNOWN_POSITION: f64 = 0.2;

/// The phrases of what is said in a session, without names of its speakers. `positions` has the probability
/// of each sentence that it takes a position, where that is known.
pub(super) fn phrases(
    session: &Session,
    people: &People,
    analysis: &Analysis,
    positions: &[Option<f64>],
    words: &Words<'_>,
) -> Phrases {
    let lists = lists(analysis.language.unwrap_or(Language::UNKNOWN));
    let names = names(session, people, words);
    let mut found = Phrases::default();
    if !lists.has_phrases() {
        return found;
    }
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
        let text = sentence.span.of(session.turn_text(turn));
        let speaker = session.turns.get(turn).map_or(0, |turn| people.id(turn.label).0);
        let terms: FxHashSet<&str> =
            analysis.terms_of(id).iter().map(|&term| analysis.vocabulary.stem(term)).collect();
        let position = positions.get(id.index()).copied().flatten().unwrap_or(UNKNOWN_POSITION);
        let position = (position * 1000.0).round() as u64;
        for run in runs(text, words, &terms, lists) {
            for candidate in candidates(text, &run, lists, &names) {
                let phrase = found.phrases.entry(candidate.key).or_default();
                phrase.count += 1;
                phrase.nominal += u32::from(candidate.nominal);
                phrase.placed += u32::from(candidate.placed);
                phrase.verbal += u32::from(candidate.verbal);
                phrase.weight += position;
                let greatest = phrase.speakers.entry(speaker).or_default();
                *greatest = position.max(*greatest);
                phrase.windows.insert(window);
                let known = phrase.forms.entry(candidate.written).or_insert(candidate.form);
                known.count += 1;
            }
        }
    }
    found
}

/// The words of the names of speakers and stakeholders, in lower case.
fn names(session: &Session, people: &People, words: &Words<'_>) -> FxHashSet<String> {
    let full = people.speakers.iter().map(|s| s.name.as_str());
    let aliases = session.attendees.iter().map(|a| a.name.as_str());
    let labels = session.labels.iter().map(String::as_str);
    let mut names = FxHashSet::default();
    let stakeholders = people.speakers.iter().map(|s| s.stakeholder.as_str());
    for name in full.chain(aliases).chain(labels).chain(stakeholders) {
        names.extend(words(name).iter().map(|(span, _)| span.of(name).to_lowercase()));
    }
    names
}

/// Runs of the sentence's `terms` that no other word, punctuation or line break divides, joined by words
/// such as "of".
fn runs(text: &str, words: &Words<'_>, terms: &FxHashSet<&str>, lists: &Lists) -> Vec<Vec<Piece>> {
    let mut runs: Vec<Vec<Piece>> = vec![Vec::new()];
    let (mut end, mut before) = (0, String::new());
    for (span, stem) in words(text) {
        let gap = text.get(end..span.start()).unwrap_or("");
        let joined = gap.chars().all(|c| c == ' ') || is_tie(gap) || matches!(gap, "'" | "’");
        let tied = is_tie(gap) || text.get(span.end()..).is_some_and(|rest| rest.starts_with('-'));
        // What is no term of the sentence is a remark of the transcriber.
        let stem = stem.filter(|stem| tied || terms.contains(stem.as_str()));
        let word = span.of(text).to_lowercase();
        let follows_join = joined && lists.joins.contains(before.as_str());
        let joins = lists.joins.contains(word.as_str())
            || stem.is_none() && follows_join && lists.joined_articles.contains(word.as_str());
        if !joined || (stem.is_none() && !joins) {
            runs.push(Vec::new());
        }
        let after = |list: &FxHashSet<&str>| joined && list.contains(before.as_str());
        let has_article = lists.noun_prefixes.iter().any(|prefix| word.starts_with(prefix));
        let piece = Piece {
            span,
            determined: after(&lists.before_nouns) || has_article || lists.is_without_articles(),
            placed: after(&lists.places),
            verbal: after(&lists.before_verbs),
            stem: stem.unwrap_or_default(),
            word: word.clone(),
        };
        if let (Some(run), true) = (runs.last_mut(), !piece.stem.is_empty() || joins) {
            run.push(piece);
        }
        (end, before) = (span.end(), word);
    }
    runs
}

/// Whether what stands between two words ties them to a compound.
fn is_tie(gap: &str) -> bool {
    matches!(gap, "-" | "‑")
}

/// A part of a run that could name an issue.
struct Candidate {
    key: String,
    /// As it is written.
    written: String,
    form: Form,
    /// Whether it stands where a noun stands.
    nominal: bool,
    placed: bool,
    verbal: bool,
}

fn candidates(text: &str, run: &[Piece], lists: &Lists, names: &FxHashSet<String>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for first in 0..run.len() {
        for last in first..run.len() {
            let part = &run[first..=last];
            let content = part.iter().filter(|p| !p.stem.is_empty()).count();
            if content > LONGEST {
                break;
            }
            let cut = is_joined_on(text, run, first)
                || run.get(last + 1).is_some_and(|_| is_joined_on(text, run, last + 1));
            if cut || !may_name(text, part, lists, names) {
                continue;
            }
            let stems: Vec<&str> = part.iter().map(|p| p.stem.as_str()).filter(|s| !s.is_empty()).collect();
            let slice = text.get(part[0].span.start()..part[part.len() - 1].span.end()).unwrap_or("");
            let closing = run.get(last + 1).is_none_or(|next| next.stem.is_empty());
            let nominal = if lists.has_head_first {
                part[0].determined && (part.len() == 1 || closing)
            } else {
                closing && (part.len() > 1 || part[0].determined || first > 0)
            };
            found.push(Candidate {
                key: stems.join(" "),
                written: written(text, part[0].span, slice),
                form: form(text, part, lists),
                nominal,
                placed: part[0].placed,
                verbal: part[0].verbal,
            });
        }
    }
    found
}

/// What is known of a way in which a phrase is written.
fn form(text: &str, part: &[Piece], lists: &Lists) -> Form {
    // The head stands before the first word that joins.
    let content = part.iter().take_while(|piece| !piece.stem.is_empty());
    let head = if lists.has_head_first {
        let is_noun = |piece: &Piece| !lists.ends(&piece.word, &lists.adjectives);
        content.clone().position(is_noun).unwrap_or(0)
    } else {
        content.count().saturating_sub(1)
    };
    let word = part.get(head).map_or("", |piece| piece.word.as_str());
    let has_capital = |piece: &Piece| piece.span.of(text).starts_with(char::is_uppercase);
    let named = |piece: &Piece| piece.word.chars().count() < 4 || has_capital(piece);
    let is_name = !lists.has_capital_nouns && part.iter().all(named) && part.iter().any(has_capital);
    // Of a name, the title is as good as the head (President Lund).
    let acts = |piece: &Piece| lists.is_actor(&piece.word);
    Form {
        count: 0,
        head,
        is_actor: lists.is_actor(word) || is_name && part.iter().any(acts),
        is_vague: lists.vague.contains(word),
        is_name,
        instrument: lists.instruments.iter().position(|line| line.contains(word)),
    }
}

/// Whether a hyphen ties the word at `at` to the one before.
fn is_joined_on(text: &str, run: &[Piece], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| run.get(before));
    let gap = before.zip(run.get(at)).and_then(|(a, b)| text.get(a.span.end()..b.span.start()));
    gap.is_some_and(is_tie)
}

fn may_name(text: &str, part: &[Piece], lists: &Lists, names: &FxHashSet<String>) -> bool {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return false };
    let capital = |piece: &Piece| piece.span.of(text).starts_with(char::is_uppercase);
    let named = |piece: &Piece| (capital(piece) || !lists.has_capitals()) && names.contains(&piece.word);
    let joins = part.windows(2).filter(|pair| !pair[0].stem.is_empty() && pair[1].stem.is_empty()).count();
    let stammered = part.windows(2).any(|pair| pair[0].stem == pair[1].stem && !pair[0].stem.is_empty());
    let edges = is_edge(first, lists) && (is_edge(last, lists) || is_number(part, lists));
    if part.iter().any(named) || stammered || joins > 1 || !edges {
        return false;
    }
    if lists.ends(&last.word, &lists.never_last) {
        return false;
    }
    if lists.has_capital_nouns
        && !(capital(last)
            && part.iter().skip(1).all(|p| capital(p) || p.stem.is_empty() || is_adjective(p, lists)))
    {
        return false;
    }
    if part.len() > 1 {
        return !lists.ends(&first.word, &lists.never_first);
    }
    may_name_alone(text, first, lists)
}

fn is_adjective(piece: &Piece, lists: &Lists) -> bool {
    lists.ends(&piece.word, &lists.adjectives)
}

/// Whether a single word may name an issue: no name, no adjective, none that fits any subject.
fn may_name_alone(text: &str, piece: &Piece, lists: &Lists) -> bool {
    let written = piece.span.of(text);
    let letters = written.chars().count();
    let inner_capital = written.chars().skip(1).any(char::is_uppercase);
    let capital = written.starts_with(char::is_uppercase);
    let is_name = capital && !inner_capital && !lists.has_capital_nouns && !opens(text, piece.span);
    let is_long = inner_capital || letters > if lists.has_capitals() { 3 } else { 1 };
    is_long && !is_name && !is_adjective(piece, lists) && !lists.ends(&piece.word, &lists.never_first)
}

/// Whether a word may open or close a label.
fn is_edge(piece: &Piece, lists: &Lists) -> bool {
    let letters = piece.word.chars().filter(|c| c.is_alphabetic()).count();
    !piece.stem.is_empty()
        && letters > 1
        && !piece.word.contains(['@', '/'])
        && !is_abbreviated(&piece.word)
        && !lists.generic.contains(piece.word.as_str())
}

/// Whether a part ends in the number of an article (Article 9).
fn is_number(part: &[Piece], lists: &Lists) -> bool {
    let [.., before, last] = part else { return false };
    lists.articles.contains(before.word.as_str()) && last.word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word has points that are not those of a name of something (`import.sync`).
fn is_abbreviated(word: &str) -> bool {
    word.contains('.') && word.split('.').any(|part| part.chars().count() < 3)
}

/// Whether nothing but punctuation stands before a word of the sentence.
fn opens(text: &str, word: Span) -> bool {
    !text.get(..word.start()).unwrap_or("").contains(char::is_alphanumeric)
}

/// A phrase as it is written; where it opens the sentence and is written like any opening, in lower
/// case.
fn written(text: &str, first: Span, slice: &str) -> String {
    let slice = slice.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = slice.chars();
    match letters.next() {
        Some(initial) if opens(text, first) && !letters.clone().any(char::is_uppercase) => {
            initial.to_lowercase().chain(letters).collect()
        }
        _ => slice,
    }
}
