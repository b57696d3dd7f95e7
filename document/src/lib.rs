//! Checks electronic travel documents (ICAO Doc 9303): bytes in, what the document says of its
//! holder or the rule it broke out. No clock, no network, no files.

pub mod active;
pub mod age;
mod algorithm;
mod asn1;
pub mod attestation;
mod certificate;
pub mod chip;
mod cms;
pub mod country;
mod crl;
mod curve;
pub mod evaluate;
pub mod face;
pub mod failure;
pub mod holder;
#[cfg(any(test, feature = "issue"))]
pub mod issue;
mod key;
pub mod mrz;
mod name;
pub mod passive;
pub mod policy;
pub mod security;
mod sod;
pub mod tlv;
pub mod trust;

pub use algorithm::{Digest, Scheme};
pub use curve::Curve;
pub use failure::{Failure, Rule};
pub use key::PublicKey;
