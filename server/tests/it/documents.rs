//! Documents over HTTP: every kind confirms, everything that is not genuine gets its own failure,
//! and which rule it broke is for the audit trail alone.

use std::sync::Arc;

use kayle_document::chip::issue::Spelling;
use kayle_document::issue::{Algorithm, Authority, SigningKey, Validity};
use kayle_document::mrz::Form;
use kayle_document::security::Cipher;
use kayle_document::trust::Status;
use kayle_document::{Curve, Digest};
use kayle_domain::Check;
use kayle_server::engine::Entropy;
use kayle_server::sandbox::passport::{Design, Passport, authority};
use kayle_server::sandbox::verifier::picture;
use serde_json::{Value, json};

use crate::app::{Db, LIVE, TestApp};
use crate::both;
use crate::phone::{Phone, Upload, agree, handoff};

fn issue(app: &TestApp, design: &Design) -> Arc<Passport> {
    let country = authority(&app.engine.keys, design.country());
    Arc::new(Passport::issue(&country, design, &picture("b0", None), &Entropy::system()))
}

async fn connected(app: &TestApp) -> (String, Phone) {
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    let (phone, _) = Phone::connected(app, &id).await;
    (id, phone)
}

/// An upload of that passport; where its chip agrees on keys, it does.
async fn read(app: &TestApp, phone: &mut Phone, passport: &Arc<Passport>) -> Upload {
    let attempt = phone.attempt();
    let mut upload = Upload {
        passport: Some(passport.clone()),
        attempt: Some(attempt.clone()),
        ..Upload::default()
    };
    if let Some(dg14) = passport.dg14() {
        let begun = phone.exchange(app, &attempt, dg14).await;
        assert_eq!(begun.status, 200, "{}", begun.text);
        upload.chip = Some(Phone::chip_answer(passport, &begun.data()));
    }
    upload
}

fn ecdsa(curve: Curve, digest: Digest, explicit: bool) -> Algorithm {
    Algorithm::Ecdsa { curve, digest, explicit }
}

/// Documents of many kinds.
fn designs() -> Vec<Design> {
    let rsa = |bits| Algorithm::RsaPkcs1 { bits, digest: Digest::Sha1 };
    let plain = Design { active: None, chip: None, ..Design::default() };
    vec![
        Design::default(),
        plain.clone(),
        Design {
            signer: Algorithm::RsaPkcs1 { bits: 2048, digest: Digest::Sha256 },
            ..plain.clone()
        },
        Design {
            signer: Algorithm::RsaPss { bits: 2048, digest: Digest::Sha512 },
            active: Some(rsa(1024)),
            ..plain.clone()
        },
        Design {
            signer: ecdsa(Curve::Brainpool384, Digest::Sha384, true),
            active: Some(ecdsa(Curve::Brainpool256, Digest::Sha256, false)),
            chip: Some((Spelling::Explicit(Curve::Brainpool256), Cipher::TripleDes)),
            ..Design::default()
        },
        Design {
            form: Form::Td1,
            chip: Some((Spelling::Standardized(2), Cipher::Aes256)),
            active: None,
            ..Design::default()
        },
        Design {
            form: Form::Td2,
            chip: Some((Spelling::Standardized(13), Cipher::Aes192)),
            active: Some(rsa(2048)),
            ..Design::default()
        },
    ]
}

/// The rules that were noted, in order.
async fn rules(app: &TestApp) -> Vec<String> {
    let mut conn = app.engine.store.read().await.unwrap();
    let sql = "SELECT rule FROM audit WHERE rule IS NOT NULL ORDER BY created_at, id";
    sqlx::query_scalar(sql).fetch_all(&mut *conn).await.unwrap()
}

both! {
    async fn documents_of_every_kind_confirm(app: TestApp) {
        for design in designs() {
            let (id, mut phone) = connected(&app).await;
            let passport = issue(&app, &design);
            let upload = read(&app, &mut phone, &passport).await;
            let answer = phone.check(&app, Check::Nfc, upload).await;
            assert_eq!(answer.data()["outcome"], "confirmed", "{design:?} {}", answer.text);
            let face = Upload { passport: Some(passport), ..Upload::default() };
            let answer = phone.check(&app, Check::Liveness, face).await;
            assert_eq!(answer.data()["outcome"], "confirmed", "{design:?} {}", answer.text);
            assert_eq!(app.get(&id).await["status"], "succeeded");
        }
        assert_eq!(rules(&app).await, [""; 0]);
    }

    async fn a_country_signs_its_own_documents(app: TestApp) {
        let mut german = Design::default();
        german.specimen.issuer = "D".into();
        assert_eq!(outcome(&app, &issue(&app, &german)).await, Value::Null);
        let utopian = authority(&app.engine.keys, *b"UT");
        let foreign = Passport::issue(&utopian, &german, &picture("b0", None), &Entropy::system());
        assert_eq!(outcome(&app, &Arc::new(foreign)).await, "document_authenticity_failed");
        assert_eq!(rules(&app).await, ["country_mismatch"]);
    }

    async fn what_a_document_does_not_say_is_not_shared(app: TestApp) {
        let mut unknown = Design { chip: None, ..Design::default() };
        (unknown.specimen.birth, unknown.specimen.expiry) = ("<<<<<<".into(), "<<<<<<".into());
        for (asked, failure) in [
            ("date_of_birth", json!("document_data_invalid")),
            ("kayle_human_id", json!("document_data_invalid")),
            ("age_over_18", json!("document_data_invalid")),
            ("document_expiry_date", Value::Null),
        ] {
            let fields = json!({ "share_fields": { asked: { "required": true, "reason": "A test" } } });
            let id = app.api("POST", "/v1/sessions", Some(fields)).await.data()["id"].as_str().unwrap().to_owned();
            let page = agree(&app, &id, &["kayle_document_id", asked]).await;
            let token = handoff(&app, &id, &page).await;
            let mut phone = Phone::new(&id, 1);
            assert_eq!(phone.say_hello(&app, &token).await.status, 200);
            let upload = Upload { passport: Some(issue(&app, &unknown)), ..Upload::default() };
            let answer = phone.check(&app, Check::Nfc, upload).await.data();
            assert_eq!(answer["failure_code"], failure, "{asked}");
        }
    }

    async fn a_chip_proves_itself_in_every_way_it_offers(app: TestApp) {
        let passport = issue(&app, &Design::default());
        let other = issue(&app, &Design::default());
        let (_, mut stranger) = connected(&app).await;
        let foreign = read(&app, &mut stranger, &passport).await.chip.unwrap();
        let (_, mut phone) = connected(&app).await;
        let early = read(&app, &mut phone, &passport).await.chip.unwrap();
        let mut failures = Vec::new();
        for wrong in 0..6 {
            let (_, mut phone) = connected(&app).await;
            let mut upload = read(&app, &mut phone, &passport).await;
            match wrong {
                0 => upload.without_active = true,
                1 => upload.chip = None,
                2 => upload.chip = Some(foreign.clone()),
                3 => upload.chip = Some(early.clone()),
                4 => {
                    // The clone's chip answers with its own key.
                    let begun = phone.exchange(&app, upload.attempt.as_ref().unwrap(), other.dg14().unwrap()).await;
                    upload.chip = Some(Phone::chip_answer(&other, &begun.data()));
                }
                _ => upload.chip.as_mut().unwrap()["response"] = json!("kAA"),
            }
            let answer = phone.check(&app, Check::Nfc, upload).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            failures.push(answer.data()["failure_code"].as_str().unwrap().to_owned());
            assert!(!answer.text.contains("chip_exchange") && !answer.text.contains("_missing"));
        }
        let chip = "document_chip_authentication_failed";
        assert_eq!(failures, ["document_active_authentication_failed", chip, chip, chip, chip, chip]);
        let noted = ["active_missing", "chip_missing", "chip_exchange", "chip_exchange", "chip_exchange", "chip_mac"];
        let mut found = rules(&app).await;
        found.sort_unstable();
        let mut noted = noted.map(str::to_owned).to_vec();
        noted.sort_unstable();
        assert_eq!(found, noted);
    }

    async fn an_exchange_is_for_the_phone_at_work(app: TestApp) {
        let passport = issue(&app, &Design::default());
        let dg14 = passport.dg14().unwrap();
        let (id, mut phone) = connected(&app).await;
        let attempt = phone.attempt();
        for malformed in [&b""[..], b"\x6e\x00", &dg14[..dg14.len() - 1], &[0; 9_000]] {
            let answer = phone.exchange(&app, &attempt, malformed).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_EVIDENCE"));
            assert!(answer.message().contains("dg14"), "{}", answer.message());
        }
        let first = phone.exchange(&app, &attempt, dg14).await.data();
        let second = phone.exchange(&app, &attempt, dg14).await.data();
        assert_ne!(first["public_key"], second["public_key"], "every exchange has a key of its own");
        assert_eq!(first["protocol"], "0.4.0.127.0.7.2.2.3.2.2");
        let route = crate::phone::path(&id, "checks/nfc/exchange");
        let body = json!({ "attempt_id": attempt, "dg14": "AA" });
        let nobody = app.call("POST", &route, "", Some(body.clone())).await;
        assert_eq!((nobody.status.as_u16(), nobody.code().as_str()), (401, "UNAUTHORIZED"));
        let upload = read(&app, &mut phone, &passport).await;
        let confirmed = upload.attempt.clone().unwrap();
        assert_eq!(phone.check(&app, Check::Nfc, upload).await.data()["outcome"], "confirmed");
        let late = phone.exchange(&app, &attempt, dg14).await;
        assert_eq!((late.status.as_u16(), late.code().as_str()), (409, "CHECK_ALREADY_CONFIRMED"));
        assert_eq!(phone.exchange(&app, &confirmed, dg14).await.status, 200, "the same attempt may go again");
        phone.face(&app).await;
        let over = phone.exchange(&app, &attempt, dg14).await;
        assert_eq!((over.status.as_u16(), over.code().as_str()), (409, "SESSION_TERMINAL"));
        assert_eq!(app.get(&id).await["nfc_tries_used"], 0);
    }

    async fn an_exchange_of_a_session_that_ran_out_is_gone(app: TestApp) {
        let passport = issue(&app, &Design::default());
        let (_, mut phone) = connected(&app).await;
        let attempt = phone.attempt();
        app.advance(3_600);
        let answer = phone.exchange(&app, &attempt, passport.dg14().unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (410, "SESSION_EXPIRED"));
    }

    async fn malformed_answers_of_a_chip_cost_nothing(app: TestApp) {
        let (id, mut phone) = connected(&app).await;
        for chip in [
            json!({ "exchange": "x", "response": "not base64url!" }),
            json!({ "exchange": "x" }),
            json!({ "exchange": 1, "response": "AA" }),
            json!({ "exchange": "x", "response": "AA", "more": 1 }),
            json!({ "exchange": "x", "response": "A".repeat(5_000) }),
        ] {
            let answer = phone.check(&app, Check::Nfc, Upload { chip: Some(chip), ..Upload::default() }).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_EVIDENCE"));
        }
        assert_eq!(app.get(&id).await["nfc_tries_used"], 0);
    }
}

/// A server that is no sandbox, with that folder of certificates.
async fn production(folder: &std::path::Path, more: &[(&str, &str)]) -> TestApp {
    let trusted = [("KAYLE_TRUST_DIR", folder.to_str().unwrap())];
    TestApp::with(Db::Sqlite, &[&LIVE[..], &trusted, more].concat()).await
}

async fn outcome(app: &TestApp, passport: &Arc<Passport>) -> Value {
    let (_, mut phone) = connected(app).await;
    let upload = read(app, &mut phone, passport).await;
    let answer = phone.check(app, Check::Nfc, upload).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.data()["failure_code"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_to_trust_is_a_folder_that_can_be_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let app = production(folder.path(), &[]).await;
    let good = Validity { from: 1_500_000_000, to: 2_600_000_000 };
    let key = SigningKey::generate(Algorithm::P256).unwrap();
    let country = Authority::new(key, ("UT", "CSCA"), good).unwrap();
    let design = Design::default();
    let passport =
        Arc::new(Passport::issue(&country, &design, &picture("b0", None), &Entropy::system()));
    let refused = json!("document_authenticity_failed");
    assert_eq!(outcome(&app, &passport).await, refused);
    assert_eq!(outcome(&app, &issue(&app, &design)).await, refused, "the sandbox's own country");
    std::fs::write(folder.path().join("ut.der"), country.certificate()).unwrap();
    assert_eq!(outcome(&app, &passport).await, refused, "nothing was read anew yet");
    let trust = app.engine.judges.trust.as_ref().unwrap();
    assert_eq!(trust.reload(app.engine.now()).unwrap().count(Status::Trusted), 1);
    assert_eq!(outcome(&app, &passport).await, Value::Null);
    let good_for = Validity { from: 1_700_000_000, to: 2_500_000_000 };
    let list = country.revocations(&[b"\x11"], good_for).unwrap();
    let file = folder.path().join("ut.crl");
    std::fs::write(&file, &list).unwrap();
    assert_eq!(trust.reload(app.engine.now()).unwrap().count(Status::Trusted), 2);
    std::fs::write(&file, &list[..list.len() / 2]).unwrap();
    let refused = trust.reload(app.engine.now()).unwrap_err();
    assert!(refused.contains("C=UT, CN=CSCA") && refused.contains("revocation"), "{refused}");
    std::fs::write(&file, &list).unwrap();
    assert!(trust.reload(app.engine.now()).is_ok());
    let moved = folder.path().with_extension("away");
    std::fs::rename(folder.path(), &moved).unwrap();
    assert!(trust.reload(app.engine.now()).is_err());
    assert_eq!(outcome(&app, &passport).await, Value::Null, "what was trusted stays so");
    std::fs::rename(&moved, folder.path()).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chip_that_cannot_prove_itself_is_refused_where_that_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let app = production(folder.path(), &[("KAYLE_REQUIRE_CHIP_PROOF", "true")]).await;
    let country = authority(&app.engine.keys, *b"UT");
    std::fs::write(folder.path().join("own.der"), country.certificate()).unwrap();
    app.engine.judges.trust.as_ref().unwrap().reload(app.engine.now()).unwrap();
    let silent = Design { active: None, chip: None, ..Design::default() };
    let refused = outcome(&app, &issue(&app, &silent)).await;
    assert_eq!(refused, "document_active_authentication_failed");
    assert_eq!(outcome(&app, &issue(&app, &Design::default())).await, Value::Null);
}
