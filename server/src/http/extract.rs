//! Extractors: who calls, from where, and a JSON body that is read strictly.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use kayle_domain::SessionId;
use kayle_domain::id::InvalidId;
use serde::de::DeserializeOwned;

use super::limit::{Proof, Slot};
use super::{MAX_JSON, cookies, strict};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::service::callers::{self, Caller};
use crate::service::credentials::{self, Credential};

/// The authenticated caller of the REST API.
pub struct Authenticated(pub Arc<Caller>);

impl FromRequestParts<Engine> for Authenticated {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Error> {
        let key = scheme(parts, "Bearer").unwrap_or_default();
        let slot = parts.extensions.get::<Slot>();
        match callers::authenticate(engine, key).await {
            Ok(caller) => {
                engine.limits.key(&caller.key_id, slot)?;
                Ok(Self(caller))
            }
            Err(error) => {
                // Counted after it was found wrong: whoever holds a key is never locked out.
                if error.code == Code::Unauthorized {
                    engine.limits.stranger(address(parts, engine), slot)?;
                }
                Err(error)
            }
        }
    }
}

/// What only a sandbox has; elsewhere nothing is there, whatever else the request says.
pub struct InSandbox;

impl FromRequestParts<Engine> for InSandbox {
    type Rejection = Error;

    async fn from_request_parts(_: &mut Parts, engine: &Engine) -> Result<Self, Error> {
        let elsewhere = || Error::new(Code::NotFound, "phones are simulated in a sandbox only");
        engine.config.sandbox.then_some(Self).ok_or_else(elsewhere)
    }
}

/// The `Idempotency-Key` of a create, if there is one (`spec.md` §3).
pub struct IdempotencyKey(pub Option<String>);

impl FromRequestParts<Engine> for IdempotencyKey {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Engine) -> Result<Self, Error> {
        let mut values = parts.headers.get_all("idempotency-key").iter();
        let Some(value) = values.next() else { return Ok(Self(None)) };
        let text = value.to_str().unwrap_or_default();
        let valid = (1..=255).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if !valid || values.next().is_some() {
            let message = "Idempotency-Key must be one value of 1 to 255 visible ASCII characters";
            return Err(Error::invalid(message));
        }
        Ok(Self(Some(text.to_owned())))
    }
}

/// The credentials after `scheme` in the `Authorization` header.
fn scheme<'a>(parts: &'a Parts, scheme: &str) -> Option<&'a str> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (given, credentials) = value.split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| credentials.trim())
}

/// The `{id}` of the path; malformed ones are refused by name.
pub struct IdInPath(pub SessionId);

impl FromRequestParts<Engine> for IdInPath {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Error> {
        let params = RawPathParams::from_request_parts(parts, engine).await;
        let id = params.ok().and_then(|params| {
            params.iter().find(|(name, _)| *name == "id").and_then(|(_, id)| id.parse().ok())
        });
        id.map(Self).ok_or_else(|| {
            let message = "id must be \"vs_\" followed by 32 lowercase hexadecimal digits";
            Error::new(Code::InvalidSessionId, message)
        })
    }
}

/// Any other id in the path; a malformed one is refused by name.
pub struct Named<T>(pub T);

impl<T: FromStr<Err = InvalidId> + Send> FromRequestParts<Engine> for Named<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Error> {
        let params = RawPathParams::from_request_parts(parts, engine).await;
        let params = params.map_err(|_| Error::invalid("the path is not valid UTF-8"))?;
        let text = params.iter().find_map(|(name, id)| (name == "id").then_some(id));
        let id = text.unwrap_or_default().parse();
        id.map(Self).map_err(|error: InvalidId| Error::invalid(format!("id {error}")))
    }
}

/// Who makes a request on the public side, and from where.
pub struct Visitor {
    /// The session in the path.
    pub id: SessionId,
    /// What was presented for it.
    pub who: Credential,
    /// The client's address.
    pub address: IpAddr,
    slot: Option<Slot>,
}

impl FromRequestParts<Engine> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Error> {
        let IdInPath(id) = IdInPath::from_request_parts(parts, engine).await?;
        Self::identify(parts, engine, id)
    }
}

impl Visitor {
    /// Who asks about the session `id`, wherever in the request that is named.
    pub fn identify(parts: &Parts, engine: &Engine, id: SessionId) -> Result<Self, Error> {
        let address = address(parts, engine);
        let slot = parts.extensions.get::<Slot>().cloned();
        match credential(parts, engine, &id) {
            Ok(who) => Ok(Self { id, who, address, slot }),
            Err(wrong) => {
                engine.limits.stranger(address, slot.as_ref())?;
                Err(wrong)
            }
        }
    }

    /// Counts a request that changes something against this session and address.
    pub fn limited(&self, engine: &Engine) -> Result<(), Error> {
        self.limited_as(
            engine,
            match self.who {
                Credential::None => Proof::Nothing,
                Credential::Page => Proof::Page,
                Credential::Device { .. } => Proof::Device,
            },
        )
    }

    /// The same for a request that proves itself otherwise.
    pub fn limited_as(&self, engine: &Engine, proof: Proof) -> Result<(), Error> {
        engine.limits.visitor(&self.id, self.address, proof, self.slot.as_ref())
    }

    /// Counts a request that reads, unless it shows a credential.
    pub fn counted(&self, engine: &Engine) -> Result<(), Error> {
        match self.who {
            Credential::None => engine.limits.stranger(self.address, self.slot.as_ref()),
            Credential::Page | Credential::Device { .. } => Ok(()),
        }
    }

    /// Refuses everyone but the page.
    pub fn require_page(&self) -> Result<(), Error> {
        match self.who {
            Credential::Page => Ok(()),
            _ => Err(Error::unauthorized("a page credential of this session is needed")),
        }
    }

    /// Refuses everyone but a device; returns the binding its credential was issued under.
    pub fn require_device(&self) -> Result<i64, Error> {
        match self.who {
            Credential::Device { epoch } => Ok(epoch),
            _ => Err(Error::unauthorized("a device credential of this session is needed")),
        }
    }
}

/// What was presented for `id`: a header that does not count is refused, a stale cookie is not.
fn credential(parts: &Parts, engine: &Engine, id: &SessionId) -> Result<Credential, Error> {
    let unknown = || Error::unauthorized("the credential is not one of this session");
    if let Some(text) = scheme(parts, "Page") {
        return match credentials::is_page(engine, id, text) {
            true => Ok(Credential::Page),
            false => Err(unknown()),
        };
    }
    if let Some(text) = scheme(parts, "Device") {
        let epoch = credentials::device_epoch(engine, id, text).ok_or_else(unknown)?;
        return Ok(Credential::Device { epoch });
    }
    if parts.headers.contains_key(AUTHORIZATION) {
        return Err(unknown());
    }
    // Somebody else may have set one of the same name: any that is right counts.
    let cookies = cookies::values(&parts.headers, &cookies::page_name(engine, id));
    match cookies.iter().any(|text| credentials::is_page(engine, id, text)) {
        true => Ok(Credential::Page),
        false => Ok(Credential::None),
    }
}

/// The client's address: the nearest one that is not a trusted proxy. Only what trusted proxies
/// wrote is believed, so the list is read from its end; an entry that cannot be read ends it.
pub fn address(parts: &Parts, engine: &Engine) -> IpAddr {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([127, 0, 0, 1]), |info| info.0.ip().to_canonical());
    let trusted = |ip: &IpAddr| engine.config.trusted_proxies.iter().any(|net| net.contains(ip));
    let lines = parts.headers.get_all("x-forwarded-for").iter();
    let hops: Vec<&[u8]> = lines.flat_map(|line| line.as_bytes().split(|b| *b == b',')).collect();
    let mut client = peer;
    for hop in hops.into_iter().rev() {
        match hop_address(hop).filter(|_| trusted(&client)) {
            Some(address) => client = address,
            None => break,
        }
    }
    client
}

/// An entry of `X-Forwarded-For`: an address, with a port or without.
fn hop_address(entry: &[u8]) -> Option<IpAddr> {
    let text = str::from_utf8(entry).ok()?.trim();
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().ok();
    address.or_else(|| text.parse::<SocketAddr>().ok().map(|a| a.ip())).map(|ip| ip.to_canonical())
}

/// A JSON body: an object without duplicate keys; no body at all is `{}`.
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Engine> for ApiJson<T> {
    type Rejection = Error;

    async fn from_request(request: Request<Body>, engine: &Engine) -> Result<Self, Error> {
        let typed = request.headers().get(CONTENT_TYPE).cloned();
        let too_large = || Error::new(Code::PayloadTooLarge, "the body is larger than 64 KiB");
        // What is announced as too large is not waited for.
        if promised(&request).is_some_and(|length| length > MAX_JSON) {
            return Err(too_large());
        }
        let bytes =
            Bytes::from_request(request, engine).await.map_err(|rejection| {
                match rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                    true => too_large(),
                    false => Error::invalid("the body did not arrive whole"),
                }
            })?;
        let is_json = typed.as_ref().is_none_or(|value| {
            let essence = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            essence.trim().eq_ignore_ascii_case("application/json")
        });
        if !bytes.is_empty() && (!is_json || typed.is_none()) {
            let message = "Content-Type must be application/json";
            return Err(Error::new(Code::UnsupportedMediaType, message));
        }
        strict::object(&bytes).map(Self)
    }
}

fn promised(request: &Request<Body>) -> Option<usize> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A query string; anything that is not a parameter of the route is refused by name.
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Engine> for ApiQuery<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Error> {
        axum::extract::Query::<T>::from_request_parts(parts, engine)
            .await
            .map(|query| Self(query.0))
            .map_err(|rejection| Error::invalid(format!("query: {}", rejection.body_text())))
    }
}
