//! Who the speakers of a debate are: names, parties, chairs, and what the lists lack.

use roxmltree::Node;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::companion::companion_names;
use super::super::decode::LineIndex;
use super::super::xml::{Names, reference, text_of};
use super::lists::{Lists, Organisation, Standing};
use super::{Named, speaker_of};
use crate::model::{Attendee, Role, Warning, WarningCode};

/// The label of who presides where no identifier says who that is.
pub(super) const CHAIR: &str = "chair";

/// What a document and the lists beside it say of its speakers.
pub(super) struct People<'a> {
    pub names: Names,
    lists: Lists<'a>,
    /// The texts of the notes that announce each speaker.
    announced: FxHashMap<String, Vec<String>>,
}

impl<'a> People<'a> {
    pub(super) fn new(root: Node, lists: Lists<'a>) -> Self {
        let announced = announcements(root);
        let noted = announced.iter().filter_map(|(id, notes)| Some((id.clone(), notes.first()?.clone())));
        let names = lists.names(noted);
        People { names, lists, announced: announced.into_iter().collect() }
    }

    /// The people of a session on its day.
    pub(super) fn attendees(&self, root: Node, day: &str, index: &LineIndex) -> Vec<Attendee> {
        let chairs = chairs(root);
        let attendees = speakers(root).into_iter().map(|(id, first)| {
            let standing = match self.lists.standing(id, day) {
                Standing::Known(organisation) => organisation,
                Standing::Unlisted(_) => Organisation::default(),
            };
            let line = self.lists.line(id).unwrap_or_else(|| index.line(first.range().start));
            let name = self.names.label(id);
            let aliases = self.announced.get(id).into_iter().flatten();
            Attendee {
                aliases: aliases.filter(|alias| **alias != name).cloned().collect(),
                name,
                stakeholder: standing.name,
                group: standing.kind,
                role: chairs.contains(id).then_some(Role::Chair),
                line: u32::try_from(line).unwrap_or(u32::MAX),
            }
        });
        let nameless = root.descendants().find(is_nameless_chair).map(|first| Attendee {
            name: CHAIR.to_owned(),
            role: Some(Role::Chair),
            line: u32::try_from(index.line(first.range().start)).unwrap_or(u32::MAX),
            ..Attendee::default()
        });
        attendees.chain(nameless).collect()
    }

    /// Warnings for speakers that no list has, and for organisations that no list has.
    pub(super) fn lacking(&self, root: Node, day: &str, path: &str) -> Vec<Warning> {
        let speakers: Vec<&str> = speakers(root).into_iter().map(|(id, _)| id).collect();
        let is_unlisted = |id: &&&str| !self.lists.has(id) && !self.announced.contains_key(**id);
        let unlisted: Vec<&str> = speakers.iter().filter(is_unlisted).copied().collect();
        let unknown: Vec<String> = speakers
            .iter()
            .filter_map(|id| match self.lists.standing(id, day) {
                Standing::Unlisted(organisation) => Some(organisation),
                Standing::Known(_) => None,
            })
            .collect();
        let persons = unlisted.first().map(|first| {
            format!(
                "no list of persons has {} of {} speakers ({first}), which their identifiers stand for{}",
                unlisted.len(),
                speakers.len(),
                remedy(path, "-listPerson.xml")
            )
        });
        let organisations = unknown.first().map(|first| {
            format!(
                "no list of organisations has those of {} of {} speakers ({first}), which are left out{}",
                unknown.len(),
                speakers.len(),
                remedy(path, "-listOrg.xml")
            )
        });
        let warning = |message| Warning::at_line(WarningCode::MissingList, 0, message);
        persons.into_iter().chain(organisations).map(warning).collect()
    }
}

/// The file that would hold a list, in words; empty where the name of the source does not tell.
fn remedy(path: &str, ending: &str) -> String {
    let mut names = companion_names(path).into_iter().flatten();
    let file = names.find(|name| name.ends_with(ending));
    file.map_or_else(String::new, |file| {
        format!("; {file} beside the source or one folder up would have them")
    })
}

/// Whether an utterance is that of who presides, without an identifier.
pub(super) fn is_nameless_chair(node: &Node) -> bool {
    node.has_tag_name_of("u") && speaker_of(*node).is_empty() && node.attribute("ana").is_some_and(is_chair)
}
fn is_chair(ana: &str) -> bool {
    ana.split_whitespace().any(|value| matches!(reference(value), "chair" | "speaker.chair" | "chairperson"))
}

/// The identifiers of those who speak from the chair more often than not.
fn chairs<'a>(root: Node<'a, '_>) -> FxHashSet<&'a str> {
    let mut utterances: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for utterance in root.descendants().filter(|node| node.has_tag_name_of("u")) {
        let (all, chairing) = utterances.entry(speaker_of(utterance)).or_default();
        *all += 1;
        *chairing += usize::from(utterance.attribute("ana").is_some_and(is_chair));
    }
    utterances.into_iter().filter(|(_, (all, chairing))| 2 * chairing > *all).map(|(id, _)| id).collect()
}

/// The identifiers of all speakers, in order of first appearance, each with its first utterance.
pub(super) fn speakers<'a, 'd>(root: Node<'a, 'd>) -> Vec<(&'a str, Node<'a, 'd>)> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for utterance in root.descendants().filter(|node| node.has_tag_name_of("u")) {
        let id = speaker_of(utterance);
        if !id.is_empty() && seen.insert(id) {
            found.push((id, utterance));
        }
    }
    found
}

/// The texts of the notes that announce each speaker, in order of first appearance.
fn announcements(root: Node) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut at: FxHashMap<String, usize> = FxHashMap::default();
    let mut pending: Option<String> = None;
    let mut add = |id: &str, note: String| {
        if id.is_empty() || note.is_empty() {
            return;
        }
        let entry = *at.entry(id.to_owned()).or_insert_with(|| {
            found.push((id.to_owned(), Vec::new()));
            found.len() - 1
        });
        if let Some((_, notes)) = found.get_mut(entry).filter(|(_, notes)| !notes.contains(&note)) {
            notes.push(note);
        }
    };
    for node in root.descendants().filter(Node::is_element) {
        let is_note = node.has_tag_name_of("note") && node.attribute("type") == Some("speaker");
        if is_note {
            let note = text_of(node).trim_end_matches(':').trim().to_owned();
            match node.parent().filter(|parent| parent.has_tag_name_of("u")) {
                Some(parent) => add(speaker_of(parent), note),
                None => pending = Some(note),
            }
        } else if node.has_tag_name_of("u")
            && let Some(note) = pending.take()
        {
            add(speaker_of(node), note);
        }
    }
    found
}
