//! A passport made here, and the one question all tests ask of one: is it believed?

use std::sync::LazyLock;

use kayle_document::Rule;
use kayle_document::evaluate::{Evidence, evaluate};
use kayle_document::issue::encode::{octets, sequence};
use kayle_document::issue::key::digest_identifier;
use kayle_document::issue::{
    Algorithm, Authority, SigningKey, SodForm, Specimen, Validity, dg1, dg2,
};
use kayle_document::mrz::Form;
use kayle_document::passive::Authorities;
use kayle_document::policy::Policy;
use kayle_document::trust::{Source, TrustStore};

/// 2026-05-05T12:00:00Z
pub const NOW: i64 = 1_777_982_400;

/// Ten years around now.
pub const GOOD: Validity = Validity { from: NOW - 157_680_000, to: NOW + 157_680_000 };

static GROUPS: LazyLock<[(u8, Vec<u8>); 2]> = LazyLock::new(|| {
    let image = [&[0xff, 0xd8, 0xff, 0xe0][..], &[0x5a; 600], &[0xff, 0xd9]].concat();
    [(1, dg1(&Specimen::default().mrz(Form::Td3))), (2, dg2(&image))]
});

/// The specimen's data groups.
pub fn groups() -> Vec<(u8, &'static [u8])> {
    GROUPS.iter().map(|(number, bytes)| (*number, bytes.as_slice())).collect()
}

/// The LDS security object over them.
pub fn object(digest: kayle_document::Digest, version: u8) -> Vec<u8> {
    let hash = |bytes: &[u8]| {
        let kind = openssl::hash::MessageDigest::from_name(&format!("{digest:?}")).expect("known");
        openssl::hash::hash(kind, bytes).expect("hashed").to_vec()
    };
    let hashes: Vec<Vec<u8>> = groups()
        .into_iter()
        .map(|(number, bytes)| sequence(&[&[2, 1, number], &octets(&hash(bytes))]))
        .collect();
    let hashes: Vec<&[u8]> = hashes.iter().map(Vec::as_slice).collect();
    sequence(&[&[2, 1, version], &digest_identifier(digest), &sequence(&hashes)])
}

/// An authority, a signer and EF.SOD over the specimen's data groups.
pub struct Passport {
    pub authority: Authority,
    sod: Vec<u8>,
}

impl Passport {
    /// Everything signed with that algorithm.
    pub fn new(algorithm: Algorithm, form: SodForm) -> Self {
        let key = || SigningKey::generate(algorithm).expect("a key");
        let authority = Authority::new(key(), ("UT", "CSCA"), GOOD).expect("an authority");
        let signer = authority.signer(key(), &[0x77], GOOD).expect("a signer");
        let sod = signer.sign(&groups(), form).expect("signed");
        Self { authority, sod }
    }

    /// EF.SOD
    pub fn sod(&self) -> &[u8] {
        &self.sod
    }

    /// The authority's certificate.
    pub fn anchor(&self) -> &[u8] {
        self.authority.certificate()
    }
}

/// A store of those files.
pub fn trusting(files: &[&[u8]], policy: &Policy, now: i64) -> TrustStore {
    let source =
        |(at, bytes): (usize, &&[u8])| Source { name: at.to_string(), bytes: bytes.to_vec() };
    let sources: Vec<Source> = files.iter().enumerate().map(source).collect();
    TrustStore::load(&sources, policy, now).0
}

/// Whether the specimen's data groups under that EF.SOD are believed by who trusts those files.
pub fn believed(sod: &[u8], files: &[&[u8]], now: i64) -> Result<(), Rule> {
    believed_under(&Policy::default(), sod, files, now)
}

/// The same, by who allows what `policy` does.
pub fn believed_under(policy: &Policy, sod: &[u8], files: &[&[u8]], now: i64) -> Result<(), Rule> {
    let trust = trusting(files, policy, now);
    let by = Authorities { trust: &trust, policy, now };
    let groups = groups();
    let evidence = Evidence {
        dg1: groups[0].1,
        dg2: groups[1].1,
        dg14: None,
        dg15: None,
        sod,
        active: None,
        chip: None,
    };
    evaluate(&evidence, by, &[]).map(drop)
}
