//! Master lists: whose word counts.

use openssl::hash::MessageDigest;

use super::maker::{
    CSCA, DSC, MLS, Make, NOW, Owner, YEAR, flips, master_list_content, sign_list, sign_list_with,
    tlv,
};
use super::{Status, load, load_by, outcome, parallel, sha1_until, statuses};

const KIND: &str = "2.23.136.1.1.2";

/// The list of those certificates that a signer certified by `csca` signed.
fn list(csca: &Owner, make: Make, certificates: &[Vec<u8>]) -> Vec<u8> {
    let signer = Owner::new("MLS");
    let certificate = csca.certify(&signer, make);
    sign_list(&master_list_content(certificates), KIND, (&signer, &certificate))
}

#[test]
fn a_list_counts_if_its_signers_csca_was_given() {
    let (csca, other) = (Owner::new("CSCA"), Owner::new("other"));
    let given = csca.self_signed(CSCA);
    let list = list(&csca, MLS, &[given.clone(), other.self_signed(CSCA), tlv(0x30, &[[0; 70]])]);
    let (store, report) = load(&[&given, &list]);
    assert_eq!(store.anchors().len(), 2);
    let expected =
        [Status::Trusted, Status::Duplicate, Status::Trusted, Status::Malformed, Status::Trusted];
    assert_eq!(statuses(&report), expected);
    assert_eq!(report.entries[4].what, "master list of C=UT, CN=MLS");
    assert_eq!(outcome(&[&list]), (vec![Status::ListSignerUnknown], 0));
}

#[test]
fn lists_that_depend_on_each_other_count_in_any_order() {
    let owners = ["a", "b", "c", "d"].map(Owner::new);
    let root = owners[0].self_signed(CSCA);
    let lists: Vec<Vec<u8>> =
        owners.windows(2).map(|pair| list(&pair[0], MLS, &[pair[1].self_signed(CSCA)])).collect();
    for order in [[0, 1, 2], [2, 1, 0]] {
        let files = order.map(|at| &lists[at][..]);
        let (store, _) = load(&[&[&root[..]], &files[..]].concat());
        assert_eq!(store.anchors().len(), 4);
    }
    assert_eq!(outcome(&[&root, &lists[1]]).0[1], Status::ListSignerUnknown);
}

#[test]
fn lists_are_followed_for_eight_rounds() {
    let owners: Vec<Owner> = (0..11).map(|_| Owner::new("CSCA")).collect();
    let mut files = vec![owners[0].self_signed(CSCA)];
    files.extend(owners.windows(2).map(|pair| list(&pair[0], MLS, &[pair[1].self_signed(CSCA)])));
    let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let (store, report) = load(&files);
    assert_eq!(store.anchors().len(), 9);
    assert_eq!(report.count(Status::Trusted), 9 + 8);
    assert_eq!(report.count(Status::ListSignerUnknown), 2);
}

#[test]
fn a_lists_own_link_is_taken_under_an_anchor_that_was_there_before() {
    let (csca, next) = (Owner::new("CSCA"), Owner::new("CSCA 2"));
    let given = csca.self_signed(CSCA);
    let link = csca.certify(&next, Make { serial: 2, ..CSCA });
    let list = list(&csca, MLS, &[link]);
    let expected = vec![Status::Trusted, Status::Linked, Status::Trusted];
    assert_eq!(outcome(&[&given, &list]), (expected, 2));
}

#[test]
fn a_list_of_what_is_too_short_for_certificates_is_malformed() {
    let csca = Owner::new("CSCA");
    let list = list(&csca, MLS, &[vec![0x30, 0]]);
    let expected = vec![Status::Trusted, Status::Malformed];
    assert_eq!(outcome(&[&csca.self_signed(CSCA), &list]), (expected, 1));
}

#[test]
fn a_list_whose_signers_key_is_short_is_forbidden() {
    let csca = Owner::new("CSCA");
    let group = openssl::ec::EcGroup::from_curve_name(openssl::nid::Nid::X9_62_PRIME192V1).unwrap();
    let key = openssl::pkey::PKey::from_ec_key(openssl::ec::EcKey::generate(&group).unwrap());
    let signer = Owner { key: key.unwrap(), ..Owner::new("MLS") };
    let certificate = csca.certify(&signer, MLS);
    let content = master_list_content(&[Owner::new("other").self_signed(CSCA)]);
    let list = sign_list(&content, KIND, (&signer, &certificate));
    let expected = vec![Status::Trusted, Status::Forbidden];
    assert_eq!(outcome(&[&csca.self_signed(CSCA), &list]), (expected, 1));
}

#[test]
fn a_list_whose_signer_may_not_sign_it_is_unusable() {
    let csca = Owner::new("CSCA");
    let given = csca.self_signed(CSCA);
    let other: &'static [u8] = &[0x30, 8, 6, 6, 0x67, 0x81, 8, 1, 1, 4];
    for (make, status) in [
        (DSC, Status::Unusable),
        (Make { other: Some(("2.5.29.37", true, other)), ..MLS }, Status::Unusable),
        (Make { valid: (NOW - 9 * YEAR, NOW - 8 * YEAR), ..MLS }, Status::Unusable),
        (Make { usage: CSCA.usage, ..MLS }, Status::Unusable),
        (Make { other: Some(("2.5.29.36", true, &[0x30, 0])), ..MLS }, Status::Unsupported),
    ] {
        let list = list(&csca, make, &[Owner::new("other").self_signed(CSCA)]);
        assert_eq!(outcome(&[&given, &list]), (vec![Status::Trusted, status], 1));
    }
}

#[test]
fn a_list_that_is_no_list_is_refused() {
    let (csca, signer) = (Owner::new("CSCA"), Owner::new("MLS"));
    let (given, certificate) = (csca.self_signed(CSCA), csca.certify(&signer, MLS));
    let content = master_list_content(std::slice::from_ref(&given));
    let mut version = content.clone();
    version[content.iter().position(|byte| *byte == 2).unwrap() + 2] = 1;
    for (content, kind, more, status) in [
        (&content, "2.23.136.1.1.1", "-keyid", Status::Unsupported),
        (&version, KIND, "-keyid", Status::Malformed),
        (&content, KIND, "-nocerts", Status::ListSignerUnknown),
        (&content, KIND, "-noattr", Status::Malformed),
    ] {
        let list = sign_list_with(content, kind, (&signer, &certificate), &["-md", "sha256", more]);
        assert_eq!(outcome(&[&given, &list]), (vec![Status::Trusted, status], 1), "{more}");
    }
    let mut wrong = sign_list(&content, KIND, (&signer, &certificate));
    *wrong.last_mut().unwrap() ^= 1;
    assert_eq!(outcome(&[&given, &wrong]), (vec![Status::Trusted, Status::SignatureWrong], 1));
}

#[test]
fn sha1_is_for_the_policy_to_allow() {
    let (csca, signer) = (Owner::new("CSCA"), Owner::new("MLS"));
    let given = csca.self_signed(CSCA);
    let sha1 = Make { digest: MessageDigest::sha1, ..MLS };
    let content = master_list_content(&[Owner::new("other").self_signed(CSCA)]);
    for (make, digest) in [(MLS, "sha1"), (sha1, "sha256")] {
        let certificate = csca.certify(&signer, make);
        let list =
            sign_list_with(&content, KIND, (&signer, &certificate), &["-md", digest, "-keyid"]);
        assert_eq!(outcome(&[&given, &list]).0[1], Status::Forbidden, "{digest}");
        let (store, _) = load_by(&sha1_until(i64::MAX), &[&given, &list]);
        assert_eq!(store.anchors().len(), 2, "{digest}");
    }
}

#[test]
fn every_flipped_bit_of_a_list_makes_it_count_for_nothing() {
    let csca = Owner::new("CSCA");
    let given = csca.self_signed(CSCA);
    let list = list(&csca, MLS, &[Owner::new("other").self_signed(CSCA)]);
    let anchors =
        parallel::map(&flips(&list), |flipped| load(&[&given, flipped]).0.anchors().len());
    assert_eq!(anchors.iter().position(|anchors| *anchors != 1), None);
}
