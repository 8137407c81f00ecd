//! Cues that do not stand in the order of their times.

use crate::model::WarningCode;

use super::cues::{CueWriter, Stretch};

/// A warning where cues come before the ones above them: they keep the order of the file.
pub(super) fn warn(stretches: &[Stretch], writer: &mut CueWriter) {
    let start = |stretch: &Stretch| stretch.time.map(|time| time.start);
    let is_before =
        |pair: &(&Stretch, &Stretch)| start(pair.1).is_some_and(|s| start(pair.0).is_some_and(|p| s < p));
    let early: Vec<&Stretch> = stretches
        .iter()
        .zip(stretches.iter().skip(1))
        .filter(is_before)
        .map(|(_, stretch)| stretch)
        .collect();
    if let Some(first) = early.first() {
        let message = format!(
            "cues that start before the one above them: {}; the order of the file is kept",
            early.len()
        );
        writer.builder.warn(WarningCode::UnorderedCue, first.line, message);
    }
}
