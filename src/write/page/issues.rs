//! The issues: who supports, who opposes, who is concerned, in quotations side by side.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, figures, markdown, pictures};
use crate::model::{Basis, Evidence, IssueStance, IssueTotals, Stance, StanceCounts};
use crate::write::charts::Chart;
use crate::write::{counted, name_or_unknown};

pub(super) const SECTION: Section = Section { id: "issues", title: "Where they stand", content };

/// Quotations of a stakeholder on an issue.
const QUOTED: usize = 3;

/// Terms of an issue that are named.
const TERMS: usize = 6;

/// The columns, what stands over each, and what stands there where nobody has named the issue: then a
/// stance is what was said on it, which need not be towards it.
const COLUMNS: [(Stance, &str, &str); 4] = [
    (Stance::Support, "In support", "Speaking of it in support"),
    (Stance::Oppose, "Against", "Speaking of it in opposition"),
    (Stance::Concern, "Concerned", "Speaking of it with concern"),
    (Stance::Mixed, "Some of each", "Speaking of it in several ways"),
];

/// What a stance is.
const ABOUT: &str = "A stance is stated where a sentence on the issue says it in so many words, or inferred from all that was said \
    on the issue, with how sure that is; otherwise none is given.";

/// What a stance is where the issues are nobody's.
const FOUND: &str = " These issues were found in the session and named after its own words: a stance is what was \
    said while speaking of the issue, which need not be a stance for or against it.";

#[derive(Template)]
#[template(path = "page/issues.html")]
struct Issues {
    about: &'static str,
    found: &'static str,
    chart: Option<Chart>,
    were_found: bool,
    issues: Vec<OnIssue>,
    /// Issues that nobody spoke on.
    silent: Vec<String>,
}

struct OnIssue {
    id: String,
    label: String,
    /// Some of the words that lead to it.
    terms: String,
    columns: Vec<Column>,
    /// Those without a stance.
    others: Vec<Side>,
}

struct Column {
    title: &'static str,
    sides: Vec<Side>,
}

/// A stakeholder on an issue.
struct Side {
    stakeholder: String,
    counts: String,
    quotations: Vec<Quotation>,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let mut issues = Vec::new();
    let mut silent = Vec::new();
    for (at, totals) in view.issues().enumerate() {
        match on_issue(view, progress, at, totals) {
            Some(issue) => issues.push(issue),
            None => silent.push(totals.issue.label.clone()),
        }
    }
    if issues.is_empty() {
        return Content::Absent("no issues were given, and none were found that several speak of");
    }
    let (chart, were_found) = (pictures::stances(view), view.issues_were_found());
    Content::Shown(Box::new(Issues { about: ABOUT, found: FOUND, chart, were_found, issues, silent }))
}

fn on_issue(view: &View<'_>, progress: &mut Progress, at: usize, totals: &IssueTotals) -> Option<OnIssue> {
    let label = &totals.issue.label;
    let stances: Vec<&IssueStance> =
        view.session.part.stances.iter().filter(|on| on.issue == *label).collect();
    if stances.is_empty() {
        return None;
    }
    let mut sides = |wanted: Option<Stance>| -> Vec<Side> {
        let fits = stances.iter().filter(|on| on.stance == wanted);
        fits.map(|on| side(view, progress, on)).collect()
    };
    let were_found = view.issues_were_found();
    let columns = COLUMNS.map(|(stance, given, found)| Column {
        title: if were_found { found } else { given },
        sides: sides(Some(stance)),
    });
    Some(OnIssue {
        id: view.id(&format!("i-{at}")),
        label: label.clone(),
        terms: terms(totals),
        columns: columns.into_iter().filter(|column| !column.sides.is_empty()).collect(),
        others: sides(None),
    })
}

fn terms(totals: &IssueTotals) -> String {
    let terms = &totals.issue.terms;
    let named: Vec<&str> =
        terms.iter().map(String::as_str).filter(|term| *term != totals.issue.label).take(TERMS).collect();
    named.join(", ")
}

fn side(view: &View<'_>, progress: &mut Progress, on: &IssueStance) -> Side {
    let quoted = quoted(view, on);
    Side {
        stakeholder: name_or_unknown(&on.stakeholder),
        counts: counts(on),
        quotations: quoted
            .into_iter()
            .map(|evidence| progress.quotations.quote(view, evidence).on_issue())
            .collect(),
    }
}

/// What shows where it stands: the sentence that makes it a stated one, which of a side of a motion may be
/// another's, the other sentences that state its stance, then what else it put forward; in reading order.
fn quoted<'p>(view: &View<'p>, on: &IssueStance) -> Vec<&'p Evidence> {
    let evidence = |&(turn, sentence): &(u64, u64)| view.quoted(turn, sentence);
    let best = on.evidence.first().filter(|_| on.basis == Some(Basis::Stated)).and_then(evidence);
    let stated = on.evidence.iter().filter_map(evidence);
    let mut stated: Vec<&Evidence> = stated.filter(|e| view.stance_on_issue(e).is_some()).collect();
    let shows = |evidence: &&Evidence| on.stance.is_some() && view.stance_on_issue(evidence) == on.stance;
    stated.sort_by_key(|evidence| !shows(evidence));
    let positions = view.session.part.positions.iter().map(|position| &position.evidence);
    let mut own: Vec<&Evidence> =
        positions.filter(|e| e.stakeholder == on.stakeholder && e.issue == on.issue).collect();
    own.sort_by_key(|evidence| evidence.rank);
    let mut chosen: Vec<&Evidence> = Vec::new();
    for evidence in best.into_iter().chain(stated).chain(own) {
        let is_new = |known: &&Evidence| (known.turn, known.sentence) != (evidence.turn, evidence.sentence);
        if chosen.len() < QUOTED && chosen.iter().all(is_new) {
            chosen.push(evidence);
        }
    }
    chosen.sort_by_key(|evidence| (evidence.turn, evidence.sentence));
    chosen
}

/// How many sentences it said on the issue, and how many of them state what.
fn counts(on: &IssueStance) -> String {
    let StanceCounts { support, oppose, concern } = on.counts;
    let words = figures::percent(on.salience);
    let mut counts = format!("{}, {words} of its words", counted(on.n_sentences, "sentence", "sentences"));
    if let Some(basis) = on.basis {
        let sure = on.confidence.map_or_else(String::new, |c| format!(", {} sure", figures::percent(c)));
        counts = format!("{basis}{sure}; {counts}");
    }
    let stated = [(support, "in support"), (oppose, "against"), (concern, "concerned")];
    let stated: Vec<String> =
        stated.iter().filter(|(n, _)| *n > 0).map(|(n, how)| format!("{n} {how}")).collect();
    if !stated.is_empty() {
        counts.push_str(&format!("; {}", stated.join(", ")));
    }
    counts
}

impl Body for Issues {
    fn markdown(&self) -> String {
        let mut out = format!("\n{ABOUT}{}\n", if self.were_found { FOUND } else { "" });
        out.push_str(&markdown::chart(&self.chart));
        for issue in &self.issues {
            let _ = writeln!(out, "\n### {}", markdown::escape(&issue.label));
            if !issue.terms.is_empty() {
                let _ = writeln!(out, "\nTold by: {}", markdown::escape(&issue.terms));
            }
            for column in &issue.columns {
                let _ = writeln!(out, "\n#### {}", column.title);
                out.extend(column.sides.iter().map(Side::markdown));
            }
            if !issue.others.is_empty() {
                out.push_str("\n#### Speak on it without a stance\n");
                out.extend(issue.others.iter().map(Side::markdown));
            }
        }
        if !self.silent.is_empty() {
            let _ = writeln!(out, "\nNobody spoke on: {}.", markdown::escape(&self.silent.join("; ")));
        }
        out
    }
}

impl Side {
    fn markdown(&self) -> String {
        let (name, counts) = (markdown::escape(&self.stakeholder), markdown::escape(&self.counts));
        format!("\n**{name}** ({counts})\n{}", markdown::quotations(&self.quotations))
    }
}
