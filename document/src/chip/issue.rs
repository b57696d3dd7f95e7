//! The chip's side of chip authentication.

use openssl::bn::BigNum;
use zeroize::Zeroizing;

use super::agreement::Domain;
use super::messaging::{Keys, encrypt};
use super::{EXPECTED, READ};
use crate::asn1::{AlgorithmIdentifier, read};
use crate::curve::Curve;
use crate::issue::encode::{bits, dotted, element, sequence, set, unsigned};
use crate::issue::{Algorithm, SigningKey};
use crate::security::{Agreement, Cipher, Protocol};

/// How a chip's domain is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// By the curve's name.
    Named(Curve),
    /// By the curve's parameters.
    Explicit(Curve),
    /// By a standardized id (BSI TR-03110-3 A.2.1.1): 0–2 are prime fields, 8–18 curves.
    Standardized(u8),
    /// A prime field by its numbers, those of the standardized field.
    Numbers(u8),
}

/// A chip that can agree on keys.
pub struct Chip {
    protocol: Protocol,
    identifier: Vec<u8>,
    public: Vec<u8>,
    private: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Chip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chip({:?})", self.protocol)
    }
}

/// The `AlgorithmIdentifier` of a domain.
fn identifier(spelling: Spelling) -> Vec<u8> {
    let of_key = |curve, explicit| {
        let digest = crate::Digest::Sha256;
        let key = SigningKey::generate(Algorithm::Ecdsa { curve, digest, explicit });
        let info = key.and_then(|key| key.public()).expect("a key");
        let header = crate::asn1::sequence(&info, |reader| {
            use der::Reader as _;
            let identifier = reader.tlv_bytes()?.to_vec();
            reader.tlv_bytes()?;
            Ok(identifier)
        });
        header.expect("a key's own encoding")
    };
    match spelling {
        Spelling::Named(curve) => of_key(curve, false),
        Spelling::Explicit(curve) => of_key(curve, true),
        Spelling::Standardized(id) => sequence(&[&dotted("0.4.0.127.0.7.1.2"), &[2, 1, id]]),
        Spelling::Numbers(id) => {
            let standardized = identifier(Spelling::Standardized(id));
            let Domain::Field { prime, generator } = domain(Agreement::Dh, &standardized) else {
                panic!("ids 0 to 2 are fields")
            };
            let numbers =
                sequence(&[&unsigned(&prime.to_vec()), &unsigned(&generator.to_vec()), &[2, 1, 2]]);
            sequence(&[&dotted("1.2.840.10046.2.1"), &numbers])
        }
    }
}

fn domain(agreement: Agreement, identifier: &[u8]) -> Domain {
    let identifier: AlgorithmIdentifier<'_> = read(identifier).expect("well formed");
    Domain::read(agreement, &identifier).expect("a known domain")
}

impl Chip {
    /// A chip with a fresh key.
    pub fn new(
        (spelling, cipher, key_id): (Spelling, Cipher, Option<u64>),
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Self {
        let in_field = matches!(spelling, Spelling::Standardized(0..=2) | Spelling::Numbers(_));
        let agreement = if in_field { Agreement::Dh } else { Agreement::Ecdh };
        let identifier = identifier(spelling);
        let (private, public) = domain(agreement, &identifier).generate(random).expect("a key");
        let public = if in_field { unsigned(&public) } else { public };
        let protocol = Protocol { agreement, cipher, key_id };
        Self { protocol, identifier, public, private }
    }

    /// EF.DG14 that offers it, and says `more`.
    pub fn dg14(&self, more: &[&[u8]]) -> Vec<u8> {
        let agreement = if self.protocol.agreement == Agreement::Dh { 1 } else { 2 };
        let id = self.protocol.key_id.map(|id| unsigned(&id.to_be_bytes())).unwrap_or_default();
        let info = sequence(&[&self.identifier, &bits(&self.public)]);
        let key = dotted(&format!("0.4.0.127.0.7.2.2.1.{agreement}"));
        let (key, offer) = (
            sequence(&[&key, &info, &id]),
            sequence(&[&dotted(&self.protocol.oid()), &[2, 1, 1], &id]),
        );
        let infos = [&[key.as_slice(), &offer], more].concat();
        element(0x6e, &[&set(&infos)])
    }

    /// Agrees on keys with a terminal and answers its command; `None` if that is not protected by
    /// those keys.
    pub fn answer(&self, terminal: &[u8], command: &[u8]) -> Option<Vec<u8>> {
        let domain = domain(self.protocol.agreement, &self.identifier);
        // A terminal's number travels bare; here it is read as data group 14 writes it.
        let terminal = match domain {
            Domain::Curve(_) => terminal.to_vec(),
            Domain::Field { .. } => unsigned(&BigNum::from_slice(terminal).ok()?.to_vec()),
        };
        let secret = domain.agree(&self.private, &domain.key(&terminal).ok()?).ok()?;
        let keys = Keys::derive(self.protocol.cipher, &secret).ok()?;
        if keys.protect(READ, &EXPECTED).ok()? != command {
            return None;
        }
        let data = encrypt(&keys, 2, &[0x60, 0x16, 0x5f, 0x01]).ok()?;
        let data = element(0x87, &[&[1], &data]);
        let objects = [data, element(0x99, &[&[0x90, 0x00]])].concat();
        let mac = keys.mac(2, &[&objects]).ok()?;
        Some([objects, element(0x8e, &[&mac]), vec![0x90, 0x00]].concat())
    }
}
