//! Webhook endpoints and the keys their payloads are encrypted to.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Conn, StoreError, expect_one};

macro_rules! columns {
    () => {
        "id, organization_id, name, url, secret, previous_secret, previous_until, event_types, \
         retention_hours, disabled_at, deleted_at, created_at, updated_at"
    };
}
macro_rules! key_columns {
    () => {
        "id, endpoint_id, organization_id, key_id, jwk, created_at, deactivated_at"
    };
}

/// A new endpoint.
pub const INSERT: &str = "INSERT INTO endpoints (id, organization_id, name, url, secret, \
    event_types, retention_hours, disabled_at, created_at, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";
/// An organization's endpoints that were not deleted, oldest first.
pub const OF_ORGANIZATION: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM endpoints WHERE organization_id = $1 AND deleted_at IS NULL ORDER BY created_at, id"
);
/// One endpoint, deleted or not.
pub const BY_ID: &str = concat!("SELECT ", columns!(), " FROM endpoints WHERE id = $1");
/// Saves what can change of an endpoint.
pub const SAVE: &str = "UPDATE endpoints SET name = $2, url = $3, secret = $4, \
    previous_secret = $5, previous_until = $6, event_types = $7, retention_hours = $8, \
    disabled_at = $9, deleted_at = $10, updated_at = $11 WHERE id = $1 AND deleted_at IS NULL";
/// Enables or disables an endpoint.
pub const SET_DISABLED: &str =
    "UPDATE endpoints SET disabled_at = $2, updated_at = $3 WHERE id = $1";
/// Disables an endpoint that answered 410, unless it was changed since it was asked.
pub const GONE: &str = "UPDATE endpoints SET disabled_at = $2, updated_at = $2 \
    WHERE id = $1 AND disabled_at IS NULL AND updated_at = $3";
/// Lets one transaction at a time change an endpoint: it changes nothing itself.
pub const LOCK: &str = "UPDATE endpoints SET name = name WHERE id = $1";
/// Lets one transaction at a time add to an organization: it changes nothing.
pub const LOCK_ORGANIZATION: &str = "UPDATE organizations SET name = name WHERE id = $1";
/// A new encryption key.
pub const INSERT_KEY: &str = "INSERT INTO endpoint_keys (id, endpoint_id, organization_id, \
    key_id, jwk, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
/// An endpoint's keys, oldest first.
pub const KEYS: &str = concat!(
    "SELECT ",
    key_columns!(),
    " FROM endpoint_keys WHERE endpoint_id = $1 ORDER BY created_at, id"
);
/// One key.
pub const KEY: &str = concat!("SELECT ", key_columns!(), " FROM endpoint_keys WHERE id = $1");
/// One endpoint, deleted or not, and the key its payloads are encrypted to.
pub const TARGET: &str = "SELECT e.id, e.organization_id, e.name, e.url, e.secret, \
    e.previous_secret, e.previous_until, e.event_types, e.retention_hours, e.disabled_at, \
    e.deleted_at, e.created_at, e.updated_at, k.id, k.endpoint_id, k.organization_id, k.key_id, \
    k.jwk, k.created_at, k.deactivated_at FROM endpoints e LEFT JOIN endpoint_keys k \
    ON k.endpoint_id = e.id AND k.deactivated_at IS NULL WHERE e.id = $1";
/// Deactivates whatever key of an endpoint is active.
pub const DEACTIVATE_KEYS: &str = "UPDATE endpoint_keys SET deactivated_at = $2 \
    WHERE endpoint_id = $1 AND deactivated_at IS NULL";
/// Activates (`NULL`) or deactivates one key.
pub const SET_DEACTIVATED: &str = "UPDATE endpoint_keys SET deactivated_at = $2 WHERE id = $1";

/// Where an organization is told.
#[derive(Debug, Clone)]
pub struct EndpointRow {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub organization_id: String,
    /// Its name.
    pub name: String,
    /// Where it listens.
    pub url: String,
    /// Its signing secret, sealed.
    pub secret: String,
    /// The secret before, sealed, and until when it signs too (ms).
    pub previous: Option<(String, i64)>,
    /// The event types it wants, comma-separated.
    pub event_types: String,
    /// How long an undelivered payload is kept (hours).
    pub retention_hours: i64,
    /// When it was disabled (ms).
    pub disabled_at: Option<i64>,
    /// When it was deleted (ms).
    pub deleted_at: Option<i64>,
    /// When it was created (ms).
    pub created_at: i64,
    /// When it last changed (ms).
    pub updated_at: i64,
}

/// A key that payloads for an endpoint are encrypted to.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// Its id.
    pub id: String,
    /// The endpoint.
    pub endpoint_id: String,
    /// Whose it is.
    pub organization_id: String,
    /// Its owner's name for it: the `kid`.
    pub key_id: String,
    /// The public JWK.
    pub jwk: String,
    /// When it was registered (ms).
    pub created_at: i64,
    /// When it was deactivated (ms).
    pub deactivated_at: Option<i64>,
}

fn endpoint(row: &AnyRow) -> Result<EndpointRow, sqlx::Error> {
    let previous: Option<String> = row.try_get(5)?;
    let until: Option<i64> = row.try_get(6)?;
    Ok(EndpointRow {
        id: row.try_get(0)?,
        organization_id: row.try_get(1)?,
        name: row.try_get(2)?,
        url: row.try_get(3)?,
        secret: row.try_get(4)?,
        previous: previous.zip(until),
        event_types: row.try_get(7)?,
        retention_hours: row.try_get(8)?,
        disabled_at: row.try_get(9)?,
        deleted_at: row.try_get(10)?,
        created_at: row.try_get(11)?,
        updated_at: row.try_get(12)?,
    })
}

fn key(row: &AnyRow) -> Result<KeyRow, sqlx::Error> {
    key_from(row, 0)
}

/// A key whose columns begin with number `first`.
fn key_from(row: &AnyRow, first: usize) -> Result<KeyRow, sqlx::Error> {
    Ok(KeyRow {
        id: row.try_get(first)?,
        endpoint_id: row.try_get(first + 1)?,
        organization_id: row.try_get(first + 2)?,
        key_id: row.try_get(first + 3)?,
        jwk: row.try_get(first + 4)?,
        created_at: row.try_get(first + 5)?,
        deactivated_at: row.try_get(first + 6)?,
    })
}

/// Stores a new endpoint.
pub async fn insert(conn: &mut Conn, row: &EndpointRow) -> Result<(), StoreError> {
    sqlx::query(INSERT)
        .bind(row.id.as_str())
        .bind(row.organization_id.as_str())
        .bind(row.name.as_str())
        .bind(row.url.as_str())
        .bind(row.secret.as_str())
        .bind(row.event_types.as_str())
        .bind(row.retention_hours)
        .bind(row.disabled_at)
        .bind(row.created_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// An organization's endpoints that were not deleted, oldest first.
pub async fn of_organization(
    conn: &mut Conn,
    organization: &str,
) -> Result<Vec<EndpointRow>, StoreError> {
    let rows = sqlx::query(OF_ORGANIZATION).bind(organization).fetch_all(conn).await?;
    Ok(rows.iter().map(endpoint).collect::<Result<_, _>>()?)
}

/// One endpoint, deleted or not.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<EndpointRow>, StoreError> {
    let row = sqlx::query(BY_ID).bind(id).fetch_optional(conn).await?;
    Ok(row.as_ref().map(endpoint).transpose()?)
}

/// Saves an endpoint; [`StoreError::Stale`] if it was deleted meanwhile.
pub async fn save(conn: &mut Conn, row: &EndpointRow) -> Result<(), StoreError> {
    let previous = row.previous.as_ref();
    let done = sqlx::query(SAVE)
        .bind(row.id.as_str())
        .bind(row.name.as_str())
        .bind(row.url.as_str())
        .bind(row.secret.as_str())
        .bind(previous.map(|(secret, _)| secret.as_str()))
        .bind(previous.map(|(_, until)| *until))
        .bind(row.event_types.as_str())
        .bind(row.retention_hours)
        .bind(row.disabled_at)
        .bind(row.deleted_at)
        .bind(row.updated_at)
        .execute(conn)
        .await?;
    expect_one(done.rows_affected())
}

/// Enables (`None`) or disables an endpoint.
pub async fn set_disabled(
    conn: &mut Conn,
    id: &str,
    at: Option<i64>,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(SET_DISABLED).bind(id).bind(at).bind(now).execute(conn).await?;
    Ok(())
}

/// Disables an endpoint that answered 410 and was last changed at `seen`.
pub async fn gone(conn: &mut Conn, id: &str, seen: i64, now: i64) -> Result<(), StoreError> {
    sqlx::query(GONE).bind(id).bind(now).bind(seen).execute(conn).await?;
    Ok(())
}

/// Waits until no other transaction changes this endpoint.
pub async fn lock(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    sqlx::query(LOCK).bind(id).execute(conn).await?;
    Ok(())
}

/// Waits until no other transaction adds to this organization.
pub async fn lock_organization(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    sqlx::query(LOCK_ORGANIZATION).bind(id).execute(conn).await?;
    Ok(())
}

/// Stores a new key; [`StoreError::Stale`] if its endpoint has one of that name, or an active one.
pub async fn insert_key(conn: &mut Conn, row: &KeyRow) -> Result<(), StoreError> {
    sqlx::query(INSERT_KEY)
        .bind(row.id.as_str())
        .bind(row.endpoint_id.as_str())
        .bind(row.organization_id.as_str())
        .bind(row.key_id.as_str())
        .bind(row.jwk.as_str())
        .bind(row.created_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// An endpoint's keys, oldest first.
pub async fn keys(conn: &mut Conn, endpoint: &str) -> Result<Vec<KeyRow>, StoreError> {
    let rows = sqlx::query(KEYS).bind(endpoint).fetch_all(conn).await?;
    Ok(rows.iter().map(key).collect::<Result<_, _>>()?)
}

/// One key.
pub async fn key_by_id(conn: &mut Conn, id: &str) -> Result<Option<KeyRow>, StoreError> {
    let row = sqlx::query(KEY).bind(id).fetch_optional(conn).await?;
    Ok(row.as_ref().map(key).transpose()?)
}

/// One endpoint, deleted or not, and the key its payloads are encrypted to, if it has one.
pub async fn target(
    conn: &mut Conn,
    id: &str,
) -> Result<(Option<EndpointRow>, Option<KeyRow>), StoreError> {
    let Some(row) = sqlx::query(TARGET).bind(id).fetch_optional(conn).await? else {
        return Ok((None, None));
    };
    let keyed: Option<String> = row.try_get(13)?;
    let key = keyed.map(|_| key_from(&row, 13)).transpose()?;
    Ok((Some(endpoint(&row)?), key))
}

/// Deactivates whatever key of an endpoint is active.
pub async fn deactivate_keys(conn: &mut Conn, endpoint: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query(DEACTIVATE_KEYS).bind(endpoint).bind(now).execute(conn).await?;
    Ok(())
}

/// Activates (`None`) or deactivates a key.
pub async fn set_deactivated(conn: &mut Conn, id: &str, at: Option<i64>) -> Result<(), StoreError> {
    sqlx::query(SET_DEACTIVATED).bind(id).bind(at).execute(conn).await?;
    Ok(())
}
