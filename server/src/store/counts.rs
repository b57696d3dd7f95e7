//! How much work is open: counts that a partial index answers, however large the tables grow.

use sqlx::Row;

use super::{Conn, StoreError, outbox};

/// Sessions that are not terminal.
pub const OPEN_SESSIONS: &str =
    "SELECT COUNT(*) FROM sessions WHERE status IN ('created', 'in_progress')";
/// Deliveries that wait for a try.
pub const PENDING: &str = "SELECT COUNT(*) FROM deliveries WHERE status = 'pending'";
/// Deliveries that are being tried.
pub const DELIVERING: &str = "SELECT COUNT(*) FROM deliveries WHERE status = 'delivering'";

/// The work that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Sessions that are not terminal, overdue ones that the sweep has not seen included.
    pub open_sessions: i64,
    /// Deliveries that wait for a try.
    pub pending: i64,
    /// Deliveries that are being tried.
    pub delivering: i64,
    /// When the next delivery is due (ms).
    pub next_due: Option<i64>,
}

/// Counts the work that is open.
pub async fn counts(conn: &mut Conn) -> Result<Counts, StoreError> {
    Ok(Counts {
        open_sessions: sqlx::query(OPEN_SESSIONS).fetch_one(&mut *conn).await?.try_get(0)?,
        pending: sqlx::query(PENDING).fetch_one(&mut *conn).await?.try_get(0)?,
        delivering: sqlx::query(DELIVERING).fetch_one(&mut *conn).await?.try_get(0)?,
        next_due: outbox::next_due(conn).await?,
    })
}
