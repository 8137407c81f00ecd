//! When a cell of a table says the same as it should, after a spreadsheet had it in its hands.

use rapporteur::model::ColumnKind;

/// What a cell is beside what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellMatch {
    Same,
    /// The same as far as it shows: a number with fewer digits, a date in another order, letters that the
    /// encoding does not have.
    Reformatted,
    Different,
}

/// The words for yes that spreadsheets write, in capitals.
const YES: [&str; 6] = ["TRUE", "WAHR", "VRAI", "VERDADERO", "VERO", "VERDADEIRO"];

/// The words for no, in capitals.
const NO: [&str; 6] = ["FALSE", "FALSCH", "FAUX", "FALSO", "FALSO", "ONWAAR"];

/// How like a cell is to what it should be.
pub(crate) fn likeness(stated: &str, expected: &str, kind: ColumnKind) -> CellMatch {
    let is_same = stated == expected
        || match kind {
            ColumnKind::Integer | ColumnKind::Number => {
                number(stated).zip(number(expected)).is_some_and(|(a, b)| a == b)
            }
            ColumnKind::Boolean => truth(stated).zip(truth(expected)).is_some_and(|(a, b)| a == b),
            ColumnKind::Text | ColumnKind::Date => in_lines(stated) == in_lines(expected),
        };
    let is_reformatted = || match kind {
        ColumnKind::Number => is_rounded(stated, expected),
        ColumnKind::Integer | ColumnKind::Boolean => false,
        ColumnKind::Date => is_date(stated, expected),
        // A spreadsheet takes the place 3.10 for a number.
        ColumnKind::Text => {
            is_replaced(stated, expected)
                || number(stated).zip(number(expected)).is_some_and(|(a, b)| a.to_bits() == b.to_bits())
        }
    };
    match is_same {
        true => CellMatch::Same,
        false if is_reformatted() => CellMatch::Reformatted,
        false => CellMatch::Different,
    }
}

/// A text whose line ends are those of any program.
fn in_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    cell.parse().or_else(|_| cell.replace(',', ".").parse()).ok().filter(|value: &f64| value.is_finite())
}

fn truth(cell: &str) -> Option<bool> {
    let cell = cell.trim().to_uppercase();
    match (YES.contains(&cell.as_str()), NO.contains(&cell.as_str())) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// Whether a number is another one with fewer digits, two at least: a spreadsheet saves what it shows.
fn is_rounded(stated: &str, expected: &str) -> bool {
    let Some((shown, exact)) = number(stated).zip(number(expected)) else { return false };
    let mantissa = stated.split(['e', 'E']).next().unwrap_or("");
    let digits = mantissa.chars().filter(char::is_ascii_digit).collect::<String>();
    let digits = digits.trim_start_matches('0').len();
    (2..=17).contains(&digits) && format!("{exact:.*e}", digits - 1).parse() == Ok(shown)
}

/// Whether a date is another one in the order of another country.
fn is_date(stated: &str, expected: &str) -> bool {
    let date: Vec<&str> = expected.split('-').collect();
    let [year, month, day] = date.as_slice() else { return false };
    let parts: Vec<&str> = stated.trim().split(['.', '/', '-']).map(str::trim).collect();
    let equal = |shown: &str, part: &str| match (shown.parse::<u32>(), part.parse::<u32>()) {
        (Ok(shown), Ok(part)) => shown == part,
        _ => false,
    };
    let is_year = |shown: &str| equal(shown, year) || (shown.len() == 2 && year.ends_with(shown));
    match parts.as_slice() {
        [a, b, c] if is_year(c) => (equal(a, day) && equal(b, month)) || (equal(a, month) && equal(b, day)),
        [a, b, c] if is_year(a) => equal(b, month) && equal(c, day),
        _ => false,
    }
}

/// Whether a text is another one in which `?` stands for letters that an encoding of one byte a letter
/// does not have.
fn is_replaced(stated: &str, expected: &str) -> bool {
    let (stated, expected) = (in_lines(stated), in_lines(expected));
    let is_rare = |c: char| u32::from(c) > 0xff;
    stated.contains('?')
        && stated.chars().count() == expected.chars().count()
        && stated.chars().zip(expected.chars()).all(|(a, b)| a == b || (a == '?' && is_rare(b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use CellMatch::{Different, Reformatted, Same};

    #[test]
    fn a_cell_may_be_reformatted_and_not_changed() {
        let cases = [
            ("12", "12", ColumnKind::Integer, Same),
            ("12", "13", ColumnKind::Integer, Different),
            ("", "0", ColumnKind::Integer, Different),
            ("0,25", "0.25", ColumnKind::Number, Same),
            ("2.5E-1", "0.25", ColumnKind::Number, Same),
            ("0,1235", "0.123456", ColumnKind::Number, Reformatted),
            ("0,1236", "0.123456", ColumnKind::Number, Different),
            ("0", "0.3", ColumnKind::Number, Different),
            ("1", "0.7", ColumnKind::Number, Different),
            ("WAHR", "true", ColumnKind::Boolean, Same),
            ("FALSE", "true", ColumnKind::Boolean, Different),
            ("02.07.2024", "2024-07-02", ColumnKind::Date, Reformatted),
            ("7/2/24", "2024-07-02", ColumnKind::Date, Reformatted),
            ("2024-07-02 x", "2024-07-02", ColumnKind::Date, Different),
            ("3,1", "3.10", ColumnKind::Text, Reformatted),
            ("3.2", "3.10", ColumnKind::Text, Different),
            ("2024-07-03", "2024-07-02", ColumnKind::Date, Different),
            ("a\r\nb", "a\nb", ColumnKind::Text, Same),
            ("said ? so", "said → so", ColumnKind::Text, Reformatted),
            ("said ? so", "said a so", ColumnKind::Text, Different),
            ("oppose", "support", ColumnKind::Text, Different),
        ];
        for (stated, expected, kind, likeness_expected) in cases {
            assert_eq!(likeness(stated, expected, kind), likeness_expected, "{stated:?} for {expected:?}");
        }
    }
}
