//! `/v1/sessions`: what integrators send and get.

mod body;
pub mod terms;

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use kayle_domain::{SessionId, Status, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::answer::{Data, Page, Pagination, limit, ok};
use super::extract::{ApiJson, ApiQuery, Authenticated, IdInPath, IdempotencyKey};
use super::refusals::{OfCancel, OfCreate, OfErase, OfGet, OfList};
use super::schema::{self, SessionPath};
use crate::engine::Engine;
use crate::error::Error;
use crate::service::erase;
use crate::service::idempotency::Once;
use crate::service::sessions::{self, Query};
use crate::store::sessions::Filter;

pub use body::SessionBody;
pub use terms::CreateSession;

/// The type of every body.
const JSON: [(HeaderName, &str); 1] = [(CONTENT_TYPE, "application/json")];
/// Says that nothing new was created.
const REPLAYED: [(&str, &str); 1] = [("idempotency-replayed", "true")];

/// Where creates are remembered for.
const CREATE: &str = "POST /v1/sessions";

/// Create a session
///
/// No body asks for exactly `kayle_document_id`. `cancel_token`, and the token in
/// `verification_url`, are shown only in this answer. With an `Idempotency-Key` the same request may
/// be sent again for 24 hours: it creates nothing more and is answered as the first one was.
#[utoipa::path(post, path = "/v1/sessions", tag = "sessions", operation_id = "create_session",
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255,
        pattern = "^[!-~]{1,255}$",
        description = "One value per session you mean to create, such as a UUID")),
    request_body(content = Option<CreateSession>), security(("api_key" = [])),
    responses((status = 201, body = Data<SessionBody>, headers(
        ("Idempotency-Replayed" = Option<String>, description = "`true`: answered before"))),
        OfCreate))]
pub async fn create(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    IdempotencyKey(key): IdempotencyKey,
    ApiJson(body): ApiJson<CreateSession>,
) -> Result<Response, Error> {
    let normal = key.as_ref().map(|_| body.normal_form());
    let terms = body.terms(caller.organization.clone(), engine.config.sandbox)?;
    let created = sessions::open(&engine, &caller, terms)?;
    let answer = bytes(&ok(SessionBody::created(&engine, &created)).0);
    let once = key
        .zip(normal)
        .map(|(key, body)| Once::new(&engine, (&caller.organization, CREATE), &key, body, &answer));
    match sessions::create(&engine, &created, once).await? {
        None => Ok((StatusCode::CREATED, JSON, answer).into_response()),
        Some(first) => Ok((StatusCode::CREATED, JSON, REPLAYED, first).into_response()),
    }
}

fn bytes(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).expect("bodies hold nothing that cannot be JSON")
}

/// What a single session is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct GetQuery {
    /// Whether the session's attempts come with it.
    include_attempts: bool,
}

/// Get a session
#[utoipa::path(get, path = "/v1/sessions/{id}", tag = "sessions", operation_id = "get_session",
    params(SessionPath, GetQuery), security(("api_key" = [])),
    responses((status = 200, body = Data<SessionBody>), OfGet))]
pub async fn get(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    IdInPath(id): IdInPath,
    ApiQuery(query): ApiQuery<GetQuery>,
) -> Result<Json<Data<SessionBody>>, Error> {
    let found = sessions::get(&engine, &caller, &id, query.include_attempts).await?;
    Ok(ok(SessionBody::found(&engine, found)))
}

/// The filters of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only sessions with this status now; an overdue one counts as expired.
    #[param(schema_with = schema::status)]
    status: Option<String>,
    /// Created at this RFC 3339 instant or later.
    #[param(format = DateTime)]
    created_from: Option<String>,
    /// Created at this RFC 3339 instant or earlier.
    #[param(format = DateTime)]
    created_to: Option<String>,
    /// Only sessions with this reference.
    #[param(
        max_length = 200,
        pattern = "^[^\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069\\u2028\\u2029]*$"
    )]
    client_reference_id: Option<String>,
    /// Sessions per page, 1–100.
    #[param(minimum = 1, maximum = 100, default = 10)]
    limit: Option<u8>,
    /// The last session of the page before: its `next_cursor`.
    #[param(pattern = "^vs_[0-9a-f]{32}$", format = "session-id")]
    starting_after: Option<String>,
    /// Whether attempts come with each.
    #[param(default = false)]
    include_attempts: bool,
}

/// A parameter that may be left out; `expected` says what it must be.
fn parsed<T>(
    (name, expected): (&str, &str),
    text: Option<&String>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Error> {
    let invalid = || Error::invalid(format!("{name} must be {expected}"));
    text.map(|text| parse(text).ok_or_else(invalid)).transpose()
}

impl ListQuery {
    fn checked(self) -> Result<Query, Error> {
        const INSTANT: &str = "an RFC 3339 instant, such as 2026-05-05T11:00:00Z";
        let statuses = "created, in_progress, succeeded, failed, expired or cancelled";
        let limit = limit(self.limit)?;
        let reference = self.client_reference_id.map(terms::reference).transpose()?;
        let (from, to, after) = (&self.created_from, &self.created_to, &self.starting_after);
        let id = |text: &str| text.parse::<SessionId>().ok();
        // A plus that was not encoded arrives as a space.
        let instant = |text: &str| Timestamp::parse(&text.replace(' ', "+"));
        Ok(Query {
            filter: Filter {
                status: parsed(("status", statuses), self.status.as_ref(), Status::parse)?,
                created_from: parsed(("created_from", INSTANT), from.as_ref(), instant)?,
                created_to: parsed(("created_to", INSTANT), to.as_ref(), instant)?,
                client_reference_id: reference,
                after: None,
            },
            starting_after: parsed(("starting_after", "a session's id"), after.as_ref(), id)?,
            limit,
            with_attempts: self.include_attempts,
        })
    }
}

/// List sessions
///
/// Newest first. Send `next_cursor` as `starting_after` until `has_more` is false: every session
/// that was there before the first page comes exactly once, whatever is created meanwhile.
#[utoipa::path(get, path = "/v1/sessions", tag = "sessions", operation_id = "list_sessions",
    params(ListQuery), security(("api_key" = [])),
    responses((status = 200, body = Page<SessionBody>), OfList))]
pub async fn list(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Page<SessionBody>>, Error> {
    let query = query.checked()?;
    let limit = query.limit;
    let listed = sessions::list(&engine, &caller, query).await?;
    let last = listed.sessions.last().filter(|_| listed.has_more);
    let pagination = Pagination {
        limit,
        has_more: listed.has_more,
        next_cursor: last.map(|found| found.session.id.as_str().to_owned()),
    };
    let data =
        listed.sessions.into_iter().map(|found| SessionBody::found(&engine, found)).collect();
    Ok(Json(Page { data, error: (), pagination }))
}

/// Cancel a session
///
/// Idempotent in every status; changes only an open session. Does not consume the cancel token.
#[utoipa::path(post, path = "/v1/sessions/{id}/cancel", tag = "sessions",
    operation_id = "cancel_session", params(SessionPath), security(("api_key" = [])),
    responses((status = 204, description = "The session is over"), OfCancel))]
pub async fn cancel(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    IdInPath(id): IdInPath,
) -> Result<StatusCode, Error> {
    sessions::cancel(&engine, &caller, &id).await?;
    Ok(super::NO_CONTENT)
}

/// Erase a session
///
/// Only one that is over. Its payloads are destroyed, so an event that was not delivered yet never
/// will be; reasons, redirect, reference, metadata and consent are blanked, and the create that made
/// it is forgotten with its `Idempotency-Key`. Status, tries and times stay. Doing it again does no
/// harm.
#[utoipa::path(delete, path = "/v1/sessions/{id}", tag = "sessions", operation_id = "erase_session",
    params(SessionPath), security(("api_key" = [])),
    responses((status = 204, description = "Nothing of a person is left"), OfErase))]
pub async fn erase(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    IdInPath(id): IdInPath,
) -> Result<StatusCode, Error> {
    erase::erase(&engine, &caller, &id).await?;
    Ok(super::NO_CONTENT)
}
