//! Topics of QMSum meetings given as issues: how many of the sentences on a topic are assigned to it,
//! against chance.
//!
//! ```text
//! cargo test --test issue_topics -- --nocapture
//! ```
//!
//! An issue is nothing but the name of a topic in `topic_list`; all topics count, also those with
//! names such as "Opening". The sentences on a topic are those of the turns in its
//! `relevant_text_span`. Chance is what as many assignments would find if they fell on any sentence of
//! the meeting: the share of all sentences that is assigned to the topic. Both shares are averaged over
//! topics. `ISSUE_TOPICS` names another folder of meetings.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rapporteur::definition::InputSettings;
use rapporteur::model::{Issue, Kind};
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::{self, Input};
use rapporteur::prepare::Prepared;
use rayon::prelude::*;
use serde_json::Value;

/// A topic of a meeting: shares of sentences that were assigned to it.
struct Topic {
    /// Of the sentences on the topic.
    found: f64,
    /// Of all sentences.
    chance: f64,
}

#[test]
fn topics_given_by_name_are_found_three_times_as_often_as_by_chance() {
    let Some(paths) = meetings() else { return };
    let topics: Vec<Topic> = paths.par_iter().map(|path| measure(path)).flatten().collect();
    assert!(topics.len() > 100, "only {} topics in {} meetings", topics.len(), paths.len());
    let mean = |value: fn(&Topic) -> f64| topics.iter().map(value).sum::<f64>() / topics.len() as f64;
    let (found, chance) = (mean(|t| t.found), mean(|t| t.chance));
    println!(
        "{} meetings, {} topics: {:.3} of the sentences on a topic are assigned to it, {chance:.3} by chance: {:.2} times",
        paths.len(),
        topics.len(),
        found,
        found / chance
    );
    assert!(found >= 3.0 * chance, "{found:.3} found, {chance:.3} by chance");
    assert!(found >= 0.35, "only {found:.3} of the sentences are found");
}

/// The meetings in order; `None`, said aloud, where there are none, which fails where `CI` is true.
fn meetings() -> Option<Vec<PathBuf>> {
    let usual = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/qmsum/val");
    let folder = std::env::var("ISSUE_TOPICS").unwrap_or(usual.to_owned());
    let entries = std::fs::read_dir(&folder).map(|entries| entries.flatten().map(|e| e.path()));
    let mut paths: Vec<PathBuf> =
        entries.into_iter().flatten().filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    paths.sort();
    if paths.is_empty() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{folder} has no meetings");
        eprintln!("skipped: {folder} has no meetings");
        return None;
    }
    Some(paths)
}

fn measure(path: &Path) -> Vec<Topic> {
    let bytes = std::fs::read(path).expect("the meeting is readable");
    let meeting: Value = serde_json::from_slice(&bytes).expect("the meeting is JSON");
    let input = Input { path: path.display().to_string(), bytes };
    let session = pipeline::open(&input, &InputSettings::default()).expect("it is a session").remove(0);
    let listed = meeting["topic_list"].as_array().expect("it lists topics");
    let name = |topic: &Value| topic["topic"].as_str().expect("a topic has a name").to_owned();
    let issues: Vec<Issue> =
        listed.iter().map(|topic| Issue { label: name(topic), ..Issue::default() }).collect();
    let prepared = Prepared::new(&session, &KnownPeople::default());
    let assigned = prepared.assigned(&issues);
    let speech: Vec<(u32, Option<usize>)> = (prepared.analysis.sentences.iter().zip(&assigned))
        .filter(|(sentence, _)| sentence.kind == Kind::Speech)
        .map(|(sentence, assigned)| (sentence.turn, assigned.map(|a| a.issue.0 as usize)))
        .collect();
    let share = |of: &[&(u32, Option<usize>)], issue: usize| {
        of.iter().filter(|(_, assigned)| *assigned == Some(issue)).count() as f64 / of.len() as f64
    };
    let all: Vec<&(u32, Option<usize>)> = speech.iter().collect();
    let mut topics = Vec::new();
    for (issue, topic) in listed.iter().enumerate() {
        let turns = turns(topic);
        let on_topic: Vec<_> = speech.iter().filter(|(turn, _)| turns.contains(turn)).collect();
        if !on_topic.is_empty() {
            topics.push(Topic { found: share(&on_topic, issue), chance: share(&all, issue) });
        }
    }
    topics
}

/// The turns of a topic; both ends of a span belong to it.
fn turns(topic: &Value) -> BTreeSet<u32> {
    let number = |v: &Value| v.as_str().and_then(|s| s.parse().ok()).expect("a span has numbers");
    let spans = topic["relevant_text_span"].as_array().expect("a topic has spans");
    spans.iter().flat_map(|span| number(&span[0])..=number(&span[1])).collect()
}
