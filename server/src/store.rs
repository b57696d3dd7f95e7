//! The database: connections, the one way to read and the one way to write.

pub mod access;
pub mod attempts;
pub mod counts;
pub mod endpoints;
pub mod history;
pub mod idempotency;
pub mod outbox;
mod reader;
pub mod retention;
pub mod sessions;
mod writer;

use std::fmt;
use std::time::Duration;

use futures::future::BoxFuture;
use kayle_domain::SessionId;
use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, Executor, Row};
use thiserror::Error;

use crate::config::Config;
use access::OrganizationRow;
use reader::Reader;
use sessions::{Short, Stored};
use writer::Writer;

/// One database connection, inside a transaction when a write holds it.
pub type Conn = AnyConnection;

/// How often a write that lost a race, or met a deadlock, is run again.
const RETRIES: usize = 20;

/// What can go wrong below the rules.
#[derive(Debug, Clone, Error)]
pub enum StoreError {
    /// The row changed since it was read: run the write again.
    #[error("the row changed meanwhile")]
    Stale,
    /// The database cannot be reached or did not answer in time.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// A statement failed.
    #[error("database error: {0}")]
    Failed(String),
    /// A row does not hold what this code wrote.
    #[error("corrupt row: {0}")]
    Corrupt(&'static str),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => {
                Self::Unavailable(error.to_string())
            }
            sqlx::Error::Database(cause) if cause.code().is_some_and(|code| is_trouble(&code)) => {
                Self::Unavailable(error.to_string())
            }
            // PostgreSQL: serialization failure and deadlock; both pass when run again. A unique
            // index that was hit means that somebody else was faster: run again, it is seen.
            sqlx::Error::Database(cause)
                if cause.is_unique_violation()
                    || matches!(cause.code().as_deref(), Some("40001" | "40P01")) =>
            {
                Self::Stale
            }
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// Whether an error's code says that the database, not the statement, is in trouble, and that this
/// may pass. PostgreSQL: connections (08), shortage of anything (53), a server that stops or starts
/// (57P0). SQLite's primary codes: locked (5, 6), I/O (10), full (13), cannot open (14).
fn is_trouble(code: &str) -> bool {
    if ["08", "53", "57P0"].iter().any(|class| code.len() == 5 && code.starts_with(class)) {
        return true;
    }
    code.parse()
        .is_ok_and(|code: u32| code < 0x1_0000 && matches!(code & 0xff, 5 | 6 | 10 | 13 | 14))
}

/// Turns "exactly one row changed" into a result: anything else is a lost race.
pub fn expect_one(rows: u64) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Which statement texts to use where the two databases differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// One file, one writer.
    Sqlite,
    /// Any number of replicas.
    Postgres,
}

/// The database.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    writer: Writer,
    readers: Readers,
    dialect: Dialect,
    sandbox: bool,
}

/// Readers of the rows that are asked for one by one.
#[derive(Clone)]
struct Readers {
    sessions: Reader,
    shorts: Reader,
    organizations: Reader,
}

impl Readers {
    fn start(pool: &AnyPool, lanes: usize) -> Self {
        Self {
            sessions: Reader::start(pool, sessions::BY_IDS, lanes),
            shorts: Reader::start(pool, sessions::SHORTS, lanes),
            organizations: Reader::start(pool, access::ORGANIZATIONS_BY_ID, lanes),
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Store").field(&self.dialect).finish()
    }
}

impl Store {
    /// Connects, creating a SQLite file that does not exist, and brings the schema up to date.
    pub async fn open(config: &Config) -> Result<Self, StoreError> {
        install_default_drivers();
        let (dialect, url) = match config.sqlite_url() {
            Some(url) => (Dialect::Sqlite, format!("{url}?mode=rwc")),
            None => (Dialect::Postgres, config.database_url.0.clone()),
        };
        // Each lane of a reader has one more connection, of its own.
        let (connections, lanes) = match dialect {
            Dialect::Sqlite => (2, 1),
            Dialect::Postgres => (16, 2),
        };
        let pool = pool(dialect, connections).connect(&url).await?;
        sqlx::migrate!("./migrations")
            .run(&pool)
            .await
            .map_err(|error| StoreError::Failed(error.to_string()))?;
        let writer = match dialect {
            Dialect::Postgres => Writer::each(pool.clone()),
            Dialect::Sqlite => Writer::batched(sqlite_writer(&url).await?),
        };
        let readers = Readers::start(&pool, lanes);
        let store = Self { pool, writer, readers, dialect, sandbox: config.sandbox };
        store.settle_mode(config.sandbox).await?;
        Ok(store)
    }

    /// Which statement texts to use.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// One session, whoever's it is.
    pub async fn session(&self, id: &SessionId) -> Result<Option<Stored>, StoreError> {
        let row = self.readers.sessions.row(id.as_str()).await?;
        row.map(|row| sessions::stored(&row, self.sandbox)).transpose()
    }

    /// One session's short form.
    pub async fn short(&self, id: &SessionId) -> Result<Option<Short>, StoreError> {
        let row = self.readers.shorts.row(id.as_str()).await?;
        row.map(|row| sessions::shortened(&row)).transpose()
    }

    /// One organization.
    pub async fn organization(&self, id: &str) -> Result<Option<OrganizationRow>, StoreError> {
        let row = self.readers.organizations.row(id).await?;
        Ok(row.map(|row| access::organization(&row)).transpose()?)
    }

    /// A connection to read lists from.
    pub async fn read(&self) -> Result<sqlx::pool::PoolConnection<sqlx::Any>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// Runs `work` in a transaction and commits it, possibly together with others (one fsync for
    /// all). `work` may run more than once, so it must change nothing outside the database; after
    /// an error nothing it did is kept.
    pub async fn write<J, T, F>(&self, job: J, work: F) -> Result<T, StoreError>
    where
        J: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'a> Fn(&'a mut Conn, &'a J) -> BoxFuture<'a, Result<T, StoreError>>
            + Send
            + Sync
            + 'static,
    {
        self.writer.write(job, work).await
    }

    /// Records the mode at the first start, and refuses the other one ever after (`spec.md` §7).
    async fn settle_mode(&self, sandbox: bool) -> Result<(), StoreError> {
        let mode = if sandbox { "sandbox" } else { "live" };
        let recorded = self
            .write(mode, |tx, mode| {
                Box::pin(async move {
                    sqlx::query(access::SETTLE_MODE).bind(*mode).execute(&mut *tx).await?;
                    let row = sqlx::query(access::MODE).fetch_one(tx).await?;
                    Ok(row.try_get::<String, _>(0)?)
                })
            })
            .await?;
        if recorded == mode {
            return Ok(());
        }
        Err(StoreError::Failed(format!(
            "KAYLE_SANDBOX is {sandbox}, but this database was made in {recorded} mode"
        )))
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

fn pool(dialect: Dialect, connections: u32) -> AnyPoolOptions {
    let options = AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(dialect == Dialect::Postgres)
        .idle_timeout(None)
        .max_lifetime(None);
    if dialect == Dialect::Postgres {
        return options;
    }
    options.after_connect(|conn, _| {
        Box::pin(async move {
            conn.execute(PRAGMAS).await?;
            Ok(())
        })
    })
}

/// `secure_delete`: what is blanked is overwritten. `synchronous=FULL`: a commit is durable.
const PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
    PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;";

async fn sqlite_writer(url: &str) -> Result<AnyPool, StoreError> {
    Ok(pool(Dialect::Sqlite, 1).connect(url).await?)
}
