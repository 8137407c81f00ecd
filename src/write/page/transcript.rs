//! The whole transcript, each quoted sentence with links to its quotations.

use askama::Template;

use super::quotation::Quotations;
use super::view::View;
use super::{Section, filled};
use crate::error::Result;
use crate::model::PageTurn;
use crate::write::{clock, name_or_unknown};

pub(super) const SECTION: Section = Section { id: "transcript", title: "Transcript", html };

#[derive(Template)]
#[template(path = "page/transcript.html")]
struct Transcript<'a> {
    search: String,
    found: String,
    turns: Vec<Turn<'a>>,
}

struct Turn<'a> {
    id: String,
    number: usize,
    name: String,
    stakeholder: String,
    group: String,
    language: &'a str,
    time: String,
    paragraphs: Vec<Vec<Sentence<'a>>>,
}

struct Sentence<'a> {
    id: String,
    text: &'a str,
    /// The quotations of it: number and anchor.
    quotations: Vec<(u64, String)>,
}

fn html(view: &View<'_>, quotations: &mut Quotations) -> Result<Option<String>> {
    let turns: Vec<Turn<'_>> = view
        .session
        .turns
        .iter()
        .enumerate()
        .map(|(number, turn)| one(view, quotations, number, turn))
        .collect();
    let search = view.id("transcript-search");
    let found = view.id("transcript-found");
    filled(&Transcript { search, found, turns }).map(Some)
}

fn one<'a>(view: &View<'a>, quotations: &Quotations, number: usize, turn: &'a PageTurn) -> Turn<'a> {
    let sentence = |&index: &usize| {
        let row = view.session.part.sentences.get(index)?;
        let quoted = quotations.of(row.turn, row.sentence);
        Some(Sentence {
            id: view.id(&format!("s-{}-{}", row.turn, row.sentence)),
            text: &row.text,
            quotations: quoted.iter().map(|n| (*n, view.id(&format!("q-{n}")))).collect(),
        })
    };
    let paragraphs = turn.paragraphs.iter().map(|ids| ids.iter().filter_map(sentence).collect()).collect();
    Turn {
        id: view.id(&format!("t-{number}")),
        number,
        name: name_or_unknown(&turn.name),
        stakeholder: name_or_unknown(&turn.stakeholder),
        group: view.group(&turn.stakeholder),
        language: turn.language.code(),
        time: turn.time.map_or_else(String::new, |time| clock(time.start)),
        paragraphs,
    }
}
