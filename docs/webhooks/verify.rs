// cargo add hex@0.4 hmac@0.13 http@1 josekit@0.10 sha2@0.11 standardwebhooks@1
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use josekit::JoseError;
use josekit::jwe::{self, RSA_OAEP_256};
use sha2::Sha256;
use standardwebhooks::{Webhook, WebhookError};

const TOLERANCE: u64 = 5 * 60; // seconds

/// Whether `X-Kayle-Signature` was made with `secret` over `body`, at most five minutes from `now`
/// (Unix seconds). The secret is the whole of it, `whsec_…`; the body is the bytes as received.
pub fn verify_kayle(secret: &str, headers: &HeaderMap, body: &[u8], now: u64) -> bool {
    let header = headers.get("x-kayle-signature").and_then(|value| value.to_str().ok());
    let Some((at, offered)) = header.unwrap_or_default().split_once(',') else { return false };
    let Some(at) = at.strip_prefix("t=") else { return false };
    if !at.parse::<u64>().is_ok_and(|at| at.abs_diff(now) <= TOLERANCE) {
        return false;
    }
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    let mac = mac.chain_update(at).chain_update(b".").chain_update(body);
    offered
        .split(',') // there is one for each live secret
        .filter_map(|one| hex::decode(one.strip_prefix("v1=")?).ok())
        .any(|one| mac.clone().verify_slice(&one).is_ok()) // in constant time
}

/// Whether the Standard Webhooks headers are genuine and recent; an error says why they are not.
pub fn verify_standard(secret: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
    Webhook::new(secret)?.verify(body, headers)
}

/// The JSON of a verified body sent as `application/jose`; `private_key` is PKCS#8 PEM.
pub fn decrypt(private_key: &[u8], body: &str) -> Result<Vec<u8>, JoseError> {
    let decrypter = RSA_OAEP_256.decrypter_from_pem(private_key)?;
    let (payload, header) = jwe::deserialize_compact(body, &decrypter)?;
    match header.content_encryption() {
        Some("A256GCM") => Ok(payload),
        _ => Err(JoseError::InvalidJweFormat(std::io::Error::other("not A256GCM").into())),
    }
}
