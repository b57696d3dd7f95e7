//! Claiming: what is due is taken under a lease, committed before anything is sent.

use std::sync::Arc;
use std::time::Duration;

use kayle_domain::Timestamp;

use crate::engine::{Engine, Moment};
use crate::error::Error;
use crate::store::outbox::claims::{self, Held, Queue, Target};
use crate::store::outbox::{DeliveryRow, Lane};
use crate::store::{Conn, StoreError};
use crate::webhook::fair::{self, Load, Rules};
use crate::worker::deliver::settle::{self, Ended};

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

impl Claimed {
    /// Whose endpoint it is for.
    pub fn owner(&self) -> &str {
        self.target.endpoint.as_ref().map_or("", |row| &row.organization_id)
    }
}

/// What a look at a lane brought.
#[derive(Debug, Default)]
pub struct Catch {
    /// What was claimed, in the order in which it is to be sent.
    pub claimed: Vec<Claimed>,
    /// How long until something else is due; `None` if nothing waits.
    pub next: Option<Duration>,
}

/// Claims what is due in a lane, dealt fairly beside what is under way here.
pub async fn claim(engine: &Engine, lane: Lane, load: &Load) -> Result<Catch, Error> {
    let (shares, next) = {
        let mut conn = engine.store.read().await?;
        deal(engine, &mut conn, lane, load).await?
    };
    if shares.is_empty() {
        return Ok(Catch { claimed: Vec::new(), next });
    }
    let work = engine.store.write((engine.clone(), lane, shares), |tx, (engine, lane, shares)| {
        Box::pin(take(engine, tx, *lane, shares))
    });
    Ok(Catch { claimed: work.await?, next })
}

/// Writes how tries ended and claims what is due then: one commit for both.
pub async fn settle_and_claim(
    engine: &Engine,
    ended: &[Ended],
    (lane, load): (Lane, Load),
) -> Result<Catch, Error> {
    let job = (engine.clone(), ended.to_vec(), lane, load);
    let work = engine.store.write(job, |tx, (engine, ended, lane, load)| {
        Box::pin(async move {
            let lost = settle::write(tx, ended, engine.now().millis()).await?;
            let (shares, next) = deal(engine, tx, *lane, load).await?;
            Ok((lost, Catch { claimed: take(engine, tx, *lane, &shares).await?, next }))
        })
    });
    let (lost, catch) = work.await?;
    settle::report(ended, &lost);
    Ok(catch)
}

/// How many deliveries each endpoint gets beside the load that is under way, and how long until
/// more are due.
async fn deal(
    engine: &Engine,
    conn: &mut Conn,
    lane: Lane,
    load: &Load,
) -> Result<(Vec<(String, usize)>, Option<Duration>), StoreError> {
    let (queues, now) = (claims::queues(conn, lane).await?, engine.now());
    let is_due = |queue: &Queue| lane == Lane::First || queue.oldest <= now.millis();
    let (due, later): (Vec<_>, Vec<_>) = queues.into_iter().partition(is_due);
    let next = later.iter().map(|queue| Timestamp::from_millis(queue.oldest) - now).min();
    let trouble = |endpoint: &str| engine.troubled.of(endpoint);
    let shares = fair::deal(&due, &Rules::of(lane), load.clone(), trouble).into_iter();
    Ok((shares.map(|(id, count)| (id.to_owned(), count)).collect(), next))
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
