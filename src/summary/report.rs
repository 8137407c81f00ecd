//! The report of a run: session, speakers, summaries, ledger, warnings.

use crate::error::Result;
use crate::model::report::SCHEMA;
use crate::model::{AliasInfo, Published, Report, SentenceId, SessionInfo, SpeakerInfo, count_words};

use crate::model::rounded;

use crate::definition::Definition;
use crate::prepare::Prepared;
use crate::prepare::account::ledger;
use crate::prepare::speech::{self, Speech};
use crate::prepare::strict;
use crate::summary::QuotedSummary;

/// Puts a report together and checks its ledger.
pub(crate) fn report(
    prepared: &Prepared<'_>,
    definition: &Definition,
    question: Option<&str>,
    made: Option<Vec<QuotedSummary>>,
) -> Result<Report> {
    if let Some(warning) = prepared.people.warnings.first().filter(|_| definition.input.strict) {
        return Err(strict(warning, &prepared.session.source.path));
    }
    let quoted: Vec<SentenceId> = made.iter().flatten().flat_map(|m| m.quoted.iter().copied()).collect();
    let ledger = ledger(prepared, &quoted)?;
    let session = prepared.session;
    Ok(Report {
        schema: SCHEMA.to_owned(),
        tool: crate::TOOL.to_owned(),
        definition: definition.clone(),
        session: session_info(prepared),
        read_together: None,
        recorded: Vec::new(),
        detected: Vec::new(),
        question: question.map(str::to_owned),
        speakers: speakers(prepared),
        summaries: made.map(|all| all.into_iter().map(|m| m.summary).collect()),
        ledger,
        warnings: session.warnings.iter().chain(&prepared.people.warnings).cloned().collect(),
    })
}

/// The session in figures.
pub(crate) fn session_info(prepared: &Prepared<'_>) -> SessionInfo {
    let session = prepared.session;
    SessionInfo {
        id: session.id.clone(),
        title: session.title.clone(),
        date: session.date.clone(),
        language: session.language.code().to_owned(),
        date_known: String::new(),
        language_known: String::new(),
        turns: session.turns.len() as u64,
        sentences: prepared.analysis.sentences.len() as u64,
        words: spoken_words(prepared).iter().sum(),
        source: session.source.clone(),
    }
}

fn spoken_words(prepared: &Prepared<'_>) -> Vec<u64> {
    let mut words = vec![0; prepared.people.speakers.len()];
    for (number, turn) in prepared.session.turns.iter().enumerate() {
        words[prepared.people.id(turn.label).0 as usize] += count_words(prepared.session.turn_text(number));
    }
    words
}

/// The voices in figures, in order of first appearance.
pub(crate) fn speakers(prepared: &Prepared<'_>) -> Vec<SpeakerInfo> {
    let session = prepared.session;
    let words = spoken_words(prepared);
    let all: u64 = words.iter().sum();
    let mut turns = vec![0u64; words.len()];
    for turn in &session.turns {
        turns[prepared.people.id(turn.label).0 as usize] += 1;
    }
    let speech = speech::speech(session, &prepared.people);
    let info = |(index, speaker): (usize, &crate::model::Speaker)| SpeakerInfo {
        name: speaker.name.clone(),
        aliases: aliases(prepared, index),
        alias_because: speaker
            .aliases
            .iter()
            .map(|alias| AliasInfo { alias: alias.name.clone(), because: alias.because.clone() })
            .collect(),
        stakeholder: speaker.stands_for().to_owned(),
        stakeholder_spelling: speaker.stakeholder_spelling.clone(),
        stakeholder_because: speaker.stakeholder_because.clone(),
        group: speaker.group.clone(),
        role: speaker.role,
        role_because: speaker.role_because.clone(),
        turns: turns[index],
        words: words[index],
        share: if all > 0 { rounded(words[index] as f64 / all as f64) } else { 0.0 },
        seconds: speech[index].map(|speech| rounded(speech.seconds)),
        wpm: speech[index].and_then(Speech::words_per_minute).map(rounded),
        published: published(prepared, index),
    };
    prepared.people.speakers.iter().enumerate().map(info).collect()
}

fn aliases(prepared: &Prepared<'_>, speaker: usize) -> Vec<String> {
    let speaker = &prepared.people.speakers[speaker];
    let labels = speaker.labels.iter().map(|&l| prepared.session.label(l));
    labels.filter(|label| *label != speaker.name).map(str::to_owned).collect()
}

fn published(prepared: &Prepared<'_>, speaker: usize) -> Option<Published> {
    let speaker = &prepared.people.speakers[speaker];
    let is_own = |name: &str| {
        name == speaker.name || speaker.labels.iter().any(|&l| prepared.session.label(l) == name)
    };
    prepared.session.published.iter().find(|(name, _)| is_own(name)).map(|(_, p)| p.clone())
}
