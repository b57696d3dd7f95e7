//! Inputs that repeat the smallest thing: what the fuzzer, which begins with genuine inputs, takes
//! long to find.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kayle_document::issue::encode::{bits, dotted, element, octets, sequence, set, time};
use kayle_document::issue::{Algorithm, SigningKey, SodForm};

use crate::fuzz::targets::{GOOD, NOW, attestation, authority, chip, trust};

/// About the length of the longest input of the fuzzer, in bytes.
const LENGTH: usize = 60_000;

/// As often as it fits.
fn repeated(smallest: &[u8]) -> Vec<u8> {
    smallest.repeat(LENGTH / smallest.len())
}

/// A single file of an operator.
fn file(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("a short file");
    [&length.to_be_bytes()[..], bytes].concat()
}

pub fn run() {
    for (name, bytes) in files() {
        eprintln!("a file of {name}"); // said only where it fails
        trust(&file(&bytes));
    }
    for count in [0, 5, 17, 33, 64] {
        eprintln!("a chain of certificates of {count} extensions");
        assert!(!attestation(&chain(&extended(count))));
    }
    for (name, dg14) in offers() {
        eprintln!("{name}");
        assert!(!chip(&file(&dg14)), "nothing proves itself with {name}");
    }
}

/// One block of PEM.
fn block(bytes: &[u8]) -> Vec<u8> {
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", STANDARD.encode(bytes))
        .into_bytes()
}

/// A certificate of nothing but so many extensions, each as short as one can be.
fn extended(count: u8) -> Vec<u8> {
    let extension = |id| sequence(&[&element(6, &[&[id]]), &octets(&[])]);
    let extensions: Vec<u8> = (0..count).flat_map(extension).collect();
    let algorithm = sequence(&[&element(6, &[&[42]])]);
    let content = sequence(&[
        &element(0xa0, &[&[2, 1, 2]]),
        &[2, 1, 1],
        &algorithm,
        &sequence(&[]),
        &sequence(&[&time(NOW), &time(NOW)]),
        &sequence(&[]),
        &sequence(&[]),
        &element(0xa3, &[&sequence(&[&extensions])]),
    ]);
    sequence(&[&content, &algorithm, &bits(&[])])
}

/// A phone's chain of six of them.
fn chain(certificate: &[u8]) -> Vec<u8> {
    [&[2][..], &file(certificate).repeat(6)].concat()
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let serials: Vec<_> = (0x4000..0x4800u16).map(u16::to_be_bytes).collect();
    let serials: Vec<&[u8]> = serials.iter().map(<[u8; 2]>::as_slice).collect();
    let key = || SigningKey::generate(Algorithm::P256).expect("a key");
    let signer = authority().signer(key(), &[0x79], GOOD).expect("a signer");
    let master = |certificates: &[u8]| {
        let content = sequence(&[&[2, 1, 0], &element(0x31, &[certificates])]);
        signer.sign_content("2.23.136.1.1.2", &content, SodForm::default()).expect("signed")
    };
    vec![
        ("blocks that are open", repeated(b"-----BEGIN CERTIFICATE-----\n")),
        (
            "blocks that are empty",
            repeated(b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
        ),
        (
            "a block that is not text",
            [&b"-----BEGIN CERTIFICATE-----\n"[..], &repeated(b"\xff\xff\n")].concat(),
        ),
        (
            "blocks of one byte",
            repeated(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        ),
        (
            "blocks that hold nothing, between others",
            repeated(&[block(&[0; 64]), block(&[])].concat()),
        ),
        ("certificates of nothing", repeated(&block(&extended(0)))),
        ("certificates of few extensions", repeated(&block(&extended(5)))),
        ("certificates of some extensions", repeated(&block(&extended(17)))),
        ("certificates of many extensions", repeated(&block(&extended(33)))),
        ("certificates of most extensions", repeated(&block(&extended(64)))),
        ("values that are empty", [&b"dn:\n"[..], &repeated(b"cAcertificate;binary::\n")].concat()),
        (
            "a list of revoked certificates",
            authority().revocations(&serials, GOOD).expect("signed"),
        ),
        ("a list of empty certificates", master(&repeated(&[0x30, 0]))),
        ("a list of certificates of one byte", master(&repeated(&[0x30, 1, 0]))),
    ]
}

fn offers() -> Vec<(&'static str, Vec<u8>)> {
    let info = sequence(&[&sequence(&[&dotted("1.2.840.10045.2.1")]), &bits(&[4])]);
    let key = sequence(&[&dotted("0.4.0.127.0.7.2.2.1.2"), &info]);
    let protocol = sequence(&[&dotted("0.4.0.127.0.7.2.2.3.2.4"), &[2, 1, 1]]);
    let both = [key.clone(), protocol.clone()].concat();
    let file = |infos: &[u8]| element(0x6e, &[&set(&[&repeated(infos)])]);
    vec![
        ("data group 14 of keys", file(&key)),
        ("data group 14 of protocols", file(&protocol)),
        ("data group 14 of keys and protocols", file(&both)),
    ]
}
