//! Lists at a thousand and at a million sessions: what the slowest hundredth of pages takes, on both
//! databases.

use std::path::Path;
use std::sync::Arc;

use kayle_app::view::OrganizationView;
use kayle_domain::{SessionId, Status};
use kayle_server::config::{Config, Source};
use kayle_server::engine::{Clock, Engine, Entropy};
use kayle_server::service::callers::{self, Caller};
use kayle_server::service::organizations;
use kayle_server::service::sessions::{self, Query};
use kayle_server::store::sessions::Filter;
use sqlx::{AssertSqlSafe, Row as _};

use crate::meter::{Work, measure, median};

/// Sessions of the small and of the large organization.
const SIZES: [i64; 2] = [1_000, 1_000_000];
/// Cursors that the pages of a run begin after.
const CURSORS: i64 = 200;
/// Lists side by side.
const WORKERS: usize = 4;
/// Runs of which a figure is the median.
const RUNS: usize = 3;

const BY_STATUS: &str = "… by status";
const BY_REFERENCE: &str = "… by reference";
const EXPIRED: &str = "… expired";
const BY_BOTH: &str = "… by status and reference";

/// Rows as the server would have written them, numbered by `n`; every second has the same reference.
const COPY: &str = "INSERT INTO sessions (id, organization_id, version, status, contract, \
    client_reference_id, metadata, endpoints, cancel_token_hash, expires_at, completed_at, \
    created_at, updated_at) SELECT 'vs_' || SUBSTR('0000000000000000000000000000000' || \
    CAST(PREFIX * 10000000 + n AS TEXT), -32), $1, 2, CASE WHEN n % 50 = 0 THEN 'succeeded' ELSE \
    'expired' END, '{\"kayle_document_id\":{\"required\":true,\"reason\":\"x\",\
    \"source\":\"default\"}}', CASE WHEN n % 2 = 0 THEN 'order' ELSE NULL END, '{}', '', 'x', \
    n + 3600000, n + 3600000, n, n FROM numbers";

/// For each kind of list and each database, p99 at a million over p99 at a thousand.
pub async fn lists(folder: &Path) -> Result<Vec<(&'static str, f64)>, String> {
    let mut rows = Vec::new();
    let file = format!("sqlite://{}/scale.db", folder.display());
    let names = ["list, 10⁶ / 10³, SQLite", BY_STATUS, BY_REFERENCE, EXPIRED, BY_BOTH];
    rows.extend(names.into_iter().zip(ratios(&file).await?));
    let base = std::env::var("KAYLE_TEST_POSTGRES");
    let base = base.map_err(|_| "KAYLE_TEST_POSTGRES names no server: run `make bench`")?;
    let names = ["list, 10⁶ / 10³, PostgreSQL", BY_STATUS, BY_REFERENCE, EXPIRED, BY_BOTH];
    rows.extend(names.into_iter().zip(ratios(&base).await?));
    Ok(rows)
}

async fn ratios(url: &str) -> Result<Vec<f64>, String> {
    eprintln!("lists at {} and {} sessions", SIZES[0], SIZES[1]);
    let settings = [("KAYLE_SANDBOX", "true"), ("DATABASE_URL", url), ("KAYLE_RATE_LIMIT", "off")];
    let config = Config::read(&Source::from_pairs(&settings))?;
    let engine = Engine::build_idle(config, Clock::system(), Entropy::system()).await?;
    let mut owners = Vec::new();
    for (number, size) in (1..).zip(SIZES) {
        owners.push((fill(&engine, number, size).await?, number, size));
    }
    let mut ratios = Vec::new();
    for filter in [
        Filter::default(),
        Filter { status: Some(Status::Succeeded), ..Filter::default() },
        Filter { client_reference_id: Some("order".to_owned()), ..Filter::default() },
        Filter { status: Some(Status::Expired), ..Filter::default() },
        Filter {
            status: Some(Status::Succeeded),
            client_reference_id: Some("order".to_owned()),
            ..Filter::default()
        },
    ] {
        let mut p99 = Vec::new();
        for (caller, number, size) in &owners {
            let mut runs = Vec::new();
            for _ in 0..RUNS {
                let walkers = walkers(&engine, caller, &filter, (*number, *size));
                runs.push(measure(walkers).await?.p99);
            }
            p99.push(median(runs.into_iter()));
        }
        ratios.push(p99[1] / p99[0]);
    }
    Ok(ratios)
}

/// An organization with `size` sessions, and its key's caller.
async fn fill(engine: &Engine, number: i64, size: i64) -> Result<Arc<Caller>, String> {
    let text = |error: kayle_server::error::Error| error.to_string();
    let view = OrganizationView { name: "Bench".to_owned(), ..OrganizationView::default() };
    let organization = organizations::create(engine, view).await.map_err(text)?;
    let scopes = ["sessions:read".to_owned()];
    let made = organizations::create_key(engine, organization.as_str(), "bench", &scopes).await;
    let (_, key) = made.map_err(text)?;
    let copy = COPY.replace("PREFIX", &number.to_string());
    let series = "WITH RECURSIVE numbers (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 \
        FROM numbers WHERE n < LAST)";
    let sql = format!("{} {copy}", series.replace("LAST", &size.to_string()));
    let sql = match engine.store.dialect() {
        // Where the common table expression stands differs; what it says does not.
        kayle_server::store::Dialect::Sqlite => sql,
        kayle_server::store::Dialect::Postgres => sql
            .replace("SUBSTR('0000000000000000000000000000000' || CAST(", "LPAD(CAST(")
            .replace("AS TEXT), -32)", "AS TEXT), 32, '0')"),
    };
    let id = organization.as_str().to_owned();
    let work = engine.store.write((sql, id), |tx, (sql, id)| {
        Box::pin(async move {
            sqlx::query(AssertSqlSafe(sql.clone())).bind(id.clone()).execute(&mut *tx).await?;
            sqlx::query("ANALYZE sessions").execute(tx).await?;
            Ok(())
        })
    });
    work.await.map_err(|error| error.to_string())?;
    let mut conn = engine.store.read().await.map_err(|error| error.to_string())?;
    let count = sqlx::query("SELECT COUNT(*) FROM sessions WHERE organization_id = $1")
        .bind(organization.as_str())
        .fetch_one(&mut *conn)
        .await;
    let count: i64 = count.and_then(|row| row.try_get(0)).map_err(|error| error.to_string())?;
    if count != size {
        return Err(format!("{count} sessions instead of {size}"));
    }
    callers::authenticate(engine, &key).await.map_err(text)
}

/// Who lists pages of ten from everywhere in the organization's sessions.
fn walkers(
    engine: &Engine,
    caller: &Arc<Caller>,
    filter: &Filter,
    (number, size): (i64, i64),
) -> Vec<Walker> {
    let cursors: Arc<[SessionId]> = (1..=CURSORS)
        .map(|part| size * part / CURSORS)
        .map(|n| format!("vs_{:032}", number * 10_000_000 + n).parse().expect("an id"))
        .collect();
    let walker = |worker| Walker {
        engine: engine.clone(),
        caller: caller.clone(),
        filter: filter.clone(),
        cursors: cursors.clone(),
        next: worker * cursors.len() / WORKERS,
    };
    (0..WORKERS).map(walker).collect()
}

struct Walker {
    engine: Engine,
    caller: Arc<Caller>,
    filter: Filter,
    cursors: Arc<[SessionId]>,
    next: usize,
}

impl Work for Walker {
    async fn once(&mut self) -> Result<(), String> {
        let cursor = self.cursors[self.next].clone();
        self.next = (self.next + 1) % self.cursors.len();
        let query = Query {
            filter: self.filter.clone(),
            starting_after: Some(cursor),
            limit: 10,
            with_attempts: false,
        };
        let listed = sessions::list(&self.engine, &self.caller, query).await;
        listed.map(drop).map_err(|error| format!("{error} ({:?})", error.cause))
    }
}
