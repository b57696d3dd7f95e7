//! Grows the set of anchors: self-signed certificates, what links to them, and the master lists
//! whose signers they certified, until nothing new is found.

use std::collections::{HashMap, HashSet};

use super::candidate::{Authority, Candidate, Offer, states_own_key};
use super::masterlist::MasterList;
use super::parallel;
use super::report::Status;
use crate::certificate::Certificate;
use crate::crl::serial_number;
use crate::name::Name;
use crate::policy::Policy;

/// Most rounds: a link or a list a round, and countries renew their keys every few years.
const ROUNDS: usize = 8;

/// A certificate as revocation lists name it: its issuer and serial number.
pub(super) type CertificateId<'a> = (Name, &'a [u8]);

/// A certificate's id.
pub(super) fn id<'a>(certificate: &Certificate<'a>) -> CertificateId<'a> {
    (certificate.issuer.clone(), serial_number(certificate.serial))
}

/// What there is to grow from.
pub(super) struct Ground<'g, 'a> {
    pub candidates: &'g [Candidate<'a>],
    pub lists: &'g [MasterList<'a>],
    pub policy: &'g Policy,
}

/// What has grown.
pub(super) struct Grown<'g, 'a> {
    ground: &'g Ground<'g, 'a>,
    revoked: &'g HashSet<CertificateId<'a>>,
    /// The anchors by the candidate each is, in the order they were found.
    pub anchors: Vec<usize>,
    by_name: HashMap<&'g Name, Vec<usize>>,
    /// What each candidate is so far, and each list; `None`: nothing, or not yet.
    pub candidates: Vec<Option<Status>>,
    pub lists: Vec<Option<Status>>,
    /// How many anchors each candidate and each list was tried under in vain.
    tried: (Vec<usize>, Vec<usize>),
}

impl<'g, 'a> Grown<'g, 'a> {
    /// Grows from everything that is not revoked.
    pub fn from(ground: &'g Ground<'g, 'a>, revoked: &'g HashSet<CertificateId<'a>>) -> Self {
        let mut grown = Self {
            ground,
            revoked,
            anchors: Vec::new(),
            by_name: HashMap::new(),
            candidates: vec![None; ground.candidates.len()],
            lists: vec![None; ground.lists.len()],
            tried: (vec![0; ground.candidates.len()], vec![0; ground.lists.len()]),
        };
        let mut accepted = 0;
        for _ in 0..ROUNDS {
            let before = (grown.anchors.len(), accepted);
            grown.take_self_signed();
            grown.take_linked();
            accepted += grown.take_lists();
            if before == (grown.anchors.len(), accepted) {
                break;
            }
        }
        // What the last lists brought.
        grown.take_self_signed();
        grown.name_what_is_left();
        grown
    }

    /// The offers of it that count: the operator's, and those of accepted lists.
    pub fn offers<'c>(&self, candidate: &'c Candidate<'_>) -> impl Iterator<Item = &'c Offer> {
        let accepted = |list: usize| self.lists[list] == Some(Status::Trusted);
        candidate.offers.iter().filter(move |offer| offer.list.is_none_or(accepted))
    }

    /// Whether anyone who counts offered it.
    pub fn is_offered(&self, candidate: &Candidate<'_>) -> bool {
        self.offers(candidate).next().is_some()
    }

    /// The authorities offered that are nothing yet, by position.
    fn undecided(&self) -> Vec<(usize, &'g Authority<'a>)> {
        let authorities = self.ground.candidates.iter().enumerate();
        authorities
            .filter(|(at, candidate)| self.candidates[*at].is_none() && self.is_offered(candidate))
            .filter_map(|(at, candidate)| Some((at, candidate.authority()?)))
            .collect()
    }

    fn add(&mut self, at: usize, authority: &'g Authority<'a>, status: Status) {
        self.candidates[at] = Some(status);
        self.by_name.entry(&authority.certificate.subject).or_default().push(self.anchors.len());
        self.anchors.push(at);
    }

    fn take_self_signed(&mut self) {
        for (at, authority) in self.undecided() {
            if self.revoked.contains(&id(&authority.certificate)) {
                self.candidates[at] = Some(Status::Revoked);
            } else if authority.self_signed {
                self.add(at, authority, Status::Trusted);
            }
        }
    }

    fn take_linked(&mut self) {
        let undecided = self.undecided();
        let linked = parallel::map(&undecided, |(at, link)| {
            self.certified(&link.certificate, self.tried.0[*at])
        });
        let tried = self.anchors.len();
        for ((at, authority), status) in undecided.into_iter().zip(linked) {
            self.tried.0[at] = tried;
            match status {
                Some(Status::Trusted) => self.add(at, authority, Status::Linked),
                // Some other anchor, found later, cannot make it allowed.
                other => self.candidates[at] = other,
            }
        }
    }

    /// Takes lists; how many.
    fn take_lists(&mut self) -> usize {
        let lists = self.ground.lists;
        let open: Vec<usize> = (0..lists.len()).filter(|at| self.lists[*at].is_none()).collect();
        let certified = parallel::map(&open, |at| {
            let signer = &lists[*at].signer;
            let revoked = self.revoked.contains(&id(signer));
            if revoked { Some(Status::Revoked) } else { self.certified(signer, self.tried.1[*at]) }
        });
        let accepted = certified.iter().filter(|status| **status == Some(Status::Trusted)).count();
        for (at, status) in open.into_iter().zip(certified) {
            self.lists[at] = status;
            self.tried.1[at] = self.anchors.len();
        }
        accepted
    }

    /// Whether one of the anchors from `tried` on signed it, of the same country and while it was
    /// valid; `None` if none of them did. A country that renames its authority may thereby certify
    /// under a path length of 0 (9303-12 §7.1.1), so that says nothing here.
    fn certified(&self, certificate: &Certificate<'_>, tried: usize) -> Option<Status> {
        let named = self.by_name.get(&certificate.issuer)?;
        let (_, digest) = certificate.signed.scheme().ok()?;
        let signed = named.iter().filter(|anchor| **anchor >= tried).any(|anchor| {
            let Some(authority) = self.ground.candidates[self.anchors[*anchor]].authority() else {
                return false;
            };
            let anchor = &authority.certificate;
            let key_id = anchor.extensions.subject_key_id;
            let valid = (anchor.not_before..=anchor.not_after).contains(&certificate.not_before);
            valid
                && certificate.subject.is_of_country(&anchor.subject)
                && may_have_signed(key_id, certificate.extensions.authority_key_id)
                && certificate.signed.verify(&authority.key) == Ok(true)
        });
        let allowed = self.ground.policy.allows(digest, certificate.not_before);
        signed.then_some(if allowed { Status::Trusted } else { Status::Forbidden })
    }

    fn name_what_is_left(&mut self) {
        for (at, authority) in self.undecided() {
            let certificate = &authority.certificate;
            let own = certificate.is_self_issued() && states_own_key(certificate);
            let status = if own { Status::SignatureWrong } else { Status::Untrusted };
            self.candidates[at] = Some(status);
        }
        for list in &mut self.lists {
            list.get_or_insert(Status::ListSignerUnknown);
        }
    }
}

/// Whether two key ids are one, or not both stated (RFC 5280 §4.2.1.1).
pub(super) fn may_have_signed(key_id: Option<&[u8]>, stated: Option<&[u8]>) -> bool {
    key_id.zip(stated).is_none_or(|(key_id, stated)| key_id == stated)
}
