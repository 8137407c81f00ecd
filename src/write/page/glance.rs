//! The session at a glance: date, length, participants by group, what it was about.

use askama::Template;

use super::quotation::{Quotation, Quotations};
use super::view::View;
use super::{Section, filled};
use crate::error::Result;
use crate::write::thousands;

pub(super) const SECTION: Section = Section { id: "glance", title: "At a glance", html };

#[derive(Template)]
#[template(path = "page/glance.html")]
struct Glance {
    facts: Vec<(&'static str, String)>,
    groups: Vec<(String, Vec<String>)>,
    overview: Vec<Quotation>,
}

fn html(view: &View<'_>, quotations: &mut Quotations) -> Result<Option<String>> {
    let info = &view.session.part.info;
    let overview = quotations.quote_all(view, &view.session.overview.evidence);
    let facts = vec![("Date", info.date.clone()), ("Words", thousands(info.words))];
    filled(&Glance { facts, groups: Vec::new(), overview }).map(Some)
}
