//! Where things are, and how this tool starts other programs.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// The checkout, its build folder and the toolchain that builds both halves.
#[derive(Debug)]
pub struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// `CARGO_TARGET_DIR`, or `target` in the root; always absolute.
    pub target: PathBuf,
    toolchain: String,
}

impl Workspace {
    /// Finds the checkout this tool was compiled in and asks `scripts/toolchain` for the compiler.
    ///
    /// # Errors
    /// When `scripts/setup` has not prepared the machine.
    pub fn locate() -> Result<Self> {
        // As cargo says now, not as it was when this was compiled: checkouts may share a target
        // folder, and then this very binary.
        let here = env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`")?;
        let root = Path::new(&here)
            .parent()
            .context("xtask lies directly below the workspace root")?
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
        let toolchain = stdout(&mut Command::new(root.join("scripts/toolchain")))?;
        Ok(Self { target: root.join(target), root, toolchain })
    }

    /// A program to be run in the root; a relative `program` is taken from there too.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.root.join(program));
        self.toolchain_env(command.current_dir(&self.root));
        command
    }

    /// Cargo of the chosen toolchain.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new("cargo");
        self.toolchain_env(command.current_dir(&self.root));
        command
    }

    /// A tool installed by `npm ci`.
    pub fn npm_tool(&self, name: &str) -> Command {
        self.command(&format!("end2end/node_modules/.bin/{name}"))
    }

    /// Hands the toolchain and the target folder on to a program that may call cargo.
    pub fn toolchain_env<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("RUSTUP_TOOLCHAIN", &self.toolchain).env("CARGO_TARGET_DIR", &self.target)
    }
}

/// Runs a command to its end, showing its output.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", shown(command)))?;
    ensure!(status.success(), "{} failed ({status})", shown(command));
    Ok(())
}

/// Runs a command to its end and returns what it printed, trimmed.
///
/// # Errors
/// When it cannot be started, does not succeed or prints something that is not UTF-8.
pub fn stdout(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})", shown(command), output.status);
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
