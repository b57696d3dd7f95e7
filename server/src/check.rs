//! Judging what a device sends: the document by cryptography, the face by the biometric verifier.

pub mod assertion;
pub mod attestation;
pub mod biometric;
pub mod claims;
pub mod document;
pub mod evidence;
pub mod exchange;
pub mod receipt;
pub mod trust;

use crate::error::{Code, Error};

/// Who judges evidence, as far as the settings name them.
#[derive(Debug, Default)]
pub struct Judges {
    /// Whose documents are believed.
    pub trust: Option<trust::Trust>,
    /// Who compares faces.
    pub biometric: Option<biometric::Client>,
    /// What phones have to prove of themselves.
    pub attestation: Option<attestation::Attestation>,
}

/// What is answered where nobody is there to judge; it costs no try.
fn unavailable(what: &str) -> Error {
    let message = format!("this server has no {what}: nothing was judged, no try was spent");
    Error::new(Code::EvidenceUnavailable, message)
}
