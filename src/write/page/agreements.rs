//! Who agrees with whom and who differs, and whose stances are the same or opposite, both sides quoted.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::model::{AgreementRow, Relation};
use crate::write::phrases::{Phrases, fill, filled_html};

/// Pairs that do not speak of each other are shown up to this number; the table of agreement has all.
const SUREST: usize = 5;

pub(super) const SECTION: Section =
    Section { id: "agreements", title: |phrases| phrases.agreements, content };

#[derive(Template)]
#[template(path = "page/agreements.html")]
struct Agreements {
    phrases: &'static Phrases,
    relations: Vec<(&'static str, Vec<Pair>)>,
}

/// Two stakeholders, both quoted.
struct Pair {
    phrases: &'static Phrases,
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
    let phrases = view.phrases;
    let relations = vec![
        (phrases.they_agree, pairs(Relation::Agree)),
        (phrases.they_differ, pairs(Relation::Differ)),
        (phrases.opposite_stances, pairs(Relation::Opposite)),
        (phrases.same_stance, pairs(Relation::Same)),
    ];
    match rows.is_empty() {
        true => Content::Absent(phrases.no_agreements),
        false => Content::Shown(Box::new(Agreements { phrases, relations })),
    }
}

fn pair(view: &View<'_>, progress: &mut Progress, row: &AgreementRow) -> Pair {
    let both = [&row.quoted_a, &row.quoted_b];
    let quoted = both.iter().filter_map(|quoted| view.quoted(quoted.turn, quoted.sentence));
    Pair {
        phrases: view.phrases,
        a: view.phrases.name_of(&row.stakeholder_a),
        b: view.phrases.name_of(&row.stakeholder_b),
        issue: row.issue.clone(),
        quotations: quoted.map(|evidence| progress.quotations.quote(view, evidence)).collect(),
    }
}

impl Pair {
    fn heading(&self) -> &'static str {
        if self.issue.is_empty() { self.phrases.two } else { self.phrases.two_on_issue }
    }

    fn values(&self) -> [(&'static str, &str); 3] {
        [("a", &self.a), ("b", &self.b), ("issue", &self.issue)]
    }

    fn heading_html(&self) -> String {
        filled_html(self.heading(), &self.values())
    }
}

impl Body for Agreements {
    fn markdown(&self) -> String {
        let mut out = String::new();
        for (title, pairs) in self.relations.iter().filter(|(_, pairs)| !pairs.is_empty()) {
            let _ = writeln!(out, "\n### {title}");
            for pair in pairs {
                let heading = markdown::escape(&fill(pair.heading(), &pair.values()));
                let _ = writeln!(out, "\n**{heading}**");
                out.push_str(&markdown::quotations(&pair.quotations));
            }
        }
        out
    }
}
