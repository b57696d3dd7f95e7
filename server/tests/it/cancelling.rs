//! Cancelling, by whom and when (`spec.md` §5): every cell of status × token × who, and races.

use futures::future::{join_all, try_join_all};
use kayle_domain::event::Claims;
use kayle_domain::session::{ChipPass, Consent, Device, Terms};
use kayle_domain::{
    AttemptId, ClaimKey, ConsentId, FailureCode, OrganizationId, SessionId, ShareContract,
    Timestamp,
};
use kayle_server::engine::Engine;
use kayle_server::error::Error;
use kayle_server::service::apply::{self, Decision};
use kayle_server::service::callers::{self, Caller};
use kayle_server::service::credentials::Credential;
use kayle_server::service::sessions;
use kayle_server::service::verify::{self, Right};
use serde_json::json;

use crate::app::TestApp;
use crate::both;
use crate::phone::{Phone, Upload, agree, path};

/// What a session looks like when the cancel arrives.
const STATES: [&str; 8] =
    ["created", "agreed", "bound", "success", "failed", "overdue", "expired", "cancel"];

/// One line per who and token; a cell is the answer, the status afterwards (`=` as it was), and
/// `*` if the token is consumed. `wd` is a withdrawal: cancelled although it had ended.
const TABLE: &str = "
                 created    agreed     bound      success  failed   overdue    expired  cancel
integrator fresh 204 org    204 org    204 org    204 =    204 =    204 late   204 =    204 =
integrator used  204 org    204 org    204 org    204 =    204 =    204 late   204 =    204 =
token      fresh 204 user*  204 user*  204 user*  204 wd*  204 wd*  204 late   204 =    204 =
token      used  409 =      409 =      409 =      204 wd   204 wd   204 late   204 =    204 =
token      wrong 401 =      401 =      401 =      401 =    401 =    401 =      401 =    401 =
token      bad   400 =      400 =      400 =      400 =    400 =    400 =      400 =    400 =
page       fresh 204 user   204 user   204 user   204 wd   204 wd   204 late   204 =    204 =
page       used  204 user   204 user   204 user   204 wd   204 wd   204 late   204 =    204 =
device     fresh 401 =      401 =      204 user   204 =    204 =    204 late   401 =    401 =
nobody     fresh 401 =      401 =      401 =      401 =    401 =    401 =      401 =    401 =
";

async fn reach(app: &TestApp, state: &str) -> (serde_json::Value, String, Option<Phone>) {
    let created = app.create().await;
    let id = created["id"].as_str().unwrap().to_owned();
    let engine_page = format!(
        "Page {}",
        kayle_server::service::credentials::page(&app.engine, &id.parse().unwrap())
    );
    let mut phone = None;
    match state {
        "created" => {}
        "agreed" => drop(agree(app, &id, &["kayle_document_id", "age_over_18"]).await),
        "cancel" => {
            let answer = app.api("POST", &format!("/v1/sessions/{id}/cancel"), None).await;
            assert_eq!(answer.status, 204);
        }
        "expired" => {
            app.advance(3600);
            kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
        }
        _ => {
            let (mut connected, _) = Phone::connected(app, &id).await;
            if state == "success" {
                connected.chip(app).await;
                connected.face(app).await;
            }
            if state == "failed" {
                for _ in 0..3 {
                    let failing = Upload::failing(FailureCode::DocumentDataInvalid);
                    connected.check(app, kayle_domain::Check::Nfc, failing).await;
                }
            }
            if state == "overdue" {
                app.advance(3600);
            }
            phone = Some(connected);
        }
    }
    (created, engine_page, phone)
}

async fn consumed(app: &TestApp, id: &str) -> bool {
    let mut conn = app.engine.store.read().await.unwrap();
    sqlx::query_scalar::<_, Option<i64>>("SELECT cancel_token_used_at FROM sessions WHERE id = $1")
        .bind(id.to_owned())
        .fetch_one(&mut *conn)
        .await
        .unwrap()
        .is_some()
}

/// Marks the token as used by hand: a row the transactions never leave behind (`spec.md` §5.2).
async fn spend(app: &TestApp, id: &str) {
    let id = id.to_owned();
    let work = app.engine.store.write(id, |tx, id| {
        Box::pin(async move {
            sqlx::query("UPDATE sessions SET cancel_token_used_at = 1 WHERE id = $1")
                .bind(id.clone())
                .execute(tx)
                .await?;
            Ok(())
        })
    });
    work.await.unwrap();
}

both! {
    async fn every_cell_of_status_and_token_and_who(app: TestApp) {
        let mut cells = 0;
        for line in TABLE.trim().lines().skip(1) {
            let mut words = line.split_whitespace();
            let (who, token) = (words.next().unwrap(), words.next().unwrap());
            for state in STATES {
                let (code, then) = (words.next().unwrap(), words.next().unwrap());
                let (created, page, phone) = reach(&app, state).await;
                let id = created["id"].as_str().unwrap();
                if token == "used" {
                    spend(&app, id).await;
                }
                let before = app.get(id).await["status"].clone();
                let at = path(id, "cancel");
                let given = match token {
                    "wrong" => json!({ "cancel_token": "a".repeat(48) }),
                    "bad" => json!({ "cancel_token": "short" }),
                    _ => json!({ "cancel_token": created["cancel_token"] }),
                };
                let answer = match who {
                    "integrator" => app.api("POST", &format!("/v1/sessions/{id}/cancel"), None).await,
                    "token" => app.call("POST", &at, "", Some(given)).await,
                    "page" => app.call("POST", &at, &page, None).await,
                    "device" => {
                        let auth = phone.as_ref().map_or_else(|| "Device kdc_1_x_0".to_owned(), Phone::auth);
                        app.call("POST", &at, &auth, None).await
                    }
                    _ => app.call("POST", &at, "", None).await,
                };
                let cell = format!("{who} {token} on {state}: {}", answer.text);
                assert_eq!(answer.status.as_str(), code, "{cell}");
                if code == "409" {
                    assert_eq!(answer.code(), "CANCEL_TOKEN_USED", "{cell}");
                }
                let after = app.get(id).await["status"].clone();
                match then.trim_end_matches('*') {
                    "=" => assert_eq!(after, before, "{cell}"),
                    "late" => assert_eq!(after, "expired", "{cell}"),
                    _ => assert_eq!(after, "cancelled", "{cell}"),
                }
                assert_eq!(consumed(&app, id).await, then.ends_with('*') || token == "used", "{cell}");
                let view = app.call("GET", &path(id, "status"), &page, None).await.data();
                match then.trim_end_matches('*') {
                    "org" => assert_eq!(view["cancelled_by"], "organization", "{cell}"),
                    "user" | "wd" => assert_eq!(view["cancelled_by"], "user", "{cell}"),
                    _ => {}
                }
                cells += 1;
            }
        }
        assert_eq!(cells, 80);
    }

    async fn thousands_of_races_have_one_winner_and_one_live_event(mut app: TestApp) {
        const SESSIONS: usize = 1600;
        let (first, second) = (app.endpoint("https://one.example/").await.0, app.endpoint("https://two.example/").await.0);
        let caller = callers::authenticate(&app.engine, &app.key).await.unwrap();
        for batch in 0..SESSIONS / 16 {
            let ids = try_join_all((0..16).map(|n| ready(&app.engine, &caller, batch * 16 + n))).await.unwrap();
            let racing = ids.iter().enumerate().map(|(n, id)| race(&app.engine, &caller, id, batch + n));
            join_all(racing).await;
        }
        let none = [
            // A session ended for the first time exactly once, and whatever followed was a withdrawal.
            "SELECT COUNT(*) FROM sessions s WHERE (SELECT COUNT(*) FROM audit a WHERE a.session_id = s.id \
                AND a.from_status IN ('created', 'in_progress') AND a.to_status NOT IN ('created', 'in_progress')) <> 1",
            "SELECT COUNT(*) FROM audit WHERE from_status NOT IN ('created', 'in_progress', 'succeeded', 'failed')",
            "SELECT COUNT(*) FROM audit WHERE from_status IN ('succeeded', 'failed') AND to_status <> 'cancelled'",
            // One live delivery for each endpoint, and it tells of the state the session is in.
            "SELECT COUNT(*) FROM sessions s WHERE (SELECT COUNT(*) FROM deliveries d \
                WHERE d.session_id = s.id AND d.status <> 'superseded') <> 2",
            "SELECT COUNT(*) FROM sessions s JOIN deliveries d ON d.session_id = s.id \
                WHERE d.status <> 'superseded' AND d.kind <> 'verification.session.' || s.status",
            "SELECT COUNT(*) FROM deliveries WHERE (status = 'superseded') <> (payload IS NULL)",
            "SELECT COUNT(*) FROM sessions WHERE status IN ('created', 'in_progress')",
        ];
        for sql in none {
            assert_eq!(app.count(sql).await, 0, "{sql}");
        }
        for status in ["succeeded", "failed", "expired", "cancelled"] {
            let mut conn = app.engine.store.read().await.unwrap();
            let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sessions WHERE status = $1")
                .bind(status).fetch_one(&mut *conn).await.unwrap();
            assert!(count > 0, "no race ended {status}: they did not meet");
        }
        let served = "SELECT COUNT(DISTINCT endpoint_id) FROM deliveries";
        assert_eq!(app.count(served).await, 2, "{first} and {second}");
        forget_deliveries(&mut app).await;
    }
}

/// Nothing is sent to the two endpoints, which do not exist: what was checked is what waits.
async fn forget_deliveries(app: &mut TestApp) {
    let work = app.engine.store.write((), |tx, ()| {
        Box::pin(async move {
            sqlx::query("UPDATE deliveries SET status = 'superseded' WHERE status = 'pending'")
                .execute(tx)
                .await?;
            Ok(())
        })
    });
    work.await.unwrap();
    app.deliver().await;
}

fn claims() -> Claims {
    let values = json!({ "kayle_document_id": "kdid_1", "age_over_18": true });
    Claims::from_json(values.as_object().unwrap()).unwrap()
}

/// A session whose chip was confirmed; each one expires a little later than the one before.
async fn ready(engine: &Engine, caller: &Caller, n: usize) -> Result<SessionId, Error> {
    let organization: OrganizationId = caller.organization.clone();
    let terms = Terms {
        organization,
        contract: ShareContract::default_only(),
        redirect_url: None,
        client_reference_id: None,
        metadata: serde_json::Map::new(),
        locale: None,
        endpoints: Vec::new(),
        sandbox: true,
    };
    let created = sessions::open(engine, caller, terms)?;
    sessions::create(engine, &created, None).await?;
    let id = created.session.id.clone();
    apply::change(engine, &id, move |engine, stored, now| {
        let consent = Consent {
            id: ConsentId::new(now, engine.entropy.bytes()),
            at: now,
            contract_hash: String::new(),
            selected: vec![ClaimKey::KAYLE_DOCUMENT_ID],
            locale: "en".to_owned(),
        };
        Ok(stored.session.consent(consent, now).into())
    })
    .await?;
    apply::change(engine, &id, move |_, stored, now| {
        let device =
            Device { id: format!("phone-{n}"), public_key: String::new(), last_seen_at: now };
        Ok(stored.session.begin(device, now).into())
    })
    .await?;
    apply::change(engine, &id, move |_, stored, now| {
        let attempt = AttemptId::new(Timestamp::from_millis(1), [7; 10]);
        let pass = ChipPass { attempt, receipt_hash: String::new(), document: String::new() };
        Ok(stored.session.confirm_chip(pass, 1, now).into())
    })
    .await?;
    Ok(id)
}

/// Everything that can end a session, at once; who is first differs from round to round.
async fn race(engine: &Engine, caller: &Caller, id: &SessionId, round: usize) {
    type Actor<'a> = std::pin::Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;
    let page =
        async || verify::cancel(engine, id, Right::Credential(Credential::Page)).await.map(drop);
    let late = apply::change(engine, id, |_, stored, _| {
        let after = stored.session.expires_at;
        Ok(match stored.session.clone().expire(after) {
            Some(expiry) => Decision::Commit(expiry, apply::Token::Leave),
            None => Decision::Keep(stored.session),
        })
    });
    let success = apply::change(engine, id, |_, stored, now| {
        Ok(stored.session.succeed(&claims(), 1, now).into())
    });
    let failure = apply::change(engine, id, |_, stored, now| {
        let code = FailureCode::DocumentAntiCloningAttestationFailed;
        Ok(stored.session.refuse(code, 1, now).into())
    });
    let mut actors: Vec<Actor<'_>> = vec![
        Box::pin(async { success.await.map(drop) }),
        Box::pin(async { failure.await.map(drop) }),
        Box::pin(async { late.await.map(drop) }),
        Box::pin(page()),
        Box::pin(sessions::cancel(engine, caller, id)),
        Box::pin(async {
            page().await?;
            page().await
        }),
    ];
    let first = (round / 2) % actors.len();
    actors.rotate_left(first);
    // A withdrawal would hide the other endings in every race: leave it out of some.
    if round.is_multiple_of(2) {
        let keep = [0, 1, 2, 4].map(|actor| (actor + 6 - first) % 6);
        let mut place = 0;
        actors.retain(|_| {
            place += 1;
            keep.contains(&(place - 1))
        });
    }
    for answer in join_all(actors).await {
        let fine =
            |error: &Error| matches!(error.code.as_str(), "SESSION_TERMINAL" | "SESSION_EXPIRED");
        assert!(
            answer.as_ref().is_ok_and(|()| true) || answer.as_ref().is_err_and(fine),
            "{answer:?}"
        );
    }
}
