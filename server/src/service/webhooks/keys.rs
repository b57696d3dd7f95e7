//! Encryption keys: what an endpoint's payloads are encrypted to (`spec.md` §6, RFC 7517).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kayle_domain::{EncryptionKeyId, EndpointId, OrganizationId};
use serde_json::{Map, Value, json};

use super::super::callers::{Caller, Scope};
use super::endpoints::{not_found as no_endpoint, own};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::store::endpoints::{self, KeyRow};
use crate::store::{Conn, StoreError};

/// The smallest modulus, in bits.
const MIN_BITS: usize = 2048;
/// The largest, in bits: beyond it every delivery would cost too much.
const MAX_BITS: usize = 8192;
/// Members only a private key has (RFC 7518 §6.3.2).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

fn invalid(problem: &str) -> Error {
    Error::new(Code::InvalidEncryptionKey, format!("jwk{problem}"))
}

fn not_found() -> Error {
    let message = "no encryption key with this id exists in your organization";
    Error::new(Code::EncryptionKeyNotFound, message)
}

/// A public RSA key as it is stored: its `kid`, and exactly the members that matter.
fn checked(jwk: &Map<String, Value>) -> Result<(String, String), Error> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    if PRIVATE.iter().any(|name| jwk.contains_key(*name)) {
        return Err(invalid(" is a private key: send its public part, and consider it spent"));
    }
    if text("kty") != Some("RSA") {
        return Err(invalid(".kty must be RSA"));
    }
    if text("use") != Some("enc") {
        return Err(invalid(".use must be enc"));
    }
    if jwk.get("alg").is_some_and(|alg| alg != "RSA-OAEP-256") {
        return Err(invalid(".alg must be RSA-OAEP-256, or absent"));
    }
    let kid = text("kid").filter(|kid| {
        (1..=100).contains(&kid.len()) && kid.bytes().all(|byte| byte.is_ascii_graphic())
    });
    let kid = kid.ok_or_else(|| invalid(".kid must be 1 to 100 visible ASCII characters"))?;
    let number = |name: &str| {
        let bytes = text(name).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        bytes.filter(|bytes| bytes.first().is_some_and(|first| *first != 0))
    };
    let n = number("n").ok_or_else(|| invalid(".n must be a base64url number"))?;
    let bits = n.len() * 8 - n[0].leading_zeros() as usize;
    if !(MIN_BITS..=MAX_BITS).contains(&bits) || n.last().is_none_or(|last| last % 2 == 0) {
        return Err(invalid(".n must be an odd number of 2048 to 8192 bits"));
    }
    let e = number("e").ok_or_else(|| invalid(".e must be a base64url number"))?;
    // 65537 is what everybody uses; smaller and even exponents are how keys go wrong.
    if e.len() > 8 || e.last().is_none_or(|last| last % 2 == 0) || e.len() < 3 {
        return Err(invalid(".e must be an odd number from 65537 up"));
    }
    let kept = json!({ "kty": "RSA", "use": "enc", "alg": "RSA-OAEP-256", "kid": kid,
        "n": text("n"), "e": text("e") });
    Ok((kid.to_owned(), kept.to_string()))
}

/// Registers a key for an endpoint of the caller's. It is active from now on, in the place of the
/// one before: at no moment is the endpoint without one.
pub async fn register(
    engine: &Engine,
    caller: &Caller,
    endpoint: &EndpointId,
    jwk: &Map<String, Value>,
) -> Result<KeyRow, Error> {
    let organization = caller.require(Scope::WebhooksWrite)?.clone();
    let (key_id, jwk) = checked(jwk)?;
    let now = engine.now();
    let row = KeyRow {
        id: EncryptionKeyId::new(now, engine.entropy.bytes()).into(),
        endpoint_id: endpoint.as_str().to_owned(),
        organization_id: organization.as_str().to_owned(),
        key_id,
        jwk,
        created_at: now.millis(),
        deactivated_at: None,
    };
    let job = (organization, endpoint.clone(), row);
    let work = engine.store.write(job, |tx, (organization, endpoint, row)| {
        Box::pin(async move {
            if own(tx, organization, endpoint).await?.is_none() {
                return Ok(Err(no_endpoint()));
            }
            let known = endpoints::keys(tx, endpoint.as_str()).await?;
            if known.iter().any(|key| key.key_id == row.key_id) {
                let message = "jwk.kid is that of a key this endpoint has had already";
                return Ok(Err(Error::new(Code::EncryptionKeyExists, message)));
            }
            endpoints::deactivate_keys(tx, endpoint.as_str(), row.created_at).await?;
            endpoints::insert_key(tx, row).await?;
            Ok(Ok(row.clone()))
        })
    });
    work.await?
}

/// The keys of an endpoint of the caller's, oldest first.
pub async fn list(
    engine: &Engine,
    caller: &Caller,
    endpoint: &EndpointId,
) -> Result<Vec<KeyRow>, Error> {
    let organization = caller.require(Scope::WebhooksRead)?;
    let mut conn = engine.store.read().await?;
    own(&mut conn, organization, endpoint).await?.ok_or_else(no_endpoint)?;
    Ok(endpoints::keys(&mut conn, endpoint.as_str()).await?)
}

/// Activates a key of the caller's, in the place of its endpoint's active one, or deactivates it.
pub async fn set_active(
    engine: &Engine,
    caller: &Caller,
    id: &EncryptionKeyId,
    active: bool,
) -> Result<KeyRow, Error> {
    let organization = caller.require(Scope::WebhooksWrite)?.clone();
    let job = (organization, id.clone(), active, engine.now().millis());
    let work = engine.store.write(job, |tx, (organization, id, active, now)| {
        Box::pin(switch(tx, organization, id, (*active, *now)))
    });
    work.await?
}

async fn switch(
    tx: &mut Conn,
    organization: &OrganizationId,
    id: &EncryptionKeyId,
    (active, now): (bool, i64),
) -> Result<Result<KeyRow, Error>, StoreError> {
    let found = endpoints::key_by_id(tx, id.as_str()).await?;
    let Some(mut row) = found.filter(|row| row.organization_id == organization.as_str()) else {
        return Ok(Err(not_found()));
    };
    if active != row.deactivated_at.is_none() {
        if active {
            endpoints::deactivate_keys(tx, &row.endpoint_id, now).await?;
        }
        row.deactivated_at = (!active).then_some(now);
        endpoints::set_deactivated(tx, &row.id, row.deactivated_at).await?;
    }
    Ok(Ok(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwk(changes: &[(&str, Value)]) -> Map<String, Value> {
        let mut n = [0xff_u8; 256];
        n[0] = 0x80;
        let mut jwk = json!({ "kty": "RSA", "use": "enc", "kid": "k1", "e": "AQAB",
            "n": URL_SAFE_NO_PAD.encode(n) });
        for (name, value) in changes {
            jwk[*name] = value.clone();
        }
        jwk.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn only_a_public_rsa_key_for_encryption_of_2048_bits_is_taken() {
        assert!(checked(&jwk(&[])).is_ok());
        assert!(checked(&jwk(&[("alg", json!("RSA-OAEP-256")), ("x5t", json!("x"))])).is_ok());
        let short = URL_SAFE_NO_PAD.encode([0xff_u8; 255]);
        let even = URL_SAFE_NO_PAD.encode([0xfe_u8; 256]);
        let padded = URL_SAFE_NO_PAD.encode([&[0_u8][..], &[0xff; 256]].concat());
        let huge = URL_SAFE_NO_PAD.encode([0xff_u8; 1025]);
        for (change, named) in [
            (("d", json!("AQAB")), "private"),
            (("p", json!("AQAB")), "private"),
            (("k", json!("AQAB")), "private"),
            (("kty", json!("EC")), "kty"),
            (("use", json!("sig")), "use"),
            (("use", Value::Null), "use"),
            (("alg", json!("RSA-OAEP")), "alg"),
            (("kid", json!("")), "kid"),
            (("kid", json!("two words")), "kid"),
            (("kid", json!(7)), "kid"),
            (("n", json!(short)), "jwk.n"),
            (("n", json!(even)), "jwk.n"),
            (("n", json!(padded)), "jwk.n"),
            (("n", json!(huge)), "jwk.n"),
            (("n", json!("not base64!")), "jwk.n"),
            (("e", json!("Aw")), "jwk.e"),
            (("e", json!("AQAA")), "jwk.e"),
            (("e", json!("")), "jwk.e"),
        ] {
            let error = checked(&jwk(std::slice::from_ref(&change))).expect_err(named);
            assert_eq!(error.code, Code::InvalidEncryptionKey);
            assert!(error.message.contains(named), "{change:?}: {}", error.message);
        }
    }

    #[test]
    fn nothing_but_the_key_itself_is_kept() {
        let (kid, kept) = checked(&jwk(&[("note", json!("private words"))])).expect("valid");
        assert_eq!(kid, "k1");
        assert!(!kept.contains("private words") && kept.contains("RSA-OAEP-256"));
    }
}
