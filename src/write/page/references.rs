//! Who refers to whom, in which words.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown, pictures};
use crate::model::{ReferenceKind, ReferenceRow};
use crate::write::charts::Chart;
use crate::write::name_or_unknown;

pub(super) const SECTION: Section = Section { id: "references", title: "Who refers to whom", content };

#[derive(Template)]
#[template(path = "page/references.html")]
struct References {
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
        return Content::Absent("nobody speaks of anybody by name");
    }
    let stated: Vec<&ReferenceRow> = rows.iter().filter(|row| row.kind != ReferenceKind::Mention).collect();
    let mentions: Vec<&ReferenceRow> = rows.iter().filter(|row| row.kind == ReferenceKind::Mention).collect();
    let chart = pictures::references(view);
    let (stated, mentions) = (referring(view, progress, &stated), referring(view, progress, &mentions));
    Content::Shown(Box::new(References { chart, stated, mentions }))
}

/// One quotation for each sentence and kind, with all voices it speaks of.
fn referring(view: &View<'_>, progress: &mut Progress, rows: &[&ReferenceRow]) -> Vec<Referring> {
    let same = |a: &&ReferenceRow, b: &&ReferenceRow| {
        (a.place.turn, a.place.sentence, a.kind) == (b.place.turn, b.place.sentence, b.kind)
    };
    let one = |rows: &[&ReferenceRow]| {
        let first = rows.first()?;
        let evidence = view.quoted(first.place.turn, first.place.sentence)?;
        let to: Vec<String> = rows.iter().map(|row| name_or_unknown(&row.to)).collect();
        let does = match first.kind {
            ReferenceKind::Agree => "agrees with",
            ReferenceKind::Disagree => "disagrees with",
            ReferenceKind::Mention => "speaks of",
        };
        let heading = format!("{} {does} {}", name_or_unknown(&first.from), to.join(" and "));
        Some(Referring { heading, quotation: progress.quotations.quote(view, evidence) })
    };
    rows.chunk_by(same).filter_map(one).collect()
}

impl Body for References {
    fn markdown(&self) -> String {
        let mut out = markdown::chart(&self.chart);
        for (title, all) in [("In agreement or disagreement", &self.stated), ("In passing", &self.mentions)] {
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
