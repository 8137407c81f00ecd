//! A session made ready for ranking: its people, sentences, terms and weights.

pub(crate) mod account;
mod background;
mod kept;
mod language;
mod motion;
mod offices;
mod people;
mod pseudonyms;
pub(crate) mod scope;
pub(crate) mod sides;
pub(crate) mod speech;
pub(crate) mod stances;
mod strict;

pub use background::read_background;
pub use kept::{Kept, ReadSession};
pub use language::settle_language;
pub use people::{roster_found, roster_of, unmatched};
pub(crate) use pseudonyms::pseudonymize;
pub(crate) use strict::strict;

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::model::{
    Analysis, Assignment, Issue, Keyness, Language, Mention, People, PositionKind, Question, Role,
    SentenceId, Session, Span, SpeakerId, TermId, Weighting,
};
use crate::people::{KnownPeople, Names, Phrases};
use crate::rank::Context;
use crate::rank::position::Whole;
use crate::rank::selection::quotable;
use crate::stats::{Idf, Tf, keyness_of, logistic, weigh};
use crate::text::{self, QuestionText, Told};
use crate::{issues, rank};
use kept::Indexes;

/// A session and what the stages before ranking make of it.
#[derive(Debug)]
pub struct Prepared<'a> {
    /// The session as read.
    pub session: &'a Session,
    /// Its voices.
    pub people: People,
    /// Its sentences, terms and cues.
    pub analysis: Analysis,
    /// Weights of the terms, vectors of the sentences.
    pub weighting: Weighting,
    /// The terms of the title and the headings, each once.
    pub heading_terms: Vec<TermId>,
    /// What told of the people, kept for when more is known of them.
    phrases: Phrases,
    indexes: Indexes,
    names: OnceLock<Names>,
    stance_index: OnceLock<stances::StanceIndex>,
}

impl<'a> Prepared<'a> {
    /// Runs the stages before ranking, with what is known of people besides the session.
    pub fn new(session: &'a Session, known: &KnownPeople) -> Self {
        Prepared::of_read(session, ReadSession::of(session), known)
    }

    /// As [`Self::new`], of a session that was read.
    pub fn of_read(session: &'a Session, read: ReadSession, known: &KnownPeople) -> Self {
        let people = crate::people::resolve_with(session, &read.text, &read.phrases, known);
        Prepared::of_people(session, people, read)
    }

    fn of_people(session: &'a Session, people: People, read: ReadSession) -> Self {
        let ReadSession { text: read, phrases } = read;
        let analysis = text::analyse(session, &people, read);
        let language = analysis.language.unwrap_or(Language::UNKNOWN);
        let background = session.background.as_ref().and_then(|counts| counts.languages.get(&language));
        let weighting = weigh(&analysis, background, Idf::Bm25, Tf::Log);
        let headings = session.headings.iter().map(|h| h.title.as_str());
        let titles: Vec<&str> = headings.chain([session.title.as_str()]).collect();
        let titles = titles.join("\n");
        let heading_terms = QuestionText::read(&titles, session.language).question(&[], &analysis).terms;
        Prepared {
            session,
            people,
            phrases,
            analysis,
            weighting,
            heading_terms,
            indexes: Indexes::default(),
            names: OnceLock::new(),
            stance_index: OnceLock::new(),
        }
    }

    /// The names by which a text may call the voices of the session; put together on first use.
    pub(crate) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(self.session, &self.analysis.name_words, &self.people))
    }

    /// The speakers that a turn names, in text order; all who fit where a name is shared.
    pub(crate) fn mentions_of_turn(&self, turn: usize) -> Vec<Mention> {
        self.names().mentions_of_turn(&self.analysis.name_words, turn, self.session.turn_text(turn))
    }

    /// The speakers that a turn names by a name that nobody else has, in text order.
    pub(crate) fn clear_mentions_of_turn(&self, turn: usize) -> Vec<Mention> {
        self.names().clear_mentions_of_turn(&self.analysis.name_words, turn, self.session.turn_text(turn))
    }

    /// What the stage on stances finds in the session; put together on first use.
    fn stance_index(&self) -> &stances::StanceIndex {
        self.stance_index.get_or_init(|| stances::StanceIndex::new(self))
    }

    /// The words of the session as issues are matched with them; put together on first use.
    pub(crate) fn stems(&self) -> &issues::Stems {
        self.indexes.stems.get_or_init(|| issues::Stems::new(self.session, &self.analysis))
    }

    /// The subject of each sentence of the session; found on first use.
    pub fn subjects(&self) -> &[u32] {
        let find = || issues::subjects(&self.analysis, &self.weighting, &self.session.headings);
        self.indexes.subjects.get_or_init(find)
    }

    /// What the session holds that could be issues, where the user lists none.
    pub fn gathered(&self) -> issues::Gathered {
        let stems = self.stems();
        let gathered =
            issues::Gathered::of(self.session, &self.people, &self.analysis, stems, || self.positions());
        let is_called = |text: &str| stances::speaks_of_motion(self, text);
        gathered.with_motion(motion::debated(self), self.session.language, is_called)
    }

    /// How probably each sentence takes a position, against what its speaker says; of speakers only.
    fn positions(&self) -> Vec<Option<f64>> {
        let speakers: Vec<SpeakerId> = (0..self.people.speakers.len() as u32)
            .map(SpeakerId)
            .filter(|&id| self.role(id) == Role::Speaker)
            .collect();
        let of_speaker = |speaker: &SpeakerId| -> Vec<(SentenceId, f64)> {
            let candidates = self.candidates_of(&[*speaker]);
            let keyness = keyness_of(&self.analysis, &self.weighting, &candidates);
            let scores = rank::position::odds(&self.context(&candidates, &keyness));
            candidates.iter().copied().zip(scores.totals().into_iter().map(logistic)).collect()
        };
        let mut positions = vec![None; self.analysis.sentences.len()];
        let found: Vec<Vec<(SentenceId, f64)>> = speakers.par_iter().map(of_speaker).collect();
        for (id, probability) in found.into_iter().flatten() {
            positions[id.index()] = Some(probability);
        }
        positions
    }

    /// The main issue of each sentence, by sentence id.
    pub fn assigned(&self, issues: &[Issue]) -> Vec<Option<Assignment>> {
        issues::assign(issues, &self.session.headings, &self.analysis, self.stems())
    }

    /// The names of an issue, which a user listed or which was found.
    pub fn naming(&self, issue: &Issue, is_found: bool) -> issues::Naming {
        issues::naming(issue, is_found, &self.analysis, self.stems())
    }

    /// The places in a sentence's turn where the sentence names an issue.
    pub fn named(&self, naming: &issues::Naming, id: SentenceId) -> Vec<Span> {
        naming.places(self.stems(), id)
    }

    /// What a ranking method may look at, for these candidates.
    pub fn context<'c>(&'c self, candidates: &'c [SentenceId], keyness: &'c Keyness) -> Context<'c> {
        Context {
            session: self.session,
            people: &self.people,
            analysis: &self.analysis,
            weighting: &self.weighting,
            keyness,
            heading_terms: &self.heading_terms,
            whole: self.whole(),
            candidates,
        }
    }

    /// A question as far as it can be understood: the speakers whose words it asks for and, apart
    /// from their names, the terms it is about.
    ///
    /// Names after the words that lead to the subject (“What did A say about B?”) belong to the
    /// subject, unless the question names nobody before.
    pub fn question(&self, text: &str) -> Question {
        let mut asked = self.names().mentions(text);
        let read = QuestionText::read(text, self.session.language);
        let subject = read.subject_start().unwrap_or(text.len());
        if asked.is_empty() {
            asked.extend(offices::holder(self, text, subject));
        }
        let mut misspelt = Vec::new();
        if asked.is_empty() {
            asked = self.names().misspelt_mentions(text);
            misspelt = asked.iter().map(|mention| mention.span.of(text).to_owned()).collect();
        }
        if asked.iter().any(|m| m.span.start() < subject) {
            asked.retain(|m| m.span.start() < subject);
        }
        let names: Vec<Span> = asked.iter().map(|m| m.span).collect();
        let mut question = read.question(&names, &self.analysis);
        question.misspelt = misspelt;
        question.asks_them_only =
            names.iter().all(|name| name.start() < subject) && read.asks_named(subject, &names);
        question.speakers = asked.iter().map(|m| m.speaker).collect();
        question.speakers.sort();
        question.speakers.dedup();
        question
    }

    /// The speaker of a sentence.
    pub fn speaker(&self, id: SentenceId) -> SpeakerId {
        let turn = self.analysis.sentence(id).turn as usize;
        self.people.id(self.session.turns[turn].label)
    }

    /// A sentence, for what kind of thing it tells.
    pub(crate) fn told(&self, id: SentenceId) -> Told<'_> {
        let turn = self.analysis.sentence(id).turn as usize;
        let (tokens, text) = (&self.analysis.tokens, self.session.turn_text(turn));
        Told::of(tokens, tokens.of_sentence(id), text, self.session.language_of(turn))
    }

    /// What is quoted of a sentence: the whole, or of a long one its main clause.
    pub fn quotable(&self, id: SentenceId) -> Span {
        let (sentence, tokens) = (self.analysis.sentence(id), &self.analysis.tokens);
        let text = self.session.turn_text(sentence.turn as usize);
        let (range, language) = (tokens.of_sentence(id), self.session.language);
        text::main_clause(tokens, range, text, sentence.words, language).unwrap_or(sentence.span)
    }

    /// What a reader sees of what is quoted of a sentence, of which `span` is the whole or a part.
    pub(crate) fn shown(&self, id: SentenceId, span: Span) -> String {
        let (sentence, tokens) = (self.analysis.sentence(id), &self.analysis.tokens);
        let turn = sentence.turn as usize;
        let text = self.session.turn_text(turn);
        if span != sentence.span {
            // A part is shown as if there were no more, which is how it is held against the source again.
            return text::display(span.of(text), self.session.language_of(turn));
        }
        let mut shown = String::with_capacity(span.len());
        tokens.show(tokens.of_sentence(id), text, &mut shown);
        shown
    }

    /// The kind of position that a sentence takes in `span`, the whole of it or a part.
    pub(crate) fn position_kind(&self, id: SentenceId, span: Span) -> Option<PositionKind> {
        let sentence = self.analysis.sentence(id);
        let text = span.of(self.session.turn_text(sentence.turn as usize));
        match span == sentence.span {
            true => self.whole().kind(id, text),
            false => rank::position::kind(text, self.session.language_of(sentence.turn as usize)),
        }
    }

    fn whole(&self) -> &Whole {
        self.indexes.whole.get_or_init(|| Whole::of(&self.analysis, &self.weighting))
    }

    /// Words that a reader sees of what is quoted of a sentence.
    pub fn quotable_words(&self, id: SentenceId) -> u32 {
        let sentence = self.analysis.sentence(id);
        let span = self.quotable(id);
        if span == sentence.span {
            return sentence.words;
        }
        text::word_count(&self.shown(id, span)) as u32
    }

    /// The sentences that may be quoted, of the speakers that `wanted` admits, in reading order.
    pub fn candidates(&self, wanted: impl Fn(SpeakerId) -> bool) -> Vec<SentenceId> {
        let eligible = |&id: &SentenceId| quotable(self.analysis.sentence(id)) && wanted(self.speaker(id));
        self.analysis.ids().filter(eligible).collect()
    }

    /// The sentences of some speakers, in reading order.
    pub(crate) fn sentences_of(&self, speakers: &[SpeakerId]) -> Vec<SentenceId> {
        let by_speaker = self.indexes.by_speaker.get_or_init(|| {
            let mut by_speaker = vec![Vec::new(); self.people.speakers.len()];
            self.analysis.ids().for_each(|id| by_speaker[self.speaker(id).0 as usize].push(id));
            by_speaker
        });
        let own = speakers.iter().filter_map(|speaker| by_speaker.get(speaker.0 as usize));
        let mut ids: Vec<SentenceId> = own.flatten().copied().collect();
        ids.sort_unstable();
        ids
    }

    /// The sentences of some speakers that may be quoted, in reading order.
    pub(crate) fn candidates_of(&self, speakers: &[SpeakerId]) -> Vec<SentenceId> {
        let mut ids = self.sentences_of(speakers);
        ids.retain(|&id| quotable(self.analysis.sentence(id)));
        ids
    }

    /// The role of a speaker.
    pub fn role(&self, id: SpeakerId) -> Role {
        self.people.speakers[id.0 as usize].role
    }
}
