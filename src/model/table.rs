//! Tables: cells, and what is known of a column before any row is written.

/// One value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is known: an empty cell, never 0.
    Empty,
    /// Words; guarded against spreadsheets where they are written.
    Text(String),
    /// A count, an index or an offset.
    Integer(u64),
    /// A measure; never NaN or infinite.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
}

/// To six decimals, as reports and tables show scores and measures.
pub fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

impl Cell {
    /// Words, or an empty cell where there are none.
    pub fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }

    /// A count where it is known.
    pub fn integer(count: Option<u64>) -> Cell {
        count.map_or(Cell::Empty, Cell::Integer)
    }

    /// A measure where it is known, rounded to six decimals.
    pub fn number(value: Option<f64>) -> Cell {
        let rounded = value.filter(|v| v.is_finite()).map(rounded);
        rounded.map_or(Cell::Empty, Cell::Number)
    }

    /// A probability to six significant digits, as very small ones matter.
    pub fn probability(p: f64) -> Cell {
        let digits = format!("{p:.5e}").parse().unwrap_or(p);
        if p.is_finite() { Cell::Number(digits) } else { Cell::Empty }
    }
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Whole numbers, not negative.
    Integer,
    /// Numbers.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `YYYY-MM-DD`.
    Date,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The name in the header row.
    pub name: &'static str,
    /// What its values are.
    pub kind: ColumnKind,
    /// What they mean, for the person who opens the table.
    pub about: &'static str,
}

impl Column {
    /// A column of words.
    pub const fn text(name: &'static str, about: &'static str) -> Column {
        Column { name, kind: ColumnKind::Text, about }
    }

    /// A column of whole numbers.
    pub const fn integer(name: &'static str, about: &'static str) -> Column {
        Column { name, kind: ColumnKind::Integer, about }
    }

    /// A column of numbers.
    pub const fn number(name: &'static str, about: &'static str) -> Column {
        Column { name, kind: ColumnKind::Number, about }
    }

    /// A column of `true` and `false`.
    pub const fn boolean(name: &'static str, about: &'static str) -> Column {
        Column { name, kind: ColumnKind::Boolean, about }
    }

    /// A column of dates.
    pub const fn date(name: &'static str, about: &'static str) -> Column {
        Column { name, kind: ColumnKind::Date, about }
    }
}
