//! The sandbox: its verdict key, its evaluator and its simulated phone.

pub mod panel;
pub mod phone;
pub mod secret;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier};
use kayle_domain::{Check, FailureCode, SessionId};
use serde::{Deserialize, Serialize};

use crate::check::claims::Holder;
use crate::check::evidence::{SANDBOX_VERDICT, Upload};
use crate::check::{Evaluator, Verdict};
use crate::error::{Code, Error};
use crate::keys::{KeyRing, Purpose};

/// What the simulated phone decides for one attempt, signed by the sandbox's own key (Ed25519).
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxVerdict {
    /// The session it is for.
    pub session_id: String,
    /// The attempt it is for.
    pub attempt_id: String,
    /// The check it is for.
    pub check: Check,
    /// Why it did not confirm; absent when it did.
    pub failure_code: Option<FailureCode>,
    /// Whose document it was; with a confirmed chip only.
    pub holder: Option<Holder>,
}

fn signing_key(keys: &KeyRing) -> SigningKey {
    SigningKey::from_bytes(keys.subkey(Purpose::SandboxVerdict))
}

impl SandboxVerdict {
    /// `base64url(JSON) . base64url(signature)`.
    pub fn sign(&self, keys: &KeyRing) -> String {
        let body = serde_json::to_vec(self).expect("a struct of strings always serialises");
        let body = URL_SAFE_NO_PAD.encode(body);
        let signature = signing_key(keys).sign(body.as_bytes());
        format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    fn read(keys: &KeyRing, part: &[u8]) -> Option<Self> {
        let (body, signature) = std::str::from_utf8(part).ok()?.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let signature = Signature::from_slice(&signature).ok()?;
        signing_key(keys).verifying_key().verify(body.as_bytes(), &signature).ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()
    }
}

/// Believes the sandbox's signed verdicts, and nothing else.
#[derive(Debug)]
pub struct SandboxEvaluator {
    /// The ring the verdict key comes from.
    pub keys: KeyRing,
}

impl SandboxEvaluator {
    fn verdict(
        &self,
        id: &SessionId,
        check: Check,
        upload: &Upload,
    ) -> Result<SandboxVerdict, Error> {
        let Some(part) = upload.part(SANDBOX_VERDICT) else {
            let message = "this sandbox judges only uploads with a sandbox_verdict part";
            return Err(Error::new(Code::EvidenceUnavailable, message));
        };
        SandboxVerdict::read(&self.keys, part)
            .filter(|v| v.session_id == id.as_str() && v.attempt_id == upload.attempt_id.as_str())
            .filter(|v| v.check == check && v.failure_code.is_none_or(|code| code.check() == check))
            .filter(|v| check == Check::Liveness || v.failure_code.is_some() || v.holder.is_some())
            .ok_or_else(|| {
                let message =
                    "part sandbox_verdict is not a verdict of this sandbox for this attempt";
                Error::new(Code::InvalidEvidence, message)
            })
    }
}

#[async_trait]
impl Evaluator for SandboxEvaluator {
    fn admit(&self, id: &SessionId, check: Check, upload: &Upload) -> Result<(), Error> {
        self.verdict(id, check, upload).map(drop)
    }

    async fn evaluate(
        &self,
        id: &SessionId,
        check: Check,
        upload: &Upload,
    ) -> Result<Verdict, Error> {
        let verdict = self.verdict(id, check, upload)?;
        Ok(match (verdict.failure_code, verdict.holder) {
            (Some(code), _) => Verdict::No(code),
            (None, Some(holder)) if check == Check::Nfc => Verdict::Chip(Box::new(holder)),
            (None, _) => Verdict::Face,
        })
    }
}
