//! Directory dumps: signers that are found and never trusted.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::maker::{CRL, CSCA, DSC, MLS, Make, Owner, entry, master_list_content, sign_list};
use super::{Status, load, statuses};
use crate::certificate::Certificate;
use crate::cms::SignerId;

/// A dump with folded lines.
pub fn ldif(values: &[(&str, &[u8])]) -> Vec<u8> {
    let mut text =
        String::from("version: 1\n\n# made for a test\ndn: o=dsc,c=UT\nobjectClass: top\n");
    for (attribute, value) in values {
        let line = format!("{attribute}:: {}", STANDARD.encode(value));
        let folded: Vec<&str> =
            line.as_bytes().chunks(76).map(|part| std::str::from_utf8(part).unwrap()).collect();
        text += &folded.join("\n ");
        text += "\n";
    }
    text.into_bytes()
}

#[test]
fn signers_of_a_dump_are_found_by_either_id() {
    let csca = Owner::new("CSCA");
    let (one, two) = (Owner::new("DS 1"), Owner::new("DS 2"));
    let first = csca.certify(&one, DSC);
    let second = csca.certify(&two, Make { serial: 78, ..DSC });
    let dump = ldif(&[("userCertificate;binary", &first), ("pkdDSCertificate", &second)]);
    let (store, report) = load(&[&dump, &first]);
    assert_eq!(statuses(&report), [Status::Duplicate, Status::Signer, Status::Signer]);
    assert_eq!(store.anchors().len(), 0);
    let certificate = Certificate::read(&second).unwrap();
    let issued = SignerId::Issued { issuer: certificate.issuer_bytes, serial: certificate.serial };
    assert_eq!(store.signers(&issued).collect::<Vec<_>>(), [&second[..]]);
    assert_eq!(store.signers(&SignerId::Key(&one.key_id())).collect::<Vec<_>>(), [&first[..]]);
    assert_eq!(store.signers(&SignerId::Key(b"other")).count(), 0);
    let other = SignerId::Issued { issuer: certificate.issuer_bytes, serial: &[79] };
    assert_eq!(store.signers(&other).count(), 0);
}

#[test]
fn a_dump_vouches_for_no_authority() {
    let csca = Owner::new("CSCA").self_signed(CSCA);
    for attribute in ["userCertificate;binary", "cACertificate;binary"] {
        let (store, report) = load(&[&ldif(&[(attribute, &csca)])]);
        assert_eq!((statuses(&report), store.anchors().len()), (vec![Status::Unusable], 0));
    }
}

#[test]
fn lists_of_a_dump_count_like_files() {
    let (csca, signer) = (Owner::new("CSCA"), Owner::new("MLS"));
    let other = Owner::new("other").self_signed(CSCA);
    let certificate = csca.certify(&signer, MLS);
    let content = master_list_content(&[other]);
    let list = sign_list(&content, "2.23.136.1.1.2", (&signer, &certificate));
    let crl = csca.revoke(&[entry(9, &[])], CRL);
    for attribute in ["pkdMasterListContent", "CscaMasterListData"] {
        let dump = ldif(&[(attribute, &list), ("certificateRevocationList;binary", &crl)]);
        let (store, report) = load(&[&csca.self_signed(CSCA), &dump]);
        assert_eq!(statuses(&report), [Status::Trusted; 4]);
        assert_eq!(store.anchors().len(), 2);
    }
}

#[test]
fn what_a_dump_holds_broken_is_malformed() {
    let dump = b"dn: c=UT\nuserCertificate;binary:: AQ==\nuserCertificate;binary: x\n\
        userCertificate;binary:: MAYwAqAAMAA=\n";
    let (_, report) = load(&[dump]);
    assert_eq!(statuses(&report), [Status::Malformed; 3]);
}
