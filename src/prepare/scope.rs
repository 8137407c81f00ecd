//! Whom a summary is about: speakers, put together by stakeholder, group or session.

use rustc_hash::FxHashMap;

use crate::error::nearest;
use crate::error::{Error, Result};
use crate::model::{People, Role, Scope, Session, SpeakerId};

use crate::definition::SummarySettings;

/// The speakers of one summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Members {
    /// The summary's name.
    pub(crate) name: String,
    /// Its speakers, in order of first appearance.
    pub(crate) speakers: Vec<SpeakerId>,
}

/// The summaries to make, in order of first appearance of their first speaker.
///
/// Moderators, chairs, interpreters and the audience have summaries of their own only when their
/// role is included or they are named; the summary of a session takes everyone.
pub(crate) fn summaries(
    session: &Session,
    people: &People,
    settings: &SummarySettings,
) -> Result<Vec<Members>> {
    let named = named(session, people, settings)?;
    let wanted = |id: SpeakerId| {
        let role = people.speakers[id.0 as usize].role;
        if named.is_empty() {
            role == Role::Speaker || settings.include.contains(&role)
        } else {
            named.contains(&id)
        }
    };
    let all = (0..people.speakers.len() as u32).map(SpeakerId);
    if settings.by == Scope::Session {
        let speakers: Vec<SpeakerId> = all.filter(|&id| named.is_empty() || named.contains(&id)).collect();
        let name = if session.title.is_empty() { &session.id } else { &session.title };
        return Ok(vec![Members { name: name.clone(), speakers }]);
    }
    let mut summaries: Vec<Members> = Vec::new();
    let mut number_of: FxHashMap<&str, usize> = FxHashMap::default();
    for id in all.filter(|&id| wanted(id)) {
        let speaker = &people.speakers[id.0 as usize];
        let name = match settings.by {
            Scope::Stakeholder => speaker.stands_for(),
            Scope::Group if speaker.group.is_empty() => "(group unknown)",
            Scope::Group => &speaker.group,
            _ => &speaker.name,
        };
        let together = settings.by != Scope::Speaker;
        let next = summaries.len();
        let number = if together { *number_of.entry(name).or_insert(next) } else { next };
        match summaries.get_mut(number) {
            Some(known) => known.speakers.push(id),
            None => summaries.push(Members { name: name.to_owned(), speakers: vec![id] }),
        }
    }
    Ok(summaries)
}

/// The speakers that the settings name.
///
/// # Errors
/// When nobody or more than one has a name; the message lists who there is.
pub(crate) fn named(
    session: &Session,
    people: &People,
    settings: &SummarySettings,
) -> Result<Vec<SpeakerId>> {
    let mut named = Vec::new();
    for name in &settings.speakers {
        named.extend(find(session, people, name)?);
    }
    Ok(named)
}

/// The speakers that a user names: the one with that whole name or label, else all who speak for an organisation or
/// a group of that name, else the one whose name or organisation has those words.
///
/// # Errors
/// When nobody has that name, or several have the words; the message lists who there is.
fn find(session: &Session, people: &People, name: &str) -> Result<Vec<SpeakerId>> {
    let wanted = folded(name);
    let names = |id: usize| {
        let speaker = &people.speakers[id];
        speaker.labels.iter().map(|&l| folded(session.label(l))).chain([folded(&speaker.name)])
    };
    let bodies =
        |id: usize| [&people.speakers[id].stakeholder, &people.speakers[id].group].map(|b| folded(b));
    let matching = |test: &dyn Fn(usize) -> bool| -> Vec<SpeakerId> {
        (0..people.speakers.len()).filter(|&id| test(id)).map(|id| SpeakerId(id as u32)).collect()
    };
    let called = matching(&|id| names(id).any(|n| n == wanted));
    if let [one] = called.as_slice() {
        return Ok(vec![*one]);
    }
    let of_body = matching(&|id| bodies(id).contains(&wanted));
    if called.is_empty() && !of_body.is_empty() {
        return Ok(of_body);
    }
    let in_name = matching(&|id| names(id).any(|n| has_words(&n, &wanted)));
    let in_body = matching(&|id| bodies(id).iter().any(|body| has_words(body, &wanted)));
    let is_one_body = |ids: &[SpeakerId]| {
        ids.iter().all(|id| {
            people.speakers[id.0 as usize].stakeholder == people.speakers[ids[0].0 as usize].stakeholder
        })
    };
    match (in_name.as_slice(), in_body.as_slice()) {
        ([one], _) => Ok(vec![*one]),
        ([], [_, ..]) if is_one_body(&in_body) => Ok(in_body),
        ([], []) => {
            let message = format!(
                "nobody in this session is called “{name}” or speaks for it{}",
                guess(people, &wanted)
            );
            Err(Error::usage(message).remedy(listed(people)))
        }
        _ => Err(Error::usage(format!("more than one speaker is called “{name}”")).remedy(listed(people))),
    }
}

/// The most similar name as a question, where one is similar.
fn guess(people: &People, wanted: &str) -> String {
    let whole = people.speakers.iter().map(|s| (folded(&s.name), &s.name));
    // Who is asked for may be named by surname alone.
    let parts = people.speakers.iter().flat_map(|s| {
        let words: Vec<String> = folded(&s.name).split(' ').map(str::to_owned).collect();
        words.into_iter().map(move |word| (word, &s.name))
    });
    let bodies = people.speakers.iter().map(|s| (folded(&s.stakeholder), &s.stakeholder));
    let known: Vec<(String, &String)> = whole.chain(parts).chain(bodies).collect();
    let meant = nearest(wanted, known.iter().map(|(form, _)| form.as_str()));
    let name = known.iter().find(|(form, _)| meant == Some(form));
    name.map_or_else(String::new, |(_, name)| format!(", do you mean “{name}”?"))
}

fn listed(people: &People) -> String {
    let names: Vec<&str> = people.speakers.iter().map(|s| s.name.as_str()).collect();
    format!("its speakers are {}", names.join(", "))
}

/// Whether the words of `part` stand in `name` one after the other.
fn has_words(name: &str, part: &str) -> bool {
    let (name, part): (Vec<&str>, Vec<&str>) = (name.split(' ').collect(), part.split(' ').collect());
    !part.is_empty() && name.windows(part.len()).any(|window| window == part)
}

fn folded(name: &str) -> String {
    let letters = name.to_lowercase().replace(['(', ')', ',', ';'], " ");
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}
