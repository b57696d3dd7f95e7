//! Events, deliveries and tries over REST: what is told of them, and sending once more.

use serde_json::{Value, json};

use crate::app::{Answer, TestApp, tenant};
use crate::both;
use crate::phone::{Phone, path};
use crate::receiver::Receiver;

async fn list(app: &TestApp, path: &str) -> Vec<Value> {
    let answer = app.api("GET", path, None).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.data().as_array().unwrap().clone()
}

/// The one delivery of a session.
async fn delivery(app: &TestApp, session: &str) -> Value {
    list(app, &format!("/v1/webhooks/deliveries?session_id={session}")).await.remove(0)
}

async fn retry(app: &TestApp, delivery: &Value) -> Answer {
    let id = delivery["id"].as_str().unwrap();
    app.api("POST", &format!("/v1/webhooks/deliveries/{id}/retry"), None).await
}

fn refused(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

/// Lets so many tries fail; the schedule has three.
async fn exhaust(app: &mut TestApp, receiver: &Receiver, tries: usize) {
    for _ in 0..tries {
        receiver.respond_with(500);
        app.deliver().await;
        receiver.next().await;
        app.advance(600);
    }
}

both! {
    async fn what_happened_is_listed_newest_first_and_never_with_what_was_said(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let (endpoint, _) = app.endpoint(receiver.url()).await;
        let mut sessions = Vec::new();
        for _ in 0..5 {
            app.advance(1);
            sessions.push(app.cancelled().await);
        }
        app.advance(1);
        let won = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, _) = Phone::connected(&app, &won).await;
        phone.chip(&app).await;
        phone.face(&app).await;
        receiver.respond_with(503);
        app.deliver().await;
        for _ in 0..6 { receiver.next().await; }
        sessions.push(won.clone());
        sessions.reverse();
        for route in ["/v1/webhooks/events", "/v1/events", "/v1/webhooks/deliveries"] {
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = app.api("GET", &format!("{route}?limit=2{cursor}"), None).await;
                assert_eq!(page.status, 200, "{}", page.text);
                assert!(!page.text.contains("ERIKSSON"));
                let json = page.json();
                seen.extend(json["data"].as_array().unwrap().iter().map(|row| row["session_id"].as_str().unwrap().to_owned()));
                let Some(next) = json["pagination"]["next_cursor"].as_str() else { break };
                cursor = format!("&starting_after={next}");
            }
            assert_eq!(seen, sessions, "{route}");
        }
        let succeeded = list(&app, "/v1/events?type=verification.session.succeeded").await;
        assert_eq!((succeeded.len(), &succeeded[0]["session_id"]), (1, &json!(won)));
        let id = succeeded[0]["id"].as_str().unwrap();
        for route in ["/v1/webhooks/events", "/v1/events"] {
            let event = app.api("GET", &format!("{route}/{id}"), None).await.data();
            assert_eq!(event["type"], "verification.session.succeeded");
            assert_eq!(event["deliveries"][0]["endpoint_id"], endpoint);
        }
        let of_event = list(&app, &format!("/v1/webhooks/deliveries?event_id={id}&endpoint_id={endpoint}")).await;
        assert_eq!(of_event.len(), 1);
        // Five arrived; the one that did not waits for its next try.
        let waiting = list(&app, "/v1/webhooks/deliveries?status=pending").await;
        assert_eq!((waiting.len(), &waiting[0]["attempts"]), (1, &json!(1)));
        assert!(waiting[0]["next_attempt_at"].is_string() && waiting[0]["payload_available"] == true);
        let arrived = list(&app, "/v1/webhooks/deliveries?status=succeeded").await;
        assert!(arrived.len() == 5 && arrived.iter().all(|row| row["payload_available"] == false && row["next_attempt_at"].is_null()));
        let tries = list(&app, &format!("/v1/webhooks/deliveries/{}/attempts", waiting[0]["id"].as_str().unwrap())).await;
        assert_eq!((tries.len(), &tries[0]["status_code"], &tries[0]["error"]), (1, &json!(503), &json!("http_status")));
        assert!(tries[0]["latency_ms"].is_number() && tries[0]["id"].as_str().unwrap().starts_with("wha_"));
    }

    async fn what_a_list_is_asked_for_is_checked_by_name(app: TestApp) {
        for (path, named) in [
            ("events?type=everything", "type"), ("events?limit=0", "limit"), ("events?session_id=vs_1", "session_id"),
            ("events?starting_after=evt_1", "starting_after"), ("events?status=failed", "status"),
            ("events?starting_after=evt_00000000000000000000000000000000", "starting_after"),
            ("deliveries?status=lost", "status"), ("deliveries?limit=101", "limit"),
            ("deliveries?endpoint_id=x", "endpoint_id"), ("deliveries?event_id=x", "event_id"),
            ("deliveries?session_id=x", "session_id"), ("deliveries?starting_after=x", "starting_after"),
            ("deliveries?starting_after=whd_00000000000000000000000000000000", "starting_after"),
            ("events/evt_1", "id"), ("deliveries/whd_1", "id"),
        ] {
            let answer = app.api("GET", &format!("/v1/webhooks/{path}"), None).await;
            assert_eq!(refused(&answer), (400, "INVALID_REQUEST".into()), "{path}");
            assert!(answer.message().contains(named), "{path}: {}", answer.message());
        }
    }

    async fn nobody_else_sees_or_sends_it(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let session = app.cancelled().await;
        exhaust(&mut app, &receiver, 3).await;
        let row = delivery(&app, &session).await;
        let (event, id) = (row["event_id"].as_str().unwrap(), row["id"].as_str().unwrap());
        let (_, other) = tenant(&app.engine, "Another").await;
        let other = format!("Bearer {other}");
        for (method, path, code) in [
            ("GET", format!("/v1/webhooks/events/{event}"), "WEBHOOK_EVENT_NOT_FOUND"),
            ("GET", format!("/v1/events/{event}"), "WEBHOOK_EVENT_NOT_FOUND"),
            ("POST", format!("/v1/webhooks/events/{event}/replay"), "WEBHOOK_EVENT_NOT_FOUND"),
            ("GET", format!("/v1/webhooks/deliveries/{id}"), "WEBHOOK_DELIVERY_NOT_FOUND"),
            ("GET", format!("/v1/webhooks/deliveries/{id}/attempts"), "WEBHOOK_DELIVERY_NOT_FOUND"),
            ("POST", format!("/v1/webhooks/deliveries/{id}/retry"), "WEBHOOK_DELIVERY_NOT_FOUND"),
        ] {
            let answer = app.call(method, &path, &other, None).await;
            assert_eq!(refused(&answer), (404, code.to_owned()), "{method} {path}");
        }
        for route in ["events", "deliveries"] {
            let none = app.call("GET", &format!("/v1/webhooks/{route}"), &other, None).await;
            assert_eq!((none.status.as_u16(), none.data()), (200, json!([])));
            let cursor = if route == "events" { event } else { id };
            let foreign = app.call("GET", &format!("/v1/webhooks/{route}?starting_after={cursor}"), &other, None).await;
            assert_eq!(refused(&foreign), (400, "INVALID_REQUEST".into()));
        }
        let scopes = ["webhooks:read".to_owned()];
        let made = kayle_server::service::organizations::create_key(&app.engine, &app.organization, "reader", &scopes).await;
        let reader = format!("Bearer {}", made.unwrap().1);
        for path in [format!("events/{event}/replay"), format!("deliveries/{id}/retry")] {
            let answer = app.call("POST", &format!("/v1/webhooks/{path}"), &reader, None).await;
            assert_eq!(refused(&answer), (403, "FORBIDDEN".into()));
        }
    }

    async fn a_failed_delivery_is_sent_once_more_with_the_same_event_id(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let session = app.cancelled().await;
        receiver.respond_with(500);
        app.deliver().await;
        let first = receiver.next().await.json();
        let waiting = delivery(&app, &session).await;
        assert_eq!(refused(&retry(&app, &waiting).await), (409, "WEBHOOK_DELIVERY_IN_PROGRESS".into()));
        app.advance(600);
        exhaust(&mut app, &receiver, 2).await;
        let failed = delivery(&app, &session).await;
        assert_eq!((&failed["status"], &failed["failure"]), (&json!("failed"), &json!("http_status")), "{failed}");
        let again = retry(&app, &failed).await;
        assert_eq!((again.status.as_u16(), &again.data()["status"]), (202, &json!("pending")));
        app.deliver().await;
        let last = receiver.next().await.json();
        assert_eq!(last, first, "the same event, to the letter");
        let done = delivery(&app, &session).await;
        assert_eq!((&done["status"], &done["failure"]), (&json!("succeeded"), &Value::Null));
        assert_eq!(refused(&retry(&app, &done).await), (409, "WEBHOOK_PAYLOAD_EXPIRED".into()));
    }

    async fn an_event_is_replayed_to_those_it_failed_for(mut app: TestApp) {
        let (good, bad) = (Receiver::start().await, Receiver::start().await);
        app.endpoint(good.url()).await;
        app.endpoint(bad.url()).await;
        let session = app.cancelled().await;
        for _ in 0..3 {
            bad.respond_with(500);
            app.deliver().await;
            bad.next().await;
            app.advance(600);
        }
        let event = list(&app, &format!("/v1/events?session_id={session}")).await[0]["id"].as_str().unwrap().to_owned();
        for route in ["/v1/webhooks/events", "/v1/events"] {
            bad.respond_with(500);
            let replayed = app.api("POST", &format!("{route}/{event}/replay"), None).await;
            assert_eq!(replayed.status, 202, "{}", replayed.text);
            assert_eq!(replayed.data()["delivery_ids"].as_array().unwrap().len(), 1);
            app.deliver().await;
            bad.next().await;
        }
        app.api("POST", &format!("/v1/events/{event}/replay"), None).await;
        app.deliver().await;
        bad.next().await;
        let nothing = app.api("POST", &format!("/v1/events/{event}/replay"), None).await;
        assert_eq!(refused(&nothing), (409, "WEBHOOK_PAYLOAD_EXPIRED".into()));
        assert_eq!(good.count(), 1, "who has it is not told twice");
    }

    async fn a_payload_is_kept_for_its_endpoints_window_and_not_a_moment_longer(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let (endpoint, _) = app.endpoint(receiver.url()).await;
        let (day, none) = (app.cancelled().await, app.cancelled().await);
        for _ in 0..3 {
            for _ in 0..2 { receiver.respond_with(500); }
            app.deliver().await;
            for _ in 0..2 { receiver.next().await; }
            app.advance(600);
        }
        let change = async |hours: u8| {
            let body = json!({ "undelivered_payload_retention_hours": hours });
            assert_eq!(app.api("PATCH", &format!("/v1/webhooks/endpoints/{endpoint}"), Some(body)).await.status, 200);
        };
        change(24).await;
        app.advance(24 * 3600 - 1300);
        kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
        assert_eq!(delivery(&app, &day).await["payload_available"], true);
        app.advance(1300);
        kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
        for session in [&day, &none] {
            let row = delivery(&app, session).await;
            assert_eq!((&row["payload_available"], &row["status"]), (&json!(false), &json!("failed")));
            assert_eq!(refused(&retry(&app, &row).await), (409, "WEBHOOK_PAYLOAD_EXPIRED".into()));
        }
        assert_eq!(receiver.count(), 6);
    }

    async fn asking_for_more_tries_does_not_keep_a_payload_for_good(mut app: TestApp) {
        const HOUR: u64 = 3600;
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let session = app.cancelled().await;
        exhaust(&mut app, &receiver, 3).await;
        app.advance(70 * HOUR);
        assert_eq!(retry(&app, &delivery(&app, &session).await).await.status, 202);
        receiver.respond_with(500);
        app.deliver().await;
        receiver.next().await;
        kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
        assert_eq!(delivery(&app, &session).await["payload_available"], true);
        app.advance(4 * HOUR);
        kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
        let row = delivery(&app, &session).await;
        assert_eq!((&row["payload_available"], &row["status"]), (&json!(false), &json!("failed")));
    }

    async fn what_waits_for_a_disabled_or_deleted_endpoint_ends_with_the_reason(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let (endpoint, _) = app.endpoint(receiver.url()).await;
        let at = format!("/v1/webhooks/endpoints/{endpoint}");
        let first = app.cancelled().await;
        app.api("PATCH", &at, Some(json!({ "enabled": false }))).await;
        app.deliver().await;
        let row = delivery(&app, &first).await;
        assert_eq!((&row["status"], &row["failure"]), (&json!("failed"), &json!("endpoint_disabled")));
        assert_eq!(refused(&retry(&app, &row).await), (409, "WEBHOOK_ENDPOINT_DISABLED".into()));
        app.api("PATCH", &at, Some(json!({ "enabled": true }))).await;
        assert_eq!(retry(&app, &row).await.status, 202);
        receiver.respond_with(500);
        app.deliver().await;
        receiver.next().await;
        let second = app.cancelled().await;
        assert_eq!(app.api("DELETE", &at, None).await.status, 204);
        app.advance(100_000);
        app.deliver().await;
        for session in [&first, &second] {
            let row = delivery(&app, session).await;
            assert_eq!((&row["status"], &row["failure"]), (&json!("failed"), &json!("endpoint_deleted")), "{row}");
            assert_eq!(row["payload_available"], false);
        }
        let id = delivery(&app, &first).await["id"].as_str().unwrap().to_owned();
        assert_eq!(list(&app, &format!("/v1/webhooks/deliveries/{id}/attempts")).await.len(), 1, "its history stays");
        assert_eq!(receiver.count(), 1);
    }

    async fn what_was_withdrawn_is_never_sent_again(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, page) = Phone::connected(&app, &id).await;
        phone.chip(&app).await;
        phone.face(&app).await;
        exhaust(&mut app, &receiver, 3).await;
        let original = delivery(&app, &id).await;
        assert_eq!(app.call("POST", &path(&id, "cancel"), &page, None).await.status, 204);
        assert_eq!(refused(&retry(&app, &original).await), (409, "WEBHOOK_PAYLOAD_EXPIRED".into()));
        let event = original["event_id"].as_str().unwrap();
        let replay = app.api("POST", &format!("/v1/events/{event}/replay"), None).await;
        assert_eq!(refused(&replay), (409, "WEBHOOK_PAYLOAD_EXPIRED".into()));
        app.deliver().await;
        let successor = receiver.next().await.json();
        assert_eq!(successor["data"]["supersedes_event_id"], event);
        assert!(!successor.to_string().contains("ERIKSSON"));
        assert_eq!(receiver.count(), 4);
    }
}
