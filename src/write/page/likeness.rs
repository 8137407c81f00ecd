//! How alike the vocabularies of stakeholders are, which is not agreement.

use askama::Template;

use super::view::View;
use super::{Body, Content, Progress, Section, markdown, pictures};
use crate::write::charts::Chart;
use crate::write::phrases::Phrases;

/// The section's data, wherever it stands.
pub(super) fn body<'p>(phrases: &'static Phrases, chart: Option<Chart>) -> Box<dyn Body + 'p> {
    Box::new(Likeness { phrases, chart })
}

pub(super) const SECTION: Section = Section { id: "likeness", title: |phrases| phrases.alike, content };

#[derive(Template)]
#[template(path = "page/likeness.html")]
struct Likeness {
    phrases: &'static Phrases,
    chart: Option<Chart>,
}

fn content<'p>(view: &View<'p>, _: &mut Progress) -> Content<'p> {
    if view.page.sessions.len() > 1 {
        return Content::Absent(view.phrases.said_of_all);
    }
    match pictures::likeness(view.page, &view.id("alike")) {
        None => Content::Absent(view.phrases.fewer_than_three),
        chart => Content::Shown(body(view.phrases, chart)),
    }
}

impl Body for Likeness {
    fn markdown(&self) -> String {
        format!("\n{}\n{}", self.phrases.about_alike, markdown::chart(&self.chart))
    }
}
