//! A phone's statement that its key lives in hardware and that its app is genuine: Apple's App
//! Attest and Android's Key Attestation, checked against the roots the operator trusts.
//!
//! A vendor's list of revoked certificates is for the caller, for that takes a network:
//! [`Attested::serials`] is what it is searched for.

mod android;
mod apple;
mod chain;
#[cfg(any(test, feature = "issue"))]
pub mod issue;
#[cfg(test)]
mod tests;

use openssl::sha::Sha256;

pub use chain::{RootError, Roots};

use crate::failure::coded;

/// What a statement has to be about.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The key the device signs with: a point on P-256, uncompressed (SEC 1 §2.3.3).
    pub device_public_key: &'a [u8],
    /// What this device was asked to have signed: see [`challenge`].
    pub challenge: [u8; 32],
    /// Seconds since 1970 in UTC.
    pub now: i64,
    /// The apps that may ask.
    pub apps: &'a Apps,
}

/// The apps that are genuine.
#[derive(Debug, Clone, Default)]
pub struct Apps {
    /// Each as Apple's app id: the team's id, a dot, the bundle's id.
    pub apple: Vec<String>,
    /// Each with the key it is signed with.
    pub android: Vec<AndroidApp>,
    /// Whether apps that run in App Attest's development environment count.
    pub allow_apple_development: bool,
}

/// An Android app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AndroidApp {
    /// Its package's name.
    pub package: String,
    /// SHA-256 of the certificate it is signed with.
    pub signing_digest: [u8; 32],
}

/// What a phone sends.
#[derive(Debug, Clone)]
pub enum Statement<'a> {
    /// App Attest (Apple, "Validating apps that connect to your server"). The key it is about is
    /// not the device's: that one is bound by the challenge, which names it.
    AppleAppAttest {
        /// The attestation object, in CBOR.
        attestation_object: &'a [u8],
        /// The id of the attested key, as the phone names it.
        key_id: &'a [u8],
    },
    /// Key Attestation (Android, "Verify hardware-backed key pairs with key attestation").
    AndroidKey {
        /// The certificates in DER, the device key's first.
        chain: Vec<&'a [u8]>,
    },
}

/// What a statement proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attested {
    /// Where the attested key lives.
    pub keeper: Keeper,
    /// The app that asked: Apple's app id, or the name of an Android package.
    pub app: String,
    /// Whether the app runs in App Attest's development environment.
    pub development: bool,
    /// The serial number of each certificate, leaf first, big-endian, without the sign's zero.
    pub serials: Vec<Vec<u8>>,
}

/// Hardware that keeps keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keeper {
    /// Apple's Secure Enclave.
    SecureEnclave,
    /// A trusted environment of the main processor.
    TrustedEnvironment,
    /// A processor of its own.
    StrongBox,
}

coded! {
    /// Why a statement proves nothing: for the audit trail, never for the device.
    Refusal:
    /// The statement is not what its vendor says, or not strictly encoded.
    Malformed = "attestation_malformed",
    /// There are no certificates, or too many, or too large ones.
    ChainSize = "attestation_chain_size",
    /// A certificate is not what RFC 5280 says, or not strict DER.
    CertificateMalformed = "attestation_certificate_malformed",
    /// A certificate's key or signature is of a kind that is not known here, or too weak.
    CertificateAlgorithm = "attestation_certificate_algorithm",
    /// A certificate has a critical extension that is not known here (RFC 5280 §4.2).
    CertificateExtension = "attestation_certificate_extension",
    /// A certificate may not be used for this (key usage, basic constraints).
    CertificateUsage = "attestation_certificate_usage",
    /// A certificate is not valid now.
    CertificateValidity = "attestation_certificate_validity",
    /// A certificate was not issued by the next one.
    CertificateSignature = "attestation_certificate_signature",
    /// No trusted root issued the last certificate.
    RootUnknown = "attestation_root_unknown",
    /// The first certificate states nothing.
    StatementMissing = "attestation_statement_missing",
    /// A certificate states something that is not the first: an attested key issued others.
    StatementMisplaced = "attestation_statement_misplaced",
    /// It answers another challenge.
    Challenge = "attestation_challenge",
    /// It is about another key.
    Key = "attestation_key",
    /// It was asked for by an app that is not genuine.
    App = "attestation_app",
    /// The attested key has been used before.
    Counter = "attestation_counter",
    /// The app runs in an environment that is not allowed.
    Environment = "attestation_environment",
    /// The key, or the statement about it, was made in software.
    SecurityLevel = "attestation_security_level",
    /// Hardware does not hold the key to what it is for: signing, on a curve.
    KeyUse = "attestation_key_use",
    /// The key was not made in hardware.
    KeyOrigin = "attestation_key_origin",
    /// Hardware does not say what the phone started from.
    BootUnknown = "attestation_boot_unknown",
    /// The phone takes any software.
    BootUnlocked = "attestation_boot_unlocked",
    /// The phone was not started from its maker's software.
    BootUnverified = "attestation_boot_unverified",
}

/// Checks a statement.
pub fn verify(
    statement: &Statement<'_>,
    expected: &Expected<'_>,
    roots: &Roots,
) -> Result<Attested, Refusal> {
    match statement {
        Statement::AppleAppAttest { attestation_object, key_id } => {
            apple::verify((attestation_object, key_id), expected, &expected.challenge, roots)
        }
        Statement::AndroidKey { chain } => android::verify(chain, expected, roots),
    }
}

/// What the phone has to have signed, so that a statement counts for one session, one hand-off, one
/// device and one key. None of the texts holds a line break.
pub fn challenge(
    session: &str,
    token: &str,
    device_id: &str,
    device_public_key: &[u8],
) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for line in ["kayle-attestation-v1", session, token, device_id] {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    for byte in device_public_key {
        hasher.update(format!("{byte:02x}").as_bytes());
    }
    hasher.update(b"\n");
    hasher.finish()
}
