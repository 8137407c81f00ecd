//! The parts of the speakers' names, and which words of the talk may be names that no label has.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::labels::names::{core_name, is_office, is_title};
use super::super::organisations::is_job_word;
use super::sounds::Alike;
use super::{LISTS, MIN_LETTERS};
use crate::model::{People, Session, SpeakerId};

/// The parts of the speakers' names, folded.
pub(super) struct NameParts {
    /// The speakers that have each part, ascending.
    pub(super) of_part: FxHashMap<String, Vec<SpeakerId>>,
    /// Parts in the middle of a name: neither first nor last.
    pub(super) middle: FxHashSet<String>,
    /// The parts that a misspelt name may be meant for, by how they sound and are spelt.
    pub(super) alike: Alike,
}

impl NameParts {
    pub(super) fn new(session: &Session, people: &People) -> Self {
        let mut parts = NameParts {
            of_part: FxHashMap::default(),
            middle: FxHashSet::default(),
            alike: Alike::default(),
        };
        for (index, speaker) in people.speakers.iter().enumerate() {
            let id = SpeakerId(index as u32);
            let labels = speaker.labels.iter().map(|&l| session.label(l)).chain([speaker.name.as_str()]);
            for label in labels {
                let core = core_name(label);
                for (at, part) in core.iter().enumerate().filter(|(_, part)| !is_office(part)) {
                    let owners = parts.of_part.entry(part.clone()).or_default();
                    if owners.last() != Some(&id) {
                        owners.push(id);
                    }
                    if at > 0 && at + 1 < core.len() {
                        parts.middle.insert(part.clone());
                    }
                }
            }
        }
        let is_long = |part: &&String| part.chars().count() >= MIN_LETTERS && !is_title(part);
        parts.alike = Alike::new(parts.of_part.keys().filter(is_long).cloned().collect());
        parts
    }

    /// Whether a folded word may be the name of a speaker that is on none of its labels, or a middle part.
    pub(super) fn may_be_new(&self, word: &str) -> bool {
        (!self.of_part.contains_key(word) || self.middle.contains(word))
            && word.chars().count() >= 3
            && !word.contains(|c: char| c.is_numeric())
            && !is_office(word)
            && !is_title(word)
            && !is_job_word(word)
            && !LISTS.no_names.contains(word)
    }

    /// The only speaker of a part.
    pub(super) fn owner(&self, part: &str) -> Option<SpeakerId> {
        match self.of_part.get(part).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        }
    }
}
