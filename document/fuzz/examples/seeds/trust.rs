//! Files of operators: certificates, revocation lists, and their envelopes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kayle_document::issue::encode::{
    bits, dotted, element, extension, octets, sequence, set, time, unsigned,
};
use kayle_document::issue::{Algorithm, Authority, Signer, SodForm};
use kayle_document_fuzz::targets::{GOOD, authority};

use super::{Seed, algorithms, joined, key};

pub fn seeds() -> Vec<Seed> {
    let (old, new) = (authority(), other(Algorithm::P256));
    let link = old.link(&new, &[2], GOOD).expect("a link");
    let signer = signer(&old);
    let list = old.revocations(&[&[2], &[0x79]], GOOD).expect("a list");
    let master = master_list(&old, &[new.certificate(), &link]);
    let mut seeds: Vec<Seed> = vec![
        ("signer".into(), joined(&[&signer.certificate, &[], &[]])),
        ("link".into(), joined(&[&link, new.certificate(), &[]])),
        ("revocation_list".into(), joined(&[&list, &[], &[]])),
        ("revoked".into(), joined(&[&link, &list, &[]])),
        ("master_list".into(), joined(&[&master, &[], &[]])),
        (
            "pem".into(),
            joined(&[
                &pem("CERTIFICATE", &[new.certificate(), &link]),
                &pem("X509 CRL", &[&list]),
                &[],
            ]),
        ),
        ("ldif".into(), joined(&[&ldif(&signer.certificate, &list, &master), &[], &[]])),
    ];
    for (name, algorithm) in algorithms() {
        let input = joined(&[other(algorithm).certificate(), &[], &[]]);
        seeds.push((format!("authority_{name}"), input));
    }
    seeds
}

fn other(algorithm: Algorithm) -> Authority {
    Authority::new(key(algorithm), ("UT", "Another CSCA"), GOOD).expect("an authority")
}

fn signer(by: &Authority) -> Signer {
    by.signer(key(Algorithm::P256), &[0x78], GOOD).expect("a signer")
}

fn pem(label: &str, objects: &[&[u8]]) -> Vec<u8> {
    let block = |object: &&[u8]| {
        let text = STANDARD.encode(object);
        let lines: Vec<&str> =
            (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
        format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
    };
    objects.iter().map(block).collect::<String>().into_bytes()
}

fn ldif(signer: &[u8], list: &[u8], master: &[u8]) -> Vec<u8> {
    let value = |name: &str, bytes| {
        let text = STANDARD.encode(bytes);
        let (first, rest) = text.split_at(50);
        format!("{name}:: {first}\n {rest}\n")
    };
    format!(
        "version: 1\ndn: c=UT\n{}{}{}\n",
        value("userCertificate;binary", signer),
        value("certificateRevocationList;binary", list),
        value("pkdMasterListContent", master),
    )
    .into_bytes()
}

fn name(common: &str) -> Vec<u8> {
    let attribute = |kind, tag, text: &str| {
        set(&[&sequence(&[&dotted(kind), &element(tag, &[text.as_bytes()])])])
    };
    sequence(&[&attribute("2.5.4.6", 0x13, "UT"), &attribute("2.5.4.3", 0x0c, common)])
}

/// A master list of those certificates.
fn master_list(by: &Authority, certificates: &[&[u8]]) -> Vec<u8> {
    let mut signer = signer(by);
    let purposes = sequence(&[&dotted("2.23.136.1.1.3")]);
    let extensions = sequence(&[
        &extension(14, false, &octets(&signer.key.id().expect("an id"))),
        &extension(15, true, &[3, 2, 7, 0x80]),
        &extension(37, true, &purposes),
    ]);
    let content = sequence(&[
        &element(0xa0, &[&[2, 1, 2]]),
        &unsigned(&[0x78]),
        &by.key().identifier(),
        &name("CSCA"),
        &sequence(&[&time(GOOD.from), &time(GOOD.to)]),
        &name("Master List Signer"),
        &signer.key.public().expect("a public key"),
        &element(0xa3, &[&extensions]),
    ]);
    let signature = by.key().sign(&content).expect("signed");
    signer.certificate = sequence(&[&content, &by.key().identifier(), &bits(&signature)]);
    let content = sequence(&[&[2, 1, 0], &set(certificates)]);
    signer.sign_content("2.23.136.1.1.2", &content, SodForm::default()).expect("signed")
}
