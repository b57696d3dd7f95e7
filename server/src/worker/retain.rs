//! Retention: what has been over for long enough is forgotten (`spec.md` §9).

use crate::engine::Engine;
use crate::error::Error;
use crate::store::retention::{self, Kept};

/// Rows of each kind per transaction.
pub const BATCH: usize = 500;

/// Forgets some of what is kept no longer; returns how many rows went.
pub async fn tick(engine: &Engine) -> Result<usize, Error> {
    let (now, config) = (engine.now(), &engine.config);
    let mut gone = 0;
    for (kept, span) in [
        (Kept::History, config.retention_events),
        (Kept::Sessions, config.retention_sessions),
        (Kept::Audit, config.retention_audit),
    ] {
        let until = now.minus(span).millis();
        let work = engine.store.write((kept, until), |tx, (kept, until)| {
            let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
            Box::pin(retention::forget(tx, *kept, *until, limit))
        });
        gone += work.await?;
    }
    if gone > 0 {
        tracing::info!(rows = gone, "forgotten: their time was over");
    }
    Ok(usize::try_from(gone).unwrap_or(usize::MAX))
}
