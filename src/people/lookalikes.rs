//! Names that look alike and are written with other letters: `Ann Lee` with a Cyrillic А. They are never taken for
//! one voice, since nothing says that they are; a warning says that a reader could.

use rustc_hash::FxHashMap;
use unicode_security::skeleton;

use super::labels::names::folded;
use crate::model::{LabelId, People, Session, Warning, WarningCode};

/// A warning for each pair of voices with labels that look alike, in order of appearance.
///
/// What looks alike is what Unicode's list of confusable characters says (UTS #39, “skeleton”). Pairs in ASCII are
/// left out: `Al` and `AI` are two names that many sessions have.
pub(super) fn warnings(session: &Session, people: &People) -> Vec<Warning> {
    let mut first_of: FxHashMap<String, usize> = FxHashMap::default();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, label) in session.labels.iter().enumerate() {
        for key in looks(label) {
            let first = *first_of.entry(key).or_insert(index);
            let is_other = people.of_label.get(first) != people.of_label.get(index);
            let in_ascii =
                session.labels.get(first).is_some_and(|first| first.is_ascii()) && label.is_ascii();
            if is_other && !in_ascii && !found.contains(&(first, index)) {
                found.push((first, index));
            }
        }
    }
    found.into_iter().filter_map(|(first, second)| warning(session, first, second)).collect()
}

/// What a label looks like, as it is written and in lower case.
fn looks(label: &str) -> [String; 2] {
    let spaced = label.split_whitespace().collect::<Vec<_>>().join(" ");
    [skeleton(&spaced).collect::<String>().to_lowercase(), skeleton(&folded(label)).collect()]
}

fn warning(session: &Session, first: usize, second: usize) -> Option<Warning> {
    let (one, other) = (session.labels.get(first)?, session.labels.get(second)?);
    let id = LabelId(second as u32);
    let turn = session.turns.iter().position(|turn| turn.label == id)?;
    let letter = other.chars().chain(one.chars()).find(|c| !c.is_ascii())?;
    let message = format!(
        "“{one}” and “{other}” look alike and are written with different letters (such as U+{:04X}); they are two \
         voices, a roster can make them one",
        u32::from(letter)
    );
    Some(Warning { code: WarningCode::LookAlikeName, line: session.line_of(turn, 0), message })
}

#[cfg(test)]
mod tests {
    use super::super::resolve;
    use crate::model::{Join, SessionBuilder};

    /// Voices and warnings of a session with two labels.
    fn check(one: &str, other: &str, n_voices: usize, n_warnings: usize) {
        let mut builder = SessionBuilder::new("s");
        builder.turn(one).text("We oppose the levy.", Join::Line, 1, None);
        builder.turn(other).text("We support it.", Join::Line, 7, None);
        let session = builder.finish(0);
        let people = resolve(&session, &crate::text::read(&session), &Default::default());
        assert_eq!(people.speakers.len(), n_voices, "{one} {other}");
        let found: Vec<_> = people.warnings.iter().map(|w| (w.code.as_str(), w.line)).collect();
        assert_eq!(found, vec![("look-alike-name", 7); n_warnings], "{one} {other}");
    }

    #[test]
    fn names_in_other_letters_are_two_voices_with_a_warning() {
        check("Ann Lee", "\u{410}nn Lee", 2, 1); // Cyrillic А
        check("Ann Lee", "\u{391}nn Lee", 2, 1); // Greek Α
        check("Bo Ek", "B\u{43E} Ek", 2, 1); // Cyrillic о
        check("Bo Ek", "\u{42}\u{3BF} \u{415}k", 2, 1); // Greek ο, Cyrillic Е
        check("ANN LEE", "\u{410}NN LEE", 2, 1);
        check("Ann Lee", "\u{410}NN LEE", 2, 1);
        check("Cy Poe", "\u{421}\u{443} \u{420}\u{43E}\u{435}", 2, 1); // all Cyrillic
        check("Ann Lee", "\u{13AA}nn Lee", 2, 1); // Cherokee Ꭺ
        check("Iva Ito", "\u{406}va Ito", 2, 1); // Ukrainian І
        check("Ann Lee", "Ann \u{216C}ee", 1, 0); // the Roman numeral Ⅼ is a form of the letter L
    }

    #[test]
    fn one_name_in_another_form_is_one_voice() {
        check("Ann Lee", "ann  LEE", 1, 0);
        check("Zo\u{eb} Ek", "Zoe\u{308} Ek", 1, 0);
        check("Ann Lee", "\u{FF21}\u{FF4E}\u{FF4E}\u{3000}\u{FF2C}\u{FF45}\u{FF45}", 1, 0);
        check("Ann Lee", "Ann\u{A0}Lee", 1, 0);
        check("Sean O'Neil", "Sean O\u{2019}Neil", 1, 0);
        check("Anni \u{FB01}sch", "Anni fisch", 1, 0);
    }

    #[test]
    fn other_names_are_two_voices_without_a_warning() {
        check("Ann Lee", "Bo Ek", 2, 0);
        check("Al", "AI", 2, 0);
        check("Иван Петров", "Ivan Petrov", 2, 0);
    }
}
