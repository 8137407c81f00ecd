//! Phrases of a session that could name an issue: what stands between stop words and punctuation.

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
    /// How it is written, and how often; a form that only opens sentences is counted in lower case.
    pub(super) forms: BTreeMap<String, u32>,
    /// Who says it.
    pub(super) speakers: BTreeSet<u32>,
    /// The windows in which it occurs.
    pub(super) windows: BTreeSet<u32>,
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
}

/// The phrases of what is said in a session, without names of its speakers.
pub(super) fn phrases(session: &Session, people: &People, analysis: &Analysis, words: &Words<'_>) -> Phrases {
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
        for run in runs(text, words, &terms, lists) {
            for Candidate { key, form, nominal } in candidates(text, &run, lists, &names) {
                let phrase = found.phrases.entry(key).or_default();
                phrase.count += 1;
                phrase.nominal += u32::from(nominal);
                phrase.speakers.insert(speaker);
                phrase.windows.insert(window);
                *phrase.forms.entry(form).or_default() += 1;
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

/// Runs of the sentence's `terms` that no other word, punctuation or line break divides, joined by "of".
fn runs(text: &str, words: &Words<'_>, terms: &FxHashSet<&str>, lists: &Lists) -> Vec<Vec<Piece>> {
    let mut runs: Vec<Vec<Piece>> = vec![Vec::new()];
    let (mut end, mut determined) = (0, false);
    for (span, stem) in words(text) {
        let gap = text.get(end..span.start()).unwrap_or("");
        let joined = gap.chars().all(|c| c == ' ') || matches!(gap, "-" | "‑");
        let tied = gap == "-" || text.get(span.end()..).is_some_and(|rest| rest.starts_with('-'));
        // What is no term of the sentence is a remark of the transcriber.
        let stem = stem.filter(|stem| tied || terms.contains(stem.as_str()));
        let word = span.of(text).to_lowercase();
        let joins = lists.joins.contains(word.as_str());
        if !joined || (stem.is_none() && !joins) {
            runs.push(Vec::new());
        }
        let before = joined && determined || lists.before_nouns.is_empty();
        if let (Some(run), true) = (runs.last_mut(), stem.is_some() || joins) {
            determined = lists.before_nouns.contains(word.as_str());
            run.push(Piece { span, stem: stem.unwrap_or_default(), word, determined: before });
        } else {
            determined = lists.before_nouns.contains(word.as_str());
        }
        end = span.end();
    }
    runs
}

/// A part of a run that could name an issue.
struct Candidate {
    key: String,
    /// As it is written.
    form: String,
    /// Whether it stands where a noun stands.
    nominal: bool,
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
            let nominal = closing && (part.len() > 1 || part[0].determined);
            found.push(Candidate { key: stems.join(" "), form: form(text, part[0].span, slice), nominal });
        }
    }
    found
}

/// Whether a hyphen ties the word at `at` to the one before.
fn is_joined_on(text: &str, run: &[Piece], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| run.get(before));
    before.zip(run.get(at)).is_some_and(|(a, b)| text.get(a.span.end()..b.span.start()) != Some(" "))
}

fn may_name(text: &str, part: &[Piece], lists: &Lists, names: &FxHashSet<String>) -> bool {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return false };
    let capital = |piece: &Piece| piece.span.of(text).starts_with(char::is_uppercase);
    let named = part.iter().any(|piece| capital(piece) && names.contains(&piece.word));
    let joins = part.iter().filter(|piece| piece.stem.is_empty()).count();
    let instrument = lists.instruments.contains(last.word.as_str()) && !capital(last);
    let edges = is_edge(first, lists) && is_edge(last, lists);
    let stammered = part.windows(2).any(|pair| pair[0].stem == pair[1].stem);
    if named || stammered || joins > 1 || !edges || instrument || lists.ends(&last.word, &lists.never_last) {
        return false;
    }
    if part.len() > 1 {
        return !lists.ends(&first.word, &lists.never_first);
    }
    let written = first.span.of(text);
    let inner_capital = written.chars().skip(1).any(char::is_uppercase);
    let proper = capital(first) && !inner_capital && !opens(text, first.span);
    let long = written.chars().count() > 3 || inner_capital;
    long && !proper
        && !lists.vague.contains(first.word.as_str())
        && !lists.ends(&first.word, &lists.never_first)
}

/// Whether a word may open or close a label.
fn is_edge(piece: &Piece, lists: &Lists) -> bool {
    let letters = piece.word.chars().filter(|c| c.is_alphabetic()).count();
    !piece.stem.is_empty()
        && letters > 1
        && !piece.word.contains(['.', '@', '/'])
        && !lists.generic.contains(piece.word.as_str())
}

/// Whether nothing but punctuation stands before a word of the sentence.
fn opens(text: &str, word: Span) -> bool {
    !text.get(..word.start()).unwrap_or("").contains(char::is_alphanumeric)
}

/// A phrase as it is written; where it opens the sentence and is written like any opening, in lower
/// case.
fn form(text: &str, first: Span, slice: &str) -> String {
    let slice = slice.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = slice.chars();
    match letters.next() {
        Some(initial) if opens(text, first) && !letters.clone().any(char::is_uppercase) => {
            initial.to_lowercase().chain(letters).collect()
        }
        _ => slice,
    }
}
