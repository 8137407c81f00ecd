//! Trains the weights of the additive ranking models on the training parts of public sets.
//!
//! ```text
//! cargo run --release --example train_weights -- answer   ../shared/data > answer.tsv
//! cargo run --release --example train_weights -- overview ../shared/data > overview.tsv
//! ```
//!
//! `answer` learns from the specific queries of QMSum's train split: first where the matter of a
//! question was discussed, then what to quote. `overview` learns from its general queries and the
//! agenda items of TC39's minutes of 2020–2023. Weights follow the gradient of a smooth stand-in for
//! ROUGE-1 + 2 ROUGE-2 + 50 times span precision of a selection of 100 words, and are held near 0 by
//! ridge; how to select is then tuned with the real selection. Deterministic. The figures of thirds
//! of the sessions that were held back while training on the others go into the head of the file,
//! those of the validation sets to standard error.

mod case;
mod fit;
mod goal;
mod minutes;
mod sets;
mod tune;

use std::error::Error;
use std::path::Path;

use rapporteur::model::Policy;
use rapporteur::rank::learned::Model;
use rapporteur::rank::{answer, features, place};

use case::Case;
use fit::Settings;
use tune::{figures, tune};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// What span precision counts, against ROUGE in percent, where the place is looked for.
const PLACE: Settings = Settings { span: 100.0, ridge: 0.3, rounds: 60 };
/// The same, where sentences are chosen.
const CHOICE: Settings = Settings { span: 50.0, ridge: 0.3, rounds: 80 };
/// Parts of the sessions that are held back in turn.
const FOLDS: usize = 3;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, data] = arguments.as_slice() else {
        return Err("usage: train_weights answer|overview DATA_FOLDER".into());
    };
    let data = Path::new(data);
    match task.as_str() {
        "answer" => {
            let model = train_place(data)?;
            let rows: &sets::Rows<'_> = &|context, question| answer::rows(context, question, &model);
            let (cases, unseen) = (sets::answers(data, "train", rows)?, sets::answers(data, "val", rows)?);
            train(task, &answer::names(), model.weights(), &cases, &unseen);
        }
        "overview" => {
            let cases = sets::overviews(data, "train", "2020".."2024")?;
            let unseen = sets::overviews(data, "val", "2024".."2025")?;
            train(task, &features::names(), &[], &cases, &unseen);
        }
        _ => return Err("the first argument is `answer` or `overview`".into()),
    }
    Ok(())
}

/// The model of the place where a matter was discussed.
fn train_place(data: &Path) -> Result<Model> {
    let cases = sets::answers(data, "train", &|context, question| {
        let rows = place::features(context, question);
        context.candidates.iter().map(|id| rows[id.index()].to_vec()).collect()
    })?;
    let weights = rounded(fit::fit(&all(&cases), &fit::deviations(&cases, place::names().len()), PLACE));
    Ok(Model::new(place::names().into_iter().zip(weights).collect(), Policy::default()))
}

/// Trains on all cases and prints the weights, after those that were trained before.
fn train(
    task: &str,
    names: &[&'static str],
    before: &[(&'static str, f64)],
    cases: &[Case],
    unseen: &[Case],
) {
    let deviations = fit::deviations(cases, names.len());
    let learn = |cases: &[&Case]| {
        let weights = rounded(fit::fit(cases, &deviations, CHOICE));
        let policy = tune(cases, &weights, CHOICE.span);
        (weights, policy)
    };
    let held_back: Vec<Vec<[f64; 3]>> = (0..FOLDS)
        .map(|fold| {
            let (test, rest): (Vec<&Case>, Vec<&Case>) =
                cases.iter().partition(|case| case.session % FOLDS == fold);
            let (weights, policy) = learn(&rest);
            figures(&test, &weights, policy)
        })
        .collect();
    let (weights, policy) = learn(&all(cases));
    println!("# Weights of the additive model `{task}`, made by examples/train_weights.");
    println!("# A point more makes a sentence e times as likely to be taken.");
    for (set, [r1, r2, span]) in figures(&all(cases), &weights, policy).into_iter().enumerate() {
        println!("# Set {set}, seen: ROUGE-1 {r1:.2}, ROUGE-2 {r2:.2}, span precision {span:.3}.");
        let mean = |k: usize| held_back.iter().map(|f| f[set][k]).sum::<f64>() / FOLDS as f64;
        let [r1, r2, span] = [mean(0), mean(1), mean(2)];
        println!("# Set {set}, held back: ROUGE-1 {r1:.2}, ROUGE-2 {r2:.2}, span precision {span:.3}.");
    }
    let named = names.iter().copied().zip(weights.iter().copied());
    for (name, weight) in before.iter().copied().chain(named) {
        println!("{name}\t{weight:.4}");
    }
    println!("@redundancy\t{:.4}", policy.redundancy);
    println!("@crowding\t{:.4}", policy.crowding);
    println!("@floor\t{:.4}", policy.floor);
    eprintln!("validation: {:.3?}", figures(&all(unseen), &weights, policy));
}

fn all(cases: &[Case]) -> Vec<&Case> {
    cases.iter().collect()
}

/// To four decimals, as the files have them.
fn rounded(weights: Vec<f64>) -> Vec<f64> {
    weights.into_iter().map(|w| (w * 10_000.0).round() / 10_000.0).collect()
}
