//! `cargo xtask`: reads the command line and starts the command it names.

mod assets;
mod build;
mod cache;
mod fuzz;
mod islands;
mod postgres;
mod suite;
mod wasm;
mod workspace;

use std::env;
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::build::Profile;
use crate::postgres::Cluster;
use crate::suite::Part;
use crate::workspace::{Workspace, run};

const USAGE: &str = "\
cargo xtask build [--release]              build the server, the WebAssembly and the site
cargo xtask test [--only lint|units|e2e]   everything the project checks, in order
cargo xtask bench [-- ARGS]                release build, then the load driver
cargo xtask fuzz [-- SECONDS]              arbitrary bytes for every parser of documents
cargo xtask dev                            debug build, served in sandbox mode
cargo xtask postgres -- COMMAND [ARGS]     run COMMAND with KAYLE_TEST_POSTGRES set";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let workspace = Workspace::locate()?;
    match words.as_slice() {
        ["build"] => build::build(&workspace, Profile::Debug).map(drop),
        ["build", "--release"] => build::build(&workspace, Profile::Release).map(drop),
        ["test"] => suite::test(&workspace, &Part::ALL),
        ["test", "--only", part] => suite::test(&workspace, &[Part::named(part)?]),
        ["bench", rest @ ..] => bench(&workspace, rest),
        ["fuzz"] => fuzz::fuzz(&workspace, None),
        ["fuzz", "--", seconds] => fuzz::fuzz(&workspace, Some(seconds)),
        ["dev"] => dev(&workspace),
        ["postgres", "--", program, rest @ ..] => with_postgres(&workspace, program, rest),
        _ => bail!("unknown command\n\n{USAGE}"),
    }
}

/// Serves the debug build the way `scripts/run` serves the release.
fn dev(workspace: &Workspace) -> Result<()> {
    let built = build::build(workspace, Profile::Debug)?;
    run(built.env(&mut workspace.command("scripts/run")))
}

/// Measures the release build; the cluster is there for the PostgreSQL half of the figures.
fn bench(workspace: &Workspace, rest: &[&str]) -> Result<()> {
    let built = build::build(workspace, Profile::Release)?;
    let cluster = Cluster::start()?;
    let mut bench = workspace.cargo();
    bench.args(["bench", "-p", "kayle-server", "--bench", "load"]).args(rest);
    run(cluster.env(built.env(&mut bench)))?;
    // What is asked for by name is a part of the load driver's.
    if rest.is_empty() {
        let mut bench = workspace.cargo();
        run(bench.args(["bench", "-p", "kayle-document", "--bench", "evaluate"]))?;
    }
    Ok(())
}

fn with_postgres(workspace: &Workspace, program: &str, rest: &[&str]) -> Result<()> {
    let cluster = Cluster::start()?;
    let mut command = Command::new(program);
    run(cluster.env(workspace.toolchain_env(command.args(rest))))
}
