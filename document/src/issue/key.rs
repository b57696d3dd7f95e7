//! Private keys of every kind that documents are signed with.

use openssl::bn::BigNum;
use openssl::ec::{Asn1Flag, EcGroup, EcKey, EcPoint};
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::hash::hash;
use openssl::pkey::{PKey, Private};
use openssl::rsa::{Padding, Rsa};
use openssl::sign::{RsaPssSaltlen, Signer};

use super::encode::{dotted, element, oid, sequence, unsigned};
use crate::algorithm::{Digest, Scheme};
use crate::curve::Curve;

/// How something is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with a modulus of `bits`.
    RsaPkcs1 {
        /// Length of the modulus.
        bits: u32,
        /// The digest.
        digest: Digest,
    },
    /// RSASSA-PSS, the salt as long as the digest.
    RsaPss {
        /// Length of the modulus.
        bits: u32,
        /// The digest, of MGF1 too.
        digest: Digest,
    },
    /// ECDSA.
    Ecdsa {
        /// The curve.
        curve: Curve,
        /// The digest.
        digest: Digest,
        /// Whether the key spells the curve's parameters out.
        explicit: bool,
    },
}

impl Algorithm {
    /// ECDSA on P-256 with SHA-256.
    pub const P256: Self =
        Self::Ecdsa { curve: Curve::P256, digest: Digest::Sha256, explicit: false };

    /// The digest.
    pub fn digest(self) -> Digest {
        match self {
            Self::RsaPkcs1 { digest, .. }
            | Self::RsaPss { digest, .. }
            | Self::Ecdsa { digest, .. } => digest,
        }
    }
}

/// A private key that signs in one way.
#[derive(Debug, Clone)]
pub struct SigningKey {
    algorithm: Algorithm,
    key: PKey<Private>,
}

fn group(curve: Curve, explicit: bool) -> Result<EcGroup, ErrorStack> {
    let name = curve.group().curve_name().ok_or_else(ErrorStack::get)?;
    let mut group = EcGroup::from_curve_name(name)?;
    group.set_asn1_flag(if explicit { Asn1Flag::EXPLICIT_CURVE } else { Asn1Flag::NAMED_CURVE });
    Ok(group)
}

impl SigningKey {
    /// A fresh key, from OpenSSL's randomness.
    pub fn generate(algorithm: Algorithm) -> Result<Self, ErrorStack> {
        let key = match algorithm {
            Algorithm::RsaPkcs1 { bits, .. } | Algorithm::RsaPss { bits, .. } => {
                PKey::from_rsa(Rsa::generate(bits)?)?
            }
            Algorithm::Ecdsa { curve, explicit, .. } => {
                PKey::from_ec_key(EcKey::generate(&*group(curve, explicit)?)?)?
            }
        };
        Ok(Self { algorithm, key })
    }

    /// The key on that curve which is made from `seed`, always the same.
    pub fn derived(curve: Curve, digest: Digest, seed: &[u8]) -> Result<Self, ErrorStack> {
        let group = group(curve, false)?;
        let mut context = openssl::bn::BigNumContext::new()?;
        let (mut order, mut scalar) = (BigNum::new()?, BigNum::new()?);
        group.order(&mut order, &mut context)?;
        scalar.checked_rem(&*BigNum::from_slice(seed)?, &order, &mut context)?;
        let mut point = EcPoint::new(&group)?;
        point.mul_generator2(&group, &scalar, &mut context)?;
        let key = EcKey::from_private_components(&group, &scalar, &point)?;
        let algorithm = Algorithm::Ecdsa { curve, digest, explicit: false };
        Ok(Self { algorithm, key: PKey::from_ec_key(key)? })
    }

    /// A key made elsewhere.
    pub fn given(algorithm: Algorithm, key: PKey<Private>) -> Self {
        Self { algorithm, key }
    }

    /// How it signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key, as OpenSSL holds it.
    pub fn openssl(&self) -> &PKey<Private> {
        &self.key
    }

    /// Its `SubjectPublicKeyInfo`.
    pub fn public(&self) -> Result<Vec<u8>, ErrorStack> {
        self.key.public_key_to_der()
    }

    /// The id of the key: SHA-1 of the public key's bits (RFC 5280 §4.2.1.2).
    pub fn id(&self) -> Result<Vec<u8>, ErrorStack> {
        let info = self.public()?;
        let read = crate::asn1::read::<crate::asn1::KeyInfo<'_>>(&info).ok();
        let bits = read.map(|info| info.key.raw_bytes().to_vec()).unwrap_or_default();
        Ok(hash(Digest::Sha1.openssl(), &bits)?.to_vec())
    }

    /// How it signs, as an `AlgorithmIdentifier`.
    pub fn identifier(&self) -> Vec<u8> {
        let digest = self.algorithm.digest();
        match self.algorithm {
            Algorithm::RsaPkcs1 { .. } => {
                sequence(&[&oid(&digest.signature_oid(Scheme::RsaPkcs1)), &[5, 0]])
            }
            Algorithm::Ecdsa { .. } => sequence(&[&oid(&digest.signature_oid(Scheme::Ecdsa))]),
            Algorithm::RsaPss { .. } => {
                let hash = digest_identifier(digest);
                let mask = sequence(&[&dotted("1.2.840.113549.1.1.8"), &hash]);
                let salt = unsigned(&digest.size().to_be_bytes());
                let parameters = sequence(&[
                    &element(0xa0, &[&hash]),
                    &element(0xa1, &[&mask]),
                    &element(0xa2, &[&salt]),
                ]);
                sequence(&[&dotted("1.2.840.113549.1.1.10"), &parameters])
            }
        }
    }

    /// The signature over `message`.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        let digest = self.algorithm.digest().openssl();
        if let Algorithm::Ecdsa { .. } = self.algorithm {
            return EcdsaSig::sign(&hash(digest, message)?, &*self.key.ec_key()?)?.to_der();
        }
        let mut signer = Signer::new(digest, &self.key)?;
        if let Algorithm::RsaPss { .. } = self.algorithm {
            signer.set_rsa_padding(Padding::PKCS1_PSS)?;
            signer.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH)?;
            signer.set_rsa_mgf1_md(digest)?;
        }
        signer.sign_oneshot_to_vec(message)
    }
}

/// A digest, as an `AlgorithmIdentifier`.
pub fn digest_identifier(digest: Digest) -> Vec<u8> {
    sequence(&[&oid(&digest.oid()), &[5, 0]])
}
