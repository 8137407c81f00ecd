//! Being told to stop: SIGINT, SIGTERM and SIGHUP finish what is in hand; a second one ends at once.

use std::process::exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rapporteur::{Error, ErrorKind, Result};

/// The exit code of a program that is ended by an interrupt.
const INTERRUPTED: i32 = 130;

/// Whether the program was told to stop.
pub(super) struct Stop {
    told: Arc<AtomicBool>,
    wakes: Receiver<()>,
}

impl Stop {
    /// Listens to the signals from now on.
    pub(super) fn listen() -> Result<Stop> {
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

    /// The flag that turns true.
    pub(super) fn flag(&self) -> &AtomicBool {
        &self.told
    }

    /// Waits so long, or until the program is told to stop; whether it was.
    pub(super) fn wait(&self, time: Duration) -> bool {
        if !self.told.load(Ordering::SeqCst) {
            let _ = self.wakes.recv_timeout(time);
        }
        self.told.load(Ordering::SeqCst)
    }
}
