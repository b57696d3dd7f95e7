//! The signatures of a delivery: this product's own and Standard Webhooks (`spec.md` §6).

use std::fmt::{self, Write as _};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use kayle_domain::{DeliveryId, EventId, EventKind, Timestamp};
use sha2::Sha256;
use thiserror::Error;

/// `t=<unix>,v1=<hex>`, one `v1=` per live secret, over `t.body`.
pub const KAYLE_SIGNATURE: &str = "X-Kayle-Signature";
/// The delivery: the same for each of its tries.
pub const KAYLE_DELIVERY_ID: &str = "X-Kayle-Delivery-Id";
/// The event's type.
pub const KAYLE_EVENT: &str = "X-Kayle-Event";
/// The event: the same for every endpoint, so what a subscriber deduplicates by.
pub const WEBHOOK_ID: &str = "webhook-id";
/// Seconds since the Unix epoch, new at each try.
pub const WEBHOOK_TIMESTAMP: &str = "webhook-timestamp";
/// `v1,<base64>`, one per live secret, over `id.timestamp.body`.
pub const WEBHOOK_SIGNATURE: &str = "webhook-signature";

const PREFIX: &str = "whsec_";

/// The text is not `whsec_` followed by the base64 of 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be \"whsec_\" followed by the base64 of 32 bytes")]
pub struct InvalidSecret;

/// What an endpoint and this server share: `whsec_` and the base64 of 32 random bytes.
#[derive(Clone)]
pub struct WebhookSecret {
    text: String,
    key: [u8; 32],
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

impl WebhookSecret {
    /// The secret made of `entropy`.
    pub fn from_entropy(entropy: [u8; 32]) -> Self {
        Self { text: format!("{PREFIX}{}", STANDARD.encode(entropy)), key: entropy }
    }

    /// Reads the form [`Self::as_str`] gives, and no other.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        let encoded = text.strip_prefix(PREFIX).ok_or(InvalidSecret)?;
        let key = STANDARD.decode(encoded).map_err(|_| InvalidSecret)?;
        Ok(Self::from_entropy(key.try_into().map_err(|_| InvalidSecret)?))
    }

    /// The whole secret, as its owner keeps it.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// What is signed.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// The event.
    pub event_id: &'a EventId,
    /// The event for this endpoint.
    pub delivery_id: &'a DeliveryId,
    /// The event's type.
    pub kind: EventKind,
    /// The request body exactly as it is sent.
    pub body: &'a [u8],
}

/// All headers that say what a delivery is and prove where it comes from, signed at `now` with
/// each of the live `secrets`.
pub fn sign(
    secrets: &[WebhookSecret],
    message: &Message<'_>,
    now: Timestamp,
) -> Vec<(&'static str, String)> {
    let at = now.unix_seconds().to_string();
    let id = message.event_id.as_str();
    let mut own = format!("t={at}");
    let mut standard = Vec::with_capacity(secrets.len());
    for secret in secrets {
        own.push_str(",v1=");
        for byte in own_mac(secret, &at, message.body).finalize().into_bytes() {
            write!(own, "{byte:02x}").expect("writing to a String cannot fail");
        }
        let digest = standard_mac(secret, id, &at, message.body).finalize().into_bytes();
        standard.push(format!("v1,{}", STANDARD.encode(digest)));
    }
    vec![
        (KAYLE_SIGNATURE, own),
        (KAYLE_DELIVERY_ID, message.delivery_id.to_string()),
        (KAYLE_EVENT, message.kind.as_str().to_owned()),
        (WEBHOOK_ID, id.to_owned()),
        (WEBHOOK_TIMESTAMP, at),
        (WEBHOOK_SIGNATURE, standard.join(" ")),
    ]
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

fn own_mac(secret: &WebhookSecret, at: &str, body: &[u8]) -> Hmac<Sha256> {
    mac(secret.text.as_bytes(), &[at.as_bytes(), b".", body])
}

fn standard_mac(secret: &WebhookSecret, id: &str, at: &str, body: &[u8]) -> Hmac<Sha256> {
    mac(&secret.key, &[id.as_bytes(), b".", at.as_bytes(), b".", body])
}

/// Why a request is not a genuine, recent delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// A header is missing.
    #[error("the header {0} is missing")]
    Missing(&'static str),
    /// A header does not have its form.
    #[error("the header {0} is malformed")]
    Malformed(&'static str),
    /// A header's time is further than the tolerance from now.
    #[error("the time in the header {0} is too far from now")]
    Stale(&'static str),
    /// No signature in a header was made with the secret over this body.
    #[error("the header {0} holds no valid signature")]
    Mismatch(&'static str),
}

/// Checks both signatures of a received delivery, each of them required, in constant time; their
/// times may differ from `now` by `tolerance` either way.
pub fn verify(
    headers: &HeaderMap,
    body: &[u8],
    secret: &WebhookSecret,
    now: Timestamp,
    tolerance: Duration,
) -> Result<(), VerifyError> {
    let own = header(headers, KAYLE_SIGNATURE)?;
    let (at, signatures) = own
        .strip_prefix("t=")
        .and_then(|rest| rest.split_once(','))
        .ok_or(VerifyError::Malformed(KAYLE_SIGNATURE))?;
    check_time(at, now, tolerance, KAYLE_SIGNATURE)?;
    let offered = signatures.split(',').filter_map(|part| decode_hex(part.strip_prefix("v1=")?));
    check_any(&own_mac(secret, at, body), offered, KAYLE_SIGNATURE)?;

    let id = header(headers, WEBHOOK_ID)?;
    let at = header(headers, WEBHOOK_TIMESTAMP)?;
    check_time(at, now, tolerance, WEBHOOK_TIMESTAMP)?;
    let offered = header(headers, WEBHOOK_SIGNATURE)?
        .split(' ')
        .filter_map(|part| STANDARD.decode(part.strip_prefix("v1,")?).ok());
    check_any(&standard_mac(secret, id, at, body), offered, WEBHOOK_SIGNATURE)
}

fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, VerifyError> {
    let value = headers.get(name).ok_or(VerifyError::Missing(name))?;
    value.to_str().map_err(|_| VerifyError::Malformed(name))
}

fn check_time(
    at: &str,
    now: Timestamp,
    tolerance: Duration,
    name: &'static str,
) -> Result<(), VerifyError> {
    let at: i64 = at.parse().map_err(|_| VerifyError::Malformed(name))?;
    let apart = now.unix_seconds().abs_diff(at);
    if apart > tolerance.as_secs() { Err(VerifyError::Stale(name)) } else { Ok(()) }
}

fn check_any(
    expected: &Hmac<Sha256>,
    offered: impl Iterator<Item = Vec<u8>>,
    name: &'static str,
) -> Result<(), VerifyError> {
    let matches = |signature: Vec<u8>| expected.clone().verify_slice(&signature).is_ok();
    if offered.map(matches).fold(false, |any, one| any | one) {
        Ok(())
    } else {
        Err(VerifyError::Mismatch(name))
    }
}

fn decode_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let byte = |&[high, low]: &[u8; 2]| Some(digit(high)? << 4 | digit(low)?);
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_777_980_000_999);
    const TOLERANCE: Duration = Duration::from_mins(5);
    const BODY: &[u8] = br#"{"type":"verification.session.expired"}"#;

    // python3 -c 'import hmac,base64 as b
    // body=b"{\"type\":\"verification.session.expired\"}"; t=b"1777980000"
    // for k in bytes(range(32)),bytes(range(32,64)):
    //  s=b"whsec_"+b.b64encode(k); print(s, hmac.digest(s,t+b"."+body,"sha256").hex(),
    //  b.b64encode(hmac.digest(k,b"evt_0190000000017fffbfffffffffffffff."+t+b"."+body,"sha256")))'
    const OWN: &str = "t=1777980000\
        ,v1=00160d82435cdae1e31475231dd2102d8beb1011cef93312cb84103f53f6ed9d\
        ,v1=0bb481aefe3a59cf01436c2c631f2118805bf383ac0e446f9902955144d3501d";
    const STANDARD_WEBHOOKS: &str = "v1,lhJUF+an+llbQ2MAQtQQukTnEikLryFDuyxBMRyGOqc= \
        v1,SwHu+yCVqEZl2T9tG74eDAUpdz5PYKr44cCvkNkiTZw=";

    fn secret(first: u8) -> WebhookSecret {
        WebhookSecret::from_entropy(std::array::from_fn(|i| {
            first + u8::try_from(i).expect("at most 31")
        }))
    }

    fn signed(secrets: &[WebhookSecret]) -> Vec<(&'static str, String)> {
        let event_id = "evt_0190000000017fffbfffffffffffffff".parse().expect("an id");
        let delivery_id = "whd_0190000000017fffbffffffffffffffe".parse().expect("an id");
        let message = Message {
            event_id: &event_id,
            delivery_id: &delivery_id,
            kind: EventKind::Expired,
            body: BODY,
        };
        sign(secrets, &message, NOW)
    }

    fn received(headers: Vec<(&'static str, String)>) -> HeaderMap {
        let pair = |(name, value): (&str, String)| {
            let name: HeaderName = name.parse().expect("a name");
            (name, HeaderValue::try_from(value).expect("a value"))
        };
        headers.into_iter().map(pair).collect()
    }

    fn check(headers: &HeaderMap, secret: &WebhookSecret) -> Result<(), VerifyError> {
        verify(headers, BODY, secret, NOW, TOLERANCE)
    }

    #[test]
    fn secrets_are_read_as_written_and_never_shown() {
        let text = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        assert_eq!(secret(0).as_str(), text);
        assert_eq!(WebhookSecret::parse(text).expect("valid").key, secret(0).key);
        assert_eq!(format!("{:?}", secret(0)), "WebhookSecret(…)");
        for bad in [
            "",
            "whsec_",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=",
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
            " whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        ] {
            assert_eq!(WebhookSecret::parse(bad).err(), Some(InvalidSecret), "{bad:?}");
        }
    }

    #[test]
    fn every_live_secret_signs_both_ways() {
        let headers = signed(&[secret(0), secret(32)]);
        let expected = [
            ("X-Kayle-Signature", OWN),
            ("X-Kayle-Delivery-Id", "whd_0190000000017fffbffffffffffffffe"),
            ("X-Kayle-Event", "verification.session.expired"),
            ("webhook-id", "evt_0190000000017fffbfffffffffffffff"),
            ("webhook-timestamp", "1777980000"),
            ("webhook-signature", STANDARD_WEBHOOKS),
        ];
        assert_eq!(headers, expected.map(|(name, value)| (name, value.to_owned())));
    }

    #[test]
    fn any_live_secret_verifies_and_no_other_does() {
        let headers = received(signed(&[secret(0), secret(32)]));
        assert_eq!(check(&headers, &secret(0)), Ok(()));
        assert_eq!(check(&headers, &secret(32)), Ok(()));
        assert_eq!(check(&headers, &secret(64)), Err(VerifyError::Mismatch(KAYLE_SIGNATURE)));
        let other_body = verify(&headers, b"{}", &secret(0), NOW, TOLERANCE);
        assert_eq!(other_body, Err(VerifyError::Mismatch(KAYLE_SIGNATURE)));
    }

    #[test]
    fn a_time_too_far_either_way_is_stale() {
        let headers = received(signed(&[secret(0)]));
        let at = |now| verify(&headers, BODY, &secret(0), now, TOLERANCE);
        let second = Duration::from_secs(1);
        assert_eq!(at(NOW.plus(TOLERANCE)), Ok(()));
        assert_eq!(at(NOW.minus(TOLERANCE)), Ok(()));
        let stale = Err(VerifyError::Stale(KAYLE_SIGNATURE));
        assert_eq!(at(NOW.plus(TOLERANCE + second)), stale);
        assert_eq!(at(NOW.minus(TOLERANCE + second)), stale);
    }

    #[test]
    fn each_header_is_needed_and_checked() {
        let good = || received(signed(&[secret(0)]));
        for name in [KAYLE_SIGNATURE, WEBHOOK_ID, WEBHOOK_TIMESTAMP, WEBHOOK_SIGNATURE] {
            let mut headers = good();
            headers.remove(name);
            assert_eq!(check(&headers, &secret(0)), Err(VerifyError::Missing(name)));
        }
        for (name, value, error) in [
            (KAYLE_SIGNATURE, "v1=00", VerifyError::Malformed(KAYLE_SIGNATURE)),
            (KAYLE_SIGNATURE, "t=x,v1=00", VerifyError::Malformed(KAYLE_SIGNATURE)),
            (KAYLE_SIGNATURE, "t=1777980000,v1=0", VerifyError::Mismatch(KAYLE_SIGNATURE)),
            (KAYLE_SIGNATURE, "t=1777980000,v1=", VerifyError::Mismatch(KAYLE_SIGNATURE)),
            (KAYLE_SIGNATURE, "t=1777980000,v0=00", VerifyError::Mismatch(KAYLE_SIGNATURE)),
            (WEBHOOK_ID, "evt_2", VerifyError::Mismatch(WEBHOOK_SIGNATURE)),
            (WEBHOOK_TIMESTAMP, "now", VerifyError::Malformed(WEBHOOK_TIMESTAMP)),
            (WEBHOOK_TIMESTAMP, "0", VerifyError::Stale(WEBHOOK_TIMESTAMP)),
            (WEBHOOK_TIMESTAMP, "1777980001", VerifyError::Mismatch(WEBHOOK_SIGNATURE)),
            (WEBHOOK_SIGNATURE, "", VerifyError::Mismatch(WEBHOOK_SIGNATURE)),
            (WEBHOOK_SIGNATURE, "v1,*", VerifyError::Mismatch(WEBHOOK_SIGNATURE)),
        ] {
            let mut headers = good();
            headers.insert(
                name.parse::<HeaderName>().expect("a name"),
                HeaderValue::from_static(value),
            );
            assert_eq!(check(&headers, &secret(0)), Err(error), "{name}: {value}");
        }
    }
}
