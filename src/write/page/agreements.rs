//! Who agrees with whom and who differs, and whose stances are the same or opposite, both sides quoted.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::model::{AgreementRow, Relation};
use crate::write::name_or_unknown;

/// Pairs that do not speak of each other are shown up to this number; the table of agreement has all.
const SUREST: usize = 5;

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
        let is_said = matches!(wanted, Relation::Agree | Relation::Differ);
        let mut fitting: Vec<&AgreementRow> = rows.iter().filter(|row| row.relation == wanted).collect();
        // Stable, so that of equally sure ones the first issue comes first.
        fitting.sort_by(|a, b| b.strength.total_cmp(&a.strength));
        let most = if is_said { fitting.len() } else { SUREST };
        fitting.into_iter().take(most).map(|row| pair(view, progress, row)).collect()
    };
    let relations = vec![
        ("They agree", pairs(Relation::Agree)),
        ("They differ", pairs(Relation::Differ)),
        ("Opposite stances, not said of each other: the surest", pairs(Relation::Opposite)),
        ("The same stance, not said of each other: the surest", pairs(Relation::Same)),
    ];
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
