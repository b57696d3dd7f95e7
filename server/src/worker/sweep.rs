//! The sweep: expires what is overdue, and destroys payloads whose window has passed.

use kayle_domain::{Session, SessionId};

use crate::engine::Engine;
use crate::error::Error;
use crate::service::apply::{self, Change};
use crate::service::callers;
use crate::store::{Conn, StoreError, idempotency, outbox, sessions};

/// Sessions per transaction.
pub const BATCH: usize = 200;

/// Expires up to [`BATCH`] overdue sessions in one transaction; returns how many (`spec.md` §2.1).
pub async fn tick(engine: &Engine) -> Result<usize, Error> {
    let work = engine.store.write(engine.clone(), |tx, engine| Box::pin(expire(engine, tx)));
    let expired = work.await?;
    for id in &expired {
        apply::announce(engine, id);
    }
    if !expired.is_empty() {
        tracing::info!(sessions = expired.len(), "expired");
    }
    scrub(engine).await?;
    callers::note_use(engine).await?;
    engine.limits.forget();
    Ok(expired.len())
}

async fn expire(engine: &Engine, tx: &mut Conn) -> Result<Vec<SessionId>, StoreError> {
    let now = engine.now();
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    let due = sessions::due(tx, now, limit, engine.config.sandbox).await?;
    let expiry = |session: Session| {
        let from = session.state.status();
        session.expire(now).map(|transition| Change { from, transition })
    };
    let changes: Vec<_> = due.into_iter().filter_map(expiry).collect();
    apply::apply(engine, tx, &changes).await?;
    Ok(changes.into_iter().map(|change| change.transition.session.id).collect())
}

async fn scrub(engine: &Engine) -> Result<(), Error> {
    let span = engine.config.webhook_schedule.span().as_millis();
    let span = i64::try_from(span).unwrap_or(i64::MAX);
    let work = engine.store.write((engine.now().millis(), span), |tx, (now, span)| {
        Box::pin(async move {
            idempotency::forget_old(tx, *now).await?;
            outbox::scrub(tx, *now, *span).await
        })
    });
    let destroyed = work.await?;
    if destroyed > 0 {
        tracing::info!(payloads = destroyed, "destroyed: the endpoint's window has passed");
    }
    Ok(())
}
