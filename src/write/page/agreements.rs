//! Who agrees with whom and who differs, both sides quoted.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::model::{AgreementRow, Relation};
use crate::write::name_or_unknown;

pub(super) const SECTION: Section =
    Section { id: "agreements", title: "Agreements and differences", content };

#[derive(Template)]
#[template(path = "page/agreements.html")]
struct Agreements {
    relations: Vec<(&'static str, Vec<Pair>)>,
}

/// Two stakeholders, both quoted.
struct Pair {
    a: String,
    b: String,
    issue: String,
    quotations: Vec<Quotation>,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let rows = &view.session.part.agreements;
    let mut pairs = |wanted: Relation| -> Vec<Pair> {
        rows.iter().filter(|row| row.relation == wanted).map(|row| pair(view, progress, row)).collect()
    };
    let relations = vec![("They agree", pairs(Relation::Agree)), ("They differ", pairs(Relation::Differ))];
    match rows.is_empty() {
        true => Content::Absent("no two state a stance on the same issue, or agree or disagree by name"),
        false => Content::Shown(Box::new(Agreements { relations })),
    }
}

fn pair(view: &View<'_>, progress: &mut Progress, row: &AgreementRow) -> Pair {
    let both = [&row.quoted_a, &row.quoted_b];
    let quoted = both.iter().filter_map(|quoted| view.quoted(quoted.turn, quoted.sentence));
    Pair {
        a: name_or_unknown(&row.stakeholder_a),
        b: name_or_unknown(&row.stakeholder_b),
        issue: row.issue.clone(),
        quotations: quoted.map(|evidence| progress.quotations.quote(view, evidence)).collect(),
    }
}

impl Body for Agreements {
    fn markdown(&self) -> String {
        let mut out = String::new();
        for (title, pairs) in self.relations.iter().filter(|(_, pairs)| !pairs.is_empty()) {
            let _ = writeln!(out, "\n### {title}");
            for pair in pairs {
                let names = format!("{} – {}", markdown::escape(&pair.a), markdown::escape(&pair.b));
                let on = if pair.issue.is_empty() { "" } else { ", on " };
                let _ = writeln!(out, "\n**{names}**{on}{}", markdown::escape(&pair.issue));
                out.push_str(&markdown::quotations(&pair.quotations));
            }
        }
        out
    }
}
