//! The annotated sessions: for each speaker its sentences, which of them serve as quotation, and what a
//! selection is worth.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::iter::Sum;
use std::ops::AddAssign;
use std::path::Path;

use rapporteur::definition::InputSettings;
use rapporteur::model::{SentenceId, SparseVec, SpeakerId};
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::{Input, open};
use rapporteur::prepare::Prepared;
use rapporteur::rank::Scores;
use rapporteur::rank::position::{self, Model, POLICY};
use rapporteur::rank::selection::{Candidate, Limit, select};
use rapporteur::{stats, text};
use serde_json::Value;

use crate::Result;

/// Words of a brief.
const BUDGET: u32 = 100;

/// A session.
pub(crate) struct Material {
    pub(crate) name: String,
    pub(crate) cases: Vec<Case>,
}

/// A speaker with annotated points.
pub(crate) struct Case {
    /// Features of the sentences.
    pub(crate) rows: Vec<Vec<f64>>,
    /// Whether each carries a point.
    pub(crate) serves: Vec<bool>,
    /// What each loses that does not read alone.
    readability: Scores,
    /// The points that each carries.
    carries: Vec<BTreeSet<usize>>,
    words: Vec<u32>,
    /// Words as the measurement counts them.
    tokens: Vec<usize>,
    vectors: Vec<SparseVec>,
    /// Weight of each point.
    points: Vec<f64>,
}

/// What selections are worth.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    found: f64,
    wanted: f64,
    carrying: f64,
    quoted: f64,
    quotations: usize,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.found += other.found;
        self.wanted += other.wanted;
        self.carrying += other.carrying;
        self.quoted += other.quoted;
        self.quotations += other.quotations;
    }
}

impl Sum for Figures {
    fn sum<I: Iterator<Item = Figures>>(figures: I) -> Self {
        figures.fold(Figures::default(), |mut sum, one| {
            sum += one;
            sum
        })
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let recall = self.found / self.wanted.max(1.0);
        let precision = self.carrying / self.quoted.max(1.0);
        let f1 = 2.0 * recall * precision / (recall + precision).max(1e-9);
        write!(f, "{recall:.3} {precision:.3} {f1:.3} ({} quotations)", self.quotations)
    }
}

impl Material {
    /// What a model selects here.
    pub(crate) fn figures(&self, model: &Model) -> Figures {
        self.cases.iter().map(|case| case.figures(model)).sum()
    }
}

impl Case {
    fn figures(&self, model: &Model) -> Figures {
        let (scores, readability) = (model.score(&self.rows).totals(), self.readability.totals());
        let candidate = |at: usize| Candidate {
            id: SentenceId(at as u32),
            score: scores[at] + readability[at],
            words: self.words[at],
            vector: &self.vectors[at],
            subject: 0,
        };
        let candidates: Vec<Candidate<'_>> = (0..self.rows.len()).map(candidate).collect();
        let chosen = select(&candidates, Limit::Words(BUDGET), POLICY);
        let chosen: Vec<usize> = chosen.iter().map(|c| c.id.index()).collect();
        let found: BTreeSet<usize> = chosen.iter().flat_map(|&at| self.carries[at].iter().copied()).collect();
        let words = |at: &&usize| self.tokens[**at] as f64;
        Figures {
            found: found.iter().map(|&point| self.points[point]).sum(),
            wanted: self.points.iter().sum(),
            carrying: chosen.iter().filter(|&&at| !self.carries[at].is_empty()).map(|at| words(&at)).sum(),
            quoted: chosen.iter().map(|at| words(&at)).sum(),
            quotations: chosen.len(),
        }
    }
}

/// The sessions of a folder that have annotations, by name.
pub(crate) fn read(folder: &Path) -> Result<Vec<Material>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
    paths.sort();
    let mut materials = Vec::new();
    for path in paths {
        let Ok(gold) = fs::read(path.with_extension("gold.json")) else { continue };
        let gold: Value = serde_json::from_slice(&gold)?;
        let input = Input { path: path.display().to_string(), bytes: fs::read(&path)? };
        let sessions = open(&input, &InputSettings::default()).map_err(|e| e.to_string())?;
        let session = sessions.first().ok_or("no session")?;
        let prepared = Prepared::new(session, &KnownPeople::default());
        let speakers = (0..prepared.people.speakers.len() as u32).map(SpeakerId);
        let cases = speakers.filter_map(|speaker| case(&prepared, speaker, &gold)).collect();
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        materials.push(Material { name, cases });
    }
    Ok(materials)
}

fn case(prepared: &Prepared<'_>, speaker: SpeakerId, gold: &Value) -> Option<Case> {
    let labels: Vec<&str> = prepared.people.speakers[speaker.0 as usize]
        .labels
        .iter()
        .map(|&label| prepared.session.label(label))
        .collect();
    let points: Vec<&Value> = gold["positions"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|point| point["speaker"].as_str().is_some_and(|speaker| labels.contains(&speaker)))
        .collect();
    let evidence: Vec<Vec<Vec<String>>> = points
        .iter()
        .map(|point| {
            let texts = point["evidence"].as_array().into_iter().flatten();
            texts.filter_map(|text| text.as_str()).map(tokens).collect()
        })
        .collect();
    let candidates = prepared.candidates(|of| of == speaker);
    if points.is_empty() || candidates.is_empty() {
        return None;
    }
    let keyness = stats::keyness_of(&prepared.analysis, &prepared.weighting, &candidates);
    let context = prepared.context(&candidates, &keyness);
    let shown = |&id: &SentenceId| {
        let turn = prepared.analysis.sentence(id).turn as usize;
        text::display(prepared.quotable(id).of(prepared.session.turn_text(turn)), prepared.session.language)
    };
    let texts: Vec<Vec<String>> = candidates.iter().map(|id| tokens(&shown(id))).collect();
    let carries: Vec<BTreeSet<usize>> = texts
        .iter()
        .map(|text| (0..points.len()).filter(|&p| evidence[p].iter().any(|e| overlap(text, e))).collect())
        .collect();
    Some(Case {
        rows: position::rows(&context),
        serves: carries.iter().map(|points| !points.is_empty()).collect(),
        readability: position::readability(&context),
        carries,
        words: candidates.iter().map(|&id| prepared.quotable_words(id)).collect(),
        tokens: texts.iter().map(Vec::len).collect(),
        vectors: candidates.iter().map(|&id| prepared.weighting.vector(id).clone()).collect(),
        points: points.iter().map(|point| point["weight"].as_f64().unwrap_or(1.0)).collect(),
    })
}

/// Runs of letters, digits and apostrophes, in lower case.
fn tokens(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('’', "'");
    let words = lower.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '\''));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether two texts share a run of words: 8, or 60 % of the shorter, and at least 5.
fn overlap(a: &[String], b: &[String]) -> bool {
    let need = ((0.6 * a.len().min(b.len()) as f64).round_ties_even() as usize).clamp(5, 8);
    a.windows(need).any(|run| b.windows(need).any(|other| run == other))
}
