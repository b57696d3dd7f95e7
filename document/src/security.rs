//! Data group 14: how the chip can prove itself (9303-10 §4.7.14; 9303-11 §9.2; BSI TR-03110-3
//! A.1.1).

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag};

use crate::asn1::{AlgorithmIdentifier, KeyInfo, Malformed, elements, sequence, whole_bytes};
use crate::failure::Rule;
use crate::tlv::data_group;

/// `id-CA`, `id-PK`: bsi-de 2 2 3 and bsi-de 2 2 1.
const CHIP_AUTHENTICATION: &[u8] = &[0x04, 0x00, 0x7f, 0x00, 0x07, 0x02, 0x02, 0x03];
const PUBLIC_KEY: &[u8] = &[0x04, 0x00, 0x7f, 0x00, 0x07, 0x02, 0x02, 0x01];
/// `id-icao-mrtd-security-aaProtocolObject`
const ACTIVE_AUTHENTICATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.5");

/// Most keys of a chip, and most protocols: each of one is matched with each of the other, and real
/// chips have two or three.
const MOST_OFFERS: usize = 16;

/// How keys are agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// Diffie–Hellman in a prime field.
    Dh,
    /// On an elliptic curve.
    Ecdh,
}

/// How messages are protected afterwards, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cipher {
    /// Two-key Triple DES in CBC mode with Retail MAC.
    TripleDes,
    /// AES-128 in CBC mode with CMAC.
    Aes128,
    /// AES-192 in CBC mode with CMAC.
    Aes192,
    /// AES-256 in CBC mode with CMAC.
    Aes256,
}

/// One way of chip authentication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// How keys are agreed on.
    pub agreement: Agreement,
    /// How messages are protected.
    pub cipher: Cipher,
    /// Which key of the chip, where it has several.
    pub key_id: Option<u64>,
}

/// A public key of the chip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChipKey<'a> {
    pub agreement: Agreement,
    pub key_id: Option<u64>,
    pub parameters: AlgorithmIdentifier<'a>,
    pub public: &'a [u8],
}

/// What data group 14 says of chip and active authentication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityInfos<'a> {
    protocols: Vec<Protocol>,
    /// Whether any protocol of chip authentication is stated.
    states_protocol: bool,
    keys: Vec<ChipKey<'a>>,
    /// How the chip signs, where its key is on an elliptic curve.
    pub(crate) active: Option<ObjectIdentifier>,
}

impl<'a> SecurityInfos<'a> {
    /// Reads EF.DG14.
    pub fn read(file: &'a [u8]) -> Result<Self, Rule> {
        let content = data_group(file, 0x6e).map_err(|_| Rule::Dg14Malformed)?;
        Self::parse(content).map_err(|_| Rule::Dg14Malformed)
    }

    fn parse(content: &'a [u8]) -> Result<Self, Malformed> {
        let set = AnyRef::from_der(content)?;
        if set.header().tag() != Tag::Set {
            return Err(Malformed);
        }
        let mut infos =
            Self { protocols: Vec::new(), states_protocol: false, keys: Vec::new(), active: None };
        for info in elements(set.value()) {
            sequence(info?, |reader| infos.learn(reader))?;
        }
        Ok(infos)
    }

    /// Reads the fields of one `SecurityInfo`; those of protocols not used here are passed over.
    fn learn(&mut self, reader: &mut SliceReader<'a>) -> Result<(), Malformed> {
        let protocol: ObjectIdentifier = reader.decode()?;
        let known = protocol.as_bytes();
        if protocol == ACTIVE_AUTHENTICATION {
            version(reader, 1)?;
            self.active = Some(reader.decode()?);
        } else if let Some(rest) = known.strip_prefix(CHIP_AUTHENTICATION) {
            self.states_protocol = true;
            let found = self.learn_protocol(rest, reader)?;
            if !found {
                reader.drain(reader.remaining_len())?;
            }
        } else if let Some(rest) = known.strip_prefix(PUBLIC_KEY)
            && let Some(agreement) = agreement(rest.first())
        {
            let key: KeyInfo<'a> = reader.decode()?;
            let key_id = reader.decode::<Option<u64>>()?;
            let (parameters, public) = (key.algorithm, whole_bytes(&key.key)?);
            room_in(&self.keys)?;
            self.keys.push(ChipKey { agreement, key_id, parameters, public });
        } else {
            while !reader.is_finished() {
                reader.tlv_bytes()?;
            }
        }
        Ok(())
    }

    fn learn_protocol(
        &mut self,
        rest: &[u8],
        reader: &mut SliceReader<'a>,
    ) -> Result<bool, Malformed> {
        let ([first, second], Some(agreement)) = (rest, agreement(rest.first())) else {
            return Ok(false);
        };
        let _ = first;
        let cipher = match second {
            1 => Cipher::TripleDes,
            2 => Cipher::Aes128,
            3 => Cipher::Aes192,
            4 => Cipher::Aes256,
            _ => return Ok(false),
        };
        // Version 1 is chip authentication; others are of other protocols (TR-03110-3 A.1.1.2).
        if reader.decode::<u8>()? != 1 {
            return Ok(false);
        }
        let key_id = reader.decode()?;
        room_in(&self.protocols)?;
        self.protocols.push(Protocol { agreement, cipher, key_id });
        Ok(true)
    }

    /// Every way to agree on keys with the key it takes, the strongest first. Keys without any
    /// protocol, be it one not known here, mean Triple DES (9303-11 §6.2.2).
    pub(crate) fn offers(&self) -> Vec<(Protocol, &ChipKey<'a>)> {
        let mut offers = Vec::new();
        for key in &self.keys {
            let of_key = self.protocols.iter().filter(|protocol| {
                let ids = protocol.key_id.zip(key.key_id);
                protocol.agreement == key.agreement && ids.is_none_or(|(one, other)| one == other)
            });
            offers.extend(of_key.map(|protocol| (protocol.clone(), key)));
            if !self.states_protocol {
                let (agreement, key_id) = (key.agreement, key.key_id);
                offers.push((Protocol { agreement, cipher: Cipher::TripleDes, key_id }, key));
            }
        }
        let rank = |protocol: &Protocol| (protocol.cipher, protocol.agreement == Agreement::Ecdh);
        offers.sort_by_key(|(protocol, _)| std::cmp::Reverse(rank(protocol)));
        offers
    }
}

fn agreement(arc: Option<&u8>) -> Option<Agreement> {
    match arc {
        Some(1) => Some(Agreement::Dh),
        Some(2) => Some(Agreement::Ecdh),
        _ => None,
    }
}

fn room_in<T>(list: &[T]) -> Result<(), Malformed> {
    (list.len() < MOST_OFFERS).then_some(()).ok_or(Malformed)
}

fn version(reader: &mut SliceReader<'_>, expected: u8) -> Result<(), Malformed> {
    (reader.decode::<u8>()? == expected).then_some(()).ok_or(Malformed)
}

impl Protocol {
    /// Its object identifier, dotted.
    pub fn oid(&self) -> String {
        let agreement = if self.agreement == Agreement::Dh { 1 } else { 2 };
        format!("0.4.0.127.0.7.2.2.3.{agreement}.{}", self.cipher as u8 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::encode::{bits, dotted, element, sequence, set};

    fn file(infos: &[Vec<u8>]) -> Vec<u8> {
        let infos: Vec<&[u8]> = infos.iter().map(Vec::as_slice).collect();
        element(0x6e, &[&set(&infos)])
    }

    fn key(arc: u8, id: Option<u8>) -> Vec<u8> {
        let info = sequence(&[&sequence(&[&dotted("1.2.840.10045.2.1")]), &bits(&[4, 1, 2])]);
        let id = id.map(|id| vec![2, 1, id]).unwrap_or_default();
        sequence(&[&dotted(&format!("0.4.0.127.0.7.2.2.1.{arc}")), &info, &id])
    }

    fn protocol(arcs: &str, id: Option<u8>) -> Vec<u8> {
        let id = id.map(|id| vec![2, 1, id]).unwrap_or_default();
        sequence(&[&dotted(&format!("0.4.0.127.0.7.2.2.3.{arcs}")), &[2, 1, 1], &id])
    }

    fn offered(infos: &[Vec<u8>]) -> Vec<String> {
        let file = file(infos);
        let infos = SecurityInfos::read(&file).expect("data group 14");
        infos
            .offers()
            .iter()
            .map(|(protocol, key)| format!("{} {:?}", protocol.oid(), key.key_id))
            .collect()
    }

    #[test]
    fn the_strongest_protocol_comes_first_each_with_its_key() {
        assert_eq!(offered(&[key(2, None)]), ["0.4.0.127.0.7.2.2.3.2.1 None"]);
        assert_eq!(offered(&[protocol("2.2", None)]), [""; 0]);
        assert_eq!(offered(&[key(2, None), protocol("2.9", None)]), [""; 0], "none that is known");
        let both = [
            key(1, Some(1)),
            key(2, Some(2)),
            protocol("1.1", Some(1)),
            protocol("1.4", Some(1)),
            protocol("2.4", Some(2)),
        ];
        let expected = [
            "0.4.0.127.0.7.2.2.3.2.4 Some(2)",
            "0.4.0.127.0.7.2.2.3.1.4 Some(1)",
            "0.4.0.127.0.7.2.2.3.1.1 Some(1)",
        ];
        assert_eq!(offered(&both), expected);
    }

    #[test]
    fn keys_and_protocols_have_an_end() {
        for info in [key(2, None), protocol("2.2", None)] {
            let infos = |count| file(&vec![info.clone(); count]);
            assert!(SecurityInfos::read(&infos(MOST_OFFERS)).is_ok());
            let refused = SecurityInfos::read(&infos(MOST_OFFERS + 1)).map(drop);
            assert_eq!(refused, Err(Rule::Dg14Malformed));
        }
    }

    #[test]
    fn other_protocols_are_passed_over_but_must_be_well_formed() {
        let pace = sequence(&[&dotted("0.4.0.127.0.7.2.2.4.2.4"), &[2, 1, 2], &[2, 1, 12]]);
        assert_eq!(offered(std::slice::from_ref(&pace)), [""; 0]);
        let broken = sequence(&[&dotted("0.4.0.127.0.7.2.2.4.2.4"), &[2, 9, 2]]);
        assert_eq!(SecurityInfos::read(&file(&[broken])), Err(Rule::Dg14Malformed));
        for bytes in [&b""[..], &[0x6e, 0], &[0x6e, 2, 0x30, 0], &[0x6f, 2, 0x31, 0]] {
            assert_eq!(SecurityInfos::read(bytes), Err(Rule::Dg14Malformed));
        }
        let whole = file(&[pace]);
        assert_eq!(SecurityInfos::read(&whole[..whole.len() - 1]), Err(Rule::Dg14Malformed));
    }
}
