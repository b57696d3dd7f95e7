//! What was sent, when and how it went: events, deliveries and their tries, newest first.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Conn, StoreError};

macro_rules! event_columns {
    () => {
        "id, organization_id, session_id, kind, created_at"
    };
}
macro_rules! delivery_columns {
    () => {
        "id, organization_id, event_id, endpoint_id, session_id, kind, status, tries, next_at, \
         failure, CAST(CASE WHEN payload IS NULL THEN 0 ELSE 1 END AS BIGINT), completed_at, created_at, updated_at"
    };
}

/// An organization's events before a cursor.
pub const EVENTS: &str = concat!(
    "SELECT ",
    event_columns!(),
    " FROM events WHERE organization_id = $1 AND (created_at, id) < ($2, $3) \
     AND (CAST($5 AS TEXT) IS NULL OR kind = $5) \
     AND (CAST($6 AS TEXT) IS NULL OR session_id = $6) \
     ORDER BY created_at DESC, id DESC LIMIT $4"
);
/// One event.
pub const EVENT: &str = concat!("SELECT ", event_columns!(), " FROM events WHERE id = $1");
/// An organization's deliveries before a cursor.
pub const DELIVERIES: &str = concat!(
    "SELECT ",
    delivery_columns!(),
    " FROM deliveries WHERE organization_id = $1 AND (created_at, id) < ($2, $3) \
     AND (CAST($5 AS TEXT) IS NULL OR status = $5) \
     AND (CAST($6 AS TEXT) IS NULL OR endpoint_id = $6) \
     AND (CAST($7 AS TEXT) IS NULL OR event_id = $7) \
     AND (CAST($8 AS TEXT) IS NULL OR session_id = $8) \
     ORDER BY created_at DESC, id DESC LIMIT $4"
);
/// One delivery.
pub const DELIVERY: &str =
    concat!("SELECT ", delivery_columns!(), " FROM deliveries WHERE id = $1");
/// An event's deliveries, oldest first.
pub const OF_EVENT: &str = concat!(
    "SELECT ",
    delivery_columns!(),
    " FROM deliveries WHERE event_id = $1 ORDER BY created_at, id"
);
/// A delivery's tries, oldest first.
pub const TRIES: &str = "SELECT id, delivery_id, latency_ms, status_code, error_class, created_at \
    FROM delivery_tries WHERE delivery_id = $1 ORDER BY created_at, id";
/// Makes a failed delivery whose payload is kept due again.
pub const RETRY: &str = "UPDATE deliveries SET status = 'pending', lane = 1, next_at = $2, failure = NULL, \
    completed_at = NULL, updated_at = $2 \
    WHERE id = $1 AND status = 'failed' AND payload IS NOT NULL";
/// Ends what waits for an endpoint that was deleted, and destroys what was kept for it.
pub const ENDPOINT_DELETED: &str = "UPDATE deliveries SET payload = NULL, updated_at = $2, \
    failure = CASE WHEN status = 'pending' THEN $3 ELSE failure END, \
    completed_at = CASE WHEN status = 'pending' THEN $2 ELSE completed_at END, \
    status = CASE WHEN status = 'pending' THEN 'failed' ELSE status END \
    WHERE endpoint_id = $1 AND status IN ('pending', 'failed')";

/// An event, without what it said.
#[derive(Debug, Clone)]
pub struct EventLine {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub organization_id: String,
    /// The session; empty for a test.
    pub session_id: String,
    /// Its type.
    pub kind: String,
    /// When it happened (ms).
    pub created_at: i64,
}

/// A delivery, without what it said.
#[derive(Debug, Clone)]
pub struct DeliveryLine {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub organization_id: String,
    /// The event.
    pub event_id: String,
    /// The endpoint.
    pub endpoint_id: String,
    /// The session; empty for a test.
    pub session_id: String,
    /// The event's type.
    pub kind: String,
    /// `pending`, `delivering`, `succeeded`, `failed` or `superseded`.
    pub status: String,
    /// Tries begun.
    pub tries: i64,
    /// When the next try is due (ms).
    pub next_at: i64,
    /// Why there will be none.
    pub failure: Option<String>,
    /// Whether the payload is kept.
    pub kept: bool,
    /// When it ended (ms).
    pub completed_at: Option<i64>,
    /// When it was made (ms).
    pub created_at: i64,
    /// When it last changed (ms).
    pub updated_at: i64,
}

/// One try of a delivery.
#[derive(Debug, Clone)]
pub struct TryLine {
    /// Its id.
    pub id: String,
    /// The delivery.
    pub delivery_id: String,
    /// How long the endpoint took (ms).
    pub latency_ms: i64,
    /// What it answered.
    pub status_code: Option<i64>,
    /// What went wrong instead.
    pub error_class: Option<String>,
    /// When it ended (ms).
    pub created_at: i64,
}

/// Which deliveries a list holds; `None` means any.
#[derive(Debug, Clone, Default)]
pub struct DeliveryFilter {
    /// With this status.
    pub status: Option<String>,
    /// For this endpoint.
    pub endpoint_id: Option<String>,
    /// Of this event.
    pub event_id: Option<String>,
    /// Of this session.
    pub session_id: Option<String>,
}

/// Where a page begins, and how many rows it has at the most.
#[derive(Debug, Clone)]
pub struct Window {
    /// Rows before this creation and id; `None` begins with the newest.
    pub before: Option<(i64, String)>,
    /// Rows at the most.
    pub limit: i64,
}

impl Window {
    fn end(&self) -> (i64, &str) {
        self.before.as_ref().map_or((i64::MAX, ""), |(at, id)| (*at, id))
    }
}

fn event(row: &AnyRow) -> Result<EventLine, sqlx::Error> {
    Ok(EventLine {
        id: row.try_get(0)?,
        organization_id: row.try_get(1)?,
        session_id: row.try_get(2)?,
        kind: row.try_get(3)?,
        created_at: row.try_get(4)?,
    })
}

fn delivery(row: &AnyRow) -> Result<DeliveryLine, sqlx::Error> {
    Ok(DeliveryLine {
        id: row.try_get(0)?,
        organization_id: row.try_get(1)?,
        event_id: row.try_get(2)?,
        endpoint_id: row.try_get(3)?,
        session_id: row.try_get(4)?,
        kind: row.try_get(5)?,
        status: row.try_get(6)?,
        tries: row.try_get(7)?,
        next_at: row.try_get(8)?,
        failure: row.try_get(9)?,
        kept: row.try_get::<i64, _>(10)? == 1,
        completed_at: row.try_get(11)?,
        created_at: row.try_get(12)?,
        updated_at: row.try_get(13)?,
    })
}

fn tried(row: &AnyRow) -> Result<TryLine, sqlx::Error> {
    Ok(TryLine {
        id: row.try_get(0)?,
        delivery_id: row.try_get(1)?,
        latency_ms: row.try_get(2)?,
        status_code: row.try_get(3)?,
        error_class: row.try_get(4)?,
        created_at: row.try_get(5)?,
    })
}

/// An organization's events, newest first.
pub async fn events(
    conn: &mut Conn,
    organization: &str,
    window: &Window,
    (kind, session): (Option<&str>, Option<&str>),
) -> Result<Vec<EventLine>, StoreError> {
    let (before, id) = window.end();
    let query = sqlx::query(EVENTS).bind(organization).bind(before).bind(id).bind(window.limit);
    let rows = query.bind(kind).bind(session).fetch_all(conn).await?;
    Ok(rows.iter().map(event).collect::<Result<_, _>>()?)
}

/// One event.
pub async fn event_by_id(conn: &mut Conn, id: &str) -> Result<Option<EventLine>, StoreError> {
    let row = sqlx::query(EVENT).bind(id).fetch_optional(conn).await?;
    Ok(row.as_ref().map(event).transpose()?)
}

/// An organization's deliveries, newest first.
pub async fn deliveries(
    conn: &mut Conn,
    organization: &str,
    window: &Window,
    filter: &DeliveryFilter,
) -> Result<Vec<DeliveryLine>, StoreError> {
    let (before, id) = window.end();
    let rows = sqlx::query(DELIVERIES)
        .bind(organization)
        .bind(before)
        .bind(id)
        .bind(window.limit)
        .bind(filter.status.as_deref())
        .bind(filter.endpoint_id.as_deref())
        .bind(filter.event_id.as_deref())
        .bind(filter.session_id.as_deref())
        .fetch_all(conn)
        .await?;
    Ok(rows.iter().map(delivery).collect::<Result<_, _>>()?)
}

/// One delivery.
pub async fn delivery_by_id(conn: &mut Conn, id: &str) -> Result<Option<DeliveryLine>, StoreError> {
    let row = sqlx::query(DELIVERY).bind(id).fetch_optional(conn).await?;
    Ok(row.as_ref().map(delivery).transpose()?)
}

/// An event's deliveries, oldest first.
pub async fn of_event(conn: &mut Conn, event: &str) -> Result<Vec<DeliveryLine>, StoreError> {
    let rows = sqlx::query(OF_EVENT).bind(event).fetch_all(conn).await?;
    Ok(rows.iter().map(delivery).collect::<Result<_, _>>()?)
}

/// A delivery's tries, oldest first.
pub async fn tries(conn: &mut Conn, delivery: &str) -> Result<Vec<TryLine>, StoreError> {
    let rows = sqlx::query(TRIES).bind(delivery).fetch_all(conn).await?;
    Ok(rows.iter().map(tried).collect::<Result<_, _>>()?)
}

/// Makes a failed delivery due at `now`; `false` if it is not failed, or its payload is gone.
pub async fn retry(conn: &mut Conn, id: &str, now: i64) -> Result<bool, StoreError> {
    let done = sqlx::query(RETRY).bind(id).bind(now).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// Ends what waits for a deleted endpoint, for `reason`, and destroys what was kept for it.
pub async fn endpoint_deleted(
    conn: &mut Conn,
    endpoint: &str,
    now: i64,
    reason: &str,
) -> Result<(), StoreError> {
    sqlx::query(ENDPOINT_DELETED).bind(endpoint).bind(now).bind(reason).execute(conn).await?;
    Ok(())
}
