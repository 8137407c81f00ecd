//! Who refers to whom, in which words.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown, pictures};
use crate::model::{ReferenceKind, ReferenceRow};
use crate::write::charts::Chart;
use crate::write::phrases::{Phrases, fill};

pub(super) const SECTION: Section =
    Section { id: "references", title: |phrases| phrases.references, content };

#[derive(Template)]
#[template(path = "page/references.html")]
struct References {
    phrases: &'static Phrases,
    chart: Option<Chart>,
    /// Agreement and disagreement in words.
    stated: Vec<Referring>,
    mentions: Vec<Referring>,
}

/// A sentence in which somebody speaks of others.
struct Referring {
    heading: String,
    quotation: Quotation,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let rows = &view.session.part.references;
    if rows.is_empty() {
        return Content::Absent(view.phrases.no_references);
    }
    let stated: Vec<&ReferenceRow> = rows.iter().filter(|row| row.kind != ReferenceKind::Mention).collect();
    let mentions: Vec<&ReferenceRow> = rows.iter().filter(|row| row.kind == ReferenceKind::Mention).collect();
    let chart = pictures::references(view);
    let (stated, mentions) = (referring(view, progress, &stated), referring(view, progress, &mentions));
    Content::Shown(Box::new(References { phrases: view.phrases, chart, stated, mentions }))
}

/// One quotation for each sentence and kind, with all voices it speaks of.
fn referring(view: &View<'_>, progress: &mut Progress, rows: &[&ReferenceRow]) -> Vec<Referring> {
    let same = |a: &&ReferenceRow, b: &&ReferenceRow| {
        (a.place.turn, a.place.sentence, a.kind) == (b.place.turn, b.place.sentence, b.kind)
    };
    let one = |rows: &[&ReferenceRow]| {
        let first = rows.first()?;
        let evidence = view.quoted(first.place.turn, first.place.sentence)?;
        let phrases = view.phrases;
        let names = rows.iter().map(|row| phrases.name_of(&row.to));
        let to = names.reduce(|a, b| fill(phrases.two, &[("a", &a), ("b", &b)])).unwrap_or_default();
        let phrase = match first.kind {
            ReferenceKind::Agree => phrases.agrees_with,
            ReferenceKind::Disagree => phrases.disagrees_with,
            ReferenceKind::Mention => phrases.speaks_of,
        };
        let heading = fill(phrase, &[("from", &phrases.name_of(&first.from)), ("to", &to)]);
        Some(Referring { heading, quotation: progress.quotations.quote(view, evidence) })
    };
    rows.chunk_by(same).filter_map(one).collect()
}

impl Body for References {
    fn markdown(&self) -> String {
        let mut out = markdown::chart(&self.chart);
        for (title, all) in
            [(self.phrases.in_agreement, &self.stated), (self.phrases.mentions, &self.mentions)]
        {
            if !all.is_empty() {
                let _ = writeln!(out, "\n### {title}");
            }
            for one in all {
                let _ = write!(
                    out,
                    "\n**{}**\n{}",
                    markdown::escape(&one.heading),
                    markdown::quotation(&one.quotation)
                );
            }
        }
        out
    }
}
