//! How often a thread has done a piece of work, for tests that hold how much work is done.

use std::cell::Cell;

/// Work that is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Work {
    /// A name was folded, or a text divided into words: what work on people costs.
    Name,
    /// A session was read.
    Reading,
}

thread_local!(static COUNTS: [Cell<u64>; 2] = const { [Cell::new(0), Cell::new(0)] });

fn of<T>(work: Work, with: impl FnOnce(&Cell<u64>) -> T) -> T {
    COUNTS.with(|[names, readings]| match work {
        Work::Name => with(names),
        Work::Reading => with(readings),
    })
}

pub(crate) fn count(work: Work) {
    of(work, |count| count.set(count.get() + 1));
}

/// How often the work is done during a job on this thread.
pub(crate) fn during(work: Work, job: impl FnOnce()) -> u64 {
    let before = of(work, Cell::get);
    job();
    of(work, Cell::get) - before
}
