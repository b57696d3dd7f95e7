//! Documents that OpenSSL's command line signed are believed here, and ours there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kayle_document::Rule;
use kayle_document::issue::{Algorithm, SodForm};
use kayle_document::{Curve, Digest};
use tempfile::TempDir;

use crate::passport::{NOW, Passport, believed, groups, object};

/// A folder in which OpenSSL works.
struct Shop(TempDir);

impl Shop {
    fn new() -> Self {
        let shop = Self(tempfile::tempdir().expect("a folder"));
        let authority = "basicConstraints=critical,CA:TRUE,pathlen:0\n\
            keyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n\
            authorityKeyIdentifier=keyid\n";
        let signer = "keyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\n\
            authorityKeyIdentifier=keyid\n";
        fs::write(shop.path("authority.ext"), authority).expect("a file");
        fs::write(shop.path("signer.ext"), signer).expect("a file");
        shop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, command: &str) {
        let words: Vec<&str> = command.split_whitespace().collect();
        let ran = Command::new("openssl").args(&words).current_dir(self.0.path()).output();
        let ran = ran.expect("openssl runs");
        assert!(ran.status.success(), "{command}\n{}", String::from_utf8_lossy(&ran.stderr));
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("a file")
    }
}

/// A key as OpenSSL makes it: options of `genpkey`, and those of signing with it.
const KEYS: [(&str, &str, &str); 12] = [
    ("rsa", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048", ""),
    ("pss", "-algorithm RSA -pkeyopt rsa_keygen_bits:3072", "pss"),
    ("p224", "-algorithm EC -pkeyopt ec_paramgen_curve:P-224", ""),
    ("p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256", ""),
    ("p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384", ""),
    ("p521", "-algorithm EC -pkeyopt ec_paramgen_curve:P-521", ""),
    ("bp224", "-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP224r1", ""),
    ("bp256", "-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1", ""),
    ("bp320", "-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP320r1", ""),
    ("bp384", "-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP384r1", ""),
    ("bp512", "-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP512r1", ""),
    (
        "bp256x",
        "-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1 -pkeyopt ec_param_enc:explicit",
        "",
    ),
];

const DIGESTS: [&str; 4] = ["sha224", "sha256", "sha384", "sha512"];

/// Makes a CSCA, a document signer and EF.SOD over the specimen's data groups.
fn issue(shop: &Shop, (name, key, padding): (&str, &str, &str), digest: &str, by_key_id: bool) {
    let pss = |option: &str| {
        let salt = "rsa_pss_saltlen:digest";
        if padding == "pss" {
            format!("{option} rsa_padding_mode:pss {option} {salt}")
        } else {
            String::new()
        }
    };
    let sign = pss("-sigopt");
    let days = "-days 3650";
    shop.run(&format!("genpkey {key} -out {name}-ca.key"));
    shop.run(&format!("genpkey {key} -out {name}.key"));
    shop.run(&format!("req -new -key {name}-ca.key -subj /C=UT/CN=CSCA {sign} -out ca.csr"));
    shop.run(&format!("req -new -key {name}.key -subj /C=UT/CN=Signer {sign} -out ds.csr"));
    shop.run(&format!(
        "x509 -req -in ca.csr -signkey {name}-ca.key -{digest} {days} {sign} \
         -extfile authority.ext -outform DER -out {name}-ca.der"
    ));
    shop.run(&format!("x509 -inform DER -in {name}-ca.der -out {name}-ca.pem"));
    shop.run(&format!(
        "x509 -req -in ds.csr -CA {name}-ca.pem -CAkey {name}-ca.key -set_serial 77 -{digest} \
         {days} {sign} -extfile signer.ext -out {name}.pem"
    ));
    let id = if by_key_id { "-keyid" } else { "" };
    fs::write(shop.path("object.der"), object(Digest::Sha256, 0)).expect("a file");
    shop.run(&format!(
        "cms -sign -binary -nodetach -nosmimecap -econtent_type 2.23.136.1.1.1 -in object.der \
         -signer {name}.pem -inkey {name}.key -md {digest} {id} {} -outform DER -out {name}.cms",
        pss("-keyopt")
    ));
}

/// Now, by the clock OpenSSL signs with.
fn today(shop: &Path) -> i64 {
    let made = fs::metadata(shop).and_then(|data| data.modified()).expect("a file's time");
    let since = made.duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_secs()).expect("before the end of time")
}

#[test]
fn documents_signed_by_openssl_are_believed() {
    let shop = Shop::new();
    for (at, key) in KEYS.into_iter().enumerate() {
        let digest = DIGESTS[at % DIGESTS.len()];
        issue(&shop, key, digest, at % 2 == 1);
        let sod =
            kayle_document::issue::encode::element(0x77, &[&shop.read(&format!("{}.cms", key.0))]);
        let now = today(&shop.path(&format!("{}.cms", key.0)));
        let anchor = shop.read(&format!("{}-ca.der", key.0));
        assert_eq!(believed(&sod, &[&anchor], now), Ok(()), "{key:?} {digest}");
        let other = Passport::new(Algorithm::P256, SodForm::default());
        let refused = believed(&sod, &[other.anchor()], now);
        assert_eq!(refused, Err(Rule::IssuerUnknown), "{key:?}");
    }
}

#[test]
fn documents_signed_here_are_believed_by_openssl() {
    let shop = Shop::new();
    for algorithm in algorithms() {
        let form = SodForm { signing_time: Some(NOW - 1_000), ..SodForm::default() };
        let passport = Passport::new(algorithm, form);
        fs::write(shop.path("anchor.der"), passport.anchor()).expect("a file");
        shop.run("x509 -inform DER -in anchor.der -out anchor.pem");
        let content = kayle_document::tlv::data_group(passport.sod(), 0x77).expect("EF.SOD");
        fs::write(shop.path("sod.cms"), content).expect("a file");
        // OpenSSL checks signatures, but no chains, with keys that spell their curve out.
        let chain = match algorithm {
            Algorithm::Ecdsa { explicit: true, .. } => "-noverify".to_owned(),
            _ => format!("-CAfile anchor.pem -purpose any -attime {NOW}"),
        };
        shop.run(&format!("cms -verify -binary -inform DER -in sod.cms {chain} -out object.der"));
        assert_eq!(shop.read("object.der"), object(form.digest, form.version), "{algorithm:?}");
    }
}

/// One of every kind that documents are signed with.
fn algorithms() -> Vec<Algorithm> {
    let mut all = vec![Algorithm::RsaPkcs1 { bits: 2048, digest: Digest::Sha256 }];
    all.extend(
        Digest::ALL[1..].iter().map(|digest| Algorithm::RsaPss { bits: 2048, digest: *digest }),
    );
    // Shorter ones are for chips alone.
    let long = |curve: &Curve| !matches!(curve, Curve::P192 | Curve::Brainpool192);
    for (at, curve) in Curve::ALL.into_iter().filter(long).enumerate() {
        let digest = Digest::ALL[1 + at % 4];
        all.push(Algorithm::Ecdsa { curve, digest, explicit: at % 2 == 0 });
    }
    all
}

#[test]
fn every_algorithm_is_believed_here() {
    for algorithm in algorithms() {
        for form in [
            SodForm::default(),
            SodForm { version: 1, by_key_id: true, digest: Digest::Sha512, ..SodForm::default() },
        ] {
            let passport = Passport::new(algorithm, form);
            let believed = believed(passport.sod(), &[passport.anchor()], NOW);
            assert_eq!(believed, Ok(()), "{algorithm:?} {form:?}");
        }
    }
    assert_eq!(groups().len(), 2);
}
