//! What changed between two sessions or two dates: positions new, dropped, repeated, and stances
//! that are no longer the same.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::{Change, Difference, PositionChanges, Side, Stance};

use super::repeats::Repeats;

/// A position that was held.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArchivedPosition {
    /// Date of the session, `YYYY-MM-DD` or empty.
    pub date: String,
    /// Identifier of the session.
    pub session: String,
    /// Who put it forward.
    pub stakeholder: String,
    /// On which issue; empty when none.
    pub issue: String,
    /// Where the stakeholder stands on the issue in this session; empty in JSON when it states none.
    #[serde(serialize_with = "crate::model::stance::or_empty::serialize")]
    pub stance: Option<Stance>,
    /// Who said it.
    pub speaker: String,
    /// Order of choice among the quotations of the stakeholder on the issue, from 1.
    pub rank: u64,
    /// The stance that the quotation states; empty in JSON when none.
    #[serde(serialize_with = "crate::model::stance::or_empty::serialize")]
    pub quoted_stance: Option<Stance>,
    /// Index of the turn, from 0.
    pub turn: u64,
    /// Number of the sentence in its turn, from 0.
    pub sentence: u64,
    /// Line of the source, from 1.
    pub line: u64,
    /// Path of the source.
    pub path: String,
    /// The quotation, verbatim.
    pub text: String,
    /// Code of the session's language; empty where it is unknown.
    pub language: String,
}

/// Which issues two sides are compared on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparedIssues {
    /// Those on which both sides have positions: on another, nothing can have changed.
    Shared,
    /// Those of either side.
    All,
}

/// What changed from the positions `before` to those `after`, most changed first: stakeholders and issues with
/// a stance that changed, then by how many positions are new or dropped.
pub fn changes(
    before: Vec<ArchivedPosition>,
    after: Vec<ArchivedPosition>,
    issues: ComparedIssues,
) -> PositionChanges {
    let of_side = |all: &[ArchivedPosition]| -> BTreeSet<String> {
        all.iter().map(|held| held.issue.clone()).collect()
    };
    let shared: BTreeSet<String> = &of_side(&before) & &of_side(&after);
    let (old, new) = (by_stakeholder(before), by_stakeholder(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let of = |all: &BTreeMap<String, Vec<ArchivedPosition>>, name: &String| {
        all.get(name).cloned().unwrap_or_default()
    };
    let all = names.into_iter().flat_map(|name| compared(name, &of(&old, name), &of(&new, name)));
    let is_compared = |difference: &Difference| {
        // What is repeated is on both sides, whatever the issues are called.
        issues == ComparedIssues::All
            || difference.change == Change::Repeated
            || shared.contains(&difference.issue)
    };
    let (mut differences, left_out): (Vec<Difference>, Vec<Difference>) = all.partition(is_compared);
    order(&mut differences);
    let count = |change| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for difference in left_out.iter().filter(|difference| difference.change == change) {
            *counts.entry(difference.issue.clone()).or_default() += 1;
        }
        counts.into_iter().collect()
    };
    PositionChanges { differences, only_before: count(Change::Dropped), only_after: count(Change::New) }
}

/// Puts the most changed first; what is of one stakeholder on one issue stays together and in its order.
fn order(differences: &mut [Difference]) {
    let mut weights: BTreeMap<(String, String), (bool, usize)> = BTreeMap::new();
    let place = |difference: &Difference| (difference.stakeholder.clone(), difference.issue.clone());
    for difference in differences.iter() {
        let (has_moved, n_changed) = weights.entry(place(difference)).or_default();
        match difference.change {
            Change::Stance => *has_moved = true,
            Change::New | Change::Dropped => *n_changed += 1,
            Change::Repeated => {}
        }
    }
    differences.sort_by_cached_key(|difference| {
        let place = place(difference);
        (Reverse(weights.get(&place).copied().unwrap_or_default()), place)
    });
}

fn by_stakeholder(all: Vec<ArchivedPosition>) -> BTreeMap<String, Vec<ArchivedPosition>> {
    let mut found: BTreeMap<String, Vec<ArchivedPosition>> = BTreeMap::new();
    for held in all {
        found.entry(held.stakeholder.clone()).or_default().push(held);
    }
    found
}

/// The differences of a stakeholder, issue by issue: its stance, then its positions in their order.
///
/// A position that is repeated under another issue, as issues that were discovered are called
/// otherwise in each session, stands where it is after.
fn compared(stakeholder: &str, old: &[ArchivedPosition], new: &[ArchivedPosition]) -> Vec<Difference> {
    let repeats = Repeats::new(old, new);
    let (old_by_issue, new_by_issue) = (by_issue(old), by_issue(new));
    let issues: BTreeSet<&str> = old_by_issue.keys().chain(new_by_issue.keys()).copied().collect();
    let stances: BTreeMap<&str, Option<Stance>> =
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
        let before = |held: &ArchivedPosition| side(held, stance_before);
        let after = |held: &ArchivedPosition| side(held, stance_after);
        if stance_before.is_some() && stance_after.is_some() && stance_before != stance_after {
            let (before, after) = (shows(old_here).map(before), shows(new_here).map(after));
            found.push(difference(Change::Stance, before, after));
        }
        for (index, held) in new_here {
            let repeated = repeats.of(*index).and_then(|at| old.get(at));
            found.push(match repeated {
                Some(first) => {
                    let before = side(first, stances.get(first.issue.as_str()).copied().flatten());
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
fn by_issue(all: &[ArchivedPosition]) -> BTreeMap<&str, Vec<(usize, &ArchivedPosition)>> {
    let mut found: BTreeMap<&str, Vec<(usize, &ArchivedPosition)>> = BTreeMap::new();
    for (index, held) in all.iter().enumerate() {
        found.entry(&held.issue).or_default().push((index, held));
    }
    found
}

fn side(held: &ArchivedPosition, stance: Option<Stance>) -> Side {
    Side {
        session: held.session.clone(),
        date: held.date.clone(),
        stance,
        turn: held.turn,
        sentence: held.sentence,
        text: held.text.clone(),
        speaker: held.speaker.clone(),
        quoted_stance: held.quoted_stance,
        language: held.language.clone(),
        path: held.path.clone(),
        line: held.line,
    }
}

/// The stance over one or several sessions: theirs where all that state one agree, else mixed.
fn stance(all: &[(usize, &ArchivedPosition)]) -> Option<Stance> {
    let mut stances = all.iter().filter_map(|(_, held)| held.stance);
    let first = stances.next()?;
    Some(if stances.all(|other| other == first) { first } else { Stance::Mixed })
}

/// The quotation that states the stance itself, else the first.
fn shows<'h>(all: &[(usize, &'h ArchivedPosition)]) -> Option<&'h ArchivedPosition> {
    all.iter().find(|(_, held)| held.quoted_stance.is_some()).or(all.first()).map(|(_, held)| *held)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn held(stance: &str, text: &str) -> ArchivedPosition {
        ArchivedPosition {
            date: "2024-07-02".into(),
            session: "s".into(),
            stakeholder: "Port".into(),
            issue: "levy".into(),
            stance: Stance::from_name(stance),
            speaker: "Ana".into(),
            rank: 1,
            quoted_stance: Stance::from_name(stance),
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
            [&d.before, &d.after]
                .map(|side| Stance::name_or_empty(side.as_ref().and_then(|side| side.stance)))
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
        let new = [ArchivedPosition { issue: "fees".into(), ..held("", "We cannot accept the levy now.") }];
        let found = compared("Port", &old, &new);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].change, found[0].issue.as_str()), (Change::Repeated, "fees"));
        assert_eq!(found[0].before.as_ref().and_then(|side| side.stance), Some(Stance::Oppose));
        // On the same issue it is rather repeated there.
        let both = [new[0].clone(), held("oppose", "We cannot accept the levy, no.")];
        let repeats = Repeats::new(&old, &both);
        assert_eq!((repeats.of(0), repeats.of(1)), (None, Some(0)));
    }

    #[test]
    fn only_issues_of_both_sides_are_compared_and_the_most_changed_come_first() {
        let on = |issue: &str, who: &str, stance: &str, text: &str| ArchivedPosition {
            issue: issue.into(),
            stakeholder: who.into(),
            ..held(stance, text)
        };
        let old = vec![
            on("fees", "Union", "", "Fees are what keeps the quay open."),
            on("levy", "Union", "oppose", "We cannot accept the levy."),
            on("levy", "Ashore", "support", "Harbours live on what ships pay."),
        ];
        let new = vec![
            on("levy", "Union", "support", "Since spring a fund covers the old."),
            on("levy", "Ashore", "support", "Harbours live on what ships pay."),
            on("nights", "Union", "", "Nobody should load after ten."),
            on("nights", "Union", "", "Cranes are loud."),
        ];
        let found = changes(old.clone(), new.clone(), ComparedIssues::Shared);
        let shown: Vec<(&str, Change)> =
            found.differences.iter().map(|d| (d.stakeholder.as_str(), d.change)).collect();
        let expected = [
            ("Union", Change::Stance),
            ("Union", Change::New),
            ("Union", Change::Dropped),
            ("Ashore", Change::Repeated),
        ];
        assert_eq!(shown, expected);
        assert_eq!(found.only_before, [("fees".to_owned(), 1)]);
        assert_eq!(found.only_after, [("nights".to_owned(), 2)]);
        let all = changes(old, new, ComparedIssues::All);
        assert_eq!(all.differences.len(), found.differences.len() + 3);
        assert!(all.only_before.is_empty() && all.only_after.is_empty());
    }
}
