//! Organizations, API keys and the database's own facts.

use kayle_app::view::OrganizationView;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::reader::places;
use super::{Conn, StoreError};

/// Records the mode unless one is recorded.
pub const SETTLE_MODE: &str =
    "INSERT INTO meta (name, value) VALUES ('mode', $1) ON CONFLICT (name) DO NOTHING";
/// The recorded mode.
pub const MODE: &str = "SELECT value FROM meta WHERE name = 'mode'";
/// A new organization.
pub const INSERT_ORGANIZATION: &str = "INSERT INTO organizations \
    (id, name, website, privacy_url, terms_url, support_email, fallback_url, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
/// Every organization, oldest first.
pub const ORGANIZATIONS: &str = "SELECT id, name, website, privacy_url, terms_url, support_email, \
    fallback_url, created_at FROM organizations ORDER BY created_at, id";
/// Up to 16 organizations.
pub const ORGANIZATIONS_BY_ID: &str = concat!(
    "SELECT id, name, website, privacy_url, terms_url, support_email, fallback_url, created_at \
     FROM organizations WHERE id IN (",
    places!(),
    ")"
);
/// A new API key.
pub const INSERT_KEY: &str = "INSERT INTO api_keys \
    (id, organization_id, name, hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
/// Every API key, oldest first.
pub const KEYS: &str = "SELECT id, organization_id, name, scopes, created_at, disabled_at, hash, \
    last_used_at FROM api_keys ORDER BY created_at, id";
/// An enabled API key by its stored hash.
pub const KEY_BY_HASH: &str = "SELECT id, organization_id, name, scopes, created_at, disabled_at, \
    hash, last_used_at FROM api_keys WHERE hash = $1 AND disabled_at IS NULL";
/// Disables an API key that is enabled.
pub const DISABLE_KEY: &str =
    "UPDATE api_keys SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL";

/// Notes when an API key was last used.
pub const USE_KEY: &str = "UPDATE api_keys SET last_used_at = $2 \
    WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)";

/// A relying party.
#[derive(Debug, Clone)]
pub struct OrganizationRow {
    /// Its id.
    pub id: String,
    /// What its users may see of it.
    pub view: OrganizationView,
    /// When it was created (ms).
    pub created_at: i64,
}

/// An API key without its text.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub organization_id: String,
    /// Its name.
    pub name: String,
    /// Comma-separated scopes.
    pub scopes: String,
    /// When it was created (ms).
    pub created_at: i64,
    /// When it was disabled (ms).
    pub disabled_at: Option<i64>,
    /// Its stored hash.
    pub hash: String,
    /// When it was last used, to within a sweep (ms).
    pub last_used_at: Option<i64>,
}

/// The organization a row holds.
pub(super) fn organization(row: &AnyRow) -> Result<OrganizationRow, sqlx::Error> {
    Ok(OrganizationRow {
        id: row.try_get(0)?,
        view: OrganizationView {
            name: row.try_get(1)?,
            website: row.try_get(2)?,
            privacy_url: row.try_get(3)?,
            terms_url: row.try_get(4)?,
            support_email: row.try_get(5)?,
            fallback_url: row.try_get(6)?,
        },
        created_at: row.try_get(7)?,
    })
}

fn key(row: &AnyRow) -> Result<KeyRow, sqlx::Error> {
    Ok(KeyRow {
        id: row.try_get(0)?,
        organization_id: row.try_get(1)?,
        name: row.try_get(2)?,
        scopes: row.try_get(3)?,
        created_at: row.try_get(4)?,
        disabled_at: row.try_get(5)?,
        hash: row.try_get(6)?,
        last_used_at: row.try_get(7)?,
    })
}

/// Stores a new organization.
pub async fn insert_organization(conn: &mut Conn, row: &OrganizationRow) -> Result<(), StoreError> {
    sqlx::query(INSERT_ORGANIZATION)
        .bind(row.id.as_str())
        .bind(row.view.name.as_str())
        .bind(row.view.website.as_deref())
        .bind(row.view.privacy_url.as_deref())
        .bind(row.view.terms_url.as_deref())
        .bind(row.view.support_email.as_deref())
        .bind(row.view.fallback_url.as_deref())
        .bind(row.created_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Every organization, oldest first.
pub async fn organizations(conn: &mut Conn) -> Result<Vec<OrganizationRow>, StoreError> {
    let rows = sqlx::query(ORGANIZATIONS).fetch_all(conn).await?;
    Ok(rows.iter().map(organization).collect::<Result<_, _>>()?)
}

/// Stores a new API key.
pub async fn insert_key(conn: &mut Conn, row: &KeyRow) -> Result<(), StoreError> {
    sqlx::query(INSERT_KEY)
        .bind(row.id.as_str())
        .bind(row.organization_id.as_str())
        .bind(row.name.as_str())
        .bind(row.hash.as_str())
        .bind(row.scopes.as_str())
        .bind(row.created_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Every API key, oldest first.
pub async fn keys(conn: &mut Conn) -> Result<Vec<KeyRow>, StoreError> {
    let rows = sqlx::query(KEYS).fetch_all(conn).await?;
    Ok(rows.iter().map(key).collect::<Result<_, _>>()?)
}

/// The enabled API key whose stored hash is one of `hashes`.
pub async fn key_by_hash(conn: &mut Conn, hashes: &[String]) -> Result<Option<KeyRow>, StoreError> {
    for hash in hashes {
        let row = sqlx::query(KEY_BY_HASH).bind(hash.as_str()).fetch_optional(&mut *conn).await?;
        if let Some(row) = row {
            return Ok(Some(key(&row)?));
        }
    }
    Ok(None)
}

/// Disables an API key; `false` if there is no enabled key with this id.
pub async fn disable_key(conn: &mut Conn, id: &str, now: i64) -> Result<bool, StoreError> {
    let done = sqlx::query(DISABLE_KEY).bind(id).bind(now).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// Notes when an API key was last used; an earlier time changes nothing.
pub async fn use_key(conn: &mut Conn, id: &str, at: i64) -> Result<(), StoreError> {
    sqlx::query(USE_KEY).bind(id).bind(at).execute(conn).await?;
    Ok(())
}
