//! Runs of characters as lines of text: columns in order, paragraphs apart, page heads and feet known.

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns;
use super::content::Run;

/// A gap between two runs that is a space, as a part of the size of the characters. Spaces are about .25 wide and
/// stretched or shrunk by a third where lines are set flush.
const SPACE: f64 = 0.15;
/// How far base lines of one line may differ, as a part of the size: raised numbers of notes stand within it.
const SAME_LINE: f64 = 0.4;
/// The distance of two lines from which they are two paragraphs, as a multiple of the usual distance.
const PARAGRAPH: f64 = 1.3;
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
pub(super) struct Placed {
    pub x: f64,
    pub end: f64,
    pub y: f64,
    pub size: f64,
    pub text: String,
    pub is_artifact: bool,
}

/// The lines of all pages.
pub(super) fn lines(pages: Vec<Vec<Run>>) -> Vec<Line> {
    let mut pages: Vec<Vec<Placed>> = pages.into_iter().map(page_lines).collect();
    let numbers: Vec<usize> = pages.iter_mut().map(|page| cut_line_numbers(page)).collect();
    let repeated = furniture(&pages);
    let mut lines: Vec<Line> = Vec::new();
    let mut sentence_ended = true;
    for ((page, furniture), n_numbers) in pages.iter().zip(&repeated).zip(numbers) {
        let usual = usual_distance(page);
        let mut above: Option<&Placed> = None;
        // The numbers of the lines, as one line of the page.
        let numbered = (1..=n_numbers).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        if !numbered.is_empty() {
            lines.push(Line { text: numbered, is_furniture: true, begins_paragraph: true });
        }
        for (at, line) in page.iter().enumerate() {
            let is_furniture = line.is_artifact || furniture.contains(&at);
            let begins_paragraph = match above {
                Some(above) => is_apart(above, line, usual),
                // A sentence goes on over the end of a page.
                None => sentence_ended && !line.text.starts_with(char::is_lowercase),
            };
            if !is_furniture {
                above = Some(line);
                sentence_ended = ends_sentence(&line.text);
            }
            lines.push(Line { text: line.text.clone(), is_furniture, begins_paragraph });
        }
    }
    lines
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '…', ':', '”', '"', '»', ')', ']', '。', '！', '？'])
}

/// Whether a line stands apart from the one above: further below it than usual, or at the top of a column.
fn is_apart(above: &Placed, line: &Placed, usual: f64) -> bool {
    let distance = line.y - above.y;
    if distance < 0.0 {
        return ends_sentence(&above.text) && !line.text.starts_with(char::is_lowercase);
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

/// The lines of a page, in reading order.
fn page_lines(runs: Vec<Run>) -> Vec<Placed> {
    let (upright, turned): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| run.is_upright);
    let (artifacts, text): (Vec<Run>, Vec<Run>) = upright.into_iter().partition(|run| run.is_artifact);
    let mut lines: Vec<Placed> =
        columns::in_order(rows(text)).into_iter().filter_map(|row| joined(&row)).collect();
    // What the document itself sets apart stands above or below the rest.
    lines.extend(rows(artifacts).iter().filter_map(|row| joined(row)));
    let turned = turned.into_iter().filter(|run| !run.text.trim().is_empty());
    lines.extend(turned.map(|run| Placed { is_artifact: run.is_artifact, ..placed(&run) }));
    lines
}

fn placed(run: &Run) -> Placed {
    Placed {
        x: run.x,
        end: run.end,
        y: run.y,
        size: run.size,
        text: run.text.trim().to_owned(),
        is_artifact: run.is_artifact,
    }
}

/// Runs by base line, from the top, each row from left to right.
fn rows(mut runs: Vec<Run>) -> Vec<Vec<Run>> {
    runs.retain(|run| !run.text.is_empty());
    runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Run>> = Vec::new();
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
fn joined(row: &[Run]) -> Option<Placed> {
    let first = row.first()?;
    let mut line = placed(first);
    line.text.clone_from(&first.text);
    for run in row.iter().skip(1) {
        // Bold letters are made by writing a text twice, a little apart.
        let is_again = run.x - line.x < 0.1 * run.size && run.text == line.text;
        if is_again {
            continue;
        }
        let gap = run.x - line.end;
        let is_apart = gap > SPACE * run.size.max(line.size).max(1.0);
        if is_apart && !line.text.ends_with(char::is_whitespace) && !run.text.starts_with(char::is_whitespace)
        {
            line.text.push(' ');
        }
        line.text.push_str(&run.text);
        line.end = line.end.max(run.end);
        line.size = line.size.max(run.size);
        line.is_artifact &= run.is_artifact;
    }
    line.text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.text.is_empty()).then_some(line)
}

/// Takes the numbers of lines away that stand before them, as in records of courts; gives how many there were.
fn cut_line_numbers(page: &mut [Placed]) -> usize {
    let number = |line: &Placed| line.text.split(' ').next().and_then(|word| word.parse::<usize>().ok());
    let mut expected = 1;
    let mut numbered: Vec<usize> = Vec::new();
    for (at, line) in page.iter().enumerate() {
        if number(line) == Some(expected) {
            numbered.push(at);
            expected += 1;
        }
    }
    // Lists of a few points stand in speech; the lines of a page are numbered to its end.
    if numbered.len() < 8 || 10 * numbered.len() < 7 * page.len() {
        return 0;
    }
    for &at in &numbered {
        if let Some(line) = page.get_mut(at) {
            line.text = line.text.split_once(' ').map_or(String::new(), |(_, rest)| rest.to_owned());
        }
    }
    numbered.len()
}

/// For each page, which of its lines are its head and foot: those at its edges that come again on other pages,
/// whatever their numbers.
fn furniture(pages: &[Vec<Placed>]) -> Vec<FxHashSet<usize>> {
    let edges: Vec<[Vec<usize>; 2]> = pages.iter().map(|page| edge_lines(page)).collect();
    let mut pages_of: FxHashMap<(usize, String), usize> = FxHashMap::default();
    for (page, edges) in pages.iter().zip(&edges) {
        for (edge, lines) in edges.iter().enumerate() {
            let keys: FxHashSet<String> = lines.iter().filter_map(|&at| Some(key(page.get(at)?))).collect();
            keys.into_iter().for_each(|key| *pages_of.entry((edge, key)).or_default() += 1);
        }
    }
    // Left and right pages may differ, and the first often has none.
    let needed = (pages.len() * 2 / 5).max(2);
    let is_repeated =
        |edge: usize, line: &Placed| pages_of.get(&(edge, key(line))).is_some_and(|&n| n >= needed);
    let mut found = Vec::new();
    for (page, edges) in pages.iter().zip(&edges) {
        let mut lines = FxHashSet::default();
        for (edge, at_edge) in edges.iter().enumerate() {
            let repeated = |at: &&usize| page.get(**at).is_some_and(|line| is_repeated(edge, line));
            lines.extend(at_edge.iter().take_while(repeated));
        }
        found.push(lines);
    }
    found
}

/// The lines at the top of a page, from its edge, and those at the bottom.
fn edge_lines(page: &[Placed]) -> [Vec<usize>; 2] {
    let mut by_height: Vec<usize> = (0..page.len()).collect();
    let y = |at: &usize| page.get(*at).map_or(0.0, |line| line.y);
    by_height.sort_by(|a, b| y(a).total_cmp(&y(b)));
    let n = MAX_FURNITURE.min(page.len());
    [by_height.iter().take(n).copied().collect(), by_height.iter().rev().take(n).copied().collect()]
}

/// What is the same of a line on all pages: all but its numbers, of which only that there are some.
fn key(line: &Placed) -> String {
    let mut key = String::new();
    for c in line.text.chars().filter(|c| !c.is_whitespace()) {
        match c.is_numeric() {
            true if key.ends_with('#') => {}
            true => key.push('#'),
            false => key.extend(c.to_lowercase()),
        }
    }
    key
}
