//! Master lists: CSCA certificates that a country vouches for (9303-12 §9).
//!
//! A list says nothing by itself: its signer must have been certified by a CSCA that is an anchor
//! without it, because the operator gave that CSCA's certificate or an accepted list brought it.

use der::Tag;
use der::asn1::ObjectIdentifier;

use super::report::Status;
use crate::asn1::{Malformed, elements, optional, sequence};
use crate::certificate::{Certificate, Seconds};
use crate::cms::SignedData;
use crate::policy::Policy;

/// `id-icao-cscaMasterList`.
const MASTER_LIST: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.2");

/// No certificate is shorter, in bytes; without a bound, a list of nothings would take many times
/// its length to read.
const SHORTEST: usize = 64;

/// A master list whose signature is its signer's; who that is remains to be seen.
#[derive(Debug)]
pub(super) struct MasterList<'a> {
    /// Which source, by its position.
    pub source: usize,
    pub signer: Certificate<'a>,
    /// Each certificate as encoded.
    pub certificates: Vec<&'a [u8]>,
}

impl<'a> MasterList<'a> {
    /// Reads a list and checks everything but its signer's issuer.
    pub fn read(
        source: usize,
        bytes: &'a [u8],
        policy: &Policy,
        now: Seconds,
    ) -> Result<Self, Status> {
        let data = SignedData::read(bytes).map_err(|_| Status::Malformed)?;
        if data.content_type != MASTER_LIST {
            return Err(Status::Unsupported);
        }
        let certificates = certificates(data.content).map_err(|_| Status::Malformed)?;
        let signer = data.signer_certificate(std::iter::empty()).map_err(|_| Status::Malformed)?;
        let signer = signer.ok_or(Status::ListSignerUnknown)?;
        let made = data.signer.signing_time().map_err(|_| Status::Malformed)?.unwrap_or(now);
        may_sign(&signer, made)?;
        let (_, digests) = data.signer.scheme().map_err(|_| Status::Unsupported)?;
        if !digests.iter().all(|digest| policy.allows(*digest, made)) {
            return Err(Status::Forbidden);
        }
        let key = signer.key().map_err(|_| Status::Unsupported)?;
        if !key.may_certify() {
            return Err(Status::Forbidden);
        }
        let verified = data.signer.verify(&key, (MASTER_LIST, data.content));
        verified.map_err(|_| Status::SignatureWrong)?;
        Ok(Self { source, signer, certificates })
    }
}

/// Lists are kept for years: the signer had to be valid when it signed, not today.
fn may_sign(signer: &Certificate<'_>, made: Seconds) -> Result<(), Status> {
    if signer.extensions.unknown_critical {
        return Err(Status::Unsupported);
    }
    let valid = (signer.not_before..=signer.not_after).contains(&made);
    let may = valid && signer.is_master_list_signer();
    may.then_some(()).ok_or(Status::Unusable)
}

/// `CscaMasterList`.
fn certificates(content: &[u8]) -> Result<Vec<&[u8]>, Malformed> {
    let set = sequence(content, |reader| {
        let version: u8 = der::Decode::decode(reader)?;
        if version != 0 {
            return Err(Malformed);
        }
        optional(reader, Tag::Set)?.ok_or(Malformed)
    })?;
    let long_enough = |bytes: &&[u8]| bytes.len() >= SHORTEST;
    elements(set)
        .map(|element| element.and_then(|e| Some(e).filter(long_enough).ok_or(Malformed)))
        .collect()
}
