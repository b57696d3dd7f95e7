//! The ASN.1 shapes that several standards share: algorithm identifiers and public keys (RFC 5280
//! §4.1), read without copies and as strictly as DER is.

use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier};
use der::{Decode, Reader, Sequence, SliceReader, Tag};

/// Not what the standard says, or not DER.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

impl From<der::Error> for Malformed {
    fn from(_: der::Error) -> Self {
        Self
    }
}

/// `AlgorithmIdentifier`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Sequence)]
pub(crate) struct AlgorithmIdentifier<'a> {
    pub oid: ObjectIdentifier,
    pub parameters: Option<AnyRef<'a>>,
}

impl AlgorithmIdentifier<'_> {
    /// Whether the parameters say nothing: absent, or NULL.
    pub fn is_bare(&self) -> bool {
        self.parameters.is_none_or(AnyRef::is_null)
    }
}

/// `SubjectPublicKeyInfo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Sequence)]
pub(crate) struct KeyInfo<'a> {
    pub algorithm: AlgorithmIdentifier<'a>,
    pub key: BitStringRef<'a>,
}

/// The bytes of a bit string that is a whole number of them.
pub(crate) fn whole_bytes<'a>(bits: &BitStringRef<'a>) -> Result<&'a [u8], Malformed> {
    bits.as_bytes().ok_or(Malformed)
}

/// Reads `T`, and nothing after it.
pub(crate) fn read<'a, T: Decode<'a, Error = der::Error>>(bytes: &'a [u8]) -> Result<T, Malformed> {
    Ok(T::from_der(bytes)?)
}

/// Reads the fields of the one SEQUENCE that `bytes` are.
pub(crate) fn sequence<'a, T>(
    bytes: &'a [u8],
    fields: impl FnOnce(&mut SliceReader<'a>) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    let mut reader = SliceReader::new(bytes)?;
    let value = reader.sequence(fields)?;
    reader.finish()?;
    Ok(value)
}

/// The next element whole, if it has that tag.
pub(crate) fn optional<'a>(
    reader: &mut SliceReader<'a>,
    tag: Tag,
) -> Result<Option<&'a [u8]>, Malformed> {
    if reader.is_finished() || Tag::peek(reader)? != tag {
        return Ok(None);
    }
    Ok(Some(AnyRef::decode(reader)?.value()))
}

/// Each element of `bytes`, whole, in order.
pub(crate) fn elements(bytes: &[u8]) -> impl Iterator<Item = Result<&[u8], Malformed>> {
    let mut reader = SliceReader::new(bytes).ok();
    std::iter::from_fn(move || {
        let open = reader.as_mut()?;
        if open.is_finished() {
            return None;
        }
        let element = open.tlv_bytes();
        if element.is_err() {
            reader = None;
        }
        Some(element.map_err(Malformed::from))
    })
}
