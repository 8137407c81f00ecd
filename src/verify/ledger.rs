//! The ledger: the classes add up, for all and over the speakers.

use super::List;
use crate::model::Report;

/// Classes that belong to no speaker.
const OF_NOBODY: [&str; 2] = ["headers", "unattributed"];

/// Adds what does not add up; `input_words` are those of the source, where it is unchanged.
///
/// Sums are 128 bits wide, as a report may hold any number.
pub(super) fn check(list: &mut List<'_>, report: &Report, input_words: Option<u64>) {
    let ledger = &report.ledger;
    if let Some(words) = input_words {
        list.compare("ledger", words, ledger.input);
    }
    let classes = ledger.all.pairs();
    let total: u128 = classes.iter().map(|&(_, words)| u128::from(words)).sum();
    if total != u128::from(ledger.input) {
        list.add(
            "ledger",
            &format!("{total} words in all classes"),
            &format!("{} words of input", ledger.input),
        );
    }
    for (index, (class, words)) in classes.into_iter().enumerate() {
        let of_speakers =
            ledger.speakers.iter().filter_map(|speaker| speaker.classes.pairs().get(index).copied());
        let sum: u128 = of_speakers.map(|(_, words)| u128::from(words)).sum();
        if sum != u128::from(words) && !(OF_NOBODY.contains(&class) && sum == 0) {
            list.add(
                "ledger",
                &format!("{sum} {class} words over all speakers"),
                &format!("{words} {class} words"),
            );
        }
    }
}
