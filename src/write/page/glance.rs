//! The session at a glance: date, length, participants by group, what it was about.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown, pictures};
use crate::model::{Role, SpeakerInfo};
use crate::write::adds_to;
use crate::write::charts::Chart;
use crate::write::phrases::{Phrases, fill};

pub(super) const SECTION: Section = Section { id: "glance", title: |phrases| phrases.glance, content };

#[derive(Template)]
#[template(path = "page/glance.html")]
struct Glance {
    phrases: &'static Phrases,
    facts: Vec<(&'static str, String)>,
    groups: Vec<Group>,
    overview: Vec<Quotation>,
    /// How long the overview is.
    overview_size: String,
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
    let phrases = view.phrases;
    let words = phrases.counted(phrases.n_words, summary.words);
    Content::Shown(Box::new(Glance {
        phrases,
        facts: facts(view),
        groups: groups(phrases, &view.session.part.speakers),
        overview: progress.quotations.quote_all(view, &summary.evidence),
        overview_size: fill(phrases.session_in_words, &[("words", &words)]),
        charts: vec![pictures::timeline(view), pictures::floor(view)],
    }))
}

fn facts(view: &View<'_>) -> Vec<(&'static str, String)> {
    let (part, phrases) = (&view.session.part, view.phrases);
    let mut facts = Vec::new();
    if !part.info.date.is_empty() {
        facts.push((phrases.date_label, phrases.date_of(&part.info.date)));
    }
    let times = view.session.turns.iter().filter_map(|turn| turn.time);
    let (first, last) = times
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(first, last), t| (t.start.min(first), t.end.max(last)));
    let size = phrases.size(part.info.words, part.info.turns);
    let lasts = last > first;
    let length = if lasts { format!("{}, {size}", phrases.duration(last - first)) } else { size };
    facts.push((phrases.length, length));
    let participants = phrases.counted(phrases.n_participants, part.speakers.len() as u64);
    let stakeholders = phrases.counted(phrases.n_stakeholders, view.session.positions.len() as u64);
    let values = [("participants", participants.as_str()), ("stakeholders", &stakeholders)];
    facts.push((phrases.voices, fill(phrases.voices_and_positions, &values)));
    facts
}

/// The participants by group, in order of first appearance; those without a group last.
fn groups(phrases: &Phrases, speakers: &[SpeakerInfo]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let is_grouped = speakers.iter().any(|speaker| !speaker.group.is_empty());
    let mut sorted: Vec<&SpeakerInfo> = speakers.iter().collect();
    sorted.sort_by_key(|speaker| speaker.group.is_empty());
    for speaker in sorted {
        let name = match (speaker.group.as_str(), is_grouped) {
            ("", true) => phrases.group_unknown,
            ("", false) => phrases.participants,
            (group, _) => group,
        };
        let member = Member { name: phrases.name_of(&speaker.name), about: about(phrases, speaker) };
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.members.push(member),
            None => groups.push(Group { name: name.to_owned(), members: vec![member] }),
        }
    }
    groups
}

fn about(phrases: &Phrases, speaker: &SpeakerInfo) -> String {
    let mut about = Vec::new();
    if adds_to(&speaker.name, &speaker.stakeholder) {
        about.push(phrases.name_of(&speaker.stakeholder));
    }
    if speaker.role != Role::Speaker {
        about.push(phrases.role_name(speaker.role).to_owned());
    }
    about.join(phrases.comma())
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
            let _ = writeln!(out, "\n### {}", self.phrases.what_it_was_about);
            out.push_str(&markdown::quotations(&self.overview));
        }
        out.extend(self.charts.iter().map(markdown::chart));
        out
    }
}
