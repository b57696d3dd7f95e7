//! From what was claimed to what is sent: opened, encrypted if the endpoint wants it, signed.

use kayle_domain::EventKind;

use super::claim::Claimed;
use super::settle::Ending;
use crate::engine::Engine;
use crate::error::Error;
use crate::keys::Purpose;
use crate::service::webhooks::endpoints::{DELETED, live_secrets};
use crate::store::endpoints::EndpointRow;
use crate::store::outbox;
use crate::webhook::{jwe, sign};

/// Delivery failures that no try can cure.
const ENDPOINT_DISABLED: &str = "endpoint_disabled";
const NO_ACTIVE_KEY: &str = "no_active_key";
const ENCRYPTION_FAILED: &str = "encryption_failed";
/// Failures of this process's keys: another one's may fit, or these may once they are complete.
const PAYLOAD_UNREADABLE: &str = "payload_unreadable";
const SECRET_UNREADABLE: &str = "secret_unreadable";

/// What is posted, and where.
#[derive(Debug)]
pub struct Request {
    /// Where to.
    pub url: String,
    /// Signatures, ids and the type of the body.
    pub headers: Vec<(&'static str, String)>,
    /// JSON, or a compact JWE.
    pub body: Vec<u8>,
}

/// What a delivery sends now; else how it goes on without.
pub fn request(engine: &Engine, claimed: &Claimed) -> Result<Request, Ending> {
    let delivery = &claimed.delivery;
    let endpoint = match &claimed.target.endpoint {
        None => return Err(Ending::Hopeless(DELETED)),
        Some(row) if row.deleted_at.is_some() => return Err(Ending::Hopeless(DELETED)),
        Some(row) if row.disabled_at.is_some() => return Err(Ending::Hopeless(ENDPOINT_DISABLED)),
        Some(row) => row,
    };
    let sealed = delivery.payload.as_deref().ok_or(Ending::Hopeless(outbox::ERASED))?;
    let plain = engine.keys.open(Purpose::Payload, &delivery.id, sealed).ok_or_else(|| {
        tracing::error!(id = delivery.id, "no secret of this process opens a payload");
        Ending::Unable(PAYLOAD_UNREADABLE)
    })?;
    let (body, kind) = match &claimed.target.key {
        None if engine.config.webhook_require_encryption => {
            return Err(Ending::Hopeless(NO_ACTIVE_KEY));
        }
        None => (plain, "application/json"),
        Some(key) => {
            let sealed = jwe::encrypt(&key.jwk, &key.key_id, &plain);
            let body = sealed.map_err(|error| {
                Error::internal(error).log();
                Ending::Hopeless(ENCRYPTION_FAILED)
            })?;
            (body, jwe::MEDIA_TYPE)
        }
    };
    let signed = headers(engine, claimed, endpoint, &body);
    let mut headers = signed.map_err(|error| {
        error.log();
        Ending::Unable(SECRET_UNREADABLE)
    })?;
    headers.push(("content-type", kind.to_owned()));
    Ok(Request { url: endpoint.url.clone(), headers, body })
}

fn headers(
    engine: &Engine,
    claimed: &Claimed,
    endpoint: &EndpointRow,
    body: &[u8],
) -> Result<Vec<(&'static str, String)>, Error> {
    let (now, delivery) = (engine.now(), &claimed.delivery);
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
