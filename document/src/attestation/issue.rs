//! Makes statements of both kinds, under roots of its own: for tests and for a simulated phone.

mod certificate;

pub use certificate::{Draft, Extension, KeyPair};

use openssl::sha::{Sha256, sha256};

use super::apple::{DEVELOPMENT, PRODUCTION};
use super::{AndroidApp, Roots};
use crate::issue::encode::element;
use certificate::{ECDSA, context, key_info};

const DAY: i64 = 86_400;
/// The extension with the nonce of App Attest.
const APPLE_NONCE: &str = "1.2.840.113635.100.8.2";
/// The extension with Android's description of a key.
const KEY_DESCRIPTION: &str = "1.3.6.1.4.1.11129.2.1.17";

/// A vendor: a root, and an authority below it.
#[derive(Debug, Clone)]
pub struct Vendor {
    /// The root's key.
    pub root_key: KeyPair,
    /// The root's certificate.
    pub root: Draft,
    /// The key statements are signed with.
    pub key: KeyPair,
    /// The certificate of the authority that issues statements.
    pub authority: Draft,
}

/// A statement of Android to be.
#[derive(Debug, Clone)]
pub struct AndroidStatement {
    /// Where the statement is made, and where the key lives.
    pub levels: [u8; 2],
    /// What it answers.
    pub challenge: Vec<u8>,
    /// What the key is for.
    pub purposes: Vec<u8>,
    /// The key's kind.
    pub algorithm: u8,
    /// Where the key comes from.
    pub origin: u8,
    /// Whether the phone refuses other software, and the state it started in.
    pub boot: Option<(bool, u8)>,
    /// Who asked.
    pub app: Option<AndroidApp>,
    /// Entries after the others of software's list and of hardware's, in DER.
    pub more: [Vec<u8>; 2],
}

/// A statement of Apple to be.
#[derive(Debug, Clone)]
pub struct AppleStatement {
    /// The app's id.
    pub app: String,
    /// What it answers.
    pub challenge: Vec<u8>,
    /// How often the key was used.
    pub counter: u32,
    /// The environment's name.
    pub environment: [u8; 16],
    /// The id of the key the statement is about; its own if not given.
    pub key_id: Option<[u8; 32]>,
    /// What is passed over.
    pub receipt: Vec<u8>,
}

impl Vendor {
    /// The vendor that belongs to a seed, at that time.
    pub fn of(seed: &[u8], now: i64) -> Self {
        let root_key = KeyPair::of(&[seed, b"root"].concat());
        let key = KeyPair::of(&[seed, b"authority"].concat());
        let authority = |subject, key: &KeyPair, below| Draft {
            serial: vec![1],
            subject,
            issuer: "Root of tests",
            key_info: key_info(&key.public()),
            algorithm: ECDSA,
            validity: (now - 1_000 * DAY, now + 1_000 * DAY),
            authority: Some(below),
            usage: 0x04,
            extensions: Vec::new(),
        };
        let root = authority("Root of tests", &root_key, None);
        let authority = authority("Authority of tests", &key, Some(0));
        Self { root_key, root, key, authority }
    }

    /// The root's certificate, as an operator configures it.
    pub fn root_certificate(&self) -> Vec<u8> {
        self.root.sign(&self.root_key)
    }

    /// The root, configured.
    pub fn roots(&self) -> Roots {
        Roots::load(&[("root.der", self.root_certificate())]).expect("the root is one")
    }

    /// The chain for a leaf, without the root.
    pub fn chain(&self, leaf: &Draft) -> Vec<Vec<u8>> {
        vec![leaf.sign(&self.key), self.authority.sign(&self.root_key)]
    }

    /// A leaf that states `extension` of a key.
    pub fn leaf(&self, key: &[u8], extension: Extension, now: i64) -> Draft {
        Draft {
            serial: vec![1],
            subject: "Key of tests",
            issuer: self.authority.subject,
            key_info: key_info(key),
            algorithm: ECDSA,
            validity: (now - DAY, now + DAY),
            authority: None,
            usage: 0x80,
            extensions: vec![extension],
        }
    }
}

impl AndroidStatement {
    /// What a genuine phone states.
    pub fn genuine(app: AndroidApp, challenge: [u8; 32]) -> Self {
        Self {
            levels: [1, 1],
            challenge: challenge.to_vec(),
            purposes: vec![2, 3],
            algorithm: 3,
            origin: 0,
            boot: Some((true, 0)),
            app: Some(app),
            more: [Vec::new(), Vec::new()],
        }
    }

    /// The chain that states it of a device's key.
    pub fn issue(&self, vendor: &Vendor, device_public_key: &[u8], now: i64) -> Vec<Vec<u8>> {
        vendor.chain(&vendor.leaf(device_public_key, self.extension(), now))
    }

    /// The leaf's extension.
    pub fn extension(&self) -> Extension {
        let number = |number: u8| element(2, &[&[number]]);
        let [attestation, key] = self.levels.map(|level| element(0x0a, &[&[level]]));
        let [more_software, more_hardware] = &self.more;
        let software = self.app.as_ref().map(application).unwrap_or_default();
        let purposes: Vec<_> = self.purposes.iter().copied().map(number).collect();
        let hardware = [
            context(1, &element(0x31, &[&purposes.concat()])),
            context(2, &number(self.algorithm)),
            context(702, &number(self.origin)),
            self.boot.map(root_of_trust).unwrap_or_default(),
        ];
        let parts = [
            element(2, &[&[0x01, 0x2c]]),
            attestation,
            element(2, &[&[0x01, 0x2c]]),
            key,
            element(4, &[&self.challenge]),
            element(4, &[]),
            element(0x30, &[&software, more_software]),
            element(0x30, &[&hardware.concat(), more_hardware]),
        ];
        let value = element(0x30, &[&parts.concat()]);
        Extension { id: KEY_DESCRIPTION.into(), critical: false, value }
    }
}

fn root_of_trust((locked, state): (bool, u8)) -> Vec<u8> {
    let locked = if locked { 0xff } else { 0 };
    let parts = [
        element(4, &[&[7; 32]]),
        element(1, &[&[locked]]),
        element(0x0a, &[&[state]]),
        element(4, &[&[8; 32]]),
    ];
    context(704, &element(0x30, &[&parts.concat()]))
}

fn application(app: &AndroidApp) -> Vec<u8> {
    let package = element(0x30, &[&element(4, &[app.package.as_bytes()]), &element(2, &[&[1]])]);
    let digest = element(4, &[&app.signing_digest]);
    let id = element(0x30, &[&element(0x31, &[&package]), &element(0x31, &[&digest])]);
    context(709, &element(4, &[&id]))
}

impl AppleStatement {
    /// What a genuine phone states.
    pub fn genuine(app: &str, challenge: [u8; 32]) -> Self {
        Self {
            app: app.to_owned(),
            challenge: challenge.to_vec(),
            counter: 0,
            environment: *PRODUCTION,
            key_id: None,
            receipt: b"a receipt".to_vec(),
        }
    }

    /// The same, of an app in development.
    #[must_use]
    pub fn in_development(self) -> Self {
        Self { environment: *DEVELOPMENT, ..self }
    }

    /// The attestation object and the id of the key it is about.
    pub fn issue(&self, vendor: &Vendor, key: &KeyPair, now: i64) -> (Vec<u8>, [u8; 32]) {
        let leaf = vendor.leaf(&key.public(), self.extension(key), now);
        (self.object(&vendor.chain(&leaf), key), sha256(&key.public()))
    }

    /// The leaf's extension.
    pub fn extension(&self, key: &KeyPair) -> Extension {
        let mut nonce = Sha256::new();
        nonce.update(&self.key_data(key));
        nonce.update(&self.challenge);
        let nonce = context(1, &element(4, &[&nonce.finish()]));
        Extension { id: APPLE_NONCE.into(), critical: false, value: element(0x30, &[&nonce]) }
    }

    /// The attestation object with that chain.
    pub fn object(&self, chain: &[Vec<u8>], key: &KeyPair) -> Vec<u8> {
        let mut object = head(5, 3);
        object.extend([text("fmt"), text("apple-appattest"), text("attStmt"), head(5, 2)].concat());
        object.extend([text("x5c"), head(4, chain.len())].concat());
        object.extend(chain.iter().flat_map(|certificate| octets(certificate)));
        object.extend([text("receipt"), octets(&self.receipt)].concat());
        object.extend([text("authData"), octets(&self.key_data(key))].concat());
        object
    }

    fn key_data(&self, key: &KeyPair) -> Vec<u8> {
        let public = key.public();
        let key_id = self.key_id.unwrap_or_else(|| sha256(&public));
        let mut data = sha256(self.app.as_bytes()).to_vec();
        data.push(0x40);
        data.extend(self.counter.to_be_bytes());
        data.extend(self.environment);
        data.extend([0, 32]);
        data.extend(key_id);
        // COSE_Key of ES256 (RFC 9053 §7.1.1).
        data.extend([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]);
        data.extend(octets(&public[1..33]));
        data.push(0x22);
        data.extend(octets(&public[33..]));
        data
    }
}

/// The head of a CBOR item (RFC 8949 §3).
fn head(major: u8, value: usize) -> Vec<u8> {
    let value = u16::try_from(value).expect("statements are short").to_be_bytes();
    match value {
        [0, short @ ..=23] => vec![major << 5 | short],
        [0, long] => vec![major << 5 | 0x18, long],
        [high, low] => vec![major << 5 | 0x19, high, low],
    }
}

fn text(text: &str) -> Vec<u8> {
    [&head(3, text.len()), text.as_bytes()].concat()
}

fn octets(bytes: &[u8]) -> Vec<u8> {
    [&head(2, bytes.len()), bytes].concat()
}
