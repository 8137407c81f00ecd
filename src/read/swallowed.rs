//! Labels inside turns: what begins like the turn of another voice and was not taken as one. The reader's rules
//! may be right (somebody is quoted) or wrong (somebody's words stand under another's name), so each is a warning.

use rustc_hash::{FxHashMap, FxHashSet};

use super::label::{self, Shape};
use super::view::View;
use crate::model::{Session, Warning, WarningCode};

/// Most labels that get a warning each; the rest share one.
const MAX_WARNINGS: usize = 20;

/// Bytes before a colon in which a label may stand.
const REACH: usize = 80;

/// A label met in a turn of somebody else.
struct InnerLabel {
    label: String,
    line: u32,
    of: String,
    count: usize,
}

/// Warns of labels that turns hold: of voices that the session has, at line starts and after a sentence; and of
/// what is written like a name before a colon where a further line of a turn begins.
pub(super) fn warn(session: &mut Session) {
    let known: FxHashSet<String> =
        session.labels.iter().flat_map(|label| [key(label), key(bare(label))]).collect();
    let mut met: Vec<InnerLabel> = Vec::new();
    let mut by_label: FxHashMap<String, usize> = FxHashMap::default();
    for turn in 0..session.turns.len() {
        let text = session.turn_text(turn);
        if !text.contains([':', '：']) {
            continue;
        }
        let view = View::of(text);
        let seen = view.text(text);
        let own = session.turn_label(turn);
        for (at, label) in labels_in(seen, &known) {
            if key(label) == key(own) || key(bare(label)) == key(bare(own)) {
                continue;
            }
            let number = *by_label.entry(key(label)).or_insert(met.len());
            if number == met.len() {
                let line = session.line_of(turn, view.place(at..at).start);
                met.push(InnerLabel { label: label.to_owned(), line, of: own.to_owned(), count: 0 });
            }
            if let Some(met) = met.get_mut(number) {
                met.count += 1;
            }
        }
    }
    let rest: usize = met.iter().skip(MAX_WARNINGS).map(|met| met.count).sum();
    let line = met.get(MAX_WARNINGS).map_or(0, |met| met.line);
    session.warnings.extend(met.iter().take(MAX_WARNINGS).map(warning));
    if rest > 0 {
        let message = format!("other labels that stand inside turns of others: {rest}");
        session.warnings.push(Warning { code: WarningCode::UnreadLabel, line, message });
    }
}

fn warning(met: &InnerLabel) -> Warning {
    let message = format!(
        "“{}:” stands inside a turn of “{}” and was not taken for a label; places: {}",
        met.label, met.of, met.count
    );
    Warning { code: WarningCode::UnreadLabel, line: met.line, message }
}

/// A label as it is compared.
fn key(label: &str) -> String {
    label.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A label without what stands in brackets at its end.
fn bare(label: &str) -> &str {
    match label.find(['(', '[']) {
        Some(open) if open > 0 => label.get(..open).unwrap_or(label).trim(),
        _ => label,
    }
}

/// The labels in the text of a turn, with their places.
fn labels_in<'t>(text: &'t str, known: &FxHashSet<String>) -> Vec<(usize, &'t str)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let lead = line.len() - line.trim_start().len();
        let begun = label::split_label(line.trim_start());
        let mut from = start + lead;
        if let Some((label, speech)) = begun {
            let is_known = known.contains(&key(label)) || known.contains(&key(bare(label)));
            let looks_like_one = start > 0 && is_name(label);
            if is_known || looks_like_one {
                found.push((from, label));
                from += speech;
            }
        }
        found.extend(after_sentences(text, from..start + line.len(), known));
        start += line.len() + 1;
    }
    found
}

/// Whether a label is one by its form alone: a full name, or a name in lower case with an organisation in brackets.
fn is_name(label: &str) -> bool {
    label::is_lower_name(label) || label::shape(label) == Some(Shape::Strong) && label.contains(' ')
}

/// The labels of known voices that follow a sentence within a line.
fn after_sentences<'t>(
    text: &'t str,
    line: std::ops::Range<usize>,
    known: &FxHashSet<String>,
) -> Vec<(usize, &'t str)> {
    let said = text.get(line.clone()).unwrap_or("");
    let mut found = Vec::new();
    for (colon, _) in said.match_indices(": ") {
        let before = said.get(said.floor_char_boundary(colon.saturating_sub(REACH))..colon).unwrap_or("");
        let ends = [". ", "? ", "! ", "… ", ") ", "” ", "\" "];
        // A title's full stop ends no sentence: the shortest label that is known is taken.
        let label = ends.iter().flat_map(|end| before.match_indices(end)).map(|(at, end)| at + end.len());
        let label = label.filter_map(|at| Some((at, before.get(at..)?.trim())));
        let label = label.filter(|(_, label)| known.contains(&key(label))).max();
        if let Some((at, label)) = label {
            found.push((line.start + colon - before.len() + at, label));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_as;
    use crate::model::WarningCode;

    fn check(format: &str, text: &str, expected: &[(u32, &str)]) {
        let session = read_as(format, text);
        let found: Vec<(u32, &str)> = session
            .warnings
            .iter()
            .filter(|warning| warning.code == WarningCode::UnreadLabel)
            .map(|warning| (warning.line, warning.message.split(':').next().unwrap_or("")))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_label_that_a_turn_holds_is_a_warning_with_its_line() {
        check("plain", "Ann Lee: We oppose the\nlevy. BO EK: Yes.\nBo Ek: Yes.\n", &[(2, "“BO EK")]);
        check("plain", "Ann Lee: We oppose.\nBo Ek: Yes. Ann lee: No.\n", &[(2, "“Ann lee")]);
        check(
            "otter",
            "Ann Lee  0:01\nNo.\nBo Ek: Yes.\nCy Poe: Me too.\n\nBo Ek  0:09\nYes.\n",
            &[(3, "“Bo Ek"), (4, "“Cy Poe")],
        );
        check(
            "otter",
            "Ann Lee  0:01\nNo.\nemma (Reth): Yes.\n\nBo Ek  0:09\nYes.\n",
            &[(3, "“emma (Reth)")],
        );
        check(
            "csv",
            "speaker,text\nAnn Lee,No. Bo Ek (Quay): Yes.\nBo Ek (Quay),No.\n",
            &[(2, "“Bo Ek (Quay)")],
        );
        check(
            "jsonl",
            "{\"speaker\":\"Ann\",\"text\":\"Bo: Yes.\"}\n{\"speaker\":\"Bo\",\"text\":\"No.\"}\n",
            &[(1, "“Bo")],
        );
        check("markdown", "# M\n\nAL: One. Be: Two.\n\nBE: Three.\n\nAL: Four.\n", &[(3, "“Be")]);
    }

    #[test]
    fn other_colons_are_no_warning() {
        check(
            "plain",
            "Ann Lee: Two points: one, two. Note: three.\nhttp://a.b: x\nBo Ek: As Ann Lee said: yes.\n",
            &[],
        );
        check("plain", "Ann Lee: No. Ann Lee: No.\nBo Ek: Yes.\n", &[]);
    }
}
