//! Fields of a header above a transcript: `Host: Harbour Board`, `Dinner options:`. They have a colon as labels do, and
//! are no voices.

use rustc_hash::{FxHashMap, FxHashSet};

use super::decode::{Line, lines};
use super::label::{self, NOT_LABELS};

/// A line that begins with a label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use<'a> {
    pub label: &'a str,
    pub line: usize,
    /// What follows on the line, or below it where nothing does.
    pub said: &'a str,
}

/// Fewest words of what a person says in front of all others, where fields of a header stand around it.
const MIN_SAID: usize = 8;

/// The labels that are fields of a header: they stand only above the first voice that comes back, where at least
/// two lines begin with words that are no speaker's (`Date:`, `Agenda:`; their lines are `keys`), and nothing that
/// follows one is a sentence.
pub(super) fn header_fields<'a>(uses: &[Use<'a>], keys: &[usize]) -> FxHashSet<&'a str> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for used in uses {
        *counts.entry(used.label).or_default() += 1;
    }
    let mut found = of_people(uses, &counts);
    // The first voice of a conversation: another label stands near, which a list of days and hosts lacks.
    let first_of = |least: usize| {
        let returning = |used: &&Use| counts.get(used.label).is_some_and(|&n| n >= least);
        let is_conversation = counts.values().filter(|&&n| n >= least).count() >= 2;
        uses.iter().find(returning).map(|used| used.line).filter(|_| is_conversation)
    };
    let is_below_keys = |first: &usize| keys.iter().filter(|&line| line < first).count() >= 2;
    let (first, is_said): (usize, fn(&str) -> bool) = match (first_of(3), first_of(2)) {
        (Some(first), _) if is_below_keys(&first) => (first, is_sentence),
        // In a short session only what is a list of names is sure.
        (None, Some(first)) if is_below_keys(&first) => {
            (first, |said| !is_names(said) || said.trim().ends_with(['.', '!', '?']))
        }
        _ => return found,
    };
    let speaks: FxHashSet<&str> =
        uses.iter().filter(|used| used.line >= first || is_said(used.said)).map(|used| used.label).collect();
    found.extend(uses.iter().map(|used| used.label).filter(|label| !speaks.contains(label)));
    found
}

fn is_sentence(said: &str) -> bool {
    let said = said.trim();
    said.split_whitespace().count() >= MIN_SAID
        && said.ends_with(['.', '?', '!', '…', '”', '"', ':'])
        && !is_names(said)
}

/// The labels of lists of people: `Chair: Ann Lee` above the first turn of Ann Lee, and the numbers of panels, `I: …`
/// and `II: …`.
fn of_people<'a>(uses: &[Use<'a>], counts: &FxHashMap<&str, usize>) -> FxHashSet<&'a str> {
    let first =
        uses.iter().find(|used| counts.get(used.label).is_some_and(|&n| n >= 2)).map(|used| used.line);
    let is_above = |used: &Use| first.is_none_or(|first| used.line < first);
    let is_voice = |name: &str| counts.contains_key(name.split(['(', '[']).next().unwrap_or(name).trim());
    let is_list = |said: &str| {
        let names = said.split([',', ';', '&']).flat_map(|part| part.split(" and ")).map(str::trim);
        names.filter(|name| !name.is_empty()).all(is_voice) && said.contains(char::is_alphabetic)
    };
    let has_panels = counts.contains_key("II");
    let is_panel = |label: &str| has_panels && label.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let of_people = uses.iter().filter(|used| {
        let is_single = counts.get(used.label) == Some(&1);
        is_single && is_above(used) && is_list(used.said) || is_panel(used.label) && is_names(used.said)
    });
    of_people.map(|used| used.label).collect()
}

/// Whether a text is nothing but names and what these people are: `Ann Lee, Director General, and Bo Ek, Quay Line.`
pub(super) fn is_names(text: &str) -> bool {
    let is_part = |word: &str| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        !core.starts_with(char::is_lowercase) || label::is_particle(core)
    };
    text.contains(char::is_uppercase) && !text.contains(['?', '!']) && text.split_whitespace().all(is_part)
}

/// Whether a line lists people behind words that are no speaker's: `Witnesses: Ann Lee and Bo Ek.`
pub(super) fn is_roster(line: &str) -> bool {
    let names = || line.split_once(':').map_or("", |(_, names)| names);
    is_field(line)
        && is_names(names())
        && names().split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).count() >= 2
}

/// Most lines above a list of people, and most lines of it.
const MAX_ABOVE: usize = 120;
const MAX_PEOPLE: usize = 60;

/// Most words of a line of such a list.
const MAX_PERSON: usize = 14;

/// The numbers of the lines of a list of people above the session that are written as turns are: `Attendees:` and below
/// it `Ann Lee: Harbour Board`. Each name stands there once, and one comes back below.
pub(super) fn people_lines(text: &str) -> std::ops::Range<usize> {
    let is_heading = |line: &Line| {
        let bare = line.text.trim().trim_matches(['#', '*', '_', ' ']);
        let title = bare.strip_suffix(':').or_else(|| line.text.starts_with('#').then_some(bare));
        let first = title.and_then(|title| title.split_whitespace().next());
        first.is_some_and(|first| PEOPLE.contains(&first.to_lowercase().as_str()))
    };
    let Some(heading) = lines(text).take(MAX_ABOVE).find(is_heading) else { return 0..0 };
    let below = || lines(text).skip(heading.number);
    let gap = usize::from(below().next().is_some_and(|line| line.is_blank()));
    let is_person = |line: &Line| {
        let text = line.text.trim();
        let is_sentence = text.ends_with(['.', '?', '!', '…', '”', '"']);
        !line.is_blank() && !is_sentence && text.split_whitespace().count() <= MAX_PERSON
    };
    let list: Vec<Line> = below().skip(gap).take_while(is_person).take(MAX_PEOPLE).collect();
    let names: Vec<&str> =
        list.iter().filter_map(|line| label::split_label(line.text.trim())).map(|(label, _)| label).collect();
    let distinct: FxHashSet<&str> = names.iter().copied().collect();
    let end = heading.number + gap + list.len();
    let is_apart = below().nth(gap + list.len()).is_none_or(|line| line.is_blank());
    let comes_back = || {
        let mut after = lines(text).skip(end).filter_map(|line| label::split_label(line.text.trim()));
        after.any(|(label, _)| distinct.contains(label))
    };
    if names.is_empty() || distinct.len() < names.len() || !is_apart || !comes_back() {
        return 0..0;
    }
    heading.number..end + 1
}

/// First words (lower case) of what stands above a list of people.
const PEOPLE: &[&str] = &[
    "attendees",
    "participants",
    "present",
    "members",
    "panelists",
    "panellists",
    "speakers",
    "witnesses",
    "people",
    "guests",
    "anwesend",
    "teilnehmer",
    "teilnehmende",
    "présents",
    "participants",
    "asistentes",
    "presenti",
    "partecipanti",
    "presentes",
    "участники",
    "присутствовали",
    "الحاضرون",
    "出席",
    "参会人员",
];

/// The labels behind which nothing but an address ever stands: `Project Calendar: https://example.org/c`.
pub(super) fn of_links<'a>(uses: &[Use<'a>]) -> FxHashSet<&'a str> {
    let is_link = |said: &str| {
        let said = said.trim_start_matches(['*', '_', '<', '[', ' ']);
        said.starts_with("http") && said.split_whitespace().count() == 1
    };
    let (links, said): (Vec<&Use>, Vec<&Use>) = uses.iter().partition(|used| is_link(used.said));
    let speaks: FxHashSet<&str> = said.into_iter().map(|used| used.label).collect();
    links.into_iter().map(|used| used.label).filter(|label| !speaks.contains(label)).collect()
}

/// Whether a line begins with words before a colon that are no speaker's: `Date: …`, `- **Location**: …`.
pub(super) fn is_field(line: &str) -> bool {
    let bare = line.trim_start().trim_start_matches(['-', '*', '_', '+', ' ']);
    let near = bare.get(..bare.floor_char_boundary(60)).unwrap_or("");
    let Some((key, _)) = near.split_once(':') else { return false };
    let key = key.trim_end_matches(['*', '_', ' ']).to_lowercase();
    let first = key.split_whitespace().next().unwrap_or("");
    key.split_whitespace().count() <= 4 && NOT_LABELS.contains(first)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};
    use super::*;

    #[test]
    fn labels_of_links_are_no_voices() {
        let text = [
            ("Calendar", "** https://example.org/c"),
            ("Ann", "https://example.org/a"),
            ("Ann", "See there."),
        ];
        let uses = text.map(|(label, said)| Use { label, line: 1, said });
        assert_eq!(of_links(&uses).into_iter().collect::<Vec<_>>(), ["Calendar"]);
    }

    #[test]
    fn fields_of_a_header_are_told_from_voices() {
        let text = [
            ("Host", "Harbour Board"),
            ("Dinner Options", "some near the quay"),
            ("Chair", "Welcome to all of you, and let us begin with the ferry."),
            ("Ann", "One."),
            ("Bo", "Two."),
            ("Ann", "Three."),
            ("Bo", "Four."),
            ("Ann", "Five."),
            ("Bo", "Six."),
        ];
        let uses: Vec<Use> =
            text.iter().enumerate().map(|(at, &(label, said))| Use { label, line: at + 10, said }).collect();
        let mut fields: Vec<&str> = header_fields(&uses, &[1, 2]).into_iter().collect();
        fields.sort_unstable();
        assert_eq!(fields, ["Dinner Options", "Host"]);
        assert!(header_fields(&uses, &[1]).is_empty() && header_fields(&uses[..4], &[1, 2]).is_empty());
        for (line, expected) in
            [("- **Dates**: today", true), ("Date & time: 3 May", true), ("Ann: Date: x", false)]
        {
            assert_eq!(is_field(line), expected, "{line}");
        }
    }

    #[test]
    fn lists_of_people_are_no_voices() {
        const TALK: &str =
            "Ann Lee: We begin.\nBo Ek: Why?\nCy Fox: So.\nAnn Lee: Good.\nBo Ek: No.\nCy Fox: Yes.\n";
        for above in [
            "PRESENT: Ann Lee, Mayor\n         Bo Ek\nABSENT: Dee Quint\nSTAFF: Fay Oka, Harbour Master\n\n",
            "Ferry call\nScribe: Bo Ek\nChair: Ann Lee\n\n",
            "Ferry call\nCo-chairs: Ann Lee, Bo Ek and Cy Fox\n\n",
            "Attendees:\nAnn Lee: Harbour Board\nBo Ek: Ferry Line\nApologies: Dee Quint\n\n",
            "## Participants\n\nAnn Lee: Harbour Board\nBo Ek: Ferry Line\n\n## Session\n\n",
            "Witnesses\n\nI: Ann Lee, Director General, Harbour Board, and Bo Ek, Chief Economist, Ferry Line.\n\nII: Cy Fox, Quay.\n\n\
             Witnesses: Ann Lee and Bo Ek.\n\n",
            "Datum: 5. Juli 2024\nAnwesend: Ann Lee, Bo Ek\nProtokoll: Dee Quint\n\n",
            "Date : 5 juillet 2024\nPrésents : Ann Lee, Bo Ek\nExcusés : Dee Quint\n\n",
        ] {
            for format in ["plain", "markdown"] {
                let session = read_as(format, &format!("{above}{TALK}"));
                assert_eq!(session.labels, ["Ann Lee", "Bo Ek", "Cy Fox"], "{format}: {above}");
                assert_eq!(turns(&session).len(), 6, "{format}: {above}");
            }
        }
    }

    #[test]
    fn what_is_said_first_is_no_list_of_people() {
        for (text, voices) in [
            ("Date: today\nPlace: quay\n\nAnn: Hello.\nBo: Yes?\nCy: So.\nBo: No.\nCy: Why?\n", 3),
            ("Chair: Bo Ek.\nBo Ek: Thank you.\nCy Fox: So.\nBo Ek: No.\n", 3),
            ("Speakers:\nAnn: hello\nBo: yes\nAnn: so\n\nBo: no\n", 2),
            ("I: Where were you?\nB: At home.\nI: Why?\nB: It rained.\n", 2),
        ] {
            assert_eq!(read_as("plain", text).labels.len(), voices, "{text}");
        }
    }
}
