//! The public listener: routers and the layers every request passes.

pub mod answer;
mod assets;
mod checks;
mod docs;
mod extract;
pub mod forms;
pub mod limit;
mod openapi;
mod origin;
pub mod page;
mod security;
mod sessions;
mod strict;
mod verify;

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Router, middleware};
use http::header::HeaderName;
use http::{HeaderValue, StatusCode};
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument as _;

use crate::engine::Engine;
use crate::error::{Code, Error};

pub use openapi::document;

/// Largest JSON body (`spec.md` §3).
pub const MAX_JSON: usize = 64 * 1024;
/// Largest chip upload.
pub const MAX_NFC: usize = 2 * 1024 * 1024;
/// Largest face upload.
pub const MAX_LIVENESS: usize = 16 * 1024 * 1024;
/// How long a request may take to arrive and be answered, streams aside.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Everything the public listener answers.
pub fn router(engine: Engine) -> Router {
    let (api, document) = openapi::api();
    let spec = document.to_json().expect("the document holds nothing that cannot be JSON");
    let api = api
        .method_not_allowed_fallback(answer::method_not_allowed)
        .route("/v1", any(async || answer::not_found()))
        .route("/v1/", any(async || answer::not_found()))
        .route("/v1/{*rest}", any(async || answer::not_found()))
        .layer(from_fn_with_state(engine.clone(), origin::guard));
    let json = [(http::header::CONTENT_TYPE, "application/json")];
    Router::new()
        .merge(api)
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/openapi.json", get(move || async move { (json, spec) }))
        .merge(docs::router())
        .merge(assets::router(&engine))
        .merge(page::router(&engine))
        .layer(DefaultBodyLimit::max(MAX_JSON))
        .layer(from_fn(time_limit))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::map_response(security::common))
        .layer(from_fn(traced))
        .with_state(engine)
}

/// One span per request: an id, the method and the path's shape; never a query, token or body.
async fn traced(request: Request, next: Next) -> Response {
    let id = hex::encode(rand::random::<[u8; 8]>());
    let span = tracing::info_span!("request", %id, method = %request.method());
    let mut response = next.run(request).instrument(span.clone()).await;
    span.in_scope(|| tracing::debug!(status = response.status().as_u16(), "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

async fn time_limit(request: Request, next: Next) -> Response {
    let is_stream = request.uri().path().ends_with("/events");
    if is_stream {
        return next.run(request).await;
    }
    match tokio::time::timeout(TIME_LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Error::new(Code::RequestTimeout, "the request took too long").into_response(),
    }
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Error::internal("a handler panicked").into_response()
}

/// The status of an answer without a body.
pub(crate) const NO_CONTENT: StatusCode = StatusCode::NO_CONTENT;
