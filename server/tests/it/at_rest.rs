//! What lies in the database: never a claim, opened by every secret of the ring and by no other.

use kayle_domain::{Check, FailureCode};
use serde_json::{Value, json};
use sqlx::Row as _;

use crate::app::{SECRET, TestApp};
use crate::both;
use crate::phone::{Phone, Upload, agree, handoff};
use crate::receiver::Receiver;

/// The secret after a rotation.
const NEW: &str = "another secret for tests that is long enough";
/// Every claim there is, with two age gates.
const CLAIMS: [&str; 14] = [
    "document_type_code",
    "issuing_country_code",
    "family_name",
    "given_names",
    "document_number",
    "nationality_code",
    "date_of_birth",
    "sex_marker",
    "document_expiry_date",
    "mrz_optional_data",
    "kayle_document_id",
    "kayle_human_id",
    "age_over_18",
    "age_over_65",
];

/// A session that asks for everything and is confirmed.
async fn succeeded(app: &TestApp) {
    let fields: serde_json::Map<_, _> = CLAIMS
        .iter()
        .map(|claim| ((*claim).to_owned(), json!({ "required": true, "reason": "To know you" })))
        .collect();
    let answer = app.api("POST", "/v1/sessions", Some(json!({ "share_fields": fields }))).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let id = answer.data()["id"].as_str().unwrap().to_owned();
    let page = agree(app, &id, &CLAIMS).await;
    let token = handoff(app, &id, &page).await;
    let mut phone = Phone::new(&id, 1);
    assert_eq!(phone.say_hello(app, &token).await.status, 200);
    let failing = Upload::failing(FailureCode::DocumentDataInvalid);
    assert_eq!(phone.check(app, Check::Nfc, failing).await.status, 200);
    phone.chip(app).await;
    phone.face(app).await;
}

/// Everything the database holds: the files as they are, or every row as text.
async fn dump(app: &TestApp) -> Vec<u8> {
    let mut all = Vec::new();
    if let Some(folder) = app.sqlite_folder() {
        for entry in std::fs::read_dir(folder).unwrap() {
            all.extend(std::fs::read(entry.unwrap().path()).unwrap());
        }
        return all;
    }
    let mut conn = app.engine.store.read().await.unwrap();
    let tables = "SELECT table_name::text FROM information_schema.tables \
        WHERE table_schema = current_schema()";
    let tables = sqlx::query(tables).fetch_all(&mut *conn).await.unwrap();
    for table in tables {
        let name: String = table.get(0);
        let rows = sqlx::AssertSqlSafe(format!("SELECT t::text FROM {name} t"));
        for row in sqlx::query(rows).fetch_all(&mut *conn).await.unwrap() {
            all.extend(row.get::<String, _>(0).into_bytes());
        }
    }
    all
}

/// The forms in which a value could lie there.
fn forms(value: &str) -> Vec<String> {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    let mut forms = vec![value.to_owned(), hex::encode(value)];
    // Base64 depends on where in a text the value stands: without the letters it shares.
    for before in 0..3 {
        let padded = [vec![b' '; before], value.as_bytes().to_vec()].concat();
        for text in [STANDARD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)] {
            let text = text.trim_end_matches('=');
            forms.push(text[before.div_ceil(3) * 4..text.len() - 2].to_owned());
        }
    }
    forms
}

fn holds(dump: &[u8], value: &str) -> bool {
    dump.windows(value.len()).any(|part| part == value.as_bytes())
}

both! {
    async fn no_claim_lies_in_the_database_before_or_after_its_delivery(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        // Delivered, and kept because its endpoint failed.
        for answers in [vec![200], vec![500, 500, 500]] {
            succeeded(&app).await;
            let before = dump(&app).await;
            for status in &answers {
                receiver.respond_with(*status);
                app.deliver().await;
                app.advance(600);
            }
            let after = dump(&app).await;
            let claims = receiver.next().await.json()["data"]["claims"].clone();
            assert_eq!(claims.as_object().unwrap().len(), CLAIMS.len());
            for (name, value) in claims.as_object().unwrap() {
                // A country, a sex or a yes is in every text; the names of the claims are the contract's.
                let Some(value) = value.as_str().filter(|value| value.len() > 3) else { continue };
                for form in forms(value) {
                    assert!(!holds(&before, &form), "{name} lies there before as {form}");
                    assert!(!holds(&after, &form), "{name} lies there after as {form}");
                }
            }
            assert!(holds(&after, "family_name"), "the dump is one of this database");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries WHERE payload IS NOT NULL").await, 1);
    }

    async fn what_an_old_secret_sealed_is_sent_under_the_new_one_and_by_no_other(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let (_, secret) = app.endpoint(receiver.url()).await;
        succeeded(&app).await;
        let mut rotated = app.beside(&[("KAYLE_SECRET", NEW), ("KAYLE_PREVIOUS_SECRETS", SECRET)]).await;
        rotated.deliver().await;
        let event = receiver.next().await;
        event.verify(&secret);
        assert_eq!(event.json()["data"]["claims"]["family_name"], "ERIKSSON");
        succeeded(&app).await;
        let mut stranger = app.beside(&[("KAYLE_SECRET", NEW)]).await;
        stranger.deliver().await;
        let waiting = app.api("GET", "/v1/webhooks/deliveries?status=pending", None).await.data();
        let id = waiting[0]["id"].as_str().unwrap();
        let tries = app.api("GET", &format!("/v1/webhooks/deliveries/{id}/attempts"), None).await.data();
        assert_eq!(tries[0]["error"], Value::from("payload_unreadable"), "{tries} {waiting}");
        assert_eq!(receiver.count(), 1);
        app.advance(6);
        app.deliver().await;
        assert_eq!(receiver.count(), 2, "a replica that knows the secret sends it");
    }
}
