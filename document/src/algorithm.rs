//! Digests and signature schemes, by their object identifiers (RFC 3279, 4055, 5754, 5758; BSI
//! TR-03111 §5.2.1).

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag, TagNumber};
use openssl::hash::MessageDigest;

use crate::asn1::{AlgorithmIdentifier, Malformed, optional, read};

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Digest {
    /// SHA-1: for old documents, where the policy allows it.
    Sha1,
    /// SHA-224
    Sha224,
    /// SHA-256
    Sha256,
    /// SHA-384
    Sha384,
    /// SHA-512
    Sha512,
}

/// Each digest with its own identifier, and those of RSA (PKCS #1 v1.5), ECDSA and plain ECDSA
/// signatures over it.
const KNOWN: [(Digest, [ObjectIdentifier; 4]); 5] = [
    (
        Digest::Sha1,
        [
            oid("1.3.14.3.2.26"),
            oid("1.2.840.113549.1.1.5"),
            oid("1.2.840.10045.4.1"),
            oid("0.4.0.127.0.7.1.1.4.1.1"),
        ],
    ),
    (
        Digest::Sha224,
        [
            oid("2.16.840.1.101.3.4.2.4"),
            oid("1.2.840.113549.1.1.14"),
            oid("1.2.840.10045.4.3.1"),
            oid("0.4.0.127.0.7.1.1.4.1.2"),
        ],
    ),
    (
        Digest::Sha256,
        [
            oid("2.16.840.1.101.3.4.2.1"),
            oid("1.2.840.113549.1.1.11"),
            oid("1.2.840.10045.4.3.2"),
            oid("0.4.0.127.0.7.1.1.4.1.3"),
        ],
    ),
    (
        Digest::Sha384,
        [
            oid("2.16.840.1.101.3.4.2.2"),
            oid("1.2.840.113549.1.1.12"),
            oid("1.2.840.10045.4.3.3"),
            oid("0.4.0.127.0.7.1.1.4.1.4"),
        ],
    ),
    (
        Digest::Sha512,
        [
            oid("2.16.840.1.101.3.4.2.3"),
            oid("1.2.840.113549.1.1.13"),
            oid("1.2.840.10045.4.3.4"),
            oid("0.4.0.127.0.7.1.1.4.1.5"),
        ],
    ),
];

/// Keys of RSA (RFC 3279 §2.3.1).
pub(crate) const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
/// Keys on elliptic curves (RFC 5480 §2.1.1).
pub(crate) const EC: ObjectIdentifier = oid("1.2.840.10045.2.1");
/// RSASSA-PSS, of keys and of signatures (RFC 4055 §3).
pub(crate) const PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
const MGF1: ObjectIdentifier = oid("1.2.840.113549.1.1.8");

impl Digest {
    /// Every digest, weakest first.
    pub const ALL: [Self; 5] = [Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512];

    /// Length of a value, in bytes.
    pub fn size(self) -> usize {
        self.openssl().size()
    }

    pub(crate) fn openssl(self) -> MessageDigest {
        match self {
            Self::Sha1 => MessageDigest::sha1(),
            Self::Sha224 => MessageDigest::sha224(),
            Self::Sha256 => MessageDigest::sha256(),
            Self::Sha384 => MessageDigest::sha384(),
            Self::Sha512 => MessageDigest::sha512(),
        }
    }

    fn known(self) -> &'static [ObjectIdentifier; 4] {
        let row = KNOWN.iter().find(|(digest, _)| *digest == self);
        &row.expect("every digest has a row").1
    }

    /// Its identifier.
    #[cfg(any(test, feature = "issue"))]
    pub(crate) fn oid(self) -> ObjectIdentifier {
        self.known()[0]
    }

    /// The identifier of signatures over it; PSS has one of its own.
    #[cfg(any(test, feature = "issue"))]
    pub(crate) fn signature_oid(self, scheme: Scheme) -> ObjectIdentifier {
        match scheme {
            Scheme::RsaPss { .. } => PSS,
            Scheme::RsaPkcs1 => self.known()[1],
            Scheme::Ecdsa => self.known()[2],
            Scheme::EcdsaPlain => self.known()[3],
        }
    }

    pub(crate) fn of(algorithm: &AlgorithmIdentifier<'_>) -> Option<Self> {
        let bare = algorithm.is_bare();
        bare.then(|| Self::ALL.into_iter().find(|d| d.known()[0] == algorithm.oid)).flatten()
    }
}

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).
    RsaPkcs1,
    /// RSASSA-PSS (RFC 8017 §8.1) with the digest of MGF1 and the salt's length in bytes.
    RsaPss {
        /// The digest of the mask generation function.
        mask: Digest,
        /// Length of the salt, in bytes.
        salt: u8,
    },
    /// ECDSA, the signature in DER (RFC 3279 §2.2.3).
    Ecdsa,
    /// ECDSA, the signature as `r || s` (BSI TR-03111 §5.2.1).
    EcdsaPlain,
}

/// A scheme, and the digest where the identifier names one.
pub(crate) fn scheme(
    algorithm: &AlgorithmIdentifier<'_>,
) -> Result<Option<(Scheme, Option<Digest>)>, Malformed> {
    if algorithm.oid == PSS {
        let Some(parameters) = algorithm.parameters else { return Err(Malformed) };
        return pss(parameters);
    }
    if !algorithm.is_bare() {
        return Ok(None);
    }
    // Some signers name the key's kind for the signature's, and the digest beside it.
    let named_key = [(RSA, Scheme::RsaPkcs1), (EC, Scheme::Ecdsa)];
    if let Some((_, scheme)) = named_key.into_iter().find(|(oid, _)| algorithm.oid == *oid) {
        return Ok(Some((scheme, None)));
    }
    let schemes = [Scheme::RsaPkcs1, Scheme::Ecdsa, Scheme::EcdsaPlain];
    let found = Digest::ALL.into_iter().find_map(|digest| {
        let at = digest.known()[1..].iter().position(|known| *known == algorithm.oid)?;
        Some((schemes[at], Some(digest)))
    });
    Ok(found)
}

/// `RSASSA-PSS-params` (RFC 4055 §3.1), defaults filled in.
fn pss(parameters: AnyRef<'_>) -> Result<Option<(Scheme, Option<Digest>)>, Malformed> {
    parameters.sequence(|reader| {
        let hash = match explicit(reader, 0)? {
            None => Some(Digest::Sha1),
            Some(value) => Digest::of(&read(value)?),
        };
        let mask = match explicit(reader, 1)? {
            None => Some(Digest::Sha1),
            Some(value) => mask_digest(&read(value)?)?,
        };
        let salt = match explicit(reader, 2)? {
            None => 20,
            Some(value) => read::<u8>(value)?,
        };
        // The trailer field has the one value 1 (RFC 8017 A.2.3).
        if let Some(trailer) = explicit(reader, 3)?
            && read::<u8>(trailer)? != 1
        {
            return Err(Malformed);
        }
        Ok(hash.zip(mask).map(|(hash, mask)| (Scheme::RsaPss { mask, salt }, Some(hash))))
    })
}

fn mask_digest(algorithm: &AlgorithmIdentifier<'_>) -> Result<Option<Digest>, Malformed> {
    if algorithm.oid != MGF1 {
        return Ok(None);
    }
    let parameters = algorithm.parameters.ok_or(Malformed)?;
    Ok(Digest::of(&parameters.decode_as()?))
}

/// The content of the next element, if it is tagged `[number]` explicitly.
pub(crate) fn explicit<'a>(
    reader: &mut SliceReader<'a>,
    number: u32,
) -> Result<Option<&'a [u8]>, Malformed> {
    let tag = Tag::ContextSpecific { constructed: true, number: TagNumber(number) };
    let Some(content) = optional(reader, tag)? else { return Ok(None) };
    let mut inner = SliceReader::new(content)?;
    AnyRef::decode(&mut inner)?;
    inner.finish()?;
    Ok(Some(content))
}
