//! Cuts a session into sentences and finds the terms and cues of each, in parallel per speaker.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::model::{
    Analysis, Cue, CueKind, Kind, Language, People, Sentence, Session, Span, TermId, Vocabulary, count_words,
    is_ideograph, word_spans,
};

use super::cues::{Found, cues, units};
use super::{display, noise, split, words};
use crate::language::{Stemmer, data};

/// The sentences of a session in reading order, with their terms and cues; each turn in its language.
///
/// Terms are numbered speaker by speaker in order of first appearance, whatever the number of
/// threads.
pub fn analyse(session: &Session, people: &People) -> Analysis {
    let mut turns_of = vec![Vec::new(); people.speakers.len()];
    for (number, turn) in session.turns.iter().enumerate() {
        turns_of[people.id(turn.label).0 as usize].push(number);
    }
    let drafts: Vec<Draft> = turns_of.par_iter().map(|turns| draft(session, turns)).collect();
    merge(session, drafts)
}

/// What one speaker's turns hold, with terms numbered within the draft.
#[derive(Default)]
struct Draft {
    /// Normalised stem and readable form of each term.
    terms: Vec<(String, String)>,
    turns: Vec<(usize, Vec<SentenceDraft>)>,
}

struct SentenceDraft {
    sentence: Sentence,
    terms: Vec<u32>,
    cues: Vec<Cue>,
}

fn draft(session: &Session, turns: &[usize]) -> Draft {
    let mut builder = DraftBuilder::new(session.language);
    for &turn in turns {
        let (text, language) = (session.turn_text(turn), session.language_of(turn));
        builder.speak(language);
        let noise = noise::spans(text, language);
        let spans = split(text, language);
        let ends = spans.iter().skip(1).map(|next| next.start()).chain([text.len()]);
        let source = word_spans(text);
        let mut source = source.as_slice();
        let mut sentences = Vec::with_capacity(spans.len());
        for (number, (&span, end)) in spans.iter().zip(ends).enumerate() {
            let (own, rest) = source.split_at(source.partition_point(|word| word.start() < end));
            source = rest;
            let place = Place { turn: turn as u32, number: number as u32, span };
            sentences.push(builder.sentence(text, place, own, &noise));
        }
        builder.draft.turns.push((turn, sentences));
    }
    builder.draft
}

struct Place {
    turn: u32,
    number: u32,
    span: Span,
}

struct DraftBuilder {
    language: Language,
    stemmer: Stemmer,
    /// The term of each word met, `None` for stop words.
    by_word: FxHashMap<String, Option<u32>>,
    by_stem: FxHashMap<String, u32>,
    draft: Draft,
}

impl DraftBuilder {
    fn new(language: Language) -> Self {
        DraftBuilder {
            language,
            stemmer: Stemmer::new(language),
            by_word: FxHashMap::default(),
            by_stem: FxHashMap::default(),
            draft: Draft::default(),
        }
    }

    /// The language of what follows.
    fn speak(&mut self, language: Language) {
        if self.language != language {
            self.language = language;
            self.stemmer = Stemmer::new(language);
            self.by_word.clear();
        }
    }

    /// `own` are the words of the source that begin before the next sentence does: they are counted
    /// for this one, so that all words of a turn are counted once.
    fn sentence(&mut self, text: &str, place: Place, own: &[Span], noise: &[Span]) -> SentenceDraft {
        let slice = place.span.of(text);
        let shown = display(slice, self.language);
        let normalised: Vec<_> =
            words(&shown).iter().map(|w| words::normalize(w.of(&shown)).into_owned()).collect();
        let borrowed: Vec<&str> = normalised.iter().map(String::as_str).collect();
        let terms: Vec<Option<u32>> = borrowed.iter().map(|word| self.term(word)).collect();
        let found = cues(self.language).find(&units(&borrowed, self.language));
        let n_words = count_words(&shown) as u32;
        let length = if shown.contains(is_ideograph) { borrowed.len() as u32 } else { n_words };
        let sentence = Sentence {
            turn: place.turn,
            number: place.number,
            span: place.span,
            words: n_words,
            length,
            source_words: own.len() as u32,
            noise_words: noise_words(own, noise),
            kind: kind_of(n_words, &terms, &found),
        };
        let cues = found.into_iter().map(|f| f.cue).collect();
        SentenceDraft { sentence, terms: terms.into_iter().flatten().collect(), cues }
    }

    fn term(&mut self, word: &str) -> Option<u32> {
        if let Some(&known) = self.by_word.get(word) {
            return known;
        }
        let term = self.is_content(word).then(|| {
            let stem = self.stemmer.stem(word);
            match self.by_stem.get(stem.as_ref()) {
                Some(&known) => known,
                None => {
                    let id = self.draft.terms.len() as u32;
                    self.by_stem.insert(stem.as_ref().to_owned(), id);
                    self.draft.terms.push((stem.into_owned(), word.to_owned()));
                    id
                }
            }
        });
        self.by_word.insert(word.to_owned(), term);
        term
    }

    fn is_content(&self, word: &str) -> bool {
        let data = data(self.language);
        word.chars().any(char::is_alphanumeric) && !data.is_stop_word(word) && !data.is_filler(word)
    }
}

/// Courtesy and procedure when such phrases and stop words leave (almost) nothing of the sentence.
fn kind_of(n_words: u32, terms: &[Option<u32>], found: &[Found]) -> Kind {
    if n_words == 0 {
        return Kind::Noise;
    }
    let procedure: Vec<&Found> = found.iter().filter(|f| f.cue.kind == CueKind::Procedure).collect();
    let Some(strongest) = procedure.iter().map(|f| f.cue.strength).reduce(f64::max) else {
        return Kind::Speech;
    };
    let covered = |word: usize| procedure.iter().any(|f| (f.first..f.first + f.words).contains(&word));
    let content_left = (0..terms.len()).filter(|&w| terms[w].is_some() && !covered(w)).count();
    let others = found.iter().any(|f| f.cue.kind == CueKind::Position && f.cue.strength >= 0.8);
    if strongest >= 0.7 && content_left <= 3 && !others { Kind::Procedural } else { Kind::Speech }
}

/// How many of the words lie wholly in noise markers.
fn noise_words(words: &[Span], noise: &[Span]) -> u32 {
    let Some(last) = words.last() else { return 0 };
    let from = noise.partition_point(|marker| marker.end() <= words[0].start());
    let near = noise[from..].iter().take_while(|marker| marker.start() <= last.start());
    let within = |marker: &Span| {
        let inside = |word: &&Span| marker.start() <= word.start() && word.end() <= marker.end();
        words.iter().filter(inside).count() as u32
    };
    near.map(within).sum()
}

fn merge(session: &Session, drafts: Vec<Draft>) -> Analysis {
    let mut vocabulary = Vocabulary::default();
    let mut by_turn: Vec<Option<(usize, Vec<SentenceDraft>)>> = session.turns.iter().map(|_| None).collect();
    let mut ids: Vec<Vec<TermId>> = Vec::with_capacity(drafts.len());
    for (speaker, draft) in drafts.into_iter().enumerate() {
        ids.push(draft.terms.iter().map(|(stem, form)| vocabulary.intern(stem, form)).collect());
        for (turn, sentences) in draft.turns {
            by_turn[turn] = Some((speaker, sentences));
        }
    }
    let mut analysis = Analysis { language: Some(session.language), vocabulary, ..Analysis::default() };
    for turn in by_turn {
        analysis.first_of_turn.push(analysis.sentences.len() as u32);
        let (speaker, sentences) = turn.unwrap_or_default();
        for draft in sentences {
            analysis.term_starts.push(analysis.terms.len() as u32);
            analysis.cue_starts.push(analysis.cues.len() as u32);
            analysis.terms.extend(draft.terms.iter().map(|&t| ids[speaker][t as usize]));
            analysis.cues.extend(draft.cues);
            analysis.sentences.push(draft.sentence);
        }
    }
    analysis.first_of_turn.push(analysis.sentences.len() as u32);
    analysis.term_starts.push(analysis.terms.len() as u32);
    analysis.cue_starts.push(analysis.cues.len() as u32);
    analysis
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, LabelId, SentenceId, SessionBuilder, Speaker, SpeakerId};

    fn analysed(turns: &[(&str, &str)]) -> Analysis {
        let mut builder = SessionBuilder::new("s");
        for (label, text) in turns {
            builder.turn(label).text(text, Join::Line, 1, None);
        }
        builder.session().language = Language::ENGLISH;
        let session = builder.finish(0);
        let labels = 0..session.labels.len() as u32;
        let people = People {
            speakers: labels
                .clone()
                .map(|l| Speaker { labels: vec![LabelId(l)], ..Speaker::default() })
                .collect(),
            of_label: labels.map(SpeakerId).collect(),
            ..People::default()
        };
        analyse(&session, &people)
    }

    #[test]
    fn every_source_word_is_counted_once_and_noise_apart() {
        let analysis =
            analysed(&[("A", "We oppose {vocalsound} this levy. [ laughter ] Ports pay it.Nobody else.")]);
        let words: u32 = analysis.sentences.iter().map(|s| s.source_words).sum();
        let noise: u32 = analysis.sentences.iter().map(|s| s.noise_words).sum();
        assert_eq!((words, noise), (12, 4));
    }

    #[test]
    fn thanks_are_procedure_and_a_position_with_thanks_is_not() {
        let kinds: Vec<Kind> = analysed(&[
            ("A", "Thank you very much, Madam Chair."),
            ("B", "Thank you, and we cannot support the port levy."),
            ("C", "{vocalsound} um"),
        ])
        .sentences
        .iter()
        .map(|s| s.kind)
        .collect();
        assert_eq!(kinds, [Kind::Procedural, Kind::Speech, Kind::Noise]);
    }

    #[test]
    fn speakers_share_terms_and_sentences_stay_in_reading_order() {
        let analysis = analysed(&[("A", "Ports matter."), ("B", "A port closes."), ("A", "Levies fail.")]);
        let turns: Vec<u32> = analysis.sentences.iter().map(|s| s.turn).collect();
        assert_eq!(turns, [0, 1, 2]);
        assert_eq!(analysis.terms_of(SentenceId(0))[0], analysis.terms_of(SentenceId(1))[0]);
    }
}
