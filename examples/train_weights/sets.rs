//! The cases of the public sets.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rapporteur::definition::InputSettings;
use rapporteur::model::{Keyness, Question, Session};
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::{Input, open};
use rapporteur::prepare::Prepared;
use rapporteur::rank::{Context, features};
use rayon::prelude::*;
use serde_json::Value;

use crate::Result;
use crate::case::{Case, Material, Sentences, case};
use crate::minutes::agenda_items;

/// Words below which `ask` quotes no sentence.
const SHORTEST: u32 = 5;

/// The specific queries of a split of QMSum: those that name no speaker, and those that do.
pub(crate) fn answers(data: &Path, split: &str, rows: &Rows<'_>) -> Result<Vec<Case>> {
    let files = files(data.join("qmsum").join(split), "json")?;
    let cases: Vec<Vec<Case>> = files
        .par_iter()
        .enumerate()
        .map(|(number, path)| answers_of(number, path, rows))
        .collect::<Result<_>>()?;
    Ok(cases.into_iter().flatten().collect())
}

/// How a question makes features of the candidates.
pub(crate) type Rows<'a> = dyn Fn(&Context<'_>, &Question) -> Vec<Vec<f64>> + Sync + 'a;

fn answers_of(number: usize, path: &Path, rows: &Rows<'_>) -> Result<Vec<Case>> {
    let bytes = fs::read(path)?;
    let json: Value = serde_json::from_slice(&bytes)?;
    let session = session(path, bytes)?;
    let prepared = Prepared::new(&session, &KnownPeople::default());
    let sentences = Arc::new(Sentences::new(&prepared, &[]));
    let candidates = prepared.candidates(|_| true);
    let keyness = Keyness::default();
    let context = prepared.context(&candidates, &keyness);
    let queries = json["specific_query_list"].as_array().ok_or("no queries")?;
    let one = |query: &Value| {
        let question = prepared.question(query["query"].as_str().unwrap_or(""));
        let may_answer =
            |&i: &usize| sentences.words[i] >= SHORTEST && question.hears(prepared.speaker(candidates[i]));
        case(Material {
            candidates: (0..candidates.len()).filter(may_answer).collect(),
            set: usize::from(!question.speakers.is_empty()),
            session: number,
            sentences: sentences.clone(),
            rows: rows(&context, &question),
            reference: query["answer"].as_str().unwrap_or(""),
            gold: Some(gold_turns(query, session.turns.len())),
        })
    };
    Ok(queries.iter().map(one).filter(|case| case.len() > 0).collect())
}

/// Whether each turn lies in a span that the annotators gave.
fn gold_turns(query: &Value, turns: usize) -> Vec<bool> {
    let mut gold = vec![false; turns];
    for span in query["relevant_text_span"].as_array().into_iter().flatten() {
        let bound = |i: usize| span[i].as_str().and_then(|s| s.parse::<usize>().ok()).unwrap_or(0);
        (bound(0)..=bound(1)).filter(|&turn| turn < turns).for_each(|turn| gold[turn] = true);
    }
    gold
}

/// The general queries of a split of QMSum, and the agenda items of TC39's minutes of some years.
pub(crate) fn overviews(data: &Path, split: &str, years: Range<&str>) -> Result<Vec<Case>> {
    let mut sources = meetings(data, split)?;
    sources.extend(items(data, years)?);
    sources
        .into_par_iter()
        .map(|source| {
            let session = session(&source.path, source.bytes)?;
            let prepared = Prepared::new(&session, &KnownPeople::default());
            let sentences = Arc::new(Sentences::new(&prepared, prepared.subjects()));
            let candidates = prepared.candidates(|_| true);
            let keyness = Keyness::default();
            let rows = features::features(&prepared.context(&candidates, &keyness));
            Ok(case(Material {
                set: source.set,
                session: source.number,
                sentences,
                rows,
                reference: &source.reference,
                gold: None,
                candidates: (0..candidates.len()).collect(),
            }))
        })
        .collect()
}

struct Source {
    set: usize,
    /// The number of the session, the same for all references of it.
    number: usize,
    path: PathBuf,
    bytes: Vec<u8>,
    reference: String,
}

fn meetings(data: &Path, split: &str) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in files(data.join("qmsum").join(split), "json")? {
        let bytes = fs::read(&path)?;
        let json: Value = serde_json::from_slice(&bytes)?;
        let number = sources.len();
        for query in json["general_query_list"].as_array().into_iter().flatten() {
            let reference = query["answer"].as_str().unwrap_or("").to_owned();
            sources.push(Source { set: 0, number, path: path.clone(), bytes: bytes.clone(), reference });
        }
    }
    Ok(sources)
}

fn items(data: &Path, years: Range<&str>) -> Result<Vec<Source>> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(data.join("tc39"))?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    folders.sort();
    let mut sources = Vec::new();
    for folder in folders {
        let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !years.contains(&name.as_str()) {
            continue;
        }
        for path in files(folder, "md")? {
            for (number, (item, reference)) in
                agenda_items(&fs::read_to_string(&path)?).into_iter().enumerate()
            {
                let path = PathBuf::from(format!("{}-{number}.md", path.with_extension("").display()));
                let number = sources.len();
                sources.push(Source { set: 1, number, path, bytes: item.into_bytes(), reference });
            }
        }
    }
    Ok(sources)
}

fn files(folder: PathBuf, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(&folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    found.sort();
    Ok(found)
}

fn session(path: &Path, bytes: Vec<u8>) -> Result<Session> {
    let input = Input { path: path.display().to_string(), bytes };
    let sessions = open(&input, &InputSettings::default()).map_err(|e| e.to_string())?;
    Ok(sessions.into_iter().next().ok_or("no session")?)
}
