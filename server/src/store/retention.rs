//! What is kept no longer: oldest first, so much at a time, found by an index each.

use super::{Conn, StoreError};

/// Deliveries that are over.
macro_rules! over {
    () => {
        "(SELECT id FROM deliveries WHERE created_at <= $1 \
         AND status NOT IN ('pending', 'delivering') ORDER BY created_at LIMIT $2)"
    };
}
/// Sessions that ended.
macro_rules! ended {
    () => {
        "(SELECT id FROM sessions WHERE completed_at <= $1 ORDER BY completed_at LIMIT $2)"
    };
}

/// Forgets the tries of deliveries that are over.
pub const TRIES: &str = concat!("DELETE FROM delivery_tries WHERE delivery_id IN ", over!());
/// Forgets those deliveries.
pub const DELIVERIES: &str = concat!(
    "DELETE FROM deliveries WHERE id IN ",
    over!(),
    " AND NOT EXISTS (SELECT 1 FROM delivery_tries t WHERE t.delivery_id = deliveries.id)"
);
/// Forgets events that nothing is left of.
pub const EVENTS: &str = "DELETE FROM events WHERE id IN (SELECT e.id FROM events e \
    WHERE e.created_at <= $1 AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.event_id = e.id) \
    ORDER BY e.created_at LIMIT $2)";
/// Forgets the attempts of sessions that ended.
pub const ATTEMPTS: &str = concat!("DELETE FROM attempts WHERE session_id IN ", ended!());
/// Forgets those sessions.
pub const SESSIONS: &str = concat!(
    "DELETE FROM sessions WHERE id IN ",
    ended!(),
    " AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.session_id = sessions.id)"
);
/// Forgets lines of the audit trail.
pub const AUDIT: &str = "DELETE FROM audit WHERE id IN (SELECT id FROM audit \
    WHERE created_at <= $1 ORDER BY created_at LIMIT $2)";

/// What is forgotten together; what hangs on something goes before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Events, deliveries and tries.
    History,
    /// Sessions that ended, and their attempts.
    Sessions,
    /// The audit trail.
    Audit,
}

/// Forgets up to `limit` rows of each kind from `until` (ms) or before; returns how many went.
pub async fn forget(
    conn: &mut Conn,
    kept: Kept,
    until: i64,
    limit: i64,
) -> Result<u64, StoreError> {
    let statements: &[&'static str] = match kept {
        Kept::History => &[TRIES, DELIVERIES, EVENTS],
        Kept::Sessions => &[ATTEMPTS, SESSIONS],
        Kept::Audit => &[AUDIT],
    };
    let mut gone = 0;
    for sql in statements {
        let done = sqlx::query(*sql).bind(until).bind(limit).execute(&mut *conn).await?;
        gone += done.rows_affected();
    }
    Ok(gone)
}
