//! Which revocation lists count: signed by an anchor, and the newest each anchor signed.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use super::Anchor;
use super::candidate::Fingerprint;
use super::grow::may_have_signed;
use super::parallel;
use super::report::Status;
use crate::certificate::Seconds;
use crate::crl::{RevocationList, in_force, serial_number};
use crate::name::{Name, text};
use crate::policy::Policy;

/// What a revocation list says, kept.
#[derive(Debug)]
pub(super) struct Revoked {
    in_force: (Seconds, Option<Seconds>),
    /// Sorted.
    serials: Vec<Box<[u8]>>,
}

impl Revoked {
    fn keep(list: &RevocationList<'_>) -> Self {
        let mut serials: Vec<Box<[u8]>> =
            list.serials.iter().map(|serial| serial_number(serial).into()).collect();
        serials.sort_unstable();
        serials.dedup();
        Self { in_force: (list.this_update, list.next_update), serials }
    }

    pub fn names(&self, serial: &[u8]) -> bool {
        self.serials.binary_search_by(|known| (**known).cmp(serial_number(serial))).is_ok()
    }

    pub fn is_in_force(&self, now: Seconds) -> bool {
        in_force(self.in_force, now)
    }
}

/// Who signed a list: its issuer's name and key.
pub(super) type Voice = (Name, Fingerprint);

/// The newest lists of one voice that ever counted.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    this_update: Seconds,
    /// What those of that instant revoke: there may be several.
    serials: BTreeSet<Box<[u8]>>,
    pub text: String,
}

impl Heard {
    /// Whether it holds all that `other` does, or something newer.
    pub fn covers(&self, other: &Self) -> bool {
        self.this_update > other.this_update
            || self.this_update == other.this_update && self.serials.is_superset(&other.serials)
    }

    /// Whether it was signed no earlier than `other`.
    pub fn is_as_new_as(&self, other: &Self) -> bool {
        self.this_update >= other.this_update
    }

    /// Takes in what another holds.
    pub fn learn(&mut self, other: &Self) {
        if other.this_update > self.this_update {
            *self = other.clone();
        } else if other.this_update == self.this_update {
            self.serials.extend(other.serials.iter().cloned());
        }
    }
}

/// What lists say, once it is known which of them count.
#[derive(Debug)]
pub(super) struct Counted {
    /// Those that count, by their issuer's name.
    pub revoked: HashMap<Name, Vec<Revoked>>,
    /// The same, as what was heard.
    pub heard: HashMap<Voice, Heard>,
    /// What became of each list.
    pub statuses: Vec<Status>,
}

/// Anchors, and how a list's issuer finds them.
pub(super) struct Issuers<'s> {
    pub anchors: &'s [Anchor],
    pub by_name: &'s HashMap<Name, Vec<usize>>,
}

/// Counts the lists that an anchor signed, in a way the policy allows.
pub(super) fn count(
    issuers: &Issuers<'_>,
    lists: &[RevocationList<'_>],
    policy: &Policy,
    now: Seconds,
) -> Counted {
    let signers = parallel::map(lists, |list| issuers.signer(list, policy));
    let mut statuses: Vec<Status> =
        signers.iter().map(|signer| signer.err().unwrap_or(Status::Superseded)).collect();
    let mut newest: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, signer) in signers.iter().enumerate() {
        let Ok(anchor) = signer else { continue };
        let best = newest.entry(*anchor).or_default();
        let age = best.first().map(|best| lists[at].this_update.cmp(&lists[*best].this_update));
        if best.iter().any(|best| lists[at].signed.bytes == lists[*best].signed.bytes) {
            statuses[at] = Status::Duplicate;
        } else if age.is_none_or(Ordering::is_gt) {
            *best = vec![at];
        } else if age.is_some_and(Ordering::is_eq) {
            // Nothing says which of two of one instant is the newer: both count.
            best.push(at);
        }
    }
    let mut counted = Counted { revoked: HashMap::new(), heard: HashMap::new(), statuses };
    for (anchor, newest) in newest {
        let anchor = &issuers.anchors[anchor];
        for list in newest.into_iter().map(|at| (at, &lists[at])) {
            counted.take(anchor, list, now);
        }
    }
    counted
}

impl Counted {
    fn take(&mut self, anchor: &Anchor, (at, list): (usize, &RevocationList<'_>), now: Seconds) {
        self.statuses[at] = if list.is_in_force(now) { Status::Trusted } else { Status::Stale };
        self.revoked.entry(list.issuer.clone()).or_default().push(Revoked::keep(list));
        let heard = Heard {
            this_update: list.this_update,
            serials: list.serials.iter().map(|serial| serial_number(serial).into()).collect(),
            text: text(list.issuer_bytes),
        };
        let voice = (list.issuer.clone(), anchor.key_hash);
        self.heard.entry(voice).and_modify(|known| known.learn(&heard)).or_insert(heard);
    }
}

impl Issuers<'_> {
    /// The anchor that signed a list. Two anchors of one key (a CSCA's own and its link
    /// certificate) sign as the first of them.
    fn signer(&self, list: &RevocationList<'_>, policy: &Policy) -> Result<usize, Status> {
        let (_, digest) = list.signed.scheme().map_err(|_| Status::Unsupported)?;
        if list.unknown_critical {
            return Err(Status::Unsupported);
        }
        let named = self.by_name.get(&list.issuer).ok_or(Status::Untrusted)?;
        let may = |anchor: &Anchor| {
            anchor.may_revoke && may_have_signed(anchor.key_id.as_deref(), list.authority_key_id)
        };
        let mut tried = named.iter().copied().filter(|at| may(&self.anchors[*at])).peekable();
        tried.peek().ok_or(Status::Untrusted)?;
        let signer = tried.find(|at| list.signed.verify(&self.anchors[*at].key) == Ok(true));
        let signer = signer.ok_or(Status::SignatureWrong)?;
        let allowed = policy.allows(digest, list.this_update);
        allowed.then_some(signer).ok_or(Status::Forbidden)
    }
}
