//! API keys and the ring of secrets they are stored under.

use kayle_server::service::{credentials, organizations};
use serde_json::json;

use crate::app::{SECRET, TestApp};
use crate::both;
use crate::phone::{Phone, path};

const ROTATED: [(&str, &str); 2] = [
    ("KAYLE_SECRET", "the next secret that is long enough to be one"),
    ("KAYLE_PREVIOUS_SECRETS", SECRET),
];

async fn lists(app: &TestApp, key: &str) -> u16 {
    app.call("GET", "/v1/sessions", &format!("Bearer {key}"), None).await.status.as_u16()
}

both! {
    async fn a_disabled_key_stops_within_a_second_on_every_replica(app: TestApp) {
        let beside = app.beside(&[]).await;
        for replica in [&app, &beside] {
            assert_eq!(lists(replica, &app.key).await, 200);
        }
        let key = organizations::keys(&app.engine).await.unwrap().remove(0);
        organizations::disable_key(&app.engine, &key.id).await.unwrap();
        app.advance(1);
        for replica in [&app, &beside] {
            assert_eq!(lists(replica, &app.key).await, 401);
        }
    }

    async fn a_clock_that_goes_back_does_not_keep_a_disabled_key(app: TestApp) {
        app.advance(3600);
        assert_eq!(lists(&app, &app.key).await, 200);
        let key = organizations::keys(&app.engine).await.unwrap().remove(0);
        organizations::disable_key(&app.engine, &key.id).await.unwrap();
        let before = app.engine.now().minus(std::time::Duration::from_hours(1));
        app.engine.clock.set(before);
        assert_eq!(lists(&app, &app.key).await, 401);
    }

    async fn a_key_tells_when_it_was_last_used(app: TestApp) {
        let last = async || organizations::keys(&app.engine).await.unwrap().remove(0).last_used_at;
        assert_eq!(last().await, None);
        for _ in 0..2 {
            app.advance(10);
            assert_eq!(lists(&app, &app.key).await, 200);
            let now = app.engine.now().millis();
            kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
            assert_eq!(last().await, Some(now));
        }
        assert_eq!(lists(&app, &format!("kk_{}", "a".repeat(32))).await, 401);
        app.advance(10);
        let before = last().await;
        kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
        assert_eq!(last().await, before, "nobody used it since");
    }

    async fn a_use_that_could_not_be_written_down_is_not_lost(app: TestApp) {
        assert_eq!(lists(&app, &app.key).await, 200);
        let now = app.engine.now().millis();
        let rename = async |from: &'static str, to: &'static str| {
            let work = app.engine.store.write((from, to), |tx, (from, to)| Box::pin(async move {
                let sql = format!("ALTER TABLE {from} RENAME TO {to}");
                sqlx::query(sqlx::AssertSqlSafe(sql)).execute(tx).await?;
                Ok(())
            }));
            work.await.unwrap();
        };
        rename("api_keys", "hidden").await;
        assert!(kayle_server::service::callers::note_use(&app.engine).await.is_err());
        rename("hidden", "api_keys").await;
        kayle_server::service::callers::note_use(&app.engine).await.unwrap();
        let key = organizations::keys(&app.engine).await.unwrap().remove(0);
        assert_eq!(key.last_used_at, Some(now));
    }

    async fn after_a_rotation_old_secrets_verify_and_new_things_are_made_under_the_new_one(app: TestApp) {
        let created = app.create().await;
        let id = created["id"].as_str().unwrap();
        let (phone, page) = Phone::connected(&app, id).await;
        let rotated = app.beside(&ROTATED).await;
        // What was made before still counts.
        assert_eq!(lists(&rotated, &app.key).await, 200);
        for auth in [&page, &phone.auth()] {
            let status = rotated.call("GET", &path(id, "status"), auth, None).await;
            assert_eq!((status.status.as_u16(), &status.data()["step"]), (200, &json!("chip")));
        }
        // What is made now names another key of the ring, which the old process does not have.
        let scopes = ["sessions:read".to_owned()];
        let made = organizations::create_key(&rotated.engine, &app.organization, "new", &scopes).await;
        let (_, key) = made.unwrap();
        assert_eq!((lists(&rotated, &key).await, lists(&app, &key).await), (200, 401));
        let again = id.parse().unwrap();
        let (old, new) = (credentials::page(&app.engine, &again), credentials::page(&rotated.engine, &again));
        assert_ne!(old, new);
        assert!(credentials::is_page(&rotated.engine, &again, &old) && !credentials::is_page(&app.engine, &again, &new));
        let hashes = "SELECT COUNT(DISTINCT SUBSTR(hash, 1, 8)) FROM api_keys";
        assert_eq!(app.count(hashes).await, 2);
        let body = json!({ "cancel_token": created["cancel_token"] });
        let cancelled = rotated.call("POST", &path(id, "cancel"), "", Some(body)).await;
        assert_eq!(cancelled.status, 204, "{}", cancelled.text);
    }

    async fn a_phone_at_work_survives_a_rotation(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, _) = Phone::connected(&app, &id).await;
        phone.chip(&app).await;
        // The verdict is the sandbox's own, under its own secret: only the phone's part crosses.
        let rotated = app.beside(&ROTATED).await;
        let (device, challenge) = (phone.auth(), phone.hello["challenge"].clone());
        let known = credentials::challenges(&rotated.engine, &id.parse().unwrap(), 1);
        assert!(known.iter().any(|known| challenge == known.as_str()));
        let status = rotated.call("GET", &path(&id, "status"), &device, None).await;
        assert_eq!((status.status.as_u16(), &status.data()["step"]), (200, &json!("face")));
    }

    async fn a_secret_that_left_the_ring_verifies_nothing(app: TestApp) {
        let created = app.create().await;
        let id = created["id"].as_str().unwrap();
        let fresh = app.beside(&[ROTATED[0]]).await;
        assert_eq!(lists(&fresh, &app.key).await, 401);
        let body = json!({ "cancel_token": created["cancel_token"] });
        let refused = fresh.call("POST", &path(id, "cancel"), "", Some(body)).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (401, "CANCEL_TOKEN_INVALID"));
    }
}
