//! Events: list, get, replay.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kayle_domain::{EventId, EventKind, SessionId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::answer::{Data, Page, limit, ok};
use super::super::extract::{ApiQuery, Authenticated, Named};
use super::super::refusals::{OfEvent, OfHistory, OfReplay};
use super::super::schema;
use super::deliveries::DeliveryBody;
use super::{id, page, word};
use crate::engine::Engine;
use crate::error::Error;
use crate::service::webhooks::history;
use crate::store::history::{DeliveryLine, EventLine};

/// The event in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "only its description is used")]
pub struct EventPath {
    /// The event's id.
    #[param(pattern = "^evt_[0-9a-f]{32}$")]
    id: String,
}

/// An event, without what it said: that is for your endpoints alone.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventBody {
    id: String,
    #[serde(rename = "type")]
    #[schema(schema_with = schema::event_type)]
    kind: String,
    /// Absent for a test.
    #[schema(required = true)]
    session_id: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Only when one event is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    deliveries: Option<Vec<DeliveryBody>>,
}

impl From<EventLine> for EventBody {
    fn from(line: EventLine) -> Self {
        Self {
            id: line.id,
            kind: line.kind,
            session_id: Some(line.session_id).filter(|id| !id.is_empty()),
            created_at: Timestamp::from_millis(line.created_at),
            deliveries: None,
        }
    }
}

/// The filters of a list of events.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// Only events of this type.
    #[serde(rename = "type")]
    #[param(schema_with = schema::event_type)]
    kind: Option<String>,
    /// Only the events of this session.
    #[param(pattern = "^vs_[0-9a-f]{32}$", format = "session-id")]
    session_id: Option<String>,
    /// Events per page, 1–100.
    #[param(minimum = 1, maximum = 100, default = 10)]
    limit: Option<u8>,
    /// The last event of the page before: its `next_cursor`.
    #[param(pattern = "^evt_[0-9a-f]{32}$")]
    starting_after: Option<String>,
}

/// List events
///
/// Newest first. Also at `/v1/events`.
#[utoipa::path(get, path = "/v1/webhooks/events", tag = "webhooks", operation_id = "list_events",
    params(EventsQuery), security(("api_key" = [])),
    responses((status = 200, body = Page<EventBody>), OfHistory))]
pub async fn list(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    ApiQuery(query): ApiQuery<EventsQuery>,
) -> Result<Json<Page<EventBody>>, Error> {
    let known: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let kind = word("type", query.kind, &known)?;
    let session: Option<SessionId> = id("session_id", query.session_id.as_ref())?;
    let after: Option<EventId> = id("starting_after", query.starting_after.as_ref())?;
    let limit = limit(query.limit)?;
    let filter = (kind.as_deref(), session.as_ref().map(SessionId::as_str));
    let rows = history::events(&engine, &caller, (after, limit), filter).await?;
    Ok(Json(page(rows, limit, |row| &row.id, EventBody::from)))
}

/// Get an event
///
/// With its deliveries. Also at `/v1/events/{id}`.
#[utoipa::path(get, path = "/v1/webhooks/events/{id}", tag = "webhooks",
    operation_id = "get_event", params(EventPath), security(("api_key" = [])),
    responses((status = 200, body = Data<EventBody>), OfEvent))]
pub async fn get(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EventId>,
) -> Result<Json<Data<EventBody>>, Error> {
    let (event, deliveries): (EventLine, Vec<DeliveryLine>) =
        history::event(&engine, &caller, &id).await?;
    let deliveries = Some(deliveries.into_iter().map(Into::into).collect());
    Ok(ok(EventBody { deliveries, ..event.into() }))
}

/// What is sent once more.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayBody {
    event_id: String,
    delivery_ids: Vec<String>,
}

/// Replay an event
///
/// Every failed delivery of it is tried once more, while its payload is kept. The event's id stays.
#[utoipa::path(post, path = "/v1/webhooks/events/{id}/replay", tag = "webhooks",
    operation_id = "replay_event", params(EventPath), security(("api_key" = [])),
    responses((status = 202, body = Data<ReplayBody>), OfReplay))]
pub async fn replay(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EventId>,
) -> Result<Response, Error> {
    let delivery_ids = history::replay(&engine, &caller, &id).await?;
    let body = ReplayBody { event_id: id.into(), delivery_ids };
    Ok((StatusCode::ACCEPTED, ok(body)).into_response())
}
