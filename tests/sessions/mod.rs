//! Made-up sessions, and how each input format writes them.

use std::fmt::Write;

use proptest::prelude::*;
use serde_json::json;

/// A session: who said what, in order. No text has a colon or begins with a sign, so that no line
/// of it could be taken for a label, a heading or a list in any format.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) turns: Vec<(String, String)>,
}

/// Writes a case in an input format.
pub(crate) type Renderer = fn(&Case) -> String;

/// Each input format by name.
pub(crate) const RENDERERS: &[(&str, Renderer)] = &[
    ("plain", plain),
    ("digwatch", digwatch),
    ("markdown", markdown),
    ("qmsum", qmsum),
    ("jsonl", jsonl),
    ("csv", csv),
];

const SPEAKERS: &[&str] = &[
    "Ann Lee",
    "Bj\u{f6}rn \u{c5}kesson",
    "\u{738b}\u{6bc5}",
    "\u{418}\u{432}\u{430}\u{43d} \u{41f}\u{435}\u{442}\u{440}\u{43e}\u{432}",
    "Jean-Pierre O\u{2019}Neil",
    "Prof. Wei\u{df}",
    "ABC",
    "Maria de la Cruz",
    "SPEAKER_01",
    "The Chair",
];

const OPENINGS: &[&str] = &[
    "We must protect the harbour",
    "Mr. Tan and I cannot support Article 4.2",
    "It is, e.g., too broad",
    "Thank you very much",
    "So the U.N. report says",
    "I think \u{2014} no, I know \u{2014} that fares rise",
    "They call for safeguards (all of them)",
    "Uh, you know, the the boats",
    "Why do we pay 1,000.50 a day",
    "\u{c9}tienne\u{2019}s proposal, \u{201c}slow down\u{201d}, is ours",
    "yes",
    "No one asked",
    "\u{6211}\u{4eec}\u{540c}\u{610f}",
    "\u{41c}\u{44b} \u{43f}\u{440}\u{43e}\u{442}\u{438}\u{432}",
    "Concerns remain about data, privacy and the red line that was drawn last year in the committee",
];

const MIDDLES: &[&str] = &[
    "",
    "",
    ", because nobody applies",
    " [laughter]",
    " {vocalsound} and so on",
    " (inaudible)",
    " \u{2026} well",
    " ; not at all",
    " (an open bracket",
    " closed] too late",
    " \u{201c}an open quote",
    " with i.e. two points, etc",
    " which is 50 % more than in 2020",
    " \u{1f600} e\u{301}",
];

const ENDS: &[&str] =
    &[".", ".", ".", "?", "!", "...", "?!", "\u{2026}", ".\u{201d}", "", " \u{2013}", "\u{3002}"];

/// Two to twelve turns of one to five sentences by up to four speakers, of which two speak at least.
pub(crate) fn case() -> impl Strategy<Value = Case> {
    let sentence =
        (prop::sample::select(OPENINGS), prop::sample::select(MIDDLES), prop::sample::select(ENDS));
    let text = prop::collection::vec(sentence.prop_map(|(a, b, c)| format!("{a}{b}{c}")), 1..6);
    let turns = prop::collection::vec((any::<prop::sample::Index>(), text), 2..13);
    (prop::sample::subsequence(SPEAKERS, 2..5), turns).prop_map(|(speakers, turns)| Case {
        turns: turns
            .into_iter()
            .enumerate()
            .map(|(at, (speaker, sentences))| {
                let speaker = if at < 2 { speakers[at] } else { *speaker.get(&speakers) };
                (speaker.to_owned(), sentences.join(" "))
            })
            .collect(),
    })
}

fn plain(case: &Case) -> String {
    case.turns.iter().map(|(speaker, text)| format!("{speaker}: {text}\n")).collect()
}

fn digwatch(case: &Case) -> String {
    let mut page = "Harbours in the night\n\n3 May 2023 10:00h\n\nSession report\n\nThey met.\n\n".to_owned();
    page.push_str("Session transcript\n\n");
    for (speaker, text) in &case.turns {
        let _ = write!(page, "{speaker}:\n{text}\n\n");
    }
    let mut speakers: Vec<&str> = case.turns.iter().map(|(speaker, _)| speaker.as_str()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    for speaker in speakers {
        let _ = write!(
            page,
            "{speaker}\n\nSpeech speed\n\n150 words per minute\n\nSpeech length\n\n1,000 words\n\nSpeech time\n\n400 secs\n\n"
        );
    }
    page
}

fn markdown(case: &Case) -> String {
    let turns = case.turns.iter().map(|(speaker, text)| format!("{speaker}: {text}\n\n"));
    "# Harbour meeting\n\n## Fares\n\n".chars().map(String::from).chain(turns).collect()
}

fn qmsum(case: &Case) -> String {
    let turns: Vec<_> =
        case.turns.iter().map(|(speaker, text)| json!({"speaker": speaker, "content": text})).collect();
    json!({"topic_list": [], "general_query_list": [], "specific_query_list": [], "meeting_transcripts": turns})
        .to_string()
}

fn jsonl(case: &Case) -> String {
    case.turns
        .iter()
        .map(|(speaker, text)| json!({"session": "s", "speaker": speaker, "text": text}).to_string() + "\n")
        .collect()
}

fn csv(case: &Case) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let rows = case.turns.iter().map(|(speaker, text)| format!("{},{}\n", quoted(speaker), quoted(text)));
    "speaker,text\n".chars().map(String::from).chain(rows).collect()
}
