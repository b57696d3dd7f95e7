//! Certificates that may become anchors, each read once however often it was offered.

use std::collections::HashMap;

use openssl::sha::sha256;

use super::parallel;
use super::report::Status;
use crate::certificate::Certificate;
use crate::failure::Rule;
use crate::key::PublicKey;
use crate::name::text;

/// SHA-256 of a certificate.
pub(super) type Fingerprint = [u8; 32];

/// Where a certificate came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer {
    /// Which source, by its position.
    pub source: usize,
    /// Which master list, by its position; `None`: the operator gave it.
    pub list: Option<usize>,
}

/// A certificate with everyone who offered it.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub bytes: &'a [u8],
    pub fingerprint: Fingerprint,
    pub offers: Vec<Offer>,
    pub read: Result<Read<'a>, Refusal>,
}

/// Why a certificate is none of any use, and whose it is.
#[derive(Debug)]
pub(super) struct Refusal {
    pub what: String,
    pub status: Status,
}

/// A certificate of some use.
#[derive(Debug)]
pub(super) enum Read<'a> {
    /// It may issue certificates.
    Authority(Box<Authority<'a>>),
    /// It may sign documents.
    Signer(Box<Certificate<'a>>),
}

/// An authority's certificate with its key.
#[derive(Debug)]
pub(super) struct Authority<'a> {
    pub certificate: Certificate<'a>,
    pub key: PublicKey,
    /// Whether the signature is its own key's.
    pub self_signed: bool,
}

impl<'a> Candidate<'a> {
    /// Reads what was offered, and checks which certificates are signed by their own keys.
    pub fn gather(offered: &[(&'a [u8], Offer)]) -> Vec<Self> {
        let mut distinct: Vec<(&[u8], Fingerprint, Vec<Offer>)> = Vec::new();
        let mut known: HashMap<Fingerprint, usize> = HashMap::new();
        let fingerprints = parallel::map(offered, |(bytes, _)| sha256(bytes));
        for ((bytes, offer), fingerprint) in offered.iter().zip(fingerprints) {
            let at = *known.entry(fingerprint).or_insert(distinct.len());
            match distinct.get_mut(at) {
                Some((_, _, offers)) => offers.push(*offer),
                None => distinct.push((bytes, fingerprint, vec![*offer])),
            }
        }
        let read = parallel::map(&distinct, |(bytes, ..)| Read::certificate(bytes));
        let distinct = distinct.into_iter().zip(read);
        distinct
            .map(|((bytes, fingerprint, offers), read)| Self { bytes, fingerprint, offers, read })
            .collect()
    }

    /// The authority that it may become an anchor as.
    pub fn authority(&self) -> Option<&Authority<'a>> {
        match &self.read {
            Ok(Read::Authority(authority)) => Some(authority),
            _ => None,
        }
    }

    /// What to call it.
    pub fn what(&self) -> String {
        match &self.read {
            Ok(Read::Authority(authority)) => text(authority.certificate.subject_bytes),
            Ok(Read::Signer(certificate)) => text(certificate.subject_bytes),
            Err(refusal) => refusal.what.clone(),
        }
    }
}

impl<'a> Read<'a> {
    /// Reads one certificate.
    pub fn certificate(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let Ok(certificate) = Certificate::read(bytes) else {
            return Err(Refusal { what: "certificate".into(), status: Status::Malformed });
        };
        let refuse = |status| Err(Refusal { what: text(certificate.subject_bytes), status });
        if certificate.is_document_signer() {
            return Ok(Self::Signer(Box::new(certificate)));
        }
        if !certificate.is_authority() {
            return refuse(Status::Unusable);
        }
        if certificate.extensions.unknown_critical {
            return refuse(Status::Unsupported);
        }
        let key = certificate.key();
        let own = key.and_then(|key| Ok((signs_itself(&certificate, &key)?, key)));
        match own {
            Ok((_, key)) if !key.may_certify() => refuse(Status::Forbidden),
            Ok((self_signed, key)) => {
                Ok(Self::Authority(Box::new(Authority { certificate, key, self_signed })))
            }
            Err(Rule::CertificateAlgorithm) => refuse(Status::Unsupported),
            Err(_) => refuse(Status::Malformed),
        }
    }
}

/// Whether the signature is `key`'s. SHA-1 does no harm here: the operator trusts the key.
fn signs_itself(certificate: &Certificate<'_>, key: &PublicKey) -> Result<bool, Rule> {
    let verified = certificate.is_self_issued()
        && states_own_key(certificate)
        && certificate.signed.verify(key)?;
    // An identifier that is not known is an error whoever signed.
    certificate.signed.scheme().map(|_| verified)
}

/// Whether it does not say that another key signed it.
pub(super) fn states_own_key(certificate: &Certificate<'_>) -> bool {
    let extensions = &certificate.extensions;
    extensions
        .authority_key_id
        .zip(extensions.subject_key_id)
        .is_none_or(|(authority, subject)| authority == subject)
}
