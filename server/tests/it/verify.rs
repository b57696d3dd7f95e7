//! Consent, hand-off, hello, release, cancel: what the table of routes does not say.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use crate::app::TestApp;
use crate::both;
use crate::phone::{Phone, agree, handoff, path};

async fn session(app: &TestApp) -> String {
    app.create().await["id"].as_str().unwrap().to_owned()
}

both! {
    async fn the_contract_hash_is_that_of_the_contract_as_the_api_shows_it(app: TestApp) {
        let reason = "Prüfung \"A/B\" </b> & \u{1f6c2} 檢查";
        let body = json!({ "share_fields": {
            "family_name": { "required": true, "reason": reason },
            "age_over_18": { "required": false, "reason": "Age" },
        } });
        let created = app.api("POST", "/v1/sessions", Some(body)).await;
        let rest = created.text.split_once("\"share_fields\":").unwrap().1;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<serde::de::IgnoredAny>();
        values.next().unwrap().unwrap();
        let shown = &rest[..values.byte_offset()];
        assert!(shown.contains("age_over_18") && shown.contains("檢查"), "{shown}");
        let id = created.data()["id"].as_str().unwrap().to_owned();
        let body = json!({ "selected_field_keys": ["family_name", "kayle_document_id"], "biometric_consent": true });
        let agreed = app.call("POST", &path(&id, "consent"), "", Some(body)).await.data();
        assert_eq!(agreed["contract_hash"], kayle_server::keys::sha256_hex(shown.as_bytes()), "{shown}");
    }

    async fn consent_takes_required_fields_and_only_what_was_asked_for(app: TestApp) {
        let id = session(&app).await;
        for (keys, biometric, code) in [
            (vec!["kayle_document_id"], true, "SHARE_SELECTION_MISSING_REQUIRED"),
            (vec!["kayle_document_id", "age_over_18", "date_of_birth"], true, "SHARE_SELECTION_INVALID_FIELD"),
            (vec!["kayle_document_id", "age_over_18", "age_over_18"], true, "SHARE_SELECTION_INVALID_FIELD"),
            (vec!["kayle_document_id", "age_over_18"], false, "INVALID_REQUEST"),
        ] {
            let body = json!({ "selected_field_keys": keys, "biometric_consent": biometric });
            let answer = app.call("POST", &path(&id, "consent"), "", Some(body)).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, code), "{keys:?}");
        }
        for body in [json!({}), json!({ "selected_field_keys": "x", "biometric_consent": true }), json!({ "selected_field_keys": [], "biometric_consent": true, "extra": 1 })] {
            let answer = app.call("POST", &path(&id, "consent"), "", Some(body)).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_REQUEST"));
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM sessions WHERE consent_id IS NOT NULL").await, 0);
    }

    async fn consent_may_be_repeated_until_a_phone_starts(app: TestApp) {
        let id = session(&app).await;
        let page = agree(&app, &id, &["kayle_document_id", "age_over_18"]).await;
        let body = json!({ "selected_field_keys": ["kayle_document_id", "age_over_18", "family_name"], "biometric_consent": true });
        let again = app.call("POST", &path(&id, "consent"), &page, Some(body.clone())).await;
        assert_eq!(again.status, 200);
        assert_eq!(again.data()["selected_field_keys"].as_array().unwrap().len(), 3);
        let token = handoff(&app, &id, &page).await;
        let mut phone = Phone::new(&id, 1);
        assert_eq!(phone.say_hello(&app, &token).await.status, 200);
        assert_eq!(phone.hello["consent"]["id"], again.data()["consent_id"]);
        assert_eq!(phone.hello["consent"]["reasons"]["family_name"], "To greet you");
        let frozen = app.call("POST", &path(&id, "consent"), &page, Some(body)).await;
        assert_eq!((frozen.status.as_u16(), frozen.code().as_str()), (409, "CONSENT_FROZEN"));
    }

    async fn hand_off_tokens_agree_within_a_minute_and_last_five_but_never_past_the_session(app: TestApp) {
        let id = session(&app).await;
        let page = agree(&app, &id, &["kayle_document_id", "age_over_18"]).await;
        let first = handoff(&app, &id, &page).await;
        app.advance(59);
        assert_eq!(handoff(&app, &id, &page).await, first);
        app.advance(1);
        let second = handoff(&app, &id, &page).await;
        assert_ne!(second, first);
        app.advance(239);
        let mut phone = Phone::new(&id, 1);
        app.advance(1);
        let expired = phone.say_hello(&app, &first).await;
        assert_eq!((expired.status.as_u16(), expired.code().as_str()), (401, "HANDOFF_TOKEN_EXPIRED"));
        assert_eq!(phone.say_hello(&app, &second).await.status, 200);
        let late = session(&app).await;
        let page = agree(&app, &late, &["kayle_document_id", "age_over_18"]).await;
        app.advance(3590);
        let answer = app.call("POST", &path(&late, "handoff"), &page, None).await.data();
        assert_eq!(answer["expires_at"], app.get(&late).await["expires_at"]);
        assert!(answer["link"].as_str().unwrap().starts_with("http://verify.test/app#vs_"));
    }

    async fn a_phone_with_a_wrong_foreign_or_used_token_is_refused_and_changes_nothing(app: TestApp) {
        let id = session(&app).await;
        let page = agree(&app, &id, &["kayle_document_id", "age_over_18"]).await;
        let token = handoff(&app, &id, &page).await;
        let other = session(&app).await;
        let other_page = agree(&app, &other, &["kayle_document_id", "age_over_18"]).await;
        let foreign = handoff(&app, &other, &other_page).await;
        let mut phone = Phone::new(&id, 1);
        let tampered = token.replace("kht_", "kht_1");
        for wrong in ["", "nonsense", "kht_1_0_x_y", foreign.as_str(), tampered.as_str()] {
            let answer = phone.say_hello(&app, wrong).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (401, "HANDOFF_TOKEN_INVALID"), "{wrong}");
        }
        let mut forged = phone.hello_body(&token);
        forged["device_id"] = json!("another");
        let answer = app.call("POST", &path(&id, "hello"), "", Some(forged)).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (403, "HANDOFF_DEVICE_MISMATCH"));
        for (field, value) in [("device_public_key", "AAAA"), ("device_id", ""), ("app_version", "a\nb")] {
            let mut body = phone.hello_body(&token);
            body[field] = json!(value);
            let answer = app.call("POST", &path(&id, "hello"), "", Some(body)).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_REQUEST"), "{field}");
            assert!(answer.message().contains(field), "{}", answer.message());
        }
        assert_eq!(app.get(&id).await["status"], "created");
        assert_eq!(phone.say_hello(&app, &token).await.status, 200);
        let used = Phone::new(&id, 2).say_hello(&app, &token).await;
        assert_eq!((used.status.as_u16(), used.code().as_str()), (409, "HANDOFF_TOKEN_CONSUMED"));
        app.advance(600);
        let resumed = phone.say_hello(&app, &token).await;
        assert_eq!(resumed.status, 200, "the bound phone may come back");
        phone.device_id = "renamed".into();
        let renamed = phone.say_hello(&app, &token).await;
        assert_eq!((renamed.status.as_u16(), renamed.code().as_str()), (403, "HANDOFF_DEVICE_MISMATCH"));
    }

    async fn a_released_phone_is_worthless_and_the_next_one_starts_with_the_same_tries(app: TestApp) {
        use kayle_domain::{Check, FailureCode};
        use crate::phone::Upload;
        let id = session(&app).await;
        let (mut first, page) = Phone::connected(&app, &id).await;
        let judged = first.attempt();
        let failing = Upload { attempt: Some(judged.clone()), ..Upload::failing(FailureCode::DocumentDataInvalid) };
        first.check(&app, Check::Nfc, failing).await;
        let passed = first.attempt();
        first.check(&app, Check::Nfc, Upload { attempt: Some(passed.clone()), ..Upload::default() }).await;
        let code = first.hello["confirmation_code"].clone();
        assert_eq!(app.call("POST", &path(&id, "release"), &page, None).await.status, 204);
        let view = app.call("GET", &path(&id, "status"), &page, None).await.data();
        assert_eq!((view["step"].clone(), view["status"].clone()), (json!("handoff"), json!("in_progress")));
        assert_eq!(view["same_device_only"], false);
        let dead = first.check(&app, Check::Liveness, Upload::default()).await;
        assert_eq!((dead.status.as_u16(), dead.code().as_str()), (401, "UNAUTHORIZED"));
        let replay = Upload { attempt: Some(judged.clone()), ..Upload::failing(FailureCode::DocumentDataInvalid) };
        let dead = first.check(&app, Check::Nfc, replay).await;
        assert_eq!((dead.status.as_u16(), dead.code().as_str()), (401, "UNAUTHORIZED"));
        let token = handoff(&app, &id, &page).await;
        let mut second = Phone::new(&id, 2);
        assert_eq!(second.say_hello(&app, &token).await.status, 200);
        assert_ne!(second.hello["confirmation_code"], code);
        assert_eq!(second.hello["tries"]["nfc"], json!({ "used": 1, "remaining": 2 }));
        let receipt = first.receipt.clone();
        let borrowed = Upload { receipt, ..Upload::default() };
        let answer = second.check(&app, Check::Liveness, borrowed).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (409, "CHECK_OUT_OF_ORDER"));
        let reused = Upload { attempt: Some(passed), ..Upload::default() };
        let answer = second.check(&app, Check::Nfc, reused).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (409, "ATTEMPT_CANCELLED"));
        second.chip(&app).await;
        second.face(&app).await;
        assert_eq!(app.get(&id).await["status"], "succeeded");
    }

    async fn the_cancel_token_works_once_and_a_wrong_or_malformed_one_never(app: TestApp) {
        let created = app.create().await;
        let id = created["id"].as_str().unwrap();
        for (token, status, code) in [
            (json!("short"), 400, "INVALID_REQUEST"),
            (json!(7), 400, "INVALID_REQUEST"),
            (json!("A".repeat(48)), 400, "INVALID_REQUEST"),
            (json!("a".repeat(48)), 401, "CANCEL_TOKEN_INVALID"),
            (app.create().await["cancel_token"].clone(), 401, "CANCEL_TOKEN_INVALID"),
        ] {
            let body = json!({ "cancel_token": token });
            let answer = app.call("POST", &path(id, "cancel"), "", Some(body)).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{token}");
        }
        assert_eq!(app.get(id).await["status"], "created");
        let body = json!({ "cancel_token": created["cancel_token"] });
        for _ in 0..2 {
            let answer = app.call("POST", &path(id, "cancel"), "", Some(body.clone())).await;
            assert_eq!(answer.status, 204, "{}", answer.text);
        }
        assert_eq!(app.get(id).await["status"], "cancelled");
        assert_eq!(app.count("SELECT COUNT(*) FROM events").await, 1);
    }

    async fn a_used_token_on_an_open_session_is_told_so(app: TestApp) {
        let created = app.create().await;
        let id = created["id"].as_str().unwrap().to_owned();
        app.engine.store.write(id.clone(), |tx, id| Box::pin(async move {
            kayle_server::store::sessions::consume_token(tx, id, kayle_domain::Timestamp::from_millis(1)).await
        })).await.unwrap();
        let body = json!({ "cancel_token": created["cancel_token"] });
        let answer = app.call("POST", &path(&id, "cancel"), "", Some(body)).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (409, "CANCEL_TOKEN_USED"));
        assert_eq!(app.get(&id).await["status"], "created");
    }

    async fn the_link_sets_a_cookie_and_the_token_leaves_the_address(app: TestApp) {
        let created = app.create().await;
        let (id, token) = (created["id"].as_str().unwrap(), created["cancel_token"].as_str().unwrap());
        let entered = app.call("GET", &format!("/{id}?cancel_token={token}"), "", None).await;
        assert_eq!(entered.status, 303);
        assert_eq!(entered.headers["location"], format!("/{id}"));
        let cookie = entered.headers["set-cookie"].to_str().unwrap().to_owned();
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains(token) && cookie.starts_with(&format!("kayle_{id}=")));
        for (wrong, status) in [("a".repeat(48), 401), ("x".into(), 401)] {
            let page = app.call("GET", &format!("/{id}?cancel_token={wrong}"), "", None).await;
            assert_eq!(page.status, status);
            assert!(page.headers.get("set-cookie").is_none());
        }
        let twice = format!("/{id}?cancel_token={token}&cancel_token=x");
        let moved = app.call("GET", &twice, "", None).await;
        assert_eq!((moved.status.as_u16(), moved.headers["location"].to_str().unwrap()), (303, format!("/{id}").as_str()));
        agree(&app, id, &["kayle_document_id", "age_over_18"]).await;
        assert_eq!(app.call("GET", &format!("/{id}"), "", None).await.status, 401);
        let own = Request::builder().uri(format!("/{id}"))
            .header("cookie", cookie.split(';').next().unwrap()).body(Body::empty()).unwrap();
        let page = app.send(own).await;
        assert_eq!(page.status, 200);
        for header in ["content-security-policy", "referrer-policy", "permissions-policy", "x-content-type-options"] {
            assert!(page.headers.contains_key(header), "{header}");
        }
        assert_eq!(page.headers["cache-control"], "no-store");
    }

    async fn a_form_from_elsewhere_is_refused_and_ours_redirects_to_our_page(app: TestApp) {
        let created = app.create().await;
        let (id, token) = (created["id"].as_str().unwrap(), created["cancel_token"].as_str().unwrap());
        let entered = app.call("GET", &format!("/{id}?cancel_token={token}"), "", None).await;
        let cookie = entered.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let form = async |path: &str, site: &str, fields: &str| {
            let body = format!("session={id}&{fields}");
            let request = Request::builder().method("POST").uri(format!("/form/{path}"))
                .header("cookie", &cookie).header("sec-fetch-site", site)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(Body::from(body)).unwrap();
            app.send(request).await
        };
        for path in ["consent", "cancel", "withdraw", "release", "handoff"] {
            assert_eq!(form(path, "cross-site", "").await.status, 403, "{path}");
        }
        let to = |answer: &crate::app::Answer| answer.headers["location"].to_str().unwrap().to_owned();
        let unticked = form("consent", "same-origin", "locale=en&field[]=kayle_document_id&field[]=age_over_18").await;
        assert_eq!((unticked.status.as_u16(), to(&unticked)), (303, format!("/{id}?notice=biometric_required")));
        let partial = form("consent", "same-origin", "locale=en&field[]=kayle_document_id&biometric=true").await;
        assert_eq!(to(&partial), format!("/{id}?notice=selection_incomplete"));
        let agreed = form("consent", "same-origin", "locale=en&field%5B%5D=kayle_document_id&field%5B%5D=age_over_18&biometric=true").await;
        assert_eq!((agreed.status.as_u16(), to(&agreed)), (303, format!("/{id}")));
        let cancelled = form("cancel", "same-origin", "").await;
        assert_eq!((cancelled.status.as_u16(), to(&cancelled)), (303, format!("/{id}")));
        assert_eq!(app.get(id).await["status"], "cancelled");
    }

    async fn a_stream_tells_every_change_and_ends_with_the_last(app: TestApp) {
        use futures::StreamExt as _;
        use tower::ServiceExt as _;
        let id = session(&app).await;
        let (mut phone, page) = Phone::connected(&app, &id).await;
        let request = Request::builder().uri(path(&id, "events")).header("authorization", page).body(Body::empty()).unwrap();
        let response = app.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut stream = response.into_body().into_data_stream();
        let mut steps = Vec::new();
        let mut next = async || {
            let chunk = stream.next().await?.unwrap();
            let text = String::from_utf8(chunk.to_vec()).unwrap();
            let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
            Some(serde_json::from_str::<serde_json::Value>(data).unwrap()["step"].as_str().unwrap().to_owned())
        };
        steps.push(next().await);
        phone.chip(&app).await;
        steps.push(next().await);
        phone.face(&app).await;
        steps.push(next().await);
        steps.push(next().await);
        assert_eq!(steps, [Some("chip".into()), Some("face".into()), Some("done".into()), None]);
    }
}
