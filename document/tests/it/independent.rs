//! Documents, chips and lists that Python made without OpenSSL are believed here, and ours there.

use std::fs;
use std::path::Path;
use std::process::Command;

use kayle_document::active::issue::{answer, complement, dg15};
use kayle_document::chip::Exchange;
use kayle_document::chip::issue::{Chip, Spelling};
use kayle_document::issue::{Algorithm, Authority, SigningKey, SodForm, Validity};
use kayle_document::policy::Policy;
use kayle_document::security::{Cipher, SecurityInfos};
use kayle_document::trust::{Source, Status, TrustStore};
use kayle_document::{Curve, Digest, Rule, active};
use tempfile::TempDir;

use crate::passport::{GOOD, NOW, Passport, believed, believed_under, groups};

const CHALLENGE: [u8; active::CHALLENGE] = *b"\x00\xf1\x73\x58\x99\x74\xbf\x40";

/// A folder in which the other judge works; it has the specimen's data groups.
struct Judge(TempDir);

impl Judge {
    fn new() -> Self {
        let judge = Self(tempfile::tempdir().expect("a folder"));
        for (number, bytes) in groups() {
            judge.write(&format!("dg{number}.bin"), bytes);
        }
        judge.write("challenge", CHALLENGE);
        judge
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.path().join(name), bytes).expect("a file");
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.path().join(name)).expect("a file")
    }

    /// What it says, line by line.
    fn run(&self, command: &str) -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let python = root.join("../end2end/.venv/bin/python");
        assert!(python.exists(), "{} is missing: run scripts/setup test", python.display());
        let mut run = Command::new(python);
        run.arg("-B").arg(root.join("tests/it/independent")).arg(command).arg(self.0.path());
        let ran = run.arg(NOW.to_string()).output().expect("Python runs");
        let said = String::from_utf8_lossy(&ran.stderr);
        let hint = "if a module is missing, run scripts/setup test";
        assert!(ran.status.success(), "{command} ({hint}):\n{said}");
        String::from_utf8(ran.stdout).expect("text").lines().map(str::to_owned).collect()
    }

    /// Asserts that it holds exactly those for genuine, and refuses something of each.
    fn judges(&self, command: &str, genuine: &[String]) {
        let said = self.run(command);
        let believed = said.iter().filter_map(|line| line.strip_suffix(" genuine"));
        let mut believed: Vec<&str> = believed.collect();
        let mut genuine: Vec<&str> = genuine.iter().map(String::as_str).collect();
        believed.sort_unstable();
        genuine.sort_unstable();
        assert_eq!(believed, genuine, "{said:#?}");
        let refused = said.iter().filter(|line| line.contains(" refused: "));
        assert!(refused.count() >= genuine.len(), "{said:#?}");
    }
}

fn flipped(bytes: &[u8]) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    *changed.last_mut().expect("not empty") ^= 1;
    changed
}

/// Random bytes from a seed.
fn seeded(mut seed: u64) -> impl FnMut(&mut [u8]) {
    move |bytes| {
        for byte in bytes {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = (seed >> 56) as u8;
        }
    }
}

const CURVES: [(&str, Curve); 6] = [
    ("secp256r1", Curve::P256),
    ("secp384r1", Curve::P384),
    ("secp521r1", Curve::P521),
    ("brainpoolp256r1", Curve::Brainpool256),
    ("brainpoolp384r1", Curve::Brainpool384),
    ("brainpoolp512r1", Curve::Brainpool512),
];

const DIGESTS: [(&str, Digest); 3] =
    [("sha256", Digest::Sha256), ("sha384", Digest::Sha384), ("sha512", Digest::Sha512)];

/// Every way of signing that both sides know: as the other calls it, and as it is called here. RSA
/// comes first.
fn algorithms() -> Vec<(String, Algorithm)> {
    let bits = 2_048;
    let mut all = vec![
        ("pkcs1 sha256".to_owned(), Algorithm::RsaPkcs1 { bits, digest: Digest::Sha256 }),
        ("pss sha256".to_owned(), Algorithm::RsaPss { bits, digest: Digest::Sha256 }),
        ("pss sha512".to_owned(), Algorithm::RsaPss { bits, digest: Digest::Sha512 }),
    ];
    for (at, (curve_name, curve)) in CURVES.into_iter().enumerate() {
        for (digest_name, digest) in DIGESTS {
            let algorithm = Algorithm::Ecdsa { curve, digest, explicit: at % 2 == 1 };
            all.push((format!("{curve_name} {digest_name}"), algorithm));
        }
    }
    all
}

#[test]
fn documents_issued_independently_are_believed() {
    let (judge, algorithms) = (Judge::new(), algorithms());
    let line = |(at, (name, _)): (usize, &(String, Algorithm))| {
        let id = if at / 2 % 2 == 0 { "serial" } else { "key" };
        format!("{at} {name} {} {id}\n", at % 2)
    };
    judge.write("cases", algorithms.iter().enumerate().map(line).collect::<String>());
    judge.run("issue");
    for (at, (name, _)) in algorithms.iter().enumerate() {
        let (sod, anchor) = (judge.read(&format!("{at}.sod")), judge.read(&format!("{at}.csca")));
        assert_eq!(believed(&sod, &[&anchor], NOW), Ok(()), "{name}");
        assert_eq!(believed(&flipped(&sod), &[&anchor], NOW), Err(Rule::SodSignature), "{name}");
        // The three that sign with RSA share their keys.
        let other = judge.read(&format!("{}.csca", (at + 3) % algorithms.len()));
        assert_eq!(believed(&sod, &[&other], NOW), Err(Rule::IssuerUnknown), "{name}");
    }
}

#[test]
fn documents_issued_here_are_believed_independently() {
    let (judge, mut genuine) = (Judge::new(), Vec::new());
    let stranger = Passport::new(Algorithm::P256, SodForm::default());
    for (at, (name, algorithm)) in algorithms().into_iter().enumerate() {
        let form = SodForm {
            version: u8::from(at % 2 == 1),
            by_key_id: at / 2 % 2 == 1,
            signing_time: (at % 3 == 0).then_some(NOW - 1_000),
            digest: DIGESTS[at % 3].1,
            ..SodForm::default()
        };
        let (passport, name) = (Passport::new(algorithm, form), name.replace(' ', "-"));
        for (kind, sod, anchor) in [
            ("", passport.sod().to_vec(), passport.anchor()),
            ("flipped-", flipped(passport.sod()), passport.anchor()),
            ("foreign-", passport.sod().to_vec(), stranger.anchor()),
        ] {
            judge.write(&format!("{kind}{name}.sod"), sod);
            judge.write(&format!("{kind}{name}.csca"), anchor);
        }
        genuine.push(name);
    }
    judge.judges("check", &genuine);
}

/// Keys of chips, and the digests that they sign with.
const SIGNERS: [(&str, &str); 9] = [
    ("1024", "sha1"),
    ("1024", "sha256"),
    ("2048", "sha1"),
    ("2048", "sha256"),
    ("secp256r1", "sha1"),
    ("secp256r1", "sha256"),
    ("secp256r1", "sha512"),
    ("brainpoolp256r1", "sha256"),
    ("brainpoolp256r1", "sha384"),
];

#[test]
fn answers_of_independent_chips_verify() {
    let judge = Judge::new();
    let lines = SIGNERS.map(|(kind, digest)| format!("{kind}-{digest} {kind} {digest}\n"));
    judge.write("cases", lines.concat());
    judge.run("sign-challenges");
    for (kind, digest) in SIGNERS {
        let read = |end| judge.read(&format!("{kind}-{digest}.{end}"));
        let (dg14, dg15, answer) = (read("dg14"), read("dg15"), read("answer"));
        let infos = SecurityInfos::read(&dg14).expect("data group 14");
        let verify =
            |challenge, answer: &[u8]| active::verify(&dg15, Some(&infos), challenge, answer);
        assert_eq!(verify(&CHALLENGE, &answer), Ok(()), "{kind} {digest}");
        let refused = Err(Rule::ActiveSignature);
        assert_eq!(verify(&CHALLENGE, &flipped(&answer)), refused, "{kind} {digest}");
        assert_eq!(verify(b"anything", &answer), refused, "{kind} {digest}");
    }
}

#[test]
fn answers_of_chips_made_here_verify_independently() {
    let (judge, mut genuine, mut lines) = (Judge::new(), Vec::new(), Vec::new());
    for (kind, name) in SIGNERS {
        let digest = if name == "sha1" { Digest::Sha1 } else { digest_named(name) };
        let algorithm = match kind.parse() {
            Ok(bits) => Algorithm::RsaPkcs1 { bits, digest },
            Err(_) => Algorithm::Ecdsa { curve: curve_named(kind), digest, explicit: false },
        };
        let key = SigningKey::generate(algorithm).expect("a key");
        let given = answer(&key, &CHALLENGE, digest);
        let mut cases = vec![("flipped-", flipped(&given)), ("", given.clone())];
        if key.openssl().rsa().is_ok() {
            cases.push(("complement-", complement(&key, &given)));
            cases.push(("foreign-", answer(&key, b"anything", digest)));
        }
        for (prefix, answer) in cases {
            let case = format!("{prefix}{kind}-{name}");
            judge.write(&format!("{case}.dg15"), dg15(&key));
            judge.write(&format!("{case}.answer"), answer);
            lines.push(format!("{case} {name}\n"));
            genuine.extend((!["flipped-", "foreign-"].contains(&prefix)).then_some(case));
        }
    }
    judge.write("cases", lines.concat());
    judge.judges("check-answers", &genuine);
}

fn digest_named(name: &str) -> Digest {
    DIGESTS.into_iter().find(|(known, _)| *known == name).expect("a known digest").1
}

fn curve_named(name: &str) -> Curve {
    CURVES.into_iter().find(|(known, _)| *known == name).expect("a known curve").1
}

/// Chips that agree on keys: name, curve, cipher, the key's id.
const CHIPS: [(&str, &str, &str, &str); 6] = [
    ("a", "brainpoolp256r1", "aes128", "-"),
    ("b", "brainpoolp256r1", "3des", "7"),
    ("c", "secp256r1", "aes128", "200"),
    ("d", "secp256r1", "3des", "-"),
    ("e", "secp521r1", "aes128", "-"),
    ("f", "brainpoolp384r1", "3des", "1"),
];

fn chip_cases() -> String {
    CHIPS.map(|(name, curve, cipher, id)| format!("{name} {curve} {cipher} {id}\n")).concat()
}

fn cipher_named(name: &str) -> Cipher {
    if name == "3des" { Cipher::TripleDes } else { Cipher::Aes128 }
}

#[test]
fn independent_chips_agree_on_keys() {
    let judge = Judge::new();
    judge.write("cases", chip_cases());
    judge.run("make-chips");
    let mut begun = Vec::new();
    for (at, (name, _, cipher, id)) in CHIPS.into_iter().enumerate() {
        let dg14 = judge.read(&format!("{name}.dg14"));
        let (exchange, invitation) =
            Exchange::begin(&dg14, &mut seeded(at as u64)).expect("a known offer");
        assert_eq!(invitation.protocol.cipher, cipher_named(cipher));
        assert_eq!(invitation.protocol.key_id, id.parse().ok());
        judge.write(&format!("{name}.public"), &invitation.public_key);
        judge.write(&format!("{name}.command"), &invitation.command);
        begun.push((name, dg14, exchange));
    }
    let said = judge.run("answer-commands");
    assert_eq!(said, CHIPS.map(|(name, ..)| format!("{name} genuine")));
    for (name, dg14, exchange) in &begun {
        let response = judge.read(&format!("{name}.response"));
        assert_eq!(exchange.verify(dg14, &response), Ok(()), "{name}");
        let mut changed = response.clone();
        changed[response.len() - 3] ^= 1;
        assert_eq!(exchange.verify(dg14, &changed), Err(Rule::ChipMac), "{name}");
    }
}

#[test]
fn chips_made_here_agree_with_an_independent_terminal() {
    let (judge, mut chips) = (Judge::new(), Vec::new());
    judge.write("cases", chip_cases());
    for (at, (name, curve, cipher, id)) in CHIPS.into_iter().enumerate() {
        let curve = curve_named(curve);
        let spelling = if at % 2 == 0 { Spelling::Named(curve) } else { Spelling::Explicit(curve) };
        let form = (spelling, cipher_named(cipher), id.parse().ok());
        let chip = Chip::new(form, &mut seeded(100 + at as u64));
        judge.write(&format!("{name}.dg14"), chip.dg14(&[]));
        chips.push((name, chip));
    }
    judge.run("send-commands");
    let response = |(name, chip): &(&str, Chip)| {
        let read = |end| judge.read(&format!("{name}.{end}"));
        chip.answer(&read("public"), &read("command")).expect("a command under the agreed keys")
    };
    let responses: Vec<Vec<u8>> = chips.iter().map(response).collect();
    for (at, (name, _)) in chips.iter().enumerate() {
        judge.write(&format!("{name}.response"), &responses[at]);
    }
    let said = judge.run("check-responses");
    assert_eq!(said, CHIPS.map(|(name, ..)| format!("{name} genuine")));
    for (at, (name, _)) in chips.iter().enumerate() {
        let mut changed = responses[at].clone();
        changed[responses[at].len() - 3] ^= 1;
        judge.write(&format!("{name}.response"), changed);
    }
    let said = judge.run("check-responses");
    assert_eq!(said, CHIPS.map(|(name, ..)| format!("{name} refused: a MAC")));
}

/// What becomes of each thing in those files, in order.
fn statuses(files: &[(&str, &[u8])]) -> Vec<(String, Status)> {
    let source =
        |(name, bytes): &(&str, &[u8])| Source { name: (*name).to_owned(), bytes: bytes.to_vec() };
    let sources: Vec<Source> = files.iter().map(source).collect();
    let (_, report) = TrustStore::load(&sources, &Policy::default(), NOW);
    let mut all: Vec<_> = report.entries.into_iter().map(|e| (e.source, e.status)).collect();
    all.sort();
    all
}

#[test]
fn lists_published_independently_count() {
    let judge = Judge::new();
    judge.run("publish");
    let [csca, master, list, good, revoked, listed] =
        ["csca", "master", "list", "good.sod", "revoked.sod", "listed.sod"].map(|n| judge.read(n));
    let named = |all: &[(&str, Status)]| -> Vec<(String, Status)> {
        all.iter().map(|(name, status)| ((*name).to_owned(), *status)).collect()
    };
    let expected = [
        ("csca", Status::Trusted),
        ("list", Status::Trusted),
        ("master", Status::Trusted),
        ("master", Status::Trusted),
        ("master", Status::Duplicate),
    ];
    let files = [("csca", &csca[..]), ("list", &list), ("master", &master)];
    assert_eq!(statuses(&files), named(&expected));
    for (name, file, alone) in
        [("list", &list, Status::Untrusted), ("master", &master, Status::ListSignerUnknown)]
    {
        let found = statuses(&[("csca", &csca), (name, &flipped(file))]);
        assert_eq!(found, named(&[("csca", Status::Trusted), (name, Status::SignatureWrong)]));
        assert_eq!(statuses(&[(name, file)]), named(&[(name, alone)]));
    }
    let all = [&csca[..], &list, &master];
    let strict = Policy { require_fresh_crl: true, ..Policy::default() };
    for (sod, files, lenient, strictly) in [
        (&good, &all[..], Ok(()), Ok(())),
        (&good, &all[..1], Ok(()), Err(Rule::RevocationUnknown)),
        (&revoked, &all, Err(Rule::CertificateRevoked), Err(Rule::CertificateRevoked)),
        (&listed, &all, Ok(()), Err(Rule::RevocationUnknown)),
        (&listed, &all[..2], Err(Rule::IssuerUnknown), Err(Rule::IssuerUnknown)),
    ] {
        assert_eq!(believed(sod, files, NOW), lenient);
        assert_eq!(believed_under(&strict, sod, files, NOW), strictly);
    }
}

#[test]
fn lists_published_here_count_independently() {
    let judge = Judge::new();
    let key = SigningKey::generate(Algorithm::P256).expect("a key");
    let authority = Authority::new(key, ("UT", "CSCA"), GOOD).expect("an authority");
    let current = Validity { from: NOW - 50, to: NOW + 50 };
    let list = authority.revocations(&[&[0x77], &[0xf0, 0x01]], current).expect("a list");
    judge.write("csca", authority.certificate());
    judge.write("current.crl", &list);
    judge.write("flipped.crl", flipped(&list));
    let said = judge.run("check-list").join("\n");
    let expected = "current genuine\ncurrent 77\ncurrent f001\n\
        flipped refused: an ECDSA signature\nflipped 77\nflipped f001";
    assert_eq!(said, expected);
}
