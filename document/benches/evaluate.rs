//! A full check of a document beside the cost of its signatures alone, in one run.
//!
//! The floor is what OpenSSL takes for the same verifications with keys and digests at hand. What
//! comes on top is reading every structure, hashing the data groups and building the keys.

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

use kayle_document::evaluate::{Evidence, evaluate};
use kayle_document::issue::{
    Algorithm, Authority, SigningKey, SodForm, Specimen, Validity, dg1, dg2,
};
use kayle_document::mrz::Form;
use kayle_document::passive::Authorities;
use kayle_document::policy::Policy;
use kayle_document::trust::{Source, TrustStore};
use kayle_document::{Digest, active};
use openssl::ecdsa::EcdsaSig;
use openssl::hash::{MessageDigest, hash};
use openssl::pkey::{PKey, Public};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;

/// 2026-05-05T12:00:00Z
const NOW: i64 = 1_777_982_400;
const CHALLENGE: [u8; 8] = *b"kayle\0\0\x01";
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(600);

/// A document with everything a check needs.
struct Case {
    name: &'static str,
    groups: [Vec<u8>; 3],
    sod: Vec<u8>,
    answer: Vec<u8>,
    trust: TrustStore,
    signatures: Vec<Signature>,
}

/// One verification of a document's check, with the key at hand.
struct Signature {
    key: PKey<Public>,
    digest: Vec<u8>,
    value: Vec<u8>,
}

impl Signature {
    fn over(key: &SigningKey) -> Self {
        let message = b"what is signed";
        let digest = hash(MessageDigest::sha256(), message).expect("hashed").to_vec();
        let public = key.public().expect("a public key");
        Self {
            key: PKey::public_key_from_der(&public).expect("a key"),
            digest,
            value: key.sign(message).expect("signed"),
        }
    }

    fn verify(&self) -> bool {
        if let Ok(key) = self.key.ec_key() {
            let value = EcdsaSig::from_der(&self.value).expect("a signature");
            return value.verify(&self.digest, &key).expect("verified");
        }
        let mut context = PkeyCtx::new(&self.key).expect("a context");
        context.verify_init().expect("ready");
        context.set_rsa_padding(Padding::PKCS1).expect("set");
        context.set_signature_md(openssl::md::Md::sha256()).expect("set");
        context.verify(&self.digest, &self.value).expect("verified")
    }
}

impl Case {
    fn new(name: &'static str, signer: Algorithm) -> Self {
        let good = Validity { from: NOW - 1_000_000, to: NOW + 1_000_000 };
        let key = |algorithm| SigningKey::generate(algorithm).expect("a key");
        let (authority_key, signer_key) = (key(Algorithm::P256), key(signer));
        let chip = key(Algorithm::P256);
        let signatures = [&authority_key, &signer_key, &chip].map(Signature::over).into();
        let authority = Authority::new(authority_key, ("UT", "CSCA"), good).expect("made");
        let signer = authority.signer(signer_key, &[7], good).expect("made");
        let image = [&[0xff, 0xd8, 0xff, 0xe0][..], &vec![0x5a; 20_000], &[0xff, 0xd9]].concat();
        let groups =
            [dg1(&Specimen::default().mrz(Form::Td3)), dg2(&image), active::issue::dg15(&chip)];
        let [one, two, fifteen] = &groups;
        let listed: [(u8, &[u8]); 3] = [(1, one), (2, two), (15, fifteen)];
        let sod = signer.sign(&listed, SodForm::default()).expect("signed");
        let answer = active::issue::answer(&chip, &CHALLENGE, Digest::Sha256);
        let source = Source { name: name.into(), bytes: authority.certificate().to_vec() };
        let (trust, _) = TrustStore::load(&[source], &Policy::default(), NOW);
        Self { name, groups, sod, answer, trust, signatures }
    }

    fn check(&self) {
        let policy = Policy::default();
        let by = Authorities { trust: &self.trust, policy: &policy, now: NOW };
        let evidence = Evidence {
            dg1: &self.groups[0],
            dg2: &self.groups[1],
            dg14: None,
            dg15: Some(&self.groups[2]),
            sod: &self.sod,
            active: Some(&self.answer),
            chip: None,
        };
        let document = evaluate(black_box(&evidence), by, &[CHALLENGE]);
        assert!(document.is_ok_and(|document| document.active), "a genuine document");
    }

    fn signatures(&self) {
        assert!(self.signatures.iter().all(|signature| black_box(signature).verify()));
    }
}

/// Time of one call, in microseconds: the median of rounds.
fn measure(work: impl Fn()) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let (start, mut calls) = (Instant::now(), 0u32);
            while start.elapsed() < ROUND {
                work();
                calls += 1;
            }
            start.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

fn main() {
    // `cargo bench` says so; `cargo test --benches` only wants to see that this starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let cases = [
        Case::new("RSA-2048 signer", Algorithm::RsaPkcs1 { bits: 2048, digest: Digest::Sha256 }),
        Case::new("P-256 signer", Algorithm::P256),
    ];
    println!("NFC evaluation: P-256 CSCA, DG1, DG2 of 20 kB, DG15 (P-256)");
    for case in &cases {
        let (whole, floor) = (measure(|| case.check()), measure(|| case.signatures()));
        let ratio = whole / floor;
        println!(
            "{:<16} {whole:>7.1} µs, its signatures alone {floor:>7.1} µs: {ratio:.2} × (≤ 1.5)",
            case.name
        );
    }
    let case = &cases[1];
    let each: f64 = thread::scope(|scope| {
        let threads = [(); 2].map(|()| scope.spawn(|| 1e6 / measure(|| case.check())));
        threads.into_iter().map(|thread| thread.join().expect("measured")).sum()
    });
    println!("P-256 on 2 threads: {each:.0}/s (≥ 2000)");
}
