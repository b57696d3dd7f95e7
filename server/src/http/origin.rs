//! Requests another site may have forged: refused before they reach a handler (`spec.md` §8).

use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, COOKIE, ORIGIN};
use axum::http::{HeaderMap, Method};

use crate::engine::Engine;
use crate::error::{Code, Error};

/// Whether a browser says that this request comes from our own page: `Sec-Fetch-Site:
/// same-origin`, or, where a browser does not send it, our exact `Origin`.
pub fn is_own(headers: &HeaderMap, engine: &Engine) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text(ORIGIN.as_str()).is_some_and(|origin| origin == own_origin(engine)),
    }
}

fn own_origin(engine: &Engine) -> String {
    url::Url::parse(&engine.config.public_url)
        .map(|url| url.origin().ascii_serialization())
        .unwrap_or_default()
}

/// Under `/v1`: a mutation that a cookie would authorise must come from our own page. Requests
/// with an `Authorization` header, or without any cookie, carry nothing a browser adds by itself.
pub fn check(engine: &Engine, request: &Request) -> Result<(), Error> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let headers = request.headers();
    let ambient = headers.contains_key(COOKIE) && !headers.contains_key(AUTHORIZATION);
    let foreign = headers.contains_key("sec-fetch-site") || headers.contains_key(ORIGIN);
    if (ambient || foreign) && !is_own(headers, engine) {
        return Err(Error::new(Code::CrossOrigin, "the request comes from another site"));
    }
    Ok(())
}
