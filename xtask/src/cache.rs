//! A folder of results, each filed under the hash of what it was made from.

use std::collections::HashSet;
use std::path::PathBuf;
use std::{array, fs};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Saves the slow, pure steps of a build (WebAssembly optimisation, compression) from being repeated.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    used: HashSet<String>,
}

impl Cache {
    /// Opens the cache in `folder`, creating it where it is missing.
    ///
    /// # Errors
    /// When the folder cannot be created.
    pub fn open(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Self { folder, used: HashSet::new() })
    }

    /// The results of `recipe` on `input`, computed now unless an earlier build has done so.
    ///
    /// `recipe` names the step and everything it depends on besides `input`: a step that changes
    /// must change its recipe.
    ///
    /// # Errors
    /// When the step fails, or a result cannot be read or written.
    pub fn get<const N: usize>(
        &mut self,
        recipe: &str,
        input: &[u8],
        step: impl FnOnce() -> Result<[Vec<u8>; N]>,
    ) -> Result<[Vec<u8>; N]> {
        let key = hash(&[recipe.as_bytes(), input]);
        let names: [String; N] = array::from_fn(|index| format!("{key}-{index}"));
        self.used.extend(names.iter().cloned());
        let found: Vec<Vec<u8>> =
            names.iter().filter_map(|name| fs::read(self.folder.join(name)).ok()).collect();
        if let Ok(found) = found.try_into() {
            return Ok(found);
        }
        let results = step()?;
        for (name, result) in names.iter().zip(&results) {
            let unfinished = self.folder.join(format!("{name}.part"));
            fs::write(&unfinished, result)?;
            fs::rename(&unfinished, self.folder.join(name))?;
        }
        Ok(results)
    }

    /// Removes every result this build did not ask for.
    ///
    /// # Errors
    /// When the folder cannot be read or a file in it cannot be removed.
    pub fn prune(self) -> Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !self.used.contains(entry.file_name().to_string_lossy().as_ref()) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// The SHA-256 of the parts, each preceded by its length, in hexadecimal.
pub fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    format!("{:x}", hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn a_hash_tells_where_one_part_ends_and_the_next_begins() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
    }
}
