//! Measures how long a trust store of 3,000 certificates of mixed kinds takes to load.

use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kayle_document::policy::Policy;
use kayle_document::trust::{Source, TrustStore};
use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::extension::{BasicConstraints, KeyUsage};
use openssl::x509::{X509Builder, X509Name, X509NameBuilder};

/// 2026-01-01
const NOW: i64 = 1_767_225_600;
const YEAR: i64 = 31_536_000;

fn main() -> Result<(), ErrorStack> {
    let keys = keys()?;
    let mut sources = Vec::new();
    let mut directory = String::from("version: 1\n\n");
    for number in 0..1_500 {
        let key = &keys[number as usize % keys.len()];
        let next = &keys[(number as usize + 1) % keys.len()];
        let (csca, ds) = (name("CSCA", number)?, name("DS", number)?);
        let mut add = |kind: &str, bytes| {
            sources.push(Source { name: format!("{kind} {number}"), bytes });
        };
        add("csca", certify((&csca, key), (&csca, key), true)?);
        if number % 3 == 0 {
            add("link", certify((&csca, key), (&name("next", number)?, next), true)?);
        } else {
            let signer = certify((&csca, key), (&ds, next), false)?;
            directory.extend(["userCertificate;binary:: ", &STANDARD.encode(signer), "\n"]);
        }
    }
    sources.push(Source { name: "directory".into(), bytes: directory.into_bytes() });

    let start = Instant::now();
    let (store, report) = TrustStore::load(&sources, &Policy::default(), NOW);
    let took = start.elapsed();
    for (status, count) in report.counts() {
        println!("{count:>6} {status}");
    }
    println!("{store:?} in {took:.0?}");
    Ok(())
}

/// Keys as countries have them, in about their proportions.
fn keys() -> Result<Vec<PKey<Private>>, ErrorStack> {
    let curve = |nid| PKey::from_ec_key(EcKey::generate(&*EcGroup::from_curve_name(nid)?)?);
    let rsa = |bits| PKey::from_rsa(Rsa::generate(bits)?);
    Ok(vec![
        rsa(4_096)?,
        curve(Nid::BRAINPOOL_P256R1)?,
        rsa(3_072)?,
        curve(Nid::X9_62_PRIME256V1)?,
        rsa(4_096)?,
        curve(Nid::SECP384R1)?,
        rsa(2_048)?,
        curve(Nid::BRAINPOOL_P384R1)?,
    ])
}

fn name(kind: &str, number: u32) -> Result<X509Name, ErrorStack> {
    let mut name = X509NameBuilder::new()?;
    name.append_entry_by_text("C", "UT")?;
    name.append_entry_by_text("CN", &format!("{kind} {number}"))?;
    Ok(name.build())
}

/// A name and its key.
type Owner<'a> = (&'a X509Name, &'a PKey<Private>);

fn certify(issuer: Owner<'_>, subject: Owner<'_>, authority: bool) -> Result<Vec<u8>, ErrorStack> {
    let mut builder = X509Builder::new()?;
    builder.set_version(2)?;
    let serial = BigNum::from_u32(u32::from(authority) + 1)?;
    builder.set_serial_number(&*Asn1Integer::from_bn(&serial)?)?;
    builder.set_issuer_name(issuer.0)?;
    builder.set_subject_name(subject.0)?;
    builder.set_pubkey(subject.1)?;
    builder.set_not_before(&*Asn1Time::from_unix(NOW - YEAR)?)?;
    builder.set_not_after(&*Asn1Time::from_unix(NOW + YEAR)?)?;
    if authority {
        builder.append_extension(BasicConstraints::new().critical().ca().pathlen(0).build()?)?;
        builder.append_extension(KeyUsage::new().critical().key_cert_sign().crl_sign().build()?)?;
    } else {
        builder.append_extension(KeyUsage::new().critical().digital_signature().build()?)?;
    }
    builder.sign(issuer.1, MessageDigest::sha256())?;
    builder.build().to_der()
}
