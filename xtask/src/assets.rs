//! The site folder: hashed and compressed script, WebAssembly and style, and the static files.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};
use serde_json::json;

use crate::cache::{Cache, hash};
use crate::wasm::Front;
use crate::workspace::Workspace;

/// Kinds of file worth compressing; pictures and fonts already are.
const TEXT_LIKE: [&str; 9] =
    ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Digits of a content hash in a file name: 64 bits, beyond accident.
const NAME_DIGITS: usize = 16;

/// Writes a new site folder and puts it in the place of the old one, so that no stale file stays.
///
/// # Errors
/// When the style sheet does not compile or a file cannot be read or written.
pub fn assemble(
    workspace: &Workspace,
    front: &Front,
    cache: &mut Cache,
    site: &Path,
) -> Result<()> {
    let next = site.with_extension("next");
    remove(&next)?;
    let pkg = next.join("pkg");
    fs::create_dir_all(&pkg)?;
    let style = style(&workspace.root.join("style/main.scss"))?;
    let swagger = workspace.root.join("end2end/node_modules/swagger-ui-dist");
    let reference = |name: &str| {
        let path = swagger.join(name);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let (ui, ui_style) = (reference("swagger-ui-bundle.js")?, reference("swagger-ui.css")?);
    let files = [
        ("js", "kayle", "js", front.js.as_slice()),
        ("wasm", "kayle_bg", "wasm", front.wasm.as_slice()),
        ("css", "kayle", "css", style.as_bytes()),
        ("reference.js", "reference", "js", ui.as_slice()),
        ("reference.css", "reference", "css", ui_style.as_slice()),
    ];
    let mut manifest = serde_json::Map::new();
    for (key, stem, extension, bytes) in files {
        let name = format!("{stem}.{}.{extension}", &hash(&[bytes])[..NAME_DIGITS]);
        write(cache, &pkg.join(&name), bytes)?;
        manifest.insert(key.to_owned(), json!(format!("/pkg/{name}")));
    }
    fs::write(pkg.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?)?;
    copy(cache, &workspace.root.join("public"), &next)?;
    remove(site)?;
    fs::rename(&next, site).with_context(|| format!("cannot write {}", site.display()))
}

fn style(source: &Path) -> Result<String> {
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    grass::from_path(source, &options).with_context(|| format!("in {}", source.display()))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// Copies a folder of static files; names that begin with a dot stay behind.
fn copy(cache: &mut Cache, from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            copy(cache, &path, &to.join(name))?;
        } else {
            write(cache, &to.join(name), &fs::read(&path)?)?;
        }
    }
    Ok(())
}

/// Writes a file and, where they are smaller than it, its Brotli and gzip copies.
fn write(cache: &mut Cache, path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    if !TEXT_LIKE.contains(&extension.as_str()) {
        return Ok(());
    }
    let copies = cache.get("brotli 11, gzip 9", bytes, || Ok([brotli(bytes)?, gzip(bytes)?]))?;
    for (suffix, copy) in ["br", "gz"].iter().zip(copies) {
        if copy.len() < bytes.len() {
            fs::write(path.with_extension(format!("{extension}.{suffix}")), copy)?;
        }
    }
    Ok(())
}

fn brotli(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let best = BrotliEncoderParams { quality: 11, lgwin: 22, ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut bytes, &mut packed, &best)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
