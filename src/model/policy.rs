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
    /// values fill the budget with less than average sentences too.
    pub floor: f64,
}

impl Default for Policy {
    /// For methods that say nothing else: repetition costs much, and nothing below average is used.
    fn default() -> Self {
        Policy { redundancy: 0.9, crowding: 0.0, floor: 0.0 }
    }
}
