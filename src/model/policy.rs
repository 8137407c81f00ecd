//! How selection weighs a sentence's score against what was chosen already.

/// What repetition and crowding cost, and where selection stops. Costs are in multiples of the
/// spread: the distance from the mean score of the candidates to the best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// What a full repetition costs; 0 ignores repetition.
    pub redundancy: f64,
    /// What it costs that a sentence's subject has had its share of the budget already; 0 ignores
    /// subjects.
    pub crowding: f64,
    /// Stops at sentences that are worth less than the mean and this much of the spread. Negative
    /// values fill the budget with less than average sentences too. Where worth is counted for each
    /// word, the least score in logarithmic odds.
    pub floor: f64,
    /// What is preferred.
    pub choice: Choice,
}

/// What selection prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// The highest score less what repetition and crowding cost.
    #[default]
    Score,
    /// The most worth for each word: scores are logarithmic odds that a sentence is worth quoting, and
    /// each choice lessens the worth of what says the same.
    WorthPerWord,
}

impl Default for Policy {
    /// For methods that say nothing else: repetition costs much, and nothing below average is used. Set by hand.
    fn default() -> Self {
        Policy { redundancy: 0.9, crowding: 0.0, floor: 0.0, choice: Choice::Score }
    }
}
