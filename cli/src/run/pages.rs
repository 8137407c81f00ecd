//! Pages of several sessions. They are made from the inputs again, for what a page says of a session
//! depends on all others.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::archive::IndexedSession;
use rapporteur::corpus::CompiledDefinition;
use rapporteur::model::{Page, Session};
use rapporteur::{Error, Result};

use crate::io::checksums::Checksums;
use crate::io::companions::CompanionCache;
use crate::io::input;

use crate::run::shared::{Completion, SharedContext};

/// The text of the page at a path, of these sessions, and the digest of what it is made of; none where
/// the page that is there shows them already, or none of their inputs is there any more.
///
/// # Errors
/// When an input cannot be read or has changed since the archive took it in.
pub(crate) fn of(
    path: &str,
    sessions: &[&IndexedSession],
    is_there: bool,
    write: fn(&Page) -> Result<String>,
    context: &SharedContext<'_>,
) -> Result<Completion<Option<(String, String)>>> {
    let digest = digest(sessions, context);
    if is_there && context.archive.made_of(path)? == digest {
        return Ok(Completion::Done(None));
    }
    let mut by_input: BTreeMap<&str, Vec<&IndexedSession>> = BTreeMap::new();
    sessions.iter().for_each(|session| by_input.entry(&session.path).or_default().push(session));
    let (there, gone): (Vec<_>, Vec<_>) =
        by_input.into_iter().partition(|(input, _)| Path::new(input).is_file());
    if !gone.is_empty() {
        let whose = "which the archive has and which are no longer there";
        let what = match (there.is_empty(), is_there) {
            (false, _) => "made without",
            (true, true) => "left as it is, without",
            (true, false) => "not made, without",
        };
        context.messages.warning(&format!("{path}: {what} {}, {whose}", inputs(gone.len())));
    }
    if there.is_empty() {
        return Ok(Completion::Done(None));
    }
    let notes: Vec<String> =
        gone.iter().map(|(input, _)| format!("left out, as it is no longer there: {input}")).collect();
    let wanted: Vec<(String, Vec<IndexedSession>)> = there
        .into_iter()
        .map(|(input, wanted)| (input.to_owned(), wanted.into_iter().cloned().collect()))
        .collect();
    let compiled = Arc::clone(context.compiled);
    match context.stop.unless_told(move || made(&wanted, notes, &compiled, write))? {
        Some(text) => Ok(Completion::Done(Some((text?, digest)))),
        None => Ok(Completion::Stopped),
    }
}

/// The text of a page of the wanted sessions of each input.
fn made(
    wanted: &[(String, Vec<IndexedSession>)],
    notes: Vec<String>,
    compiled: &CompiledDefinition,
    write: fn(&Page) -> Result<String>,
) -> Result<String> {
    let mut opened = Vec::with_capacity(wanted.len());
    let cache = CompanionCache::default();
    for (input, wanted) in wanted {
        opened.extend(open(input, wanted, compiled, &cache).map_err(|error| error.in_file(input))?);
    }
    write(&compiled.page(&opened, notes)?)
}

/// A digest of what a page is made of: the compiled, and every session by its content and the files beside it.
fn digest(sessions: &[&IndexedSession], context: &SharedContext<'_>) -> String {
    let (checksums, follow_links) = (Checksums::default(), context.compiled.definition().input.follow_links);
    let keys = sessions.iter().map(|session| {
        let content = checksums.with_companions(&session.path, &session.sha256, follow_links);
        format!("{}\0{}\0{content}\n", session.path, session.number)
    });
    context.compiled.fingerprint(&keys.collect::<String>())
}

/// The sessions of an input that are wanted.
fn open(
    path: &str,
    wanted: &[IndexedSession],
    compiled: &CompiledDefinition,
    cache: &CompanionCache,
) -> Result<Vec<Session>> {
    let input = input::read_file(path)?;
    let sessions = cache.open(&input, &compiled.definition().input)?;
    let is_same = |session: &Session| wanted.iter().all(|known| known.sha256 == session.source.sha256);
    if !sessions.iter().all(is_same) {
        let error = Error::usage("the input was changed while it was read");
        return Err(error.remedy("run again: the page is made then"));
    }
    let is_wanted = |index: &usize| wanted.iter().any(|known| known.number == index + 1);
    let sessions = sessions.into_iter().enumerate().filter(|(index, _)| is_wanted(index));
    Ok(sessions.map(|(_, session)| session).collect())
}

fn inputs(number: usize) -> String {
    if number == 1 { "1 input".to_owned() } else { format!("{number} inputs") }
}
