//! A card for each stakeholder: who speaks for it, what it put forward, its share of the floor.

use std::collections::BTreeMap;
use std::fmt::Write;

use askama::Template;

#[cfg(feature = "docx")]
use super::document;
use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, figures, markdown};
use crate::model::{Basis, Evidence, PositionKind, Role, StakeholderCounts, Summary};
#[cfg(feature = "docx")]
use crate::write::document::{Block, Run};
use crate::write::{counted, name_or_unknown};

pub(super) const SECTION: Section = Section { id: "stakeholders", title: "What each asks for", content };

#[derive(Template)]
#[template(path = "page/stakeholders.html")]
struct Stakeholders {
    cards: Vec<Card>,
    /// Names of those of whom nothing can be quoted.
    silent: Vec<String>,
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
    /// What it asks for, rejects, fears, and what else it says, each under its heading.
    parts: Vec<(&'static str, Vec<Quotation>)>,
    /// Stance and issue, where it states one.
    stances: Vec<(String, String, String)>,
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
        parts: parts(view, progress, &summary.evidence),
        stances: stances(view, &summary.name),
    };
    let (quoted, silent): (Vec<_>, Vec<_>) =
        in_order_of_weight(view).into_iter().partition(|(_, summary)| !summary.evidence.is_empty());
    let cards: Vec<Card> = quoted.into_iter().map(card).collect();
    let silent: Vec<String> = silent.iter().map(|(_, summary)| name_or_unknown(&summary.name)).collect();
    match cards.is_empty() && silent.is_empty() {
        true => Content::Absent("nobody but chairs, moderators, interpreters or the audience speaks"),
        false => Content::Shown(Box::new(Stakeholders { cards, silent })),
    }
}

/// The summaries with their indices, those with the most words in sentences that state a stance first.
fn in_order_of_weight<'p>(view: &View<'p>) -> Vec<(usize, &'p Summary)> {
    let mut weights: BTreeMap<&str, u64> = BTreeMap::new();
    for row in view.session.part.sentences.iter().filter(|row| row.is_compared && row.stance.is_some()) {
        *weights.entry(&row.stakeholder).or_default() += row.words;
    }
    let mut summaries: Vec<(usize, &Summary)> = view.session.positions.iter().enumerate().collect();
    // Stable, so that of equal weights the first to speak comes first.
    summaries.sort_by_key(|(_, summary)| std::cmp::Reverse(weights.get(summary.name.as_str())));
    summaries
}

/// The headings of a card and the kinds of position below each; the last one takes all others.
const PARTS: [(&str, &[PositionKind]); 4] = [
    (
        "Asks for",
        &[
            PositionKind::Demand,
            PositionKind::Proposal,
            PositionKind::Condition,
            PositionKind::Commitment,
            PositionKind::Support,
        ],
    ),
    ("Rejects", &[PositionKind::Objection]),
    ("Is worried about", &[PositionKind::Concern]),
    ("Says besides", &[]),
];

/// The quotations of a card by what they do.
fn parts(view: &View<'_>, progress: &mut Progress, all: &[Evidence]) -> Vec<(&'static str, Vec<Quotation>)> {
    let part_of = |evidence: &Evidence| {
        let has = |kinds: &[PositionKind]| kinds.iter().any(|kind| kind.name() == evidence.kind);
        PARTS.iter().position(|(_, kinds)| has(kinds)).unwrap_or(PARTS.len() - 1)
    };
    let mut parts: Vec<(&'static str, Vec<Quotation>)> = Vec::new();
    for (at, (heading, _)) in PARTS.iter().enumerate() {
        let fitting = all.iter().filter(|evidence| part_of(evidence) == at);
        let quotations: Vec<Quotation> =
            fitting.map(|evidence| progress.quotations.quote(view, evidence).of_stakeholder()).collect();
        if !quotations.is_empty() {
            parts.push((heading, quotations));
        }
    }
    parts
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

impl Body for Stakeholders {
    fn markdown(&self) -> String {
        let mut out: String = self.cards.iter().map(Card::markdown).collect();
        if !self.silent.is_empty() {
            let _ = writeln!(out, "\nNothing to quote: {}.", markdown::escape(&self.silent.join("; ")));
        }
        out
    }

    #[cfg(feature = "docx")]
    fn document(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = self.cards.iter().flat_map(Card::document).collect();
        if !self.silent.is_empty() {
            blocks.push(Block::Paragraph(vec![Run::plain(format!(
                "Nothing to quote: {}.",
                self.silent.join("; ")
            ))]));
        }
        blocks
    }
}

impl Card {
    #[cfg(feature = "docx")]
    fn document(&self) -> Vec<Block> {
        let mut facts: Vec<String> =
            Some(self.group.clone()).filter(|group| !group.is_empty()).into_iter().collect();
        if !self.voices.is_empty() {
            facts.push(format!("spoken for by {}", self.voices.join(", ")));
        }
        facts.push(self.floor.clone());
        let mut blocks =
            vec![Block::Heading(2, self.name.clone()), Block::Paragraph(vec![Run::plain(facts.join(" · "))])];
        for (heading, quotations) in &self.parts {
            blocks.push(Block::Heading(3, (*heading).to_owned()));
            blocks.extend(document::quotations(quotations));
        }
        if !self.stances.is_empty() {
            let stances: Vec<String> =
                self.stances.iter().map(|(stance, issue, _)| format!("{stance}: {issue}")).collect();
            blocks.push(Block::Paragraph(vec![Run::plain(format!(
                "Where it stands: {}.",
                stances.join("; ")
            ))]));
        }
        blocks
    }

    fn markdown(&self) -> String {
        let mut out = format!("\n### {}\n\n", markdown::escape(&self.name));
        let mut facts: Vec<String> = Vec::new();
        facts.extend(Some(markdown::escape(&self.group)).filter(|group| !group.is_empty()));
        if !self.voices.is_empty() {
            facts.push(format!("spoken for by {}", markdown::escape(&self.voices.join(", "))));
        }
        facts.push(markdown::escape(&self.floor));
        let _ = writeln!(out, "{}", facts.join(" · "));
        for (heading, quotations) in &self.parts {
            let _ = write!(out, "\n#### {heading}\n{}", markdown::quotations(quotations));
        }
        if !self.stances.is_empty() {
            let stances: Vec<String> = self
                .stances
                .iter()
                .map(|(stance, issue, _)| format!("{stance}: {}", markdown::escape(issue)))
                .collect();
            let _ = writeln!(out, "\nWhere it stands: {}.", stances.join("; "));
        }
        out
    }
}
