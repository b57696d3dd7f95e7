//! Unit `LDS_H`, the document signer's certificate, and `ISO7816_B_10`, its revocation.

use kayle_document::Rule;
use kayle_document::issue::SodForm;
use kayle_document::issue::encode::{bits, dotted, element, sequence, set};

use super::surgery::{Change, changed, content, flipped, found, replaced, without};
use super::{Case, Mrtd, STATE, check};
use crate::passport::GOOD;

/// Ways through a certificate (RFC 5280 §4.1): how it is signed, and the signature.
const ALGORITHM: [usize; 1] = [1];
const SIGNATURE: [usize; 1] = [2];

/// Ways through what is signed of it.
pub const INNER_ALGORITHM: [usize; 1] = [2];
const VERSION: [usize; 1] = [0];
const SERIAL: [usize; 1] = [1];
const ISSUER: [usize; 1] = [3];
const VALIDITY: [usize; 1] = [4];
pub const KEY: [usize; 1] = [6];
const KEY_ALGORITHM: [usize; 3] = [6, 0, 0];

/// Ways through its extensions, in the order in which they are made here.
const AUTHORITY_KEY_ID: [usize; 3] = [7, 0, 0];
const KEY_USAGE: [usize; 3] = [7, 0, 2];

/// RSASSA-PKCS1-v1_5 with SHA-256 and with MD5.
const SHA_256: &str = "1.2.840.113549.1.1.11";
const MD5: &str = "1.2.840.113549.1.1.4";

/// How a signer is named in EF.SOD: by its issuer and number, or by its key.
const BY_KEY: SodForm = SodForm {
    by_key_id: true,
    digest: kayle_document::Digest::Sha256,
    version: 0,
    signing_time: None,
    with_certificate: true,
};

/// Has that certificate's owner sign the document.
fn present(mrtd: &mut Mrtd, certificate: Vec<u8>, form: SodForm) {
    let mut signer = STATE.signer.clone();
    signer.certificate = certificate;
    mrtd.sign(&signer, form);
}

/// Changes the certificate where its issuer's signature does not cover it.
fn outside(mrtd: &mut Mrtd, path: &[usize], change: Change<'_>) {
    present(mrtd, changed(&STATE.signer.certificate, path, change), SodForm::default());
}

/// The certificate with what is signed of it changed, and signed anew.
fn certified(path: &[usize], change: Change<'_>) -> Vec<u8> {
    let key = STATE.authority.key();
    let signed = changed(&found(&STATE.signer.certificate, &[0]), path, change);
    sequence(&[&signed, &key.identifier(), &bits(&key.sign(&signed).expect("signed"))])
}

/// Changes the certificate, and has the change certified.
fn inside(mrtd: &mut Mrtd, path: &[usize], change: Change<'_>) {
    present(mrtd, certified(path, change), SodForm::default());
}

fn gone(mrtd: &mut Mrtd, path: &[usize]) {
    inside(mrtd, path, &|_| Vec::new());
}

/// Has another name for the issuer certified. EF.SOD names the signer by its key, so that nothing
/// else has to change.
fn issued_by(mrtd: &mut Mrtd, attributes: &[(&str, &str)]) {
    let attributes: Vec<Vec<u8>> = attributes
        .iter()
        .map(|(kind, text)| set(&[&sequence(&[&dotted(kind), &element(0x0c, &[text.as_bytes()])])]))
        .collect();
    let attributes: Vec<&[u8]> = attributes.iter().map(Vec::as_slice).collect();
    present(mrtd, certified(&ISSUER, &|_| sequence(&attributes)), BY_KEY);
}

/// `UTCTime` with the century spelled out, as `GeneralizedTime`.
fn generalized(validity: &[u8]) -> Vec<u8> {
    let spelled = |at: usize| element(0x18, &[b"20", &content(&found(validity, &[at]))]);
    sequence(&[&spelled(0), &spelled(1)])
}

/// Another way of signing than the issuer's own.
fn pkcs1(_: &[u8]) -> Vec<u8> {
    sequence(&[&dotted(SHA_256), &[5, 0]])
}

const FIELDS: &[Case] = &[
    (
        "LDS_H_48",
        |m| inside(m, &VERSION, &|_| element(0xa0, &[&[2, 1, 1]])),
        Err(Rule::CertificateMalformed),
    ),
    ("LDS_H_49", |m| gone(m, &VERSION), Err(Rule::CertificateMalformed)),
    ("LDS_H_50", |m| gone(m, &SERIAL), Err(Rule::CertificateMalformed)),
    ("LDS_H_51", |m| inside(m, &INNER_ALGORITHM, &pkcs1), Err(Rule::CertificateMalformed)),
    ("LDS_H_52", |m| gone(m, &INNER_ALGORITHM), Err(Rule::CertificateMalformed)),
    // A name without a country, and one that is another authority's.
    ("LDS_H_53", |m| issued_by(m, &[("2.5.4.3", "CSCA")]), Err(Rule::IssuerUnknown)),
    (
        "LDS_H_54",
        |m| issued_by(m, &[("2.5.4.6", "UT"), ("2.5.4.3", "Another CSCA")]),
        Err(Rule::IssuerUnknown),
    ),
    ("LDS_H_55", |m| gone(m, &ISSUER), Err(Rule::CertificateMalformed)),
    ("LDS_H_57", |m| gone(m, &VALIDITY), Err(Rule::CertificateMalformed)),
    ("LDS_H_58", |m| inside(m, &KEY_ALGORITHM, &|_| dotted(MD5)), Err(Rule::CertificateAlgorithm)),
    ("LDS_H_59", |m| gone(m, &KEY), Err(Rule::CertificateMalformed)),
    (
        "LDS_H_63",
        // nonRepudiation in place of digitalSignature.
        |m| inside(m, &KEY_USAGE, &|usage| replaced(usage, &[2, 0], &[3, 2, 6, 0x40])),
        Err(Rule::CertificateUsage),
    ),
    ("LDS_H_64", |m| gone(m, &KEY_USAGE), Err(Rule::CertificateUsage)),
    ("LDS_H_66", |m| outside(m, &ALGORITHM, &|_| Vec::new()), Err(Rule::CertificateMalformed)),
    ("LDS_H_67", |m| outside(m, &SIGNATURE, &flipped), Err(Rule::CertificateSignature)),
    ("LDS_H_68", |m| outside(m, &SIGNATURE, &|_| Vec::new()), Err(Rule::CertificateMalformed)),
];

/// What the guideline has refused for form's sake is believed here where it leaves no doubt: an
/// instant is the same in either form, the key's id only shortens the search for the issuer whose
/// signature decides, and a key usage is heeded whether it is critical or not.
const HEEDED: &[Case] = &[
    ("LDS_H_56", |m| inside(m, &VALIDITY, &generalized), Ok(())),
    (
        "LDS_H_60",
        |m| inside(m, &AUTHORITY_KEY_ID, &|id| replaced(id, &[1, 0], &sequence(&[]))),
        Ok(()),
    ),
    ("LDS_H_61", |m| gone(m, &AUTHORITY_KEY_ID), Ok(())),
    ("LDS_H_62", |m| inside(m, &KEY_USAGE, &|usage| without(usage, &[1])), Ok(())),
];

#[test]
fn a_certificate_is_what_its_standard_says() {
    check(&Mrtd::genuine(), FIELDS);
}

#[test]
fn a_certificate_that_leaves_no_doubt_is_believed() {
    check(&Mrtd::genuine(), HEEDED);
}

#[test]
fn a_revoked_signer_is_refused() {
    let revoking = |mrtd: &mut Mrtd, serial: u8| {
        let list = STATE.authority.revocations(&[&[serial]], GOOD).expect("signed");
        mrtd.trusted.push(list);
    };
    let mut genuine = Mrtd::genuine();
    revoking(&mut genuine, 0x78);
    assert_eq!(genuine.judged().map(drop), Ok(()), "the list is of another");
    let mut revoked = Mrtd::genuine();
    revoking(&mut revoked, 0x77);
    assert_eq!(revoked.judged().map(drop), Err(Rule::CertificateRevoked), "ISO7816_B_10");
}
