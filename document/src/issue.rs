//! Makes what the rest of this crate checks: authorities, document signers, revocation lists and
//! documents, for tests, benchmarks and the sandbox's simulated phone.

pub mod authority;
pub mod document;
pub mod encode;
pub mod key;

pub use authority::{Authority, Signer, Validity};
pub use document::{SodForm, Specimen, dg1, dg2};
pub use key::{Algorithm, SigningKey};
