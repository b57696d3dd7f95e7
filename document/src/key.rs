//! Public keys, and checking signatures under them.

use der::asn1::UintRef;
use der::{Decode, Sequence};
use openssl::bn::BigNum;
use openssl::ec::EcKey;
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::hash::Hasher;
use openssl::pkey::{PKey, Public};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::{Padding, Rsa};
use openssl::sha::sha256;
use openssl::sign::RsaPssSaltlen;

use crate::algorithm::{Digest, EC, PSS, RSA, Scheme};
use crate::asn1::{KeyInfo, Malformed, read, whole_bytes};
use crate::curve::{Curve, point, point_bytes};

/// The longest RSA modulus that is computed with, in bits: 9303-12 §4.4 asks for 4,096 at most.
const LONGEST_RSA: u32 = 8_192;
/// The shortest modulus at all: chips of old documents prove themselves with it (9303-11 §6.1).
const SHORTEST_RSA: u32 = 1_024;

/// A key that signatures are checked under.
#[derive(Clone)]
pub struct PublicKey(Kind);

#[derive(Clone)]
pub(crate) enum Kind {
    Rsa { key: PKey<Public>, rsa: Rsa<Public> },
    Ec { key: EcKey<Public>, curve: Curve },
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.describe())
    }
}

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyError {
    /// Not what RFC 5280 and RFC 3279 say.
    Malformed,
    /// Of a kind, curve or length that is not known here.
    Unknown,
}

impl From<Malformed> for KeyError {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

impl From<der::Error> for KeyError {
    fn from(_: der::Error) -> Self {
        Self::Malformed
    }
}

impl From<ErrorStack> for KeyError {
    fn from(_: ErrorStack) -> Self {
        Self::Unknown
    }
}

/// `RSAPublicKey` (RFC 8017 A.1.1).
#[derive(Sequence)]
struct RsaNumbers<'a> {
    modulus: UintRef<'a>,
    exponent: UintRef<'a>,
}

/// `ECDSA-Sig-Value` (RFC 3279 §2.2.3).
#[derive(Sequence)]
struct EcdsaNumbers<'a> {
    r: UintRef<'a>,
    s: UintRef<'a>,
}

impl PublicKey {
    /// Reads a `SubjectPublicKeyInfo` (RFC 5280 §4.1).
    pub(crate) fn read(info: &[u8]) -> Result<Self, KeyError> {
        let info: KeyInfo<'_> = read(info)?;
        let bytes = whole_bytes(&info.key)?;
        match info.algorithm.oid {
            RSA if !info.algorithm.is_bare() => Err(KeyError::Malformed),
            RSA | PSS => Self::read_rsa(bytes),
            EC => {
                let parameters = info.algorithm.parameters.ok_or(Malformed)?;
                let curve = Curve::read(parameters)?.ok_or(KeyError::Unknown)?;
                Self::on_curve(curve, bytes)
            }
            _ => Err(KeyError::Unknown),
        }
    }

    fn read_rsa(bytes: &[u8]) -> Result<Self, KeyError> {
        let numbers = RsaNumbers::from_der(bytes)?;
        let modulus = BigNum::from_slice(numbers.modulus.as_bytes())?;
        let exponent = BigNum::from_slice(numbers.exponent.as_bytes())?;
        let bits = u32::try_from(modulus.num_bits()).unwrap_or(u32::MAX);
        let known = (SHORTEST_RSA..=LONGEST_RSA).contains(&bits)
            && modulus.is_odd()
            && exponent.is_odd()
            && (2..=64).contains(&exponent.num_bits());
        if !known {
            return Err(KeyError::Unknown);
        }
        let rsa = Rsa::from_public_components(modulus, exponent)?;
        Ok(Self(Kind::Rsa { key: PKey::from_rsa(rsa.clone())?, rsa }))
    }

    /// The key whose point those bytes are.
    pub(crate) fn on_curve(curve: Curve, bytes: &[u8]) -> Result<Self, KeyError> {
        let point = point(curve, bytes).ok_or(KeyError::Malformed)?;
        let key = EcKey::from_public_key(curve.group(), &point)?;
        Ok(Self(Kind::Ec { key, curve }))
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0
    }

    /// How strong it is, as its length: bits of the modulus or of the field.
    pub fn bits(&self) -> u32 {
        match &self.0 {
            Kind::Rsa { rsa, .. } => 8 * rsa.size(),
            Kind::Ec { curve, .. } => curve.group().degree(),
        }
    }

    /// A hash of the key itself, however its parameters are spelt.
    pub(crate) fn identity(&self) -> [u8; 32] {
        let parts = match &self.0 {
            Kind::Rsa { rsa, .. } => [rsa.n().to_vec(), rsa.e().to_vec()],
            Kind::Ec { key, curve } => {
                let point = point_bytes(*curve, key.public_key()).unwrap_or_default();
                [format!("{curve:?}").into_bytes(), point]
            }
        };
        sha256(&parts.map(|part| sha256(&part)).concat())
    }

    /// Whether it is long enough to vouch for documents and their signers (9303-12 §4.4); a chip's
    /// own key, which answers for one document, may be shorter.
    pub(crate) fn may_certify(&self) -> bool {
        let least = if matches!(self.0, Kind::Rsa { .. }) { 2_048 } else { 224 };
        self.bits() >= least
    }

    /// Its kind in a word, such as `RSA-3072` or `Brainpool256`.
    pub fn describe(&self) -> String {
        match &self.0 {
            Kind::Rsa { .. } => format!("RSA-{}", self.bits()),
            Kind::Ec { curve, .. } => format!("{curve:?}"),
        }
    }

    /// Whether `signature` is this key's over the concatenation of `message`.
    pub(crate) fn verify(
        &self,
        scheme: Scheme,
        digest: Digest,
        message: &[&[u8]],
        signature: &[u8],
    ) -> bool {
        let verified = hash(digest, message).and_then(|hashed| match (&self.0, scheme) {
            (Kind::Rsa { key, .. }, Scheme::RsaPkcs1) => {
                rsa_verify(key, digest, None, (&hashed, signature))
            }
            (Kind::Rsa { key, .. }, Scheme::RsaPss { mask, salt }) => {
                rsa_verify(key, digest, Some((mask, salt)), (&hashed, signature))
            }
            (Kind::Ec { key, .. }, Scheme::Ecdsa) => {
                let Ok(numbers) = EcdsaNumbers::from_der(signature) else { return Ok(false) };
                ecdsa_verify(key, numbers.r.as_bytes(), numbers.s.as_bytes(), &hashed)
            }
            (Kind::Ec { key, curve }, Scheme::EcdsaPlain) => {
                let half = curve.group().order_bits().div_ceil(8) as usize;
                if signature.len() != 2 * half {
                    return Ok(false);
                }
                ecdsa_verify(key, &signature[..half], &signature[half..], &hashed)
            }
            _ => Ok(false),
        });
        verified.unwrap_or(false)
    }
}

/// The digest of the concatenation of `message`.
pub(crate) fn hash(digest: Digest, message: &[&[u8]]) -> Result<Vec<u8>, ErrorStack> {
    let mut hasher = Hasher::new(digest.openssl())?;
    for part in message {
        hasher.update(part)?;
    }
    Ok(hasher.finish()?.to_vec())
}

fn rsa_verify(
    key: &PKey<Public>,
    digest: Digest,
    pss: Option<(Digest, u8)>,
    (hashed, signature): (&[u8], &[u8]),
) -> Result<bool, ErrorStack> {
    let mut context = PkeyCtx::new(key)?;
    context.verify_init()?;
    match pss {
        None => context.set_rsa_padding(Padding::PKCS1)?,
        Some(_) => context.set_rsa_padding(Padding::PKCS1_PSS)?,
    }
    context.set_signature_md(
        openssl::md::Md::from_nid(digest.openssl().type_()).ok_or_else(ErrorStack::get)?,
    )?;
    if let Some((mask, salt)) = pss {
        context.set_rsa_pss_saltlen(RsaPssSaltlen::custom(salt.into()))?;
        let mask = openssl::md::Md::from_nid(mask.openssl().type_()).ok_or_else(ErrorStack::get)?;
        context.set_rsa_mgf1_md(mask)?;
    }
    context.verify(hashed, signature)
}

fn ecdsa_verify(
    key: &EcKey<Public>,
    r: &[u8],
    s: &[u8],
    hashed: &[u8],
) -> Result<bool, ErrorStack> {
    let (r, s) = (BigNum::from_slice(r)?, BigNum::from_slice(s)?);
    EcdsaSig::from_private_components(r, s)?.verify(hashed, key)
}

#[cfg(test)]
mod tests {
    use openssl::ec::{Asn1Flag, EcGroup};
    use openssl::nid::Nid;

    use super::*;
    use crate::issue::{Algorithm, SigningKey};

    fn identity(info: &[u8]) -> [u8; 32] {
        PublicKey::read(info).expect("a key").identity()
    }

    #[test]
    fn a_key_is_the_same_however_it_is_spelt_and_no_other_is() {
        let key = |seed: &[u8], flag| {
            let key = SigningKey::derived(Curve::Brainpool256, Digest::Sha256, seed).expect("made");
            let mut group = EcGroup::from_curve_name(Nid::BRAINPOOL_P256R1).expect("known");
            group.set_asn1_flag(flag);
            let key = key.openssl().ec_key().expect("of a curve");
            let key = EcKey::from_public_key(&group, key.public_key()).expect("a key");
            PKey::from_ec_key(key).and_then(|key| key.public_key_to_der()).expect("encoded")
        };
        let (named, explicit) = (Asn1Flag::NAMED_CURVE, Asn1Flag::EXPLICIT_CURVE);
        let one = key(&[7; 32], named);
        assert_ne!(one, key(&[7; 32], explicit));
        assert_eq!(identity(&one), identity(&key(&[7; 32], explicit)));
        assert_ne!(identity(&one), identity(&key(&[8; 32], named)));
        let rsa = || {
            SigningKey::generate(Algorithm::RsaPkcs1 { bits: 2_048, digest: Digest::Sha256 })
                .and_then(|key| key.public())
                .expect("a key")
        };
        assert_ne!(identity(&rsa()), identity(&rsa()));
    }
}
