//! The kinds of position.

use std::fmt;

/// What a sentence does for the position of who says it; that it does none of these is `None` where this
/// type is used, and empty in reports and tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PositionKind {
    /// Says what must be done, or asks others to do it.
    Demand,
    /// Puts forward how something could be done.
    Proposal,
    /// Is for something.
    Support,
    /// Is against something.
    Objection,
    /// Names a danger or a fault.
    Concern,
    /// Says on what agreement depends.
    Condition,
    /// Promises something of its own.
    Commitment,
    /// Says why.
    Reason,
}

impl PositionKind {
    /// The name used in reports and tables.
    pub fn name(self) -> &'static str {
        match self {
            PositionKind::Demand => "demand",
            PositionKind::Proposal => "proposal",
            PositionKind::Support => "support",
            PositionKind::Objection => "objection",
            PositionKind::Concern => "concern",
            PositionKind::Condition => "condition",
            PositionKind::Commitment => "commitment",
            PositionKind::Reason => "reason",
        }
    }
}

impl fmt::Display for PositionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
