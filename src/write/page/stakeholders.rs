//! A card for each stakeholder: who speaks for it, what it put forward, its own terms, its share of the
//! floor.

use askama::Template;

use super::quotation::{Quotation, Quotations};
use super::view::View;
use super::{Section, filled};
use crate::error::Result;
use crate::write::name_or_unknown;

pub(super) const SECTION: Section = Section { id: "stakeholders", title: "Who put what forward", html };

#[derive(Template)]
#[template(path = "page/stakeholders.html")]
struct Stakeholders {
    cards: Vec<Card>,
}

/// A stakeholder.
struct Card {
    id: String,
    name: String,
    group: String,
    quotations: Vec<Quotation>,
}

fn html(view: &View<'_>, quotations: &mut Quotations) -> Result<Option<String>> {
    let card = |(at, summary): (usize, &crate::model::Summary)| Card {
        id: view.id(&format!("c-{at}")),
        name: name_or_unknown(&summary.name),
        group: view.group(&summary.name),
        quotations: quotations.quote_all(view, &summary.evidence),
    };
    let cards: Vec<Card> = view.session.positions.iter().enumerate().map(card).collect();
    if cards.is_empty() {
        return Ok(None);
    }
    filled(&Stakeholders { cards }).map(Some)
}
