//! One build: the server binary, the page's WebAssembly, and the site folder both are served with.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::cache::Cache;
use crate::workspace::{Workspace, run};
use crate::{assets, islands, wasm};

/// How much the build optimises, and where its results go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build; `target/debug/kayle` and `target/site-debug`.
    Debug,
    /// What is shipped; `target/release/kayle` and `target/site`.
    Release,
}

/// The two things a build leaves behind.
#[derive(Debug)]
pub struct Built {
    /// The server.
    pub binary: PathBuf,
    /// The folder of static files it serves.
    pub site: PathBuf,
}

impl Built {
    /// Tells a program which build to use.
    pub fn env<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("KAYLE_BIN", &self.binary).env("KAYLE_SITE", &self.site)
    }
}

/// Builds everything; what has not changed is not done again.
///
/// # Errors
/// When a compiler or tool fails, or when the server can render an island the WebAssembly lacks.
pub fn build(workspace: &Workspace, profile: Profile) -> Result<Built> {
    let release = profile == Profile::Release;
    let built = Built {
        binary: workspace.target.join(if release { "release/kayle" } else { "debug/kayle" }),
        site: workspace.target.join(if release { "site" } else { "site-debug" }),
    };
    let mut server = workspace.cargo();
    server.args(["build", "-p", "kayle-server", "--bin", "kayle"]);
    run(if release { server.arg("--release") } else { &mut server })?;

    let mut cache = Cache::open(built.site.with_extension("cache"))?;
    let front = wasm::build(workspace, profile, &mut cache)?;
    islands::check(workspace, &built.binary, &front.wasm)?;
    assets::assemble(workspace, &front, &mut cache, &built.site)?;
    cache.prune()?;
    Ok(built)
}
