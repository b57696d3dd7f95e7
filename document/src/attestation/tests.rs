//! What every statement has in common: who sends it, what is asked of it, and that no change of it
//! goes unnoticed.

mod android;
mod apple;
mod chain;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::issue::{AndroidStatement, AppleStatement, KeyPair, Vendor};
use super::{
    AndroidApp, Apps, Attested, Expected, Refusal, Roots, Statement, android as key_attestation,
    apple as app_attest, challenge, verify,
};

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;
const APPLE_APP: &str = "TEAM123456.org.example.verify";

/// A phone with its vendor, and the service that asks it.
struct Scene {
    vendor: Vendor,
    roots: Roots,
    device_key: KeyPair,
    point: Vec<u8>,
    apps: Apps,
    challenge: [u8; 32],
}

fn android_app() -> AndroidApp {
    AndroidApp { package: "org.example.verify".to_owned(), signing_digest: [9; 32] }
}

impl Scene {
    fn new() -> Self {
        let vendor = Vendor::of(b"vendor", NOW);
        let device_key = KeyPair::of(b"device");
        let point = device_key.public();
        let apps = Apps {
            apple: vec!["TEAM123456.org.example.other".to_owned(), APPLE_APP.to_owned()],
            android: vec![
                AndroidApp { package: "org.example.other".to_owned(), ..android_app() },
                android_app(),
            ],
            allow_apple_development: false,
        };
        let challenge = challenge("vs_1", "token", "device", &point);
        Self { roots: vendor.roots(), vendor, device_key, point, apps, challenge }
    }

    fn expected(&self) -> Expected<'_> {
        let (device_public_key, challenge) = (&self.point[..], self.challenge);
        Expected { device_public_key, challenge, now: NOW, apps: &self.apps }
    }

    fn android(&self) -> AndroidStatement {
        AndroidStatement::genuine(android_app(), self.challenge)
    }

    fn apple(&self) -> AppleStatement {
        AppleStatement::genuine(APPLE_APP, self.challenge)
    }

    fn check_chain(&self, chain: &[Vec<u8>]) -> Result<Attested, Refusal> {
        let chain = chain.iter().map(Vec::as_slice).collect();
        verify(&Statement::AndroidKey { chain }, &self.expected(), &self.roots)
    }

    fn check_android(&self, statement: &AndroidStatement) -> Result<Attested, Refusal> {
        self.check_chain(&statement.issue(&self.vendor, &self.point, NOW))
    }

    fn check_object(&self, attestation_object: &[u8], key_id: &[u8]) -> Result<Attested, Refusal> {
        let statement = Statement::AppleAppAttest { attestation_object, key_id };
        verify(&statement, &self.expected(), &self.roots)
    }

    fn check_apple(&self, statement: &AppleStatement) -> Result<Attested, Refusal> {
        let (object, key_id) = statement.issue(&self.vendor, &self.device_key, NOW);
        self.check_object(&object, &key_id)
    }
}

/// Every copy of `bytes` with one bit changed, and where.
fn flips(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    (0..8 * bytes.len()).map(|bit| {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        (bit / 8, flipped)
    })
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
    let codes: std::collections::HashSet<_> =
        Refusal::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(codes.len(), Refusal::ALL.len());
}

#[test]
fn a_challenge_is_the_hash_of_five_lines() {
    let text = b"kayle-attestation-v1\nvs_1\ntoken\ndevice\n04ab\n";
    assert_eq!(challenge("vs_1", "token", "device", &[4, 0xab]), openssl::sha::sha256(text));
}

#[test]
fn a_challenge_is_another_for_every_session_token_device_and_key() {
    let all = [
        challenge("a", "b", "c", &[4]),
        challenge("x", "b", "c", &[4]),
        challenge("a", "x", "c", &[4]),
        challenge("a", "b", "x", &[4]),
        challenge("a", "b", "c", &[5]),
    ];
    let different: std::collections::HashSet<_> = all.iter().collect();
    assert_eq!(different.len(), all.len());
}

#[test]
fn no_bit_of_an_android_chain_can_change() {
    let scene = Scene::new();
    let genuine = scene.android().issue(&scene.vendor, &scene.point, NOW);
    assert!(scene.check_chain(&genuine).is_ok());
    for (which, certificate) in genuine.iter().enumerate() {
        for (at, flipped) in flips(certificate) {
            let mut chain = genuine.clone();
            chain[which] = flipped;
            assert!(scene.check_chain(&chain).is_err(), "certificate {which}, byte {at}");
        }
    }
}

#[test]
fn no_bit_of_an_apple_object_can_change_but_in_the_receipt() {
    let scene = Scene::new();
    let statement = scene.apple();
    let (object, key_id) = statement.issue(&scene.vendor, &scene.device_key, NOW);
    let receipt = &statement.receipt[..];
    let start = object.windows(receipt.len()).position(|window| window == receipt).unwrap();
    for (at, flipped) in flips(&object) {
        let uncovered = (start..start + receipt.len()).contains(&at);
        assert_eq!(scene.check_object(&flipped, &key_id).is_ok(), uncovered, "byte {at}");
    }
    for (at, flipped) in flips(&key_id) {
        assert_eq!(scene.check_object(&object, &flipped), Err(Refusal::Key), "byte {at}");
    }
}

#[test]
fn one_kind_of_statement_is_none_of_the_other() {
    let scene = Scene::new();
    let leaf = scene.vendor.leaf(&scene.point, scene.apple().extension(&scene.device_key), NOW);
    let refused = scene.check_chain(&scene.vendor.chain(&leaf));
    assert_eq!(refused, Err(Refusal::StatementMissing));

    let chain = scene.android().issue(&scene.vendor, &scene.point, NOW);
    let object = scene.apple().object(&chain, &scene.device_key);
    let refused = scene.check_object(&object, &openssl::sha::sha256(&scene.point));
    assert_eq!(refused, Err(Refusal::StatementMissing));
}

fn seeded() -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Default::default() }
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn arbitrary_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let scene = Scene::new();
        prop_assert!(scene.check_object(&bytes, &bytes).is_err());
        prop_assert!(scene.check_chain(std::slice::from_ref(&bytes)).is_err());
        prop_assert!(Roots::load(&[("bytes", &bytes)]).is_err());
    }

    #[test]
    fn what_is_spoilt_and_signed_anew_never_panics(
        at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 0..6),
    ) {
        let scene = Scene::new();
        let mut extensions =
            [scene.android().extension(), scene.apple().extension(&scene.device_key)];
        for extension in &mut extensions {
            let from = at.index(extension.value.len());
            let to = extension.value.len().min(from + bytes.len());
            extension.value.splice(from..to, bytes.iter().copied());
            let leaf = scene.vendor.leaf(&scene.point, extension.clone(), NOW);
            let chain = scene.vendor.chain(&leaf);
            let _ = scene.check_chain(&chain);
            let object = scene.apple().object(&chain, &scene.device_key);
            let _ = scene.check_object(&object, &openssl::sha::sha256(&scene.point));
        }
    }

    #[test]
    fn what_is_cut_or_spoilt_is_refused(
        at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 0..6),
    ) {
        let scene = Scene::new();
        let statement = AppleStatement { receipt: Vec::new(), ..scene.apple() };
        let (object, key_id) = statement.issue(&scene.vendor, &scene.device_key, NOW);
        let from = at.index(object.len());
        prop_assert!(scene.check_object(&object[..from], &key_id).is_err());
        let mut spoilt = object.clone();
        let to = object.len().min(from + bytes.len());
        spoilt.splice(from..to, bytes);
        prop_assert!(spoilt == object || scene.check_object(&spoilt, &key_id).is_err());
    }
}
