//! Many inputs through several threads, and what comes of them in the order of the inputs.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rapporteur::{Error, ErrorKind, Result};

use crate::io::stop::LOOK;

/// Inputs of each thread that may be done before an earlier one is: what waits for a slow input is
/// held in memory.
const AHEAD: usize = 16;

/// Does the work for `0..count` on as many threads as rayon has, and hands the results to `keep` in
/// that order, until it breaks off or `is_told` says that the program was told to stop.
///
/// The threads are not rayon's own: one that waits there for a part of its work may take up all the
/// rest first, and everything after its own input would wait for that. Nobody waits for them after
/// the end either, so that one large input delays no stop.
///
/// # Errors
/// As `keep`; nothing more is begun then.
pub(crate) fn in_order<T: Send + 'static>(
    count: usize,
    work: impl Fn(usize) -> T + Send + Sync + 'static,
    is_told: impl Fn() -> bool,
    mut keep: impl FnMut(usize, T) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let n_threads = rayon::current_num_threads().min(count);
    let (jobs, waiting) = channel();
    let (sender, made) = channel();
    let (waiting, over, work) =
        (Arc::new(Mutex::new(waiting)), Arc::new(AtomicBool::new(false)), Arc::new(work));
    for _ in 0..n_threads {
        let (sender, waiting, over, work) =
            (sender.clone(), Arc::clone(&waiting), Arc::clone(&over), Arc::clone(&work));
        thread::spawn(move || {
            while let Some(index) = job(&waiting).filter(|_| !over.load(Ordering::SeqCst)) {
                // Nobody receives after the end, and nothing more is wanted then.
                let _ = sender.send((index, work(index)));
            }
        });
    }
    drop(sender);
    let mut deliver = || {
        let (mut given, mut early) = (0, BTreeMap::new());
        for next in 0..count {
            while given < count && given < next + n_threads * AHEAD {
                let _ = jobs.send(given);
                given += 1;
            }
            while !early.contains_key(&next) {
                match made.recv_timeout(LOOK) {
                    Ok((index, result)) => drop(early.insert(index, result)),
                    Err(RecvTimeoutError::Timeout) if is_told() => return Ok(()),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return Err(ended()),
                }
            }
            if let Some(result) = early.remove(&next)
                && (is_told() || keep(next, result)?.is_break())
            {
                return Ok(());
            }
        }
        Ok(())
    };
    let result = deliver();
    over.store(true, Ordering::SeqCst);
    result
}

fn job(waiting: &Mutex<Receiver<usize>>) -> Option<usize> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn ended() -> Error {
    let error = Error::new(ErrorKind::Internal("a thread ended before its work was done".to_owned()));
    error.remedy("this is a bug: please report it with the message above")
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    use rapporteur::Error;

    use super::*;

    fn never() -> bool {
        false
    }

    #[test]
    fn an_endless_input_delays_no_stop() {
        let told = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&told);
        let work = move |index: usize| {
            if index == 2 {
                flag.store(true, Ordering::SeqCst);
                loop {
                    thread::park();
                }
            }
            index
        };
        let mut kept = Vec::new();
        let is_told = || told.load(Ordering::SeqCst);
        in_order(9, work, is_told, |index, _| {
            kept.push(index);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
        assert!(kept.len() <= 2 && kept.iter().enumerate().all(|(at, index)| at == *index), "{kept:?}");
    }

    #[test]
    fn results_come_in_order_however_long_each_takes() {
        for count in [0, 1, 2, 500] {
            let mut kept = Vec::new();
            let slow_first = |index: usize| {
                if index == 0 {
                    thread::sleep(Duration::from_millis(30));
                }
                index * 2
            };
            in_order(count, slow_first, never, |index, result| {
                kept.push((index, result));
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
            let expected: Vec<(usize, usize)> = (0..count).map(|index| (index, index * 2)).collect();
            assert_eq!(kept, expected);
        }
    }

    #[test]
    fn few_inputs_are_begun_while_an_early_one_is_not_done() {
        let begun = Arc::new(AtomicUsize::new(0));
        let limit = rayon::current_num_threads() * AHEAD;
        let counter = Arc::clone(&begun);
        let work = move |index: usize| {
            let begun = &counter;
            let before = begun.fetch_add(1, Ordering::SeqCst);
            if index == 0 {
                thread::sleep(Duration::from_millis(50));
                return begun.load(Ordering::SeqCst);
            }
            before
        };
        let mut at_first = 0;
        in_order(10_000, work, never, |index, result| {
            if index == 0 {
                at_first = result;
            }
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
        assert!((1..=limit).contains(&at_first), "{at_first} of at most {limit}");
        assert_eq!(begun.load(Ordering::SeqCst), 10_000);
    }

    #[test]
    fn nothing_more_is_begun_after_the_end() {
        let begun = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&begun);
        let work = move |_: usize| counter.fetch_add(1, Ordering::SeqCst);
        let break_off =
            |index: usize, _| Ok(if index == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) });
        in_order(100_000, work.clone(), never, break_off).unwrap();
        let fail = |_: usize, _| Err(Error::usage("no"));
        assert!(in_order(100_000, work, never, fail).is_err());
        assert!(begun.load(Ordering::SeqCst) < 10_000);
    }
}
