//! What became of everything that was to be loaded into a trust store.

/// What became of one certificate or list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Counts: a self-signed anchor, or a list signed under an anchor.
    Trusted,
    /// Counts as an anchor because another anchor's key signed it.
    Linked,
    /// An anchor whose validity has ended: for documents that were signed in time.
    Expired,
    /// Kept as a document signer's certificate, which is checked whenever it is used.
    Signer,
    /// Was there already.
    Duplicate,
    /// A newer revocation list of that anchor counts instead.
    Superseded,
    /// A revocation list that counts although its next update is due, or that begins later.
    Stale,
    /// Does not count: a revocation list of its issuer names it.
    Revoked,
    /// Does not count: no anchor signed it.
    Untrusted,
    /// A master list of which nothing counts: no anchor signed its signer's certificate.
    ListSignerUnknown,
    /// Does not count: the signature is not the key's.
    SignatureWrong,
    /// Does not count: signed in a way that the policy does not allow.
    Forbidden,
    /// Does not count: it may not be used for this, or was not valid when it was used.
    Unusable,
    /// Does not count: an algorithm, critical extension or kind of content not known here.
    Unsupported,
    /// Does not count: not what the standards say.
    Malformed,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 15] = [
        Self::Trusted,
        Self::Linked,
        Self::Expired,
        Self::Signer,
        Self::Duplicate,
        Self::Superseded,
        Self::Stale,
        Self::Revoked,
        Self::Untrusted,
        Self::ListSignerUnknown,
        Self::SignatureWrong,
        Self::Forbidden,
        Self::Unusable,
        Self::Unsupported,
        Self::Malformed,
    ];

    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Linked => "linked",
            Self::Expired => "expired",
            Self::Signer => "signer",
            Self::Duplicate => "duplicate",
            Self::Superseded => "superseded",
            Self::Stale => "stale",
            Self::Revoked => "revoked",
            Self::Untrusted => "untrusted",
            Self::ListSignerUnknown => "master list signer unknown",
            Self::SignatureWrong => "signature wrong",
            Self::Forbidden => "forbidden by policy",
            Self::Unusable => "unusable",
            Self::Unsupported => "unsupported",
            Self::Malformed => "malformed",
        }
    }

    /// Whether people should look at it.
    fn is_trouble(self) -> bool {
        use Status::{Duplicate, Linked, Signer, Superseded, Trusted};
        !matches!(self, Trusted | Linked | Signer | Duplicate | Superseded)
    }

    /// Whether it counts, be it late.
    pub fn counts(self) -> bool {
        use Status::{Expired, Linked, Signer, Stale, Trusted};
        matches!(self, Trusted | Linked | Expired | Signer | Stale)
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One certificate or list, or a file in which none was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name of the source it came from.
    pub source: String,
    /// A certificate's subject, or what else it is.
    pub what: String,
    /// What became of it.
    pub status: Status,
}

/// What became of everything, in the order of the sources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// One for each certificate and list.
    pub entries: Vec<Entry>,
}

impl Report {
    /// How many have that status.
    pub fn count(&self, status: Status) -> usize {
        self.entries.iter().filter(|entry| entry.status == status).count()
    }

    /// What people should look at.
    pub fn troubles(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.status.is_trouble())
    }

    /// Whether anything of that file counts.
    pub fn is_useful(&self, source: &str) -> bool {
        self.entries.iter().any(|entry| entry.source == source && entry.status.counts())
    }

    /// Each status that something has, with how many have it.
    pub fn counts(&self) -> impl Iterator<Item = (Status, usize)> {
        Status::ALL.into_iter().map(|status| (status, self.count(status))).filter(|(_, n)| *n > 0)
    }
}
