//! What a device signs, and checking it: ECDSA on P-256 with SHA-256 (`spec.md` §4, §7).

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kayle_domain::{Check, Session};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};

use super::evidence::Upload;
use crate::error::Error;
use crate::keys::sha256_hex;

/// What a device signs to bind itself: token, session and its own id.
pub fn hello_message(session: &str, token: &str, device_id: &str) -> String {
    format!("kayle-hello-v1\n{session}\n{token}\n{device_id}\n")
}

/// What a device signs with every upload: which check of which session, under which consent, with
/// exactly which parts.
pub fn check_message(check: Check, session: &Session, challenge: &str, upload: &Upload) -> String {
    let consent = session.consent.as_ref();
    let mut message = format!(
        "kayle-{check}-v1\n{}\n{}\n{challenge}\n{}\n{}\n",
        session.id,
        upload.attempt_id,
        consent.map_or("", |c| c.id.as_str()),
        consent.map_or("", |c| &c.contract_hash),
    );
    for (name, bytes) in upload.parts_by_name() {
        writeln!(message, "{name}:{}", sha256_hex(bytes)).expect("a String takes everything");
    }
    message
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
