//! Turns put together again from their sentences, as these tools take whole comments.

use crate::model::{SentenceRow, SessionPart};

/// A turn as a comment.
pub(super) struct Comment<'a> {
    /// The session's identifier and the turn's number.
    pub(super) id: String,
    /// Who speaks.
    pub(super) name: &'a str,
    /// The sentences with a space between.
    pub(super) text: String,
    /// The sentences, each with where it begins in `text`, in bytes.
    pub(super) sentences: Vec<(usize, &'a SentenceRow)>,
}

/// The turns of a session that have sentences, in order.
pub(super) fn comments(part: &SessionPart) -> Vec<Comment<'_>> {
    let mut comments = Vec::new();
    for rows in part.sentences.chunk_by(|a, b| a.turn == b.turn) {
        let Some(first) = rows.first() else { continue };
        let mut comment = Comment {
            id: format!("{}:{}", part.info.id, first.turn),
            name: if first.name.is_empty() { &first.stakeholder } else { &first.name },
            text: String::new(),
            sentences: Vec::with_capacity(rows.len()),
        };
        for row in rows {
            if !comment.text.is_empty() {
                comment.text.push(' ');
            }
            comment.sentences.push((comment.text.len(), row));
            comment.text.push_str(&row.text);
        }
        comments.push(comment);
    }
    comments
}
