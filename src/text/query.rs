//! Questions: the terms that say what a question is about, without the frame that asks.

mod roles;
mod spelling;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::model::{
    Analysis, Language, Question, SentenceId, Span, Stance, Stand, TermId, Tokens, WordEntry, WordId,
    WordTraits,
};

use super::read_line;
use crate::language::{SharedList, data};
use roles::{Roles, lists, roles_of};

/// The stances that a question may ask for.
const SIDES: [Stance; 3] = [Stance::Support, Stance::Oppose, Stance::Concern];

/// Words before a name among which one may make it an addressee: “to the Honourable …”.
const BEFORE_NAME: usize = 2;
/// Sentences that say two words one after the other, to make them a phrase of the session.
const SAID_AS_PHRASE: usize = 3;
/// Words at the beginning among which one may ask who: “And who supports …”.
const WHO_WITHIN: usize = 2;

/// Forms of address and honours, in small letters without a full stop.
static TITLES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| SharedList::Names.read().words("titles").collect());

/// A word of a question.
#[derive(Debug, Clone, Copy)]
struct AskedWord {
    span: Span,
    word: WordId,
    roles: Roles,
}

/// A name of several words.
#[derive(Debug, Clone)]
struct LongName(Vec<AskedWord>);

impl LongName {
    fn contains(&self, word: &AskedWord) -> bool {
        self.0.iter().any(|own| own.span == word.span)
    }
}

/// A question or a subject, read.
#[derive(Debug, Clone)]
pub struct QuestionText<'t> {
    text: &'t str,
    language: Language,
    tokens: Tokens,
    words: Vec<AskedWord>,
    /// Whether anything is known of how the language asks.
    has_lists: bool,
}

impl<'t> QuestionText<'t> {
    /// Reads a question; in a language without a list of such words, all of them may be its subject.
    pub fn read(text: &'t str, language: Language) -> Self {
        let tokens = read_line(text, language);
        let (lists, data) = (lists(language), data(language));
        let roles = |word: WordId| {
            lists.map_or(Roles::default(), |lists| roles_of(tokens.words.text(word), lists, data))
        };
        let asked = |token: &crate::model::Token| AskedWord {
            span: token.span,
            word: token.word,
            roles: roles(token.word),
        };
        let words = tokens.source_words(tokens.of_turn(0)).map(asked).collect();
        QuestionText { text, language, tokens, words, has_lists: lists.is_some() }
    }

    /// Where the subject begins (“… about the budget?”), if a word leads to it.
    pub fn subject_start(&self) -> Option<usize> {
        self.words.iter().find(|word| word.roles.has(Roles::SUBJECT)).map(|word| word.span.end())
    }

    /// Whether the question asks those whose names stand at `names` for their words: not somebody to whom
    /// or with whom others spoke, and not all who were there. Its subject begins at `subject`.
    pub fn asks_named(&self, subject: usize, names: &[Span]) -> bool {
        let before_subject = || self.words.iter().filter(|word| word.span.end() <= subject);
        let is_everyone = |word: &AskedWord| word.roles.has(Roles::EVERYONE) && !is_named(word, names);
        if !self.has_lists {
            return false;
        }
        if before_subject().any(is_everyone) {
            return false;
        }
        names.iter().any(|name| {
            let before: Vec<&AskedWord> =
                before_subject().filter(|word| word.span.end() <= name.start()).collect();
            let near = before.iter().rev().take(BEFORE_NAME);
            !near.into_iter().any(|word| word.roles.has(Roles::ADDRESSEE))
        })
    }

    /// What the question is about besides the speakers whose names stand at `names`; frame words count only
    /// where there is nothing else and nobody is named.
    pub fn question(&self, names: &[Span], analysis: &Analysis) -> Question {
        let names = &self.with_titles(names);
        let words: Vec<AskedWord> =
            self.words.iter().filter(|word| !is_named(word, names)).copied().collect();
        let stand = self.stand(&words);
        let content: Vec<&AskedWord> = words.iter().filter(|word| !self.is_stop_word(word)).collect();
        // Of a question who takes a stand, nothing but the thing is the subject: not “which delegations”.
        let is_beside = |word: &AskedWord| {
            let is_same = |other: &&AskedWord| other.word == word.word;
            stand.is_some_and(|(_, thing)| !within(&words, thing).any(|other| is_same(&other)))
        };
        // In a name they frame nothing: “the General Assembly”.
        let long_names = self.long_names(&words);
        let is_in_name = |word: &AskedWord| long_names.iter().any(|name| name.contains(word));
        let in_phrases = self.frame_words_in_phrases(&content, analysis);
        let frames = |word: &AskedWord| {
            word.roles.has(Roles::FRAME) && !is_in_name(word) && !in_phrases.contains(&word.span)
        };
        let is_subject = |word: &AskedWord| !frames(word) && !is_beside(word);
        let subject: Vec<&AskedWord> = content.iter().copied().filter(|word| is_subject(word)).collect();
        let has = |role: Roles| words.iter().any(|word| word.roles.has(role));
        let is_outcome =
            |word: &&AskedWord| word.roles.has(Roles::DECISION) || word.roles.has(Roles::OUTCOME);
        let mut question = Question {
            wants_decision: has(Roles::DECISION),
            wants_outcome: has(Roles::DECISION) && subject.iter().all(is_outcome),
            settling: words
                .iter()
                .filter(|word| word.roles.has(Roles::SETTLED) || word.roles.has(Roles::DECISION))
                .map(|word| self.entry(word).stem.to_string())
                .collect(),
            wants_reason: has(Roles::REASON),
            wants_request: has(Roles::REQUEST),
            wants_figure: self.figure_asked_for().is_some(),
            counted: self.counted(analysis),
            wants_amount: self.asks_for_an_amount(),
            // “Until when …?”, “And when …?”
            wants_time: self.words.iter().take(WHO_WITHIN).any(|word| word.roles.has(Roles::WHEN)),
            wants_person: stand.is_none() && self.asks_who(),
            denies: words.iter().any(|word| self.negates(word)),
            wants_stance: match (stand, names.is_empty()) {
                (None, false) => words.iter().find_map(side),
                _ => None,
            },
            stand: stand.map(|(stance, thing)| Stand { stance, thing: thing.of(self.text).to_owned() }),
            held: self.held(&words),
            ..Question::default()
        };
        let asked = if subject.is_empty() && names.is_empty() { content } else { subject };
        let short: Vec<(&LongName, TermId)> =
            long_names.iter().filter_map(|name| Some((name, self.short_form(name, analysis)?))).collect();
        for word in asked {
            match short.iter().find(|(name, _)| name.contains(word)) {
                Some(&(_, term)) if self.is_unsaid(word, analysis) => {
                    if !question.terms.contains(&term) {
                        question.terms.push(term);
                    }
                }
                Some(&(_, term)) => {
                    let long = analysis.vocabulary.get(&self.entry(word).stem);
                    question.short_forms.extend(long.map(|long| (term, long)));
                    self.add_word(word, &mut question, analysis);
                }
                None => self.add_word(word, &mut question, analysis),
            }
        }
        let terms_of = |name: &LongName| {
            let terms = name.0.iter().filter_map(|word| analysis.vocabulary.get(&self.entry(word).stem));
            terms.filter(|term| question.terms.contains(term)).collect::<Vec<TermId>>()
        };
        let names: Vec<Vec<TermId>> =
            long_names.iter().map(terms_of).filter(|terms| terms.len() > 1).collect();
        question.names = names;
        if self.asks_how_much() {
            let money = words.iter().filter(|word| word.roles.has(Roles::MONEY));
            let terms = money.filter_map(|word| analysis.vocabulary.get(&self.entry(word).stem));
            question.money = terms.filter(|term| question.terms.contains(term)).collect();
            question.wants_amount |= words.iter().any(|word| word.roles.has(Roles::MONEY));
        }
        question.related.extend(short.iter().map(|(_, term)| term));
        question.apart = self.said_apart(&words, analysis);
        question.is_subject_unsaid = self.is_subject_unsaid(&words, &question);
        question.setting = self.setting(&words, &question, analysis);
        question.related.sort();
        question.related.dedup();
        question.related.retain(|term| !question.terms.contains(term));
        question
    }

    /// The words that ask for a figure end before this index, where it asks for one.
    fn figure_asked_for(&self) -> Option<usize> {
        let is_degree = |pair: &[AskedWord]| match pair {
            [how, degree] => how.roles.has(Roles::HOW) && degree.roles.has(Roles::DEGREE),
            _ => false,
        };
        let of_degree = self.words.windows(2).position(is_degree).map(|at| at + 2);
        let opening = self.words.iter().take(WHO_WITHIN);
        of_degree
            .or_else(|| opening.into_iter().position(|word| word.roles.has(Roles::FIGURE)).map(|at| at + 1))
    }

    /// The term after the words that ask for a figure: “How many States …?”, “Combien de délégations …?”.
    fn counted(&self, analysis: &Analysis) -> Option<TermId> {
        let after = self.words.get(self.figure_asked_for()?..)?;
        let counted = after.iter().find(|word| !self.is_stop_word(word))?;
        analysis.vocabulary.get(&self.entry(counted).stem)
    }

    /// Whether an amount is asked for: “How much does …?”, and not “How much time does …?”, which counts.
    fn asks_for_an_amount(&self) -> bool {
        let at = self.figure_asked_for().and_then(|end| end.checked_sub(1));
        let mass = at.and_then(|at| self.words.get(at..=at + 1));
        mass.is_some_and(|pair| match pair {
            [mass, next] => mass.roles.has(Roles::MASS) && self.is_stop_word(next),
            _ => false,
        })
    }

    /// Whether a quantity is asked for that is not counted: “How much money …?”, not “How many companies pay …?”.
    fn asks_how_much(&self) -> bool {
        let at = self.figure_asked_for().and_then(|end| end.checked_sub(1));
        at.and_then(|at| self.words.get(at)).is_some_and(|word| word.roles.has(Roles::MASS))
    }

    /// The names, each with the titles before it: nobody need say “Ms” for “Ms Duarte” to be answered.
    fn with_titles(&self, names: &[Span]) -> Vec<Span> {
        let is_title = |word: &&AskedWord| TITLES.contains(self.entry(word).text.trim_end_matches('.'));
        let titled = |name: &Span| {
            let before = self.words.iter().rev().skip_while(|word| word.span.end() > name.start());
            let first = before.take_while(is_title).last();
            Span::new(first.map_or(name.start(), |title| title.span.start()), name.end())
        };
        names.iter().map(titled).collect()
    }

    /// Adds the term of a word, and those related to it.
    fn add_word(&self, asked: &AskedWord, question: &mut Question, analysis: &Analysis) {
        let word = self.entry(asked);
        let mut related = related(&word.stem, analysis);
        let parts = match self.tokens.words.parts_of(asked.word) {
            parts if parts.len() > 1 && !word.traits.has(WordTraits::HAS_IDEOGRAPHS) => parts,
            _ => &[],
        };
        let stems = parts.iter().map(|&part| &*self.tokens.words.entry(part).stem);
        related.extend(stems.filter_map(|stem| analysis.vocabulary.get(stem)));
        let known = analysis.vocabulary.get(&word.stem);
        match known.or_else(|| spelling::respelt(&word.text, self.language, analysis)) {
            Some(term) if !question.terms.contains(&term) => question.terms.push(term),
            None if related.is_empty() => question.unknown.push(word.text.to_string()),
            _ => {}
        }
        question.related.extend(related);
    }

    /// The terms of the question that say at what occasion: those after the last word that leads to it.
    fn setting(&self, words: &[AskedWord], question: &Question, analysis: &Analysis) -> Vec<TermId> {
        let leads = |word: &AskedWord| word.roles.has(Roles::SETTING);
        let Some(at) = words.iter().rposition(leads).filter(|&at| at > 0) else { return Vec::new() };
        let term = |word: &AskedWord| analysis.vocabulary.get(&self.entry(word).stem);
        let after: Vec<TermId> = words.iter().skip(at + 1).filter_map(term).collect();
        question.terms.iter().copied().filter(|term| after.contains(term)).collect()
    }

    /// The stand that the question asks who takes, and the place of the thing.
    fn stand(&self, words: &[AskedWord]) -> Option<(Stance, Span)> {
        let asks_who = words.iter().take(WHO_WITHIN).any(|word| word.roles.has(Roles::WHO));
        if !asks_who {
            return None;
        }
        let is_for = words.windows(2).position(|pair| match pair {
            [be, word] => be.roles.has(Roles::BE) && word.roles.has(Roles::FOR),
            _ => false,
        });
        let stated = words.iter().position(|word| side(word).is_some());
        let wanted = words.iter().position(|word| word.roles.has(Roles::WANT));
        let denied = words.iter().position(|word| self.negates(word));
        let (first, stance) = match (stated, wanted) {
            // “Who doesn't want …?” asks for opposition, “Who does not support …?” for nobody in particular.
            _ if denied.is_some() => (wanted.filter(|&wanted| denied < Some(wanted))?, Stance::Oppose),
            (Some(first), _) => (first, side(words.get(first)?)?),
            (None, Some(wanted)) => (wanted, Stance::Support),
            (None, None) => (is_for? + 1, Stance::Support),
        };
        let is_thing = |word: &&AskedWord| {
            let frames = word.roles.has(Roles::FRAME) || word.roles.has(Roles::WHO);
            side(word).is_none() && !frames && !self.is_stop_word(word)
        };
        // “Which companies oppose the levy?”, “Wer hat die Abgabe unterstützt?”
        let thing_in = |words: &[AskedWord]| {
            let first = words.iter().find(is_thing)?;
            let last = words.iter().rev().find(is_thing)?;
            Some(Span::new(first.span.start(), last.span.end()))
        };
        let thing = thing_in(&words[first + 1..]).or_else(|| thing_in(&words[..first]))?;
        Some((stance, thing))
    }

    /// What the question asks who holds to be so: “Who argues that …?”; who holds it not to be so is against it.
    fn held(&self, words: &[AskedWord]) -> Option<Stand> {
        let at = words.iter().take(2 * WHO_WITHIN).position(|word| word.roles.has(Roles::HOLD))?;
        let rest = words.get(at + 1..)?;
        let is_denied = words.iter().any(|word| self.negates(word));
        let is_thing = |word: &&AskedWord| !self.is_stop_word(word);
        let thing = Span::new(rest.iter().find(is_thing)?.span.start(), rest.last()?.span.end());
        let stance = if is_denied { Stance::Oppose } else { Stance::Support };
        self.asks_who().then(|| Stand { stance, thing: thing.of(self.text).to_owned() })
    }

    /// Whether somebody is asked for: “Who …?”.
    fn asks_who(&self) -> bool {
        self.words.iter().take(WHO_WITHIN).any(|word| word.roles.has(Roles::PERSON))
    }

    fn negates(&self, word: &AskedWord) -> bool {
        self.entry(word).traits.has(WordTraits::NEGATION)
    }

    /// The names of several words with a capital, the first word of the question apart.
    fn long_names(&self, words: &[AskedWord]) -> Vec<LongName> {
        let is_capital = |word: &AskedWord| word.span.of(self.text).starts_with(char::is_uppercase);
        let runs = words.get(1..).unwrap_or(&[]).chunk_by(|a, b| is_capital(a) && is_capital(b));
        runs.filter(|run| run.len() > 1).map(|run| LongName(run.to_vec())).collect()
    }

    /// The places of words that would frame a question and stand before another word as they do in the session: “speech
    /// recognition”.
    fn frame_words_in_phrases(&self, content: &[&AskedWord], analysis: &Analysis) -> Vec<Span> {
        let term = |word: &AskedWord| analysis.vocabulary.get(&self.entry(word).stem);
        let is_said = |pair: &&[&AskedWord]| {
            let [first, next] = **pair else { return false };
            let is_phrase = first.roles.has(Roles::FRAME) && !next.roles.has(Roles::FRAME);
            let is_beside =
                self.text.get(first.span.end()..next.span.start()).is_some_and(|between| between == " ");
            let Some(pair) = term(first).zip(term(next)).filter(|_| is_phrase && is_beside) else {
                return false;
            };
            let says =
                |id: SentenceId| analysis.terms_of(id).windows(2).any(|said| (said[0], said[1]) == pair);
            analysis.ids().filter(|id| says(*id)).take(SAID_AS_PHRASE).count() == SAID_AS_PHRASE
        };
        content.windows(2).filter(is_said).map(|pair| pair[0].span).collect()
    }

    /// The initials that stand for a name in the session: “GA” for “General Assembly”.
    fn short_form(&self, name: &LongName, analysis: &Analysis) -> Option<TermId> {
        let initials = name.0.iter().filter_map(|word| word.span.of(self.text).chars().next());
        let short: String = initials.flat_map(char::to_lowercase).collect();
        analysis.vocabulary.get(&short)
    }

    /// Whether nobody says a word of what stands after “about”, or one that is related.
    fn is_subject_unsaid(&self, words: &[AskedWord], question: &Question) -> bool {
        let leads = |word: &AskedWord| word.roles.has(Roles::SUBJECT) && !word.roles.has(Roles::SETTING);
        let Some(at) = words.iter().position(leads) else { return false };
        let subject = words[at + 1..].iter().take_while(|word| !word.roles.has(Roles::SETTING));
        let is_content = |word: &&AskedWord| !self.is_stop_word(word) && !word.roles.has(Roles::FRAME);
        let subject: Vec<&AskedWord> = subject.filter(is_content).collect();
        let is_unknown = |word: &&AskedWord| {
            let text = &self.entry(word).text;
            question.unknown.iter().any(|unknown| **unknown == **text)
        };
        // One word beside others that are said may be the question's own: “the changes decided on the equipment”.
        let is_own = subject.len() == 1 && !question.terms.is_empty();
        !subject.is_empty() && !is_own && subject.iter().all(is_unknown)
    }

    /// The two words that the question is about, where the session says each and no sentence both: of “about video
    /// games”, videos are something else.
    fn said_apart(&self, words: &[AskedWord], analysis: &Analysis) -> Option<String> {
        let leads = |word: &AskedWord| word.roles.has(Roles::SUBJECT) && !word.roles.has(Roles::SETTING);
        let at = words.iter().position(leads)?;
        let subject = words[at + 1..].iter().take_while(|word| !word.roles.has(Roles::SETTING));
        let subject: Vec<&AskedWord> = subject.filter(|word| !self.is_stop_word(word)).collect();
        let [first, next] = subject.as_slice() else { return None };
        // “The next step” asks what comes next, whoever says it how.
        let is_plain = [first, next].iter().all(|word| word.roles == Roles::default());
        let is_beside = is_plain && self.text.get(first.span.end()..next.span.start()) == Some(" ");
        let term = |word: &AskedWord| analysis.vocabulary.get(&self.entry(word).stem);
        let (first_term, next_term) = term(first).zip(term(next)).filter(|_| is_beside)?;
        let says_both = |id: SentenceId| {
            let said = analysis.terms_of(id);
            said.contains(&first_term) && said.contains(&next_term)
        };
        let pair = Span::new(first.span.start(), next.span.end()).of(self.text);
        (!analysis.ids().any(says_both)).then(|| pair.to_owned())
    }

    /// Whether nobody in the session says a word.
    fn is_unsaid(&self, word: &AskedWord, analysis: &Analysis) -> bool {
        analysis.vocabulary.get(&self.entry(word).stem).is_none()
    }

    fn entry(&self, word: &AskedWord) -> &WordEntry {
        self.tokens.words.entry(word.word)
    }

    fn is_stop_word(&self, word: &AskedWord) -> bool {
        self.entry(word).traits.has(WordTraits::STOP_WORD)
    }
}

/// The stances that the words of a line stand for: support of “explicit support from two”.
pub fn stances_named(text: &str, language: Language) -> Vec<Stance> {
    QuestionText::read(text, language).words.iter().filter_map(side).collect()
}

/// The stance that a word of a question stands for.
fn side(word: &AskedWord) -> Option<Stance> {
    let at = Roles::SIDES.iter().position(|&side| word.roles.has(side))?;
    SIDES.get(at).copied()
}

fn is_named(word: &AskedWord, names: &[Span]) -> bool {
    names.iter().any(|name| name.start() < word.span.end() && word.span.start() < name.end())
}

/// The words that stand within a place.
fn within(words: &[AskedWord], place: Span) -> impl Iterator<Item = &AskedWord> {
    words.iter().filter(move |word| place.start() <= word.span.start() && word.span.end() <= place.end())
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
