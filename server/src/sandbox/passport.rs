//! The simulated phone's passport: a genuine one, of the sandbox's own authority, in memory.

pub mod asked;

use std::sync::Mutex;

use kayle_document::chip::issue::{Chip, Spelling};
use kayle_document::issue::{
    Algorithm, Authority, Signer, SigningKey, SodForm, Specimen, Validity, dg1, dg2,
};
use kayle_document::mrz::Form;
use kayle_document::security::Cipher;
use kayle_document::trust::Source;
use kayle_document::{Curve, Digest, active, country};

use crate::engine::Entropy;
use crate::keys::{KeyRing, Purpose};

/// From 2020 to the end of 2049: every clock a sandbox may have.
const GOOD: Validity = Validity { from: 1_577_836_800, to: 2_524_607_999 };

/// What a passport is made of.
#[derive(Debug, Clone)]
pub struct Design {
    /// Whose it is.
    pub specimen: Specimen,
    /// How its data page is laid out.
    pub form: Form,
    /// How its signer signs.
    pub signer: Algorithm,
    /// The key it proves itself with, if it has one.
    pub active: Option<Algorithm>,
    /// How it agrees on keys, if it does.
    pub chip: Option<(Spelling, Cipher)>,
}

impl Design {
    /// Whose authority signs it; for what is no issuer, that of the specimen's.
    pub fn country(&self) -> country::Code {
        country::signer(self.specimen.issuer.trim_end_matches('<')).unwrap_or(*b"UT")
    }
}

impl Default for Design {
    fn default() -> Self {
        Self {
            specimen: Specimen::default(),
            form: Form::Td3,
            signer: Algorithm::P256,
            active: Some(Algorithm::P256),
            chip: Some((Spelling::Named(Curve::P256), Cipher::Aes128)),
        }
    }
}

/// A passport with everything a phone reads from it.
#[derive(Debug)]
pub struct Passport {
    dg1: Vec<u8>,
    /// EF.DG2: the face check needs it again.
    pub dg2: Vec<u8>,
    dg14: Option<Vec<u8>>,
    dg15: Option<Vec<u8>>,
    sod: Vec<u8>,
    active: Option<SigningKey>,
    chip: Option<Chip>,
}

/// The sandbox's own authority of a country: its key follows from the key ring, so that server and
/// command line agree on it without a file.
pub fn authority(keys: &KeyRing, country: country::Code) -> Authority {
    of_country(authority_key(keys), country)
}

fn authority_key(keys: &KeyRing) -> SigningKey {
    SigningKey::derived(Curve::P256, Digest::Sha256, keys.subkey(Purpose::SandboxAuthority))
        .expect("P-256 takes nearly every number for a key")
}

fn of_country(key: SigningKey, country: country::Code) -> Authority {
    let country = String::from_utf8_lossy(&country);
    Authority::new(key, (&country, "Kayle sandbox CSCA"), GOOD).expect("OpenSSL signs")
}

/// What a sandbox trusts: its own authority of every country.
pub fn trusted(keys: &KeyRing) -> Vec<Source> {
    let key = authority_key(keys);
    let certificate = |code| of_country(key.clone(), code).certificate().to_vec();
    let source = |code| Source { name: "sandbox".to_owned(), bytes: certificate(code) };
    country::all().into_iter().map(source).collect()
}

/// Keys are quick to make, but for RSA: those of one kind are made once.
fn key(algorithm: Algorithm) -> SigningKey {
    static RSA: Mutex<Vec<SigningKey>> = Mutex::new(Vec::new());
    let fresh = || SigningKey::generate(algorithm).expect("OpenSSL makes keys");
    if matches!(algorithm, Algorithm::Ecdsa { .. }) {
        return fresh();
    }
    let mut made = RSA.lock().expect("no holder of this lock panics");
    if let Some(key) = made.iter().find(|key| key.algorithm() == algorithm) {
        return key.clone();
    }
    made.push(fresh());
    made.last().cloned().expect("just made")
}

/// A signer of the authority.
fn signer(authority: &Authority, algorithm: Algorithm, serial: &[u8]) -> Signer {
    authority.signer(key(algorithm), serial, GOOD).expect("OpenSSL signs")
}

impl Passport {
    /// A passport of that design whose portrait is `picture`.
    pub fn issue(
        authority: &Authority,
        design: &Design,
        picture: &[u8],
        entropy: &Entropy,
    ) -> Self {
        let active = design.active.map(key);
        let mut random = |bytes: &mut [u8]| entropy.fill(bytes);
        let chip =
            design.chip.map(|(spelling, cipher)| Chip::new((spelling, cipher, None), &mut random));
        let dg1 = dg1(&design.specimen.mrz(design.form));
        let dg2 = dg2(picture);
        let dg15 = active.as_ref().map(active::issue::dg15);
        let signs = design.active.map(|algorithm| active::issue::info(algorithm.digest()));
        let signs: Vec<&[u8]> = signs.iter().map(Vec::as_slice).collect();
        let dg14 = chip.as_ref().map(|chip| chip.dg14(&signs));
        let mut groups: Vec<(u8, &[u8])> = vec![(1, &dg1), (2, &dg2)];
        groups.extend(dg14.as_deref().map(|group| (14, group)));
        groups.extend(dg15.as_deref().map(|group| (15, group)));
        let signer = signer(authority, design.signer, &entropy.bytes::<12>());
        let sod = signer.sign(&groups, SodForm::default()).expect("OpenSSL signs");
        Self { dg1, dg2, dg14, dg15, sod, active, chip }
    }

    /// Everything a phone reads, in the order of the names.
    pub fn files(&self) -> Vec<(&'static str, Vec<u8>)> {
        let optional = [("dg14", &self.dg14), ("dg15", &self.dg15)];
        let mut files = vec![("dg1", self.dg1.clone())];
        let present = optional.iter().filter_map(|(name, file)| Some((*name, (*file).clone()?)));
        files.extend(present);
        files.push(("dg2", self.dg2.clone()));
        files.push(("sod", self.sod.clone()));
        files
    }

    /// EF.DG14, where the chip agrees on keys.
    pub fn dg14(&self) -> Option<&[u8]> {
        self.dg14.as_deref()
    }

    /// The answer to a challenge.
    pub fn prove(&self, challenge: &[u8]) -> Option<Vec<u8>> {
        let key = self.active.as_ref()?;
        Some(active::issue::answer(key, challenge, key.algorithm().digest()))
    }

    /// The answer to a terminal's key and protected command.
    pub fn answer(&self, terminal: &[u8], command: &[u8]) -> Option<Vec<u8>> {
        self.chip.as_ref()?.answer(terminal, command)
    }
}
