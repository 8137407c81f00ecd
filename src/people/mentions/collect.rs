//! What the speakers of a session are called, from labels, aliases, roles and whom they speak for.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::labels::names::{core_name, folded_words, has_capital, is_initials, nickname};
use super::super::labels::offices::offices;
use super::super::labels::roles::from_label;
use super::super::organisations::{Phrase, is_job_word};
use super::Fit;
use crate::language::SharedList;
use crate::model::{People, Role, Session, SpeakerId};

/// A name as folded words, and how well it tells a speaker from the others.
type Called = (Fit, Vec<String>);

/// The names of each speaker, sorted, each once.
pub(super) fn names(session: &Session, people: &People) -> Vec<Vec<Called>> {
    let labelled: Vec<Vec<Label<'_>>> = people
        .speakers
        .iter()
        .map(|speaker| {
            let labels = speaker.labels.iter().map(|&label| (session.label(label), true));
            labels.chain([(speaker.name.as_str(), false)]).map(|(text, own)| Label::new(text, own)).collect()
        })
        .collect();
    let owners = Owners::new(&labelled);
    let of_speaker = |(index, speaker): (usize, &crate::model::Speaker)| {
        let id = SpeakerId(index as u32);
        let mut names = Vec::new();
        for label in labelled.get(index).into_iter().flatten() {
            label.add_names(id, &owners, &mut names);
        }
        let heard = speaker.aliases.iter().filter(|alias| !alias.is_label);
        names.extend(heard.map(|alias| (whole(&alias.name), core_name(&alias.name))));
        names.extend(offices_of(speaker.role).iter().map(|office| (Fit::Role, vec![(*office).to_owned()])));
        let shared = [&speaker.stakeholder, &speaker.group];
        names.extend(shared.iter().filter(|s| !s.is_empty()).flat_map(|s| names_of_body(s)));
        names.retain(|(_, name)| !name.is_empty());
        names.sort();
        names.dedup();
        names
    };
    people.speakers.iter().enumerate().map(of_speaker).collect()
}

fn whole(name: &str) -> Fit {
    if is_initials(name) { Fit::Initials } else { Fit::Whole }
}

/// What a body is called: by its name, without what stands in brackets, and by an abbreviation there.
fn names_of_body(name: &str) -> Vec<Called> {
    let mut names = vec![(Fit::Role, folded_words(name))];
    if let Some((outside, inside)) = in_brackets(name) {
        let after = name.split_once([')', '）']).map_or("", |(_, after)| after);
        names.push((Fit::Role, folded_words(&format!("{outside} {after}"))));
        names
            .extend(Some(inside).filter(|inside| is_initials(inside)).map(|i| (Fit::Initials, core_name(i))));
    }
    names.extend(party_names(name).map(|words| (Fit::Party, words.clone())));
    names
}

/// What a party is called besides by this name of it.
fn party_names(name: &str) -> impl Iterator<Item = &'static Vec<String>> {
    let own = folded_words(name);
    let lines: &'static [Vec<Vec<String>>] = &LISTS.parties;
    let lines = lines.iter().filter(move |line| line.contains(&own));
    lines.flatten()
}

/// What stands before the first brackets of a text and what in them.
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    let (outside, rest) = text.split_once(['(', '（'])?;
    let (inside, _) = rest.split_once([')', '）'])?;
    Some((outside.trim(), inside.trim()))
}

/// How speakers are called besides by their names.
struct Lists {
    /// What the holders of each role are called.
    roles: [(Role, Vec<&'static str>); 4],
    /// What a voice with a letter for a name is called before it.
    before_letters: Vec<&'static str>,
    /// Words before the seat of a member, in order.
    in_a_seat: Vec<&'static str>,
    /// Words before an office that belong to it.
    of_offices: FxHashSet<&'static str>,
    /// What is no part of an office.
    articles: FxHashSet<&'static str>,
    /// The names of each party, as words.
    parties: Vec<Vec<Vec<String>>>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let names = SharedList::Names.read();
    let words = |section| names.words(section).collect();
    let roles = [
        (Role::Moderator, "moderators"),
        (Role::Chair, "chairs"),
        (Role::Interpreter, "interpreters"),
        (Role::Audience, "listeners"),
    ];
    Lists {
        roles: roles.map(|(role, section)| (role, names.words(section).collect())),
        before_letters: names.words("before letters").collect(),
        in_a_seat: names.words("in a seat").collect(),
        of_offices: words("of offices"),
        articles: words("office articles"),
        parties: SharedList::Organisations
            .read()
            .lines("parties")
            .map(|line| line.phrases().map(folded_words).collect())
            .collect(),
    }
});

/// What those are called who have a role.
fn offices_of(role: Role) -> &'static [&'static str] {
    LISTS.roles.iter().find(|(known, _)| *known == role).map_or(&[], |(_, offices)| offices)
}

/// A label of a speaker, or the name that was made of its labels.
struct Label<'a> {
    text: &'a str,
    core: Vec<String>,
    /// Whether the source has it.
    is_written: bool,
}

impl<'a> Label<'a> {
    fn new(text: &'a str, is_written: bool) -> Self {
        Label { text, core: core_name(text), is_written }
    }

    fn add_names(&self, id: SpeakerId, owners: &Owners, names: &mut Vec<Called>) {
        let core = &self.core;
        if let Some(letter) = core.last().filter(|w| core.len() == 2 && w.chars().count() == 1) {
            names.push((Fit::Letter, vec![letter.clone()]));
            let called = LISTS.before_letters.iter().map(|word| vec![(*word).to_owned(), letter.clone()]);
            names.extend(called.map(|name| (Fit::Letter, name)));
            let rank = core.first().filter(|rank| owners.is_of_one(rank, id));
            names.extend(rank.map(|rank| (Fit::Role, vec![rank.clone()])));
        } else if core.len() > 1 && core.len() < 5 {
            let ends = [core.first(), core.last()].into_iter().flatten();
            let own = ends.filter(|part| part.chars().count() > 1 && owners.is_of_one(part, id));
            names.extend(own.map(|part| (Fit::Part, vec![part.clone()])));
        }
        let middle = core.iter().skip(1).rev().skip(1);
        let is_name = |part: &&String| has_capital(self.text, part);
        let nick = nickname(self.text).map(folded_words).unwrap_or_default();
        let parts = middle.filter(is_name).chain(&nick);
        let own = parts.filter(|part| part.chars().count() > 2 && owners.is_of_one(part, id));
        names.extend(own.map(|part| (Fit::Part, vec![part.clone()])));
        let held = offices(self.text).into_iter();
        let held = held.filter(|office| office.len() > 1 || owners.hold_alone(office, id));
        names.extend(held.map(|office| (Fit::Office, office)));
        names.extend(office_before_name(self.text).map(|office| (Fit::Office, office)));
        names.extend(in_brackets(self.text).into_iter().flat_map(|(_, inside)| of_seat(inside)));
        names.push((whole(self.text), core.clone()));
    }
}

/// The office that a label opens with: “the Vice Mayor” of `Vice Mayor Reyes`.
fn office_before_name(label: &str) -> Option<Vec<String>> {
    let outside = label.split(['(', '（', ',', '|']).next().unwrap_or(label);
    let words = folded_words(outside);
    let end = words.iter().rposition(|word| is_job_word(word))? + 1;
    let office = words.get(..end)?;
    let is_office = office.iter().all(|word| is_job_word(word) || LISTS.of_offices.contains(word.as_str()));
    let is_named = (1..=2).contains(&(words.len() - end));
    (is_office && is_named)
        .then(|| office.iter().filter(|word| !LISTS.articles.contains(word.as_str())).cloned().collect())
}

/// What a speaker is called by what its label has in brackets: “the member for Riverside” of `(Riverside,
/// Lib.)`, “Kestria” of `(Kestria)`.
fn of_seat(inside: &str) -> Option<Called> {
    if Phrase::of_label(inside).has_job_word() || from_label(inside).is_some() {
        return None;
    }
    Some(match inside.split_once(',') {
        Some((seat, _)) => {
            let lead = LISTS.in_a_seat.iter().map(|word| (*word).to_owned());
            (Fit::Office, lead.chain(folded_words(seat)).collect())
        }
        None if is_initials(inside) => (Fit::Initials, core_name(inside)),
        None => (Fit::Role, folded_words(inside)),
    })
}

/// Whose labels have a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    One(SpeakerId),
    Several,
}

/// Whose the words of the labels are.
struct Owners {
    /// By word of the name proper.
    of_part: FxHashMap<String, Owner>,
    /// By any word of a label.
    of_word: FxHashMap<String, Owner>,
}

impl Owners {
    fn new(labelled: &[Vec<Label<'_>>]) -> Self {
        let mut owners = Owners { of_part: FxHashMap::default(), of_word: FxHashMap::default() };
        for (index, labels) in labelled.iter().enumerate() {
            let id = SpeakerId(index as u32);
            for label in labels {
                label.core.iter().for_each(|part| add(&mut owners.of_part, part, id));
                if label.is_written {
                    folded_words(label.text).iter().for_each(|word| add(&mut owners.of_word, word, id));
                }
            }
        }
        owners
    }

    /// Whether no other speaker's name has a part.
    fn is_of_one(&self, part: &str, id: SpeakerId) -> bool {
        self.of_part.get(part).is_none_or(|&owner| owner == Owner::One(id))
    }

    /// Whether no other speaker's label has an office of that one word, alone or with more.
    fn hold_alone(&self, office: &[String], id: SpeakerId) -> bool {
        office.iter().all(|word| self.of_word.get(word).is_none_or(|&owner| owner == Owner::One(id)))
    }
}

fn add(owners: &mut FxHashMap<String, Owner>, word: &str, id: SpeakerId) {
    match owners.get_mut(word) {
        Some(owner) if *owner != Owner::One(id) => *owner = Owner::Several,
        Some(_) => {}
        None => {
            owners.insert(word.to_owned(), Owner::One(id));
        }
    }
}
