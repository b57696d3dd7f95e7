//! The verifier of faces: what it says counts, and everything else is trouble that costs nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router};
use kayle_domain::Check;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};

use crate::app::{Db, TestApp};
use crate::fleet::{Fleet, eventually};
use crate::phone::{Phone, Upload, handoff, path};

const SUCCEEDED: &str = "SELECT COUNT(*) FROM sessions WHERE status = 'succeeded'";

/// The nonce of a question, found in its body.
async fn nonce(request: Request) -> String {
    let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
    let body = String::from_utf8_lossy(&body).into_owned();
    let at = body.find("\"nonce\":\"").unwrap() + 9;
    body[at..at + 64].to_owned()
}

/// Serves these routes; returns where.
async fn listen(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

/// A verifier that answers the same way every time, and how often it was asked.
async fn verifier<F>(answer: F) -> (String, Arc<AtomicUsize>)
where
    F: Fn(usize, String) -> Response + Clone + Send + Sync + 'static,
{
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let router = Router::new().fallback(move |request: Request| {
        let (answer, count) = (answer.clone(), count.clone());
        async move {
            assert_eq!(request.uri().path(), "/v1/faces/judge");
            answer(count.fetch_add(1, Ordering::SeqCst), nonce(request).await)
        }
    });
    (listen(router).await, asked)
}

fn said(nonce: &str, live: &str, score: &Value, verdict: &str) -> Value {
    json!({
        "nonce": nonce, "liveness": { "verdict": live, "score": 0.9 },
        "face_match": { "score": score }, "verdict": verdict,
    })
}

/// A session whose chip was confirmed, on a server with that verifier.
async fn waiting(url: &str) -> (TestApp, String, Phone) {
    waiting_with(&waiting_for(url)).await
}

async fn waiting_with(settings: &[(&str, &str)]) -> (TestApp, String, Phone) {
    let app = TestApp::with(Db::Sqlite, settings).await;
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    let (mut phone, _) = Phone::connected(&app, &id).await;
    phone.chip(&app).await;
    (app, id, phone)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_verifier_says_decides() {
    for (live, score, verdict, failure) in [
        ("live", 0.6, "confirmed", Value::Null),
        ("live", 0.59, "confirmed", json!("selfie_face_mismatch")),
        ("live", 0.9, "not_confirmed", json!("selfie_face_mismatch")),
        ("not_live", 0.9, "not_confirmed", json!("liveness_failed")),
        ("not_live", 0.9, "confirmed", json!("liveness_failed")),
    ] {
        let answer = move |_, nonce: String| {
            Json(said(&nonce, live, &json!(score), verdict)).into_response()
        };
        let (url, asked) = verifier(answer).await;
        let (app, _, mut phone) = waiting(&url).await;
        let judged = phone.check(&app, Check::Liveness, Upload::default()).await;
        assert_eq!(judged.data()["failure_code"], failure, "{live} {score} {verdict}");
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn anything_but_an_answer_is_trouble_and_costs_no_try() {
    type Answer = fn(usize, String) -> Response;
    let cases: [(&str, Answer, usize); 12] = [
        (
            "another nonce",
            |_, _| Json(said(&"0".repeat(64), "live", &json!(0.9), "confirmed")).into_response(),
            1,
        ),
        (
            "a score above one",
            |_, n| Json(said(&n, "live", &json!(1.5), "confirmed")).into_response(),
            1,
        ),
        (
            "a score below zero",
            |_, n| Json(said(&n, "live", &json!(-0.1), "confirmed")).into_response(),
            1,
        ),
        ("no score", |_, n| Json(said(&n, "live", &Value::Null, "confirmed")).into_response(), 1),
        (
            "another word",
            |_, n| Json(said(&n, "alive", &json!(0.9), "confirmed")).into_response(),
            1,
        ),
        ("not JSON", |_, _| "yes".into_response(), 1),
        ("too long", |_, n| (n + &" ".repeat(20_000)).into_response(), 1),
        ("a bad request", |_, _| StatusCode::BAD_REQUEST.into_response(), 1),
        ("its own trouble", |_, _| StatusCode::INTERNAL_SERVER_ERROR.into_response(), 1),
        ("not now, twice", |_, _| StatusCode::SERVICE_UNAVAILABLE.into_response(), 2),
        (
            "elsewhere",
            |_, _| (StatusCode::FOUND, [("location", "/v1/faces/judge")]).into_response(),
            1,
        ),
        ("success of another kind", |_, _| StatusCode::NO_CONTENT.into_response(), 1),
    ];
    for (what, answer, times) in cases {
        let (url, asked) = verifier(answer).await;
        let (app, id, mut phone) = waiting(&url).await;
        let attempt = phone.attempt();
        let upload = || Upload { attempt: Some(attempt.clone()), ..Upload::default() };
        let judged = phone.check(&app, Check::Liveness, upload()).await;
        assert_eq!(
            (judged.status.as_u16(), judged.code().as_str()),
            (503, "EVIDENCE_UNAVAILABLE"),
            "{what}"
        );
        assert_eq!(asked.load(Ordering::SeqCst), times, "{what}");
        let session = app.get(&id).await;
        assert_eq!(session["liveness_tries_used"], 0, "{what}");
        assert_eq!(session["attempts"][1]["status"], "cancelled", "{what} {session}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verifier_that_was_away_is_asked_once_more() {
    let answer = |times, nonce: String| match times {
        0 => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        _ => Json(said(&nonce, "live", &json!(0.9), "confirmed")).into_response(),
    };
    let (url, asked) = verifier(answer).await;
    let (app, _, mut phone) = waiting(&url).await;
    phone.face(&app).await;
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verifier_that_is_gone_or_silent_costs_no_try_and_the_same_attempt_may_go_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let url = format!("http://{address}");
    let settings = [("KAYLE_BIOMETRIC_URL", &*url), ("KAYLE_BIOMETRIC_TIMEOUT", "2s")];
    let (app, id, mut phone) = waiting_with(&settings).await;
    let attempt = phone.attempt();
    let upload = || Upload { attempt: Some(attempt.clone()), ..Upload::default() };
    // Nobody accepts: the question waits until its time is over.
    let silent = phone.check(&app, Check::Liveness, upload()).await;
    assert_eq!((silent.status.as_u16(), silent.code().as_str()), (503, "EVIDENCE_UNAVAILABLE"));
    drop(listener);
    let gone = phone.check(&app, Check::Liveness, upload()).await;
    assert_eq!((gone.status.as_u16(), gone.code().as_str()), (503, "EVIDENCE_UNAVAILABLE"));
    assert_eq!(app.get(&id).await["liveness_tries_used"], 0);
    let listener = TcpListener::bind(address).await.unwrap();
    tokio::spawn(
        async move { axum::serve(listener, kayle_server::sandbox::verifier::router()).await },
    );
    let judged = phone.check(&app, Check::Liveness, upload()).await;
    assert_eq!(judged.data()["outcome"], "confirmed", "{}", judged.text);
}

#[test]
fn the_committed_contract_is_the_codes_own() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/biometric-verifier.openapi.json");
    let document = kayle_server::check::biometric::contract::document();
    if std::env::var_os("KAYLE_WRITE_OPENAPI").is_some() {
        std::fs::write(path, &document).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == document,
        "{path} is out of date: run the tests once with KAYLE_WRITE_OPENAPI=1"
    );
}

/// A verifier that says the same of every face when it may: its address, what says that it was
/// asked, and what lets it answer.
async fn patient(live: &'static str) -> (String, Arc<Notify>, Arc<Semaphore>) {
    let (asked, answer) = (Arc::new(Notify::new()), Arc::new(Semaphore::new(0)));
    let (heard, may) = (asked.clone(), answer.clone());
    let router = Router::new().fallback(move |request: Request| {
        let (heard, may) = (heard.clone(), may.clone());
        async move {
            let nonce = nonce(request).await;
            heard.notify_one();
            may.acquire().await.unwrap().forget();
            Json(said(&nonce, live, &json!(0.99), "confirmed"))
        }
    });
    (listen(router).await, asked, answer)
}

/// The settings of a server that waits for such a verifier as long as a slow machine takes.
fn waiting_for(url: &str) -> [(&str, &str); 2] {
    [("KAYLE_BIOMETRIC_URL", url), ("KAYLE_BIOMETRIC_TIMEOUT", "20s")]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_finished_when_the_phone_hangs_up() {
    let (url, asked, answer) = patient("live").await;
    let (app, id, mut phone) = waiting_with(&waiting_for(&url)).await;
    let face = Upload { attempt: Some(phone.attempt()), ..Upload::default() };
    let auth = phone.auth();
    let request = phone.request(&app, Check::Liveness, face.clone(), &auth);
    tokio::select! {
        answered = app.send(request) => panic!("{}", answered.text),
        () = asked.notified() => {}
    }
    answer.add_permits(1);
    let over = async || app.get(&id).await["status"] == "succeeded";
    eventually("what the verifier said is recorded", over).await;
    let again = phone.check(&app, Check::Liveness, face).await;
    assert_eq!(again.data()["outcome"], "confirmed", "{}", again.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_finished_when_the_phone_hangs_up_and_the_server_is_asked_to_end() {
    let (url, asked, answer) = patient("live").await;
    let fleet = Fleet::start(Db::Sqlite).await;
    let mut server = fleet.serve_with(&[], &waiting_for(&url)).await;
    let session = server.create().await;
    let mut phone = fleet.phone(&server, &session, "pass").spawn().unwrap();
    asked.notified().await;
    phone.kill().await.unwrap();
    server.signal("TERM").await;
    let address = server.url.strip_prefix("http://").unwrap();
    let deaf = async || tokio::net::TcpStream::connect(address).await.is_err();
    eventually("nobody is let in any more", deaf).await;
    server.lasts(Duration::from_secs(1)).await;
    answer.add_permits(1);
    server.ended().await;
    assert_eq!(fleet.count(SUCCEEDED).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_phone_of_a_test_goes_on_when_whoever_sent_it_hangs_up() {
    let (url, asked, answer) = patient("live").await;
    let fleet = Fleet::start(Db::Sqlite).await;
    let server = fleet.serve_with(&[], &waiting_for(&url)).await;
    let id = server.create().await["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/sessions/{id}/simulate");
    tokio::select! {
        answered = server.call(&path, json!({ "scenario": "pass" })) => panic!("{answered:?}"),
        () = asked.notified() => {}
    }
    answer.add_permits(1);
    eventually("the session succeeds", async || fleet.count(SUCCEEDED).await == 1).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_judged_of_a_released_phone_counts_for_nothing_and_keeps_nobody_waiting() {
    let (url, asked, answer) = patient("not_live").await;
    let app = TestApp::with(Db::Sqlite, &waiting_for(&url)).await;
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    let (mut first, page) = Phone::connected(&app, &id).await;
    first.chip(&app).await;
    let face = Upload { attempt: Some(first.attempt()), ..Upload::default() };
    let auth = first.auth();
    let judged = app.send(first.request(&app, Check::Liveness, face.clone(), &auth));
    let meanwhile = async {
        asked.notified().await;
        let again = first.check(&app, Check::Liveness, face).await;
        assert_eq!((again.status.as_u16(), again.code().as_str()), (409, "ATTEMPT_IN_PROGRESS"));
        assert_eq!(app.call("POST", &path(&id, "release"), &page, None).await.status, 204);
        let token = handoff(&app, &id, &page).await;
        let mut second = Phone::new(&id, 2);
        assert_eq!(second.say_hello(&app, &token).await.status, 200);
        second.chip(&app).await;
        let both = async {
            asked.notified().await;
            answer.add_permits(2);
        };
        tokio::join!(second.check(&app, Check::Liveness, Upload::default()), both).0.data()
    };
    let (overtaken, other) = tokio::join!(judged, meanwhile);
    let told = (overtaken.status.as_u16(), overtaken.code());
    assert_eq!(told, (409, "ATTEMPT_CANCELLED".to_owned()), "{}", overtaken.text);
    assert_eq!(other["tries"]["liveness"]["used"], 1, "{other}");
    assert_eq!(app.get(&id).await["liveness_tries_used"], 1);
    let noted = "SELECT COUNT(*) FROM audit WHERE rule IS NOT NULL";
    assert_eq!(app.count(noted).await, 2, "the trail knows of both");
}
