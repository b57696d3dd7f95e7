//! Apple's App Attest: genuine, with every single deviation, and Apple's own example.

use super::app_attest;
use super::*;
use crate::attestation::Keeper;

type Deviation = (fn(&mut AppleStatement), Refusal);

const DEVIATIONS: &[Deviation] = &[
    (|s| s.challenge[0] ^= 1, Refusal::Challenge),
    (|s| s.challenge.clear(), Refusal::Challenge),
    (|s| s.app = "TEAM123456.org.example".to_owned(), Refusal::App),
    (|s| s.counter = 1, Refusal::Counter),
    (|s| s.environment = *b"appattestdevelop", Refusal::Environment),
    (|s| s.environment = [0; 16], Refusal::Environment),
    (|s| s.key_id = Some([1; 32]), Refusal::Key),
];

/// "Attestation object validation guide" (developer.apple.com, `DeviceCheck`; 2026), its receipt
/// left out, and Apple's App Attestation Root CA (apple.com/certificateauthority).
const EXAMPLE: &[u8] = include_bytes!("apple_example.cbor");
const APPLE_ROOT: &[u8] = include_bytes!("apple_root.der");
/// 2026-04-21 18:13:12, two days before the example's first certificate expires.
const EXAMPLE_TIME: i64 = 1_776_795_192;

fn check_example(now: i64, client_data: &[u8]) -> Result<Attested, Refusal> {
    let apps = Apps { apple: vec!["1234567890.com.example.myapp".to_owned()], ..Apps::default() };
    let expected = Expected { device_public_key: &[], challenge: [0; 32], now, apps: &apps };
    let key_id = openssl::base64::decode_block("zgSY9YSD+7TaDXssY6WlOPVS1K3Lmk+pFhlcSWE+ZV0=");
    let roots = Roots::load(&[("apple.der", APPLE_ROOT)]).unwrap();
    app_attest::verify((EXAMPLE, &key_id.unwrap()), &expected, client_data, &roots)
}

#[test]
fn apples_example_passes() {
    // The example passes its challenge where a hash of it would belong.
    let attested = check_example(EXAMPLE_TIME, b"example_server_challenge").unwrap();
    assert_eq!(attested.app, "1234567890.com.example.myapp");
    assert_eq!(attested.keeper, Keeper::SecureEnclave);
    assert!(!attested.development);
    assert_eq!(attested.serials[0], [0x01, 0x9d, 0xb1, 0x3f, 0x0b, 0x4e]);
}

#[test]
fn apples_example_counts_for_its_challenge_and_for_three_days() {
    let other = check_example(EXAMPLE_TIME, b"example_server_challengf");
    assert_eq!(other, Err(Refusal::Challenge));
    for days in [-2, 3] {
        let then = check_example(EXAMPLE_TIME + days * DAY, b"example_server_challenge");
        assert_eq!(then, Err(Refusal::CertificateValidity));
    }
}

#[test]
fn a_genuine_app_passes() {
    let scene = Scene::new();
    let attested = scene.check_apple(&scene.apple()).unwrap();
    assert_eq!(attested.keeper, Keeper::SecureEnclave);
    assert_eq!(attested.app, APPLE_APP);
    assert!(!attested.development);
}

#[test]
fn every_deviation_has_its_refusal() {
    let scene = Scene::new();
    for (at, (deviate, refusal)) in DEVIATIONS.iter().enumerate() {
        let mut statement = scene.apple();
        deviate(&mut statement);
        assert_eq!(scene.check_apple(&statement), Err(*refusal), "deviation {at}");
    }
}

#[test]
fn an_app_in_development_passes_where_that_is_allowed() {
    let mut scene = Scene::new();
    scene.apps.allow_apple_development = true;
    assert!(scene.check_apple(&scene.apple().in_development()).unwrap().development);
    assert!(!scene.check_apple(&scene.apple()).unwrap().development);
}

#[test]
fn a_statement_counts_for_the_device_key_it_was_asked_for() {
    let mut scene = Scene::new();
    let (object, key_id) = scene.apple().issue(&scene.vendor, &scene.device_key, NOW);
    let other = KeyPair::of(b"other").public();
    scene.challenge = challenge("vs_1", "token", "device", &other);
    assert_eq!(scene.check_object(&object, &key_id), Err(Refusal::Challenge));
}

#[test]
fn an_object_is_about_the_key_of_its_certificate() {
    let scene = Scene::new();
    let (object, _) = scene.apple().issue(&scene.vendor, &scene.device_key, NOW);
    assert_eq!(scene.check_object(&object, &[1; 32]), Err(Refusal::Key));
    assert_eq!(scene.check_object(&object, &[]), Err(Refusal::Key));
    // A certificate for another key, of an object that names this one.
    let other = KeyPair::of(b"other").public();
    let leaf = scene.vendor.leaf(&other, scene.apple().extension(&scene.device_key), NOW);
    let object = scene.apple().object(&scene.vendor.chain(&leaf), &scene.device_key);
    let key_id = openssl::sha::sha256(&scene.point);
    assert_eq!(scene.check_object(&object, &key_id), Err(Refusal::Key));
}

#[test]
fn nothing_above_the_leaf_may_have_expired() {
    let mut scene = Scene::new();
    scene.vendor.authority.validity.1 = NOW - 1;
    assert_eq!(scene.check_apple(&scene.apple()), Err(Refusal::CertificateValidity));
}

#[test]
fn a_certificate_without_a_nonce_states_nothing() {
    let scene = Scene::new();
    let mut leaf = scene.vendor.leaf(&scene.point, scene.apple().extension(&scene.device_key), NOW);
    let genuine = leaf.extensions[0].value.clone();
    for value in [vec![], vec![0x30, 0], genuine[..10].to_vec(), [&genuine[..], &[0]].concat()] {
        leaf.extensions[0].value = value;
        let object = scene.apple().object(&scene.vendor.chain(&leaf), &scene.device_key);
        assert_eq!(scene.check_object(&object, &[]), Err(Refusal::Malformed));
    }
    leaf.extensions.clear();
    let object = scene.apple().object(&scene.vendor.chain(&leaf), &scene.device_key);
    assert_eq!(scene.check_object(&object, &[]), Err(Refusal::StatementMissing));
}

/// The genuine object with one text or run of bytes in place of another.
fn edited(scene: &Scene, from: &[u8], to: &[u8]) -> Result<Attested, Refusal> {
    let (mut object, key_id) = scene.apple().issue(&scene.vendor, &scene.device_key, NOW);
    let at = object.windows(from.len()).position(|window| window == from).unwrap();
    object.splice(at..at + from.len(), to.iter().copied());
    scene.check_object(&object, &key_id)
}

#[test]
fn an_object_is_strict_cbor() {
    let scene = Scene::new();
    let edits: &[(&[u8], &[u8])] = &[
        (b"\xa3cfmt", b"\xbfcfmt"),
        (b"\xa3cfmt", b"\xa4cfmt"),
        (b"\xa3cfmt", b"\xa2cfmt"),
        (b"\xa3cfmt", b"\xa4cfmtoapple-appattestcfmt"),
        (b"\xa3cfmt", b"\xa4aaaacfmt"),
        (b"cfmt", b"cfmu"),
        (b"cfmt", b"Cfmt"),
        (b"oapple-appattest", b"napple-appattes"),
        (b"gattStmt\xa2", b"gattStmt\xbf"),
        (b"gattStmt\xa2", b"gattStmt\xa3dmorea0"),
        (b"gattStmt\xa2", b"gattStmt\xa3greceipt@"),
        (b"gattStmt\xa2", b"gattStmt\xa1"),
        (b"x5c\x82", b"x5c\x9f"),
        (b"x5c\x82", b"x5c\x83"),
        (b"x5c\x82", b"x5c\x9b\xff\xff\xff\xff\xff\xff\xff\xff"),
        (b"x5c\x82", b"x5c\x87AaAaAaAaAa"),
        (b"greceiptI", b"greceipti"),
        (b"greceiptI", b"greceiptX"),
    ];
    for (from, to) in edits {
        assert_eq!(edited(&scene, from, to), Err(Refusal::Malformed), "{}", to.escape_ascii());
    }
    let (mut object, key_id) = scene.apple().issue(&scene.vendor, &scene.device_key, NOW);
    object.push(0);
    assert_eq!(scene.check_object(&object, &key_id), Err(Refusal::Malformed));
    assert_eq!(scene.check_object(&[0xa0], &key_id), Err(Refusal::Malformed));
    let receipt = vec![0; 32_768];
    let long = AppleStatement { receipt, ..scene.apple() };
    assert_eq!(scene.check_apple(&long), Err(Refusal::Malformed));
}

#[test]
fn the_data_about_the_key_have_to_be_there() {
    let scene = Scene::new();
    let app = openssl::sha::sha256(APPLE_APP.as_bytes());
    let flags = |flags| [&app[..], &[flags]].concat();
    assert_eq!(edited(&scene, &flags(0x40), &flags(0)), Err(Refusal::Malformed));
    let id = openssl::sha::sha256(&scene.point);
    let length = |length| [&[0, length], &id[..]].concat();
    assert_eq!(edited(&scene, &length(32), &length(31)), Err(Refusal::Malformed));
    let statement = scene.apple();
    let chain = scene.vendor.chain(&scene.vendor.leaf(
        &scene.point,
        statement.extension(&scene.device_key),
        NOW,
    ));
    let object = statement.object(&chain, &scene.device_key);
    let at = object.windows(8).position(|window| window == b"authData").unwrap();
    let short = [&object[..at + 8], &[0x58, 86], &[0x40; 86]].concat();
    assert_eq!(scene.check_object(&short, &id), Err(Refusal::Malformed));
}

#[test]
fn an_object_without_certificates_is_refused() {
    let scene = Scene::new();
    let object = scene.apple().object(&[], &scene.device_key);
    assert_eq!(scene.check_object(&object, &[]), Err(Refusal::ChainSize));
}
