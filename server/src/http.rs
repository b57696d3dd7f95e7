//! The public listener: routers and the layers every request passes.

pub mod answer;
pub(crate) mod assets;
mod checks;
pub(crate) mod cookies;
mod docs;
pub(crate) mod extract;
pub(crate) mod language;
pub mod limit;
mod negotiate;
mod openapi;
pub(crate) mod origin;
mod reference;
mod refusals;
mod schema;
pub(crate) mod security;
pub mod serve;
mod sessions;
mod simulation;
mod strict;
mod verify;
mod webhooks;

use axum::error_handling::HandleErrorLayer;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{BoxError, Extension, Router};
use http::{HeaderName, HeaderValue, StatusCode};
use kayle_app::page::Problem;
use tower::ServiceBuilder;
use tower::timeout::TimeoutLayer; // tower-http's answers with a status alone
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::PropagateRequestIdLayer;
use tower_http::set_header::SetRequestHeaderLayer;
use tower_http::trace::TraceLayer;

use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::page;

pub use openapi::document;

/// Largest JSON body (`spec.md` §3).
pub const MAX_JSON: usize = 64 * 1024;
/// Largest chip upload.
pub const MAX_NFC: usize = 2 * 1024 * 1024;
/// Largest face upload.
pub const MAX_LIVENESS: usize = 16 * 1024 * 1024;

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

/// Routes with what every request meets before and after them: an id of ours, whatever its client calls it; a
/// span that says nothing but that id and the method (never a path, query, token or body); headers every
/// answer has; a limit of the time until an answer begins (a stream goes on after it); the end of a panic.
/// Both ends are told in the envelope under `/v1`, and by a page elsewhere.
pub fn behind_edge(engine: Engine, routes: Router<Engine>) -> Router {
    let visible = page::Trouble::of(&engine);
    let entropy = engine.entropy.clone();
    let id = move |_: &Request| HeaderValue::from_str(&hex::encode(entropy.bytes::<8>())).ok();
    let layers = ServiceBuilder::new()
        .layer(SetRequestHeaderLayer::overriding(REQUEST_ID, id))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_failure(()))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(security::common())
        .layer(from_fn_with_state(visible, page::tell_trouble))
        .layer(HandleErrorLayer::new(async |_: BoxError| {
            let late = Error::new(Code::RequestTimeout, "the request took too long");
            (Extension(Problem::TimedOut), late)
        }))
        .layer(TimeoutLayer::new(engine.config.request_timeout))
        .layer(CatchPanicLayer::custom(|_| {
            // The panic itself was logged by the process's panic hook, without its message.
            (Extension(Problem::Trouble), Error::internal("a handler panicked").render())
                .into_response()
        }));
    routes.layer(layers).with_state(engine)
}

/// Where a request's id stands, in its answer too.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", %id, method = %request.method())
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
