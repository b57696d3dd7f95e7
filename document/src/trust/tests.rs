//! What is trusted, and what is said of the rest.

mod directories;
mod links;
pub(crate) mod maker;
mod master_lists;
mod revocation;

use maker::{CSCA, DSC, Make, NOW, Owner, YEAR, flips, source};
use openssl::hash::MessageDigest;
use openssl::x509::X509;
use proptest::prelude::*;

use super::{Report, Source, Status, TrustStore, parallel};
use crate::certificate::Certificate;
use crate::policy::Policy;

/// Loads sources named by their positions.
fn load(files: &[&[u8]]) -> (TrustStore, Report) {
    load_by(&Policy::default(), files)
}

fn load_by(policy: &Policy, files: &[&[u8]]) -> (TrustStore, Report) {
    let sources: Vec<Source> =
        files.iter().enumerate().map(|(at, bytes)| source(&at.to_string(), bytes)).collect();
    TrustStore::load(&sources, policy, NOW)
}

fn statuses(report: &Report) -> Vec<Status> {
    report.entries.iter().map(|entry| entry.status).collect()
}

/// The statuses of what those files hold, and how many anchors there are.
fn outcome(files: &[&[u8]]) -> (Vec<Status>, usize) {
    let (store, report) = load(files);
    (statuses(&report), store.anchors().len())
}

fn sha1_until(until: i64) -> Policy {
    Policy { sha1_until: Some(until), ..Policy::default() }
}

#[test]
fn a_self_signed_csca_is_trusted_and_described() {
    let owner = Owner::new("CSCA");
    let bytes = owner.self_signed(CSCA);
    let (store, report) = load(&[&bytes]);
    assert_eq!(statuses(&report), [Status::Trusted]);
    assert_eq!(report.entries[0].what, "C=UT, CN=CSCA");
    assert_eq!(report.counts().collect::<Vec<_>>(), [(Status::Trusted, 1)]);
    let anchor = store.anchors().next().unwrap();
    assert_eq!(anchor.country.as_deref(), Some("UT"));
    assert_eq!((&*anchor.subject, &*anchor.serial), ("C=UT, CN=CSCA", "01"));
    assert_eq!((&*anchor.key, anchor.not_after), ("P256", CSCA.valid.1));
    assert_eq!((anchor.linked, &*anchor.source), (false, "0"));
    let digest = X509::from_der(&bytes).unwrap().digest(MessageDigest::sha256()).unwrap();
    assert_eq!(anchor.fingerprint, hex::encode(digest));
    let shown = format!("{store:?}");
    assert_eq!(shown, "TrustStore { anchors: 1, revocation_lists: 0, signers: 0, .. }");
}

/// A signer that is certified for that purpose.
fn purpose(id: &[u8]) -> Make {
    let id = maker::tlv(6, &[id]);
    let usage = maker::tlv(0x30, &[id]);
    Make { other: Some(("2.5.29.37", true, Vec::leak(usage))), ..DSC }
}

#[test]
fn each_certificate_is_what_it_may_be() {
    let (owner, other) = (Owner::new("CSCA"), Owner::new("other"));
    let stranger = Owner { name: "CSCA", ..other.clone() };
    let mut wrong = owner.self_signed(CSCA);
    *wrong.last_mut().unwrap() ^= 1;
    let expired = Make { valid: (NOW - 9 * YEAR, NOW - 1), ..CSCA };
    let sha1 = Make { digest: MessageDigest::sha1, ..CSCA };
    let critical = Make { other: Some(("2.5.29.36", true, &[0x30, 0])), ..CSCA };
    let useless = Make { usage: &[3, 2, 7, 0], ..DSC };
    let table = [
        (owner.self_signed(expired), Status::Expired, 1),
        (owner.self_signed(sha1), Status::Trusted, 1),
        (owner.self_signed(critical), Status::Unsupported, 0),
        (owner.self_signed(useless), Status::Unusable, 0),
        (owner.certify(&other, DSC), Status::Signer, 0),
        // serverAuth beside nothing of ICAO's, a deviation list's signer, a seal's.
        (owner.certify(&other, purpose(&[0x2b, 6, 1, 5, 5, 7, 3, 1])), Status::Signer, 0),
        (owner.certify(&other, purpose(&[0x67, 0x81, 8, 1, 1, 8])), Status::Unusable, 0),
        (owner.certify(&other, purpose(&[0x67, 0x81, 8, 1, 1, 14, 2])), Status::Unusable, 0),
        (owner.certify(&other, CSCA), Status::Untrusted, 0),
        (owner.certify(&stranger, CSCA), Status::Untrusted, 0),
        (wrong, Status::SignatureWrong, 0),
        (b"\x30\x06\x30\x02\xa0\x00\x30\x00".to_vec(), Status::Malformed, 0),
        (b"nothing".to_vec(), Status::Malformed, 0),
        (Vec::new(), Status::Malformed, 0),
    ];
    for (bytes, status, anchors) in table {
        assert_eq!(outcome(&[&bytes]), (vec![status], anchors));
    }
}

#[test]
fn an_unknown_key_is_unsupported() {
    let group = openssl::ec::EcGroup::from_curve_name(openssl::nid::Nid::SECP256K1).unwrap();
    let key = openssl::ec::EcKey::generate(&group).unwrap();
    let owner =
        Owner { country: "UT", name: "CSCA", key: openssl::pkey::PKey::from_ec_key(key).unwrap() };
    assert_eq!(outcome(&[&owner.self_signed(CSCA)]), (vec![Status::Unsupported], 0));
}

#[test]
fn the_same_certificate_is_trusted_once() {
    let bytes = Owner::new("CSCA").self_signed(CSCA);
    let pem = X509::from_der(&bytes).unwrap().to_pem().unwrap();
    let (store, report) = load(&[&bytes, &pem]);
    assert_eq!(statuses(&report), [Status::Trusted, Status::Duplicate]);
    assert_eq!(report.entries[1].source, "1");
    assert_eq!(store.anchors().len(), 1);
}

#[test]
fn pem_holds_several_blocks_and_says_which_are_of_no_use() {
    let (one, other) = (Owner::new("one"), Owner::new("other"));
    let pem = |owner: &Owner| X509::from_der(&owner.self_signed(CSCA)).unwrap().to_pem().unwrap();
    let secret = one.key.private_key_to_pem_pkcs8().unwrap();
    let broken = b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n".to_vec();
    let file = [pem(&one), secret, broken, pem(&other)].concat();
    let (store, report) = load(&[&file]);
    assert_eq!(store.anchors().len(), 2);
    for status in [Status::Unsupported, Status::Malformed] {
        assert_eq!(report.count(status), 1, "{status}");
    }
}

#[test]
fn issuers_are_found_by_name_and_by_key_where_both_say_it() {
    let (old, new) = (Owner::new("CSCA"), Owner::new("CSCA"));
    let (store, _) = load(&[&old.self_signed(CSCA), &new.self_signed(CSCA)]);
    let signer = new.certify(&Owner::new("DS"), DSC);
    let certificate = Certificate::read(&signer).unwrap();
    let issuers: Vec<_> = store.issuers(&certificate).collect();
    assert_eq!(issuers.len(), 1);
    assert_eq!(certificate.signed.verify(&issuers[0].key), Ok(true));
    assert_eq!(issuers[0].country, Some(*b"UT"));
    let mut silent = certificate.clone();
    silent.extensions.authority_key_id = None;
    assert_eq!(store.issuers(&silent).count(), 2);
    let foreign = Owner::new("other").certify(&Owner::new("DS"), DSC);
    assert_eq!(store.issuers(&Certificate::read(&foreign).unwrap()).count(), 0);
}

#[test]
fn every_flipped_bit_of_a_csca_makes_it_no_anchor() {
    let bytes = Owner::new("CSCA").self_signed(CSCA);
    let anchors = parallel::map(&flips(&bytes), |flipped| load(&[flipped]).0.anchors().len());
    assert_eq!(anchors.iter().position(|anchors| *anchors != 0), None);
}

#[test]
fn a_store_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<TrustStore>();
}

#[test]
fn every_status_has_words_of_its_own() {
    let words: std::collections::HashSet<_> = Status::ALL.iter().map(|s| s.as_str()).collect();
    assert_eq!(words.len(), Status::ALL.len());
    assert_eq!(Status::ALL.iter().filter(|status| status.counts()).count(), 5);
    assert_eq!(Status::ListSignerUnknown.to_string(), "master list signer unknown");
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_reported_and_never_trusted(
        start in prop::sample::select(vec![
            &b""[..], b"\x30", b"\x30\x82", b"version: 1\n", b"dn: x\nuserCertificate:: ",
            b"-----BEGIN CERTIFICATE-----\n", b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let (store, _) = load(&[&[start, &rest].concat()]);
        prop_assert_eq!(store.anchors().len(), 0);
    }

    #[test]
    fn arbitrary_changes_of_a_certificate_are_never_trusted(
        at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 1..20),
    ) {
        let good = Owner::new("CSCA").self_signed(CSCA);
        let mut changed = good.clone();
        let at = at.index(changed.len());
        changed.splice(at..(at + bytes.len()).min(good.len()), bytes);
        prop_assume!(changed != good);
        prop_assert_eq!(load(&[&changed]).0.anchors().len(), 0);
    }
}
