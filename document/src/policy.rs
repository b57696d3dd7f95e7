//! What an operator allows.

/// What is allowed, and asked for, beyond the standards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Policy {
    /// SHA-1 signatures and hashes made before this instant (seconds since 1970) are believed;
    /// `None`: none are.
    pub sha1_until: Option<i64>,
    /// Without a fresh revocation list of its issuer a document signer is not believed.
    pub require_fresh_crl: bool,
    /// A document whose chip cannot prove itself is not believed.
    pub require_chip_proof: bool,
}
