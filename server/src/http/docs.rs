//! `/docs/errors/{code}`: what `error.docs` links to, from the same list the code uses.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::engine::Engine;
use crate::error::Code;

/// The page of each code.
pub fn router() -> Router<Engine> {
    Router::new().route("/docs/errors/{code}", get(page))
}

async fn page(Path(name): Path<String>) -> Response {
    match Code::ALL.iter().find(|code| code.as_str() == name) {
        Some(code) => Html(render(*code)).into_response(),
        None => (StatusCode::NOT_FOUND, "no such error code\n").into_response(),
    }
}

fn render(code: Code) -> String {
    let (name, status) = (code.as_str(), code.status());
    let hint = code.hint().replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>{name}</title>\
         <meta name=viewport content=\"width=device-width\"><h1>{name}</h1>\
         <p>HTTP status {status}</p><p>{hint}</p>"
    )
}
