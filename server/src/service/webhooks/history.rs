//! What was sent: events, deliveries and tries, and sending once more while the payload is kept.

use kayle_domain::{DeliveryId, EventId, OrganizationId};

use super::super::callers::{Caller, Scope};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::store::history::{self, DeliveryFilter, DeliveryLine, EventLine, TryLine, Window};
use crate::store::outbox::Lane;
use crate::store::{Conn, StoreError, endpoints};

/// One page of a list.
#[derive(Debug)]
pub struct Page<T> {
    /// Its rows, newest first.
    pub rows: Vec<T>,
    /// Whether there are more.
    pub has_more: bool,
}

impl<T> Page<T> {
    fn cut(mut rows: Vec<T>, limit: u8) -> Self {
        let has_more = rows.len() > usize::from(limit);
        rows.truncate(limit.into());
        Self { rows, has_more }
    }
}

fn no_event() -> Error {
    let message = "no event with this id exists in your organization";
    Error::new(Code::WebhookEventNotFound, message)
}

fn no_delivery() -> Error {
    let message = "no delivery with this id exists in your organization";
    Error::new(Code::WebhookDeliveryNotFound, message)
}

fn unknown_cursor(of: &str) -> Error {
    Error::invalid(format!("starting_after names no {of} of your organization"))
}

fn window(before: Option<(i64, String)>, limit: u8) -> Window {
    Window { before, limit: i64::from(limit) + 1 }
}

async fn own_event(
    conn: &mut Conn,
    organization: &OrganizationId,
    id: &EventId,
) -> Result<Option<EventLine>, StoreError> {
    let row = history::event_by_id(conn, id.as_str()).await?;
    Ok(row.filter(|row| row.organization_id == organization.as_str()))
}

async fn own_delivery(
    conn: &mut Conn,
    organization: &OrganizationId,
    id: &DeliveryId,
) -> Result<Option<DeliveryLine>, StoreError> {
    let row = history::delivery_by_id(conn, id.as_str()).await?;
    Ok(row.filter(|row| row.organization_id == organization.as_str()))
}

/// A page of the caller's events, of a type and of a session if they are given.
pub async fn events(
    engine: &Engine,
    caller: &Caller,
    (after, limit): (Option<EventId>, u8),
    filter: (Option<&str>, Option<&str>),
) -> Result<Page<EventLine>, Error> {
    let organization = caller.require(Scope::WebhooksRead)?;
    let mut conn = engine.store.read().await?;
    let before = match after {
        None => None,
        Some(id) => {
            let row = own_event(&mut conn, organization, &id).await?;
            let row = row.ok_or_else(|| unknown_cursor("event"))?;
            Some((row.created_at, row.id))
        }
    };
    let window = window(before, limit);
    let rows = history::events(&mut conn, organization.as_str(), &window, filter).await?;
    Ok(Page::cut(rows, limit))
}

/// One event of the caller's, with its deliveries.
pub async fn event(
    engine: &Engine,
    caller: &Caller,
    id: &EventId,
) -> Result<(EventLine, Vec<DeliveryLine>), Error> {
    let organization = caller.require(Scope::WebhooksRead)?;
    let mut conn = engine.store.read().await?;
    let event = own_event(&mut conn, organization, id).await?.ok_or_else(no_event)?;
    let deliveries = history::of_event(&mut conn, id.as_str()).await?;
    Ok((event, deliveries))
}

/// A page of the caller's deliveries.
pub async fn deliveries(
    engine: &Engine,
    caller: &Caller,
    (after, limit): (Option<DeliveryId>, u8),
    filter: &DeliveryFilter,
) -> Result<Page<DeliveryLine>, Error> {
    let organization = caller.require(Scope::WebhooksRead)?;
    let mut conn = engine.store.read().await?;
    let before = match after {
        None => None,
        Some(id) => {
            let row = own_delivery(&mut conn, organization, &id).await?;
            let row = row.ok_or_else(|| unknown_cursor("delivery"))?;
            Some((row.created_at, row.id))
        }
    };
    let window = window(before, limit);
    let rows = history::deliveries(&mut conn, organization.as_str(), &window, filter).await?;
    Ok(Page::cut(rows, limit))
}

/// One delivery of the caller's, with its tries.
pub async fn delivery(
    engine: &Engine,
    caller: &Caller,
    id: &DeliveryId,
) -> Result<(DeliveryLine, Vec<TryLine>), Error> {
    let organization = caller.require(Scope::WebhooksRead)?;
    let mut conn = engine.store.read().await?;
    let delivery = own_delivery(&mut conn, organization, id).await?.ok_or_else(no_delivery)?;
    let tries = history::tries(&mut conn, id.as_str()).await?;
    Ok((delivery, tries))
}

/// Sends a failed delivery of the caller's once more, while its payload is kept.
pub async fn retry(
    engine: &Engine,
    caller: &Caller,
    id: &DeliveryId,
) -> Result<DeliveryLine, Error> {
    let organization = caller.require(Scope::WebhooksWrite)?.clone();
    let job = (organization, id.clone(), engine.now().millis());
    let work = engine.store.write(job, |tx, (organization, id, now)| {
        Box::pin(async move {
            let Some(row) = own_delivery(tx, organization, id).await? else {
                return Ok(Err(no_delivery()));
            };
            if let Err(refused) = again(tx, &row, *now).await? {
                return Ok(Err(refused));
            }
            let row = history::delivery_by_id(tx, id.as_str()).await?;
            Ok(row.ok_or_else(no_delivery))
        })
    });
    let made = work.await?;
    engine.mailbox.deliveries_due(Lane::Again);
    made
}

/// Sends every failed delivery of an event of the caller's once more; returns which. An error says
/// why there is none.
pub async fn replay(engine: &Engine, caller: &Caller, id: &EventId) -> Result<Vec<String>, Error> {
    let organization = caller.require(Scope::WebhooksWrite)?.clone();
    let job = (organization, id.clone(), engine.now().millis());
    let work = engine.store.write(job, |tx, (organization, id, now)| {
        Box::pin(async move {
            if own_event(tx, organization, id).await?.is_none() {
                return Ok(Err(no_event()));
            }
            let (mut sent, mut refusal) = (Vec::new(), None);
            for row in history::of_event(tx, id.as_str()).await? {
                match again(tx, &row, *now).await? {
                    Ok(()) => sent.push(row.id),
                    Err(refused) => refusal = refusal.or(Some(refused)),
                }
            }
            Ok(match refusal {
                Some(refused) if sent.is_empty() => Err(refused),
                _ => Ok(sent),
            })
        })
    });
    let made = work.await?;
    engine.mailbox.deliveries_due(Lane::Again);
    made
}

/// Makes a delivery due again, if it failed, its payload is kept and its endpoint takes anything.
async fn again(
    tx: &mut Conn,
    row: &DeliveryLine,
    now: i64,
) -> Result<Result<(), Error>, StoreError> {
    if matches!(row.status.as_str(), "pending" | "delivering") {
        let message = "this delivery is on its way";
        return Ok(Err(Error::new(Code::WebhookDeliveryInProgress, message)));
    }
    let expired = || {
        let message = "the payload of this delivery was destroyed";
        Error::new(Code::WebhookPayloadExpired, message)
    };
    if row.status != "failed" || !row.kept {
        return Ok(Err(expired()));
    }
    let endpoint = endpoints::by_id(tx, &row.endpoint_id).await?;
    if endpoint.is_none_or(|endpoint| endpoint.disabled_at.is_some()) {
        let message = "the webhook endpoint of this delivery is disabled: enable it first";
        return Ok(Err(Error::new(Code::WebhookEndpointDisabled, message)));
    }
    Ok(if history::retry(tx, &row.id, now).await? { Ok(()) } else { Err(expired()) })
}
