//! Whether a phone's key lives in hardware and its app is a genuine one, where the settings ask
//! for that (`hello`, `spec.md` §4).

use std::path::PathBuf;

use kayle_document::attestation::{self, Apps, Expected, Roots, Statement};

use super::{assertion, trust};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::service::verify::Hello;

/// What the settings ask of phones.
#[derive(Debug, Clone)]
pub struct Demand {
    /// `KAYLE_ATTESTATION_ROOTS`: the folder of the vendors' root certificates.
    pub roots: PathBuf,
    /// `KAYLE_ATTESTATION_APPS`: the apps that count.
    pub apps: Apps,
}

/// What a phone has to prove.
#[derive(Debug)]
pub struct Attestation {
    roots: Roots,
    apps: Apps,
}

/// A statement as it was sent.
#[derive(Debug, Clone)]
pub enum Given {
    /// Apple App Attest.
    Apple {
        /// The attestation object.
        object: Vec<u8>,
        /// The id of the attested key.
        key_id: Vec<u8>,
    },
    /// Android Key Attestation: the certificates, the device key's first.
    Android(Vec<Vec<u8>>),
}

impl Attestation {
    /// Reads the root certificates; the error names the file.
    pub fn load(demand: &Demand) -> Result<Self, String> {
        let files = trust::read(&demand.roots)?;
        let files: Vec<_> = files.iter().map(|file| (&file.name, &file.bytes)).collect();
        let roots =
            Roots::load(&files).map_err(|error| format!("KAYLE_ATTESTATION_ROOTS: {error}"))?;
        Ok(Self { roots, apps: demand.apps.clone() })
    }
}

/// Refuses a phone that does not prove what the settings ask for; without such settings every
/// phone is welcome, and statements are not looked at.
pub fn check(engine: &Engine, session: &str, hello: &Hello) -> Result<(), Error> {
    let Some(demand) = &engine.judges.attestation else { return Ok(()) };
    let refuse = |message: &str| Error::new(Code::DeviceAttestationFailed, message);
    let given = hello.attestation.as_ref();
    let given = given.ok_or_else(|| refuse("attestation is missing: this server asks for it"))?;
    let key = assertion::key(&hello.public_key)?.to_sec1_point(false);
    let (token, device) = (&hello.token, &hello.device_id);
    let expected = Expected {
        device_public_key: key.as_bytes(),
        challenge: attestation::challenge(session, token, device, key.as_bytes()),
        now: engine.now().unix_seconds(),
        apps: &demand.apps,
    };
    let statement = match given {
        Given::Apple { object, key_id } => {
            Statement::AppleAppAttest { attestation_object: object, key_id }
        }
        Given::Android(chain) => {
            Statement::AndroidKey { chain: chain.iter().map(Vec::as_slice).collect() }
        }
    };
    attestation::verify(&statement, &expected, &demand.roots).map(drop).map_err(|refusal| {
        tracing::info!(refusal = refusal.as_str(), "a phone's attestation was refused");
        refuse("attestation does not prove that this key and this app are genuine")
    })
}
