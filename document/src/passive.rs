//! Passive authentication: EF.SOD is signed by a document signer that a trusted CSCA certified, and
//! lists the hash of every data group that was sent (9303-11 §5.1; 9303-12 §7).

use crate::certificate::{Certificate, Seconds};
use crate::cms::SignedData;
use crate::country;
use crate::failure::Rule;
use crate::key::hash;
use crate::policy::Policy;
use crate::sod::{self, SecurityObject};
use crate::trust::{Anchor, Revocation, TrustStore};

/// How far a signer's clock may be ahead, in seconds.
const CLOCK_SLACK: Seconds = 86_400;

/// Data groups as they were read, by number.
pub(crate) type Groups<'a> = [(u8, &'a [u8])];

/// Against what documents are checked.
#[derive(Debug, Clone, Copy)]
pub struct Authorities<'a> {
    /// Whose documents are believed.
    pub trust: &'a TrustStore,
    /// What is allowed.
    pub policy: &'a Policy,
    /// The present, in seconds since 1970.
    pub now: Seconds,
}

/// EF.SOD as it was verified.
#[derive(Debug)]
pub(crate) struct Verified<'a> {
    /// What it lists.
    pub object: SecurityObject<'a>,
    /// The signer's country.
    pub country: Option<country::Code>,
}

/// Checks EF.SOD, and that it lists `groups` with these very bytes.
pub(crate) fn verify<'a>(
    sod: &'a [u8],
    groups: &Groups<'_>,
    by: Authorities<'_>,
) -> Result<Verified<'a>, Rule> {
    let data = sod::open(sod)?;
    let (country, made) = verify_signer(&data, by)?;
    let object = SecurityObject::read(data.content)?;
    by.policy.allows(object.digest, made).then_some(()).ok_or(Rule::SodAlgorithmForbidden)?;
    for (number, bytes) in groups {
        let listed = object.hash(*number).ok_or(Rule::DataGroupUnlisted)?;
        let computed = hash(object.digest, &[bytes]).map_err(|_| Rule::SodAlgorithm)?;
        if listed != computed {
            return Err(Rule::DataGroupHash);
        }
    }
    Ok(Verified { object, country })
}

/// Checks who signed; returns their country, and the last instant at which they can have signed.
fn verify_signer(
    data: &SignedData<'_>,
    by: Authorities<'_>,
) -> Result<(Option<country::Code>, Seconds), Rule> {
    let signer = &data.signer;
    let known = by.trust.signers(&signer.id);
    let certificate = data.signer_certificate(known).map_err(|_| Rule::CertificateMalformed)?;
    let certificate = certificate.ok_or(Rule::SignerMissing)?;
    let (_, digests) = signer.scheme()?;
    signer.verify(&certificate.key()?, (data.content_type, data.content))?;
    let signed_at = signer.signing_time().map_err(|_| Rule::SodMalformed)?;
    let made = signed_at.unwrap_or_else(|| last_use(&certificate).min(by.now));
    if !digests.iter().all(|digest| by.policy.allows(*digest, made)) {
        return Err(Rule::SodAlgorithmForbidden);
    }
    verify_certificate(&certificate, signed_at, by)?;
    Ok((certificate.subject.country(), made))
}

/// Until when the certificate lets its key sign.
fn last_use(certificate: &Certificate<'_>) -> Seconds {
    certificate.extensions.usage_period.1.unwrap_or(certificate.not_after)
}

/// Checks a document signer's certificate for a document signed at that time; without one it has
/// to be good today.
fn verify_certificate(
    certificate: &Certificate<'_>,
    signed_at: Option<Seconds>,
    by: Authorities<'_>,
) -> Result<(), Rule> {
    if certificate.extensions.unknown_critical {
        return Err(Rule::CertificateExtension);
    }
    if !certificate.is_document_signer() {
        return Err(Rule::CertificateUsage);
    }
    let at = signed_at.unwrap_or(by.now);
    let ahead = at > by.now.saturating_add(CLOCK_SLACK);
    let (from, to) = certificate.extensions.usage_period;
    let used =
        signed_at.is_none_or(|at| from.is_none_or(|f| f <= at) && to.is_none_or(|t| at <= t));
    if ahead || !used || at < certificate.not_before || at > certificate.not_after {
        return Err(Rule::CertificateValidity);
    }
    let (_, digest) = certificate.signed.scheme()?;
    if !by.policy.allows(digest, certificate.not_before) {
        return Err(Rule::CertificateAlgorithmForbidden);
    }
    if !certificate.key()?.may_certify() {
        return Err(Rule::CertificateAlgorithmForbidden);
    }
    // Who signed today was certified by an authority that may have ended since.
    verify_issuer(certificate, signed_at.unwrap_or(certificate.not_before), by)
}

fn verify_issuer(
    certificate: &Certificate<'_>,
    at: Seconds,
    by: Authorities<'_>,
) -> Result<(), Rule> {
    let mut refused = Rule::IssuerUnknown;
    for anchor in by.trust.issuers(certificate) {
        match issued(certificate, anchor, at) {
            Ok(()) => return revocation(certificate, anchor, by),
            Err(rule) => refused = rule,
        }
    }
    Err(refused)
}

fn issued(certificate: &Certificate<'_>, anchor: &Anchor, at: Seconds) -> Result<(), Rule> {
    if !certificate.signed.verify(&anchor.key)? {
        return Err(Rule::CertificateSignature);
    }
    if at < anchor.not_before || at > anchor.not_after {
        return Err(Rule::CertificateValidity);
    }
    if !certificate.subject.is_of_country(&anchor.subject) {
        return Err(Rule::CountryMismatch);
    }
    Ok(())
}

fn revocation(
    certificate: &Certificate<'_>,
    anchor: &Anchor,
    by: Authorities<'_>,
) -> Result<(), Rule> {
    match by.trust.revocation(anchor, certificate.serial, by.now) {
        Revocation::Revoked => Err(Rule::CertificateRevoked),
        Revocation::Stale | Revocation::Unknown if by.policy.require_fresh_crl => {
            Err(Rule::RevocationUnknown)
        }
        Revocation::Fresh | Revocation::Stale | Revocation::Unknown => Ok(()),
    }
}
