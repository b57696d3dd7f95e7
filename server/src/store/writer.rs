//! How writes are committed: each alone on PostgreSQL, together on SQLite (group commit).

use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use sqlx::{AnyPool, Executor};
use tokio::sync::{mpsc, oneshot};

use super::{Conn, RETRIES, StoreError};

/// Writes committed by one fsync at the most.
const BATCH: usize = 128;
/// Writes that may wait before callers do.
const QUEUE: usize = 1024;

/// The one way to write.
#[derive(Clone)]
pub(super) enum Writer {
    /// A transaction each.
    Each(AnyPool),
    /// One task that runs all waiting writes in one transaction.
    Batched(mpsc::Sender<Box<dyn Job>>),
}

/// A write that waits for its turn.
pub(super) trait Job: Send {
    /// Runs the write and keeps its value.
    fn run<'a>(&'a mut self, conn: &'a mut Conn) -> BoxFuture<'a, Result<(), StoreError>>;
    /// Tells the caller, after the commit or instead of it.
    fn finish(self: Box<Self>, result: Result<(), StoreError>);
}

struct Pending<J, T, F> {
    job: J,
    work: F,
    value: Option<T>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<J, T, F> Job for Pending<J, T, F>
where
    J: Send + Sync,
    T: Send,
    F: for<'a> Fn(&'a mut Conn, &'a J) -> BoxFuture<'a, Result<T, StoreError>> + Send + Sync,
{
    fn run<'a>(&'a mut self, conn: &'a mut Conn) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.value = Some((self.work)(conn, &self.job).await?);
            Ok(())
        })
    }

    fn finish(self: Box<Self>, result: Result<(), StoreError>) {
        let Self { value, reply, .. } = *self;
        let lost = || StoreError::Failed("a write ended without a value".into());
        // A caller that went away has no use for the answer; its write stands all the same.
        let _ = reply.send(result.and_then(|()| value.ok_or_else(lost)));
    }
}

impl Writer {
    pub(super) fn each(pool: AnyPool) -> Self {
        Self::Each(pool)
    }

    pub(super) fn batched(pool: AnyPool) -> Self {
        let (sender, queue) = mpsc::channel(QUEUE);
        tokio::spawn(serve(pool, queue));
        Self::Batched(sender)
    }

    pub(super) async fn write<J, T, F>(&self, job: J, work: F) -> Result<T, StoreError>
    where
        J: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a mut Conn, &'a J) -> BoxFuture<'a, Result<T, StoreError>>
            + Send
            + Sync
            + 'static,
    {
        match self {
            Self::Each(pool) => {
                for _ in 0..RETRIES {
                    match one(pool, &job, &work).await {
                        Err(StoreError::Stale) => tokio::task::yield_now().await,
                        done => return done,
                    }
                }
                Err(StoreError::Stale)
            }
            Self::Batched(sender) => {
                let gone = || StoreError::Unavailable("the writer has stopped".into());
                let (reply, answer) = oneshot::channel();
                let pending = Box::new(Pending { job, work, value: None, reply });
                sender.send(pending).await.map_err(|_| gone())?;
                answer.await.map_err(|_| gone())?
            }
        }
    }
}

async fn one<J, T, F>(pool: &AnyPool, job: &J, work: &F) -> Result<T, StoreError>
where
    F: for<'a> Fn(&'a mut Conn, &'a J) -> BoxFuture<'a, Result<T, StoreError>>,
{
    let mut tx = pool.begin().await?;
    let value = work(&mut tx, job).await?;
    tx.commit().await?;
    Ok(value)
}

async fn serve(pool: AnyPool, mut queue: mpsc::Receiver<Box<dyn Job>>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        match pool.acquire().await {
            Ok(mut conn) => {
                let work = AssertUnwindSafe(commit_all(&mut conn, &mut batch)).catch_unwind();
                if work.await.is_err() {
                    // Whatever the panic left open ends with the connection; its callers are told.
                    drop(conn.detach());
                    let error = StoreError::Failed("a write panicked".into());
                    batch.drain(..).for_each(|job| job.finish(Err(error.clone())));
                }
            }
            Err(error) => {
                let error = StoreError::from(error);
                batch.drain(..).for_each(|job| job.finish(Err(error.clone())));
            }
        }
    }
}

/// Commits the batch as one; if any of it fails, each of it alone.
async fn commit_all(conn: &mut Conn, batch: &mut Vec<Box<dyn Job>>) {
    if batch.len() > 1 && transact(conn, batch).await.is_ok() {
        batch.drain(..).for_each(|job| job.finish(Ok(())));
        return;
    }
    for mut job in batch.drain(..) {
        let mut result = Err(StoreError::Stale);
        for _ in 0..RETRIES {
            result = transact(conn, std::slice::from_mut(&mut job)).await;
            if !matches!(result, Err(StoreError::Stale)) {
                break;
            }
        }
        job.finish(result);
    }
}

async fn transact(conn: &mut Conn, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    conn.execute("BEGIN IMMEDIATE").await?;
    let mut result = Ok(());
    for job in jobs {
        result = job.run(conn).await;
        if result.is_err() {
            break;
        }
    }
    if result.is_ok() {
        result = conn.execute("COMMIT").await.map(drop).map_err(StoreError::from);
    }
    if result.is_err() {
        // SQLite may have rolled back by itself; then this has nothing to do.
        let _ = conn.execute("ROLLBACK").await;
    }
    result
}
