//! One bit changed anywhere: every one of them is refused, and with the rule of the field it is in.

use std::collections::BTreeSet;

use kayle_document::evaluate::{Evidence, evaluate};
use kayle_document::issue::encode::{element, set};
use kayle_document::issue::{Algorithm, Authority, SigningKey, SodForm};
use kayle_document::passive::Authorities;
use kayle_document::policy::Policy;
use kayle_document::trust::TrustStore;
use kayle_document::{Digest, Failure, Rule, active};

use crate::passport::{GOOD, NOW, groups, trusting};

const CHALLENGE: [u8; 8] = [7; 8];
const POLICY: Policy =
    Policy { sha1_until: None, require_fresh_crl: true, require_chip_proof: false };

/// A passport with everything there is, and what it is checked against.
struct Whole {
    dg14: Vec<u8>,
    dg15: Vec<u8>,
    sod: Vec<u8>,
    answer: Vec<u8>,
    /// The signer's certificate, as it is in EF.SOD.
    signer: Vec<u8>,
    anchor: Vec<u8>,
    list: Vec<u8>,
}

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).expect("a key")
}

impl Whole {
    fn new(algorithm: Algorithm, form: SodForm) -> Self {
        let chip_key = key(Algorithm::P256);
        // How the chip signs, and nothing of agreeing on keys: that has tests of its own.
        let dg14 = element(0x6e, &[&set(&[&active::issue::info(Digest::Sha256)])]);
        let dg15 = active::issue::dg15(&chip_key);
        let authority = Authority::new(key(algorithm), ("UT", "CSCA"), GOOD).expect("made");
        let signer = authority.signer(key(algorithm), &[0x77, 1], GOOD).expect("made");
        let mut listed = groups();
        listed.extend([(14, dg14.as_slice()), (15, dg15.as_slice())]);
        let sod = signer.sign(&listed, form).expect("signed");
        let list = authority.revocations(&[&[9, 9]], GOOD).expect("signed");
        let answer = active::issue::answer(&chip_key, &CHALLENGE, Digest::Sha256);
        let (signer, anchor) = (signer.certificate, authority.certificate().to_vec());
        Self { dg14, dg15, sod, answer, signer, anchor, list }
    }

    /// Whether it is believed by who trusts the anchor and its list.
    fn judge(&self, trust: &TrustStore, dg1: &[u8], dg2: &[u8]) -> Result<(), Rule> {
        let by = Authorities { trust, policy: &POLICY, now: NOW };
        let evidence = Evidence {
            dg1,
            dg2,
            dg14: Some(&self.dg14),
            dg15: Some(&self.dg15),
            sod: &self.sod,
            active: Some(&self.answer),
            chip: None,
        };
        evaluate(&evidence, by, &[CHALLENGE]).map(drop)
    }

    fn trust(&self) -> TrustStore {
        trusting(&[&self.anchor, &self.list], &POLICY, NOW)
    }

    fn genuine(&self) -> Result<(), Rule> {
        self.judge(&self.trust(), groups()[0].1, groups()[1].1)
    }
}

/// Every bit of `field`, changed, in order.
fn flips(length: usize) -> impl Iterator<Item = (usize, u8)> {
    (0..length).flat_map(|at| (0..8).map(move |bit| (at, 1 << bit)))
}

fn kinds() -> Vec<(Algorithm, SodForm)> {
    let (by_key, timed) = (
        SodForm { by_key_id: true, version: 1, ..SodForm::default() },
        SodForm { signing_time: Some(NOW - 10_000), ..SodForm::default() },
    );
    vec![
        (Algorithm::P256, SodForm::default()),
        (Algorithm::RsaPss { bits: 2048, digest: Digest::Sha256 }, by_key),
        (Algorithm::RsaPkcs1 { bits: 2048, digest: Digest::Sha512 }, timed),
    ]
}

#[test]
fn every_bit_of_the_data_groups_counts() {
    let whole = Whole::new(Algorithm::P256, SodForm::default());
    let trust = whole.trust();
    assert_eq!(whole.genuine(), Ok(()));
    let (dg1, dg2) = (groups()[0].1, groups()[1].1);
    for (at, bit) in flips(dg1.len()) {
        let mut changed = dg1.to_vec();
        changed[at] ^= bit;
        assert_eq!(whole.judge(&trust, &changed, dg2), Err(Rule::DataGroupHash), "DG1 {at}");
    }
    for (at, bit) in flips(dg2.len()) {
        let mut changed = dg2.to_vec();
        changed[at] ^= bit;
        assert_eq!(whole.judge(&trust, dg1, &changed), Err(Rule::DataGroupHash), "DG2 {at}");
    }
    for number in [14, 15] {
        let mut changed = Whole::new(Algorithm::P256, SodForm::default());
        let trust = changed.trust();
        for (at, bit) in flips(if number == 14 { changed.dg14.len() } else { changed.dg15.len() }) {
            let file = if number == 14 { &mut changed.dg14 } else { &mut changed.dg15 };
            file[at] ^= bit;
            let refused = changed.judge(&trust, dg1, dg2);
            assert_eq!(refused, Err(Rule::DataGroupHash), "DG{number} {at}");
            let file = if number == 14 { &mut changed.dg14 } else { &mut changed.dg15 };
            file[at] ^= bit;
        }
        assert_eq!(changed.genuine(), Ok(()));
    }
}

#[test]
fn every_bit_of_the_security_object_counts() {
    for (algorithm, form) in kinds() {
        let mut whole = Whole::new(algorithm, form);
        let trust = whole.trust();
        let (dg1, dg2) = (groups()[0].1, groups()[1].1);
        assert_eq!(whole.genuine(), Ok(()), "{algorithm:?}");
        let place = |field: &[u8]| {
            let at = whole.sod.windows(field.len()).position(|window| window == field);
            let at = at.expect("it is in EF.SOD");
            at..at + field.len()
        };
        let certificate = place(&whole.signer);
        let hash = place(&openssl::sha::sha256(dg1));
        let signature = whole.sod.len() - 32..whole.sod.len();
        let mut seen = BTreeSet::new();
        for (at, bit) in flips(whole.sod.len()) {
            whole.sod[at] ^= bit;
            let refused = whole.judge(&trust, dg1, dg2);
            whole.sod[at] ^= bit;
            let Err(rule) = refused else {
                panic!("{algorithm:?} byte {at} bit {bit:#x} is believed")
            };
            assert_eq!(rule.failure(), Failure::Authenticity, "{algorithm:?} {at} {rule}");
            if hash.contains(&at) {
                assert_eq!(rule, Rule::SodMessageDigest, "a hash at {at}");
            } else if signature.contains(&at) {
                assert_eq!(rule, Rule::SodSignature, "the signature at {at}");
            } else if certificate.contains(&at) {
                let known = [
                    Rule::SodMalformed,
                    Rule::SodSignature,
                    Rule::SignerMissing,
                    Rule::CertificateMalformed,
                    Rule::CertificateAlgorithm,
                    Rule::CertificateExtension,
                    Rule::CertificateUsage,
                    Rule::CertificateValidity,
                    Rule::CertificateSignature,
                    Rule::IssuerUnknown,
                ];
                assert!(known.contains(&rule), "the certificate at {at}: {rule}");
            }
            seen.insert(rule.as_str());
        }
        assert!(seen.len() >= 10, "{seen:?}");
    }
}

#[test]
fn every_bit_of_whom_to_trust_counts() {
    let mut whole = Whole::new(Algorithm::P256, SodForm::default());
    for (at, bit) in flips(whole.anchor.len()) {
        whole.anchor[at] ^= bit;
        let refused = whole.genuine();
        whole.anchor[at] ^= bit;
        assert_eq!(refused, Err(Rule::IssuerUnknown), "the CSCA at {at}");
    }
    for (at, bit) in flips(whole.list.len()) {
        whole.list[at] ^= bit;
        let refused = whole.genuine();
        whole.list[at] ^= bit;
        assert_eq!(refused, Err(Rule::RevocationUnknown), "the revocation list at {at}");
    }
    assert_eq!(whole.genuine(), Ok(()));
}

#[test]
fn no_changed_bit_makes_a_revoked_signer_believed() {
    let authority = Authority::new(key(Algorithm::P256), ("UT", "CSCA"), GOOD).expect("made");
    let signer = authority.signer(key(Algorithm::P256), &[0x77, 1], GOOD).expect("made");
    let sod = signer.sign(&groups(), SodForm::default()).expect("signed");
    let mut list = authority.revocations(&[&[0x77, 1]], GOOD).expect("signed");
    let policy = Policy::default();
    let loaded = |list: &[u8]| trusting(&[authority.certificate(), list], &policy, NOW);
    let judge = |trust: &TrustStore| {
        let by = Authorities { trust, policy: &policy, now: NOW };
        let (dg1, dg2) = (groups()[0].1, groups()[1].1);
        let none =
            Evidence { dg1, dg2, dg14: None, dg15: None, sod: &sod, active: None, chip: None };
        evaluate(&none, by, &[]).map(drop)
    };
    let good = loaded(&list);
    assert_eq!(judge(&good), Err(Rule::CertificateRevoked));
    for (at, bit) in flips(list.len()) {
        list[at] ^= bit;
        let changed = loaded(&list);
        list[at] ^= bit;
        // What the changed list no longer says, the store that had it whole remembers.
        assert_eq!(changed.forgets(&good), ["C=UT, CN=CSCA"], "the revocation list at {at}");
    }
}
