//! The terms, cues and kinds of the sentences of a session that was read.

use crate::model::{
    Analysis, CueKind, Kind, People, SentenceId, Session, TermId, Text, Token, TokenFlags, Tokens,
    Vocabulary, WordTraits,
};

use super::cues::{CueMatch, find_cues};

/// Least strength of a cue of position that makes a courtesy more than that: weaker ones (“I think”, “hope”) stand in
/// courtesies too.
const CLEAR_POSITION: f64 = 0.8;

/// The sentences of a session in reading order, with their terms and cues.
///
/// Terms are numbered speaker by speaker in order of first appearance, so that the readable form of a
/// term is that of the speaker who comes first.
pub fn analyse(session: &Session, people: &People, text: Text) -> Analysis {
    let Text { tokens, mut sentences, name_words } = text;
    let (vocabulary, term_of) = number_terms(session, people, &tokens);
    let matches = find_cues(&tokens);
    let mut analysis = Analysis { language: Some(session.language), vocabulary, ..Analysis::default() };
    for (id, sentence) in (0..).map(SentenceId).zip(&mut sentences) {
        analysis.term_starts.push(analysis.terms.len() as u32);
        analysis.cue_starts.push(analysis.cues.len() as u32);
        let range = tokens.of_sentence(id);
        let terms = tokens.shown_words(range.clone()).filter_map(|token| term_of[token.word.index()]);
        analysis.terms.extend(terms);
        let found = matches.of_sentence(id);
        analysis.cues.extend(found.iter().map(|found| found.meaning));
        analysis.cue_tokens.extend(found.iter().map(|found| found.first));
        if sentence.kind != Kind::Noise && is_procedural(&tokens, range, found) {
            sentence.kind = Kind::Procedural;
        }
    }
    analysis.term_starts.push(analysis.terms.len() as u32);
    analysis.cue_starts.push(analysis.cues.len() as u32);
    analysis.first_of_turn = tokens.turn_starts.clone();
    analysis.sentences = sentences;
    analysis.tokens = tokens;
    analysis.name_words = name_words;
    analysis
}

/// The terms of a session, and the term of each distinct word that carries content.
fn number_terms(session: &Session, people: &People, tokens: &Tokens) -> (Vocabulary, Vec<Option<TermId>>) {
    let mut turns_of = vec![Vec::new(); people.speakers.len()];
    for (number, turn) in session.turns.iter().enumerate() {
        turns_of[people.id(turn.label).0 as usize].push(number);
    }
    let mut vocabulary = Vocabulary::default();
    let mut term_of = vec![None; tokens.words.len()];
    for turn in turns_of.into_iter().flatten() {
        for token in tokens.content_words(tokens.of_turn(turn)) {
            let term = &mut term_of[token.word.index()];
            if term.is_none() {
                let word = tokens.words.entry(token.word);
                *term = Some(vocabulary.intern(&word.stem, &word.text));
            }
        }
    }
    (vocabulary, term_of)
}

/// Whether courtesy and procedure, and stop words, leave (almost) nothing of a sentence, or it offers condolences and
/// takes no position.
fn is_procedural(tokens: &Tokens, range: std::ops::Range<usize>, found: &[CueMatch]) -> bool {
    let is_position = |found: &CueMatch| {
        found.meaning.kind == CueKind::Position && found.meaning.strength >= CLEAR_POSITION
    };
    if found.iter().any(is_position) {
        return false;
    }
    if found.iter().any(|found| found.meaning.kind == CueKind::Condolence) {
        return true;
    }
    let procedure = || found.iter().filter(|found| found.meaning.kind == CueKind::Procedure);
    let Some(strongest) = procedure().map(|found| found.meaning.strength).reduce(f64::max) else {
        return false;
    };
    let is_left = |(at, token): &(usize, &Token)| {
        token.is(TokenFlags::SHOWN_WORD)
            && tokens.words.is(token.word, WordTraits::CONTENT)
            && !procedure().any(|found| found.covers(range.start + at))
    };
    let content_left = tokens.slice(range.clone()).iter().enumerate().filter(is_left).count();
    strongest >= 0.7 && content_left <= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, LabelId, Language, SessionBuilder, Speaker, SpeakerId};

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
        analyse(&session, &people, crate::text::read(&session))
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
    fn condolences_are_procedure_and_a_position_with_condolences_is_not() {
        for (text, kind) in [
            ("Both pilots died in the line of duty in the tragic storm of last May.", Kind::Procedural),
            (
                "Our thoughts are with the families of the drowned sailors and with the whole village.",
                Kind::Procedural,
            ),
            ("My thoughts and sympathies are with the pilot and the rest of her family.", Kind::Procedural),
            ("I offer my sincere condolences to the widow of our late harbour master.", Kind::Procedural),
            ("Our thoughts are with the families, and the pier must be rebuilt this year.", Kind::Speech),
            ("Twelve sailors died because nobody repaired the lighthouse.", Kind::Speech),
        ] {
            assert_eq!(analysed(&[("A", text)]).sentences[0].kind, kind, "{text}");
        }
    }

    #[test]
    fn speakers_share_terms_and_sentences_stay_in_reading_order() {
        let analysis = analysed(&[("A", "Ports matter."), ("B", "A port closes."), ("A", "Levies fail.")]);
        let turns: Vec<u32> = analysis.sentences.iter().map(|s| s.turn).collect();
        assert_eq!(turns, [0, 1, 2]);
        assert_eq!(analysis.terms_of(SentenceId(0))[0], analysis.terms_of(SentenceId(1))[0]);
    }
}
