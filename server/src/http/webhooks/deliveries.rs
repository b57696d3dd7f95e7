//! Deliveries: list, get, their tries, retry.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kayle_domain::{DeliveryId, EndpointId, EventId, SessionId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::answer::{Data, Page, limit, ok};
use super::super::extract::{ApiQuery, Authenticated, Named};
use super::super::refusals::{OfDelivery, OfHistory, OfRetry};
use super::super::schema;
use super::{id, page, word};
use crate::engine::Engine;
use crate::error::Error;
use crate::service::webhooks::history;
use crate::store::history::{DeliveryFilter, DeliveryLine, TryLine};

/// How a delivery may stand.
pub const STATUSES: [&str; 5] = ["pending", "delivering", "succeeded", "failed", "superseded"];

/// The delivery in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "only its description is used")]
pub struct DeliveryPath {
    /// The delivery's id.
    #[param(pattern = "^whd_[0-9a-f]{32}$")]
    id: String,
}

/// An event on its way to one endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryBody {
    id: String,
    event_id: String,
    #[schema(schema_with = schema::event_type)]
    event_type: String,
    endpoint_id: String,
    /// Absent for a test.
    #[schema(required = true)]
    session_id: Option<String>,
    #[schema(schema_with = schema::delivery_status)]
    status: String,
    /// Tries begun.
    attempts: i64,
    /// When the next one is due.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    next_attempt_at: Option<Timestamp>,
    /// Why there will be none: the last try's error, or `endpoint_disabled`, `endpoint_deleted`,
    /// `endpoint_gone` (it answered 410), `no_active_key`, `session_erased` and the like.
    #[schema(required = true)]
    failure: Option<String>,
    /// Whether it can be sent once more.
    payload_available: bool,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    completed_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl From<DeliveryLine> for DeliveryBody {
    fn from(line: DeliveryLine) -> Self {
        let waits = line.status == "pending";
        Self {
            id: line.id,
            event_id: line.event_id,
            event_type: line.kind,
            endpoint_id: line.endpoint_id,
            session_id: Some(line.session_id).filter(|id| !id.is_empty()),
            status: line.status,
            attempts: line.tries,
            next_attempt_at: waits.then(|| Timestamp::from_millis(line.next_at)),
            failure: line.failure,
            payload_available: line.kept,
            completed_at: line.completed_at.map(Timestamp::from_millis),
            created_at: Timestamp::from_millis(line.created_at),
            updated_at: Timestamp::from_millis(line.updated_at),
        }
    }
}

/// One try of a delivery.
#[derive(Debug, Serialize, ToSchema)]
pub struct TryBody {
    id: String,
    delivery_id: String,
    /// What the endpoint answered.
    #[schema(required = true)]
    status_code: Option<i64>,
    /// What went wrong: `http_status`, `redirect`, `timeout`, `connect`, `reset`, `tls`, `dns`,
    /// `protocol`, `blocked_address` or `invalid_url`; null on success.
    #[schema(required = true)]
    error: Option<String>,
    /// How long it took, in milliseconds.
    latency_ms: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<TryLine> for TryBody {
    fn from(line: TryLine) -> Self {
        Self {
            id: line.id,
            delivery_id: line.delivery_id,
            status_code: line.status_code,
            error: line.error_class,
            latency_ms: line.latency_ms,
            created_at: Timestamp::from_millis(line.created_at),
        }
    }
}

/// The filters of a list of deliveries.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct DeliveriesQuery {
    /// Only deliveries that stand so.
    #[param(schema_with = schema::delivery_status)]
    status: Option<String>,
    /// Only those for this endpoint.
    #[param(pattern = "^whe_[0-9a-f]{32}$", format = "webhook-endpoint-id")]
    endpoint_id: Option<String>,
    /// Only those of this event.
    #[param(pattern = "^evt_[0-9a-f]{32}$")]
    event_id: Option<String>,
    /// Only those of this session.
    #[param(pattern = "^vs_[0-9a-f]{32}$", format = "session-id")]
    session_id: Option<String>,
    /// Deliveries per page, 1–100.
    #[param(minimum = 1, maximum = 100, default = 10)]
    limit: Option<u8>,
    /// The last delivery of the page before: its `next_cursor`.
    #[param(pattern = "^whd_[0-9a-f]{32}$")]
    starting_after: Option<String>,
}

/// List deliveries
///
/// Newest first.
#[utoipa::path(get, path = "/v1/webhooks/deliveries", tag = "webhooks",
    operation_id = "list_deliveries", params(DeliveriesQuery), security(("api_key" = [])),
    responses((status = 200, body = Page<DeliveryBody>), OfHistory))]
pub async fn list(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    ApiQuery(query): ApiQuery<DeliveriesQuery>,
) -> Result<Json<Page<DeliveryBody>>, Error> {
    let endpoint: Option<EndpointId> = id("endpoint_id", query.endpoint_id.as_ref())?;
    let event: Option<EventId> = id("event_id", query.event_id.as_ref())?;
    let session: Option<SessionId> = id("session_id", query.session_id.as_ref())?;
    let after: Option<DeliveryId> = id("starting_after", query.starting_after.as_ref())?;
    let filter = DeliveryFilter {
        status: word("status", query.status, &STATUSES)?,
        endpoint_id: endpoint.map(Into::into),
        event_id: event.map(Into::into),
        session_id: session.map(Into::into),
    };
    let limit = limit(query.limit)?;
    let rows = history::deliveries(&engine, &caller, (after, limit), &filter).await?;
    Ok(Json(page(rows, limit, |row| &row.id, DeliveryBody::from)))
}

/// Get a delivery
#[utoipa::path(get, path = "/v1/webhooks/deliveries/{id}", tag = "webhooks",
    operation_id = "get_delivery", params(DeliveryPath), security(("api_key" = [])),
    responses((status = 200, body = Data<DeliveryBody>), OfDelivery))]
pub async fn get(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<DeliveryId>,
) -> Result<Json<Data<DeliveryBody>>, Error> {
    let (delivery, _) = history::delivery(&engine, &caller, &id).await?;
    Ok(ok(delivery.into()))
}

/// List a delivery's tries
///
/// All of them, oldest first.
#[utoipa::path(get, path = "/v1/webhooks/deliveries/{id}/attempts", tag = "webhooks",
    operation_id = "list_attempts", params(DeliveryPath), security(("api_key" = [])),
    responses((status = 200, body = Data<Vec<TryBody>>), OfDelivery))]
pub async fn attempts(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<DeliveryId>,
) -> Result<Json<Data<Vec<TryBody>>>, Error> {
    let (_, tries) = history::delivery(&engine, &caller, &id).await?;
    Ok(ok(tries.into_iter().map(Into::into).collect()))
}

/// Retry a delivery
///
/// One that failed is tried once more, while its payload is kept.
#[utoipa::path(post, path = "/v1/webhooks/deliveries/{id}/retry", tag = "webhooks",
    operation_id = "retry_delivery", params(DeliveryPath), security(("api_key" = [])),
    responses((status = 202, body = Data<DeliveryBody>), OfRetry))]
pub async fn retry(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<DeliveryId>,
) -> Result<Response, Error> {
    let delivery = history::retry(&engine, &caller, &id).await?;
    Ok((StatusCode::ACCEPTED, ok(DeliveryBody::from(delivery))).into_response())
}
