//! Phones that have to prove key and app before they are let in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kayle_document::attestation::AndroidApp;
use kayle_document::attestation::challenge;
use kayle_document::attestation::issue::{AndroidStatement, AppleStatement, KeyPair, Vendor};
use serde_json::{Value, json};

use crate::app::{Db, TestApp};
use crate::phone::{Phone, agree, handoff, path};

const DIGEST: [u8; 32] = [7; 32];

fn android() -> AndroidApp {
    AndroidApp { package: "id.kayle.phone".into(), signing_digest: DIGEST }
}

/// A server that trusts that vendor's root and knows two apps, and a session on it.
async fn asking(vendor: &Vendor) -> (TestApp, String, String, tempfile::TempDir) {
    let roots = tempfile::tempdir().unwrap();
    std::fs::write(roots.path().join("root.der"), vendor.root_certificate()).unwrap();
    let apps = format!("apple:TEAM1.id.kayle.phone,android:id.kayle.phone:{}", hex::encode(DIGEST));
    // Hidden: no root.
    let revoked = roots.path().join(".revoked.json");
    std::fs::write(&revoked, r#"{"entries": {}}"#).unwrap();
    let settings = [
        ("KAYLE_ATTESTATION_REVOKED", revoked.to_str().unwrap()),
        ("KAYLE_ATTESTATION", "required"),
        ("KAYLE_ATTESTATION_APPS", apps.as_str()),
        ("KAYLE_ATTESTATION_ROOTS", roots.path().to_str().unwrap()),
    ];
    let app = TestApp::with(Db::Sqlite, &settings).await;
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    let page = agree(&app, &id, &["kayle_document_id", "age_over_18", "family_name"]).await;
    let token = handoff(&app, &id, &page).await;
    (app, id, token, roots)
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

async fn hello(app: &TestApp, body: &Value, session: &str) -> (u16, String) {
    let answer = app.call("POST", &path(session, "hello"), "", Some(body.clone())).await;
    let code = if answer.status.is_success() { String::new() } else { answer.code() };
    (answer.status.as_u16(), code)
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_phone_that_proves_its_key_and_app_is_let_in() {
    let now = 1_770_000_000;
    let vendor = Vendor::of(b"vendor", now);
    for apple in [true, false] {
        let (app, id, token, roots) = asking(&vendor).await;
        let now = app.engine.now().unix_seconds();
        let vendor = Vendor::of(b"vendor", now);
        let phone = Phone::new(&id, 9);
        let mut body = phone.hello_body(&token);
        let refused = (403, "DEVICE_ATTESTATION_FAILED".to_owned());
        assert_eq!(hello(&app, &body, &id).await, refused, "none");
        let point = URL_SAFE_NO_PAD.decode(body["device_public_key"].as_str().unwrap()).unwrap();
        let statement = |session: &str| {
            let asked = challenge(session, &token, &phone.device_id, &point);
            if apple {
                let made = AppleStatement::genuine("TEAM1.id.kayle.phone", asked);
                let (object, key) = made.issue(&vendor, &KeyPair::of(b"apple"), now);
                json!({ "format": "apple-app-attest", "attestation_object": text(&object), "key_id": text(&key) })
            } else {
                let chain = AndroidStatement::genuine(android(), asked).issue(&vendor, &point, now);
                let chain: Vec<String> = chain.iter().map(|link| text(link)).collect();
                json!({ "format": "android-key-attestation", "certificate_chain": chain })
            }
        };
        body["attestation"] = statement("another session");
        assert_eq!(hello(&app, &body, &id).await, refused, "for another session");
        for (malformed, named) in
            [(json!({ "format": "none" }), "format"), (json!(1), "attestation")]
        {
            body["attestation"] = malformed;
            let answer = app.call("POST", &path(&id, "hello"), "", Some(body.clone())).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_REQUEST"));
            assert!(answer.message().contains(named), "{}", answer.message());
        }
        let mut cut = statement(&id);
        let field = if apple { "attestation_object" } else { "certificate_chain" };
        cut[field] = if apple { json!("!") } else { json!(["!"]) };
        body["attestation"] = cut;
        let answer = app.call("POST", &path(&id, "hello"), "", Some(body.clone())).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "INVALID_REQUEST"));
        assert!(answer.message().contains(field), "{}", answer.message());
        assert_eq!(app.get(&id).await["status"], "created", "nothing was changed");
        body["attestation"] = statement(&id);
        let demand = app.engine.judges.attestation.as_ref().unwrap();
        let list = |text: &str| std::fs::write(roots.path().join(".revoked.json"), text).unwrap();
        list(r#"{"entries": {"1": {"status": "REVOKED"}}}"#);
        demand.reload().unwrap();
        assert_eq!(hello(&app, &body, &id).await, refused, "revoked");
        list("nonsense");
        assert!(demand.reload().is_err());
        assert_eq!(hello(&app, &body, &id).await, refused, "what was revoked stays so");
        list(r#"{"entries": {}}"#);
        demand.reload().unwrap();
        assert_eq!(hello(&app, &body, &id).await.0, 200);
        assert_eq!(app.get(&id).await["status"], "in_progress");
    }
}
