//! The questions that were asked, the voices they name, and the next speaker.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::model::PageQuestion;
use crate::write::phrases::{Phrases, escaped, fill, filled_html, names_html};

pub(super) const SECTION: Section = Section { id: "questions", title: |phrases| phrases.questions, content };

/// Questions that are shown at once; the others open on demand.
const SHOWN: usize = 12;

#[derive(Template)]
#[template(path = "page/questions.html")]
struct Questions {
    phrases: &'static Phrases,
    first: Vec<Question>,
    more: Vec<Question>,
}

struct Question {
    phrases: &'static Phrases,
    quotation: Quotation,
    /// The voices that the turn names.
    named: Vec<String>,
    /// Who speaks next, the anchor of that turn, and what it is called.
    next: Option<(String, String, NextTurn)>,
}

/// What a turn is called in headings, and within a sentence.
struct NextTurn {
    name: String,
    place: String,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let phrases = view.phrases;
    let question = |question: &PageQuestion| Question {
        phrases,
        quotation: progress.quotations.quote(view, &question.evidence),
        named: question.named.iter().map(|name| phrases.name_of(name)).collect(),
        next: question.next.and_then(|next| {
            let name = phrases.name_of(&view.turn(next)?.name);
            Some((
                name,
                view.id(&format!("t-{next}")),
                NextTurn { name: view.turn_name(next), place: view.turn_place(next) },
            ))
        }),
    };
    let mut first: Vec<Question> = view.session.questions.iter().map(question).collect();
    if first.is_empty() {
        return Content::Absent(phrases.no_questions);
    }
    let more = first.split_off(SHOWN.min(first.len()));
    Content::Shown(Box::new(Questions { phrases, first, more }))
}

impl Question {
    fn named_html(&self) -> String {
        fill(&escaped(self.phrases.turn_names), &[("names", &names_html(&self.named, self.phrases.comma()))])
    }

    fn next_html(&self, name: &str) -> String {
        filled_html(self.phrases.next_speaks, &[("name", name)])
    }
}

impl Body for Questions {
    fn markdown(&self) -> String {
        let mut out = String::new();
        for question in self.first.iter().chain(&self.more) {
            out.push_str(&markdown::quotation(&question.quotation));
            let mut about = Vec::new();
            if !question.named.is_empty() {
                let names = question.named.join(self.phrases.comma());
                about.push(markdown::escape(&fill(self.phrases.turn_names, &[("names", &names)])));
            }
            if let Some((name, _, turn)) = &question.next {
                let next = markdown::escape(&fill(self.phrases.next_speaks, &[("name", name)]));
                about.push(format!("{next} ([{}](#{}))", turn.place, markdown::anchor(&turn.name)));
            }
            if !about.is_empty() {
                let _ = writeln!(out, ">\n> {}", about.join(" "));
            }
        }
        out
    }
}
