//! `/v1/sessions`: what integrators send and get.

mod body;
mod terms;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kayle_domain::{SessionId, Status, Timestamp};
use serde::Deserialize;
use utoipa::IntoParams;

use super::answer::{Data, Page, Pagination, Refused, ok};
use super::extract::{ApiJson, ApiQuery, Authenticated, IdInPath};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::service::sessions::{self, Query};
use crate::store::sessions::Filter;

pub use body::SessionBody;
pub use terms::CreateSession;

/// Sessions per page unless told.
const DEFAULT_LIMIT: u8 = 10;

/// Create a session
///
/// No body asks for exactly `kayle_document_id`. `cancel_token` is shown only in this answer.
#[utoipa::path(post, path = "/v1/sessions", tag = "sessions", request_body = CreateSession,
    security(("api_key" = [])),
    responses((status = 201, body = Data<SessionBody>), (status = 400, body = Refused),
        (status = 401, body = Refused), (status = 403, body = Refused),
        (status = 413, body = Refused), (status = 415, body = Refused),
        (status = 429, body = Refused), (status = 501, body = Refused)))]
pub async fn create(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    ApiJson(body): ApiJson<CreateSession>,
) -> Result<Response, Error> {
    if headers.contains_key("idempotency-key") {
        let message = "Idempotency-Key is not supported by this version: nothing was created";
        return Err(Error::new(Code::NotImplemented, message));
    }
    let terms = body.terms(caller.organization.clone(), engine.config.sandbox)?;
    let created = sessions::create(&engine, &caller, terms).await?;
    let body = SessionBody::created(&engine, &created);
    Ok((StatusCode::CREATED, ok(body)).into_response())
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
#[utoipa::path(get, path = "/v1/sessions/{id}", tag = "sessions", params(
        ("id" = String, Path, description = "The session's id"), GetQuery),
    security(("api_key" = [])),
    responses((status = 200, body = Data<SessionBody>), (status = 400, body = Refused),
        (status = 401, body = Refused), (status = 403, body = Refused),
        (status = 404, body = Refused), (status = 429, body = Refused)))]
pub async fn get(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    IdInPath(id): IdInPath,
    ApiQuery(query): ApiQuery<GetQuery>,
) -> Result<Json<Data<SessionBody>>, Error> {
    let found = sessions::get(&engine, &caller, &id, query.include_attempts).await?;
    Ok(ok(SessionBody::found(&engine, &found)))
}

/// The filters of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only sessions with this status now.
    status: Option<String>,
    /// Created at this RFC 3339 instant or later.
    created_from: Option<String>,
    /// Created at this RFC 3339 instant or earlier.
    created_to: Option<String>,
    /// Only sessions with this reference.
    client_reference_id: Option<String>,
    /// Sessions per page, 1–100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u8>,
    /// The last session of the page before.
    starting_after: Option<String>,
    /// Whether attempts come with each.
    include_attempts: bool,
}

fn parsed<T>(
    name: &str,
    text: Option<&String>,
    parse: fn(&str) -> Option<T>,
) -> Result<Option<T>, Error> {
    let invalid = || Error::invalid(format!("{name} is not a valid value"));
    text.map(|text| parse(text).ok_or_else(invalid)).transpose()
}

impl ListQuery {
    fn checked(self) -> Result<Query, Error> {
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=100).contains(&limit) {
            return Err(Error::invalid("limit must be from 1 to 100"));
        }
        let id = |text: &str| text.parse::<SessionId>().ok();
        Ok(Query {
            filter: Filter {
                status: parsed("status", self.status.as_ref(), Status::parse)?,
                created_from: parsed("created_from", self.created_from.as_ref(), Timestamp::parse)?,
                created_to: parsed("created_to", self.created_to.as_ref(), Timestamp::parse)?,
                client_reference_id: self.client_reference_id,
                after: None,
            },
            starting_after: parsed("starting_after", self.starting_after.as_ref(), id)?,
            limit,
            with_attempts: self.include_attempts,
        })
    }
}

/// List sessions
///
/// Newest first. An overdue session counts as expired.
#[utoipa::path(get, path = "/v1/sessions", tag = "sessions", params(ListQuery),
    security(("api_key" = [])),
    responses((status = 200, body = Page<SessionBody>), (status = 400, body = Refused),
        (status = 401, body = Refused), (status = 403, body = Refused),
        (status = 429, body = Refused)))]
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
    let data = listed.sessions.iter().map(|found| SessionBody::found(&engine, found)).collect();
    Ok(Json(Page { data, error: (), pagination }))
}

/// Cancel a session
///
/// Idempotent in every status; changes only an open session. Does not consume the cancel token.
#[utoipa::path(post, path = "/v1/sessions/{id}/cancel", tag = "sessions",
    params(("id" = String, Path, description = "The session's id")),
    security(("api_key" = [])),
    responses((status = 204), (status = 400, body = Refused), (status = 401, body = Refused),
        (status = 403, body = Refused), (status = 404, body = Refused),
        (status = 429, body = Refused)))]
pub async fn cancel(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    IdInPath(id): IdInPath,
) -> Result<StatusCode, Error> {
    sessions::cancel(&engine, &caller, &id).await?;
    Ok(super::NO_CONTENT)
}
