//! How single rows are read: requests that wait at the same time share one statement. A statement
//! costs two changes of thread on SQLite and a round trip on PostgreSQL, however many rows it
//! brings.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};
use tokio::sync::{Mutex, mpsc, oneshot};

use super::{Conn, StoreError};

/// Rows that one statement asks for at the most: as many as it has places.
pub const PLACES: usize = 16;
/// Those places, for an `IN`.
macro_rules! places {
    () => {
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16"
    };
}
pub(super) use places;
/// How long a read may take: a peer that went silent is not waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// Reads that may wait before callers do.
const QUEUE: usize = 1024;

/// A row, for everyone who asked for it.
type Found = Result<Option<Arc<AnyRow>>, StoreError>;

/// A row somebody waits for.
struct Wanted {
    key: String,
    reply: oneshot::Sender<Found>,
}

/// Reads rows by one statement: `$1` to `$16` are keys, and the first column is the row's key.
#[derive(Clone)]
pub(super) struct Reader(mpsc::Sender<Wanted>);

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}

impl Reader {
    /// Reads with `sql` over up to `lanes` connections.
    pub(super) fn start(pool: &AnyPool, sql: &'static str, lanes: usize) -> Self {
        let (sender, queue) = mpsc::channel(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..lanes {
            tokio::spawn(serve(pool.clone(), sql, queue.clone()));
        }
        Self(sender)
    }

    /// The row with this key, as committed when this is asked or later.
    pub(super) async fn row(&self, key: &str) -> Found {
        let gone = || StoreError::Unavailable("the reader has stopped".into());
        let (reply, answer) = oneshot::channel();
        self.0.send(Wanted { key: key.to_owned(), reply }).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// Keeps its connection: giving it back to the pool after every read would cost a ping each.
async fn serve(pool: AnyPool, sql: &'static str, queue: Arc<Mutex<mpsc::Receiver<Wanted>>>) {
    let mut kept: Option<Conn> = None;
    let mut batch = Vec::with_capacity(PLACES);
    while queue.lock().await.recv_many(&mut batch, PLACES).await > 0 {
        let read = AssertUnwindSafe(read(&pool, &mut kept, sql, &batch)).catch_unwind().await;
        match read.unwrap_or_else(|_| Err(StoreError::Failed("a read panicked".into()))) {
            Ok(rows) => answer(batch.drain(..), rows),
            Err(error) => {
                // A connection that failed is not used again.
                drop(kept.take());
                batch.drain(..).for_each(|wanted| drop(wanted.reply.send(Err(error.clone()))));
            }
        }
    }
}

/// Reads over the kept connection, and once more over a fresh one if that fails: what it was
/// connected to may have restarted, and reading twice does no harm.
async fn read(
    pool: &AnyPool,
    kept: &mut Option<Conn>,
    sql: &'static str,
    batch: &[Wanted],
) -> Result<Vec<AnyRow>, StoreError> {
    if kept.is_some() {
        if let Ok(rows) = attempt(pool, kept, sql, batch).await {
            return Ok(rows);
        }
        drop(kept.take());
    }
    attempt(pool, kept, sql, batch).await
}

async fn attempt(
    pool: &AnyPool,
    kept: &mut Option<Conn>,
    sql: &'static str,
    batch: &[Wanted],
) -> Result<Vec<AnyRow>, StoreError> {
    let work = async { rows(connection(pool, kept).await?, sql, batch).await };
    let late = |_| Err(StoreError::Unavailable("a read took too long".into()));
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(late)
}

async fn connection<'a>(
    pool: &AnyPool,
    kept: &'a mut Option<Conn>,
) -> Result<&'a mut Conn, StoreError> {
    let conn = match kept.take() {
        Some(conn) => conn,
        None => pool.acquire().await?.detach(),
    };
    Ok(kept.insert(conn))
}

/// Every wanted row that exists. A place that is left over names the first key once more.
fn rows<'a>(
    conn: &'a mut Conn,
    sql: &'static str,
    batch: &'a [Wanted],
) -> BoxFuture<'a, Result<Vec<AnyRow>, StoreError>> {
    Box::pin(async move {
        let keys = batch.iter().chain(std::iter::repeat(&batch[0])).take(PLACES);
        let query = keys.fold(sqlx::query(sql), |query, wanted| query.bind(wanted.key.as_str()));
        Ok(query.fetch_all(conn).await?)
    })
}

fn answer(batch: impl Iterator<Item = Wanted>, rows: Vec<AnyRow>) {
    let rows: Vec<Arc<AnyRow>> = rows.into_iter().map(Arc::new).collect();
    for Wanted { key, reply } in batch {
        let found = rows.iter().find(|row| row.try_get::<&str, _>(0).is_ok_and(|id| id == key));
        // A caller that went away has no use for the row.
        let _ = reply.send(Ok(found.cloned()));
    }
}
