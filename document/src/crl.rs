//! Certificate revocation lists, read without copies (RFC 5280 §5; 9303-12 §7.1.4).

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag};

use crate::algorithm::explicit;
use crate::asn1::{AlgorithmIdentifier, Malformed, elements, optional, sequence};
use crate::certificate::{Seconds, Signed, authority_key_id, extensions, name, time};
use crate::name::Name;

/// A revocation list: where its parts are, and what its extensions say.
#[derive(Debug)]
pub(crate) struct RevocationList<'a> {
    /// What the issuer signed.
    pub signed: Signed<'a>,
    /// The issuer's `Name`, as encoded.
    pub issuer_bytes: &'a [u8],
    pub issuer: Name,
    pub this_update: Seconds,
    pub next_update: Option<Seconds>,
    pub authority_key_id: Option<&'a [u8]>,
    /// An extension of the list or of an entry changes what it means in a way not known here:
    /// it is a part of a list, or lists another issuer's certificates (RFC 5280 §5.2, §5.3).
    pub unknown_critical: bool,
    /// The content of each revoked certificate's serial number.
    pub serials: Vec<&'a [u8]>,
}

/// An INTEGER's content without leading zeros. Countries have encoded high serial numbers as
/// negative in certificates and correctly in lists: both are one number here.
pub(crate) fn serial_number(content: &[u8]) -> &[u8] {
    let zeros = content.iter().take_while(|byte| **byte == 0).count();
    &content[zeros..]
}

impl<'a> RevocationList<'a> {
    /// Reads one list of version 2, and nothing after it.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let signed = Signed::read(bytes)?;
        sequence(signed.bytes, |reader| {
            if reader.decode::<u8>()? != 1 {
                return Err(Malformed);
            }
            let inner: AlgorithmIdentifier<'_> = reader.decode()?;
            if inner != signed.algorithm {
                return Err(Malformed);
            }
            let issuer_bytes = name(reader)?;
            let mut list = Self {
                signed,
                issuer_bytes,
                issuer: Name::read(issuer_bytes)?,
                this_update: time(reader)?,
                next_update: next_update(reader)?,
                authority_key_id: None,
                unknown_critical: false,
                serials: Vec::new(),
            };
            for entry in elements(optional(reader, Tag::Sequence)?.unwrap_or_default()) {
                list.revoke(entry?)?;
            }
            if let Some(stated) = explicit(reader, 0)? {
                list.learn(stated)?;
            }
            Ok(list)
        })
    }

    fn revoke(&mut self, entry: &'a [u8]) -> Result<(), Malformed> {
        let unknown = sequence(entry, |reader| {
            self.serials.push(integer(reader)?);
            time(reader)?;
            if reader.is_finished() {
                return Ok(false);
            }
            // Why and since when: they change nothing here.
            let known = [21, 23, 24];
            has_unknown_critical(reader.tlv_bytes()?, &known)
        })?;
        self.unknown_critical |= unknown;
        Ok(())
    }

    fn learn(&mut self, stated: &'a [u8]) -> Result<(), Malformed> {
        const AUTHORITY_KEY_ID: [u8; 3] = [0x55, 0x1d, 35];
        for extension in extensions(stated)? {
            if extension.id.as_bytes() == AUTHORITY_KEY_ID {
                self.authority_key_id = authority_key_id(extension.value.as_bytes())?;
            }
        }
        // Other names of the issuer, and the list's number.
        self.unknown_critical |= has_unknown_critical(stated, &[18, 20, 35])?;
        Ok(())
    }

    /// Whether it is the word of its issuer at that time; without an end it never surely is.
    pub fn is_in_force(&self, now: Seconds) -> bool {
        in_force((self.this_update, self.next_update), now)
    }
}

/// Whether `now` is between a list's two instants.
pub(crate) fn in_force((this, next): (Seconds, Option<Seconds>), now: Seconds) -> bool {
    this <= now && next.is_some_and(|next| now <= next)
}

fn integer<'a>(reader: &mut SliceReader<'a>) -> Result<&'a [u8], Malformed> {
    let number = AnyRef::decode(reader)?;
    (number.header().tag() == Tag::Integer).then(|| number.value()).ok_or(Malformed)
}

fn next_update(reader: &mut SliceReader<'_>) -> Result<Option<Seconds>, Malformed> {
    if reader.is_finished() || !matches!(Tag::peek(reader)?, Tag::UtcTime | Tag::GeneralizedTime) {
        return Ok(None);
    }
    time(reader).map(Some)
}

/// Whether a critical extension is none of `known`, the last arcs under `id-ce`.
fn has_unknown_critical(list: &[u8], known: &[u8]) -> Result<bool, Malformed> {
    let is_known = |id: &ObjectIdentifier| match id.as_bytes() {
        [0x55, 0x1d, arc] => known.contains(arc),
        _ => false,
    };
    Ok(extensions(list)?.iter().any(|extension| extension.critical && !is_known(&extension.id)))
}

#[cfg(test)]
mod tests;
