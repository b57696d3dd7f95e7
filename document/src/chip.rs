//! Chip authentication with this side as the terminal (9303-11 §6.2; BSI TR-03110-1 §3.4).
//!
//! Whoever holds the terminal's private key can write a transcript without a chip, so it proves
//! something only to the terminal itself. Here the terminal's ephemeral key is made, and one
//! command is protected with the keys the chip is about to agree on; what the chip answers under
//! those keys is the proof. Between the two the exchange can be kept by anyone, sealed.

mod agreement;
mod messaging;

#[cfg(any(test, feature = "issue"))]
pub mod issue;
#[cfg(test)]
mod tests;

use openssl::memcmp;
use openssl::sha::sha256;
use zeroize::Zeroizing;

use crate::failure::Rule;
use crate::security::{ChipKey, Protocol, SecurityInfos};
use crate::tlv::Reader;
use agreement::{Domain, Key};
use messaging::Keys;

/// READ BINARY of the first four bytes of EF.COM (short identifier 1E), protected.
const READ: [u8; 4] = [0x0c, 0xb0, 0x9e, 0x00];
/// Four bytes are expected.
const EXPECTED: [u8; 3] = [0x97, 0x01, 0x04];
/// The form of a stored exchange.
const VERSION: u8 = 1;

/// An agreement on keys that was begun.
pub struct Exchange {
    /// Of the data group 14 it was begun with.
    hash: [u8; 32],
    /// Which of its offers was taken.
    offer: u8,
    private: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Exchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Exchange([redacted])")
    }
}

/// What the chip needs to agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The protocol, and which of the chip's keys.
    pub protocol: Protocol,
    /// The terminal's ephemeral public key: an uncompressed point, or a number as long as the prime.
    pub public_key: Vec<u8>,
    /// The command to relay once the chip took the key.
    pub command: Vec<u8>,
}

/// An offer of data group 14, ready to be computed with.
struct Offer {
    protocol: Protocol,
    domain: Domain,
    chip: Key,
}

/// Whether there is an offer that can be computed with here: the others can prove nothing to us.
pub(crate) fn is_possible(infos: &SecurityInfos<'_>) -> bool {
    infos.offers().into_iter().any(|offer| Offer::new(offer).is_ok())
}

impl Offer {
    fn new((protocol, key): (Protocol, &ChipKey<'_>)) -> Result<Self, Rule> {
        let domain = Domain::read(key.agreement, &key.parameters)?;
        let chip = domain.key(key.public)?;
        Ok(Self { protocol, domain, chip })
    }

    /// The session keys both sides have.
    fn keys(&self, private: &[u8]) -> Result<Keys, Rule> {
        let secret = self.domain.agree(private, &self.chip)?;
        Keys::derive(self.protocol.cipher, &secret).map_err(|_| Rule::ChipAlgorithm)
    }
}

impl Exchange {
    /// Begins with the strongest of the chip's offers that is known here. `random` gives fresh
    /// random bytes.
    pub fn begin(
        file: &[u8],
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(Self, Invitation), Rule> {
        let infos = SecurityInfos::read(file)?;
        let offers = infos.offers();
        let mut refused = Rule::ChipAlgorithm;
        // What is computed is computed once: a key that is of use is found before any is made.
        for (at, offer) in offers.into_iter().enumerate() {
            match (u8::try_from(at), Offer::new(offer)) {
                (Ok(number), Ok(offer)) => return Self::accept(file, number, &offer, random),
                (_, Err(rule)) => refused = rule,
                (Err(_), _) => break,
            }
        }
        Err(refused)
    }

    fn accept(
        file: &[u8],
        number: u8,
        offer: &Offer,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(Self, Invitation), Rule> {
        let (private, public_key) = offer.domain.generate(random)?;
        let keys = offer.keys(&private)?;
        let command = keys.protect(READ, &EXPECTED).map_err(|_| Rule::ChipAlgorithm)?;
        let invitation = Invitation { protocol: offer.protocol.clone(), public_key, command };
        Ok((Self { hash: sha256(file), offer: number, private }, invitation))
    }

    /// The exchange as bytes; they hold a private key.
    pub fn seal_bytes(&self) -> Zeroizing<Vec<u8>> {
        let parts = [&[VERSION, self.offer][..], &self.hash, &self.private];
        Zeroizing::new(parts.concat())
    }

    /// The exchange that those bytes are.
    pub fn open(bytes: &[u8]) -> Option<Self> {
        let ([VERSION, offer], rest) = bytes.split_first_chunk::<2>()? else { return None };
        let (hash, private) = rest.split_first_chunk::<32>()?;
        Some(Self { hash: *hash, offer: *offer, private: Zeroizing::new(private.to_vec()) })
    }

    /// Checks that the chip of that data group 14 answered under the keys that were agreed on.
    pub fn verify(&self, file: &[u8], response: &[u8]) -> Result<(), Rule> {
        if !memcmp::eq(&sha256(file), &self.hash) {
            return Err(Rule::ChipExchange);
        }
        let infos = SecurityInfos::read(file)?;
        let offer = infos.offers().into_iter().nth(self.offer.into()).ok_or(Rule::ChipExchange)?;
        let keys = Offer::new(offer)?.keys(&self.private)?;
        let (protected, mac) = answer(response).ok_or(Rule::ChipMac)?;
        let expected = keys.mac(2, &[protected]).map_err(|_| Rule::ChipAlgorithm)?;
        let genuine = mac.len() == expected.len() && memcmp::eq(mac, &expected);
        genuine.then_some(()).ok_or(Rule::ChipMac)
    }
}

/// The protected objects of an answer, and the MAC over them: encrypted data if there is any, status
/// and MAC, in that order, then the status once more (9303-11 §9.8.4). A chip that refused to read
/// has proved its keys all the same.
fn answer(response: &[u8]) -> Option<(&[u8], &[u8])> {
    let (body, plain) = response.split_last_chunk::<2>()?;
    let mut reader = Reader::new(body);
    if body.first() == Some(&0x87) {
        reader.expect(0x87).ok()?;
    }
    let status = reader.expect(0x99).ok()?;
    let mac = reader.expect(0x8e).ok()?;
    let (finished, length) = (reader.is_finished(), body.len().checked_sub(2 + mac.len())?);
    // The MAC's own object is in its shortest form: what is before it is what was protected.
    let short = body.get(length..length + 2) == Some(&[0x8e, u8::try_from(mac.len()).ok()?]);
    (finished && short && status == plain).then(|| (&body[..length], mac))
}
