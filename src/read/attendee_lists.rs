//! People as items of a list under a heading such as “Attendees”: `- Ann Lee (Harbour Board)`, `2. Bo Ek`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::attendees::without_links;
use super::decode::Line;
use super::label;
use crate::model::Attendee;

/// Words (lower case) of a heading above a list of those who were there.
const TITLES: &[&str] = &["attendees", "participants", "present", "attending", "attendance"];
/// Most words of such a heading: “Virtual attendees, day 2”.
const TITLE_WORDS: usize = 4;
/// Items from which a list is one of people.
const FEWEST: usize = 3;
/// Words of the name of a person: one alone may be anything.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;
/// Most words of an organisation.
const ORGANISATION_WORDS: usize = 6;

/// The lists of attendees of a text, while its lines are read.
#[derive(Default)]
pub(super) struct AttendeeLists {
    is_open: bool,
    found: Vec<Attendee>,
}

impl AttendeeLists {
    /// Takes a line of the text.
    pub(super) fn line(&mut self, line: &Line<'_>) {
        let text = line.text.trim();
        match item(text) {
            Some(item) if self.is_open => self.found.extend(attendee(item, line.number)),
            _ if text.is_empty() => {}
            // “In person:” divides the list.
            _ if self.is_open && text.ends_with(':') && !text.starts_with('#') => {}
            _ => self.is_open = is_title(text),
        }
    }

    /// The people, with their initials where only one of them has these. No first names: who is not on the list may
    /// have the same.
    pub(super) fn finish(mut self) -> Vec<Attendee> {
        if self.found.len() < FEWEST {
            return Vec::new();
        }
        let mut known = FxHashSet::default();
        self.found.retain(|attendee| known.insert(attendee.name.clone()));
        let mut uses: FxHashMap<String, usize> = FxHashMap::default();
        for attendee in &self.found {
            *uses.entry(initials(&attendee.name)).or_default() += 1;
        }
        for attendee in &mut self.found {
            let initials = initials(&attendee.name);
            if uses.get(&initials) == Some(&1) {
                attendee.aliases.push(initials);
            }
        }
        self.found
    }
}

/// Whether a line stands above a list of people.
fn is_title(text: &str) -> bool {
    let is_heading = text.starts_with('#') || text.ends_with([':', '*']);
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    is_heading && words.len() <= TITLE_WORDS && words.iter().any(|word| TITLES.contains(word))
}

/// What an item of a list says; none of another line.
fn item(text: &str) -> Option<&str> {
    // An item may be in bold: `**3. Cy Fox** left at noon`.
    let text = text.trim_start_matches("**");
    let bullet = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark));
    let number = || {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))?;
        text.starts_with(|c: char| c.is_ascii_digit()).then_some(rest)
    };
    bullet.or_else(number).map(str::trim)
}

/// The person that an item names, with the organisation in brackets or behind a dash or a comma.
fn attendee(item: &str, line: usize) -> Option<Attendee> {
    let item = without_links(item);
    let item = item.trim_matches(['*', '_', ' ']);
    let end = item.find(['(', ',', '<', '@', '[', ';']).into_iter().chain(dash(item)).min();
    let (name, rest) = item.split_at(end.unwrap_or(item.len()));
    let name = name.trim_matches(['*', '_', ' ']);
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let capitals = name.split_whitespace().filter(|word| is_capital(word)).count();
    let is_name = NAME_WORDS.contains(&name.split_whitespace().count()) && capitals >= 2;
    (is_name && label::shape(name).is_some()).then(|| Attendee {
        name: name.to_owned(),
        stakeholder: organisation(rest),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        ..Attendee::default()
    })
}

/// Where a dash with spaces around it stands.
fn dash(text: &str) -> Option<usize> {
    [" - ", " – ", " — "].iter().filter_map(|dash| text.find(dash)).min()
}

/// The organisation behind a name; empty where there is none.
fn organisation(rest: &str) -> String {
    let inside = rest.strip_prefix('(').map(|rest| rest.split(')').next().unwrap_or(""));
    let behind =
        || rest.trim_start_matches([',', ' ', '-', '–', '—']).split(['(', ';', '<']).next().unwrap_or("");
    let named = inside.unwrap_or_else(behind).trim();
    let is_organisation = named.contains(char::is_alphabetic)
        && named.split_whitespace().count() <= ORGANISATION_WORDS
        && !named.contains(['@', ':'])
        && !named.starts_with("http");
    if is_organisation { named.to_owned() } else { String::new() }
}

/// The capitals of a name: `RT` of “Ross Tate”.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_as;

    #[test]
    fn items_that_begin_with_names_of_the_list_are_turns() {
        let text = "# Ferry committee\n\n## Links\n\n* **Issue**: <https://ferries.example/1>\n\n## Present\n\n* Ann Lee @annlee (voting member)\n* Bo Ek @boek\n* \
             Cy Fox\n\n## Agenda\n\n* Raise the fares\n  * Ann: I think that we should raise them.\n  * Bo: I am against it.\n  * Ann: Then who pays?\n\n* Night \
             ferries\n  * Cy: We have no crew at the moment.\n  * Bo: Let us look for one.\n";
        assert_eq!(super::super::detect(text.as_bytes(), "minutes.md")[0].format.name, "markdown");
        let session = read_as("markdown", text);
        let labels: Vec<&str> =
            super::super::tests::turns(&session).into_iter().map(|(label, _)| label).collect();
        assert_eq!(labels, ["Ann", "Bo", "Ann", "Cy", "Bo"]);
    }

    #[test]
    fn people_are_listed_under_a_heading_and_their_initials_are_labels() {
        let session = read_as(
            "markdown",
            "# Ferry group\n\n### Attendees\nIn person:\n - Ann Lee (Harbour Board)\n - Bo Ek - Quay Trust\n - Cy Fox\n\nVirtual attendees:\n \
             - Dee Gil, Night Line\n - Cara Flint\n - the chairs (2)\n\nPresent on day 2:\n1. Cy Fox\n**2. Bo Ek - left** early\n\n### Discussion\n\n- First Item\n\nAL: One.\n\nBE: Two.\n\nCF: Three.\n\nDG: Four.\n\nAL: Five.\n",
        );
        let found: Vec<_> = session
            .attendees
            .iter()
            .map(|a| (a.name.as_str(), a.aliases.join("|"), a.stakeholder.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("Ann Lee", "AL".to_owned(), "Harbour Board"),
                ("Bo Ek", "BE".to_owned(), "Quay Trust"),
                // Two have these initials.
                ("Cy Fox", String::new(), ""),
                ("Dee Gil", "DG".to_owned(), "Night Line"),
                ("Cara Flint", String::new(), ""),
            ]
        );
    }
}
