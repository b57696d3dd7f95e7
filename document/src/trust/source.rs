//! Takes the signed things out of files, recognised by content and not by name.

use std::borrow::Cow;

use der::asn1::AnyRef;
use der::{Decode, Reader, SliceReader, Tag};

use super::report::Status;
use super::{Source, ldif, pem};
use crate::asn1::{Malformed, sequence};

/// What an element claims to be by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// X.509, of whomever.
    Certificate,
    /// Of revoked certificates.
    RevocationList,
    /// CMS.
    SignedData,
}

/// One element of a source.
#[derive(Debug)]
pub(super) struct Item<'s> {
    /// Which source, by its position.
    pub source: usize,
    pub kind: Kind,
    /// Whether the operator vouches for a certificate by having it there: not for each of a
    /// directory that was merely downloaded.
    pub given: bool,
    pub bytes: Cow<'s, [u8]>,
}

/// What could not be taken out: the source, what it was, and why.
pub(super) type Refused = (usize, String, Status);

/// Labels of blocks that hold certificates and lists (RFC 7468 §5–§9, and older ones).
const LABELS: [&[u8]; 6] =
    [b"CERTIFICATE", b"X509 CERTIFICATE", b"X509 CRL", b"CRL", b"CMS", b"PKCS7"];

/// Takes every element out of every source.
pub(super) fn open(sources: &[Source]) -> (Vec<Item<'_>>, Vec<Refused>) {
    let mut opened = Opened::default();
    for (at, source) in sources.iter().enumerate() {
        opened.open(at, &source.bytes);
    }
    (opened.items, opened.refused)
}

#[derive(Default)]
struct Opened<'s> {
    items: Vec<Item<'s>>,
    refused: Vec<Refused>,
}

impl<'s> Opened<'s> {
    fn open(&mut self, source: usize, bytes: &'s [u8]) {
        if AnyRef::from_der(bytes).is_ok() {
            self.add(source, true, Some(Cow::Borrowed(bytes)));
        } else if ldif::is_ldif(bytes) {
            for value in ldif::values(bytes) {
                self.add(source, false, value.map(Cow::Owned));
            }
        } else if pem::is_pem(bytes) {
            for (label, content) in pem::blocks(bytes) {
                if LABELS.contains(&label) {
                    self.add(source, true, content.map(Cow::Owned));
                } else {
                    self.refused.push((source, "PEM block".into(), Status::Unsupported));
                }
            }
        } else {
            self.add(source, true, None);
        }
    }

    fn add(&mut self, source: usize, given: bool, bytes: Option<Cow<'s, [u8]>>) {
        let kind = bytes.as_ref().and_then(|bytes| recognise(bytes).ok());
        match (kind, bytes) {
            (Some(kind), Some(bytes)) => self.items.push(Item { source, kind, given, bytes }),
            _ => self.refused.push((source, "nothing known".into(), Status::Malformed)),
        }
    }
}

/// What the first elements show: a content type, or `SIGNED { … }` of something that begins with
/// a tagged version as certificates do, or with a plain one as revocation lists do.
fn recognise(bytes: &[u8]) -> Result<Kind, Malformed> {
    sequence(bytes, |reader| {
        let first = AnyRef::decode(reader)?;
        reader.drain(reader.remaining_len())?;
        match first.header().tag() {
            Tag::ObjectIdentifier => Ok(Kind::SignedData),
            Tag::Sequence => match Tag::peek(&SliceReader::new(first.value())?)? {
                Tag::ContextSpecific { .. } => Ok(Kind::Certificate),
                Tag::Integer => Ok(Kind::RevocationList),
                _ => Err(Malformed),
            },
            _ => Err(Malformed),
        }
    })
}
