//! Link certificates and changes of keys.

use openssl::hash::MessageDigest;

use super::maker::{CSCA, Make, NOW, Owner, YEAR};
use super::{Status, load, load_by, outcome, sha1_until, statuses};

const LINK: Make = Make { serial: 2, ..CSCA };

#[test]
fn what_an_anchor_signed_is_linked_whatever_the_names() {
    for name in ["CSCA", "CSCA 2"] {
        let (old, new) = (Owner::new("CSCA"), Owner::new(name));
        let (root, link) = (old.self_signed(CSCA), old.certify(&new, LINK));
        for files in [[&root[..], &link], [&link, &root]] {
            let (store, report) = load(&files);
            assert_eq!(report.count(Status::Linked), 1, "{name}");
            assert_eq!(store.anchors().filter(|anchor| anchor.linked).count(), 1);
            assert_eq!(store.anchors().len(), 2);
        }
        assert_eq!(outcome(&[&link]), (vec![Status::Untrusted], 0));
    }
}

#[test]
fn a_link_under_another_key_of_that_name_is_untrusted() {
    let (trusted, forged) = (Owner::new("CSCA"), Owner::new("CSCA"));
    let link = forged.certify(&Owner::new("CSCA 2"), LINK);
    let root = trusted.self_signed(CSCA);
    assert_eq!(outcome(&[&root, &link]), (vec![Status::Trusted, Status::Untrusted], 1));
}

#[test]
fn an_anchor_certifies_its_own_country_while_it_is_valid() {
    let old = Owner::new("CSCA");
    let root = old.self_signed(CSCA);
    let (from, to) = CSCA.valid;
    let foreign = old.certify(&Owner::of("FR", "CSCA"), LINK);
    let early = old.certify(&Owner::new("CSCA 2"), Make { valid: (from - 1, to), ..LINK });
    let late = old.certify(&Owner::new("CSCA 2"), Make { valid: (to + 1, to + YEAR), ..LINK });
    let last = old.certify(&Owner::new("CSCA 2"), Make { valid: (to, to + YEAR), ..LINK });
    for (link, status, anchors) in [
        (foreign, Status::Untrusted, 1),
        (early, Status::Untrusted, 1),
        (late, Status::Untrusted, 1),
        (last, Status::Linked, 2),
    ] {
        assert_eq!(outcome(&[&root, &link]), (vec![Status::Trusted, status], anchors));
    }
}

#[test]
fn a_link_whose_signature_is_broken_is_untrusted() {
    let trusted = Owner::new("CSCA");
    let mut link = trusted.certify(&Owner::new("CSCA 2"), LINK);
    *link.last_mut().unwrap() ^= 1;
    let root = trusted.self_signed(CSCA);
    assert_eq!(outcome(&[&root, &link]), (vec![Status::Trusted, Status::Untrusted], 1));
}

#[test]
fn links_are_followed_for_eight_rounds() {
    let owners: Vec<Owner> = (0..12).map(|_| Owner::new("CSCA")).collect();
    let mut files = vec![owners[0].self_signed(CSCA)];
    files.extend(owners.windows(2).map(|pair| pair[0].certify(&pair[1], LINK)));
    let files: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let (store, report) = load(&files);
    assert_eq!(store.anchors().len(), 9);
    assert_eq!((report.count(Status::Linked), report.count(Status::Untrusted)), (8, 3));
}

#[test]
fn sha1_links_are_for_the_policy_to_allow() {
    let (old, new) = (Owner::new("CSCA"), Owner::new("CSCA 2"));
    let link = old.certify(&new, Make { digest: MessageDigest::sha1, ..LINK });
    let files = [&old.self_signed(CSCA)[..], &link];
    assert_eq!(outcome(&files), (vec![Status::Trusted, Status::Forbidden], 1));
    for (until, status) in [(NOW - YEAR, Status::Linked), (NOW - 3 * YEAR, Status::Forbidden)] {
        let (_, report) = load_by(&sha1_until(until), &files);
        assert_eq!(statuses(&report)[1], status);
    }
}
