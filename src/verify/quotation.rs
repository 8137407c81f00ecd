//! One quotation: its turn, its speaker, its words, its place, and what a reader is shown of it.

use super::{List, Mismatch, Original, shown};
use crate::model::{Evidence, Report, Scope, Summary, label_text};

/// A quotation as a table states it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// Identifier of the session.
    pub session: String,
    /// The label of the turn.
    pub speaker: String,
    /// Order of choice, 0 where the table does not say.
    pub rank: u64,
    /// Index of the turn.
    pub turn: u64,
    /// Number of the sentence in its turn, where the table says so.
    pub sentence: Option<u64>,
    /// First byte in the turn's text.
    pub start: u64,
    /// One past the last byte in the turn's text.
    pub end: u64,
    /// The quotation.
    pub text: String,
}

/// What in a claim is not as in the source.
pub fn claim(claim: &Claim, original: &Original<'_>) -> Vec<Mismatch> {
    let mut list =
        List { session: &claim.session, summary: &claim.speaker, rank: claim.rank, found: Vec::new() };
    verbatim(&mut list, claim, original);
    list.found
}

/// Adds what in a quotation of a report is not as in the source.
pub(super) fn evidence(
    list: &mut List<'_>,
    report: &Report,
    summary: &Summary,
    evidence: &Evidence,
    original: &Original<'_>,
) {
    let place = Claim {
        session: report.session.id.clone(),
        speaker: evidence.speaker.clone(),
        rank: evidence.rank,
        turn: evidence.turn,
        sentence: Some(evidence.sentence),
        start: evidence.start,
        end: evidence.end,
        text: evidence.text.clone(),
    };
    summary_of_speaker(list, report, summary, evidence);
    reasons(list, evidence);
    display(list, evidence, original);
    if verbatim(list, &place, original) {
        line(list, evidence, original);
        time(list, evidence, original);
        context(list, evidence, original);
    }
}

/// Adds what differs in turn, speaker, words and place; tells whether the words are where they
/// should be.
fn verbatim(list: &mut List<'_>, claim: &Claim, original: &Original<'_>) -> bool {
    let session = original.session;
    let Some(turn) = index(claim.turn).filter(|&turn| turn < session.turns.len()) else {
        list.add("turn", &format!("below {}", session.turns.len()), &claim.turn.to_string());
        return false;
    };
    let label = session.turn_label(turn);
    if label != label_text(&claim.speaker) {
        list.add("speaker", label, &claim.speaker);
    }
    let text = session.turn_text(turn);
    let slice = index(claim.start).zip(index(claim.end)).and_then(|(start, end)| text.get(start..end));
    if slice != Some(&claim.text) || claim.text.is_empty() {
        displaced(list, claim, slice, original);
        return false;
    }
    if let Some(number) = claim.sentence {
        let sentence = index(number).and_then(|number| original.sentence(turn, number));
        let holds = |s: crate::model::Span| s.start() as u64 <= claim.start && claim.end <= s.end() as u64;
        if !sentence.is_some_and(holds) {
            list.add("sentence", &sentence_at(claim, turn, original), &number.to_string());
        }
    }
    true
}

/// The words are not where they should be: elsewhere in the source, or nowhere.
fn displaced(list: &mut List<'_>, claim: &Claim, slice: Option<&str>, original: &Original<'_>) {
    let stated = format!("turn {}, bytes {} to {}", claim.turn, claim.start, claim.end);
    if let Some((turn, start)) = find(claim, original) {
        let place = format!("turn {turn}, bytes {start} to {}", start + claim.text.len());
        list.add("place", &place, &stated);
    } else if let Some(slice) = slice {
        list.add("text", slice, &claim.text);
    } else {
        list.add("place", "a place within the turn", &stated);
    }
}

/// Where the words stand: in their own turn if possible, else in the first turn that has them.
fn find(claim: &Claim, original: &Original<'_>) -> Option<(usize, usize)> {
    if claim.text.is_empty() {
        return None;
    }
    let turns = 0..original.session.turns.len();
    let own = index(claim.turn);
    own.into_iter().chain(turns).find_map(|turn| {
        original.session.turn_text(turn).find(claim.text.as_str()).map(|start| (turn, start))
    })
}

/// The numbers of the sentences that the quotation lies in.
fn sentence_at(claim: &Claim, turn: usize, original: &Original<'_>) -> String {
    let sentences = original.sentences.get(turn).into_iter().flatten().enumerate();
    let touched: Vec<String> = sentences
        .filter(|(_, span)| (span.start() as u64) < claim.end && claim.start < span.end() as u64)
        .map(|(number, _)| number.to_string())
        .collect();
    if touched.is_empty() { "none".to_owned() } else { touched.join(" and ") }
}

/// A summary of one speaker quotes nobody else.
fn summary_of_speaker(list: &mut List<'_>, report: &Report, summary: &Summary, evidence: &Evidence) {
    if summary.scope != Scope::Speaker {
        return;
    }
    let speaker = report.speakers.iter().find(|speaker| speaker.name == summary.name);
    let is_known =
        speaker.is_some_and(|s| s.name == evidence.speaker || s.aliases.contains(&evidence.speaker));
    if !is_known {
        list.add("summary", &format!("a label of {}", summary.name), &evidence.speaker);
    }
}

/// The reasons of a score add up to it.
fn reasons(list: &mut List<'_>, evidence: &Evidence) {
    let sum: f64 = evidence.because.iter().map(|reason| reason.value).sum();
    let tolerance = 1e-9 * evidence.because.iter().map(|reason| reason.value.abs()).sum::<f64>().max(1.0);
    if (sum - evidence.score).abs() > tolerance {
        list.add("score", &sum.to_string(), &evidence.score.to_string());
    }
}

fn display(list: &mut List<'_>, evidence: &Evidence, original: &Original<'_>) {
    let Some(turn) = index(evidence.turn) else { return };
    let expected = original.shown(turn, &evidence.text);
    if !evidence.display.is_empty() && !shown::is_shown_of(&evidence.display, &expected, &evidence.text) {
        list.add("display", &expected, &evidence.display);
    }
}

fn line(list: &mut List<'_>, evidence: &Evidence, original: &Original<'_>) {
    if let Some((turn, start)) = index(evidence.turn).zip(index(evidence.start)) {
        list.compare("line", original.session.line_of(turn, start).into(), evidence.line);
    }
}

fn time(list: &mut List<'_>, evidence: &Evidence, original: &Original<'_>) {
    let Some((turn, start)) = index(evidence.turn).zip(index(evidence.start)) else { return };
    let end = index(evidence.end).unwrap_or(start);
    let time = original.session.time_of(turn, crate::model::Span::new(start, end));
    if time != evidence.time {
        list.add("time", &seconds(time), &seconds(evidence.time));
    }
}

/// The context is a sentence before the quotation, in its turn or the one before.
fn context(list: &mut List<'_>, evidence: &Evidence, original: &Original<'_>) {
    let Some(turn) = index(evidence.turn).filter(|_| !evidence.context.is_empty()) else { return };
    let before = (turn.saturating_sub(1)..=turn).flat_map(|at| {
        let sentences = original.sentences.get(at).into_iter().flatten();
        let ends_before = move |span: &&crate::model::Span| at < turn || span.end() as u64 <= evidence.start;
        sentences.filter(ends_before).map(move |span| (at, span.of(original.session.turn_text(at))))
    });
    let sentences: Vec<(usize, &str)> = before.collect();
    let is_shown =
        |&(at, text): &(usize, &str)| shown::is_shown_of(&evidence.context, &original.shown(at, text), text);
    if !sentences.iter().any(is_shown) {
        list.add("context", sentences.last().map_or("", |(_, text)| text), &evidence.context);
    }
}

fn seconds(time: Option<crate::model::Timing>) -> String {
    let shown = |time: crate::model::Timing| {
        let between = if time.interpolated { " (interpolated)" } else { "" };
        format!("{} to {} s{between}", time.start, time.end)
    };
    time.map_or_else(|| "no time".to_owned(), shown)
}

fn index(number: u64) -> Option<usize> {
    usize::try_from(number).ok()
}
