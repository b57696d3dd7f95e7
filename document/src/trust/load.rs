//! Loading: what each file holds, who vouches for whom, and what of it is believed.

use std::collections::{HashMap, HashSet};
use std::thread;

use super::masterlist::MasterList;
use super::{Anchor, AnchorSummary, Entry, Report, Revocations, Source, Status, TrustStore, index};
use super::{armor, ldif};
use crate::algorithm::Digest;
use crate::certificate::{Certificate, Seconds};
use crate::crl::RevocationList;
use crate::key::{PublicKey, hash};
use crate::passive::allowed;
use crate::policy::Policy;

/// How far trust is handed on: from list to list, from link to link.
const ROUNDS: usize = 8;

/// One object of one file.
struct Piece {
    source: usize,
    bytes: Vec<u8>,
}

/// An authority's certificate whose place is not decided yet.
struct Candidate<'a> {
    source: usize,
    bytes: &'a [u8],
    certificate: Certificate<'a>,
    key: PublicKey,
    self_signed: bool,
}

/// What an object turned out to be.
enum Read<'a> {
    Authority(Box<Candidate<'a>>),
    Signer(Box<Certificate<'a>>, &'a [u8]),
    List(Box<RevocationList<'a>>),
    MasterList(Box<MasterList<'a>>),
    Useless(Status),
}

/// The work in hand.
struct Loader<'a> {
    sources: &'a [Source],
    policy: &'a Policy,
    now: Seconds,
    store: TrustStore,
    /// The serial number of each anchor's certificate, and who issued it.
    issued: Vec<(Vec<u8>, Option<usize>)>,
    known: HashSet<Vec<u8>>,
    report: Report,
}

impl TrustStore {
    /// Loads every file; what cannot be used is in the report. `now` is in seconds since 1970.
    pub fn load(sources: &[Source], policy: &Policy, now: i64) -> (Self, Report) {
        let pieces: Vec<Piece> = (0..sources.len()).flat_map(|at| pieces(sources, at)).collect();
        let objects = read_all(&pieces, |piece| (piece.source, read(piece.source, &piece.bytes)));
        let mut loader = Loader {
            sources,
            policy,
            now,
            store: Self::default(),
            issued: Vec::new(),
            known: HashSet::new(),
            report: Report::default(),
        };
        loader.load(objects);
        (loader.store, loader.report)
    }
}

/// The objects of a file: itself, or those it is an envelope of.
fn pieces(sources: &[Source], source: usize) -> Vec<Piece> {
    let bytes = &sources[source].bytes;
    let values = if ldif::is_dump(bytes) {
        ldif::values(bytes)
    } else if armor::is_armored(bytes) {
        armor::blocks(bytes)
    } else {
        vec![Some(bytes.clone())]
    };
    // What is not base64 is an empty object: nothing can be read from it.
    values.into_iter().map(|bytes| Piece { source, bytes: bytes.unwrap_or_default() }).collect()
}

/// Reads everything, on all processors: signatures are what loading costs.
fn read_all<'a, T: Sync, R: Send>(items: &'a [T], read: impl Fn(&'a T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let size = items.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let share = |chunk: &'a [T]| scope.spawn(|| chunk.iter().map(&read).collect::<Vec<_>>());
        let started: Vec<_> = items.chunks(size).map(share).collect();
        let joined = started.into_iter().map(thread::ScopedJoinHandle::join);
        joined.flat_map(|read| read.expect("reading does not panic")).collect()
    })
}

fn read(source: usize, bytes: &[u8]) -> Read<'_> {
    if let Ok(certificate) = Certificate::read(bytes) {
        return read_certificate(source, bytes, certificate);
    }
    if let Ok(list) = RevocationList::read(bytes) {
        let useless = list.unknown_critical;
        return if useless {
            Read::Useless(Status::Unsupported)
        } else {
            Read::List(Box::new(list))
        };
    }
    MasterList::read(bytes)
        .map_or(Read::Useless(Status::Malformed), |list| Read::MasterList(Box::new(list)))
}

fn read_certificate<'a>(source: usize, bytes: &'a [u8], certificate: Certificate<'a>) -> Read<'a> {
    if !certificate.is_authority() {
        return Read::Signer(Box::new(certificate), bytes);
    }
    if certificate.extensions.unknown_critical || certificate.signed.scheme().is_err() {
        return Read::Useless(Status::Unsupported);
    }
    let Ok(key) = certificate.key() else { return Read::Useless(Status::Unsupported) };
    let self_signed =
        certificate.is_self_issued() && certificate.signed.verify(&key).unwrap_or(false);
    Read::Authority(Box::new(Candidate { source, bytes, certificate, key, self_signed }))
}

impl Loader<'_> {
    fn load(&mut self, objects: Vec<(usize, Read<'_>)>) {
        let (mut waiting, mut lists, mut masters) = (Vec::new(), Vec::new(), Vec::new());
        for (source, object) in objects {
            match object {
                Read::Authority(candidate) if candidate.self_signed => self.trust(&candidate, None),
                Read::Authority(candidate) => waiting.push(*candidate),
                Read::Signer(certificate, bytes) => self.keep_signer(source, &certificate, bytes),
                Read::List(list) => lists.push((source, list)),
                Read::MasterList(list) => masters.push((source, list)),
                Read::Useless(status) => self.note(source, String::new(), status),
            }
        }
        self.hand_on(waiting, &masters);
        for (source, list) in lists {
            self.keep_list(source, &list);
        }
        self.revoke();
    }

    fn note(&mut self, source: usize, what: String, status: Status) {
        let source = self.sources[source].name.clone();
        self.report.entries.push(Entry { source, what, status });
    }

    /// Trusts what those who are trusted vouch for, until nobody new is.
    fn hand_on<'b>(
        &mut self,
        mut waiting: Vec<Candidate<'b>>,
        masters: &'b [(usize, Box<MasterList<'b>>)],
    ) {
        let mut open: Vec<&(usize, Box<MasterList<'b>>)> = masters.iter().collect();
        for _ in 0..ROUNDS {
            let before = (open.len(), waiting.len());
            open.retain(|(source, list)| {
                let vouched = self.vouches_for_list(list);
                if vouched {
                    self.note(
                        *source,
                        format!("{} certificates", list.certificates.len()),
                        Status::MasterList,
                    );
                    waiting.extend(self.contents(*source, list));
                }
                !vouched
            });
            waiting.retain(|candidate| {
                let issuer = self.issuer(&candidate.certificate);
                if let Some(issuer) = issuer {
                    self.trust(candidate, Some(issuer));
                }
                issuer.is_none()
            });
            if before == (open.len(), waiting.len()) {
                break;
            }
        }
        for (source, list) in open {
            let signed = list.signer().is_some();
            let status = if signed { Status::Untrusted } else { Status::BadSignature };
            self.note(*source, "master list".into(), status);
        }
        for candidate in waiting {
            let own = candidate.certificate.is_self_issued();
            let status = if own { Status::BadSignature } else { Status::Untrusted };
            self.note(candidate.source, candidate.certificate.subject.to_string(), status);
        }
    }

    /// Whether an authority that is trusted already issued the certificate of the list's signer.
    fn vouches_for_list(&self, list: &MasterList<'_>) -> bool {
        let at = list.signing_time().unwrap_or(self.now);
        list.signer().is_some_and(|signer| {
            let good = signer.not_before <= at && at <= signer.not_after;
            good && self.issuer(&signer).is_some()
        })
    }

    /// The authorities of a list: those that signed themselves are trusted, the others wait.
    fn contents<'b>(&mut self, source: usize, list: &MasterList<'b>) -> Vec<Candidate<'b>> {
        let objects = read_all(&list.certificates, |bytes| read(source, bytes));
        let mut waiting = Vec::new();
        for object in objects {
            match object {
                Read::Authority(candidate) if candidate.self_signed => self.trust(&candidate, None),
                Read::Authority(candidate) => waiting.push(*candidate),
                Read::Useless(status) => self.note(source, String::new(), status),
                _ => self.note(source, String::new(), Status::Malformed),
            }
        }
        waiting
    }

    /// The anchor that issued a certificate.
    fn issuer(&self, certificate: &Certificate<'_>) -> Option<usize> {
        let (_, digest) = certificate.signed.scheme().ok()?;
        if !allowed(digest, certificate.not_before, self.policy) {
            return None;
        }
        let named = self.store.by_name.get(&certificate.issuer)?;
        let mut issuers = named.iter().copied().filter(|at| {
            let anchor = &self.store.anchors[*at];
            let ids = certificate.extensions.authority_key_id.zip(anchor.key_id.as_deref());
            ids.is_none_or(|(wanted, id)| wanted == id)
        });
        let signed = |key: &PublicKey| certificate.signed.verify(key).unwrap_or(false);
        issuers.find(|at| signed(&self.store.anchors[*at].key))
    }

    fn trust(&mut self, candidate: &Candidate<'_>, issuer: Option<usize>) {
        let certificate = &candidate.certificate;
        let fingerprint = hash(Digest::Sha256, &[candidate.bytes]).unwrap_or_default();
        let what = certificate.subject.to_string();
        if !self.known.insert(fingerprint.clone()) {
            return self.note(candidate.source, what, Status::Duplicate);
        }
        let status = match issuer {
            _ if certificate.not_after < self.now => Status::Expired,
            Some(_) => Status::Linked,
            None => Status::Trusted,
        };
        self.note(candidate.source, what.clone(), status);
        let country = certificate.subject.country().unwrap_or_default();
        let about = AnchorSummary {
            country: String::from_utf8_lossy(&country).trim_matches('\0').to_owned(),
            subject: what,
            serial: hex::encode(certificate.serial),
            key: candidate.key.describe(),
            not_after: certificate.not_after,
            fingerprint: hex::encode(&fingerprint),
            linked: issuer.is_some(),
            source: self.sources[candidate.source].name.clone(),
        };
        let at = self.store.anchors.len();
        self.store.by_name.entry(certificate.subject.clone()).or_default().push(at);
        self.issued.push((certificate.serial.to_vec(), issuer));
        self.store.anchors.push(Anchor {
            key: candidate.key.clone(),
            subject: certificate.subject.clone(),
            key_id: certificate.extensions.subject_key_id.map(Box::from),
            not_before: certificate.not_before,
            not_after: certificate.not_after,
            about,
            revocations: None,
        });
    }

    fn keep_signer(&mut self, source: usize, certificate: &Certificate<'_>, bytes: &[u8]) {
        let what = certificate.subject.to_string();
        if !certificate.is_document_signer() {
            return self.note(source, what, Status::Unsupported);
        }
        let by_serial = index(Some(&certificate.issuer), certificate.serial);
        let by_key = certificate.extensions.subject_key_id.map(|id| index(None, id));
        for index in std::iter::once(by_serial).chain(by_key) {
            let signers = self.store.signers.entry(index).or_default();
            if signers.iter().any(|known| known.as_ref() == bytes) {
                return self.note(source, what, Status::Duplicate);
            }
            signers.push(bytes.into());
        }
        self.note(source, what, Status::Signer);
    }

    fn keep_list(&mut self, source: usize, list: &RevocationList<'_>) {
        let what = list.issuer.to_string();
        let named = self.store.by_name.get(&list.issuer).map_or(&[][..], Vec::as_slice);
        let signed = |at: &&usize| {
            let key = &self.store.anchors[**at].key;
            list.signed.verify(key).unwrap_or(false)
        };
        let Some(at) = named.iter().find(signed).copied() else {
            let status = if named.is_empty() { Status::Untrusted } else { Status::BadSignature };
            return self.note(source, what, status);
        };
        // Several certificates may hold the key that signed.
        let key_id = self.store.anchors[at].key_id.clone();
        let same: Vec<usize> = named
            .iter()
            .copied()
            .filter(|other| {
                *other == at || key_id.is_some() && self.store.anchors[*other].key_id == key_id
            })
            .collect();
        let mut status = Status::Superseded;
        for at in same {
            let anchor = &mut self.store.anchors[at];
            let newer =
                anchor.revocations.as_ref().is_none_or(|old| old.this_update < list.this_update);
            if newer {
                let serials = list.revoked.iter().map(|serial| Box::from(*serial)).collect();
                let (this_update, next_update) = (list.this_update, list.next_update);
                anchor.revocations = Some(Revocations { this_update, next_update, serials });
                let fresh = list.next_update.is_some_and(|next| self.now <= next);
                status = if fresh { Status::List } else { Status::Stale };
            }
        }
        self.note(source, what, status);
    }

    /// Takes away the authorities that a list revokes, and those they vouched for.
    fn revoke(&mut self) {
        let mut gone = vec![false; self.store.anchors.len()];
        for (at, (serial, issuer)) in self.issued.iter().enumerate() {
            // Issuers come before those they vouch for.
            let authority = &self.store.anchors[issuer.unwrap_or(at)];
            let listed = authority.revocation(serial, self.now) == super::Revocation::Revoked;
            gone[at] = listed || issuer.is_some_and(|issuer| gone[issuer]);
        }
        if !gone.contains(&true) {
            return;
        }
        let anchors = std::mem::take(&mut self.store.anchors);
        self.store.by_name = HashMap::new();
        for (anchor, gone) in anchors.into_iter().zip(gone) {
            if gone {
                let entry = Entry {
                    source: anchor.about.source,
                    what: anchor.about.subject,
                    status: Status::Revoked,
                };
                self.report.entries.push(entry);
                continue;
            }
            let at = self.store.anchors.len();
            self.store.by_name.entry(anchor.subject.clone()).or_default().push(at);
            self.store.anchors.push(anchor);
        }
    }
}
