//! What changed between two sessions or two dates: positions new, dropped, repeated, and stances
//! that are no longer the same.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;

use rapporteur::error::{Error, Result};
use rapporteur::model::{Change, Difference, Side};

use crate::archive::repeats::Repeats;
use crate::archive::{Archive, Held};

impl Archive {
    /// What changed from `before` to `after`, each the identifier of a session, or a date: a day, a
    /// month (`2024-07`) or a year.
    ///
    /// # Errors
    /// When one of them is in no session, when the archive cannot be read.
    pub fn diff(&self, before: &str, after: &str) -> Result<Vec<Difference>> {
        let (old, new) = (self.side(before)?, self.side(after)?);
        let (old, new) = (by_stakeholder(old), by_stakeholder(new));
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let of =
            |all: &BTreeMap<String, Vec<Held>>, name: &String| all.get(name).cloned().unwrap_or_default();
        Ok(names.into_iter().flat_map(|name| compared(name, &of(&old, name), &of(&new, name))).collect())
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

fn by_stakeholder(all: Vec<Held>) -> BTreeMap<String, Vec<Held>> {
    let mut found: BTreeMap<String, Vec<Held>> = BTreeMap::new();
    for held in all {
        found.entry(held.stakeholder.clone()).or_default().push(held);
    }
    found
}

/// The differences of a stakeholder, issue by issue: its stance, then its positions in their order.
///
/// A position that is repeated under another issue, as issues that were discovered are called
/// otherwise in each session, stands where it is after.
fn compared(stakeholder: &str, old: &[Held], new: &[Held]) -> Vec<Difference> {
    let repeats = Repeats::new(old, new);
    let (old_by_issue, new_by_issue) = (by_issue(old), by_issue(new));
    let issues: BTreeSet<&str> = old_by_issue.keys().chain(new_by_issue.keys()).copied().collect();
    let stances: BTreeMap<&str, String> =
        old_by_issue.iter().map(|(issue, held)| (*issue, stance(held))).collect();
    let none = Vec::new();
    let mut found = Vec::new();
    for issue in issues {
        let old_here = old_by_issue.get(issue).unwrap_or(&none);
        let new_here = new_by_issue.get(issue).unwrap_or(&none);
        let (stance_before, stance_after) = (stance(old_here), stance(new_here));
        let difference = |change, before: Option<Side>, after: Option<Side>| Difference {
            change,
            stakeholder: stakeholder.to_owned(),
            issue: issue.to_owned(),
            before,
            after,
        };
        let before = |held: &Held| side(held, &stance_before);
        let after = |held: &Held| side(held, &stance_after);
        if !stance_before.is_empty() && !stance_after.is_empty() && stance_before != stance_after {
            let (before, after) = (shows(old_here).map(before), shows(new_here).map(after));
            found.push(difference(Change::Stance, before, after));
        }
        for (index, held) in new_here {
            let repeated = repeats.of(*index).and_then(|at| old.get(at));
            found.push(match repeated {
                Some(first) => {
                    let before = side(first, stances.get(first.issue.as_str()).map_or("", String::as_str));
                    difference(Change::Repeated, Some(before), Some(after(held)))
                }
                None => difference(Change::New, None, Some(after(held))),
            });
        }
        let dropped = old_here.iter().filter(|(index, _)| !repeats.has(*index));
        found.extend(dropped.map(|(_, held)| difference(Change::Dropped, Some(before(held)), None)));
    }
    found
}

/// The positions on each issue, with their places.
fn by_issue(all: &[Held]) -> BTreeMap<&str, Vec<(usize, &Held)>> {
    let mut found: BTreeMap<&str, Vec<(usize, &Held)>> = BTreeMap::new();
    for (index, held) in all.iter().enumerate() {
        found.entry(&held.issue).or_default().push((index, held));
    }
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
        speaker: held.speaker.clone(),
        quoted_stance: held.quoted_stance.clone(),
        language: held.language.clone(),
        path: held.path.clone(),
        line: held.line,
    }
}

/// The stance over one or several sessions: theirs where all that state one agree, else mixed.
fn stance(all: &[(usize, &Held)]) -> String {
    let stances: BTreeSet<&str> =
        all.iter().map(|(_, held)| held.stance.as_str()).filter(|s| !s.is_empty()).collect();
    match stances.into_iter().collect::<Vec<_>>().as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        _ => "mixed".to_owned(),
    }
}

/// The quotation that states the stance itself, else the first.
fn shows<'h>(all: &[(usize, &'h Held)]) -> Option<&'h Held> {
    all.iter().find(|(_, held)| !held.quoted_stance.is_empty()).or(all.first()).map(|(_, held)| *held)
}

#[cfg(test)]
pub(super) mod tests {
    use crate::archive::diff::*;

    pub(crate) fn held(stance: &str, text: &str) -> Held {
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
            language: "en".into(),
            text: text.into(),
        }
    }

    #[test]
    fn positions_are_new_dropped_or_repeated_and_stances_change() {
        let old = [held("oppose", "We cannot accept the levy."), held("oppose", "Nights are for sleep.")];
        let new = [held("support", "We propose a fund."), held("support", "We cannot accept the levy now.")];
        let found = compared("Port", &old, &new);
        let changes: Vec<Change> = found.iter().map(|difference| difference.change).collect();
        assert_eq!(changes, [Change::Stance, Change::New, Change::Repeated, Change::Dropped]);
        let sides = |d: &Difference| {
            [&d.before, &d.after].map(|side| side.as_ref().map_or("", |side| side.stance.as_str()).to_owned())
        };
        assert_eq!(sides(&found[0]), ["oppose", "support"]);
        assert_eq!(sides(&found[1]), ["", "support"]);
        assert_eq!(sides(&found[3]), ["oppose", ""]);
        assert!(compared("Port", &[], &[]).is_empty());
        // A stance that one side does not state has not changed.
        assert!(compared("Port", &old, &[held("", "x")]).iter().all(|d| d.change != Change::Stance));
    }

    #[test]
    fn a_position_is_repeated_under_another_issue_too() {
        let old = [held("oppose", "We cannot accept the levy.")];
        let new = [Held { issue: "fees".into(), ..held("", "We cannot accept the levy now.") }];
        let found = compared("Port", &old, &new);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].change, found[0].issue.as_str()), (Change::Repeated, "fees"));
        assert_eq!(found[0].before.as_ref().map(|side| side.stance.as_str()), Some("oppose"));
        // On the same issue it is rather repeated there.
        let both = [new[0].clone(), held("oppose", "We cannot accept the levy, no.")];
        let repeats = Repeats::new(&old, &both);
        assert_eq!((repeats.of(0), repeats.of(1)), (None, Some(0)));
    }
}
