//! Units `LDS_F` and `ISO7816_D`, data group 14 and chip authentication; `LDS_I` and `ISO7816_F`,
//! data group 15 and active authentication.

use kayle_document::active::issue::{answer, dg15, info};
use kayle_document::chip::Exchange;
use kayle_document::chip::issue::{Chip, Spelling};
use kayle_document::evaluate::Document;
use kayle_document::issue::encode::dotted;
use kayle_document::issue::{Algorithm, SigningKey};
use kayle_document::policy::Policy;
use kayle_document::security::Cipher;
use kayle_document::{Curve, Digest, Rule};
use openssl::rsa::Padding;

use super::surgery::{changed, flipped, found, replaced, retagged, stating, without};
use super::{CHALLENGE, Case, Mrtd, STATE, check, key, seeded};

/// The operator that asks for a proof of the chip, as an inspection system of the guideline does.
const STRICT: Policy =
    Policy { sha1_until: None, require_fresh_crl: false, require_chip_proof: true };

/// Ways through data group 14: how the chip agrees on keys, and the key it does it with.
const VERSION: [usize; 3] = [0, 0, 1];
const KEY_PROTOCOL: [usize; 3] = [0, 1, 0];
const DOMAIN: [usize; 5] = [0, 1, 1, 0, 0];
const PUBLIC_KEY: [usize; 4] = [0, 1, 1, 1];

fn strict() -> Mrtd {
    Mrtd { policy: STRICT, ..Mrtd::genuine() }
}

/// An offer that cannot be computed with, be it of a kind not known here or with a key that is
/// none, proves nothing to us. The state signed that it is so: the document is refused where a
/// proof is asked for, as the guideline does, and otherwise believed without one.
const UNKNOWN: &[Case] = &[
    (
        "LDS_F_04",
        |m| m.change(14, |f| replaced(f, &KEY_PROTOCOL, &dotted("0.4.0.127.0.7.2.2.1.3"))),
        Err(Rule::ActiveMissing),
    ),
    (
        "LDS_F_06",
        |m| m.change(14, |f| replaced(f, &VERSION, &[2, 1, 10])),
        Err(Rule::ActiveMissing),
    ),
    (
        "ISO7816_D_12",
        |m| m.change(14, |f| replaced(f, &DOMAIN, &dotted("1.2.840.10045.2.9"))),
        Err(Rule::ActiveMissing),
    ),
    // The last byte of the point, which is on the curve no longer.
    (
        "ISO7816_D_08",
        |m| m.change(14, |f| changed(f, &PUBLIC_KEY, &flipped)),
        Err(Rule::ActiveMissing),
    ),
];

const CASES: &[Case] = &[
    ("LDS_F_01", |m| m.change(14, |file| retagged(file, 0x6f)), Err(Rule::Dg14Malformed)),
    ("LDS_F_02", |m| m.change(14, |file| stating(file, -1)), Err(Rule::Dg14Malformed)),
    ("LDS_F_03", |m| m.change(14, |file| stating(file, 1)), Err(Rule::Dg14Malformed)),
    ("LDS_F_05", |m| m.change(14, |f| without(f, &KEY_PROTOCOL)), Err(Rule::Dg14Malformed)),
    ("LDS_F_07", |m| m.change(14, |file| without(file, &VERSION)), Err(Rule::Dg14Malformed)),
];

#[test]
fn data_group_14_is_what_its_standard_says() {
    check(&strict(), CASES);
    check(&strict(), UNKNOWN);
    for (id, vary, _) in UNKNOWN {
        let mut lenient = Mrtd::genuine();
        vary(&mut lenient);
        assert!(lenient.judged().is_ok_and(|document| !document.chip), "{id}");
    }
}

fn chip(spelling: Spelling, key_id: Option<u64>, seed: u64) -> Chip {
    Chip::new((spelling, Cipher::TripleDes, key_id), &mut seeded(seed))
}

/// The judgement of a document whose chip is that one and whose data group 14 says `more`.
fn with_chip(chip: &Chip, more: &[&[u8]]) -> Result<Document, Rule> {
    let mut mrtd = strict();
    mrtd.put(14, chip.dg14(more));
    mrtd.judged_with(chip)
}

/// What data group 14 says of a chip.
fn infos(chip: &Chip) -> [Vec<u8>; 2] {
    [0, 1].map(|at| found(&chip.dg14(&[]), &[0, at]))
}

#[test]
fn a_chip_agrees_on_keys_with_whichever_key_it_has() {
    let curve = Spelling::Named(Curve::P256);
    let [field, one] = [(Spelling::Standardized(2), None), (curve, Some(1))]
        .map(|(spelling, key_id)| chip(spelling, key_id, 5));
    // Of several keys the first of the strongest protocol is taken: here the one chip there is.
    let several = Chip::new((curve, Cipher::Aes256, Some(7)), &mut seeded(6));
    let others: Vec<Vec<u8>> =
        [2, 3].iter().flat_map(|id| infos(&chip(curve, Some(*id), *id))).collect();
    let others: Vec<&[u8]> = others.iter().map(Vec::as_slice).collect();
    for (id, chip, more) in [
        ("ISO7816_D_01", &field, &[][..]),
        ("ISO7816_D_02", &STATE.chip, &[]),
        ("ISO7816_D_03", &one, &[]),
        ("ISO7816_D_04", &several, &others[..2]),
        ("ISO7816_D_05", &several, &others),
    ] {
        assert!(with_chip(chip, more).is_ok_and(|document| document.chip), "{id}");
    }
}

#[test]
fn a_chip_that_does_not_hold_the_signed_key_is_refused() {
    let field = chip(Spelling::Standardized(2), None, 5);
    let mut mrtd = strict();
    mrtd.put(14, field.dg14(&[]));
    assert!(mrtd.judged_with(&field).is_ok());
    // Another number is as much a key as the first, so that only the chip's answer tells.
    let mut corrupted = mrtd.clone();
    corrupted.change(14, |file| changed(file, &PUBLIC_KEY, &flipped));
    assert_eq!(corrupted.judged_with(&field).map(drop), Err(Rule::ChipMac), "ISO7816_D_07");
    let mut unknown = mrtd;
    unknown.change(14, |file| replaced(file, &DOMAIN, &dotted("1.2.840.10046.2.9")));
    assert_eq!(unknown.judged_with(&field).map(drop), Err(Rule::ActiveMissing), "ISO7816_D_11");
    // The key's reference is 1, that of the protocol 2.
    let [protocol, _] = infos(&chip(Spelling::Named(Curve::P256), Some(2), 5));
    let one = chip(Spelling::Named(Curve::P256), Some(1), 5);
    let mut mismatched = strict();
    mismatched.put(14, one.dg14(&[]));
    assert!(mismatched.judged_with(&one).is_ok());
    mismatched.change(14, |file| replaced(file, &[0, 0], &protocol));
    assert_eq!(mismatched.judged_with(&one).map(drop), Err(Rule::ActiveMissing), "ISO7816_D_13");
}

#[test]
fn keys_of_before_are_of_no_use() {
    let file = STATE.chip.dg14(&[]);
    let [(old, before), (new, _)] =
        [3, 4].map(|seed| Exchange::begin(&file, &mut seeded(seed)).expect("begun"));
    let answer = STATE.chip.answer(&before.public_key, &before.command).expect("an answer");
    assert_eq!(old.verify(&file, &answer), Ok(()));
    assert_eq!(new.verify(&file, &answer), Err(Rule::ChipMac), "ISO7816_D_09");
}

/// A document whose chip signs as well (`CFG.DFLT.EACAA`), with that key and digest.
fn signing(key: &SigningKey, digest: Digest) -> Mrtd {
    let mut mrtd = strict();
    mrtd.put(14, STATE.chip.dg14(&[&info(digest)]));
    mrtd.put(15, dg15(key));
    mrtd.active = Some(answer(key, &CHALLENGE, digest));
    mrtd
}

fn rsa() -> SigningKey {
    key(Algorithm::RsaPkcs1 { bits: 1_024, digest: Digest::Sha224 })
}

#[test]
fn data_group_15_is_what_its_standard_says() {
    let cases: &[Case] = &[
        ("LDS_I_01", |m| m.change(15, |file| retagged(file, 0x70)), Err(Rule::Dg15Malformed)),
        ("LDS_I_02", |m| m.change(15, |file| stating(file, -1)), Err(Rule::Dg15Malformed)),
        ("LDS_I_03", |m| m.change(15, |file| stating(file, 1)), Err(Rule::Dg15Malformed)),
    ];
    check(&signing(&rsa(), Digest::Sha224), cases);
}

#[test]
fn a_chip_signs_with_every_digest() {
    let (rsa, curve) = (rsa(), key(Algorithm::P256));
    // SHA-1 too: the challenge is ours and short-lived, so that no collision is of use to anyone.
    for (id, key, digest) in [
        ("ISO7816_F_01", &rsa, Digest::Sha1),
        ("ISO7816_F_02", &curve, Digest::Sha256),
        ("ISO7816_F_04", &rsa, Digest::Sha224),
        ("ISO7816_F_05", &rsa, Digest::Sha256),
        ("ISO7816_F_06", &rsa, Digest::Sha384),
        ("ISO7816_F_07", &rsa, Digest::Sha512),
    ] {
        let genuine = signing(key, digest);
        assert!(genuine.judged().is_ok_and(|document| document.active), "{id}");
        let forged = Mrtd { active: genuine.active.as_deref().map(flipped), ..genuine };
        assert_eq!(forged.judged().map(drop), Err(Rule::ActiveSignature), "{id}");
    }
}

#[test]
fn a_chip_says_how_it_signs_and_signs_so() {
    let key = rsa();
    let genuine = signing(&key, Digest::Sha256);
    assert_eq!(genuine.judged().map(drop), Ok(()));
    let rsa = key.openssl().rsa().expect("an RSA key");
    let (mut message, mut signature) = (vec![0; 128], vec![0; 128]);
    let genuine_answer = genuine.active.as_deref().expect("an answer");
    rsa.public_decrypt(genuine_answer, &mut message, Padding::NONE).expect("recovered");
    // SHA-256 has the trailer 34CC; no digest has 3FCC.
    assert_eq!(message[126..], [0x34, 0xcc]);
    message[126] = 0x3f;
    rsa.private_encrypt(&message, &mut signature, Padding::NONE).expect("signed");
    let trailing = Mrtd { active: Some(signature), ..genuine };
    assert_eq!(trailing.judged().map(drop), Err(Rule::ActiveSignature), "ISO7816_F_08");
    let mut unknown = signing(&self::key(Algorithm::P256), Digest::Sha256);
    assert_eq!(unknown.judged().map(drop), Ok(()));
    // The third of the three infos that the file then has says how the chip signs.
    let at =
        (0..3).find(|at| found(&unknown.groups[&14], &[0, *at, 0]) == dotted("2.23.136.1.1.5"));
    let oid = [0, at.expect("it says how"), 2];
    unknown.change(14, |file| replaced(file, &oid, &dotted("0.4.0.127.0.7.1.1.4.1.99")));
    assert_eq!(unknown.judged().map(drop), Err(Rule::ActiveAlgorithm), "ISO7816_F_09");
}
