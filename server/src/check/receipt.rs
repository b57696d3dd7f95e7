//! The sealed receipt: what the chip check confirmed, kept by the device until the face check.

use kayle_domain::event::Claims;
use kayle_domain::{ConsentId, Session, SessionId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::evidence::Upload;
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::keys::{Purpose, sha256_hex};

/// What a receipt says; only this server can read or make one.
#[derive(Serialize, Deserialize)]
struct Receipt {
    session: SessionId,
    device_key: String,
    consent: ConsentId,
    attempt: String,
    claims: Map<String, Value>,
    dg2: String,
    /// Full years; absent where the document does not say enough.
    holder_age: Option<u8>,
    expires_at: Timestamp,
}

/// Seals what the chip check confirmed; returns the receipt and the hash that is stored.
pub fn seal(
    engine: &Engine,
    session: &Session,
    upload: &Upload,
    (claims, holder_age): (&Claims, Option<u8>),
) -> Result<(String, String), Error> {
    let (Some(device), Some(consent)) = (&session.device, &session.consent) else {
        return Err(Error::internal("a check ran without device or consent"));
    };
    let Ok(Value::Object(claims)) = serde_json::to_value(claims) else {
        return Err(Error::internal("claims did not serialise"));
    };
    let receipt = Receipt {
        session: session.id.clone(),
        device_key: device.public_key.clone(),
        consent: consent.id.clone(),
        attempt: upload.attempt_id.as_str().to_owned(),
        claims,
        dg2: sha256_hex(upload.part("dg2").unwrap_or_default()),
        holder_age,
        expires_at: session.expires_at,
    };
    let plain = serde_json::to_vec(&receipt).map_err(Error::internal)?;
    let nonce = engine.entropy.bytes();
    let sealed = engine.keys.seal(Purpose::Receipt, session.id.as_str(), &plain, nonce);
    let hash = sha256_hex(sealed.as_bytes());
    Ok((sealed, hash))
}

/// What the chip check confirmed, as the face check needs it.
#[derive(Debug)]
pub struct Confirmed {
    /// What is shared.
    pub claims: Claims,
    /// Full years, where the document says enough.
    pub holder_age: Option<u8>,
}

/// What the session's own receipt says; an error if it is not, or not for this evidence.
pub fn open(engine: &Engine, session: &Session, upload: &Upload) -> Result<Confirmed, Error> {
    let sealed = upload.receipt.as_deref().unwrap_or_default();
    let refuse = |why: &str| Error::new(Code::InvalidReceipt, format!("evidence.receipt {why}"));
    let chip = session.chip.as_ref().ok_or_else(|| refuse("comes before a confirmed chip"))?;
    if chip.receipt_hash != sha256_hex(sealed.as_bytes()) {
        return Err(refuse("is not the one issued last"));
    }
    let receipt: Receipt = engine
        .keys
        .open(Purpose::Receipt, session.id.as_str(), sealed)
        .and_then(|plain| serde_json::from_slice(&plain).ok())
        .ok_or_else(|| refuse("does not open"))?;
    let device = session.device.as_ref().map(|device| device.public_key.as_str());
    let consent = session.consent.as_ref().map(|consent| &consent.id);
    if receipt.session != session.id
        || device != Some(receipt.device_key.as_str())
        || consent != Some(&receipt.consent)
        || chip.attempt.as_str() != receipt.attempt
    {
        return Err(refuse("was issued for another session, phone or consent"));
    }
    if engine.now() >= receipt.expires_at {
        return Err(refuse("has expired"));
    }
    if sha256_hex(upload.part("dg2").unwrap_or_default()) != receipt.dg2 {
        return Err(Error::new(
            Code::InvalidEvidence,
            "part dg2 is not the one the chip check read",
        ));
    }
    let claims = Claims::from_json(&receipt.claims);
    let claims = claims.ok_or_else(|| Error::internal("a receipt's claims"))?;
    Ok(Confirmed { claims, holder_age: receipt.holder_age })
}
