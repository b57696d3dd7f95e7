//! What runs beside the requests: the sweep, the deliveries of each lane, who tends them, and
//! retention.

pub mod deliver;
pub mod retain;
pub mod sweep;

use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::engine::Engine;
use crate::store::outbox::Lane;

/// How often it is looked whether something is kept no longer.
const RETAIN: Duration = Duration::from_mins(10);
/// What requests get in between, while much is forgotten.
const BREATH: Duration = Duration::from_millis(200);

/// Starts the workers. After `shutdown` each of them ends with what it is doing: await them all.
pub fn run(engine: &Engine, shutdown: &CancellationToken) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    workers.spawn(sweep(engine.clone(), shutdown.clone()));
    workers.spawn(tend(engine.clone(), shutdown.clone()));
    workers.spawn(retain(engine.clone(), shutdown.clone()));
    for lane in [Lane::First, Lane::Again] {
        workers.spawn(deliver::run(engine.clone(), lane, shutdown.clone()));
    }
    workers
}

async fn sweep(engine: Engine, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        match sweep::tick(&engine).await {
            Ok(done) if done >= sweep::BATCH => continue,
            Ok(_) => {}
            // What is due stays due.
            Err(error) => error.log(),
        }
        rest(&shutdown, engine.config.sweep_interval).await;
    }
}

async fn retain(engine: Engine, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        match retain::tick(&engine).await {
            // There may be more; nobody waits for it.
            Ok(gone) if gone >= retain::BATCH => rest(&shutdown, BREATH).await,
            Ok(_) => rest(&shutdown, RETAIN).await,
            Err(error) => {
                error.log();
                rest(&shutdown, RETAIN).await;
            }
        }
    }
}

async fn tend(engine: Engine, shutdown: CancellationToken) {
    let mut tending = deliver::Tending::default();
    while !shutdown.is_cancelled() {
        tending.tick(&engine).await.unwrap_or_else(|error| error.log());
        rest(&shutdown, deliver::POLL).await;
    }
}

async fn rest(shutdown: &CancellationToken, span: Duration) {
    tokio::select! {
        () = shutdown.cancelled() => {}
        () = tokio::time::sleep(span) => {}
    }
}
