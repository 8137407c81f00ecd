//! How alike the vocabularies of stakeholders are, which is not agreement.

use askama::Template;

use super::view::View;
use super::{Body, Content, Progress, Section, markdown, pictures};
use crate::write::charts::Chart;

/// The section's data, wherever it stands.
pub(super) fn body<'p>(chart: Option<Chart>) -> Box<dyn Body + 'p> {
    Box::new(Likeness { about: ABOUT, chart })
}

pub(super) const SECTION: Section = Section { id: "likeness", title: "Who speaks alike", content };

/// What likeness is and what it is not.
const ABOUT: &str = "Stakeholders that use the same words stand close together. Likeness of vocabulary is not \
    agreement: opponents in one debate share most of their words.";

#[derive(Template)]
#[template(path = "page/likeness.html")]
struct Likeness {
    about: &'static str,
    chart: Option<Chart>,
}

fn content<'p>(view: &View<'p>, _: &mut Progress) -> Content<'p> {
    if view.page.sessions.len() > 1 {
        return Content::Absent("it is said of all sessions together");
    }
    match pictures::likeness(view.page, &view.id("alike")) {
        None => Content::Absent("there are fewer than three stakeholders"),
        chart => Content::Shown(body(chart)),
    }
}

impl Body for Likeness {
    fn markdown(&self) -> String {
        format!("\n{}\n{}", self.about, markdown::chart(&self.chart))
    }
}
