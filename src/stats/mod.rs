//! Statistics of words and sentences: small functions, each with its source and an example worked by hand.
//!
//! Every stage may use them; they know the plain data of `model` only.

pub mod extremes;
pub mod hidden_markov;
pub mod idf;
pub mod keyness;
pub mod logistic;
pub mod moments;
pub mod page_rank;
pub mod tf_idf;
pub mod vocabulary;
mod weighting;
mod weights;

pub use extremes::{first_highest, highest, scaled, spread};
pub use idf::Idf;
pub use keyness::{chi_squared, log_likelihood, p_value};
pub use logistic::{log_odds, logistic, weighted_sum};
pub use moments::{mean, moments};
pub use tf_idf::{Tf, document_frequencies, tf_idf};
pub use vocabulary::{parse_vocabulary, statistics_of, vocabulary_file};
pub use weighting::{keyness_of, weigh};
pub use weights::{WeightFault, WeightList};
