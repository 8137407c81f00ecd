//! Lines of minutes that are about the session and nobody's speech.

use super::super::{fields, outcomes};

/// `Presenter: …`, `[slides](…)`, `**Attendees:** …`: about the session, not part of it.
pub(super) fn is_metadata(text: &str) -> bool {
    let plain = text.trim_start_matches(['*', '_']);
    let key = plain.split(':').next().unwrap_or("").trim_end_matches(['*', '_', ' ']).to_lowercase();
    let known =
        ["presenter", "presenters", "slides", "proposal", "summary", "conclusion", "reviewers", "delegates"];
    // A field in bold stands between speech as polls and links do: `**Poll**: keep it?`
    let is_bold_field = || text.starts_with("**") && fields::is_field(text);
    plain.contains(':')
        && (known.contains(&key.as_str())
            || is_bold_field()
            || outcomes::key(text).is_some()
            || is_proposal(text)
            || key.ends_with("attendees")
            || key.ends_with("reviewers"))
        || text.starts_with("[") && text.contains("](") && text.ends_with(')')
        || text.starts_with("<http")
        || text.starts_with("http")
}

/// What a scribe notes of a proposal, in capitals: `PROPOSAL: fares rise`.
fn is_proposal(text: &str) -> bool {
    text.split(':').next().unwrap_or("").trim_matches(['*', '_', ' ']) == "PROPOSAL"
}

#[cfg(test)]
mod tests {
    use super::is_metadata;

    #[test]
    fn fields_links_and_outcomes_are_about_the_session() {
        for line in [
            "Presenter: Ann",
            "**Poll**: keep it?",
            "ACTION: Bo to write",
            "**RESOLUTION:** fares rise",
            "[slides](https://example.org/s)",
        ] {
            assert!(is_metadata(line), "{line}");
        }
        for line in ["**Ann:** One.", "We take action: now.", "Poll the members: today."] {
            assert!(!is_metadata(line), "{line}");
        }
    }
}
