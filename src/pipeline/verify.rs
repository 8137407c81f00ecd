//! Reports and tables against their source: the present reading of it is what they are held to.

use crate::model::{Report, Session};
use crate::text;
use crate::verify::{self, Claim, Mismatch, Original};

use super::segment;

/// Everything in a report that is not as in its source.
pub fn verify_report(report: &Report, session: &Session) -> Vec<Mismatch> {
    verify::report(report, &original(session))
}

/// Everything in rows of a table, all of the same session, that is not as in their source.
pub fn verify_claims(claims: &[Claim], session: &Session) -> Vec<Mismatch> {
    let original = original(session);
    claims.iter().flat_map(|claim| verify::claim(claim, &original)).collect()
}

fn original(session: &Session) -> Original<'_> {
    Original::new(session, &segment(session), text::display)
}
