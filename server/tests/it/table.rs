//! The public side as one table: route × session state × credential → answer (`spec.md` §4).

use axum::body::Body;
use axum::http::Request;
use kayle_domain::Check;
use serde_json::json;

use crate::app::TestApp;
use crate::both;
use crate::phone::{Phone, Upload, agree, handoff, path};

/// The states a session can be in, in the order of the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Created,
    Agreed,
    Bound,
    ChipRead,
    Released,
    Succeeded,
    Failed,
    Expired,
    Cancelled,
}

const STATES: [State; 9] = [
    State::Created,
    State::Agreed,
    State::Bound,
    State::ChipRead,
    State::Released,
    State::Succeeded,
    State::Failed,
    State::Expired,
    State::Cancelled,
];

/// One line per route and credential; one column per state.
///
/// `ok` is 200 or 204; `401` UNAUTHORIZED; the rest abbreviates the documented codes. A phone
/// before the first hello, or after a release, presents a credential of an older binding.
const TABLE: &str = "
                  created agreed  bound   chip    released success failed  expired cancel
status    nobody  ok      ok      ok      ok      ok       ok      ok      ok      ok
status    page    ok      ok      ok      ok      ok       ok      ok      ok      ok
status    phone   401     401     ok      ok      401      ok      ok      ok      ok
status    strange 401     401     401     401     401      401     401     401     401
details   nobody  ok      ok      ok      ok      ok       over    over    expired over
details   page    ok      ok      ok      ok      ok       over    over    expired over
details   phone   ok      ok      ok      ok      ok       over    over    expired over
details   strange 401     401     401     401     401      401     401     401     401
events    nobody  401     401     401     401     401      401     401     401     401
events    page    ok      ok      ok      ok      ok       ok      ok      ok      ok
events    phone   401     401     401     401     401      401     401     401     401
events    strange 401     401     401     401     401      401     401     401     401
consent   nobody  ok      401     401     401     401      over    over    expired over
consent   page    ok      ok      frozen  frozen  frozen   over    over    expired over
consent   phone   ok      401     401     401     401      over    over    expired over
consent   strange 401     401     401     401     401      401     401     401     401
handoff   nobody  401     401     401     401     401      401     401     401     401
handoff   page    agree   ok      busy    busy    ok       over    over    expired over
handoff   phone   401     401     401     401     401      401     401     401     401
handoff   strange 401     401     401     401     401      401     401     401     401
hello     nobody  agree   ok      used    used    ok       over    over    expired over
release   nobody  401     401     401     401     401      401     401     401     401
release   page    nophone nophone ok      ok      nophone  over    over    expired over
release   phone   401     401     401     401     401      401     401     401     401
release   strange 401     401     401     401     401      401     401     401     401
nfc       nobody  401     401     401     401     401      401     401     401     401
nfc       page    401     401     401     401     401      401     401     401     401
nfc       phone   401     401     ok      already 401      over    over    expired over
nfc       strange 401     401     401     401     401      401     401     401     401
liveness  nobody  401     401     401     401     401      401     401     401     401
liveness  page    401     401     401     401     401      401     401     401     401
liveness  phone   401     401     first   ok      401      over    over    expired over
liveness  strange 401     401     401     401     401      401     401     401     401
cancel    nobody  401     401     401     401     401      401     401     401     401
cancel    page    ok      ok      ok      ok      ok       ok      ok      ok      ok
cancel    phone   401     401     ok      ok      401      ok      ok      ok      ok
cancel    strange 401     401     401     401     401      401     401     401     401
cancel    token   ok      ok      ok      ok      ok       ok      ok      ok      ok
";

fn short(status: u16, text: &str) -> String {
    if matches!(status, 200 | 204) {
        return "ok".into();
    }
    let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    match json["error"]["code"].as_str().unwrap_or(text) {
        "UNAUTHORIZED" => "401",
        "SESSION_TERMINAL" => "over",
        "SESSION_EXPIRED" => "expired",
        "CONSENT_REQUIRED" => "agree",
        "CONSENT_FROZEN" => "frozen",
        "SESSION_IN_PROGRESS" => "busy",
        "HANDOFF_TOKEN_CONSUMED" => "used",
        "DEVICE_NOT_CONNECTED" => "nophone",
        "CHECK_ALREADY_CONFIRMED" => "already",
        "CHECK_OUT_OF_ORDER" => "first",
        other => other,
    }
    .into()
}

struct Scene {
    session: String,
    cancel_token: String,
    page: String,
    token: String,
    phone: Phone,
}

/// A session in `state`, with everything its people hold.
async fn scene(app: &TestApp, state: State) -> Scene {
    let created = app.create().await;
    let session = created["id"].as_str().expect("an id").to_owned();
    let cancel_token = created["cancel_token"].as_str().expect("a token").to_owned();
    let id = session.parse().expect("an id");
    let page = format!("Page {}", kayle_server::service::credentials::page(&app.engine, &id));
    let outdated = kayle_server::service::credentials::device(&app.engine, &id, 0);
    let mut phone = Phone::new(&session, 1);
    phone.hello = json!({ "device_credential": outdated });
    let mut token = forged_offer(app, &session).await;
    if state != State::Created {
        agree(app, &session, &["kayle_document_id", "age_over_18"]).await;
    }
    if !matches!(state, State::Created | State::Agreed) {
        token = handoff(app, &session, &page).await;
        assert_eq!(phone.say_hello(app, &token).await.status, 200);
    }
    match state {
        State::ChipRead => phone.chip(app).await,
        State::Released => {
            app.call("POST", &path(&session, "release"), &page, None).await;
            token = handoff(app, &session, &page).await;
        }
        State::Succeeded => {
            phone.chip(app).await;
            phone.face(app).await;
        }
        State::Failed => {
            let upload = Upload { without_assertion: true, ..Upload::default() };
            phone.check(app, Check::Nfc, upload).await;
        }
        State::Expired => app.advance(3600),
        State::Cancelled => {
            app.api("POST", &format!("/v1/sessions/{session}/cancel"), None).await;
        }
        _ => {}
    }
    Scene { session, cancel_token, page, token, phone }
}

/// A token as a hand-off would have given it, also where a hand-off is refused.
async fn forged_offer(app: &TestApp, session: &str) -> String {
    let id = session.parse().expect("an id");
    let session = kayle_server::service::verify::load(&app.engine, &id).await.expect("a session");
    kayle_server::service::verify::offer(&app.engine, &session).token
}

async fn cell(app: &TestApp, route: &str, who: &str, state: State) -> String {
    let mut scene = scene(app, state).await;
    let auth = match who {
        "page" => scene.page.clone(),
        "phone" => scene.phone.auth(),
        "strange" => {
            let other = app.create().await;
            let id = other["id"].as_str().expect("an id").parse().expect("an id");
            format!("Page {}", kayle_server::service::credentials::page(&app.engine, &id))
        }
        _ => String::new(),
    };
    let at = path(&scene.session, route);
    let answer = match route {
        "status" | "details" => app.call("GET", &at, &auth, None).await,
        "events" => return events(app, &at, &auth).await,
        "consent" => {
            let body = json!({
                "selected_field_keys": ["kayle_document_id", "age_over_18"],
                "biometric_consent": true,
            });
            app.call("POST", &at, &auth, Some(body)).await
        }
        "hello" => {
            let phone = Phone::new(&scene.session, 9);
            app.call("POST", &at, "", Some(phone.hello_body(&scene.token))).await
        }
        "nfc" | "liveness" => {
            let check = Check::parse(route).expect("a check");
            let upload = Upload::default();
            let request = scene.phone.request(app, check, upload, &auth);
            let (mut parts, body) = request.into_parts();
            parts.uri = path(&scene.session, &format!("checks/{route}")).parse().expect("a path");
            app.send(Request::from_parts(parts, body)).await
        }
        "cancel" if who == "token" => {
            let body = json!({ "cancel_token": scene.cancel_token });
            app.call("POST", &at, "", Some(body)).await
        }
        _ => app.call("POST", &at, &auth, None).await,
    };
    short(answer.status.as_u16(), &answer.text)
}

/// A stream never ends while the session is open, so only its head is read.
async fn events(app: &TestApp, at: &str, auth: &str) -> String {
    use tower::ServiceExt as _;
    let mut request = Request::builder().uri(at);
    if !auth.is_empty() {
        request = request.header("authorization", auth);
    }
    let request = request.body(Body::empty()).expect("a request");
    let response = app.router.clone().oneshot(request).await.expect("infallible");
    let status = response.status().as_u16();
    if status == 200 {
        return short(status, "");
    }
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    short(status, &String::from_utf8_lossy(&body))
}

both! {
    async fn every_route_answers_every_state_and_credential_as_documented(app: TestApp) {
        let mut wrong = Vec::new();
        for line in TABLE.lines().skip(2) {
            let mut words = line.split_whitespace();
            let (route, who) = (words.next().expect("a route"), words.next().expect("a name"));
            let expected: Vec<_> = words.collect();
            assert_eq!(expected.len(), STATES.len(), "{line}");
            for (state, expected) in STATES.into_iter().zip(expected) {
                let found = cell(&app, route, who, state).await;
                if found != expected {
                    wrong.push(format!("{route} by {who} while {state:?}: {found}, not {expected}"));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
