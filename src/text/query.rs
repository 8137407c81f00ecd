//! Questions: the terms that say what a question is about, without the frame that asks.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::model::{Analysis, Language, Question, Span, Stance, Stand, TermId};

use super::words;
use crate::language::{ByLanguage, LanguageData, List, Sections, Stemmer, data};

/// Where the subject of a question begins (“… about the budget?”), if a word leads to it.
pub fn subject_start(text: &str, language: Language) -> Option<usize> {
    let lists = lists(language)?;
    let data = data(language);
    let leads = |span: &&Span| {
        let word = words::normalize(span.of(text));
        let word = data.folded(&word);
        lists.subject.contains(word.as_ref()) || lists.subject.contains(data.bare(&word))
    };
    words(text).iter().find(leads).map(|span| span.end())
}

struct Lists {
    setting: FxHashSet<Cow<'static, str>>,
    subject: FxHashSet<Cow<'static, str>>,
    frame: FxHashSet<Cow<'static, str>>,
    everyone: FxHashSet<Cow<'static, str>>,
    addressee: FxHashSet<Cow<'static, str>>,
    decision: FxHashSet<Cow<'static, str>>,
    reason: FxHashSet<Cow<'static, str>>,
    outcome: FxHashSet<Cow<'static, str>>,
    who: FxHashSet<Cow<'static, str>>,
    sides: [(Stance, FxHashSet<Cow<'static, str>>); 3],
}

/// Whether a question asks those whose names stand at `names` for their words: not somebody to whom
/// or with whom others spoke, and not all who were there. `text` is the question up to its subject.
pub fn asks_named(text: &str, names: &[Span], language: Language) -> bool {
    let Some(lists) = lists(language) else { return false };
    let data = data(language);
    let is_in = |list: &FxHashSet<Cow<'static, str>>, span: &Span| {
        let word = words::normalize(span.of(text));
        let word = data.folded(&word);
        list.contains(&word) || list.contains(data.bare(&word))
    };
    let words = words(text);
    let is_named = |word: &&Span| names.iter().any(|n| n.start() < word.end() && word.start() < n.end());
    if words.iter().filter(|word| !is_named(word)).any(|word| is_in(&lists.everyone, word)) {
        return false;
    }
    names.iter().any(|name| {
        let before = words.iter().rev().filter(|word| word.end() <= name.start()).take(BEFORE_NAME);
        !before.into_iter().any(|word| is_in(&lists.addressee, word))
    })
}

/// Words before a name among which one may make it an addressee: “to the Honourable …”.
const BEFORE_NAME: usize = 2;

/// What a question or a subject is about; frame words count only when there is nothing else and
/// nobody is named, as `names_speakers` says. The speakers are the caller's to find, best before their
/// names are taken for subjects.
pub fn question(text: &str, names_speakers: bool, analysis: &Analysis, language: Language) -> Question {
    let lists = lists(language);
    let (stemmer, data) = (Stemmer::new(language), data(language));
    let normalised: Vec<String> =
        words(text).iter().map(|span| words::normalize(span.of(text)).into_owned()).collect();
    let is_in = |list: &FxHashSet<Cow<'static, str>>, word: &str| {
        let word = data.folded(word);
        list.contains(&word) || list.contains(data.bare(&word))
    };
    let is_content = |w: &&String| w.chars().any(char::is_alphanumeric) && !data.is_stop_word(w);
    let content: Vec<&String> = normalised.iter().filter(is_content).collect();
    let stand = lists.and_then(|lists| stand(text, lists, data));
    let thing: Option<Vec<String>> = stand.as_ref().map(|stand| {
        let words = words(&stand.thing);
        words.iter().map(|span| words::normalize(span.of(&stand.thing)).into_owned()).collect()
    });
    // Of a question who takes a stand, nothing but the thing is the subject: not “which delegations”.
    let is_beside = |word: &str| thing.as_ref().is_some_and(|thing| !thing.iter().any(|w| w == word));
    let is_frame = |word: &str| lists.is_some_and(|l| is_in(&l.frame, word)) || is_beside(word);
    let subject: Vec<&&String> = content.iter().filter(|word| !is_frame(word)).collect();
    let wants_decision = lists.is_some_and(|l| normalised.iter().any(|w| is_in(&l.decision, w)));
    let is_outcome =
        |word: &&&String| lists.is_some_and(|l| is_in(&l.decision, word) || is_in(&l.outcome, word));
    let mut question = Question {
        wants_decision,
        wants_outcome: wants_decision && subject.iter().all(is_outcome),
        wants_reason: lists.is_some_and(|l| normalised.iter().any(|w| is_in(&l.reason, w))),
        stand: stand.clone(),
        ..Question::default()
    };
    let asked = if subject.is_empty() && !names_speakers { content.iter().collect() } else { subject };
    for word in asked {
        let stem = stemmer.stem(word);
        let mut related = related(&stem, analysis);
        if words::parts(word).nth(1).is_some() {
            let parts = words::parts(word).filter(|part| !data.is_stop_word(part));
            related.extend(parts.filter_map(|part| analysis.vocabulary.get(&stemmer.stem(part))));
        }
        match analysis.vocabulary.get(&stem) {
            Some(term) if !question.terms.contains(&term) => question.terms.push(term),
            None if related.is_empty() => question.unknown.push((**word).clone()),
            _ => {}
        }
        question.related.extend(related);
    }
    if let Some(at) = setting_start(&normalised, lists) {
        let after = normalised[at..].iter().filter_map(|word| analysis.vocabulary.get(&stemmer.stem(word)));
        let after: Vec<TermId> = after.filter(|term| question.terms.contains(term)).collect();
        question.setting = question.terms.iter().copied().filter(|term| after.contains(term)).collect();
    }
    question.related.sort();
    question.related.dedup();
    question.related.retain(|term| !question.terms.contains(term));
    question
}

/// Words at the beginning among which one may ask who: “And who supports …”.
const WHO_WITHIN: usize = 2;

/// The stand that a question asks who takes. “Who does not support …?” asks for none in particular.
fn stand(text: &str, lists: &Lists, data: &LanguageData) -> Option<Stand> {
    let words = words(text);
    let is_in = |list: &FxHashSet<Cow<'static, str>>, span: &Span| {
        let word = words::normalize(span.of(text));
        let word = data.folded(&word);
        list.contains(&word) || list.contains(data.bare(&word))
    };
    let asks_who = words.iter().take(WHO_WITHIN).any(|word| is_in(&lists.who, word));
    if !asks_who || words.iter().any(|word| data.is_negation(&words::normalize(word.of(text)))) {
        return None;
    }
    let is_side = |word: &Span| lists.sides.iter().any(|(_, list)| is_in(list, word));
    let first = words.iter().position(is_side)?;
    let taken = |(_, list): &&(Stance, FxHashSet<_>)| is_in(list, &words[first]);
    let stance = lists.sides.iter().find(taken).map(|(stance, _)| *stance)?;
    let is_thing = |word: &&Span| {
        let normal = words::normalize(word.of(text));
        let frames = is_side(word) || is_in(&lists.frame, word) || is_in(&lists.who, word);
        !frames && normal.chars().any(char::is_alphanumeric) && !data.is_stop_word(&normal)
    };
    // “Which companies oppose the levy?”, “Wer hat die Abgabe unterstützt?”
    let within = |words: &[Span]| {
        let thing: Vec<Span> = words.iter().filter(is_thing).copied().collect();
        Some(Span::new(thing.first()?.start(), thing.last()?.end()))
    };
    let thing = within(&words[first + 1..]).or_else(|| within(&words[..first]))?;
    Some(Stand { stance, thing: thing.of(text).to_owned() })
}

/// Where the words that say at what occasion begin (“… when discussing the budget”), if words for the
/// subject come before.
fn setting_start(words: &[String], lists: Option<&Lists>) -> Option<usize> {
    let lists = lists?;
    let leads = |word: &String| lists.setting.contains(word.as_str());
    words.iter().rposition(leads).filter(|&at| at > 0).map(|at| at + 1)
}

/// The terms that begin as `stem` does, for at least five letters and most of both stems.
fn related(stem: &str, analysis: &Analysis) -> Vec<TermId> {
    let letters = |s: &str| s.chars().count();
    let common = |other: &str| stem.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let is_related = |other: &str| {
        let shared = common(other);
        shared >= 5 && shared * 10 >= 7 * letters(stem).max(letters(other)) && other != stem
    };
    let terms = (0..analysis.vocabulary.len() as u32).map(TermId);
    terms.filter(|&term| is_related(analysis.vocabulary.stem(term))).collect()
}

fn lists(language: Language) -> Option<&'static Lists> {
    static PARSED: ByLanguage<Option<Lists>> = ByLanguage::new();
    PARSED.of_list(language, List::Question, |row, sections| parse(row.language(), &sections))
}

fn parse(language: Language, sections: &Sections<'static>) -> Lists {
    let data = data(language);
    let words = |section: &str| sections.words(section).map(|word| data.folded(word)).collect();
    Lists {
        setting: words("setting"),
        subject: words("subject"),
        frame: words("frame"),
        everyone: words("everyone"),
        addressee: words("addressee"),
        decision: words("decision"),
        reason: words("reason"),
        outcome: words("outcome"),
        who: words("who"),
        sides: [Stance::Support, Stance::Oppose, Stance::Concern]
            .map(|stance| (stance, words(stance.name()))),
    }
}
