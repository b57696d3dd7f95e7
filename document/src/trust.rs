//! Whom documents are believed: the CSCA certificates an operator trusts, what they revoked, and
//! the document signers known from directories (9303-12 §3, §7, §9).
//!
//! A certificate that the operator gives is trusted if it is a self-signed authority. A link
//! certificate is, if a trusted key signed it. A master list's certificates are as if given, if
//! the list's signer was certified by a CSCA that is trusted without that list. A directory's
//! document signers are never trusted, only found: their issuers are asked whenever they are used.

use std::collections::HashMap;
use std::fmt;

use crate::certificate::{Certificate, Seconds};
use crate::cms::SignerId;
use crate::country::Code;
use crate::crl::serial_number;
use crate::key::PublicKey;
use crate::name::Name;

mod candidate;
mod grow;
mod ldif;
mod lists;
mod load;
mod masterlist;
mod parallel;
mod pem;
mod report;
mod source;
#[cfg(test)]
pub(crate) mod tests;

pub use report::{Entry, Report, Status};

/// One file of an operator's, of any kind that holds certificates or lists: DER, PEM, a master
/// list or a directory dump (LDIF).
#[derive(Debug, Clone)]
pub struct Source {
    /// What to call it in the report.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Everything that was loaded.
pub struct TrustStore {
    anchors: Vec<Anchor>,
    /// Positions of anchors by their subject.
    by_name: HashMap<Name, Vec<usize>>,
    revoked: HashMap<Name, Vec<lists::Revoked>>,
    /// The newest lists that counted, be it against who signed them.
    heard: HashMap<lists::Voice, lists::Heard>,
    signers: Vec<Box<[u8]>>,
    /// Positions of signers by issuer and serial number, and by key id.
    by_issued: HashMap<(Name, Box<[u8]>), Vec<usize>>,
    by_key: HashMap<Box<[u8]>, Vec<usize>>,
}

impl fmt::Debug for TrustStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrustStore")
            .field("anchors", &self.anchors.len())
            .field("revocation_lists", &self.revoked.values().map(Vec::len).sum::<usize>())
            .field("signers", &self.signers.len())
            .finish_non_exhaustive()
    }
}

/// A CSCA that is believed.
#[derive(Debug)]
pub(crate) struct Anchor {
    pub key: PublicKey,
    pub not_before: Seconds,
    pub not_after: Seconds,
    pub subject: Name,
    pub key_id: Option<Box<[u8]>>,
    pub country: Option<Code>,
    /// Whether it may sign revocation lists.
    may_revoke: bool,
    linked: bool,
    serial: Box<[u8]>,
    text: String,
    fingerprint: candidate::Fingerprint,
    /// Which key it is, however it is spelt.
    key_hash: candidate::Fingerprint,
    source: String,
}

/// What there is to say of an anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorSummary {
    /// Two capital letters, where the subject has them.
    pub country: Option<String>,
    /// The subject for people to read.
    pub subject: String,
    /// The serial number in hexadecimal.
    pub serial: String,
    /// Such as `RSA-3072`.
    pub key: String,
    /// When it ends, in seconds since 1970.
    pub not_after: i64,
    /// SHA-256 of the certificate in hexadecimal.
    pub fingerprint: String,
    /// Whether another anchor's key signed it, instead of its own.
    pub linked: bool,
    /// The name of the source it came from.
    pub source: String,
}

/// What revocation lists say of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Revocation {
    /// A list names it.
    Revoked,
    /// A list in force does not name it.
    Fresh,
    /// Only lists that are not in force do not name it.
    Stale,
    /// There is no list.
    Unknown,
}

impl TrustStore {
    /// Anchors that may have issued the certificate: by its issuer's name, and by the key's id
    /// where both state one.
    pub(crate) fn issuers(&self, certificate: &Certificate<'_>) -> impl Iterator<Item = &Anchor> {
        let stated = certificate.extensions.authority_key_id;
        let named = self.by_name.get(&certificate.issuer).into_iter().flatten();
        let anchors: Vec<&Anchor> = named
            .map(|at| &self.anchors[*at])
            .filter(|anchor| grow::may_have_signed(anchor.key_id.as_deref(), stated))
            .collect();
        anchors.into_iter()
    }

    /// Certificates from directories of the signer that is meant, for documents that carry none.
    pub(crate) fn signers(&self, id: &SignerId<'_>) -> impl Iterator<Item = &[u8]> {
        let found = match id {
            SignerId::Key(id) => self.by_key.get(*id),
            SignerId::Issued { issuer, serial } => Name::read(issuer)
                .ok()
                .and_then(|issuer| self.by_issued.get(&(issuer, serial_number(serial).into()))),
        };
        found.into_iter().flatten().map(|at| &*self.signers[*at])
    }

    /// What is known of the revocation of a certificate that the anchor issued. The lists of all
    /// anchors of that name count: after a change of keys, a CSCA signs the list of all its
    /// certificates with the newest (9303-12 §7.1.4).
    pub(crate) fn revocation(&self, anchor: &Anchor, serial: &[u8], now: Seconds) -> Revocation {
        revocation(&self.revoked, &anchor.subject, serial, now)
    }

    /// Issuers of which `older` heard lists that this store did not hear: a file was cut, or
    /// replaced by an old one, and what it revoked would be believed again. Where the key that
    /// signed is not trusted any more, a list as new of another key of that name will do.
    pub fn forgets(&self, older: &Self) -> Vec<String> {
        let forgotten = older.heard.iter().filter(|(voice, list)| {
            let covered = self.heard.get(*voice).is_some_and(|own| own.covers(list));
            let named = self.by_name.contains_key(&voice.0);
            let heard = self.heard.iter().filter(|(own, _)| own.0 == voice.0);
            let followed = heard.into_iter().any(|(_, own)| own.is_as_new_as(list));
            !covered && (self.trusts(voice) || named && !followed)
        });
        let mut forgotten: Vec<String> = forgotten.map(|(_, list)| list.text.clone()).collect();
        forgotten.sort_unstable();
        forgotten
    }

    /// Takes over what `older` heard of those who are not trusted here now: they may be again.
    pub fn remember(&mut self, older: &Self) {
        for (voice, list) in &older.heard {
            let known = self.heard.entry(voice.clone()).or_insert_with(|| list.clone());
            known.learn(list);
        }
    }

    fn trusts(&self, (issuer, key): &lists::Voice) -> bool {
        let named = self.by_name.get(issuer).into_iter().flatten();
        named.into_iter().any(|at| self.anchors[*at].key_hash == *key)
    }

    /// Every anchor.
    pub fn anchors(&self) -> impl ExactSizeIterator<Item = AnchorSummary> {
        self.anchors.iter().map(Anchor::summary)
    }
}

fn revocation(
    revoked: &HashMap<Name, Vec<lists::Revoked>>,
    issuer: &Name,
    serial: &[u8],
    now: Seconds,
) -> Revocation {
    let lists = revoked.get(issuer).map_or(&[][..], Vec::as_slice);
    if lists.iter().any(|list| list.names(serial)) {
        Revocation::Revoked
    } else if lists.iter().any(|list| list.is_in_force(now)) {
        Revocation::Fresh
    } else if lists.is_empty() {
        Revocation::Unknown
    } else {
        Revocation::Stale
    }
}

impl Anchor {
    fn summary(&self) -> AnchorSummary {
        AnchorSummary {
            country: self.country.map(|code| String::from_utf8_lossy(&code).into_owned()),
            subject: self.text.clone(),
            serial: hex::encode(&self.serial),
            key: self.key.describe(),
            not_after: self.not_after,
            fingerprint: hex::encode(self.fingerprint),
            linked: self.linked,
            source: self.source.clone(),
        }
    }
}
