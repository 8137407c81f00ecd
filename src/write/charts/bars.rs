//! Shares as bars, one below the other, each under its name so that a phone shows them as well.

use super::label::{FONT_SIZE, cleaned, shortened};
use super::markup::{Markup, across, px};
use super::{Chart, ChartTable, Phrases, Size, drawable, fill, framed, left_out, percent};

/// Bars in a picture at most; the table has all.
const MAX_BARS: usize = 40;
const ROW: f64 = 38.0;
const BAR: f64 = 12.0;

/// A share of a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Whose share it is.
    pub name: String,
    /// The share, 0 to 1.
    pub share: f64,
    /// The share in figures, such as `1,200 words`.
    pub figures: String,
    /// Whether it stands back: somebody who steers the session and takes no part in it.
    pub is_quiet: bool,
}

/// Who holds how much of the floor; `bars` in the order they are to stand in.
pub fn bars(phrases: &Phrases, id: &str, bars: &[Bar]) -> Chart {
    let shown = bars.get(..MAX_BARS.min(bars.len())).unwrap_or(bars);
    let mut drawing = Markup::default();
    for (index, bar) in shown.iter().enumerate() {
        draw(phrases, &mut drawing, bar, index as f64 * ROW);
    }
    let title = phrases.floor;
    let description = described(phrases, bars, shown.len());
    let height = ROW * shown.len().max(1) as f64;
    Chart {
        id: id.to_owned(),
        svg: framed(phrases, id, "bars", &Size::Fluid(height), title, &description, &drawing),
        title: title.to_owned(),
        description,
        table: table(phrases, bars),
    }
}

fn draw(phrases: &Phrases, drawing: &mut Markup, bar: &Bar, top: f64) {
    let length = drawable(bar.share).min(1.0);
    let hover = format!("{}: {}, {}", cleaned(phrases, &bar.name), percent(phrases, bar.share), bar.figures);
    let baseline = top + f64::from(FONT_SIZE) + 2.0;
    let class = if bar.is_quiet { "bar quiet" } else { "bar" };
    drawing.open("g", &[("class", &class), ("data-stakeholder", &bar.name)]);
    drawing.text("title", &[], &hover);
    drawing.text("text", &[("x", &0), ("y", &px(baseline))], &shortened(phrases, &bar.name, 250.0));
    drawing.text(
        "text",
        &[("x", &"100%"), ("y", &px(baseline)), ("text-anchor", &"end"), ("class", &"figure")],
        &percent(phrases, bar.share),
    );
    let y = px(top + 20.0);
    drawing.empty(
        "rect",
        &[("class", &"track"), ("x", &0), ("y", &y), ("width", &"100%"), ("height", &px(BAR)), ("rx", &2)],
    );
    drawing.empty(
        "rect",
        &[
            ("class", &"fill"),
            ("x", &0),
            ("y", &y),
            ("width", &across(length)),
            ("height", &px(BAR)),
            ("rx", &2),
        ],
    );
    drawing.close("g");
}

fn described(phrases: &Phrases, bars: &[Bar], n_shown: usize) -> String {
    let Some(first) = bars.iter().max_by(|a, b| a.share.total_cmp(&b.share)) else {
        return phrases.nobody_speaks.to_owned();
    };
    let name = cleaned(phrases, &first.name);
    let (n, share) = (bars.len().to_string(), percent(phrases, first.share));
    let phrase = if bars.len() > 1 { phrases.holds_most } else { phrases.holds };
    let most = fill(phrase, &[("n", &n), ("name", &name), ("share", &share)]);
    let left = left_out(phrases, bars.len(), n_shown, phrases.n_names);
    format!("{most} {}{left}", phrases.whole_width)
}

fn table(phrases: &Phrases, bars: &[Bar]) -> ChartTable {
    ChartTable {
        caption: phrases.floor.to_owned(),
        header: [phrases.name, phrases.share, phrases.figures].map(str::to_owned).to_vec(),
        rows: bars
            .iter()
            .map(|b| vec![cleaned(phrases, &b.name), percent(phrases, b.share), b.figures.clone()])
            .collect(),
    }
}
