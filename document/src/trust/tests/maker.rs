//! Makes keys, certificates and lists for tests.

use std::process::Command;

use openssl::asn1::{Asn1Integer, Asn1Object, Asn1OctetString, Asn1Time};
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::sign::Signer;
use openssl::x509::{X509, X509Builder, X509Extension, X509Name, X509NameBuilder};

pub use crate::issue::encode::extension;
use crate::issue::encode::{element, time};
use crate::trust::Source;

/// 2026-01-01
pub const NOW: i64 = 1_767_225_600;
/// A year, nearly.
pub const YEAR: i64 = 31_536_000;

/// A key with the name of its owner.
#[derive(Clone)]
pub struct Owner {
    pub country: &'static str,
    pub name: &'static str,
    pub key: PKey<Private>,
}

/// What a certificate is to say beside whose it is.
#[derive(Clone, Copy)]
pub struct Make {
    pub serial: u32,
    pub valid: (i64, i64),
    pub constraints: &'static [u8],
    pub usage: &'static [u8],
    /// The content of another extension: its identifier, whether it is critical, its value.
    pub other: Option<(&'static str, bool, &'static [u8])>,
    pub digest: fn() -> MessageDigest,
}

/// An authority with `pathLenConstraint` 0.
pub const CSCA: Make = Make {
    serial: 1,
    valid: (NOW - 2 * YEAR, NOW + 10 * YEAR),
    constraints: &[0x30, 6, 1, 1, 0xff, 2, 1, 0],
    usage: &[3, 2, 1, 6],
    other: None,
    digest: MessageDigest::sha256,
};

/// A document signer.
pub const DSC: Make = Make { serial: 77, constraints: &[0x30, 0], usage: &[3, 2, 7, 0x80], ..CSCA };

/// A signer of master lists.
pub const MLS: Make = Make {
    serial: 88,
    other: Some(("2.5.29.37", true, &[0x30, 8, 6, 6, 0x67, 0x81, 8, 1, 1, 3])),
    ..DSC
};

impl Owner {
    pub fn new(name: &'static str) -> Self {
        Self::of("UT", name)
    }

    pub fn of(country: &'static str, name: &'static str) -> Self {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
        Self { country, name, key }
    }

    pub fn name(&self) -> X509Name {
        let mut name = X509NameBuilder::new().unwrap();
        name.append_entry_by_text("C", self.country).unwrap();
        name.append_entry_by_text("CN", self.name).unwrap();
        name.build()
    }

    pub fn key_id(&self) -> Vec<u8> {
        openssl::sha::sha1(&self.key.public_key_to_der().unwrap()).to_vec()
    }

    /// A certificate for `subject`.
    pub fn certify(&self, subject: &Self, make: Make) -> Vec<u8> {
        let mut builder = X509Builder::new().unwrap();
        builder.set_version(2).unwrap();
        let serial = BigNum::from_u32(make.serial).unwrap();
        builder.set_serial_number(&Asn1Integer::from_bn(&serial).unwrap()).unwrap();
        builder.set_issuer_name(&self.name()).unwrap();
        builder.set_subject_name(&subject.name()).unwrap();
        builder.set_pubkey(&subject.key).unwrap();
        builder.set_not_before(&Asn1Time::from_unix(make.valid.0).unwrap()).unwrap();
        builder.set_not_after(&Asn1Time::from_unix(make.valid.1).unwrap()).unwrap();
        let authority = tlv(0x30, &[tlv(0x80, &[self.key_id()])]);
        let subject_id = tlv(4, &[subject.key_id()]);
        let extensions = [
            ("2.5.29.35", false, &authority[..]),
            ("2.5.29.14", false, &subject_id),
            ("2.5.29.19", true, make.constraints),
            ("2.5.29.15", true, make.usage),
        ];
        for (id, critical, value) in extensions.into_iter().chain(make.other) {
            let id = Asn1Object::from_str(id).unwrap();
            let value = Asn1OctetString::new_from_bytes(value).unwrap();
            let extension = X509Extension::new_from_der(&id, critical, &value).unwrap();
            builder.append_extension(extension).unwrap();
        }
        builder.sign(&self.key, (make.digest)()).unwrap();
        builder.build().to_der().unwrap()
    }

    pub fn self_signed(&self, make: Make) -> Vec<u8> {
        self.certify(self, make)
    }

    /// A revocation list with those extensions beside the key's id.
    pub fn revoke(&self, entries: &[Vec<u8>], list: List) -> Vec<u8> {
        let arcs: &[u8] = if list.sha1 { &[4, 1] } else { &[4, 3, 2] };
        let algorithm = tlv(0x30, &[tlv(6, &[&[0x2a, 0x86, 0x48, 0xce, 0x3d], arcs])]);
        let key_id = tlv(0x30, &[tlv(0x80, &[self.key_id()])]);
        let mut fields = vec![
            vec![2, 1, 1],
            algorithm.clone(),
            self.name().to_der().unwrap(),
            time(list.this_update),
        ];
        fields.extend(list.next_update.map(time));
        if !entries.is_empty() {
            fields.push(tlv(0x30, entries));
        }
        let extensions = [extension(35, false, &key_id), list.other.to_vec()];
        fields.push(tlv(0xa0, &[tlv(0x30, &extensions)]));
        let content = tlv(0x30, &fields);
        let digest = if list.sha1 { MessageDigest::sha1() } else { MessageDigest::sha256() };
        let mut signer = Signer::new(digest, &self.key).unwrap();
        let signature = signer.sign_oneshot_to_vec(&content).unwrap();
        tlv(0x30, &[content, algorithm, tlv(3, &[vec![0], signature])])
    }
}

/// What a revocation list is to say beside what it revokes.
#[derive(Clone, Copy)]
pub struct List {
    pub this_update: i64,
    pub next_update: Option<i64>,
    /// Whether to sign over SHA-1 instead of SHA-256.
    pub sha1: bool,
    pub other: &'static [u8],
}

/// A list of yesterday's.
pub const CRL: List =
    List { this_update: NOW - 86_400, next_update: Some(NOW + 86_400), sha1: false, other: &[] };

/// A revoked serial number, with the encoding of its extensions.
pub fn entry(serial: u8, extensions: &[u8]) -> Vec<u8> {
    tlv(0x30, &[vec![2, 1, serial], time(NOW - YEAR), extensions.to_vec()])
}

/// A TLV of the concatenation of `parts`.
pub fn tlv(tag: u8, parts: &[impl AsRef<[u8]>]) -> Vec<u8> {
    element(tag, &parts.iter().map(AsRef::as_ref).collect::<Vec<_>>())
}

/// `CscaMasterList`.
pub fn master_list_content(certificates: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &[vec![2, 1, 0], tlv(0x31, certificates)])
}

/// That content, signed now by OpenSSL's own command.
pub fn sign_list(content: &[u8], kind: &str, (signer, bytes): (&Owner, &[u8])) -> Vec<u8> {
    sign_list_with(content, kind, (signer, bytes), &["-md", "sha256", "-keyid"])
}

/// As `sign_list`, with other arguments.
pub fn sign_list_with(
    content: &[u8],
    kind: &str,
    (signer, bytes): (&Owner, &[u8]),
    more: &[&str],
) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("content", content);
    write("signer", &X509::from_der(bytes).unwrap().to_pem().unwrap());
    write("key", &signer.key.private_key_to_pem_pkcs8().unwrap());
    let fixed = "cms -sign -binary -in content -signer signer -inkey key -nodetach -nosmimecap";
    let status = Command::new("openssl")
        .current_dir(folder.path())
        .args(fixed.split(' '))
        .args(["-outform", "DER", "-out", "list", "-econtent_type", kind])
        .args(more)
        .status()
        .unwrap();
    assert!(status.success());
    std::fs::read(folder.path().join("list")).unwrap()
}

/// A file of that content.
pub fn source(name: &str, bytes: &[u8]) -> Source {
    Source { name: name.into(), bytes: bytes.to_vec() }
}

/// Everything that differs from `bytes` in one bit.
pub fn flips(bytes: &[u8]) -> Vec<Vec<u8>> {
    let flip = |at: usize| {
        let mut flipped = bytes.to_vec();
        flipped[at / 8] ^= 0x80 >> (at % 8);
        flipped
    };
    (0..8 * bytes.len()).map(flip).collect()
}
