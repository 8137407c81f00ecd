//! Being told to stop: SIGINT, SIGTERM and SIGHUP keep what is done and end; a second one ends at once.
//!
//! Long work is done on threads of its own, for which the main thread waits while it looks whether
//! the program was told to stop. Such work only reads and computes: when the main thread no longer
//! waits for it, it ends with the program and leaves nothing behind. What it has to put in place at
//! the end goes through a [`Gate`], which the main thread closes first.

use std::panic::resume_unwind;
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rapporteur::{Error, ErrorKind, Result};

use crate::io::files::temporary;

/// The exit code of a program that is ended by an interrupt.
const INTERRUPTED: i32 = 130;

/// How often the flag is looked at by who waits for something else: well within the second that is
/// promised, and rare enough to cost nothing.
pub(crate) const LOOK: Duration = Duration::from_millis(50);

/// The stack of a thread that does the work of the main thread: as large as the main thread's own.
const STACK: usize = 8 << 20;

/// The exit code of a program that was told to stop.
const STOPPED: i32 = 4;

/// Ends the program as soon as it is told to stop, whatever it is doing: files are whole or as they were
/// before, and temporary ones are removed.
pub(crate) fn end_on_signal() -> Result<()> {
    let message = "stopped by a signal: every file is whole, or as it was before";
    ctrlc::set_handler(move || temporary::end(STOPPED, message))
        .map_err(|error| Error::new(ErrorKind::Internal(format!("signals cannot be heard: {error}"))))
}

/// Whether the program was told to stop.
pub struct Stop {
    told: Arc<AtomicBool>,
    wakes: Receiver<()>,
}

impl Stop {
    /// Listens to the signals from now on.
    ///
    /// # Errors
    /// When the program listens to them already.
    pub fn listen() -> Result<Stop> {
        let told = Arc::new(AtomicBool::new(false));
        let (sender, wakes) = channel();
        let flag = Arc::clone(&told);
        ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::SeqCst) {
                exit(INTERRUPTED);
            }
            // Nobody waits where the program is at work, and that is no fault.
            let _ = sender.send(());
        })
        .map_err(|error| Error::new(ErrorKind::Internal(format!("signals cannot be heard: {error}"))))?;
        Ok(Stop { told, wakes })
    }

    /// Whether the program was told to stop.
    pub(crate) fn is_told(&self) -> bool {
        self.told.load(Ordering::SeqCst)
    }

    /// Waits so long, or until the program is told to stop; whether it was.
    pub(crate) fn wait(&self, time: Duration) -> bool {
        if !self.is_told() {
            let _ = self.wakes.recv_timeout(time);
        }
        self.is_told()
    }

    /// Does long work on a thread of its own; nothing where the program was told to stop before it
    /// was done. The work may read and compute; what it writes goes through a [`Gate`].
    pub(crate) fn unless_told<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let (sender, done) = channel();
        let thread = thread::Builder::new().stack_size(STACK).spawn(move || {
            // Nobody receives it where the program was told to stop.
            let _ = sender.send(work());
        });
        let thread = thread.map_err(|error| Error::io("a thread cannot be started", &error))?;
        loop {
            match done.recv_timeout(LOOK) {
                Ok(result) => return Ok(Some(result)),
                Err(RecvTimeoutError::Timeout) if self.is_told() => return Ok(None),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return thread.join().map_or_else(|panic| resume_unwind(panic), |()| Ok(None));
                }
            }
        }
    }

    /// One that a flag stands for and no signal reaches.
    pub fn at_flag(told: &Arc<AtomicBool>) -> Stop {
        Stop { told: Arc::clone(told), wakes: channel().1 }
    }
}

/// What long work passes to put its files in their place: all of them, or none once it is closed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gate(Arc<Mutex<bool>>);

impl Gate {
    /// Puts files in their place, unless the gate is closed.
    ///
    /// # Errors
    /// As `place`, and when the gate is closed.
    pub(crate) fn pass<T>(&self, place: impl FnOnce() -> Result<T>) -> Result<T> {
        let is_closed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if *is_closed {
            return Err(Error::new(ErrorKind::Io("the program was told to stop".to_owned())));
        }
        place()
    }

    /// Lets nobody pass any more; waits for who is passing.
    pub(crate) fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_work_is_given_up_when_the_program_is_told_to_stop() {
        let told = Arc::new(AtomicBool::new(false));
        let stop = Stop::at_flag(&told);
        assert_eq!(stop.unless_told(|| 7).unwrap(), Some(7));
        let (begun, begins) = channel();
        let flag = Arc::clone(&told);
        thread::spawn(move || {
            begins.recv().unwrap();
            flag.store(true, Ordering::SeqCst);
        });
        let endless = move || {
            begun.send(()).unwrap();
            loop {
                thread::park();
            }
        };
        assert_eq!(stop.unless_told::<()>(endless).unwrap(), None);
    }

    #[test]
    fn nobody_passes_a_closed_gate() {
        let gate = Gate::default();
        assert_eq!(gate.pass(|| Ok(1)).unwrap(), 1);
        gate.clone().close();
        assert!(gate.pass(|| Ok(1)).is_err());
    }
}
