//! The settings: `KAYLE_*` variables over an optional TOML file, checked once at start.

mod source;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

pub use source::Source;
use source::parse_span;

use crate::keys::MIN_SECRET;
use crate::webhook::schedule::Schedule;

/// Text that never shows in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl AsRef<[u8]> for Secret {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Every setting, with its default (`spec.md` §9).
#[derive(Debug, Clone)]
pub struct Config {
    /// `KAYLE_ADDR`: the public listener.
    pub addr: SocketAddr,
    /// `KAYLE_ADMIN_ADDR`: readiness and metrics.
    pub admin_addr: SocketAddr,
    /// `KAYLE_PUBLIC_URL`: base of every `verification_url`, without a trailing slash.
    pub public_url: String,
    /// `DATABASE_URL`.
    pub database_url: Secret,
    /// `KAYLE_SECRET`; in the sandbox made once when absent.
    pub secret: Option<Secret>,
    /// `KAYLE_PREVIOUS_SECRETS`, comma-separated.
    pub previous_secrets: Vec<Secret>,
    /// `KAYLE_IDENTITY_SECRET`.
    pub identity_secret: Option<Secret>,
    /// `KAYLE_SANDBOX`.
    pub sandbox: bool,
    /// `KAYLE_SESSION_TTL`.
    pub session_ttl: Duration,
    /// `KAYLE_SWEEP_INTERVAL`.
    pub sweep_interval: Duration,
    /// `KAYLE_HANDOFF_TTL`.
    pub handoff_ttl: Duration,
    /// `KAYLE_REQUEST_TIMEOUT`: how long a request may take to arrive and be answered.
    pub request_timeout: Duration,
    /// `KAYLE_WEBHOOK_SCHEDULE`.
    pub webhook_schedule: Schedule,
    /// `KAYLE_WEBHOOK_TIMEOUT`.
    pub webhook_timeout: Duration,
    /// `KAYLE_WEBHOOK_ALLOW_CIDRS`, comma-separated.
    pub webhook_allow: Vec<IpNet>,
    /// `KAYLE_WEBHOOK_REQUIRE_ENCRYPTION`: nothing is sent to an endpoint without an active key.
    pub webhook_require_encryption: bool,
    /// `KAYLE_RETENTION_SESSIONS`: how long a session is kept after its end.
    pub retention_sessions: Duration,
    /// `KAYLE_RETENTION_EVENTS`: how long events and what became of their deliveries are kept.
    pub retention_events: Duration,
    /// `KAYLE_RETENTION_AUDIT`: how long the audit trail is kept.
    pub retention_audit: Duration,
    /// `KAYLE_APP_LINK`: what the hand-off link opens.
    pub app_link: String,
    /// `KAYLE_TRUSTED_PROXIES`, comma-separated.
    pub trusted_proxies: Vec<IpNet>,
    /// `KAYLE_RATE_LIMIT`: `on` or `off`.
    pub rate_limit: bool,
    /// `KAYLE_SITE`: the folder `cargo xtask build` made; found beside the binary when absent.
    pub site: Option<PathBuf>,
    /// `KAYLE_LOG`: a tracing filter.
    pub log: String,
}

/// A try that takes longer would keep its delivery from others for more than half a minute.
const LONGEST_TRY: Duration = Duration::from_secs(20);
/// The longest window in which an undelivered payload is kept and may be withdrawn.
const LONGEST_WINDOW: Duration = Duration::from_hours(168);

/// Names `KAYLE_*` may have; anything else is a mistake worth naming.
pub const NAMES: [&str; 29] = [
    "KAYLE_ADDR",
    "KAYLE_ADMIN_ADDR",
    "KAYLE_PUBLIC_URL",
    "KAYLE_SECRET",
    "KAYLE_PREVIOUS_SECRETS",
    "KAYLE_IDENTITY_SECRET",
    "KAYLE_SANDBOX",
    "KAYLE_SANDBOX_PUBLIC",
    "KAYLE_SESSION_TTL",
    "KAYLE_SWEEP_INTERVAL",
    "KAYLE_HANDOFF_TTL",
    "KAYLE_REQUEST_TIMEOUT",
    "KAYLE_WEBHOOK_SCHEDULE",
    "KAYLE_WEBHOOK_TIMEOUT",
    "KAYLE_WEBHOOK_ALLOW_CIDRS",
    "KAYLE_WEBHOOK_REQUIRE_ENCRYPTION",
    "KAYLE_RETENTION_SESSIONS",
    "KAYLE_RETENTION_EVENTS",
    "KAYLE_RETENTION_AUDIT",
    "KAYLE_APP_LINK",
    "KAYLE_TRUSTED_PROXIES",
    "KAYLE_RATE_LIMIT",
    "KAYLE_SITE",
    "KAYLE_LOG",
    "KAYLE_CONFIG",
    "KAYLE_BIN",
    "KAYLE_TEST_POSTGRES",
    "KAYLE_PORT",
    "DATABASE_URL",
];

impl Config {
    /// Reads and checks every setting; the error has one line per mistake.
    pub fn read(source: &Source) -> Result<Self, String> {
        let mut read = Reader { source, mistakes: source.unknown(&NAMES) };
        let config = read.all();
        if read.mistakes.is_empty() { Ok(config) } else { Err(read.mistakes.join("\n")) }
    }

    /// Where the sandbox's own secret is kept: beside the SQLite file, else in the working folder.
    pub fn sandbox_secret_path(&self) -> PathBuf {
        let file = self.sqlite_path().unwrap_or_else(|| PathBuf::from("kayle"));
        PathBuf::from(format!("{}.sandbox-secret", file.display()))
    }

    /// The database file, when the database is SQLite.
    pub fn sqlite_path(&self) -> Option<PathBuf> {
        let rest = self.database_url.0.strip_prefix("sqlite:")?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        Some(PathBuf::from(rest.split('?').next().unwrap_or(rest)))
    }

    /// Whether this server is reached over TLS, so that cookies must be `Secure`.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

struct Reader<'a> {
    source: &'a Source,
    mistakes: Vec<String>,
}

impl Reader<'_> {
    fn all(&mut self) -> Config {
        let addr = self.addr("KAYLE_ADDR", "127.0.0.1:3000");
        let sandbox = self.flag("KAYLE_SANDBOX", false);
        let public_url = self.text("KAYLE_PUBLIC_URL", &format!("http://{addr}"));
        let public_url = public_url.trim_end_matches('/').to_owned();
        let config = Config {
            admin_addr: self.addr("KAYLE_ADMIN_ADDR", "127.0.0.1:3002"),
            database_url: Secret(self.text("DATABASE_URL", "sqlite://kayle.db")),
            secret: self.secret("KAYLE_SECRET"),
            previous_secrets: self.secrets("KAYLE_PREVIOUS_SECRETS"),
            identity_secret: self.secret("KAYLE_IDENTITY_SECRET"),
            session_ttl: self.span("KAYLE_SESSION_TTL", "60m"),
            sweep_interval: self.span("KAYLE_SWEEP_INTERVAL", "10s"),
            handoff_ttl: self.span("KAYLE_HANDOFF_TTL", "5m"),
            request_timeout: self.span("KAYLE_REQUEST_TIMEOUT", "30s"),
            webhook_schedule: self.schedule(),
            webhook_timeout: self.span("KAYLE_WEBHOOK_TIMEOUT", "15s"),
            webhook_allow: self.networks("KAYLE_WEBHOOK_ALLOW_CIDRS"),
            webhook_require_encryption: self.flag("KAYLE_WEBHOOK_REQUIRE_ENCRYPTION", false),
            retention_sessions: self.span("KAYLE_RETENTION_SESSIONS", "30d"),
            retention_events: self.span("KAYLE_RETENTION_EVENTS", "30d"),
            retention_audit: self.span("KAYLE_RETENTION_AUDIT", "365d"),
            app_link: self.text("KAYLE_APP_LINK", &format!("{public_url}/app")),
            trusted_proxies: self.networks("KAYLE_TRUSTED_PROXIES"),
            rate_limit: self.switch("KAYLE_RATE_LIMIT", true),
            site: self.source.get("KAYLE_SITE").map(PathBuf::from),
            log: self.text("KAYLE_LOG", "info"),
            addr,
            public_url,
            sandbox,
        };
        self.check(&config);
        config
    }

    fn check(&mut self, config: &Config) {
        let public = self.flag("KAYLE_SANDBOX_PUBLIC", false);
        if config.sandbox && !config.addr.ip().is_loopback() && !public {
            self.mistake(
                "KAYLE_ADDR",
                "must be a loopback address in the sandbox, unless KAYLE_SANDBOX_PUBLIC=true",
            );
        }
        if config.webhook_timeout > LONGEST_TRY {
            self.mistake("KAYLE_WEBHOOK_TIMEOUT", "must be at most 20s");
        }
        for (name, kept) in [
            ("KAYLE_RETENTION_SESSIONS", config.retention_sessions),
            ("KAYLE_RETENTION_EVENTS", config.retention_events),
        ] {
            if kept < LONGEST_WINDOW + config.webhook_schedule.total() {
                self.mistake(name, "must be at least 168h longer than the webhook schedule");
            }
        }
        if Url::parse(&config.public_url).is_err() {
            self.mistake("KAYLE_PUBLIC_URL", "must be an absolute URL");
        }
        if !config.sandbox {
            for (name, url) in
                [("KAYLE_PUBLIC_URL", &config.public_url), ("KAYLE_APP_LINK", &config.app_link)]
            {
                if !url.starts_with("https://") {
                    self.mistake(name, "must begin with https:// outside the sandbox");
                }
            }
            if config.secret.is_none() {
                self.mistake(
                    "KAYLE_SECRET",
                    "must be set outside the sandbox: at least 32 random bytes",
                );
            }
            if config.identity_secret.is_none() {
                self.mistake(
                    "KAYLE_IDENTITY_SECRET",
                    "must be set outside the sandbox, once and for all: at least 32 random bytes",
                );
            }
        }
        if config.secret.as_ref().is_some_and(|secret| secret.0.contains(',')) {
            self.mistake(
                "KAYLE_SECRET",
                "must not hold a comma: it could never be listed as a previous one",
            );
        }
        if config.site.as_ref().is_some_and(|folder| !folder.is_dir()) {
            self.mistake("KAYLE_SITE", "must be the folder of the built site");
        }
        let database = &config.database_url.0;
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|p| database.starts_with(p)) {
            self.mistake("DATABASE_URL", "must begin with sqlite: or postgres://");
        }
        if database.contains(":memory:") {
            self.mistake(
                "DATABASE_URL",
                "must name a file: each connection would have its own memory",
            );
        }
    }

    fn mistake(&mut self, name: &str, problem: &str) {
        self.mistakes.push(format!("{name} {problem}"));
    }

    fn text(&mut self, name: &str, default: &str) -> String {
        self.source.get(name).unwrap_or_else(|| default.to_owned())
    }

    fn addr(&mut self, name: &str, default: &str) -> SocketAddr {
        let text = self.text(name, default);
        text.parse().unwrap_or_else(|_| {
            self.mistake(name, "must be an address and port, such as 127.0.0.1:3000");
            SocketAddr::new(IpAddr::from([127, 0, 0, 1]), 0)
        })
    }

    fn flag(&mut self, name: &str, default: bool) -> bool {
        match self.source.get(name).as_deref() {
            None => default,
            Some("true") => true,
            Some("false") => false,
            Some(_) => {
                self.mistake(name, "must be true or false");
                default
            }
        }
    }

    fn switch(&mut self, name: &str, default: bool) -> bool {
        match self.source.get(name).as_deref() {
            None => default,
            Some("on") => true,
            Some("off") => false,
            Some(_) => {
                self.mistake(name, "must be on or off");
                default
            }
        }
    }

    fn span(&mut self, name: &str, default: &str) -> Duration {
        let text = self.text(name, default);
        match parse_span(&text) {
            Some(span) if !span.is_zero() => span,
            _ => {
                self.mistake(
                    name,
                    "must be a positive whole number with a unit: 500ms, 30s, 5m, 2h or 30d",
                );
                Duration::from_secs(1)
            }
        }
    }

    fn schedule(&mut self) -> Schedule {
        match self.source.get("KAYLE_WEBHOOK_SCHEDULE") {
            None => Schedule::default(),
            Some(text) => text.parse().unwrap_or_else(|_| {
                self.mistake(
                    "KAYLE_WEBHOOK_SCHEDULE",
                    "must be waits separated by commas, such as 0s,5s,5m",
                );
                Schedule::default()
            }),
        }
    }

    fn secret(&mut self, name: &str) -> Option<Secret> {
        let secret = self.source.get(name)?;
        if secret.len() < MIN_SECRET {
            self.mistake(name, "must have at least 32 bytes");
        }
        Some(Secret(secret))
    }

    fn secrets(&mut self, name: &str) -> Vec<Secret> {
        let list = self.source.list(name);
        if list.iter().any(|secret| secret.len() < MIN_SECRET) {
            self.mistake(name, "must hold secrets of at least 32 bytes, separated by commas");
        }
        list.into_iter().map(Secret).collect()
    }

    fn networks(&mut self, name: &str) -> Vec<IpNet> {
        let mut networks = Vec::new();
        for text in self.source.list(name) {
            match text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)) {
                Ok(network) => networks.push(network),
                Err(_) => {
                    self.mistake(
                        name,
                        "must hold networks such as 10.0.0.0/8, separated by commas",
                    );
                }
            }
        }
        networks
    }
}

#[cfg(test)]
mod tests;
