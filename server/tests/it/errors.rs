//! Bad input: the documented error, the field named, nothing changed.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::both;

async fn raw(app: &TestApp, body: impl Into<Body>, kind: Option<&str>) -> crate::app::Answer {
    let mut request = Request::builder()
        .method("POST")
        .uri("/v1/sessions")
        .header("authorization", format!("Bearer {}", app.key));
    if let Some(kind) = kind {
        request = request.header("content-type", kind);
    }
    app.send(request.body(body.into()).unwrap()).await
}

fn field(reason: &str) -> Value {
    json!({ "share_fields": { "family_name": { "required": true, "reason": reason } } })
}

both! {
    async fn every_rule_of_a_create_has_its_code_and_names_the_field(app: TestApp) {
        let entry = json!({ "required": true, "reason": "x" });
        let many: Value = (12..45).map(|n| (format!("age_over_{n}"), entry.clone()))
            .collect::<serde_json::Map<_, _>>().into();
        for (body, code, named) in [
            (json!({ "share_fields": [] }), "INVALID_SHARE_FIELDS", "share_fields"),
            (json!({ "share_fields": { "family_name": 1 } }), "INVALID_SHARE_FIELDS", "family_name"),
            (json!({ "share_fields": many }), "TOO_MANY_SHARE_FIELDS", "share_fields"),
            (json!({ "share_fields": { "portrait": entry } }), "UNKNOWN_CLAIM_KEY", "portrait"),
            (json!({ "share_fields": { "age_over_9": entry } }), "INVALID_AGE_GATE_KEY", "age_over_9"),
            (field("   "), "REASON_REQUIRED", "family_name.reason"),
            (field(&"ß".repeat(201)), "REASON_TOO_LONG", "family_name.reason"),
            (field("a\u{202e}b"), "INVALID_REASON", "family_name.reason"),
            (json!({ "redirect_url": "http://a.example" }), "INVALID_REDIRECT_URL", "redirect_url"),
            (json!({ "redirect_url": 7 }), "INVALID_REDIRECT_URL", "redirect_url"),
            (json!({ "redirect_url": "https://u:p@a.example" }), "INVALID_REDIRECT_URL", "redirect_url"),
            (json!({ "client_reference_id": "x".repeat(201) }), "INVALID_REQUEST", "client_reference_id"),
            (json!({ "client_reference_id": 7 }), "INVALID_REQUEST", "client_reference_id"),
            (json!({ "client_reference_id": "a\u{202e}" }), "INVALID_REQUEST", "client_reference_id"),
            (json!({ "metadata": [] }), "INVALID_REQUEST", "metadata"),
            (json!({ "metadata": { "a": 1 } }), "INVALID_REQUEST", "metadata.a"),
            (json!({ "metadata": { "a": "x".repeat(501) } }), "INVALID_REQUEST", "metadata.a"),
            (json!({ "metadata": { "k".repeat(41): "x" } }), "INVALID_REQUEST", "metadata"),
            (json!({ "locale": "not a tag" }), "INVALID_REQUEST", "locale"),
            (json!({ "webhook_endpoint_id": "whe_1" }), "WEBHOOK_ENDPOINT_UNAVAILABLE", "webhook_endpoint_id"),
            (json!({ "webhook_endpoint_id": [] }), "WEBHOOK_ENDPOINT_UNAVAILABLE", "webhook_endpoint_id"),
            (json!({ "webhook_endpoint_id": format!("whe_{}", "0".repeat(32)) }), "WEBHOOK_ENDPOINT_UNAVAILABLE", "whe_"),
            (json!({ "webhooks": true }), "INVALID_REQUEST", "webhooks"),
            // Numbers as strings, strings as numbers, and null where only the top level may have it.
            (json!({ "share_fields": { "family_name": { "required": "true", "reason": "x" } } }), "INVALID_SHARE_FIELDS", "family_name.required"),
            (json!({ "share_fields": { "family_name": { "required": 1, "reason": "x" } } }), "INVALID_SHARE_FIELDS", "family_name.required"),
            (json!({ "share_fields": { "family_name": { "required": null, "reason": "x" } } }), "INVALID_SHARE_FIELDS", "family_name.required"),
            (json!({ "share_fields": { "family_name": { "required": true, "reason": 7 } } }), "INVALID_SHARE_FIELDS", "family_name.reason"),
            (json!({ "share_fields": { "family_name": { "required": true, "reason": null } } }), "REASON_REQUIRED", "family_name.reason"),
            (json!({ "share_fields": { "family_name": { "required": true } } }), "REASON_REQUIRED", "family_name.reason"),
            (json!({ "share_fields": { "family_name": null } }), "INVALID_SHARE_FIELDS", "family_name"),
            (json!({ "share_fields": { "family_name": { "required": true, "reason": "x", "source": "rc" } } }), "INVALID_SHARE_FIELDS", "family_name.source"),
            (json!({ "share_fields": { "age_over_018": entry } }), "INVALID_AGE_GATE_KEY", "age_over_018"),
            (json!({ "share_fields": { "age_over_131": entry } }), "INVALID_AGE_GATE_KEY", "age_over_131"),
            (json!({ "share_fields": { "Family_Name": entry } }), "UNKNOWN_CLAIM_KEY", "Family_Name"),
            (json!({ "metadata": { "a": null } }), "INVALID_REQUEST", "metadata.a"),
            (json!({ "metadata": { "a": { "b": "c" } } }), "INVALID_REQUEST", "metadata.a"),
            (json!({ "metadata": { "a\u{7}": "x" } }), "INVALID_REQUEST", "metadata"),
            (json!({ "metadata": { "a": "x\u{2066}" } }), "INVALID_REQUEST", "metadata.a"),
            (json!({ "metadata": (0..21).map(|n| (n.to_string(), json!("x"))).collect::<serde_json::Map<_, _>>() }), "INVALID_REQUEST", "metadata"),
            (json!({ "client_reference_id": "a\n" }), "INVALID_REQUEST", "client_reference_id"),
            (json!({ "client_reference_id": "\u{0}" }), "INVALID_REQUEST", "client_reference_id"),
            (json!({ "redirect_url": format!("https://a.example/{}", "x".repeat(2031)) }), "INVALID_REDIRECT_URL", "redirect_url"),
            (json!({ "redirect_url": "" }), "INVALID_REDIRECT_URL", "redirect_url"),
            (json!({ "locale": "e" }), "INVALID_REQUEST", "locale"),
            (json!({ "locale": ["en"] }), "INVALID_REQUEST", "locale"),
            (json!({ "webhook_endpoint_id": [null] }), "WEBHOOK_ENDPOINT_UNAVAILABLE", "webhook_endpoint_id"),
            (json!({ "webhook_endpoint_id": 7 }), "WEBHOOK_ENDPOINT_UNAVAILABLE", "webhook_endpoint_id"),
            (json!({ "webhook_endpoint_id": vec![format!("whe_{}", "0".repeat(32)); 26] }), "WEBHOOK_ENDPOINT_UNAVAILABLE", "webhook_endpoint_id"),
        ] {
            let answer = app.api("POST", "/v1/sessions", Some(body.clone())).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, code), "{body}");
            assert!(answer.message().contains(named), "{body}: {}", answer.message());
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 0);
    }

    async fn what_is_just_within_its_bounds_is_taken(app: TestApp) {
        let all: Value = kayle_domain::ClaimKey::NAMES.iter().map(|name| (*name).to_owned())
            .chain((12..32).map(|n| format!("age_over_{n}")))
            .map(|name| (name, json!({ "required": false, "reason": "x" })))
            .collect::<serde_json::Map<_, _>>().into();
        for body in [
            field(&"ß".repeat(200)),
            field(&"👩‍👩‍👧‍👦".repeat(28)), // 28 × 7 scalar values in 28 × 25 bytes
            field(&"年".repeat(200)),
            field(&format!("  {}  \u{3000}", "a ".repeat(100).trim_end())),
            field("سبب الطلب"),
            json!({ "share_fields": all }),
            json!({ "client_reference_id": "👍".repeat(200) }),
            json!({ "metadata": (0..20).map(|n| (format!("{n:0>40}"), json!("ß".repeat(500)))).collect::<serde_json::Map<_, _>>() }),
            json!({ "redirect_url": format!("https://a.example/{}", "x".repeat(2030)) }),
            json!({ "locale": "zh-Hans-CN-x-private1-private2-priv" }),
        ] {
            let answer = app.api("POST", "/v1/sessions", Some(body.clone())).await;
            assert_eq!(answer.status, 201, "{body}: {}", answer.text);
            let id = answer.data()["id"].as_str().unwrap().to_owned();
            let read = app.get(&id).await;
            for (key, value) in body.as_object().unwrap() {
                if key != "share_fields" {
                    assert_eq!(&read[key], value, "what was sent comes back");
                }
            }
        }
    }

    async fn a_message_repeats_nothing_that_could_disturb_a_terminal(app: TestApp) {
        for body in [
            json!({ "a\u{202e}\u{1b}[31m": 1 }),
            json!({ "share_fields": { "x\u{202e}": {} } }),
            json!({ "metadata": { "ok": "x", "y": "\u{1b}]0;" } }),
        ] {
            let answer = app.api("POST", "/v1/sessions", Some(body)).await;
            assert_eq!(answer.status, 400);
            assert!(!answer.message().chars().any(kayle_domain::text::is_unsafe), "{}", answer.message());
        }
    }

    async fn what_is_not_one_json_object_is_refused(app: TestApp) {
        let json = Some("application/json");
        for body in ["{", "[]", "1", "\"x\"", "null", "{} {}", "{\"locale\":\"en\",\"locale\":\"fr\"}", "\u{feff}{}"] {
            let answer = raw(&app, body, json).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_JSON"), "{body}");
        }
        let answer = raw(&app, vec![b'{', 0xff, b'}'], json).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_JSON"));
        let answer = raw(&app, "{}", Some("text/plain")).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"));
        let padded = format!("{{}}{}", " ".repeat(64 * 1024 - 1));
        let answer = raw(&app, padded, json).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (413, "PAYLOAD_TOO_LARGE"));
        assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 0);
        let exact = format!("{{}}{}", " ".repeat(64 * 1024 - 2));
        assert_eq!(raw(&app, exact, json).await.status, 201);
        assert_eq!(raw(&app, "", None).await.status, 201);
        let nulls = json!({ "share_fields": null, "redirect_url": null, "locale": null });
        assert_eq!(raw(&app, nulls.to_string(), json).await.status, 201);
    }

    async fn what_has_no_route_answers_in_the_envelope_under_v1_and_as_a_page_elsewhere(app: TestApp) {
        let unknown = app.api("GET", "/v1/nothing", None).await;
        assert_eq!((unknown.status.as_u16(), unknown.code().as_str()), (404, "NOT_FOUND"));
        let root = app.call("GET", "/v1", "", None).await;
        assert_eq!((root.status.as_u16(), root.code().as_str()), (404, "NOT_FOUND"));
        let method = app.api("PUT", "/v1/sessions", None).await;
        assert_eq!((method.status.as_u16(), method.code().as_str()), (405, "METHOD_NOT_ALLOWED"));
        let allow = method.headers.get("allow").and_then(|v| v.to_str().ok()).unwrap_or_default();
        assert!(allow.contains("POST") && allow.contains("GET"), "{allow}");
        for (method, path) in [("GET", "/v1/consent"), ("POST", "/v1/consent"), ("POST", "/v1"), ("GET", "/v1/")] {
            let answer = app.call(method, path, "", None).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (404, "NOT_FOUND"), "{method} {path}");
        }
        let posted = app.call("POST", "/app", "", None).await;
        assert_eq!(posted.status, 405);
        assert!(posted.text.starts_with("<!DOCTYPE html>"), "{}", posted.text);
        let page = app.call("GET", "/nothing/here", "", None).await;
        assert_eq!(page.status, 404);
        assert!(page.text.starts_with("<!DOCTYPE html>"), "{}", page.text);
    }

    async fn a_malformed_or_unknown_session_is_told_apart(app: TestApp) {
        let unknown = format!("vs_{}", "0".repeat(32));
        for (id, status, code) in [
            ("vs_1", 400, "INVALID_SESSION_ID"),
            ("VS_00000000000000000000000000000000", 400, "INVALID_SESSION_ID"),
            (unknown.as_str(), 404, "SESSION_NOT_FOUND"),
        ] {
            for (method, path) in [
                ("GET", format!("/v1/sessions/{id}")),
                ("POST", format!("/v1/sessions/{id}/cancel")),
                ("GET", format!("/v1/verify/session/{id}/status")),
                ("GET", format!("/v1/verify/session/{id}/details")),
            ] {
                let answer = app.api_or_public(method, &path).await;
                assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{method} {path}");
            }
        }
    }

    async fn every_code_has_a_page_and_every_answer_names_its_own(app: TestApp) {
        for code in kayle_server::error::Code::ALL {
            let page = app.call("GET", &format!("/docs/errors/{}", code.as_str()), "", None).await;
            assert_eq!(page.status, 200, "{}", code.as_str());
            assert!(page.text.contains(code.as_str()));
        }
        assert_eq!(app.call("GET", "/docs/errors/NOPE", "", None).await.status, 404);
        let answer = app.api("GET", "/v1/sessions/vs_1", None).await;
        assert_eq!(answer.json()["error"]["docs"], "/docs/errors/INVALID_SESSION_ID");
    }

    async fn a_forged_cross_origin_request_is_refused(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let page = kayle_server::service::credentials::page(&app.engine, &id.parse().unwrap());
        for (name, value, refused) in [
            ("sec-fetch-site", "cross-site", true),
            ("sec-fetch-site", "same-site", true),
            ("origin", "https://evil.example", true),
            ("origin", "null", true),
            ("sec-fetch-site", "same-origin", false),
            ("origin", "http://verify.test", false),
        ] {
            let request = Request::builder().method("POST")
                .uri(format!("/v1/verify/session/{id}/handoff"))
                .header("cookie", format!("kayle_{id}={page}"))
                .header(name, value).body(Body::empty()).unwrap();
            let answer = app.send(request).await;
            let expected = if refused { (403, "CROSS_ORIGIN") } else { (409, "CONSENT_REQUIRED") };
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), expected, "{name}: {value}");
        }
    }
}

#[test]
fn the_committed_openapi_document_is_the_codes_own() {
    let committed = include_str!("../../openapi.json");
    let current = kayle_server::http::document();
    if committed != current {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        if std::env::var_os("KAYLE_WRITE_OPENAPI").is_some() {
            std::fs::write(path, &current).unwrap();
        }
        panic!("server/openapi.json is out of date: run the tests once with KAYLE_WRITE_OPENAPI=1");
    }
}
