//! Creates that are remembered, so that repeating one creates nothing.

use sqlx::Row;

use super::{Conn, StoreError};

/// Remembers a create, in the place of one whose time is over; changes nothing if one is there.
pub const CLAIM: &str = "INSERT INTO idempotency (key_tag, body_tag, answer, created_at, \
    expires_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key_tag) DO UPDATE SET \
    body_tag = excluded.body_tag, answer = excluded.answer, created_at = excluded.created_at, \
    expires_at = excluded.expires_at WHERE idempotency.expires_at <= excluded.created_at";
/// A create that is still remembered.
pub const FIND: &str =
    "SELECT body_tag, answer FROM idempotency WHERE key_tag = $1 AND expires_at > $2";
/// Forgets one.
pub const FORGET: &str = "DELETE FROM idempotency WHERE key_tag = $1";
/// Forgets those whose time is over.
pub const FORGET_OLD: &str = "DELETE FROM idempotency WHERE expires_at <= $1";

/// A remembered create.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// Tag of the body it was made with.
    pub body_tag: String,
    /// The sealed answer.
    pub answer: String,
}

/// Remembers a create until `expires_at`; `false` if one is remembered under `key_tag`. Waits for
/// a transaction that is remembering one.
pub async fn claim(
    conn: &mut Conn,
    key_tag: &str,
    create: &Remembered,
    (now, expires_at): (i64, i64),
) -> Result<bool, StoreError> {
    let done = sqlx::query(CLAIM)
        .bind(key_tag)
        .bind(create.body_tag.as_str())
        .bind(create.answer.as_str())
        .bind(now)
        .bind(expires_at)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// What is remembered under `key_tag`.
pub async fn find(
    conn: &mut Conn,
    key_tag: &str,
    now: i64,
) -> Result<Option<Remembered>, StoreError> {
    let row = sqlx::query(FIND).bind(key_tag).bind(now).fetch_optional(conn).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Remembered { body_tag: row.try_get(0)?, answer: row.try_get(1)? }))
}

/// Forgets what is remembered under `key_tag`.
pub async fn forget(conn: &mut Conn, key_tag: &str) -> Result<(), StoreError> {
    sqlx::query(FORGET).bind(key_tag).execute(conn).await?;
    Ok(())
}

/// Forgets what is over at `now`; returns how many.
pub async fn forget_old(conn: &mut Conn, now: i64) -> Result<u64, StoreError> {
    Ok(sqlx::query(FORGET_OLD).bind(now).execute(conn).await?.rows_affected())
}
