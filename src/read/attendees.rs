//! Rosters in minutes: tables with a name column, lists such as `Ann Lee (AL), Bo Ek (BE)`, and items below a heading.

use rustc_hash::{FxHashMap, FxHashSet};

use super::attendee_lists::AttendeeLists;
use super::decode::{Line, lines};
use super::label;
use crate::model::Attendee;

/// Column titles (lower case) of a name, of other labels, of an organisation, of its kind.
const NAME: &[&str] =
    &["name", "names", "attendee", "participant", "delegate", "member", "person", "speaker"];
const ALIAS: &[&str] =
    &["abbreviation", "abbreviations", "abbr", "abbr.", "initials", "alias", "handle", "label"];
const STAKEHOLDER: &[&str] = &[
    "organization",
    "organisation",
    "affiliation",
    "company",
    "delegation",
    "country",
    "org",
    "employer",
    "party",
];
const GROUP: &[&str] = &["group", "sector", "stakeholder group", "category"];

/// The people that a text lists.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub attendees: Vec<Attendee>,
    by_label: FxHashMap<String, usize>,
}

impl Table {
    /// Names and other labels of all attendees.
    pub(super) fn labels(&self) -> FxHashSet<String> {
        let all = self.attendees.iter().flat_map(|a| std::iter::once(&a.name).chain(&a.aliases));
        all.filter(|label| !label.is_empty()).cloned().collect()
    }

    /// The same and the first names: what minutes may call them.
    pub(super) fn short_names(&self) -> FxHashSet<String> {
        let first = self.attendees.iter().filter_map(|attendee| attendee.name.split_whitespace().next());
        self.labels().into_iter().chain(first.map(str::to_owned)).collect()
    }

    /// Adds a person unless the name or a label is known; the first organisation of a name counts.
    fn add(&mut self, attendee: Attendee) {
        let mut labels = std::iter::once(&attendee.name).chain(&attendee.aliases);
        let known = labels.find_map(|label| self.by_label.get(label)).copied();
        match known.and_then(|at| self.attendees.get_mut(at)) {
            Some(known) if known.stakeholder.is_empty() && known.name == attendee.name => {
                known.stakeholder = attendee.stakeholder;
            }
            Some(_) => {}
            None => {
                for label in std::iter::once(&attendee.name).chain(&attendee.aliases) {
                    self.by_label.insert(label.clone(), self.attendees.len());
                }
                self.attendees.push(attendee);
            }
        }
    }
}

/// Finds the tables and lists of attendees of a text in Markdown.
pub(super) fn find(text: &str) -> Table {
    let mut table = Table::default();
    let mut columns: Option<Columns> = None;
    let mut known: Option<Columns> = None;
    let mut items = AttendeeLists::default();
    for line in lines(text) {
        items.line(&line);
        let stripped = line.text.trim();
        if stripped.starts_with('|') {
            match &columns {
                Some(columns) => table.add_row(columns, &line),
                None => {
                    let torn = known.filter(|known| known.goes_on_in(stripped));
                    torn.iter().for_each(|columns| table.add_row(columns, &line));
                    columns = torn.or_else(|| Columns::of(stripped));
                    known = columns.or(known);
                }
            }
        } else {
            columns = None;
            if is_list(stripped) {
                table.add_list(stripped, &line);
            }
        }
    }
    items.finish().into_iter().for_each(|attendee| table.add(attendee));
    table
}

/// A title without the addresses of its links.
pub(super) fn without_links(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some(open) = rest.find("](") {
        let before = rest.get(..open).unwrap_or("");
        let after = rest.get(open + 2..).unwrap_or("");
        let Some(close) = after.find(')') else { break };
        let start = before.rfind('[').unwrap_or(0);
        plain.push_str(before.get(..start).unwrap_or(""));
        plain.push_str(before.get(start..).unwrap_or("").trim_start_matches('['));
        rest = after.get(close + 1..).unwrap_or("");
    }
    plain.push_str(rest);
    plain.trim().to_owned()
}

/// Which column holds what.
#[derive(Debug, Clone, Copy)]
struct Columns {
    name: usize,
    alias: Option<usize>,
    stakeholder: Option<usize>,
    group: Option<usize>,
}

impl Columns {
    fn of(row: &str) -> Option<Self> {
        let titles: Vec<String> = cells(row).map(|cell| cell.trim_matches('*').to_lowercase()).collect();
        let find = |names: &[&str]| titles.iter().position(|title| names.contains(&title.as_str()));
        let (name, alias, stakeholder) = (find(NAME)?, find(ALIAS), find(STAKEHOLDER));
        alias.or(stakeholder)?;
        Some(Columns { name, alias, stakeholder, group: find(GROUP) })
    }

    /// Whether a row that opens a table is no header but a person of the table before: initials stand
    /// where initials are.
    fn goes_on_in(&self, row: &str) -> bool {
        let initials = self.alias.and_then(|alias| cells(row).nth(alias)).unwrap_or("");
        let is_name = cells(row).nth(self.name).is_some_and(|name| name.contains(' '));
        is_name && (2..=5).contains(&initials.len()) && initials.chars().all(|c| c.is_ascii_uppercase())
    }
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.trim().trim_start_matches('|').trim_end_matches('|').split('|').map(str::trim)
}

/// `**Attendees:** …`, `Presenter: …`.
fn is_list(line: &str) -> bool {
    let key = line.split(':').next().unwrap_or("").trim_matches(['*', '_', ' ']).to_lowercase();
    line.contains(':') && line.contains('(') && (key.ends_with("attendees") || key.starts_with("presenter"))
}

impl Table {
    fn add_row(&mut self, columns: &Columns, line: &Line) {
        let row: Vec<&str> = cells(line.text).collect();
        let cell =
            |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim_matches('*'));
        let name = cell(Some(columns.name));
        if !name.contains(char::is_alphabetic) {
            return;
        }
        let aliases = cell(columns.alias).split([',', '/']).map(str::trim).filter(|alias| !alias.is_empty());
        self.add(Attendee {
            name: name.to_owned(),
            aliases: aliases.map(str::to_owned).collect(),
            stakeholder: cell(columns.stakeholder).to_owned(),
            group: cell(columns.group).to_owned(),
            role: None,
            line: u32::try_from(line.number).unwrap_or(u32::MAX),
        });
    }

    fn add_list(&mut self, text: &str, line: &Line) {
        let list = text.split_once(':').map_or("", |(_, list)| list);
        for entry in list.split([',', ';']) {
            let Some((name, rest)) = entry.split_once('(') else { continue };
            let name = name.trim_matches(['*', '_', ' ', '\t']).trim_start_matches("and ").trim();
            let alias = rest.split(')').next().unwrap_or("").trim();
            let plausible = alias.len() <= 6 && !alias.contains(' ') && label::shape(name).is_some();
            if plausible && !alias.is_empty() {
                self.add(Attendee {
                    name: name.to_owned(),
                    aliases: vec![alias.to_owned()],
                    line: u32::try_from(line.number).unwrap_or(u32::MAX),
                    ..Attendee::default()
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_lists_are_read() {
        let table = find(
            "**Attendees:**\n| Name | Abbreviation | Organization |\n|---|---|---|\n| Ann Lee | AL | Board |\n\n\
             **Remote attendees:** Bo Ek (BE), Cy Fox(CF)\n\nPresenter: Ann Lee (AL)\n",
        );
        let found: Vec<_> = table
            .attendees
            .iter()
            .map(|a| (a.name.as_str(), a.aliases[0].as_str(), a.stakeholder.as_str()))
            .collect();
        assert_eq!(found, [("Ann Lee", "AL", "Board"), ("Bo Ek", "BE", ""), ("Cy Fox", "CF", "")]);
        assert_eq!(table.attendees[0].line, 4);
    }

    #[test]
    fn a_table_that_is_torn_apart_goes_on_without_a_header() {
        let table = find(
            "| Name | Abbreviation | Organization |\n|---|---|---|\n| Ann Lee | AL | Board |\n\n\
             | Bo Ek | BE | Trust |\n|---|---|---|\n| Cy Fox | CF | |\n\n| Stage | Topic | By |\n| 4 | X | AL |\n",
        );
        let names: Vec<&str> = table.attendees.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(names, ["Ann Lee", "Bo Ek", "Cy Fox"]);
    }

    #[test]
    fn a_table_without_people_is_no_roster() {
        assert!(find("| Advanced to | Proposal |\n|---|---|\n| Stage 4 | X |\n").attendees.is_empty());
    }

    #[test]
    fn links_lose_their_addresses() {
        assert_eq!(without_links("[PR#150](https://a.org/b) and more"), "PR#150 and more");
        assert_eq!(without_links("no [link] (here)"), "no [link] (here)");
    }
}
