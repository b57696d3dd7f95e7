//! Claiming: what is due is taken under a lease, committed before anything is sent.

use std::sync::Arc;
use std::time::Duration;

use kayle_domain::Timestamp;

use crate::engine::{Engine, Moment};
use crate::error::Error;
use crate::store::outbox::claims::{self, Held, Queue, Target};
use crate::store::outbox::{DeliveryRow, Lane};
use crate::store::{Conn, StoreError};
use crate::webhook::fair;

/// A delivery this process holds.
#[derive(Debug)]
pub struct Claimed {
    /// What is to be delivered.
    pub delivery: DeliveryRow,
    /// What it is held under.
    pub held: Held,
    /// Where to.
    pub target: Arc<Target>,
    /// When it was claimed.
    pub at: Moment,
}

/// What a look at a lane brought.
#[derive(Debug, Default)]
pub struct Catch {
    /// What was claimed, in the order in which it is to be sent.
    pub claimed: Vec<Claimed>,
    /// How long until something else is due; `None` if nothing waits.
    pub next: Option<Duration>,
}

/// Claims what is due in a lane, at most `free` deliveries, dealt fairly.
pub async fn claim(engine: &Engine, lane: Lane, free: usize) -> Result<Catch, Error> {
    if free == 0 {
        return Ok(Catch::default());
    }
    let queues = {
        let mut conn = engine.store.read().await?;
        claims::queues(&mut conn, lane).await?
    };
    let now = engine.now();
    let is_due = |queue: &Queue| lane == Lane::First || queue.oldest <= now.millis();
    let (due, later): (Vec<_>, Vec<_>) = queues.into_iter().partition(is_due);
    let next = later.iter().map(|queue| Timestamp::from_millis(queue.oldest) - now).min();
    let room = |endpoint: &str| engine.troubled.room(lane, endpoint);
    let shares: Vec<_> =
        fair::deal(&due, free, room).into_iter().map(|(id, n)| (id.to_owned(), n)).collect();
    if shares.is_empty() {
        return Ok(Catch { claimed: Vec::new(), next });
    }
    let work = engine.store.write((engine.clone(), lane, shares), |tx, (engine, lane, shares)| {
        Box::pin(take(engine, tx, *lane, shares))
    });
    Ok(Catch { claimed: work.await?, next })
}

async fn take(
    engine: &Engine,
    tx: &mut Conn,
    lane: Lane,
    shares: &[(String, usize)],
) -> Result<Vec<Claimed>, StoreError> {
    let (at, token) = (engine.moment(), engine.entropy.text::<24>());
    let (dialect, lease) = (engine.store.dialect(), (token.as_str(), at.wall.millis()));
    let mut claimed = Vec::new();
    for (endpoint, count) in shares {
        let share = (lane, endpoint.as_str(), *count);
        let (target, rows) = claims::claim(tx, dialect, lease, share).await?;
        let target = Arc::new(target);
        claimed.extend(rows.into_iter().map(|delivery| {
            let held = Held { id: delivery.id.clone(), token: token.clone() };
            Claimed { delivery, held, target: Arc::clone(&target), at }
        }));
    }
    Ok(claimed)
}
