//! What runs beside the requests: the deliveries of each lane, and ticks in one generic loop.

pub mod deliver;
pub mod retain;
pub mod sweep;

use std::time::Duration;

use futures::future::BoxFuture;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::engine::Engine;
use crate::error::Error;
use crate::store::outbox::Lane;

/// A tick that is run again and again.
#[derive(Clone, Copy)]
struct Job {
    /// Does some of the work that is due; returns how much.
    tick: for<'a> fn(&'a Engine) -> BoxFuture<'a, Result<usize, Error>>,
    /// From this much on there may be more, so the next tick follows after a breath.
    full: usize,
    /// What requests get in between.
    breath: Duration,
    /// When to look again.
    rest: fn(&Engine) -> Duration,
}

const SWEEP: Job = Job {
    tick: |engine| Box::pin(sweep::tick(engine)),
    full: sweep::BATCH,
    breath: Duration::ZERO,
    rest: |engine| engine.config.sweep_interval,
};
/// Nobody waits for what is forgotten.
const RETAIN: Job = Job {
    tick: |engine| Box::pin(retain::tick(engine)),
    full: retain::BATCH,
    breath: Duration::from_millis(200),
    rest: |_| Duration::from_mins(10),
};
const TEND: Job = Job {
    tick: |engine| Box::pin(deliver::tend(engine)),
    full: usize::MAX,
    breath: Duration::ZERO,
    rest: |_| deliver::POLL,
};

/// Starts the workers. After `shutdown` each of them ends with what it is doing: await them all.
pub fn run(engine: &Engine, shutdown: &CancellationToken) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    for job in [SWEEP, RETAIN, TEND] {
        workers.spawn(repeat(engine.clone(), shutdown.clone(), job));
    }
    for lane in [Lane::First, Lane::Again] {
        workers.spawn(deliver::run(engine.clone(), lane, shutdown.clone()));
    }
    workers
}

async fn repeat(engine: Engine, shutdown: CancellationToken, job: Job) {
    while !shutdown.is_cancelled() {
        let rest = match (job.tick)(&engine).await {
            Ok(done) if done >= job.full => job.breath,
            Ok(_) => (job.rest)(&engine),
            // What is due stays due.
            Err(error) => {
                error.log();
                (job.rest)(&engine)
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(rest) => {}
        }
    }
}
