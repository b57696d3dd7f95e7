//! Whether a phone's key lives in hardware and its app is a genuine one, where the settings ask
//! for that (`hello`, `spec.md` §4).

use std::collections::HashSet;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::{RwLock, RwLockReadGuard};

use kayle_document::attestation::{self, Apps, Attested, Expected, Roots, Statement};
use serde::Deserialize;

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
    /// `KAYLE_ATTESTATION_REVOKED`: the file of certificates that do not count any more.
    pub revoked: Option<PathBuf>,
}

/// What a phone has to prove.
#[derive(Debug)]
pub struct Attestation {
    roots: Roots,
    apps: Apps,
    file: Option<PathBuf>,
    revoked: RwLock<Serials>,
}

/// Serial numbers, big-endian, without zeros in front.
type Serials = HashSet<Vec<u8>>;

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
        let revoked = RwLock::new(serials(demand.revoked.as_deref())?);
        Ok(Self { roots, apps: demand.apps.clone(), file: demand.revoked.clone(), revoked })
    }

    /// Reads the revoked certificates anew; what was known stays so if that fails.
    pub fn reload(&self) -> Result<(), String> {
        let revoked = serials(self.file.as_deref())?;
        let missing = self.known().difference(&revoked).count();
        if missing > 0 {
            tracing::warn!(
                missing,
                listed = revoked.len(),
                "certificates are not revoked any more"
            );
        }
        *self.revoked.write().expect("no holder of this lock panics") = revoked;
        Ok(())
    }

    fn known(&self) -> RwLockReadGuard<'_, Serials> {
        self.revoked.read().expect("no holder of this lock panics")
    }

    fn is_revoked(&self, attested: &Attested) -> bool {
        let revoked = self.known();
        attested.serials.iter().any(|serial| revoked.contains(serial))
    }
}

/// The list Android's vendor publishes: `{"entries": {"<serial, hexadecimal>": {"status": …}}}`.
#[derive(Deserialize)]
struct Published {
    entries: serde_json::Map<String, serde_json::Value>,
}

/// The serial numbers a file lists; whatever their status, the keys are not to be relied on.
fn serials(file: Option<&Path>) -> Result<Serials, String> {
    let Some(file) = file else { return Ok(Serials::new()) };
    let trouble =
        |error: &dyn Display| format!("KAYLE_ATTESTATION_REVOKED: {}: {error}", file.display());
    let bytes = std::fs::read(file).map_err(|error| trouble(&error))?;
    let published: Published = serde_json::from_slice(&bytes).map_err(|error| trouble(&error))?;
    let serial = |text: &String| {
        let even = format!("{}{text}", if text.len() % 2 == 1 { "0" } else { "" });
        let bytes =
            hex::decode(even).map_err(|_| trouble(&format!("{text} is no serial number")))?;
        Ok(bytes.into_iter().skip_while(|byte| *byte == 0).collect())
    };
    published.entries.keys().map(serial).collect()
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
    let judged = attestation::verify(&statement, &expected, &demand.roots);
    let why = match judged {
        Ok(attested) if demand.is_revoked(&attested) => "attestation_revoked",
        Ok(_) => return Ok(()),
        Err(refusal) => refusal.as_str(),
    };
    tracing::info!(refusal = why, "a phone's attestation was refused");
    Err(refuse("attestation does not prove that this key and this app are genuine"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_serial_numbers_are_read_and_wrong_ones_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("status.json");
        let read = |text: &str| {
            std::fs::write(&file, text).expect("written");
            serials(Some(&file))
        };
        let list = r#"{"entries": {"c35747a0": {"status": "REVOKED"}, "0f": {}, "abc": {"x": 1}}}"#;
        let expected = [vec![0xc3, 0x57, 0x47, 0xa0], vec![0x0f], vec![0x0a, 0xbc]];
        assert_eq!(read(list), Ok(Serials::from(expected)));
        for (text, named) in [("{}", "entries"), (r#"{"entries": {"xy": 1}}"#, "xy"), ("", "EOF")] {
            let error = read(text).expect_err(text);
            assert!(error.contains(named) && error.contains("status.json"), "{error}");
        }
        assert_eq!(serials(None), Ok(Serials::new()));
        assert!(serials(Some(folder.path())).is_err());
    }
}
