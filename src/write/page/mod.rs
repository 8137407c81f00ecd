//! Pages: a session on one self-contained HTML page, and the same content in Markdown.
//!
//! A section is a row of [`SECTIONS`]: a file here that says what it shows, a template in
//! `templates/page/` that says how. Sections are written in order; each quotation gets the next number,
//! and the transcript, which comes after those that quote it, leads back to all of them.
//!
//! # What the style sheet, the script and tests may rely on
//!
//! - Each quotation is `<figure class="quotation" id="q-N" data-filterable data-stakeholder data-speaker
//!   data-group data-issue data-stance data-turn data-sentence data-start data-end>` with `<blockquote
//!   dir="auto" lang>` (in it, where there is one, `<span class="context">`, then `<span class="words">`) and
//!   a `<figcaption>` with a link to its place, `href="#s-TURN-SENTENCE"`, and `<button class="copy js-only"
//!   type="button" data-citation>`. `data-start` and `data-end` are bytes of the turn's text.
//! - The transcript is `<section id="transcript">` of `<article class="turn" id="t-TURN">` and `<span
//!   class="sentence" id="s-TURN-SENTENCE">`; quoted ones have the class `quoted` too and are followed by
//!   links `<a class="back" href="#q-N">`.
//! - `<form id="filters" class="js-only">` has `<select name="stakeholder|group|issue|stance">`, of which the
//!   empty value means all and `none` an empty attribute, and an `<output>`. It filters what has
//!   `data-filterable`; what has `data-filter-group` is hidden when nothing is left in it.
//! - `<input type="search" id="transcript-search">` and its `<output id="transcript-found">` stand in an
//!   element that is `js-only`.
//! - Downloads are `<a download="NAME.csv" href="data:text/csv;…">`, so they work without the script.
//! - `js-only` elements are hidden until the script runs. There is no `style` attribute and no handler in
//!   the page: its policy allows only the one style sheet and the one script, by their digests.
//! - With several sessions all these identifiers have a prefix, `x1-`, `x2-`, and so on.

mod frame;
mod glance;
mod quotation;
mod stakeholders;
mod transcript;
mod view;

use crate::error::{Error, ErrorKind, Result};
use crate::model::Page;

use quotation::Quotations;
use view::View;

/// A part of a page.
struct Section {
    /// Its anchor.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// Its content below the heading, in HTML; nothing where a page has no use for it.
    html: fn(&View<'_>, &mut Quotations) -> Result<Option<String>>,
}

/// The sections in the order of the page.
const SECTIONS: &[Section] = &[glance::SECTION, stakeholders::SECTION, transcript::SECTION];

/// A section that is laid out.
struct Part {
    id: String,
    title: &'static str,
    html: String,
}

/// The page in HTML.
///
/// # Errors
/// When a template cannot be filled in, which is a bug.
pub fn html(page: &Page) -> Result<String> {
    let mut parts = Vec::new();
    for view in View::all(page) {
        let mut quotations = Quotations::default();
        for section in SECTIONS {
            if let Some(html) = (section.html)(&view, &mut quotations)? {
                parts.push(Part { id: view.id(section.id), title: section.title, html });
            }
        }
    }
    frame::page(page, &parts)
}

/// A template, filled in.
fn filled(template: &impl askama::Template) -> Result<String> {
    template.render().map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
}
