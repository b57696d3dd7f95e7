//! Certificate revocation lists (RFC 5280 §5; 9303-12 §7.1.4).

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag};

use crate::algorithm::explicit;
use crate::asn1::{AlgorithmIdentifier, Malformed, elements, optional, sequence};
use crate::certificate::{Seconds, Signed, extensions, name, time};
use crate::name::Name;

/// `id-ce-cRLNumber`, `id-ce-authorityKeyIdentifier`, `id-ce-issuerAltName`
const KNOWN: [&[u8]; 3] = [&[0x55, 0x1d, 20], &[0x55, 0x1d, 35], &[0x55, 0x1d, 18]];
/// `id-ce-cRLReasons`, `id-ce-invalidityDate`
const KNOWN_OF_ENTRIES: [&[u8]; 2] = [&[0x55, 0x1d, 21], &[0x55, 0x1d, 24]];

/// A list: who says so, when, and the serial numbers as encoded.
#[derive(Debug)]
pub(crate) struct RevocationList<'a> {
    pub signed: Signed<'a>,
    pub issuer: Name,
    pub this_update: Seconds,
    pub next_update: Option<Seconds>,
    pub revoked: Vec<&'a [u8]>,
    /// Something critical that is not known here: the list says more than is understood.
    pub unknown_critical: bool,
}

impl<'a> RevocationList<'a> {
    /// Reads one list, and nothing after it.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let signed = Signed::read(bytes)?;
        sequence(signed.bytes, |reader| {
            if reader.decode::<u8>()? != 1 {
                return Err(Malformed);
            }
            if reader.decode::<AlgorithmIdentifier<'_>>()? != signed.algorithm {
                return Err(Malformed);
            }
            let issuer = Name::read(name(reader)?)?;
            let this_update = time(reader)?;
            let next_update = next_update(reader)?;
            let mut unknown_critical = false;
            let mut revoked = Vec::new();
            if let Some(list) = optional(reader, Tag::Sequence)? {
                for entry in elements(list) {
                    let (serial, unknown) = sequence(entry?, read_entry)?;
                    revoked.push(serial);
                    unknown_critical |= unknown;
                }
            }
            if let Some(list) = explicit(reader, 0)? {
                unknown_critical |= unknown(list, &KNOWN)?;
            }
            revoked.sort_unstable();
            Ok(Self { signed, issuer, this_update, next_update, revoked, unknown_critical })
        })
    }
}

fn next_update(reader: &mut SliceReader<'_>) -> Result<Option<Seconds>, Malformed> {
    if reader.is_finished() || !matches!(Tag::peek(reader)?, Tag::UtcTime | Tag::GeneralizedTime) {
        return Ok(None);
    }
    time(reader).map(Some)
}

/// The serial number of an entry, and whether it says more than is understood.
fn read_entry<'a>(reader: &mut SliceReader<'a>) -> Result<(&'a [u8], bool), Malformed> {
    let serial = AnyRef::decode(reader)?;
    if serial.header().tag() != Tag::Integer {
        return Err(Malformed);
    }
    time(reader)?;
    if reader.is_finished() {
        return Ok((serial.value(), false));
    }
    Ok((serial.value(), unknown(reader.tlv_bytes()?, &KNOWN_OF_ENTRIES)?))
}

/// Whether a critical extension is not among the known.
fn unknown(list: &[u8], known: &[&[u8]]) -> Result<bool, Malformed> {
    let is_known = |id: &ObjectIdentifier| known.contains(&id.as_bytes());
    Ok(extensions(list)?.iter().any(|extension| extension.critical && !is_known(&extension.id)))
}
