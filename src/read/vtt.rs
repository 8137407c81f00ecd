//! WebVTT: voices `<v Name>`, or `Name: text` in the cue as meeting services write it.

use super::cues::{self, Stretch};
use super::webvtt::{self, Node};
use super::{Confidence, Document, Format, no_turns};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Session;

pub(super) const FORMAT: Format = Format {
    name: "vtt",
    about: "WebVTT: voices <v Name>, or \"Name: text\" in the cues (Zoom, Teams)",
    extensions: &["vtt"],
    confidence,
    read,
};

fn confidence(document: &Document) -> Confidence {
    if webvtt::has_signature(&document.text) {
        Confidence::new(1.0, "the first line is WEBVTT")
    } else {
        Confidence::NONE
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let cues = webvtt::parse(&document.text).ok_or_else(|| {
        Error::new(ErrorKind::Malformed { format: "vtt", reason: "the first line is not WEBVTT".into() })
            .at_line(1)
            .remedy("begin the file with WEBVTT and an empty line")
    })?;
    let stretches: Vec<Stretch> = cues.iter().flat_map(stretches).collect();
    let mut session = cues::session_of(document.stem(), &stretches);
    if session.turns.is_empty() {
        return Err(no_turns("no cue names its speaker, by <v Name> or by \"Name: text\""));
    }
    let backwards = cues.iter().filter(|cue| cue.time.end < cue.time.start).count();
    if backwards > 0 {
        let message = format!("cues that end before they start: {backwards}; they end where they start");
        session.warnings.push(crate::model::Warning { code: "bad-time".into(), line: 0, message });
    }
    Ok(vec![session])
}

/// The voices of a cue, one after the other.
fn stretches(cue: &webvtt::Cue) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut time = cue.time;
    time.end = time.end.max(time.start);
    let empty = Stretch { line: cue.line, time: Some(time), ..Stretch::default() };
    walk(&webvtt::parse_text(&cue.text), None, &empty, &mut found);
    let mut above = 0;
    for stretch in &mut found {
        stretch.line += above;
        above += stretch.text.matches('\n').count();
    }
    found.retain(|stretch| !stretch.text.trim().is_empty());
    found
}

fn walk(nodes: &[Node], voice: Option<&str>, empty: &Stretch, found: &mut Vec<Stretch>) {
    for node in nodes {
        match node {
            Node::Text(text) => match found.last_mut().filter(|last| last.voice.as_deref() == voice) {
                Some(last) => last.text.push_str(text),
                None => found.push(Stretch {
                    voice: voice.map(str::to_owned),
                    text: text.clone(),
                    ..empty.clone()
                }),
            },
            Node::Element { name, annotation, children, .. } => {
                let named = Some(annotation.as_str()).filter(|a| name == "v" && !a.is_empty());
                walk(children, named.or(voice), empty, found);
            }
            Node::Timestamp(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::super::tests::{read_as, turns};

    #[test]
    fn voices_and_entities_are_decoded_and_lines_lead_back() {
        let session = read_as(
            "vtt",
            "WEBVTT - a title\n\nNOTE Ann: not said\n\nSTYLE\n::cue { }\n\n1\n00:01.000 --> 00:03.500 align:start\n\
             <v.loud Ann Lee>Fares &amp; <i>fees</i>\nrise.\n\n9f-1/2-0\n00:00:03.000 --> 00:00:05.000\n\
             <v Bo Ek>Why?</v> <v Ann Lee>Money.\n",
        );
        assert_eq!(
            turns(&session),
            [("Ann Lee", "Fares & fees\nrise."), ("Bo Ek", "Why?"), ("Ann Lee", "Money.")]
        );
        assert_eq!([session.line_of(0, 0), session.line_of(0, 14), session.line_of(1, 0)], [10, 11, 15]);
        assert_eq!(session.turns[1].pieces[0].time.map(|t| (t.start, t.end)), Some((3.0, 5.0)));
    }

    #[test]
    fn overlapping_cues_are_both_kept() {
        let session = read_as(
            "vtt",
            "WEBVTT\n\n00:01.000 --> 00:05.000\n<v Ann>One\n\n00:02.000 --> 00:03.000\n<v Bo>Two\n\n\
             00:05.000 --> 00:06.000\n<v Ann>three.\n",
        );
        assert_eq!(turns(&session), [("Ann", "One"), ("Bo", "Two"), ("Ann", "three.")]);
    }

    #[test]
    fn cues_without_speakers_are_refused() {
        let error = read(b"WEBVTT\n\n00:01.000 --> 00:02.000\nhello there\n", "a.vtt", None).unwrap_err();
        assert!(error.to_string().contains("no cue names its speaker"), "{error}");
    }
}
