//! Made-up sessions, and how each input format writes them.

mod formats;
pub(crate) mod pdf;

use proptest::prelude::*;

pub(crate) use formats::{FORMATS, Format};

/// A session: who said what, in order. No text has a colon or begins with a sign, so that no line
/// of it could be taken for a label, a heading or a list in any format.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) turns: Vec<(String, String)>,
}

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

impl Case {
    /// The case with other labels.
    fn relabelled(&self, label: impl Fn(&str) -> String) -> Case {
        Case { turns: self.turns.iter().map(|(speaker, text)| (label(speaker), text.clone())).collect() }
    }

    /// The case with consecutive turns of a speaker as one.
    fn merged(&self) -> Case {
        let mut turns: Vec<(String, String)> = Vec::new();
        for (speaker, text) in &self.turns {
            match turns.last_mut().filter(|(last, _)| last == speaker) {
                Some((_, said)) => *said = format!("{said} {text}"),
                None => turns.push((speaker.clone(), text.clone())),
            }
        }
        Case { turns }
    }

    /// The speakers in order of first appearance.
    fn speakers(&self) -> Vec<&str> {
        let mut speakers: Vec<&str> = Vec::new();
        for (speaker, _) in &self.turns {
            if !speakers.contains(&speaker.as_str()) {
                speakers.push(speaker);
            }
        }
        speakers
    }
}
