use proptest::prelude::*;

use super::issue::{answer, complement, dg15, info};
use super::*;
use crate::issue::encode::{element, set};
use crate::issue::{Algorithm, SigningKey};

const ASKED: [u8; CHALLENGE] = *b"\xf1\x73\x58\x99\x74\xbf\x40\xc6";

fn rsa(bits: u32) -> SigningKey {
    let algorithm = Algorithm::RsaPkcs1 { bits, digest: Digest::Sha256 };
    SigningKey::generate(algorithm).expect("a key")
}

fn ec(curve: Curve, explicit: bool) -> SigningKey {
    let algorithm = Algorithm::Ecdsa { curve, digest: Digest::Sha256, explicit };
    SigningKey::generate(algorithm).expect("a key")
}

#[test]
fn rsa_answers_with_every_digest_verify() {
    let key = rsa(1_280);
    let file = dg15(&key);
    for digest in Digest::ALL {
        let given = answer(&key, &ASKED, digest);
        assert_eq!(verify(&file, None, &ASKED, &given), Ok(()), "{digest:?}");
        assert_eq!(verify(&file, None, &ASKED, &complement(&key, &given)), Ok(()), "{digest:?}");
        assert_eq!(verify(&file, None, b"anything", &given), Err(Rule::ActiveSignature));
    }
    assert_eq!(
        verify(&dg15(&rsa(1_280)), None, &ASKED, &answer(&key, &ASKED, Digest::Sha1)),
        Err(Rule::ActiveSignature)
    );
}

#[test]
fn elliptic_answers_on_every_curve_verify() {
    for (at, curve) in Curve::ALL.into_iter().enumerate() {
        let key = ec(curve, at % 2 == 1);
        let file = dg15(&key);
        for digest in [Digest::Sha1, Digest::Sha256, Digest::Sha512] {
            let infos = element(0x6e, &[&set(&[&info(digest)])]);
            let infos = SecurityInfos::read(&infos).expect("data group 14");
            let given = answer(&key, &ASKED, digest);
            assert_eq!(verify(&file, Some(&infos), &ASKED, &given), Ok(()), "{curve:?} {digest:?}");
            assert_eq!(
                verify(&file, Some(&infos), b"anything", &given),
                Err(Rule::ActiveSignature)
            );
        }
    }
}

#[test]
fn without_data_group_14_the_longest_digest_that_fits_counts() {
    for (curve, digest) in [
        (Curve::P192, Digest::Sha1),
        (Curve::P224, Digest::Sha224),
        (Curve::P256, Digest::Sha256),
        (Curve::Brainpool320, Digest::Sha256),
        (Curve::P384, Digest::Sha384),
        (Curve::P521, Digest::Sha512),
    ] {
        let key = ec(curve, false);
        assert_eq!(
            verify(&dg15(&key), None, &ASKED, &answer(&key, &ASKED, digest)),
            Ok(()),
            "{curve:?}"
        );
    }
}

#[test]
fn keys_and_answers_of_other_kinds_are_refused() {
    let key = ec(Curve::P256, false);
    let der = key.sign(&ASKED).expect("signed");
    assert_eq!(verify(&dg15(&key), None, &ASKED, &der), Err(Rule::ActiveSignature));
    assert_eq!(verify(&dg15(&key), None, &ASKED, b""), Err(Rule::ActiveSignature));
    for file in [&b""[..], &[0x6f, 0], &[0x6f, 2, 0x30, 0]] {
        assert_eq!(verify(file, None, &ASKED, b""), Err(Rule::Dg15Malformed));
    }
    let edwards = openssl::pkey::PKey::generate_ed25519().expect("a key");
    let file = element(0x6f, &[&edwards.public_key_to_der().expect("encoded")]);
    assert_eq!(verify(&file, None, &ASKED, b""), Err(Rule::ActiveAlgorithm));
    let rsa_info = crate::issue::encode::sequence(&[
        &crate::issue::encode::dotted("2.23.136.1.1.5"),
        &[2, 1, 1],
        &crate::issue::encode::dotted("1.2.840.113549.1.1.11"),
    ]);
    let infos = element(0x6e, &[&set(&[&rsa_info])]);
    let infos = SecurityInfos::read(&infos).expect("data group 14");
    let given = answer(&key, &ASKED, Digest::Sha256);
    assert_eq!(verify(&dg15(&key), Some(&infos), &ASKED, &given), Err(Rule::ActiveAlgorithm));
}

#[test]
fn no_changed_bit_of_an_answer_verifies() {
    for key in [rsa(1_024), ec(Curve::P256, false), ec(Curve::Brainpool256, false)] {
        let (file, given) = (dg15(&key), answer(&key, &ASKED, Digest::Sha256));
        for bit in 0..8 * given.len() {
            let mut changed = given.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(verify(&file, None, &ASKED, &changed), Err(Rule::ActiveSignature), "{bit}");
        }
    }
}

/// Header, recovery and trailer are exact: a representative that is off in any of them is refused.
#[test]
fn only_the_representative_of_scheme_1_counts() {
    let digest = |first: &[u8]| hash(Digest::Sha1, &[first, &ASKED]).expect("hashed");
    let message = |header: u8, first: &[u8], trailer: &[u8]| {
        [&[header][..], first, &digest(first), trailer].concat()
    };
    assert!(is_over(&message(0x6a, &[1; 8], &[0xbc]), &ASKED));
    assert!(is_over(&message(0x6a, &[1; 8], &[0x33, 0xcc]), &ASKED));
    for (header, trailer) in
        [(0x4a, &[0xbc][..]), (0x6b, &[0xbc]), (0x6a, &[0xbd]), (0x6a, &[0x37, 0xcc])]
    {
        assert!(!is_over(&message(header, &[1; 8], trailer), &ASKED), "{header:x} {trailer:x?}");
    }
    for short in [&[][..], &[0xbc], &[0x6a, 0xbc], &[0x34, 0xcc]] {
        assert!(!is_over(short, &ASKED));
    }
}

#[test]
fn a_challenge_is_bound_to_session_and_binding() {
    assert_eq!(challenge("vs_1", "a"), challenge("vs_1", "a"));
    assert_ne!(challenge("vs_1", "a"), challenge("vs_1", "b"));
    assert_ne!(challenge("vs_1", "a"), challenge("vs_2", "a"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(file in proptest::collection::vec(any::<u8>(), 0..80), given in proptest::collection::vec(any::<u8>(), 0..80)) {
        let _ = verify(&file, None, &ASKED, &given);
        let _ = is_over(&given, &ASKED);
    }
}
