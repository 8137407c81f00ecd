//! What is known of people besides a session: the roster, and the other sessions of a run.

use crate::error::{Error, Result};
use crate::model::{Report, Roster};
use crate::people::roster;

use crate::definition::InputSettings;

/// The roster in `bytes`, and the settings with its path and checksum.
///
/// # Errors
/// When it is no readable roster, or not the one whose checksum the settings name.
pub fn roster_of(path: &str, bytes: &[u8], settings: &mut InputSettings) -> Result<Roster> {
    let found = roster::parse(bytes).map_err(|error| error.in_file(path))?;
    let sha256 = crate::read::sha256(bytes);
    if settings.roster_sha256.as_ref().is_some_and(|expected| *expected != sha256) {
        let error = Error::usage("the roster is not the one that the definition was made with").in_file(path);
        return Err(error.remedy("remove roster_sha256 to accept it as it is now"));
    }
    settings.roster = Some(path.to_owned());
    settings.roster_sha256 = Some(sha256);
    Ok(found)
}

/// The roster of what was found in the sessions of some reports, with the reasons, as text: JSON where
/// `path` ends so, else a table. Each name is one entry, and each organisation a row; what sessions say differently of it is left
/// empty, so that for each session its own words go on to hold.
///
/// # Errors
/// When it cannot be written as text, which is a bug.
pub fn roster_found(reports: &[Report], path: &str) -> Result<String> {
    let sessions = || reports.iter().map(|report| (report.session.id.as_str(), report.speakers.as_slice()));
    let found = roster::FoundRoster {
        entries: roster::of_speakers(sessions()),
        organisations: roster::organisations(sessions()),
    };
    let is_json = path.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    if is_json { roster::to_json(&found) } else { roster::to_csv(&found) }
}

/// The speakers of a roster that no session of the reports was matched with.
pub fn unmatched<'r>(roster: &'r Roster, reports: &[Report]) -> Vec<&'r str> {
    let names: Vec<&str> = reports.iter().flat_map(|r| &r.speakers).map(|s| s.name.as_str()).collect();
    roster::unmatched(roster, &names).into_iter().map(|entry| entry.speaker.as_str()).collect()
}
