//! Runs of characters as lines of text: columns in order, paragraphs apart, page heads and feet known.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns;
use super::content::Run;
use super::direction::in_reading_order;
use crate::read::spaces::is_collapsed;

/// A gap between two runs that is a space, as a part of the size of the characters. Spaces are about .25 wide and
/// stretched or shrunk by a third where lines are set flush.
const SPACE: f64 = 0.15;
/// How far base lines of one line may differ, as a part of the size: raised numbers of notes stand within it.
const SAME_LINE: f64 = 0.4;
/// The distance of two lines from which they are two paragraphs, as a multiple of the usual distance.
const PARAGRAPH: f64 = 1.3;
/// Fewest lines that are numbered on a page of numbered lines.
const FEWEST_NUMBERED: usize = 8;
/// Most lines of a page's head or foot: those of councils repeat the title of the agenda item.
const MAX_FURNITURE: usize = 12;

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// What stands on it.
    pub text: String,
    /// Whether it is the page's and not the text's: a head, a foot, a number.
    pub is_furniture: bool,
    /// Whether it stands apart from the line above.
    pub begins_paragraph: bool,
}

/// A line with its place on the page.
#[derive(Debug, Clone)]
struct Placed {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    text: String,
    is_artifact: bool,
}

/// Runs on the same base line, from left to right.
pub(super) type Row = Vec<Run>;

/// The lines of all pages.
pub(super) fn lines(pages: Vec<Vec<Run>>) -> Vec<Line> {
    let pages: Vec<Page> = pages.into_iter().map(Page::new).collect();
    let furniture = furniture(&pages);
    let mut is_numbered = false;
    let mut lines: Vec<Line> = Vec::new();
    let mut sentence_ended = true;
    for (page, furniture) in pages.into_iter().zip(furniture) {
        let (mut heads, mut feet, mut rest) = (Vec::new(), Vec::new(), Vec::with_capacity(page.rows.len()));
        for (at, row) in page.rows.into_iter().enumerate() {
            match (furniture.top.contains(&at), furniture.bottom.contains(&at)) {
                (true, _) => heads.push(row),
                (false, true) => feet.push(row),
                (false, false) => rest.push(row),
            }
        }
        let mut text: Vec<Placed> = columns::in_order(rest).into_iter().filter_map(joined).collect();
        // The numbers of the lines are as one line of the page.
        let numbers = cut_line_numbers(&mut text, &mut is_numbered);
        let of_page = heads.into_iter().filter_map(joined).map(|line| line.text);
        lines.extend(of_page.chain(numbers).map(Line::of_page));
        add_text(&mut lines, text, &mut sentence_ended);
        let of_page = feet.into_iter().chain(page.aside).filter_map(joined);
        lines.extend(of_page.map(|line| Line::of_page(line.text)));
    }
    lines
}

impl Line {
    fn of_page(text: String) -> Line {
        Line { text, is_furniture: true, begins_paragraph: true }
    }
}

/// Adds the text of a page to the lines of those before it.
fn add_text(lines: &mut Vec<Line>, text: Vec<Placed>, sentence_ended: &mut bool) {
    let usual = usual_distance(&text);
    let mut above: Option<f64> = None;
    for line in text {
        let begins_paragraph = match above {
            Some(above) => is_apart(above, *sentence_ended, &line, usual),
            // A sentence goes on over the end of a page.
            None => *sentence_ended && !line.text.starts_with(char::is_lowercase),
        };
        *sentence_ended = ends_sentence(&line.text);
        above = Some(line.y);
        lines.push(Line { text: line.text, is_furniture: false, begins_paragraph });
    }
}

/// A page by base lines.
struct Page {
    /// What runs across it, from the top.
    rows: Vec<Row>,
    /// What the document itself sets apart from its text.
    aside: Vec<Row>,
}

impl Page {
    fn new(runs: Vec<Run>) -> Page {
        if runs.iter().all(|run| run.is_upright && !run.is_artifact) {
            return Page { rows: rows(runs), aside: Vec::new() };
        }
        let (aside, text): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| run.is_artifact);
        let (upright, turned): (Vec<Run>, Vec<Run>) = text.into_iter().partition(|run| run.is_upright);
        let turned = turned.into_iter().filter(|run| !run.text.trim().is_empty());
        Page {
            rows: rows(upright).into_iter().chain(turned.map(|run| vec![run])).collect(),
            aside: rows(aside),
        }
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '…', ':', '”', '"', '»', ')', ']', '。', '！', '？'])
}

/// Whether a line stands apart from the one above, of which this is the place and whether it ends a sentence: further
/// below it than usual, or at the top of a column.
fn is_apart(above: f64, sentence_ended: bool, line: &Placed, usual: f64) -> bool {
    let distance = line.y - above;
    if distance < 0.0 {
        return sentence_ended && !line.text.starts_with(char::is_lowercase);
    }
    distance > usual * PARAGRAPH
}

/// The distance of most lines from the one above; infinite where a page has one line.
fn usual_distance(page: &[Placed]) -> f64 {
    let pairs = page.iter().zip(page.iter().skip(1));
    let mut distances: Vec<f64> =
        pairs.map(|(above, line)| line.y - above.y).filter(|distance| *distance > 0.0).collect();
    distances.sort_by(f64::total_cmp);
    // Below the middle: where every turn is a paragraph of one line, half of the distances are between them.
    distances.get(distances.len() / 4).copied().unwrap_or(f64::INFINITY)
}

fn placed(run: Run) -> Placed {
    let Run { x, end, y, size, text, is_artifact, .. } = run;
    Placed { x, end, y, size, text, is_artifact }
}

/// Runs by base line, from the top, each row from left to right.
fn rows(mut runs: Vec<Run>) -> Vec<Row> {
    runs.retain(|run| !run.text.is_empty());
    runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Row> = Vec::new();
    for run in runs {
        let is_same = rows.last().and_then(|row| row.first()).is_some_and(|first| {
            let reach = SAME_LINE * first.size.max(run.size);
            run.y - first.y <= reach
        });
        match rows.last_mut().filter(|_| is_same) {
            Some(row) => row.push(run),
            None => rows.push(vec![run]),
        }
    }
    rows.iter_mut().for_each(|row| row.sort_by(|a, b| a.x.total_cmp(&b.x)));
    rows
}

/// The runs of a row as one line; `None` where nothing is written.
fn joined(row: Row) -> Option<Placed> {
    let mut runs = row.into_iter();
    let mut line = placed(runs.next()?);
    for run in runs {
        // Bold letters are made by writing a text twice, a little apart.
        let is_again = run.x - line.x < 0.1 * run.size && run.text == line.text;
        if is_again {
            continue;
        }
        let gap = run.x - line.end;
        // Ideographs are spaced out to fill a line; only a gap as wide as one is a space.
        let is_spaced_out = line.text.ends_with(is_ideograph) && run.text.starts_with(is_ideograph);
        let space = if is_spaced_out { 1.0 } else { SPACE };
        let is_apart = gap > space * run.size.max(line.size).max(1.0);
        if is_apart && !line.text.ends_with(char::is_whitespace) && !run.text.starts_with(char::is_whitespace)
        {
            line.text.push(' ');
        }
        line.text.push_str(&run.text);
        line.end = line.end.max(run.end);
        line.size = line.size.max(run.size);
        line.is_artifact &= run.is_artifact;
    }
    if !is_collapsed(&line.text) {
        line.text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if let Cow::Owned(read) = in_reading_order(&line.text) {
        line.text = read;
    }
    (!line.text.is_empty()).then_some(line)
}

/// Whether a character is written without spaces to its neighbours: an ideograph, kana, or a mark between them.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// Takes the numbers of lines away that stand before them, as in records of courts; gives them as one line. Where a
/// page before was numbered, the few lines of the last page are too.
fn cut_line_numbers(page: &mut Vec<Placed>, is_numbered: &mut bool) -> Option<String> {
    let number = |line: &Placed| line.text.split(' ').next().and_then(|word| word.parse::<usize>().ok());
    let mut numbered: Vec<usize> = Vec::new();
    for (at, line) in page.iter().enumerate() {
        if number(line) == Some(numbered.len() + 1) {
            numbered.push(at);
        }
    }
    // Lists of a few points stand in speech; the lines of a page are numbered to its end.
    let fewest = if *is_numbered { 1 } else { FEWEST_NUMBERED };
    if numbered.len() < fewest || 10 * numbered.len() < 7 * page.len() {
        return None;
    }
    *is_numbered = true;
    for &at in &numbered {
        if let Some(line) = page.get_mut(at) {
            line.text = line.text.split_once(' ').map_or(String::new(), |(_, rest)| rest.to_owned());
        }
    }
    page.retain(|line| !line.text.is_empty());
    Some((1..=numbered.len()).map(|n| n.to_string()).collect::<Vec<_>>().join(" "))
}

/// Which rows of a page are its head and its foot.
#[derive(Default)]
struct Furniture {
    top: FxHashSet<usize>,
    bottom: FxHashSet<usize>,
}

/// For each page, its head and foot: the rows at its edges that come again on other pages, whatever their numbers.
fn furniture(pages: &[Page]) -> Vec<Furniture> {
    let mut keys = String::new();
    let edges: Vec<[Vec<EdgeRow>; 2]> = pages.iter().map(|page| edge_rows(page, &mut keys)).collect();
    let text = |row: &EdgeRow| keys.get(row.key.clone()).unwrap_or("");
    let mut uses: FxHashMap<(usize, &str), Uses> = FxHashMap::default();
    for (page, edges) in edges.iter().enumerate() {
        for (edge, rows) in edges.iter().enumerate() {
            for row in rows {
                uses.entry((edge, text(row))).or_default().add(page);
            }
        }
    }
    // Left and right pages may differ, and the first often has none.
    let needed = (pages.len() * 2 / 5).max(2);
    let of_edge = |edge: usize, rows: &[EdgeRow]| -> FxHashSet<usize> {
        let is_repeated = |key: &str| uses.get(&(edge, key)).is_some_and(|uses| uses.pages >= needed);
        // A number alone at the edge of a page is the page's, even where there is one page.
        let of_page = rows.iter().take_while(|row| text(row) == "#" || is_repeated(text(row)));
        of_page.map(|row| row.at).collect()
    };
    edges.iter().map(|[top, bottom]| Furniture { top: of_edge(0, top), bottom: of_edge(1, bottom) }).collect()
}

/// On how many pages a row stands.
#[derive(Default)]
struct Uses {
    pages: usize,
    /// One more than the last of them.
    last: usize,
}

impl Uses {
    fn add(&mut self, page: usize) {
        if self.last <= page {
            (self.pages, self.last) = (self.pages + 1, page + 1);
        }
    }
}

/// A row near the edge of a page.
struct EdgeRow {
    at: usize,
    /// Where its key stands among those of all rows.
    key: Range<usize>,
}

/// The rows at the top of a page, from its edge, and those at the bottom; their keys go to those of all rows.
fn edge_rows(page: &Page, keys: &mut String) -> [Vec<EdgeRow>; 2] {
    let mut keyed = |(at, row): (usize, &Row)| Some(EdgeRow { at, key: add_key(row, keys)? });
    let n = MAX_FURNITURE;
    let rows = page.rows.iter().enumerate();
    [rows.clone().take(n).filter_map(&mut keyed).collect(), rows.rev().take(n).filter_map(keyed).collect()]
}

/// Adds what is the same of a row on all pages: all but its numbers, of which only that there are some. Gives where it
/// stands; `None` where nothing is written.
fn add_key(row: &[Run], keys: &mut String) -> Option<Range<usize>> {
    let (first, start) = (row.first()?, keys.len());
    // Of most rows it is that of their runs: nothing is written twice, and nothing is read from right to left.
    let is_plain = row.iter().all(|run| run.text.is_ascii())
        && row.iter().skip(1).all(|run| run.x - first.x >= 0.1 * run.size);
    if is_plain {
        row.iter().for_each(|run| push_key(keys, start, &run.text));
    } else {
        push_key(keys, start, &joined(row.to_vec())?.text);
    }
    (keys.len() > start).then_some(start..keys.len())
}

/// Adds what is the same of a text on all pages to a key that begins at `start`.
fn push_key(keys: &mut String, start: usize, text: &str) {
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c.is_numeric() {
            true if keys.len() > start && keys.ends_with('#') => {}
            true => keys.push('#'),
            false if c.is_ascii() => keys.push(c.to_ascii_lowercase()),
            false => keys.extend(c.to_lowercase()),
        }
    }
}
