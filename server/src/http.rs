//! The public listener: routers and the layers every request passes.

pub mod answer;
mod assets;
mod checks;
mod docs;
mod extract;
pub mod forms;
mod language;
pub mod limit;
mod negotiate;
mod openapi;
mod origin;
pub mod page;
mod reference;
mod refusals;
mod schema;
mod security;
pub mod serve;
mod sessions;
mod simulation;
mod strict;
mod verify;
mod webhooks;

use std::panic::AssertUnwindSafe;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use futures::FutureExt as _;
use http::header::HeaderName;
use http::{HeaderValue, StatusCode};
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
/// Whether a path is that of a session's event stream: it has no time limit, and a type of its own.
fn is_stream(path: &str) -> bool {
    path.starts_with("/v1/verify/session/") && path.ends_with("/events")
}

/// Everything the public listener answers.
pub fn router(engine: Engine) -> Router {
    let (api, document) = openapi::api();
    let spec = document.to_json().expect("the document holds nothing that cannot be JSON");
    let document = serde_json::from_str(&spec).expect("it is JSON");
    let api = api
        .method_not_allowed_fallback(answer::method_not_allowed)
        .route("/v1", any(async || answer::not_found()))
        .route("/v1/", any(async || answer::not_found()))
        .route("/v1/{*rest}", any(async || answer::not_found()))
        .layer(from_fn_with_state(engine.clone(), admit));
    let json = [(http::header::CONTENT_TYPE, "application/json")];
    let routes = Router::new()
        .merge(api)
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/openapi.json", get(move || async move { (json, spec) }))
        .merge(docs::router(&engine, &document))
        .merge(reference::router(&engine))
        .merge(assets::router(&engine))
        .merge(page::router(&engine))
        .layer(DefaultBodyLimit::max(MAX_JSON));
    behind_edge(engine, routes)
}

/// Routes with what every request meets before and after them.
pub fn behind_edge(engine: Engine, routes: Router<Engine>) -> Router {
    routes.layer(from_fn_with_state(engine.clone(), edge)).with_state(engine)
}

/// What every request meets first, as one layer, for each costs its share of every request: a span
/// with an id and the method (never a path, query, token or body), the time limit, the end of a
/// panic, and the headers every answer has.
async fn edge(State(engine): State<Engine>, request: Request, next: Next) -> Response {
    let id = hex::encode(engine.entropy.bytes::<8>());
    let span = tracing::info_span!("request", %id, method = %request.method());
    let mut response = answer(&engine, request, next).instrument(span.clone()).await;
    span.in_scope(|| tracing::debug!(status = response.status().as_u16(), "answered"));
    security::common(response.headers_mut());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// A request has to arrive and be answered in time, streams aside; a panic is answered too.
async fn answer(engine: &Engine, request: Request, next: Next) -> Response {
    let is_stream = is_stream(request.uri().path());
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    let answered = if is_stream {
        Ok(answer.await)
    } else {
        tokio::time::timeout(engine.config.request_timeout, answer).await
    };
    match answered {
        Ok(Ok(response)) => response,
        // The panic itself was logged by the process's panic hook, without its message.
        Ok(Err(_)) => Error::internal("a handler panicked").render(),
        Err(_) => Error::new(Code::RequestTimeout, "the request took too long").into_response(),
    }
}

/// What every request under `/v1` meets, as one layer: where it comes from, what it accepts, and
/// what it leaves of a limit.
async fn admit(State(engine): State<Engine>, mut request: Request, next: Next) -> Response {
    let slot = limit::Slot::default();
    request.extensions_mut().insert(slot.clone());
    let checked = negotiate::check(&request).and_then(|()| origin::check(&engine, &request));
    let mut response = match checked {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    };
    limit::tell(&slot, response.headers_mut());
    response
}

/// The status of an answer without a body.
pub(crate) const NO_CONTENT: StatusCode = StatusCode::NO_CONTENT;
