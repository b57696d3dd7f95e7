//! A throw-away PostgreSQL cluster: made when a command needs one, gone when the command ends.

use std::ffi::OsStr;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, process};

use anyhow::{Context, Result};

use crate::workspace::{run, stdout};

/// Durability is of no use to a cluster that lives for minutes; speed is.
const SETTINGS: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off \
                        -c max_connections=200 -c listen_addresses=127.0.0.1";

/// A running cluster; dropping it stops the server and removes its files.
#[derive(Debug)]
pub struct Cluster {
    tools: Tools,
    data: PathBuf,
    url: String,
}

impl Cluster {
    /// Makes a cluster in the temporary folder and waits until it accepts connections.
    ///
    /// It listens on a free loopback port and a Unix socket in its own folder, and trusts every
    /// local caller.
    ///
    /// # Errors
    /// When PostgreSQL's programs are missing or do not succeed.
    pub fn start() -> Result<Self> {
        let tools = Tools::find()?;
        let data = env::temp_dir().join(format!("kayle-postgres-{}", process::id()));
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let cluster = Self { tools, data, url };
        cluster.stop_when_interrupted()?;

        let data = &cluster.data;
        let mut initdb = cluster.tools.command("initdb", data);
        initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        run(initdb.stdout(Stdio::null())).context("cannot make a PostgreSQL cluster")?;
        let options = format!("-p {port} -k {} {SETTINGS}", data.display());
        let mut start = cluster.tools.command("pg_ctl", data);
        start.args(["start", "--wait", "--options", &options, "--log"]).arg(data.join("log"));
        run(start.stdout(Stdio::null())).context("cannot start PostgreSQL")?;
        Ok(cluster)
    }

    /// Tells a program where the cluster is.
    pub fn env<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("KAYLE_TEST_POSTGRES", &self.url)
    }

    /// Ctrl-C and SIGTERM end this process without dropping anything, so they clean up themselves.
    fn stop_when_interrupted(&self) -> Result<()> {
        let (tools, data) = (self.tools.clone(), self.data.clone());
        ctrlc::set_handler(move || {
            tools.discard(&data);
            process::exit(130);
        })?;
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.tools.discard(&self.data);
    }
}

/// PostgreSQL's server programs, which refuse to run as root.
#[derive(Debug, Clone)]
struct Tools {
    folder: PathBuf,
    as_postgres: bool,
}

impl Tools {
    /// The newest of Debian's versions, which are not on the `PATH`; elsewhere the `PATH`.
    fn find() -> Result<Self> {
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let folder = versions
            .map(|version| version.path().join("bin"))
            .filter(|folder| folder.join("initdb").exists())
            .max_by_key(|folder| version(folder))
            .unwrap_or_default();
        let as_postgres = stdout(Command::new("id").arg("-u"))? == "0";
        Ok(Self { folder, as_postgres })
    }

    /// One of the programs, working on the cluster in `data`.
    fn command(&self, name: &str, data: &Path) -> Command {
        let program = self.folder.join(name);
        let mut command = if self.as_postgres {
            let mut setpriv = Command::new("setpriv");
            setpriv.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]);
            setpriv.arg(program);
            setpriv
        } else {
            Command::new(program)
        };
        command.args([OsStr::new("-D"), data.as_os_str()]).current_dir("/").stdin(Stdio::null());
        command
    }

    /// Stops the server in `data`, if one runs there, and removes the folder, if it is there.
    fn discard(&self, data: &Path) {
        if data.join("postmaster.pid").exists() {
            let mut stop = self.command("pg_ctl", data);
            stop.args(["stop", "--mode=immediate", "--wait"]).stdout(Stdio::null());
            if let Err(error) = run(&mut stop) {
                eprintln!("warning: {error:#}");
            }
        }
        _ = fs::remove_dir_all(data);
    }
}

/// The major version in a path such as `/usr/lib/postgresql/15/bin`.
fn version(folder: &Path) -> u32 {
    let name = folder.parent().and_then(Path::file_name).unwrap_or_default();
    name.to_string_lossy().parse().unwrap_or(0)
}
