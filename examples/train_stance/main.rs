//! Trains the weights of relevance and of stances on sessions that annotators read whole.
//!
//! ```text
//! cargo run --release --example train_stance -- relevance ../shared/data/positions > src/issues/data/relevance.tsv
//! cargo run --release --example train_stance -- stance    ../shared/data/positions > src/stance/data/weights.tsv
//! ```
//!
//! Relevance is learned first; the weights of stances are learned on it. Deterministic. The figures of
//! each session, with weights that were trained without it, go to standard error, with the reliability of
//! the confidence.

mod figures;
mod logistic;
mod sessions;
mod train;

use std::error::Error;
use std::path::Path;

use rapporteur::issues::RELEVANCE;
use rapporteur::stance::{CONFIDENCE_NAMES, FILLED_NAMES, STANCE_NAMES, feature_names};

use sessions::Annotations;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, data] = arguments.as_slice() else {
        return Err("usage: train_stance relevance|stance FOLDER_OF_ANNOTATED_SESSIONS".into());
    };
    let sessions = sessions::sessions(Path::new(data))?;
    let all: Vec<&Annotations> = sessions.iter().collect();
    let trained = train::train(&all);
    match task.as_str() {
        "relevance" => {
            print_head("how probably a sentence bears on an issue");
            print_weights(
                std::iter::once("bias").chain(RELEVANCE),
                &[&[trained.relevance.bias], &trained.relevance.features],
            );
        }
        "stance" => {
            let held_out = figures::held_out(&all);
            print_head("where the sentences of a stakeholder on an issue add up to");
            figures::print(&all, &held_out);
            let stance = &trained.stance;
            let names = std::iter::once("bias").chain(feature_names().iter().map(String::as_str));
            print_weights(names, &[&[stance.sentence.0], &stance.sentence.1]);
            print_weights(FILLED_NAMES.into_iter(), &[&stance.filled]);
            print_weights(STANCE_NAMES.into_iter(), &[&stance.stance]);
            print_weights(CONFIDENCE_NAMES.into_iter(), &[&figures::confidence(&held_out)]);
        }
        _ => return Err("the first argument is `relevance` or `stance`".into()),
    }
    Ok(())
}

fn print_head(what: &str) {
    println!("# Weights of an additive logistic model: {what}.");
    println!("# Made by examples/train_stance; docs/quality.md says from what and how well.");
}

fn print_weights<'n>(names: impl Iterator<Item = &'n str>, parts: &[&[f64]]) {
    for (name, weight) in names.zip(parts.iter().copied().flatten()) {
        println!("{name}\t{weight:.4}");
    }
}
