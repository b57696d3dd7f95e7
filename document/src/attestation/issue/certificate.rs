//! Certificates of the shape attestations have, with every deviation a draft can have.

use std::borrow::Cow;

use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcKey, EcPoint};
use openssl::ecdsa::EcdsaSig;
use openssl::pkey::Private;
use openssl::sha::sha256;
use time::OffsetDateTime;

use crate::curve::{Curve, point_bytes};
use crate::issue::encode::{dotted, element, long_element};

/// `[number] EXPLICIT`, `number` below 16,384.
pub(super) fn context(number: u16, content: &[u8]) -> Vec<u8> {
    let seven = |bits: u16| u8::try_from(bits & 0x7f).expect("seven bits fit");
    match number {
        0..=30 => element(0xa0 | seven(number), &[content]),
        31..=127 => long_element(&[0xbf, seven(number)], &[content]),
        _ => long_element(&[0xbf, 0x80 | seven(number >> 7), seven(number)], &[content]),
    }
}

/// ECDSA with SHA-256.
pub(super) const ECDSA: &str = "1.2.840.10045.4.3.2";

/// A key pair on P-256.
#[derive(Debug, Clone)]
pub struct KeyPair(EcKey<Private>);

impl KeyPair {
    /// The pair that belongs to a seed: the same one every time.
    pub fn of(seed: &[u8]) -> Self {
        Self::derive(seed)
            .expect("every number of that size is a private key, but for 2^-32 of them")
    }

    fn derive(seed: &[u8]) -> Result<Self, openssl::error::ErrorStack> {
        let group = Curve::P256.group();
        let private = BigNum::from_slice(&sha256(seed))?;
        let mut public = EcPoint::new(group)?;
        public.mul_generator2(group, &private, &mut *BigNumContext::new()?)?;
        Ok(Self(EcKey::from_private_components(group, &private, &public)?))
    }

    /// The public key: a point, uncompressed.
    pub fn public(&self) -> Vec<u8> {
        point_bytes(Curve::P256, self.0.public_key()).expect("a key's point is on its curve")
    }

    fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        let signature = EcdsaSig::sign(&sha256(bytes), &self.0);
        signature.and_then(|signature| signature.to_der()).expect("a pair can sign")
    }
}

/// An extension to be.
#[derive(Debug, Clone)]
pub struct Extension {
    /// Its identifier, with dots.
    pub id: Cow<'static, str>,
    /// Whether those who do not know it must refuse the certificate.
    pub critical: bool,
    /// Its value in DER.
    pub value: Vec<u8>,
}

/// A certificate to be.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its serial number, big-endian and signed.
    pub serial: Vec<u8>,
    /// Common name of the subject.
    pub subject: &'static str,
    /// Common name of the issuer.
    pub issuer: &'static str,
    /// The subject's public key, as a `SubjectPublicKeyInfo`.
    pub key_info: Vec<u8>,
    /// The algorithm it says it is signed with; what it is signed with is ECDSA with SHA-256.
    pub algorithm: &'static str,
    /// First and last second it is valid.
    pub validity: (i64, i64),
    /// Whether it may issue others, with so many between it and the leaf.
    pub authority: Option<Option<u8>>,
    /// The bits of its key usage, first bit highest.
    pub usage: u8,
    /// What else it says.
    pub extensions: Vec<Extension>,
}

impl Draft {
    /// The certificate, signed with that key.
    pub fn sign(&self, issuer: &KeyPair) -> Vec<u8> {
        let algorithm = element(0x30, &[&dotted(self.algorithm)]);
        let (from, to) = (time(self.validity.0), time(self.validity.1));
        let content = [
            context(0, &element(2, &[&[2]])),
            element(2, &[&self.serial]),
            algorithm.clone(),
            name(self.issuer),
            element(0x30, &[&from, &to]),
            name(self.subject),
            self.key_info.clone(),
            context(3, &element(0x30, &[&self.extensions().concat()])),
        ];
        let content = element(0x30, &[&content.concat()]);
        let signature = element(3, &[&[0], &issuer.sign(&content)]);
        element(0x30, &[&content, &algorithm, &signature])
    }

    fn extensions(&self) -> Vec<Vec<u8>> {
        let limit = |limit: u8| element(2, &[&[limit]]);
        let authority = match self.authority {
            Some(below) => element(0x30, &[&[1, 1, 0xff], &below.map(limit).unwrap_or_default()]),
            None => element(0x30, &[]),
        };
        let usage = element(3, &[&[0, self.usage]]);
        let own = [("2.5.29.19", authority), ("2.5.29.15", usage)];
        let own = own.map(|(id, value)| Extension { id: id.into(), critical: true, value });
        own.iter().chain(&self.extensions).map(Extension::encode).collect()
    }
}

impl Extension {
    fn encode(&self) -> Vec<u8> {
        let critical: &[u8] = if self.critical { &[1, 1, 0xff] } else { &[] };
        element(0x30, &[&dotted(&self.id), critical, &element(4, &[&self.value])])
    }
}

fn name(common: &str) -> Vec<u8> {
    let attribute = element(0x30, &[&dotted("2.5.4.3"), &element(0x0c, &[common.as_bytes()])]);
    element(0x30, &[&element(0x31, &[&attribute])])
}

/// The `SubjectPublicKeyInfo` of a point on P-256.
pub(super) fn key_info(point: &[u8]) -> Vec<u8> {
    let algorithm = element(0x30, &[&dotted("1.2.840.10045.2.1"), &dotted("1.2.840.10045.3.1.7")]);
    element(0x30, &[&algorithm, &element(3, &[&[0], point])])
}

/// `GeneralizedTime`.
fn time(seconds: i64) -> Vec<u8> {
    let at = OffsetDateTime::from_unix_timestamp(seconds).expect("a year of four digits");
    let (year, month, day) = at.to_calendar_date();
    let (hour, minute, second) = at.to_hms();
    let month = u8::from(month);
    element(
        0x18,
        &[format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z").as_bytes()],
    )
}
