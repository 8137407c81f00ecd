//! Lists of persons and organisations, in a document or in files beside it, and what a person was a member of
//! on a day.

use roxmltree::Node;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::decode::LineIndex;
use super::super::spaces::collapse;
use super::super::xml::{Names, reference, text_of};
use super::{Named, xml_id};

/// Kinds of organisations that a member of a parliament speaks for, the closest first.
const SPOKEN_FOR: &[&str] = &["parliamentary group", "political group", "political party", ""];

/// Characters of a day, `YYYY-MM-DD`; an hour may follow.
const DAY: usize = 10;

/// The persons and organisations of one document; of two with one identifier the first holds.
#[derive(Debug, Default)]
pub(in super::super) struct DocumentLists {
    /// The names of all persons, by identifier, in the order of the lists.
    names: Vec<(String, String)>,
    persons: FxHashMap<String, Person>,
    organisations: FxHashMap<String, Organisation>,
    /// The terms of organisations, to which affiliations refer.
    terms: FxHashMap<String, Period>,
}

/// A person of a list.
#[derive(Debug)]
struct Person {
    /// Its line in the source; 0 where a list beside it has it.
    line: usize,
    affiliations: Vec<Affiliation>,
}

/// What a person is a member of, and when.
#[derive(Debug)]
struct Affiliation {
    organisation: String,
    /// What it is called at the person.
    text: String,
    period: Period,
    terms: Vec<String>,
}

/// From a day to a day, both included; an empty one is open. A day may be a month or a year.
#[derive(Debug, Default, PartialEq, Eq)]
struct Period {
    from: String,
    to: String,
}

/// An organisation: its name and its kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Organisation {
    pub name: String,
    pub kind: String,
}

/// What the lists know of the membership of a person.
pub(super) enum Standing {
    /// This is spoken for; an empty name where nothing is.
    Known(Organisation),
    /// Organisations that no list has, by identifier.
    Unlisted(String),
}

impl DocumentLists {
    /// The lists of a document. Affiliations are kept of `speakers`, where these are known; `index` finds the lines
    /// of the source itself.
    pub(super) fn of(root: Node, speakers: Option<&FxHashSet<&str>>, index: Option<&LineIndex>) -> Self {
        let mut lists = Self::default();
        for node in root.descendants().filter(Node::is_element) {
            let Some(id) = xml_id(node) else { continue };
            match node.tag_name().name() {
                "person" => {
                    lists.names.push((id.to_owned(), name_of(node)));
                    if speakers.is_none_or(|ids| ids.contains(id)) && !lists.persons.contains_key(id) {
                        let line = index.map_or(0, |index| index.line(node.range().start));
                        let affiliations = node.below("affiliation").map(Affiliation::of).collect();
                        lists.persons.insert(id.to_owned(), Person { line, affiliations });
                    }
                }
                "org" => {
                    lists.organisations.entry(id.to_owned()).or_insert_with(|| Organisation::of(node));
                }
                "event" => {
                    lists.terms.entry(id.to_owned()).or_insert_with(|| Period::of(node));
                }
                _ => {}
            }
        }
        lists
    }
}

/// The lists of a document and of those beside it; of two entries with one identifier the first holds.
#[derive(Debug, Default)]
pub(super) struct Lists<'a> {
    own: DocumentLists,
    beside: Vec<&'a DocumentLists>,
}

impl<'a> Lists<'a> {
    pub(super) fn new(own: DocumentLists) -> Self {
        Lists { own, beside: Vec::new() }
    }

    pub(super) fn add(&mut self, lists: &'a DocumentLists) {
        self.beside.push(lists);
    }

    fn all(&self) -> impl Iterator<Item = &DocumentLists> {
        std::iter::once(&self.own).chain(self.beside.iter().copied())
    }

    /// The labels of identifiers: listed names, else those that notes announce.
    pub(super) fn names(&self, noted: impl IntoIterator<Item = (String, String)>) -> Names {
        // Of the names of one identifier the first counts, also among those that two share.
        let mut seen = FxHashSet::default();
        let listed = self.all().flat_map(|lists| &lists.names).filter(|(id, _)| seen.insert(id)).cloned();
        Names::new(listed.collect::<Vec<_>>().into_iter().chain(noted))
    }

    fn person(&self, id: &str) -> Option<&Person> {
        self.all().find_map(|lists| lists.persons.get(id))
    }

    fn affiliations(&self, id: &str) -> &[Affiliation] {
        self.person(id).map_or(&[], |person| &person.affiliations)
    }

    /// Whether a speaker is a person of a list.
    pub(super) fn has(&self, id: &str) -> bool {
        self.person(id).is_some()
    }

    /// Whether the lists have an organisation of each person that has one.
    pub(super) fn is_complete(&self, id: &str) -> bool {
        self.affiliations(id).iter().all(|affiliation| self.organisation(affiliation).is_some())
    }

    /// The line of a person of a list; 0 in a list beside the source.
    pub(super) fn line(&self, id: &str) -> Option<usize> {
        self.person(id).map(|person| person.line)
    }

    /// What a speaker spoke for on a day: the group or party before anything else (the parliament itself, the
    /// government), the latest before the earlier ones.
    pub(super) fn standing(&self, id: &str, day: &str) -> Standing {
        let affiliations = self.affiliations(id).iter().rev();
        let current: Vec<&Affiliation> =
            affiliations.filter(|affiliation| self.holds(affiliation, day)).collect();
        let rank =
            |o: &Organisation| SPOKEN_FOR.iter().position(|kind| *kind == o.kind).unwrap_or(SPOKEN_FOR.len());
        let known = current.iter().filter_map(|affiliation| self.organisation(affiliation));
        match (known.min_by_key(rank), current.first()) {
            (Some(organisation), _) => Standing::Known(organisation),
            (None, Some(first)) if !first.organisation.is_empty() => {
                Standing::Unlisted(first.organisation.clone())
            }
            _ => Standing::Known(Organisation::default()),
        }
    }

    fn organisation(&self, affiliation: &Affiliation) -> Option<Organisation> {
        let named = || Organisation { name: affiliation.text.clone(), kind: String::new() };
        let listed = self.all().find_map(|lists| lists.organisations.get(&affiliation.organisation));
        let found = listed.cloned().unwrap_or_else(named);
        (!found.name.is_empty()).then_some(found)
    }

    /// Whether an affiliation holds on a day; one without days of its own holds in the terms it refers to.
    fn holds(&self, affiliation: &Affiliation, day: &str) -> bool {
        if affiliation.period != Period::default() {
            return affiliation.period.has(day);
        }
        let term = |id: &String| self.all().find_map(|lists| lists.terms.get(id));
        let mut terms = affiliation.terms.iter().filter_map(term).peekable();
        terms.peek().is_none() || terms.any(|term| term.has(day))
    }
}

impl Affiliation {
    fn of(node: Node) -> Self {
        let terms = node.attribute("ana").unwrap_or("").split_whitespace();
        Affiliation {
            organisation: reference(node.attribute("ref").unwrap_or("")).to_owned(),
            text: text_of(node),
            period: Period::of(node),
            terms: terms.map(|term| reference(term).to_owned()).collect(),
        }
    }
}

impl Period {
    fn of(node: Node) -> Self {
        let day = |name| {
            let value: &str = node.attribute(name).unwrap_or("").trim();
            value.get(..DAY).unwrap_or(value).to_owned()
        };
        Period { from: day("from"), to: day("to") }
    }

    /// Whether a day is in it; where no day is known, it is.
    fn has(&self, day: &str) -> bool {
        let is_over = !self.to.is_empty() && *self.to < *day && !day.starts_with(&self.to);
        day.is_empty() || *self.from <= *day && !is_over
    }
}

impl Organisation {
    fn of(node: Node) -> Self {
        let names: Vec<Node> = node.below("orgName").collect();
        let full = names.iter().find(|name| name.attribute("full") == Some("yes")).or(names.first());
        Organisation {
            name: full.map(|name| text_of(*name)).unwrap_or_default(),
            kind: kind(node.attribute("role").unwrap_or("")),
        }
    }
}

/// Forenames and surnames with what links them (`van`), else the whole name.
fn name_of(person: Node) -> String {
    let Some(name) = person.below("persName").next() else { return String::new() };
    let parts = |tags: &[&str]| -> Vec<Node> {
        name.descendants().filter(|node| tags.contains(&node.tag_name().name())).collect()
    };
    let (forenames, mut surnames) = (parts(&["forename"]), parts(&["nameLink", "surname"]));
    // A link may be listed after the surname before which it is said.
    let n_behind = surnames.iter().rev().take_while(|part| part.has_tag_name_of("nameLink")).count();
    surnames.rotate_right(n_behind);
    if forenames.is_empty() || n_behind == surnames.len() {
        return text_of(name);
    }
    collapse(&forenames.into_iter().chain(surnames).map(text_of).collect::<Vec<_>>().join(" "))
}

/// The kind of an organisation in words: `politicalParty` is a political party.
fn kind(role: &str) -> String {
    let mut words = String::with_capacity(role.len() + 2);
    for letter in role.trim().chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = "<TEI><listOrg><org xml:id='p1' role='politicalParty'><orgName full='abb'>C</orgName>\
        <orgName full='yes'>Coast</orgName></org><org xml:id='p2' role='politicalParty'>\
        <orgName>Island</orgName></org><org xml:id='house' role='parliament'><orgName>House</orgName><listEvent>\
        <event xml:id='t1' from='2018-01-01' to='2021-12-31'/><event xml:id='t2' from='2022-01-01'/></listEvent>\
        </org></listOrg><listPerson>\
        <person xml:id='a'><persName><surname>Berg</surname><nameLink>van den</nameLink><forename>Ann</forename>\
        </persName><affiliation ref='#p1' ana='#t1'/><affiliation ref='#p2' ana='#t2'/><affiliation ref='#house'/>\
        </person><person xml:id='b'><persName>Bo Ek</persName><affiliation ref='#p1' from='2020' to='2021-06'/>\
        <affiliation ref='#p2' from='2021-06-15T12:00:00'/></person>\
        <person xml:id='c'><persName>Cy Ro</persName><affiliation ref='#p9'/></person></listPerson></TEI>";

    fn lists(xml: &str) -> Lists<'static> {
        let parsed = roxmltree::Document::parse(xml).unwrap();
        Lists::new(DocumentLists::of(parsed.root(), None, None))
    }

    fn standing(id: &str, day: &str) -> String {
        match lists(LISTS).standing(id, day) {
            Standing::Known(organisation) => organisation.name,
            Standing::Unlisted(id) => format!("unlisted {id}"),
        }
    }

    #[test]
    fn the_party_of_a_day_is_told_by_days_months_years_and_terms() {
        for (id, day, party) in [
            ("a", "2019-05-01", "Coast"),
            ("a", "2022-01-01", "Island"),
            ("a", "2017-01-01", "House"),
            ("b", "2019-12-31", ""),
            ("b", "2020-01-01", "Coast"),
            ("b", "2021-06-14", "Coast"),
            ("b", "2021-06-15", "Island"),
            ("b", "2021-07-01", "Island"),
            ("b", "", "Island"),
            ("c", "2020-01-01", "unlisted p9"),
            ("x", "2020-01-01", ""),
        ] {
            assert_eq!(standing(id, day), party, "{id} {day}");
        }
    }

    #[test]
    fn names_have_their_links_and_those_that_two_persons_share_name_nobody() {
        let names = lists(LISTS).names([("d".to_owned(), "BO EK".to_owned())]);
        assert_eq!(
            ["a", "b", "d", "e"].map(|id| names.label(id)),
            ["Ann van den Berg", "Bo Ek", "BO EK", "e"]
        );
        let shared = "<l><person xml:id='a'><persName>Al Li</persName></person>\
            <person xml:id='b'><persName>Al Li</persName></person></l>";
        assert_eq!(lists(shared).names([]).label("a"), "a");
    }
}
