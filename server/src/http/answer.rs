//! The envelope of every answer under `/v1` (`spec.md` §3).

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kayle_domain::text::is_unsafe;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{Code, Error};

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The documented code.
    #[schema(example = "SESSION_NOT_FOUND")]
    pub code: &'static str,
    /// For the developer: names the field.
    pub message: String,
    /// What to do about it.
    pub hint: &'static str,
    /// Where the code is explained.
    #[schema(example = "/docs/errors/SESSION_NOT_FOUND")]
    pub docs: String,
}

impl Problem {
    /// A code with its message, its hint and its page.
    pub fn new(code: Code, message: String) -> Self {
        let docs = format!("/docs/errors/{}", code.as_str());
        Self { code: code.as_str(), message, hint: code.hint(), docs }
    }
}

/// The envelope of an answer that is not 2xx.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refused {
    /// Always null.
    pub data: Option<()>,
    /// What went wrong.
    pub error: Problem,
}

/// The envelope of a 2xx answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Data<T> {
    /// What was asked for.
    pub data: T,
    /// Always null.
    #[schema(value_type = Option<()>)]
    pub error: (),
}

/// Where a list goes on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pagination {
    /// Sessions per page.
    pub limit: u8,
    /// Whether there are more.
    pub has_more: bool,
    /// What to send as `starting_after`.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

/// The envelope of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// One page of it.
    pub data: Vec<T>,
    /// Always null.
    #[schema(value_type = Option<()>)]
    pub error: (),
    /// Where it goes on.
    pub pagination: Pagination,
}

/// Rows per page unless told.
const DEFAULT_LIMIT: u8 = 10;

/// How many rows a page has: 1–100.
pub fn limit(asked: Option<u8>) -> Result<u8, Error> {
    let limit = asked.unwrap_or(DEFAULT_LIMIT);
    match (1..=100).contains(&limit) {
        true => Ok(limit),
        false => Err(Error::invalid("limit must be from 1 to 100")),
    }
}

/// A 200 with `data`.
pub fn ok<T: Serialize>(data: T) -> Json<Data<T>> {
    Json(Data { data, error: () })
}

impl Error {
    /// The answer alone: what led to it has been logged.
    pub fn render(self) -> Response {
        let status = self.code.status();
        // Messages may repeat what was sent: nothing in them disturbs a terminal.
        let safe = |c| if is_unsafe(c) { char::REPLACEMENT_CHARACTER } else { c };
        let message = self.message.chars().map(safe).collect();
        let error = Problem::new(self.code, message);
        let mut response = (status, Json(Refused { data: None, error })).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        self.log();
        self.render()
    }
}

/// Any path under `/v1` that no route takes.
pub fn not_found() -> Error {
    Error::new(Code::NotFound, "no such route")
}

/// A route that does not take this method; axum adds `Allow`.
pub async fn method_not_allowed() -> Error {
    Error::new(Code::MethodNotAllowed, "this route does not take this method")
}
