//! Whole documents, signed in every way.

use kayle_document::active::issue::{answer, dg15};
use kayle_document::chip::issue::Spelling;
use kayle_document::issue::{Algorithm, SodForm, Specimen, dg1, dg2};
use kayle_document::mrz::Form;
use kayle_document::security::Cipher;
use kayle_document::{Curve, Digest};
use kayle_document_fuzz::targets::{CHALLENGE, GOOD, NOW, authority};

use super::chip::agreed;
use super::{Seed, algorithms, joined, key};

const IMAGE: &[u8] = b"\xff\xd8\xff\xe0 a picture \xff\xd9";
const FORMS: [Form; 3] = [Form::Td3, Form::Td2, Form::Td1];

pub fn seeds() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (at, (name, algorithm)) in algorithms().into_iter().enumerate() {
        let form = SodForm {
            digest: if name == "rsa_sha1" { Digest::Sha1 } else { Digest::Sha256 },
            version: u8::from(at % 2 == 1),
            by_key_id: at % 3 == 1,
            signing_time: (at % 2 == 0).then_some(NOW - 86_400),
            with_certificate: true,
        };
        seeds.push((name.into(), plain(algorithm, FORMS[at % 3], form)));
    }
    let bare = SodForm { with_certificate: false, ..SodForm::default() };
    seeds.push(("no_certificate_refused".into(), plain(Algorithm::P256, Form::Td3, bare)));
    seeds.push(("chip_proves_itself".into(), proven()));
    seeds
}

fn sod(algorithm: Algorithm, groups: &[(u8, &[u8])], form: SodForm) -> Vec<u8> {
    let signer = authority().signer(key(algorithm), &[0x77], GOOD).expect("a signer");
    signer.sign(groups, form).expect("signed")
}

fn plain(algorithm: Algorithm, mrz: Form, form: SodForm) -> Vec<u8> {
    let (dg1, dg2) = (dg1(&Specimen::default().mrz(mrz)), dg2(IMAGE));
    let sod = sod(algorithm, &[(1, &dg1), (2, &dg2)], form);
    joined(&[&dg1, &dg2, &[], &[], &sod, &[], &[], &[]])
}

/// A document whose chip answered in both ways.
fn proven() -> Vec<u8> {
    let (dg1, dg2) = (dg1(&Specimen::default().mrz(Form::Td3)), dg2(IMAGE));
    let (dg14, exchange, response) = agreed(Spelling::Named(Curve::P256), Cipher::Aes256);
    let key = key(Algorithm::P256);
    let (dg15, active) = (dg15(&key), answer(&key, &CHALLENGE, Digest::Sha256));
    let groups: [(u8, &[u8]); 4] = [(1, &dg1), (2, &dg2), (14, &dg14), (15, &dg15)];
    let sod = sod(Algorithm::P256, &groups, SodForm::default());
    joined(&[&dg1, &dg2, &dg14, &dg15, &sod, &active, &exchange, &response])
}
