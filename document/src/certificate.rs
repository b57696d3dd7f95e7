//! X.509 certificates of the kind 9303-12 §7.1 describes, read without copies (RFC 5280 §4).

use der::asn1::{AnyRef, BitStringRef, GeneralizedTime, ObjectIdentifier, OctetStringRef, UtcTime};
use der::{Decode, Reader, Sequence, SliceReader, Tag, TagNumber};

use crate::algorithm::{Digest, Scheme, explicit, scheme};
use crate::asn1::{
    AlgorithmIdentifier, Malformed, elements, optional, read, sequence, whole_bytes,
};
use crate::failure::Rule;
use crate::key::{KeyError, PublicKey};
use crate::name::Name;

/// Seconds since 1970 in UTC.
pub(crate) type Seconds = i64;

/// A certificate: where its parts are, and what its extensions say.
#[derive(Debug, Clone)]
pub(crate) struct Certificate<'a> {
    /// What the issuer signed.
    pub signed: Signed<'a>,
    pub serial: &'a [u8],
    /// The issuer's `Name`, as encoded.
    pub issuer_bytes: &'a [u8],
    pub issuer: Name,
    /// The subject's `Name`, as encoded.
    pub subject_bytes: &'a [u8],
    pub subject: Name,
    pub not_before: Seconds,
    pub not_after: Seconds,
    /// The `SubjectPublicKeyInfo`, whole.
    pub key_info: &'a [u8],
    pub extensions: Extensions<'a>,
}

/// Bytes with the issuer's signature over them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signed<'a> {
    pub bytes: &'a [u8],
    pub algorithm: AlgorithmIdentifier<'a>,
    pub signature: &'a [u8],
}

/// The extensions this profile knows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extensions<'a> {
    /// `keyUsage`, bit 0 first.
    pub key_usage: Option<u16>,
    /// `cA` and `pathLenConstraint`.
    pub constraints: Option<(bool, Option<u8>)>,
    pub subject_key_id: Option<&'a [u8]>,
    pub authority_key_id: Option<&'a [u8]>,
    /// When the private key may be used (RFC 3280 §4.2.1.4).
    pub usage_period: (Option<Seconds>, Option<Seconds>),
    /// What `extKeyUsage` says.
    pub purpose: Purpose,
    pub unknown_critical: bool,
    /// Those that other profiles may know.
    pub others: Vec<Extension<'a>>,
}

/// What a signer may sign beside or instead of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Purpose {
    /// No purpose of ICAO's is stated: documents.
    #[default]
    Documents,
    /// Master lists (9303-12 §9).
    MasterLists,
    /// Another of ICAO's: deviation lists, visible seals and the like.
    Other,
}

/// `digitalSignature` of `keyUsage`.
const DIGITAL_SIGNATURE: u16 = 1 << 15;
/// `keyCertSign` of `keyUsage`.
const CERT_SIGN: u16 = 1 << 10;
/// `cRLSign` of `keyUsage`.
const LIST_SIGN: u16 = 1 << 9;

impl<'a> Signed<'a> {
    /// Reads `SIGNED { … }`: what is signed, how, and the signature.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        sequence(bytes, |reader| {
            let bytes = reader.tlv_bytes()?;
            let algorithm = reader.decode()?;
            let signature = whole_bytes(&reader.decode::<BitStringRef<'_>>()?)?;
            Ok(Self { bytes, algorithm, signature })
        })
    }

    /// How it is signed; an identifier without a digest is none of X.509's.
    pub fn scheme(&self) -> Result<(Scheme, Digest), Rule> {
        let found = scheme(&self.algorithm).map_err(|_| Rule::CertificateMalformed)?;
        let Some((scheme, Some(digest))) = found else { return Err(Rule::CertificateAlgorithm) };
        Ok((scheme, digest))
    }

    /// Whether the signature is `key`'s.
    pub fn verify(&self, key: &PublicKey) -> Result<bool, Rule> {
        let (scheme, digest) = self.scheme()?;
        Ok(key.verify(scheme, digest, &[self.bytes], self.signature))
    }
}

impl<'a> Certificate<'a> {
    /// Reads one certificate, and nothing after it.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let signed = Signed::read(bytes)?;
        sequence(signed.bytes, |reader| {
            // Extensions, which every certificate of the profile has, exist in version 3 only.
            let version = explicit(reader, 0)?.ok_or(Malformed)?;
            if read::<u8>(version)? != 2 {
                return Err(Malformed);
            }
            let serial = AnyRef::decode(reader)?;
            if serial.header().tag() != Tag::Integer {
                return Err(Malformed);
            }
            let inner: AlgorithmIdentifier<'_> = reader.decode()?;
            if inner != signed.algorithm {
                return Err(Malformed);
            }
            let issuer = name(reader)?;
            let (not_before, not_after) = reader
                .sequence(|validity| Ok::<_, Malformed>((time(validity)?, time(validity)?)))?;
            let subject = name(reader)?;
            let key_info = reader.tlv_bytes()?;
            for unique_id in [1, 2] {
                optional(
                    reader,
                    Tag::ContextSpecific { constructed: false, number: TagNumber(unique_id) },
                )?;
            }
            let extensions = match explicit(reader, 3)? {
                Some(list) => Extensions::read(list)?,
                None => Extensions::default(),
            };
            Ok(Self {
                signed,
                serial: serial.value(),
                issuer_bytes: issuer,
                issuer: Name::read(issuer)?,
                subject_bytes: subject,
                subject: Name::read(subject)?,
                not_before,
                not_after,
                key_info,
                extensions,
            })
        })
    }

    /// The key it certifies.
    pub fn key(&self) -> Result<PublicKey, Rule> {
        PublicKey::read(self.key_info).map_err(|error| match error {
            KeyError::Malformed => Rule::CertificateMalformed,
            KeyError::Unknown => Rule::CertificateAlgorithm,
        })
    }

    /// Whether it may be used to issue certificates and revocation lists (9303-12 §7.1.1).
    pub fn is_authority(&self) -> bool {
        let Extensions { key_usage, constraints, .. } = &self.extensions;
        constraints.is_some_and(|(ca, _)| ca) && key_usage.is_none_or(|bits| bits & CERT_SIGN != 0)
    }

    /// Whether it may be used to issue revocation lists (RFC 5280 §6.3.3 f).
    pub fn may_revoke(&self) -> bool {
        self.is_authority() && self.extensions.key_usage.is_none_or(|bits| bits & LIST_SIGN != 0)
    }

    /// Whether it may be used to sign documents, and nothing else (9303-12 §7.1.1).
    pub fn is_document_signer(&self) -> bool {
        self.is_signer() && self.extensions.purpose == Purpose::Documents
    }

    /// Whether it may be used to sign master lists, and nothing else (9303-12 §9).
    pub fn is_master_list_signer(&self) -> bool {
        self.is_signer() && self.extensions.purpose == Purpose::MasterLists
    }

    fn is_signer(&self) -> bool {
        let Extensions { key_usage, constraints, .. } = &self.extensions;
        !constraints.is_some_and(|(ca, _)| ca)
            && key_usage.is_some_and(|bits| bits & DIGITAL_SIGNATURE != 0 && bits & CERT_SIGN == 0)
    }

    /// The value of an extension that only some profiles know.
    pub fn extension(&self, id: ObjectIdentifier) -> Option<&'a [u8]> {
        let found = self.extensions.others.iter().find(|extension| extension.id == id);
        found.map(|extension| extension.value.as_bytes())
    }

    /// Whether issuer and subject are one.
    pub fn is_self_issued(&self) -> bool {
        self.issuer == self.subject
    }
}

/// The content of a `Name`.
pub(crate) fn name<'a>(reader: &mut SliceReader<'a>) -> Result<&'a [u8], Malformed> {
    let name = AnyRef::decode(reader)?;
    (name.header().tag() == Tag::Sequence).then(|| name.value()).ok_or(Malformed)
}

/// `Time`: two digits of the year or four.
pub(crate) fn time(reader: &mut SliceReader<'_>) -> Result<Seconds, Malformed> {
    let since = match Tag::peek(reader)? {
        Tag::UtcTime => UtcTime::decode(reader)?.to_unix_duration(),
        _ => GeneralizedTime::decode(reader)?.to_unix_duration(),
    };
    Seconds::try_from(since.as_secs()).map_err(|_| Malformed)
}

/// `Extension` (RFC 5280 §4.1).
#[derive(Debug, Clone, Copy, Sequence)]
pub(crate) struct Extension<'a> {
    pub id: ObjectIdentifier,
    #[asn1(default = "Default::default")]
    pub critical: bool,
    pub value: &'a OctetStringRef,
}

/// Most extensions of one certificate or list: real ones have a dozen.
const MOST_EXTENSIONS: usize = 64;

/// Each extension of the content of `Extensions`, none twice.
pub(crate) fn extensions(list: &[u8]) -> Result<Vec<Extension<'_>>, Malformed> {
    let list = AnyRef::from_der(list)?;
    if list.header().tag() != Tag::Sequence {
        return Err(Malformed);
    }
    let mut seen: Vec<Extension<'_>> = Vec::new();
    for extension in elements(list.value()) {
        let extension: Extension<'_> = read(extension?)?;
        if seen.len() == MOST_EXTENSIONS || seen.iter().any(|other| other.id == extension.id) {
            return Err(Malformed);
        }
        seen.push(extension);
    }
    Ok(seen)
}

/// What is known of extensions here, by the last arc under `id-ce` (2.5.29).
impl<'a> Extensions<'a> {
    fn read(list: &'a [u8]) -> Result<Self, Malformed> {
        let mut known = Self::default();
        for extension in extensions(list)? {
            known.learn(&extension)?;
        }
        // A file may hold many certificates: what each keeps is no more than it says.
        known.others.shrink_to_fit();
        Ok(known)
    }

    fn learn(&mut self, extension: &Extension<'a>) -> Result<(), Malformed> {
        let value = extension.value.as_bytes();
        match extension.id.as_bytes() {
            [0x55, 0x1d, 14] => {
                self.subject_key_id = Some(read::<&OctetStringRef>(value)?.as_bytes());
            }
            [0x55, 0x1d, 15] => self.key_usage = Some(key_usage(value)?),
            [0x55, 0x1d, 16] => self.usage_period = usage_period(value)?,
            [0x55, 0x1d, 19] => self.constraints = Some(constraints(value)?),
            [0x55, 0x1d, 35] => self.authority_key_id = authority_key_id(value)?,
            [0x55, 0x1d, 37] => self.purpose = purpose(value)?,
            // Alternative names, where lists are published, policies: they change nothing here.
            [0x55, 0x1d, 17 | 18 | 31 | 32] => {}
            _ => {
                self.unknown_critical |= extension.critical;
                self.others.push(*extension);
            }
        }
        Ok(())
    }
}

fn key_usage(value: &[u8]) -> Result<u16, Malformed> {
    let bits = read::<BitStringRef<'_>>(value)?;
    match bits.raw_bytes() {
        [first] => Ok(u16::from(*first) << 8),
        [first, second] => Ok(u16::from_be_bytes([*first, *second])),
        _ => Err(Malformed),
    }
}

/// Which of ICAO's purposes `ExtKeyUsageSyntax` names; `id-icao-cscaMasterListSigningKey` counts
/// among others.
fn purpose(value: &[u8]) -> Result<Purpose, Malformed> {
    const MASTER_LISTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.3");
    let ours = &MASTER_LISTS.as_bytes()[..MASTER_LISTS.as_bytes().len() - 1];
    let list = read::<AnyRef<'_>>(value)?;
    let mut found = Purpose::Documents;
    for named in elements(list.value()) {
        let named = read::<ObjectIdentifier>(named?)?;
        if named == MASTER_LISTS {
            found = Purpose::MasterLists;
        } else if named.as_bytes().starts_with(ours) && found == Purpose::Documents {
            found = Purpose::Other;
        }
    }
    Ok(found)
}

fn constraints(value: &[u8]) -> Result<(bool, Option<u8>), Malformed> {
    sequence(value, |reader| {
        let ca = if reader.is_finished() || Tag::peek(reader)? != Tag::Boolean {
            false
        } else {
            reader.decode()?
        };
        Ok((ca, reader.decode()?))
    })
}

/// The bytes of `[number] IMPLICIT`, primitive.
fn implicit<'a>(reader: &mut SliceReader<'a>, number: u32) -> Result<Option<&'a [u8]>, Malformed> {
    optional(reader, Tag::ContextSpecific { constructed: false, number: TagNumber(number) })
}

pub(crate) fn authority_key_id(value: &[u8]) -> Result<Option<&[u8]>, Malformed> {
    sequence(value, |reader| {
        let id = implicit(reader, 0)?;
        // Issuer and serial number may follow; the key's id and the name say enough.
        reader.drain(reader.remaining_len())?;
        Ok(id)
    })
}

fn usage_period(value: &[u8]) -> Result<(Option<Seconds>, Option<Seconds>), Malformed> {
    sequence(value, |reader| {
        let mut bound = |number| -> Result<Option<Seconds>, Malformed> {
            let Some(text) = implicit(reader, number)? else { return Ok(None) };
            let time = AnyRef::new(Tag::GeneralizedTime, text)?.decode_as::<GeneralizedTime>()?;
            Ok(Seconds::try_from(time.to_unix_duration().as_secs()).ok())
        };
        Ok((bound(0)?, bound(1)?))
    })
}
