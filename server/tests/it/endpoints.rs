//! `/v1/webhooks/endpoints` and keys: what integrators set up, and every way it is refused.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use josekit::jwe::{self, RSA_OAEP_256};
use josekit::jwk::alg::rsa::RsaKeyPair;
use serde_json::{Value, json};

use crate::app::{Answer, TestApp, tenant};
use crate::both;
use crate::receiver::Receiver;

const ENDPOINTS: &str = "/v1/webhooks/endpoints";

async fn create(app: &TestApp, body: Value) -> Value {
    let answer = app.api("POST", ENDPOINTS, Some(body)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.data()
}

fn one(endpoint: &Value) -> String {
    format!("{ENDPOINTS}/{}", endpoint["id"].as_str().unwrap())
}

fn refused(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

/// A key pair's public JWK as an integrator would send it, and the pair.
fn key_pair(kid: &str) -> (Value, RsaKeyPair) {
    let pair = RsaKeyPair::generate(2048).unwrap();
    let mut jwk: Value = serde_json::from_str(&pair.to_jwk_public_key().to_string()).unwrap();
    jwk["kid"] = json!(kid);
    jwk["use"] = json!("enc");
    (jwk, pair)
}

both! {
    async fn an_endpoint_is_created_listed_read_changed_and_deleted(app: TestApp) {
        let url = "https://hooks.example/kayle";
        let made = create(&app, json!({ "url": url })).await;
        assert!(made["id"].as_str().unwrap().starts_with("whe_"));
        assert_eq!(made["name"], "hooks.example");
        assert_eq!((&made["enabled"], &made["undelivered_payload_retention_hours"]), (&json!(true), &json!(72)));
        assert_eq!(made["subscribed_event_types"].as_array().unwrap().len(), 4);
        let secret = made["signing_secret"].as_str().unwrap();
        assert!(secret.starts_with("whsec_"));
        let read = app.api("GET", &one(&made), None).await;
        assert_eq!(read.status, 200);
        assert!(!read.text.contains(secret), "the secret is not in what is read");
        let revealed = app.api("POST", &format!("{}/signing-secret/reveal", one(&made)), None).await;
        assert_eq!((revealed.status.as_u16(), &revealed.data()["signing_secret"]), (200, &json!(secret)));
        app.advance(1);
        let wanted = json!({
            "name": "  Orders  desk ", "enabled": false, "undelivered_payload_retention_hours": 0,
            "subscribed_event_types": ["verification.session.cancelled", "verification.session.succeeded"],
        });
        let answer = app.api("PATCH", &one(&made), Some(wanted)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let changed = answer.data();
        assert_eq!((&changed["name"], &changed["url"], &changed["enabled"]), (&json!("Orders desk"), &json!(url), &json!(false)));
        assert_eq!(changed["subscribed_event_types"], json!(["verification.session.succeeded", "verification.session.cancelled"]));
        assert_ne!(changed["updated_at"], made["updated_at"]);
        let nothing = app.api("PATCH", &one(&made), None).await;
        assert_eq!((nothing.status.as_u16(), &nothing.data()["name"]), (200, &json!("Orders desk")));
        let second = create(&app, json!({ "url": url, "name": "Second" })).await;
        let listed = app.api("GET", ENDPOINTS, None).await.data();
        assert_eq!([&listed[0]["id"], &listed[1]["id"]], [&made["id"], &second["id"]]);
        assert_eq!(app.api("DELETE", &one(&made), None).await.status, 204);
        for method in ["GET", "DELETE"] {
            assert_eq!(refused(&app.api(method, &one(&made), None).await), (404, "WEBHOOK_ENDPOINT_NOT_FOUND".into()));
        }
        assert_eq!(app.api("GET", ENDPOINTS, None).await.data().as_array().unwrap().len(), 1);
    }

    async fn every_rule_of_an_endpoint_names_its_field(app: TestApp) {
        let made = create(&app, json!({ "url": "https://hooks.example/" })).await;
        for (body, named) in [
            (json!({ "url": "ftp://hooks.example/" }), "url"),
            (json!({ "url": "http://hooks.example/" }), "url"),
            (json!({ "url": "https://user:pw@hooks.example/" }), "url"),
            (json!({ "url": format!("https://hooks.example/{}", "x".repeat(2048)) }), "url"),
            (json!({ "url": 7 }), "url"),
            (json!({ "url": "https://a.example/", "name": "  " }), "name"),
            (json!({ "url": "https://a.example/", "name": "a\u{202e}b" }), "name"),
            (json!({ "url": "https://a.example/", "name": "x".repeat(201) }), "name"),
            (json!({ "url": "https://a.example/", "enabled": "yes" }), "enabled"),
            (json!({ "url": "https://a.example/", "subscribed_event_types": [] }), "subscribed_event_types"),
            (json!({ "url": "https://a.example/", "subscribed_event_types": ["everything"] }), "subscribed_event_types"),
            (json!({ "url": "https://a.example/", "subscribed_event_types": ["webhook.test"] }), "subscribed_event_types"),
            (json!({ "url": "https://a.example/", "undelivered_payload_retention_hours": 1 }), "undelivered_payload_retention_hours"),
            (json!({ "url": "https://a.example/", "undelivered_payload_retention_hours": "72" }), "undelivered_payload_retention_hours"),
            (json!({ "url": "https://a.example/", "secret": "mine" }), "secret"),
        ] {
            for (method, path) in [("POST", ENDPOINTS), ("PATCH", &one(&made))] {
                let answer = app.api(method, path, Some(body.clone())).await;
                assert_eq!(refused(&answer), (400, "INVALID_REQUEST".into()), "{method} {body}");
                assert!(answer.message().contains(named), "{body}: {}", answer.message());
            }
        }
        let missing = app.api("POST", ENDPOINTS, None).await;
        assert!(missing.status == 400 && missing.message().contains("url"), "{}", missing.text);
        for hours in [json!(169), json!(-1), json!(1.5), json!("1")] {
            let body = json!({ "overlap_hours": hours });
            let answer = app.api("POST", &format!("{}/signing-secret/rotate", one(&made)), Some(body)).await;
            assert_eq!(refused(&answer), (400, "INVALID_REQUEST".into()));
            assert!(answer.message().contains("overlap_hours"));
        }
        for path in ["whe_1", "vs_00000000000000000000000000000000"] {
            let answer = app.api("GET", &format!("{ENDPOINTS}/{path}"), None).await;
            assert_eq!(refused(&answer), (400, "INVALID_REQUEST".into()));
            assert!(answer.message().contains("whe_"), "{}", answer.message());
        }
        assert_eq!(app.api("GET", ENDPOINTS, None).await.data(), json!([without_secret(&made)]));
    }

    async fn an_organization_has_fifty_endpoints_however_many_ask_at_once(app: TestApp) {
        let body = json!({ "url": "https://hooks.example/" });
        for _ in 0..48 {
            create(&app, body.clone()).await;
        }
        let racing = (0..8).map(|_| app.api("POST", ENDPOINTS, Some(body.clone())));
        let answers = futures::future::join_all(racing).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 2);
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!(refused(answer), (409, "TOO_MANY_WEBHOOK_ENDPOINTS".into()));
        }
        let first = app.api("GET", ENDPOINTS, None).await.data()[0].clone();
        assert_eq!(app.api("DELETE", &one(&first), None).await.status, 204);
        create(&app, body).await;
    }

    async fn only_the_owner_with_the_scope_gets_through(app: TestApp) {
        let made = create(&app, json!({ "url": "https://hooks.example/" })).await;
        let (jwk, _) = key_pair("k1");
        let key = app.api("POST", &format!("{}/keys", one(&made)), Some(json!({ "jwk": jwk }))).await.data();
        let key = format!("/v1/webhooks/keys/{}", key["id"].as_str().unwrap());
        let (_, other) = tenant(&app.engine, "Another").await;
        let reads = [("GET", one(&made)), ("GET", format!("{}/keys", one(&made)))];
        let writes = [
            ("PATCH", one(&made)), ("DELETE", one(&made)), ("POST", format!("{}/test", one(&made))),
            ("POST", format!("{}/signing-secret/rotate", one(&made))),
            ("POST", format!("{}/signing-secret/reveal", one(&made))),
        ];
        for (method, path) in reads.iter().chain(&writes) {
            let answer = app.call(method, path, &format!("Bearer {other}"), None).await;
            assert_eq!(refused(&answer), (404, "WEBHOOK_ENDPOINT_NOT_FOUND".into()), "{method} {path}");
            assert_eq!(refused(&app.call(method, path, "", None).await), (401, "UNAUTHORIZED".into()));
        }
        for action in ["deactivate", "reactivate"] {
            let answer = app.call("POST", &format!("{key}/{action}"), &format!("Bearer {other}"), None).await;
            assert_eq!(refused(&answer), (404, "ENCRYPTION_KEY_NOT_FOUND".into()));
        }
        let scoped = async |scope: &str| {
            let scopes = [scope.to_owned()];
            let made = kayle_server::service::organizations::create_key(&app.engine, &app.organization, "narrow", &scopes).await;
            format!("Bearer {}", made.unwrap().1)
        };
        let (may_read, may_write) = (scoped("webhooks:read").await, scoped("webhooks:write").await);
        for (method, path) in &writes {
            assert_eq!(refused(&app.call(method, path, &may_read, None).await), (403, "FORBIDDEN".into()), "{method} {path}");
        }
        for (method, path) in &reads {
            assert_eq!(refused(&app.call(method, path, &may_write, None).await), (403, "FORBIDDEN".into()), "{method} {path}");
        }
        assert_eq!(app.api("GET", &one(&made), None).await.data(), without_secret(&made));
    }

    async fn a_rotated_secret_signs_beside_the_old_one_until_the_overlap_is_over(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let made = create(&app, json!({ "url": receiver.url() })).await;
        let old = made["signing_secret"].as_str().unwrap().to_owned();
        let rotated = app.api("POST", &format!("{}/signing-secret/rotate", one(&made)), None).await.data();
        let new = rotated["signing_secret"].as_str().unwrap().to_owned();
        assert_ne!(old, new);
        assert_eq!(rotated["previous_secret_expires_at"], "2026-05-06T11:00:00.000Z");
        for (wait, expected) in [(0, [true, true]), (24 * 3600 - 1, [true, true]), (1, [true, false])] {
            app.advance(wait);
            let sent = app.api("POST", &format!("{}/test", one(&made)), None).await;
            assert_eq!(sent.status, 202, "{}", sent.text);
            app.deliver().await;
            let request = receiver.next().await;
            assert_eq!([request.is_signed_by(&new), request.is_signed_by(&old)], expected, "after {wait} s");
        }
        let at_once = app.api("POST", &format!("{}/signing-secret/rotate", one(&made)), Some(json!({ "overlap_hours": 0.0 }))).await.data();
        assert_eq!(at_once["previous_secret_expires_at"], Value::Null);
        app.api("POST", &format!("{}/test", one(&made)), None).await;
        app.deliver().await;
        let request = receiver.next().await;
        assert!(request.is_signed_by(at_once["signing_secret"].as_str().unwrap()) && !request.is_signed_by(&new));
    }

    async fn a_test_goes_the_way_of_every_event_and_is_marked_as_one(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let body = json!({ "url": receiver.url(), "subscribed_event_types": ["verification.session.failed"] });
        let made = create(&app, body).await;
        let sent = app.api("POST", &format!("{}/test", one(&made)), None).await;
        assert_eq!(sent.status, 202);
        app.deliver().await;
        let event = receiver.next().await.json();
        assert_eq!((&event["type"], &event["data"]["endpoint_id"]), (&json!("webhook.test"), &made["id"]));
        assert_eq!(event["metadata"]["event_id"], sent.data()["event_id"]);
        assert_eq!(event["metadata"]["verification_session_id"], Value::Null);
        app.api("PATCH", &one(&made), Some(json!({ "enabled": false }))).await;
        let disabled = app.api("POST", &format!("{}/test", one(&made)), None).await;
        assert_eq!(refused(&disabled), (409, "WEBHOOK_ENDPOINT_DISABLED".into()));
    }

    async fn payloads_are_encrypted_to_the_active_key_and_signed_as_sent(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let made = create(&app, json!({ "url": receiver.url() })).await;
        let keys = format!("{}/keys", one(&made));
        let ((first, one_pair), (second, two_pair)) = (key_pair("first"), key_pair("second"));
        let registered = app.api("POST", &keys, Some(json!({ "jwk": first }))).await;
        assert_eq!(registered.status, 201, "{}", registered.text);
        assert_eq!((&registered.data()["key_id"], &registered.data()["active"]), (&json!("first"), &json!(true)));
        let duplicate = app.api("POST", &keys, Some(json!({ "jwk": first }))).await;
        assert_eq!(refused(&duplicate), (409, "ENCRYPTION_KEY_EXISTS".into()));
        app.advance(1);
        assert_eq!(app.api("POST", &keys, Some(json!({ "jwk": second }))).await.status, 201);
        assert_eq!(active(&app, &keys).await, [false, true]);
        let first_id = registered.data()["id"].as_str().unwrap().to_owned();
        let test = format!("{}/test", one(&made));
        for (kid, pair) in [("second", &two_pair), ("first", &one_pair)] {
            app.api("POST", &test, None).await;
            app.deliver().await;
            let request = receiver.next().await;
            assert_eq!(request.header("content-type"), "application/jose");
            assert!(request.is_signed_by(made["signing_secret"].as_str().unwrap()));
            let sealed = String::from_utf8(request.body.to_vec()).unwrap();
            assert!(!sealed.contains("webhook.test"));
            let head = URL_SAFE_NO_PAD.decode(sealed.split('.').next().unwrap()).unwrap();
            let head: Value = serde_json::from_slice(&head).unwrap();
            assert_eq!((&head["alg"], &head["enc"], &head["kid"]), (&json!("RSA-OAEP-256"), &json!("A256GCM"), &json!(kid)));
            let decrypter = RSA_OAEP_256.decrypter_from_jwk(&pair.to_jwk_private_key()).unwrap();
            let (plain, _) = jwe::deserialize_compact(&sealed, &decrypter).unwrap();
            assert_eq!(serde_json::from_slice::<Value>(&plain).unwrap()["type"], "webhook.test");
            // The other one takes its place.
            let switched = app.api("POST", &format!("/v1/webhooks/keys/{first_id}/reactivate"), None).await;
            assert_eq!(switched.status, 200, "{}", switched.text);
        }
        assert_eq!(active(&app, &keys).await, [true, false]);
        for _ in 0..2 {
            let off = app.api("POST", &format!("/v1/webhooks/keys/{first_id}/deactivate"), None).await;
            assert_eq!((off.status.as_u16(), &off.data()["active"]), (200, &json!(false)));
        }
        app.api("POST", &test, None).await;
        app.deliver().await;
        assert_eq!(receiver.next().await.header("content-type"), "application/json");
    }

    async fn a_key_that_is_no_public_encryption_key_is_refused_and_none_is_lost(app: TestApp) {
        let made = create(&app, json!({ "url": "https://hooks.example/" })).await;
        let keys = format!("{}/keys", one(&made));
        let (good, pair) = key_pair("good");
        assert_eq!(app.api("POST", &keys, Some(json!({ "jwk": good }))).await.status, 201);
        let mut private: Value = serde_json::from_str(&pair.to_jwk_private_key().to_string()).unwrap();
        private["kid"] = json!("private");
        private["use"] = json!("enc");
        for jwk in [private.clone(), json!({}), json!({ "kty": "EC", "use": "enc", "kid": "x" })] {
            let answer = app.api("POST", &keys, Some(json!({ "jwk": jwk }))).await;
            assert_eq!(refused(&answer), (400, "INVALID_ENCRYPTION_KEY".into()));
            assert!(answer.message().contains("jwk"));
            assert!(!answer.text.contains(private["d"].as_str().unwrap()));
        }
        for body in [json!({ "jwk": "text" }), json!({}), json!({ "jwk": good, "x": 1 })] {
            assert_eq!(refused(&app.api("POST", &keys, Some(body)).await), (400, "INVALID_REQUEST".into()));
        }
        let listed = app.api("GET", &keys, None).await.data();
        assert_eq!((listed.as_array().unwrap().len(), &listed[0]["active"]), (1, &json!(true)));
    }
}

/// Which of an endpoint's keys are active.
async fn active(app: &TestApp, keys: &str) -> Vec<bool> {
    let listed = app.api("GET", keys, None).await.data();
    listed.as_array().unwrap().iter().map(|key| key["active"].as_bool().unwrap()).collect()
}

fn without_secret(endpoint: &Value) -> Value {
    let mut endpoint = endpoint.clone();
    endpoint.as_object_mut().unwrap().remove("signing_secret");
    endpoint
}

#[tokio::test(flavor = "multi_thread")]
async fn where_encryption_is_required_nothing_leaves_without_a_key() {
    let settings = [("KAYLE_WEBHOOK_REQUIRE_ENCRYPTION", "true")];
    let mut app = TestApp::with(crate::app::Db::Sqlite, &settings).await;
    let receiver = Receiver::start().await;
    let made = create(&app, json!({ "url": receiver.url() })).await;
    let sent = app.api("POST", &format!("{}/test", one(&made)), None).await.data();
    app.deliver().await;
    let delivery = format!("/v1/webhooks/deliveries/{}", sent["delivery_id"].as_str().unwrap());
    let told = app.api("GET", &delivery, None).await.data();
    assert_eq!((&told["status"], &told["failure"]), (&json!("failed"), &json!("no_active_key")));
    assert_eq!(receiver.count(), 0);
    let (jwk, _) = key_pair("k");
    app.api("POST", &format!("{}/keys", one(&made)), Some(json!({ "jwk": jwk }))).await;
    assert_eq!(app.api("POST", &format!("{delivery}/retry"), None).await.status, 202);
    app.deliver().await;
    assert_eq!(receiver.next().await.header("content-type"), "application/jose");
}
