//! Reports and tables against their source: the present reading of it is what they are held to.

use serde_json::Value;

use crate::error::Result;
use crate::model::{Report, Session};
use crate::people::KnownPeople;
use crate::verify::{self, Claim, Mismatch, Original};

use super::{ask, inspect, summarize};

/// Everything in a report that is not as in its source, by the source alone: quotations, labels, places,
/// times, sums.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// # let session = &open(&input, &InputSettings::default())?[0];
/// let known = KnownPeople::default();
/// let mut report = summarize(session, &known, &Definition::default())?;
/// assert!(verify_report(&report, session).is_empty());
/// for summary in report.summaries.iter_mut().flatten() {
///     summary.evidence[0].text = "We support the levy, all of us.".to_owned();
/// }
/// assert!(!verify_report(&report, session).is_empty());
/// # Ok::<(), rapporteur::Error>(())
/// ```
pub fn verify_report(report: &Report, session: &Session) -> Vec<Mismatch> {
    verify::report(report, &Original::new(session))
}

/// The report that the settings of a report make of its session now.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// # let session = &open(&input, &InputSettings::default())?[0];
/// let known = KnownPeople::default();
/// let mut report = summarize(session, &known, &Definition::default())?;
/// assert_eq!(remake(&report, session, &known)?, report);
/// # Ok::<(), rapporteur::Error>(())
/// ```
///
/// # Errors
/// When this version cannot follow the settings.
pub fn remake(report: &Report, session: &Session, known: &KnownPeople) -> Result<Report> {
    let mut definition = report.definition.clone();
    // What it was strict about did not occur, or there would be no report.
    definition.input.strict = false;
    match (&report.question, &report.summaries) {
        (Some(question), _) => ask(session, known, question, &definition),
        (None, Some(_)) => summarize(session, known, &definition),
        (None, None) => inspect(session, known, &definition),
    }
}

/// Everything in a report that is not as in `made`, what the same settings make of the same source now,
/// beside what [`verify_report`] has `found` of it already.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// # let session = &open(&input, &InputSettings::default())?[0];
/// let known = KnownPeople::default();
/// let report = summarize(session, &known, &Definition::default())?;
/// let made = serde_json::to_value(&report).expect("JSON");
/// let mut stated = made.clone();
/// stated["speakers"][0]["role"] = "speaker".into();
/// assert_eq!(verify_remade(&stated, &made, &[]).len(), 1);
/// # Ok::<(), rapporteur::Error>(())
/// ```
pub fn verify_remade(stated: &Value, made: &Value, found: &[Mismatch]) -> Vec<Mismatch> {
    let mut more = verify::fields(stated, made);
    more.retain(|mismatch| !found.iter().any(|known| is_told(mismatch, known)));
    more
}

/// Whether a mismatch is the consequence of one that is known, or the same in other words.
fn is_told(mismatch: &Mismatch, known: &Mismatch) -> bool {
    let field = mismatch.what.split(['.', '[']).next().unwrap_or("");
    if known.rank != mismatch.rank || known.summary != mismatch.summary {
        return false;
    }
    match known.what.as_str() {
        "place" | "turn" | "text" if known.rank > 0 => {
            ["text", "turn", "sentence", "start", "end", "line", "time", "display", "context"]
                .contains(&field)
        }
        "source" => mismatch.what == "session.source.sha256",
        "turns" => mismatch.what == "session.turns",
        "score" => field == "because" || field == "score",
        what => what == field,
    }
}

/// Everything in rows of a table that is not as in their source.
///
/// Sources may share an identifier; a row is held to the one of `sessions` that it fits best.
///
/// ```
/// # use rapporteur::pipeline::*;
/// # use rapporteur::{Definition, InputSettings, KnownPeople};
/// # let text = "Chair: We turn to the levy.\nAna Reyes: We oppose the levy.\nBo Ek: We support the levy.\n";
/// # let input = Input { path: "levy.txt".to_owned(), bytes: text.as_bytes().to_vec() };
/// # let session = &open(&input, &InputSettings::default())?[0];
/// use rapporteur::verify::Claim;
/// let claim = Claim { text: "We reject the levy.".to_owned(), ..Claim::default() };
/// assert!(!verify_claims(&[claim], &[session]).is_empty());
/// # Ok::<(), rapporteur::Error>(())
/// ```
pub fn verify_claims(claims: &[Claim], sessions: &[&Session]) -> Vec<Mismatch> {
    let originals: Vec<Original<'_>> = sessions.iter().map(|session| Original::new(session)).collect();
    let fewest = |claim| originals.iter().map(|original| verify::claim(claim, original)).min_by_key(Vec::len);
    claims.iter().filter_map(fewest).flatten().collect()
}
