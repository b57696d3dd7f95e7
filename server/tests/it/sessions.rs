//! `/v1/sessions`: create, get, list, cancel as integrators use them.

use serde_json::{Value, json};

use crate::app::{TestApp, tenant};
use crate::both;
use crate::phone::{Phone, Upload, path};

both! {
    async fn a_created_session_has_every_field_and_shows_its_token_once(app: TestApp) {
        let created = app.create().await;
        let (id, token) = (created["id"].as_str().unwrap(), created["cancel_token"].as_str().unwrap());
        let keys: Vec<_> = created.as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys.len(), 19, "{keys:?}");
        assert_eq!(created["status"], "created");
        assert_eq!(created["created_at"], "2026-05-05T11:00:00.000Z");
        assert_eq!(created["expires_at"], "2026-05-05T12:00:00.000Z");
        assert_eq!(created["metadata"], json!({ "plan": "gold" }));
        assert_eq!(created["sandbox"], true);
        assert_eq!(
            created["verification_url"],
            format!("http://verify.test/{id}?cancel_token={token}")
        );
        let fields: Vec<_> = created["share_fields"].as_object().unwrap().keys().collect();
        assert_eq!(fields.len(), 3);
        let read = app.api("GET", &format!("/v1/sessions/{id}"), None).await;
        assert_eq!(read.status, 200);
        assert!(!read.text.contains(token), "the token is shown only once");
        assert_eq!(read.data()["verification_url"], format!("http://verify.test/{id}"));
        let read = read.data();
        for absent in ["cancel_token", "attempts"] {
            assert!(read.get(absent).is_none(), "{absent}");
        }
    }

    async fn the_bytes_of_a_session_come_in_the_documented_order(app: TestApp) {
        let answer = app.api("POST", "/v1/sessions", None).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let order = [
            "\"id\"", "\"status\"", "\"contract_version\"", "\"share_fields\"", "\"redirect_url\"",
            "\"verification_url\"", "\"cancel_token\"", "\"failure_code\"", "\"nfc_tries_used\"",
            "\"liveness_tries_used\"", "\"client_reference_id\"", "\"metadata\"", "\"locale\"",
            "\"webhook_endpoint_id\"", "\"sandbox\"", "\"expires_at\"", "\"completed_at\"",
            "\"created_at\"", "\"updated_at\"",
        ];
        let positions: Vec<_> = order.iter().map(|key| answer.text.find(key)).collect();
        assert!(positions.iter().all(Option::is_some), "{}", answer.text);
        assert!(positions.is_sorted(), "{}", answer.text);
        // Get and list give the same, without what is shown only once.
        let created = answer.data();
        let token = format!("?cancel_token={}", created["cancel_token"].as_str().unwrap());
        let once = format!("\"cancel_token\":{},", created["cancel_token"]);
        let expected = answer.text.replace(&token, "").replace(&once, "");
        let id = created["id"].as_str().unwrap();
        assert_eq!(app.api("GET", &format!("/v1/sessions/{id}"), None).await.text, expected);
        let object = expected.trim_start_matches("{\"data\":").trim_end_matches(",\"error\":null}");
        let list = app.api("GET", "/v1/sessions", None).await.text;
        assert!(list.starts_with(&format!("{{\"data\":[{object}],\"error\":null,\"pagination\":")), "{list}");
        assert_eq!(answer.data()["share_fields"], json!({ "kayle_document_id": {
            "required": true, "reason": "Sharing \"Kayle Document ID\"", "source": "default",
        }}));
    }

    async fn an_api_key_is_needed_and_its_scope(app: TestApp) {
        let created = app.create().await;
        let one = format!("/v1/sessions/{}", created["id"].as_str().unwrap());
        let cancel = format!("{one}/cancel");
        let unknown = format!("Bearer kk_{}", "a".repeat(32));
        for auth in ["", "Bearer", "Bearer kk_short", "Basic abc", unknown.as_str()] {
            for (method, path) in [
                ("POST", "/v1/sessions"), ("GET", "/v1/sessions"), ("GET", &one), ("POST", &cancel),
            ] {
                let answer = app.call(method, path, auth, None).await;
                assert_eq!((answer.status.as_u16(), answer.code().as_str()), (401, "UNAUTHORIZED"), "{auth} {method} {path}");
            }
        }
        for (scope, allowed) in [("sessions:read", "GET"), ("sessions:write", "POST")] {
            let key = kayle_server::service::organizations::create_key(
                &app.engine, &app.organization, "narrow", &[scope.to_owned()],
            ).await.unwrap().1;
            for (method, path) in [("POST", "/v1/sessions"), ("GET", one.as_str()), ("POST", &cancel)] {
                let answer = app.call(method, path, &format!("Bearer {key}"), None).await;
                if method == allowed {
                    assert!(answer.status.is_success(), "{scope} {method} {path}: {}", answer.text);
                } else {
                    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (403, "FORBIDDEN"));
                    assert!(answer.message().contains("sessions:"), "{}", answer.message());
                }
            }
        }
    }

    async fn another_organizations_session_does_not_exist(app: TestApp) {
        let created = app.create().await;
        let id = created["id"].as_str().unwrap();
        let (_, other) = tenant(&app.engine, "Another").await;
        let auth = format!("Bearer {other}");
        for (method, path) in [
            ("GET", format!("/v1/sessions/{id}")),
            ("POST", format!("/v1/sessions/{id}/cancel")),
        ] {
            let answer = app.call(method, &path, &auth, None).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (404, "SESSION_NOT_FOUND"));
        }
        let list = app.call("GET", "/v1/sessions", &auth, None).await;
        assert_eq!((list.status.as_u16(), list.data()), (200, json!([])));
        let cursor = app.call("GET", &format!("/v1/sessions?starting_after={id}"), &auth, None).await;
        assert_eq!((cursor.status.as_u16(), cursor.code().as_str()), (400, "INVALID_REQUEST"));
        assert_eq!(app.get(id).await["status"], "created");
    }

    async fn a_list_is_newest_first_and_pages_hold_everything_once(app: TestApp) {
        let mut made = Vec::new();
        for n in 0..7 {
            if n % 2 == 0 { app.advance(1) }
            made.push(app.create().await["id"].as_str().unwrap().to_owned());
        }
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = app.api("GET", &format!("/v1/sessions?limit=2{cursor}"), None).await;
            assert_eq!(page.status, 200, "{}", page.text);
            let json = page.json();
            for session in json["data"].as_array().unwrap() {
                seen.push((session["created_at"].as_str().unwrap().to_owned(), session["id"].as_str().unwrap().to_owned()));
            }
            app.create().await;
            let Some(next) = json["pagination"]["next_cursor"].as_str() else {
                assert_eq!(json["pagination"]["has_more"], false);
                break;
            };
            cursor = format!("&starting_after={next}");
        }
        assert!(seen.is_sorted_by(|a, b| a > b), "{seen:?}");
        let mut ids: Vec<_> = seen.into_iter().map(|(_, id)| id).collect();
        ids.sort();
        made.sort();
        assert_eq!(ids, made);
    }

    async fn a_list_filters_by_what_is_visible_now(app: TestApp) {
        let open = app.create().await["id"].as_str().unwrap().to_owned();
        app.advance(3000);
        let young = app.create().await["id"].as_str().unwrap().to_owned();
        app.advance(700);
        let ids = async |query: &str| {
            let answer = app.api("GET", &format!("/v1/sessions?{query}"), None).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            let list: Vec<Value> = answer.data().as_array().unwrap().clone();
            list.iter().map(|s| s["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(ids("status=expired").await, std::slice::from_ref(&open));
        assert_eq!(ids("status=created").await, std::slice::from_ref(&young));
        assert_eq!(ids("client_reference_id=order-7").await.len(), 2);
        assert_eq!(ids("client_reference_id=other").await.len(), 0);
        assert_eq!(ids("created_from=2026-05-05T11:50:00Z").await, [young]);
        assert_eq!(ids("created_to=2026-05-05T11:00:00.000Z").await, [open]);
    }

    async fn a_list_says_which_parameter_is_wrong(app: TestApp) {
        for (query, named) in [
            ("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"),
            ("status=open", "status"), ("created_from=yesterday", "created_from"),
            ("created_to=1", "created_to"), ("starting_after=vs_1", "starting_after"),
            ("starting_after=vs_00000000000000000000000000000000", "starting_after"),
            ("page=2", "page"), ("include_attempts=yes", "include_attempts"),
        ] {
            let answer = app.api("GET", &format!("/v1/sessions?{query}"), None).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_REQUEST"), "{query}");
            assert!(answer.message().contains(named), "{query}: {}", answer.message());
        }
    }

    async fn the_integrator_cancels_in_every_status_and_changes_only_open_sessions(app: TestApp) {
        let open = app.create().await["id"].as_str().unwrap().to_owned();
        let overdue = app.create().await["id"].as_str().unwrap().to_owned();
        let won = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, _) = Phone::connected(&app, &won).await;
        phone.chip(&app).await;
        phone.face(&app).await;
        for _ in 0..2 {
            for id in [&open, &won] {
                let answer = app.api("POST", &format!("/v1/sessions/{id}/cancel"), None).await;
                assert_eq!(answer.status, 204, "{}", answer.text);
            }
        }
        assert_eq!(app.get(&open).await["status"], "cancelled");
        assert_eq!(app.get(&won).await["status"], "succeeded");
        app.advance(3600);
        let answer = app.api("POST", &format!("/v1/sessions/{overdue}/cancel"), None).await;
        assert_eq!(answer.status, 204);
        assert_eq!(app.get(&overdue).await["status"], "expired");
        assert_eq!(app.count("SELECT COUNT(*) FROM events WHERE kind = 'verification.session.cancelled'").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM events WHERE kind = 'verification.session.expired'").await, 1);
    }

    async fn attempts_come_only_when_asked_for(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, _) = Phone::connected(&app, &id).await;
        let failing = Upload::failing(kayle_domain::FailureCode::DocumentDataInvalid);
        assert_eq!(phone.check(&app, kayle_domain::Check::Nfc, failing).await.status, 200);
        phone.chip(&app).await;
        let attempts = app.get(&id).await["attempts"].clone();
        let told: Vec<_> = attempts.as_array().unwrap().iter()
            .map(|a| (a["check"].clone(), a["status"].clone(), a["failure_code"].clone())).collect();
        assert_eq!(told, [
            (json!("nfc"), json!("failed"), json!("document_data_invalid")),
            (json!("nfc"), json!("succeeded"), Value::Null),
        ]);
        assert_eq!(attempts[0]["session_id"], id);
        let listed = app.api("GET", "/v1/sessions?include_attempts=true", None).await.data();
        assert_eq!(listed[0]["attempts"], attempts);
    }

    async fn nothing_of_the_document_is_ever_readable(mut app: TestApp) {
        let receiver = crate::receiver::Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, page) = Phone::connected(&app, &id).await;
        phone.chip(&app).await;
        phone.face(&app).await;
        let status = app.call("GET", &path(&id, "status"), &page, None).await;
        let read = app.get(&id).await.to_string() + &status.text;
        for value in ["ERIKSSON", "L898902C3", "1974-08-12", "kdid_"] {
            assert!(!read.contains(value), "{value} is in {read}");
        }
        let sealed = app.count("SELECT COUNT(*) FROM deliveries WHERE payload LIKE '%ERIKSSON%'").await;
        assert_eq!(sealed, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries WHERE payload IS NOT NULL").await, 1);
        app.deliver().await;
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries WHERE payload IS NOT NULL").await, 0);
        assert_eq!(receiver.next().await.json()["data"]["claims"]["family_name"], "ERIKSSON");
    }
}
