//! Turns divided into parts, of which some are other voices': calls in brackets, labels that follow a sentence.

use rustc_hash::FxHashMap;

use crate::model::{LabelId, Piece, Session, Span, Turn, count_words};

/// A part of a turn. What stands between the parts is their labels and marks; white space stands around each, so
/// that no word is cut.
pub(super) struct Part<'t> {
    /// Who says it, as the text has it; nothing where it is the turn's own speaker.
    pub label: Option<&'t str>,
    pub span: Span,
}

/// Makes turns of the parts that `divide` finds in each turn; an empty list leaves a turn as it is.
pub(super) fn set_apart<F>(session: &mut Session, divide: F)
where
    F: for<'t> Fn(&'t Session, usize) -> Vec<Part<'t>>,
{
    let found: Vec<Vec<Part>> = (0..session.turns.len()).map(|turn| divide(session, turn)).collect();
    if found.iter().all(Vec::is_empty) {
        return;
    }
    let mut parted = SplitSession::new(session);
    for (turn, parts) in found.iter().enumerate() {
        parted.turn(turn, parts);
    }
    let SplitSession { text, turns, first_of, labels, label_words, headers, .. } = parted;
    session.headings.iter_mut().for_each(|heading| {
        let new = first_of.get(heading.turn as usize).copied().unwrap_or(turns.len());
        heading.turn = new as u32;
    });
    session.outside.headers += headers;
    (session.text, session.turns, session.labels, session.label_words) = (text, turns, labels, label_words);
}

/// A session being put together anew.
struct SplitSession<'s> {
    session: &'s Session,
    text: String,
    turns: Vec<Turn>,
    /// The first new turn of each turn.
    first_of: Vec<usize>,
    labels: Vec<String>,
    label_words: Vec<u64>,
    by_label: FxHashMap<String, LabelId>,
    headers: u64,
}

impl<'s> SplitSession<'s> {
    fn new(session: &'s Session) -> Self {
        let ids = session.labels.iter().enumerate().map(|(id, label)| (label.clone(), LabelId(id as u32)));
        SplitSession {
            session,
            text: String::with_capacity(session.text.len()),
            turns: Vec::with_capacity(session.turns.len()),
            first_of: Vec::with_capacity(session.turns.len()),
            labels: session.labels.clone(),
            label_words: session.label_words.clone(),
            by_label: ids.collect(),
            headers: 0,
        }
    }

    fn turn(&mut self, turn: usize, parts: &[Part]) {
        let session = self.session;
        let Some(old) = session.turns.get(turn) else { return };
        self.first_of.push(self.turns.len());
        if parts.is_empty() {
            self.part(turn, old.label, Span::new(0, old.span.len()));
            return;
        }
        let whole = session.turn_text(turn);
        let mut rest = count_words(whole);
        for Part { label, span } in parts {
            let said = span.trimmed(whole);
            rest = rest.saturating_sub(count_words(said.of(whole)));
            let id = label.map_or(old.label, |label| {
                let own = count_words(label);
                rest = rest.saturating_sub(own);
                self.label(label, own)
            });
            if !said.is_empty() {
                self.part(turn, id, said);
            }
        }
        // Applause, unnamed calls and marks that stand between the parts.
        self.headers += rest;
    }

    fn label(&mut self, name: &str, words: u64) -> LabelId {
        let next = LabelId(self.labels.len() as u32);
        let id = *self.by_label.entry(name.to_owned()).or_insert(next);
        if id == next {
            self.labels.push(name.to_owned());
            self.label_words.push(0);
        }
        if let Some(total) = self.label_words.get_mut(id.0 as usize) {
            *total += words;
        }
        id
    }

    fn part(&mut self, turn: usize, label: LabelId, part: Span) {
        let start = self.text.len();
        self.text.push_str(part.of(self.session.turn_text(turn)));
        let pieces = self.pieces(turn, part);
        self.turns.push(Turn { label, span: Span::new(start, self.text.len()), pieces });
    }

    /// The pieces of a part of a turn.
    fn pieces(&self, turn: usize, part: Span) -> Vec<Piece> {
        let Some(old) = self.session.turns.get(turn).filter(|_| !part.is_empty()) else { return Vec::new() };
        let first = self.session.piece_of(turn, part.start()).map(|piece| Piece {
            offset: 0,
            line: self.session.line_of(turn, part.start()),
            interpolated: piece.interpolated || piece.time.is_some() && piece.offset as usize != part.start(),
            ..*piece
        });
        let inside = |piece: &&Piece| (part.start() + 1..part.end()).contains(&(piece.offset as usize));
        let later = old.pieces.iter().filter(inside);
        let later = later.map(|piece| Piece { offset: piece.offset - part.start() as u32, ..*piece });
        first.into_iter().chain(later).collect()
    }
}
