//! What a revocation list may look like.

use super::{Malformed, RevocationList, serial_number};
use crate::trust::tests::maker::{CRL, List, NOW, Owner, entry, extension, tlv};

#[test]
fn a_list_reads_as_it_was_made() {
    let owner = Owner::new("CSCA");
    let reason = tlv(0x30, &[extension(21, false, &[10, 1, 1])]);
    let bytes = owner.revoke(&[entry(5, &reason), entry(3, &[])], CRL);
    let list = RevocationList::read(&bytes).unwrap();
    assert_eq!(list.serials, [[5], [3]]);
    assert_eq!((list.this_update, list.next_update), (CRL.this_update, CRL.next_update));
    assert_eq!(list.authority_key_id, Some(&owner.key_id()[..]));
    assert_eq!(list.issuer.country(), Some(*b"UT"));
    assert!(!list.unknown_critical && list.is_in_force(NOW));
    let empty = owner.revoke(&[], List { next_update: None, ..CRL });
    let empty = RevocationList::read(&empty).unwrap();
    assert!(empty.serials.is_empty() && !empty.is_in_force(NOW));
}

#[test]
fn unknown_critical_extensions_of_list_and_entry_are_seen() {
    let owner = Owner::new("CSCA");
    for (arc, critical, unknown) in [(20, true, false), (28, false, false), (27, true, true)] {
        let other = extension(arc, critical, &[2, 1, 1]).leak();
        let bytes = owner.revoke(&[], List { other, ..CRL });
        assert_eq!(RevocationList::read(&bytes).unwrap().unknown_critical, unknown, "{arc}");
    }
    for (arc, critical, unknown) in [(21, true, false), (29, false, false), (29, true, true)] {
        let extensions = tlv(0x30, &[extension(arc, critical, &[0x30, 0])]);
        let bytes = owner.revoke(&[entry(5, &extensions), entry(6, &[])], CRL);
        assert_eq!(RevocationList::read(&bytes).unwrap().unknown_critical, unknown, "{arc}");
    }
}

#[test]
fn what_is_not_a_list_of_version_2_is_malformed() {
    let owner = Owner::new("CSCA");
    let good = owner.revoke(&[], CRL);
    let version = good.windows(3).position(|bytes| bytes == [2, 1, 1]).unwrap();
    let inner = good.windows(3).position(|bytes| bytes == [4, 3, 2]).unwrap();
    for (at, value) in [(version + 2, 0), (inner + 2, 3)] {
        let mut bad = good.clone();
        bad[at] = value;
        assert_eq!(RevocationList::read(&bad).unwrap_err(), Malformed, "{at}");
    }
    let twice = extension(35, false, &[0x30, 0]).leak();
    let many = (36..100).flat_map(|arc| extension(arc, false, &[])).collect::<Vec<u8>>().leak();
    let not_a_number = tlv(0x30, &[[4, 1, 5]]);
    let most = List { other: &many[..many.len() / 64 * 63], ..CRL };
    assert!(RevocationList::read(&owner.revoke(&[], most)).is_ok());
    for bad in [
        [&good[..], &[0]].concat(),
        owner.revoke(&[], List { other: twice, ..CRL }),
        owner.revoke(&[], List { other: many, ..CRL }),
        owner.revoke(&[not_a_number], CRL),
        owner.revoke(&[entry(5, &[0])], CRL),
    ] {
        assert_eq!(RevocationList::read(&bad).unwrap_err(), Malformed);
    }
}

#[test]
fn serial_numbers_are_compared_without_leading_zeros() {
    for (content, expected) in [(&[0, 0x80][..], &[0x80][..]), (&[0], &[]), (&[1, 0], &[1, 0])] {
        assert_eq!(serial_number(content), expected);
    }
}
