//! `cargo xtask test`: everything the project checks, in order, up to the first failure.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::build::{self, Profile};
use crate::postgres::Cluster;
use crate::workspace::{Workspace, run};
use crate::{fuzz, wasm};

/// Everything but the WebAssembly entry, whose features must not meet the server's in one build.
const SERVER_SIDE: [&str; 3] = ["--workspace", "--exclude", "kayle-frontend"];

/// A part of the suite that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Format, clippy on both targets, documentation.
    Lint,
    /// `cargo test` on SQLite and PostgreSQL.
    Units,
    /// The release build, driven by a browser.
    EndToEnd,
}

impl Part {
    /// The whole suite.
    pub const ALL: [Self; 3] = [Self::Lint, Self::Units, Self::EndToEnd];

    /// The part `--only NAME` means.
    ///
    /// # Errors
    /// When there is no such part.
    pub fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "lint" => Self::Lint,
            "units" => Self::Units,
            "e2e" => Self::EndToEnd,
            _ => bail!("--only takes lint, units or e2e, not {name}"),
        })
    }
}

/// Runs the named parts and prints what ran and how long it took.
///
/// # Errors
/// The first step that fails.
pub fn test(workspace: &Workspace, parts: &[Part]) -> Result<()> {
    let mut ran = Vec::new();
    let outcome = parts.iter().try_for_each(|part| match part {
        Part::Lint => lint(workspace, &mut ran),
        Part::Units => units(workspace, &mut ran),
        Part::EndToEnd => end_to_end(workspace, &mut ran),
    });
    println!();
    for Step { name, took, passed } in &ran {
        let mark = if *passed { "ok" } else { "FAILED" };
        println!("{mark:>7}  {name} ({:.1} s)", took.as_secs_f64());
    }
    outcome
}

struct Step {
    name: &'static str,
    took: Duration,
    passed: bool,
}

/// Runs one step and notes its outcome.
fn step(ran: &mut Vec<Step>, name: &'static str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n== {name}");
    let start = Instant::now();
    let outcome = work();
    ran.push(Step { name, took: start.elapsed(), passed: outcome.is_ok() });
    outcome.with_context(|| format!("{name} failed"))
}

fn lint(workspace: &Workspace, ran: &mut Vec<Step>) -> Result<()> {
    step(ran, "format", || {
        run(workspace.cargo().args(["fmt", "--all", "--check"]))?;
        let fuzz = ["--manifest-path", fuzz::MANIFEST, "--check"];
        run(workspace.cargo().arg("fmt").args(fuzz))
    })?;
    step(ran, "clippy, server side", || {
        let mut clippy = workspace.cargo();
        clippy.arg("clippy").args(SERVER_SIDE).args(["--all-targets", "--", "-D", "warnings"]);
        run(&mut clippy)
    })?;
    step(ran, "clippy, WebAssembly", || {
        let mut clippy = wasm::cargo(workspace);
        clippy
            .args(["clippy", "-p", "kayle-frontend", "-p", "kayle-app"])
            .args(["--profile", "wasm-release"]) // shares its macros and build scripts
            .args(wasm::TARGET);
        run(clippy.args(["--", "-D", "warnings"]))
    })?;
    step(ran, "documentation", || {
        let mut doc = workspace.cargo();
        doc.args(["doc", "--no-deps"]).args(SERVER_SIDE).env("RUSTDOCFLAGS", "-Dwarnings");
        run(&mut doc)
    })
}

fn units(workspace: &Workspace, ran: &mut Vec<Step>) -> Result<()> {
    step(ran, "cargo test", || {
        let cluster = Cluster::start()?;
        run(cluster.env(workspace.cargo().arg("test").args(SERVER_SIDE)))
    })
}

fn end_to_end(workspace: &Workspace, ran: &mut Vec<Step>) -> Result<()> {
    let mut built = None;
    step(ran, "release build", || {
        built = Some(build::build(workspace, Profile::Release)?);
        Ok(())
    })?;
    step(ran, "Playwright", || {
        let built = built.context("the build before it succeeded")?;
        let mut playwright = workspace.npm_tool("playwright");
        playwright.arg("test").current_dir(workspace.root.join("end2end"));
        run(built.env(&mut playwright))
    })
}
