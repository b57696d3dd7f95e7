//! The command line: each command prints one JSON object on stdout, and what is for people on
//! stderr (`spec.md` §9).

mod admin;
mod listen;
mod manage;
mod serve;
mod simulate;
mod trust;

use std::io::{self, Write as _};
use std::panic;

use clap::{Parser, Subcommand};
use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use crate::config::{Config, Source};
use crate::engine::{Clock, Engine, Entropy};
use crate::error::Error;

/// Kayle verify: document and face checks with the user's consent.
#[derive(Debug, Parser)]
#[command(name = "kayle", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server: API, page, sweep and deliveries.
    Serve,
    /// Bring the database up to date.
    Migrate,
    /// Create or list organizations.
    #[command(subcommand)]
    Org(manage::Org),
    /// Create, list or disable API keys.
    #[command(subcommand)]
    Key(manage::Key),
    /// Receive webhooks on this machine and print each event as a line of JSON.
    Listen(listen::Options),
    /// Look after the certificates that documents are checked against.
    #[command(subcommand)]
    Trust(trust::Trust),
    /// Play the phone's part of a session; sandbox only.
    Simulate(simulate::Options),
}

/// Runs the command the process was started with; the error is for its user.
pub async fn run() -> Result<(), String> {
    let arguments = Arguments::parse();
    let config = Config::read(&Source::from_environment()?)?;
    start_log(&config)?;
    match arguments.command {
        Command::Serve => serve::serve(config).await,
        Command::Migrate => manage::migrate(&engine(config).await?),
        Command::Org(command) => manage::org(&engine(config).await?, command).await,
        Command::Key(command) => manage::key(&engine(config).await?, command).await,
        Command::Listen(options) => listen::listen(&engine(config).await?, options).await,
        Command::Trust(command) => trust::trust(&config, command),
        Command::Simulate(options) => simulate::simulate(&config, options).await,
    }
}

/// The engine the settings ask for, on the machine's own clock and randomness.
async fn engine(config: Config) -> Result<Engine, String> {
    Engine::build_idle(config, Clock::system(), Entropy::system()).await
}

fn start_log(config: &Config) -> Result<(), String> {
    let filter = EnvFilter::try_new(&config.log)
        .map_err(|error| format!("KAYLE_LOG must be a tracing filter such as info: {error}"))?;
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .try_init()
        .map_err(|error| format!("logging cannot start: {error}"))?;
    // Where it happened, not what it said: a panic's message may hold anything.
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
    Ok(())
}

/// What the command's user is told; what lies behind it goes to the log.
fn told(error: &Error) -> String {
    if error.cause.is_some() {
        error.log();
    }
    error.to_string()
}

/// Prints one line on stdout.
fn print_line(line: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| format!("stdout: {error}"))
}

/// Prints one JSON value as a line on stdout.
fn print(value: &impl Serialize) -> Result<(), String> {
    print_line(&serde_json::to_string(value).map_err(|error| error.to_string())?)
}

/// Cancelled when the process is asked to end: SIGTERM or SIGINT.
fn until_asked_to_end() -> Result<CancellationToken, String> {
    let listen = |kind| signal(kind).map_err(|error| format!("signals: {error}"));
    let (mut terminate, mut interrupt) =
        (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    let asked = CancellationToken::new();
    let token = asked.clone();
    tokio::spawn(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        token.cancel();
    });
    Ok(asked)
}
