//! Country signing authorities, their document signers, links and revocation lists (9303-12 §7.1).

use openssl::error::ErrorStack;

use super::encode::{bits, dotted, element, extension, octets, sequence, set, time, unsigned};
use super::key::SigningKey;

/// From when to when, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// First instant.
    pub from: i64,
    /// Last instant.
    pub to: i64,
}

/// A CSCA.
#[derive(Debug, Clone)]
pub struct Authority {
    key: SigningKey,
    name: Vec<u8>,
    certificate: Vec<u8>,
}

/// A document signer.
#[derive(Debug, Clone)]
pub struct Signer {
    /// Its key.
    pub key: SigningKey,
    /// Its certificate.
    pub certificate: Vec<u8>,
    pub(super) issuer: Vec<u8>,
    pub(super) serial: Vec<u8>,
}

/// What a certificate says beside keys and names.
struct Content<'a> {
    serial: &'a [u8],
    issuer: &'a [u8],
    subject: &'a [u8],
    validity: Validity,
    key: &'a SigningKey,
    authority: bool,
}

/// A `Name`: country and common name.
fn name(country: &str, common: &str) -> Vec<u8> {
    let attribute = |kind, tag, text: &str| {
        set(&[&sequence(&[&dotted(kind), &element(tag, &[text.as_bytes()])])])
    };
    sequence(&[&attribute("2.5.4.6", 0x13, country), &attribute("2.5.4.3", 0x0c, common)])
}

/// What is signed, how, and the signature.
fn signed(key: &SigningKey, content: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    Ok(sequence(&[content, &key.identifier(), &bits(&key.sign(content)?)]))
}

fn certificate(by: &SigningKey, content: &Content<'_>) -> Result<Vec<u8>, ErrorStack> {
    let authority_id = sequence(&[&element(0x80, &[&by.id()?])]);
    // keyCertSign and cRLSign, or digitalSignature.
    let usage: [u8; 4] = if content.authority { [3, 2, 1, 6] } else { [3, 2, 7, 0x80] };
    let mut extensions = vec![
        extension(35, false, &authority_id),
        extension(14, false, &octets(&content.key.id()?)),
        extension(15, true, &usage),
    ];
    if content.authority {
        extensions.push(extension(19, true, &sequence(&[&[1, 1, 0xff], &[2, 1, 0]])));
    }
    let extensions: Vec<&[u8]> = extensions.iter().map(Vec::as_slice).collect();
    let validity = sequence(&[&time(content.validity.from), &time(content.validity.to)]);
    let content = sequence(&[
        &element(0xa0, &[&[2, 1, 2]]),
        &unsigned(content.serial),
        &by.identifier(),
        content.issuer,
        &validity,
        content.subject,
        &content.key.public()?,
        &element(0xa3, &[&sequence(&extensions)]),
    ]);
    signed(by, &content)
}

impl Authority {
    /// An authority of a country (two letters) with a certificate of its own.
    pub fn new(
        key: SigningKey,
        (country, common): (&str, &str),
        validity: Validity,
    ) -> Result<Self, ErrorStack> {
        let name = name(country, common);
        let content = Content {
            serial: &[1],
            issuer: &name,
            subject: &name,
            validity,
            key: &key,
            authority: true,
        };
        let certificate = certificate(&key, &content)?;
        Ok(Self { key, name, certificate })
    }

    /// Its own certificate, signed by itself.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// Its key.
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// A certificate of this authority for another's key: a link from the old to the new.
    pub fn link(
        &self,
        new: &Self,
        serial: &[u8],
        validity: Validity,
    ) -> Result<Vec<u8>, ErrorStack> {
        let content = Content {
            serial,
            issuer: &self.name,
            subject: &new.name,
            validity,
            key: &new.key,
            authority: true,
        };
        certificate(&self.key, &content)
    }

    /// A document signer with that key.
    pub fn signer(
        &self,
        key: SigningKey,
        serial: &[u8],
        validity: Validity,
    ) -> Result<Signer, ErrorStack> {
        let country = crate::asn1::read::<der::asn1::AnyRef<'_>>(&self.name)
            .ok()
            .and_then(|name| crate::name::Name::read(name.value()).ok()?.country())
            .unwrap_or(*b"UT");
        let country = String::from_utf8_lossy(&country).into_owned();
        let subject = name(&country, "Document Signer");
        let content = Content {
            serial,
            issuer: &self.name,
            subject: &subject,
            validity,
            key: &key,
            authority: false,
        };
        let certificate = certificate(&self.key, &content)?;
        Ok(Signer { key, certificate, issuer: self.name.clone(), serial: serial.to_vec() })
    }

    /// A revocation list of those serial numbers, good from when to when.
    pub fn revocations(&self, serials: &[&[u8]], good: Validity) -> Result<Vec<u8>, ErrorStack> {
        let entry = |serial: &&[u8]| sequence(&[&unsigned(serial), &time(good.from)]);
        let entries: Vec<Vec<u8>> = serials.iter().map(entry).collect();
        let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
        let revoked = if entries.is_empty() { Vec::new() } else { sequence(&entries) };
        let id = sequence(&[&element(0x80, &[&self.key.id()?])]);
        let extensions = sequence(&[&extension(35, false, &id), &extension(20, false, &[2, 1, 1])]);
        let content = sequence(&[
            &[2, 1, 1],
            &self.key.identifier(),
            &self.name,
            &time(good.from),
            &time(good.to),
            &revoked,
            &element(0xa0, &[&extensions]),
        ]);
        signed(&self.key, &content)
    }
}
