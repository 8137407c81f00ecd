//! The issues: who supports, who opposes, who is concerned, in quotations side by side.

use std::fmt::Write;

use askama::Template;

#[cfg(feature = "docx")]
use super::document;
use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, figures, markdown, pictures};
use crate::model::{
    AgreementRow, Basis, Evidence, IssueStance, IssueTotals, Quoted, Relation, Stance, StanceCounts,
};
use crate::write::charts::Chart;
#[cfg(feature = "docx")]
use crate::write::document::{Block, Run};
use crate::write::{counted, name_or_unknown};

pub(super) const SECTION: Section = Section { id: "issues", title: "Where they stand", content };

/// Quotations of a stakeholder on an issue.
const QUOTED: usize = 3;

/// Quotations of a column that are open; the others are behind “view all”.
const OPEN: usize = 3;

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

/// What stands over the two quotations that differ most directly.
const CRUX: &str = "The crux";

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
    crux: &'static str,
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
    /// The two quotations that differ most directly; none where nobody opposes anybody.
    crux: Vec<Quotation>,
    columns: Vec<Column>,
    /// Those without a stance.
    others: Vec<Side>,
}

struct Column {
    title: &'static str,
    /// The strongest quotations, those of one stakeholder together.
    sides: Vec<Side>,
    /// What else is quoted of the same stance.
    more: Vec<Side>,
    n_more: usize,
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
    Content::Shown(Box::new(Issues {
        about: ABOUT,
        found: FOUND,
        crux: CRUX,
        chart,
        were_found,
        issues,
        silent,
    }))
}

fn on_issue(view: &View<'_>, progress: &mut Progress, at: usize, totals: &IssueTotals) -> Option<OnIssue> {
    let label = &totals.issue.label;
    let mut stances: Vec<&IssueStance> =
        view.session.part.stances.iter().filter(|on| on.issue == *label).collect();
    if stances.is_empty() {
        return None;
    }
    // The surest first: stated before inferred, then by confidence; a side of a motion has none and is sure.
    stances.sort_by(|a, b| {
        let sure = |on: &IssueStance| on.confidence.unwrap_or(1.0);
        let is_stated = |on: &IssueStance| on.basis == Some(Basis::Stated);
        is_stated(b).cmp(&is_stated(a)).then(sure(b).total_cmp(&sure(a)))
    });
    let pair = crux(view, label);
    let crux = pair.iter().map(|evidence| progress.quotations.quote(view, evidence)).collect();
    let places: Vec<(u64, u64)> = pair.iter().map(|evidence| (evidence.turn, evidence.sentence)).collect();
    let were_found = view.issues_were_found();
    let columns = COLUMNS.map(|(stance, given, found)| {
        let on: Vec<&IssueStance> = stances.iter().copied().filter(|on| on.stance == Some(stance)).collect();
        column(view, progress, if were_found { found } else { given }, &on, &places)
    });
    let others = stances.iter().filter(|on| on.stance.is_none());
    let others = others.map(|on| side(view, progress, on, &quoted(view, on))).collect();
    Some(OnIssue {
        id: view.id(&format!("i-{at}")),
        label: label.clone(),
        terms: terms(totals),
        crux,
        columns: columns.into_iter().filter(|column| !column.sides.is_empty()).collect(),
        others,
    })
}

/// The quotations of two who differ on an issue by name, or of two that state opposite stances on it; rather
/// of one for it and one against it than of one who is worried, and of those the surest.
fn crux<'p>(view: &View<'p>, issue: &str) -> Vec<&'p Evidence> {
    let stance = |quoted: &Quoted| {
        let evidence = view.quoted(quoted.turn, quoted.sentence)?;
        view.stance_on_issue(evidence).filter(|_| evidence.issue == issue)
    };
    // An inferred stance need not show in the two sentences.
    let show = |row: &AgreementRow| {
        let (a, b) = (stance(&row.quoted_a), stance(&row.quoted_b));
        row.relation == Relation::Differ || a.is_some() && b.is_some() && a != b
    };
    let differs = |row: &&AgreementRow| {
        row.issue == issue && matches!(row.relation, Relation::Differ | Relation::Opposite) && show(row)
    };
    let is_opposed =
        |row: &AgreementRow| [&row.quoted_a, &row.quoted_b].map(stance).contains(&Some(Stance::Oppose));
    // Of equally strong ones the first.
    let rows = view.session.part.agreements.iter().filter(differs).rev();
    let strongest =
        rows.max_by(|a, b| is_opposed(a).cmp(&is_opposed(b)).then(a.strength.total_cmp(&b.strength)));
    let quoted = strongest.iter().flat_map(|row| [&row.quoted_a, &row.quoted_b]);
    let pair: Vec<&Evidence> =
        quoted.filter_map(|quoted| view.quoted(quoted.turn, quoted.sentence)).collect();
    if pair.len() == 2 { pair } else { Vec::new() }
}

/// The stakeholders of one stance: of each its strongest quotation, of fewer than [`OPEN`] more of them,
/// without those that are quoted as the crux where there are others.
fn column(
    view: &View<'_>,
    progress: &mut Progress,
    title: &'static str,
    stances: &[&IssueStance],
    crux: &[(u64, u64)],
) -> Column {
    let mut all: Vec<Vec<&Evidence>> = Vec::with_capacity(stances.len());
    for on in stances {
        let mut quoted = quoted(view, on);
        if quoted.iter().any(|evidence| !crux.contains(&(evidence.turn, evidence.sentence))) {
            quoted.retain(|evidence| !crux.contains(&(evidence.turn, evidence.sentence)));
        }
        all.push(quoted);
    }
    let n_open = openings(&all.iter().map(Vec::len).collect::<Vec<usize>>());
    let mut column = Column { title, sides: Vec::new(), more: Vec::new(), n_more: 0 };
    for ((on, quoted), &n) in stances.iter().zip(&all).zip(&n_open) {
        let (open, more) = quoted.split_at(n);
        // Who stands there without a quotation is named all the same.
        if n > 0 || quoted.is_empty() {
            column.sides.push(side(view, progress, on, open));
        }
        if !more.is_empty() {
            column.n_more += more.len();
            column.more.push(side(view, progress, on, more));
        }
    }
    column
}

/// How many of each stakeholder's quotations are open: one of each in turn until there are [`OPEN`].
fn openings(n_quoted: &[usize]) -> Vec<usize> {
    let mut n_open = vec![0; n_quoted.len()];
    let mut left = OPEN;
    for round in 0..OPEN {
        for (n, _) in n_open.iter_mut().zip(n_quoted).filter(|(_, n_quoted)| **n_quoted > round) {
            if left > 0 {
                *n += 1;
                left -= 1;
            }
        }
    }
    n_open
}

fn terms(totals: &IssueTotals) -> String {
    let terms = &totals.issue.terms;
    let named: Vec<&str> =
        terms.iter().map(String::as_str).filter(|term| *term != totals.issue.label).take(TERMS).collect();
    named.join(", ")
}

fn side(view: &View<'_>, progress: &mut Progress, on: &IssueStance, quoted: &[&Evidence]) -> Side {
    let quote = |evidence: &&Evidence| progress.quotations.quote(view, evidence).on_issue();
    Side {
        stakeholder: name_or_unknown(&on.stakeholder),
        counts: counts(on),
        quotations: quoted.iter().map(quote).collect(),
    }
}

/// What shows where it stands: the sentence that makes it a stated one, which of a side of a motion may be
/// another's, the other sentences that state its stance, then what else it put forward.
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
            if !issue.crux.is_empty() {
                let _ = write!(out, "\n#### {CRUX}\n{}", markdown::quotations(&issue.crux));
            }
            for column in &issue.columns {
                let _ = writeln!(out, "\n#### {}", column.title);
                out.extend(column.sides.iter().chain(&column.more).map(Side::markdown));
            }
            if !issue.others.is_empty() {
                out.push_str("\n#### Speak on it without a stance\n");
                out.extend(issue.others.iter().map(Side::markdown));
            }
        }
        if !self.silent.is_empty() {
            let _ = writeln!(out, "\nNot spoken of: {}.", markdown::escape(&self.silent.join("; ")));
        }
        out
    }

    #[cfg(feature = "docx")]
    fn document(&self) -> Vec<Block> {
        let about = format!("{ABOUT}{}", if self.were_found { FOUND } else { "" });
        let mut blocks = vec![Block::Paragraph(vec![Run::italic(about)])];
        for issue in &self.issues {
            blocks.push(Block::Heading(2, issue.label.clone()));
            if !issue.terms.is_empty() {
                blocks.push(Block::Paragraph(vec![Run::plain(format!("Told by: {}", issue.terms))]));
            }
            if !issue.crux.is_empty() {
                blocks.push(Block::Heading(3, CRUX.to_owned()));
                blocks.extend(document::quotations(&issue.crux));
            }
            for column in &issue.columns {
                blocks.push(Block::Heading(3, column.title.to_owned()));
                blocks.extend(column.sides.iter().flat_map(Side::document));
                // The strongest are enough to send; who needs all has the page.
                if column.n_more > 0 {
                    let more =
                        format!("Quotations of this side that are on the page only: {}.", column.n_more);
                    blocks.push(Block::Paragraph(vec![Run::italic(more)]));
                }
            }
            if !issue.others.is_empty() {
                blocks.push(Block::Heading(3, "Speak on it without a stance".to_owned()));
                blocks.extend(issue.others.iter().flat_map(Side::document));
            }
        }
        if !self.silent.is_empty() {
            blocks.push(Block::Paragraph(vec![Run::plain(format!(
                "Not spoken of: {}.",
                self.silent.join("; ")
            ))]));
        }
        blocks
    }
}

impl Side {
    #[cfg(feature = "docx")]
    fn document(&self) -> Vec<Block> {
        let name = vec![Run::bold(&*self.stakeholder), Run::plain(format!(" ({})", self.counts))];
        std::iter::once(Block::Paragraph(name)).chain(document::quotations(&self.quotations)).collect()
    }

    fn markdown(&self) -> String {
        let (name, counts) = (markdown::escape(&self.stakeholder), markdown::escape(&self.counts));
        format!("\n**{name}** ({counts})\n{}", markdown::quotations(&self.quotations))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stakeholder_is_heard_before_one_is_heard_again() {
        assert_eq!(openings(&[3, 3, 3, 3]), [1, 1, 1, 0]);
        assert_eq!(openings(&[3, 3]), [2, 1]);
        assert_eq!(openings(&[1, 3]), [1, 2]);
        assert_eq!(openings(&[2]), [2]);
        assert_eq!(openings(&[0, 1]), [0, 1]);
        assert_eq!(openings(&[]), Vec::<usize>::new());
    }
}
