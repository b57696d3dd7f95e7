//! The floor of HTTP: axum routes at the same paths that read the same requests and answer the same
//! bytes, and do nothing else.

use std::net::{SocketAddr, TcpListener};
use std::thread;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::call::Call;

/// Serves one answer per call.
pub fn serve(answers: Vec<Vec<u8>>) -> Result<SocketAddr, String> {
    listen(router(&answers.into_iter().map(Bytes::from).collect::<Vec<_>>()))
}

/// Serves a router on a listener of its own, to the end of the process; on a runtime of its own, as the
/// real server has one.
pub fn listen(router: Router) -> Result<SocketAddr, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    listener.set_nonblocking(true).map_err(|error| error.to_string())?;
    thread::spawn(move || {
        let runtime = Runtime::new().expect("the machine has threads");
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener);
            let listener = listener.expect("it is a listener that does not block");
            axum::serve(listener, router).await.expect("a listener on loopback stays");
        });
    });
    Ok(address)
}

fn router(answers: &[Bytes]) -> Router {
    let (created, keyed) =
        (answers[Call::Create as usize].clone(), answers[Call::Keyed as usize].clone());
    let create = |headers: HeaderMap, Json(_): Json<Value>| async move {
        let body = if headers.contains_key("idempotency-key") { keyed } else { created };
        (StatusCode::CREATED, [(CONTENT_TYPE, "application/json")], body)
    };
    let read = |call: Call| fixed(call, answers[call as usize].clone());
    let list = answers[Call::List as usize].clone();
    let list = async move |_: RawQuery| ([(CONTENT_TYPE, "application/json")], list);
    Router::new()
        .route("/v1/sessions", post(create).get(list))
        .route("/v1/sessions/{id}", read(Call::Get))
        .route("/v1/sessions/{id}/cancel", post(async |_: Path<String>| StatusCode::NO_CONTENT))
        .route("/v1/verify/session/{id}/status", read(Call::Short))
        .route("/{id}", read(Call::Page))
}

fn fixed(call: Call, body: Bytes) -> MethodRouter {
    let html = call == Call::Page;
    let kind = if html { "text/html; charset=utf-8" } else { "application/json" };
    get(async move |_: Path<String>| ([(CONTENT_TYPE, kind)], body))
}
