//! Endpoints: where an organization is told, and the secrets its deliveries are signed with
//! (`spec.md` §6).

use std::time::Duration;

use kayle_domain::event::test_envelope;
use kayle_domain::redirect::has_user_info;
use kayle_domain::{EndpointId, EventId, EventKind, OrganizationId, Timestamp};
use url::{Host, Url};

use super::super::apply;
use super::super::callers::{Caller, Scope};
use super::super::organizations::checked_name;
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::keys::Purpose;
use crate::store::endpoints::{self, EndpointRow};
use crate::store::{Conn, StoreError, history, outbox};
use crate::webhook::sign::WebhookSecret;

/// Endpoints an organization may have.
pub const MAX_ENDPOINTS: usize = 50;
/// How long an undelivered payload may be kept, in hours.
pub const RETENTIONS: [i64; 4] = [0, 24, 72, 168];
/// How long it is kept unless told, in hours.
pub const DEFAULT_RETENTION: i64 = 72;
/// The longest address.
pub const MAX_URL: usize = 2048;
/// Why a delivery ended whose endpoint was deleted.
pub const DELETED: &str = "endpoint_deleted";

/// What a new endpoint is made of.
#[derive(Debug, Clone)]
pub struct NewEndpoint {
    /// Its name.
    pub name: String,
    /// Where it listens.
    pub url: String,
    /// What it is told of.
    pub kinds: Vec<EventKind>,
    /// Whether it is told anything.
    pub enabled: bool,
    /// One of [`RETENTIONS`].
    pub retention_hours: i64,
}

impl NewEndpoint {
    /// An endpoint that is told of everything.
    pub fn of(name: &str, url: &str) -> Self {
        Self {
            name: name.to_owned(),
            url: url.to_owned(),
            kinds: EventKind::TERMINAL.to_vec(),
            enabled: true,
            retention_hours: DEFAULT_RETENTION,
        }
    }
}

/// What changes of an endpoint; `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Its name.
    pub name: Option<String>,
    /// Where it listens.
    pub url: Option<String>,
    /// What it is told of.
    pub kinds: Option<Vec<EventKind>>,
    /// Whether it is told anything.
    pub enabled: Option<bool>,
    /// One of [`RETENTIONS`].
    pub retention_hours: Option<i64>,
}

/// No endpoint with this id is visible to the caller.
pub(super) fn not_found() -> Error {
    let message = "no webhook endpoint with this id exists in your organization";
    Error::new(Code::WebhookEndpointNotFound, message)
}

fn joined(kinds: &[EventKind]) -> String {
    // In the catalogue's order, each once, however they were written.
    let wanted = EventKind::TERMINAL.iter().filter(|kind| kinds.contains(kind));
    wanted.map(|kind| kind.as_str()).collect::<Vec<_>>().join(",")
}

fn checked_url(text: &str, sandbox: bool) -> Result<(), Error> {
    let refuse = |problem| Err(Error::invalid(format!("url {problem}")));
    if text.chars().count() > MAX_URL {
        return refuse("must have at most 2048 characters");
    }
    if text.chars().any(|c| c.is_whitespace() || kayle_domain::text::is_unsafe(c)) {
        return refuse("must be a valid URL");
    }
    let Ok(url) = Url::parse(text) else { return refuse("must be a valid URL") };
    if has_user_info(text) {
        return refuse("must not contain a user name or password");
    }
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => Ok(()),
        "http" if sandbox && loopback => Ok(()),
        "http" if sandbox => refuse("must begin with https://, or be http to this machine"),
        _ => refuse("must begin with https://"),
    }
}

fn sealed(engine: &Engine, id: &str, secret: &WebhookSecret) -> String {
    let plain = secret.as_str().as_bytes();
    engine.keys.seal(Purpose::EndpointSecret, id, plain, engine.entropy.bytes())
}

fn opened(engine: &Engine, id: &str, sealed: &str) -> Result<WebhookSecret, Error> {
    engine
        .keys
        .open(Purpose::EndpointSecret, id, sealed)
        .and_then(|plain| String::from_utf8(plain).ok())
        .and_then(|text| WebhookSecret::parse(&text).ok())
        .ok_or_else(|| Error::internal("an endpoint's secret does not open: is a key missing?"))
}

/// The secrets that sign for an endpoint at `now`, the current one first.
pub fn live_secrets(
    engine: &Engine,
    row: &EndpointRow,
    now: Timestamp,
) -> Result<Vec<WebhookSecret>, Error> {
    let mut secrets = vec![opened(engine, &row.id, &row.secret)?];
    if let Some((previous, _)) = row.previous.as_ref().filter(|(_, until)| now.millis() < *until) {
        secrets.push(opened(engine, &row.id, previous)?);
    }
    Ok(secrets)
}

/// Makes an endpoint of the caller's organization, with its signing secret.
pub async fn create(
    engine: &Engine,
    caller: &Caller,
    new: NewEndpoint,
) -> Result<(EndpointRow, WebhookSecret), Error> {
    create_for(engine, caller.require(Scope::WebhooksWrite)?, new).await
}

/// Makes an endpoint of an organization, for whoever runs this server.
pub async fn create_for(
    engine: &Engine,
    organization: &OrganizationId,
    new: NewEndpoint,
) -> Result<(EndpointRow, WebhookSecret), Error> {
    checked_url(&new.url, engine.config.sandbox)?;
    let secret = WebhookSecret::from_entropy(engine.entropy.bytes());
    let now = engine.now();
    let id = EndpointId::new(now, engine.entropy.bytes());
    let row = EndpointRow {
        name: checked_name(&new.name)?,
        url: new.url,
        secret: sealed(engine, id.as_str(), &secret),
        previous: None,
        event_types: joined(&new.kinds),
        retention_hours: new.retention_hours,
        disabled_at: (!new.enabled).then_some(now.millis()),
        deleted_at: None,
        created_at: now.millis(),
        updated_at: now.millis(),
        id: id.into(),
        organization_id: organization.as_str().to_owned(),
    };
    let work = engine.store.write(row.clone(), |tx, row| Box::pin(add(tx, row)));
    work.await??;
    Ok((row, secret))
}

async fn add(tx: &mut Conn, row: &EndpointRow) -> Result<Result<(), Error>, StoreError> {
    endpoints::lock_organization(tx, &row.organization_id).await?;
    let known = endpoints::of_organization(tx, &row.organization_id).await?;
    if known.len() >= MAX_ENDPOINTS {
        let message = format!("your organization has {MAX_ENDPOINTS} webhook endpoints already");
        return Ok(Err(Error::new(Code::TooManyWebhookEndpoints, message)));
    }
    endpoints::insert(tx, row).await?;
    Ok(Ok(()))
}

/// The caller's endpoints, oldest first.
pub async fn list(engine: &Engine, caller: &Caller) -> Result<Vec<EndpointRow>, Error> {
    list_for(engine, caller.require(Scope::WebhooksRead)?).await
}

/// An organization's endpoints, oldest first, for whoever runs this server.
pub async fn list_for(
    engine: &Engine,
    organization: &OrganizationId,
) -> Result<Vec<EndpointRow>, Error> {
    let mut conn = engine.store.read().await?;
    Ok(endpoints::of_organization(&mut conn, organization.as_str()).await?)
}

/// One endpoint of the caller's.
pub async fn get(engine: &Engine, caller: &Caller, id: &EndpointId) -> Result<EndpointRow, Error> {
    let organization = caller.require(Scope::WebhooksRead)?;
    let mut conn = engine.store.read().await?;
    own(&mut conn, organization, id).await?.ok_or_else(not_found)
}

/// An endpoint that belongs to the organization and was not deleted.
pub async fn own(
    conn: &mut Conn,
    organization: &OrganizationId,
    id: &EndpointId,
) -> Result<Option<EndpointRow>, StoreError> {
    let row = endpoints::by_id(conn, id.as_str()).await?;
    Ok(row.filter(|row| row.organization_id == organization.as_str() && row.deleted_at.is_none()))
}

/// Reads an endpoint of the caller's, lets `change` have its way, and saves it: in one transaction.
async fn change<C>(
    engine: &Engine,
    caller: &Caller,
    id: &EndpointId,
    change: C,
) -> Result<EndpointRow, Error>
where
    C: Fn(&mut EndpointRow, i64) + Send + Sync + 'static,
{
    let organization = caller.require(Scope::WebhooksWrite)?.clone();
    let job = (engine.clone(), organization, id.clone(), change);
    let work = engine.store.write(job, |tx, (engine, organization, id, change)| {
        Box::pin(async move {
            endpoints::lock(tx, id.as_str()).await?;
            let Some(mut row) = own(tx, organization, id).await? else {
                return Ok(Err(not_found()));
            };
            let now = engine.now().millis();
            change(&mut row, now);
            row.updated_at = now;
            endpoints::save(tx, &row).await?;
            if row.deleted_at.is_some() {
                history::endpoint_deleted(tx, &row.id, now, DELETED).await?;
            }
            Ok(Ok(row))
        })
    });
    work.await?
}

/// Changes an endpoint of the caller's.
pub async fn update(
    engine: &Engine,
    caller: &Caller,
    id: &EndpointId,
    mut changes: Changes,
) -> Result<EndpointRow, Error> {
    caller.require(Scope::WebhooksWrite)?;
    if let Some(url) = &changes.url {
        checked_url(url, engine.config.sandbox)?;
    }
    changes.name = changes.name.map(|name| checked_name(&name)).transpose()?;
    change(engine, caller, id, move |row, now| {
        let changes = changes.clone();
        row.name = changes.name.unwrap_or_else(|| row.name.clone());
        row.url = changes.url.unwrap_or_else(|| row.url.clone());
        row.event_types =
            changes.kinds.map_or_else(|| row.event_types.clone(), |kinds| joined(&kinds));
        row.retention_hours = changes.retention_hours.unwrap_or(row.retention_hours);
        row.disabled_at = match changes.enabled {
            Some(true) => None,
            Some(false) => row.disabled_at.or(Some(now)),
            None => row.disabled_at,
        };
    })
    .await
}

/// Deletes an endpoint: what waits for it ends, what was kept for it is destroyed, its history stays.
pub async fn delete(engine: &Engine, caller: &Caller, id: &EndpointId) -> Result<(), Error> {
    let gone = |row: &mut EndpointRow, now| {
        row.deleted_at = Some(now);
        row.disabled_at = row.disabled_at.or(Some(now));
    };
    change(engine, caller, id, gone).await.map(drop)
}

/// A new signing secret; the one before signs beside it for `overlap`.
pub async fn rotate(
    engine: &Engine,
    caller: &Caller,
    id: &EndpointId,
    overlap: Duration,
) -> Result<(EndpointRow, WebhookSecret), Error> {
    let secret = WebhookSecret::from_entropy(engine.entropy.bytes());
    let new = sealed(engine, id.as_str(), &secret);
    let row = change(engine, caller, id, move |row, now| {
        let old = std::mem::replace(&mut row.secret, new.clone());
        let until = Timestamp::from_millis(now).plus(overlap).millis();
        row.previous = (!overlap.is_zero()).then_some((old, until));
    });
    Ok((row.await?, secret))
}

/// The current signing secret of an endpoint of the caller's.
pub async fn reveal(
    engine: &Engine,
    caller: &Caller,
    id: &EndpointId,
) -> Result<WebhookSecret, Error> {
    let organization = caller.require(Scope::WebhooksWrite)?;
    let mut conn = engine.store.read().await?;
    let row = own(&mut conn, organization, id).await?.ok_or_else(not_found)?;
    opened(engine, &row.id, &row.secret)
}

/// Sends a test event to one endpoint by the way every event goes; returns its event and delivery.
pub async fn test(
    engine: &Engine,
    caller: &Caller,
    id: &EndpointId,
) -> Result<(String, String), Error> {
    let organization = caller.require(Scope::WebhooksWrite)?.clone();
    let job = (engine.clone(), organization, id.clone());
    let work = engine.store.write(job, |tx, (engine, organization, id)| {
        Box::pin(async move {
            let Some(row) = own(tx, organization, id).await? else { return Ok(Err(not_found())) };
            if row.disabled_at.is_some() {
                let message = "this webhook endpoint is disabled: enable it first";
                return Ok(Err(Error::new(Code::WebhookEndpointDisabled, message)));
            }
            let (now, kind) = (engine.now(), EventKind::Test.as_str());
            let event = EventId::new(now, engine.entropy.bytes());
            let owner = (organization.as_str(), "");
            outbox::insert_event(tx, event.as_str(), owner, (kind, now.millis())).await?;
            let body = test_envelope(&event, now, id, engine.config.sandbox);
            let delivery = apply::sealed(engine, (&event, kind), "", &row, &body);
            outbox::insert_delivery(tx, organization.as_str(), &delivery, now.millis()).await?;
            Ok(Ok((String::from(event), delivery.id)))
        })
    });
    let made = work.await?;
    engine.mailbox.deliveries_due(outbox::Lane::First);
    made
}

/// Enables or disables an endpoint, for whoever runs this server.
pub async fn set_enabled(engine: &Engine, id: &str, enabled: bool) -> Result<(), Error> {
    let now = engine.now().millis();
    let job = (id.to_owned(), (!enabled).then_some(now), now);
    let work = engine
        .store
        .write(job, |tx, (id, at, now)| Box::pin(endpoints::set_disabled(tx, id, *at, *now)));
    Ok(work.await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_or_this_machine_in_the_sandbox() {
        let long = format!("https://a.example/{}", "x".repeat(MAX_URL));
        for (url, live, sandbox) in [
            ("https://hooks.example/a?b=c", true, true),
            ("https://127.0.0.1/", true, true), // refused when it is connected to
            ("http://127.0.0.1:8080/", false, true),
            ("http://localhost/", false, true),
            ("http://[::1]:1/", false, true),
            ("http://hooks.example/", false, false),
            ("http://localhost.evil.example/", false, false),
            ("https://user@hooks.example/", false, false),
            ("https://user:pw@hooks.example/", false, false),
            ("ftp://hooks.example/", false, false),
            ("https://a b/", false, false),
            ("https://", false, false),
            ("hooks.example", false, false),
            ("", false, false),
            (long.as_str(), false, false),
        ] {
            assert_eq!(checked_url(url, false).is_ok(), live, "live {url}");
            assert_eq!(checked_url(url, true).is_ok(), sandbox, "sandbox {url}");
        }
    }

    #[test]
    fn event_types_are_kept_once_and_in_order() {
        let kinds = [EventKind::Cancelled, EventKind::Succeeded, EventKind::Cancelled];
        assert_eq!(joined(&kinds), "verification.session.succeeded,verification.session.cancelled");
    }
}
