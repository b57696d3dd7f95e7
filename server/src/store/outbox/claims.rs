//! Who sends what: deliveries that wait, are claimed under a lease, settled, and taken back.

use sqlx::Row;

use super::super::endpoints::{EndpointRow, KeyRow};
use super::super::reader::PLACES;
use super::super::{Conn, Dialect, StoreError, endpoints, expect_one};
use super::{DeliveryRow, delivery};

/// Where a delivery waits. The lanes have room of their own, so that what failed before never
/// keeps what is new from being tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Never tried: due since it was stored, whatever the clocks say.
    First,
    /// Tried before: due at its instant.
    Again,
}

impl Lane {
    /// As it is stored.
    const fn number(self) -> i64 {
        match self {
            Self::First => 0,
            Self::Again => 1,
        }
    }
}

macro_rules! claim_head {
    () => {
        "WITH due (id) AS (SELECT id FROM deliveries WHERE status = 'pending' AND lane = $4 \
         AND endpoint_id = $3 AND (lane = 0 OR next_at <= $2) ORDER BY next_at, id LIMIT $5"
    };
}
macro_rules! claim_tail {
    () => {
        ") UPDATE deliveries SET status = 'delivering', tries = tries + 1, lease_token = $1, \
         updated_at = $2 WHERE status = 'pending' AND id IN (SELECT id FROM due) \
         RETURNING id, event_id, endpoint_id, session_id, kind, status, payload, tries, lease_token"
    };
}

/// The endpoints that deliveries of a lane wait for: one step along an index each, however many
/// deliveries there are. With each: since when, and how many tries are under way. `LIMIT` and not
/// `MIN`: that reads the whole index where PostgreSQL thinks it short.
pub const QUEUES: &str = "WITH RECURSIVE queue (endpoint_id) AS (\
    SELECT (SELECT d.endpoint_id FROM deliveries d WHERE d.status = 'pending' AND d.lane = $1 \
    ORDER BY d.endpoint_id LIMIT 1) UNION ALL \
    SELECT (SELECT d.endpoint_id FROM deliveries d WHERE d.status = 'pending' AND d.lane = $1 \
    AND d.endpoint_id > q.endpoint_id ORDER BY d.endpoint_id LIMIT 1) \
    FROM queue q WHERE q.endpoint_id IS NOT NULL) \
    SELECT q.endpoint_id, (SELECT d.next_at FROM deliveries d WHERE d.status = 'pending' \
    AND d.lane = $1 AND d.endpoint_id = q.endpoint_id ORDER BY d.next_at LIMIT 1), \
    (SELECT COUNT(*) FROM deliveries d WHERE d.status = 'delivering' AND d.lane = $1 \
    AND d.endpoint_id = q.endpoint_id), \
    (SELECT e.organization_id FROM endpoints e WHERE e.id = q.endpoint_id) FROM queue q WHERE q.endpoint_id IS NOT NULL";
/// Takes what is longest due for an endpoint. The predicate stands twice, so that a concurrent
/// claim that committed in between is noticed.
pub const CLAIM_SQLITE: &str = concat!(claim_head!(), claim_tail!());
/// The same for PostgreSQL: concurrent claims skip each other's rows instead of waiting.
pub const CLAIM_POSTGRES: &str = concat!(claim_head!(), " FOR UPDATE SKIP LOCKED", claim_tail!());
/// Deliveries that somebody holds.
pub const HELD: &str =
    "SELECT id, lease_token FROM deliveries WHERE status = 'delivering' AND lane IN (0, 1)";
/// Takes a delivery back from a worker that went away.
pub const RECLAIM: &str = "UPDATE deliveries SET status = 'pending', lane = 1, next_at = $3, \
    lease_token = NULL, updated_at = $4 \
    WHERE id = $1 AND lease_token = $2 AND status = 'delivering'";
/// Brings near again what was put off by a clock that has been set back since.
pub const PULL_FORWARD: &str = "UPDATE deliveries SET next_at = next_at - (updated_at - $1), \
    updated_at = $1 WHERE status = 'pending' AND updated_at > $2";
/// Ends tries that arrived: 16 places, each a delivery and the lease it is held under. The ids stand
/// alone too, so that both databases look them up one by one.
pub const DELIVERED: &str = "UPDATE deliveries SET status = 'succeeded', payload = NULL, \
    next_at = $33, failure = NULL, completed_at = $33, updated_at = $33, lease_token = NULL, \
    lane = 1 WHERE status = 'delivering' \
    AND id IN ($1, $3, $5, $7, $9, $11, $13, $15, $17, $19, $21, $23, $25, $27, $29, $31) \
    AND id || lease_token IN ($1 || $2, $3 || $4, $5 || $6, $7 || $8, $9 || $10, $11 || $12, \
    $13 || $14, $15 || $16, $17 || $18, $19 || $20, $21 || $22, $23 || $24, $25 || $26, \
    $27 || $28, $29 || $30, $31 || $32) RETURNING id";
/// Ends a try held under its lease.
pub const SETTLE: &str = "UPDATE deliveries SET status = $3, payload = CASE WHEN $4 = 1 \
    THEN payload ELSE NULL END, next_at = $5, failure = $6, completed_at = $7, updated_at = $8, \
    lease_token = NULL, lane = 1 WHERE id = $1 AND lease_token = $2 AND status = 'delivering'";
/// Lines of deliveries' histories: 16 places of five, each line once.
pub const INSERT_TRIES: &str = "INSERT INTO delivery_tries (id, delivery_id, latency_ms, \
    status_code, error_class, created_at) VALUES ($1, $2, $3, $4, $5, $81), \
    ($6, $7, $8, $9, $10, $81), ($11, $12, $13, $14, $15, $81), ($16, $17, $18, $19, $20, $81), \
    ($21, $22, $23, $24, $25, $81), ($26, $27, $28, $29, $30, $81), \
    ($31, $32, $33, $34, $35, $81), ($36, $37, $38, $39, $40, $81), \
    ($41, $42, $43, $44, $45, $81), ($46, $47, $48, $49, $50, $81), \
    ($51, $52, $53, $54, $55, $81), ($56, $57, $58, $59, $60, $81), \
    ($61, $62, $63, $64, $65, $81), ($66, $67, $68, $69, $70, $81), \
    ($71, $72, $73, $74, $75, $81), ($76, $77, $78, $79, $80, $81) ON CONFLICT (id) DO NOTHING";

/// What waits for an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The endpoint.
    pub endpoint: String,
    /// Whose it is.
    pub organization: String,
    /// When the one that waits longest was due (ms).
    pub oldest: i64,
    /// Tries under way.
    pub busy: usize,
}

/// Where claimed deliveries go: the endpoint and the key that is active now.
#[derive(Debug, Clone)]
pub struct Target {
    /// The endpoint, deleted or not.
    pub endpoint: Option<EndpointRow>,
    /// What payloads are encrypted to.
    pub key: Option<KeyRow>,
}

/// A delivery that a worker holds, and the lease it holds it under.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Held {
    /// The delivery.
    pub id: String,
    /// The lease.
    pub token: String,
}

/// How a try ends.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// What was held.
    pub held: Held,
    /// The delivery's new status.
    pub status: &'static str,
    /// Whether the payload is kept.
    pub keep: bool,
    /// When the next try is due (ms).
    pub next_at: i64,
    /// Why there will be none.
    pub failure: Option<&'static str>,
    /// The line of its history, unless nothing was sent.
    pub line: Option<TryRow>,
}

/// One line of a delivery's history.
#[derive(Debug, Clone)]
pub struct TryRow {
    /// Its id.
    pub id: String,
    /// How long the endpoint took (ms).
    pub latency_ms: i64,
    /// What it answered.
    pub status_code: Option<i64>,
    /// What went wrong instead.
    pub error_class: Option<&'static str>,
}

/// The endpoints that deliveries of a lane wait for.
pub async fn queues(conn: &mut Conn, lane: Lane) -> Result<Vec<Queue>, StoreError> {
    let rows = sqlx::query(QUEUES).bind(lane.number()).fetch_all(conn).await?;
    let queue = |row: &sqlx::any::AnyRow| {
        // Another process may have taken the last one between the two sub-selects.
        let oldest: Option<i64> = row.try_get(1)?;
        let busy = usize::try_from(row.try_get::<i64, _>(2)?).unwrap_or_default();
        let (endpoint, organization) = (row.try_get(0)?, row.try_get(3)?);
        Ok(oldest.map(|oldest| Queue { endpoint, organization, oldest, busy }))
    };
    Ok(rows.iter().filter_map(|row| queue(row).transpose()).collect::<Result<_, sqlx::Error>>()?)
}

/// Takes up to `count` due deliveries of an endpoint, under the lease `token`.
pub async fn claim(
    conn: &mut Conn,
    dialect: Dialect,
    (token, now): (&str, i64),
    (lane, endpoint, count): (Lane, &str, usize),
) -> Result<(Target, Vec<DeliveryRow>), StoreError> {
    let sql = match dialect {
        Dialect::Sqlite => CLAIM_SQLITE,
        Dialect::Postgres => CLAIM_POSTGRES,
    };
    let rows = sqlx::query(sql)
        .bind(token)
        .bind(now)
        .bind(endpoint)
        .bind(lane.number())
        .bind(i64::try_from(count).unwrap_or(i64::MAX))
        .fetch_all(&mut *conn)
        .await?;
    let rows = rows.iter().map(delivery).collect::<Result<_, _>>()?;
    let (endpoint, key) = endpoints::target(conn, endpoint).await?;
    Ok((Target { endpoint, key }, rows))
}

/// What is being tried, by anybody.
pub async fn held(conn: &mut Conn) -> Result<Vec<Held>, StoreError> {
    let rows = sqlx::query(HELD).fetch_all(conn).await?;
    let held = |row: &sqlx::any::AnyRow| Ok(Held { id: row.try_get(0)?, token: row.try_get(1)? });
    Ok(rows.iter().map(held).collect::<Result<_, sqlx::Error>>()?)
}

/// Gives a delivery back that is still held under this lease; `false` if it is not.
pub async fn reclaim(
    conn: &mut Conn,
    held: &Held,
    next_at: i64,
    now: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(RECLAIM).bind(held.id.as_str()).bind(held.token.as_str());
    Ok(query.bind(next_at).bind(now).execute(conn).await?.rows_affected() == 1)
}

/// Puts what was written after `latest` back to where it stands from `now` on; returns how many.
pub async fn pull_forward(conn: &mut Conn, now: i64, latest: i64) -> Result<u64, StoreError> {
    Ok(sqlx::query(PULL_FORWARD).bind(now).bind(latest).execute(conn).await?.rows_affected())
}

/// Ends tries, each if it is still held under its lease; returns those that were not.
pub async fn settle(
    conn: &mut Conn,
    settlements: &[Settlement],
    now: i64,
) -> Result<Vec<Held>, StoreError> {
    let (arrived, others): (Vec<_>, Vec<_>) =
        settlements.iter().partition(|settlement| settlement.status == "succeeded");
    let (mut lost, mut lines) = (Vec::new(), Vec::new());
    for batch in arrived.chunks(PLACES) {
        let ended = delivered(conn, batch, now).await?;
        for &settlement in batch {
            match ended.contains(&settlement.held.id) {
                true => lines.push(settlement),
                false => lost.push(settlement.held.clone()),
            }
        }
    }
    for settlement in others {
        match settle_one(conn, settlement, now).await {
            Ok(()) => lines.push(settlement),
            Err(StoreError::Stale) => lost.push(settlement.held.clone()),
            Err(error) => return Err(error),
        }
    }
    lines.retain(|settlement| settlement.line.is_some());
    for batch in lines.chunks(PLACES) {
        insert_tries(conn, batch, now).await?;
    }
    Ok(lost)
}

async fn delivered(
    conn: &mut Conn,
    batch: &[&Settlement],
    now: i64,
) -> Result<Vec<String>, StoreError> {
    let places = batch.iter().cycle().take(PLACES);
    let query = places.fold(sqlx::query(DELIVERED), |query, s| {
        query.bind(s.held.id.as_str()).bind(s.held.token.as_str())
    });
    let rows = query.bind(now).fetch_all(conn).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

async fn settle_one(conn: &mut Conn, ended: &Settlement, now: i64) -> Result<(), StoreError> {
    let completed = (ended.status != "pending").then_some(now);
    let done = sqlx::query(SETTLE)
        .bind(ended.held.id.as_str())
        .bind(ended.held.token.as_str())
        .bind(ended.status)
        .bind(i64::from(ended.keep))
        .bind(ended.next_at)
        .bind(ended.failure)
        .bind(completed)
        .bind(now)
        .execute(conn)
        .await?;
    expect_one(done.rows_affected())
}

async fn insert_tries(conn: &mut Conn, batch: &[&Settlement], now: i64) -> Result<(), StoreError> {
    let lines = batch.iter().filter_map(|s| s.line.as_ref().map(|line| (s, line)));
    let places = lines.cycle().take(PLACES);
    let query = places.fold(sqlx::query(INSERT_TRIES), |query, (settlement, line)| {
        query
            .bind(line.id.as_str())
            .bind(settlement.held.id.as_str())
            .bind(line.latency_ms)
            .bind(line.status_code)
            .bind(line.error_class)
    });
    query.bind(now).execute(conn).await?;
    Ok(())
}
