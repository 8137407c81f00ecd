//! What changed between two sessions or dates as a page: before and after side by side, in HTML and in
//! Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use askama::Template;

use super::origin::mark_markdown;
use super::page::frame::{self, Filter, Laid};
use super::page::markdown::table;
use super::phrases::{Phrases, fill, filled_html, phrases};
use super::{adds_to, markdown::escape, one_line};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Change, Changes, Difference, Language, Side, Stance};

/// The phrases of the page: of the language that is asked for, else of that of most quotations.
fn phrases_of(changes: &Changes) -> &'static Phrases {
    let mut quotations: Vec<(&str, u64)> = Vec::new();
    let differences = changes.found.differences.iter();
    for side in differences.flat_map(|difference| [&difference.before, &difference.after]).flatten() {
        match quotations.iter_mut().find(|(language, _)| *language == side.language) {
            Some((_, n)) => *n += 1,
            None => quotations.push((&side.language, 1)),
        }
    }
    // Of equal ones the first.
    let most = quotations.iter().rev().max_by_key(|(_, n)| *n).and_then(|(code, _)| code.parse().ok());
    phrases(changes.language.or(most).unwrap_or(Language::UNKNOWN))
}

/// The columns of the overview: the stakeholder, and the changes in the order of [`Change::ALL`].
fn header(phrases: &Phrases) -> [&'static str; 5] {
    let [stance, new, dropped, repeated] = Change::ALL.map(|change| change_name(phrases, change));
    [phrases.stakeholder, stance, new, dropped, repeated]
}

fn change_name(phrases: &Phrases, change: Change) -> &'static str {
    match change {
        Change::Stance => phrases.stances_changed,
        Change::New => phrases.new_positions,
        Change::Dropped => phrases.not_quoted_again,
        Change::Repeated => phrases.repeated,
    }
}

/// A difference and its number, from 0.
type NumberedDifference<'a> = (usize, &'a Difference);

#[derive(Template)]
#[template(path = "changes/overview.html")]
struct Overview {
    phrases: &'static Phrases,
    /// What is said of issues that only one side has.
    one_sided: Vec<String>,
    /// What the table shows, as markup.
    caption: String,
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
    phrases: &'static Phrases,
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
    /// The name in tables, and that in the language of the page.
    stance: &'static str,
    stance_name: &'static str,
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
    let phrases = phrases_of(changes);
    let title = phrases.changed.to_owned();
    let html = filled(&overview(phrases, changes))?;
    let mut sections = vec![Laid { id: "changes".into(), link: title.clone(), title, html }];
    for (at, (name, differences)) in by_stakeholder(changes).into_iter().enumerate() {
        let title = phrases.name_of(name);
        let html = filled(&stakeholder(phrases, &differences))?;
        sections.push(Laid { id: format!("stakeholder-{at}"), link: title.clone(), title, html });
    }
    frame::plain(phrases, &title_of(phrases, changes), &changes.tool, filters(phrases, changes), &sections)
}

/// The page in Markdown.
pub fn markdown(changes: &Changes) -> String {
    let phrases = phrases_of(changes);
    let overview = overview(phrases, changes);
    let (title, about) = (escape(&title_of(phrases, changes)), escape(phrases.about_changes));
    let mut out = format!("# {title}\n\n{about}\n");
    overview.one_sided.iter().for_each(|line| out.push_str(&format!("\n{}\n", escape(line))));
    let rows: Vec<Vec<String>> = overview
        .rows
        .iter()
        .map(|row| std::iter::once(row.name.clone()).chain(row.counts.iter().map(usize::to_string)).collect())
        .collect();
    out.push_str(&table(&overview.header, &rows));
    if !overview.moved.is_empty() {
        let _ = writeln!(out, "\n## {}\n", phrases.stances_that_changed);
    }
    for (_, line) in &overview.moved {
        let _ = writeln!(out, "- {}", escape(line));
    }
    for (name, differences) in by_stakeholder(changes) {
        let _ = writeln!(out, "\n## {}", escape(&phrases.name_of(name)));
        for issue in stakeholder(phrases, &differences).issues {
            let _ = writeln!(out, "\n### {}", escape(&issue.label));
            out.extend(issue.changes.iter().map(ChangeGroup::markdown));
        }
    }
    mark_markdown(out)
}

/// The issues that only one side has, in a line a side, in English.
pub fn one_sided(changes: &Changes) -> Vec<String> {
    one_sided_in(phrases(Language::ENGLISH), changes)
}

fn one_sided_in(phrases: &Phrases, changes: &Changes) -> Vec<String> {
    let of_side = |name: &str, issues: &[(String, u64)]| {
        let listed: Vec<String> =
            issues.iter().map(|(issue, n)| format!("{} ({n})", label(phrases, issue))).collect();
        let values = [("side", &*one_line(name)), ("list", &*listed.join(phrases.comma()))];
        (!listed.is_empty()).then(|| fill(phrases.only_side_has, &values))
    };
    let found = &changes.found;
    let sides = [of_side(&changes.before, &found.only_before), of_side(&changes.after, &found.only_after)];
    sides.into_iter().flatten().collect()
}

fn title_of(phrases: &Phrases, changes: &Changes) -> String {
    let values = [("before", &*one_line(&changes.before)), ("after", &*one_line(&changes.after))];
    fill(phrases.changed_from_to, &values)
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

fn overview(phrases: &'static Phrases, changes: &Changes) -> Overview {
    let row = |at: usize, name: &str, differences: &[NumberedDifference<'_>]| Row {
        id: format!("stakeholder-{at}"),
        name: phrases.name_of(name),
        counts: Change::ALL
            .iter()
            .map(|change| differences.iter().filter(|(_, difference)| difference.change == *change).count())
            .collect(),
    };
    let moved = |(at, difference): (usize, &Difference)| {
        let (name, issue) = (phrases.name_of(&difference.stakeholder), label(phrases, &difference.issue));
        let stances = from_to(phrases, phrases.stance_from_to, difference)?;
        let values = [("name", &*name), ("issue", &*issue), ("stances", &*stances)];
        Some((anchor(at), fill(phrases.name_on_issue, &values)))
    };
    Overview {
        phrases,
        one_sided: one_sided_in(phrases, changes),
        caption: filled_html(
            phrases.changes_caption,
            &[("before", &changes.before), ("after", &changes.after)],
        ),
        header: header(phrases),
        rows: by_stakeholder(changes)
            .iter()
            .enumerate()
            .map(|(at, (name, all))| row(at, name, all))
            .collect(),
        moved: changes.found.differences.iter().enumerate().filter_map(moved).collect(),
    }
}

fn stakeholder(phrases: &'static Phrases, differences: &[NumberedDifference<'_>]) -> Stakeholder {
    let mut by_issue: Vec<(String, Vec<NumberedDifference<'_>>)> = Vec::new();
    for (at, difference) in differences {
        let label = label(phrases, &difference.issue);
        match by_issue.last_mut().filter(|(known, _)| *known == label) {
            Some((_, here)) => here.push((*at, difference)),
            None => by_issue.push((label, vec![(*at, difference)])),
        }
    }
    let issue = |(label, here): (String, Vec<NumberedDifference<'_>>)| OnIssue {
        label,
        changes: shown(phrases, &here),
    };
    Stakeholder { phrases, issues: by_issue.into_iter().map(issue).collect() }
}

/// The stance that changed, what is repeated, and then all that is said on one side only.
fn shown(phrases: &'static Phrases, differences: &[NumberedDifference<'_>]) -> Vec<ChangeGroup> {
    let (pairs, alone): (Vec<_>, Vec<_>) =
        differences.iter().copied().partition(|(_, difference)| is_pair(difference));
    let mut all: Vec<ChangeGroup> =
        pairs.into_iter().map(|(at, difference)| pair(phrases, at, difference)).collect();
    if let Some((at, _)) = alone.first() {
        let before = alone.iter().filter_map(|(_, d)| Some(quotation(phrases, d, d.before.as_ref()?)));
        let after = alone.iter().filter_map(|(_, d)| Some(quotation(phrases, d, d.after.as_ref()?)));
        let sides = vec![
            ShownSide { title: phrases.before_not_again, quotations: before.collect() },
            ShownSide { title: phrases.after_new, quotations: after.collect() },
        ];
        all.push(ChangeGroup { id: anchor(*at), title: String::new(), sides: filled_sides(sides) });
    }
    all
}

fn is_pair(difference: &Difference) -> bool {
    matches!(difference.change, Change::Stance | Change::Repeated)
}

fn pair(phrases: &'static Phrases, at: usize, difference: &Difference) -> ChangeGroup {
    let side = |title, side: &Option<Side>| ShownSide {
        title,
        quotations: side.iter().map(|side| quotation(phrases, difference, side)).collect(),
    };
    let title = from_to(phrases, phrases.stance_changed_from_to, difference);
    let title = title.unwrap_or_else(|| phrases.repeated.to_owned());
    let sides = vec![side(phrases.before, &difference.before), side(phrases.after, &difference.after)];
    ChangeGroup { id: anchor(at), title, sides: filled_sides(sides) }
}

fn filled_sides(mut sides: Vec<ShownSide>) -> Vec<ShownSide> {
    sides.retain(|side| !side.quotations.is_empty());
    sides
}

/// From which stance to which, said in a phrase, where it is the stance that changed.
fn from_to(phrases: &Phrases, phrase: &str, difference: &Difference) -> Option<String> {
    let (before, after) = (difference.before.as_ref()?, difference.after.as_ref()?);
    let values = [("from", phrases.stance_name(before.stance)), ("to", phrases.stance_name(after.stance))];
    (difference.change == Change::Stance).then(|| fill(phrase, &values))
}

fn anchor(at: usize) -> String {
    format!("d-{}", at + 1)
}

fn label(phrases: &Phrases, issue: &str) -> String {
    if issue.trim().is_empty() { phrases.no_issue_column.to_owned() } else { one_line(issue) }
}

fn quotation(phrases: &Phrases, difference: &Difference, side: &Side) -> Quotation {
    let session = match side.date.as_str() {
        "" => one_line(&side.session),
        date => format!("{}, {}", phrases.date_of(date), one_line(&side.session)),
    };
    let (turn, line) = (side.turn.to_string(), side.line.to_string());
    let place = fill(phrases.place_turn_line, &[("turn", &turn), ("line", &line)]);
    let (words, speaker) = (one_line(&side.text), phrases.name_of(&side.speaker));
    let stakeholder = phrases.name_of(&difference.stakeholder);
    let affiliation =
        if adds_to(&speaker, &stakeholder) { format!(", {stakeholder}") } else { String::new() };
    Quotation {
        change: difference.change.name(),
        citation: format!("“{words}” ({speaker}{affiliation}, {session}, {place})"),
        issue: difference.issue.clone(),
        stance: Stance::name_or_empty(side.quoted_stance),
        stance_name: phrases.stance_name(side.quoted_stance),
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
            if self.stance.is_empty() { String::new() } else { format!(" · {}", escape(self.stance_name)) };
        let (words, speaker, session) = (escape(&self.words), escape(&self.speaker), escape(&self.session));
        format!("\n> “{words}”\n>\n> — {speaker}, {session}, {}{stance}\n", self.place)
    }
}

fn filters(phrases: &Phrases, changes: &Changes) -> Vec<Filter> {
    let differences = &changes.found.differences;
    let values = |of: &dyn Fn(&Difference) -> String| -> Vec<(String, String)> {
        let all: BTreeSet<String> = differences.iter().map(of).collect();
        all.into_iter().filter(|value| !value.is_empty()).map(|value| (value.clone(), value)).collect()
    };
    let is_there = |change: &Change| differences.iter().any(|difference| difference.change == *change);
    let named = |change: Change| (change.name().to_owned(), change_name(phrases, change).to_owned());
    vec![
        Filter {
            name: "stakeholder",
            label: phrases.stakeholder,
            values: values(&|difference| phrases.name_of(&difference.stakeholder)),
        },
        Filter {
            name: "issue",
            label: phrases.issue,
            values: values(&|difference| difference.issue.clone()),
        },
        Filter {
            name: "change",
            label: phrases.change,
            values: Change::ALL.into_iter().filter(is_there).map(named).collect(),
        },
        Filter { name: "stance", label: phrases.stance, values: frame::stances(phrases) },
    ]
}

#[cfg(test)]
mod tests;
