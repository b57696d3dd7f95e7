//! Attempt rows: reserved before they are evaluated, closed with what came of it.

use kayle_domain::{Attempt, AttemptStatus, Check, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Conn, StoreError, expect_one};

/// Sessions whose attempts one statement reads.
const MANY: usize = 10;

macro_rules! columns {
    () => {
        "id, session_id, check_name, status, failure_code, completed_at, created_at, updated_at, \
         lease_token, lease_until, epoch"
    };
}

/// Reserves an attempt; the partial unique index allows one open attempt per session and check.
pub const INSERT: &str = "INSERT INTO attempts (session_id, id, check_name, status, epoch, \
    lease_token, lease_until, created_at, updated_at) \
    VALUES ($1, $2, $3, 'in_progress', $4, $5, $6, $7, $7)";
/// One attempt.
pub const BY_ID: &str =
    concat!("SELECT ", columns!(), " FROM attempts WHERE session_id = $1 AND id = $2");
/// The open attempt of a check.
pub const OPEN: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM attempts WHERE session_id = $1 AND check_name = $2 AND status = 'in_progress'"
);
/// Every attempt of up to ten sessions, oldest first.
pub const OF_SESSIONS: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM attempts WHERE session_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
     ORDER BY created_at, id"
);
/// Closes an attempt that is open under this lease.
pub const CLOSE: &str = "UPDATE attempts SET status = $4, failure_code = $5, completed_at = $6, \
    updated_at = $6 WHERE session_id = $1 AND id = $2 AND lease_token = $3 \
    AND status = 'in_progress'";
/// Takes a cancelled attempt up again under a new lease.
pub const REOPEN: &str = "UPDATE attempts SET status = 'in_progress', completed_at = NULL, \
    lease_token = $3, lease_until = $4, epoch = $5, updated_at = $6 \
    WHERE session_id = $1 AND id = $2 AND status = 'cancelled'";
/// Closes whatever is open when a session ends.
pub const CLOSE_ALL: &str = "UPDATE attempts SET status = 'failed', failure_code = $2, \
    completed_at = $3, updated_at = $3 WHERE session_id = $1 AND status = 'in_progress'";

/// An attempt with its lease.
#[derive(Debug, Clone)]
pub struct Reserved {
    /// The attempt.
    pub attempt: Attempt,
    /// Who may close it.
    pub lease_token: String,
    /// Until when.
    pub lease_until: Timestamp,
    /// The binding it was made under.
    pub epoch: i64,
}

fn reserved(row: &AnyRow) -> Result<Reserved, StoreError> {
    let id = |column| -> Result<String, StoreError> { Ok(row.try_get(column)?) };
    let at = |millis: i64| Timestamp::from_millis(millis);
    let corrupt = || StoreError::Corrupt("an attempt");
    Ok(Reserved {
        attempt: Attempt {
            id: id(0)?.try_into().map_err(|_| corrupt())?,
            session_id: id(1)?.try_into().map_err(|_| corrupt())?,
            check: Check::parse(row.try_get(2)?).ok_or_else(corrupt)?,
            status: AttemptStatus::parse(row.try_get(3)?).ok_or_else(corrupt)?,
            failure_code: row.try_get(4)?,
            completed_at: row.try_get::<Option<i64>, _>(5)?.map(at),
            created_at: at(row.try_get(6)?),
            updated_at: at(row.try_get(7)?),
        },
        lease_token: row.try_get(8)?,
        lease_until: at(row.try_get(9)?),
        epoch: row.try_get(10)?,
    })
}

/// Stores a new open attempt.
pub async fn insert(conn: &mut Conn, reserved: &Reserved) -> Result<(), StoreError> {
    sqlx::query(INSERT)
        .bind(reserved.attempt.session_id.as_str())
        .bind(reserved.attempt.id.as_str())
        .bind(reserved.attempt.check.as_str())
        .bind(reserved.epoch)
        .bind(reserved.lease_token.as_str())
        .bind(reserved.lease_until.millis())
        .bind(reserved.attempt.created_at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// One attempt of a session.
pub async fn by_id(
    conn: &mut Conn,
    session: &str,
    id: &str,
) -> Result<Option<Reserved>, StoreError> {
    let row = sqlx::query(BY_ID).bind(session).bind(id).fetch_optional(conn).await?;
    row.as_ref().map(reserved).transpose()
}

/// The open attempt of a check.
pub async fn open(
    conn: &mut Conn,
    session: &str,
    check: Check,
) -> Result<Option<Reserved>, StoreError> {
    let row = sqlx::query(OPEN).bind(session).bind(check.as_str()).fetch_optional(conn).await?;
    row.as_ref().map(reserved).transpose()
}

/// Every attempt of these sessions, oldest first.
pub async fn of_sessions(conn: &mut Conn, sessions: &[&str]) -> Result<Vec<Attempt>, StoreError> {
    let mut found = Vec::new();
    for some in sessions.chunks(MANY) {
        // A place that is left over names the first session once more.
        let places = some.iter().chain(std::iter::repeat(&some[0])).take(MANY);
        let query = places.fold(sqlx::query(OF_SESSIONS), |query, id| query.bind(*id));
        for row in &query.fetch_all(&mut *conn).await? {
            found.push(reserved(row)?.attempt);
        }
    }
    Ok(found)
}

/// Closes an attempt held under its lease; [`StoreError::Stale`] if it is not open any more.
pub async fn close(
    conn: &mut Conn,
    held: &Reserved,
    (status, failure): (AttemptStatus, Option<&str>),
    now: Timestamp,
) -> Result<(), StoreError> {
    let done = sqlx::query(CLOSE)
        .bind(held.attempt.session_id.as_str())
        .bind(held.attempt.id.as_str())
        .bind(held.lease_token.as_str())
        .bind(status.as_str())
        .bind(failure)
        .bind(now.millis())
        .execute(conn)
        .await?;
    expect_one(done.rows_affected())
}

/// Takes a cancelled attempt up again; [`StoreError::Stale`] if it is not cancelled.
pub async fn reopen(conn: &mut Conn, held: &Reserved) -> Result<(), StoreError> {
    let done = sqlx::query(REOPEN)
        .bind(held.attempt.session_id.as_str())
        .bind(held.attempt.id.as_str())
        .bind(held.lease_token.as_str())
        .bind(held.lease_until.millis())
        .bind(held.epoch)
        .bind(held.attempt.updated_at.millis())
        .execute(conn)
        .await?;
    expect_one(done.rows_affected())
}

/// Closes whatever is open when a session ends.
pub async fn close_all(
    conn: &mut Conn,
    session: &str,
    failure: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(CLOSE_ALL).bind(session).bind(failure).bind(now.millis()).execute(conn).await?;
    Ok(())
}
