//! Endpoints: create, list, get, change, delete, test, and their signing secrets.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kayle_domain::{EndpointId, EventKind, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Number;
use utoipa::{IntoParams, ToSchema};

use super::super::answer::{Data, ok};
use super::super::extract::{ApiJson, Authenticated, Named};
use super::super::refusals::{
    OfEndpoint, OfEndpointChange, OfEndpointCreate, OfEndpointDelete, OfEndpointList,
    OfEndpointReveal, OfEndpointTest,
};
use super::super::{NO_CONTENT, schema};
use crate::engine::Engine;
use crate::error::Error;
use crate::service::webhooks::endpoints::{
    self, Changes, DEFAULT_RETENTION, NewEndpoint, RETENTIONS,
};
use crate::store::endpoints::EndpointRow;

/// How long the old secret signs beside a new one, in hours, unless told.
const DEFAULT_OVERLAP: i64 = 24;
/// The longest overlap, in hours.
const MAX_OVERLAP: u64 = 168;

/// The endpoint in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "only its description is used")]
pub struct EndpointPath {
    /// The endpoint's id.
    #[param(pattern = "^whe_[0-9a-f]{32}$", format = "webhook-endpoint-id")]
    id: String,
}

/// A webhook endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndpointBody {
    id: String,
    name: String,
    url: String,
    #[schema(schema_with = schema::event_types)]
    subscribed_event_types: Vec<String>,
    enabled: bool,
    #[schema(schema_with = schema::retention)]
    undelivered_payload_retention_hours: i64,
    /// Until when the secret before the last rotation signs too.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    previous_secret_expires_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// Only in the answers that create or rotate it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    signing_secret: Option<String>,
}

impl EndpointBody {
    fn new(engine: &Engine, row: EndpointRow) -> Self {
        let now = engine.now();
        let until = row.previous.map(|(_, until)| Timestamp::from_millis(until));
        Self {
            id: row.id,
            name: row.name,
            url: row.url,
            subscribed_event_types: row.event_types.split(',').map(str::to_owned).collect(),
            enabled: row.disabled_at.is_none(),
            undelivered_payload_retention_hours: row.retention_hours,
            previous_secret_expires_at: until.filter(|until| now < *until),
            created_at: Timestamp::from_millis(row.created_at),
            updated_at: Timestamp::from_millis(row.updated_at),
            signing_secret: None,
        }
    }
}

/// What an endpoint is created with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateEndpoint {
    /// Where it listens: `https://`, at most 2048 characters; in the sandbox also `http` to this
    /// machine.
    #[schema(schema_with = schema::endpoint_url)]
    url: String,
    /// A name for it, 1–200 characters; without one, the address's host.
    #[schema(schema_with = schema::name)]
    name: Option<String>,
    /// What it is told of; without it, everything.
    #[schema(schema_with = schema::event_types_or_null)]
    subscribed_event_types: Option<Vec<String>>,
    /// Whether it is told anything.
    #[schema(default = true)]
    enabled: Option<bool>,
    /// How long a payload is kept that could not be delivered.
    #[schema(schema_with = schema::retention_or_null)]
    undelivered_payload_retention_hours: Option<Number>,
}

/// What changes of an endpoint; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeEndpoint {
    /// Where it listens.
    #[schema(schema_with = schema::endpoint_url_or_null)]
    url: Option<String>,
    /// A name for it.
    #[schema(schema_with = schema::name)]
    name: Option<String>,
    /// What it is told of.
    #[schema(schema_with = schema::event_types_or_null)]
    subscribed_event_types: Option<Vec<String>>,
    /// Whether it is told anything.
    enabled: Option<bool>,
    /// How long a payload is kept that could not be delivered.
    #[schema(schema_with = schema::retention_or_null)]
    undelivered_payload_retention_hours: Option<Number>,
}

/// How a secret is rotated.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RotateSecret {
    /// How long the old secret signs beside the new one; 0 stops it at once.
    #[schema(value_type = Option<u64>, minimum = 0, maximum = 168, default = 24)]
    overlap_hours: Option<Number>,
}

/// A signing secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecretBody {
    /// `whsec_` and the base64 of 32 bytes: keep it where only your receiver reads it.
    signing_secret: String,
}

/// A test that is on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestBody {
    event_id: String,
    delivery_id: String,
}

fn kinds(texts: &[String]) -> Result<Vec<EventKind>, Error> {
    if texts.is_empty() {
        return Err(Error::invalid("subscribed_event_types must name at least one event type"));
    }
    let known = |text: &String| EventKind::TERMINAL.iter().find(|kind| kind.as_str() == text);
    let unknown = |text: &String| {
        let text: String = text.chars().take(64).collect();
        Error::invalid(format!("subscribed_event_types: {text} is not an event type"))
    };
    texts.iter().map(|text| known(text).copied().ok_or_else(|| unknown(text))).collect()
}

/// A whole number, also where JSON writes it with a fraction of zero; `None` if it is none.
fn whole(number: &Number) -> Option<i64> {
    let text = number.to_string();
    text.strip_suffix(".0").unwrap_or(&text).parse().ok()
}

fn retention(hours: Option<&Number>) -> Result<Option<i64>, Error> {
    let Some(hours) = hours else { return Ok(None) };
    let known = whole(hours).filter(|hours| RETENTIONS.contains(hours));
    let message = "undelivered_payload_retention_hours must be 0, 24, 72 or 168";
    known.map(Some).ok_or_else(|| Error::invalid(message))
}

fn overlap(hours: Option<&Number>) -> Result<Duration, Error> {
    let hours = hours.map_or(Some(DEFAULT_OVERLAP), whole);
    let hours = hours.and_then(|hours| u64::try_from(hours).ok());
    match hours.filter(|hours| *hours <= MAX_OVERLAP) {
        Some(hours) => Ok(Duration::from_secs(hours * 3600)),
        None => Err(Error::invalid("overlap_hours must be a whole number from 0 to 168")),
    }
}

impl CreateEndpoint {
    fn checked(self) -> Result<NewEndpoint, Error> {
        let host = |url: &str| url::Url::parse(url).ok()?.host_str().map(str::to_owned);
        let name = self.name.or_else(|| host(&self.url)).unwrap_or_else(|| "endpoint".to_owned());
        let all = || EventKind::TERMINAL.to_vec();
        let hours = retention(self.undelivered_payload_retention_hours.as_ref())?;
        Ok(NewEndpoint {
            name,
            url: self.url,
            kinds: self
                .subscribed_event_types
                .map(|texts| kinds(&texts))
                .transpose()?
                .unwrap_or_else(all),
            enabled: self.enabled.unwrap_or(true),
            retention_hours: hours.unwrap_or(DEFAULT_RETENTION),
        })
    }
}

/// Create a webhook endpoint
///
/// `signing_secret` is in this answer; `reveal` shows it again.
#[utoipa::path(post, path = "/v1/webhooks/endpoints", tag = "webhooks",
    operation_id = "create_endpoint", request_body = CreateEndpoint, security(("api_key" = [])),
    responses((status = 201, body = Data<EndpointBody>), OfEndpointCreate))]
pub async fn create(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    ApiJson(body): ApiJson<CreateEndpoint>,
) -> Result<Response, Error> {
    let (row, secret) = endpoints::create(&engine, &caller, body.checked()?).await?;
    let signing_secret = Some(secret.as_str().to_owned());
    let body = EndpointBody { signing_secret, ..EndpointBody::new(&engine, row) };
    Ok((StatusCode::CREATED, ok(body)).into_response())
}

/// List webhook endpoints
///
/// All of them, oldest first: an organization has at most 50.
#[utoipa::path(get, path = "/v1/webhooks/endpoints", tag = "webhooks",
    operation_id = "list_endpoints", security(("api_key" = [])),
    responses((status = 200, body = Data<Vec<EndpointBody>>), OfEndpointList))]
pub async fn list(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
) -> Result<Json<Data<Vec<EndpointBody>>>, Error> {
    let rows = endpoints::list(&engine, &caller).await?;
    Ok(ok(rows.into_iter().map(|row| EndpointBody::new(&engine, row)).collect()))
}

/// Get a webhook endpoint
#[utoipa::path(get, path = "/v1/webhooks/endpoints/{id}", tag = "webhooks",
    operation_id = "get_endpoint", params(EndpointPath), security(("api_key" = [])),
    responses((status = 200, body = Data<EndpointBody>), OfEndpoint))]
pub async fn get(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EndpointId>,
) -> Result<Json<Data<EndpointBody>>, Error> {
    let row = endpoints::get(&engine, &caller, &id).await?;
    Ok(ok(EndpointBody::new(&engine, row)))
}

/// Change a webhook endpoint
///
/// What is left out stays. An endpoint that answered 410 was disabled: enable it here.
#[utoipa::path(patch, path = "/v1/webhooks/endpoints/{id}", tag = "webhooks",
    operation_id = "change_endpoint", params(EndpointPath), request_body(content = Option<ChangeEndpoint>),
    security(("api_key" = [])),
    responses((status = 200, body = Data<EndpointBody>), OfEndpointChange))]
pub async fn change(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EndpointId>,
    ApiJson(body): ApiJson<ChangeEndpoint>,
) -> Result<Json<Data<EndpointBody>>, Error> {
    let changes = Changes {
        name: body.name,
        url: body.url,
        kinds: body.subscribed_event_types.map(|texts| kinds(&texts)).transpose()?,
        enabled: body.enabled,
        retention_hours: retention(body.undelivered_payload_retention_hours.as_ref())?,
    };
    let row = endpoints::update(&engine, &caller, &id, changes).await?;
    Ok(ok(EndpointBody::new(&engine, row)))
}

/// Delete a webhook endpoint
///
/// What waits for it ends as failed with `endpoint_deleted`; its history stays.
#[utoipa::path(delete, path = "/v1/webhooks/endpoints/{id}", tag = "webhooks",
    operation_id = "delete_endpoint", params(EndpointPath), security(("api_key" = [])),
    responses((status = 204, description = "It is told nothing any more"), OfEndpointDelete))]
pub async fn delete(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EndpointId>,
) -> Result<StatusCode, Error> {
    endpoints::delete(&engine, &caller, &id).await?;
    Ok(NO_CONTENT)
}

/// Rotate the signing secret
///
/// Both secrets sign every delivery until the overlap is over, so that no receiver has to change in
/// the same moment.
#[utoipa::path(post, path = "/v1/webhooks/endpoints/{id}/signing-secret/rotate", tag = "webhooks",
    operation_id = "rotate_secret", params(EndpointPath),
    request_body(content = Option<RotateSecret>), security(("api_key" = [])),
    responses((status = 200, body = Data<EndpointBody>), OfEndpointChange))]
pub async fn rotate(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EndpointId>,
    ApiJson(body): ApiJson<RotateSecret>,
) -> Result<Json<Data<EndpointBody>>, Error> {
    let overlap = overlap(body.overlap_hours.as_ref())?;
    let (row, secret) = endpoints::rotate(&engine, &caller, &id, overlap).await?;
    let signing_secret = Some(secret.as_str().to_owned());
    Ok(ok(EndpointBody { signing_secret, ..EndpointBody::new(&engine, row) }))
}

/// Reveal the signing secret
#[utoipa::path(post, path = "/v1/webhooks/endpoints/{id}/signing-secret/reveal", tag = "webhooks",
    operation_id = "reveal_secret", params(EndpointPath), security(("api_key" = [])),
    responses((status = 200, body = Data<SecretBody>), OfEndpointReveal))]
pub async fn reveal(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EndpointId>,
) -> Result<Json<Data<SecretBody>>, Error> {
    let secret = endpoints::reveal(&engine, &caller, &id).await?;
    Ok(ok(SecretBody { signing_secret: secret.as_str().to_owned() }))
}

/// Send a test event
///
/// `webhook.test` goes the way every event goes: signed, encrypted if a key is active, tried again.
#[utoipa::path(post, path = "/v1/webhooks/endpoints/{id}/test", tag = "webhooks",
    operation_id = "test_endpoint", params(EndpointPath), security(("api_key" = [])),
    responses((status = 202, body = Data<TestBody>), OfEndpointTest))]
pub async fn test(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EndpointId>,
) -> Result<Response, Error> {
    let (event_id, delivery_id) = endpoints::test(&engine, &caller, &id).await?;
    Ok((StatusCode::ACCEPTED, ok(TestBody { event_id, delivery_id })).into_response())
}
