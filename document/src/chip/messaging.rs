//! Secure messaging under agreed keys: as much of it as one protected command and its answer need
//! (9303-11 §9.7, §9.8).

use openssl::error::ErrorStack;
use openssl::hash::{MessageDigest, hash};
use openssl::pkey::PKey;
use openssl::sign::Signer;
use openssl::symm::{Cipher as Primitive, Crypter, Mode};
use zeroize::Zeroizing;

use crate::security::Cipher;

/// Length of a MAC, in bytes.
const MAC: usize = 8;

/// The keys of a session.
pub(super) struct Keys {
    cipher: Cipher,
    #[cfg(any(test, feature = "issue"))]
    pub encryption: Zeroizing<Vec<u8>>,
    authentication: Zeroizing<Vec<u8>>,
}

impl Cipher {
    /// Length of a block, in bytes.
    pub(super) fn block(self) -> usize {
        if self == Self::TripleDes { 8 } else { 16 }
    }

    /// Length of a key, in bytes, and what it is derived with (9303-11 §9.7.1).
    fn key(self) -> (usize, MessageDigest) {
        match self {
            Self::TripleDes | Self::Aes128 => (16, MessageDigest::sha1()),
            Self::Aes192 => (24, MessageDigest::sha256()),
            Self::Aes256 => (32, MessageDigest::sha256()),
        }
    }
}

/// `KDF(K, c)` (9303-11 §9.7.1.1). The parity of Triple DES keys is not adjusted: nothing uses it.
pub(super) fn derive(
    cipher: Cipher,
    secret: &[u8],
    counter: u8,
) -> Result<Zeroizing<Vec<u8>>, ErrorStack> {
    let (length, digest) = cipher.key();
    let input = Zeroizing::new([secret, &[0, 0, 0, counter]].concat());
    let output = hash(digest, &input)?;
    Ok(Zeroizing::new(output[..length].to_vec()))
}

/// ISO/IEC 9797-1 padding method 2.
pub(super) fn padded(mut bytes: Vec<u8>, block: usize) -> Vec<u8> {
    bytes.push(0x80);
    bytes.resize(bytes.len().next_multiple_of(block), 0);
    bytes
}

impl Keys {
    /// The keys that follow from a secret.
    pub fn derive(cipher: Cipher, secret: &[u8]) -> Result<Self, ErrorStack> {
        Ok(Self {
            cipher,
            #[cfg(any(test, feature = "issue"))]
            encryption: derive(cipher, secret, 1)?,
            authentication: derive(cipher, secret, 2)?,
        })
    }

    /// The MAC over the send sequence counter and `parts`, each padded.
    pub fn mac(&self, counter: u8, parts: &[&[u8]]) -> Result<[u8; MAC], ErrorStack> {
        let block = self.cipher.block();
        let mut message = vec![0; block];
        message[block - 1] = counter;
        for part in parts {
            message = [message, padded(part.to_vec(), block)].concat();
        }
        match self.cipher {
            Cipher::TripleDes => retail_mac(&self.authentication, &message),
            _ => cmac(&self.authentication, &message),
        }
    }

    /// The first command of a session, protected: its header, an object, and the MAC over both.
    pub fn protect(&self, header: [u8; 4], object: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        let mac = self.mac(1, &[&header, object])?;
        let length = u8::try_from(object.len() + 2 + MAC).unwrap_or(u8::MAX);
        Ok([&header[..], &[length], object, &[0x8e, 0x08], &mac, &[0]].concat())
    }
}

pub(super) fn cmac(key: &[u8], message: &[u8]) -> Result<[u8; MAC], ErrorStack> {
    let primitive = match key.len() {
        16 => Primitive::aes_128_cbc(),
        24 => Primitive::aes_192_cbc(),
        _ => Primitive::aes_256_cbc(),
    };
    let key = PKey::cmac(&primitive, key)?;
    let whole = Signer::new_without_digest(&key)?.sign_oneshot_to_vec(message)?;
    Ok(std::array::from_fn(|at| whole[at]))
}

/// MAC algorithm 3 of ISO/IEC 9797-1 over whole blocks. Single DES, which OpenSSL keeps apart, is
/// Triple DES with one key three times.
pub(super) fn retail_mac(key: &[u8], message: &[u8]) -> Result<[u8; MAC], ErrorStack> {
    let (first, second) = key.split_at(MAC);
    let mut chained = vec![0; MAC];
    for block in message.chunks(MAC) {
        let mixed: Vec<u8> = chained.iter().zip(block).map(|(one, other)| one ^ other).collect();
        chained = single_des(first, Mode::Encrypt, &mixed)?;
    }
    let turned = single_des(second, Mode::Decrypt, &chained)?;
    let mac = single_des(first, Mode::Encrypt, &turned)?;
    Ok(std::array::from_fn(|at| mac[at]))
}

fn single_des(key: &[u8], mode: Mode, block: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let key = Zeroizing::new([key, key, key].concat());
    let mut crypter = Crypter::new(Primitive::des_ede3_ecb(), mode, &key, None)?;
    crypter.pad(false);
    let mut output = vec![0; 2 * block.len()];
    let length = crypter.update(block, &mut output)?;
    output.truncate(length);
    Ok(output)
}

/// Encrypted as a chip encrypts: CBC, with the encrypted counter for its first vector where AES is
/// used (9303-11 §9.8.6).
#[cfg(any(test, feature = "issue"))]
pub(super) fn encrypt(keys: &Keys, counter: u8, plain: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let block = keys.cipher.block();
    let padded = padded(plain.to_vec(), block);
    let key = &keys.encryption;
    let run = |primitive, key: &[u8], vector: Option<&[u8]>, input: &[u8]| {
        let mut crypter = Crypter::new(primitive, Mode::Encrypt, key, vector)?;
        crypter.pad(false);
        let mut output = vec![0; input.len() + 2 * block];
        let length = crypter.update(input, &mut output)?;
        output.truncate(length);
        Ok::<_, ErrorStack>(output)
    };
    if keys.cipher == Cipher::TripleDes {
        let key = [&key[..], &key[..8]].concat();
        return run(Primitive::des_ede3_cbc(), &key, Some(&[0; 8]), &padded);
    }
    let (ecb, cbc) = match key.len() {
        16 => (Primitive::aes_128_ecb(), Primitive::aes_128_cbc()),
        24 => (Primitive::aes_192_ecb(), Primitive::aes_192_cbc()),
        _ => (Primitive::aes_256_ecb(), Primitive::aes_256_cbc()),
    };
    let mut number = vec![0; block];
    number[block - 1] = counter;
    let vector = run(ecb, key, None, &number)?;
    run(cbc, key, Some(&vector), &padded)
}
