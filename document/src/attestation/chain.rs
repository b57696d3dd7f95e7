//! Chains of certificates from a statement to a root the operator trusts (RFC 5280 §6.1, without
//! policies and name constraints, which no vendor uses).

use der::asn1::ObjectIdentifier;
use openssl::x509::X509;

use super::Refusal;
use crate::algorithm::{Digest, Scheme};
use crate::certificate::{Certificate, Seconds};
use crate::crl::serial_number;
use crate::curve::{Curve, point_bytes};
use crate::failure::Rule;
use crate::key::{Kind, PublicKey};
use crate::name::Name;

/// Most certificates of a chain: Android's have up to five, and their root.
const MOST_CERTIFICATES: usize = 6;
/// Longest certificate, in bytes: vendors' are below 2,000.
const LONGEST_CERTIFICATE: usize = 8_192;

/// The roots that the operator trusts: names with keys, whatever else their certificates say. Google
/// has issued several certificates for one key, the older of which have expired.
#[derive(Debug, Clone, Default)]
pub struct Roots(Vec<Root>);

#[derive(Debug, Clone)]
struct Root {
    subject: Name,
    key: PublicKey,
}

/// A root that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct RootError {
    /// Which file.
    pub file: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl Roots {
    /// Reads files with a certificate in DER each, or with any number of them in PEM, each file
    /// with its name.
    pub fn load<N: AsRef<str>, B: AsRef<[u8]>>(files: &[(N, B)]) -> Result<Self, RootError> {
        let mut roots = Self::default();
        for (name, bytes) in files {
            let failed = |reason| RootError { file: name.as_ref().to_owned(), reason };
            roots.add(bytes.as_ref()).map_err(failed)?;
        }
        Ok(roots)
    }

    fn add(&mut self, file: &[u8]) -> Result<(), &'static str> {
        // DER begins with the tag of a SEQUENCE, which no text does: it is the digit 0.
        if file.first() == Some(&0x30) {
            return self.add_one(file);
        }
        let certificates = X509::stack_from_pem(file).map_err(|_| "neither DER nor PEM")?;
        if certificates.is_empty() {
            return Err("holds no certificate");
        }
        for certificate in certificates {
            self.add_one(&certificate.to_der().map_err(|_| "holds no certificate")?)?;
        }
        Ok(())
    }

    fn add_one(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
        let certificate =
            Certificate::read(bytes).map_err(|_| "not a certificate in strict DER")?;
        if !certificate.is_authority() {
            return Err("not the certificate of an authority");
        }
        let key = key(&certificate).map_err(|_| "its key is too weak, or of an unknown kind")?;
        self.0.push(Root { subject: certificate.subject, key });
        Ok(())
    }

    fn issued(&self, certificate: &Certificate<'_>) -> Result<bool, Refusal> {
        for root in self.0.iter().filter(|root| root.subject == certificate.issuer) {
            if is_signed(certificate, &root.key)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// How a vendor's chains are checked.
pub(super) struct Terms<'a> {
    pub now: Seconds,
    /// Critical extensions the vendor's own rules deal with.
    pub known: &'a [ObjectIdentifier],
    /// Whether the certificates above the first may have expired.
    pub issuers_outlive: bool,
}

/// Reads the certificates of a chain.
pub(super) fn read<'a>(chain: &[&'a [u8]]) -> Result<Vec<Certificate<'a>>, Refusal> {
    let fits = |bytes: &&[u8]| bytes.len() <= LONGEST_CERTIFICATE;
    if chain.is_empty() || chain.len() > MOST_CERTIFICATES || !chain.iter().all(fits) {
        return Err(Refusal::ChainSize);
    }
    let read = |bytes: &&'a [u8]| Certificate::read(bytes);
    chain.iter().map(read).collect::<Result<_, _>>().map_err(|_| Refusal::CertificateMalformed)
}

/// Checks a chain, leaf first. The root may be its end, or be left out.
pub(super) fn verify(
    chain: &[Certificate<'_>],
    terms: &Terms<'_>,
    roots: &Roots,
) -> Result<(), Refusal> {
    let mut below = 0;
    for (at, certificate) in chain.iter().enumerate() {
        check(certificate, at == 0, terms)?;
        let Some(authorities) = at.checked_sub(1) else { continue };
        allows(certificate, below)?;
        below += u8::from(!certificate.is_self_issued());
        let issued = &chain[authorities];
        if issued.issuer != certificate.subject || !is_signed(issued, &key(certificate)?)? {
            return Err(Refusal::CertificateSignature);
        }
    }
    let last = chain.last().ok_or(Refusal::ChainSize)?;
    roots.issued(last)?.then_some(()).ok_or(Refusal::RootUnknown)
}

fn check(certificate: &Certificate<'_>, is_leaf: bool, terms: &Terms<'_>) -> Result<(), Refusal> {
    let mut others = certificate.extensions.others.iter();
    if others.any(|extension| extension.critical && !terms.known.contains(&extension.id)) {
        return Err(Refusal::CertificateExtension);
    }
    let outlives = terms.issuers_outlive && !is_leaf;
    let expired = terms.now > certificate.not_after && !outlives;
    if terms.now < certificate.not_before || expired {
        return Err(Refusal::CertificateValidity);
    }
    let is_ca = certificate.extensions.constraints.is_some_and(|(ca, _)| ca);
    let fits = if is_leaf { !is_ca } else { certificate.is_authority() };
    fits.then_some(()).ok_or(Refusal::CertificateUsage)
}

/// Whether so many authorities may be between that one and the leaf.
fn allows(authority: &Certificate<'_>, below: u8) -> Result<(), Refusal> {
    let limit = authority.extensions.constraints.and_then(|(_, limit)| limit);
    limit.is_none_or(|limit| below <= limit).then_some(()).ok_or(Refusal::CertificateUsage)
}

fn is_signed(certificate: &Certificate<'_>, key: &PublicKey) -> Result<bool, Refusal> {
    let (scheme, digest) = certificate.signed.scheme().map_err(refusal)?;
    if digest == Digest::Sha1 || scheme == Scheme::EcdsaPlain {
        return Err(Refusal::CertificateAlgorithm);
    }
    certificate.signed.verify(key).map_err(refusal)
}

/// The key a certificate is about, if it is strong enough.
fn key(certificate: &Certificate<'_>) -> Result<PublicKey, Refusal> {
    let key = certificate.key().map_err(refusal)?;
    let shortest = match key.kind() {
        Kind::Rsa { .. } => 2_048,
        Kind::Ec { .. } => 256,
    };
    (key.bits() >= shortest).then_some(key).ok_or(Refusal::CertificateAlgorithm)
}

fn refusal(rule: Rule) -> Refusal {
    match rule {
        Rule::CertificateMalformed => Refusal::CertificateMalformed,
        _ => Refusal::CertificateAlgorithm,
    }
}

/// The point on P-256 a certificate is about, uncompressed.
pub(super) fn point(certificate: &Certificate<'_>) -> Result<Vec<u8>, Refusal> {
    match key(certificate)?.kind() {
        Kind::Ec { key, curve: Curve::P256 } => {
            point_bytes(Curve::P256, key.public_key()).ok_or(Refusal::Key)
        }
        _ => Err(Refusal::Key),
    }
}

/// The serial number of each certificate.
pub(super) fn serials(chain: &[Certificate<'_>]) -> Vec<Vec<u8>> {
    chain.iter().map(|certificate| serial_number(certificate.serial).to_vec()).collect()
}
