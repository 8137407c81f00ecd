//! Who stands where on which issue: a square a stakeholder and issue, its colour and sign the stance, its
//! area how much of what the stakeholder said is about the issue.
//!
//! Blue and orange are told apart by all common kinds of colour blindness; the sign says the same again.

use crate::model::Stance;

use super::label::{cleaned, longest, shortened, width};
use super::markup::{Markup, px};
use super::{
    Chart, ChartTable, Phrases, Size, drawable, fill, framed, left_out, percent, seriation, whole_percent,
};

/// Rows and columns in a picture at most; the table has all.
const MAX_ROWS: usize = 60;
const MAX_COLUMNS: usize = 16;
const NAMES: f64 = 200.0;
/// A column is as wide as the page has room for between these two: the narrower still holds the largest square and
/// keeps slanted names apart.
const NARROWEST_COLUMN: f64 = 46.0;
const WIDEST_COLUMN: f64 = 62.0;
/// The page's column of text, 64rem in `page.css`; a wider picture has its last names behind the edge of what scrolls.
const PAGE: f64 = 1024.0;
const ROW: f64 = 52.0;
const SMALLEST: f64 = 16.0;
const LARGEST: f64 = 34.0;
const HEADING: f64 = 190.0;

/// What a stakeholder says on an issue.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeatCell {
    /// The stance it states; none where it states none.
    pub stance: Option<Stance>,
    /// Share of its words that are about the issue, 0 to 1.
    pub salience: f64,
    /// Its sentences on the issue; 0 where it does not speak of it.
    pub n_sentences: u64,
    /// Words of its own that show the stance; empty where none do.
    pub words: String,
}

/// A cell of a stakeholder that does not speak of the issue.
static SILENT: HeatCell = HeatCell { stance: None, salience: 0.0, n_sentences: 0, words: String::new() };

/// Where each stakeholder stands on each issue: `cells` has a row a stakeholder and a cell an issue. Those who
/// stand alike stand beside each other; who takes no stance comes last.
pub fn heat_map(
    phrases: &Phrases,
    id: &str,
    stakeholders: &[String],
    issues: &[String],
    cells: &[Vec<HeatCell>],
) -> Chart {
    let n_rows = stakeholders.len().min(MAX_ROWS);
    let n_columns = issues.len().min(MAX_COLUMNS);
    let order = in_blocs(stakeholders.len(), cells);
    let names: Vec<String> = order.iter().filter_map(|&at| stakeholders.get(at)).cloned().collect();
    let stakeholders = names.as_slice();
    let cell = |row: usize, column: usize| -> &HeatCell {
        let cells = order.get(row).and_then(|&at| cells.get(at));
        cells.and_then(|cells| cells.get(column)).unwrap_or(&SILENT)
    };
    let shown = (0..n_rows).flat_map(|row| (0..n_columns).map(move |column| (row, column)));
    let most = shown.map(|(row, column)| drawable(cell(row, column).salience)).fold(0.0, f64::max);
    let headings: Vec<f64> = issues
        .iter()
        .take(n_columns)
        .map(|name| slanted(width(&shortened(phrases, name, HEADING))))
        .collect();
    let heading = headings.iter().copied().fold(20.0, f64::max);
    let longest = longest(phrases, stakeholders, n_rows, NAMES - 12.0) + 12.0;
    let column_width = column_width(&headings, PAGE - longest);
    let left = |column: usize| NAMES + column as f64 * column_width;
    let mut drawing = Markup::default();
    for (column, issue) in issues.iter().enumerate().take(n_columns) {
        draw_heading(phrases, &mut drawing, issue, (left(column) + column_width / 2.0, heading));
    }
    for (row, stakeholder) in stakeholders.iter().enumerate().take(n_rows) {
        let top = heading + 8.0 + row as f64 * ROW;
        draw_name(phrases, &mut drawing, stakeholder, top, left(n_columns));
        for (column, issue) in issues.iter().enumerate().take(n_columns) {
            let cell = cell(row, column);
            let hover = format!(
                "{}, {}: {}",
                cleaned(phrases, stakeholder),
                cleaned(phrases, issue),
                in_words(phrases, cell)
            );
            let about = (stakeholder.as_str(), issue.as_str());
            draw_cell(&mut drawing, cell, about, &hover, (top, left(column), column_width), most);
        }
    }
    let across = longest + reach(&headings, column_width);
    let size = Size::Fixed(NAMES - longest, across, heading + 10.0 + n_rows as f64 * ROW);
    let title = phrases.stance_matrix;
    let description = described(phrases, stakeholders, issues, &cell);
    Chart {
        id: id.to_owned(),
        svg: framed(phrases, id, "heat", &size, title, &description, &drawing),
        title: title.to_owned(),
        description,
        table: table(phrases, stakeholders, issues, &cell),
    }
}

/// The rows so that those who stand alike stand beside each other, the greatest bloc's first name where it is;
/// rows without a stance last, as they come.
fn in_blocs(n_rows: usize, cells: &[Vec<HeatCell>]) -> Vec<usize> {
    let takes_stance =
        |row: &usize| cells.get(*row).is_some_and(|row| row.iter().any(|c| c.stance.is_some()));
    // The picture has room for so many; the others keep their order.
    let (shown, rest): (Vec<usize>, Vec<usize>) = (0..n_rows).partition(|row| *row < MAX_ROWS);
    let (standing, silent): (Vec<usize>, Vec<usize>) = shown.into_iter().partition(takes_stance);
    let alike = |a: usize, b: usize| {
        let both = cells.get(a).into_iter().flatten().zip(cells.get(b).into_iter().flatten());
        let pairs = both.filter_map(|(a, b)| Some(closeness(a.stance?, b.stance?)));
        // A sum, so that those who stand alike on much are closer than those who do on one issue.
        Some(pairs.sum::<f64>())
    };
    let rows: Vec<Vec<Option<f64>>> =
        standing.iter().map(|&a| standing.iter().map(|&b| alike(a, b)).collect()).collect();
    let order = seriation::order(&rows).into_iter().filter_map(|at| standing.get(at).copied());
    order.chain(silent).chain(rest).collect()
}

/// How close two stances are, −1 to 1. Set by hand so that the worried stand between both camps, nearer to those
/// against.
fn closeness(a: Stance, b: Stance) -> f64 {
    match (a, b) {
        _ if a == b => 1.0,
        (Stance::Support, Stance::Oppose) | (Stance::Oppose, Stance::Support) => -1.0,
        (Stance::Concern, Stance::Oppose) | (Stance::Oppose, Stance::Concern) => 0.5,
        (Stance::Concern, Stance::Support) | (Stance::Support, Stance::Concern) => -0.5,
        _ => 0.0,
    }
}

/// How high and how wide a text of this width is at 45 degrees.
fn slanted(width: f64) -> f64 {
    width * std::f64::consts::FRAC_1_SQRT_2 + 14.0
}

/// How wide columns are so that they and their slanted headings, which take so much each, have room.
fn column_width(headings: &[f64], room: f64) -> f64 {
    let fits = |(column, heading): (usize, &f64)| (room - heading) / (column as f64 + 0.5);
    let widest = headings.iter().enumerate().map(fits).fold(room / headings.len().max(1) as f64, f64::min);
    widest.clamp(NARROWEST_COLUMN, WIDEST_COLUMN)
}

/// How far to the right columns and headings go.
fn reach(headings: &[f64], column_width: f64) -> f64 {
    let ends =
        headings.iter().enumerate().map(|(column, heading)| (column as f64 + 0.5) * column_width + heading);
    ends.fold(headings.len() as f64 * column_width, f64::max)
}

fn draw_heading(phrases: &Phrases, drawing: &mut Markup, issue: &str, (x, y): (f64, f64)) {
    let turned = format!("translate({} {}) rotate(-45)", px(x), px(y));
    drawing.open("g", &[("transform", &turned)]);
    drawing.text("title", &[], &cleaned(phrases, issue));
    drawing.text("text", &[("x", &0), ("y", &0)], &shortened(phrases, issue, HEADING));
    drawing.close("g");
}

fn draw_name(phrases: &Phrases, drawing: &mut Markup, name: &str, top: f64, right: f64) {
    let right = px(right);
    drawing
        .empty("line", &[("class", &"rule"), ("x1", &0), ("x2", &right), ("y1", &px(top)), ("y2", &px(top))]);
    drawing.open("g", &[]);
    drawing.text("title", &[], &cleaned(phrases, name));
    let y = px(top + ROW / 2.0 + 4.0);
    let x = px(NAMES - 10.0);
    drawing.text(
        "text",
        &[("x", &x), ("y", &y), ("text-anchor", &"end")],
        &shortened(phrases, name, NAMES - 12.0),
    );
    drawing.close("g");
}

fn draw_cell(
    drawing: &mut Markup,
    cell: &HeatCell,
    (stakeholder, issue): (&str, &str),
    hover: &str,
    (top, left, width): (f64, f64, f64),
    most: f64,
) {
    drawing.open(
        "g",
        &[
            ("class", &format!("cell {}", class(cell))),
            ("data-stakeholder", &stakeholder),
            ("data-issue", &issue),
            ("data-stance", &Stance::name_or_empty(cell.stance)),
        ],
    );
    drawing.text("title", &[], hover);
    // What a pointer can rest on, also where nothing is drawn.
    drawing.empty(
        "rect",
        &[
            ("class", &"ground"),
            ("x", &px(left)),
            ("y", &px(top)),
            ("width", &px(width)),
            ("height", &px(ROW)),
        ],
    );
    if cell.n_sentences > 0 {
        let share = if most > 0.0 { drawable(cell.salience) / most } else { 0.0 };
        let side = (LARGEST * share.sqrt()).max(SMALLEST);
        let (x, y) = (left + width / 2.0, top + 3.0 + LARGEST / 2.0);
        let (at_x, at_y) = (px(x - side / 2.0), px(y - side / 2.0));
        drawing.empty(
            "rect",
            &[
                ("class", &"stance"),
                ("x", &at_x),
                ("y", &at_y),
                ("width", &px(side)),
                ("height", &px(side)),
                ("rx", &3),
            ],
        );
        let middle = [("x", px(x)), ("text-anchor", "middle".to_owned())];
        let [(a, b), (c, d)] = &middle;
        drawing.text("text", &[("class", &"sign"), (a, b), (c, d), ("y", &px(y + 4.5))], sign(cell.stance));
        let below = px(top + ROW - 5.0);
        drawing.text(
            "text",
            &[("class", &"figure"), (a, b), (c, d), ("y", &below), ("font-size", &11)],
            &whole_percent(cell.salience),
        );
    }
    drawing.close("g");
}

/// The sign of a stance: what colours say, once more.
fn sign(stance: Option<Stance>) -> &'static str {
    match stance {
        Some(Stance::Support) => "+",
        Some(Stance::Oppose) => "−",
        Some(Stance::Concern) => "!",
        Some(Stance::Mixed) => "±",
        None => "·",
    }
}

fn class(cell: &HeatCell) -> &'static str {
    match (cell.stance, cell.n_sentences) {
        (_, 0) => "silent",
        (Some(stance), _) => stance.name(),
        (None, _) => "unstated",
    }
}

fn in_words(phrases: &Phrases, cell: &HeatCell) -> String {
    if cell.n_sentences == 0 {
        return phrases.does_not_speak.to_owned();
    }
    let stance = cell.stance.map_or(phrases.no_stance, |stance| phrases.stance_name(Some(stance)));
    let sentences = phrases.counted(phrases.n_sentences, cell.n_sentences);
    let said = if cell.words.is_empty() {
        String::new()
    } else {
        format!(": “{}”", cleaned(phrases, &cell.words))
    };
    let share = percent(phrases, cell.salience);
    let size = fill(phrases.share_of_its_words, &[("sentences", &sentences), ("share", &share)]);
    format!("{stance}, {size}{said}")
}

fn described<'c>(
    phrases: &Phrases,
    stakeholders: &[String],
    issues: &[String],
    cell: &dyn Fn(usize, usize) -> &'c HeatCell,
) -> String {
    let all =
        || (0..stakeholders.len()).flat_map(|row| (0..issues.len()).map(move |column| cell(row, column)));
    let n_of = |stance: Option<Stance>| all().filter(|c| c.n_sentences > 0 && c.stance == stance).count();
    let figures = [
        (n_of(Some(Stance::Support)), phrases.support, "+"),
        (n_of(Some(Stance::Oppose)), phrases.oppose, "−"),
        (n_of(Some(Stance::Concern)), phrases.concern, "!"),
        (n_of(Some(Stance::Mixed)), phrases.mixed, "±"),
        (n_of(None), phrases.without_a_stance, "·"),
    ];
    let figures: Vec<String> = figures
        .iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, what, sign)| format!("{n} {what} ({sign})"))
        .collect();
    let figures = if figures.is_empty() { phrases.nobody_on_issue.to_owned() } else { figures.join(", ") };
    let n_stakeholders = phrases.counted(phrases.n_stakeholders, stakeholders.len() as u64);
    let n_issues = phrases.counted(phrases.n_issues, issues.len() as u64);
    let size = fill(
        phrases.stakeholders_by_issues,
        &[("stakeholders", &n_stakeholders), ("issues", &n_issues), ("figures", &figures)],
    );
    let rows = left_out(phrases, stakeholders.len(), MAX_ROWS, phrases.n_stakeholders);
    let columns = left_out(phrases, issues.len(), MAX_COLUMNS, phrases.n_issues);
    format!("{size} {}{rows}{columns}", phrases.larger_squares)
}

fn table<'c>(
    phrases: &Phrases,
    stakeholders: &[String],
    issues: &[String],
    cell: &dyn Fn(usize, usize) -> &'c HeatCell,
) -> ChartTable {
    let row = |(row, name): (usize, &String)| {
        let cells = (0..issues.len()).map(|column| in_words(phrases, cell(row, column)));
        std::iter::once(cleaned(phrases, name)).chain(cells).collect()
    };
    ChartTable {
        caption: phrases.matrix_numbers.to_owned(),
        header: std::iter::once(phrases.stakeholder.to_owned())
            .chain(issues.iter().map(|i| cleaned(phrases, i)))
            .collect(),
        rows: stakeholders.iter().enumerate().map(row).collect(),
    }
}
