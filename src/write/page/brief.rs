//! The answer in brief: who met, the contested issues with who stands where, what all share, what was decided.

use std::fmt::Write;

use askama::Template;

#[cfg(feature = "docx")]
use super::document;
use super::quotation::Quotation;
use super::recorded::{self, RecordedItem};
use super::view::View;
use super::{Body, Progress, markdown, of_page};
use crate::model::{Basis, IssueTotals, Overall, Page, StakeholderTotals, Stance};
#[cfg(feature = "docx")]
use crate::write::document::{Block, Run};
use crate::write::phrases::{PhraseOf, Phrases, fill};

/// Its anchor.
pub(super) const ID: &str = "brief";

/// Contested issues and shared ones that are shown; the rest is further down.
const SHOWN: usize = 6;
/// Names of a side that are shown: what a line of a wide screen holds.
const NAMES: usize = 5;
/// Names of those who met that are shown.
const PRESENT: usize = 8;

/// The sides of an issue in the order of its bar, and what each is called.
const SIDES: [(Stance, PhraseOf); 4] = [
    (Stance::Support, |phrases| phrases.side_for),
    (Stance::Mixed, |phrases| phrases.side_split),
    (Stance::Concern, |phrases| phrases.side_concerned),
    (Stance::Oppose, |phrases| phrases.side_against),
];

#[derive(Template)]
#[template(path = "page/brief.html")]
struct Brief {
    phrases: &'static Phrases,
    who: String,
    /// Contested and shared issues, each under its heading; a list without any is left out.
    lists: Vec<(&'static str, Vec<Row>)>,
    /// Issues with a stance that are in neither list.
    n_others: String,
    /// Where a link to the issues leads.
    issues_link: String,
    /// What the names and the stances are, where that needs saying.
    about: String,
    outcome: Vec<Quotation>,
    /// What the record sets down of it.
    recorded: Vec<RecordedItem>,
}

/// An issue with its sides.
struct Row {
    phrases: &'static Phrases,
    label: String,
    /// Where a link to the issue's own section leads; empty where it has none.
    link: String,
    sides: Vec<Side>,
    /// Stakeholders that are compared: the width of the bar.
    n_all: usize,
}

/// Those who stand on one side of an issue.
struct Side {
    stance: &'static str,
    title: &'static str,
    /// How many stand on the sides before it in the bar.
    before: usize,
    n: usize,
    names: Vec<Name>,
    /// How many are not named.
    n_more: usize,
}

struct Name {
    name: String,
    is_inferred: bool,
}

/// The answer of all sessions of a page; none where no issue has a stance and nothing was decided.
pub(super) fn body<'p>(
    page: &'p Page,
    views: &[View<'p>],
    progress: &mut [Progress],
) -> Option<Box<dyn Body + 'p>> {
    let (lists, n_others) = lists(page, views);
    let outcome = match (views, progress) {
        ([view], [progress]) => progress.quotations.quote_all(view, &view.session.outcome.evidence),
        _ => Vec::new(),
    };
    let phrases = of_page(page);
    let recorded = match views {
        [view] => recorded::items(phrases, view),
        _ => Vec::new(),
    };
    if lists.is_empty() && outcome.is_empty() && recorded.is_empty() {
        return None;
    }
    let more = if n_others > 0 { phrases.counted(phrases.n_more_issues, n_others) } else { String::new() };
    let has_issues = |view: &&View<'_>| view.session.part.stances.iter().any(|on| !on.issue.is_empty());
    Some(Box::new(Brief {
        phrases,
        who: who(phrases, &page.overall, views),
        about: about(phrases, &lists, views),
        n_others: more,
        issues_link: views.iter().find(has_issues).map_or_else(String::new, |view| view.link("issues")),
        lists,
        outcome,
        recorded,
    }))
}

/// The issues on which stances differ and those on which several share one, each list with its heading, and
/// how many more issues have a stance.
fn lists(page: &Page, views: &[View<'_>]) -> (Vec<(&'static str, Vec<Row>)>, u64) {
    let compared: Vec<&StakeholderTotals> =
        page.overall.stakeholders.iter().filter(|totals| totals.in_matrices).collect();
    let issues = page.overall.issues.iter().enumerate();
    let phrases = of_page(page);
    let mut rows: Vec<Row> =
        issues.filter_map(|(at, totals)| row(phrases, views, &compared, at, totals)).collect();
    // Stable, so that of equally contested issues the first one comes first.
    rows.sort_by_key(|row| std::cmp::Reverse(row.contest()));
    let n_rows = rows.len();
    let (contested, rest): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.sides.len() > 1);
    let mut shared: Vec<Row> = rest.into_iter().filter(|row| row.n_taken() > 1).collect();
    shared.sort_by_key(|row| std::cmp::Reverse(row.n_taken()));
    let first = |rows: Vec<Row>| rows.into_iter().take(SHOWN).collect::<Vec<Row>>();
    let mut lists = vec![(phrases.contested, first(contested)), (phrases.shared, first(shared))];
    lists.retain(|(_, rows)| !rows.is_empty());
    let n_shown: usize = lists.iter().map(|(_, rows)| rows.len()).sum();
    (lists, (n_rows - n_shown) as u64)
}

/// What the names and the stances are, where that needs saying.
fn about(phrases: &Phrases, lists: &[(&'static str, Vec<Row>)], views: &[View<'_>]) -> String {
    let sides = lists.iter().flat_map(|(_, rows)| rows).flat_map(|row| &row.sides);
    let is_inferred = sides.flat_map(|side| &side.names).any(|name| name.is_inferred);
    let were_found = views.first().is_some_and(View::issues_were_found) && !lists.is_empty();
    let notes = [(is_inferred, phrases.inferred_names), (were_found, phrases.stances_while_speaking)];
    let about: Vec<&str> = notes.iter().filter(|(is_so, _)| *is_so).map(|(_, line)| *line).collect();
    about.join(" ")
}

/// Who met, and how much was said.
fn who(phrases: &Phrases, overall: &Overall, views: &[View<'_>]) -> String {
    let present: Vec<String> = overall
        .stakeholders
        .iter()
        .filter(|totals| totals.in_matrices)
        .map(|totals| phrases.name_of(&totals.counts.name))
        .collect();
    let (words, turns) = views.iter().fold((0, 0), |(words, turns), view| {
        let info = &view.session.part.info;
        (words + info.words, turns + info.turns)
    });
    let size = phrases.size(words, turns);
    match present.as_slice() {
        [] => size,
        names => {
            let names = phrases.listed(names, PRESENT);
            fill(phrases.who_met, &[("names", &names), ("size", &size)])
        }
    }
}

/// An issue with its sides; none where nobody takes one.
fn row(
    phrases: &'static Phrases,
    views: &[View<'_>],
    compared: &[&StakeholderTotals],
    at: usize,
    totals: &IssueTotals,
) -> Option<Row> {
    let label = &totals.issue.label;
    let mut sides = Vec::new();
    let mut before = 0;
    for (stance, title) in SIDES {
        let taken = |totals: &&&StakeholderTotals| {
            totals.stances.get(at).copied().flatten().filter(|(taken, _)| *taken == stance)
        };
        let mut names: Vec<Name> = compared
            .iter()
            .filter_map(|totals| {
                let (_, basis) = taken(&totals)?;
                let name = phrases.name_of(&totals.counts.name);
                Some(Name { name, is_inferred: basis == Basis::Inferred })
            })
            .collect();
        names.sort_by_key(|name| name.is_inferred);
        let n = names.len();
        if n > 0 {
            names.truncate(NAMES);
            let n_more = n - names.len();
            sides.push(Side { stance: stance.name(), title: title(phrases), before, n, names, n_more });
            before += n;
        }
    }
    let speaks = |view: &&View<'_>| view.session.part.stances.iter().any(|on| on.issue == *label);
    let link = views.iter().find(speaks).map_or_else(String::new, |view| view.link(&format!("i-{at}")));
    (!sides.is_empty()).then(|| Row { phrases, label: label.clone(), link, sides, n_all: compared.len() })
}

impl Row {
    fn n_of(&self, stance: Stance) -> usize {
        self.sides.iter().filter(|side| side.stance == stance.name()).map(|side| side.n).sum()
    }

    /// Those who take a side.
    fn n_taken(&self) -> usize {
        self.sides.iter().map(|side| side.n).sum()
    }

    /// How contested it is: twice the smaller of both camps, then how many are against it, worried or split,
    /// then how many take a side.
    fn contest(&self) -> (usize, usize, usize) {
        let (support, oppose) = (self.n_of(Stance::Support), self.n_of(Stance::Oppose));
        let doubts = oppose + self.n_of(Stance::Concern) + self.n_of(Stance::Mixed);
        (2 * support.min(oppose), support.min(doubts), self.n_taken())
    }

    /// The issue and each side: how many, and who.
    #[cfg(feature = "docx")]
    fn cells(&self) -> Vec<Vec<Run>> {
        let names = |side: &Side| {
            let mut runs = vec![Run::bold(format!("{} ", side.n))];
            for (at, name) in side.names.iter().enumerate() {
                let text = format!("{}{}", if at > 0 { self.phrases.comma() } else { "" }, name.name);
                runs.push(if name.is_inferred { Run::italic(text) } else { Run::plain(text) });
            }
            if side.n_more > 0 {
                runs.push(Run::plain(self.phrases.and_more(side.n_more)));
            }
            runs
        };
        let of_side = |(stance, _): &(Stance, PhraseOf)| {
            self.sides.iter().find(|side| side.stance == stance.name()).map_or_else(Vec::new, names)
        };
        std::iter::once(vec![Run::plain(&*self.label)]).chain(SIDES.iter().map(of_side)).collect()
    }

    fn markdown(&self) -> String {
        let side = |side: &Side| {
            let name = |name: &Name| match name.is_inferred {
                true => format!("*{}*", markdown::escape(&name.name)),
                false => markdown::escape(&name.name),
            };
            let names: Vec<String> = side.names.iter().map(name).collect();
            let more = self.phrases.and_more(side.n_more);
            format!("{} {}: {}{more}", side.n, side.title, names.join(self.phrases.comma()))
        };
        let sides: Vec<String> = self.sides.iter().map(side).collect();
        format!("- **{}:** {}\n", markdown::escape(&self.label), sides.join("; "))
    }
}

impl Brief {
    /// Whether anything is said or set down of what was decided.
    fn has_outcome(&self) -> bool {
        !self.outcome.is_empty() || !self.recorded.is_empty()
    }
}

impl Body for Brief {
    fn markdown(&self) -> String {
        let mut out = format!("\n{}\n", markdown::escape(&self.who));
        for (title, rows) in &self.lists {
            let _ = writeln!(out, "\n### {title}\n");
            out.extend(rows.iter().map(Row::markdown));
        }
        if !self.about.is_empty() {
            let _ = writeln!(out, "\n{}", self.about);
        }
        if self.has_outcome() {
            let _ = writeln!(out, "\n### {}", self.phrases.outcome);
            out.push_str(&recorded::markdown(self.phrases, &self.recorded));
            out.push_str(&markdown::quotations(&self.outcome));
        }
        out
    }

    #[cfg(feature = "docx")]
    fn document(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Paragraph(vec![Run::plain(&*self.who)])];
        for (title, rows) in &self.lists {
            blocks.push(Block::Heading(2, (*title).to_owned()));
            let header =
                std::iter::once(self.phrases.issue).chain(SIDES.iter().map(|(_, side)| side(self.phrases)));
            blocks.push(Block::Table(
                header.map(str::to_owned).collect(),
                rows.iter().map(Row::cells).collect(),
            ));
        }
        if !self.about.is_empty() {
            blocks.push(Block::Paragraph(vec![Run::italic(&*self.about)]));
        }
        if self.has_outcome() {
            blocks.push(Block::Heading(2, self.phrases.outcome.to_owned()));
            blocks.extend(recorded::document(self.phrases, &self.recorded));
            blocks.extend(document::quotations(&self.outcome));
        }
        blocks
    }
}
