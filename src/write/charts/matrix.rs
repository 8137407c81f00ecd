//! Likeness of each two as a matrix, ordered so that likes stand beside likes.

use super::label::{cleaned, longest, shortened};
use super::markup::{Markup, px};
use super::{Chart, ChartTable, Phrases, Size, drawable, fill, framed, left_out, seriation};

/// Rows in a picture at most, the first of those given.
const MAX_ROWS: usize = 40;
const NAMES: f64 = 210.0;
const CELL: f64 = 34.0;
/// Shades between nothing and the largest value.
const SHADES: f64 = 5.0;

/// How alike the vocabularies of each two are: a row and a cell a name, 0 to 1, `None` where unknown.
pub fn matrix(phrases: &Phrases, id: &str, names: &[String], alike: &[Vec<Option<f64>>]) -> Chart {
    let n_shown = names.len().min(MAX_ROWS);
    let known = |row: usize, column: usize| -> Option<f64> {
        alike.get(row).and_then(|row| row.get(column)).copied().flatten().filter(|value| value.is_finite())
    };
    let part: Vec<Vec<Option<f64>>> =
        (0..n_shown).map(|row| (0..n_shown).map(|column| known(row, column)).collect()).collect();
    let order = seriation::order(&part);
    let most = pairs(&order).filter_map(|(a, b)| known(a, b)).fold(0.0, f64::max);
    let mut drawing = Markup::default();
    for (row, &index) in order.iter().enumerate() {
        let top = CELL * (row as f64 + 0.75);
        draw_name(phrases, &mut drawing, names, index, row, top);
        for (column, &other) in order.iter().enumerate() {
            let left = NAMES + CELL * column as f64;
            draw_cell(phrases, &mut drawing, (names, index, other), known(index, other), (left, top), most);
        }
    }
    let (side, room) = (n_shown as f64 * CELL, longest(phrases, names, n_shown, NAMES - 34.0) + 34.0);
    let title = phrases.likeness;
    let description = described(phrases, names, &order, &known);
    Chart {
        id: id.to_owned(),
        svg: framed(
            phrases,
            id,
            "matrix",
            &Size::Fixed(NAMES - room, room + side + 2.0, side + CELL * 0.75 + 2.0),
            title,
            &description,
            &drawing,
        ),
        title: title.to_owned(),
        description,
        table: table(phrases, names, &order, &known),
    }
}

/// Each two different ones, in the order they stand in.
fn pairs(order: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    order.iter().enumerate().flat_map(|(at, &a)| order.iter().skip(at + 1).map(move |&b| (a, b)))
}

fn name(phrases: &Phrases, names: &[String], index: usize) -> String {
    names.get(index).map(|name| cleaned(phrases, name)).unwrap_or_default()
}

fn draw_name(phrases: &Phrases, drawing: &mut Markup, names: &[String], index: usize, row: usize, top: f64) {
    let number = row + 1;
    let y = px(top + CELL / 2.0 + 4.5);
    drawing.open("g", &[]);
    drawing.text("title", &[], &name(phrases, names, index));
    drawing.text(
        "text",
        &[("x", &px(NAMES - 8.0)), ("y", &y), ("text-anchor", &"end")],
        &format!("{} {number}", shortened(phrases, &name(phrases, names, index), NAMES - 34.0)),
    );
    drawing.close("g");
    let x = px(NAMES + CELL * (row as f64 + 0.5));
    drawing.text("text", &[("x", &x), ("y", &"16"), ("text-anchor", &"middle")], &number.to_string());
}

fn draw_cell(
    phrases: &Phrases,
    drawing: &mut Markup,
    (names, row, column): (&[String], usize, usize),
    value: Option<f64>,
    (left, top): (f64, f64),
    most: f64,
) {
    let (a, b) = (name(phrases, names, row), name(phrases, names, column));
    let both = fill(phrases.two, &[("a", &a), ("b", &b)]);
    let hover = format!("{both}: {}", figure(phrases, value));
    let shade = match (row == column, value) {
        (true, _) => "self".to_owned(),
        (false, None) => "unknown".to_owned(),
        (false, Some(value)) => format!("shade-{}", shade(value, most)),
    };
    drawing.open("g", &[("class", &format!("cell {shade}"))]);
    drawing.text("title", &[], &hover);
    drawing.empty(
        "rect",
        &[
            ("x", &px(left + 0.5)),
            ("y", &px(top + 0.5)),
            ("width", &px(CELL - 1.0)),
            ("height", &px(CELL - 1.0)),
        ],
    );
    if row != column {
        let shown = value.map_or("–".to_owned(), |value| phrases.decimal(&short_figure(value)));
        let (x, y) = (px(left + CELL / 2.0), px(top + CELL / 2.0 + 4.0));
        drawing.text("text", &[("x", &x), ("y", &y), ("text-anchor", &"middle"), ("font-size", &11)], &shown);
    }
    drawing.close("g");
}

/// The shade of a value, 0 to 5, in equal steps up to the largest.
fn shade(value: f64, most: f64) -> u32 {
    if most > 0.0 { (SHADES * (drawable(value) / most).min(1.0)).round() as u32 } else { 0 }
}

/// A value between 0 and 1 without its leading 0, as is usual where there is little room.
fn short_figure(value: f64) -> String {
    let figure = format!("{value:.2}");
    figure.strip_prefix('0').map_or(figure.clone(), str::to_owned)
}

fn figure(phrases: &Phrases, value: Option<f64>) -> String {
    value.map_or_else(|| phrases.unknown.to_owned(), |value| phrases.decimal(&format!("{value:.2}")))
}

fn described(
    phrases: &Phrases,
    names: &[String],
    order: &[usize],
    known: &dyn Fn(usize, usize) -> Option<f64>,
) -> String {
    let mut best: Option<(usize, usize, f64)> = None;
    for (a, b) in pairs(order) {
        if let Some(value) = known(a, b).filter(|&value| best.is_none_or(|(_, _, most)| value > most)) {
            best = Some((a, b, value));
        }
    }
    let most = match best {
        None => phrases.none_to_compare.to_owned(),
        Some((a, b, value)) => {
            let (a, b) = (name(phrases, names, a), name(phrases, names, b));
            let value = phrases.decimal(&format!("{value:.2}"));
            fill(phrases.most_alike, &[("a", &a), ("b", &b), ("value", &value)])
        }
    };
    let left = left_out(phrases, names.len(), order.len(), phrases.n_stakeholders);
    format!("{most} {}{left}", phrases.not_agreement)
}

fn table(
    phrases: &Phrases,
    names: &[String],
    order: &[usize],
    known: &dyn Fn(usize, usize) -> Option<f64>,
) -> ChartTable {
    let row = |(number, &index): (usize, &usize)| {
        let cells = order.iter().map(|&other| figure(phrases, known(index, other)));
        std::iter::once(format!("{} {}", number + 1, name(phrases, names, index))).chain(cells).collect()
    };
    let columns =
        order.iter().enumerate().map(|(n, &index)| format!("{} {}", n + 1, name(phrases, names, index)));
    ChartTable {
        caption: phrases.cosine.to_owned(),
        header: std::iter::once(phrases.stakeholder.to_owned()).chain(columns).collect(),
        rows: order.iter().enumerate().map(row).collect(),
    }
}
