//! Limits of what is read and how long that may take. The refusal names the limit that was passed, and the flag
//! that changes it.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use clap::Args;
use rapporteur::model::{Session, count_words};
use rapporteur::{Error, ErrorKind, Result, read};

use crate::io::files::temporary;

/// Words of a session unless another limit is set: some 500 hours of speech at 170 words a minute.
const WORDS: u64 = 5_000_000;

/// How often the time is looked at.
const PAUSE: Duration = Duration::from_millis(100);

/// What may be asked of the program.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct Limits {
    /// Largest input, in bytes, or with K, M or G; at most 512M [default: 512M]
    #[arg(long, global = true, value_name = "SIZE", value_parser = size, help_heading = "Limits")]
    limit_bytes: Option<u64>,
    /// Most words of a session [default: 5000000]
    #[arg(long, global = true, value_name = "N", value_parser = positive, help_heading = "Limits")]
    limit_words: Option<NonZeroU64>,
    /// Longest time that a source may take, in seconds; with `run` it is not measured [default: 3600]
    #[arg(long, global = true, value_name = "N", value_parser = positive, help_heading = "Limits")]
    limit_seconds: Option<NonZeroU64>,
}

/// Seconds that a source may take unless another limit is set: who waits longer wants to be asked.
const SECONDS: u64 = 3600;

static LIMITS: OnceLock<Limits> = OnceLock::new();

/// Sources that are being worked on, each with its begin.
static STARTED: Mutex<BTreeMap<(Instant, String), ()>> = Mutex::new(BTreeMap::new());

impl Limits {
    /// Makes the limits hold for the whole run.
    pub(crate) fn set(&self) {
        let _ = LIMITS.set(self.clone());
    }
}

/// The largest input that is read.
pub(crate) fn bytes() -> u64 {
    LIMITS.get().and_then(|limits| limits.limit_bytes).unwrap_or(read::MAX_SOURCE_BYTES)
}

/// The refusal of an input that is larger.
pub(crate) fn too_large() -> Error {
    let limit = bytes();
    if limit == read::MAX_SOURCE_BYTES {
        return read::too_large();
    }
    Error::new(ErrorKind::Malformed {
        format: "transcript",
        reason: format!("it is larger than the {limit} bytes of --limit-bytes"),
    })
    .remedy("split it, or set a higher limit")
}

/// Refuses sessions of too many words.
///
/// # Errors
/// When there is one.
pub(crate) fn check_words(sessions: &[Session]) -> Result<()> {
    let limit = LIMITS.get().and_then(|limits| limits.limit_words).map_or(WORDS, NonZeroU64::get);
    for session in sessions {
        let words: u64 = (0..session.turns.len()).map(|turn| count_words(session.turn_text(turn))).sum();
        if words > limit {
            let reason = format!("a session has {words} words, more than the {limit} of --limit-words");
            return Err(Error::new(ErrorKind::Malformed { format: "transcript", reason })
                .remedy("split the session, or set a higher limit, for which memory is needed"));
        }
    }
    Ok(())
}

/// A source that is being worked on.
pub(crate) struct Timed((Instant, String));

/// Begins to measure the time of a source.
pub(crate) fn begin(source: &str) -> Timed {
    let key = (Instant::now(), source.to_owned());
    started().insert(key.clone(), ());
    Timed(key)
}

impl Drop for Timed {
    fn drop(&mut self) {
        started().remove(&self.0);
    }
}

fn started() -> MutexGuard<'static, BTreeMap<(Instant, String), ()>> {
    STARTED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the program when a source takes longer than it may: nothing else could end a computation.
pub(crate) fn watch() {
    let seconds = LIMITS.get().and_then(|limits| limits.limit_seconds).map_or(SECONDS, NonZeroU64::get);
    let limit = Duration::from_secs(seconds);
    spawn(move || {
        loop {
            sleep(PAUSE);
            let first = started().keys().next().cloned();
            if let Some((_, source)) = first.filter(|(begin, _)| begin.elapsed() > limit) {
                temporary::end(
                    1,
                    &format!(
                        "error: {source}: it took longer than the {seconds} seconds of --limit-seconds; nothing \
                         was written; leave it out, or set a higher limit"
                    ),
                );
            }
        }
    });
}

/// A number of bytes.
fn size(text: &str) -> std::result::Result<u64, String> {
    let wrong = || "a number of bytes is needed, or one with K, M or G, up to 512M".to_owned();
    let (digits, factor) = match text.trim_end_matches(['b', 'B']) {
        text if text.ends_with(['k', 'K']) => (text.get(..text.len() - 1), 1 << 10),
        text if text.ends_with(['m', 'M']) => (text.get(..text.len() - 1), 1 << 20),
        text if text.ends_with(['g', 'G']) => (text.get(..text.len() - 1), 1 << 30),
        text => (Some(text), 1),
    };
    let number: u64 = digits.and_then(|digits| digits.parse().ok()).ok_or_else(wrong)?;
    let bytes = number.checked_mul(factor).ok_or_else(wrong)?;
    if (1..=read::MAX_SOURCE_BYTES).contains(&bytes) { Ok(bytes) } else { Err(wrong()) }
}

fn positive(text: &str) -> std::result::Result<NonZeroU64, String> {
    text.parse().map_err(|_| "a whole number of at least 1 is needed".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_bytes_or_have_a_unit() {
        for (text, bytes) in [("1", 1), ("64K", 65_536), ("2m", 2_097_152), ("512MB", 1 << 29)] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "0", "K", "-1", "1.5M", "1G", "513M", "99999999999999999999G", "2T"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
