//! The simulated phone: plays the user's and the device's part over the public HTTP interface,
//! and nothing else.

mod scenario;
mod wire;

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kayle_app::page::Scenario;
use kayle_app::view::{Details, SessionView};
use kayle_domain::{AttemptId, Check, FailureCode, SessionId, Status, Step};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use reqwest::multipart::{Form, Part};
use serde::Serialize;
use serde_json::{Value, json};

pub use wire::PhoneError;

use super::passport::{Design, Passport, authority};
use super::verifier::picture;
use crate::check::assertion::hello_message;
use crate::engine::{Clock, Entropy};
use crate::keys::{KeyRing, sha256_hex};
use crate::service::credentials;
use scenario::{Move, moves};
use wire::{Bound, CheckAnswer, Wire};

/// What the phone says it is.
const APP_VERSION: &str = concat!("simulator/", env!("CARGO_PKG_VERSION"));

/// What the phone is told to do.
#[derive(Debug, Clone)]
pub struct Errand {
    /// How the check goes.
    pub scenario: Scenario,
    /// The optional claims to agree to; `None` means all. Required ones always are.
    pub select: Option<Vec<String>>,
}

/// What a phone waits for.
pub trait Pace {
    /// Awaited ahead of each step, with the step's name.
    fn before(&mut self, step: &'static str) -> impl Future<Output = ()> + Send;
}

/// A step that was taken, and what the server said; no credential is in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taken {
    /// `consent`, `handoff`, `hello`, `nfc` or `liveness`.
    pub step: &'static str,
    /// What is worth knowing of the answer.
    #[serde(flatten)]
    pub answer: Value,
}

/// What came of an errand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The session.
    pub session_id: SessionId,
    /// What was played.
    pub scenario: &'static str,
    /// The steps, in order.
    pub steps: Vec<Taken>,
    /// How the session stands afterwards.
    pub status: Status,
    /// Why it failed.
    pub failure_code: Option<FailureCode>,
}

/// A phone that works on one session of a sandbox.
#[derive(Debug)]
pub struct Phone {
    wire: Wire,
    id: SessionId,
    entropy: Entropy,
    key: SigningKey,
    device_id: String,
    /// Who the bearer is, for the reference verifier.
    person: String,
    passport: Passport,
    steps: Vec<Taken>,
}

/// What makes a phone's key ring, its passport's country among it.
#[derive(Debug, Clone)]
pub struct Kit {
    /// The sandbox's own key ring.
    pub keys: KeyRing,
    /// Randomness.
    pub entropy: Entropy,
    /// The passport the phone reads.
    pub design: Design,
}

impl Phone {
    /// A phone with a fresh key for the session `id` of the sandbox at `base` (an origin), whose
    /// key ring is `keys`.
    pub fn new(base: &str, id: SessionId, kit: Kit) -> Result<Self, PhoneError> {
        let Kit { keys, entropy, design } = kit;
        let page = credentials::page_under(&keys, &id);
        let person = hex::encode(entropy.bytes::<8>());
        let authority = authority(&keys, design.country());
        let passport = Passport::issue(&authority, &design, &picture(&person, None), &entropy);
        let key = std::iter::repeat_with(|| SigningKey::from_slice(&entropy.bytes::<32>()))
            .find_map(Result::ok)
            .expect("nearly every 32 bytes are a valid scalar");
        Ok(Self {
            wire: Wire::new(base, &id, page)?,
            device_id: format!("simulated-{}", entropy.text::<16>()),
            steps: Vec::new(),
            id,
            entropy,
            key,
            person,
            passport,
        })
    }

    /// Everything it will read and film, by name.
    pub fn evidence(&self) -> Vec<(&'static str, Vec<u8>)> {
        let mut evidence = self.passport.files();
        evidence.push(("frame", picture(&self.person, Some(true))));
        evidence
    }

    /// Runs the errand.
    pub async fn run(mut self, errand: &Errand, mut pace: impl Pace) -> Result<Report, PhoneError> {
        let view: SessionView = self.wire.get("status").await?;
        if view.is_terminal {
            return Err(PhoneError::Over(view.status));
        }
        if view.step == Step::Consent {
            pace.before("consent").await;
            self.consent(errand.select.as_deref()).await?;
        }
        pace.before("handoff").await;
        let token = self.handoff().await?;
        pace.before("hello").await;
        let bound = self.hello(&token).await?;
        let mut receipt = None;
        for step in moves(errand.scenario) {
            pace.before(step.check().as_str()).await;
            let answer = self.check(&bound, *step, receipt.as_deref()).await?;
            receipt = answer.receipt.or(receipt);
            if step.is_failure() && !answer.retry_allowed {
                break;
            }
        }
        self.report(errand.scenario).await
    }

    async fn report(self, scenario: Scenario) -> Result<Report, PhoneError> {
        let view: SessionView = self.wire.get("status").await?;
        Ok(Report {
            session_id: self.id,
            scenario: scenario.as_str(),
            steps: self.steps,
            status: view.status,
            failure_code: view.failure_code,
        })
    }

    fn took(&mut self, step: &'static str, answer: Value) {
        self.steps.push(Taken { step, answer });
    }

    async fn consent(&mut self, select: Option<&[String]>) -> Result<(), PhoneError> {
        let details: Details = self.wire.get("details").await?;
        let fields = details.share_fields.into_iter();
        let wanted =
            fields.filter(|field| field.required || select.is_none()).map(|field| field.key);
        let mut selected: BTreeSet<String> = wanted.collect();
        selected.extend(select.unwrap_or_default().iter().cloned());
        let body = json!({ "selected_field_keys": selected, "biometric_consent": true });
        let agreed: wire::Agreed = self.wire.post("consent", &body).await?;
        self.took("consent", json!({ "selected_field_keys": agreed.selected_field_keys }));
        Ok(())
    }

    async fn handoff(&mut self) -> Result<String, PhoneError> {
        let offer: wire::Offer = self.wire.post("handoff", &json!({})).await?;
        self.took("handoff", json!({ "expires_at": offer.expires_at }));
        Ok(offer.mobile_write_token)
    }

    async fn hello(&mut self, token: &str) -> Result<Bound, PhoneError> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let message = hello_message(self.id.as_str(), token, &self.device_id);
        let body = json!({
            "mobile_write_token": token,
            "device_id": self.device_id,
            "device_public_key": URL_SAFE_NO_PAD.encode(point.as_bytes()),
            "app_version": APP_VERSION,
            "signature": self.sign(&message),
        });
        let bound: Bound = self.wire.post("hello", &body).await?;
        self.took("hello", json!({ "confirmation_code": bound.confirmation_code }));
        Ok(bound)
    }

    fn sign(&self, message: &str) -> String {
        let signature: Signature = self.key.sign(message.as_bytes());
        URL_SAFE_NO_PAD.encode(signature.to_bytes())
    }

    async fn check(
        &mut self,
        bound: &Bound,
        step: Move,
        receipt: Option<&str>,
    ) -> Result<CheckAnswer, PhoneError> {
        let attempt = AttemptId::new(Clock::system().now(), self.entropy.bytes());
        let parts = self.parts(step);
        let assertion = self.assertion(bound, step.check(), &attempt, &parts);
        let mut evidence = json!({ "attempt_id": attempt, "assertion": assertion });
        match step.check() {
            Check::Nfc => self.prove(bound, &attempt, &mut evidence).await?,
            Check::Liveness => evidence["receipt"] = json!(receipt),
        }
        let mut form = Form::new().text("evidence", evidence.to_string());
        for (name, bytes) in parts {
            form = form.part(name, Part::bytes(bytes));
        }
        let answer = self.wire.check(step.check(), &bound.device_credential, form).await?;
        let CheckAnswer { outcome, failure_code, retry_allowed, tries, .. } = &answer;
        self.took(
            step.check().as_str(),
            json!({
                "attempt_id": attempt, "outcome": outcome, "failure_code": failure_code,
                "retry_allowed": retry_allowed, "tries": tries,
            }),
        );
        Ok(answer)
    }

    /// Lets the chip answer the challenge, and agree on keys with the server.
    async fn prove(
        &self,
        bound: &Bound,
        attempt: &AttemptId,
        evidence: &mut Value,
    ) -> Result<(), PhoneError> {
        let challenge = hex::decode(&bound.chip_challenge)
            .map_err(|_| PhoneError::Unreadable { step: "hello" })?;
        if let Some(response) = self.passport.prove(&challenge) {
            let response = URL_SAFE_NO_PAD.encode(response);
            evidence["active_authentication"] = json!({ "response": response });
        }
        let Some(dg14) = self.passport.dg14() else { return Ok(()) };
        let body = json!({ "attempt_id": attempt, "dg14": URL_SAFE_NO_PAD.encode(dg14) });
        let begun = self.wire.exchange(&bound.device_credential, &body).await?;
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
        let response = self.passport.answer(&bytes(&begun.public_key), &bytes(&begun.command));
        let response = URL_SAFE_NO_PAD.encode(response.unwrap_or_default());
        evidence["chip_authentication"] =
            json!({ "exchange": begun.exchange, "response": response });
        Ok(())
    }

    /// The binary parts of an upload, in the order of their names.
    fn parts(&self, step: Move) -> Vec<(&'static str, Vec<u8>)> {
        let mut files = self.passport.files();
        let film = |person: &str, alive| {
            vec![("dg2", self.passport.dg2.clone()), ("frame", picture(person, Some(alive)))]
        };
        match step {
            Move::Chip => files,
            Move::Cloned => {
                files.retain(|(name, _)| !matches!(*name, "dg14" | "dg15"));
                files
            }
            Move::Forged => {
                // The last character of the zone.
                if let Some(last) = files[0].1.last_mut() {
                    *last ^= 1;
                }
                files
            }
            Move::Face => film(&self.person, true),
            Move::Picture => film(&self.person, false),
            Move::Stranger => film("0123456789abcdef", true),
        }
    }

    /// What `spec.md` §7 says a device signs, from what travelled over the wire.
    fn assertion(
        &self,
        bound: &Bound,
        check: Check,
        attempt: &AttemptId,
        parts: &[(&'static str, Vec<u8>)],
    ) -> String {
        let (challenge, consent) = (&bound.challenge, &bound.consent);
        let head = format!(
            "kayle-{check}-v1\n{}\n{attempt}\n{challenge}\n{}\n{}\n",
            self.id, consent.id, consent.contract_hash
        );
        let line = |(name, bytes): &(_, Vec<u8>)| format!("{name}:{}\n", sha256_hex(bytes));
        let lines: String = parts.iter().map(line).collect();
        self.sign(&(head + &lines))
    }
}
