//! Checks that the server and the WebAssembly agree on the name of every island, and that the WebAssembly
//! holds nothing of the server functions.
//!
//! `#[island] fn Counter` becomes an export `Counter_<hash of its tokens>` in the WebAssembly and a
//! `data-component` of the same text in the server's HTML. The hash depends on the compiler, and an
//! export disappears when nothing links the crate it is in: either way the island would stay dead in
//! the browser without an error at build time.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;

/// What the address of every server function begins with.
const FUNCTIONS: &str = "/form/";

/// Compares the islands declared in `app/` with what the server binary and the WebAssembly contain.
///
/// # Errors
/// When one of them lacks an island, or the two name it differently; when a form's client is linked.
pub fn check(workspace: &Workspace, binary: &Path, wasm: &[u8]) -> Result<()> {
    // The address is a constant of the client that leptos generates: where it is, the client is.
    ensure!(
        !contains(wasm, FUNCTIONS),
        "the WebAssembly holds the client of a server function: an island must post to its address instead, \
         which it is given as a prop"
    );
    let server = fs::read(binary).with_context(|| format!("cannot read {}", binary.display()))?;
    let mut islands = Vec::new();
    collect(&workspace.root.join("app/src"), &mut islands)?;
    for island in &islands {
        let exported = ids(wasm, island);
        ensure!(!exported.is_empty(), "the WebAssembly does not export the island {island}");
        ensure!(
            exported.iter().any(|id| contains(&server, id)),
            "the server renders the island {island} under another name than the WebAssembly \
             exports ({exported:?}): both must come from one compiler and one source"
        );
    }
    Ok(())
}

/// Adds the islands of every Rust file below `folder`.
fn collect(folder: &Path, islands: &mut Vec<String>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, islands)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            islands.extend(declared(&fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// The names of the functions below an `#[island]` attribute.
fn declared(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut below_attribute = false;
    for line in source.lines().map(str::trim) {
        if line.starts_with("#[island]") || line.starts_with("#[island(") {
            below_attribute = true;
        }
        if let Some((_, rest)) = line.split_once("fn ").filter(|_| below_attribute) {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            names.push(rest[..end].to_owned());
            below_attribute = false;
        }
    }
    names
}

/// Every text of the form `<island>_<decimal hash>` in `bytes`.
fn ids(bytes: &[u8], island: &str) -> Vec<String> {
    let prefix = format!("{island}_");
    let mut found: Vec<String> = bytes
        .windows(prefix.len())
        .enumerate()
        .filter(|(_, window)| *window == prefix.as_bytes())
        .map(|(at, _)| &bytes[at + prefix.len()..])
        .map(|rest| rest.iter().take_while(|byte| byte.is_ascii_digit()))
        .map(|digits| prefix.chars().chain(digits.map(|byte| char::from(*byte))).collect())
        .filter(|id: &String| id.len() > prefix.len())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{declared, ids};

    #[test]
    fn islands_are_found_below_their_attribute_and_components_are_not() {
        let source = "#[component]\nfn Page() {}\n\n#[island]\n/// Doc.\npub fn Scan(a: u8) {}\n";
        assert_eq!(declared(source), ["Scan"]);
    }

    #[test]
    fn an_id_is_the_name_and_its_decimal_hash() {
        assert_eq!(ids(b"\x01Scan_123\x02Scan_x Scan_123", "Scan"), ["Scan_123"]);
    }
}
