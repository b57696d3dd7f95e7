//! Withdrawal of a finished check: what was not delivered never is (`spec.md` §5.3).

use std::time::Duration;

use kayle_app::view::Aftermath;
use kayle_domain::event::EventBody;
use kayle_domain::{Event, EventId, EventKind, Session, SessionId, Status, Timestamp};

use super::apply::{self, Change};
use super::verify::Cancellation;
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::store::outbox::{self, DeliveryRow};
use crate::store::sessions;
use crate::store::{Conn, StoreError};
use crate::worker::deliver::{self, lease};

/// How often a delivery in flight is looked at while something waits for it.
const LOOK: Duration = Duration::from_millis(100);

/// How far something got that must not overtake a delivery in flight.
pub(super) enum Outcome<T> {
    /// It is done.
    Done(T),
    /// A delivery is in flight: nothing was changed.
    InFlight,
}

/// Only what is in flight is waited for: nobody else is told of the session meanwhile.
pub(super) async fn in_flight<T>(
    engine: &Engine,
    tx: &mut Conn,
    id: &SessionId,
) -> Result<Outcome<T>, StoreError> {
    let now = engine.now();
    outbox::hold(tx, id.as_str(), now.plus(patience(engine)).millis(), now.millis()).await?;
    Ok(Outcome::InFlight)
}

/// How long a delivery in flight is waited for: that of a worker that went away is taken back when
/// its lease ends.
fn patience(engine: &Engine) -> Duration {
    lease::length(&engine.config) + 3 * deliver::POLL
}

/// Does `once` again until no delivery is in flight.
pub(super) async fn until_settled<T, F>(
    engine: &Engine,
    mut once: impl FnMut() -> F,
) -> Result<T, Error>
where
    F: Future<Output = Result<Outcome<T>, Error>>,
{
    let waited = tokio::time::timeout(patience(engine), async {
        loop {
            match once().await? {
                Outcome::Done(done) => return Ok(done),
                Outcome::InFlight => tokio::time::sleep(LOOK).await,
            }
        }
    });
    let busy = || Error::new(Code::Unavailable, "a delivery is still in flight; try again");
    waited.await.unwrap_or_else(|_| Err(busy()))
}

/// What became of a session's verdict, and whether its user can still stop any of it.
pub async fn aftermath(engine: &Engine, session: &Session) -> Result<Aftermath, Error> {
    let told = outbox::aftermath(&mut *engine.store.read().await?, session.id.as_str()).await?;
    let cancelled = session.state.status() == Status::Cancelled;
    Ok(Aftermath {
        withdrawn: told.superseded > 0 || (told.verdicts > 0 && cancelled),
        reached: told.reached > 0,
        waiting: told.waiting > 0,
    })
}

/// Withdraws a succeeded or failed session; waits for a delivery in flight to settle first.
pub async fn withdraw(
    engine: &Engine,
    id: &SessionId,
    consume: bool,
) -> Result<Cancellation, Error> {
    let (own, id) = (engine.clone(), id.clone());
    // A user who closes the page while it waits has still withdrawn.
    let work = async move {
        let answer = until_settled(&own, || once(own.clone(), id.clone(), consume)).await;
        apply::announce(&own, &id);
        answer
    };
    engine.finish(work).await
}

async fn once(
    engine: Engine,
    id: SessionId,
    consume: bool,
) -> Result<Outcome<Cancellation>, Error> {
    let store = engine.store.clone();
    let work = store.write((engine, id, consume), |tx, (engine, id, consume)| {
        Box::pin(async move {
            let found = sessions::by_id(tx, id.as_str(), engine.config.sandbox).await?;
            let Some(stored) = found else { return Ok(Err(Error::session_not_found())) };
            let session = stored.session;
            if !matches!(session.state.status(), Status::Succeeded | Status::Failed) {
                return Ok(Ok(Outcome::Done(Cancellation::Withdrawn)));
            }
            let deliveries = outbox::of_session(tx, id.as_str()).await?;
            let originals: Vec<_> = deliveries.into_iter().filter(is_original).collect();
            if originals.iter().any(|delivery| delivery.status == "delivering") {
                return Ok(Ok(in_flight(engine, tx, id).await?));
            }
            if *consume && !stored.cancel_token_used {
                sessions::consume_token(tx, id.as_str(), engine.now()).await?;
            }
            let done = replace(engine, tx, session, &originals).await?;
            Ok(Ok(Outcome::Done(done)))
        })
    });
    work.await?
}

/// Whether this delivery tells of the end itself, and not of an earlier withdrawal.
fn is_original(delivery: &DeliveryRow) -> bool {
    delivery.kind != EventKind::Cancelled.as_str()
}

/// Destroys what was not delivered and puts the cancelled event in its place.
async fn replace(
    engine: &Engine,
    tx: &mut Conn,
    session: Session,
    deliveries: &[DeliveryRow],
) -> Result<Cancellation, StoreError> {
    let now = engine.now();
    let (from, version) = (session.state.status(), session.version);
    let served = deliveries.iter().any(|delivery| delivery.status == "succeeded");
    let unserved: Vec<_> =
        deliveries.iter().filter(|d| matches!(d.status.as_str(), "pending" | "failed")).collect();
    if served && unserved.is_empty() {
        let earlier = deliveries.iter().any(|delivery| delivery.status == "superseded");
        return Ok(if earlier { Cancellation::Withdrawn } else { Cancellation::TooLate });
    }
    let Ok(mut transition) = session.withdraw(served, now) else {
        return Ok(Cancellation::TooLate);
    };
    let body = transition.event.take();
    debug_assert_eq!(transition.session.version, version + 1);
    let session = transition.session.clone();
    apply::apply(engine, tx, &[Change { from, transition }]).await?;
    let Some(body) = body else { return Ok(Cancellation::Withdrawn) };
    let wanted = apply::subscribed(tx, &session, body.kind().as_str()).await?;
    for delivery in unserved {
        outbox::supersede(tx, delivery, now.millis()).await?;
        let endpoint: Vec<_> =
            wanted.iter().filter(|row| row.id == delivery.endpoint_id).cloned().collect();
        if !endpoint.is_empty() {
            let event = successor(engine, &body, delivery, now);
            apply::tell(engine, tx, &session, &event, &endpoint).await?;
        }
    }
    Ok(Cancellation::Withdrawn)
}

/// The event that takes a delivery's place, naming the old one if a try of it may have arrived.
fn successor(engine: &Engine, body: &EventBody, old: &DeliveryRow, at: Timestamp) -> Event {
    let mut body = body.clone();
    if let EventBody::Cancelled { supersedes, .. } = &mut body {
        *supersedes = old.event_id.parse().ok().filter(|_| old.tries > 0);
    }
    Event { id: EventId::new(at, engine.entropy.bytes()), at, body }
}
