//! The whole transcript, each quoted sentence with links to its quotations.

use std::borrow::Cow;
use std::fmt::Write;

use askama::Template;

use super::quotation::Quotations;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::model::PageTurn;
use crate::write::phrases::{Phrases, fill};
use crate::write::terminal::shown;
use crate::write::{adds_to, clock};

pub(super) const SECTION: Section =
    Section { id: "transcript", title: |phrases| phrases.transcript, content };

#[derive(Template)]
#[template(path = "page/transcript.html")]
struct Transcript<'a> {
    phrases: &'static Phrases,
    search: String,
    found: String,
    turns: Vec<Turn<'a>>,
}

struct Turn<'a> {
    id: String,
    title: String,
    name: String,
    stakeholder: String,
    /// Whether the stakeholder is named beside it.
    names_stakeholder: bool,
    language: &'a str,
    time: String,
    /// Where it can be heard; empty where that is not known.
    media_link: String,
    paragraphs: Vec<Vec<Sentence<'a>>>,
}

struct Sentence<'a> {
    id: String,
    text: Cow<'a, str>,
    /// The quotations of it: number and anchor.
    quotations: Vec<(u64, String)>,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let turns = view.session.turns.iter().enumerate();
    let turns = turns.map(|(number, turn)| one(view, &progress.quotations, number as u64, turn)).collect();
    let (search, found) = (view.id("transcript-search"), view.id("transcript-found"));
    Content::Shown(Box::new(Transcript { phrases: view.phrases, search, found, turns }))
}

fn one<'p>(view: &View<'p>, quotations: &Quotations, number: u64, turn: &'p PageTurn) -> Turn<'p> {
    let sentence = |&index: &usize| {
        let row = view.session.part.sentences.get(index)?;
        let quoted = quotations.of(row.turn, row.sentence);
        Some(Sentence {
            id: view.id(&format!("s-{}-{}", row.turn, row.sentence)),
            text: shown(&row.text),
            quotations: quoted.iter().map(|n| (*n, view.id(&format!("q-{n}")))).collect(),
        })
    };
    let paragraphs = turn.paragraphs.iter().map(|ids| ids.iter().filter_map(sentence).collect()).collect();
    Turn {
        id: view.id(&format!("t-{number}")),
        title: view.turn_name(number),
        name: view.phrases.name_of(&turn.name),
        stakeholder: view.phrases.name_of(&turn.stakeholder),
        names_stakeholder: adds_to(&turn.name, &turn.stakeholder),
        language: turn.language.code(),
        time: turn.time.map_or_else(String::new, |time| clock(time.start)),
        media_link: view.media_link(turn.time),
        paragraphs,
    }
}

impl Transcript<'_> {
    fn play(&self, time: &str) -> String {
        fill(self.phrases.play, &[("time", time)])
    }

    fn quotation_name(&self, number: &u64) -> String {
        fill(self.phrases.quotation_number, &[("n", &number.to_string())])
    }
}

impl Body for Transcript<'_> {
    fn markdown(&self) -> String {
        let mut out = String::new();
        for turn in &self.turns {
            let _ = write!(out, "\n### {}\n\n**{}**", turn.title, markdown::escape(&turn.name));
            if turn.names_stakeholder {
                let _ = write!(out, ", {}", markdown::escape(&turn.stakeholder));
            }
            if !turn.time.is_empty() {
                let _ = write!(out, ", {}", turn.time);
            }
            out.push('\n');
            for paragraph in &turn.paragraphs {
                let sentences: Vec<&str> = paragraph.iter().map(|sentence| &*sentence.text).collect();
                let _ = writeln!(out, "\n{}", markdown::escape(&sentences.join(" ")));
            }
        }
        out
    }
}
