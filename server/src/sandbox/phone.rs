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

use super::SandboxVerdict;
use crate::check::assertion::hello_message;
use crate::check::claims::Holder;
use crate::check::evidence::SANDBOX_VERDICT;
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
    keys: KeyRing,
    entropy: Entropy,
    key: SigningKey,
    device_id: String,
    /// Data group 2; its hash ties the face to the chip.
    portrait: Vec<u8>,
    steps: Vec<Taken>,
}

/// The specimen every simulated chip holds.
fn specimen() -> Holder {
    let text = str::to_owned;
    Holder {
        document_type_code: text("P"),
        issuing_country_code: text("UTO"),
        family_name: text("ERIKSSON"),
        given_names: text("ANNA MARIA"),
        document_number: text("L898902C3"),
        nationality_code: text("UTO"),
        date_of_birth: text("1974-08-12"),
        sex_marker: text("F"),
        document_expiry_date: text("2032-04-15"),
        mrz_optional_data: text("ZE184226B"),
    }
}

impl Phone {
    /// A phone with a fresh key for the session `id` of the sandbox at `base` (an origin), whose
    /// key ring is `keys`.
    pub fn new(
        base: &str,
        id: SessionId,
        keys: KeyRing,
        entropy: Entropy,
    ) -> Result<Self, PhoneError> {
        let page = credentials::page_under(&keys, &id);
        let key = std::iter::repeat_with(|| SigningKey::from_slice(&entropy.bytes::<32>()))
            .find_map(Result::ok)
            .expect("nearly every 32 bytes are a valid scalar");
        Ok(Self {
            wire: Wire::new(base, &id, page)?,
            device_id: format!("simulated-{}", entropy.text::<16>()),
            portrait: entropy.bytes::<256>().to_vec(),
            steps: Vec::new(),
            id,
            keys,
            entropy,
            key,
        })
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
            pace.before(step.check.as_str()).await;
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
        let parts = self.parts(step, &attempt);
        let assertion = step.asserted.then(|| self.assertion(bound, step.check, &attempt, &parts));
        let mut evidence = json!({ "attempt_id": attempt, "assertion": assertion });
        if step.check == Check::Liveness {
            evidence["receipt"] = json!(receipt);
        }
        let mut form = Form::new().text("evidence", evidence.to_string());
        for (name, bytes) in parts {
            form = form.part(name, Part::bytes(bytes));
        }
        let answer = self.wire.check(step.check, &bound.device_credential, form).await?;
        let CheckAnswer { outcome, failure_code, retry_allowed, tries, .. } = &answer;
        self.took(
            step.check.as_str(),
            json!({
                "attempt_id": attempt, "outcome": outcome, "failure_code": failure_code,
                "retry_allowed": retry_allowed, "tries": tries,
            }),
        );
        Ok(answer)
    }

    /// The binary parts of an upload, in the order of their names.
    fn parts(&self, step: Move, attempt: &AttemptId) -> Vec<(&'static str, Vec<u8>)> {
        let confirmed_chip = step.check == Check::Nfc && step.failure.is_none();
        let verdict = SandboxVerdict {
            session_id: self.id.as_str().to_owned(),
            attempt_id: attempt.as_str().to_owned(),
            check: step.check,
            failure_code: step.failure,
            holder: confirmed_chip.then(specimen),
        };
        let verdict = (SANDBOX_VERDICT, verdict.sign(&self.keys).into_bytes());
        let random = |name| (name, self.entropy.bytes::<64>().to_vec());
        let portrait = ("dg2", self.portrait.clone());
        match step.check {
            Check::Nfc => vec![random("dg1"), portrait, verdict, random("sod")],
            Check::Liveness => vec![portrait, random("frame"), verdict],
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
