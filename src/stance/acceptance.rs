//! What is said to be not acceptable: of a text under negotiation, or to the speaker, this is opposition; of a
//! situation it is a concern, which is what the lexicon has it state.

use crate::model::Stance;

use super::lists::Traits;
use super::meanings::Link;
use super::sentence::{Reading, SentenceCues};
use super::target::Sentence;

impl SentenceCues {
    /// Turns the concern of judgements such as “not acceptable” into opposition where they are said of a text under
    /// negotiation, of what a bare pronoun stands for, or name the speaker as the one who cannot accept it.
    pub(super) fn oppose_rejected_texts(&mut self) {
        let judges = |reading: &Reading| reading.judges_acceptance && reading.stance == Stance::Concern;
        if !self.readings.iter().any(judges) {
            return;
        }
        let sentence = Sentence::new(self);
        let rejects = |reading: &Reading| judges(reading) && rejects_text(&sentence, reading);
        let rejected: Vec<bool> = self.readings.iter().map(rejects).collect();
        for (reading, is_rejected) in self.readings.iter_mut().zip(rejected) {
            if is_rejected {
                reading.stance = Stance::Oppose;
            }
        }
    }
}

fn rejects_text(sentence: &Sentence<'_>, reading: &Reading) -> bool {
    let (first, last) = reading.at;
    let to_speaker = sentence.is(last + 1, Link::Leading) && sentence.context.is_speaker(last + 2);
    let is_judged = |at: usize| {
        // “Paragraph 4”: the number belongs to the name.
        let thing = (at, at + usize::from(sentence.units.has(at + 1, Traits::NUMBER)));
        sentence.is_subject(thing, first) || at > last && sentence.is_attribute(first, last, thing)
    };
    // “It is not acceptable that …” judges a situation; what a bare pronoun stands for is what is on the table.
    let is_bare_pronoun = |at: usize| sentence.is(at, Link::Pronoun) && sentence.units.is_end(last + 1);
    let is_text = |&at: &usize| sentence.is(at, Link::NegotiatedText) || is_bare_pronoun(at);
    to_speaker || (0..sentence.units.len()).filter(is_text).any(is_judged)
}
