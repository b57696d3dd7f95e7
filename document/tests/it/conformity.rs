//! The conformity tests of BSI TR-03105 Part 5.1 (test plan for ICAO compliant inspection systems
//! with `EACv1`), version 1.5 of 10 February 2020, as far as they concern what is judged here.
//!
//! Every case has the guideline's own identifier. It is the genuine document with the one thing
//! changed that the case varies, hashed and signed anew where the case says so. What version 1.5
//! only names, because it has handed the case over to ICAO's technical report on RF and protocol
//! testing, Part 4, is built from that name.
//!
//! Here are the units `LDS_B` (data group 1), `LDS_C` (2), `LDS_F` (14), `LDS_H` (EF.SOD, document
//! signer), `LDS_I` (15), `ISO7816_D` (chip authentication), `ISO7816_F` (active authentication),
//! and of others `ISO7816_B_10` and `ISO7816_C_08`. Without a counterpart, and so left out, are:
//!
//! - `ISO7816_A`, `_B`, `_C`, `_E`, `_G`: commands, basic access control, terminal authentication
//!   and PACE are between reader and chip;
//! - `LDS_A`, `LDS_D`, `LDS_E`, `LDS_G`, `LDS_J`, `LDS_K`: EF.COM, fingerprints, irises, EF.CVCA,
//!   EF.CardSecurity and EF.ATR/INFO are never sent here; `LDS_H_93` for the same reason;
//! - `LDS_B_11` and `LDS_B_12`: there is no printed page to compare with;
//! - `ISO7816_D_06`, `_D_10`, `_D_14`, `_D_15` and `LDS_C_12`: their names do not say what is
//!   varied, or it is not in what is sent;
//! - `LDS_H_16`, `_34`, `_35` and `ISO7816_F_03`: deleted by the guideline.

mod algorithm;
mod certificate;
mod chip;
mod face;
mod sod;
mod surgery;
mod zone;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kayle_document::chip::Exchange;
use kayle_document::chip::issue::{Chip, Spelling};
use kayle_document::evaluate::{ChipAnswer, Document, Evidence, evaluate};
use kayle_document::issue::{Algorithm, Authority, Signer, SigningKey, SodForm};
use kayle_document::passive::Authorities;
use kayle_document::policy::Policy;
use kayle_document::security::Cipher;
use kayle_document::{Curve, Digest, Rule};

use crate::passport::{GOOD, NOW, groups, trusting};

/// What the chip was asked to sign.
const CHALLENGE: [u8; 8] = [0xc4; 8];

/// An identifier, what it varies, and what comes of it.
type Case = (&'static str, Vary, Result<(), Rule>);

/// What a case does to the genuine document.
type Vary = fn(&mut Mrtd);

/// A document as the guideline configures it by default (`CFG.DFLT.EAC`), without the data groups
/// that need terminal authentication, and who is trusted with what policy.
#[derive(Debug, Clone, PartialEq)]
struct Mrtd {
    groups: BTreeMap<u8, Vec<u8>>,
    sod: Vec<u8>,
    /// The chip's answer to the challenge.
    active: Option<Vec<u8>>,
    trusted: Vec<Vec<u8>>,
    policy: Policy,
}

/// Who issues by default: RSASSA-PSS with SHA-256, a CSCA of 3,072 bits and a signer of 2,048.
struct State {
    authority: Authority,
    signer: Signer,
    chip: Chip,
}

static STATE: LazyLock<State> = LazyLock::new(|| {
    let pss = |bits| key(Algorithm::RsaPss { bits, digest: Digest::Sha256 });
    let authority = Authority::new(pss(3_072), ("UT", "CSCA"), GOOD).expect("an authority");
    let signer = authority.signer(pss(2_048), &[0x77], GOOD).expect("a signer");
    let chip = (Spelling::Named(Curve::P256), Cipher::TripleDes, None);
    State { authority, signer, chip: Chip::new(chip, &mut seeded(1)) }
});

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).expect("a key")
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

impl Mrtd {
    fn genuine() -> Self {
        let mut groups: BTreeMap<u8, Vec<u8>> =
            groups().into_iter().map(|(number, bytes)| (number, bytes.to_vec())).collect();
        groups.insert(14, STATE.chip.dg14(&[]));
        let trusted = vec![STATE.authority.certificate().to_vec()];
        let policy = Policy::default();
        let mut genuine = Self { groups, sod: Vec::new(), active: None, trusted, policy };
        genuine.sign(&STATE.signer, SodForm::default());
        genuine
    }

    /// Has that signer list the data groups as they are.
    fn sign(&mut self, signer: &Signer, form: SodForm) {
        let groups: Vec<(u8, &[u8])> =
            self.groups.iter().map(|(number, bytes)| (*number, bytes.as_slice())).collect();
        self.sod = signer.sign(&groups, form).expect("signed");
    }

    /// Puts another data group in, signed.
    fn put(&mut self, number: u8, bytes: Vec<u8>) {
        self.groups.insert(number, bytes);
        self.sign(&STATE.signer, SodForm::default());
    }

    /// Changes a data group, and has the change signed.
    fn change(&mut self, number: u8, change: impl FnOnce(&[u8]) -> Vec<u8>) {
        let changed = change(&self.groups[&number]);
        self.put(number, changed);
    }

    /// The judgement, whoever the chip is.
    fn judged_with(&self, chip: &Chip) -> Result<Document, Rule> {
        let group = |number| self.groups.get(&number).map(Vec::as_slice);
        // A phone asks for an exchange before it can have its chip answer; without one it goes on.
        let begun = group(14).and_then(|file| Exchange::begin(file, &mut seeded(2)).ok());
        let answered = begun.map(|(exchange, invitation)| {
            let response = chip.answer(&invitation.public_key, &invitation.command);
            (exchange, response.unwrap_or_default())
        });
        let chip = answered
            .as_ref()
            .map(|(exchange, response)| ChipAnswer { exchange: Some(exchange), response });
        let evidence = Evidence {
            dg1: group(1).expect("it is always sent"),
            dg2: group(2).expect("it is always sent"),
            dg14: group(14),
            dg15: group(15),
            sod: &self.sod,
            active: self.active.as_deref(),
            chip,
        };
        let trusted: Vec<&[u8]> = self.trusted.iter().map(Vec::as_slice).collect();
        let trust = trusting(&trusted, &self.policy, NOW);
        let by = Authorities { trust: &trust, policy: &self.policy, now: NOW };
        evaluate(&evidence, by, &[CHALLENGE])
    }

    fn judged(&self) -> Result<Document, Rule> {
        self.judged_with(&STATE.chip)
    }
}

/// Asserts that the genuine document is believed, and of each case what it says.
fn check(genuine: &Mrtd, cases: &[Case]) {
    assert_eq!(genuine.judged().map(drop), Ok(()), "the genuine document");
    for (id, vary, expected) in cases {
        let mut varied = genuine.clone();
        vary(&mut varied);
        assert!(varied != *genuine, "{id} varies nothing");
        assert_eq!(varied.judged().map(drop), *expected, "{id}");
    }
}
