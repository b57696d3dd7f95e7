//! `cargo xtask fuzz`: arbitrary bytes for every parser of `document/`, for a bounded time.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::workspace::{Workspace, run, stdout};

/// The fuzzer's own crate, apart from the workspace.
pub const MANIFEST: &str = "document/fuzz/Cargo.toml";

const TARGETS: [&str; 5] = ["attestation", "chip", "data_groups", "document", "trust"];

/// How long each target runs unless told otherwise, in seconds.
const SECONDS: u64 = 60;

/// What `cargo fuzz` gives a nightly compiler, as the stable one takes it: counters for every edge,
/// and comparisons the fuzzer can see.
const INSTRUMENTED: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing -Ccodegen-units=1";

/// Bounds for one input, and the same inputs every time as far as time allows.
const LIMITS: [&str; 5] =
    ["-max_len=65536", "-timeout=10", "-rss_limit_mb=2048", "-seed=1", "-print_final_stats=1"];

/// Runs every target for that many seconds, or as long as usual, and prints what each reached.
///
/// # Errors
/// When something does not build, or an input breaks a target: the error says where it is.
pub fn fuzz(workspace: &Workspace, seconds: Option<&str>) -> Result<()> {
    let seconds = seconds.map_or(Ok(SECONDS), str::parse).context("SECONDS is a number")?;
    let binaries = build(workspace)?;
    for target in TARGETS {
        let reached = run_target(workspace, &binaries.join(target), target, seconds)?;
        println!("{target:>12}  {reached}");
    }
    Ok(())
}

/// Builds every target and returns the folder they are in.
fn build(workspace: &Workspace) -> Result<PathBuf> {
    let version = stdout(workspace.toolchain_env(Command::new("rustc").arg("-vV")))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc does not say what it runs on")?;
    let target = folder(workspace);
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--release", "--locked", "--bins", "--manifest-path", MANIFEST]);
    // With a target named, build scripts and macros are not instrumented.
    cargo.args(["--target", host]).env("RUSTFLAGS", INSTRUMENTED).env("CARGO_TARGET_DIR", &target);
    run(&mut cargo)?;
    Ok(target.join(host).join("release"))
}

/// Where targets are built and run: other flags than the rest, and nothing of it is kept.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("fuzz")
}

/// Runs one target and returns how far it got.
fn run_target(workspace: &Workspace, binary: &Path, target: &str, seconds: u64) -> Result<String> {
    let scratch = folder(workspace).join("runs").join(target);
    let found = scratch.join("found");
    fs::create_dir_all(&found).with_context(|| format!("cannot create {}", found.display()))?;
    let log = scratch.join("log");
    let mut artifacts = scratch.join("artifacts").into_os_string();
    artifacts.push("/");
    fs::create_dir_all(&artifacts).context("cannot create a folder for what breaks a target")?;
    let status = Command::new(binary)
        .args(LIMITS)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}", artifacts.display()))
        .arg(&found) // new inputs go to the first folder
        .arg(workspace.root.join("document/fuzz/corpus").join(target))
        .stderr(File::create(&log)?)
        .status()
        .with_context(|| format!("cannot start {}", binary.display()))?;
    let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    ensure!(status.success(), "{}\n{target} broke ({status}): {}", tail(&said), log.display());
    Ok(reached(&said))
}

/// The end of a log, where the fuzzer says what happened and which input it was.
fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}

/// How many inputs ran, and how much of the code they reached.
fn reached(log: &str) -> String {
    let runs = log.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let done = log.lines().rfind(|line| line.contains(" cov: "));
    let number = |name: &str| {
        let mut words = done.unwrap_or_default().split_whitespace();
        words.find(|word| *word == name).and_then(|_| words.next()).unwrap_or("?")
    };
    let runs = runs.map_or("?", str::trim);
    format!("{runs} runs, {} edges, {} features", number("cov:"), number("ft:"))
}

#[cfg(test)]
mod tests {
    use super::{TARGETS, reached};

    #[test]
    fn the_last_line_with_coverage_counts() {
        let log = "#2 INITED cov: 10 ft: 11 corp: 1/1b\n\
            #99 DONE   cov: 1234 ft: 5678 corp: 9/99b lim: 4 exec/s: 1 rss: 40Mb\n\
            stat::number_of_executed_units: 99\n";
        assert_eq!(reached(log), "99 runs, 1234 edges, 5678 features");
        assert_eq!(reached(""), "? runs, ? edges, ? features");
    }

    #[test]
    fn every_target_has_a_binary() {
        let manifest = include_str!("../../document/fuzz/Cargo.toml");
        let binaries: Vec<&str> = manifest
            .split("[[bin]]\nname = \"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let mut sorted = binaries.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, TARGETS);
    }
}
