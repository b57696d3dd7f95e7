//! `Idempotency-Key` (`spec.md` §3): a create that is repeated happens once.

use axum::body::Body;
use axum::http::Request;
use futures::future::join_all;
use serde_json::{Value, json};

use crate::app::{Answer, SECRET, TestApp, tenant};
use crate::both;

async fn create(app: &TestApp, auth: &str, key: &str, body: &str) -> Answer {
    let request = Request::builder()
        .method("POST")
        .uri("/v1/sessions")
        .header("authorization", auth)
        .header("content-type", "application/json")
        .header("idempotency-key", key);
    app.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

fn bearer(app: &TestApp) -> String {
    format!("Bearer {}", app.key)
}

fn replayed(answer: &Answer) -> bool {
    answer.headers.get("idempotency-replayed").is_some_and(|value| value == "true")
}

async fn sessions(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) FROM sessions").await
}

const BODY: &str = r#"{"client_reference_id":"order-7","metadata":{"a":"1","b":"2"}}"#;

both! {
    async fn the_same_request_again_is_answered_byte_for_byte_and_creates_nothing(app: TestApp) {
        let first = create(&app, &bearer(&app), "key-1", BODY).await;
        assert_eq!(first.status, 201, "{}", first.text);
        assert!(!replayed(&first));
        app.advance(60);
        // What counts is what the body says, not how it is written.
        let rewritten = r#"{ "metadata": {"b": "2", "a": "1"}, "client_reference_id": "order-7", "locale": null }"#;
        for body in [BODY, rewritten] {
            let again = create(&app, &bearer(&app), "key-1", body).await;
            assert_eq!((again.status.as_u16(), again.text.as_str()), (201, first.text.as_str()));
            assert_eq!(again.headers["content-type"], "application/json");
            assert!(replayed(&again));
        }
        assert_eq!(sessions(&app).await, 1);
    }

    async fn another_body_under_the_same_key_is_refused(app: TestApp) {
        let first = create(&app, &bearer(&app), "key-1", BODY).await;
        assert_eq!(first.status, 201);
        for body in ["", r#"{"client_reference_id":"order-8"}"#] {
            let other = create(&app, &bearer(&app), "key-1", body).await;
            assert_eq!((other.status.as_u16(), other.code().as_str()), (422, "IDEMPOTENCY_KEY_REUSED"));
            assert!(other.message().contains("Idempotency-Key"), "{}", other.message());
            assert!(!other.text.contains(first.data()["cancel_token"].as_str().unwrap()));
        }
        assert_eq!(sessions(&app).await, 1);
    }

    async fn racing_duplicates_wait_and_get_the_one_answer(app: TestApp) {
        for round in 0..10 {
            let (key, auth) = (format!("race-{round}"), bearer(&app));
            let answers = join_all((0..8).map(|_| create(&app, &auth, &key, BODY))).await;
            for answer in &answers {
                assert_eq!((answer.status.as_u16(), &answer.text), (201, &answers[0].text));
            }
            assert_eq!(answers.iter().filter(|answer| !replayed(answer)).count(), 1);
            assert_eq!(sessions(&app).await, round + 1);
        }
    }

    async fn replicas_share_what_they_remember(app: TestApp) {
        let beside = app.beside(&[]).await;
        let auth = bearer(&app);
        let (here, there) = tokio::join!(create(&app, &auth, "k", BODY), create(&beside, &auth, "k", BODY));
        assert_eq!((here.status.as_u16(), &here.text), (201, &there.text));
        assert_eq!(sessions(&app).await, 1);
    }

    async fn keys_belong_to_an_organization(app: TestApp) {
        let first = create(&app, &bearer(&app), "key-1", BODY).await;
        let (_, other) = tenant(&app.engine, "Another").await;
        let second = create(&app, &format!("Bearer {other}"), "key-1", BODY).await;
        assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 201));
        assert_ne!(first.data()["id"], second.data()["id"]);
        assert!(!replayed(&second));
    }

    async fn only_a_201_is_remembered(mut app: TestApp) {
        let (endpoint, _) = app.endpoint("https://hooks.example/").await;
        app.deliver().await;
        kayle_server::service::webhooks::endpoints::set_enabled(&app.engine, &endpoint, false).await.unwrap();
        let named = json!({ "webhook_endpoint_id": endpoint }).to_string();
        let refused = create(&app, &bearer(&app), "key-1", &named).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (400, "WEBHOOK_ENDPOINT_UNAVAILABLE"));
        let invalid = create(&app, &bearer(&app), "key-1", r#"{"locale":7}"#).await;
        assert_eq!((invalid.status.as_u16(), invalid.code().as_str()), (400, "INVALID_REQUEST"));
        assert_eq!(app.count("SELECT COUNT(*) FROM idempotency").await, 0);
        // The corrected request may have the same key.
        kayle_server::service::webhooks::endpoints::set_enabled(&app.engine, &endpoint, true).await.unwrap();
        let created = create(&app, &bearer(&app), "key-1", &named).await;
        assert_eq!((created.status.as_u16(), replayed(&created)), (201, false));
        // And its answer is repeated although the endpoint is gone since.
        kayle_server::service::webhooks::endpoints::set_enabled(&app.engine, &endpoint, false).await.unwrap();
        let again = create(&app, &bearer(&app), "key-1", &named).await;
        assert_eq!((again.status.as_u16(), again.text), (201, created.text));
    }

    async fn a_key_is_one_value_of_visible_ascii(app: TestApp) {
        let long = "k".repeat(255);
        assert_eq!(create(&app, &bearer(&app), &long, BODY).await.status, 201);
        for key in ["", "two words", "\u{e9}", &"k".repeat(256)] {
            let answer = create(&app, &bearer(&app), key, BODY).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_REQUEST"), "{key}");
            assert!(answer.message().contains("Idempotency-Key"));
        }
        let twice = Request::builder().method("POST").uri("/v1/sessions")
            .header("authorization", bearer(&app))
            .header("idempotency-key", "a").header("idempotency-key", "b")
            .body(Body::empty()).unwrap();
        let answer = app.send(twice).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_REQUEST"));
        assert_eq!(sessions(&app).await, 1);
    }

    async fn after_24_hours_a_key_is_new_again_and_its_row_is_swept(app: TestApp) {
        let first = create(&app, &bearer(&app), "key-1", BODY).await;
        app.advance(24 * 3600 - 1);
        assert!(replayed(&create(&app, &bearer(&app), "key-1", BODY).await));
        app.advance(1);
        let second = create(&app, &bearer(&app), "key-1", BODY).await;
        assert_eq!((second.status.as_u16(), replayed(&second)), (201, false));
        assert_ne!(first.data()["id"], second.data()["id"]);
        assert!(replayed(&create(&app, &bearer(&app), "key-1", BODY).await));
        app.advance(24 * 3600);
        kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM idempotency").await, 0);
    }

    async fn a_rotated_secret_still_knows_yesterdays_keys(app: TestApp) {
        let first = create(&app, &bearer(&app), "key-1", BODY).await;
        let rotated = app.beside(&[
            ("KAYLE_SECRET", "the next secret that is long enough to be one"),
            ("KAYLE_PREVIOUS_SECRETS", SECRET),
        ]).await;
        let again = create(&rotated, &bearer(&app), "key-1", BODY).await;
        assert_eq!((again.status.as_u16(), again.text), (201, first.text));
        let other = create(&rotated, &bearer(&app), "key-1", "").await;
        assert_eq!(other.code(), "IDEMPOTENCY_KEY_REUSED");
        assert_eq!(sessions(&app).await, 1);
    }

    async fn what_is_remembered_opens_only_with_the_key_itself(app: TestApp) {
        let created = create(&app, &bearer(&app), "key-1", BODY).await.data();
        let token = created["cancel_token"].as_str().unwrap();
        let mut conn = app.engine.store.read().await.unwrap();
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT key_tag, body_tag, answer FROM idempotency")
                .fetch_all(&mut *conn).await.unwrap();
        let (key_tag, body_tag, answer) = &rows[0];
        for text in [key_tag, body_tag, answer] {
            assert!(!text.contains(token) && !text.contains("key-1") && !text.contains("order-7"));
        }
        // Whoever has the database and the ring, but not the header, opens nothing.
        let ring = &app.engine.keys;
        for purpose in [kayle_server::keys::Purpose::IdempotencySeal, kayle_server::keys::Purpose::Payload] {
            assert_eq!(ring.open(purpose, "", answer), None);
        }
        let scope = [app.organization.as_str(), "POST /v1/sessions", "key-1"];
        let opened = ring.open_for(kayle_server::keys::Purpose::IdempotencySeal, &scope, answer).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&opened).unwrap()["data"]["cancel_token"], token);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_of_the_database_reveals_no_token_and_no_key() {
    let app = TestApp::start(crate::app::Db::Sqlite).await;
    let created = create(&app, &bearer(&app), "a-key-to-look-for", BODY).await.data();
    let mut dump = Vec::new();
    for name in ["kayle.db", "kayle.db-wal"] {
        dump.extend(std::fs::read(app.folder().join(name)).unwrap_or_default());
    }
    let holds = |text: &str| dump.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(created["id"].as_str().unwrap()), "the dump is of this database");
    for secret in [created["cancel_token"].as_str().unwrap(), "a-key-to-look-for", app.key.as_str()]
    {
        assert!(!holds(secret), "{secret} is readable");
    }
}
