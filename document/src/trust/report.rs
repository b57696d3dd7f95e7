//! What became of everything that was loaded.

use std::collections::BTreeMap;

/// What became of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// An authority the operator gave.
    Trusted,
    /// An authority another one vouches for.
    Linked,
    /// Trusted, for what was signed while its certificate was valid.
    Expired,
    /// A document signer, to be checked when a document names it.
    Signer,
    /// A revocation list that counts.
    List,
    /// A revocation list that counts, but is older than it says it may be.
    Stale,
    /// A master list whose signer is known; its certificates are entries of their own.
    MasterList,
    /// There already.
    Duplicate,
    /// An older list than the one that counts.
    Superseded,
    /// An authority that a list revokes.
    Revoked,
    /// Nobody who is trusted signed it.
    Untrusted,
    /// Its own signature does not verify.
    BadSignature,
    /// Of a kind that is not known here.
    Unsupported,
    /// Not what its standard says.
    Malformed,
}

impl Status {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Linked => "linked",
            Self::Expired => "expired",
            Self::Signer => "signer",
            Self::List => "revocation_list",
            Self::Stale => "stale",
            Self::MasterList => "master_list",
            Self::Duplicate => "duplicate",
            Self::Superseded => "superseded",
            Self::Revoked => "revoked",
            Self::Untrusted => "untrusted",
            Self::BadSignature => "bad_signature",
            Self::Unsupported => "unsupported",
            Self::Malformed => "malformed",
        }
    }

    /// Whether people should look at it.
    fn is_trouble(self) -> bool {
        self == Self::Expired || self == Self::Stale || self >= Self::Revoked
    }

    /// Whether it adds something.
    fn is_useful(self) -> bool {
        self <= Self::MasterList
    }
}

/// One thing of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The file.
    pub source: String,
    /// Whose it is, or what is wrong with it.
    pub what: String,
    /// What became of it.
    pub status: Status,
}

/// What a load found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Everything, in the order of the files.
    pub entries: Vec<Entry>,
}

impl Report {
    /// How many there are of each kind.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for entry in &self.entries {
            *counts.entry(entry.status.as_str()).or_default() += 1;
        }
        counts
    }

    /// What people should look at.
    pub fn troubles(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.status.is_trouble())
    }

    /// Whether that file adds something.
    pub fn is_useful(&self, source: &str) -> bool {
        self.entries.iter().any(|entry| entry.source == source && entry.status.is_useful())
    }
}
