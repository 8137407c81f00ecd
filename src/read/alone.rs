//! Names that stand alone, as headings or on lines above paragraphs: `### Ann Lee`, `Ann Lee (Northgate) (Lab)`,
//! `Mr Speaker`, `Ann Lee -- Chief Executive`. Headings of subjects look alike: names come back, in turn with others.

use rustc_hash::{FxHashMap, FxHashSet};

use super::decode::{Line, lines};
use super::label::{self, Shape};
use super::proceedings;

/// Fewest uses of names that come back, and fewest of these names.
const FEWEST: (usize, usize) = (4, 2);

/// Most words of a line that is a name, and fewest of the text below it.
const MAX_WORDS: usize = 12;
const MIN_SAID: usize = 3;

/// The headings that are names, where nearly all headings are ones.
pub(super) fn among_headings<'a>(headings: &[&'a str]) -> FxHashSet<&'a str> {
    let returning = returning(headings);
    let uses = headings.iter().filter(|heading| returning.contains(**heading)).count();
    if uses * 10 < headings.len() * 7 || !is_conversation(headings, &returning) {
        return FxHashSet::default();
    }
    // What stands above the first name is the title.
    let first = headings.iter().position(|heading| returning.contains(heading)).unwrap_or(0);
    let is_strong = |heading: &&str| label::shape(bare(heading)) == Some(Shape::Strong);
    let headings = headings.get(first..).unwrap_or(&[]);
    headings.iter().copied().filter(|heading| returning.contains(heading) || is_strong(heading)).collect()
}

/// The lines of a text that are names, with what they say: number of the line and name. The lines are headings nearly
/// all of which are names, or lines above paragraphs with an office, a seat or a job beside some names.
pub(super) fn find(text: &str) -> Vec<(&str, usize)> {
    let all: Vec<Line> = lines(text).collect();
    let headings: Vec<(&str, usize)> =
        all.iter().filter_map(|line| Some((heading(line.text)?, line.number))).collect();
    let names = among_headings(&headings.iter().map(|&(title, _)| title).collect::<Vec<_>>());
    if !names.is_empty() {
        return headings.into_iter().filter(|(title, _)| names.contains(title)).collect();
    }
    let lone = lone_lines(&all);
    let mut lines_of: FxHashMap<&str, usize> = FxHashMap::default();
    all.iter().for_each(|line| *lines_of.entry(line.text.trim()).or_default() += 1);
    let is_listed = |name: &str| lines_of.get(name).is_some_and(|&n| n >= 2) && job(name).is_some();
    let candidates: Vec<&str> = lone.iter().map(|&(name, _)| name).collect();
    let returning = returning(&candidates);
    let with_office = candidates.iter().filter(|name| has_office(name) || is_listed(name)).count();
    if with_office < FEWEST.1 || !is_conversation(&candidates, &returning) {
        return Vec::new();
    }
    let first = candidates.iter().position(|name| returning.contains(name)).unwrap_or(0);
    let sure = |at: usize, name: &str| {
        returning.contains(name) || at > first && (has_office(name) || is_listed(name))
    };
    let named = candidates.iter().enumerate().filter(|&(at, name)| sure(at, name));
    let known: FxHashSet<&str> =
        named.flat_map(|(_, name)| [Some(bare(name)), holder(name)]).flatten().collect();
    let is_known =
        |name: &str| known.contains(bare(name)) || holder(name).is_some_and(|name| known.contains(name));
    let is_name = |at: usize, name: &str| sure(at, name) || is_known(name);
    lone.iter().enumerate().filter(|&(at, &(name, _))| is_name(at, name)).map(|(_, &found)| found).collect()
}

/// The job behind a name and a dash: `Ann Lee - Chief Executive Officer`. A subject may have a dash too: only one that
/// stands in a list of those who take part is sure.
fn job(name: &str) -> Option<&str> {
    let (name, job) = name.split_once(" - ")?;
    (label::shape(name.trim()) == Some(Shape::Strong)).then_some(job)
}

/// Who holds an office: `The Minister for Ports (Ann Lee)`.
fn holder(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once('(')?;
    let holder = rest.split(')').next()?.trim();
    (label::shape(holder) == Some(Shape::Strong)).then_some(holder)
}

/// The title of a heading in Markdown.
fn heading(line: &str) -> Option<&str> {
    let text = line.trim();
    let title = text.trim_start_matches('#');
    let is_heading = (1..=6).contains(&(text.len() - title.len())) && title.starts_with(' ');
    is_heading.then(|| title.trim().trim_matches(['*', '_']))
}

/// Lines that may be names, stand below an empty line and above a paragraph.
fn lone_lines<'a>(all: &[Line<'a>]) -> Vec<(&'a str, usize)> {
    let is_lone =
        |text: &str| text.split_whitespace().count() <= MAX_WORDS && label::shape(bare(text)).is_some();
    let mut found = Vec::new();
    let mut after_blank = true;
    for (at, line) in all.iter().enumerate() {
        let text = line.text.trim().trim_matches(['*', '_']);
        let begins = std::mem::replace(&mut after_blank, line.is_blank()) && !text.is_empty();
        if !begins || text.ends_with(['.', ',', ';', ':', '?', '!']) || !is_lone(text) {
            continue;
        }
        let below =
            all.iter().skip(at + 1).find(|line| !line.is_blank()).map_or("", |below| below.text.trim());
        let is_sentence = below.ends_with(['.', '?', '!', '…', '”', '"']);
        if is_sentence || below.split_whitespace().count() >= MIN_SAID && !is_lone(below) {
            found.push((text, line.number));
        }
    }
    found
}

/// A name without what stands beside it: its seat, its party, its job.
fn bare(name: &str) -> &str {
    let name =
        [" -- ", " — ", " – ", " | "].iter().fold(name, |name, mark| name.split(mark).next().unwrap_or(name));
    name.split(['(', '[']).next().unwrap_or(name).trim()
}

/// Whether a title, an office, a seat or a job stands beside a name: no subject has one.
fn has_office(name: &str) -> bool {
    let bare = bare(name);
    let is_office = || {
        bare.split_whitespace().last().is_some_and(label::is_role)
            || bare.split_whitespace().next().is_some_and(label::is_role)
    };
    bare.len() < name.len() && label::shape(bare) == Some(Shape::Strong)
        || is_office()
        || proceedings::is_of_record(bare)
}

/// What comes back and may be a name.
fn returning<'a>(candidates: &[&'a str]) -> FxHashSet<&'a str> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    candidates.iter().for_each(|name| *counts.entry(name).or_default() += 1);
    let found = counts.into_iter().filter(|&(name, n)| n >= 2 && label::shape(bare(name)).is_some());
    found.map(|(name, _)| name).collect()
}

/// Whether names come back often enough, and between others.
fn is_conversation(candidates: &[&str], returning: &FxHashSet<&str>) -> bool {
    let uses: Vec<&&str> = candidates.iter().filter(|name| returning.contains(**name)).collect();
    let mut between: FxHashSet<&str> = FxHashSet::default();
    let mut last: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, name) in candidates.iter().enumerate() {
        if last.insert(name, at).is_some_and(|before| at > before + 1) {
            between.insert(name);
        }
    }
    uses.len() >= FEWEST.0 && between.iter().filter(|name| returning.contains(**name)).count() >= FEWEST.1
}

#[cfg(test)]
mod tests {
    use super::super::detect;
    use super::super::tests::{read_as, turns};

    const SAID: [&str; 6] = [
        "The boat is late.",
        "It is not late.",
        "We have asked for two.",
        "Nobody has answered.",
        "Order.",
        "We vote.",
    ];

    fn talk(line: impl Fn(&str) -> String, names: [&str; 6]) -> String {
        names
            .iter()
            .zip(SAID)
            .map(|(name, said)| format!("{}\n\n{said}\n\nSo it goes on.\n\n", line(name)))
            .collect()
    }

    fn check(format: &str, path: &str, text: &str, names: [&str; 6]) {
        assert_eq!(
            detect(text.as_bytes(), path).first().map(|guess| guess.format.name),
            Some(format),
            "{text}"
        );
        let session = read_as(format, text);
        let expected: Vec<(&str, String)> =
            names.iter().zip(SAID).map(|(name, said)| (*name, format!("{said}\n\nSo it goes on."))).collect();
        let found: Vec<(&str, String)> = turns(&session)
            .into_iter()
            .map(|(label, said)| (label, said.replace("\n\n\n", "\n\n")))
            .collect();
        assert_eq!(found, expected, "{text}");
        assert!(session.warnings.is_empty(), "{:?}", session.warnings);
    }

    const NAMES: [&str; 6] = ["Ann Lee", "Bo Ek", "Ann Lee", "Bo Ek", "Cy Fox", "Ann Lee"];

    #[test]
    fn headings_that_come_back_are_names() {
        let text = talk(|name| format!("### {name}"), NAMES);
        check("otter", "call.md", &text, NAMES);
        let page: String = NAMES
            .iter()
            .zip(SAID)
            .map(|(name, said)| format!("<h2>{name}</h2><p>{said}</p><p>So it goes on.</p>\n"))
            .collect();
        check("html", "call.html", &format!("<html><body>{page}</body></html>"), NAMES);
    }

    #[test]
    fn names_with_offices_stand_above_paragraphs() {
        for names in [
            [
                "Ann Lee (Northgate) (Lab)",
                "Mr Speaker",
                "Ann Lee",
                "Bo Ek (Eastbank) (Con)",
                "Mr Speaker",
                "Ann Lee",
            ],
            [
                "Ann Lee (Northgate) (Lab)",
                "The Minister for Ports (Bo Ek)",
                "Ann Lee",
                "Bo Ek",
                "Ann Lee",
                "Bo Ek",
            ],
            [
                "Operator",
                "Ann Lee -- Chief Executive",
                "Operator",
                "Cy Fox -- Quay Bank",
                "Ann Lee -- Chief Executive",
                "Cy Fox -- Quay Bank",
            ],
        ] {
            check("otter", "debate.txt", &talk(str::to_owned, names), names);
        }
    }

    #[test]
    fn names_with_a_dash_and_a_job_are_listed_above() {
        let list = "Ferry Line call\n\nParticipants\n\nAnn Lee - Chief Executive\nBo Ek - Chief of Finance\n\nCy Fox - Quay Bank\n\nPresentation\n\n";
        let names = [
            "Operator",
            "Ann Lee - Chief Executive",
            "Bo Ek - Chief of Finance",
            "Operator",
            "Cy Fox - Quay Bank",
            "Bo Ek - Chief of Finance",
        ];
        let session = read_as("otter", &format!("{list}{}", talk(str::to_owned, names)));
        assert_eq!(turns(&session).into_iter().map(|(label, _)| label).collect::<Vec<_>>(), names);
    }

    #[test]
    fn headings_of_subjects_are_no_names() {
        let report = talk(
            str::to_owned,
            ["Night Ferry", "Harbour Levy", "Night Ferry", "Harbour Levy", "Port Dues", "Night Ferry"],
        );
        let guesses = detect(report.as_bytes(), "report.txt");
        assert!(guesses.first().is_none_or(|guess| guess.format.name != "otter"), "{guesses:?}");
    }
}
