//! The key ring: one secret per generation, a sub-key for every purpose (RFC 5869), and what is
//! made under them: stored hashes, credentials, seals.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

type HmacSha256 = Hmac<Sha256>;

/// The shortest master secret accepted, in bytes.
pub const MIN_SECRET: usize = 32;
/// Length of an `XChaCha20` nonce, in bytes.
const NONCE: usize = 24;

/// What a sub-key is for; each has its own, so that nothing made for one serves another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Stored hashes of API keys.
    ApiKey,
    /// Stored hashes of cancel tokens.
    CancelToken,
    /// Page credentials.
    Page,
    /// Device credentials.
    Device,
    /// Hand-off tokens.
    Handoff,
    /// Confirmation codes.
    Confirmation,
    /// Challenges for the chip.
    Challenge,
    /// Sealed receipts.
    Receipt,
    /// Webhook payloads at rest.
    Payload,
    /// Webhook signing secrets at rest.
    EndpointSecret,
    /// Which document a confirmed chip was.
    Document,
    /// Exchanges of chip authentication, while the phone holds them.
    Exchange,
    /// The sandbox's own authority for documents.
    SandboxAuthority,
    /// `kdid_` and `khid_`, where no identity secret is set (sandbox only).
    Identity,
    /// Names of remembered creates.
    IdempotencyKey,
    /// Tags of the bodies they were made with.
    IdempotencyBody,
    /// Their answers at rest.
    IdempotencySeal,
}

const PURPOSES: [(Purpose, &str); 17] = [
    (Purpose::ApiKey, "api-key"),
    (Purpose::CancelToken, "cancel-token"),
    (Purpose::Page, "page-credential"),
    (Purpose::Device, "device-credential"),
    (Purpose::Handoff, "handoff-token"),
    (Purpose::Confirmation, "confirmation-code"),
    (Purpose::Challenge, "challenge"),
    (Purpose::Receipt, "receipt"),
    (Purpose::Payload, "webhook-payload"),
    (Purpose::EndpointSecret, "webhook-endpoint-secret"),
    (Purpose::Document, "document"),
    (Purpose::Exchange, "chip-exchange"),
    (Purpose::SandboxAuthority, "sandbox-authority"),
    (Purpose::Identity, "identity"),
    (Purpose::IdempotencyKey, "idempotency-key"),
    (Purpose::IdempotencyBody, "idempotency-body"),
    (Purpose::IdempotencySeal, "idempotency-seal"),
];

/// One generation of the ring.
#[derive(Clone)]
struct Key {
    id: String,
    subkeys: [[u8; 32]; PURPOSES.len()],
}

impl Key {
    fn derive(secret: &[u8]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(b"kayle-verify/v1"), secret);
        let expand = |info: &str| {
            let mut key = [0; 32];
            hkdf.expand(info.as_bytes(), &mut key).expect("32 bytes is a valid HKDF length");
            key
        };
        let id = hex::encode(&expand("key-id")[..4]);
        Self { id, subkeys: PURPOSES.map(|(_, info)| expand(info)) }
    }

    fn subkey(&self, purpose: Purpose) -> &[u8; 32] {
        &self.subkeys[purpose as usize]
    }

    fn mac(&self, purpose: Purpose, parts: &[&str]) -> HmacSha256 {
        let mut mac = <HmacSha256 as hmac::KeyInit>::new_from_slice(self.subkey(purpose))
            .expect("HMAC takes keys of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }
}

/// The current secret first, then the previous ones, which still verify and open.
#[derive(Clone)]
pub struct KeyRing {
    keys: Vec<Key>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| &key.id)).finish()
    }
}

impl KeyRing {
    /// A ring whose first secret makes everything new.
    pub fn new<S: AsRef<[u8]>>(current: &S, previous: &[S]) -> Self {
        let keys = std::iter::once(current).chain(previous).map(|s| Key::derive(s.as_ref()));
        Self { keys: keys.collect() }
    }

    fn current(&self) -> &Key {
        &self.keys[0]
    }

    fn named(&self, id: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.id == id)
    }

    /// `<key id>_<hex HMAC-SHA256>` of `parts` under the current key.
    pub fn tag(&self, purpose: Purpose, parts: &[&str]) -> String {
        let key = self.current();
        format!("{}_{}", key.id, hex::encode(key.mac(purpose, parts).finalize().into_bytes()))
    }

    /// The tags of `parts` under every key of the ring, the current one first: to look one up.
    pub fn tags(&self, purpose: Purpose, parts: &[&str]) -> Vec<String> {
        let tag = |key: &Key| {
            format!("{}_{}", key.id, hex::encode(key.mac(purpose, parts).finalize().into_bytes()))
        };
        self.keys.iter().map(tag).collect()
    }

    /// Whether `tag` is the tag of `parts` under the key it names; in constant time.
    pub fn verify(&self, purpose: Purpose, parts: &[&str], tag: &str) -> bool {
        let Some((id, mac)) = tag.split_once('_') else { return false };
        let (Some(key), Ok(given)) = (self.named(id), hex::decode(mac)) else { return false };
        let expected = key.mac(purpose, parts).finalize().into_bytes();
        expected.as_slice().ct_eq(&given).into()
    }

    /// 32 bytes that depend on `parts`, under the current key.
    pub fn bytes(&self, purpose: Purpose, parts: &[&str]) -> [u8; 32] {
        self.current().mac(purpose, parts).finalize().into_bytes().into()
    }

    /// The same under every key of the ring, the current one first: for what was made before.
    pub fn every_bytes(&self, purpose: Purpose, parts: &[&str]) -> Vec<[u8; 32]> {
        self.keys.iter().map(|key| key.mac(purpose, parts).finalize().into_bytes().into()).collect()
    }

    /// The current sub-key itself.
    pub fn subkey(&self, purpose: Purpose) -> &[u8; 32] {
        self.current().subkey(purpose)
    }

    /// `<key id>.<base64url of nonce and ciphertext>`; opens only with the same purpose and `aad`.
    pub fn seal(&self, purpose: Purpose, aad: &str, plain: &[u8], nonce: [u8; NONCE]) -> String {
        let key = self.current();
        format!("{}.{}", key.id, sealed(key.subkey(purpose), aad, plain, nonce))
    }

    /// What [`Self::seal`] sealed; `None` if anything about it is not as it was.
    pub fn open(&self, purpose: Purpose, aad: &str, sealed: &str) -> Option<Vec<u8>> {
        let (id, text) = sealed.split_once('.')?;
        opened(self.named(id)?.subkey(purpose), aad, text)
    }

    /// Like [`Self::seal`] under a key derived from `parts` too: the ring alone does not open it.
    pub fn seal_for(
        &self,
        purpose: Purpose,
        parts: &[&str],
        plain: &[u8],
        nonce: [u8; NONCE],
    ) -> String {
        let key = self.current();
        let derived = key.mac(purpose, parts).finalize().into_bytes().into();
        format!("{}.{}", key.id, sealed(&derived, "", plain, nonce))
    }

    /// What [`Self::seal_for`] sealed for the same `parts`.
    pub fn open_for(&self, purpose: Purpose, parts: &[&str], sealed: &str) -> Option<Vec<u8>> {
        let (id, text) = sealed.split_once('.')?;
        let derived = self.named(id)?.mac(purpose, parts).finalize().into_bytes().into();
        opened(&derived, "", text)
    }
}

fn sealed(key: &[u8; 32], aad: &str, plain: &[u8], nonce: [u8; NONCE]) -> String {
    let payload = Payload { msg: plain, aad: aad.as_bytes() };
    let ciphertext = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), payload)
        .expect("sealing fails only beyond 256 GiB");
    let mut bytes = nonce.to_vec();
    bytes.extend(ciphertext);
    URL_SAFE_NO_PAD.encode(bytes)
}

fn opened(key: &[u8; 32], aad: &str, text: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE>()?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad: aad.as_bytes() })
        .ok()
}

/// Lowercase hex SHA-256.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(current: &str, previous: &[&str]) -> KeyRing {
        KeyRing::new(&current, previous)
    }

    #[test]
    fn what_was_made_under_an_old_key_still_counts_after_rotation() {
        let old = ring("an old secret of at least 32 bytes", &[]);
        let new =
            ring("a new secret of at least 32 bytes!", &["an old secret of at least 32 bytes"]);
        let tag = old.tag(Purpose::Page, &["vs_1"]);
        let sealed = old.seal(Purpose::Payload, "whd_1", b"body", [7; 24]);
        assert!(new.verify(Purpose::Page, &["vs_1"], &tag));
        assert_eq!(new.open(Purpose::Payload, "whd_1", &sealed).as_deref(), Some(&b"body"[..]));
        assert_ne!(new.tag(Purpose::Page, &["vs_1"]), tag);
        assert!(!old.verify(Purpose::Page, &["vs_1"], &new.tag(Purpose::Page, &["vs_1"])));
    }

    #[test]
    fn a_tag_or_seal_serves_one_purpose_and_one_subject() {
        let ring = ring("a secret that is at least 32 bytes", &[]);
        let tag = ring.tag(Purpose::Page, &["ab", "c"]);
        assert!(ring.verify(Purpose::Page, &["ab", "c"], &tag));
        for (purpose, parts) in [
            (Purpose::Device, &["ab", "c"][..]),
            (Purpose::Page, &["a", "bc"]),
            (Purpose::Page, &["abc"]),
        ] {
            assert!(!ring.verify(purpose, parts, &tag));
        }
        for bad in ["", "_", "nokey", &tag[..tag.len() - 1], "00000000_00"] {
            assert!(!ring.verify(Purpose::Page, &["ab", "c"], bad), "{bad:?}");
        }
        let sealed = ring.seal(Purpose::Receipt, "a", b"x", [1; 24]);
        assert_eq!(ring.open(Purpose::Receipt, "b", &sealed), None);
        assert_eq!(ring.open(Purpose::Payload, "a", &sealed), None);
        assert_eq!(ring.open(Purpose::Receipt, "a", &sealed[..sealed.len() - 1]), None);
    }

    #[test]
    fn what_is_sealed_for_somebody_opens_only_for_them_also_after_rotation() {
        let old = ring("an old secret of at least 32 bytes", &[]);
        let new =
            ring("a new secret of at least 32 bytes!", &["an old secret of at least 32 bytes"]);
        let sealed = old.seal_for(Purpose::IdempotencySeal, &["org", "key"], b"answer", [3; 24]);
        let open = |ring: &KeyRing, parts: &[&str]| {
            ring.open_for(Purpose::IdempotencySeal, parts, &sealed)
        };
        assert_eq!(open(&old, &["org", "key"]).as_deref(), Some(&b"answer"[..]));
        assert_eq!(open(&new, &["org", "key"]).as_deref(), Some(&b"answer"[..]));
        assert_eq!(open(&old, &["org", "other"]), None);
        assert_eq!(old.open(Purpose::IdempotencySeal, "", &sealed), None);
    }
}
