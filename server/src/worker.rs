//! What runs beside the requests: the sweep and the deliveries, each a tick in one generic loop.

pub mod deliver;
pub mod sweep;

use futures::future::BoxFuture;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::engine::Engine;
use crate::error::Error;

/// A tick that is run again and again.
#[derive(Clone, Copy)]
struct Job {
    /// Does some of the work that is due; returns how much.
    tick: for<'a> fn(&'a Engine) -> BoxFuture<'a, Result<usize, Error>>,
    /// From this much on there may be more, so the next tick follows at once.
    full: usize,
    /// Ends when it is time to look again.
    rest: for<'a> fn(&'a Engine) -> BoxFuture<'a, ()>,
}

const SWEEP: Job = Job {
    tick: |engine| Box::pin(sweep::tick(engine)),
    full: sweep::BATCH,
    rest: |engine| Box::pin(tokio::time::sleep(engine.config.sweep_interval)),
};
/// Sends what it is woken for.
const DELIVER: Job = Job {
    tick: |engine| Box::pin(deliver::tick(engine)),
    full: 1,
    rest: |engine| Box::pin(engine.mailbox.wait_for_deliveries()),
};
/// Also looks by itself: for what is due later, and for what other processes left.
const DELIVER_POLLING: Job = Job { rest: |engine| Box::pin(deliver::rest(engine)), ..DELIVER };

/// Starts the workers. After `shutdown` each of them ends with what it is doing: await them all.
pub fn run(engine: &Engine, shutdown: &CancellationToken) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    let lanes = std::iter::repeat_n(DELIVER, deliver::LANES - 1);
    for job in [SWEEP, DELIVER_POLLING].into_iter().chain(lanes) {
        workers.spawn(repeat(engine.clone(), shutdown.clone(), job));
    }
    workers
}

async fn repeat(engine: Engine, shutdown: CancellationToken, job: Job) {
    while !shutdown.is_cancelled() {
        match (job.tick)(&engine).await {
            Ok(done) if done >= job.full => continue,
            Ok(_) => {}
            // What is due stays due.
            Err(error) => error.log(),
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = (job.rest)(&engine) => {}
        }
    }
}
