//! The server under load: the real binary as a child process, on a database of its own.

use std::env;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use crate::client::Connection;

/// How long the server may take to begin or to end before that counts as failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// The binary with its settings.
pub struct Program {
    binary: PathBuf,
    database: String,
}

impl Program {
    /// The binary that `KAYLE_BIN` names, else the one cargo built for this bench.
    pub fn find(folder: &Path) -> Self {
        let built = || PathBuf::from(env!("CARGO_BIN_EXE_kayle"));
        Self {
            binary: env::var_os("KAYLE_BIN").map_or_else(built, PathBuf::from),
            database: format!("sqlite://{}/kayle.db", folder.display()),
        }
    }

    /// The same binary on another database.
    pub fn on(database: String) -> Self {
        Self { database, ..Self::find(Path::new("")) }
    }

    /// The binary with exactly these settings, whatever else the environment holds.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        for (name, _) in env::vars_os() {
            let ours = name.to_string_lossy();
            if ours.starts_with("KAYLE_") && ours != "KAYLE_SITE" {
                command.env_remove(&name);
            }
        }
        command
            .env("DATABASE_URL", &self.database)
            .env("KAYLE_SANDBOX", "true")
            .env("KAYLE_RATE_LIMIT", "off")
            .env("KAYLE_LOG", "error")
            .env("KAYLE_ADDR", "127.0.0.1:0")
            .env("KAYLE_ADMIN_ADDR", "127.0.0.1:0")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// Makes an organization and returns a key of it that writes and reads sessions.
    pub async fn tenant(&self) -> Result<String, String> {
        let organization = self.ask(&["org", "create", "--name", "Bench"], "id").await?;
        let scopes = "sessions:write,sessions:read";
        let key = ["key", "create", "--org", &organization, "--name", "bench", "--scopes", scopes];
        self.ask(&key, "key").await
    }

    /// The field of the JSON object that a command prints.
    async fn ask(&self, arguments: &[&str], field: &str) -> Result<String, String> {
        let run = self.command().args(arguments).stderr(Stdio::inherit()).output().await;
        let output = run.map_err(|error| format!("{}: {error}", self.binary.display()))?;
        let said: Option<Value> = serde_json::from_slice(&output.stdout).ok();
        let text = said.as_ref().and_then(|object| object[field].as_str());
        match text.filter(|_| output.status.success()) {
            Some(text) => Ok(text.to_owned()),
            None => Err(format!("kayle {} gave no {field}", arguments.join(" "))),
        }
    }

    /// Starts the server and waits for its first answer.
    pub async fn serve(&self) -> Result<Server, String> {
        let begun = Instant::now();
        let spawned = self.command().arg("serve").stdout(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|error| format!("{}: {error}", self.binary.display()))?;
        let stdout = child.stdout.take().ok_or("the server has no stdout")?;
        let mut lines = BufReader::new(stdout).lines();
        let ready = timeout(PATIENCE, ready(&mut lines)).await;
        let address = ready.map_err(|_| "the server did not start in time")??;
        Ok(Server { child, _stdout: lines, address, took: begun.elapsed() })
    }
}

/// The address in the line that says so, once `/healthz` answers there.
async fn ready(lines: &mut Lines<BufReader<ChildStdout>>) -> Result<SocketAddr, String> {
    let ended = || "the server ended before it listened".to_owned();
    let address = loop {
        let line = lines.next_line().await.map_err(|error| error.to_string())?;
        if let Some(address) = line.ok_or_else(ended)?.strip_prefix("listening on http://") {
            break address.parse().map_err(|_| format!("{address} is not an address"))?;
        }
    };
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {address}\r\n\r\n");
    Connection::open(address).await?.exchange(request.as_bytes(), 200).await?;
    Ok(address)
}

/// A server at work; killed if it is dropped.
pub struct Server {
    child: Child,
    // Held open: a server whose stdout is gone could fail to print.
    _stdout: Lines<BufReader<ChildStdout>>,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start to its first answer.
    pub took: Duration,
}

impl Server {
    /// Asks it to end (SIGTERM, by its id) and waits until it has.
    pub async fn stop(mut self) -> Result<(), String> {
        let id = self.id()?.to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().await;
        if !asked.map_err(|error| format!("kill: {error}"))?.success() {
            return Err("the server could not be asked to end".into());
        }
        let ended = timeout(PATIENCE, self.child.wait()).await;
        let status = ended.map_err(|_| "the server did not end when asked")?;
        match status.map_err(|error| error.to_string())? {
            status if status.success() => Ok(()),
            status => Err(format!("the server ended with {status}")),
        }
    }

    /// Memory it holds now (`VmRSS`), in MB.
    pub fn resident(&self) -> Result<f64, String> {
        let path = format!("/proc/{}/status", self.id()?);
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u32>().ok());
        Ok(f64::from(kib.ok_or("no VmRSS")?) * 1024.0 / 1e6)
    }

    fn id(&self) -> Result<u32, String> {
        self.child.id().ok_or_else(|| "the server has ended".to_owned())
    }
}
