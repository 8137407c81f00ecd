//! Ends the process when an input takes longer than anything but a hang could, and keeps the input.

use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Inputs are a few kilobytes, and take milliseconds.
const LIMIT: Duration = Duration::from_secs(60);

/// An input that is being read: whose, since when, and its bytes.
type Running = Arc<Mutex<Vec<(u64, String, Instant, Vec<u8>)>>>;

/// Takes its input off the list when it goes out of scope; keeps the input where the reader panics.
pub(crate) struct Guard(u64);

fn running() -> &'static Running {
    static RUNNING: OnceLock<Running> = OnceLock::new();
    RUNNING.get_or_init(|| {
        let list: Running = Arc::default();
        let watched = Arc::clone(&list);
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_secs(1));
                for (_, name, since, input) in watched.lock().unwrap().iter() {
                    if since.elapsed() > LIMIT {
                        eprintln!("{name} hangs on {}", keep(name, input));
                        std::process::abort();
                    }
                }
            }
        });
        list
    })
}

/// Watches over the reading of an input.
pub(crate) fn watch(name: &str, input: &[u8]) -> Guard {
    let mut list = running().lock().unwrap();
    let number = list.last().map_or(0, |(number, ..)| number + 1);
    list.push((number, name.to_owned(), Instant::now(), input.to_vec()));
    Guard(number)
}

impl Drop for Guard {
    fn drop(&mut self) {
        let mut list = running().lock().unwrap();
        let Some(at) = list.iter().position(|(number, ..)| *number == self.0) else { return };
        let (_, name, _, input) = list.remove(at);
        if std::thread::panicking() {
            eprintln!("{name} breaks on {}", keep(&name, &input));
        }
    }
}

/// Writes an input where it can be found again.
fn keep(name: &str, input: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("rapporteur-fuzz-{name}-{}", std::process::id()));
    std::fs::write(&path, input).map_or_else(|error| error.to_string(), |()| path.display().to_string())
}
