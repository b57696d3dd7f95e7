//! What each target does with an input. The fuzzer runs it on inputs of its own, `cargo test` on
//! those of the corpus.

use std::hint::black_box;
use std::sync::LazyLock;

use kayle_document::attestation::issue::Vendor;
use kayle_document::attestation::{self, AndroidApp, Apps, Expected, Roots, Statement};
use kayle_document::chip::Exchange;
use kayle_document::evaluate::{ChipAnswer, Evidence, evaluate};
use kayle_document::face::Face;
use kayle_document::holder::Holder;
use kayle_document::issue::{Authority, SigningKey, Validity};
use kayle_document::mrz::Mrz;
use kayle_document::passive::Authorities;
use kayle_document::policy::Policy;
use kayle_document::security::SecurityInfos;
use kayle_document::trust::{Source, TrustStore};
use kayle_document::{Curve, Digest, active, tlv};
use time::macros::date;

use super::within_bounds;

/// 2026-05-05T12:00:00Z
pub const NOW: i64 = 1_777_982_400;
/// Ten years around now.
pub const GOOD: Validity = Validity { from: NOW - 157_680_000, to: NOW + 157_680_000 };
/// The challenge every chip was given.
pub const CHALLENGE: [u8; active::CHALLENGE] = *b"\xf1\x73\x58\x99\x74\xbf\x40\xc6";
/// The challenge every phone was given.
pub const STATED: [u8; 32] = [0x5a; 32];
/// The app of Apple's phones.
pub const APPLE_APP: &str = "TEAM123456.org.example.verify";

/// SHA-1 is believed, so that what it signed gets further than its name.
const POLICY: Policy =
    Policy { sha1_until: Some(NOW + 1), require_fresh_crl: false, require_chip_proof: false };

/// A target: its name, and what it does with an input; it says whether anything was believed.
pub type Target = (&'static str, fn(&[u8]) -> bool);

/// Every target.
pub const TARGETS: [Target; 5] = [
    ("attestation", attestation),
    ("chip", chip),
    ("data_groups", data_groups),
    ("document", document),
    ("trust", trust),
];

/// The authority of every document: its key is always the same, so that a corpus outlives the
/// process that made it.
pub fn authority() -> Authority {
    let seed = openssl::sha::sha256(b"the authority of every document");
    let key = SigningKey::derived(Curve::P256, Digest::Sha256, &seed).expect("a key");
    Authority::new(key, ("UT", "CSCA"), GOOD).expect("an authority")
}

/// The vendor of every phone.
pub fn vendor() -> Vendor {
    Vendor::of(b"vendor", NOW)
}

/// The app of Android's phones.
pub fn android_app() -> AndroidApp {
    AndroidApp { package: "org.example.verify".to_owned(), signing_digest: [9; 32] }
}

/// The device's key in every statement.
pub fn device_public_key() -> Vec<u8> {
    attestation::issue::KeyPair::of(b"device").public()
}

fn source(name: &str, bytes: &[u8]) -> Source {
    Source { name: name.to_owned(), bytes: bytes.to_vec() }
}

/// What inputs are checked against, made before anything is measured.
struct World {
    anchor: Source,
    trust: TrustStore,
    roots: Roots,
    device: Vec<u8>,
    apps: Apps,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    // The tables of curves are of a fixed size and are made once.
    let sizes: usize = Curve::ALL.into_iter().map(Curve::field_size).sum();
    black_box(sizes);
    let anchor = source("anchor", authority().certificate());
    let (trust, _) = TrustStore::load(std::slice::from_ref(&anchor), &POLICY, NOW);
    assert_eq!(trust.anchors().count(), 1, "the authority is believed");
    let apps = Apps {
        apple: vec![APPLE_APP.to_owned()],
        android: vec![android_app()],
        allow_apple_development: true,
    };
    World { anchor, trust, roots: vendor().roots(), device: device_public_key(), apps }
});

/// Cuts an input into parts, each behind its length in two bytes; what is left is the last.
fn parts<const N: usize>(mut input: &[u8]) -> [&[u8]; N] {
    let mut parts = [&[][..]; N];
    for (at, part) in parts.iter_mut().enumerate() {
        if at + 1 == N {
            *part = input;
            break;
        }
        let Some((length, rest)) = input.split_first_chunk::<2>() else { break };
        let length = usize::from(u16::from_be_bytes(*length)).min(rest.len());
        (*part, input) = rest.split_at(length);
    }
    parts
}

/// A part that may be left out.
fn given(part: &[u8]) -> Option<&[u8]> {
    (!part.is_empty()).then_some(part)
}

/// Bytes that are always the same.
fn not_random(bytes: &mut [u8]) {
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::try_from(at % 251).unwrap_or_default() ^ 0x35;
    }
}

/// The input as each data group, as the characters of a zone, and as objects in a row.
pub fn data_groups(input: &[u8]) -> bool {
    within_bounds(input, |input| {
        let mut reader = tlv::Reader::new(input);
        while let Ok(object) = reader.next_object() {
            black_box(object);
        }
        let read = |mrz: Result<Mrz, _>| Holder::read(&mrz?, date!(2026 - 05 - 05));
        let holders = [read(Mrz::read(input)), read(Mrz::parse(input))];
        let (face, infos) = (Face::read(input), SecurityInfos::read(input));
        holders.iter().any(Result::is_ok) || face.is_ok() || infos.is_ok()
    })
}

/// DG1, DG2, DG14, DG15, EF.SOD, the answer to the challenge, an exchange and the answer in it.
pub fn document(input: &[u8]) -> bool {
    let world = &*WORLD;
    within_bounds(input, |input| {
        let [dg1, dg2, dg14, dg15, sod, active, exchange, response] = parts(input);
        let exchange = Exchange::open(exchange);
        let chip = given(response);
        let chip = chip.map(|response| ChipAnswer { exchange: exchange.as_ref(), response });
        let (dg14, dg15, active) = (given(dg14), given(dg15), given(active));
        let evidence = Evidence { dg1, dg2, dg14, dg15, sod, active, chip };
        let by = Authorities { trust: &world.trust, policy: &POLICY, now: NOW };
        evaluate(&evidence, by, &[[0; 8], CHALLENGE]).is_ok()
    })
}

/// DG14, DG15, the answer to the challenge, an exchange without its hash, and the answer in it.
pub fn chip(input: &[u8]) -> bool {
    LazyLock::force(&WORLD);
    let [dg14, dg15, answer, exchange, response] = parts(input);
    // No change of data group 14 would get past the hash of the one it was begun with.
    let (head, private) = exchange.split_at(exchange.len().min(2));
    let exchange = [head, &openssl::sha::sha256(dg14), private].concat();
    within_bounds(input, |_| {
        let infos = SecurityInfos::read(dg14).ok();
        let active = active::verify(dg15, infos.as_ref(), &CHALLENGE, answer);
        let exchange = Exchange::open(&exchange);
        let agreed = exchange.is_some_and(|exchange| exchange.verify(dg14, response).is_ok());
        let _ = black_box(Exchange::begin(dg14, &mut not_random));
        active.is_ok() || agreed
    })
}

/// Three files, beside the one of the authority that is trusted already.
pub fn trust(input: &[u8]) -> bool {
    let files = parts::<3>(input).map(|file| source("file", file));
    let sources = [std::slice::from_ref(&WORLD.anchor), &files].concat();
    let (_, report) = within_bounds(input, |_| TrustStore::load(&sources, &POLICY, NOW));
    report.is_useful("file")
}

/// By the first byte: files of roots, a statement of Apple or one of Android.
pub fn attestation(input: &[u8]) -> bool {
    let world = &*WORLD;
    let (kind, rest) = input.split_first().unwrap_or((&0, &[]));
    let (device_public_key, challenge) = (&world.device[..], STATED);
    let expected = Expected { device_public_key, challenge, now: NOW, apps: &world.apps };
    within_bounds(input, |_| {
        let statement = match kind % 3 {
            0 => {
                let files = parts::<2>(rest).into_iter().filter_map(given);
                let files: Vec<_> = files.map(|file| ("file", file)).collect();
                return Roots::load(&files).is_ok();
            }
            1 => {
                let [key_id, attestation_object] = parts(rest);
                Statement::AppleAppAttest { attestation_object, key_id }
            }
            _ => {
                let chain = parts::<7>(rest).into_iter().filter_map(given).collect();
                Statement::AndroidKey { chain }
            }
        };
        attestation::verify(&statement, &expected, &world.roots).is_ok()
    })
}
