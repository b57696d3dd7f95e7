//! From the app to an answer: rendered whole, with our own nonce, length and headers.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, RETRY_AFTER, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::StreamExt as _;
use futures::future::BoxFuture;
use futures::stream::{BoxStream, once};
use kayle_app::app::problem_shell;
use kayle_app::backend::Backend;
use kayle_app::page::Problem;
use leptos::prelude::*;

use super::backend::RequestBackend;
use crate::http::security;

/// The page that says what is in the way, whatever was asked for.
pub async fn problem(backend: Arc<RequestBackend>, problem: Problem) -> Response {
    // The address is not the app's business here, and may be one that its router cannot read.
    page(backend, move || problem_shell(problem), Request::new(Body::empty())).await
}

/// What `view` renders for `request`, with the status and the headers the backend asks for.
pub async fn page<V: IntoView + 'static>(
    backend: Arc<RequestBackend>,
    view: impl FnOnce() -> V + Send + 'static,
    request: Request,
) -> Response {
    let context: Backend = backend.clone();
    let provide = move || provide_context(context.clone());
    let rendered = leptos_axum::handle_response_inner(provide, view, request, whole).await;
    let (mut parts, body) = rendered.into_parts();
    let Ok(html) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.status = backend.status();
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(html.len()));
    parts.headers.insert(VARY, HeaderValue::from_static("Cookie, Accept-Language"));
    if let Some(seconds) = backend.retry_after() {
        parts.headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    security::page(&mut parts.headers, backend.nonce(), backend.engine().config.is_https());
    Response::from_parts(parts, Body::from(html))
}

/// Collects the whole document: its status depends on what is at its end. leptos' scripts with the data of
/// resources, which would follow `</html>`, are left out, for the app has no resources. What leptos marks
/// places with is no valid comment; what stands for it here is, and the same node to a browser.
fn whole<V: IntoView>(
    view: V,
    _: Box<dyn FnOnce() -> BoxStream<'static, String> + Send>,
    _: bool,
) -> BoxFuture<'static, BoxStream<'static, String>> {
    let stream = view.to_html_stream_in_order();
    Box::pin(async move {
        let html = stream.collect::<String>().await.replace("<!>", "<!---->");
        once(async { html }).boxed()
    })
}
