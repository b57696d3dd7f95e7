//! CMS `SignedData` with one signer and signed attributes, as EF.SOD and master lists use it
//! (RFC 5652 §5; 9303-10 §4.6.2.2; 9303-12 §9).

use der::asn1::{AnyRef, GeneralizedTime, ObjectIdentifier, OctetStringRef, UtcTime};
use der::{Decode, Encode, Header, Reader, SliceReader, Tag, TagNumber};

use crate::algorithm::{Digest, Scheme, explicit, scheme};
use crate::asn1::{AlgorithmIdentifier, Malformed, elements, optional, read, sequence};
use crate::certificate::{Certificate, Seconds, name};
use crate::crl::serial_number;
use crate::failure::Rule;
use crate::key::{PublicKey, hash};
use crate::name::same_characters;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");

/// Most certificates that may come with a signature.
const MOST_CERTIFICATES: usize = 16;

/// Signed content, with the certificates that came with it.
#[derive(Debug)]
pub(crate) struct SignedData<'a> {
    pub content_type: ObjectIdentifier,
    pub content: &'a [u8],
    /// Each certificate as encoded.
    pub certificates: Vec<&'a [u8]>,
    pub signer: SignerInfo<'a>,
}

/// Who signed, and what they signed.
#[derive(Debug)]
pub(crate) struct SignerInfo<'a> {
    pub id: SignerId<'a>,
    pub digest: AlgorithmIdentifier<'a>,
    /// The content of the attributes' SET.
    attributes: &'a [u8],
    pub algorithm: AlgorithmIdentifier<'a>,
    signature: &'a [u8],
}

/// `SignerIdentifier`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SignerId<'a> {
    /// By its issuer (as encoded) and serial number.
    Issued { issuer: &'a [u8], serial: &'a [u8] },
    /// By its key's id.
    Key(&'a [u8]),
}

/// `[number]`, constructed.
fn tagged(number: u32) -> Tag {
    Tag::ContextSpecific { constructed: true, number: TagNumber(number) }
}

impl<'a> SignedData<'a> {
    /// Reads a `ContentInfo`, and nothing after it.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let data = sequence(bytes, |reader| {
            if reader.decode::<ObjectIdentifier>()? != SIGNED_DATA {
                return Err(Malformed);
            }
            explicit(reader, 0)?.ok_or(Malformed)
        })?;
        sequence(data, Self::fields)
    }

    fn fields(reader: &mut SliceReader<'a>) -> Result<Self, Malformed> {
        // Version 3: the content is not `id-data` (RFC 5652 §5.1).
        if reader.decode::<u8>()? != 3 {
            return Err(Malformed);
        }
        let digests = optional(reader, Tag::Set)?.ok_or(Malformed)?;
        let (content_type, content) = reader.sequence(|content| {
            let kind = content.decode()?;
            let content = explicit(content, 0)?.ok_or(Malformed)?;
            Ok::<_, Malformed>((kind, read::<&OctetStringRef>(content)?.as_bytes()))
        })?;
        let certificates = match optional(reader, tagged(0))? {
            Some(set) => {
                elements(set).take(MOST_CERTIFICATES + 1).collect::<Result<Vec<_>, _>>()?
            }
            None => Vec::new(),
        };
        if certificates.len() > MOST_CERTIFICATES {
            return Err(Malformed);
        }
        // Lists that come along are not looked at: those that count are the operator's.
        optional(reader, tagged(1))?;
        let signers = optional(reader, Tag::Set)?.ok_or(Malformed)?;
        let signer = SignerInfo::read(signers)?;
        let mut listed = false;
        for digest in elements(digests) {
            let digest: AlgorithmIdentifier<'_> = read(digest?)?;
            listed |= digest.oid == signer.digest.oid && digest.is_bare();
        }
        if !listed {
            return Err(Malformed);
        }
        Ok(Self { content_type, content, certificates, signer })
    }

    /// The signer's certificate among those that came along, and any of `others`.
    pub fn signer_certificate<'b>(
        &self,
        others: impl Iterator<Item = &'b [u8]>,
    ) -> Result<Option<Certificate<'b>>, Malformed>
    where
        'a: 'b,
    {
        let mut unread = false;
        for bytes in self.certificates.iter().copied().chain(others) {
            match Certificate::read(bytes) {
                Ok(certificate) if self.signer.id.names(&certificate) => {
                    return Ok(Some(certificate));
                }
                Ok(_) => {}
                Err(Malformed) => unread = true,
            }
        }
        if unread { Err(Malformed) } else { Ok(None) }
    }
}

impl SignerId<'_> {
    /// Whether it is that certificate's owner who is meant.
    pub fn names(&self, certificate: &Certificate<'_>) -> bool {
        match self {
            Self::Key(id) => certificate.extensions.subject_key_id == Some(id),
            // Nothing signed covers the identifier. It may vary as countries do, in string types and
            // order, and in nothing else.
            Self::Issued { issuer, serial } => {
                serial_number(serial) == serial_number(certificate.serial)
                    && same_characters(issuer, certificate.issuer_bytes)
            }
        }
    }
}

impl<'a> SignerInfo<'a> {
    /// Reads the content of a SET of exactly one `SignerInfo`.
    fn read(set: &'a [u8]) -> Result<Self, Malformed> {
        sequence(set, |reader| {
            let version: u8 = reader.decode()?;
            let key = Tag::ContextSpecific { constructed: false, number: TagNumber(0) };
            let id = match (version, optional(reader, key)?) {
                (3, Some(id)) => SignerId::Key(id),
                (1, None) => reader.sequence(|id| {
                    let issuer = name(id)?;
                    let serial = AnyRef::decode(id)?;
                    let is_number = serial.header().tag() == Tag::Integer;
                    let id = SignerId::Issued { issuer, serial: serial.value() };
                    is_number.then_some(id).ok_or(Malformed)
                })?,
                _ => return Err(Malformed),
            };
            let digest = reader.decode()?;
            let attributes = optional(reader, tagged(0))?.ok_or(Malformed)?;
            let algorithm = reader.decode()?;
            let signature = reader.decode::<&OctetStringRef>()?.as_bytes();
            // Unsigned attributes say nothing that counts.
            optional(reader, tagged(1))?;
            Ok(Self { id, digest, attributes, algorithm, signature })
        })
    }

    /// How it is signed: the scheme, and the digests of the content and of the attributes. They
    /// may differ: each is checked on its own (BSI TR-03105-5.1, `LDS_H_75` and `LDS_H_76`).
    pub fn scheme(&self) -> Result<(Scheme, [Digest; 2]), Rule> {
        let content = Digest::of(&self.digest).ok_or(Rule::SodAlgorithm)?;
        let found = scheme(&self.algorithm).map_err(|_| Rule::SodMalformed)?;
        let (scheme, named) = found.ok_or(Rule::SodAlgorithm)?;
        Ok((scheme, [content, named.unwrap_or(content)]))
    }

    /// Checks attributes and signature over `content` of that type under `key`.
    pub fn verify(
        &self,
        key: &PublicKey,
        (content_type, content): (ObjectIdentifier, &[u8]),
    ) -> Result<(), Rule> {
        let (scheme, [of_content, of_attributes]) = self.scheme()?;
        let stated = self.attribute(CONTENT_TYPE).map_err(|_| Rule::SodMalformed)?;
        let stated = stated.and_then(|value| value.decode_as::<ObjectIdentifier>().ok());
        if stated != Some(content_type) {
            return Err(Rule::SodContentType);
        }
        let stated = self.attribute(MESSAGE_DIGEST).map_err(|_| Rule::SodMalformed)?;
        let stated = stated.and_then(|value| value.decode_as::<&OctetStringRef>().ok());
        let computed = hash(of_content, &[content]).map_err(|_| Rule::SodAlgorithm)?;
        if stated.map(OctetStringRef::as_bytes) != Some(&computed) {
            return Err(Rule::SodMessageDigest);
        }
        // What is signed is the attributes as a SET, not as the field they travel in.
        let mut buffer = [0; 8];
        let header = set_header(self.attributes, &mut buffer).map_err(|_| Rule::SodMalformed)?;
        let message = [header, self.attributes];
        let signed = key.verify(scheme, of_attributes, &message, self.signature);
        signed.then_some(()).ok_or(Rule::SodSignature)
    }

    /// When it says it was signed; worth something once the signature is verified.
    pub fn signing_time(&self) -> Result<Option<Seconds>, Malformed> {
        let Some(value) = self.attribute(SIGNING_TIME)? else { return Ok(None) };
        let since = match value.header().tag() {
            Tag::UtcTime => value.decode_as::<UtcTime>()?.to_unix_duration(),
            _ => value.decode_as::<GeneralizedTime>()?.to_unix_duration(),
        };
        Ok(Some(Seconds::try_from(since.as_secs()).map_err(|_| Malformed)?))
    }

    /// The one value of an attribute that may be there once.
    fn attribute(&self, wanted: ObjectIdentifier) -> Result<Option<AnyRef<'a>>, Malformed> {
        let mut found = None;
        for attribute in elements(self.attributes) {
            let (kind, values) = sequence(attribute?, |reader| {
                Ok((
                    reader.decode::<ObjectIdentifier>()?,
                    optional(reader, Tag::Set)?.ok_or(Malformed)?,
                ))
            })?;
            if kind == wanted && found.replace(read::<AnyRef<'_>>(values)?).is_some() {
                return Err(Malformed);
            }
        }
        Ok(found)
    }
}

/// The header of a SET with that content.
fn set_header<'b>(content: &[u8], buffer: &'b mut [u8; 8]) -> Result<&'b [u8], Malformed> {
    let length = u32::try_from(content.len()).map_err(|_| Malformed)?;
    Ok(Header::new(Tag::Set, length.into()).encode_to_slice(buffer)?)
}
