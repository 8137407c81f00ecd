//! The page as a Word document: the answer in brief, the issues and the cards, to be sent and worked on. The
//! transcript, the charts and the tables stay on the page.

use super::quotation::Quotation;
use super::view::{View, of_page};
use super::{Page, laid_out};
use crate::error::Result;
use crate::write::document::{Block, Run, TextDocument};
use crate::write::docx;
use crate::write::origin::CREATOR;
use crate::write::phrases::fill;

/// The document as the bytes of a file.
///
/// # Errors
/// When they cannot be packed, which is a bug.
pub fn docx(page: &Page) -> Result<Vec<u8>> {
    docx::write(&document(page))
}

fn document(page: &Page) -> TextDocument {
    let views = View::all(page);
    let phrases = of_page(page);
    let title = match views.as_slice() {
        [one] => one.title(),
        many => phrases.counted(phrases.n_sessions, many.len() as u64),
    };
    let language = phrases.code.to_owned();
    let mut blocks = Vec::new();
    let dates: Vec<&str> = views.iter().map(|view| view.session.part.info.date.as_str()).collect();
    let (first, last) =
        (dates.iter().min().copied().unwrap_or(""), dates.iter().max().copied().unwrap_or(""));
    let dates = [phrases.date_of(first), phrases.date_of(last)];
    let [first, last] = dates.each_ref().map(String::as_str);
    let date = match first == last || first.is_empty() {
        true => last.to_owned(),
        false => fill(phrases.from_to, &[("from", first), ("to", last)]),
    };
    if !date.is_empty() {
        blocks.push(Block::Paragraph(vec![Run::plain(date)]));
    }
    for part in laid_out(page, &views).into_iter().flatten() {
        let own = part.body.document();
        if !own.is_empty() {
            blocks.push(Block::Heading(1, part.title));
            blocks.extend(own);
        }
    }
    blocks.push(Block::Paragraph(vec![Run::plain(format!(
        "{} {}",
        phrases.document_note,
        fill(phrases.made_by, &[("tool", CREATOR)])
    ))]));
    TextDocument { title, language, blocks }
}

/// A quotation with its source below it.
pub(super) fn quotation(q: &Quotation) -> Vec<Block> {
    let mut runs = Vec::new();
    if !q.context.is_empty() {
        runs.push(Run::italic(format!("{} ", q.context)).in_language(&q.language));
    }
    runs.push(Run::plain(format!("“{}”", q.words)).in_language(&q.language));
    let mut source = vec![q.speaker.clone()];
    source.extend(Some(q.stakeholder.clone()).filter(|_| q.names_stakeholder));
    source.push(q.place.clone());
    let mut line = format!("— {}", source.join(", "));
    let marks = [q.asks.to_owned(), q.mark_text()];
    for mark in marks.iter().filter(|mark| !mark.is_empty()) {
        line.push_str(" · ");
        line.push_str(mark);
    }
    vec![Block::Quotation(runs), Block::Source(line)]
}

/// Several quotations.
pub(super) fn quotations(all: &[Quotation]) -> impl Iterator<Item = Block> + '_ {
    all.iter().flat_map(quotation)
}
