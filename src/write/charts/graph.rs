//! Who speaks of whom: names on a circle, an arrow from each to those it speaks of.
//!
//! The kind of reference is told by colour and by the dashes of the line, the number by its width. Arrows
//! bend to the left of their way, so that one there and one back do not cover each other.

use std::f64::consts::{PI, TAU};

use crate::model::ReferenceKind;

use super::label::{cleaned, longest, shortened};
use super::markup::{Markup, px};
use super::{Chart, ChartTable, Phrases, Size, Voice, fill, framed, left_out};

/// Names in a picture at most: those with the most references.
const MAX_NAMES: usize = 24;
const NAMES: f64 = 170.0;
const WIDTH: f64 = 720.0;
const DOT: f64 = 7.0;

/// References from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrow {
    /// Index of who speaks.
    pub from: usize,
    /// Index of who is spoken of.
    pub to: usize,
    /// What is said of it.
    pub kind: ReferenceKind,
    /// How often.
    pub count: u64,
}

/// Who speaks of whom; an arrow is a pair of indices in `voices`, and others are left out.
pub fn graph(phrases: &Phrases, id: &str, voices: &[Voice], arrows: &[Arrow]) -> Chart {
    let names: Vec<String> = voices.iter().map(|voice| voice.name.clone()).collect();
    let names = names.as_slice();
    let arrows: Vec<Arrow> = arrows.iter().copied().filter(|arrow| is_drawable(arrow, names.len())).collect();
    let named = most_referred(names.len(), &arrows);
    let shown = named.get(..MAX_NAMES.min(named.len())).unwrap_or(&named);
    let mut circle = shown.to_vec();
    circle.sort_unstable();
    let layout = Layout::new(circle);
    let mut drawing = Markup::default();
    for arrow in &arrows {
        draw_arrow(phrases, &mut drawing, voices, arrow, &arrows, &layout);
    }
    for at in 0..layout.circle.len() {
        draw_name(phrases, &mut drawing, voices, at, &layout);
    }
    let title = phrases.references;
    let description = described(phrases, names, &arrows, named.len(), shown.len());
    let on_circle: Vec<String> = layout.circle.iter().map(|&index| name(phrases, names, index)).collect();
    let half = layout.radius + 20.0 + longest(phrases, &on_circle, on_circle.len(), NAMES - 20.0);
    let size = Size::Fixed(WIDTH / 2.0 - half, 2.0 * half, 2.0 * layout.radius + 60.0);
    Chart {
        id: id.to_owned(),
        svg: framed(phrases, id, "graph", &size, title, &description, &drawing),
        title: title.to_owned(),
        description,
        table: table(phrases, names, &arrows),
    }
}

fn is_drawable(arrow: &Arrow, n_names: usize) -> bool {
    arrow.from != arrow.to && arrow.from < n_names && arrow.to < n_names && arrow.count > 0
}

/// Those that refer or are referred to, the most often first.
fn most_referred(n_names: usize, arrows: &[Arrow]) -> Vec<usize> {
    let mut degrees = vec![0_u64; n_names];
    for arrow in arrows {
        degrees[arrow.from] = degrees[arrow.from].saturating_add(arrow.count);
        degrees[arrow.to] = degrees[arrow.to].saturating_add(arrow.count);
    }
    let mut named: Vec<usize> = (0..n_names).filter(|&index| degrees[index] > 0).collect();
    named.sort_by_key(|&index| std::cmp::Reverse(degrees[index]));
    named
}

/// Where the names stand: the first at the top, the others clockwise.
struct Layout {
    circle: Vec<usize>,
    radius: f64,
}

impl Layout {
    fn new(circle: Vec<usize>) -> Self {
        let radius = (24.0 * circle.len() as f64 / PI + 60.0).clamp(90.0, (WIDTH - 2.0 * NAMES) / 2.0);
        Layout { circle, radius }
    }

    fn angle(&self, at: usize) -> f64 {
        TAU * at as f64 / self.circle.len().max(1) as f64 - PI / 2.0
    }

    fn place(&self, at: usize, radius: f64) -> (f64, f64) {
        let angle = self.angle(at);
        let (x, y) = (libm::cos(angle), libm::sin(angle));
        (WIDTH / 2.0 + radius * x, self.radius + 30.0 + radius * y)
    }

    fn of(&self, index: usize) -> Option<usize> {
        self.circle.iter().position(|&on| on == index)
    }
}

fn draw_name(phrases: &Phrases, drawing: &mut Markup, voices: &[Voice], at: usize, layout: &Layout) {
    let voice = layout.circle.get(at).and_then(|&index| voices.get(index));
    let (name, stakeholder) = voice.map_or(("", ""), |voice| (&voice.name, &voice.stakeholder));
    let (x, y) = layout.place(at, layout.radius);
    let (label_x, label_y) = layout.place(at, layout.radius + 16.0);
    let side = label_x - WIDTH / 2.0;
    let (anchor, room) = match () {
        () if side > 20.0 => ("start", NAMES - 20.0),
        () if side < -20.0 => ("end", NAMES - 20.0),
        () => ("middle", 2.0 * NAMES),
    };
    drawing.open("g", &[("class", &"node"), ("data-stakeholder", &stakeholder)]);
    drawing.text("title", &[], &cleaned(phrases, name));
    drawing.empty("circle", &[("cx", &px(x)), ("cy", &px(y)), ("r", &px(DOT))]);
    drawing.text(
        "text",
        &[("x", &px(label_x)), ("y", &px(label_y + 4.5)), ("text-anchor", &anchor)],
        &shortened(phrases, name, room),
    );
    drawing.close("g");
}

fn draw_arrow(
    phrases: &Phrases,
    drawing: &mut Markup,
    voices: &[Voice],
    arrow: &Arrow,
    all: &[Arrow],
    layout: &Layout,
) {
    let (Some(from), Some(to)) = (layout.of(arrow.from), layout.of(arrow.to)) else { return };
    // Arrows of several kinds between the same two bend differently.
    let beside =
        all.iter().filter(|a| (a.from, a.to) == (arrow.from, arrow.to) && a.kind < arrow.kind).count();
    let bend = 0.12 + 0.1 * beside as f64;
    let (start, end) = (layout.place(from, layout.radius), layout.place(to, layout.radius));
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let control = ((start.0 + end.0) / 2.0 + bend * dy, (start.1 + end.1) / 2.0 - bend * dx);
    let thick = 1.2 + 0.9 * (arrow.count.min(100) as f64).sqrt();
    let (tip, base, wings) = head(control, end, thick);
    let start = towards(start, control, DOT + 2.0);
    let path = format!(
        "M{} {}Q{} {} {} {}",
        px(start.0),
        px(start.1),
        px(control.0),
        px(control.1),
        px(base.0),
        px(base.1)
    );
    let head = [wings.0, tip, wings.1].map(|(x, y)| format!("{},{}", px(x), px(y))).join(" ");
    let dashes = match arrow.kind {
        ReferenceKind::Agree => "none",
        ReferenceKind::Disagree => "8 5",
        ReferenceKind::Mention => "2 4",
    };
    // An arrow is what its voice says, as its quotations are.
    let stakeholder = voices.get(arrow.from).map_or("", |voice| &voice.stakeholder);
    let class = format!("arrow {}", arrow.kind);
    drawing.open("g", &[("class", &class), ("data-stakeholder", &stakeholder)]);
    let names = [arrow.from, arrow.to].map(|at| voices.get(at).map_or("", |voice| &voice.name));
    drawing.text("title", &[], &in_words(phrases, names, arrow));
    drawing.empty(
        "path",
        &[("d", &path), ("fill", &"none"), ("stroke-width", &px(thick)), ("stroke-dasharray", &dashes)],
    );
    drawing.empty("polygon", &[("points", &head)]);
    drawing.close("g");
}

type Point = (f64, f64);

/// The point at a distance from `from` on the way to `to`.
fn towards(from: Point, to: Point, distance: f64) -> Point {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt().max(1e-9);
    (from.0 + dx / length * distance, from.1 + dy / length * distance)
}

/// The tip of an arrow's head that ends at a dot, the middle of its base, and its wings.
fn head(control: Point, end: Point, thick: f64) -> (Point, Point, (Point, Point)) {
    let size = 5.0 + 1.6 * thick;
    let tip = towards(end, control, DOT + 1.0);
    let base = towards(end, control, DOT + 1.0 + size);
    let (dx, dy) = ((tip.0 - base.0) / size, (tip.1 - base.1) / size);
    let half = size * 0.5;
    let wings = ((base.0 - dy * half, base.1 + dx * half), (base.0 + dy * half, base.1 - dx * half));
    (tip, base, wings)
}

fn name(phrases: &Phrases, names: &[String], index: usize) -> String {
    names.get(index).map(|name| cleaned(phrases, name)).unwrap_or_default()
}

fn in_words(phrases: &Phrases, names: [&str; 2], arrow: &Arrow) -> String {
    let [from, to] = names.map(|name| cleaned(phrases, name));
    let phrase = match arrow.kind {
        ReferenceKind::Agree => phrases.agrees_with,
        ReferenceKind::Disagree => phrases.disagrees_with,
        ReferenceKind::Mention => phrases.speaks_of,
    };
    let said = fill(phrase, &[("from", &from), ("to", &to)]);
    format!("{said}: {}", phrases.counted(phrases.n_times, arrow.count))
}

fn described(
    phrases: &Phrases,
    names: &[String],
    arrows: &[Arrow],
    n_named: usize,
    n_shown: usize,
) -> String {
    if arrows.is_empty() {
        return phrases.nobody_refers.to_owned();
    }
    let n_of =
        |kind| arrows.iter().filter(|a| a.kind == kind).fold(0_u64, |sum, a| sum.saturating_add(a.count));
    let mut received: Vec<(usize, u64)> = Vec::new();
    for arrow in arrows {
        match received.iter_mut().find(|(to, _)| *to == arrow.to) {
            Some((_, n)) => *n = n.saturating_add(arrow.count),
            None => received.push((arrow.to, arrow.count)),
        }
    }
    received.sort_by_key(|&(to, n)| (std::cmp::Reverse(n), to));
    let most = received.first().map_or_else(String::new, |&(to, n)| {
        let (name, times) = (name(phrases, names, to), phrases.counted(phrases.n_times, n));
        format!(" {}", fill(phrases.most_referred, &[("name", &name), ("times", &times)]))
    });
    let kinds = [ReferenceKind::Agree, ReferenceKind::Disagree, ReferenceKind::Mention].map(n_of);
    let all = kinds.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    let [agree, disagree, mention] = kinds.map(|n| phrases.number(n));
    let all = phrases.counted(phrases.n_references, all);
    let values = [("references", &*all), ("agree", &agree), ("disagree", &disagree), ("mention", &mention)];
    let kinds = fill(phrases.references_of_kinds, &values);
    format!("{kinds}{most}{}", left_out(phrases, n_named, n_shown, phrases.n_names))
}

fn table(phrases: &Phrases, names: &[String], arrows: &[Arrow]) -> ChartTable {
    let row = |arrow: &Arrow| {
        let (from, to) = (name(phrases, names, arrow.from), name(phrases, names, arrow.to));
        let kind = match arrow.kind {
            ReferenceKind::Agree => phrases.kind_agree,
            ReferenceKind::Disagree => phrases.kind_disagree,
            ReferenceKind::Mention => phrases.kind_mention,
        };
        vec![from, to, kind.to_owned(), arrow.count.to_string()]
    };
    ChartTable {
        caption: phrases.references_table.to_owned(),
        header: [phrases.from, phrases.to, phrases.kind, phrases.times].map(str::to_owned).to_vec(),
        rows: arrows.iter().map(row).collect(),
    }
}
