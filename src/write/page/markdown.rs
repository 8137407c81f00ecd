//! The parts that sections share in Markdown: quotations, tables, links to turns.

use std::fmt::Write;

use super::quotation::Quotation;
use crate::write::charts::Chart;
pub(super) use crate::write::markdown::escape;

/// A quotation as a block quote with its place.
pub(super) fn quotation(q: &Quotation) -> String {
    let mut out = String::from("\n> ");
    if !q.context.is_empty() {
        let _ = write!(out, "*{}* ", escape(&q.context));
    }
    let _ = write!(out, "“{}”\n>\n> — {}", escape(&q.words), escape(&q.speaker));
    if q.names_stakeholder {
        let _ = write!(out, ", {}", escape(&q.stakeholder));
    }
    let _ = write!(out, ", [{}](#{})", escape(&q.place), anchor(&q.turn_name));
    if !q.asks.is_empty() {
        let _ = write!(out, " · {}", q.asks);
    }
    let mark = q.mark_text();
    if !mark.is_empty() {
        let _ = write!(out, " · {}", escape(&mark));
    }
    out.push('\n');
    out
}

/// Several quotations.
pub(super) fn quotations(all: &[Quotation]) -> String {
    all.iter().map(quotation).collect()
}

/// The anchor that a heading gets in wikis and pull requests.
pub(super) fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A table; nothing where it has no rows.
pub(in crate::write) fn table<S: AsRef<str>>(header: &[S], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = String::from("\n");
    out.push_str(&line(header.iter().map(|cell| escape(cell.as_ref())).collect()));
    out.push_str(&line(header.iter().map(|_| "---".to_owned()).collect()));
    for row in rows {
        out.push_str(&line(row.iter().map(|cell| escape(cell)).collect()));
    }
    out
}

/// A picture by its description and numbers.
pub(super) fn chart(chart: &Option<Chart>) -> String {
    let Some(chart) = chart else { return String::new() };
    let rows = table(&chart.table.header, &chart.table.rows);
    format!("\n### {}\n\n{}\n{rows}", escape(&chart.title), escape(&chart.description))
}
