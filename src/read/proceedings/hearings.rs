//! Labels of hearings: a title and a name in any letters, and a full stop.

use super::{LISTS, MAX_LABEL};

/// `Mr. Lindholm. May I`, `Chairman Lee. The`, `The Chairman. Order.`: a title and a name in any letters, or an office,
/// and a full stop, as records of hearings have them at the beginning of a paragraph.
pub(in super::super) fn titled(line: &str) -> Option<(&str, usize)> {
    let lead = line.len() - line.trim_start().len();
    let text = line.get(lead..)?;
    let near = text.get(..text.floor_char_boundary(MAX_LABEL / 2))?;
    let title = near.split_whitespace().next()?;
    if !LISTS.hearing_titles.contains(title) {
        return None;
    }
    let stop = near.match_indices(". ").map(|(at, _)| at).find(|&at| at + 1 > title.len())?;
    let label = near.get(..stop)?;
    let mut names = label.split_whitespace().skip(1);
    let is_name = |word: &str| {
        let core = word.trim_end_matches('.');
        word.starts_with(char::is_uppercase)
            && core.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
    };
    let n_names = label.split_whitespace().count() - 1;
    let said = near.get(stop + 2..)?.trim_start_matches(['"', '“', '(', '[', ' ']);
    let begins = said.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    ((1..=4).contains(&n_names) && names.all(is_name) && begins).then_some((label, lead + stop + 1))
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{read_as, turns};

    fn check(text: &str, expected: &[(&str, &str)]) {
        assert_eq!(turns(&read_as("plain", text)), expected, "{text}");
    }

    #[test]
    fn hearings_have_a_title_and_a_name_before_a_full_stop() {
        check(
            "                THE LEVY\n\n    Present: Senators Lee and Ek.\n\n    Chairman Lee. The committee will\ncome to order.\n    Ms. Okafor. Thank you, \
             Mr. Chairman.\n    It pays for dredging.\n    Senator Van Ek. Is it fair?\n    Ms. Okafor. We think so. \
             Mr. Lee. You know.\n    Mr. Lindholm, who said. No.\n    The Chairman. Order.\n    Chairman Lee. Thank you.\n",
            &[
                ("Chairman Lee", "The committee will\ncome to order."),
                ("Ms. Okafor", "Thank you, Mr. Chairman.\n    It pays for dredging."),
                ("Senator Van Ek", "Is it fair?"),
                ("Ms. Okafor", "We think so. Mr. Lee. You know.\n    Mr. Lindholm, who said. No."),
                ("The Chairman", "Order."),
                ("Chairman Lee", "Thank you."),
            ],
        );
    }
}
