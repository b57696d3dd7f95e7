//! Writes the seeds of the corpus: one genuine input of every kind, made here.

mod attestation;
mod chip;
mod data_groups;
mod document;
mod trust;

use std::fs;
use std::path::Path;

use kayle_document::issue::{Algorithm, SigningKey};
use kayle_document::{Curve, Digest};

/// A seed: the name of its file, and what is in it.
type Seed = (String, Vec<u8>);

fn main() {
    for (target, seeds) in [
        ("attestation", attestation::seeds()),
        ("chip", chip::seeds()),
        ("data_groups", data_groups::seeds()),
        ("document", document::seeds()),
        ("trust", trust::seeds()),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
        fs::create_dir_all(&folder).expect("a folder");
        for (name, bytes) in seeds {
            fs::write(folder.join(name), bytes).expect("a file");
        }
    }
}

/// The input that the targets cut into `parts`: each but the last behind its length.
fn joined(parts: &[&[u8]]) -> Vec<u8> {
    let mut input = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if at + 1 < parts.len() {
            let length = u16::try_from(part.len()).expect("parts of seeds are short");
            input.extend(length.to_be_bytes());
        }
        input.extend_from_slice(part);
    }
    input
}

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).expect("a key")
}

/// One way of signing of every kind.
fn algorithms() -> [(&'static str, Algorithm); 6] {
    let ecdsa = |curve, digest, explicit| Algorithm::Ecdsa { curve, digest, explicit };
    [
        ("rsa", Algorithm::RsaPkcs1 { bits: 2_048, digest: Digest::Sha256 }),
        ("rsa_sha1", Algorithm::RsaPkcs1 { bits: 2_048, digest: Digest::Sha1 }),
        ("pss", Algorithm::RsaPss { bits: 2_048, digest: Digest::Sha512 }),
        ("ecdsa", Algorithm::P256),
        ("ecdsa_p521", ecdsa(Curve::P521, Digest::Sha512, false)),
        ("ecdsa_explicit", ecdsa(Curve::Brainpool384, Digest::Sha384, true)),
    ]
}
