//! What sentence segmentation promises on any text, and cases of its own.

use proptest::prelude::*;
use rapporteur::model::{Language, Span};
use rapporteur::text::{display, noise, split, words};

/// The text with `|` where sentences meet must be what segmentation finds in the text without them.
fn check(marked: &str) {
    let text = marked.replace("| ", " ").replace('|', "");
    let found: Vec<&str> = split(&text, Language::ENGLISH).into_iter().map(|s| s.of(&text)).collect();
    let expected: Vec<&str> = marked.split('|').map(str::trim).filter(|s| !s.is_empty()).collect();
    assert_eq!(found, expected);
}

#[test]
fn abbreviations_and_initials_end_a_sentence_only_where_the_next_word_opens_one() {
    for case in [
        "Madam Chair, Dr. Okafor and Mrs. Lind spoke.| They agreed.",
        "See Art. 24 and para. 3, i.e. the safeguards.| No. 7 was withdrawn.",
        "We asked the U.S. Government.| They live in the U.S.| How is that?",
        "The firm is Lind & Co.| We met at 5 p.m.| The talks began.",
        "K. W. Adeyemi asked why.| Was it plan B?| Yes.",
        "It costs $1.20 e.g. in Geneva vs. Vienna.| Fine.",
        "Write to a.lind@example.org or www.example.org/a.b.| Thanks.",
    ] {
        check(case);
    }
}

#[test]
fn quotations_and_brackets_stay_with_their_sentence() {
    for case in [
        "She said \"No. We object.\" and left.| Nobody moved.",
        "He replied: “We agree.”| Then he sat down.",
        "The text (see Annex 2. It is long.) was adopted.| Good.",
        "We object. [3]| The chair noted it.",
    ] {
        check(case);
    }
}

#[test]
fn tokenised_transcripts_are_divided_at_their_detached_marks() {
    check("OK , we 're on .| So just make sure {disfmarker} .| Mr . Lind is late .| and then he came .");
    check("What is that ?| {vocalsound} No idea !");
}

#[test]
fn paragraphs_always_end_a_sentence_and_wrapped_lines_do_not() {
    check("Opening of the session|\n\nThe chair spoke\nfor an hour.|\nThen we\nvoted.");
    check("- the scope|\n- the safeguards|\n1. The first item|\n2. The second item");
    check("1) The scope 2 of them| 2) The safeguards");
}

#[test]
fn a_turn_that_breaks_off_at_a_dash_does_not_swallow_the_next_sentence() {
    check("I think --| Well, the scope is open.");
    check("The scope -- as I said -- is open.");
    check("Two words—and a dash—Geneva.");
}

#[test]
fn sentences_that_meet_without_a_space_are_told_apart() {
    check("We met today.|The talks began!|And they ended.");
    check("The file is called main.Rs and Node.Js is a name.");
}

#[test]
fn a_transcript_without_capitals_has_sentences() {
    check("we met at 5 p.m. today.| it was short.| was it good? |yes.| see fig. 3 please.");
}

#[test]
fn a_transcript_without_full_stops_has_clauses_of_readable_length() {
    let text = "so the first thing we looked at was the scope of the convention and we found that it is much wider \
                than what was agreed in the earlier text because it now covers any offence that involves a computer \
                and so our members are worried that this will be used against people who only do research now on the \
                second point we had a long discussion about the safeguards but there was no agreement on the wording \
                so we propose to come back to it next week when the drafting group has met okay that is all from us";
    let found = split(text, Language::ENGLISH);
    let lengths: Vec<usize> = found.iter().map(|s| s.of(text).split_whitespace().count()).collect();
    assert!(lengths.iter().all(|n| (7..=40).contains(n)), "{lengths:?}");
    let openings: Vec<&str> =
        found.iter().skip(1).map(|s| s.of(text).split(' ').next().unwrap_or("")).collect();
    assert!(
        openings.iter().all(|w| ["and", "because", "now", "but", "so", "okay"].contains(w)),
        "{openings:?}"
    );
}

#[test]
fn a_very_long_line_takes_time_in_proportion_to_its_length() {
    let seconds = |size: usize| {
        let text =
            "and then, \"we agreed that e.g. the U.S. text (see p. 5 ' stands . . . ".repeat(size / 70);
        let start = std::time::Instant::now();
        assert!(!split(&text, Language::ENGLISH).is_empty());
        start.elapsed().as_secs_f64()
    };
    let (small, large) = (seconds(50_000).max(0.005), seconds(500_000));
    assert!(large < small * 60.0, "{small} s for 50 kB, {large} s for 500 kB");
}

#[test]
fn strange_runs_take_no_longer_than_their_length() {
    for run in [
        "(",
        "*",
        "a--",
        "a.B",
        "a.B!C",
        "'",
        "''s",
        "[1]",
        "\"",
        "— ",
        "。",
        "[laughter",
        "♪",
        ". ",
        "www.a@",
        "а́",
    ] {
        let text = run.repeat(60_000 / run.len());
        let start = std::time::Instant::now();
        let found = split(&text, Language::ENGLISH).len() + words(&text).len();
        let marked = noise::spans(&text, Language::ENGLISH).len() + display(&text, Language::ENGLISH).len();
        assert!(found + marked < 4 * text.len());
        assert!(start.elapsed().as_secs() < 10, "{run:?} took {:?}", start.elapsed());
    }
}

fn holds(text: &str, language: Language) -> Result<(), TestCaseError> {
    let found = split(text, language);
    let mut end = 0;
    let mut letters = 0;
    for span in &found {
        prop_assert!(span.start() >= end && !span.is_empty());
        prop_assert_eq!(*span, span.trimmed(text));
        letters += span.of(text).chars().filter(|c| !c.is_whitespace()).count();
        end = span.end();
    }
    prop_assert_eq!(letters, text.chars().filter(|c| !c.is_whitespace()).count());
    prop_assert!(found.last().is_none_or(|s: &Span| s.end() <= text.len()));
    Ok(())
}

proptest! {
    #[test]
    fn sentences_hold_every_character_of_any_text(text in "\\PC{0,200}") {
        holds(&text, Language::ENGLISH)?;
        holds(&text, Language::UNKNOWN)?;
    }

    #[test]
    fn sentences_hold_every_character_of_anything_like_speech(
        text in "(Mr|U\\.S|a|The|we|I|1|\\.|\\?|!|…|。| |\\n|\\n\\n|\"|'|“|”|\\(|\\)|\\[1\\]|—| - |,|;|\\{pause\\}|é|中|•|1\\)|b\\.){0,80}"
    ) {
        holds(&text, Language::ENGLISH)?;
    }
}
