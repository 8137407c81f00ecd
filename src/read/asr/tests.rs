//! The shapes that each recogniser writes.

use crate::read::read;
use crate::read::tests::{read_as, turns};

fn check(text: &str, expected: &[(&str, &str, f64, f64)]) {
    let session = read_as("asr", text);
    let found: Vec<_> = turns(&session)
        .into_iter()
        .enumerate()
        .map(|(at, (label, said))| {
            let pieces = &session.turns[at].pieces;
            let (first, last) = (pieces[0].time.unwrap(), pieces[pieces.len() - 1].time.unwrap());
            (label, said, first.start, last.end)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn whisperx_segments_of_one_speaker_are_one_turn() {
    check(
        r#"{"segments": [{"start": 0.5, "end": 1.5, "text": " We raise", "speaker": "SPEAKER_00", "words":
            [{"word": "We", "start": 0.5, "end": 0.7, "score": 0.9}, {"word": "raise"}]},
            {"start": 1.5, "end": 2.0, "text": " fares.", "speaker": "SPEAKER_00"},
            {"start": 2.0, "end": 2.5, "text": " Why?"}], "language": "en"}"#,
        &[("SPEAKER_00", "We raise fares.", 0.5, 2.0), ("", "Why?", 2.0, 2.5)],
    );
}

#[test]
fn messages_of_chats_have_names_days_and_times_from_the_first() {
    let export = r#"[
        {"type": "message", "subtype": "channel_join", "user": "U1", "text": "<@U1> has joined", "ts": "1720170000.000100"},
        {"type": "message", "user": "U1", "text": "We raise fares.", "ts": "1720170060.5", "user_profile": {"real_name": "Ann Lee", "name": "ann"}},
        {"type": "message", "user": "U2", "text": "Why?", "ts": "1720170070.5", "user_profile": {"real_name": "Bo Ek", "name": "bo"}}]"#;
    check(export, &[("Ann Lee", "We raise fares.", 0.0, 0.0), ("Bo Ek", "Why?", 10.0, 10.0)]);
    assert_eq!(read_as("asr", export).date, "2024-07-05");
    let parts = r#"{"name": "Ferry", "messages": [
        {"id": 1, "type": "service", "actor": "Ann", "text": ""},
        {"id": 2, "type": "message", "from": "Ann", "text": "We raise fares."},
        {"id": 3, "type": "message", "from": "Bo", "text": "Why?"},
        {"id": 4, "type": "message", "from": "Ann", "text": ["See ", {"type": "link", "text": "https://example.org"}, " there."]}]}"#;
    assert_eq!(
        turns(&read_as("asr", parts)),
        [("Ann", "We raise fares."), ("Bo", "Why?"), ("Ann", "See  https://example.org  there.")]
    );
}

#[test]
fn a_list_may_be_wrapped_as_an_object_may() {
    check(
        r#"{"meeting": {"title": "Ferry"}, "transcript": [{"participant": {"name": "Ann"}, "words": [
            {"text": "Yes.", "start_timestamp": {"relative": 1.5}, "end_timestamp": {"relative": 2.0}}]}]}"#,
        &[("Ann", "Yes.", 1.5, 2.0)],
    );
}

#[test]
fn assemblyai_counts_milliseconds() {
    check(
        r#"{"id": "x", "text": "One two.", "utterances": [
            {"speaker": "A", "text": "One.", "start": 500, "end": 1500, "words": []},
            {"speaker": "B", "text": "Two.", "start": 1500, "end": 2500}]}"#,
        &[("A", "One.", 0.5, 1.5), ("B", "Two.", 1.5, 2.5)],
    );
}

#[test]
fn deepgram_has_utterances_or_words() {
    check(
        r#"{"metadata": {}, "results": {"channels": [{"alternatives": [{"transcript": "one two", "words": []}]}],
            "utterances": [{"start": 0.5, "end": 1.5, "transcript": "One.", "speaker": 0},
            {"start": 1.5, "end": 2.5, "transcript": "Two.", "speaker": 1}]}}"#,
        &[("0", "One.", 0.5, 1.5), ("1", "Two.", 1.5, 2.5)],
    );
    check(
        r#"{"results": {"channels": [{"alternatives": [{"words": [
            {"word": "one", "punctuated_word": "One", "start": 0.5, "end": 1.0, "speaker": 0},
            {"word": "more", "punctuated_word": "more.", "start": 1.0, "end": 1.5, "speaker": 0},
            {"word": "two", "punctuated_word": "Two.", "start": 1.5, "end": 2.5, "speaker": 1}]}]}]}}"#,
        &[("0", "One more.", 0.5, 1.5), ("1", "Two.", 1.5, 2.5)],
    );
}

#[test]
fn aws_detaches_punctuation_and_may_list_speakers_apart() {
    let item = |start: &str, end: &str, word: &str, label: &str| {
        format!(
            r#"{{"start_time": "{start}", "end_time": "{end}", "type": "pronunciation", {label}
            "alternatives": [{{"confidence": "1", "content": "{word}"}}]}}"#
        )
    };
    let stop = r#"{"type": "punctuation", "alternatives": [{"content": "."}]}"#;
    let labelled = format!(
        r#"{{"jobName": "j", "results": {{"transcripts": [], "items": [{}, {stop}, {}]}}}}"#,
        item("0.5", "1.5", "One", r#""speaker_label": "spk_0","#),
        item("1.5", "2.5", "Two", r#""speaker_label": "spk_1","#)
    );
    let expected = [("spk_0", "One.", 0.5, 1.5), ("spk_1", "Two", 1.5, 2.5)];
    check(&labelled, &expected);
    let apart = format!(
        r#"{{"results": {{"speaker_labels": {{"segments": [{{"items": [
        {{"start_time": "0.5", "speaker_label": "spk_0"}}, {{"start_time": "1.5", "speaker_label": "spk_1"}}]}}]}},
        "items": [{}, {stop}, {}]}}}}"#,
        item("0.5", "1.5", "One", ""),
        item("1.5", "2.5", "Two", "")
    );
    check(&apart, &expected);
}

#[test]
fn fireflies_sentences_may_be_wrapped() {
    let plain = r#"{"title": "Ferry", "sentences": [
        {"speaker_name": "Ann Lee", "speaker_id": 0, "text": "One.", "start_time": 0.5, "end_time": 1.5},
        {"speaker_name": "Bo Ek", "speaker_id": 1, "text": "Two.", "start_time": 1.5, "end_time": 2.5}]}"#;
    let expected = [("Ann Lee", "One.", 0.5, 1.5), ("Bo Ek", "Two.", 1.5, 2.5)];
    check(plain, &expected);
    check(&format!(r#"{{"data": {{"transcript": {plain}}}}}"#), &expected);
}

#[test]
fn a_transcript_without_speakers_is_one_unknown_voice() {
    for (text, said) in [
        (r#"{"text": "One two."}"#, "One two."),
        (
            r#"{"segments": [{"text": " One", "start": 0, "end": 1}, {"text": " two.", "start": 1, "end": 2}]}"#,
            "One two.",
        ),
        (
            r#"{"results": {"channels": [{"alternatives": [{"transcript": "one two", "words": [
                {"word": "one", "start": 0, "end": 1}, {"word": "two", "start": 1, "end": 2}]}]}]}}"#,
            "one two",
        ),
        (
            r#"{"words": [{"id": 0, "start": 0, "end": 1, "text": "One"}, {"id": 1, "start": 1, "end": 2, "text": "two."}],
                "paragraphs": [{"id": 0, "start": 0, "end": 1, "speaker": "U_UKN"}, {"id": 1, "start": 1, "end": 2, "speaker": "U_UKN"}]}"#,
            "One two.",
        ),
    ] {
        let session = read_as("asr", text);
        assert_eq!(turns(&session), [("", said)], "{text}");
        assert_eq!(
            session.warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(),
            ["no-speakers"],
            "{text}"
        );
    }
}

/// Who says what, and no warning but those named.
fn check_turns(text: &str, expected: &[(&str, &str)], warnings: &[&str]) {
    let session = read_as("asr", text);
    assert_eq!(turns(&session), expected, "{text}");
    let codes: Vec<&str> = session.warnings.iter().map(|w| w.code.as_str()).collect();
    assert_eq!(codes, warnings, "{text}");
}

#[test]
fn every_dialect_is_read_by_its_row() {
    let expected = [("1", "One more."), ("2", "Two.")];
    for (name, text) in [
        (
            "Google: the last result repeats the words, with speakers",
            r#"{"results": [{"alternatives": [{"transcript": "One more.", "words": [{"word": "One", "startTime": "0s", "endTime": "0.5s"},
                {"word": "more.", "startTime": {"seconds": "0", "nanos": 500000000}}]}]},
                {"alternatives": [{"transcript": " Two.", "words": [{"word": "One", "startTime": "0s", "speakerTag": 1},
                {"word": "more.", "startTime": "0.5s", "speakerTag": 1}, {"word": "Two.", "startTime": "1s", "speakerTag": 2}]}]}]}"#,
        ),
        (
            "Watson: speakers by time, in a job",
            r#"{"results": [{"result_index": 0, "speaker_labels": [{"from": 0, "to": 0.5, "speaker": 1}, {"from": 0.5, "to": 1, "speaker": 1},
                {"from": 1, "to": 2, "speaker": 2}], "results": [{"alternatives": [{"transcript": "One more. ", "timestamps":
                [["One", 0, 0.5], ["more.", 0.5, 1]]}]}, {"alternatives": [{"transcript": "Two. ", "timestamps": [["Two.", 1, 2]]}]}]}]}"#,
        ),
        (
            "Speechmatics: marks are words",
            r#"{"job": {"lang": "en"}, "speakers": [{"name": "1", "time": "0.0", "duration": "1.0"}, {"name": "2", "time": "1.0", "duration": "1"}],
                "words": [{"name": "One", "time": "0.0", "duration": "0.4"}, {"name": "more", "time": "0.5", "duration": "0.4"},
                {"name": ".", "time": "0.9", "duration": "0.1"}, {"name": "Two", "time": "1.0", "duration": "0.4"}, {"name": ".", "time": "1.4", "duration": "0"}]}"#,
        ),
        (
            "Speechmatics, the newer form",
            r#"{"results": [{"type": "word", "start_time": 0, "end_time": 0.5, "alternatives": [{"content": "One", "speaker": "1"}]},
                {"type": "word", "start_time": 0.5, "end_time": 0.9, "alternatives": [{"content": "more", "speaker": "1"}]},
                {"type": "punctuation", "start_time": 0.9, "end_time": 0.9, "attaches_to": "previous", "alternatives": [{"content": ".", "speaker": "1"}]},
                {"type": "word", "start_time": 1, "end_time": 2, "alternatives": [{"content": "Two.", "speaker": "2"}]}]}"#,
        ),
        (
            "Rev: blanks are elements",
            r#"{"monologues": [{"speaker": 1, "elements": [{"type": "text", "value": "One", "ts": 0, "end_ts": 0.5}, {"type": "punct", "value": " "},
                {"type": "text", "value": "more", "ts": 0.5, "end_ts": 0.9}, {"type": "punct", "value": "."}]},
                {"speaker": 2, "elements": [{"type": "text", "value": "Two", "ts": 1, "end_ts": 2}, {"type": "punct", "value": "."}]}]}"#,
        ),
        (
            "Kaldi: words and segments joined by time",
            r#"{"retval": {"punct": "One more. Two.", "words": [{"word": "one", "punct": "One", "start": 0, "end": 0.5},
                {"word": "more", "punct": "more.", "start": 0.5, "end": 1}, {"word": "two", "punct": "Two.", "start": 1, "end": 2}],
                "segmentation": {"segments": [{"start": 0, "duration": 1, "speaker": {"@id": "1"}}, {"start": 1, "duration": 1, "speaker": {"@id": "2"}}]}}}"#,
        ),
        (
            "digital-paper-edit: words and paragraphs",
            r#"{"words": [{"start": 0, "end": 0.5, "text": "One"}, {"start": 0.5, "end": 1, "text": "more."}, {"start": 1, "end": 2, "text": "Two."}],
                "paragraphs": [{"start": 0, "end": 1, "speaker": "1"}, {"start": 1, "end": 2, "speaker": "2"}]}"#,
        ),
        (
            "autoEdit: paragraphs of lines of words",
            r#"{"text": [{"speaker": "1", "paragraph": [{"line": [{"text": "One", "start": 0, "end": 0.5}, {"text": "more.", "start": 0.5, "end": 1}]}]},
                {"speaker": "2", "paragraph": [{"line": [{"text": "Two.", "start": 1, "end": 2}]}]}]}"#,
        ),
        (
            "AssemblyAI without utterances",
            r#"{"audio_url": "x", "text": "One more. Two.", "utterances": null, "words": [{"text": "One", "start": 0, "end": 500, "speaker": "1"},
                {"text": "more.", "start": 500, "end": 900, "speaker": "1"}, {"text": "Two.", "start": 1000, "end": 2000, "speaker": "2"}]}"#,
        ),
        (
            "Azure: phrases with times in ticks",
            r#"{"recognizedPhrases": [{"speaker": 1, "offsetInTicks": 0, "durationInTicks": 10000000, "nBest": [{"display": "One more."}, {"display": "Won more."}]},
                {"speaker": 2, "offsetInTicks": 10000000, "durationInTicks": 10000000, "nBest": [{"display": "Two."}]}]}"#,
        ),
        (
            "Congressional Record: labels again in the text",
            r#"{"header": {"day": "20", "month": "July", "year": "2005"}, "content": [{"kind": "speech", "speaker": "1", "text": "  1. One more."},
                {"kind": "speech", "speaker": "2", "text": "  2. Two."}]}"#,
        ),
    ] {
        assert_eq!(turns(&read_as("asr", text)), expected, "{name}");
        check_turns(text, &expected, &[]);
    }
}

#[test]
fn a_list_of_words_is_joined_to_turns_with_its_times() {
    let word = |(at, (text, speaker)): (usize, (&str, &str))| {
        format!(r#"{{"text": "{text}", "start": {at}.5, "end": {at}.9, "speaker": "{speaker}"}}"#)
    };
    let said = [("One", "A"), ("more.", "A"), ("And", "A"), ("more.", "A"), ("Two,", "B"), ("too.", "B")];
    let words: Vec<String> = said.into_iter().enumerate().map(word).collect();
    let text = format!("[{}]", words.join(",\n"));
    let session = read(text.as_bytes(), "words.json", None).unwrap().sessions.remove(0);
    assert_eq!(session.source.format, "asr");
    assert_eq!(turns(&session), [("A", "One more. And more."), ("B", "Two, too.")]);
    // A sentence leads to the line of its first word.
    assert_eq!((session.line_of(0, 0), session.line_of(0, 10)), (1, 3));
    let time = session.time_of(0, crate::model::Span::new(10, 13)).unwrap();
    assert_eq!((time.start, time.end), (2.5, 2.9));
}

#[test]
fn an_unknown_dialect_is_guessed_and_the_guess_is_named() {
    check_turns(
        r#"{"meeting": {"id": 7, "items": [{"sentence": "We oppose it.", "who": "Ann Lee", "start_ms": 0, "end_ms": 1500},
            {"sentence": "We do not.", "who": "Bo Ek", "start_ms": 1500, "end_ms": 3000}]}}"#,
        &[("Ann Lee", "We oppose it."), ("Bo Ek", "We do not.")],
        &["guessed-layout"],
    );
    let session = read_as(
        "asr",
        r#"[{"caption": "We oppose it.", "offset": 3}, {"caption": "All of it.", "offset": 5}]"#,
    );
    assert_eq!(turns(&session), [("", "We oppose it. All of it.")]);
    assert!(session.warnings.iter().any(|w| w.message.contains("\"caption\"")), "{:?}", session.warnings);
    for other in [
        r#"[{"name": "Ferry", "text": "A line"}]"#,
        r#"{"schema": "rapporteur/summary/1", "speakers": [{"name": "A", "text": "x", "start": 1}]}"#,
    ] {
        assert!(
            crate::read::detect(other.as_bytes(), "a.json").iter().all(|g| g.confidence < 0.92),
            "{other}"
        );
    }
}

#[test]
fn words_give_their_times_and_a_segment_without_a_speaker_theirs() {
    let text = r#"{"segments": [{"start": 0.5, "end": 4.0, "text": " In 2024 we raise. Why?", "words": [
        {"word": "In", "start": 0.5, "end": 0.7}, {"word": "2024"}, {"word": "we", "start": 1.5, "end": 1.6, "speaker": "S1"},
        {"word": "raise.", "start": 1.6, "end": 2.0}, {"word": "Why?", "start": 3.5, "end": 3.9}]}]}"#;
    let session = read(text.as_bytes(), "a.json", None).unwrap().sessions.remove(0);
    assert_eq!(turns(&session), [("S1", "In 2024 we raise. Why?")]);
    let time = |start, end| {
        let found = session.time_of(0, crate::model::Span::new(start, end)).unwrap();
        (found.start, found.end, found.interpolated)
    };
    assert_eq!(time(0, 17), (0.5, 2.0, false));
    assert_eq!(time(18, 22), (3.5, 3.9, false));
    // A word without a time lies between those that have one.
    assert_eq!(time(3, 7), (0.929, 1.5, true));
}

#[test]
fn the_language_is_the_one_that_the_recogniser_names() {
    for (text, expected) in [
        (r#"{"segments": [{"start": 0, "end": 1, "text": "Oui.", "speaker": "A"}], "language": "fr"}"#, "fr"),
        (
            r#"{"segments": [{"start": 0, "end": 1, "text": "Oui.", "speaker": "A"}], "language": "french"}"#,
            "fr",
        ),
        (
            r#"{"language_code": "pt_br", "utterances": [{"speaker": "A", "text": "Sim.", "start": 5, "end": 9}]}"#,
            "pt",
        ),
        (
            r#"{"results": {"channels": [{"detected_language": "es", "alternatives": [{"words": [
                {"word": "sí", "start": 0.5, "end": 1.0, "speaker": 0}]}]}]}}"#,
            "es",
        ),
        (
            r#"{"results": {"language_code": "de-DE", "items": [{"type": "pronunciation", "start_time": "0.0",
                "end_time": "0.5", "speaker_label": "spk_0", "alternatives": [{"content": "Ja"}]}]}}"#,
            "de",
        ),
    ] {
        assert_eq!(read_as("asr", text).language.code(), expected, "{text}");
    }
}
