//! Deliveries: claim one, sign it, post it, and settle it under its lease (`spec.md` §6).

use std::time::Duration;

use kayle_domain::{DeliveryTryId, EventKind, Timestamp};
use url::Url;

use crate::engine::{CLOCK_SLACK, Engine};
use crate::error::{Code, Error};
use crate::keys::Purpose;
use crate::service::webhooks::endpoints::{DELETED, live_secrets};
use crate::store::endpoints::{self, EndpointRow};
use crate::store::outbox::{self, DeliveryRow, Settlement, TryRow};
use crate::store::{Conn, StoreError};
use crate::webhook::outcome::{INVALID_URL, Outcome};
use crate::webhook::schedule::{self, Decision};
use crate::webhook::{jwe, sign};

/// Tries under way at the same time in one process.
pub const LANES: usize = 16;
/// Tries under way at the same time for one endpoint, so that a slow one delays nobody else.
const ROOM: i64 = 4;
/// What a lease adds to the longest try.
const MARGIN: Duration = Duration::from_secs(15);
/// How often work is looked for when nothing wakes the worker.
const POLL: Duration = Duration::from_secs(1);
/// The shortest wait: what is due may have to wait for room at its endpoint.
const PAUSE: Duration = Duration::from_millis(50);

/// Delivery failures that no try can cure.
const ENDPOINT_DISABLED: &str = "endpoint_disabled";
const ENDPOINT_GONE: &str = "endpoint_gone";
const NO_ACTIVE_KEY: &str = "no_active_key";
const ENCRYPTION_FAILED: &str = "encryption_failed";
const PAYLOAD_UNREADABLE: &str = "payload_unreadable";
const SECRET_UNREADABLE: &str = "secret_unreadable";

fn lease(engine: &Engine) -> Duration {
    engine.config.webhook_timeout + MARGIN
}

/// Tries the longest due delivery; returns 0 when none is due or no endpoint has room.
pub async fn tick(engine: &Engine) -> Result<usize, Error> {
    let Some(delivery) = claim(engine).await? else { return Ok(0) };
    // There may be another one, which must not wait for this one.
    engine.mailbox.deliveries_due();
    let ending = attempt(engine, &delivery).await?;
    settle(engine, delivery, ending).await?;
    Ok(1)
}

/// Ticks until nothing is due at the engine's present; returns how many tries were made.
pub async fn drain(engine: &Engine) -> Result<usize, Error> {
    let mut tries = 0;
    loop {
        match tick(engine).await? {
            0 => return Ok(tries),
            more => tries += more,
        }
    }
}

/// Waits until a delivery may be due; takes back what crashed workers held.
pub async fn rest(engine: &Engine) {
    let wait = until_due(engine).await.unwrap_or(POLL);
    tokio::select! {
        () = engine.mailbox.wait_for_deliveries() => {}
        () = tokio::time::sleep(wait) => {
            // The next poll tries again.
            reclaim(engine).await.map_or_else(|error| error.log(), drop);
        }
    }
}

async fn until_due(engine: &Engine) -> Result<Duration, StoreError> {
    let mut conn = engine.store.read().await?;
    let due = outbox::next_due(&mut conn).await?.map(Timestamp::from_millis);
    Ok(due.map_or(POLL, |due| (due - engine.now()).clamp(PAUSE, POLL)))
}

/// Gives deliveries back whose worker went away; returns how many.
pub async fn reclaim(engine: &Engine) -> Result<u64, Error> {
    let work = engine.store.write(engine.clone(), |tx, engine| {
        Box::pin(async move {
            let now = engine.now();
            let furthest = now.plus(lease(engine)).plus(CLOCK_SLACK);
            outbox::reclaim(tx, now.millis(), furthest.millis()).await
        })
    });
    let taken = work.await?;
    if taken > 0 {
        tracing::warn!(deliveries = taken, "taken back: their leases had ended");
    }
    Ok(taken)
}

async fn claim(engine: &Engine) -> Result<Option<DeliveryRow>, Error> {
    let work = engine.store.write(engine.clone(), |tx, engine| {
        Box::pin(async move {
            let (now, token) = (engine.now(), engine.entropy.text::<24>());
            let lease = (token.as_str(), now.plus(lease(engine)).millis());
            outbox::claim(tx, engine.store.dialect(), lease, (now.millis(), ROOM)).await
        })
    });
    Ok(work.await?)
}

/// How a claimed delivery goes on.
enum Ending {
    /// It was posted.
    Tried(Outcome),
    /// It cannot be posted at all.
    Hopeless(&'static str),
}

async fn attempt(engine: &Engine, delivery: &DeliveryRow) -> Result<Ending, Error> {
    let request = match request(engine, delivery).await? {
        Ok(request) => request,
        Err(reason) => return Ok(Ending::Hopeless(reason)),
    };
    // A worker that slept through its lease must not send what was superseded meanwhile.
    let answered_by = engine.now().plus(engine.config.webhook_timeout);
    if delivery.lease_until.is_none_or(|end| answered_by.millis() > end) {
        return Err(Error::new(Code::Unavailable, "the lease would end before the answer"));
    }
    let Request { url, headers, body } = request;
    let Ok(url) = Url::parse(&url) else {
        return Ok(Ending::Tried(Outcome::unanswered(INVALID_URL, Duration::ZERO)));
    };
    Ok(Ending::Tried(engine.client.post(&url, &headers, body).await))
}

/// What is posted, and where.
struct Request {
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// What a delivery sends now; the reason if it can never send anything.
async fn request(
    engine: &Engine,
    delivery: &DeliveryRow,
) -> Result<Result<Request, &'static str>, Error> {
    let (endpoint, key) = {
        let mut conn = engine.store.read().await?;
        let endpoint = endpoints::by_id(&mut conn, &delivery.endpoint_id).await?;
        (endpoint, endpoints::active_key(&mut conn, &delivery.endpoint_id).await?)
    };
    let endpoint = match endpoint {
        None => return Ok(Err(DELETED)),
        Some(row) if row.deleted_at.is_some() => return Ok(Err(DELETED)),
        Some(row) if row.disabled_at.is_some() => return Ok(Err(ENDPOINT_DISABLED)),
        Some(row) => row,
    };
    let Some(sealed) = delivery.payload.as_deref() else { return Ok(Err(outbox::ERASED)) };
    let Some(plain) = engine.keys.open(Purpose::Payload, &delivery.id, sealed) else {
        return Ok(Err(PAYLOAD_UNREADABLE));
    };
    let (body, kind) = match key {
        None if engine.config.webhook_require_encryption => return Ok(Err(NO_ACTIVE_KEY)),
        None => (plain, "application/json"),
        Some(key) => match jwe::encrypt(&key.jwk, &key.key_id, &plain) {
            Ok(body) => (body, jwe::MEDIA_TYPE),
            Err(error) => {
                Error::internal(error).log();
                return Ok(Err(ENCRYPTION_FAILED));
            }
        },
    };
    Ok(match headers(engine, delivery, &endpoint, &body) {
        Ok(mut headers) => {
            headers.push(("content-type", kind.to_owned()));
            Ok(Request { url: endpoint.url, headers, body })
        }
        Err(error) => {
            error.log();
            Err(SECRET_UNREADABLE)
        }
    })
}

fn headers(
    engine: &Engine,
    delivery: &DeliveryRow,
    endpoint: &EndpointRow,
    body: &[u8],
) -> Result<Vec<(&'static str, String)>, Error> {
    let now = engine.now();
    let secrets = live_secrets(engine, endpoint, now)?;
    let message = sign::Message {
        event_id: &delivery.event_id.parse().map_err(Error::internal)?,
        delivery_id: &delivery.id.parse().map_err(Error::internal)?,
        kind: EventKind::parse(&delivery.kind)
            .ok_or_else(|| Error::internal("a delivery of no known type"))?,
        body,
    };
    Ok(sign::sign(&secrets, &message, now))
}

/// What is written when a try ends.
struct Record {
    delivery: DeliveryRow,
    line: Option<TryRow>,
    status: &'static str,
    next_at: i64,
    failure: Option<&'static str>,
    disable: bool,
    now: i64,
}

async fn settle(engine: &Engine, delivery: DeliveryRow, ending: Ending) -> Result<(), Error> {
    let record = record(engine, delivery, &ending);
    let (id, endpoint) = (record.delivery.id.clone(), record.delivery.endpoint_id.clone());
    let (tries, status) = (record.delivery.tries, record.status);
    let (answer, error) = match &ending {
        Ending::Tried(outcome) => (outcome.status, outcome.error_class),
        Ending::Hopeless(_) => (None, record.failure),
    };
    match engine.store.write(record, |tx, record| Box::pin(write(tx, record))).await {
        Ok(()) => {
            tracing::info!(%id, %endpoint, tries, status, answer, error, "delivery tried");
            Ok(())
        }
        Err(StoreError::Stale) => {
            tracing::warn!(%id, %endpoint, tries, answer, error, "lease lost: not recorded");
            Ok(())
        }
        Err(trouble) => Err(trouble.into()),
    }
}

fn record(engine: &Engine, delivery: DeliveryRow, ending: &Ending) -> Record {
    let now = engine.now();
    let line = match ending {
        Ending::Hopeless(_) => None,
        Ending::Tried(outcome) => Some(TryRow {
            id: DeliveryTryId::new(now, engine.entropy.bytes()).into(),
            latency_ms: i64::try_from(outcome.latency.as_millis()).unwrap_or(i64::MAX),
            status_code: outcome.status.map(i64::from),
            error_class: outcome.error_class.map(str::to_owned),
        }),
    };
    let (status, next_at, failure) = match decide(engine, &delivery, ending, now) {
        Decision::Delivered => ("succeeded", now, None),
        Decision::Retry { at } => ("pending", at, None),
        Decision::Failed { reason } => ("failed", now, Some(reason)),
        Decision::DisableEndpoint => ("failed", now, Some(ENDPOINT_GONE)),
    };
    let disable = failure == Some(ENDPOINT_GONE);
    let (next_at, now) = (next_at.millis(), now.millis());
    Record { delivery, line, status, next_at, failure, disable, now }
}

fn decide(engine: &Engine, delivery: &DeliveryRow, ending: &Ending, now: Timestamp) -> Decision {
    match ending {
        Ending::Hopeless(reason) => Decision::Failed { reason },
        Ending::Tried(outcome) => {
            let tries = u32::try_from(delivery.tries).unwrap_or(u32::MAX);
            let jitter = u16::from_be_bytes(engine.entropy.bytes());
            schedule::decide(outcome, tries, &engine.config.webhook_schedule, now, jitter)
        }
    }
}

/// A delivered payload is destroyed; a failed one is kept for its endpoint's window.
async fn write(tx: &mut Conn, record: &Record) -> Result<(), StoreError> {
    let token = record.delivery.lease_token.as_deref().unwrap_or_default();
    let settlement = Settlement {
        status: record.status,
        keep: record.status != "succeeded" && record.failure != Some(DELETED),
        next_at: record.next_at,
        failure: record.failure,
        now: record.now,
    };
    outbox::settle(tx, (&record.delivery.id, token), &settlement).await?;
    if let Some(line) = &record.line {
        outbox::insert_try(tx, &record.delivery.id, line, record.now).await?;
    }
    if record.disable {
        let (id, now) = (&record.delivery.endpoint_id, record.now);
        endpoints::set_disabled(tx, id, Some(now), now).await?;
    }
    Ok(())
}
