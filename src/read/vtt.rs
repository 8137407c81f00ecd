//! WebVTT: voices `<v Name>`, or `Name: text` in the cue as meeting services write it.

use rustc_hash::FxHashMap;

use super::colours::{self, ColouredStretch};
use super::cues::{self, Stretch};
use super::webvtt::{self, Node, StrayLines};
use super::{Confidence, Document, Format, count, no_turns};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Session, Time, Warning, WarningCode};

pub(super) const FORMAT: Format = Format {
    name: "vtt",
    about: "WebVTT: voices <v Name>, or \"Name: text\" in the cues (Zoom, Teams)",
    extensions: &["vtt"],
    confidence,
    read,
    source_text: count::vtt,
};

fn confidence(document: &Document) -> Confidence {
    if webvtt::has_signature(&document.text) {
        Confidence::new(1.0, "the first line is WEBVTT")
    } else {
        Confidence::NONE
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let (cues, strays) = webvtt::parse(&document.text).ok_or_else(|| {
        Error::new(ErrorKind::Malformed { format: "vtt", reason: "the first line is not WEBVTT".into() })
            .at_line(1)
            .remedy("begin the file with WEBVTT and an empty line")
    })?;
    let names = voices_in_identifiers(&cues);
    let n_strays = strays.len();
    let first_stray = strays.first().map_or(0, |stray| stray.line);
    let untimed: Vec<usize> = strays.iter().filter(|stray| stray.is_cue).map(|stray| stray.line).collect();
    let cues = with_strays(cues, strays);
    let mut stretches: Vec<Stretch> = cues.iter().flat_map(stretches).collect();
    for stretch in stretches.iter_mut().filter(|stretch| stretch.voice.is_none()) {
        stretch.voice = names.get(&stretch.line).cloned();
    }
    let mut session = cues::session_of(document.stem(), &stretches);
    if session.turns.is_empty()
        && let Some(voices) = colours::voices(&cues.iter().map(coloured).collect::<Vec<_>>())
    {
        session = cues::session_of(document.stem(), &voices);
        colours::warn(&mut session);
    }
    if session.turns.is_empty() {
        session = cues::unnamed_session_of(document.stem(), &stretches);
    }
    if session.turns.is_empty() {
        return Err(no_turns("no cue says a word"));
    }
    session.language = webvtt::language(&document.text);
    let mut warn = |code: WarningCode, line: usize, message: String| {
        session.warnings.push(Warning::at_line(code, line, message));
    };
    let is_backwards = |cue: &&CuePart| cue.time.is_some_and(|time| time.end < time.start);
    let backwards: Vec<usize> = cues.iter().filter(is_backwards).map(|cue| cue.line).collect();
    if let Some(&first) = backwards.first() {
        let n_cues = backwards.len();
        warn(
            WarningCode::BadTime,
            first,
            format!("cues that end before they start: {n_cues}; they end where they start"),
        );
    }
    if let Some(&first) = untimed.first() {
        let n_cues = untimed.len();
        warn(
            WarningCode::BadTime,
            first,
            format!("cues whose times cannot be read: {n_cues}; they were read without"),
        );
    }
    if n_strays > untimed.len() {
        let n_blocks = n_strays - untimed.len();
        let message = format!(
            "stretches of text outside of a cue: {n_blocks}; they were read as part of the cue above"
        );
        warn(WarningCode::StrayText, first_stray, message);
    }
    Ok(vec![session])
}

/// The voices that the identifiers of cues name, by the line of the cue: `7 "Ann Lee" (1234567890)`, as Webex writes
/// them.
fn voices_in_identifiers(cues: &[webvtt::Cue]) -> FxHashMap<usize, String> {
    let name = |cue: &webvtt::Cue| {
        let (before, rest) = cue.id.split_once('"')?;
        let (name, _) = rest.split_once('"')?;
        let is_number = before.trim().chars().all(|c| c.is_ascii_digit());
        (is_number && name.contains(char::is_alphabetic)).then(|| (cue.line, name.trim().to_owned()))
    };
    cues.iter().filter_map(name).collect()
}

/// A cue as it is read: its time may be missing.
struct CuePart {
    line: usize,
    time: Option<Time>,
    text: String,
    /// Line ends in the text, counted once: text outside of cues may follow in thousands of blocks.
    n_breaks: usize,
}

/// The cues with what stands outside of them: text is part of the cue above, as what follows an empty
/// line or holds an arrow is; what has times of its own, though they cannot be read, is a cue.
fn with_strays(cues: Vec<webvtt::Cue>, strays: Vec<StrayLines>) -> Vec<CuePart> {
    let mut parts: Vec<CuePart> = Vec::new();
    let mut strays = strays.into_iter().peekable();
    let part = |line, time, text: String| CuePart { line, time, n_breaks: text.matches('\n').count(), text };
    let cues = cues.into_iter().map(|cue| part(cue.line, Some(cue.time), cue.text));
    for (number, cue) in cues.map(Some).chain([None]).enumerate() {
        while let Some(stray) = strays.next_if(|stray| stray.above <= number) {
            match parts.last_mut().filter(|_| !stray.is_cue) {
                Some(above) if above.text.trim().is_empty() => {
                    *above = part(stray.line, above.time, stray.text);
                }
                Some(above) => {
                    let gap = stray.line.saturating_sub(above.line + above.n_breaks).max(1);
                    above.n_breaks += gap + stray.text.matches('\n').count();
                    above.text.push_str(&"\n".repeat(gap));
                    above.text.push_str(&stray.text);
                }
                None => parts.push(part(stray.line, None, stray.text)),
            }
        }
        parts.extend(cue);
    }
    parts
}

/// The voices of a cue, one after the other, each with its share of the cue's time.
fn stretches(cue: &CuePart) -> Vec<Stretch> {
    let time = cue.time.map(|time| Time { end: time.end.max(time.start), ..time });
    let whole = Stretch { line: cue.line, time, ..Stretch::default() };
    let mut spoken = Spoken { whole, voices: Vec::new() };
    spoken.walk(&webvtt::parse_text(&cue.text), None);
    let parts = spoken.whole.divided(spoken.voices.iter().skip(1).map(|&(start, _)| start));
    let named = parts.into_iter().zip(spoken.voices).map(|(part, (_, voice))| Stretch { voice, ..part });
    named.filter(|stretch| !stretch.text.trim().is_empty()).collect()
}

/// A cue with the colours that classes give to its text, as broadcasters write them: `<c.yellow>`.
fn coloured(cue: &CuePart) -> ColouredStretch {
    let time = cue.time.map(|time| Time { end: time.end.max(time.start), ..time });
    let mut colours = vec![(0, None)];
    let mut text = String::new();
    colours_of(&webvtt::parse_text(&cue.text), None, &mut text, &mut colours);
    ColouredStretch { stretch: Stretch { line: cue.line, time, text, ..Stretch::default() }, colours }
}

/// The classes that the standard gives colours to.
const COLOURS: [&str; 8] = ["white", "lime", "cyan", "red", "yellow", "magenta", "blue", "black"];

fn colours_of(
    nodes: &[Node],
    colour: Option<&str>,
    text: &mut String,
    colours: &mut Vec<(usize, Option<String>)>,
) {
    for node in nodes {
        match node {
            Node::Text(part) => {
                colours.push((text.len(), colour.and_then(colours::name)));
                text.push_str(part);
            }
            Node::Element { classes, children, .. } => {
                let own = classes.iter().map(String::as_str).find(|class| COLOURS.contains(class));
                colours_of(children, own.or(colour), text, colours);
            }
            Node::Timestamp(_) => {}
        }
    }
}

/// What a cue says, without markup.
struct Spoken {
    whole: Stretch,
    /// Where in the text each voice begins.
    voices: Vec<(usize, Option<String>)>,
}

impl Spoken {
    fn walk(&mut self, nodes: &[Node], voice: Option<&str>) {
        for node in nodes {
            match node {
                Node::Text(text) => {
                    if self.voices.last().is_none_or(|(_, last)| last.as_deref() != voice) {
                        self.voices.push((self.whole.text.len(), voice.map(str::to_owned)));
                    }
                    self.whole.text.push_str(text);
                }
                Node::Element { name, annotation, children, .. } => {
                    let named = Some(annotation.as_str()).filter(|a| name == "v" && !a.is_empty());
                    self.walk(children, named.or(voice));
                }
                Node::Timestamp(seconds) => self.reach(*seconds),
            }
        }
    }

    /// Notes a time inside the cue; one that does not fit between those around it says nothing.
    fn reach(&mut self, seconds: f64) {
        let Some(time) = self.whole.time else { return };
        let after = self.whole.marks.last().map_or(time.start, |&(_, before)| before);
        if seconds >= after && seconds <= time.end {
            self.whole.marks.push((self.whole.text.len(), seconds));
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
        assert_eq!(session.turns[1].pieces[0].time.map(|t| (t.start, t.end)), Some((3.0, 3.727)));
    }

    #[test]
    fn identifiers_of_cues_may_name_the_voices() {
        let session = read_as(
            "vtt",
            "WEBVTT\n\n1 \"Ann Lee\" (2810)\n00:01.000 --> 00:02.000\nWe raise: the fares.\n\n\
             2 \"Bo Ek\" (2811)\n00:02.000 --> 00:03.000\nWhy?\n",
        );
        assert_eq!(turns(&session), [("Ann Lee", "We raise: the fares."), ("Bo Ek", "Why?")]);
    }

    #[test]
    fn warnings_lead_to_the_first_cue_that_they_are_about() {
        let session = read_as(
            "vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: One\n\n00:02.000 --> 00:03.000\ntwo.\n\n\
             00:05.000 --> 00:04.000\nBo: Three.\n\n00:06.000 --> 00:07.000\nAnn: Four.\n",
        );
        let warnings: Vec<_> = session.warnings.iter().map(|w| (w.code.as_str(), w.line)).collect();
        assert_eq!(warnings, [("unnamed-cue", 7), ("bad-time", 10)]);
    }

    #[test]
    fn the_header_may_name_the_language() {
        let text = "WEBVTT\nKind: captions\nLanguage: es-419\n\n00:01.000 --> 00:02.000\n<v Ann>Hola.\n";
        assert_eq!(read_as("vtt", text).language.code(), "es");
    }

    #[test]
    fn times_inside_a_cue_are_used_as_they_are() {
        let session = read_as(
            "vtt",
            "WEBVTT\n\n00:10.000 --> 00:20.000\n<v Ann>Yes. <00:11.500>We <00:12.000>do.</v> \
             <00:15.000><v Bo>Why?\n\n00:20.000 --> 00:22.000\n<v Ann>Money <00:05.000>counts.\n",
        );
        assert_eq!(turns(&session), [("Ann", "Yes. We do."), ("Bo", "Why?"), ("Ann", "Money counts.")]);
        let time = |turn, start, end| {
            let found = session.time_of(turn, crate::model::Span::new(start, end)).unwrap();
            (found.start, found.end, found.interpolated)
        };
        assert_eq!(time(0, 0, 4), (10.0, 11.5, false));
        assert_eq!(time(0, 5, 11), (11.5, 15.0, false));
        assert_eq!(time(1, 0, 4), (15.0, 20.0, false));
        assert_eq!(time(2, 0, 13), (20.0, 22.0, false));
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
    fn cues_without_speakers_are_one_unknown_voice() {
        let session = read_as(
            "vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nhello there\n\n00:02.000 --> 00:03.000\nand welcome\n",
        );
        assert_eq!(turns(&session), [("", "hello there and welcome")]);
        assert_eq!(session.warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["no-speakers"]);
        let error = read(b"WEBVTT\n\n00:01.000 --> 00:02.000\n \n", "a.vtt", None).unwrap_err();
        assert!(error.to_string().contains("no cue says a word"), "{error}");
    }
}
