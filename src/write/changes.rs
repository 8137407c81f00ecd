//! What changed between two sessions or dates as a page: before and after side by side, in HTML and in
//! Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use askama::Template;

use super::origin::mark_markdown;
use super::page::frame::{self, Filter, Laid};
use super::page::markdown::table;
use super::phrases::{Phrases, phrases};
use super::{adds_to, markdown::escape, name_or_unknown, one_line};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Change, Changes, Difference, Language, Side, Stance};

/// What a reader should know before reading on.
const ABOUT: &str = "A position is what is quoted of a stakeholder. One quotation repeats another where they \
    have half of their words in common. What is not quoted again may still be held: it was not put forward \
    in these words, or other sentences said more. A stance has changed where both sides state one, and not \
    the same.";

/// The page is in English.
fn english() -> &'static Phrases {
    phrases(Language::ENGLISH)
}

/// The columns of the overview.
const HEADER: [&str; 5] = ["Stakeholder", "Stances changed", "New", "Not quoted again", "Repeated"];

/// A difference and its number, from 0.
type NumberedDifference<'a> = (usize, &'a Difference);

#[derive(Template)]
#[template(path = "changes/overview.html")]
struct Overview<'a> {
    about: &'static str,
    /// What is said of issues that only one side has.
    one_sided: Vec<String>,
    before: &'a str,
    after: &'a str,
    header: [&'static str; 5],
    rows: Vec<Row>,
    /// The anchor of each stance that changed, and what is said of it.
    moved: Vec<(String, String)>,
}

/// A stakeholder in the overview.
struct Row {
    id: String,
    name: String,
    /// In the order of [`Change::ALL`].
    counts: Vec<usize>,
}

#[derive(Template)]
#[template(path = "changes/stakeholder.html")]
struct Stakeholder {
    issues: Vec<OnIssue>,
}

struct OnIssue {
    label: String,
    changes: Vec<ChangeGroup>,
}

/// Differences of a kind as a page shows them.
struct ChangeGroup {
    id: String,
    /// What changed, where its sides do not say it.
    title: String,
    sides: Vec<ShownSide>,
}

struct ShownSide {
    title: &'static str,
    quotations: Vec<Quotation>,
}

struct Quotation {
    change: &'static str,
    stakeholder: String,
    issue: String,
    stance: &'static str,
    language: String,
    turn: u64,
    sentence: u64,
    words: String,
    speaker: String,
    /// Date and identifier.
    session: String,
    place: String,
    citation: String,
}

/// The page in HTML.
///
/// # Errors
/// When a template cannot be filled in, which is a bug.
pub fn html(changes: &Changes) -> Result<String> {
    let filled = |template: &dyn askama::DynTemplate| {
        template.dyn_render().map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
    };
    let title = "What changed".to_owned();
    let mut sections =
        vec![Laid { id: "changes".into(), link: title.clone(), title, html: filled(&overview(changes))? }];
    for (at, (name, differences)) in by_stakeholder(changes).into_iter().enumerate() {
        let title = name_or_unknown(name);
        let html = filled(&stakeholder(&differences))?;
        sections.push(Laid { id: format!("stakeholder-{at}"), link: title.clone(), title, html });
    }
    frame::plain(&title_of(changes), &changes.tool, filters(changes), &sections)
}

/// The page in Markdown.
pub fn markdown(changes: &Changes) -> String {
    let overview = overview(changes);
    let mut out = format!("# {}\n\n{ABOUT}\n", escape(&title_of(changes)));
    overview.one_sided.iter().for_each(|line| out.push_str(&format!("\n{}\n", escape(line))));
    let rows: Vec<Vec<String>> = overview
        .rows
        .iter()
        .map(|row| std::iter::once(row.name.clone()).chain(row.counts.iter().map(usize::to_string)).collect())
        .collect();
    out.push_str(&table(&HEADER, &rows));
    if !overview.moved.is_empty() {
        out.push_str("\n## Stances that changed\n\n");
    }
    for (_, line) in &overview.moved {
        let _ = writeln!(out, "- {}", escape(line));
    }
    for (name, differences) in by_stakeholder(changes) {
        let _ = writeln!(out, "\n## {}", escape(&name_or_unknown(name)));
        for issue in stakeholder(&differences).issues {
            let _ = writeln!(out, "\n### {}", escape(&issue.label));
            out.extend(issue.changes.iter().map(ChangeGroup::markdown));
        }
    }
    mark_markdown(out)
}

/// The issues that only one side has, in a line a side.
pub fn one_sided(changes: &Changes) -> Vec<String> {
    let of_side = |name: &str, issues: &[(String, u64)]| {
        let listed: Vec<String> = issues.iter().map(|(issue, n)| format!("{} ({n})", label(issue))).collect();
        let name = one_line(name);
        (!listed.is_empty()).then(|| format!("Only {name} has positions on: {}", listed.join(", ")))
    };
    let found = &changes.found;
    let sides = [of_side(&changes.before, &found.only_before), of_side(&changes.after, &found.only_after)];
    sides.into_iter().flatten().collect()
}

fn title_of(changes: &Changes) -> String {
    format!("What changed from {} to {}", one_line(&changes.before), one_line(&changes.after))
}

/// The differences of each stakeholder, who comes where its first difference stands.
fn by_stakeholder(changes: &Changes) -> Vec<(&str, Vec<NumberedDifference<'_>>)> {
    let mut found: Vec<(&str, Vec<NumberedDifference<'_>>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, difference) in changes.found.differences.iter().enumerate() {
        let name = difference.stakeholder.as_str();
        let place = *places.entry(name).or_insert(found.len());
        match found.get_mut(place) {
            Some((_, differences)) => differences.push((at, difference)),
            None => found.push((name, vec![(at, difference)])),
        }
    }
    found
}

fn overview(changes: &Changes) -> Overview<'_> {
    let row = |at: usize, name: &str, differences: &[NumberedDifference<'_>]| Row {
        id: format!("stakeholder-{at}"),
        name: name_or_unknown(name),
        counts: Change::ALL
            .iter()
            .map(|change| differences.iter().filter(|(_, difference)| difference.change == *change).count())
            .collect(),
    };
    let moved = |(at, difference): (usize, &Difference)| {
        let name = name_or_unknown(&difference.stakeholder);
        let (issue, stances) = (label(&difference.issue), from_to(difference)?);
        Some((anchor(at), format!("{name} on {issue}: {stances}")))
    };
    Overview {
        about: ABOUT,
        one_sided: one_sided(changes),
        before: &changes.before,
        after: &changes.after,
        header: HEADER,
        rows: by_stakeholder(changes)
            .iter()
            .enumerate()
            .map(|(at, (name, all))| row(at, name, all))
            .collect(),
        moved: changes.found.differences.iter().enumerate().filter_map(moved).collect(),
    }
}

fn stakeholder(differences: &[NumberedDifference<'_>]) -> Stakeholder {
    let mut by_issue: Vec<(String, Vec<NumberedDifference<'_>>)> = Vec::new();
    for (at, difference) in differences {
        let label = label(&difference.issue);
        match by_issue.last_mut().filter(|(known, _)| *known == label) {
            Some((_, here)) => here.push((*at, difference)),
            None => by_issue.push((label, vec![(*at, difference)])),
        }
    }
    let issue =
        |(label, here): (String, Vec<NumberedDifference<'_>>)| OnIssue { label, changes: shown(&here) };
    Stakeholder { issues: by_issue.into_iter().map(issue).collect() }
}

/// The stance that changed, what is repeated, and then all that is said on one side only.
fn shown(differences: &[NumberedDifference<'_>]) -> Vec<ChangeGroup> {
    let (pairs, alone): (Vec<_>, Vec<_>) =
        differences.iter().copied().partition(|(_, difference)| is_pair(difference));
    let mut all: Vec<ChangeGroup> = pairs.into_iter().map(|(at, difference)| pair(at, difference)).collect();
    if let Some((at, _)) = alone.first() {
        let before = alone.iter().filter_map(|(_, d)| Some(quotation(d, d.before.as_ref()?)));
        let after = alone.iter().filter_map(|(_, d)| Some(quotation(d, d.after.as_ref()?)));
        let sides = vec![
            ShownSide { title: "Before, not quoted again", quotations: before.collect() },
            ShownSide { title: "After, new", quotations: after.collect() },
        ];
        all.push(ChangeGroup { id: anchor(*at), title: String::new(), sides: filled_sides(sides) });
    }
    all
}

fn is_pair(difference: &Difference) -> bool {
    matches!(difference.change, Change::Stance | Change::Repeated)
}

fn pair(at: usize, difference: &Difference) -> ChangeGroup {
    let side = |title, side: &Option<Side>| ShownSide {
        title,
        quotations: side.iter().map(|side| quotation(difference, side)).collect(),
    };
    let title = match from_to(difference) {
        Some(stances) => format!("Stance changed {stances}"),
        None => "Repeated".to_owned(),
    };
    let sides = vec![side("Before", &difference.before), side("After", &difference.after)];
    ChangeGroup { id: anchor(at), title, sides: filled_sides(sides) }
}

fn filled_sides(mut sides: Vec<ShownSide>) -> Vec<ShownSide> {
    sides.retain(|side| !side.quotations.is_empty());
    sides
}

/// From which stance to which, where it is the stance that changed.
fn from_to(difference: &Difference) -> Option<String> {
    let (before, after) = (difference.before.as_ref()?, difference.after.as_ref()?);
    let has_changed = difference.change == Change::Stance;
    has_changed.then(|| {
        let name = Stance::name_or_empty;
        format!("from {} to {}", name(before.stance), name(after.stance))
    })
}

fn anchor(at: usize) -> String {
    format!("d-{}", at + 1)
}

fn label(issue: &str) -> String {
    if issue.trim().is_empty() { "No issue".to_owned() } else { one_line(issue) }
}

fn quotation(difference: &Difference, side: &Side) -> Quotation {
    let session = match side.date.as_str() {
        "" => one_line(&side.session),
        date => format!("{}, {}", english().date_of(date), one_line(&side.session)),
    };
    let place = format!("turn {}, line {}", side.turn, side.line);
    let (words, speaker) = (one_line(&side.text), name_or_unknown(&side.speaker));
    let stakeholder = name_or_unknown(&difference.stakeholder);
    let affiliation =
        if adds_to(&speaker, &stakeholder) { format!(", {stakeholder}") } else { String::new() };
    Quotation {
        change: difference.change.name(),
        citation: format!("“{words}” ({speaker}{affiliation}, {session}, {place})"),
        issue: difference.issue.clone(),
        stance: Stance::name_or_empty(side.quoted_stance),
        language: side.language.clone(),
        turn: side.turn,
        sentence: side.sentence,
        stakeholder,
        words,
        speaker,
        session,
        place,
    }
}

impl ChangeGroup {
    fn markdown(&self) -> String {
        let mut out = String::new();
        if !self.title.is_empty() {
            let _ = writeln!(out, "\n#### {}", self.title);
        }
        for side in &self.sides {
            let _ = writeln!(out, "\n**{}**", side.title);
            out.extend(side.quotations.iter().map(Quotation::markdown));
        }
        out
    }
}

impl Quotation {
    fn markdown(&self) -> String {
        let stance =
            if self.stance.is_empty() { String::new() } else { format!(" · {}", escape(self.stance)) };
        let (words, speaker, session) = (escape(&self.words), escape(&self.speaker), escape(&self.session));
        format!("\n> “{words}”\n>\n> — {speaker}, {session}, {}{stance}\n", self.place)
    }
}

fn filters(changes: &Changes) -> Vec<Filter> {
    let values = |of: fn(&Difference) -> String| -> Vec<(String, String)> {
        let all: BTreeSet<String> = changes.found.differences.iter().map(of).collect();
        all.into_iter().filter(|value| !value.is_empty()).map(|value| (value.clone(), value)).collect()
    };
    vec![
        Filter {
            name: "stakeholder",
            label: "Stakeholder",
            values: values(|difference| name_or_unknown(&difference.stakeholder)),
        },
        Filter { name: "issue", label: "Issue", values: values(|difference| difference.issue.clone()) },
        Filter { name: "change", label: "Change", values: values(|d| d.change.name().to_owned()) },
        Filter { name: "stance", label: "Stance", values: frame::stances(english()) },
    ]
}

#[cfg(test)]
mod tests;
