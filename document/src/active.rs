//! Active authentication: the chip signs a challenge with a key that only it has (9303-11 §6.1).

use der::asn1::ObjectIdentifier;
use openssl::error::ErrorStack;
use openssl::pkey::Public;
use openssl::rsa::{Padding, Rsa};

use crate::algorithm::{Digest, Scheme, scheme};
use crate::asn1::AlgorithmIdentifier;
use crate::curve::Curve;
use crate::failure::Rule;
use crate::key::{KeyError, Kind, PublicKey, hash};
use crate::security::SecurityInfos;
use crate::tlv::data_group;

#[cfg(any(test, feature = "issue"))]
pub mod issue;
#[cfg(test)]
mod tests;

/// Length of the challenge, in bytes.
pub const CHALLENGE: usize = 8;

/// The challenge of a session: what was agreed with the phone decides it, so that an answer given
/// elsewhere is of no use.
pub fn challenge(session: &str, binding: &str) -> [u8; CHALLENGE] {
    let text = format!("kayle-active-authentication-v1\n{session}\n{binding}\n");
    let digest = openssl::sha::sha256(text.as_bytes());
    let mut challenge = [0; CHALLENGE];
    challenge.copy_from_slice(&digest[..CHALLENGE]);
    challenge
}

/// Checks the chip's answer to `challenge` under the key of EF.DG15.
pub fn verify(
    file: &[u8],
    infos: Option<&SecurityInfos<'_>>,
    challenge: &[u8; CHALLENGE],
    answer: &[u8],
) -> Result<(), Rule> {
    let content = data_group(file, 0x6f).map_err(|_| Rule::Dg15Malformed)?;
    let key = PublicKey::read(content).map_err(|error| match error {
        KeyError::Malformed => Rule::Dg15Malformed,
        KeyError::Unknown => Rule::ActiveAlgorithm,
    })?;
    let signed = match key.kind() {
        Kind::Rsa { rsa, .. } => {
            recover(rsa, answer).is_ok_and(|message| is_over(&message, challenge))
        }
        Kind::Ec { curve, .. } => {
            let digest = digest_of(infos, *curve)?;
            key.verify(Scheme::EcdsaPlain, digest, &[challenge], answer)
        }
    };
    signed.then_some(()).ok_or(Rule::ActiveSignature)
}

/// The digest of plain ECDSA: data group 14 has to say (9303-11 §9.2.7); where it does not, the
/// longest that the curve takes whole.
fn digest_of(infos: Option<&SecurityInfos<'_>>, curve: Curve) -> Result<Digest, Rule> {
    let stated: Option<ObjectIdentifier> = infos.and_then(|infos| infos.active);
    let Some(oid) = stated else {
        let size = curve.field_size();
        let fits = |digest: &Digest| digest.size() <= size;
        return Ok(Digest::ALL.into_iter().rev().find(fits).unwrap_or(Digest::Sha1));
    };
    match scheme(&AlgorithmIdentifier { oid, parameters: None }) {
        Ok(Some((Scheme::EcdsaPlain | Scheme::Ecdsa, Some(digest)))) => Ok(digest),
        _ => Err(Rule::ActiveAlgorithm),
    }
}

/// What an RSA signature says: the representative of ISO/IEC 9796-2, whichever of `s` and `n - s`
/// the chip sent.
fn recover(rsa: &Rsa<Public>, answer: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let mut message = vec![0; rsa.size() as usize];
    let length = rsa.public_decrypt(answer, &mut message, Padding::NONE)?;
    message.truncate(length);
    // The representative ends in the nibble C; if it does not, n minus it does (§B.4).
    if message.last().is_some_and(|last| last & 0x0f != 0x0c) {
        let recovered = openssl::bn::BigNum::from_slice(&message)?;
        let mut other = openssl::bn::BigNum::new()?;
        other.checked_sub(rsa.n(), &recovered)?;
        message = other.to_vec_padded(i32::try_from(length).unwrap_or_default())?;
    }
    Ok(message)
}

/// The digest that a trailer of one byte, or of two, stands for (ISO/IEC 10118).
fn trailer(message: &[u8]) -> Option<(Digest, usize)> {
    match message {
        [.., 0xbc] => Some((Digest::Sha1, 1)),
        [.., id, 0xcc] => {
            let digest = match id {
                0x33 => Digest::Sha1,
                0x34 => Digest::Sha256,
                0x35 => Digest::Sha512,
                0x36 => Digest::Sha384,
                0x38 => Digest::Sha224,
                _ => return None,
            };
            Some((digest, 2))
        }
        _ => None,
    }
}

/// Whether a representative of scheme 1 is over its own first part and `challenge`: the header with
/// partial recovery, the first part, the digest of both, the trailer.
fn is_over(message: &[u8], challenge: &[u8]) -> bool {
    let Some((digest, trailer)) = trailer(message) else { return false };
    let Some(body) = message.len().checked_sub(1 + digest.size() + trailer) else { return false };
    let (header, rest) = message.split_at(1);
    let (first, rest) = rest.split_at(body);
    let stated = &rest[..digest.size()];
    header == [0x6a] && hash(digest, &[first, challenge]).is_ok_and(|computed| computed == stated)
}
