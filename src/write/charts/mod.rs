//! Pictures: small static SVG of labels and numbers, to stand inside a page.
//!
//! Each file draws one kind. A picture brings its name and a description for those who do not see it,
//! and its numbers as a table; a page shows all of them. Markup is written in `markup` only, so that text
//! is escaped in one place. Colours come from the classes and the style sheet of the page (its policy
//! allows no `style` attribute), sums run in a fixed order, and places are rounded to a tenth.

mod bars;
mod graph;
mod heat_map;
mod label;
mod markup;
mod matrix;
mod seriation;
mod timeline;

pub use bars::{Bar, bars};
pub use graph::{Arrow, graph};
pub use heat_map::{HeatCell, heat_map};
pub use matrix::matrix;
pub use timeline::{Axis, Stretch, timeline};

use super::phrases::{Phrases, fill};
use label::cleaned;
use markup::Markup;

/// A voice in a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// What it is called.
    pub name: String,
    /// Whom it speaks for: the filter of a page goes by that.
    pub stakeholder: String,
}

/// A picture with its words and its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What the elements of the picture are called by; unique in a page.
    pub id: String,
    /// What it shows, as a heading.
    pub title: String,
    /// What there is to see, in a sentence or two: the alternative to the picture.
    pub description: String,
    /// The picture: one `svg` element, escaped and ready to stand in HTML.
    pub svg: String,
    /// The numbers it shows, and those it has no room for.
    pub table: ChartTable,
}

impl Chart {
    /// The picture's name in a phrase.
    pub(super) fn name_in(&self, phrase: &str) -> String {
        fill(phrase, &[("title", &self.title)])
    }
}

/// The numbers of a picture. Nothing in it is escaped yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChartTable {
    /// What the table holds.
    pub caption: String,
    /// The names of the columns; the first column names the row.
    pub header: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
}

/// How wide and high a picture is, and whether it follows the width of the page.
enum Size {
    /// As wide as the page has room, places across in per cent, and this many pixels high.
    Fluid(f64),
    /// From this place on this wide and high, in pixels; the page scrolls across where it has no room.
    Fixed(f64, f64, f64),
}

/// Puts a drawing into its `svg` element, with its name and description.
fn framed(
    phrases: &Phrases,
    id: &str,
    kind: &str,
    size: &Size,
    title: &str,
    description: &str,
    drawing: &Markup,
) -> String {
    let (title_id, description_id) = (format!("{id}-title"), format!("{id}-desc"));
    let class = format!("chart chart-{kind}");
    let labelled = format!("{title_id} {description_id}");
    let mut svg = Markup::default();
    let (width, height, view) = match *size {
        Size::Fluid(height) => ("100%".to_owned(), height, String::new()),
        Size::Fixed(left, width, height) => {
            (format!("{width:.0}"), height, format!("{left:.0} 0 {width:.0} {height:.0}"))
        }
    };
    let height = format!("{height:.0}");
    let mut attributes: Vec<(&str, &dyn std::fmt::Display)> = vec![
        ("class", &class),
        ("role", &"img"),
        ("aria-labelledby", &labelled),
        ("width", &width),
        ("height", &height),
        ("font-size", &label::FONT_SIZE),
        ("direction", &"ltr"),
    ];
    if !view.is_empty() {
        attributes.push(("viewBox", &view));
    }
    svg.open("svg", &attributes);
    svg.text("title", &[("id", &title_id)], &cleaned(phrases, title));
    svg.text("desc", &[("id", &description_id)], &cleaned(phrases, description));
    svg.append(drawing);
    svg.close("svg");
    svg.finish()
}

/// A share between 0 and 1 in per cent.
fn percent(phrases: &Phrases, share: f64) -> String {
    let per_cent = 100.0 * share;
    let figure = match per_cent > 0.0 && per_cent < 0.1 {
        true => "<0.1\u{a0}%".to_owned(),
        false => format!("{per_cent:.1}\u{a0}%"),
    };
    phrases.decimal(&figure)
}

/// A share in whole per cent, for where there is little room.
fn whole_percent(share: f64) -> String {
    let per_cent = 100.0 * share;
    if per_cent > 0.0 && per_cent < 1.0 { "<1%".to_owned() } else { format!("{per_cent:.0}%") }
}

/// What a picture leaves out for want of room, as a sentence; empty where it leaves out nothing.
fn left_out(phrases: &Phrases, n_all: usize, n_shown: usize, counted: &str) -> String {
    match n_all.saturating_sub(n_shown) {
        0 => String::new(),
        n_left => {
            let left = phrases.counted(counted, n_left as u64);
            format!(" {}", fill(phrases.no_room, &[("n", &left)]))
        }
    }
}

/// The numbers that a picture can draw: anything else counts as nothing.
fn drawable(value: f64) -> f64 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests;
