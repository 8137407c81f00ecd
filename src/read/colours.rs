//! Colours as voices: subtitles for the hard of hearing show each voice in a colour of its own. Where nothing else
//! names anybody, each colour is taken for one voice.

use rustc_hash::FxHashMap;

use super::cues::Stretch;
use super::unnamed::UNKNOWN;
use crate::model::{Session, Warning, WarningCode, count_words};

/// The colours that broadcasters use, by their codes.
const NAMES: [(&str, &str); 16] = [
    ("#ffffff", "white"),
    ("#ffff00", "yellow"),
    ("#00ffff", "cyan"),
    ("#00ff00", "green"),
    ("#ff00ff", "magenta"),
    ("#ff0000", "red"),
    ("#0000ff", "blue"),
    ("#000000", "black"),
    ("#fff", "white"),
    ("#ff0", "yellow"),
    ("#0ff", "cyan"),
    ("#0f0", "green"),
    ("#f0f", "magenta"),
    ("#f00", "red"),
    ("#00f", "blue"),
    ("#000", "black"),
];

/// A cue with the places in its text from which on a colour holds, or none.
pub(super) struct ColouredStretch {
    pub stretch: Stretch,
    pub colours: Vec<(usize, Option<String>)>,
}

/// A colour by its usual name, else as it is written; `lime` and `#00ff00` are green in subtitles.
pub(super) fn name(value: &str) -> Option<String> {
    let value = value.trim_matches(['"', '\'', ' ']).to_lowercase();
    let known = NAMES.iter().find(|(code, _)| *code == value).map(|(_, name)| *name);
    let name = known.unwrap_or(match value.as_str() {
        "lime" => "green",
        "aqua" => "cyan",
        "fuchsia" => "magenta",
        other => other,
    });
    let is_colour = name.strip_prefix('#').unwrap_or(name).chars().all(|c| c.is_ascii_alphanumeric());
    (is_colour && !name.is_empty() && name.len() <= 20).then(|| name.to_owned())
}

/// The cues with their colours as voices, where at least two colours, or one and none, come back and half of the
/// words have one. What has no colour is an unknown voice.
pub(super) fn voices(cues: &[ColouredStretch]) -> Option<Vec<Stretch>> {
    let parts: Vec<Stretch> = cues.iter().flat_map(parts_of).collect();
    let mut uses: FxHashMap<&str, usize> = FxHashMap::default();
    let (mut n_words, mut n_coloured) = (0, 0);
    for part in &parts {
        let (voice, words) = (part.voice.as_deref().unwrap_or(UNKNOWN), count_words(&part.text));
        *uses.entry(voice).or_default() += 1;
        n_words += words;
        n_coloured += if voice.is_empty() { 0 } else { words };
    }
    let n_returning = uses.values().filter(|&&n| n >= 2).count();
    (n_returning >= 2 && 2 * n_coloured >= n_words).then_some(parts)
}

/// A cue as one stretch for each colour in it.
fn parts_of(cue: &ColouredStretch) -> Vec<Stretch> {
    let mut changes: Vec<(usize, Option<&str>)> = Vec::new();
    let text = &cue.stretch.text;
    let ends = cue.colours.iter().skip(1).map(|&(at, _)| at).chain([text.len()]);
    for ((at, colour), end) in cue.colours.iter().zip(ends) {
        let says = text.get(*at..end).is_some_and(|said| !said.trim().is_empty());
        if says && changes.last().is_none_or(|&(_, last)| last != colour.as_deref()) {
            changes.push((*at, colour.as_deref()));
        }
    }
    let parts = cue.stretch.divided(changes.iter().skip(1).map(|&(at, _)| at));
    let named = parts
        .into_iter()
        .zip(changes)
        .map(|(part, (_, colour))| Stretch { voice: Some(colour.unwrap_or(UNKNOWN).to_owned()), ..part });
    named.filter(|part| !part.text.trim().is_empty()).collect()
}

/// Says what was guessed.
pub(super) fn warn(session: &mut Session) {
    let named: Vec<&str> =
        session.labels.iter().filter(|label| !label.is_empty()).map(String::as_str).collect();
    let message =
        format!("no cue names a speaker, so each colour was taken for one voice: {}", named.join(", "));
    session.warnings.push(Warning { code: WarningCode::ColourVoices, line: 0, message });
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    fn subtitles(texts: &[&str]) -> String {
        let cue =
            |(at, text): (usize, &&str)| format!("{at}\n00:00:{at:02},000 --> 00:00:{at:02},900\n{text}\n\n");
        texts.iter().enumerate().map(cue).collect()
    }

    #[test]
    fn each_colour_is_a_voice_where_nothing_names_one() {
        let session = read_as(
            "srt",
            &subtitles(&[
                "<font color=\"#ffff00\">We raise</font>",
                "<font color=\"yellow\">the fares.</font>",
                "<font color=#00FFFF>Why?</font>\n<font color=\"#FFFF00\">Money.</font>",
                "Order!",
                "<font color=\"#00ffff\"><i>No &amp; no.</i></font>",
                "Order, please.",
            ]),
        );
        assert_eq!(
            turns(&session),
            [
                ("yellow", "We raise the fares."),
                ("cyan", "Why?"),
                ("yellow", "Money."),
                ("", "Order!"),
                ("cyan", "No & no."),
                ("", "Order, please."),
            ]
        );
        assert_eq!([session.line_of(1, 0), session.line_of(2, 0)], [11, 12]);
        let codes: Vec<&str> = session.warnings.iter().map(|w| w.code.as_str()).collect();
        assert_eq!(codes, ["colour-voices"]);
    }

    #[test]
    fn labels_hold_over_colours_and_one_colour_says_nothing() {
        let labelled = subtitles(&[
            "<font color=\"yellow\">Ann: One.</font>",
            "<font color=\"cyan\">Bo: Two.</font>",
            "<font color=\"yellow\">Ann: Three.</font>",
            "<font color=\"cyan\">Bo: Four.</font>",
        ]);
        assert_eq!(turns(&read_as("srt", &labelled))[0], ("Ann", "One."));
        let one = subtitles(&["<font color=\"white\">One.</font>", "<font color=\"white\">Two.</font>"]);
        assert_eq!(turns(&read_as("srt", &one)), [("", "One. Two.")]);
        let few = subtitles(&["<font color=\"red\">One.</font>", "Two and three and four.", "Five.", "Six."]);
        assert_eq!(turns(&read_as("srt", &few)).len(), 1);
    }

    #[test]
    fn classes_of_colours_are_voices_in_webvtt() {
        let session = read_as(
            "vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<c.yellow>One.</c>\n\n00:02.000 --> 00:03.000\n<c.bg_black.cyan>Two.</c>\n\n\
             00:03.000 --> 00:04.000\n<c.yellow>Three.</c> <c.cyan>Four.</c>\n",
        );
        assert_eq!(
            turns(&session),
            [("yellow", "One."), ("cyan", "Two."), ("yellow", "Three."), ("cyan", "Four.")]
        );
    }
}
