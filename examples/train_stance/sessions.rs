//! The annotated sessions: what the program makes of their sentences, and where annotators see the
//! stakeholders stand.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroU32;
use std::path::Path;

use rapporteur::compare::{Bearings, ComparisonPlan, CorpusFacts, Survey, bearings};
use rapporteur::definition::{CompareSettings, InputSettings};
use rapporteur::model::{Issue, Role, Roster, RosterEntry, Stance};
use rapporteur::pipeline::{Input, open};
use serde_json::Value;

use crate::Result;

/// A stakeholder and the index of an issue.
pub(crate) type Cell = (String, usize);

/// What annotators say of a cell.
#[derive(Debug, Clone)]
pub(crate) struct Annotated {
    /// Towards what was spoken of.
    pub(crate) stance: Stance,
    /// Towards the issue as its label has it.
    pub(crate) of_label: Stance,
    /// Verbatim pieces.
    evidence: Vec<String>,
}

impl Annotated {
    /// Whether a stance is that of either reading; opposition and concern are the same here.
    pub(crate) fn allows(&self, stance: Stance) -> bool {
        [self.stance, self.of_label].into_iter().any(|known| side(known) == side(stance))
    }

    /// The one side that both readings have, if they do.
    pub(crate) fn only(&self) -> Option<Side> {
        (side(self.stance) == side(self.of_label)).then(|| side(self.stance))
    }

    /// Whether a sentence shares a run of words with the evidence.
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.evidence.iter().any(|piece| overlaps(text, piece))
    }
}

/// For, against, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    For,
    Against,
    Both,
}

pub(crate) fn side(stance: Stance) -> Side {
    match stance {
        Stance::Support => Side::For,
        Stance::Oppose | Stance::Concern => Side::Against,
        Stance::Mixed => Side::Both,
    }
}

/// An annotated session.
pub(crate) struct Annotations {
    pub(crate) name: String,
    pub(crate) issues: Vec<Issue>,
    pub(crate) stakeholders: Vec<String>,
    pub(crate) cells: BTreeMap<Cell, Annotated>,
    pub(crate) bearings: Bearings,
    /// By sentence and bearing: whether annotators quote the sentence on the issue.
    pub(crate) quoted: Vec<Vec<bool>>,
}

/// All sessions of the folder, by name.
pub(crate) fn sessions(folder: &Path) -> Result<Vec<Annotations>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<std::io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    paths.sort();
    if paths.is_empty() {
        return Err(format!("{} holds no annotated session", folder.display()).into());
    }
    paths.iter().map(|path| session(path)).collect()
}

fn session(path: &Path) -> Result<Annotations> {
    let gold: Value = serde_json::from_slice(&fs::read(path.with_extension("gold.json"))?)?;
    let input = Input { path: path.display().to_string(), bytes: fs::read(path)? };
    let session = open(&input, &InputSettings::default())?.into_iter().next().ok_or("no session")?;
    let issues: Vec<Issue> = list(&gold["issues"]).map(issue).collect();
    let settings =
        CompareSettings { issues: issues.clone(), words: NonZeroU32::MIN, ..CompareSettings::default() };
    let roster = roster(&gold);
    let (shared, kept) = CorpusFacts::of(&session, &roster, &settings);
    let plan = ComparisonPlan::new(settings, roster, shared, &[Survey::new(&session)]);
    let bearings = bearings(&kept.prepare(&session, &plan.known), &plan.ids[0], &plan);
    let number = |id: &str| list(&gold["issues"]).position(|issue| text(&issue["id"]) == id);
    let mut cells = BTreeMap::new();
    for row in list(&gold["stances"]) {
        let issue = number(text(&row["issue"])).ok_or("a stance on no issue")?;
        let stance = |key: &str| stance_of(text(&row[key]));
        let annotated = Annotated {
            stance: stance("stance")?,
            of_label: stance("issue_polarity")?,
            evidence: list(&row["evidence"]).map(|piece| text(piece).to_owned()).collect(),
        };
        cells.insert((text(&row["stakeholder"]).to_owned(), issue), annotated);
    }
    let stakeholders: Vec<String> =
        list(&gold["stakeholders"]).map(|s| text(&s["name"]).to_owned()).collect();
    let quoted = quoted(&gold, &bearings, &cells, &number);
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Annotations { name, issues, stakeholders, cells, bearings, quoted })
}

/// Whether annotators quote each sentence for its stakeholder's stance or a position on each issue.
fn quoted(
    gold: &Value,
    bearings: &Bearings,
    cells: &BTreeMap<Cell, Annotated>,
    number: &impl Fn(&str) -> Option<usize>,
) -> Vec<Vec<bool>> {
    let positions: Vec<(Option<usize>, Vec<String>)> = list(&gold["positions"])
        .map(|p| (number(text(&p["issue"])), list(&p["evidence"]).map(|e| text(e).to_owned()).collect()))
        .collect();
    let is_quoted = |sentence: usize, issue: usize| {
        let said = &bearings.texts[sentence];
        let cell = bearings.stakeholders[sentence].clone().and_then(|s| cells.get(&(s, issue)));
        let of_issue = positions.iter().filter(|(known, _)| *known == Some(issue));
        cell.is_some_and(|cell| cell.shows(said))
            || of_issue.flat_map(|(_, pieces)| pieces).any(|piece| overlaps(said, piece))
    };
    bearings
        .of_sentence
        .iter()
        .enumerate()
        .map(|(sentence, rows)| rows.iter().map(|row| is_quoted(sentence, row.issue.0 as usize)).collect())
        .collect()
}

fn roster(gold: &Value) -> Roster {
    let entry = |speaker: &str, stakeholder: &str, group: &str, role| RosterEntry {
        speaker: speaker.to_owned(),
        stakeholder: stakeholder.to_owned(),
        group: group.to_owned(),
        role,
        ..RosterEntry::default()
    };
    let mut entries: Vec<RosterEntry> = Vec::new();
    for stakeholder in list(&gold["stakeholders"]) {
        for label in list(&stakeholder["speakers"]).map(text) {
            if entries.iter().all(|known| known.speaker.to_lowercase() != label.to_lowercase()) {
                entries.push(entry(label, text(&stakeholder["name"]), text(&stakeholder["group"]), None));
            }
        }
    }
    for label in list(&gold["moderators"]).map(text) {
        if entries.iter().all(|known| known.speaker != label) {
            entries.push(entry(label, "", "", Some(Role::Moderator)));
        }
    }
    Roster { entries, ..Roster::default() }
}

fn issue(value: &Value) -> Issue {
    Issue {
        label: text(&value["label"]).to_owned(),
        terms: list(&value["terms"]).map(|term| text(term).to_owned()).collect(),
        text: String::new(),
    }
}

fn stance_of(name: &str) -> Result<Stance> {
    Ok(match name {
        "support" => Stance::Support,
        "oppose" => Stance::Oppose,
        "concern" => Stance::Concern,
        "mixed" => Stance::Mixed,
        other => return Err(format!("`{other}` is no stance").into()),
    })
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// The words of a text as the annotations are compared.
fn words(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '\'');
    let text = text.to_lowercase().replace('’', "'");
    text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether two texts share a run of words: eight, or three fifths of the shorter, and at least five.
fn overlaps(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let shorter = a.len().min(b.len());
    let need = 8.min(5.max((0.6 * shorter as f64).round() as usize));
    a.windows(need).any(|run| b.windows(need).any(|other| run == other))
}
