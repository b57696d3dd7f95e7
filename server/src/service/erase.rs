//! Erasure of a session that is over: nothing that could tell of a person stays (`spec.md` §3).

use kayle_domain::{OrganizationId, Session, SessionId};

use super::apply::{self, Change};
use super::callers::{Caller, Scope};
use super::withdraw::{Outcome, in_flight, until_settled};
use crate::engine::Engine;
use crate::error::Error;
use crate::store::sessions::{self, Stored};
use crate::store::{Conn, StoreError, idempotency, outbox};

/// What the audit trail calls it.
const ERASED: &str = "erased";

/// Erases a session of the caller's that is over; again and again does no harm. An overdue one is
/// expired first, and a delivery in flight is waited for: nothing leaves after the answer.
pub async fn erase(engine: &Engine, caller: &Caller, id: &SessionId) -> Result<(), Error> {
    let organization = caller.require(Scope::SessionsWrite)?;
    let answer =
        until_settled(engine, || once(engine.clone(), organization.clone(), id.clone())).await;
    apply::announce(engine, id);
    answer
}

async fn once(
    engine: Engine,
    organization: OrganizationId,
    id: SessionId,
) -> Result<Outcome<()>, Error> {
    let store = engine.store.clone();
    let work = store.write((engine, organization, id), |tx, (engine, organization, id)| {
        Box::pin(async move {
            let found = sessions::by_id(tx, id.as_str(), engine.config.sandbox).await?;
            let own = |stored: &Stored| stored.session.terms.organization == *organization;
            let Some(stored) = found.filter(own) else {
                return Ok(Err(Error::session_not_found()));
            };
            let deliveries = outbox::of_session(tx, id.as_str()).await?;
            if deliveries.iter().any(|delivery| delivery.status == "delivering") {
                return Ok(Ok(in_flight(engine, tx, id).await?));
            }
            let erased = erase_one(engine, tx, stored).await?;
            Ok(erased.map(Outcome::Done))
        })
    });
    work.await?
}

async fn erase_one(
    engine: &Engine,
    tx: &mut Conn,
    Stored { mut session, .. }: Stored,
) -> Result<Result<(), Error>, StoreError> {
    let now = engine.now();
    let from = session.state.status();
    if let Some(transition) = session.clone().expire(now) {
        session = transition.session.clone();
        apply::apply(engine, tx, &[Change { from, transition }]).await?;
    }
    let from = session.state.status();
    let transition = match session.erase(now) {
        Ok(transition) => transition,
        Err(refusal) => return Ok(Err(refusal.into())),
    };
    let erased: Session = transition.session.clone();
    apply::apply(engine, tx, &[Change { from, transition }]).await?;
    if let Some(tag) = sessions::erase(tx, &erased).await? {
        idempotency::forget(tx, &tag).await?;
    }
    outbox::erase(tx, erased.id.as_str(), now.millis()).await?;
    apply::audit(engine, tx, &erased, (from, ERASED, None)).await?;
    Ok(Ok(()))
}
