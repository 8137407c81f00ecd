//! How much is kept in memory between two passes over sources.

use std::borrow::Borrow;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::model::Session;
use crate::people::{Directory, KnownPeople};
use crate::prepare::{Kept, Prepared, ReadSession};

/// Bytes of sources whose sessions are kept between the passes; the others are opened again. A session
/// takes little more memory than its source.
const SESSION_BYTES: u64 = 32 << 20;

/// Bytes of text of which is kept what the first pass made of it; of other sessions that is made again. It takes about
/// twelve times the text (`docs/performance.md`), so this is some 100 MB: a corpus of 140 meetings of an hour.
const MADE_BYTES: u64 = 8 << 20;

/// What may be kept between the passes; it is shared by all threads. What is not kept is made again, with the
/// same result.
#[derive(Debug)]
pub(super) struct Allowance {
    session_bytes: AtomicU64,
    made_bytes: AtomicU64,
}

impl Default for Allowance {
    fn default() -> Self {
        Allowance::new(SESSION_BYTES, MADE_BYTES)
    }
}

impl Allowance {
    /// Keeps the sessions of sources of so many bytes, and what was made of so many bytes of text.
    pub(super) fn new(session_bytes: u64, made_bytes: u64) -> Self {
        Allowance { session_bytes: session_bytes.into(), made_bytes: made_bytes.into() }
    }

    /// Whether the sessions of a source may be kept.
    pub(super) fn keeps_source(&self, bytes: u64) -> bool {
        take(&self.session_bytes, bytes)
    }

    /// Whether what was made of a session may be kept.
    pub(super) fn keeps_made(&self, session: &Session) -> bool {
        take(&self.made_bytes, session.text.len() as u64)
    }
}

/// Takes bytes from those that are left, where they are enough.
fn take(left: &AtomicU64, bytes: u64) -> bool {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes)).is_ok()
}

/// What sessions tell of the people in them. Each is read for that, and its text kept where that is allowed.
pub(super) fn read_people<S: Borrow<Session> + Send>(
    sessions: &mut [(S, Option<ReadSession>)],
    allowance: &Allowance,
) -> Directory {
    let read = |(session, kept): &mut (S, Option<ReadSession>)| {
        let session: &Session = (*session).borrow();
        let (read, mut directory) = (ReadSession::of(session), Directory::default());
        directory.add_with(session, &read.text, &read.phrases);
        *kept = Some(read).filter(|_| allowance.keeps_made(session));
        directory
    };
    let told: Vec<Directory> = sessions.par_iter_mut().map(read).collect();
    let mut all = Directory::default();
    told.into_iter().for_each(|told| all.merge(told));
    all
}

/// A session made ready for the second pass, from what the first pass made of it if that was kept.
pub(super) fn prepare<'a>(session: &'a Session, kept: Option<Kept>, known: &KnownPeople) -> Prepared<'a> {
    match kept {
        Some(kept) => kept.prepare(session, known),
        None => Prepared::new(session, known),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_takes_nothing_from_what_is_left() {
        let left = AtomicU64::new(10);
        let taken: Vec<bool> = [4, 7, 6, 1, 0].iter().map(|&bytes| take(&left, bytes)).collect();
        assert_eq!(taken, [true, false, true, false, true]);
    }
}
