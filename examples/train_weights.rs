//! Trains the weights of the additive ranking models on the training parts of public sets.
//!
//! ```text
//! cargo run --release --example train_weights -- answer   ../shared/data > src/rank/data/answer.tsv
//! cargo run --release --example train_weights -- overview ../shared/data > src/rank/data/overview.tsv
//! ```
//!
//! `answer` learns from the specific queries of QMSum's train split (those that name a speaker and the
//! others count alike), `overview` from its general
//! queries and the agenda items of TC39's minutes of 2020–2023. The weights start at a ridge
//! regression on the usefulness of single sentences and are then moved one at a time as long as the
//! mean of ROUGE-1 + 2 ROUGE-2 (+ 25 times span precision) of whole selections rises. Deterministic.

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rapporteur::evaluate::porter;
use rapporteur::model::{Policy, Session, SparseVec};
use rapporteur::pipeline::{Input, InputSettings, Known, Prepared, open};
use rapporteur::rank::{answer, features};
use rapporteur::select::{Candidate, Limit, select};
use rapporteur::text;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const BUDGET: u32 = 100;
/// Words below which `ask` quotes no sentence.
const SHORTEST: u32 = 5;
/// Where the price of crowding stands, from the end of the weights.
const CROWDING: usize = 2;

/// A query or an item: the features of its candidates and what they share with the reference.
struct Case {
    set: usize,
    rows: Vec<Vec<f64>>,
    words: Vec<u32>,
    vectors: Vec<SparseVec>,
    subjects: Vec<u32>,
    /// For each candidate its number of ROUGE words, and which words and pairs of the reference it has.
    tokens: Vec<u32>,
    unigrams: Vec<Vec<u16>>,
    bigrams: Vec<Vec<u16>>,
    reference_unigrams: Vec<u16>,
    reference_bigrams: Vec<u16>,
    gold: Option<Vec<bool>>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, data] = arguments.as_slice() else {
        return Err("usage: train_weights answer|overview DATA_FOLDER".into());
    };
    let data = Path::new(data);
    let (cases, unseen, names) = match task.as_str() {
        "answer" => (answer_cases(data, "train")?, answer_cases(data, "val")?, answer_names()),
        "overview" => {
            let trained = overview_cases(data, "train", "2020".."2024")?;
            (trained, overview_cases(data, "val", "2024".."2025")?, features::NAMES.to_vec())
        }
        _ => return Err("the first argument is `answer` or `overview`".into()),
    };
    eprintln!("{} cases", cases.len());
    let mut weights = ridge(&cases, names.len());
    weights.extend([0.7, 0.0, -0.3]);
    eprintln!("ridge: {:?}", figures(&cases, &weights));
    ascend(&cases, &mut weights);
    eprintln!("validation: {:?}", figures(&unseen, &weights));
    print_weights(task, &names, &weights, &figures(&cases, &weights));
    Ok(())
}

fn answer_names() -> Vec<&'static str> {
    answer::NAMES.iter().chain(&features::NAMES).copied().collect()
}

fn print_weights(task: &str, names: &[&str], weights: &[f64], figures: &[Vec<f64>]) {
    println!("# Weights of the additive model `{task}`, made by examples/train_weights.rs.");
    for row in figures {
        let [r1, r2, span] = row[..] else { continue };
        println!("# On its training cases: ROUGE-1 {r1:.2}, ROUGE-2 {r2:.2}, span precision {span:.3}.");
    }
    for (name, weight) in names.iter().zip(weights) {
        println!("{name}\t{weight:.4}");
    }
    println!("@redundancy\t{:.4}", weights[names.len()]);
    println!("@crowding\t{:.4}", weights[names.len() + 1]);
    println!("@floor\t{:.4}", weights[names.len() + 2]);
}

// Cases from the data.

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

fn answer_cases(data: &Path, split: &str) -> Result<Vec<Case>> {
    let files = files(data.join("qmsum").join(split), "json")?;
    let cases: Vec<Vec<Case>> = files
        .par_iter()
        .map(|path| {
            let bytes = fs::read(path)?;
            let json: Value = serde_json::from_slice(&bytes)?;
            let session = session(path, bytes)?;
            let prepared = Prepared::new(&session, &Known::default());
            let queries = json["specific_query_list"].as_array().ok_or("no queries")?;
            queries
                .iter()
                .map(|query| {
                    let question = prepared.question(query["query"].as_str().unwrap_or(""));
                    let candidates = prepared.candidates(|_| true);
                    let keyness = vec![0.0; prepared.weighting.idf.len()];
                    let context = prepared.context(&candidates, &keyness);
                    let shared = features::features(&context);
                    let own = answer::features(&context, &question);
                    let rows =
                        own.iter().zip(&shared).map(|(a, b)| a.iter().chain(b).copied().collect()).collect();
                    let mut gold = vec![false; session.turns.len()];
                    for span in query["relevant_text_span"].as_array().into_iter().flatten() {
                        let bound =
                            |i: usize| span[i].as_str().and_then(|s| s.parse::<usize>().ok()).unwrap_or(0);
                        (bound(0)..=bound(1)).for_each(|t| {
                            if let Some(g) = gold.get_mut(t) {
                                *g = true
                            }
                        });
                    }
                    let set = usize::from(!question.speakers.is_empty());
                    Ok(case(&prepared, set, rows, query["answer"].as_str().unwrap_or(""), Some(&gold)))
                })
                .collect::<Result<Vec<Case>>>()
        })
        .collect::<Result<_>>()?;
    Ok(cases.into_iter().flatten().collect())
}

fn overview_cases(data: &Path, split: &str, years: Range<&str>) -> Result<Vec<Case>> {
    let mut sources: Vec<(usize, PathBuf, Vec<u8>, String)> = Vec::new();
    for path in files(data.join("qmsum").join(split), "json")? {
        let bytes = fs::read(&path)?;
        let json: Value = serde_json::from_slice(&bytes)?;
        for query in json["general_query_list"].as_array().into_iter().flatten() {
            sources.push((0, path.clone(), bytes.clone(), query["answer"].as_str().unwrap_or("").to_owned()));
        }
    }
    let mut folders: Vec<PathBuf> =
        fs::read_dir(data.join("tc39"))?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !years.contains(&name.as_str()) {
            continue;
        }
        for path in files(folder, "md")? {
            let text = fs::read_to_string(&path)?;
            for (number, (item, reference)) in agenda_items(&text).into_iter().enumerate() {
                let name = PathBuf::from(format!("{}-{number}.md", path.with_extension("").display()));
                sources.push((1, name, item.into_bytes(), reference));
            }
        }
    }
    sources
        .into_par_iter()
        .map(|(set, path, bytes, reference)| {
            let session = session(&path, bytes)?;
            let prepared = Prepared::new(&session, &Known::default());
            let candidates = prepared.candidates(|_| true);
            let keyness = vec![0.0; prepared.weighting.idf.len()];
            let rows = features::features(&prepared.context(&candidates, &keyness));
            Ok(case(&prepared, set, rows.iter().map(|r| r.to_vec()).collect(), &reference, None))
        })
        .collect()
}

/// The agenda items of a day's minutes that have at least five turns and a human summary: the
/// session without the summary, and the summary with the conclusion.
fn agenda_items(text: &str) -> Vec<(String, String)> {
    let mut sections = text.split("\n## ");
    let head = sections.next().unwrap_or("");
    let table: Vec<&str> =
        head.lines().filter(|l| l.starts_with('|') && l.trim_end().ends_with('|')).collect();
    let mut items = Vec::new();
    for section in sections {
        let title = section.lines().next().unwrap_or("").trim();
        let mut parts = section.split("\n### ");
        let body = parts.next().unwrap_or("");
        let turns: Vec<&str> = body.lines().filter(|l| is_turn(l)).collect();
        let mut summary = Vec::new();
        let mut has_summary = false;
        for part in parts {
            let heading = part.lines().next().unwrap_or("").trim().replace('’', "'");
            let is_summary = matches!(
                heading.as_str(),
                "Summary" | "Speaker's Summary" | "Speaker's Summary of Key Points" | "Summary of Key Points"
            );
            if (is_summary && !has_summary) || heading.starts_with("Conclusion") {
                has_summary |= is_summary;
                summary.extend(part.lines().skip(1).map(clean).filter(|l| !l.is_empty()));
            }
        }
        let words: usize = summary.iter().map(|l| l.split_whitespace().count()).sum();
        if turns.len() >= 5 && has_summary && words >= 25 {
            let item = format!("# {title}\n\n{}\n\n## {title}\n\n{}\n", table.join("\n"), turns.join("\n\n"));
            items.push((item, summary.join("\n")));
        }
    }
    items
}

fn is_turn(line: &str) -> bool {
    let Some((label, text)) = line.split_once(':') else { return false };
    let initials = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
    label.split('/').all(initials) && text.starts_with(char::is_whitespace) && !text.trim().is_empty()
}

/// A line of a summary without list marks, link targets and code marks.
fn clean(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t', '*', '-']);
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once(')').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace(['[', '`'], "").trim().to_owned()
}

fn case(
    prepared: &Prepared<'_>,
    set: usize,
    rows: Vec<Vec<f64>>,
    reference: &str,
    gold: Option<&[bool]>,
) -> Case {
    let candidates = prepared.candidates(|_| true);
    let reference = tokens(reference);
    let mut unigram_ids: FxHashMap<&str, u16> = FxHashMap::default();
    let mut bigram_ids: FxHashMap<(&str, &str), u16> = FxHashMap::default();
    let mut reference_unigrams = Vec::new();
    let mut reference_bigrams = Vec::new();
    for token in &reference {
        let id = *unigram_ids.entry(token).or_insert(reference_unigrams.len() as u16);
        if id as usize == reference_unigrams.len() {
            reference_unigrams.push(0)
        }
        reference_unigrams[id as usize] += 1;
    }
    for pair in reference.windows(2) {
        let id = *bigram_ids.entry((&pair[0], &pair[1])).or_insert(reference_bigrams.len() as u16);
        if id as usize == reference_bigrams.len() {
            reference_bigrams.push(0)
        }
        reference_bigrams[id as usize] += 1;
    }
    let mut case = Case {
        set,
        rows,
        words: Vec::new(),
        vectors: Vec::new(),
        subjects: Vec::new(),
        tokens: Vec::new(),
        unigrams: Vec::new(),
        bigrams: Vec::new(),
        reference_unigrams,
        reference_bigrams,
        gold: gold.map(|gold| {
            candidates.iter().map(|&id| gold[prepared.analysis.sentence(id).turn as usize]).collect()
        }),
    };
    let subjects = if gold.is_none() { prepared.subjects() } else { Vec::new() };
    for &id in &candidates {
        case.subjects.push(subjects.get(id.index()).copied().unwrap_or(0));
        let sentence = prepared.analysis.sentence(id);
        let slice = sentence.span.of(prepared.session.turn_text(sentence.turn as usize));
        let found = tokens(&text::display(slice, prepared.session.language));
        case.words.push(sentence.words);
        case.vectors.push(prepared.weighting.vector(id).clone());
        case.tokens.push(found.len() as u32);
        case.unigrams.push(found.iter().filter_map(|t| unigram_ids.get(t.as_str()).copied()).collect());
        case.bigrams.push(
            found
                .windows(2)
                .filter_map(|p| bigram_ids.get(&(p[0].as_str(), p[1].as_str())).copied())
                .collect(),
        );
    }
    case
}

/// Words as ROUGE counts them: stemmed runs of ASCII letters and digits.
fn tokens(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    words.map(|w| if w.len() > 3 { porter::stem(w) } else { w.to_owned() }).collect()
}

// Training.

/// ROUGE-1, ROUGE-2 (F1 in percent) and span precision of a selection.
fn rate(case: &Case, chosen: &[usize]) -> [f64; 3] {
    let hits = |of: &[Vec<u16>], reference: &[u16]| {
        let mut left = reference.to_vec();
        let mut hits = 0u32;
        for id in chosen.iter().flat_map(|&c| &of[c]) {
            let slot = &mut left[*id as usize];
            if *slot > 0 {
                *slot -= 1;
                hits += 1;
            }
        }
        f64::from(hits)
    };
    let length: u32 = chosen.iter().map(|&c| case.tokens[c]).sum();
    let total: u32 = case.reference_unigrams.iter().map(|&n| u32::from(n)).sum();
    let f1 = |hits: f64, sizes: u32| if sizes > 0 { 200.0 * hits / f64::from(sizes) } else { 0.0 };
    let r1 = f1(hits(&case.unigrams, &case.reference_unigrams), length + total);
    let r2 = f1(hits(&case.bigrams, &case.reference_bigrams), (length + total).saturating_sub(2));
    let inside = case.gold.as_ref().map_or(0, |gold| chosen.iter().filter(|&&c| gold[c]).count());
    [r1, r2, inside as f64 / chosen.len().max(1) as f64]
}

fn pick(case: &Case, weights: &[f64]) -> Vec<usize> {
    let n_features = weights.len() - 3;
    let shortest = if case.gold.is_some() { SHORTEST } else { 0 };
    let candidates: Vec<Candidate<'_>> = (0..case.rows.len())
        .filter(|&i| case.words[i] >= shortest)
        .map(|i| Candidate {
            id: rapporteur::model::SentenceId(i as u32),
            score: case.rows[i].iter().zip(weights).map(|(x, w)| x * w).sum(),
            words: case.words[i],
            vector: &case.vectors[i],
            subject: case.subjects[i],
        })
        .collect();
    let policy = Policy {
        redundancy: weights[n_features],
        crowding: weights[n_features + 1],
        floor: weights[n_features + 2],
    };
    select(&candidates, Limit::Words(BUDGET), policy).iter().map(|c| c.id.index()).collect()
}

/// Mean figures of each set of cases.
fn figures(cases: &[Case], weights: &[f64]) -> Vec<Vec<f64>> {
    let rated: Vec<(usize, [f64; 3])> =
        cases.par_iter().map(|c| (c.set, rate(c, &pick(c, weights)))).collect();
    let sets = rated.iter().map(|r| r.0).max().unwrap_or(0) + 1;
    (0..sets)
        .map(|set| {
            let own: Vec<&[f64; 3]> = rated.iter().filter(|r| r.0 == set).map(|r| &r.1).collect();
            (0..3).map(|k| own.iter().map(|r| r[k]).sum::<f64>() / own.len().max(1) as f64).collect()
        })
        .collect()
}

/// What training raises: the mean over the sets.
fn objective(cases: &[Case], weights: &[f64]) -> f64 {
    let figures = figures(cases, weights);
    figures.iter().map(|f| f[0] + 2.0 * f[1] + 25.0 * f[2]).sum::<f64>() / figures.len() as f64
}

/// Ridge regression of a sentence's own usefulness on its features.
fn ridge(cases: &[Case], n: usize) -> Vec<f64> {
    let m = n + 1;
    let mut normal = vec![vec![0.0; m]; m];
    let mut right = vec![0.0; m];
    for case in cases {
        let share = 1.0 / case.rows.len().max(1) as f64;
        for i in 0..case.rows.len() {
            let [r1, r2, span] = rate(case, &[i]);
            let useful = r1 + 2.0 * r2 + 5.0 * span;
            let row: Vec<f64> = case.rows[i].iter().copied().chain([1.0]).collect();
            for a in 0..m {
                right[a] += share * row[a] * useful;
                for b in 0..m {
                    normal[a][b] += share * row[a] * row[b];
                }
            }
        }
    }
    for (a, row) in normal.iter_mut().enumerate() {
        row[a] += 0.01 * cases.len() as f64;
    }
    let mut solution = solve(normal, right);
    solution.truncate(n);
    let size = solution.iter().map(|w| w.abs()).fold(0.0, f64::max).max(1e-12);
    solution.iter().map(|w| w / size).collect()
}

/// Gaussian elimination with partial pivoting; the matrix is positive definite.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))
            .unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..n {
            let factor = matrix[row][column] / matrix[column][column];
            let (above, below) = matrix.split_at_mut(row);
            for (value, pivot) in below[0][column..].iter_mut().zip(&above[column][column..]) {
                *value -= factor * pivot;
            }
            right[row] -= factor * right[column];
        }
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|k| matrix[row][k] * right[k]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

/// Moves weights as long as the objective rises: one at a time as far as it helps, then a few
/// together at random (from a fixed seed), with smaller and smaller steps.
fn ascend(cases: &[Case], weights: &mut Vec<f64>) {
    let mut best = objective(cases, weights);
    let mut random = 0x9E37_79B9_7F4A_7C15;
    let subjects = cases.iter().any(|c| c.subjects.iter().any(|&s| s > 0));
    let mut step = 0.6;
    while step > 0.05 {
        let before = best;
        for at in 0..weights.len() {
            if at == weights.len() - CROWDING && !subjects {
                continue;
            }
            for direction in [step, -step] {
                while try_moves(cases, weights, &mut best, &[(at, direction)]) {}
            }
        }
        for _ in 0..2 * weights.len() {
            let mut draw = || {
                random = splitmix(random);
                random
            };
            let moves: Vec<(usize, f64)> = (0..3)
                .map(|_| {
                    let at = (draw() % weights.len() as u64) as usize;
                    (at, step * ((draw() % 2001) as f64 / 1000.0 - 1.0))
                })
                .collect();
            let idle = |&(at, _): &(usize, f64)| at == weights.len() - CROWDING && !subjects;
            if !moves.iter().any(idle) {
                try_moves(cases, weights, &mut best, &moves);
            }
        }
        eprintln!("step {step:.3}: {best:.3} {:?}", figures(cases, weights));
        if best - before < 0.15 {
            step /= 2.0;
        }
    }
}

/// Makes the moves if they raise the objective; says whether they did.
fn try_moves(cases: &[Case], weights: &mut Vec<f64>, best: &mut f64, moves: &[(usize, f64)]) -> bool {
    let mut moved = weights.clone();
    for &(at, change) in moves {
        moved[at] = ((moved[at] + change) * 10_000.0).round() / 10_000.0;
    }
    let now = objective(cases, &moved);
    let better = now > *best + 1e-3;
    if better {
        *best = now;
        *weights = moved;
    }
    better
}

/// The next number of the generator splitmix64 (Steele, Lea & Flood 2014), folded into its state.
fn splitmix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
