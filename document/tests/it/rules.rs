//! Each rule, broken alone.

use kayle_document::Rule;
use kayle_document::evaluate::{Document, Evidence, evaluate};
use kayle_document::issue::encode::{element, sequence};
use kayle_document::issue::{
    Algorithm, Authority, Signer, SigningKey, SodForm, Specimen, Validity, dg1, dg2,
};
use kayle_document::mrz::Form;
use kayle_document::passive::Authorities;
use kayle_document::policy::Policy;
use kayle_document::{Curve, Digest, active};

use crate::passport::{GOOD, NOW, Passport, groups, trusting};

const YEAR: i64 = 31_557_600;
const SHA1: Algorithm = Algorithm::RsaPkcs1 { bits: 2048, digest: Digest::Sha1 };

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).expect("a key")
}

fn authority(algorithm: Algorithm, good: Validity) -> Authority {
    Authority::new(key(algorithm), ("UT", "CSCA"), good).expect("an authority")
}

fn signer(authority: &Authority, algorithm: Algorithm, good: Validity) -> Signer {
    authority.signer(key(algorithm), &[0x77], good).expect("a signer")
}

/// The judgement of those groups and EF.SOD by who trusts those files under that policy.
fn judged(
    groups: &[(u8, &[u8])],
    sod: &[u8],
    files: &[&[u8]],
    policy: &Policy,
) -> Result<Document, Rule> {
    let trust = trusting(files, policy, NOW);
    let by = Authorities { trust: &trust, policy, now: NOW };
    let group = |number| groups.iter().find(|(known, _)| *known == number).map(|(_, bytes)| *bytes);
    let evidence = Evidence {
        dg1: group(1).unwrap_or_default(),
        dg2: group(2).unwrap_or_default(),
        dg14: group(14),
        dg15: group(15),
        sod,
        active: None,
        chip: None,
    };
    evaluate(&evidence, by, &[])
}

/// The rule that a signer's document breaks.
fn broken(signer: &Signer, form: SodForm, files: &[&[u8]], policy: &Policy) -> Option<Rule> {
    let sod = signer.sign(&groups(), form).expect("signed");
    judged(&groups(), &sod, files, policy).err()
}

#[test]
fn a_signer_is_believed_within_its_time_only() {
    let policy = Policy::default();
    let past = Validity { from: NOW - 3 * YEAR, to: NOW - YEAR };
    let timed = |at| SodForm { signing_time: Some(at), ..SodForm::default() };
    let csca = authority(Algorithm::P256, GOOD);
    for (good, form, rule) in [
        (GOOD, SodForm::default(), None),
        (GOOD, timed(NOW - YEAR), None),
        (past, SodForm::default(), Some(Rule::CertificateValidity)),
        (past, timed(NOW - 2 * YEAR), None),
        (past, timed(NOW), Some(Rule::CertificateValidity)),
        (past, timed(NOW - 4 * YEAR), Some(Rule::CertificateValidity)),
        (GOOD, timed(NOW + 80_000), None),
        (GOOD, timed(NOW + 90_000), Some(Rule::CertificateValidity)),
    ] {
        let signer = signer(&csca, Algorithm::P256, good);
        assert_eq!(
            broken(&signer, form, &[csca.certificate()], &policy),
            rule,
            "{good:?} {form:?}"
        );
    }
    // An authority that had ended when the document was signed, and one that ended since.
    let csca = authority(Algorithm::P256, past);
    let signer = signer(&csca, Algorithm::P256, GOOD);
    let at = |at| broken(&signer, timed(at), &[csca.certificate()], &policy);
    assert_eq!(at(NOW - 2 * YEAR), None);
    assert_eq!(at(NOW - YEAR / 2), Some(Rule::CertificateValidity));
    // It certified this signer before it ended, and nobody says when the document was signed.
    let silent = broken(&signer, SodForm::default(), &[csca.certificate()], &policy);
    assert_eq!(silent, Some(Rule::CertificateValidity), "the signer began before its authority");
    let signer = self::signer(&csca, Algorithm::P256, Validity { from: past.from, to: GOOD.to });
    assert_eq!(broken(&signer, SodForm::default(), &[csca.certificate()], &policy), None);
}

#[test]
fn whose_documents_a_signer_signs_is_its_own_country() {
    let made = |country| {
        let csca = Authority::new(key(Algorithm::P256), (country, "CSCA"), GOOD).expect("made");
        let signer = signer(&csca, Algorithm::P256, GOOD);
        (csca, signer)
    };
    let portrait = dg2(&[0xff, 0xd8, 0xff, 0xe0]);
    for (country, issuer, believed) in [
        ("DE", "D", true),
        ("FR", "FRA", true),
        ("FR", "D", false),
        ("UT", "USA", false),
        ("US", "UTO", false),
        ("UT", "QQQ", false),
        ("GB", "GBD", true),
    ] {
        let (csca, signer) = made(country);
        let first = dg1(&Specimen { issuer: issuer.into(), ..Specimen::default() }.mrz(Form::Td3));
        let groups: [(u8, &[u8]); 2] = [(1, &first), (2, &portrait)];
        let sod = signer.sign(&groups, SodForm::default()).expect("signed");
        let judged = judged(&groups, &sod, &[csca.certificate()], &Policy::default());
        let expected = (!believed).then_some(Rule::CountryMismatch);
        assert_eq!(judged.err(), expected, "{country} signs for {issuer}");
    }
}

#[test]
fn what_vouches_for_others_has_a_length() {
    let policy = Policy::default();
    let short = [
        Algorithm::RsaPkcs1 { bits: 1_024, digest: Digest::Sha256 },
        Algorithm::Ecdsa { curve: Curve::P192, digest: Digest::Sha256, explicit: false },
        Algorithm::Ecdsa { curve: Curve::Brainpool192, digest: Digest::Sha256, explicit: true },
    ];
    for short in short {
        let csca = authority(Algorithm::P256, GOOD);
        let weak = signer(&csca, short, GOOD);
        let rule = broken(&weak, SodForm::default(), &[csca.certificate()], &policy);
        assert_eq!(rule, Some(Rule::CertificateAlgorithmForbidden), "{short:?}");
        let weak = authority(short, GOOD);
        let signer = signer(&weak, Algorithm::P256, GOOD);
        let rule = broken(&signer, SodForm::default(), &[weak.certificate()], &policy);
        assert_eq!(rule, Some(Rule::IssuerUnknown), "{short:?}");
    }
}

#[test]
fn sha_1_is_for_old_documents_where_the_policy_says_how_old() {
    let timed = SodForm { signing_time: Some(NOW - 2 * YEAR), ..SodForm::default() };
    let hashed = SodForm { digest: Digest::Sha1, ..timed };
    let until = |at| Policy { sha1_until: at, ..Policy::default() };
    let csca = authority(Algorithm::P256, GOOD);
    let old = authority(SHA1, GOOD);
    let modern = signer(&csca, Algorithm::P256, GOOD);
    let signs = signer(&csca, SHA1, GOOD);
    let certified = signer(&old, Algorithm::P256, GOOD);
    let year_ago = Some(NOW - YEAR);
    for (signer, csca, form, forbidden) in [
        (&modern, &csca, hashed, Rule::SodAlgorithmForbidden),
        (&signs, &csca, timed, Rule::SodAlgorithmForbidden),
        (&certified, &old, timed, Rule::CertificateAlgorithmForbidden),
    ] {
        let ask = |policy| broken(signer, form, &[csca.certificate()], &policy);
        assert_eq!(ask(until(None)), Some(forbidden));
        assert_eq!(ask(until(year_ago)), None);
        assert_eq!(ask(until(Some(NOW - 9 * YEAR))), Some(forbidden));
        if forbidden == Rule::SodAlgorithmForbidden {
            // Without a time it may have been signed as late as today.
            let silent = SodForm { signing_time: None, ..form };
            let ask = |policy| broken(signer, silent, &[csca.certificate()], &policy);
            assert_eq!(ask(until(year_ago)), Some(forbidden));
            assert_eq!(ask(until(Some(NOW + 1))), None);
        }
    }
}

#[test]
fn what_is_revoked_or_unknown_to_be_is_refused() {
    let csca = authority(Algorithm::P256, GOOD);
    let signer = signer(&csca, Algorithm::P256, GOOD);
    let lists = [
        csca.revocations(&[&[0x77]], GOOD).expect("signed"),
        csca.revocations(&[&[0x78]], GOOD).expect("signed"),
        csca.revocations(&[], Validity { from: NOW - YEAR, to: NOW - 1 }).expect("signed"),
        authority(Algorithm::P256, GOOD).revocations(&[&[0x77]], GOOD).expect("signed"),
    ];
    let strict = Policy { require_fresh_crl: true, ..Policy::default() };
    let unknown = Some(Rule::RevocationUnknown);
    for (list, lax, asked) in [
        (Some(0), Some(Rule::CertificateRevoked), Some(Rule::CertificateRevoked)),
        (Some(1), None, None),
        (Some(2), None, unknown),
        (Some(3), None, unknown),
        (None, None, unknown),
    ] {
        let mut files = vec![csca.certificate()];
        files.extend(list.map(|at: usize| lists[at].as_slice()));
        let ask = |policy| broken(&signer, SodForm::default(), &files, policy);
        assert_eq!((ask(&Policy::default()), ask(&strict)), (lax, asked), "{list:?}");
    }
}

#[test]
fn who_signs_is_known_and_may_sign() {
    let policy = Policy::default();
    let csca = authority(Algorithm::P256, GOOD);
    let made = signer(&csca, Algorithm::P256, GOOD);
    let alone = SodForm { with_certificate: false, ..SodForm::default() };
    assert_eq!(broken(&made, alone, &[csca.certificate()], &policy), Some(Rule::SignerMissing));
    let listed = [csca.certificate(), &made.certificate];
    assert_eq!(broken(&made, alone, &listed, &policy), None, "a directory may know it");
    assert_eq!(broken(&made, SodForm::default(), &[], &policy), Some(Rule::IssuerUnknown));
    // An authority of that name, but another key.
    let other = authority(Algorithm::P256, GOOD);
    let refused = broken(&made, SodForm::default(), &[other.certificate()], &policy);
    assert_eq!(refused, Some(Rule::IssuerUnknown));
    // An authority that signs documents itself.
    let mut own = made.clone();
    own.certificate = csca.certificate().to_vec();
    let refused = broken(&own, SodForm::default(), &[csca.certificate()], &policy);
    assert_eq!(refused, Some(Rule::SignerMissing));
}

#[test]
fn data_groups_are_those_that_were_signed() {
    let policy = Policy::default();
    let csca = authority(Algorithm::P256, GOOD);
    let signer = signer(&csca, Algorithm::P256, GOOD);
    let chip = active::issue::dg15(&key(Algorithm::P256));
    let infos = element(0x6e, &[&element(0x31, &[])]);
    let mut all = groups();
    all.extend([(14, infos.as_slice()), (15, chip.as_slice())]);
    let form = SodForm::default();
    let files = [csca.certificate()];
    let sod = signer.sign(&all, form).expect("signed");
    let without = |number| {
        let left: Vec<_> = all.iter().copied().filter(|(known, _)| *known != number).collect();
        judged(&left, &sod, &files, &policy).err()
    };
    assert_eq!(judged(&all, &sod, &files, &policy).err(), Some(Rule::ActiveMissing));
    assert_eq!(without(14), Some(Rule::DataGroupWithheld));
    assert_eq!(without(15), Some(Rule::DataGroupWithheld));
    assert_eq!(without(1), Some(Rule::DataGroupHash));
    let few = signer.sign(&groups(), form).expect("signed");
    assert_eq!(judged(&all, &few, &files, &policy).err(), Some(Rule::DataGroupUnlisted));
    for (number, bytes, rule) in [
        (1, &b"\x61\x00"[..], Rule::Dg1Malformed),
        (2, b"\x75\x00", Rule::Dg2Malformed),
        (14, b"\x6e\x00", Rule::Dg14Malformed),
        (15, b"\x6f\x00", Rule::ActiveMissing),
    ] {
        let mut changed = all.clone();
        let place = changed.iter_mut().find(|(known, _)| *known == number).expect("there");
        place.1 = bytes;
        let sod = signer.sign(&changed, form).expect("signed");
        assert_eq!(judged(&changed, &sod, &files, &policy).err(), Some(rule), "DG{number}");
    }
}

#[test]
fn what_the_document_says_must_make_sense() {
    let policy = Policy::default();
    let csca = authority(Algorithm::P256, GOOD);
    let signer = signer(&csca, Algorithm::P256, GOOD);
    let portrait = dg2(&[0xff, 0xd8, 0xff, 0xe0]);
    let ask = |mrz: &str| {
        let first = dg1(mrz);
        let groups: [(u8, &[u8]); 2] = [(1, &first), (2, &portrait)];
        let sod = signer.sign(&groups, SodForm::default()).expect("signed");
        judged(&groups, &sod, &[csca.certificate()], &policy)
    };
    let zone = Specimen::default().mrz(Form::Td3);
    let holder = ask(&zone).expect("a document").holder;
    assert_eq!((holder.date_of_birth.as_str(), holder.sex_marker.as_str()), ("1974-08-12", "F"));
    let mut wrong = zone.clone().into_bytes();
    wrong[44 + 9] ^= 1;
    let wrong = String::from_utf8(wrong).expect("ascii");
    assert_eq!(ask(&wrong).err(), Some(Rule::CheckDigit));
    let expired = Specimen { expiry: "260504".into(), ..Specimen::default() };
    assert_eq!(ask(&expired.mrz(Form::Td3)).err(), Some(Rule::DocumentExpired));
    let today = Specimen { expiry: "260505".into(), ..Specimen::default() };
    assert!(ask(&today.mrz(Form::Td3)).is_ok(), "the last day counts");
    let never = Specimen { birth: "741301".into(), ..Specimen::default() };
    assert_eq!(ask(&never.mrz(Form::Td3)).err(), Some(Rule::MrzDate));
}

#[test]
fn a_security_object_is_what_its_standard_says() {
    let passport = Passport::new(Algorithm::P256, SodForm::default());
    let csca = authority(Algorithm::P256, GOOD);
    let signer = signer(&csca, Algorithm::P256, GOOD);
    let ask = |sod: &[u8]| {
        judged(&groups(), sod, &[csca.certificate(), passport.anchor()], &Policy::default()).err()
    };
    assert_eq!(ask(passport.sod()), None);
    let whole = passport.sod();
    assert_eq!(ask(&[]), Some(Rule::SodMalformed));
    assert_eq!(ask(&whole[..whole.len() - 1]), Some(Rule::SodMalformed));
    assert_eq!(ask(&[whole, &[0]].concat()), Some(Rule::SodMalformed));
    let wrapped = |content_type: &str, content: &[u8]| {
        let data = signer.sign_content(content_type, content, SodForm::default());
        element(0x77, &[&data.expect("signed")])
    };
    assert_eq!(ask(&wrapped("2.23.136.1.1.2", b"x")), Some(Rule::SodContentType));
    let object = "2.23.136.1.1.1";
    for content in [&b"x"[..], &sequence(&[&[2, 1, 2]]), &sequence(&[&[2, 1, 0]])] {
        assert_eq!(ask(&wrapped(object, content)), Some(Rule::SecurityObject));
    }
    let mut twice = groups();
    twice.push(twice[0]);
    let sod = signer.sign(&twice, SodForm::default()).expect("signed");
    assert_eq!(ask(&sod), Some(Rule::SecurityObject), "a group listed twice");
    let none = signer.sign(&[], SodForm::default()).expect("signed");
    assert_eq!(ask(&none), Some(Rule::SecurityObject));
    let seventeen = signer.sign(&[(17, b"x")], SodForm::default()).expect("signed");
    assert_eq!(ask(&seventeen), Some(Rule::SecurityObject));
}
