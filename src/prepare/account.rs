//! The ledger of a session: every word of the source in one class.

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Classes, Kind, Ledger, SentenceId, SpeakerLedger};

use crate::prepare::Prepared;

/// Puts every word of the source in its class; `quoted` are the sentences quoted anywhere.
///
/// # Errors
/// When the classes do not add up to the words of the source: a bug, never the user's fault.
pub(crate) fn ledger(prepared: &Prepared<'_>, quoted: &[SentenceId]) -> Result<Ledger> {
    let session = prepared.session;
    let mut is_quoted = vec![false; prepared.analysis.sentences.len()];
    for id in quoted {
        is_quoted[id.index()] = true;
    }
    let mut by_speaker = vec![Classes::default(); prepared.people.speakers.len()];
    for id in prepared.analysis.ids() {
        let sentence = prepared.analysis.sentence(id);
        let classes = &mut by_speaker[prepared.speaker(id).0 as usize];
        let noise = u64::from(sentence.noise_words);
        let words = u64::from(sentence.source_words).saturating_sub(noise);
        classes.noise += noise;
        match sentence.kind {
            Kind::Noise => classes.noise += words,
            Kind::Procedural => classes.procedural += words,
            Kind::Speech if is_quoted[id.index()] => classes.selected += words,
            Kind::Speech => classes.unselected += words,
        }
    }
    for (label, &words) in session.label_words.iter().enumerate() {
        by_speaker[prepared.people.of_label[label].0 as usize].labels += words;
    }
    let mut all = Classes {
        headers: session.outside.headers,
        unattributed: session.outside.unattributed,
        ..Classes::default()
    };
    for classes in &by_speaker {
        all.add(classes);
    }
    if all.total() != session.input_words {
        return Err(unbalanced(&session.source.path, all.total(), session.input_words));
    }
    let names = prepared.people.speakers.iter().map(|s| s.name.clone());
    let speakers =
        names.zip(by_speaker).map(|(speaker, classes)| SpeakerLedger { speaker, classes }).collect();
    Ok(Ledger { input: session.input_words, all, speakers })
}

fn unbalanced(path: &str, accounted: u64, input: u64) -> Error {
    let message = format!("the ledger accounts for {accounted} words where the source has {input}");
    Error::new(ErrorKind::Internal(message))
        .in_file(path)
        .remedy("this is a bug: please report it with the source, or its shape, attached")
}
