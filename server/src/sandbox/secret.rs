//! The sandbox's master secret: made once, in a file only its owner reads, which the CLI reads too.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;

use crate::config::{Config, Secret};
use crate::engine::Entropy;
use crate::keys::KeyRing;

/// The key ring the settings ask for; in the sandbox its secret is made when there is none.
pub fn key_ring(config: &Config) -> Result<KeyRing, String> {
    let secret = match &config.secret {
        Some(secret) => secret.clone(),
        None if config.sandbox => sandbox_secret(config)?,
        None => return Err("KAYLE_SECRET must be set outside the sandbox".into()),
    };
    Ok(KeyRing::new(&secret, &config.previous_secrets))
}

fn sandbox_secret(config: &Config) -> Result<Secret, String> {
    let path = config.sandbox_secret_path();
    let trouble = |error: std::io::Error| format!("{}: {error}", path.display());
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            let secret = hex::encode(Entropy::system().bytes::<32>());
            file.write_all(secret.as_bytes()).and_then(|()| file.sync_all()).map_err(trouble)?;
            Ok(Secret(secret))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let secret = fs::read_to_string(&path).map_err(trouble)?.trim().to_owned();
            if secret.len() < crate::keys::MIN_SECRET {
                return Err(format!("{} does not hold a secret", path.display()));
            }
            Ok(Secret(secret))
        }
        Err(error) => Err(trouble(error)),
    }
}
