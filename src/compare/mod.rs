//! Comparison of stakeholders over many sessions, in two passes: what all sessions must know of each
//! other, then one session after the other; then what they add up to.
//!
//! Between the passes only surveys are kept, and the totals grow with the stakeholders, their issues and
//! their words, never with the sessions.

mod agreement;
mod bearings;
mod changes;
mod counts;
mod findings;
mod matrix;
mod overall;
mod plan;
mod repeats;
mod session;
mod terms;
mod totals;

pub use bearings::Bearing;
pub use changes::{ArchivedPosition, ComparedIssues, changes};
pub use overall::{Limits, overall};
pub use plan::{ComparisonPlan, CorpusFacts, CorpusTotals, Survey};
pub use session::{Bearings, bearings, session};
pub(crate) use session::{Compared, compared};
pub use totals::Totals;
