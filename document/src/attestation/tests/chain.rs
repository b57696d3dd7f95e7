//! Chains and roots, with every single deviation.

use openssl::bn::BigNum;
use openssl::ec::EcKey;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;

use super::*;
use crate::Curve;
use crate::attestation::issue::{Draft, Extension};

/// A public key on that curve, as a `SubjectPublicKeyInfo`.
pub(super) fn generator(curve: Curve) -> Vec<u8> {
    let group = curve.group();
    let key = EcKey::from_public_key(group, group.generator_opt().unwrap()).unwrap();
    PKey::from_ec_key(key).unwrap().public_key_to_der().unwrap()
}

/// A public key with a modulus of so many bits, as a `SubjectPublicKeyInfo`.
fn rsa(bits: i32) -> Vec<u8> {
    let mut modulus = BigNum::from_u32(1).unwrap();
    modulus.set_bit(bits - 1).unwrap();
    let rsa = Rsa::from_public_components(modulus, BigNum::from_u32(65_537).unwrap()).unwrap();
    PKey::from_rsa(rsa).unwrap().public_key_to_der().unwrap()
}

fn unknown(critical: bool) -> Extension {
    Extension { id: "1.2.3.4".into(), critical, value: vec![5, 0] }
}

type Deviation = (fn(&mut Draft), Refusal);

const LEAF: &[Deviation] = &[
    (|d| d.issuer = "Another authority", Refusal::CertificateSignature),
    (|d| d.validity.1 = NOW - 1, Refusal::CertificateValidity),
    (|d| d.validity.0 = NOW + 1, Refusal::CertificateValidity),
    (|d| d.authority = Some(None), Refusal::CertificateUsage),
    (|d| d.extensions.push(unknown(true)), Refusal::CertificateExtension),
    (|d| d.extensions.extend([unknown(false), unknown(false)]), Refusal::CertificateMalformed),
    (|d| d.extensions[0].value.resize(9_000, 0), Refusal::ChainSize),
    // ECDSA with SHA-1, plain ECDSA with SHA-256, no signature scheme at all.
    (|d| d.algorithm = "1.2.840.10045.4.1", Refusal::CertificateAlgorithm),
    (|d| d.algorithm = "0.4.0.127.0.7.1.1.4.1.3", Refusal::CertificateAlgorithm),
    (|d| d.algorithm = "1.2.3.4", Refusal::CertificateAlgorithm),
    (|d| d.algorithm = "1.2.840.10045.4.3.4", Refusal::CertificateSignature),
    (|d| d.key_info = generator(Curve::P192), Refusal::CertificateAlgorithm),
    (|d| d.key_info = vec![0x30, 0], Refusal::CertificateMalformed),
];

const AUTHORITY: &[Deviation] = &[
    (|d| d.issuer = "Another root", Refusal::RootUnknown),
    (|d| d.validity.0 = NOW + 1, Refusal::CertificateValidity),
    (|d| d.authority = None, Refusal::CertificateUsage),
    (|d| d.usage = 0x80, Refusal::CertificateUsage),
    (|d| d.extensions.push(unknown(true)), Refusal::CertificateExtension),
    (|d| d.key_info = generator(Curve::P192), Refusal::CertificateAlgorithm),
    (|d| d.key_info = rsa(1_024), Refusal::CertificateAlgorithm),
    (|d| d.key_info = rsa(2_048), Refusal::CertificateSignature),
    (|d| d.key_info = generator(Curve::P256), Refusal::CertificateSignature),
];

#[test]
fn every_deviation_of_a_leaf_has_its_refusal() {
    let scene = Scene::new();
    for (at, (deviate, refusal)) in LEAF.iter().enumerate() {
        let mut leaf = scene.vendor.leaf(&scene.point, scene.android().extension(), NOW);
        deviate(&mut leaf);
        let refused = scene.check_chain(&scene.vendor.chain(&leaf));
        assert_eq!(refused, Err(*refusal), "deviation {at}");
    }
}

#[test]
fn every_deviation_of_an_authority_has_its_refusal() {
    for (at, (deviate, refusal)) in AUTHORITY.iter().enumerate() {
        let mut scene = Scene::new();
        deviate(&mut scene.vendor.authority);
        assert_eq!(scene.check_android(&scene.android()), Err(*refusal), "deviation {at}");
        assert_eq!(scene.check_apple(&scene.apple()), Err(*refusal), "deviation {at}");
    }
}

#[test]
fn what_is_unknown_and_not_critical_or_critical_and_known_changes_nothing() {
    let scene = Scene::new();
    let mut leaf = scene.vendor.leaf(&scene.point, scene.android().extension(), NOW);
    leaf.extensions[0].critical = true;
    leaf.extensions.push(unknown(false));
    assert!(scene.check_chain(&scene.vendor.chain(&leaf)).is_ok());
}

#[test]
fn serial_numbers_are_told_without_the_signs_zero() {
    let mut scene = Scene::new();
    scene.vendor.authority.serial = vec![0, 0xd0, 0];
    let attested = scene.check_android(&scene.android()).unwrap();
    assert_eq!(attested.serials, [vec![1], vec![0xd0, 0]]);
}

#[test]
fn a_certificate_says_so_much_and_no_more() {
    let scene = Scene::new();
    let ids: Vec<String> = (0..62).map(|arc| format!("1.2.3.{arc}")).collect();
    let check = |count: usize| {
        let mut leaf = scene.vendor.leaf(&scene.point, scene.android().extension(), NOW);
        let more = ids[..count].iter();
        leaf.extensions
            .extend(more.map(|id| Extension { id: id.clone().into(), ..unknown(false) }));
        scene.check_chain(&scene.vendor.chain(&leaf))
    };
    assert!(check(61).is_ok());
    assert_eq!(check(62), Err(Refusal::CertificateMalformed));
}

#[test]
fn a_certificate_is_valid_in_its_first_and_last_second() {
    let scene = Scene::new();
    let mut leaf = scene.vendor.leaf(&scene.point, scene.android().extension(), NOW);
    leaf.validity = (NOW, NOW);
    assert!(scene.check_chain(&scene.vendor.chain(&leaf)).is_ok());
}

#[test]
fn the_root_may_come_along() {
    let scene = Scene::new();
    let mut chain = scene.android().issue(&scene.vendor, &scene.point, NOW);
    chain.push(scene.vendor.root_certificate());
    assert!(scene.check_chain(&chain).is_ok());
}

#[test]
fn authorities_that_issued_themselves_count_for_no_length() {
    let mut scene = Scene::new();
    scene.vendor.root.authority = Some(Some(1));
    let mut chain = scene.android().issue(&scene.vendor, &scene.point, NOW);
    chain.resize(4, scene.vendor.root_certificate());
    assert!(scene.check_chain(&chain).is_ok());
    scene.vendor.root.authority = Some(Some(0));
    *chain.last_mut().unwrap() = scene.vendor.root_certificate();
    assert_eq!(scene.check_chain(&chain), Err(Refusal::CertificateUsage));
}

#[test]
fn a_root_that_nobody_configured_does_not_count() {
    let mut scene = Scene::new();
    let stranger = Vendor::of(b"stranger", NOW);
    let mut chain = scene.android().issue(&stranger, &scene.point, NOW);
    assert_eq!(scene.check_chain(&chain), Err(Refusal::RootUnknown));
    chain.push(stranger.root_certificate());
    assert_eq!(scene.check_chain(&chain), Err(Refusal::RootUnknown));
    scene.roots = Roots::default();
    assert_eq!(scene.check_android(&scene.android()), Err(Refusal::RootUnknown));
}

#[test]
fn the_right_one_of_several_roots_counts() {
    let mut scene = Scene::new();
    let stranger = Vendor::of(b"stranger", NOW).root_certificate();
    let files = [("a.der", stranger), ("b.der", scene.vendor.root_certificate())];
    scene.roots = Roots::load(&files).unwrap();
    assert!(scene.check_android(&scene.android()).is_ok());
}

#[test]
fn a_chain_is_as_long_as_its_authorities_allow() {
    let mut scene = Scene::new();
    let middle_key = KeyPair::of(b"middle");
    let middle = Vendor::of(b"middle", NOW);
    let mut middle = Draft { issuer: "Authority of tests", ..middle.authority };
    middle.subject = "Middle of tests";
    middle.key_info = scene.vendor.leaf(&middle_key.public(), unknown(false), NOW).key_info;
    let mut leaf = scene.vendor.leaf(&scene.point, scene.android().extension(), NOW);
    leaf.issuer = "Middle of tests";
    let chain = |scene: &Scene| {
        let above = scene.vendor.chain(&middle);
        [vec![leaf.sign(&middle_key)], above].concat()
    };
    assert_eq!(scene.check_chain(&chain(&scene)), Err(Refusal::CertificateUsage));
    scene.vendor.authority.authority = Some(Some(1));
    assert!(scene.check_chain(&chain(&scene)).is_ok());
    scene.vendor.authority.authority = Some(None);
    assert!(scene.check_chain(&chain(&scene)).is_ok());
}

#[test]
fn a_chain_has_one_to_six_certificates() {
    let scene = Scene::new();
    assert_eq!(scene.check_chain(&[]), Err(Refusal::ChainSize));
    let mut chain = scene.android().issue(&scene.vendor, &scene.point, NOW);
    chain.resize(6, scene.vendor.root_certificate());
    assert!(scene.check_chain(&chain).is_ok());
    chain.push(scene.vendor.root_certificate());
    assert_eq!(scene.check_chain(&chain), Err(Refusal::ChainSize));
}

#[test]
fn what_is_no_certificate_is_refused_wherever_it_is() {
    let scene = Scene::new();
    let genuine = scene.android().issue(&scene.vendor, &scene.point, NOW);
    for at in 0..genuine.len() {
        let mut chain = genuine.clone();
        chain[at].push(0);
        assert_eq!(scene.check_chain(&chain), Err(Refusal::CertificateMalformed));
    }
}

#[test]
fn roots_are_read_from_der_and_from_pem_with_several() {
    let scene = Scene::new();
    let stranger = Vendor::of(b"stranger", NOW).root_certificate();
    let pem = [stranger, scene.vendor.root_certificate()]
        .map(|der| openssl::x509::X509::from_der(&der).unwrap().to_pem().unwrap())
        .concat();
    let roots = Roots::load(&[("roots.pem", pem)]).unwrap();
    let scene = Scene { roots, ..scene };
    assert!(scene.check_android(&scene.android()).is_ok());
}

#[test]
fn a_root_that_cannot_be_used_is_named() {
    let scene = Scene::new();
    let good = scene.vendor.root_certificate();
    let mut weak = scene.vendor.root.clone();
    weak.key_info = generator(Curve::P192);
    let leaf = scene.android().issue(&scene.vendor, &scene.point, NOW).remove(0);
    let cases = [
        (Vec::new(), "holds no certificate"),
        (b"text".to_vec(), "holds no certificate"),
        (
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec(),
            "neither DER nor PEM",
        ),
        (good[..good.len() - 1].to_vec(), "not a certificate in strict DER"),
        (leaf, "not the certificate of an authority"),
        (weak.sign(&scene.vendor.root_key), "its key is too weak, or of an unknown kind"),
    ];
    for (bytes, reason) in cases {
        let error = Roots::load(&[("good.der", good.clone()), ("bad.der", bytes)]).unwrap_err();
        assert_eq!(error.to_string(), format!("bad.der: {reason}"));
    }
}
