//! Revocation lists: whose count, and against whom.

use super::maker::{CRL, CSCA, DSC, List, MLS, Make, NOW, Owner, YEAR, entry, flips, tlv};
use super::maker::{extension, master_list_content, sign_list};
use super::{Status, TrustStore, load, load_by, outcome, parallel, sha1_until, statuses};
use crate::trust::Revocation;

/// What a store with one anchor says of a serial number now.
fn asked(store: &TrustStore, serial: &[u8]) -> Revocation {
    store.revocation(&store.anchors[0], serial, NOW)
}

#[test]
fn a_list_of_an_anchor_says_what_is_revoked() {
    let csca = Owner::new("CSCA");
    let given = csca.self_signed(CSCA);
    let list = csca.revoke(&[entry(9, &[]), entry(7, &[])], CRL);
    let (store, report) = load(&[&given, &list]);
    assert_eq!(statuses(&report), [Status::Trusted; 2]);
    assert_eq!(report.entries[1].what, "revocation list of C=UT, CN=CSCA");
    for (serial, known) in
        [(&[7][..], Revocation::Revoked), (&[0, 9], Revocation::Revoked), (&[8], Revocation::Fresh)]
    {
        assert_eq!(asked(&store, serial), known, "{serial:?}");
    }
    let late = store.revocation(&store.anchors[0], &[8], NOW + 2 * 86_400);
    assert_eq!(late, Revocation::Stale);
    assert_eq!(asked(&load(&[&given]).0, &[7]), Revocation::Unknown);
}

#[test]
fn a_list_that_is_not_in_force_counts_but_is_stale() {
    let csca = Owner::new("CSCA");
    let given = csca.self_signed(CSCA);
    for list in [
        List { next_update: Some(NOW - 1), ..CRL },
        List { next_update: None, ..CRL },
        List { this_update: NOW + 1, ..CRL },
    ] {
        let (store, report) = load(&[&given, &csca.revoke(&[entry(9, &[])], list)]);
        assert_eq!(statuses(&report), [Status::Trusted, Status::Stale]);
        assert_eq!(asked(&store, &[9]), Revocation::Revoked);
        assert_eq!(asked(&store, &[8]), Revocation::Stale);
    }
}

#[test]
fn what_was_heard_once_is_not_forgotten() {
    let (csca, other) = (Owner::new("CSCA"), Owner::new("other"));
    let (given, unlisted) = (csca.self_signed(CSCA), other.self_signed(CSCA));
    let list = csca.revoke(&[entry(77, &[])], CRL);
    let newer = csca.revoke(&[], List { this_update: NOW, ..CRL });
    let before = csca.revoke(&[], List { this_update: NOW - YEAR, ..CRL });
    let (store, _) = load(&[&given, &list]);
    let forgotten = vec!["C=UT, CN=CSCA".to_owned()];
    for (files, expected) in [
        (vec![&given[..], &list], vec![]),
        (vec![&given, &newer], vec![]),
        (vec![&given, &before], forgotten.clone()),
        (vec![&given, &list[..list.len() - 1]], forgotten.clone()),
        (vec![&given], forgotten.clone()),
        (vec![&unlisted], vec![]),
    ] {
        assert_eq!(load(&files).0.forgets(&store), expected, "{}", files.len());
    }
    // Two keys of one name: the newer list of one does not make up for the other's.
    let next = Owner::new("CSCA");
    let (second, empty) =
        (next.self_signed(CSCA), next.revoke(&[], List { this_update: NOW, ..CRL }));
    let (both, _) = load(&[&given, &second, &list, &empty]);
    assert_eq!(load(&[&given, &second, &empty]).0.forgets(&both), forgotten);
    assert_eq!(load(&[&given, &second, &list]).0.forgets(&both), forgotten);
    assert_eq!(load(&[&second, &empty]).0.forgets(&both), [""; 0]);
    // One instant, two lists: both are heard, and neither may be left out.
    let twin = csca.revoke(&[], CRL);
    let (twins, _) = load(&[&given, &twin, &list]);
    assert_eq!(load(&[&given, &twin]).0.forgets(&twins), forgotten);
    assert_eq!(load(&[&given, &twin]).0.forgets(&store), forgotten);
    assert_eq!(load(&[&given, &list, &twin]).0.forgets(&twins), [""; 0]);
    // Without the key that signed for both, the other's certificates would go free.
    let link = csca.certify(&next, Make { serial: 2, ..CSCA });
    let of_next = next.revoke(&[entry(9, &[])], CRL);
    let (linked, _) = load(&[&given, &link, &of_next]);
    assert_eq!(asked(&linked, &[9]), Revocation::Revoked);
    assert_eq!(load(&[&given, &of_next]).0.forgets(&linked), forgotten);
    // Of one instant, a list that revokes more is the newer.
    let more = csca.revoke(&[entry(77, &[]), entry(9, &[])], CRL);
    assert_eq!(load(&[&given, &more]).0.forgets(&store), [""; 0]);
    // What was heard outlives a turn in which nobody was trusted.
    let mut between = load(&[&unlisted]).0;
    between.remember(&store);
    assert_eq!(load(&[&unlisted, &given]).0.forgets(&between), forgotten);
    // A list that revokes its own issuer.
    let suicide = csca.revoke(&[entry(1, &[])], CRL);
    let (gone, _) = load(&[&given, &suicide]);
    assert_eq!(gone.anchors().len(), 0);
    assert_eq!(load(&[&given]).0.forgets(&gone), forgotten);
    assert_eq!(load(&[&given, &suicide]).0.forgets(&gone), [""; 0]);
}

#[test]
fn the_newest_list_of_an_anchor_counts_alone() {
    let csca = Owner::new("CSCA");
    let given = csca.self_signed(CSCA);
    let old = csca.revoke(&[entry(9, &[])], List { this_update: NOW - YEAR, ..CRL });
    let new = csca.revoke(&[entry(8, &[])], CRL);
    for (files, expected) in [
        ([&old, &new, &new], [Status::Superseded, Status::Trusted, Status::Duplicate]),
        ([&new, &old, &new], [Status::Trusted, Status::Superseded, Status::Duplicate]),
    ] {
        let [a, b, c] = files;
        let (store, report) = load(&[&given, a, b, c]);
        assert_eq!(statuses(&report)[1..], expected);
        assert_eq!(asked(&store, &[8]), Revocation::Revoked);
        assert_eq!(asked(&store, &[9]), Revocation::Fresh);
    }
}

#[test]
fn of_two_lists_of_one_instant_both_count() {
    let csca = Owner::new("CSCA");
    let given = csca.self_signed(CSCA);
    let (one, other) = (csca.revoke(&[], CRL), csca.revoke(&[entry(9, &[])], CRL));
    for files in [[&one, &other], [&other, &one]] {
        let (store, report) = load(&[&given, files[0], files[1]]);
        assert_eq!(statuses(&report), [Status::Trusted; 3]);
        assert_eq!(asked(&store, &[9]), Revocation::Revoked);
    }
}

#[test]
fn after_a_change_of_keys_the_newest_keys_list_covers_the_old_keys_certificates() {
    let (old, new) = (Owner::new("CSCA"), Owner::new("CSCA"));
    let link = old.certify(&new, Make { serial: 2, ..CSCA });
    let list = new.revoke(&[entry(9, &[])], CRL);
    let (store, report) = load(&[&old.self_signed(CSCA), &link, &list]);
    assert_eq!(statuses(&report), [Status::Trusted, Status::Linked, Status::Trusted]);
    assert_eq!(asked(&store, &[9]), Revocation::Revoked);
}

#[test]
fn lists_that_do_not_count_say_nothing() {
    let csca = Owner::new("CSCA");
    let given = csca.self_signed(CSCA);
    let mut wrong = csca.revoke(&[entry(9, &[])], CRL);
    *wrong.last_mut().unwrap() ^= 1;
    let part: &'static [u8] = extension(28, true, &[0x30, 0]).leak();
    let foreign = tlv(0x30, &[extension(29, true, &[0x30, 0])]);
    let entries = [entry(9, &[])];
    for (list, status) in [
        (Owner::new("CSCA").revoke(&entries, CRL), Status::Untrusted),
        (Owner::new("other").revoke(&entries, CRL), Status::Untrusted),
        (wrong, Status::SignatureWrong),
        (csca.revoke(&entries, List { other: part, ..CRL }), Status::Unsupported),
        (csca.revoke(&[entry(9, &foreign)], CRL), Status::Unsupported),
        (csca.revoke(&entries, List { sha1: true, ..CRL }), Status::Forbidden),
        (csca.revoke(&[vec![0x30, 0]], CRL), Status::Malformed),
    ] {
        let (store, report) = load(&[&given, &list]);
        assert_eq!(statuses(&report), [Status::Trusted, status]);
        assert_eq!(asked(&store, &[9]), Revocation::Unknown);
    }
    let sha1 = csca.revoke(&entries, List { sha1: true, ..CRL });
    let (store, _) = load_by(&sha1_until(NOW), &[&given, &sha1]);
    assert_eq!(asked(&store, &[9]), Revocation::Revoked);
}

#[test]
fn a_csca_that_may_not_sign_lists_revokes_nothing() {
    let csca = Owner::new("CSCA");
    let given = csca.self_signed(Make { usage: &[3, 2, 2, 4], ..CSCA });
    let list = csca.revoke(&[entry(9, &[])], CRL);
    assert_eq!(outcome(&[&given, &list]).0, [Status::Trusted, Status::Untrusted]);
}

#[test]
fn a_revoked_link_takes_what_hangs_on_it_along() {
    let owners = ["a", "b", "c"].map(Owner::new);
    let link = owners[0].certify(&owners[1], Make { serial: 2, ..CSCA });
    let next = owners[1].certify(&owners[2], Make { serial: 3, ..CSCA });
    let list = owners[0].revoke(&[entry(2, &[])], CRL);
    let (statuses, anchors) = outcome(&[&owners[0].self_signed(CSCA), &link, &next, &list]);
    let expected = [Status::Trusted, Status::Revoked, Status::Untrusted, Status::Trusted];
    assert_eq!((statuses, anchors), (expected.to_vec(), 1));
}

#[test]
fn a_csca_that_revokes_itself_is_gone() {
    let csca = Owner::new("CSCA");
    let list = csca.revoke(&[entry(1, &[])], CRL);
    let (statuses, anchors) = outcome(&[&csca.self_signed(CSCA), &list]);
    assert_eq!((statuses, anchors), (vec![Status::Revoked, Status::Untrusted], 0));
}

#[test]
fn a_master_list_of_a_revoked_signer_counts_for_nothing() {
    let (csca, signer) = (Owner::new("CSCA"), Owner::new("MLS"));
    let certificate = csca.certify(&signer, MLS);
    let content = master_list_content(&[Owner::new("other").self_signed(CSCA)]);
    let master = sign_list(&content, "2.23.136.1.1.2", (&signer, &certificate));
    let list = csca.revoke(&[entry(88, &[])], CRL);
    let (statuses, anchors) = outcome(&[&csca.self_signed(CSCA), &master, &list]);
    assert_eq!((statuses, anchors), (vec![Status::Trusted, Status::Revoked, Status::Trusted], 1));
}

#[test]
fn a_given_signer_is_kept_though_it_is_revoked_for_it_is_asked_for_at_use() {
    let (csca, signer) = (Owner::new("CSCA"), Owner::new("DS"));
    let list = csca.revoke(&[entry(77, &[])], CRL);
    let files = [csca.self_signed(CSCA), csca.certify(&signer, DSC), list];
    let (store, report) = load(&[&files[0], &files[1], &files[2]]);
    assert_eq!(statuses(&report), [Status::Trusted, Status::Signer, Status::Trusted]);
    assert_eq!(asked(&store, &[77]), Revocation::Revoked);
}

#[test]
fn every_flipped_bit_of_a_list_makes_it_count_for_nothing() {
    let csca = Owner::new("CSCA");
    let given = csca.self_signed(CSCA);
    let list = csca.revoke(&[entry(9, &[])], CRL);
    let known = parallel::map(&flips(&list), |flipped| asked(&load(&[&given, flipped]).0, &[8]));
    assert_eq!(known.iter().position(|known| *known != Revocation::Unknown), None);
}
