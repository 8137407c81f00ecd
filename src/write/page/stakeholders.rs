//! A card for each stakeholder: who speaks for it, what it put forward, its share of the floor.

use std::collections::BTreeMap;
use std::fmt::Write;

use askama::Template;

#[cfg(feature = "docx")]
use super::document;
use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::model::{Basis, Evidence, PositionKind, Role, StakeholderCounts, Stance, Summary};
#[cfg(feature = "docx")]
use crate::write::document::{Block, Run};
use crate::write::phrases::{PhraseOf, Phrases, fill, names_html};

pub(super) const SECTION: Section =
    Section { id: "stakeholders", title: |phrases| phrases.what_each_asks, content };

#[derive(Template)]
#[template(path = "page/stakeholders.html")]
struct Stakeholders {
    phrases: &'static Phrases,
    cards: Vec<Card>,
    /// Names of those of whom nothing can be quoted.
    silent: Vec<String>,
}

/// A stakeholder.
struct Card {
    phrases: &'static Phrases,
    id: String,
    name: String,
    group: String,
    /// Its voices, empty where it is one itself.
    voices: Vec<String>,
    /// Share of the floor, words, turns.
    floor: String,
    /// What it speaks of and others do not; empty where nothing stands out.
    own_terms: String,
    /// What it asks for, rejects, fears, and what else it says, each under its heading.
    parts: Vec<(&'static str, Vec<Quotation>)>,
    /// Stance, what it is called, issue and its anchor, where it states one.
    stances: Vec<(Stance, String, String, String)>,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let counts = &view.session.part.counts.stakeholders;
    let all: u64 = counts.iter().map(|counts| counts.words).sum();
    let phrases = view.phrases;
    let card = |(at, summary): (usize, &Summary)| Card {
        phrases,
        id: view.id(&format!("c-{at}")),
        name: phrases.name_of(&summary.name),
        group: view.group(&summary.name),
        voices: voices(view, &summary.name),
        floor: counts
            .iter()
            .find(|counts| counts.name == summary.name)
            .map_or_else(String::new, |counts| floor(phrases, counts, all)),
        own_terms: own_terms(view, at),
        parts: parts(view, progress, &summary.evidence),
        stances: stances(view, &summary.name),
    };
    let (quoted, silent): (Vec<_>, Vec<_>) =
        in_order_of_weight(view).into_iter().partition(|(_, summary)| !summary.evidence.is_empty());
    let cards: Vec<Card> = quoted.into_iter().map(card).collect();
    let silent: Vec<String> = silent.iter().map(|(_, summary)| phrases.name_of(&summary.name)).collect();
    match cards.is_empty() && silent.is_empty() {
        true => Content::Absent(phrases.only_chairs),
        false => Content::Shown(Box::new(Stakeholders { phrases, cards, silent })),
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
const PARTS: [(PhraseOf, &[PositionKind]); 4] = [
    (
        |phrases| phrases.asks_for,
        &[
            PositionKind::Demand,
            PositionKind::Proposal,
            PositionKind::Condition,
            PositionKind::Commitment,
            PositionKind::Support,
        ],
    ),
    (|phrases| phrases.rejects, &[PositionKind::Objection]),
    (|phrases| phrases.is_worried_about, &[PositionKind::Concern]),
    (|phrases| phrases.says_besides, &[]),
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
            parts.push((heading(view.phrases), quotations));
        }
    }
    parts
}

fn own_terms(view: &View<'_>, at: usize) -> String {
    let terms = view.session.own_terms.get(at).map(|terms| terms.join(view.phrases.comma()));
    let terms = terms.filter(|terms| !terms.is_empty());
    terms.map_or_else(String::new, |terms| fill(view.phrases.own_terms, &[("terms", &terms)]))
}

fn voices(view: &View<'_>, stakeholder: &str) -> Vec<String> {
    let counts = view.session.part.counts.stakeholders.iter().find(|counts| counts.name == stakeholder);
    let names = counts.iter().flat_map(|counts| &counts.speakers).filter(|name| *name != stakeholder);
    let voice = |name: &String| match view.speaker(name).map(|speaker| speaker.role) {
        Some(role) if role != Role::Speaker => {
            format!("{} ({})", view.phrases.name_of(name), view.phrases.role_name(role))
        }
        _ => view.phrases.name_of(name),
    };
    names.map(voice).collect()
}

fn floor(phrases: &Phrases, counts: &StakeholderCounts, all: u64) -> String {
    let share = phrases.percent(counts.words as f64 / all.max(1) as f64);
    let size = phrases.size(counts.words, counts.turns);
    fill(phrases.share_of_floor, &[("share", &share), ("size", &size)])
}

fn stances(view: &View<'_>, stakeholder: &str) -> Vec<(Stance, String, String, String)> {
    let own = view.session.part.stances.iter().filter(|on| on.stakeholder == stakeholder);
    let stated = own.filter_map(|on| {
        let at = view.issues().position(|issue| issue.issue.label == on.issue)?;
        let name = view.phrases.stance_name(on.stance);
        let name = match on.basis {
            Some(Basis::Inferred) => fill(view.phrases.stance_inferred, &[("stance", name)]),
            _ => name.to_owned(),
        };
        Some((on.stance?, name, on.issue.clone(), view.id(&format!("i-{at}"))))
    });
    stated.collect()
}

impl Body for Stakeholders {
    fn markdown(&self) -> String {
        let mut out: String = self.cards.iter().map(Card::markdown).collect();
        if !self.silent.is_empty() {
            let _ = writeln!(out, "\n{}", markdown::escape(&self.silent_text()));
        }
        out
    }

    #[cfg(feature = "docx")]
    fn document(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = self.cards.iter().flat_map(Card::document).collect();
        if !self.silent.is_empty() {
            blocks.push(Block::Paragraph(vec![Run::plain(self.silent_text())]));
        }
        blocks
    }
}

impl Stakeholders {
    fn silent_text(&self) -> String {
        fill(self.phrases.nothing_to_quote, &[("names", &self.silent.join("; "))])
    }

    fn silent_html(&self) -> String {
        fill(self.phrases.nothing_to_quote, &[("names", &names_html(&self.silent, "; "))])
    }
}

impl Card {
    fn voices_html(&self) -> String {
        fill(self.phrases.spoken_for_by, &[("names", &names_html(&self.voices, self.phrases.comma()))])
    }

    /// Its group, who speaks for it, its share of the floor.
    fn facts(&self) -> Vec<String> {
        let mut facts = vec![self.group.clone()];
        if !self.voices.is_empty() {
            facts.push(fill(
                self.phrases.spoken_for_by,
                &[("names", &self.voices.join(self.phrases.comma()))],
            ));
        }
        facts.push(self.floor.clone());
        facts.retain(|fact| !fact.is_empty());
        facts
    }

    fn stands(&self, issue: impl Fn(&str) -> String) -> String {
        let stances: Vec<String> =
            self.stances.iter().map(|(_, stance, label, _)| format!("{stance}: {}", issue(label))).collect();
        fill(self.phrases.where_it_stands, &[("list", &stances.join("; "))])
    }

    #[cfg(feature = "docx")]
    fn document(&self) -> Vec<Block> {
        let facts = self.facts();
        let mut blocks =
            vec![Block::Heading(2, self.name.clone()), Block::Paragraph(vec![Run::plain(facts.join(" · "))])];
        for (heading, quotations) in &self.parts {
            blocks.push(Block::Heading(3, (*heading).to_owned()));
            blocks.extend(document::quotations(quotations));
        }
        if !self.own_terms.is_empty() {
            blocks.push(Block::Paragraph(vec![Run::plain(&*self.own_terms)]));
        }
        if !self.stances.is_empty() {
            blocks.push(Block::Paragraph(vec![Run::plain(self.stands(str::to_owned))]));
        }
        blocks
    }

    fn markdown(&self) -> String {
        let mut out = format!("\n### {}\n\n", markdown::escape(&self.name));
        let facts: Vec<String> = self.facts().iter().map(|fact| markdown::escape(fact)).collect();
        let _ = writeln!(out, "{}", facts.join(" · "));
        for (heading, quotations) in &self.parts {
            let _ = write!(out, "\n#### {heading}\n{}", markdown::quotations(quotations));
        }
        if !self.own_terms.is_empty() {
            let _ = writeln!(out, "\n{}", markdown::escape(&self.own_terms));
        }
        if !self.stances.is_empty() {
            let _ = writeln!(out, "\n{}", self.stands(markdown::escape));
        }
        out
    }
}
