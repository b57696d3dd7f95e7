//! Events and deliveries: written with the change they tell of, and destroyed when nobody may see
//! them any more.

pub mod claims;

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Conn, StoreError, expect_one};
pub use claims::Lane;

/// Why a delivery failed whose session was erased.
pub const ERASED: &str = "session_erased";

/// A new event.
pub const INSERT_EVENT: &str = "INSERT INTO events (id, organization_id, session_id, kind, \
    created_at) VALUES ($1, $2, $3, $4, $5)";
/// A new delivery, due at once.
pub const INSERT_DELIVERY: &str = "INSERT INTO deliveries (id, event_id, endpoint_id, session_id, \
    kind, status, payload, next_at, created_at, updated_at, organization_id) \
    VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $7, $7, $8)";
/// Every delivery of a session.
pub const OF_SESSION: &str = "SELECT id, event_id, endpoint_id, session_id, kind, status, payload, \
    tries, lease_token FROM deliveries WHERE session_id = $1 ORDER BY created_at, id";
/// What became of a session's verdict.
pub const AFTERMATH: &str = "SELECT \
    (SELECT COUNT(*) FROM events WHERE session_id = $1 AND kind IN \
        ('verification.session.succeeded', 'verification.session.failed')) AS verdicts, \
    CAST(COUNT(CASE WHEN status = 'superseded' THEN 1 END) AS BIGINT) AS superseded, \
    CAST(COUNT(CASE WHEN status = 'succeeded' AND kind <> 'verification.session.cancelled' \
        THEN 1 END) AS BIGINT) AS reached, \
    CAST(COUNT(CASE WHEN status IN ('pending', 'delivering') OR (status = 'failed' AND payload \
        IS NOT NULL) THEN 1 END) AS BIGINT) AS waiting \
    FROM deliveries WHERE session_id = $1";

/// Destroys a payload that must never be sent again.
pub const SUPERSEDE: &str = "UPDATE deliveries SET status = 'superseded', payload = NULL, \
    completed_at = $2, updated_at = $2 \
    WHERE id = $1 AND status IN ('pending', 'failed') AND tries = $3";
/// Puts off what a session's withdrawal or erasure may be about to destroy.
pub const HOLD: &str = "UPDATE deliveries SET lane = 1, next_at = $2, updated_at = $3 \
    WHERE session_id = $1 AND status = 'pending' AND kind <> 'verification.session.cancelled'";
/// Deliveries of a session that are being tried.
pub const IN_FLIGHT: &str =
    "SELECT COUNT(*) FROM deliveries WHERE session_id = $1 AND status = 'delivering'";
/// Destroys every payload of a session that was erased; what waits for a try will not have one.
pub const ERASE: &str = "UPDATE deliveries SET payload = NULL, updated_at = $2, \
    failure = CASE WHEN status = 'pending' THEN $3 ELSE failure END, \
    completed_at = CASE WHEN status = 'pending' THEN $2 ELSE completed_at END, \
    status = CASE WHEN status = 'pending' THEN 'failed' ELSE status END \
    WHERE session_id = $1 AND status <> 'delivering' \
    AND (payload IS NOT NULL OR status = 'pending')";
/// When the next delivery is due.
pub const NEXT_DUE: &str = "SELECT MIN(next_at) FROM deliveries WHERE status = 'pending'";
/// Destroys the payloads of failed deliveries whose endpoint's window has passed, or would have
/// passed had nobody asked for more tries: those do not keep a payload for longer.
pub const SCRUB: &str = "UPDATE deliveries SET payload = NULL, updated_at = $1 \
    WHERE status = 'failed' AND payload IS NOT NULL \
    AND CASE WHEN created_at + $2 < completed_at THEN created_at + $2 ELSE completed_at END \
    <= $1 - 3600000 * \
    (SELECT retention_hours FROM endpoints WHERE endpoints.id = deliveries.endpoint_id)";

/// An event on its way to one endpoint.
#[derive(Debug, Clone)]
pub struct DeliveryRow {
    /// Its id.
    pub id: String,
    /// The event.
    pub event_id: String,
    /// The endpoint.
    pub endpoint_id: String,
    /// The session.
    pub session_id: String,
    /// The event's type.
    pub kind: String,
    /// `pending`, `delivering`, `succeeded`, `failed` or `superseded`.
    pub status: String,
    /// The sealed body, while it is kept.
    pub payload: Option<String>,
    /// Tries begun.
    pub tries: i64,
    /// Who may settle it.
    pub lease_token: Option<String>,
}

fn delivery(row: &AnyRow) -> Result<DeliveryRow, sqlx::Error> {
    Ok(DeliveryRow {
        id: row.try_get(0)?,
        event_id: row.try_get(1)?,
        endpoint_id: row.try_get(2)?,
        session_id: row.try_get(3)?,
        kind: row.try_get(4)?,
        status: row.try_get(5)?,
        payload: row.try_get(6)?,
        tries: row.try_get(7)?,
        lease_token: row.try_get(8)?,
    })
}

/// Stores an event.
pub async fn insert_event(
    conn: &mut Conn,
    id: &str,
    (organization, session): (&str, &str),
    (kind, now): (&str, i64),
) -> Result<(), StoreError> {
    sqlx::query(INSERT_EVENT)
        .bind(id)
        .bind(organization)
        .bind(session)
        .bind(kind)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores an organization's delivery that is due at once.
pub async fn insert_delivery(
    conn: &mut Conn,
    organization: &str,
    row: &DeliveryRow,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(INSERT_DELIVERY)
        .bind(row.id.as_str())
        .bind(row.event_id.as_str())
        .bind(row.endpoint_id.as_str())
        .bind(row.session_id.as_str())
        .bind(row.kind.as_str())
        .bind(row.payload.as_deref())
        .bind(now)
        .bind(organization)
        .execute(conn)
        .await?;
    Ok(())
}

/// Every delivery of a session, oldest first.
pub async fn of_session(conn: &mut Conn, session: &str) -> Result<Vec<DeliveryRow>, StoreError> {
    let rows = sqlx::query(OF_SESSION).bind(session).fetch_all(conn).await?;
    Ok(rows.iter().map(delivery).collect::<Result<_, _>>()?)
}

/// What became of a session's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Events that told of a verdict.
    pub verdicts: i64,
    /// Deliveries of them that were withdrawn.
    pub superseded: i64,
    /// Deliveries of them that arrived.
    pub reached: i64,
    /// Deliveries that may still arrive.
    pub waiting: i64,
}

/// What became of a session's verdict.
pub async fn aftermath(conn: &mut Conn, session: &str) -> Result<Told, StoreError> {
    let row = sqlx::query(AFTERMATH).bind(session).fetch_one(conn).await?;
    Ok(Told {
        verdicts: row.try_get("verdicts")?,
        superseded: row.try_get("superseded")?,
        reached: row.try_get("reached")?,
        waiting: row.try_get("waiting")?,
    })
}

/// Destroys a delivery that was not made; [`StoreError::Stale`] if a worker has it, or tried it
/// since it was read.
pub async fn supersede(conn: &mut Conn, row: &DeliveryRow, now: i64) -> Result<(), StoreError> {
    let query = sqlx::query(SUPERSEDE).bind(row.id.as_str()).bind(now).bind(row.tries);
    expect_one(query.execute(conn).await?.rows_affected())
}

/// Keeps a session's deliveries from being tried before `until`.
pub async fn hold(conn: &mut Conn, session: &str, until: i64, now: i64) -> Result<(), StoreError> {
    sqlx::query(HOLD).bind(session).bind(until).bind(now).execute(conn).await?;
    Ok(())
}

/// Destroys every payload of a session; [`StoreError::Stale`] if a worker has one.
pub async fn erase(conn: &mut Conn, session: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query(ERASE).bind(session).bind(now).bind(ERASED).execute(&mut *conn).await?;
    let in_flight: i64 = sqlx::query(IN_FLIGHT).bind(session).fetch_one(conn).await?.try_get(0)?;
    if in_flight > 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// When the next delivery is due (ms).
pub async fn next_due(conn: &mut Conn) -> Result<Option<i64>, StoreError> {
    Ok(sqlx::query(NEXT_DUE).fetch_one(conn).await?.try_get(0)?)
}

/// Destroys the payloads of failed deliveries whose window has passed; returns how many. `span` is
/// how long (ms) a delivery can be on its way by itself.
pub async fn scrub(conn: &mut Conn, now: i64, span: i64) -> Result<u64, StoreError> {
    Ok(sqlx::query(SCRUB).bind(now).bind(span).execute(conn).await?.rows_affected())
}
