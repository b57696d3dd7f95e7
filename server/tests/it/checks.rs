//! Checks: tries, receipts, repeated attempts, malformed uploads.

use std::sync::Arc;

use kayle_domain::{Check, FailureCode};
use kayle_server::engine::Entropy;
use kayle_server::sandbox::passport::{Design, Passport, authority};
use kayle_server::sandbox::verifier::picture;
use serde_json::json;

use crate::app::{Db, LIVE, TestApp};
use crate::both;
use crate::phone::{Phone, Upload, multipart, path};

async fn connected(app: &TestApp) -> (String, Phone) {
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    let (phone, _) = Phone::connected(app, &id).await;
    (id, phone)
}

both! {
    async fn three_failures_of_a_check_end_the_session(app: TestApp) {
        for (check, code) in [
            (Check::Nfc, FailureCode::DocumentAuthenticityFailed),
            (Check::Nfc, FailureCode::DocumentDataInvalid),
            (Check::Nfc, FailureCode::DocumentActiveAuthenticationFailed),
            (Check::Liveness, FailureCode::LivenessFailed),
            (Check::Liveness, FailureCode::SelfieFaceMismatch),
        ] {
            let (id, mut phone) = connected(&app).await;
            if check == Check::Liveness { phone.chip(&app).await }
            for used in 1..=3 {
                let answer = phone.check(&app, check, Upload::failing(code)).await.data();
                assert_eq!(answer["outcome"], "not_confirmed");
                assert_eq!(answer["failure_code"], code.as_str());
                assert_eq!(answer["retry_allowed"], used < 3);
                assert_eq!(answer["tries"][check.as_str()], json!({ "used": used, "remaining": 3 - used }));
            }
            let session = app.get(&id).await;
            assert_eq!((session["status"].clone(), session["failure_code"].clone()), (json!("failed"), json!(code.as_str())));
            let over = phone.check(&app, check, Upload::default()).await;
            assert_eq!((over.status.as_u16(), over.code().as_str()), (409, "SESSION_TERMINAL"));
        }
    }

    async fn evidence_without_a_true_assertion_is_a_hard_kill(app: TestApp) {
        for upload in [
            Upload { without_assertion: true, ..Upload::default() },
            Upload { wrong_assertion: true, ..Upload::default() },
            Upload::failing(FailureCode::DocumentAntiCloningAttestationFailed),
        ] {
            let (id, mut phone) = connected(&app).await;
            let answer = phone.check(&app, Check::Nfc, upload).await.data();
            assert_eq!(answer["failure_code"], "document_anti_cloning_attestation_failed");
            assert_eq!((answer["retry_allowed"].clone(), answer["tries"]["nfc"]["used"].clone()), (json!(false), json!(0)));
            assert_eq!(app.get(&id).await["status"], "failed");
        }
    }

    async fn a_malformed_upload_costs_nothing(app: TestApp) {
        let (id, mut phone) = connected(&app).await;
        for (upload, named) in [
            (Upload { without_part: Some("dg1"), ..Upload::default() }, "dg1"),
            (Upload { without_part: Some("sod"), ..Upload::default() }, "sod"),
            (Upload { extra: vec![("dg3", vec![1])], ..Upload::default() }, "part"),
            (Upload { extra: vec![("dg1", vec![1])], ..Upload::default() }, "dg1"),
            (Upload { extra: vec![("evidence", b"{}".to_vec())], ..Upload::default() }, "evidence"),
        ] {
            let answer = phone.check(&app, Check::Nfc, upload).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_EVIDENCE"));
            assert!(answer.message().contains(named), "{}", answer.message());
        }
        let at = path(&id, "checks/nfc");
        for evidence in [json!([]), json!({}), json!({ "attempt_id": "va_1" }), json!({ "attempt_id": phone.attempt(), "more": 1 })] {
            let parts = [("dg1", vec![1]), ("dg2", vec![1]), ("sod", vec![1])];
            let answer = app.send(multipart(&at, &phone.auth(), &evidence, &parts)).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_EVIDENCE"), "{evidence}");
        }
        let json = app.call("POST", &at, &phone.auth(), Some(json!({}))).await;
        assert_eq!((json.status.as_u16(), json.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"));
        let large = Upload { extra: vec![("dg15", vec![0; 2 * 1024 * 1024])], ..Upload::default() };
        let answer = phone.check(&app, Check::Nfc, large).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (413, "PAYLOAD_TOO_LARGE"));
        let session = app.get(&id).await;
        assert_eq!((session["nfc_tries_used"].clone(), session["attempts"].clone()), (json!(0), json!([])));
    }

    async fn what_was_sent_is_not_quoted(app: TestApp) {
        let (id, mut phone) = connected(&app).await;
        let phone_attempt = phone.attempt();
        let secret = "P<UTOERIKSSON";
        for (evidence, named) in [
            (json!({ "attempt_id": secret }), "attempt_id"),
            (json!({ "attempt_id": "va_0", "active_authentication": secret }), "attempt_id"),
            (json!({ "active_authentication": secret }), "active_authentication"),
            (json!({ "chip_authentication": { "exchange": [secret] } }), "chip_authentication.exchange"),
            (json!({ "assertion": { secret: secret } }), "assertion"),
            (json!(secret), "object"),
        ] {
            let parts = [("dg1", vec![1]), ("dg2", vec![1]), ("sod", vec![1])];
            let answer = app.send(multipart(&path(&id, "checks/nfc"), &phone.auth(), &evidence, &parts)).await;
            assert_eq!(answer.code(), "INVALID_EVIDENCE", "{evidence}");
            assert!(answer.message().contains(named), "{}", answer.message());
            assert!(!answer.text.contains(secret), "{}", answer.text);
        }
        let body = json!({ "attempt_id": phone_attempt, "dg14": 740_812 });
        let answer = app.call("POST", &path(&id, "checks/nfc/exchange"), &phone.auth(), Some(body)).await;
        assert_eq!(answer.code(), "INVALID_EVIDENCE");
        assert!(answer.message().contains("dg14") && !answer.text.contains("740812"), "{}", answer.text);
    }

    async fn a_film_has_at_most_sixteen_mebibytes(app: TestApp) {
        let (id, mut phone) = connected(&app).await;
        phone.chip(&app).await;
        let film = |length| Upload {
            without_part: Some("frame"),
            extra: vec![("video", vec![0; length])],
            ..Upload::default()
        };
        let answer = phone.check(&app, Check::Liveness, film(16 * 1024 * 1024)).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (413, "PAYLOAD_TOO_LARGE"));
        assert_eq!(app.get(&id).await["liveness_tries_used"], 0);
        let answer = phone.check(&app, Check::Liveness, film(15 * 1024 * 1024)).await;
        assert_eq!(answer.data()["outcome"], "not_confirmed", "{}", answer.text);
    }

    async fn a_confirmed_attempt_goes_again_with_its_own_document_only(app: TestApp) {
        let (id, mut phone) = connected(&app).await;
        let attempt = Some(phone.attempt());
        let own = Upload { attempt, ..Upload::default() };
        let first = phone.check(&app, Check::Nfc, own.clone()).await.data();
        assert_eq!(first["outcome"], "confirmed");
        let known = "SELECT COUNT(*) FROM sessions WHERE chip_document IS NOT NULL";
        assert_eq!(app.count(known).await, 1);
        let design = Design { chip: None, ..Design::default() };
        let country = authority(&app.engine.keys, design.country());
        let other = Passport::issue(&country, &design, &picture("c1", None), &Entropy::system());
        let swapped = Upload { passport: Some(Arc::new(other)), ..own.clone() };
        let answer = phone.check(&app, Check::Nfc, swapped).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (409, "CHECK_ALREADY_CONFIRMED"));
        let receipt = first["receipt"].as_str().map(str::to_owned);
        let face = Upload { receipt, failure: Some(FailureCode::LivenessFailed), ..Upload::default() };
        assert_eq!(phone.check(&app, Check::Liveness, face).await.data()["outcome"], "not_confirmed", "the receipt stays good");
        let forged = Upload { wrong_assertion: true, ..own };
        let answer = phone.check(&app, Check::Nfc, forged).await.data();
        assert_eq!(answer["failure_code"], "document_anti_cloning_attestation_failed");
        assert_eq!(app.get(&id).await["status"], "failed");
        assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE rule = 'assertion'").await, 1);
        assert_eq!(app.count(known).await, 0, "which document it was is forgotten with the session");
    }

    async fn the_same_attempt_again_is_the_same_attempt(app: TestApp) {
        let (id, mut phone) = connected(&app).await;
        let attempt = phone.attempt();
        let failing = Upload { attempt: Some(attempt.clone()), ..Upload::failing(FailureCode::DocumentDataInvalid) };
        for _ in 0..3 {
            let answer = phone.check(&app, Check::Nfc, failing.clone()).await.data();
            assert_eq!((answer["outcome"].clone(), answer["tries"]["nfc"]["used"].clone()), (json!("not_confirmed"), json!(1)));
        }
        let passing = Upload { attempt: Some(phone.attempt()), ..Upload::default() };
        let first = phone.check(&app, Check::Nfc, passing.clone()).await.data();
        let again = phone.check(&app, Check::Nfc, passing.clone()).await.data();
        assert_eq!((first["outcome"].clone(), again["outcome"].clone()), (json!("confirmed"), json!("confirmed")));
        assert_ne!(first["receipt"], again["receipt"]);
        let stale = Upload { receipt: first["receipt"].as_str().map(str::to_owned), ..Upload::default() };
        let answer = phone.check(&app, Check::Liveness, stale).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_RECEIPT"));
        let other = phone.check(&app, Check::Nfc, Upload::default()).await;
        assert_eq!((other.status.as_u16(), other.code().as_str()), (409, "CHECK_ALREADY_CONFIRMED"));
        let crossed = Upload { attempt: Some(attempt), ..Upload::default() };
        let answer = phone.check(&app, Check::Liveness, crossed).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_EVIDENCE"));
        let face = Upload { attempt: Some(phone.attempt()), ..Upload::default() };
        for _ in 0..2 {
            let answer = phone.check(&app, Check::Liveness, face.clone()).await;
            assert_eq!(answer.data()["outcome"], "confirmed", "{}", answer.text);
        }
        let session = app.get(&id).await;
        assert_eq!((session["status"].clone(), session["nfc_tries_used"].clone()), (json!("succeeded"), json!(1)));
    }

    async fn a_receipt_serves_its_own_document_and_session_only(app: TestApp) {
        let (_, mut other) = connected(&app).await;
        other.chip(&app).await;
        let (id, mut phone) = connected(&app).await;
        phone.chip(&app).await;
        for receipt in [Some(String::new()), Some("x.y".into()), other.receipt.clone()] {
            let answer = phone.check(&app, Check::Liveness, Upload { receipt, ..Upload::default() }).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_RECEIPT"));
        }
        let swapped = Upload { without_part: Some("dg2"), ..Upload::default() };
        let mut swapped_two = swapped.clone();
        swapped_two.without_part = None;
        let answer = phone.check(&app, Check::Liveness, swapped).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_EVIDENCE"));
        assert_eq!(app.get(&id).await["liveness_tries_used"], 0);
        assert_eq!(phone.check(&app, Check::Liveness, swapped_two).await.data()["outcome"], "confirmed");
    }
}

#[tokio::test]
async fn outside_the_sandbox_checks_are_unavailable_and_cost_nothing() {
    for db in [Db::Sqlite, Db::Postgres] {
        let app = TestApp::with(db, &LIVE).await;
        let (id, mut phone) = connected(&app).await;
        let answer = phone.check(&app, Check::Nfc, Upload::default()).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "EVIDENCE_UNAVAILABLE"));
        let session = app.get(&id).await;
        assert_eq!(
            (session["status"].clone(), session["nfc_tries_used"].clone()),
            (json!("in_progress"), json!(0))
        );
        assert_eq!(session["attempts"], json!([]));
    }
}

#[tokio::test]
async fn a_database_keeps_the_mode_it_was_made_in() {
    use kayle_server::config::{Config, Source};
    let app = TestApp::start(Db::Sqlite).await;
    let url = format!("sqlite://{}/kayle.db", app.folder().display());
    let settings = [
        ("KAYLE_SECRET", crate::app::SECRET),
        ("KAYLE_PUBLIC_URL", "https://verify.test"),
        ("KAYLE_IDENTITY_SECRET", "an identity secret, long enough to be one"),
        ("DATABASE_URL", url.as_str()),
    ];
    let config = Config::read(&Source::from_pairs(&settings)).unwrap();
    let refused = kayle_server::store::Store::open(&config).await.err().unwrap();
    assert!(refused.to_string().contains("sandbox mode"), "{refused}");
}
