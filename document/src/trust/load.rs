//! Loads a trust store: reads every source, grows the anchors, then lets their revocation lists
//! count, also against them.

use std::collections::{HashMap, HashSet};

use openssl::sha::sha256;

use super::candidate::{Candidate, Fingerprint, Offer, Read};
use super::grow::{CertificateId, Ground, Grown, id};
use super::lists::{Counted, Heard, Issuers, count};
use super::masterlist::MasterList;
use super::report::{Entry, Report, Status};
use super::source::{Item, Kind, Refused, open};
use super::{Anchor, Revocation, Source, TrustStore, parallel, revocation};
use crate::certificate::{Certificate, Seconds};
use crate::crl::{RevocationList, serial_number};
use crate::name::{Name, text};
use crate::policy::Policy;

impl TrustStore {
    /// Loads every source. What cannot be used is in the report, and never stops the rest. `now`:
    /// seconds since 1970.
    pub fn load(sources: &[Source], policy: &Policy, now: i64) -> (Self, Report) {
        let (items, refused) = open(sources);
        let mut log = Log { entries: refused };
        let lists = log.master_lists(&items, policy, now);
        let candidates = Candidate::gather(&offered(&items, &lists));
        let (crl_sources, crls) = log.revocation_lists(&items);
        let ground = Ground { candidates: &candidates, lists: &lists, policy };

        // Every turn but the last revokes something more: there is a last.
        let (mut revoked, mut heard): (_, HashMap<_, Heard>) = (HashSet::new(), HashMap::new());
        let (grown, mut store, statuses) = loop {
            let grown = Grown::from(&ground, &revoked);
            let mut store = Self::of(anchors(&ground, &grown, sources));
            let issuers = Issuers { anchors: &store.anchors, by_name: &store.by_name };
            let Counted { revoked: listed, heard: new, statuses } =
                count(&issuers, &crls, policy, now);
            store.revoked = listed;
            for (voice, new) in new {
                heard.entry(voice).and_modify(|known| known.learn(&new)).or_insert(new);
            }
            let more = newly_revoked(&ground, &grown, &store, now);
            if more.is_empty() {
                break (grown, store, statuses);
            }
            drop(grown);
            revoked.extend(more);
        };
        store.heard = heard;
        log.name_candidates(&ground, &grown, now);
        log.name_lists(&ground, &grown);
        for ((source, list), status) in crl_sources.into_iter().zip(&crls).zip(statuses) {
            log.add(source, format!("revocation list of {}", text(list.issuer_bytes)), status);
        }
        store.take_signers(&mut log, &ground, &grown, &items);
        (store, log.report(sources))
    }

    fn of(anchors: Vec<Anchor>) -> Self {
        let mut by_name: HashMap<Name, Vec<usize>> = HashMap::new();
        for (at, anchor) in anchors.iter().enumerate() {
            by_name.entry(anchor.subject.clone()).or_default().push(at);
        }
        Self {
            anchors,
            by_name,
            revoked: HashMap::new(),
            heard: HashMap::new(),
            signers: Vec::new(),
            by_issued: HashMap::new(),
            by_key: HashMap::new(),
        }
    }

    /// Keeps the document signers that were given, and those of directories.
    fn take_signers(
        &mut self,
        log: &mut Log,
        ground: &Ground<'_, '_>,
        grown: &Grown<'_, '_>,
        items: &[Item<'_>],
    ) {
        let mut known: HashSet<Fingerprint> = HashSet::new();
        for candidate in ground.candidates.iter().filter(|candidate| grown.is_offered(candidate)) {
            if let Ok(Read::Signer(certificate)) = &candidate.read {
                known.insert(candidate.fingerprint);
                self.keep_signer(candidate.bytes, certificate);
            }
        }
        let published = |item: &&Item<'_>| item.kind == Kind::Certificate && !item.given;
        let published: Vec<&Item<'_>> = items.iter().filter(published).collect();
        let read =
            parallel::map(&published, |item| (sha256(&item.bytes), Read::certificate(&item.bytes)));
        for (item, (fingerprint, read)) in published.into_iter().zip(read) {
            let (what, status) = match read {
                Ok(Read::Signer(certificate)) => {
                    let fresh = known.insert(fingerprint);
                    if fresh {
                        self.keep_signer(&item.bytes, &certificate);
                    }
                    let status = if fresh { Status::Signer } else { Status::Duplicate };
                    (text(certificate.subject_bytes), status)
                }
                Ok(Read::Authority(authority)) => {
                    (text(authority.certificate.subject_bytes), Status::Unusable)
                }
                Err(refusal) => (refusal.what, refusal.status),
            };
            log.add(item.source, what, status);
        }
    }

    fn keep_signer(&mut self, bytes: &[u8], certificate: &Certificate<'_>) {
        let at = self.signers.len();
        self.signers.push(bytes.into());
        let serial = serial_number(certificate.serial).into();
        self.by_issued.entry((certificate.issuer.clone(), serial)).or_default().push(at);
        if let Some(id) = certificate.extensions.subject_key_id {
            self.by_key.entry(id.into()).or_default().push(at);
        }
    }
}

/// Every certificate that the operator gave, then every one of master lists.
fn offered<'a>(items: &'a [Item<'_>], lists: &[MasterList<'a>]) -> Vec<(&'a [u8], Offer)> {
    let given = items.iter().filter(|item| item.kind == Kind::Certificate && item.given);
    let given = given.map(|item| (&*item.bytes, Offer { source: item.source, list: None }));
    let listed = lists.iter().enumerate().flat_map(|(at, list)| {
        let offer = Offer { source: list.source, list: Some(at) };
        list.certificates.iter().map(move |bytes| (*bytes, offer))
    });
    given.chain(listed).collect()
}

fn anchors(ground: &Ground<'_, '_>, grown: &Grown<'_, '_>, sources: &[Source]) -> Vec<Anchor> {
    let anchor = |at: &usize| {
        let candidate = &ground.candidates[*at];
        let authority = candidate.authority()?;
        let certificate = &authority.certificate;
        let source = grown.offers(candidate).next().map(|offer| sources[offer.source].name.clone());
        Some(Anchor {
            key: authority.key.clone(),
            not_before: certificate.not_before,
            not_after: certificate.not_after,
            subject: certificate.subject.clone(),
            key_id: certificate.extensions.subject_key_id.map(Into::into),
            country: certificate.subject.country(),
            may_revoke: certificate.may_revoke(),
            linked: !authority.self_signed,
            serial: certificate.serial.into(),
            text: text(certificate.subject_bytes),
            fingerprint: candidate.fingerprint,
            key_hash: authority.key.identity(),
            source: source.unwrap_or_default(),
        })
    };
    grown.anchors.iter().filter_map(anchor).collect()
}

/// Anchors, and signers of accepted master lists, that a list which counts names.
fn newly_revoked<'a>(
    ground: &Ground<'_, 'a>,
    grown: &Grown<'_, 'a>,
    store: &TrustStore,
    now: Seconds,
) -> Vec<CertificateId<'a>> {
    let anchors = grown.anchors.iter().filter_map(|at| ground.candidates[*at].authority());
    let accepted = ground.lists.iter().zip(&grown.lists);
    let signers = accepted.filter(|(_, status)| **status == Some(Status::Trusted));
    let certificates = anchors.map(|a| &a.certificate).chain(signers.map(|(list, _)| &list.signer));
    let ids = certificates.map(id);
    ids.filter(|(issuer, serial)| {
        revocation(&store.revoked, issuer, serial, now) == Revocation::Revoked
    })
    .collect()
}

/// What became of everything so far.
struct Log {
    entries: Vec<Refused>,
}

impl Log {
    fn add(&mut self, source: usize, what: String, status: Status) {
        self.entries.push((source, what, status));
    }

    fn master_lists<'a>(
        &mut self,
        items: &'a [Item<'_>],
        policy: &Policy,
        now: Seconds,
    ) -> Vec<MasterList<'a>> {
        let items: Vec<&'a Item<'_>> =
            items.iter().filter(|item| item.kind == Kind::SignedData).collect();
        let read =
            parallel::map(&items, |item| MasterList::read(item.source, &item.bytes, policy, now));
        let mut lists = Vec::new();
        for (item, read) in items.into_iter().zip(read) {
            match read {
                Ok(list) => lists.push(list),
                Err(status) => self.add(item.source, "master list".into(), status),
            }
        }
        lists
    }

    /// The lists that can be read, each with its source.
    fn revocation_lists<'a>(
        &mut self,
        items: &'a [Item<'_>],
    ) -> (Vec<usize>, Vec<RevocationList<'a>>) {
        let items: Vec<&'a Item<'_>> =
            items.iter().filter(|item| item.kind == Kind::RevocationList).collect();
        let read = parallel::map(&items, |item| RevocationList::read(&item.bytes));
        let mut lists = (Vec::new(), Vec::new());
        for (item, read) in items.into_iter().zip(read) {
            match read {
                Ok(list) => lists.extend([(item.source, list)]),
                Err(_) => self.add(item.source, "revocation list".into(), Status::Malformed),
            }
        }
        lists
    }

    /// Each candidate for everyone who offered it and counts.
    fn name_candidates(&mut self, ground: &Ground<'_, '_>, grown: &Grown<'_, '_>, now: Seconds) {
        for (candidate, found) in ground.candidates.iter().zip(&grown.candidates) {
            let what = candidate.what();
            let mut status = match &candidate.read {
                Err(refusal) => refusal.status,
                Ok(Read::Signer(_)) => Status::Signer,
                Ok(Read::Authority(authority)) => match found {
                    Some(Status::Trusted | Status::Linked)
                        if authority.certificate.not_after < now =>
                    {
                        Status::Expired
                    }
                    found => found.unwrap_or(Status::Untrusted),
                },
            };
            for offer in grown.offers(candidate) {
                self.add(offer.source, what.clone(), status);
                status = Status::Duplicate;
            }
        }
    }

    fn name_lists(&mut self, ground: &Ground<'_, '_>, grown: &Grown<'_, '_>) {
        for (list, status) in ground.lists.iter().zip(&grown.lists) {
            let what = format!("master list of {}", text(list.signer.subject_bytes));
            self.add(list.source, what, status.unwrap_or(Status::ListSignerUnknown));
        }
    }

    fn report(mut self, sources: &[Source]) -> Report {
        self.entries.sort_by_key(|(source, ..)| *source);
        let entry = |(source, what, status): Refused| Entry {
            source: sources[source].name.clone(),
            what,
            status,
        };
        Report { entries: self.entries.into_iter().map(entry).collect() }
    }
}
