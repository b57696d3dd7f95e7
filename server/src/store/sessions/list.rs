//! Lists of sessions, newest first: each statement is one walk along an index from the cursor on, so
//! that a page costs the same at any size of the table.

use kayle_domain::{Session, Status, Timestamp};

use super::super::{Conn, StoreError};
use super::{columns, stored};

/// A walk from the newest to the oldest: whose, created from when, before which creation and id.
macro_rules! walk {
    ($bounds:expr, $order:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM sessions WHERE ",
            $bounds,
            " ORDER BY ",
            $order,
            "created_at DESC, id DESC LIMIT $5"
        )
    };
}
/// The same through one status. It stands in both bounds, for where it is only compared SQLite
/// prefers the index without it.
macro_rules! walk_status {
    ($status:literal, $filter:literal) => {
        walk!(
            concat!(
                "organization_id = $1 AND (status, created_at) >= (",
                $status,
                ", $2) AND (status, created_at, id) < (",
                $status,
                ", $3, $4)",
                $filter
            ),
            "status DESC, "
        )
    };
}
/// Those that are expired: as stored, or overdue at `$6`. The overdue ones are few, for the sweep is
/// at their heels; `|| ''` keeps the planner on their own partial index.
macro_rules! expired {
    ($filter:literal) => {
        concat!(
            "SELECT * FROM (",
            walk_status!("'expired'", $filter),
            ") AS swept UNION ALL SELECT * FROM (",
            walk!(
                concat!(
                    "organization_id || '' = $1 AND created_at >= $2 \
                     AND (created_at, id) < ($3, $4) \
                     AND status IN ('created', 'in_progress') AND expires_at <= $6",
                    $filter
                ),
                ""
            ),
            ") AS overdue ORDER BY created_at DESC, id DESC LIMIT $5"
        )
    };
}

/// An organization's sessions.
pub const LIST: &str =
    walk!("organization_id = $1 AND created_at >= $2 AND (created_at, id) < ($3, $4)", "");
/// Those with a status, if they were not over by an instant.
pub const LIST_BY_STATUS: &str = walk_status!("$6", " AND expires_at > $7");
/// Those that are expired at an instant.
pub const LIST_EXPIRED: &str = expired!("");
/// Those with a reference.
pub const LIST_BY_REFERENCE: &str = walk!(
    "organization_id = $1 AND created_at >= $2 AND (created_at, id) < ($3, $4) \
     AND client_reference_id = $6",
    ""
);
/// Those with a status and a reference.
pub const LIST_BY_STATUS_AND_REFERENCE: &str =
    walk_status!("$6", " AND expires_at > $7 AND client_reference_id = $8");
/// Those that are expired and have a reference.
pub const LIST_EXPIRED_BY_REFERENCE: &str = expired!(" AND client_reference_id = $7");

/// The filters of a list; `None` means any.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// As seen at the time of the list.
    pub status: Option<Status>,
    /// Created at this instant or later.
    pub created_from: Option<Timestamp>,
    /// Created at this instant or earlier.
    pub created_to: Option<Timestamp>,
    /// The integrator's own name.
    pub client_reference_id: Option<String>,
    /// Only what comes after this session: its creation and id.
    pub after: Option<(Timestamp, String)>,
}

impl Filter {
    /// The creation and id that every session of the list lies before.
    fn end(&self) -> (i64, &str) {
        let to = self.created_to.map_or(i64::MAX, |at| at.millis().saturating_add(1));
        match &self.after {
            Some((at, id)) if at.millis() < to => (at.millis(), id),
            _ => (to, ""),
        }
    }
}

/// Up to `limit` sessions of an organization, newest first.
pub async fn list(
    conn: &mut Conn,
    organization: &str,
    filter: &Filter,
    (now, limit): (Timestamp, i64),
    sandbox: bool,
) -> Result<Vec<Session>, StoreError> {
    let (reference, status) = (filter.client_reference_id.as_deref(), filter.status);
    let sql = match (status, reference) {
        (None, None) => LIST,
        (None, Some(_)) => LIST_BY_REFERENCE,
        (Some(Status::Expired), None) => LIST_EXPIRED,
        (Some(Status::Expired), Some(_)) => LIST_EXPIRED_BY_REFERENCE,
        (Some(_), None) => LIST_BY_STATUS,
        (Some(_), Some(_)) => LIST_BY_STATUS_AND_REFERENCE,
    };
    let (before, id) = filter.end();
    let walk = sqlx::query(sql)
        .bind(organization)
        .bind(filter.created_from.map_or(i64::MIN, Timestamp::millis))
        .bind(before)
        .bind(id)
        .bind(limit);
    let walk = match status {
        None => walk,
        Some(Status::Expired) => walk.bind(now.millis()),
        Some(status) => {
            let not_over_by = if status.is_terminal() { i64::MIN } else { now.millis() };
            walk.bind(status.as_str()).bind(not_over_by)
        }
    };
    let query = match reference {
        None => walk,
        Some(reference) => walk.bind(reference),
    };
    let rows = query.fetch_all(conn).await?;
    rows.iter().map(|row| Ok(stored(row, sandbox)?.session)).collect()
}
