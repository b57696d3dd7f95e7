//! Rate limits (`spec.md` §3, §4): what is counted, against whom, and who is never locked out.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use serde_json::json;

use crate::app::{Answer, Db, TestApp, tenant};
use crate::phone::{Phone, agree, handoff, path};

const ON: (&str, &str) = ("KAYLE_RATE_LIMIT", "on");

async fn limited(settings: &[(&str, &str)]) -> TestApp {
    TestApp::with(Db::Sqlite, &[&[ON], settings].concat()).await
}

/// A request from `peer`, through proxies that say `forwarded`.
async fn from(
    app: &TestApp,
    peer: &str,
    forwarded: impl Into<Vec<u8>>,
    path: &str,
    auth: &str,
) -> Answer {
    let forwarded: Vec<u8> = forwarded.into();
    let mut request = Request::builder().uri(path);
    if !auth.is_empty() {
        request = request.header("authorization", auth);
    }
    if !forwarded.is_empty() {
        request = request.header("x-forwarded-for", forwarded);
    }
    let mut request = request.body(Body::empty()).unwrap();
    let peer: SocketAddr = format!("{peer}:4000").parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    app.send(request).await
}

/// Sends until the answer is 429; how many were answered otherwise, and the 429.
async fn until_limited(mut send: impl AsyncFnMut(usize) -> Answer) -> (usize, Answer) {
    for n in 0..500 {
        let answer = send(n).await;
        if answer.status == 429 {
            return (n, answer);
        }
    }
    panic!("never limited");
}

fn number(answer: &Answer, name: &str) -> u64 {
    answer.headers[name].to_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_has_a_hundred_at_once_and_learns_where_it_stands() {
    let app = limited(&[]).await;
    let first = app.api("GET", "/v1/sessions", None).await;
    assert_eq!(
        (number(&first, "ratelimit-limit"), number(&first, "ratelimit-remaining")),
        (100, 99)
    );
    let (passed, refused) =
        until_limited(async |_| app.api("GET", "/v1/sessions", None).await).await;
    assert_eq!(passed, 99);
    assert_eq!(refused.code(), "RATE_LIMITED");
    assert_eq!(number(&refused, "ratelimit-remaining"), 0);
    assert_eq!(number(&refused, "retry-after"), 1);
    assert_eq!(number(&refused, "ratelimit-reset"), number(&refused, "retry-after"));
    let (_, other) = tenant(&app.engine, "Another").await;
    let answer = app.call("GET", "/v1/sessions", &format!("Bearer {other}"), None).await;
    assert_eq!(answer.status, 200, "another key has its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_keys_is_slowed_and_locks_nobody_out() {
    let app = limited(&[]).await;
    let guess = format!("Bearer kk_{}", "a".repeat(32));
    let (passed, refused) =
        until_limited(async |_| app.call("GET", "/v1/sessions", &guess, None).await).await;
    assert_eq!(passed, 100);
    assert_eq!(refused.code(), "RATE_LIMITED");
    assert_eq!(
        app.api("GET", "/v1/sessions", None).await.status,
        200,
        "the same address, a right key"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_forwarded_for_buys_nothing() {
    let app = limited(&[]).await;
    let guess = format!("Bearer kk_{}", "a".repeat(32));
    let forged = async |n: usize| {
        from(&app, "192.0.2.1", format!("198.51.100.{}", n % 250), "/v1/sessions", &guess).await
    };
    until_limited(forged).await;
    assert_eq!(from(&app, "192.0.2.2", "", "/v1/sessions", &guess).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_trusted_proxy_the_client_counts_and_what_it_forged_does_not() {
    let app = limited(&[("KAYLE_TRUSTED_PROXIES", "10.0.0.0/8")]).await;
    let guess = format!("Bearer kk_{}", "a".repeat(32));
    for forged in [&b""[..], b"203.0.113.9, ", b"nonsense, ", b"10.1.1.1, ", b"\xff, "] {
        let attack = async |n: usize| {
            let chain = format!("198.51.100.{n}, 192.0.2.7, 10.0.0.2");
            let chain = [forged, chain.as_bytes()].concat();
            from(&app, "10.0.0.1", chain, "/v1/sessions", &guess).await
        };
        until_limited(attack).await;
        let neighbour = from(&app, "10.0.0.1", "192.0.2.8:55123", "/v1/sessions", &guess).await;
        assert_eq!(neighbour.status, 401, "{forged:?}: another client of the same proxy");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_without_a_credential_is_limited_by_address_and_the_user_is_not() {
    let app = limited(&[]).await;
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    let page = agree(&app, &id, &["kayle_document_id", "age_over_18"]).await;
    let status = path(&id, "status");
    let (passed, _) = until_limited(async |_| app.call("GET", &status, "", None).await).await;
    assert_eq!(passed, 100);
    assert_eq!(app.call("GET", &status, &page, None).await.status, 200);
    assert_eq!(app.call("GET", &format!("/{id}"), "", None).await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_use_up_their_own_room_and_leave_the_users() {
    let app = limited(&[]).await;
    let created = app.create().await;
    let id = created["id"].as_str().unwrap();
    let page = agree(&app, id, &["kayle_document_id", "age_over_18"]).await;
    for route in ["consent", "handoff", "cancel"] {
        let body = (route == "consent").then(
            || json!({ "selected_field_keys": ["kayle_document_id"], "biometric_consent": true }),
        );
        let at = path(id, route);
        until_limited(async |_| app.call("POST", &at, "", body.clone()).await).await;
    }
    // The same address holds the page credential, a hand-off token and the cancel token.
    let token = handoff(&app, id, &page).await;
    let mut phone = Phone::new(id, 1);
    assert_eq!(phone.say_hello(&app, &token).await.status, 200);
    let body = json!({ "cancel_token": created["cancel_token"] });
    let cancelled = app.call("POST", &path(id, "cancel"), "", Some(body)).await;
    assert_eq!(cancelled.status, 204, "{}", cancelled.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_tokens_and_the_right_one_still_works() {
    let app = limited(&[]).await;
    let created = app.create().await;
    let id = created["id"].as_str().unwrap();
    let at = path(id, "cancel");
    let wrong = json!({ "cancel_token": "a".repeat(48) });
    let (passed, refused) =
        until_limited(async |_| app.call("POST", &at, "", Some(wrong.clone())).await).await;
    assert_eq!(passed, 5);
    assert!(number(&refused, "retry-after") > 1);
    let answer = app.call("GET", &format!("/{id}?cancel_token={}", "a".repeat(48)), "", None).await;
    assert_eq!(answer.status, 429, "the page shares the count");
    let right = json!({ "cancel_token": created["cancel_token"] });
    assert_eq!(app.call("POST", &at, "", Some(right)).await.status, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_malformed_or_shows_a_wrong_credential_counts_too() {
    let app = limited(&[]).await;
    for (route, auth, body) in [
        ("cancel", "", "{"),
        ("cancel", "", "{\"cancel_token\":\"a\"}"),
        ("consent", "", "{\"nonsense\":1}"),
        ("hello", "", "{\"mobile_write_token\":7}"),
        ("cancel", "Page kpc_x", "{}"),
        ("handoff", "Device kdc_1_x_y", ""),
        ("checks/nfc", "", ""),
        ("events", "", ""),
        ("status", "Page kpc_x", ""),
    ] {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let method = if matches!(route, "events" | "status") { "GET" } else { "POST" };
        let send = async |_| {
            let mut request = Request::builder().method(method).uri(path(&id, route));
            if !auth.is_empty() {
                request = request.header("authorization", auth);
            }
            if !body.is_empty() {
                request = request.header("content-type", "application/json");
            }
            app.send(request.body(Body::from(body)).unwrap()).await
        };
        let (passed, refused) = until_limited(send).await;
        assert!(passed <= 100, "{route} {auth} {body}: {passed} were answered");
        app.advance(60);
        assert_eq!(refused.code(), "RATE_LIMITED");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_has_thirty_checks_and_exchanges_a_minute() {
    let app = limited(&[]).await;
    for route in ["checks/nfc", "checks/liveness", "checks/nfc/exchange"] {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let (phone, _) = Phone::connected(&app, &id).await;
        let send =
            async |_| app.call("POST", &path(&id, route), &phone.auth(), Some(json!({}))).await;
        let (passed, refused) = until_limited(send).await;
        assert!((29..=30).contains(&passed), "{route}: {passed} were answered");
        assert_eq!(refused.code(), "RATE_LIMITED");
    }
}
