//! `kayle trust`: what is trusted, and adding to it.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use kayle_document::trust::{Report, Source, TrustStore};
use serde::Serialize;
use serde_json::{Value, json};

use super::print;
use crate::check::trust::read;
use crate::config::Config;
use crate::engine::Clock;
use crate::keys::sha256_hex;

/// Look after the folder of certificates that documents are checked against.
#[derive(Debug, Subcommand)]
pub(super) enum Trust {
    /// List the authorities that are trusted, and what of the folder is not.
    List,
    /// Add certificates, revocation lists, master lists or LDIF dumps to the folder.
    Import {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// What a load found, as it is printed.
#[derive(Debug, Serialize)]
struct Found {
    source: String,
    status: &'static str,
    what: String,
}

pub(super) fn trust(config: &Config, command: Trust) -> Result<(), String> {
    let folder = config.trust_dir.as_deref().ok_or("KAYLE_TRUST_DIR names no folder")?;
    match command {
        Trust::List => list(config, folder),
        Trust::Import { files } => import(config, folder, &files),
    }
}

fn load(config: &Config, sources: &[Source]) -> (TrustStore, Report) {
    TrustStore::load(sources, &config.document_policy, Clock::system().now().unix_seconds())
}

fn list(config: &Config, folder: &Path) -> Result<(), String> {
    let (store, report) = load(config, &read(folder)?);
    let anchors: Vec<Value> = store
        .anchors()
        .map(|anchor| {
            json!({
                "country": anchor.country, "subject": anchor.subject, "serial": anchor.serial,
                "key": anchor.key, "not_after": anchor.not_after, "sha256": anchor.fingerprint,
                "linked": anchor.linked, "source": anchor.source,
            })
        })
        .collect();
    print(&json!({ "anchors": anchors, "troubles": troubles(&report, None) }))
}

fn troubles(report: &Report, of: Option<&str>) -> Vec<Found> {
    let wanted = report.troubles().filter(|entry| of.is_none_or(|name| entry.source == name));
    let found = wanted.map(|entry| Found {
        source: entry.source.clone(),
        status: entry.status.as_str(),
        what: entry.what.clone(),
    });
    found.collect()
}

/// Copies each file into the folder if, with what is there already, something of it is of use.
fn import(config: &Config, folder: &Path, files: &[PathBuf]) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut sources = read(folder)?;
    let mut imported = Vec::new();
    for file in files {
        let trouble = |error: std::io::Error| format!("{}: {error}", file.display());
        let bytes = fs::read(file).map_err(trouble)?;
        let stem = file.file_name().and_then(|name| name.to_str()).unwrap_or("file");
        let name = format!("{}-{}", &sha256_hex(&bytes)[..12], stem.trim_start_matches('.'));
        sources.retain(|source| source.name != name);
        sources.push(Source { name: name.clone(), bytes: bytes.clone() });
        let (_, report) = load(config, &sources);
        if !report.is_useful(&name) {
            let why = troubles(&report, Some(&name));
            let why = why.first().map_or("nothing is in it", |found| found.status);
            return Err(format!("{}: nothing of it can be used ({why})", file.display()));
        }
        place(folder, &name, &bytes).map_err(trouble)?;
        let troubles = troubles(&report, Some(&name));
        imported.push(json!({ "file": file, "name": name, "troubles": troubles }));
    }
    print(&json!({ "imported": imported }))
}

/// Writes a file that is there whole or not at all.
fn place(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = folder.join(format!(".{name}.part"));
    fs::write(&unfinished, bytes)?;
    fs::rename(unfinished, folder.join(name))
}
