//! The elliptic curves of travel documents: NIST and Brainpool, named by an object identifier, by a
//! standardized domain parameter id (BSI TR-03110-3 A.2.1.1), or by explicit parameters.
//!
//! Explicit parameters are recognised, not computed with: those that are none of these curves'
//! are refused, so that nobody chooses the arithmetic a signature is checked with.

use std::sync::LazyLock;

use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef, UintRef};
use der::{Decode, Reader, SliceReader, Tag};
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcPoint, PointConversionForm};
use openssl::error::ErrorStack;
use openssl::nid::Nid;

use crate::asn1::Malformed;

const PRIME_FIELD: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.1.1");

/// One of the curves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Curve {
    /// NIST P-192, `secp192r1`
    P192,
    /// `brainpoolP192r1`
    Brainpool192,
    /// NIST P-224, `secp224r1`
    P224,
    /// `brainpoolP224r1`
    Brainpool224,
    /// NIST P-256, `secp256r1`
    P256,
    /// `brainpoolP256r1`
    Brainpool256,
    /// `brainpoolP320r1`
    Brainpool320,
    /// NIST P-384, `secp384r1`
    P384,
    /// `brainpoolP384r1`
    Brainpool384,
    /// `brainpoolP512r1`
    Brainpool512,
    /// NIST P-521, `secp521r1`
    P521,
}

/// Each with OpenSSL's name for it and its object identifier, in the order of the standardized
/// domain parameter ids, the first of which is 8.
const CURVES: [(Curve, Nid, &str); 11] = [
    (Curve::P192, Nid::X9_62_PRIME192V1, "1.2.840.10045.3.1.1"),
    (Curve::Brainpool192, Nid::BRAINPOOL_P192R1, "1.3.36.3.3.2.8.1.1.3"),
    (Curve::P224, Nid::SECP224R1, "1.3.132.0.33"),
    (Curve::Brainpool224, Nid::BRAINPOOL_P224R1, "1.3.36.3.3.2.8.1.1.5"),
    (Curve::P256, Nid::X9_62_PRIME256V1, "1.2.840.10045.3.1.7"),
    (Curve::Brainpool256, Nid::BRAINPOOL_P256R1, "1.3.36.3.3.2.8.1.1.7"),
    (Curve::Brainpool320, Nid::BRAINPOOL_P320R1, "1.3.36.3.3.2.8.1.1.9"),
    (Curve::P384, Nid::SECP384R1, "1.3.132.0.34"),
    (Curve::Brainpool384, Nid::BRAINPOOL_P384R1, "1.3.36.3.3.2.8.1.1.11"),
    (Curve::Brainpool512, Nid::BRAINPOOL_P512R1, "1.3.36.3.3.2.8.1.1.13"),
    (Curve::P521, Nid::SECP521R1, "1.3.132.0.35"),
];

/// A curve with its group, and its parameters as they are compared: p, a, b, n and the generator's
/// coordinates, padded to the field's size.
struct Known {
    group: EcGroup,
    oid: ObjectIdentifier,
    field: usize,
    parameters: [Vec<u8>; 6],
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let load = |(_, nid, oid): &(Curve, Nid, &str)| {
        Known::load(*nid, oid).expect("OpenSSL has every curve of the table")
    };
    CURVES.iter().map(load).collect()
});

impl Known {
    fn load(nid: Nid, oid: &str) -> Result<Self, ErrorStack> {
        let group = EcGroup::from_curve_name(nid)?;
        let mut context = BigNumContext::new()?;
        let fresh = BigNum::new;
        let (mut prime, mut a, mut b) = (fresh()?, fresh()?, fresh()?);
        let (mut order, mut x, mut y) = (fresh()?, fresh()?, fresh()?);
        group.components_gfp(&mut prime, &mut a, &mut b, &mut context)?;
        group.order(&mut order, &mut context)?;
        let generator = group.generator_opt().ok_or_else(ErrorStack::get)?;
        generator.affine_coordinates(&group, &mut x, &mut y, &mut context)?;
        let field = usize::try_from(prime.num_bytes()).unwrap_or_default();
        let parameters = [prime, a, b, order, x, y].map(|number| number.to_vec());
        let oid = ObjectIdentifier::new_unwrap(oid);
        Ok(Self { group, oid, field, parameters })
    }
}

impl Curve {
    /// Every curve, in the order of the standardized domain parameter ids.
    pub const ALL: [Self; 11] = {
        let mut all = [Self::P192; 11];
        let mut at = 0;
        while at < all.len() {
            all[at] = CURVES[at].0;
            at += 1;
        }
        all
    };

    fn at(self) -> usize {
        self as usize
    }

    pub(crate) fn group(self) -> &'static EcGroup {
        &KNOWN[self.at()].group
    }

    /// Length of a coordinate, in bytes.
    pub fn field_size(self) -> usize {
        KNOWN[self.at()].field
    }

    /// The curve of a standardized domain parameter id.
    pub(crate) fn standardized(id: u64) -> Option<Self> {
        let at = usize::try_from(id.checked_sub(8)?).ok()?;
        Self::ALL.get(at).copied()
    }

    /// The curve of the parameters of an `id-ecPublicKey` key (RFC 5480 §2.1.1); `None` for one
    /// that is not known here.
    pub(crate) fn read(parameters: AnyRef<'_>) -> Result<Option<Self>, Malformed> {
        if parameters.header().tag() == Tag::ObjectIdentifier {
            let oid: ObjectIdentifier = parameters.decode_as()?;
            let at = KNOWN.iter().position(|known| known.oid == oid);
            return Ok(at.map(|at| Self::ALL[at]));
        }
        let explicit = parameters.sequence(Explicit::read)?;
        Ok(explicit.and_then(|explicit| explicit.recognise()))
    }
}

/// `ECParameters` of a prime field (ANSI X9.62; RFC 3279 §2.3.5), with the seed left out.
struct Explicit<'a> {
    prime: &'a [u8],
    a: &'a [u8],
    b: &'a [u8],
    generator: &'a [u8],
    order: &'a [u8],
    cofactor_is_one: bool,
}

impl<'a> Explicit<'a> {
    fn read(reader: &mut SliceReader<'a>) -> Result<Option<Self>, Malformed> {
        if u8::decode(reader)? != 1 {
            return Err(Malformed);
        }
        let (field, prime) = reader.sequence(|field| {
            let kind = ObjectIdentifier::decode(field)?;
            Ok::<_, Malformed>((kind, AnyRef::decode(field)?))
        })?;
        if field != PRIME_FIELD {
            reader.drain(reader.remaining_len())?;
            return Ok(None);
        }
        let (a, b) = reader.sequence(|curve| {
            let a = <&OctetStringRef>::decode(curve)?.as_bytes();
            let b = <&OctetStringRef>::decode(curve)?.as_bytes();
            let _seed: Option<der::asn1::BitStringRef<'_>> = curve.decode()?;
            Ok::<_, Malformed>((a, b))
        })?;
        let generator = <&OctetStringRef>::decode(reader)?.as_bytes();
        let order = UintRef::decode(reader)?.as_bytes();
        let cofactor: Option<UintRef<'_>> = reader.decode()?;
        let prime = prime.decode_as::<UintRef<'_>>()?.as_bytes();
        let cofactor_is_one = cofactor.is_none_or(|h| h.as_bytes() == [1]);
        Ok(Some(Self { prime, a, b, generator, order, cofactor_is_one }))
    }

    fn recognise(&self) -> Option<Curve> {
        let known = KNOWN.iter().position(|known| {
            let [prime, a, b, order, x, y] = &known.parameters;
            self.prime == prime
                && significant(self.a) == a
                && significant(self.b) == b
                && self.order == order
                && self.starts_at(known, x, y)
        })?;
        self.cofactor_is_one.then_some(Curve::ALL[known])
    }

    fn starts_at(&self, known: &Known, x: &[u8], y: &[u8]) -> bool {
        let Some((form, coordinates)) = self.generator.split_first() else { return false };
        let parity = y.last().is_some_and(|byte| byte & 1 == 1);
        match form {
            4 if coordinates.len() == 2 * known.field => {
                let (given_x, given_y) = coordinates.split_at(known.field);
                significant(given_x) == x && significant(given_y) == y
            }
            2 | 3 => {
                coordinates.len() == known.field
                    && significant(coordinates) == x
                    && (*form == 3) == parity
            }
            _ => false,
        }
    }
}

/// A number without its leading zeros.
fn significant(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}

/// A point that is on the curve and not its neutral element.
pub(crate) fn point(curve: Curve, bytes: &[u8]) -> Option<EcPoint> {
    // OpenSSL would also take hybrid forms and the point at infinity.
    if !matches!(bytes.first(), Some(2..=4)) {
        return None;
    }
    let mut context = BigNumContext::new().ok()?;
    EcPoint::from_bytes(curve.group(), bytes, &mut context).ok()
}

/// A point's bytes, uncompressed.
pub(crate) fn point_bytes(curve: Curve, point: &openssl::ec::EcPointRef) -> Option<Vec<u8>> {
    let mut context = BigNumContext::new().ok()?;
    point.to_bytes(curve.group(), PointConversionForm::UNCOMPRESSED, &mut context).ok()
}
