//! The sandbox's panel: who may let the simulated phone loose, and that nobody can outside.

use serde_json::json;

use crate::app::{Answer, Db, LIVE, TestApp};
use crate::both;
use crate::languages::{FORM, visit};

const SIMULATE: &str = "/form/simulate";

async fn post(app: &TestApp, path: &str, site: &str, cookie: &str, body: &str) -> Answer {
    let headers = [FORM, ("sec-fetch-site", site), ("accept", "text/html"), ("cookie", cookie)];
    visit(app, "POST", path, &headers, body).await
}

/// The session's path, and the cookie of the browser that opened its original link.
async fn visitor(app: &TestApp) -> (String, String) {
    let created = app.api("POST", "/v1/sessions", Some(json!({}))).await.data();
    let text = |name: &str| created[name].as_str().unwrap().to_owned();
    let link = format!("/{}?cancel_token={}", text("id"), text("cancel_token"));
    let answer = app.call("GET", &link, "", None).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    (format!("/{}", text("id")), cookie.to_owned())
}

both! {
    async fn only_the_session_s_own_visitor_starts_the_phone(app: TestApp) {
        let (page, cookie) = visitor(&app).await;
        let session = format!("session={}", page.trim_start_matches('/'));
        for (site, cookie, body, status) in [
            ("cross-site", cookie.as_str(), "scenario=pass", 403),
            ("same-origin", "", "scenario=pass", 401),
            ("same-origin", &cookie, "scenario=perhaps", 400),
            ("same-origin", &cookie, "scenario=pass&scenario=pass", 400),
            ("same-origin", &cookie, "", 400),
        ] {
            let answer = post(&app, SIMULATE, site, cookie, &format!("{session}&{body}")).await;
            assert_eq!(answer.status, status, "{site} {body}");
        }
        let answer = post(&app, SIMULATE, "same-origin", &cookie, &format!("{session}&scenario=pass")).await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.headers["location"], format!("{page}?notice=simulating"));
    }

    async fn a_finished_session_has_no_room_for_a_phone(app: TestApp) {
        let (page, cookie) = visitor(&app).await;
        app.api("POST", &format!("/v1/sessions{page}/cancel"), None).await;
        let body = format!("session={}&scenario=pass", page.trim_start_matches('/'));
        let answer = post(&app, SIMULATE, "same-origin", &cookie, &body).await;
        assert_eq!(answer.headers["location"], format!("{page}?notice=changed"));
    }

    async fn the_panel_is_shown_to_whoever_may_use_it(app: TestApp) {
        let (page, cookie) = visitor(&app).await;
        let look = async |cookie: &str| visit(&app, "GET", &page, &[("cookie", cookie)], "").await.text;
        let (own, other) = (look(&cookie).await, look("").await);
        for name in ["pass", "nfc-fail", "liveness-fail", "face-mismatch", "cloned", "abandon"] {
            assert!(own.contains(&format!("<option value=\"{name}\">")), "{name}");
        }
        assert!(own.contains("action=\"/form/simulate\""));
        assert!(!other.contains("/simulate"));
    }
}

#[tokio::test]
async fn outside_the_sandbox_there_is_no_panel_and_no_such_address() {
    let app = TestApp::with(Db::Sqlite, &LIVE).await;
    let (page, cookie) = visitor(&app).await;
    let shown = visit(&app, "GET", &page, &[("cookie", &cookie)], "").await;
    assert_eq!(shown.status, 200);
    assert!(!shown.text.contains("/simulate") && !shown.text.contains("kayle simulate"));
    let body = format!("session={}&scenario=pass", page.trim_start_matches('/'));
    let answer = post(&app, SIMULATE, "same-origin", &cookie, &body).await;
    assert_eq!(answer.status, 404);
}
