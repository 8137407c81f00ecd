//! A card for each stakeholder: who speaks for it, what it put forward, its own terms, its share of the
//! floor.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, figures, markdown};
use crate::model::{Basis, Role, StakeholderCounts, Summary};
use crate::write::{counted, name_or_unknown};

pub(super) const SECTION: Section = Section { id: "stakeholders", title: "Who put what forward", content };

/// Terms on a card.
const TERMS: usize = 8;
/// How often chance would make a term on a card so much its own.
const CHANCE: f64 = 0.05;

#[derive(Template)]
#[template(path = "page/stakeholders.html")]
struct Stakeholders {
    cards: Vec<Card>,
}

/// A stakeholder.
struct Card {
    id: String,
    name: String,
    group: String,
    /// Its voices, empty where it is one itself.
    voices: Vec<String>,
    /// Share of the floor, words, turns.
    floor: String,
    quotations: Vec<Quotation>,
    /// Stance and issue, where it states one.
    stances: Vec<(String, String, String)>,
    terms: Vec<String>,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let counts = &view.session.part.counts.stakeholders;
    let all: u64 = counts.iter().map(|counts| counts.words).sum();
    let card = |(at, summary): (usize, &Summary)| Card {
        id: view.id(&format!("c-{at}")),
        name: name_or_unknown(&summary.name),
        group: view.group(&summary.name),
        voices: voices(view, &summary.name),
        floor: counts
            .iter()
            .find(|counts| counts.name == summary.name)
            .map_or_else(String::new, |counts| floor(counts, all)),
        quotations: summary
            .evidence
            .iter()
            .map(|evidence| progress.quotations.quote(view, evidence).of_stakeholder())
            .collect(),
        stances: stances(view, &summary.name),
        terms: terms(view, &summary.name),
    };
    let cards: Vec<Card> = view.session.positions.iter().enumerate().map(card).collect();
    match cards.is_empty() {
        true => Content::Absent("nobody but chairs, moderators, interpreters or the audience speaks"),
        false => Content::Shown(Box::new(Stakeholders { cards })),
    }
}

fn voices(view: &View<'_>, stakeholder: &str) -> Vec<String> {
    let counts = view.session.part.counts.stakeholders.iter().find(|counts| counts.name == stakeholder);
    let names = counts.iter().flat_map(|counts| &counts.speakers).filter(|name| *name != stakeholder);
    let voice = |name: &String| match view.speaker(name).map(|speaker| speaker.role) {
        Some(role) if role != Role::Speaker => format!("{} ({role})", name_or_unknown(name)),
        _ => name_or_unknown(name),
    };
    names.map(voice).collect()
}

fn floor(counts: &StakeholderCounts, all: u64) -> String {
    let share = figures::percent(counts.words as f64 / all.max(1) as f64);
    let (words, turns) = (counted(counts.words, "word", "words"), counted(counts.turns, "turn", "turns"));
    format!("{share} of the floor: {words} in {turns}")
}

fn stances(view: &View<'_>, stakeholder: &str) -> Vec<(String, String, String)> {
    let own = view.session.part.stances.iter().filter(|on| on.stakeholder == stakeholder);
    let stated = own.filter_map(|on| {
        let at = view.issues().position(|issue| issue.issue.label == on.issue)?;
        let stance = match on.basis {
            Some(Basis::Inferred) => format!("{} (inferred)", on.stance?.name()),
            _ => on.stance?.name().to_owned(),
        };
        Some((stance, on.issue.clone(), view.id(&format!("i-{at}"))))
    });
    stated.collect()
}

/// The terms that are more its own than all others', the most so first; words of names of those present aside.
fn terms(view: &View<'_>, stakeholder: &str) -> Vec<String> {
    let names = view.names();
    let own = view.page.overall.terms.iter().filter(|row| row.stakeholder == stakeholder);
    own.filter(|row| row.keyness > 0.0 && row.p <= CHANCE && row.count > 1)
        .filter(|row| !row.term.split_whitespace().any(|word| names.contains(word.to_lowercase().as_str())))
        .take(TERMS)
        .map(|row| row.term.clone())
        .collect()
}

impl Body for Stakeholders {
    fn markdown(&self) -> String {
        self.cards.iter().map(Card::markdown).collect()
    }
}

impl Card {
    fn markdown(&self) -> String {
        let mut out = format!("\n### {}\n\n", markdown::escape(&self.name));
        let mut facts: Vec<String> = Vec::new();
        facts.extend(Some(markdown::escape(&self.group)).filter(|group| !group.is_empty()));
        if !self.voices.is_empty() {
            facts.push(format!("spoken for by {}", markdown::escape(&self.voices.join(", "))));
        }
        facts.push(markdown::escape(&self.floor));
        let _ = writeln!(out, "{}", facts.join(" · "));
        if self.quotations.is_empty() {
            out.push_str("\nNothing to quote.\n");
        }
        out.push_str(&markdown::quotations(&self.quotations));
        if !self.stances.is_empty() {
            let stances: Vec<String> = self
                .stances
                .iter()
                .map(|(stance, issue, _)| format!("{stance}: {}", markdown::escape(issue)))
                .collect();
            let _ = writeln!(out, "\nWhere it stands: {}.", stances.join("; "));
        }
        if !self.terms.is_empty() {
            let _ = writeln!(out, "\nIts own terms: {}.", markdown::escape(&self.terms.join(", ")));
        }
        out
    }
}
