//! Columns of a page: rows that a gap divides at the same place.

use super::content::Run;
use super::layout::Row;

/// Fewest rows below each other that the same gap divides; a list of names beside their offices has fewer.
const FEWEST_ROWS: usize = 8;
/// The width of a column's gap, as a part of the size of the characters.
const GAP: f64 = 0.8;
/// The part of the page's width that each side has at least: narrower ones are numbers or labels.
const NARROWEST: f64 = 0.22;
/// The share of the rows of a stretch that have text on the left of the gap, and that have some on the right: where a
/// label stands beside each paragraph, few have both.
const FILLED: f64 = 0.6;

/// The rows of a page in reading order: columns one after the other.
pub(super) fn in_order(rows: Vec<Row>) -> Vec<Row> {
    order(rows, 2)
}

/// Divides rows at their widest common gap, and each side again.
fn order(rows: Vec<Row>, levels: usize) -> Vec<Row> {
    let Some(gap) = (levels > 0).then(|| common_gap(&rows)).flatten() else { return rows };
    let mut ordered = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows {
        if crosses(&row, gap) {
            // A title over both columns: what stands above it comes first.
            end_stretch(&mut ordered, &mut left, &mut right, levels);
            ordered.push(row);
            continue;
        }
        let (before, after): (Vec<Run>, Vec<Run>) = row.into_iter().partition(|run| run.x < gap);
        left.extend((!before.is_empty()).then_some(before));
        right.extend((!after.is_empty()).then_some(after));
    }
    end_stretch(&mut ordered, &mut left, &mut right, levels);
    ordered
}

fn end_stretch(ordered: &mut Vec<Row>, left: &mut Vec<Row>, right: &mut Vec<Row>, levels: usize) {
    ordered.extend(order(std::mem::take(left), levels - 1));
    ordered.extend(order(std::mem::take(right), levels - 1));
}

/// Whether a run of a row stands on both sides of a place.
fn crosses(row: &[Run], place: f64) -> bool {
    row.iter().any(|run| run.x < place && run.end > place)
}

/// The place of a gap that divides most of the rows, if there is one with text enough on both sides.
fn common_gap(rows: &[Row]) -> Option<f64> {
    let left_edge = rows.iter().flatten().map(|run| run.x).fold(f64::INFINITY, f64::min);
    let right_edge = rows.iter().flatten().map(|run| run.end).fold(f64::NEG_INFINITY, f64::max);
    let width = right_edge - left_edge;
    if rows.len() < FEWEST_ROWS || !width.is_finite() || width <= 0.0 {
        return None;
    }
    // Gaps end where a run begins: the places where many do are where columns begin.
    let mut starts: Vec<f64> = rows.iter().flat_map(|row| gap_ends(row)).collect();
    starts.sort_by(f64::total_cmp);
    let mut best: Option<(usize, f64)> = None;
    let mut at = 0;
    while let Some(&start) = starts.get(at) {
        let together = starts.iter().skip(at).take_while(|&&x| x - start < 3.0).count();
        if best.is_none_or(|(most, _)| together > most) {
            best = Some((together, start - 1.0));
        }
        at += together.max(1);
    }
    let (_, gap) = best?;
    let is_inside = gap - left_edge > NARROWEST * width && right_edge - gap > NARROWEST * width;
    (is_inside && divides(rows, gap)).then_some(gap)
}

/// Where runs begin after a gap of a row.
fn gap_ends(row: &[Run]) -> Vec<f64> {
    let pairs = row.iter().zip(row.iter().skip(1));
    pairs.filter(|(a, b)| b.x - a.end > GAP * a.size.max(b.size)).map(|(_, b)| b.x).collect()
}

/// Whether a place divides most rows into columns that both have text on most of their rows.
fn divides(rows: &[Row], gap: f64) -> bool {
    let whole: Vec<&Row> = rows.iter().filter(|row| !crosses(row, gap)).collect();
    let on_left = whole.iter().filter(|row| row.iter().any(|run| run.x < gap)).count();
    let on_right = whole.iter().filter(|row| row.iter().any(|run| run.x >= gap)).count();
    let needed = (FILLED * whole.len() as f64).max(FEWEST_ROWS as f64);
    whole.len() * 2 > rows.len() && on_left as f64 >= needed && on_right as f64 >= needed
}
