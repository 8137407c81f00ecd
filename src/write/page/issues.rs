//! The issues: who supports, who opposes, who is concerned, in quotations side by side.

use std::fmt::Write;

use askama::Template;

#[cfg(feature = "docx")]
use super::document;
use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown, pictures};
use crate::model::{
    AgreementRow, Basis, Evidence, IssueStance, IssueTotals, Quoted, Relation, Stance, StanceCounts,
};
use crate::write::charts::Chart;
#[cfg(feature = "docx")]
use crate::write::document::{Block, Run};
use crate::write::phrases::{Phrases, fill, names_html};

pub(super) const SECTION: Section =
    Section { id: "issues", title: |phrases| phrases.where_they_stand, content };

/// Quotations of a stakeholder on an issue.
const QUOTED: usize = 3;

/// Quotations of a column that are open; the others are behind “view all”.
const OPEN: usize = 3;

/// Terms of an issue that are named.
const TERMS: usize = 6;

/// The columns, what stands over each, and what stands there where nobody has named the issue: then a
/// stance is what was said on it, which need not be towards it.
fn columns(phrases: &Phrases) -> [(Stance, &'static str, &'static str); 4] {
    [
        (Stance::Support, phrases.in_support, phrases.speaking_in_support),
        (Stance::Oppose, phrases.against, phrases.speaking_against),
        (Stance::Concern, phrases.concerned, phrases.speaking_with_concern),
        (Stance::Mixed, phrases.some_of_each, phrases.speaking_in_several_ways),
    ]
}

#[derive(Template)]
#[template(path = "page/issues.html")]
struct Issues {
    phrases: &'static Phrases,
    chart: Option<Chart>,
    were_found: bool,
    issues: Vec<OnIssue>,
    /// Issues that nobody spoke on.
    silent: Vec<String>,
}

struct OnIssue {
    phrases: &'static Phrases,
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
        return Content::Absent(view.phrases.no_issues);
    }
    let (chart, were_found) = (pictures::stances(view), view.issues_were_found());
    Content::Shown(Box::new(Issues { phrases: view.phrases, chart, were_found, issues, silent }))
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
    let columns = columns(view.phrases).map(|(stance, given, found)| {
        let on: Vec<&IssueStance> = stances.iter().copied().filter(|on| on.stance == Some(stance)).collect();
        column(view, progress, if were_found { found } else { given }, &on, &places)
    });
    let others = stances.iter().filter(|on| on.stance.is_none());
    let others = others.map(|on| side(view, progress, on, &quoted(view, on))).collect();
    Some(OnIssue {
        phrases: view.phrases,
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
        stakeholder: view.phrases.name_of(&on.stakeholder),
        counts: counts(view.phrases, on),
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
fn counts(phrases: &Phrases, on: &IssueStance) -> String {
    let StanceCounts { support, oppose, concern } = on.counts;
    let (sentences, share) =
        (phrases.counted(phrases.n_sentences, on.n_sentences), phrases.percent(on.salience));
    let mut counts = fill(phrases.share_of_its_words, &[("sentences", &sentences), ("share", &share)]);
    if let Some(basis) = on.basis {
        let basis = if basis == Basis::Stated { phrases.stated } else { phrases.inferred };
        let sure = on.confidence.map_or_else(String::new, |confidence| {
            format!(", {}", fill(phrases.sure, &[("share", &phrases.percent(confidence))]))
        });
        counts = format!("{basis}{sure}; {counts}");
    }
    let stated =
        [(support, phrases.n_in_support), (oppose, phrases.n_against), (concern, phrases.n_concerned)];
    let stated: Vec<String> =
        stated.iter().filter(|(n, _)| *n > 0).map(|(n, how)| phrases.counted(how, *n)).collect();
    if !stated.is_empty() {
        counts.push_str(&format!("; {}", stated.join(phrases.comma())));
    }
    counts
}

impl Issues {
    /// What a stance is.
    fn about(&self) -> String {
        match self.were_found {
            true => format!("{} {}", self.phrases.about_stances, self.phrases.about_found_issues),
            false => self.phrases.about_stances.to_owned(),
        }
    }

    fn silent_text(&self) -> String {
        fill(self.phrases.not_spoken_of, &[("names", &self.silent.join("; "))])
    }

    fn silent_html(&self) -> String {
        fill(self.phrases.not_spoken_of, &[("names", &names_html(&self.silent, "; "))])
    }
}

impl OnIssue {
    fn told_by(&self) -> String {
        fill(self.phrases.told_by, &[("terms", &self.terms)])
    }

    /// Who speaks of it without a stance.
    fn others_html(&self) -> String {
        let names: Vec<String> = self.others.iter().map(|side| side.stakeholder.clone()).collect();
        let phrase = match self.columns.is_empty() {
            true => self.phrases.no_stance_who_speaks,
            false => self.phrases.who_speaks_without_stance,
        };
        fill(phrase, &[("names", &names_html(&names, self.phrases.comma()))])
    }
}

impl Body for Issues {
    fn markdown(&self) -> String {
        let mut out = format!("\n{}\n", self.about());
        out.push_str(&markdown::chart(&self.chart));
        for issue in &self.issues {
            let _ = writeln!(out, "\n### {}", markdown::escape(&issue.label));
            if !issue.terms.is_empty() {
                let _ = writeln!(out, "\n{}", markdown::escape(&issue.told_by()));
            }
            if !issue.crux.is_empty() {
                let _ = write!(out, "\n#### {}\n{}", self.phrases.crux, markdown::quotations(&issue.crux));
            }
            for column in &issue.columns {
                let _ = writeln!(out, "\n#### {}", column.title);
                out.extend(column.sides.iter().chain(&column.more).map(Side::markdown));
            }
            if !issue.others.is_empty() {
                let _ = writeln!(out, "\n#### {}", self.phrases.without_stance);
                out.extend(issue.others.iter().map(Side::markdown));
            }
        }
        if !self.silent.is_empty() {
            let _ = writeln!(out, "\n{}", markdown::escape(&self.silent_text()));
        }
        out
    }

    #[cfg(feature = "docx")]
    fn document(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Paragraph(vec![Run::italic(self.about())])];
        for issue in &self.issues {
            blocks.push(Block::Heading(2, issue.label.clone()));
            if !issue.terms.is_empty() {
                blocks.push(Block::Paragraph(vec![Run::plain(issue.told_by())]));
            }
            if !issue.crux.is_empty() {
                blocks.push(Block::Heading(3, self.phrases.crux.to_owned()));
                blocks.extend(document::quotations(&issue.crux));
            }
            for column in &issue.columns {
                blocks.push(Block::Heading(3, column.title.to_owned()));
                blocks.extend(column.sides.iter().flat_map(Side::document));
                // The strongest are enough to send; who needs all has the page.
                if column.n_more > 0 {
                    let more = fill(self.phrases.on_page_only, &[("n", &column.n_more.to_string())]);
                    blocks.push(Block::Paragraph(vec![Run::italic(more)]));
                }
            }
            if !issue.others.is_empty() {
                blocks.push(Block::Heading(3, self.phrases.without_stance.to_owned()));
                blocks.extend(issue.others.iter().flat_map(Side::document));
            }
        }
        if !self.silent.is_empty() {
            blocks.push(Block::Paragraph(vec![Run::plain(self.silent_text())]));
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
