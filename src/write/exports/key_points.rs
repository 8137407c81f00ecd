//! Key Point Analysis: the table of matches between key points and sentences.
//!
//! The columns are those of the matches file of IBM's Key Point Analysis client (Bar-Haim et al. 2020).

use super::turns::comments;
use super::{Addition, Export, ExportFile, Part, header};
use crate::error::Result;
use crate::model::{Cell, Overall, SessionPart, Stance};
use crate::write::tables::csv;

pub(super) const EXPORT: Export = Export {
    name: "key-points",
    about: "`key-point-matches.csv`: sentences matched with key points, as Key Point Analysis writes them",
    inferred: "The key points are the issues, `match_score` says how well a sentence fits its issue, and \
               `selected_stance` is the stance that the sentence states. The qualities are not known. Spans count \
               characters of the comment, which is a turn with a space between sentences",
    of_session,
    files,
};

const HEAP: &str = ".key-point-matches";

const COLUMNS: &[&str] = &[
    "kp",
    "sentence_text",
    "match_score",
    "comment_id",
    "sentence_id",
    "sents_in_comment",
    "span_start",
    "span_end",
    "num_tokens",
    "argument_quality",
    "kp_quality",
    "selected_stance",
    "inferred_by",
];

fn of_session(part: &SessionPart) -> Result<Vec<Addition>> {
    let mut rows = Vec::new();
    for comment in comments(part) {
        for (at, sentence) in comment.sentences.iter().filter(|(_, row)| !row.issue.is_empty()) {
            let start = comment.text.get(..*at).map_or(0, |before| before.chars().count()) as u64;
            rows.push(vec![
                Cell::text(&sentence.issue),
                Cell::text(&sentence.text),
                Cell::number(sentence.issue_score),
                Cell::text(&comment.id),
                Cell::Integer(sentence.sentence),
                Cell::Integer(comment.sentences.len() as u64),
                Cell::Integer(start),
                Cell::Integer(start + sentence.text.chars().count() as u64),
                Cell::Integer(sentence.words),
                Cell::Empty,
                Cell::Empty,
                Cell::text(Stance::name_or_empty(sentence.stance)),
                Cell::text(concat!("rapporteur ", env!("CARGO_PKG_VERSION"))),
            ]);
        }
    }
    Ok(vec![Addition { heap: HEAP.to_owned(), lines: csv(&rows)? }])
}

fn files(_overall: &Overall) -> Result<Vec<ExportFile>> {
    let parts = vec![Part::Text(header(COLUMNS)?), Part::Heap(HEAP.to_owned())];
    Ok(vec![ExportFile { name: "key-point-matches.csv", parts }])
}
