use proptest::prelude::*;

use super::issue::{Chip, Spelling};
use super::messaging::{cmac, derive, encrypt, padded, retail_mac};
use super::*;
use crate::curve::Curve;
use crate::security::Cipher;

/// Random bytes from a seed.
fn seeded(mut seed: u64) -> impl FnMut(&mut [u8]) {
    move |bytes| {
        for byte in bytes {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            *byte = (seed >> 56) as u8;
        }
    }
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("ascii"), 16);
    digits.chunks(2).map(|digits| pair(digits).expect("hexadecimal")).collect()
}

fn agreed(chip: &Chip, seed: u64) -> (Vec<u8>, Exchange, Vec<u8>) {
    let file = chip.dg14(&[]);
    let (exchange, invitation) = Exchange::begin(&file, &mut seeded(seed)).expect("begun");
    let answer = chip.answer(&invitation.public_key, &invitation.command).expect("an answer");
    (file, exchange, answer)
}

#[test]
fn every_protocol_in_every_domain_and_spelling_is_verified() {
    let curves = [Curve::P256, Curve::P384, Curve::Brainpool256, Curve::Brainpool384, Curve::P521];
    let mut spellings: Vec<Spelling> = curves
        .iter()
        .flat_map(|curve| [Spelling::Named(*curve), Spelling::Explicit(*curve)])
        .collect();
    spellings.extend([8, 13, 16, 18, 0, 1, 2].map(Spelling::Standardized));
    spellings.push(Spelling::Numbers(2));
    let ciphers = [Cipher::TripleDes, Cipher::Aes128, Cipher::Aes192, Cipher::Aes256];
    for (at, spelling) in spellings.into_iter().enumerate() {
        for cipher in ciphers {
            let key_id = (at % 2 == 1).then_some(at as u64);
            let chip = Chip::new((spelling, cipher, key_id), &mut seeded(at as u64));
            let (file, exchange, answer) = agreed(&chip, 100);
            assert_eq!(exchange.verify(&file, &answer), Ok(()), "{spelling:?} {cipher:?}");
            let kept = Exchange::open(&exchange.seal_bytes()).expect("an exchange");
            assert_eq!(kept.verify(&file, &answer), Ok(()));
        }
    }
}

#[test]
fn an_answer_proves_nothing_in_another_exchange() {
    let chip = Chip::new((Spelling::Named(Curve::P256), Cipher::Aes128, None), &mut seeded(1));
    let (file, exchange, answer) = agreed(&chip, 2);
    let (_, other, _) = agreed(&chip, 3);
    assert_eq!(other.verify(&file, &answer), Err(Rule::ChipMac));
    let clone = Chip::new((Spelling::Named(Curve::P256), Cipher::Aes128, None), &mut seeded(4));
    // The clone has the genuine data group 14, but not its private key.
    let (_, invitation) = Exchange::begin(&file, &mut seeded(2)).expect("begun");
    assert_eq!(clone.answer(&invitation.public_key, &invitation.command), None);
    assert_eq!(exchange.verify(&clone.dg14(&[]), &answer), Err(Rule::ChipExchange));
}

#[test]
fn no_changed_bit_of_an_answer_is_believed() {
    for cipher in [Cipher::TripleDes, Cipher::Aes256] {
        let chip = Chip::new((Spelling::Named(Curve::P256), cipher, None), &mut seeded(1));
        let (file, exchange, answer) = agreed(&chip, 2);
        for bit in 0..8 * answer.len() {
            let mut changed = answer.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(exchange.verify(&file, &changed), Err(Rule::ChipMac), "{bit}");
        }
        for bit in 0..8 * file.len() {
            let mut changed = file.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(exchange.verify(&changed, &answer), Err(Rule::ChipExchange), "{bit}");
        }
        let sealed = exchange.seal_bytes();
        for bit in 0..8 * sealed.len() {
            let mut changed = sealed.to_vec();
            changed[bit / 8] ^= 1 << (bit % 8);
            let believed = Exchange::open(&changed).map(|e| e.verify(&file, &answer));
            assert_ne!(believed, Some(Ok(())), "{bit}");
        }
    }
}

/// 9303-11 §9.8.4: an error, too, comes under the session keys.
#[test]
fn a_chip_that_will_not_read_proves_its_keys_all_the_same() {
    let chip = Chip::new((Spelling::Named(Curve::P256), Cipher::Aes128, None), &mut seeded(1));
    let (file, exchange, _) = agreed(&chip, 2);
    let offer = SecurityInfos::read(&file).expect("data group 14");
    let offer = Offer::new(offer.offers().remove(0)).expect("an offer");
    let keys = offer.keys(&exchange.private).expect("keys");
    let status = [0x99, 2, 0x6a, 0x82];
    let mac = keys.mac(2, &[&status]).expect("a MAC");
    let body = [&status[..], &[0x8e, u8::try_from(mac.len()).expect("short")], &mac].concat();
    let answered = |plain: [u8; 2]| exchange.verify(&file, &[&body[..], &plain].concat());
    assert_eq!(answered([0x6a, 0x82]), Ok(()));
    assert_eq!(answered([0x90, 0x00]), Err(Rule::ChipMac), "the two do not agree");
}

#[test]
fn answers_of_another_form_are_refused() {
    let chip = Chip::new((Spelling::Named(Curve::P256), Cipher::Aes128, None), &mut seeded(1));
    let (file, exchange, answer) = agreed(&chip, 2);
    let body = &answer[..answer.len() - 2];
    for wrong in [
        Vec::new(),
        vec![0x90, 0x00],
        body.to_vec(),
        [body, &[0x69, 0x88]].concat(),
        [body, &[0x99, 0x02, 0x90, 0x00, 0x90, 0x00]].concat(),
        [&[0x87, 0x00], &answer[..]].concat(),
    ] {
        assert_eq!(exchange.verify(&file, &wrong), Err(Rule::ChipMac), "{wrong:x?}");
    }
}

#[test]
fn chips_that_offer_nothing_known_cannot_begin() {
    use crate::issue::encode::{bits, dotted, element, sequence, set};
    let begin = |file: &[u8]| Exchange::begin(file, &mut seeded(1)).map(drop);
    assert_eq!(begin(b""), Err(Rule::Dg14Malformed));
    assert_eq!(begin(&element(0x6e, &[&set(&[])])), Err(Rule::ChipAlgorithm));
    let chip = |identifier: &[u8], public: &[u8], arc: u8| {
        let key = dotted(&format!("0.4.0.127.0.7.2.2.1.{arc}"));
        let info = sequence(&[&key, &sequence(&[identifier, &bits(public)])]);
        element(0x6e, &[&set(&[&info])])
    };
    let standardized = |id| sequence(&[&dotted("0.4.0.127.0.7.1.2"), &[2, 1, id]]);
    for (file, rule) in [
        (chip(&standardized(19), &[4], 2), Rule::ChipAlgorithm),
        (chip(&standardized(3), &[2, 1, 5], 1), Rule::ChipAlgorithm),
        (chip(&standardized(12), &[4; 65], 2), Rule::Dg14Malformed),
        (chip(&standardized(12), &[0], 2), Rule::Dg14Malformed),
        (chip(&standardized(2), &[2, 1, 1], 1), Rule::Dg14Malformed),
        (chip(&standardized(2), &[2, 1, 0], 1), Rule::Dg14Malformed),
        (chip(&sequence(&[&dotted("1.2.3")]), &[4], 2), Rule::Dg14Malformed),
        (chip(&sequence(&[&dotted("1.2.3"), &[5, 0]]), &[4], 2), Rule::ChipAlgorithm),
    ] {
        assert_eq!(begin(&file), Err(rule));
    }
}

#[test]
fn of_many_keys_the_first_of_use_is_computed_with_and_once() {
    use crate::issue::encode::{bits, dotted, element, sequence, set};
    let key = dotted("0.4.0.127.0.7.2.2.1.1");
    let domain = sequence(&[&dotted("0.4.0.127.0.7.1.2"), &[2, 1, 2]]);
    // No element of its group: found before anything is computed with it.
    let useless = sequence(&[&key, &sequence(&[&domain, &bits(&[2, 1, 1])])]);
    let offer =
        |cipher: u8| sequence(&[&dotted(&format!("0.4.0.127.0.7.2.2.3.1.{cipher}")), &[2, 1, 1]]);
    let chip = Chip::new((Spelling::Standardized(2), Cipher::Aes128, None), &mut seeded(1));
    let good = chip.dg14(&[]);
    let good = crate::tlv::data_group(&good, 0x6e).expect("a file");
    let inner = crate::tlv::data_group(good, 0x31).expect("a set");
    let mut infos: Vec<Vec<u8>> = vec![useless; 12];
    infos.extend((1..=4).map(offer));
    let mut bytes: Vec<&[u8]> = infos.iter().map(Vec::as_slice).collect();
    let hopeless = element(0x6e, &[&set(&bytes)]);
    let mut asked = 0;
    let mut count = |bytes: &mut [u8]| {
        asked += 1;
        seeded(3)(bytes);
    };
    assert_eq!(Exchange::begin(&hopeless, &mut count).map(drop), Err(Rule::Dg14Malformed));
    bytes.push(inner);
    let file = element(0x6e, &[&set(&bytes)]);
    assert!(Exchange::begin(&file, &mut count).is_ok());
    assert_eq!(asked, 1, "one key was made");
}

#[test]
fn only_offers_that_can_be_computed_with_are_asked_for() {
    use crate::issue::encode::{bits, dotted, element, sequence, set};
    let possible = |infos: &[&[u8]]| {
        let file = element(0x6e, &[&set(infos)]);
        is_possible(&SecurityInfos::read(&file).expect("data group 14"))
    };
    let chip = Chip::new((Spelling::Standardized(12), Cipher::Aes128, None), &mut seeded(1));
    let file = chip.dg14(&[]);
    let public = SecurityInfos::read(&file).expect("data group 14").offers()[0].1.public;
    let key = |domain: u8| {
        let identifier = sequence(&[&dotted("0.4.0.127.0.7.1.2"), &[2, 1, domain]]);
        let info = sequence(&[&identifier, &bits(public)]);
        sequence(&[&dotted("0.4.0.127.0.7.2.2.1.2"), &info])
    };
    let protocol =
        |arc: u8| sequence(&[&dotted(&format!("0.4.0.127.0.7.2.2.3.2.{arc}")), &[2, 1, 1]]);
    assert!(possible(&[&key(12)]));
    assert!(possible(&[&key(12), &protocol(2)]));
    assert!(possible(&[&key(31), &key(12), &protocol(2)]));
    assert!(!possible(&[&key(31)]), "a curve that is not known");
    assert!(!possible(&[&key(12), &protocol(9)]), "a cipher that is not known");
    assert!(!possible(&[&protocol(2)]), "no key");
    assert!(!possible(&[]));
}

/// 9303-11 Appendix D.1: keys from a seed (there with adjusted parity, which nothing uses).
#[test]
fn keys_are_derived_as_in_the_worked_example() {
    let seed = hex("239AB9CB282DAF66231DC5A4DF6BFBAE");
    for (counter, key) in
        [(1, "AB94FDECF2674FDFB9B391F85D7F76F2"), (2, "7962D9ECE03D1ACD4C76089DCE131543")]
    {
        let derived = derive(Cipher::TripleDes, &seed, counter).expect("derived");
        let same = derived.iter().zip(hex(key)).all(|(one, other)| one & 0xfe == other & 0xfe);
        assert!(same, "{derived:x?}");
    }
}

/// 9303-11 Appendix D.4: SELECT of EF.COM under session keys, with its send sequence counter.
#[test]
fn the_retail_mac_is_that_of_the_worked_example() {
    let key = hex("F1CB1F1FB5ADF208806B89DC579DC1F8");
    let message = hex("887022120C06C227 0CA4020C80000000 8709016375432908 C044F68000000000");
    let mac = retail_mac(&key, &message).expect("a MAC");
    assert_eq!(mac.to_vec(), hex("BF8B92D635FF24F8"));
}

/// RFC 4493 §4, example 2.
#[test]
fn cmac_is_that_of_its_rfc() {
    let key = hex("2b7e151628aed2a6abf7158809cf4f3c");
    let message = hex("6bc1bee22e409f96e93d7e117393172a");
    let mac = cmac(&key, &message).expect("a MAC");
    assert_eq!(mac.to_vec(), hex("070a16b46b4d4144"));
}

#[test]
fn what_is_encrypted_has_whole_blocks() {
    for cipher in [Cipher::TripleDes, Cipher::Aes128] {
        let keys = Keys::derive(cipher, b"a secret").expect("keys");
        let encrypted = encrypt(&keys, 2, &[1, 2, 3, 4]).expect("encrypted");
        assert_eq!(encrypted.len(), padded(vec![0; 4], cipher.block()).len());
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Exchange::begin(&bytes, &mut seeded(1));
        if let Some(exchange) = Exchange::open(&bytes) {
            let _ = exchange.verify(&bytes, &bytes);
        }
        let _ = answer(&bytes);
    }
}
