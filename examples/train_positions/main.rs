//! Trains the weights of the method `position` on sessions that were read by hand.
//!
//! ```text
//! cargo run --release --example train_positions -- ../shared/data/positions > src/rank/data/position.tsv
//! ```
//!
//! A session is `NAME.jsonl`, a turn a line, with `NAME.gold.json` beside it: for each speaker the points
//! of its position, each with the sentences that would serve as quotation. Two logistic models with ridge
//! learn which sentences are such: one from the features of a sentence, one from what they are above the
//! mean of what the same speaker says. The figures of each session, scored by models that were trained on
//! the others, go into the head of the file: weighted recall of the points in 100 words a speaker, and the
//! share of quoted words that carry one. Deterministic.

mod fit;
mod sessions;

use std::path::Path;

use rapporteur::rank::position::{FEATURES, Model, Weight};

use fit::{Logistic, logistic};
use sessions::{Case, Figures, Material};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data] = arguments.as_slice() else { return Err("usage: train_positions DATA_FOLDER".into()) };
    let materials = sessions::read(Path::new(data))?;
    if materials.is_empty() {
        return Err(format!("{data}: no session with annotations").into());
    }
    println!("# Weights of the method `position`, made by examples/train_positions.");
    println!("# Feature, weight of its value, weight of what it is above the speaker's mean, mean value.");
    println!("# Each session scored by models trained on the others: recall, precision, F1 of points.");
    let mut all = Figures::default();
    for left_out in &materials {
        let rest: Vec<&Case> =
            materials.iter().filter(|m| m.name != left_out.name).flat_map(|m| &m.cases).collect();
        let figures = left_out.figures(&learn(&rest));
        println!("# {:12} {figures}", left_out.name);
        all += figures;
    }
    println!("# {:12} {all}", "all");
    let cases: Vec<&Case> = materials.iter().flat_map(|m| &m.cases).collect();
    let model = learn(&cases);
    println!(
        "# {:12} {}",
        "all, seen",
        materials.iter().map(|m: &Material| m.figures(&model)).sum::<Figures>()
    );
    println!("@intercept\t{:.4}", model.intercept);
    for ((name, _), weight) in FEATURES.iter().zip(&model.weights) {
        println!("{name}\t{:.4}\t{:.4}\t{:.4}", weight.absolute, weight.relative, weight.mean);
    }
    Ok(())
}

/// The two models, learned from some speakers.
fn learn(cases: &[&Case]) -> Model {
    let wanted: Vec<bool> = cases.iter().flat_map(|case| case.serves.iter().copied()).collect();
    let rows: Vec<&[f64]> = cases.iter().flat_map(|case| &case.rows).map(Vec::as_slice).collect();
    let above: Vec<Vec<f64>> = cases.iter().flat_map(|case| above_mean(&case.rows)).collect();
    let above: Vec<&[f64]> = above.iter().map(Vec::as_slice).collect();
    let (absolute, relative): (Logistic, Logistic) = (logistic(&rows, &wanted), logistic(&above, &wanted));
    let weights = (0..FEATURES.len())
        .map(|f| Weight {
            absolute: rounded(absolute.weights[f]),
            relative: rounded(relative.weights[f]),
            mean: rounded(absolute.means[f]),
        })
        .collect();
    Model { intercept: rounded((absolute.intercept + relative.intercept) / 2.0), weights }
}

/// The rows less their mean.
fn above_mean(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = rows.len().max(1) as f64;
    let mean = |f: usize| rows.iter().map(|row| row[f]).sum::<f64>() / n;
    let means: Vec<f64> = (0..FEATURES.len()).map(mean).collect();
    rows.iter().map(|row| row.iter().zip(&means).map(|(value, mean)| value - mean).collect()).collect()
}

/// To four decimals, as the file has them.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
