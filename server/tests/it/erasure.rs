//! `DELETE /v1/sessions/{id}`: what could tell of a person is gone, what happened stays.

use serde_json::{Value, json};

use crate::app::{TestApp, tenant};
use crate::both;
use crate::phone::{Phone, path};
use crate::receiver::Receiver;

async fn finished(app: &TestApp) -> (String, String) {
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    let (mut phone, page) = Phone::connected(app, &id).await;
    phone.chip(app).await;
    phone.face(app).await;
    (id, page)
}

async fn erase(app: &TestApp, id: &str) -> crate::app::Answer {
    app.api("DELETE", &format!("/v1/sessions/{id}"), None).await
}

both! {
    async fn a_finished_session_keeps_its_outcome_and_loses_the_person(app: TestApp) {
        let (id, page) = finished(&app).await;
        let before = app.get(&id).await;
        app.advance(5);
        for _ in 0..2 {
            assert_eq!(erase(&app, &id).await.status, 204);
        }
        let after = app.get(&id).await;
        for kept in ["id", "status", "sandbox", "created_at", "expires_at", "completed_at", "attempts", "nfc_tries_used"] {
            assert_eq!(after[kept], before[kept], "{kept}");
        }
        assert_eq!(after["redirect_url"], Value::Null);
        assert_eq!(after["client_reference_id"], Value::Null);
        assert_eq!(after["metadata"], json!({}));
        let fields = after["share_fields"].as_object().unwrap();
        assert_eq!(fields.len(), 3);
        assert!(fields.values().all(|field| field["reason"] == ""), "{fields:?}");
        let blank = "SELECT COUNT(*) FROM sessions WHERE consent_id IS NULL AND consented_at IS NULL \
            AND contract_hash IS NULL AND selected_keys IS NULL AND device_id IS NULL \
            AND device_key IS NULL AND chip_receipt IS NULL AND redirect_url IS NULL \
            AND client_reference_id IS NULL AND metadata = '{}'";
        assert_eq!(app.count(blank).await, 1);
        assert!(app.count("SELECT COUNT(*) FROM audit WHERE to_status = 'erased'").await >= 1);
        let status = app.call("GET", &path(&id, "status"), &page, None).await;
        assert_eq!((status.status.as_u16(), &status.data()["status"]), (200, &json!("succeeded")));
        let listed = app.api("GET", "/v1/sessions?client_reference_id=order-7", None).await;
        assert_eq!(listed.data(), json!([]));
    }

    async fn an_open_session_is_not_erased(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let before = app.get(&id).await;
        let refused = erase(&app, &id).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (409, "SESSION_NOT_TERMINAL"));
        let (_phone, _) = Phone::connected(&app, &id).await;
        assert_eq!(erase(&app, &id).await.status, 409);
        assert_eq!(app.get(&id).await["metadata"], before["metadata"]);
    }

    async fn an_overdue_session_is_expired_and_erased(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        app.advance(3600);
        assert_eq!(erase(&app, &id).await.status, 204);
        let after = app.get(&id).await;
        assert_eq!((&after["status"], &after["metadata"]), (&json!("expired"), &json!({})));
        assert_eq!(app.count("SELECT COUNT(*) FROM events WHERE kind = 'verification.session.expired'").await, 1);
    }

    async fn what_was_not_delivered_is_destroyed_and_never_sent(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        receiver.respond_with(500);
        let (failing, _) = finished(&app).await;
        app.deliver().await;
        receiver.next().await;
        let (waiting, _) = finished(&app).await;
        for id in [&failing, &waiting] {
            assert_eq!(erase(&app, id).await.status, 204);
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries WHERE payload IS NOT NULL").await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries WHERE status = 'failed' AND failure = 'session_erased'").await, 2);
        receiver.respond_with(200);
        app.advance(100_000);
        app.deliver().await;
        assert_eq!(receiver.count(), 1, "nothing was sent after the erasure");
    }

    async fn a_try_in_flight_is_waited_for_and_nothing_leaves_after_the_answer(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let (id, _) = finished(&app).await;
        let claim = app.engine.store.write((), |tx, ()| Box::pin(async move {
            sqlx::query("UPDATE deliveries SET status = 'delivering', tries = 1, lease_token = 'held'")
                .execute(tx).await?;
            Ok(())
        }));
        claim.await.unwrap();
        let settled = std::sync::atomic::AtomicBool::new(false);
        let settle = async {
            // The erasure has looked at least once before the try settles as failed.
            while app.count("SELECT COUNT(*) FROM deliveries WHERE status = 'delivering'").await == 0 {}
            assert_eq!(app.get(&id).await["metadata"], json!({ "plan": "gold" }), "nothing is erased yet");
            settled.store(true, std::sync::atomic::Ordering::SeqCst);
            let end = app.engine.store.write((), |tx, ()| Box::pin(async move {
                sqlx::query("UPDATE deliveries SET status = 'pending', lease_token = NULL").execute(tx).await?;
                Ok(())
            }));
            end.await.unwrap();
        };
        let (answer, ()) = tokio::join!(erase(&app, &id), settle);
        assert_eq!((answer.status.as_u16(), settled.into_inner()), (204, true));
        app.advance(100_000);
        app.deliver().await;
        assert_eq!(receiver.count(), 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries WHERE payload IS NOT NULL").await, 0);
    }

    async fn the_remembered_create_goes_too(app: TestApp) {
        let request = || axum::http::Request::builder().method("POST").uri("/v1/sessions")
            .header("authorization", format!("Bearer {}", app.key))
            .header("idempotency-key", "once").body(axum::body::Body::empty()).unwrap();
        let id = app.send(request()).await.data()["id"].as_str().unwrap().to_owned();
        app.api("POST", &format!("/v1/sessions/{id}/cancel"), None).await;
        assert_eq!(app.count("SELECT COUNT(*) FROM idempotency").await, 1);
        assert_eq!(erase(&app, &id).await.status, 204);
        assert_eq!(app.count("SELECT COUNT(*) FROM idempotency").await, 0);
        let again = app.send(request()).await.data()["id"].as_str().unwrap().to_owned();
        assert_ne!(again, id, "what is forgotten is not repeated");
    }

    async fn only_the_organization_with_the_scope_erases(app: TestApp) {
        let (id, _) = finished(&app).await;
        let (_, other) = tenant(&app.engine, "Another").await;
        let one = format!("/v1/sessions/{id}");
        let foreign = app.call("DELETE", &one, &format!("Bearer {other}"), None).await;
        assert_eq!((foreign.status.as_u16(), foreign.code().as_str()), (404, "SESSION_NOT_FOUND"));
        let reader = kayle_server::service::organizations::create_key(
            &app.engine, &app.organization, "reader", &["sessions:read".to_owned()],
        ).await.unwrap().1;
        let narrow = app.call("DELETE", &one, &format!("Bearer {reader}"), None).await;
        assert_eq!((narrow.status.as_u16(), narrow.code().as_str()), (403, "FORBIDDEN"));
        let unknown = erase(&app, &format!("vs_{}", "0".repeat(32))).await;
        assert_eq!((unknown.status.as_u16(), unknown.code().as_str()), (404, "SESSION_NOT_FOUND"));
        assert_eq!(app.get(&id).await["metadata"], json!({ "plan": "gold" }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_holds_nothing_of_an_erased_session() {
    let app = TestApp::start(crate::app::Db::Sqlite).await;
    let body = json!({
        "share_fields": { "family_name": { "required": false, "reason": "a reason to look for" } },
        "redirect_url": "https://a-redirect-to-look-for.example/",
        "client_reference_id": "a-reference-to-look-for",
        "metadata": { "key": "metadata to look for" },
    });
    let id =
        app.api("POST", "/v1/sessions", Some(body)).await.data()["id"].as_str().unwrap().to_owned();
    app.api("POST", &format!("/v1/sessions/{id}/cancel"), None).await;
    let held = |text: &str| {
        let file = std::fs::read(app.folder().join("kayle.db")).unwrap();
        file.windows(text.len()).any(|window| window == text.as_bytes())
    };
    let settle = async || {
        let mut conn = app.engine.store.read().await.unwrap();
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(&mut *conn).await.unwrap();
    };
    let traces = [
        "a reason to look for",
        "a-redirect-to-look-for",
        "a-reference-to-look-for",
        "metadata to look for",
    ];
    settle().await;
    assert!(traces.iter().all(|text| held(text)), "the file is read as it should be");
    assert_eq!(erase(&app, &id).await.status, 204);
    settle().await;
    for text in traces {
        assert!(!held(text), "{text} is still in the file");
    }
}
