//! The driver over many sessions: sources are opened in parallel, and what comes of them is taken in their
//! order, with only a few of them in memory at a time.
//!
//! [`reports`] makes one report of each session, [`compare`] compares sessions that are in memory.
//! [`Corpus`] is for what depends on all sessions: a first pass surveys the sources, a second one opens
//! them again in the order of the tables. [`SharedPlan`] is for several processes, each of which sees some of the
//! sessions.

mod allowance;
mod cluster;
mod compare;
mod compiled;
mod report;
mod source;
mod survey;

pub use cluster::SharedPlan;
pub use compare::{Comparison, compare};
pub use compiled::{CompiledDefinition, SessionOutput};
pub use report::{Reports, reports};
pub use source::{Progress, Source};
pub use survey::Corpus;

use rayon::prelude::*;

/// Sources that are worked on at the same time, at least; what comes of them is held in memory until it is
/// taken. Four for each thread keep all threads at work while the slowest of them ends.
const TOGETHER: usize = 16;

/// Sources that are worked on at the same time.
fn at_once() -> usize {
    TOGETHER.max(4 * rayon::current_num_threads())
}

/// Does the work for each job in parallel and hands the results over in the order of the jobs.
///
/// # Errors
/// As `take`; nothing more is begun then.
pub fn in_order<J: Sync, T: Send, E>(
    jobs: &[J],
    work: impl Fn(&J) -> T + Sync,
    mut take: impl FnMut(&J, T) -> Result<(), E>,
) -> Result<(), E> {
    for some in jobs.chunks(at_once()) {
        let made: Vec<T> = some.par_iter().map(&work).collect();
        some.iter().zip(made).try_for_each(|(job, made)| take(job, made))?;
    }
    Ok(())
}

#[cfg(test)]
mod passes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs_and_an_error_ends_the_work() {
        let jobs: Vec<u32> = (0..1000).collect();
        let mut taken = Vec::new();
        in_order(
            &jobs,
            |job| job * 2,
            |_, made| {
                taken.push(made);
                Ok::<(), ()>(())
            },
        )
        .unwrap();
        assert_eq!(taken, jobs.iter().map(|job| job * 2).collect::<Vec<_>>());
        let ended = in_order(&jobs, |job| *job, |_, made| if made < 3 { Ok(()) } else { Err(made) });
        assert_eq!(ended, Err(3));
    }
}
