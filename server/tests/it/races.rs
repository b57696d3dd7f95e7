//! Races, caused: one winner, one terminal event, and every loser is told the truth.

use futures::future::join_all;
use kayle_domain::{Check, FailureCode};
use serde_json::json;

use crate::app::TestApp;
use crate::both;
use crate::phone::{Phone, Upload, agree, handoff, path};

const ROUNDS: usize = 12;

both! {
    async fn cancel_by_the_user_and_by_the_integrator_and_success_at_once(app: TestApp) {
        for _ in 0..ROUNDS {
            let created = app.create().await;
            let id = created["id"].as_str().unwrap();
            let (mut phone, page) = Phone::connected(&app, id).await;
            phone.chip(&app).await;
            let (cancel, integrator) = (path(id, "cancel"), format!("/v1/sessions/{id}/cancel"));
            let (by_user, by_integrator, face) = tokio::join!(
                app.call("POST", &cancel, &page, None),
                app.api("POST", &integrator, None),
                phone.check(&app, Check::Liveness, Upload::default()),
            );
            assert_eq!((by_user.status.as_u16(), by_integrator.status.as_u16()), (204, 204));
            let status = app.get(id).await["status"].as_str().unwrap().to_owned();
            match face.status.as_u16() {
                200 | 409 => assert_eq!(status, "cancelled", "the user was told 204"),
                other => panic!("{other}: {}", face.text),
            }
        }
        let sessions = app.count("SELECT COUNT(*) FROM sessions WHERE status IN ('succeeded', 'cancelled')").await;
        assert_eq!(sessions, i64::try_from(ROUNDS).unwrap());
        let first_ends = app.count("SELECT COUNT(*) FROM audit WHERE from_status = 'in_progress'").await;
        assert_eq!(first_ends, sessions, "every session ended exactly once");
    }

    async fn ten_phones_say_hello_and_one_wins(app: TestApp) {
        for _ in 0..ROUNDS / 2 {
            let id = app.create().await["id"].as_str().unwrap().to_owned();
            let page = agree(&app, &id, &["kayle_document_id", "age_over_18"]).await;
            let token = handoff(&app, &id, &page).await;
            let mut phones: Vec<_> = (1..=10).map(|n| Phone::new(&id, n)).collect();
            let answers = join_all(phones.iter_mut().map(|phone| phone.say_hello(&app, &token))).await;
            let won = answers.iter().filter(|answer| answer.status == 200).count();
            assert_eq!(won, 1);
            for answer in answers.iter().filter(|answer| answer.status != 200) {
                assert_eq!((answer.status.as_u16(), answer.code().as_str()), (409, "HANDOFF_TOKEN_CONSUMED"));
            }
        }
    }

    async fn parallel_evaluations_buy_no_tries(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, _) = Phone::connected(&app, &id).await;
        let auth = phone.auth();
        let requests: Vec<_> = (0..20)
            .map(|_| phone.request(&app, Check::Nfc, Upload::failing(FailureCode::DocumentDataInvalid), &auth))
            .collect();
        let answers = join_all(requests.into_iter().map(|request| app.send(request))).await;
        let judged = answers.iter().filter(|answer| answer.status == 200).count();
        assert!(judged <= 3, "{judged} of 20 were judged");
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            assert!(["ATTEMPT_IN_PROGRESS", "SESSION_TERMINAL"].contains(&answer.code().as_str()), "{}", answer.text);
        }
        let used = app.get(&id).await["nfc_tries_used"].as_u64().unwrap();
        assert_eq!(used, judged as u64);
    }

    async fn the_first_to_agree_is_the_only_one_without_a_credential(app: TestApp) {
        for _ in 0..ROUNDS {
            let id = app.create().await["id"].as_str().unwrap().to_owned();
            let body = json!({ "selected_field_keys": ["kayle_document_id", "age_over_18"], "biometric_consent": true });
            let at = path(&id, "consent");
            let answers = join_all((0..8).map(|_| app.call("POST", &at, "", Some(body.clone())))).await;
            let statuses: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
            assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
            assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 7, "{statuses:?}");
        }
    }

    async fn expiry_and_success_meet_at_the_last_instant(app: TestApp) {
        for _ in 0..ROUNDS {
            let id = app.create().await["id"].as_str().unwrap().to_owned();
            let (mut phone, _) = Phone::connected(&app, &id).await;
            phone.chip(&app).await;
            app.advance(3599);
            let engine = app.engine.clone();
            let late = async {
                app.advance(1);
                kayle_server::worker::sweep::tick(&engine).await
            };
            let (face, swept) = tokio::join!(phone.check(&app, Check::Liveness, Upload::default()), late);
            swept.unwrap();
            let expected = if face.status == 200 { "succeeded" } else { "expired" };
            assert_eq!(app.get(&id).await["status"], expected, "{}", face.text);
        }
        let ended = app.count("SELECT COUNT(*) FROM events").await;
        assert_eq!(ended, i64::try_from(ROUNDS).unwrap());
    }
}
