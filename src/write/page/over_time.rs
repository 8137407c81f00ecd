//! What several sessions say together: which they are, and how each stakeholder's position on each issue
//! went from one to the next.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Part, Progress, likeness, markdown, of_page, pictures};
use crate::model::{IssueStance, Page, Stance};
use crate::write::one_line;
use crate::write::phrases::{Phrases, fill, filled_html};

#[derive(Template)]
#[template(path = "page/sessions.html")]
struct Sessions {
    phrases: &'static Phrases,
    header: [&'static str; 5],
    /// Where a link to each session leads, and its row.
    rows: Vec<(String, Vec<String>)>,
    /// What is not on the pages of the sessions, and why; empty where the sessions are on this one.
    notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "page/over_time.html")]
struct OverTime {
    phrases: &'static Phrases,
    stakeholders: Vec<Stakeholder>,
}

/// A stakeholder over the sessions in which it speaks.
struct Stakeholder {
    phrases: &'static Phrases,
    name: String,
    sessions: Vec<String>,
    issues: Vec<(String, Vec<Option<Cell>>)>,
}

/// What a stakeholder said on an issue in a session.
struct Cell {
    stance: &'static str,
    /// What the stance is called.
    name: &'static str,
    counts: String,
    quotation: Option<Quotation>,
}

/// The sections on all sessions.
pub(super) fn parts<'p>(page: &'p Page, views: &[View<'p>], progress: &mut [Progress]) -> Vec<Part<'p>> {
    let part = |id: &str, title: &str, body: Box<dyn Body + 'p>| Part {
        id: id.to_owned(),
        title: title.to_owned(),
        link: title.to_owned(),
        body,
    };
    let phrases = of_page(page);
    let mut parts = vec![part("sessions", phrases.sessions, Box::new(sessions(page, views)))];
    let totals = page.overall.stakeholders.iter().filter(|totals| totals.in_matrices);
    let names = totals.map(|totals| totals.counts.name.as_str());
    let mut stakeholders: Vec<Stakeholder> = names
        .map(|name| stakeholder(phrases, name, views, progress))
        .filter(|one| !one.issues.is_empty())
        .collect();
    // Those that can be followed from one session to the next come first.
    stakeholders.sort_by_key(|one| std::cmp::Reverse(one.sessions.len()));
    if !stakeholders.is_empty() {
        parts.push(part("over-time", phrases.over_time, Box::new(OverTime { phrases, stakeholders })));
    }
    if let Some(chart) = pictures::likeness(page, "alike") {
        parts.push(likeness::SECTION.of_all(phrases, likeness::body(phrases, Some(chart))));
    }
    parts
}

fn sessions(page: &Page, views: &[View<'_>]) -> Sessions {
    let row = |view: &View<'_>| {
        let info = &view.session.part.info;
        let phrases = view.phrases;
        let cells = vec![
            view.title(),
            phrases.date_of(&info.date),
            phrases.number(info.words),
            phrases.number(info.turns),
            phrases.number(view.session.part.speakers.len() as u64),
        ];
        (view.link("glance"), cells)
    };
    // On the page of each session, where there is one, they are in its own section.
    let notes = page.notes.iter().filter(|_| page.is_divided());
    let phrases = of_page(page);
    Sessions {
        phrases,
        header: [phrases.session, phrases.date_label, phrases.words, phrases.turns, phrases.participants],
        rows: views.iter().map(row).collect(),
        notes: notes.map(|note| one_line(note)).collect(),
    }
}

fn stakeholder(
    phrases: &'static Phrases,
    name: &str,
    views: &[View<'_>],
    progress: &mut [Progress],
) -> Stakeholder {
    let speaks = |view: &View<'_>| view.session.positions.iter().any(|summary| summary.name == name);
    let present: Vec<usize> =
        views.iter().enumerate().filter(|(_, view)| speaks(view)).map(|(at, _)| at).collect();
    let labels = views.iter().take(1).flat_map(View::issues).map(|totals| totals.issue.label.as_str());
    let mut issues = Vec::new();
    for label in labels {
        let mut cell = |at: &usize| cell(name, label, views.get(*at)?, progress.get_mut(*at)?);
        let cells: Vec<Option<Cell>> = present.iter().map(&mut cell).collect();
        if cells.iter().any(Option::is_some) {
            issues.push((label.to_owned(), cells));
        }
    }
    let heading = |view: &View<'_>| match view.session.part.info.date.as_str() {
        "" => view.title(),
        date => format!("{}: {}", view.phrases.date_of(date), view.title()),
    };
    let sessions = present.iter().filter_map(|&at| views.get(at)).map(heading).collect();
    Stakeholder { phrases, name: phrases.name_of(name), sessions, issues }
}

fn cell(name: &str, issue: &str, view: &View<'_>, progress: &mut Progress) -> Option<Cell> {
    let on = view.session.part.stances.iter().find(|on| on.stakeholder == name && on.issue == issue)?;
    let quoted = telling(view, on);
    Some(Cell {
        stance: Stance::name_or_empty(on.stance),
        name: view.phrases.stance_name(on.stance),
        counts: view.phrases.counted(view.phrases.n_sentences, on.n_sentences),
        quotation: quoted.map(|evidence| progress.quotations.quote(view, evidence).on_issue()),
    })
}

/// The quotation that best shows where a stakeholder stands: one that states its stance, else the first
/// choice of its positions.
fn telling<'p>(view: &View<'p>, on: &IssueStance) -> Option<&'p crate::model::Evidence> {
    let stated = on.evidence.iter().filter_map(|&(turn, sentence)| view.quoted(turn, sentence));
    let positions = view.session.part.positions.iter().map(|position| &position.evidence);
    let mut own: Vec<_> =
        positions.filter(|e| e.stakeholder == on.stakeholder && e.issue == on.issue).collect();
    own.sort_by_key(|evidence| evidence.rank);
    let shows = |e: &&crate::model::Evidence| on.stance.is_some() && view.stance_on_issue(e) == on.stance;
    own.iter().copied().find(shows).or_else(|| stated.clone().find(shows)).or(own.first().copied())
}

impl Stakeholder {
    fn label(&self) -> String {
        fill(self.phrases.positions_of, &[("name", &self.name)])
    }

    fn caption_html(&self) -> String {
        filled_html(self.phrases.said_by_session, &[("name", &self.name)])
    }
}

impl Body for Sessions {
    fn markdown(&self) -> String {
        let rows: Vec<Vec<String>> = self.rows.iter().map(|(_, row)| row.clone()).collect();
        markdown::table(&self.header, &rows)
    }
}

impl Body for OverTime {
    fn markdown(&self) -> String {
        let mut out = String::new();
        for one in &self.stakeholders {
            let _ = writeln!(out, "\n### {}", markdown::escape(&one.name));
            for (issue, cells) in &one.issues {
                let _ = writeln!(out, "\n#### {}", markdown::escape(issue));
                for (session, cell) in one.sessions.iter().zip(cells) {
                    let Some(cell) = cell else { continue };
                    let stance = if cell.name.is_empty() { self.phrases.no_stance_stated } else { cell.name };
                    let _ = writeln!(out, "\n**{}**: {stance} ({})", markdown::escape(session), cell.counts);
                    out.extend(cell.quotation.iter().map(markdown::quotation));
                }
            }
        }
        out
    }
}
