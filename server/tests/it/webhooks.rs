//! Deliveries: signed, retried on schedule, destroyed when they arrived.

use kayle_domain::{Check, FailureCode};
use kayle_server::store::outbox::Lane;
use kayle_server::webhook::fair::Load;
use kayle_server::worker::deliver::lease::length;
use kayle_server::worker::deliver::settle::{self, Ending};
use kayle_server::worker::deliver::{self, reclaim};
use serde_json::json;

use crate::app::TestApp;
use crate::both;
use crate::phone::{Phone, Upload};
use crate::receiver::Receiver;

/// Claims what is due as a worker that dies at once; returns how much.
async fn lost_claims(app: &TestApp) -> usize {
    deliver::claim::claim(&app.engine, Lane::First, &Load::default()).await.unwrap().claimed.len()
}

/// How many seconds a delivery stays with whoever claimed it.
fn lease(app: &TestApp) -> u64 {
    length(&app.engine.config).as_secs()
}

both! {
    async fn a_success_arrives_signed_with_exactly_what_was_agreed_to(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let (_, secret) = app.endpoint(receiver.url()).await;
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, _) = Phone::connected(&app, &id).await;
        phone.chip(&app).await;
        phone.face(&app).await;
        app.deliver().await;
        let event = receiver.next().await;
        event.verify(&secret);
        assert_eq!(event.header("content-type"), "application/json");
        assert_eq!(event.header("x-kayle-event"), "verification.session.succeeded");
        let body = event.json();
        assert_eq!(event.header("webhook-id"), body["metadata"]["event_id"].as_str().unwrap());
        let claims = &body["data"]["claims"];
        assert_eq!(claims.as_object().unwrap().len(), 3);
        assert_eq!((claims["family_name"].clone(), claims["age_over_18"].clone()), (json!("ERIKSSON"), json!(true)));
        assert!(claims["kayle_document_id"].as_str().unwrap().starts_with("kdid_"));
        assert_eq!(body["data"]["selected_field_keys"], json!(["family_name", "kayle_document_id", "age_over_18"]));
        let metadata = &body["metadata"];
        assert_eq!(metadata["verification_session_id"], id);
        assert_eq!(metadata["client_reference_id"], "order-7");
        assert_eq!(metadata["session_metadata"], json!({ "plan": "gold" }));
        assert_eq!((metadata["contract_version"].clone(), metadata["sandbox"].clone()), (json!(1), json!(true)));
        assert_eq!(receiver.count(), 1);
    }

    async fn a_failure_and_a_cancellation_say_what_was_tried(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, _) = Phone::connected(&app, &id).await;
        for _ in 0..3 {
            let upload = Upload::failing(FailureCode::DocumentAuthenticityFailed);
            assert_eq!(phone.check(&app, Check::Nfc, upload).await.status, 200);
        }
        app.deliver().await;
        assert_eq!(receiver.next().await.json()["data"], json!({
            "failure_code": "document_authenticity_failed", "nfc_tries_used": 3, "liveness_tries_used": 0,
        }));
        app.cancelled().await;
        app.deliver().await;
        assert_eq!(receiver.next().await.json()["data"], json!({
            "outcome": "not_verified", "reason": "cancelled", "nfc_tries_used": 0, "liveness_tries_used": 0,
        }));
    }

    async fn a_failing_endpoint_is_tried_on_schedule_with_one_event_id(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        receiver.respond_with(500);
        receiver.respond_with(503);
        app.cancelled().await;
        app.deliver().await;
        let first = receiver.next().await;
        app.deliver().await;
        assert_eq!(receiver.count(), 1, "the second try is not due yet");
        app.advance(6);
        app.deliver().await;
        let second = receiver.next().await;
        app.advance(331);
        app.deliver().await;
        let third = receiver.next().await;
        let ids = |r: &crate::receiver::Received| (r.header("webhook-id").to_owned(), r.header("x-kayle-delivery-id").to_owned());
        assert_eq!(ids(&first), ids(&second));
        assert_eq!(ids(&first), ids(&third));
        assert_ne!(first.header("webhook-timestamp"), third.header("webhook-timestamp"));
        app.advance(100_000);
        app.deliver().await;
        assert_eq!(receiver.count(), 3);
        assert_eq!(app.count("SELECT COUNT(*) FROM delivery_tries").await, 3);
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries WHERE status = 'succeeded' AND payload IS NULL").await, 1);
    }

    async fn the_last_failure_keeps_the_payload_for_the_window_and_no_longer(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        for _ in 0..3 { receiver.respond_with(500); }
        app.cancelled().await;
        for seconds in [0, 6, 331] {
            app.advance(seconds);
            app.deliver().await;
            receiver.next().await;
        }
        let kept = "SELECT COUNT(*) FROM deliveries WHERE status = 'failed' AND payload IS NOT NULL";
        assert_eq!(app.count(kept).await, 1);
        app.advance(71 * 3600);
        kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
        assert_eq!(app.count(kept).await, 1);
        app.advance(3600);
        kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
        assert_eq!(app.count(kept).await, 0);
    }

    async fn a_gone_endpoint_is_disabled_and_told_nothing_more(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        receiver.respond_with(410);
        app.cancelled().await;
        app.deliver().await;
        receiver.next().await;
        assert_eq!(app.count("SELECT COUNT(*) FROM endpoints WHERE disabled_at IS NOT NULL").await, 1);
        app.cancelled().await;
        app.deliver().await;
        assert_eq!(receiver.count(), 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries").await, 1);
    }

    async fn a_crashed_workers_delivery_is_made_within_a_minute(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        app.cancelled().await;
        assert_eq!(lost_claims(&app).await, 1);
        app.deliver().await;
        assert_eq!((receiver.count(), reclaim(&app.engine).await.unwrap()), (0, 0), "the lease is respected");
        app.advance(lease(&app) - 1);
        assert_eq!(reclaim(&app.engine).await.unwrap(), 0);
        app.advance(1);
        assert_eq!(reclaim(&app.engine).await.unwrap(), 1);
        app.advance(1);
        app.deliver().await;
        receiver.next().await;
        let tries = app.count("SELECT tries FROM deliveries WHERE status = 'succeeded'").await;
        assert_eq!((receiver.count(), tries), (1, 2), "the lost try may have arrived, so it counts");
    }

    async fn a_lease_ends_by_no_clock_that_can_be_set(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        app.cancelled().await;
        assert_eq!(lost_claims(&app).await, 1);
        let start = app.engine.now();
        for hours in [1, 2, 1, 3] {
            let ahead = std::time::Duration::from_hours(hours);
            for set in [start.plus(ahead), start.minus(ahead)] {
                app.engine.clock.set(set);
                assert_eq!(reclaim(&app.engine).await.unwrap(), 0);
            }
        }
        app.advance(lease(&app) + 1);
        assert_eq!(reclaim(&app.engine).await.unwrap(), 1, "an hour's jump strands nothing");
        app.advance(1);
        app.deliver().await;
        assert_eq!(receiver.count(), 1);
    }

    async fn a_worker_that_slept_through_its_lease_sends_nothing(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let (endpoint, _) = app.endpoint(receiver.url()).await;
        app.cancelled().await;
        // Its machine slept: only the wall clock went on.
        let before = app.engine.now();
        let mut catch = deliver::claim::claim(&app.engine, Lane::First, &Load::default()).await.unwrap();
        app.engine.clock.set(before.plus(std::time::Duration::from_secs(lease(&app) - 1)));
        let claimed = catch.claimed.pop().unwrap();
        assert_eq!(claimed.delivery.endpoint_id, endpoint);
        let ending = deliver::attempt(&app.engine, &claimed).await;
        assert!(matches!(ending, Ending::Late), "{ending:?}");
        assert!(settle::judge(&app.engine, claimed, &ending).is_none());
        assert_eq!(receiver.count(), 0);
        assert_eq!(reclaim(&app.engine).await.unwrap(), 0);
        app.advance(lease(&app) + 1);
        assert_eq!(reclaim(&app.engine).await.unwrap(), 1);
        app.advance(1);
        app.deliver().await;
        assert_eq!(receiver.count(), 1, "whoever is awake sends it");
    }

    async fn a_clock_set_back_puts_no_try_off(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        deliver::tend(&app.engine).await.unwrap();
        receiver.respond_with(500);
        app.cancelled().await;
        app.deliver().await;
        // And one that was never tried, from the future as well.
        app.cancelled().await;
        app.engine.clock.set(app.engine.now().minus(std::time::Duration::from_hours(1)));
        deliver::tend(&app.engine).await.unwrap();
        app.deliver().await;
        assert_eq!(receiver.count(), 2, "what was never tried is due whatever the clock says");
        app.advance(6);
        app.deliver().await;
        assert_eq!(receiver.count(), 3, "five seconds are five seconds");
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries WHERE status = 'succeeded'").await, 2);
    }

    async fn many_workers_deliver_every_event_once(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        for _ in 0..25 { app.cancelled().await; }
        let workers = (0..6).map(|_| {
            let engine = app.engine.clone();
            tokio::spawn(async move { deliver::drain(&engine).await })
        });
        for worker in workers.collect::<Vec<_>>() { worker.await.unwrap().unwrap(); }
        app.deliver().await;
        assert_eq!(receiver.events(25).await.len(), 25);
        assert_eq!(receiver.count(), 25);
    }

    async fn only_named_and_subscribed_endpoints_are_told(mut app: TestApp) {
        let (one, two) = (Receiver::start().await, Receiver::start().await);
        let (first, _) = app.endpoint(one.url()).await;
        app.endpoint(two.url()).await;
        let body = json!({ "webhook_endpoint_id": first });
        let id = app.api("POST", "/v1/sessions", Some(body)).await.data();
        assert_eq!(id["webhook_endpoint_id"], first);
        let cancel = format!("/v1/sessions/{}/cancel", id["id"].as_str().unwrap());
        app.api("POST", &cancel, None).await;
        app.deliver().await;
        one.next().await;
        assert_eq!((one.count(), two.count()), (1, 0));
    }

    async fn an_hour_of_errors_is_outlived_by_the_schedule(first: TestApp) {
        let schedule = "0s,5s,5m,30m,2h,5h,10h,10h";
        let mut app = first.beside(&[("KAYLE_WEBHOOK_SCHEDULE", schedule)]).await;
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        for _ in 0..4 { receiver.respond_with(500); }
        app.cancelled().await;
        let mut waited = 0;
        while receiver.count() < 5 {
            app.deliver().await;
            app.advance(60);
            waited += 1;
            assert!(waited < 24 * 60, "{} tries in a day", receiver.count());
        }
        // 5 s + 5 min + 30 min + 2 h, a tenth more or less, by the minute.
        assert!((139..=176).contains(&waited), "{waited} minutes");
        assert_eq!(receiver.events(5).await.len(), 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries WHERE status = 'succeeded'").await, 1);
    }
}
