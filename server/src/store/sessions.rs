//! Session rows: reading them into the domain's session, and saving it back.

mod list;

use kayle_domain::redirect::RedirectUrl;
use kayle_domain::session::{ChipPass, Consent, Device, State, Terms};
use kayle_domain::{
    CancelledBy, ClaimKey, FailureCode, Session, ShareContract, Status, Timestamp, Tries,
};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::reader::places;
use super::{Conn, StoreError, expect_one};

pub use list::{
    Filter, LIST, LIST_BY_REFERENCE, LIST_BY_STATUS, LIST_BY_STATUS_AND_REFERENCE, LIST_EXPIRED,
    LIST_EXPIRED_BY_REFERENCE, list,
};

/// Every column, in the order [`stored`] reads them.
macro_rules! columns {
    () => {
        "id, organization_id, version, status, contract, redirect_url, client_reference_id, \
         metadata, locale, endpoints, cancel_token_hash, cancel_token_used_at, nfc_tries, \
         liveness_tries, last_failure, failure_code, cancelled_by, consent_id, consented_at, \
         contract_hash, selected_keys, consent_locale, device_id, device_key, device_seen_at, \
         epoch, chip_attempt, chip_receipt, expires_at, completed_at, created_at, updated_at, \
         chip_document"
    };
}
pub(super) use columns;

/// A new session.
pub const INSERT: &str = "INSERT INTO sessions (id, organization_id, version, status, contract, \
    redirect_url, client_reference_id, metadata, locale, endpoints, cancel_token_hash, \
    expires_at, created_at, updated_at, idempotency_tag) \
    VALUES ($1, $2, 1, 'created', $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)";
/// One session.
pub const BY_ID: &str = concat!("SELECT ", columns!(), " FROM sessions WHERE id = $1");
/// Up to 16 sessions.
pub const BY_IDS: &str =
    concat!("SELECT ", columns!(), " FROM sessions WHERE id IN (", places!(), ")");
/// The short forms of as many.
pub const SHORTS: &str =
    concat!("SELECT id, status, device_id, expires_at FROM sessions WHERE id IN (", places!(), ")");
/// Saves every field that can change, if nobody saved in between.
pub const SAVE: &str = "UPDATE sessions SET version = $3, status = $4, nfc_tries = $5, \
    liveness_tries = $6, last_failure = $7, failure_code = $8, cancelled_by = $9, \
    consent_id = $10, consented_at = $11, contract_hash = $12, selected_keys = $13, \
    consent_locale = $14, device_id = $15, device_key = $16, device_seen_at = $17, epoch = $18, \
    chip_attempt = $19, chip_receipt = $20, completed_at = $21, updated_at = $22, \
    chip_document = $23 \
    WHERE id = $1 AND version = $2";
/// Marks the cancel token as used.
pub const CONSUME_TOKEN: &str = "UPDATE sessions SET cancel_token_used_at = $2 \
    WHERE id = $1 AND cancel_token_used_at IS NULL";
/// Open sessions whose time has passed, the longest overdue first.
pub const DUE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM sessions WHERE status IN ('created', 'in_progress') AND expires_at <= $1 \
     ORDER BY expires_at LIMIT $2"
);
/// Blanks what a session was created with, and names the create that may be remembered.
pub const ERASE: &str = "UPDATE sessions SET contract = $2, redirect_url = NULL, \
    client_reference_id = NULL, metadata = '{}' WHERE id = $1 RETURNING idempotency_tag";
/// A line of the audit trail.
pub const AUDIT: &str = "INSERT INTO audit \
    (id, session_id, organization_id, from_status, to_status, created_at, rule) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// A session with what only the server knows of it.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The session.
    pub session: Session,
    /// The cancel token's stored hash.
    pub cancel_token_hash: String,
    /// Whether the cancel token was used.
    pub cancel_token_used: bool,
}

/// What anyone who knows the id may read.
#[derive(Debug, Clone, Copy)]
pub struct Short {
    /// The status as stored.
    pub status: Status,
    /// Whether a device is bound.
    pub bound: bool,
    /// When it expires.
    pub expires_at: Timestamp,
}

fn corrupt<T>(value: Option<T>, what: &'static str) -> Result<T, StoreError> {
    value.ok_or(StoreError::Corrupt(what))
}

fn word<T>(text: Option<String>, parse: fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
    text.map(|text| corrupt(parse(&text), "a word")).transpose()
}

fn id<T: TryFrom<String>>(text: String) -> Result<T, StoreError> {
    T::try_from(text).map_err(|_| StoreError::Corrupt("an id"))
}

fn instant(row: &AnyRow, column: usize) -> Result<Option<Timestamp>, StoreError> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(Timestamp::from_millis))
}

fn terms(row: &AnyRow, sandbox: bool) -> Result<Terms, StoreError> {
    let contract: &str = row.try_get(4)?;
    let metadata: &str = row.try_get(7)?;
    let endpoints: &str = row.try_get(9)?;
    Ok(Terms {
        organization: id(row.try_get(1)?)?,
        contract: corrupt(ShareContract::from_canonical(contract), "contract")?,
        redirect_url: row.try_get::<Option<String>, _>(5)?.map(RedirectUrl::trusted),
        client_reference_id: row.try_get(6)?,
        metadata: serde_json::from_str(metadata).map_err(|_| StoreError::Corrupt("metadata"))?,
        locale: row.try_get(8)?,
        endpoints: endpoints
            .split(',')
            .filter(|text| !text.is_empty())
            .map(|text| id(text.to_owned()))
            .collect::<Result<_, _>>()?,
        sandbox,
    })
}

fn state(row: &AnyRow) -> Result<State, StoreError> {
    let status: &str = row.try_get(3)?;
    let at = || corrupt(instant(row, 29)?, "completed_at");
    Ok(match corrupt(Status::parse(status), "status")? {
        Status::Created => State::Created,
        Status::InProgress => State::InProgress,
        Status::Succeeded => State::Succeeded { at: at()? },
        Status::Expired => State::Expired { at: at()? },
        Status::Failed => State::Failed {
            at: at()?,
            code: corrupt(word(row.try_get(15)?, FailureCode::parse)?, "failure_code")?,
        },
        Status::Cancelled => State::Cancelled {
            at: at()?,
            by: corrupt(word(row.try_get(16)?, CancelledBy::parse)?, "cancelled_by")?,
        },
    })
}

fn consent(row: &AnyRow) -> Result<Option<Consent>, StoreError> {
    let Some(consent_id) = row.try_get::<Option<String>, _>(17)? else { return Ok(None) };
    let selected: &str = row.try_get(20)?;
    Ok(Some(Consent {
        id: id(consent_id)?,
        at: corrupt(instant(row, 18)?, "consented_at")?,
        contract_hash: row.try_get(19)?,
        selected: corrupt(selected.split(',').map(ClaimKey::parse).collect(), "selected_keys")?,
        locale: row.try_get(21)?,
    }))
}

fn device(row: &AnyRow) -> Result<Option<Device>, StoreError> {
    let Some(id) = row.try_get::<Option<String>, _>(22)? else { return Ok(None) };
    let last_seen_at = corrupt(instant(row, 24)?, "device_seen_at")?;
    Ok(Some(Device { id, public_key: row.try_get(23)?, last_seen_at }))
}

fn chip(row: &AnyRow) -> Result<Option<ChipPass>, StoreError> {
    let Some(attempt) = row.try_get::<Option<String>, _>(26)? else { return Ok(None) };
    // One of before documents were noted matches none: it is read again.
    let document = row.try_get::<Option<String>, _>(32)?.unwrap_or_default();
    Ok(Some(ChipPass { attempt: id(attempt)?, receipt_hash: row.try_get(27)?, document }))
}

fn small(row: &AnyRow, column: usize) -> Result<u8, StoreError> {
    u8::try_from(row.try_get::<i64, _>(column)?).map_err(|_| StoreError::Corrupt("a counter"))
}

/// The session a row holds.
pub(super) fn stored(row: &AnyRow, sandbox: bool) -> Result<Stored, StoreError> {
    let session = Session {
        id: id(row.try_get(0)?)?,
        terms: terms(row, sandbox)?,
        version: row.try_get(2)?,
        state: state(row)?,
        tries: Tries { nfc: small(row, 12)?, liveness: small(row, 13)? },
        last_failure: word(row.try_get(14)?, FailureCode::parse)?,
        consent: consent(row)?,
        device: device(row)?,
        epoch: row.try_get(25)?,
        chip: chip(row)?,
        expires_at: Timestamp::from_millis(row.try_get(28)?),
        created_at: Timestamp::from_millis(row.try_get(30)?),
        updated_at: Timestamp::from_millis(row.try_get(31)?),
    };
    Ok(Stored {
        session,
        cancel_token_hash: row.try_get(10)?,
        cancel_token_used: row.try_get::<Option<i64>, _>(11)?.is_some(),
    })
}

fn joined<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// Stores a new session: with its cancel token's hash, and the tag of the create that may be
/// repeated.
pub async fn insert(
    conn: &mut Conn,
    session: &Session,
    token: &str,
    tag: Option<&str>,
) -> Result<(), StoreError> {
    let terms = &session.terms;
    sqlx::query(INSERT)
        .bind(session.id.as_str())
        .bind(terms.organization.as_str())
        .bind(terms.contract.canonical())
        .bind(terms.redirect_url.as_ref().map(RedirectUrl::as_str))
        .bind(terms.client_reference_id.as_deref())
        .bind(serde_json::Value::Object(terms.metadata.clone()).to_string())
        .bind(terms.locale.as_deref())
        .bind(joined(&terms.endpoints))
        .bind(token)
        .bind(session.expires_at.millis())
        .bind(session.created_at.millis())
        .bind(tag)
        .execute(conn)
        .await?;
    Ok(())
}

/// One session, whoever's it is.
pub async fn by_id(conn: &mut Conn, id: &str, sandbox: bool) -> Result<Option<Stored>, StoreError> {
    let row = sqlx::query(BY_ID).bind(id).fetch_optional(conn).await?;
    row.map(|row| stored(&row, sandbox)).transpose()
}

/// The short form a row of [`SHORTS`] holds.
pub(super) fn shortened(row: &AnyRow) -> Result<Short, StoreError> {
    Ok(Short {
        status: corrupt(Status::parse(row.try_get(1)?), "status")?,
        bound: row.try_get::<Option<&str>, _>(2)?.is_some(),
        expires_at: Timestamp::from_millis(row.try_get(3)?),
    })
}

/// Saves a session whose version is one above the stored one; else [`StoreError::Stale`].
pub async fn save(conn: &mut Conn, session: &Session) -> Result<(), StoreError> {
    let consent = session.consent.as_ref();
    let device = session.device.as_ref();
    let chip = session.chip.as_ref();
    let done = sqlx::query(SAVE)
        .bind(session.id.as_str())
        .bind(session.version - 1)
        .bind(session.version)
        .bind(session.state.status().as_str())
        .bind(i64::from(session.tries.nfc))
        .bind(i64::from(session.tries.liveness))
        .bind(session.last_failure.map(FailureCode::as_str))
        .bind(session.failure_code().map(FailureCode::as_str))
        .bind(session.cancelled_by().map(CancelledBy::as_str))
        .bind(consent.map(|c| c.id.as_str()))
        .bind(consent.map(|c| c.at.millis()))
        .bind(consent.map(|c| c.contract_hash.as_str()))
        .bind(consent.map(|c| joined(&c.selected)))
        .bind(consent.map(|c| c.locale.as_str()))
        .bind(device.map(|d| d.id.as_str()))
        .bind(device.map(|d| d.public_key.as_str()))
        .bind(device.map(|d| d.last_seen_at.millis()))
        .bind(session.epoch)
        .bind(chip.map(|c| c.attempt.as_str()))
        .bind(chip.map(|c| c.receipt_hash.as_str()))
        .bind(session.state.completed_at().map(Timestamp::millis))
        .bind(session.updated_at.millis())
        .bind(chip.map(|c| c.document.as_str()).filter(|document| !document.is_empty()))
        .execute(conn)
        .await?;
    expect_one(done.rows_affected())
}

/// Marks the cancel token as used; [`StoreError::Stale`] if it was.
pub async fn consume_token(conn: &mut Conn, id: &str, now: Timestamp) -> Result<(), StoreError> {
    let done = sqlx::query(CONSUME_TOKEN).bind(id).bind(now.millis()).execute(conn).await?;
    expect_one(done.rows_affected())
}

/// Up to `limit` open sessions whose time has passed.
pub async fn due(
    conn: &mut Conn,
    now: Timestamp,
    limit: i64,
    sandbox: bool,
) -> Result<Vec<Session>, StoreError> {
    let rows = sqlx::query(DUE).bind(now.millis()).bind(limit).fetch_all(conn).await?;
    rows.iter().map(|row| Ok(stored(row, sandbox)?.session)).collect()
}

/// Blanks the terms of a session that was erased; returns the tag of the create that made it.
pub async fn erase(conn: &mut Conn, session: &Session) -> Result<Option<String>, StoreError> {
    let row = sqlx::query(ERASE)
        .bind(session.id.as_str())
        .bind(session.terms.contract.canonical())
        .fetch_one(conn)
        .await?;
    Ok(row.try_get(0)?)
}

/// Writes a line of the audit trail: what became of a session that was `from`, and which rule the
/// evidence broke, if that is why.
pub async fn audit(
    conn: &mut Conn,
    id: &str,
    session: &Session,
    (from, to, rule): (Status, &str, Option<&str>),
) -> Result<(), StoreError> {
    sqlx::query(AUDIT)
        .bind(id)
        .bind(session.id.as_str())
        .bind(session.terms.organization.as_str())
        .bind(from.as_str())
        .bind(to)
        .bind(session.updated_at.millis())
        .bind(rule)
        .execute(conn)
        .await?;
    Ok(())
}
