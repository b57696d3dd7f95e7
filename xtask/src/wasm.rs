//! The page's WebAssembly: compiled with its own standard library, bound to JavaScript, shrunk.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::build::Profile;
use crate::cache::Cache;
use crate::workspace::{Workspace, run};

/// Flags that leave out of the release what nobody would see: the text of panics and `Debug`.
const SMALL: &str =
    "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// The post-1.0 WebAssembly features rustc emits, all of them in every current browser.
const WASM_OPT: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// The two files a browser loads to make the islands live.
#[derive(Debug)]
pub struct Front {
    /// The ECMAScript module that instantiates the WebAssembly.
    pub js: Vec<u8>,
    /// The WebAssembly.
    pub wasm: Vec<u8>,
}

/// Cargo arguments for anything on the WebAssembly target, with the standard library from source.
pub const TARGET: [&str; 3] = ["--target", "wasm32-unknown-unknown", "-Zbuild-std=std,panic_abort"];

/// Cargo for the WebAssembly half: a target folder of its own, and unstable options allowed.
pub fn cargo(workspace: &Workspace) -> Command {
    let mut cargo = workspace.cargo();
    cargo
        .env("CARGO_TARGET_DIR", workspace.target.join("front"))
        .env("RUSTC_BOOTSTRAP", "1") // -Zbuild-std on a stable compiler
        .env_remove("RUSTFLAGS"); // would override the target's own flags
    cargo
}

/// Compiles the frontend crate and makes the two files of it.
///
/// # Errors
/// When the compiler, wasm-bindgen, wasm-opt or esbuild fails.
pub fn build(workspace: &Workspace, profile: Profile, cache: &mut Cache) -> Result<Front> {
    let release = profile == Profile::Release;
    let mut cargo = cargo(workspace);
    cargo.args(["build", "-p", "kayle-frontend"]).args(TARGET);
    if release {
        cargo
            .args(["--profile", "wasm-release"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SMALL);
    }
    run(&mut cargo)?;
    let folder = if release { "wasm-release" } else { "debug" };
    let compiled =
        workspace.target.join("front/wasm32-unknown-unknown").join(folder).join("kayle.wasm");
    bind(workspace, &compiled, release, cache)
}

/// Binds and shrinks what the compiler wrote, unless the cache has the result already.
fn bind(workspace: &Workspace, compiled: &Path, release: bool, cache: &mut Cache) -> Result<Front> {
    let input =
        fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let locks = [
        fs::read_to_string(workspace.root.join("Cargo.lock"))?,
        fs::read_to_string(workspace.root.join("end2end/package-lock.json"))?,
    ];
    // The lock files stand for the versions of wasm-bindgen, wasm-opt and esbuild.
    let recipe = format!("front 1: {WASM_OPT:?} {release} {locks:?}");
    let [js, wasm] = cache.get(&recipe, &input, || {
        let scratch = compiled.with_extension("bindgen");
        bindgen(compiled, &scratch)?;
        if release {
            shrink(workspace, &scratch)?;
        }
        Ok([fs::read(scratch.join("kayle.js"))?, fs::read(scratch.join("kayle_bg.wasm"))?])
    })?;
    Ok(Front { js, wasm })
}

/// Writes `kayle.js` and `kayle_bg.wasm` to `folder`.
fn bindgen(compiled: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true) // the page's loader names the hashed file
        .generate(folder)
        .context("wasm-bindgen failed; its version here must be the one in Cargo.lock")
}

/// Shrinks both files in place.
fn shrink(workspace: &Workspace, folder: &Path) -> Result<()> {
    let (wasm, js) = (folder.join("kayle_bg.wasm"), folder.join("kayle.js"));
    run(workspace.npm_tool("wasm-opt").args(WASM_OPT).arg(&wasm).arg("-o").arg(&wasm))?;
    let mut esbuild = workspace.npm_tool("esbuild");
    esbuild.arg(&js).args(["--minify", "--format=esm", "--allow-overwrite", "--log-level=warning"]);
    run(esbuild.arg(format!("--outfile={}", js.display())))
}
