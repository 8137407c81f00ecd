//! Reports and tables against their source: the present reading of it is what they are held to.

use crate::model::{Report, Session};
use crate::text;
use crate::verify::{self, Claim, Mismatch, Original};

use super::segment;

/// Everything in a report that is not as in its source.
pub fn verify_report(report: &Report, session: &Session) -> Vec<Mismatch> {
    verify::report(report, &original(session))
}

/// Everything in rows of a table that is not as in their source.
///
/// Sources may share an identifier; a row is held to the one of `sessions` that it fits best.
pub fn verify_claims(claims: &[Claim], sessions: &[&Session]) -> Vec<Mismatch> {
    let originals: Vec<Original<'_>> = sessions.iter().map(|session| original(session)).collect();
    let fewest = |claim| originals.iter().map(|original| verify::claim(claim, original)).min_by_key(Vec::len);
    claims.iter().filter_map(fewest).flatten().collect()
}

fn original(session: &Session) -> Original<'_> {
    Original::new(session, &segment(session), text::display)
}
