//! The certificates documents are checked against: read from a folder at start and on SIGHUP.

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use kayle_document::policy::Policy;
use kayle_document::trust::{Report, Source, TrustStore};
use kayle_domain::Timestamp;

/// The largest file that is read from the folder, in bytes: the ICAO PKD's dumps have some 100 MB.
const LARGEST: u64 = 512 * 1024 * 1024;

/// What is trusted now; replaced whole.
#[derive(Debug)]
pub struct Trust {
    folder: Option<PathBuf>,
    /// Trusted beside the folder: the sandbox's own authority.
    given: Vec<Source>,
    /// What is allowed.
    pub policy: Policy,
    store: RwLock<Arc<TrustStore>>,
}

impl Trust {
    /// Loads the folder, and what is `given` beside it; an error if it cannot be read.
    pub fn open(
        folder: Option<PathBuf>,
        given: Vec<Source>,
        policy: Policy,
        now: Timestamp,
    ) -> Result<(Self, Report), String> {
        let (store, report) = load(folder.as_deref(), &given, &policy, now)?;
        Ok((Self { folder, given, policy, store: RwLock::new(Arc::new(store)) }, report))
    }

    /// What is trusted now.
    pub fn store(&self) -> Arc<TrustStore> {
        Arc::clone(&self.store.read().expect("no holder of this lock panics"))
    }

    /// Reads everything anew; what was trusted stays so if that fails, or would forget what was
    /// revoked.
    pub fn reload(&self, now: Timestamp) -> Result<Report, String> {
        let (mut store, report) = load(self.folder.as_deref(), &self.given, &self.policy, now)?;
        let old = self.store();
        let forgotten = store.forgets(&old);
        if !forgotten.is_empty() {
            let issuers = forgotten.join("; ");
            return Err(format!(
                "a revocation list in use is missing, broken or replaced by an older one: {issuers}"
            ));
        }
        store.remember(&old);
        *self.store.write().expect("no holder of this lock panics") = Arc::new(store);
        Ok(report)
    }
}

fn load(
    folder: Option<&Path>,
    given: &[Source],
    policy: &Policy,
    now: Timestamp,
) -> Result<(TrustStore, Report), String> {
    let mut sources = given.to_vec();
    if let Some(folder) = folder {
        sources.extend(read(folder)?);
    }
    Ok(TrustStore::load(&sources, policy, now.unix_seconds()))
}

/// Every file of the folder, by name; hidden ones and folders in it are passed over.
pub fn read(folder: &Path) -> Result<Vec<Source>, String> {
    let trouble = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| trouble(folder, error))? {
        let path = entry.map_err(|error| trouble(folder, error))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let data = std::fs::metadata(&path).map_err(|error| trouble(&path, error))?;
        if name.starts_with('.') || !data.is_file() {
            continue;
        }
        if data.len() > LARGEST {
            return Err(format!("{} is larger than 512 MiB", path.display()));
        }
        let bytes = std::fs::read(&path).map_err(|error| trouble(&path, error))?;
        sources.push(Source { name, bytes });
    }
    sources.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(sources)
}

/// Writes what a load found to the log: a line of counts, and one for each thing that is not used.
pub fn log(report: &Report) {
    let counts: Vec<_> = report.counts().map(|(status, n)| format!("{n} {status}")).collect();
    tracing::info!(counts = counts.join(", "), "trust store loaded");
    for entry in report.troubles() {
        let (source, status) = (&entry.source, entry.status.as_str());
        tracing::warn!(%source, status, what = %entry.what, "not used as it is");
    }
}
