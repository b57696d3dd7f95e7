//! What a device signs, and checking it: ECDSA on P-256 with SHA-256 (`spec.md` §4, §7).

use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kayle_domain::{AttemptId, Check, Session};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};

use super::evidence::Upload;
use crate::engine::Engine;
use crate::error::Error;
use crate::keys::sha256_hex;
use crate::service::credentials;

/// What a device signs to bind itself: token, session and its own id.
pub fn hello_message(session: &str, token: &str, device_id: &str) -> String {
    format!("kayle-hello-v1\n{session}\n{token}\n{device_id}\n")
}

/// What a device signs with every upload: which check of which session, under which consent, with
/// exactly which parts.
fn check_message(
    (check, session, challenge): (Check, &Session, &str),
    attempt: &AttemptId,
    parts: &str,
) -> String {
    let consent = session.consent.as_ref();
    format!(
        "kayle-{check}-v1\n{}\n{attempt}\n{challenge}\n{}\n{}\n{parts}",
        session.id,
        consent.map_or("", |c| c.id.as_str()),
        consent.map_or("", |c| &c.contract_hash),
    )
}

/// A line for each part, with its hash.
fn parts(upload: &Upload) -> String {
    let mut lines = String::new();
    for (name, bytes) in upload.parts_by_name() {
        writeln!(lines, "{name}:{}", sha256_hex(bytes)).expect("a String takes everything");
    }
    lines
}

/// Whether the bound device signed the upload, under any challenge that it may have been given.
pub async fn holds(
    engine: &Engine,
    session: &Session,
    check: Check,
    upload: &Arc<Upload>,
) -> Result<bool, Error> {
    let (Some(device), Some(signature)) = (&session.device, &upload.assertion) else {
        return Ok(false);
    };
    let own = Arc::clone(upload);
    let parts = engine.judges.compute(move || parts(&own)).await?;
    for challenge in credentials::challenges(engine, &session.id, session.epoch) {
        let message = check_message((check, session, &challenge), &upload.attempt_id, &parts);
        if verify(&device.public_key, message.as_bytes(), signature)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The key a device presents; an error names the field.
pub(super) fn key(text: &str) -> Result<VerifyingKey, Error> {
    let refuse = || {
        Error::invalid(
            "device_public_key must be a P-256 point in SEC1 form, base64url without padding",
        )
    };
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| refuse())?;
    VerifyingKey::from_sec1_bytes(&bytes).map_err(|_| refuse())
}

/// Whether `signature` (base64url, `r || s` or DER) is the key's over `message`. An error means
/// that the key itself is malformed.
pub fn verify(public_key: &str, message: &[u8], signature: &str) -> Result<bool, Error> {
    let key = key(public_key)?;
    let parsed = URL_SAFE_NO_PAD.decode(signature).ok().and_then(|bytes| {
        Signature::from_slice(&bytes).or_else(|_| Signature::from_der(&bytes)).ok()
    });
    Ok(parsed.is_some_and(|signature| key.verify(message, &signature).is_ok()))
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::SigningKey;
    use p256::ecdsa::signature::Signer;

    use super::*;

    #[test]
    fn raw_and_der_signatures_of_the_right_key_and_message_count() {
        let signing = SigningKey::from_slice(&[7; 32]).expect("a scalar");
        let point = signing.verifying_key().to_sec1_point(false);
        let public = URL_SAFE_NO_PAD.encode(point.as_bytes());
        let signature: Signature = signing.sign(b"message");
        let raw = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        let der = URL_SAFE_NO_PAD.encode(signature.to_der().as_bytes());
        assert_eq!(verify(&public, b"message", &raw), Ok(true));
        assert_eq!(verify(&public, b"message", &der), Ok(true));
        for bad in ["", "!", &raw[2..]] {
            assert_eq!(verify(&public, b"message", bad), Ok(false));
        }
        assert_eq!(verify(&public, b"another", &raw), Ok(false));
        assert!(verify("AAAA", b"message", &raw).is_err());
    }
}
