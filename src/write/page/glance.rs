//! The session at a glance: date, length, participants by group, what it was about.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, figures, markdown, pictures};
use crate::model::{Role, SpeakerInfo};
use crate::write::charts::Chart;
use crate::write::{adds_to, counted, name_or_unknown};

pub(super) const SECTION: Section = Section { id: "glance", title: "At a glance", content };

#[derive(Template)]
#[template(path = "page/glance.html")]
struct Glance {
    facts: Vec<(&'static str, String)>,
    groups: Vec<Group>,
    overview: Vec<Quotation>,
    overview_words: String,
    charts: Vec<Option<Chart>>,
}

/// The participants of a kind.
struct Group {
    name: String,
    members: Vec<Member>,
}

/// A participant.
struct Member {
    name: String,
    /// Its stakeholder and what it does there; empty where that adds nothing.
    about: String,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let summary = &view.session.overview;
    Content::Shown(Box::new(Glance {
        facts: facts(view),
        groups: groups(&view.session.part.speakers),
        overview: progress.quotations.quote_all(view, &summary.evidence),
        overview_words: counted(summary.words, "word", "words"),
        charts: vec![pictures::timeline(view), pictures::floor(view)],
    }))
}

fn facts(view: &View<'_>) -> Vec<(&'static str, String)> {
    let part = &view.session.part;
    let mut facts = Vec::new();
    if !part.info.date.is_empty() {
        facts.push(("Date", figures::date(&part.info.date)));
    }
    let times = view.session.turns.iter().filter_map(|turn| turn.time);
    let (first, last) = times
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(first, last), t| (t.start.min(first), t.end.max(last)));
    let size = format!(
        "{} in {}",
        counted(part.info.words, "word", "words"),
        counted(part.info.turns, "turn", "turns")
    );
    let lasts = last > first;
    facts.push(("Length", if lasts { format!("{}, {size}", figures::duration(last - first)) } else { size }));
    let n_speakers = counted(part.speakers.len() as u64, "participant", "participants");
    let n_stakeholders = counted(view.session.positions.len() as u64, "stakeholder", "stakeholders");
    facts.push(("Voices", format!("{n_speakers}; positions of {n_stakeholders} below")));
    facts
}

/// The participants by group, in order of first appearance; those without a group last.
fn groups(speakers: &[SpeakerInfo]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let is_grouped = speakers.iter().any(|speaker| !speaker.group.is_empty());
    let mut sorted: Vec<&SpeakerInfo> = speakers.iter().collect();
    sorted.sort_by_key(|speaker| speaker.group.is_empty());
    for speaker in sorted {
        let name = match (speaker.group.as_str(), is_grouped) {
            ("", true) => "Group not known",
            ("", false) => "Participants",
            (group, _) => group,
        };
        let member = Member { name: name_or_unknown(&speaker.name), about: about(speaker) };
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.members.push(member),
            None => groups.push(Group { name: name.to_owned(), members: vec![member] }),
        }
    }
    groups
}

fn about(speaker: &SpeakerInfo) -> String {
    let mut about = Vec::new();
    if adds_to(&speaker.name, &speaker.stakeholder) {
        about.push(name_or_unknown(&speaker.stakeholder));
    }
    if speaker.role != Role::Speaker {
        about.push(speaker.role.name().to_owned());
    }
    about.join(", ")
}

impl Body for Glance {
    fn markdown(&self) -> String {
        let mut out = String::from("\n");
        for (name, value) in &self.facts {
            let _ = writeln!(out, "- **{name}:** {}", markdown::escape(value));
        }
        for group in &self.groups {
            let member = |member: &Member| match member.about.as_str() {
                "" => markdown::escape(&member.name),
                about => format!("{} ({})", markdown::escape(&member.name), markdown::escape(about)),
            };
            let members: Vec<String> = group.members.iter().map(member).collect();
            let _ = writeln!(out, "- **{}:** {}", markdown::escape(&group.name), members.join("; "));
        }
        if !self.overview.is_empty() {
            out.push_str("\n### What it was about\n");
            out.push_str(&markdown::quotations(&self.overview));
        }
        out.extend(self.charts.iter().map(markdown::chart));
        out
    }
}
