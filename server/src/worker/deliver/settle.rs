//! Settling: the outcome of a try is judged, and written if the lease still holds.

use std::time::Duration;

use kayle_domain::{DeliveryTryId, Timestamp};

use super::claim::Claimed;
use crate::engine::Engine;
use crate::error::Error;
use crate::service::webhooks::endpoints::DELETED;
use crate::store::outbox::claims::{self, Held, Settlement, TryRow};
use crate::store::{Conn, StoreError, endpoints, history};
use crate::webhook::fair::Trouble;
use crate::webhook::outcome::Outcome;
use crate::webhook::schedule::{self, Decision};

/// Why a delivery ended whose endpoint answered 410.
const ENDPOINT_GONE: &str = "endpoint_gone";

/// How a claimed delivery went on.
#[derive(Debug)]
pub enum Ending {
    /// It was posted.
    Tried(Outcome),
    /// It cannot be posted at all.
    Hopeless(&'static str),
    /// It cannot be posted by this process, as its keys are now.
    Unable(&'static str),
    /// This worker slept too long to send it under its lease: whoever takes it back will.
    Late,
}

/// A try that ended, and what is written of it.
#[derive(Debug, Clone)]
pub struct Ended {
    settlement: Settlement,
    endpoint: String,
    tries: i64,
    /// When the endpoint that answered 410 had last been changed.
    gone: Option<i64>,
}

/// What is written of a try that ended; nothing of one that was not made.
pub fn judge(engine: &Engine, claimed: Claimed, ending: &Ending) -> Option<Ended> {
    let (now, tries) = (engine.now(), claimed.delivery.tries);
    let (decision, line) = match ending {
        Ending::Late => {
            tracing::warn!(id = claimed.held.id, tries, "slept through its lease: not sent");
            return None;
        }
        Ending::Hopeless(reason) => (Decision::Failed { reason }, None),
        Ending::Unable(reason) => {
            let outcome = Outcome::unanswered(reason, Duration::ZERO);
            (decide(engine, &outcome, tries, now), Some(line(engine, &outcome, now)))
        }
        Ending::Tried(outcome) => {
            engine.troubled.note(&claimed.delivery.endpoint_id, Trouble::of(outcome));
            (decide(engine, outcome, tries, now), Some(line(engine, outcome, now)))
        }
    };
    let (status, next_at, failure) = match decision {
        Decision::Delivered => ("succeeded", now, None),
        Decision::Retry { at } => ("pending", at, None),
        Decision::Failed { reason } => ("failed", now, Some(reason)),
        Decision::DisableEndpoint => ("failed", now, Some(ENDPOINT_GONE)),
    };
    let keep = status != "succeeded" && failure != Some(DELETED);
    let (held, next_at) = (claimed.held, next_at.millis());
    let settlement = Settlement { held, status, keep, next_at, failure, line };
    let seen = claimed.target.endpoint.as_ref().map(|row| row.updated_at);
    let gone = seen.filter(|_| failure == Some(ENDPOINT_GONE));
    Some(Ended { settlement, endpoint: claimed.delivery.endpoint_id, tries, gone })
}

fn decide(engine: &Engine, outcome: &Outcome, tries: i64, now: Timestamp) -> Decision {
    let tries = u32::try_from(tries).unwrap_or(u32::MAX);
    let jitter = u16::from_be_bytes(engine.entropy.bytes());
    schedule::decide(outcome, tries, &engine.config.webhook_schedule, now, jitter)
}

fn line(engine: &Engine, outcome: &Outcome, now: Timestamp) -> TryRow {
    TryRow {
        id: DeliveryTryId::new(now, engine.entropy.bytes()).into(),
        latency_ms: i64::try_from(outcome.latency.as_millis()).unwrap_or(i64::MAX),
        status_code: outcome.status.map(i64::from),
        error_class: outcome.error_class,
    }
}

/// Writes how tries ended, in one transaction.
pub async fn settle(engine: &Engine, ended: &[Ended]) -> Result<(), Error> {
    if ended.is_empty() {
        return Ok(());
    }
    let job = (ended.to_vec(), engine.now().millis());
    let work = engine.store.write(job, |tx, (ended, now)| Box::pin(write(tx, ended, *now)));
    report(ended, &work.await?);
    Ok(())
}

/// Logs how tries ended, once that is written.
pub fn report(ended: &[Ended], lost: &[Held]) {
    for Ended { settlement, endpoint, tries, .. } in ended {
        let Settlement { held, status, failure, line, .. } = settlement;
        let (answer, error) =
            line.as_ref().map_or((None, *failure), |line| (line.status_code, line.error_class));
        if lost.contains(held) {
            tracing::warn!(
                id = held.id,
                endpoint,
                tries,
                answer,
                error,
                "lease lost: not recorded"
            );
        } else {
            tracing::info!(id = held.id, endpoint, tries, status, answer, error, "delivery tried");
        }
    }
}

/// Writes how tries ended; returns those whose lease was lost. A delivered payload is destroyed; a
/// failed one is kept for its endpoint's window.
pub async fn write(tx: &mut Conn, ended: &[Ended], now: i64) -> Result<Vec<Held>, StoreError> {
    let settlements: Vec<_> = ended.iter().map(|ended| ended.settlement.clone()).collect();
    let lost = claims::settle(tx, &settlements, now).await?;
    let kept = ended.iter().filter(|ended| !lost.contains(&ended.settlement.held));
    for Ended { settlement, endpoint, gone, .. } in kept {
        if let Some(seen) = gone {
            endpoints::gone(tx, endpoint, *seen, now).await?;
        }
        if settlement.keep {
            bury(tx, endpoint, now).await?;
        }
    }
    Ok(lost)
}

/// Destroys what is kept for an endpoint that was deleted while it was tried.
async fn bury(tx: &mut Conn, endpoint: &str, now: i64) -> Result<(), StoreError> {
    let row = endpoints::by_id(tx, endpoint).await?;
    if row.is_none_or(|row| row.deleted_at.is_some()) {
        history::endpoint_deleted(tx, endpoint, now, DELETED).await?;
    }
    Ok(())
}
