//! A phone for tests: speaks the device's protocol in-process, one request at a time.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock, Mutex};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kayle_domain::{AttemptId, Check, FailureCode, Timestamp};
use kayle_server::engine::Entropy;
use kayle_server::sandbox::passport::{Design, Passport, authority};
use kayle_server::sandbox::verifier::picture;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::app::{Answer, TestApp};

/// Who is in the specimen's picture, for the reference verifier.
const BEARER: &str = "b0";

/// A passport of the sandbox's own country: its chip signs challenges, nothing more, so that a
/// check is one request. Each kind is made once.
pub fn passport(app: &TestApp, expired: bool) -> Arc<Passport> {
    type Made = Mutex<HashMap<(Vec<u8>, bool), Arc<Passport>>>;
    static MADE: LazyLock<Made> = LazyLock::new(Made::default);
    let country = authority(&app.engine.keys, *b"UT");
    let key = (country.key().public().expect("a key"), expired);
    let mut made = MADE.lock().expect("no holder of this lock panics");
    let issue = || {
        let mut design = Design { chip: None, ..Design::default() };
        if expired {
            design.specimen.expiry = "200415".into();
        }
        let portrait = picture(BEARER, None);
        Arc::new(Passport::issue(&country, &design, &portrait, &Entropy::system()))
    };
    made.entry(key).or_insert_with(issue).clone()
}

/// A phone with a key of its own.
pub struct Phone {
    pub session: String,
    pub device_id: String,
    signing: SigningKey,
    /// What hello answered.
    pub hello: Value,
    attempts: u32,
    pub receipt: Option<String>,
}

/// How an upload differs from a good one.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    pub attempt: Option<AttemptId>,
    pub failure: Option<FailureCode>,
    pub without_assertion: bool,
    pub wrong_assertion: bool,
    pub without_active: bool,
    /// Another passport than the phone's own.
    pub passport: Option<Arc<Passport>>,
    /// What the chip said under agreed keys.
    pub chip: Option<Value>,
    pub without_part: Option<&'static str>,
    pub receipt: Option<String>,
    pub extra: Vec<(&'static str, Vec<u8>)>,
}

impl Upload {
    pub fn failing(failure: FailureCode) -> Self {
        Self { failure: Some(failure), ..Self::default() }
    }
}

pub fn path(session: &str, rest: &str) -> String {
    format!("/v1/verify/session/{session}/{rest}")
}

/// The user agrees to `keys`; returns the page credential as an `Authorization` value.
pub async fn agree(app: &TestApp, session: &str, keys: &[&str]) -> String {
    let body = json!({ "selected_field_keys": keys, "biometric_consent": true });
    let answer = app.call("POST", &path(session, "consent"), "", Some(body)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    format!("Page {}", answer.data()["page_credential"].as_str().expect("a credential"))
}

/// A hand-off token.
pub async fn handoff(app: &TestApp, session: &str, page: &str) -> String {
    let answer = app.call("POST", &path(session, "handoff"), page, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.data()["mobile_write_token"].as_str().expect("a token").to_owned()
}

impl Phone {
    /// The phone number `n`, not yet connected.
    pub fn new(session: &str, n: u8) -> Self {
        Self {
            session: session.to_owned(),
            device_id: format!("phone-{n}"),
            signing: SigningKey::from_slice(&[n; 32]).expect("a scalar"),
            hello: Value::Null,
            attempts: u32::from(n) << 16,
            receipt: None,
        }
    }

    /// A phone that is connected to a session whose user agreed to everything.
    pub async fn connected(app: &TestApp, session: &str) -> (Self, String) {
        let page = agree(app, session, &["kayle_document_id", "age_over_18", "family_name"]).await;
        let token = handoff(app, session, &page).await;
        let mut phone = Self::new(session, 1);
        let answer = phone.say_hello(app, &token).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        (phone, page)
    }

    /// The id of a new session that succeeds, and its page credential.
    pub async fn succeeded(app: &TestApp) -> (String, String) {
        let id = app.create().await["id"].as_str().expect("an id").to_owned();
        let (mut phone, page) = Self::connected(app, &id).await;
        phone.chip(app).await;
        phone.face(app).await;
        (id, page)
    }

    fn sign(&self, message: &str) -> String {
        let signature: Signature = self.signing.sign(message.as_bytes());
        URL_SAFE_NO_PAD.encode(signature.to_bytes())
    }

    pub fn hello_body(&self, token: &str) -> Value {
        let point = self.signing.verifying_key().to_sec1_point(false);
        let message = format!("kayle-hello-v1\n{}\n{token}\n{}\n", self.session, self.device_id);
        json!({
            "mobile_write_token": token,
            "device_id": self.device_id,
            "device_public_key": URL_SAFE_NO_PAD.encode(point.as_bytes()),
            "app_version": "test/1",
            "signature": self.sign(&message),
        })
    }

    pub async fn say_hello(&mut self, app: &TestApp, token: &str) -> Answer {
        let body = self.hello_body(token);
        let answer = app.call("POST", &path(&self.session, "hello"), "", Some(body)).await;
        if answer.status == StatusCode::OK {
            self.hello = answer.data();
        }
        answer
    }

    /// The device credential as an `Authorization` value.
    pub fn auth(&self) -> String {
        format!("Device {}", self.hello["device_credential"].as_str().unwrap_or_default())
    }

    /// An attempt id that was not used yet.
    pub fn attempt(&mut self) -> AttemptId {
        self.attempts += 1;
        let mut entropy = [0; 10];
        entropy[..4].copy_from_slice(&self.attempts.to_be_bytes());
        AttemptId::new(Timestamp::from_millis(1), entropy)
    }

    /// A good chip or face, or one that fails.
    pub async fn check(&mut self, app: &TestApp, check: Check, upload: Upload) -> Answer {
        let auth = self.auth();
        let request = self.request(app, check, upload, &auth);
        let answer = app.send(request).await;
        if let Some(receipt) = answer.json()["data"]["receipt"].as_str() {
            self.receipt = Some(receipt.to_owned());
        }
        answer
    }

    /// Begins chip authentication with that passport for an attempt.
    pub async fn exchange(&self, app: &TestApp, attempt: &AttemptId, dg14: &[u8]) -> Answer {
        let body = json!({ "attempt_id": attempt, "dg14": URL_SAFE_NO_PAD.encode(dg14) });
        let route = path(&self.session, "checks/nfc/exchange");
        app.call("POST", &route, &self.auth(), Some(body)).await
    }

    /// What a passport's chip says in the exchange that `begun` began, as evidence.
    pub fn chip_answer(passport: &Passport, begun: &Value) -> Value {
        let bytes = |name: &str| {
            URL_SAFE_NO_PAD.decode(begun[name].as_str().unwrap_or_default()).expect("base64url")
        };
        let response = passport.answer(&bytes("public_key"), &bytes("command"));
        let response = URL_SAFE_NO_PAD.encode(response.unwrap_or_default());
        json!({ "exchange": begun["exchange"], "response": response })
    }

    /// The request of an upload.
    pub fn request(
        &mut self,
        app: &TestApp,
        check: Check,
        upload: Upload,
        auth: &str,
    ) -> Request<Body> {
        let attempt = upload.attempt.clone().unwrap_or_else(|| self.attempt());
        let expired = upload.failure == Some(FailureCode::DocumentDataInvalid);
        let own = || passport(app, expired);
        let passport = upload.passport.clone().unwrap_or_else(own);
        let mut parts = match check {
            Check::Nfc => passport.files(),
            Check::Liveness => vec![("dg2", passport.dg2.clone()), ("frame", filmed(&upload))],
        };
        match upload.failure {
            Some(FailureCode::DocumentAuthenticityFailed) => parts[0].1[20] ^= 1,
            Some(FailureCode::DocumentAntiCloningAttestationFailed) => {
                parts.retain(|(name, _)| *name != "dg15");
            }
            _ => {}
        }
        parts.extend(upload.extra);
        parts.retain(|(name, _)| Some(*name) != upload.without_part);
        let assertion = self.assertion(check, &attempt, &parts, upload.wrong_assertion);
        let mut evidence = json!({ "attempt_id": attempt });
        if check == Check::Nfc && !upload.without_active {
            let mut challenge =
                self.hello["chip_challenge"].as_str().unwrap_or_default().to_owned();
            if upload.failure == Some(FailureCode::DocumentActiveAuthenticationFailed) {
                challenge = "00".into();
            }
            let response = passport.prove(&hex::decode(challenge).expect("hexadecimal"));
            let response = response.map(|response| URL_SAFE_NO_PAD.encode(response));
            evidence["active_authentication"] =
                response.map_or(Value::Null, |response| json!({ "response": response }));
        }
        if let Some(chip) = &upload.chip {
            evidence["chip_authentication"] = chip.clone();
        }
        if !upload.without_assertion {
            evidence["assertion"] = json!(assertion);
        }
        if check == Check::Liveness {
            evidence["receipt"] =
                json!(upload.receipt.or(self.receipt.clone()).unwrap_or_default());
        }
        multipart(&path(&self.session, &format!("checks/{check}")), auth, &evidence, &parts)
    }

    fn assertion(
        &self,
        check: Check,
        attempt: &AttemptId,
        parts: &[(&str, Vec<u8>)],
        wrong: bool,
    ) -> String {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (session, hello) = (&self.session, &self.hello);
        let mut message = format!(
            "kayle-{check}-v1\n{session}\n{attempt}\n{}\n{}\n{}\n",
            text(&hello["challenge"]),
            text(&hello["consent"]["id"]),
            text(&hello["consent"]["contract_hash"]),
        );
        let mut sorted: Vec<_> = parts.iter().collect();
        sorted.sort_by_key(|(name, _)| *name);
        for (name, bytes) in sorted {
            writeln!(message, "{name}:{}", hex::encode(Sha256::digest(bytes))).unwrap();
        }
        if wrong {
            message += "x";
        }
        self.sign(&message)
    }

    /// The chip confirms.
    pub async fn chip(&mut self, app: &TestApp) {
        let answer = self.check(app, Check::Nfc, Upload::default()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.data()["outcome"], "confirmed");
    }

    /// The face confirms.
    pub async fn face(&mut self, app: &TestApp) {
        let answer = self.check(app, Check::Liveness, Upload::default()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.data()["outcome"], "confirmed");
    }
}

/// The film of a face.
fn filmed(upload: &Upload) -> Vec<u8> {
    match upload.failure {
        Some(FailureCode::LivenessFailed) => picture(BEARER, Some(false)),
        Some(FailureCode::SelfieFaceMismatch) => picture("c1", Some(true)),
        _ => picture(BEARER, Some(true)),
    }
}

/// A `multipart/form-data` request.
pub fn multipart(
    path: &str,
    auth: &str,
    evidence: &Value,
    parts: &[(&str, Vec<u8>)],
) -> Request<Body> {
    const EDGE: &str = "kayle-test-boundary";
    let mut body = format!(
        "--{EDGE}\r\ncontent-disposition: form-data; name=\"evidence\"\r\n\
         content-type: application/json\r\n\r\n{evidence}\r\n"
    )
    .into_bytes();
    for (name, bytes) in parts {
        let head = format!(
            "--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
    let mut request = Request::builder()
        .method("POST")
        .uri(path)
        .header("content-type", format!("multipart/form-data; boundary={EDGE}"));
    if !auth.is_empty() {
        request = request.header("authorization", auth);
    }
    request.body(Body::from(body)).expect("a request")
}
