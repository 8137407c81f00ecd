//! The questions that were asked, the voices they name, and the next speaker.

use std::fmt::Write;

use askama::Template;

use super::quotation::Quotation;
use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::model::PageQuestion;
use crate::write::name_or_unknown;

pub(super) const SECTION: Section = Section { id: "questions", title: "Questions asked", content };

/// Questions that are shown at once; the others open on demand.
const SHOWN: usize = 12;

#[derive(Template)]
#[template(path = "page/questions.html")]
struct Questions {
    first: Vec<Question>,
    more: Vec<Question>,
}

struct Question {
    quotation: Quotation,
    /// The voices that the turn names.
    named: Vec<String>,
    /// Who speaks next, the anchor of that turn, and what it is called.
    next: Option<(String, String, String)>,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let question = |question: &PageQuestion| Question {
        quotation: progress.quotations.quote(view, &question.evidence),
        named: question.named.iter().map(|name| name_or_unknown(name)).collect(),
        next: question.next.and_then(|next| {
            let name = name_or_unknown(&view.turn(next)?.name);
            Some((name, view.id(&format!("t-{next}")), view.turn_name(next)))
        }),
    };
    let mut first: Vec<Question> = view.session.questions.iter().map(question).collect();
    if first.is_empty() {
        return Content::Absent("nobody asks a question of five words or more");
    }
    let more = first.split_off(SHOWN.min(first.len()));
    Content::Shown(Box::new(Questions { first, more }))
}

impl Body for Questions {
    fn markdown(&self) -> String {
        let mut out = String::new();
        for question in self.first.iter().chain(&self.more) {
            out.push_str(&markdown::quotation(&question.quotation));
            let mut about = Vec::new();
            if !question.named.is_empty() {
                about.push(format!("names {}", markdown::escape(&question.named.join(", "))));
            }
            if let Some((name, _, turn)) = &question.next {
                about.push(format!(
                    "next speaks {}, [{turn}](#{})",
                    markdown::escape(name),
                    markdown::anchor(turn)
                ));
            }
            if !about.is_empty() {
                let _ = writeln!(out, ">\n> {}", about.join("; "));
            }
        }
        out
    }
}
