//! Unit `LDS_H`, EF.SOD itself: the signed data, who signed, and the LDS security object.

use kayle_document::Rule;
use kayle_document::issue::encode::{dotted, element, octets, sequence};
use kayle_document::issue::{SodForm, dg2};

use super::surgery::{
    Change, changed, content, flipped, found, replaced, retagged, stating, without,
};
use super::{Case, Mrtd, STATE, check};

const OBJECT: &str = "2.23.136.1.1.1";
const MD5: &str = "1.2.840.113549.2.5";

/// Ways through EF.SOD (RFC 5652 §5): the signed data's fields, then those of its one signer.
const DATA_VERSION: [usize; 4] = [0, 1, 0, 0];
pub const DIGESTS: [usize; 4] = [0, 1, 0, 1];
const CONTENT_TYPE: [usize; 5] = [0, 1, 0, 2, 0];
pub const CONTENT: [usize; 6] = [0, 1, 0, 2, 1, 0];
const SIGNER_VERSION: [usize; 6] = [0, 1, 0, 4, 0, 0];
const SERIAL: [usize; 7] = [0, 1, 0, 4, 0, 1, 1];
const KEY_ID: [usize; 6] = [0, 1, 0, 4, 0, 1];
pub const DIGEST: [usize; 6] = [0, 1, 0, 4, 0, 2];
const DIGEST_OID: [usize; 7] = [0, 1, 0, 4, 0, 2, 0];
pub const ATTRIBUTES: [usize; 6] = [0, 1, 0, 4, 0, 3];
pub const SIGNATURE_ALGORITHM: [usize; 6] = [0, 1, 0, 4, 0, 4];
const SIGNATURE: [usize; 6] = [0, 1, 0, 4, 0, 5];

/// Ways through the LDS security object: data groups 1, 2 and 14 are its first three hashes.
const OBJECT_VERSION: [usize; 1] = [0];
const OBJECT_DIGEST: [usize; 1] = [1];
const HASHES: [usize; 1] = [2];
const FIRST: [usize; 2] = [2, 0];
const SECOND: [usize; 2] = [2, 1];

/// Changes what no signature covers.
fn unsigned(mrtd: &mut Mrtd, path: &[usize], change: Change<'_>) {
    mrtd.sod = changed(&mrtd.sod, path, change);
}

fn gone(mrtd: &mut Mrtd, path: &[usize]) {
    mrtd.sod = without(&mrtd.sod, path);
}

fn set(mrtd: &mut Mrtd, path: &[usize], by: &[u8]) {
    mrtd.sod = replaced(&mrtd.sod, path, by);
}

/// Has another signature made, over what the attributes of `sod` are now.
pub fn resigned(sod: &[u8], sign: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let attributes = retagged(&found(sod, &ATTRIBUTES), 0x31);
    replaced(sod, &SIGNATURE, &octets(&sign(&attributes)))
}

/// Changes the signed attributes, and has the change signed.
fn attributes(mrtd: &mut Mrtd, change: Change<'_>) {
    let sod = changed(&mrtd.sod, &ATTRIBUTES, change);
    mrtd.sod = resigned(&sod, |bytes| STATE.signer.key.sign(bytes).expect("signed"));
}

/// Which attribute the digest of the content is in.
pub fn message_digest(attributes: &[u8]) -> usize {
    let kind = dotted("1.2.840.113549.1.9.4");
    (0..2).find(|at| found(attributes, &[*at, 0]) == kind).expect("it is there")
}

/// Changes the LDS security object, and has the change signed.
fn object(mrtd: &mut Mrtd, path: &[usize], change: Change<'_>) {
    let object = content(&found(&mrtd.sod, &CONTENT));
    let object = changed(&object, path, change);
    let data = STATE.signer.sign_content(OBJECT, &object, SodForm::default()).expect("signed");
    mrtd.sod = element(0x77, &[&data]);
}

/// An element with more behind what it holds.
fn with(whole: &[u8], more: &[u8]) -> Vec<u8> {
    element(whole[0], &[&content(whole), more])
}

/// An LDS security object of a version, with the versions of LDS and Unicode where there are any.
fn versioned(mrtd: &mut Mrtd, version: u8, lds: Option<&[u8; 4]>) {
    let versions = lds.map(|lds| sequence(&[&element(0x13, &[lds]), &element(0x13, &[b"040000"])]));
    let versions = versions.unwrap_or_default();
    object(mrtd, &[], &|whole| {
        replaced(&with(whole, &versions), &OBJECT_VERSION, &[2, 1, version])
    });
}

/// Lists the hash of a data group that is not sent.
fn list(mrtd: &mut Mrtd, number: u8) {
    let hash = sequence(&[&[2, 1, number], &octets(&[0xff; 32])]);
    object(mrtd, &HASHES, &|hashes| with(hashes, &hash));
}

const SIGNED_DATA: &[Case] = &[
    ("LDS_H_17", |m| m.sod = retagged(&m.sod, 0x78), Err(Rule::SodMalformed)),
    ("LDS_H_18", |m| m.sod = stating(&m.sod, -1), Err(Rule::SodMalformed)),
    ("LDS_H_19", |m| m.sod = stating(&m.sod, 1), Err(Rule::SodMalformed)),
    ("LDS_H_20", |m| set(m, &DATA_VERSION, &[2, 1, 2]), Err(Rule::SodMalformed)),
    ("LDS_H_21", |m| gone(m, &DATA_VERSION), Err(Rule::SodMalformed)),
    // The signer's own digest has to be among them.
    (
        "LDS_H_22",
        |m| set(m, &DIGESTS, &element(0x31, &[&sequence(&[&dotted(MD5), &[5, 0]])])),
        Err(Rule::SodMalformed),
    ),
    ("LDS_H_23", |m| gone(m, &DIGESTS), Err(Rule::SodMalformed)),
    ("LDS_H_24", |m| set(m, &CONTENT_TYPE, &dotted("2.23.136.1.1.9")), Err(Rule::SodContentType)),
    ("LDS_H_25", |m| gone(m, &CONTENT_TYPE), Err(Rule::SodMalformed)),
];

const SIGNER_INFO: &[Case] = &[
    ("LDS_H_26", |m| set(m, &SIGNER_VERSION, &[2, 1, 2]), Err(Rule::SodMalformed)),
    ("LDS_H_27", |m| gone(m, &SIGNER_VERSION), Err(Rule::SodMalformed)),
    ("LDS_H_28", |m| unsigned(m, &SERIAL, &flipped), Err(Rule::SignerMissing)),
    ("LDS_H_30", |m| set(m, &DIGEST_OID, &dotted(MD5)), Err(Rule::SodMalformed)),
    ("LDS_H_31", |m| gone(m, &DIGEST), Err(Rule::SodMalformed)),
    (
        "LDS_H_32",
        |m| attributes(m, &|all| changed(all, &[message_digest(all), 1, 0], &flipped)),
        Err(Rule::SodMessageDigest),
    ),
    (
        "LDS_H_33",
        |m| attributes(m, &|all| without(all, &[message_digest(all)])),
        Err(Rule::SodMessageDigest),
    ),
    ("LDS_H_37", |m| unsigned(m, &SIGNATURE, &flipped), Err(Rule::SodSignature)),
    ("LDS_H_38", |m| gone(m, &SIGNATURE), Err(Rule::SodMalformed)),
    // The version says how the signer is named (RFC 5652 §5.3).
    ("LDS_H_84", |m| set(m, &SIGNER_VERSION, &[2, 1, 3]), Err(Rule::SodMalformed)),
];

const SECURITY_OBJECT: &[Case] = &[
    ("LDS_H_39", |m| versioned(m, 2, None), Err(Rule::SecurityObject)),
    ("LDS_H_40", |m| object(m, &OBJECT_VERSION, &|_| Vec::new()), Err(Rule::SecurityObject)),
    (
        "LDS_H_41",
        |m| object(m, &OBJECT_DIGEST, &|_| sequence(&[&dotted(MD5), &[5, 0]])),
        Err(Rule::SodAlgorithm),
    ),
    ("LDS_H_42", |m| object(m, &OBJECT_DIGEST, &|_| Vec::new()), Err(Rule::SecurityObject)),
    ("LDS_H_43", |m| object(m, &SECOND, &flipped), Err(Rule::DataGroupHash)),
    ("LDS_H_44", |m| object(m, &FIRST, &|_| Vec::new()), Err(Rule::DataGroupUnlisted)),
    (
        "LDS_H_46",
        |m| object(m, &FIRST, &|hash| replaced(hash, &[0], &[2, 1, 0xff])),
        Err(Rule::SecurityObject),
    ),
    ("LDS_H_47", |m| object(m, &SECOND, &|hash| without(hash, &[0])), Err(Rule::SecurityObject)),
    ("LDS_H_86", |m| versioned(m, 1, Some(b"0108")), Ok(())),
    ("LDS_H_87", |m| versioned(m, 0, Some(b"0108")), Err(Rule::SecurityObject)),
    ("LDS_H_88", |m| versioned(m, 1, None), Err(Rule::SecurityObject)),
    // The version of the object decides how it is read; that of the LDS is for whoever made it.
    ("LDS_H_89", |m| versioned(m, 1, Some(b"0109")), Ok(())),
    ("LDS_H_91", |m| object(m, &SECOND, &|_| Vec::new()), Err(Rule::DataGroupUnlisted)),
    (
        "LDS_H_92",
        |m| object(m, &SECOND, &|hash| replaced(hash, &[0], &[2, 1, 3])),
        Err(Rule::DataGroupUnlisted),
    ),
];

#[test]
fn signed_data_is_what_its_standard_says() {
    check(&Mrtd::genuine(), SIGNED_DATA);
    check(&Mrtd::genuine(), SIGNER_INFO);
}

#[test]
fn the_security_object_lists_what_is_sent() {
    check(&Mrtd::genuine(), SECURITY_OBJECT);
    // The guideline's inspection system reads every file that EF.SOD lists, and compares EF.COM,
    // which nothing signs. Here a phone sends what is needed and no more: fingerprints, for one,
    // cannot be read without terminal authentication. What is not sent is not believed either.
    let more: &[Case] =
        &[("LDS_H_45", |m| list(m, 10), Ok(())), ("LDS_H_90", |m| list(m, 3), Ok(()))];
    check(&Mrtd::genuine(), more);
}

#[test]
fn a_signer_named_by_its_key_is_that_signer() {
    let mut genuine = Mrtd::genuine();
    genuine.sign(&STATE.signer, SodForm { by_key_id: true, ..SodForm::default() });
    let cases: &[Case] = &[
        ("LDS_H_29", |m| unsigned(m, &KEY_ID, &flipped), Err(Rule::SignerMissing)),
        ("LDS_H_85", |m| set(m, &SIGNER_VERSION, &[2, 1, 1]), Err(Rule::SodMalformed)),
    ];
    check(&genuine, cases);
}

#[test]
fn what_is_signed_is_checked_before_it_is_read() {
    let cases: &[Case] = &[(
        "LDS_H_69",
        |m| {
            let portrait = m.groups.get_mut(&2).expect("it is there");
            *portrait = flipped(portrait);
        },
        Err(Rule::DataGroupHash),
    )];
    check(&Mrtd::genuine(), cases);
    // It is the hash that is complained of even where the file cannot be read at all.
    let mut unreadable = Mrtd::genuine();
    unreadable.put(2, dg2(b"no image"));
    assert_eq!(unreadable.judged().map(drop), Err(Rule::Dg2Malformed), "LDS_H_69");
    unreadable.sod = Mrtd::genuine().sod;
    assert_eq!(unreadable.judged().map(drop), Err(Rule::DataGroupHash), "LDS_H_69");
}
