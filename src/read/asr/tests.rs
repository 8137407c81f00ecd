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
fn a_transcript_without_speakers_is_refused() {
    for text in [r#"{"text": "One two."}"#, r#"{"segments": [{"text": "One.", "start": 0, "end": 1}]}"#] {
        let message = read(text.as_bytes(), "a.json", None).unwrap_err().to_string();
        assert!(message.contains("no speakers") && message.contains("diarization"), "{message}");
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
