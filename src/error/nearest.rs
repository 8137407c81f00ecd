//! What somebody may have meant by a name that does not exist.

/// From this similarity on, a name may have been meant.
const SIMILAR: f64 = 0.6;

/// The known name that is most like the unknown one, where one is; the first of several.
pub fn nearest<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let mut best: Option<(f64, &str)> = None;
    for name in known {
        let similarity = strsim::normalized_damerau_levenshtein(unknown, name);
        if similarity >= SIMILAR && best.is_none_or(|(so_far, _)| similarity > so_far) {
            best = Some((similarity, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_keys_is_understood_and_another_word_is_not() {
        let known = ["csv", "json", "words", "stakeholder"];
        let cases = [
            ("cvs", Some("csv")),
            ("jsn", Some("json")),
            ("word", Some("words")),
            ("stakeholders", Some("stakeholder")),
            ("harbour", None),
            ("", None),
        ];
        for (unknown, meant) in cases {
            assert_eq!(nearest(unknown, known), meant, "{unknown}");
        }
    }
}
