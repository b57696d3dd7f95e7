//! Whose documents are believed: CSCA certificates, links between them, and revocation lists
//! (9303-12 §7.1).

mod armor;
mod ldif;
mod load;
mod masterlist;
mod report;

use std::collections::HashMap;

use crate::certificate::{Certificate, Seconds};
use crate::cms::SignerId;
use crate::key::PublicKey;
use crate::name::Name;

pub use report::{Entry, Report, Status};

#[cfg(test)]
mod tests;

/// One file.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the report calls it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// An authority that is believed.
#[derive(Debug)]
pub(crate) struct Anchor {
    pub key: PublicKey,
    pub subject: Name,
    pub key_id: Option<Box<[u8]>>,
    pub not_before: Seconds,
    pub not_after: Seconds,
    about: AnchorSummary,
    revocations: Option<Revocations>,
}

/// What people are shown of an authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorSummary {
    /// Two letters, where its name states them.
    pub country: String,
    /// Its name's values, outermost first.
    pub subject: String,
    /// Serial number of its certificate, in hexadecimal.
    pub serial: String,
    /// Kind of its key.
    pub key: String,
    /// Until when its certificate is valid, in seconds since 1970.
    pub not_after: i64,
    /// SHA-256 of its certificate, in hexadecimal.
    pub fingerprint: String,
    /// Whether another authority vouches for it, rather than the operator.
    pub linked: bool,
    /// The file it came from.
    pub source: String,
}

/// The newest list of an authority.
#[derive(Debug)]
struct Revocations {
    this_update: Seconds,
    next_update: Option<Seconds>,
    serials: Vec<Box<[u8]>>,
}

/// What is known of a certificate's revocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Revocation {
    /// It is on a list.
    Revoked,
    /// It is on no list, and the list is fresh.
    Fresh,
    /// It is on no list, but the list may be outdated.
    Stale,
    /// There is no list.
    Unknown,
}

impl Anchor {
    /// What its lists say of a certificate it issued.
    pub fn revocation(&self, serial: &[u8], now: Seconds) -> Revocation {
        let Some(list) = &self.revocations else { return Revocation::Unknown };
        if list.serials.binary_search_by(|listed| listed.as_ref().cmp(serial)).is_ok() {
            Revocation::Revoked
        } else if list.next_update.is_some_and(|next| now <= next) {
            Revocation::Fresh
        } else {
            Revocation::Stale
        }
    }
}

/// Everything that is believed.
#[derive(Default)]
pub struct TrustStore {
    anchors: Vec<Anchor>,
    by_name: HashMap<Name, Vec<usize>>,
    /// Document signers from directories, by issuer and serial number, and by key id.
    signers: HashMap<Vec<u8>, Vec<Box<[u8]>>>,
}

impl std::fmt::Debug for TrustStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let signers: usize = self.signers.values().map(Vec::len).sum();
        write!(f, "TrustStore({} anchors, {signers} signers)", self.anchors.len())
    }
}

/// What a signer is found by: its issuer and serial number, or its key id.
fn index(issuer: Option<&Name>, number: &[u8]) -> Vec<u8> {
    let mut index = issuer.map(|name| name.key().to_vec()).unwrap_or_default();
    index.push(0);
    index.extend_from_slice(number);
    index
}

impl TrustStore {
    /// Who may have issued the certificate: same name, and same key where both state its id.
    pub(crate) fn issuers<'s>(
        &'s self,
        certificate: &Certificate<'_>,
    ) -> impl Iterator<Item = &'s Anchor> {
        let named = self.by_name.get(&certificate.issuer).map_or(&[][..], Vec::as_slice);
        let wanted = certificate.extensions.authority_key_id.map(Box::<[u8]>::from);
        named.iter().map(|at| &self.anchors[*at]).filter(move |anchor| {
            let both = wanted.as_ref().zip(anchor.key_id.as_ref());
            both.is_none_or(|(wanted, id)| wanted == id)
        })
    }

    /// Certificates of that signer that a directory listed, for documents that carry none.
    pub(crate) fn signers(&self, id: &SignerId<'_>) -> impl Iterator<Item = &[u8]> {
        let index = match id {
            SignerId::Key(id) => Some(index(None, id)),
            SignerId::Issued { issuer, serial } => {
                Name::read(issuer).ok().map(|issuer| index(Some(&issuer), serial))
            }
        };
        let found = index.and_then(|index| self.signers.get(&index));
        found.map_or(&[][..], Vec::as_slice).iter().map(AsRef::as_ref)
    }

    /// Every authority, for people to look at.
    pub fn anchors(&self) -> impl Iterator<Item = &AnchorSummary> {
        self.anchors.iter().map(|anchor| &anchor.about)
    }
}
