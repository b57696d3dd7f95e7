//! Statements of phones, and files of roots.

use kayle_document::attestation::issue::{AndroidStatement, AppleStatement, KeyPair, Vendor};
use kayle_document_fuzz::targets::{
    APPLE_APP, NOW, STATED, android_app, device_public_key, vendor,
};
use openssl::x509::X509;

use super::{Seed, joined};

pub fn seeds() -> Vec<Seed> {
    let vendor = vendor();
    let root = vendor.root_certificate();
    let pem = X509::from_der(&root).and_then(|root| root.to_pem()).expect("a certificate");
    let genuine = AppleStatement::genuine(APPLE_APP, STATED);
    let android = AndroidStatement::genuine(android_app(), STATED);
    let strong = AndroidStatement { levels: [2, 2], ..android.clone() };
    let unlocked = AndroidStatement { boot: Some((false, 0)), ..android.clone() };
    let example = include_bytes!("../../../src/attestation/tests/apple_example.cbor");
    vec![
        ("roots_der".into(), [&[0][..], &joined(&[&root, &[]])].concat()),
        ("roots_pem".into(), [&[0][..], &joined(&[&root, &pem])].concat()),
        ("apple".into(), apple(&genuine, &vendor)),
        ("apple_development".into(), apple(&genuine.in_development(), &vendor)),
        ("apple_example_refused".into(), [&[1][..], &joined(&[&[7; 32], example])].concat()),
        ("android".into(), phone(&android, &vendor)),
        ("android_strong_box".into(), phone(&strong, &vendor)),
        ("android_unlocked_refused".into(), phone(&unlocked, &vendor)),
    ]
}

fn apple(statement: &AppleStatement, vendor: &Vendor) -> Vec<u8> {
    let (object, key_id) = statement.issue(vendor, &KeyPair::of(b"device"), NOW);
    [&[1][..], &joined(&[&key_id, &object])].concat()
}

fn phone(statement: &AndroidStatement, vendor: &Vendor) -> Vec<u8> {
    let mut chain = statement.issue(vendor, &device_public_key(), NOW);
    chain.resize(7, Vec::new());
    let chain: Vec<&[u8]> = chain.iter().map(Vec::as_slice).collect();
    [&[2][..], &joined(&chain)].concat()
}
