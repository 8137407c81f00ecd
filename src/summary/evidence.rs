//! From selected sentences to quotations with place, reasons and context.

use crate::model::rounded;
use crate::model::{CueKind, Evidence, Kind, Reason, SentenceId, Span, word_spans};
use crate::rank::selection::{CLAUSE_MARKS, Chosen, clause_cut};
use crate::rank::{self, Feature, Score};

use crate::prepare::Prepared;

/// Strength from which an opening needs the sentence before it.
const NEEDS_CONTEXT: f64 = 0.8;

/// Words of a context beyond which only its end is given.
const CONTEXT_WORDS: usize = 30;

/// A selected sentence and the parts of its score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quote<'a> {
    pub(crate) chosen: Chosen,
    pub(crate) score: &'a Score,
}

/// Quotes whole sentences, in the order given.
pub(crate) fn quote_whole(prepared: &Prepared<'_>, quotes: &[Quote<'_>]) -> Vec<Evidence> {
    let mut before = None;
    let mut evidence = Vec::with_capacity(quotes.len());
    for quote in quotes {
        let id = quote.chosen.id;
        let span = prepared.quotable(id);
        let mut score = quote.score.clone();
        score.add(Feature::Property("redundancy"), quote.chosen.redundancy);
        let mut item = evidence_of(prepared, id, span, &score, quote.chosen.rank);
        if span != prepared.analysis.sentence(id).span {
            item.display = format!("{}…", item.shown());
        }
        if (leans(prepared, id) || hangs(quote.score)) && before != prepared.analysis.before(id) {
            item.context = context(prepared, id);
        }
        before = Some(id);
        evidence.push(item);
    }
    evidence
}

/// Quotes sentences that no method has chosen, in the order given, each for itself.
pub(crate) fn quote_unranked(prepared: &Prepared<'_>, ids: &[SentenceId]) -> Vec<Evidence> {
    let score = Score::default();
    let quote = |&id: &SentenceId| {
        let chosen = Chosen { id, rank: 0, redundancy: 0.0 };
        quote_whole(prepared, &[Quote { chosen, score: &score }])
    };
    ids.iter().flat_map(quote).collect()
}

/// Quotes the beginning of a sentence that is longer than the budget of `words`; nothing when not
/// even a word of it fits.
pub(crate) fn quote_cut(
    prepared: &Prepared<'_>,
    id: SentenceId,
    score: &Score,
    words: u32,
) -> Option<Evidence> {
    let sentence = prepared.analysis.sentence(id);
    let text = prepared.session.turn_text(sentence.turn as usize);
    let length = clause_cut(sentence.span.of(text), words);
    let span = Span::new(sentence.span.start(), sentence.span.start() + length);
    let mut item = evidence_of(prepared, id, span, score, 1);
    if leans(prepared, id) {
        item.context = context(prepared, id);
    }
    item.display = format!("{}…", item.shown());
    (!span.is_empty()).then_some(item)
}

fn evidence_of(prepared: &Prepared<'_>, id: SentenceId, span: Span, score: &Score, rank: u32) -> Evidence {
    let sentence = prepared.analysis.sentence(id);
    let turn = sentence.turn as usize;
    let text = span.of(prepared.session.turn_text(turn));
    let shown = prepared.shown(id, span);
    let because: Vec<Reason> = score.reasons(&prepared.analysis.vocabulary);
    // Summed after rounding, so that what a report shows adds up and does not depend on a machine's
    // last binary digit.
    Evidence {
        rank: rank.into(),
        score: rounded(because.iter().map(|r| r.value).sum()),
        because,
        speaker: prepared.session.turn_label(turn).to_owned(),
        stakeholder: prepared.people.speaker(prepared.session.turns[turn].label).stands_for().to_owned(),
        turn: turn as u64,
        sentence: sentence.number.into(),
        start: span.start() as u64,
        end: span.end() as u64,
        line: prepared.session.line_of(turn, span.start()).into(),
        time: prepared.session.time_of(turn, span),
        text: text.to_owned(),
        display: if shown == text { String::new() } else { shown },
        context: String::new(),
        kind: prepared.position_kind(id, span).map_or_else(String::new, |kind| kind.name().to_owned()),
        stance: None,
        issue: String::new(),
    }
}

/// Whether a score says that its sentence hangs on the one before.
fn hangs(score: &Score) -> bool {
    let part = |&(feature, _): &(Feature, f64)| feature == Feature::Property(rank::position::HANGS);
    score.parts.iter().any(part)
}

fn leans(prepared: &Prepared<'_>, id: SentenceId) -> bool {
    let cues = prepared.analysis.cues_of(id);
    cues.iter().any(|c| c.kind == CueKind::Leaning && c.strength >= NEEDS_CONTEXT)
}

/// Whether a sentence leans on one before it that cannot be shown.
pub(crate) fn dangles(prepared: &Prepared<'_>, id: SentenceId) -> bool {
    leans(prepared, id) && context(prepared, id).is_empty()
}

/// The sentence before, or its end, as a reader sees it; empty at the start of a turn.
fn context(prepared: &Prepared<'_>, id: SentenceId) -> String {
    let Some(before) = prepared.analysis.before(id) else { return String::new() };
    if prepared.analysis.sentence(before).kind != Kind::Speech {
        return String::new();
    }
    tail(prepared.shown(before, prepared.analysis.sentence(before).span))
}

/// A long sentence by its end: the last clauses that have at most [`CONTEXT_WORDS`] words, after `…`.
fn tail(sentence: String) -> String {
    let words = word_spans(&sentence);
    let Some(cut) = words.len().checked_sub(CONTEXT_WORDS).filter(|&cut| cut > 0) else { return sentence };
    let opens = |at: &usize| words[at - 1].of(&sentence).ends_with(CLAUSE_MARKS);
    let start = (cut..cut + CONTEXT_WORDS / 2).find(opens).unwrap_or(cut);
    format!("… {}", &sentence[words[start].start()..])
}

#[cfg(test)]
mod tests {
    use crate::summary::evidence::{CONTEXT_WORDS, tail};

    #[test]
    fn a_long_context_is_given_by_its_last_clauses() {
        let long = format!("{} at last, {}", "word ".repeat(20), "end ".repeat(CONTEXT_WORDS - 5));
        assert!(tail(long).starts_with("… end end"));
        assert!(tail("word ".repeat(100)).starts_with("… word"));
        assert_eq!(tail("As it stands.".to_owned()), "As it stands.");
    }
}
