//! What changed between two sessions or two dates: positions new, dropped, repeated, and stances
//! that are no longer the same.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;
use serde::Serialize;

use crate::error::{Error, Result};

use super::{Archive, Held};

/// From this share of common words on, one quotation repeats another: Jaccard's coefficient
/// (Jaccard 1901), the words of both over the words of either.
const REPEATED: f64 = 0.5;

/// What happened to a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// The stakeholder stands elsewhere on the issue.
    Stance,
    /// It is held after, and was not before.
    New,
    /// It was held before, and is not after.
    Dropped,
    /// It is held before and after.
    Repeated,
}

impl Change {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Change::Stance => "stance",
            Change::New => "new",
            Change::Dropped => "dropped",
            Change::Repeated => "repeated",
        }
    }
}

/// One of two sides: the quotation and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Identifier of the session.
    pub session: String,
    /// Its date, or empty.
    pub date: String,
    /// Where the stakeholder stands on the issue on this side; empty when it states none.
    pub stance: String,
    /// Index of the turn, from 0.
    pub turn: u64,
    /// Number of the sentence in its turn, from 0.
    pub sentence: u64,
    /// The quotation, verbatim.
    pub text: String,
}

/// A difference, or what is the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// What happened.
    pub change: Change,
    /// Whose position it is.
    pub stakeholder: String,
    /// On which issue; empty when none.
    pub issue: String,
    /// Before; absent for what is new.
    pub before: Option<Side>,
    /// After; absent for what was dropped.
    pub after: Option<Side>,
}

type Grouped = BTreeMap<(String, String), Vec<Held>>;

impl Archive {
    /// What changed from `before` to `after`, each the identifier of a session, or a date: a day, a
    /// month (`2024-07`) or a year.
    ///
    /// # Errors
    /// When one of them is in no session, when the archive cannot be read.
    pub fn diff(&self, before: &str, after: &str) -> Result<Vec<Difference>> {
        let (before, after) = (grouped(self.side(before)?), grouped(self.side(after)?));
        let keys: BTreeSet<&(String, String)> = before.keys().chain(after.keys()).collect();
        let mut found = Vec::new();
        for key in keys {
            let none = Vec::new();
            let (old, new) = (before.get(key).unwrap_or(&none), after.get(key).unwrap_or(&none));
            found.extend(compared(key, old, new));
        }
        Ok(found)
    }

    fn side(&self, name: &str) -> Result<Vec<Held>> {
        let of_session = self.held("sessions.session = ?", vec![Value::Text(name.to_owned())])?;
        if !of_session.is_empty() {
            return Ok(of_session);
        }
        let is_date = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit() || c == '-');
        let pattern = vec![Value::Text(name.to_owned()), Value::Text(format!("{name}-*"))];
        let of_date = if is_date { self.held("(date = ? OR date GLOB ?)", pattern)? } else { Vec::new() };
        if !of_date.is_empty() {
            return Ok(of_date);
        }
        Err(Error::usage(format!("“{name}” is no session and no date with positions in the archive"))
            .in_file(&self.path)
            .remedy("name sessions by their identifiers, or dates such as 2024-07-02, 2024-07 or 2024"))
    }
}

fn grouped(all: Vec<Held>) -> Grouped {
    let mut groups: Grouped = BTreeMap::new();
    for held in all {
        groups.entry((held.stakeholder.clone(), held.issue.clone())).or_default().push(held);
    }
    groups
}

/// The differences of a stakeholder on an issue: its stance, then its positions in their order.
fn compared(key: &(String, String), old: &[Held], new: &[Held]) -> Vec<Difference> {
    let (stance_before, stance_after) = (stance(old), stance(new));
    let difference = |change, before: Option<&Held>, after: Option<&Held>| Difference {
        change,
        stakeholder: key.0.clone(),
        issue: key.1.clone(),
        before: before.map(|held| side(held, &stance_before)),
        after: after.map(|held| side(held, &stance_after)),
    };
    let mut found = Vec::new();
    if !stance_before.is_empty() && !stance_after.is_empty() && stance_before != stance_after {
        found.push(difference(Change::Stance, shows(old), shows(new)));
    }
    let pairs = pairs(old, new);
    for (index, held) in new.iter().enumerate() {
        found.push(match pairs.iter().find(|(_, after)| *after == index) {
            Some((before, _)) => difference(Change::Repeated, old.get(*before), Some(held)),
            None => difference(Change::New, None, Some(held)),
        });
    }
    let is_dropped = |index: &usize| !pairs.iter().any(|(before, _)| before == index);
    let dropped = (0..old.len()).filter(is_dropped).filter_map(|index| old.get(index));
    found.extend(dropped.map(|held| difference(Change::Dropped, Some(held), None)));
    found
}

fn side(held: &Held, stance: &str) -> Side {
    Side {
        session: held.session.clone(),
        date: held.date.clone(),
        stance: stance.to_owned(),
        turn: held.turn,
        sentence: held.sentence,
        text: held.text.clone(),
    }
}

/// The stance over one or several sessions: theirs where all that state one agree, else mixed.
fn stance(all: &[Held]) -> String {
    let stances: BTreeSet<&str> =
        all.iter().map(|held| held.stance.as_str()).filter(|s| !s.is_empty()).collect();
    match stances.into_iter().collect::<Vec<_>>().as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        _ => "mixed".to_owned(),
    }
}

/// The quotation that states the stance itself, else the first.
fn shows(all: &[Held]) -> Option<&Held> {
    all.iter().find(|held| !held.quoted_stance.is_empty()).or(all.first())
}

/// Which position repeats which: the most alike first, each at most once.
fn pairs(old: &[Held], new: &[Held]) -> Vec<(usize, usize)> {
    let words = |all: &[Held]| all.iter().map(|held| words(&held.text)).collect::<Vec<_>>();
    let (old, new) = (words(old), words(new));
    let mut alike = Vec::new();
    for (before, a) in old.iter().enumerate() {
        for (after, b) in new.iter().enumerate() {
            let likeness = jaccard(a, b);
            if likeness >= REPEATED {
                alike.push((likeness, before, after));
            }
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, before, after) in alike {
        if !pairs.iter().any(|(b, a)| *b == before || *a == after) {
            pairs.push((before, after));
        }
    }
    pairs
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Jaccard's coefficient of two sets: 0 to 1, 0 where both are empty.
fn jaccard(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let common = a.intersection(b).count();
    let either = a.len() + b.len() - common;
    if either == 0 { 0.0 } else { common as f64 / either as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(stance: &str, text: &str) -> Held {
        Held {
            date: "2024-07-02".into(),
            session: "s".into(),
            stakeholder: "Port".into(),
            issue: "levy".into(),
            stance: stance.into(),
            speaker: "Ana".into(),
            rank: 1,
            quoted_stance: stance.into(),
            turn: 0,
            sentence: 0,
            line: 1,
            path: "s.txt".into(),
            text: text.into(),
        }
    }

    #[test]
    fn half_of_all_words_in_common_is_a_repetition() {
        // 3 words of 6: a, b, c of a, b, c, d, e, f.
        assert_eq!(jaccard(&words("a b c d"), &words("A, b; c e f")), 0.5);
        assert_eq!(jaccard(&words(""), &words("")), 0.0);
    }

    #[test]
    fn positions_are_new_dropped_or_repeated_and_stances_change() {
        let key = ("Port".to_owned(), "levy".to_owned());
        let old = [held("oppose", "We cannot accept the levy."), held("oppose", "Nights are for sleep.")];
        let new = [held("support", "We propose a fund."), held("support", "We cannot accept the levy now.")];
        let found = compared(&key, &old, &new);
        let changes: Vec<Change> = found.iter().map(|difference| difference.change).collect();
        assert_eq!(changes, [Change::Stance, Change::New, Change::Repeated, Change::Dropped]);
        let sides = |d: &Difference| {
            [&d.before, &d.after].map(|side| side.as_ref().map_or("", |side| side.stance.as_str()).to_owned())
        };
        assert_eq!(sides(&found[0]), ["oppose", "support"]);
        assert_eq!(sides(&found[1]), ["", "support"]);
        assert_eq!(sides(&found[3]), ["oppose", ""]);
        assert!(compared(&key, &[], &[]).is_empty());
        // A stance that one side does not state has not changed.
        assert!(compared(&key, &old, &[held("", "x")]).iter().all(|d| d.change != Change::Stance));
    }

    #[test]
    fn a_position_is_repeated_once_by_what_is_most_like_it() {
        let old = [held("", "the levy is too high"), held("", "the levy is too high for us")];
        let new = [held("", "the levy is too high for us")];
        assert_eq!(pairs(&old, &new), [(1, 0)]);
    }
}
