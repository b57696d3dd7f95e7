//! The chip's side of active authentication.

use openssl::bn::BigNum;
use openssl::ecdsa::EcdsaSig;
use openssl::hash::hash;
use openssl::rsa::Padding;

use crate::algorithm::{Digest, Scheme};
use crate::issue::SigningKey;
use crate::issue::encode::{dotted, element, oid, sequence};

/// EF.DG15 with that key.
pub fn dg15(key: &SigningKey) -> Vec<u8> {
    element(0x6f, &[&key.public().expect("a key has a public half")])
}

/// `ActiveAuthenticationInfo`, for EF.DG14: how a key on an elliptic curve signs.
pub fn info(digest: Digest) -> Vec<u8> {
    let signs = oid(&digest.signature_oid(Scheme::EcdsaPlain));
    sequence(&[&dotted("2.23.136.1.1.5"), &[2, 1, 1], &signs])
}

/// The chip's answer to a challenge.
pub fn answer(key: &SigningKey, challenge: &[u8], digest: Digest) -> Vec<u8> {
    match key.openssl().ec_key() {
        Ok(ec) => {
            let hashed = hash(digest.openssl(), challenge).expect("hashed");
            let signature = EcdsaSig::sign(&hashed, &ec).expect("signed");
            let half = i32::try_from(ec.group().order_bits().div_ceil(8)).expect("a short number");
            let padded =
                |number: &openssl::bn::BigNumRef| number.to_vec_padded(half).expect("fits");
            [padded(signature.r()), padded(signature.s())].concat()
        }
        Err(_) => representative(key, challenge, digest),
    }
}

/// An RSA signature of ISO/IEC 9796-2 scheme 1 with a first part of the chip's own choice.
fn representative(key: &SigningKey, challenge: &[u8], digest: Digest) -> Vec<u8> {
    let rsa = key.openssl().rsa().expect("an RSA key");
    let size = rsa.size() as usize;
    let trailer: &[u8] = match digest {
        Digest::Sha1 => &[0xbc],
        Digest::Sha224 => &[0x38, 0xcc],
        Digest::Sha256 => &[0x34, 0xcc],
        Digest::Sha384 => &[0x36, 0xcc],
        Digest::Sha512 => &[0x35, 0xcc],
    };
    let first = vec![0xa5; size - 1 - digest.size() - trailer.len()];
    let hashed = hash(digest.openssl(), &[&first, challenge].concat()).expect("hashed");
    let message = [&[0x6a][..], &first, &hashed, trailer].concat();
    let mut signature = vec![0; size];
    rsa.private_encrypt(&message, &mut signature, Padding::NONE).expect("signed");
    signature
}

/// The other signature that ISO/IEC 9796-2 allows in place of `signature`: the modulus minus it.
pub fn complement(key: &SigningKey, signature: &[u8]) -> Vec<u8> {
    let rsa = key.openssl().rsa().expect("an RSA key");
    let signature = BigNum::from_slice(signature).expect("a number");
    let mut other = BigNum::new().expect("a number");
    other.checked_sub(rsa.n(), &signature).expect("subtracted");
    other.to_vec_padded(i32::try_from(rsa.size()).expect("a short number")).expect("fits")
}
