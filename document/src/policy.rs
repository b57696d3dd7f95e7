//! What an operator allows beyond the standards, and asks for beyond them.

use crate::algorithm::Digest;
use crate::certificate::Seconds;

/// The operator's choices; the default allows nothing old and asks for nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// SHA-1 signatures made before that instant (seconds since 1970) are accepted; `None`: none.
    pub sha1_until: Option<i64>,
    /// A document counts only if a revocation list in force covers its signer.
    pub require_fresh_crl: bool,
    /// A document counts only if its chip proved that it is no copy.
    pub require_chip_proof: bool,
}

impl Policy {
    /// Whether a signature over that digest, made at that instant, is accepted.
    pub(crate) fn allows(&self, digest: Digest, made: Seconds) -> bool {
        digest != Digest::Sha1 || self.sha1_until.is_some_and(|until| made < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha1_is_accepted_before_the_instant_and_never_by_default() {
        let until = |sha1_until| Policy { sha1_until, ..Policy::default() };
        for (policy, digest, made, allowed) in [
            (until(None), Digest::Sha1, 0, false),
            (until(Some(10)), Digest::Sha1, 9, true),
            (until(Some(10)), Digest::Sha1, 10, false),
            (until(None), Digest::Sha224, 10, true),
        ] {
            assert_eq!(policy.allows(digest, made), allowed, "{policy:?} {digest:?} {made}");
        }
    }
}
