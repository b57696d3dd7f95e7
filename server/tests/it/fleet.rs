//! Real processes on one database: started, killed without warning, started again.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use kayle_server::engine::{Clock, Entropy};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::app::{Db, SECRET, engine, fresh_schema, tenant};

const BINARY: &str = env!("CARGO_BIN_EXE_kayle");
/// How long anything that must happen may take.
pub const PATIENCE: Duration = Duration::from_mins(1);
/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Waits until `look` says so; panics with `what` after [`PATIENCE`].
pub async fn eventually(what: &str, mut look: impl AsyncFnMut() -> bool) {
    let waited = tokio::time::timeout(PATIENCE, async {
        while !look().await {
            tokio::time::sleep(LOOK).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("it did not come to this: {what}"));
}

/// A database with one organization, for any number of processes.
pub struct Fleet {
    /// Where the database is.
    pub url: String,
    /// The organization's key.
    pub key: String,
    organization: String,
    folder: tempfile::TempDir,
    pool: sqlx::AnyPool,
}

impl Fleet {
    /// A new database.
    pub async fn start(db: Db) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match db {
            Db::Sqlite => format!("sqlite://{}/kayle.db", folder.path().display()),
            Db::Postgres => fresh_schema().await,
        };
        let engine = engine(&url, Clock::system(), Entropy::system(), &[]).await;
        let (organization, key) = tenant(&engine, "Demo Bank").await;
        engine.store.close().await;
        let pool = sqlx::AnyPool::connect(&url).await.expect("the database");
        Self { url, key, organization, folder, pool }
    }

    fn settings(&self) -> [(&'static str, &str); 11] {
        [
            ("DATABASE_URL", &self.url),
            ("KAYLE_SECRET", SECRET),
            ("KAYLE_SANDBOX", "true"),
            ("KAYLE_RATE_LIMIT", "off"),
            ("KAYLE_ADDR", "127.0.0.1:0"),
            ("KAYLE_ADMIN_ADDR", "127.0.0.1:0"),
            ("KAYLE_PUBLIC_URL", "http://verify.test"),
            ("KAYLE_LOG", "off"),
            ("KAYLE_SWEEP_INTERVAL", "1s"),
            ("KAYLE_WEBHOOK_TIMEOUT", "10s"),
            ("KAYLE_WEBHOOK_SCHEDULE", "0s,1s,1s,2s,2s,2s,5s,5s,5s,5s,5s,5s"),
        ]
    }

    fn command(&self, through: &[&str], more: &[(&str, &str)]) -> Command {
        let mut words = through.iter().copied().chain([BINARY]);
        let mut command = Command::new(words.next().expect("at least the binary"));
        command.args(words).current_dir(self.folder.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KAYLE_")) {
            command.env_remove(name);
        }
        command.envs(self.settings()).envs(more.iter().copied());
        command.stdin(Stdio::null()).stderr(Stdio::inherit()).kill_on_drop(true);
        command
    }

    /// A server that answers.
    pub async fn serve(&self) -> Server {
        self.serve_with(&[], &[]).await
    }

    /// The same, started `through` another program, with other settings.
    pub async fn serve_with(&self, through: &[&str], more: &[(&str, &str)]) -> Server {
        self.started(self.command(through, more)).await
    }

    /// The same, with its log in a file.
    pub async fn serve_logging(&self, log: &Path, more: &[(&str, &str)]) -> Server {
        let log = std::fs::File::create(log).expect("a file");
        let mut command = self.command(&[], more);
        command.stderr(log);
        self.started(command).await
    }

    /// Where the database is, if it is a file, and the server.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    async fn started(&self, mut command: Command) -> Server {
        let mut child = command.arg("serve").stdout(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let line = tokio::time::timeout(PATIENCE, lines.next_line()).await.expect("in time");
        let line = line.expect("text").expect("the server listens");
        let url = line.strip_prefix("listening on ").expect("an address").to_owned();
        let tls = kayle_server::webhook::client::tls_config(&[]);
        let http =
            reqwest::Client::builder().no_proxy().timeout(PATIENCE).tls_backend_preconfigured(tls);
        let http = http.build().expect("a client");
        Server { child, _lines: lines, url, key: self.key.clone(), http }
    }

    /// Registers an endpoint for everything.
    pub async fn endpoint(&self, receiver: &str) -> String {
        use kayle_server::service::webhooks::endpoints::{self, NewEndpoint};
        let engine = engine(&self.url, Clock::system(), Entropy::system(), &[]).await;
        let organization = self.organization.parse().expect("an id");
        let new = NewEndpoint::of("test", receiver);
        let made = endpoints::create_for(&engine, &organization, new).await;
        engine.store.close().await;
        made.expect("an endpoint").0.id
    }

    /// The simulated phone goes through a session on `server`.
    pub async fn simulate(&self, server: &Server, session: &Value, scenario: &str) {
        let status = self.phone(server, session, scenario).status().await;
        assert!(status.expect("it runs").success());
    }

    /// A simulated phone for a session on `server`, not started yet.
    pub fn phone(&self, server: &Server, session: &Value, scenario: &str) -> Command {
        let url = session["verification_url"].as_str().expect("a URL");
        let url = url.replace("http://verify.test", &server.url);
        let more = [("KAYLE_PUBLIC_URL", server.url.as_str())];
        let mut command = self.command(&[], &more);
        command.args(["simulate", &url, "--scenario", scenario]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// The one number a statement gives.
    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.pool).await.expect("a number")
    }

    /// Runs a statement, as whoever looks after the database.
    pub async fn execute(&self, sql: &'static str) {
        sqlx::query(sql).execute(&self.pool).await.expect("the statement runs");
    }

    /// Keeps everybody else from writing to a SQLite file, until it is dropped.
    pub async fn locked(&self) -> sqlx::AnyConnection {
        use sqlx::{Connection as _, Executor as _};
        let mut conn = sqlx::AnyConnection::connect(&self.url).await.expect("the database");
        conn.execute("BEGIN IMMEDIATE").await.expect("nobody else holds it");
        conn
    }

    /// Waits until every delivery ended.
    pub async fn delivered(&self) {
        let open = "SELECT COUNT(*) FROM deliveries WHERE status IN ('pending', 'delivering')";
        eventually("everything is delivered", async || self.count(open).await == 0).await;
    }

    /// Asserts that every terminal session has exactly one event and one delivery, and no other
    /// has any.
    pub async fn assert_one_event_each(&self) {
        let ended = "SELECT COUNT(*) FROM sessions WHERE status NOT IN ('created', 'in_progress')";
        let ended = self.count(ended).await;
        for table in ["events", "deliveries"] {
            let (all, distinct) = match table {
                "events" => (
                    self.count("SELECT COUNT(*) FROM events").await,
                    self.count("SELECT COUNT(DISTINCT session_id) FROM events").await,
                ),
                _ => (
                    self.count("SELECT COUNT(*) FROM deliveries").await,
                    self.count("SELECT COUNT(DISTINCT session_id) FROM deliveries").await,
                ),
            };
            assert_eq!((all, distinct), (ended, ended), "{table}");
        }
    }
}

/// A process that serves.
pub struct Server {
    child: Child,
    // Held open: a server whose stdout is gone could fail to print.
    _lines: Lines<BufReader<ChildStdout>>,
    /// Its address.
    pub url: String,
    key: String,
    http: reqwest::Client,
}

impl Server {
    /// The id of its process.
    pub fn process(&self) -> u32 {
        self.child.id().expect("it is running")
    }

    /// Asks it to end, and waits until it has.
    pub async fn stop(self) {
        self.signal("TERM").await;
        self.ended().await;
    }

    /// Asserts that it goes on for a while.
    pub async fn lasts(&mut self, a_while: Duration) {
        let ended = tokio::time::timeout(a_while, self.child.wait()).await;
        assert!(ended.is_err(), "it ended: {ended:?}");
    }

    /// Waits until it ended as it should.
    pub async fn ended(mut self) {
        assert!(self.child.wait().await.expect("it is our child").success());
    }

    /// Ends it as a crash does (SIGKILL), and waits until it is gone.
    pub async fn kill(mut self) {
        self.child.start_kill().expect("it was running");
        // Asked again and again: a process of many threads may be told to have ended before it can
        // be waited for, and that is told once.
        while self.child.try_wait().expect("it is our child").is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Sends it a signal, by its id.
    pub async fn signal(&self, name: &str) {
        let id = self.child.id().expect("it is running").to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status().await;
        assert!(sent.expect("kill is there").success());
    }

    /// A call with the organization's key, where it is one of hers; `None` when no answer came.
    pub async fn call(&self, path: &str, body: Value) -> Option<(u16, Value)> {
        let mut request = self.http.post(format!("{}{path}", self.url)).json(&body);
        if !path.starts_with("/v1/verify") {
            request = request.bearer_auth(&self.key);
        }
        let answer = request.send().await.ok()?;
        let status = answer.status().as_u16();
        let text = answer.text().await.ok()?;
        Some((status, serde_json::from_str(&text).unwrap_or_default()))
    }

    /// A new session.
    pub async fn create(&self) -> Value {
        let fields = json!({ "family_name": { "required": true, "reason": "To greet you" } });
        let answer = self.call("/v1/sessions", json!({ "share_fields": fields })).await;
        let (status, body) = answer.expect("an answer");
        assert_eq!(status, 201, "{body}");
        body["data"].clone()
    }

    /// Cancels a session as its integrator; `None` when no answer came.
    pub async fn cancel(&self, session: &str) -> Option<u16> {
        let path = format!("/v1/sessions/{session}/cancel");
        self.call(&path, json!({})).await.map(|(status, _)| status)
    }

    /// Withdraws, or cancels, as the user: with the token.
    pub async fn withdraw(&self, session: &Value) -> Option<u16> {
        let path = format!("/v1/verify/session/{}/cancel", session["id"].as_str()?);
        let body = json!({ "cancel_token": session["cancel_token"] });
        self.call(&path, body).await.map(|(status, _)| status)
    }
}
