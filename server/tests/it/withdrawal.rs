//! Withdrawal after the end (`spec.md` §5.3): what was not delivered never is.

use serde_json::json;

use crate::app::TestApp;
use crate::both;
use crate::phone::{Phone, path};
use crate::receiver::Receiver;

async fn withdraw(app: &TestApp, id: &str, page: &str) {
    let answer = app.call("POST", &path(id, "cancel"), page, None).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
}

both! {
    async fn before_any_delivery_nobody_ever_learns_the_claims(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let (id, page) = Phone::succeeded(&app).await;
        withdraw(&app, &id, &page).await;
        assert_eq!(app.get(&id).await["status"], "cancelled");
        app.deliver().await;
        let event = receiver.next().await.json();
        assert_eq!(event["type"], "verification.session.cancelled");
        assert_eq!(event["data"], json!({
            "outcome": "not_verified", "reason": "privacy_cancelled_after_terminal_success",
            "nfc_tries_used": 0, "liveness_tries_used": 0,
        }));
        withdraw(&app, &id, &page).await;
        app.deliver().await;
        assert_eq!(receiver.count(), 1);
    }

    async fn after_a_failed_try_the_successor_names_what_it_replaces(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        receiver.respond_with(500);
        let (id, page) = Phone::succeeded(&app).await;
        app.deliver().await;
        let first = receiver.next().await.json();
        withdraw(&app, &id, &page).await;
        app.advance(10_000);
        app.deliver().await;
        let second = receiver.next().await.json();
        assert_eq!(second["data"]["supersedes_event_id"], first["metadata"]["event_id"]);
        assert_ne!(second["metadata"]["event_id"], first["metadata"]["event_id"]);
        assert_eq!(receiver.count(), 2);
    }

    async fn an_endpoint_already_served_is_told_nothing_and_the_status_stays(mut app: TestApp) {
        let (fast, slow) = (Receiver::start().await, Receiver::start().await);
        app.endpoint(fast.url()).await;
        app.endpoint(slow.url()).await;
        slow.respond_with(500);
        let (id, page) = Phone::succeeded(&app).await;
        app.deliver().await;
        fast.next().await;
        let original = slow.next().await.json();
        let first = original["metadata"]["event_id"].clone();
        for _ in 0..3 {
            withdraw(&app, &id, &page).await;
        }
        assert_eq!(app.get(&id).await["status"], "succeeded");
        app.advance(10_000);
        app.deliver().await;
        let successor = slow.next().await.json();
        assert_eq!(successor["type"], "verification.session.cancelled");
        assert_eq!(successor["data"]["supersedes_event_id"], first);
        assert_eq!((fast.count(), slow.count()), (1, 2));
    }

    async fn everything_served_means_nothing_changes(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let (id, page) = Phone::succeeded(&app).await;
        app.deliver().await;
        receiver.next().await;
        withdraw(&app, &id, &page).await;
        app.deliver().await;
        assert_eq!(app.get(&id).await["status"], "succeeded");
        assert_eq!(receiver.count(), 1);
    }

    async fn the_cancel_token_withdraws_too_and_a_device_does_not(app: TestApp) {
        let created = app.create().await;
        let id = created["id"].as_str().unwrap();
        let (mut phone, _) = Phone::connected(&app, id).await;
        phone.chip(&app).await;
        phone.face(&app).await;
        let answer = app.call("POST", &path(id, "cancel"), &phone.auth(), None).await;
        assert_eq!(answer.status, 204);
        assert_eq!(app.get(id).await["status"], "succeeded");
        let body = json!({ "cancel_token": created["cancel_token"] });
        for _ in 0..2 {
            let answer = app.call("POST", &path(id, "cancel"), "", Some(body.clone())).await;
            assert_eq!(answer.status, 204, "{}", answer.text);
        }
        assert_eq!(app.get(id).await["status"], "cancelled");
        assert_eq!(app.count("SELECT COUNT(*) FROM sessions WHERE cancel_token_used_at IS NOT NULL").await, 1);
    }
}
