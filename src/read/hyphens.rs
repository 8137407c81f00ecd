//! Words that a line end divides, as typeset records have them.

/// Makes one word of the parts that a hyphen at a line end divides: the rest of the word moves up to the line
/// that it begins on. A hyphen before a capital stays: `Nord-` and `Süd`.
pub(super) fn rejoin(lines: &mut [(usize, String)]) {
    let mut last = 0;
    for at in 1..lines.len() {
        let (above, below) = lines.split_at_mut(at);
        let (Some((_, above)), Some((_, below))) = (above.get_mut(last), below.first_mut()) else { continue };
        let last_filled = last;
        last = at;
        if !is_divided(above, below) {
            continue;
        }
        let rest = below.trim_start();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        above.truncate(above.trim_end().len() - 1);
        above.push_str(part);
        *below = after.trim_start().to_owned();
        // A line of nothing but a part of the word is used up: what follows goes on with the line above.
        if below.is_empty() {
            last = last_filled;
        }
    }
}

/// Whether a line ends within a word that the next goes on with.
fn is_divided(above: &str, below: &str) -> bool {
    let stem = above.trim_end().strip_suffix('-');
    stem.is_some_and(|stem| stem.ends_with(char::is_alphabetic))
        && below.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_a_line_end_divides_is_one_word_again() {
        for (lines, expected) in [
            (vec!["We raise the fer-", "ry fares."], vec!["We raise the ferry", "fares."]),
            (vec!["Nord-", "Süd", "a -", "b"], vec!["Nord-", "Süd", "a -", "b"]),
            (vec!["one-", "two-", "three"], vec!["onetwothree", "", ""]),
            (vec![], vec![]),
        ] {
            let mut numbered: Vec<(usize, String)> =
                lines.iter().enumerate().map(|(at, line)| (at + 1, (*line).to_owned())).collect();
            rejoin(&mut numbered);
            assert_eq!(numbered.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>(), expected);
        }
    }
}
