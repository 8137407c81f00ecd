//! Pages as the library makes them, from the bytes of transcripts.

use std::path::{Path, PathBuf};

use rapporteur::compare::{ComparisonPlan, CorpusFacts, CorpusTotals, Survey};
use rapporteur::definition::{CompareSettings, InputSettings};
use rapporteur::model::{Issue, Page, Roster, Session};
use rapporteur::page;
use rapporteur::pipeline::{self, Input};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// A transcript with what a person may have written down beside it.
pub(crate) struct Source {
    pub(crate) inputs: Vec<Input>,
    pub(crate) roster: Roster,
    pub(crate) issues: Vec<Issue>,
}

/// The sessions of a source.
pub(crate) fn sessions(source: &Source) -> Vec<Session> {
    let open = |input| pipeline::open(input, &InputSettings::default()).expect("it is a transcript");
    source.inputs.iter().flat_map(open).collect()
}

/// The page of those sessions.
pub(crate) fn page_of(source: &Source, sessions: &[Session]) -> Page {
    planned_page_of(source, sessions).0
}

/// The same, and what its sessions were told of each other.
pub(crate) fn planned_page_of(source: &Source, sessions: &[Session]) -> (Page, ComparisonPlan) {
    let settings = CompareSettings { issues: source.issues.clone(), ..CompareSettings::default() };
    let (mut shared, mut kept) = (CorpusFacts::default(), Vec::new());
    for session in sessions {
        let (told, made) = CorpusFacts::of(session, &source.roster, &settings);
        shared.merge(told);
        kept.push(made);
    }
    let surveys: Vec<Survey> = sessions.iter().map(Survey::new).collect();
    let plan = ComparisonPlan::new(settings, source.roster.clone(), shared, &surveys);
    let mut tally = CorpusTotals::default();
    let mut made = Vec::new();
    for ((session, made_of_it), id) in sessions.iter().zip(kept).zip(&plan.ids) {
        let prepared = made_of_it.prepare(session, &plan.known);
        let one = page::session(&prepared, id, &plan).expect("the ledger adds up");
        tally.add(&one.part.counts);
        made.push(one);
    }
    let page = page::page(made, &plan, tally, vec!["a note".into()]).expect("the settings are JSON");
    (page, plan)
}

/// The fixtures, each with the roster and the issues that lie beside it.
pub(crate) fn fixtures() -> Vec<(String, Source)> {
    let mut folders: Vec<PathBuf> =
        list(&root().join("fixtures")).into_iter().filter(|p| p.is_dir()).collect();
    folders.sort();
    folders.iter().map(|folder| (name_of(folder), fixture(folder))).collect()
}

fn fixture(folder: &Path) -> Source {
    let companions = ["SOURCE.md", "roster.csv", "issues.json"];
    let transcripts = list(folder).into_iter().filter(|path| !companions.contains(&name_of(path).as_str()));
    let input = |path: PathBuf| Input {
        path: format!("fixtures/{}/{}", name_of(folder), name_of(&path)),
        bytes: std::fs::read(&path).expect("the file can be read"),
    };
    let beside = |name: &str| Some(folder.join(name)).filter(|path| path.exists()).map(input);
    let roster = beside("roster.csv").map(|input| {
        let mut settings = InputSettings::default();
        rapporteur::prepare::roster_of(&input.path, &input.bytes, &mut settings).expect("it is a roster")
    });
    let issues = beside("issues.json").map(|input| pipeline::issues(&input).expect("it is a list of issues"));
    Source {
        inputs: transcripts.map(input).collect(),
        roster: roster.unwrap_or_default(),
        issues: issues.unwrap_or_default(),
    }
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    entries.map(|entry| entry.expect("the entry can be read").path()).collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().expect("it has a name").to_string_lossy().into_owned()
}

/// Words with one space between.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect()
}
