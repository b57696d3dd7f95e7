//! Which revocation lists count: signed by an anchor, and the newest each anchor signed.

use std::collections::HashMap;

use super::Anchor;
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

/// A list that counted, and whose it is.
#[derive(Debug)]
pub(super) struct Heard {
    pub this_update: Seconds,
    pub text: String,
}

/// Notes the lists that count.
pub(super) fn hear(
    heard: &mut HashMap<Name, Heard>,
    lists: &[RevocationList<'_>],
    statuses: &[Status],
) {
    let counts = lists.iter().zip(statuses).filter(|(_, status)| status.counts());
    for (list, _) in counts {
        let fresh = || Heard { this_update: list.this_update, text: text(list.issuer_bytes) };
        let known = heard.entry(list.issuer.clone()).or_insert_with(fresh);
        known.this_update = known.this_update.max(list.this_update);
    }
}

/// The lists that count by their issuer's name, and what became of each list.
pub(super) type Counted = (HashMap<Name, Vec<Revoked>>, Vec<Status>);

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
    let mut newest: HashMap<usize, usize> = HashMap::new();
    for (at, signer) in signers.iter().enumerate() {
        let Ok(anchor) = signer else { continue };
        let best = newest.entry(*anchor).or_insert(at);
        if lists[at].signed.bytes == lists[*best].signed.bytes && at != *best {
            statuses[at] = Status::Duplicate;
        } else if lists[at].this_update > lists[*best].this_update {
            *best = at;
        }
    }
    let mut counted: HashMap<Name, Vec<Revoked>> = HashMap::new();
    for at in newest.into_values() {
        let list = &lists[at];
        statuses[at] = if list.is_in_force(now) { Status::Trusted } else { Status::Stale };
        counted.entry(list.issuer.clone()).or_default().push(Revoked::keep(list));
    }
    (counted, statuses)
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
