//! Chips that prove themselves, in every protocol.

use kayle_document::active::issue::{answer, complement, dg15, info};
use kayle_document::chip::Exchange;
use kayle_document::chip::issue::{Chip, Spelling};
use kayle_document::issue::encode::{element, set};
use kayle_document::security::Cipher;
use kayle_document::{Curve, Digest};
use kayle_document_fuzz::targets::CHALLENGE;

use super::{Seed, algorithms, joined, key};

pub fn seeds() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (name, spelling, cipher) in [
        ("ecdh_named_3des", Spelling::Named(Curve::P256), Cipher::TripleDes),
        ("ecdh_explicit_aes128", Spelling::Explicit(Curve::Brainpool256), Cipher::Aes128),
        ("ecdh_standardized_aes192", Spelling::Standardized(16), Cipher::Aes192),
        ("dh_standardized_aes256", Spelling::Standardized(2), Cipher::Aes256),
        ("dh_numbers_3des", Spelling::Numbers(0), Cipher::TripleDes),
    ] {
        let (dg14, exchange, response) = agreed(spelling, cipher);
        let (head, private) = (&exchange[..2], &exchange[34..]);
        let exchange = [head, private].concat();
        seeds.push((name.into(), joined(&[&dg14, &[], &[], &exchange, &response])));
    }
    for (name, algorithm) in algorithms() {
        let (key, digest) = (key(algorithm), algorithm.digest());
        let dg14 = element(0x6e, &[&set(&[&info(digest)])]);
        let given = answer(&key, &CHALLENGE, digest);
        let input = |answer: &[u8]| joined(&[&dg14, &dg15(&key), answer, &[], &[]]);
        seeds.push((format!("active_{name}"), input(&given)));
        if name == "rsa" {
            seeds.push((format!("active_{name}_other"), input(&complement(&key, &given))));
        }
    }
    seeds
}

/// EF.DG14 of a chip, an exchange with it, and its answer.
pub fn agreed(spelling: Spelling, cipher: Cipher) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let mut random = |bytes: &mut [u8]| openssl::rand::rand_bytes(bytes).expect("random");
    let chip = Chip::new((spelling, cipher, Some(1)), &mut random);
    let dg14 = chip.dg14(&[&info(Digest::Sha256)]);
    let (exchange, invitation) = Exchange::begin(&dg14, &mut random).expect("begun");
    let response = chip.answer(&invitation.public_key, &invitation.command).expect("an answer");
    (dg14, exchange.seal_bytes().to_vec(), response)
}
