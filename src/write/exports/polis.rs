//! Polis: the matrix of participants and statements, with the files around it.
//!
//! The columns are those of the data export of Polis (`participants-votes.csv`, `comments.csv`,
//! `summary.csv`).

use super::{Addition, Export, ExportFile, Part, header};
use crate::error::Result;
use crate::model::{Cell, Overall, SessionPart, StakeholderTotals, Stance};
use crate::write::tables::csv;

pub(super) const EXPORT: Export = Export {
    name: "polis",
    about: "`polis-participants-votes.csv`, `polis-comments.csv` and `polis-summary.csv`, as Polis exports them, and \
            `polis-participants.csv` with the names",
    inferred: "Participants are the stakeholders, statements are the issues, and a vote is the stance that the \
               stakeholder states on the issue over all sessions: 1 for support, -1 for opposition, 0 for a concern \
               and for stances that differ; empty where none is stated. Nobody is put into a group",
    of_session: |_: &SessionPart| -> Result<Vec<Addition>> { Ok(Vec::new()) },
    files,
};

const COMMENT_COLUMNS: &[&str] = &[
    "timestamp",
    "comment-id",
    "author-id",
    "agrees",
    "disagrees",
    "moderated",
    "is-meta",
    "is-seed",
    "group-informed-consensus",
    "comment-body",
];

fn files(overall: &Overall) -> Result<Vec<ExportFile>> {
    let participants: Vec<&StakeholderTotals> =
        overall.stakeholders.iter().filter(|totals| totals.counts.is_compared).collect();
    let file = |name, text| ExportFile { name, parts: vec![Part::Text(text)] };
    Ok(vec![
        file("polis-participants-votes.csv", votes(overall, &participants)?),
        file("polis-comments.csv", comments(overall, &participants)?),
        file("polis-summary.csv", summary(overall, &participants)?),
        file("polis-participants.csv", names(&participants)?),
    ])
}

/// What a stance is as a vote.
fn vote(stance: Option<Stance>) -> Option<i8> {
    Some(match stance? {
        Stance::Support => 1,
        Stance::Oppose => -1,
        Stance::Concern | Stance::Mixed => 0,
    })
}

fn votes_of(totals: &StakeholderTotals, n_issues: usize) -> Vec<Option<i8>> {
    (0..n_issues)
        .map(|at| vote(totals.stances.get(at).copied().flatten().map(|(stance, _)| stance)))
        .collect()
}

fn count(votes: &[Option<i8>], wanted: i8) -> Cell {
    Cell::Integer(votes.iter().filter(|vote| **vote == Some(wanted)).count() as u64)
}

fn votes(overall: &Overall, participants: &[&StakeholderTotals]) -> Result<String> {
    let n_issues = overall.issues.len();
    let fixed = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"];
    let titles = fixed.iter().map(|name| Cell::text(name));
    let mut rows = vec![titles.chain((0..n_issues as u64).map(Cell::Integer)).collect()];
    for (number, totals) in (0..).zip(participants) {
        let votes = votes_of(totals, n_issues);
        let cast = votes.iter().flatten().count() as u64;
        let mut row = vec![Cell::Integer(number), Cell::Empty, Cell::Integer(0), Cell::Integer(cast)];
        row.extend([count(&votes, 1), count(&votes, -1)]);
        row.extend(votes.iter().map(|vote| Cell::number(vote.map(f64::from))));
        rows.push(row);
    }
    csv(&rows)
}

fn comments(overall: &Overall, participants: &[&StakeholderTotals]) -> Result<String> {
    let all: Vec<Vec<Option<i8>>> =
        participants.iter().map(|totals| votes_of(totals, overall.issues.len())).collect();
    let mut rows = Vec::new();
    for (at, totals) in overall.issues.iter().enumerate() {
        let votes: Vec<Option<i8>> = all.iter().map(|votes| votes[at]).collect();
        rows.push(vec![
            Cell::Empty,
            Cell::Integer(at as u64),
            Cell::Empty,
            count(&votes, 1),
            count(&votes, -1),
            Cell::Integer(1),
            Cell::Boolean(false),
            Cell::Boolean(true),
            Cell::Empty,
            Cell::text(&totals.issue.label),
        ]);
    }
    Ok(header(COMMENT_COLUMNS)? + &csv(&rows)?)
}

/// Pairs of a name and a value; the file has no header.
fn summary(overall: &Overall, participants: &[&StakeholderTotals]) -> Result<String> {
    let pair = |name: &str, value: Cell| vec![Cell::text(name), value];
    let voted = |totals: &&&StakeholderTotals| totals.stances.iter().any(Option::is_some);
    csv(&[
        pair("topic", Cell::text("Comparison of stakeholders")),
        pair("voters", Cell::Integer(participants.iter().filter(voted).count() as u64)),
        pair("commenters", Cell::Integer(0)),
        pair("comments", Cell::Integer(overall.issues.len() as u64)),
        pair("groups", Cell::Integer(0)),
        pair(
            "conversation-description",
            Cell::text("Inferred by rapporteur from stances that transcripts state; nobody voted"),
        ),
    ])
}

fn names(participants: &[&StakeholderTotals]) -> Result<String> {
    let rows: Vec<Vec<Cell>> = (0..)
        .zip(participants)
        .map(|(number, totals)| vec![Cell::Integer(number), Cell::text(&totals.counts.name)])
        .collect();
    Ok(header(&["participant", "stakeholder"])? + &csv(&rows)?)
}
