//! Checks electronic travel documents (ICAO Doc 9303): bytes in, what the document says of its
//! holder or the rule it broke out. No clock, no network, no files.

mod algorithm;
mod asn1;
mod certificate;
mod cms;
mod curve;
pub mod failure;
mod key;
mod name;
mod sod;
pub mod tlv;

pub use algorithm::{Digest, Scheme};
pub use curve::Curve;
pub use failure::{Failure, Rule};
pub use key::PublicKey;
