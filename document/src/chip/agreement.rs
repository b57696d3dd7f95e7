//! Agreeing on a secret: Diffie–Hellman in a prime field or on a curve (9303-11 §9.6; BSI TR-03111
//! §4.3; RFC 2631).

use der::asn1::{AnyRef, ObjectIdentifier, UintRef};
use der::{Decode, Reader};
use openssl::bn::{BigNum, BigNumContext, BigNumRef};
use openssl::dh::Dh;
use openssl::ec::EcPoint;
use openssl::error::ErrorStack;
use zeroize::Zeroizing;

use crate::algorithm::EC;
use crate::asn1::{AlgorithmIdentifier, Malformed};
use crate::curve::{Curve, point, point_bytes};
use crate::failure::Rule;
use crate::security::Agreement;

/// `standardizedDomainParameters` (BSI TR-03110-3 A.2.1.1)
const STANDARDIZED: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.1.2");
/// `dhpublicnumber` (RFC 3279 §2.3.3)
const X9_42: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10046.2.1");
/// `dhKeyAgreement` (PKCS #3)
const PKCS_3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.3.1");

/// Lengths of primes that are computed with, in bits.
const PRIMES: std::ops::RangeInclusive<i32> = 1_024..=4_096;
/// Bits of an exponent: twice the strength of the longest prime and more (RFC 7919 §5.2), and a
/// fraction of its cost.
const EXPONENT: i32 = 512;
/// Longer than any order by 64 bits: the remainder is then as good as uniform (FIPS 186-5 A.2.1).
const SPARE: usize = 8;

/// Where keys are agreed on.
pub(super) enum Domain {
    Curve(Curve),
    Field { prime: BigNum, generator: BigNum },
}

/// A chip's public key, an element of its domain.
pub(super) enum Key {
    Point(EcPoint),
    Number(BigNum),
}

fn unknown(_: ErrorStack) -> Rule {
    Rule::ChipAlgorithm
}

impl From<Malformed> for Rule {
    fn from(_: Malformed) -> Self {
        Self::Dg14Malformed
    }
}

impl Domain {
    /// The domain of a chip's key.
    pub fn read(agreement: Agreement, key: &AlgorithmIdentifier<'_>) -> Result<Self, Rule> {
        let parameters = key.parameters.ok_or(Rule::Dg14Malformed)?;
        match (agreement, key.oid) {
            (_, STANDARDIZED) => {
                let id: u64 = parameters.decode_as().map_err(|_| Rule::Dg14Malformed)?;
                Self::standardized(agreement, id)
            }
            (Agreement::Ecdh, EC) => {
                Curve::read(parameters)?.map(Self::Curve).ok_or(Rule::ChipAlgorithm)
            }
            (Agreement::Dh, X9_42 | PKCS_3) => {
                let (prime, generator) = numbers(parameters)?;
                let number = |number: UintRef<'_>| BigNum::from_slice(number.as_bytes());
                Self::field(number(prime).map_err(unknown)?, number(generator).map_err(unknown)?)
            }
            _ => Err(Rule::ChipAlgorithm),
        }
    }

    fn standardized(agreement: Agreement, id: u64) -> Result<Self, Rule> {
        let group = match (agreement, id) {
            (Agreement::Ecdh, _) => {
                return Curve::standardized(id).map(Self::Curve).ok_or(Rule::ChipAlgorithm);
            }
            (Agreement::Dh, 0) => Dh::get_1024_160(),
            (Agreement::Dh, 1) => Dh::get_2048_224(),
            (Agreement::Dh, 2) => Dh::get_2048_256(),
            _ => return Err(Rule::ChipAlgorithm),
        };
        let group = group.map_err(unknown)?;
        let copy = |number: &BigNumRef| number.to_owned().map_err(unknown);
        Self::field(copy(group.prime_p())?, copy(group.generator())?)
    }

    fn field(prime: BigNum, generator: BigNum) -> Result<Self, Rule> {
        let one = BigNum::from_u32(1).map_err(unknown)?;
        let known = PRIMES.contains(&prime.num_bits())
            && prime.is_odd()
            && generator > one
            && generator < prime;
        known.then_some(Self::Field { prime, generator }).ok_or(Rule::ChipAlgorithm)
    }

    /// The chip's public key in this domain.
    pub fn key(&self, bytes: &[u8]) -> Result<Key, Rule> {
        match self {
            Self::Curve(curve) => point(*curve, bytes).map(Key::Point).ok_or(Rule::Dg14Malformed),
            Self::Field { prime, .. } => {
                let number = UintRef::from_der(bytes).map_err(|_| Rule::Dg14Malformed)?;
                let number = BigNum::from_slice(number.as_bytes()).map_err(unknown)?;
                let known = is_element(&number, prime).map_err(unknown)?;
                known.then_some(Key::Number(number)).ok_or(Rule::Dg14Malformed)
            }
        }
    }

    /// A fresh key pair: the private number, and the public key as it is sent.
    pub fn generate(
        &self,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(Zeroizing<Vec<u8>>, Vec<u8>), Rule> {
        match self {
            Self::Curve(curve) => on_curve(*curve, random),
            Self::Field { prime, generator } => in_field(prime, generator, random),
        }
        .map_err(unknown)
    }

    /// The secret shared with the chip's public key, as long as the field's elements.
    pub fn agree(&self, private: &[u8], chip: &Key) -> Result<Zeroizing<Vec<u8>>, Rule> {
        match (self, chip) {
            (Self::Curve(curve), Key::Point(chip)) => meet_on_curve(*curve, private, chip),
            (Self::Field { prime, .. }, Key::Number(chip)) => {
                power(chip, private, prime).map(Zeroizing::new)
            }
            _ => return Err(Rule::ChipAlgorithm),
        }
        .map_err(unknown)
    }
}

/// Prime and generator, which both forms of parameters begin with; a generator of order `q` and
/// more may follow.
fn numbers(parameters: AnyRef<'_>) -> Result<(UintRef<'_>, UintRef<'_>), Malformed> {
    parameters.sequence(|reader| {
        let numbers = (reader.decode()?, reader.decode()?);
        while !reader.is_finished() {
            reader.tlv_bytes()?;
        }
        Ok(numbers)
    })
}

/// A number from 1 up to `most`, from fresh random bytes.
fn scalar(most: &BigNumRef, random: &mut dyn FnMut(&mut [u8])) -> Result<BigNum, ErrorStack> {
    let length = usize::try_from(most.num_bytes()).unwrap_or_default() + SPARE;
    let mut bytes = Zeroizing::new(vec![0; length]);
    random(&mut bytes);
    let mut context = BigNumContext::new()?;
    let mut scalar = BigNum::new()?;
    scalar.nnmod(&*BigNum::from_slice(&bytes)?, most, &mut context)?;
    scalar.add_word(1)?;
    Ok(scalar)
}

type Pair = (Zeroizing<Vec<u8>>, Vec<u8>);

fn on_curve(curve: Curve, random: &mut dyn FnMut(&mut [u8])) -> Result<Pair, ErrorStack> {
    let (group, mut context) = (curve.group(), BigNumContext::new()?);
    let mut most = BigNum::new()?;
    group.order(&mut most, &mut context)?;
    most.sub_word(1)?;
    let private = scalar(&most, random)?;
    let mut public = EcPoint::new(group)?;
    public.mul_generator2(group, &private, &mut context)?;
    let public = point_bytes(curve, &public).ok_or_else(ErrorStack::get)?;
    Ok((Zeroizing::new(private.to_vec()), public))
}

fn in_field(
    prime: &BigNumRef,
    generator: &BigNumRef,
    random: &mut dyn FnMut(&mut [u8]),
) -> Result<Pair, ErrorStack> {
    let mut most = prime.to_owned()?;
    most.sub_word(2)?;
    if most.num_bits() > EXPONENT {
        most = BigNum::new()?;
        most.set_bit(EXPONENT)?;
    }
    let private = Zeroizing::new(scalar(&most, random)?.to_vec());
    let public = power(generator, &private, prime)?;
    Ok((private, public))
}

fn meet_on_curve(
    curve: Curve,
    private: &[u8],
    chip: &EcPoint,
) -> Result<Zeroizing<Vec<u8>>, ErrorStack> {
    let (group, mut context) = (curve.group(), BigNumContext::new()?);
    let mut shared = EcPoint::new(group)?;
    shared.mul2(group, chip, &*BigNum::from_slice(private)?, &mut context)?;
    let (mut x, mut y) = (BigNum::new()?, BigNum::new()?);
    shared.affine_coordinates(group, &mut x, &mut y, &mut context)?;
    let length = i32::try_from(curve.field_size()).unwrap_or_default();
    Ok(Zeroizing::new(x.to_vec_padded(length)?))
}

/// Whether a public number is neither 0 nor ±1 (RFC 2631 §2.1.5).
fn is_element(number: &BigNumRef, prime: &BigNumRef) -> Result<bool, ErrorStack> {
    let one = BigNum::from_u32(1)?;
    let mut last = prime.to_owned()?;
    last.sub_word(1)?;
    Ok(*number > one && *number < *last)
}

/// `base` to the power of `exponent`, as long as the prime.
fn power(base: &BigNumRef, exponent: &[u8], prime: &BigNumRef) -> Result<Vec<u8>, ErrorStack> {
    let mut result = BigNum::new()?;
    let exponent = BigNum::from_slice(exponent)?;
    result.mod_exp(base, &exponent, prime, &mut *BigNumContext::new_secure()?)?;
    result.to_vec_padded(prime.num_bytes())
}
