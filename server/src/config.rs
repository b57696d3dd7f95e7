//! The settings: `KAYLE_*` variables over an optional TOML file, checked once at start.

mod checks;
mod reader;
mod source;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use kayle_document::attestation::Apps;
use kayle_document::policy::Policy;

use reader::Reader;
pub use source::Source;

use crate::check::attestation::Demand;
use crate::check::biometric::client::Address;
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
    /// `KAYLE_TRUST_DIR`: the folder of certificates documents are checked against.
    pub trust_dir: Option<PathBuf>,
    /// `KAYLE_TRUST_SHA1_UNTIL`, `KAYLE_TRUST_REQUIRE_CRL`, `KAYLE_REQUIRE_CHIP_PROOF`.
    pub document_policy: Policy,
    /// `KAYLE_BIOMETRIC_URL`, `_TIMEOUT`, `_CA`, `_IDENTITY`: who judges faces.
    pub biometric: Option<Address>,
    /// `KAYLE_ATTESTATION`, `_ROOTS`, `_APPS`, `_REVOKED`, `_DEVELOPMENT`: what phones have to prove.
    pub attestation: Option<Demand>,
    /// `KAYLE_SITE`: the folder `cargo xtask build` made; found beside the binary when absent.
    pub site: Option<PathBuf>,
    /// `KAYLE_LOG`: a tracing filter.
    pub log: String,
}

/// A try that takes longer would keep its delivery from others for more than half a minute.
const LONGEST_TRY: Duration = Duration::from_secs(20);
/// The longest that an endpoint may have an undelivered payload kept for it.
const LONGEST_WINDOW: Duration = Duration::from_hours(168);

/// Names `KAYLE_*` may have; anything else is a mistake worth naming.
pub const NAMES: [&str; 42] = [
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
    "KAYLE_TRUST_DIR",
    "KAYLE_TRUST_SHA1_UNTIL",
    "KAYLE_TRUST_REQUIRE_CRL",
    "KAYLE_REQUIRE_CHIP_PROOF",
    "KAYLE_BIOMETRIC_URL",
    "KAYLE_BIOMETRIC_TIMEOUT",
    "KAYLE_BIOMETRIC_CA",
    "KAYLE_BIOMETRIC_IDENTITY",
    "KAYLE_ATTESTATION",
    "KAYLE_ATTESTATION_ROOTS",
    "KAYLE_ATTESTATION_APPS",
    "KAYLE_ATTESTATION_REVOKED",
    "KAYLE_ATTESTATION_DEVELOPMENT",
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

    /// How long after its end a session may be withdrawn: as long as a payload of it may be kept,
    /// unless deliveries stood still meanwhile.
    pub fn withdrawal_window(&self) -> Duration {
        LONGEST_WINDOW + self.webhook_schedule.span()
    }

    /// Where the sandbox's own secret is kept: beside the SQLite file, else in the working folder.
    pub fn sandbox_secret_path(&self) -> PathBuf {
        let file = self.sqlite_path().unwrap_or_else(|| PathBuf::from("kayle"));
        PathBuf::from(format!("{}.sandbox-secret", file.display()))
    }

    /// The address of the database file, when the database is SQLite: without parameters.
    pub fn sqlite_url(&self) -> Option<String> {
        let rest = self.database_url.0.strip_prefix("sqlite:")?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        Some(format!("sqlite://{}", rest.split('?').next().unwrap_or(rest)))
    }

    /// The database file, when the database is SQLite.
    pub fn sqlite_path(&self) -> Option<PathBuf> {
        let url = self.sqlite_url()?;
        let bytes = percent_encoding::percent_decode_str(url.strip_prefix("sqlite://")?);
        let path = PathBuf::from(bytes.decode_utf8_lossy().into_owned());
        // Whatever links lead to it, it is one file.
        Some(path.canonicalize().unwrap_or(path))
    }

    /// Whether this server is reached over TLS, so that cookies must be `Secure`.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
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
            trust_dir: self.path("KAYLE_TRUST_DIR"),
            document_policy: Policy {
                sha1_until: self.day("KAYLE_TRUST_SHA1_UNTIL"),
                require_fresh_crl: self.flag("KAYLE_TRUST_REQUIRE_CRL", false),
                require_chip_proof: self.flag("KAYLE_REQUIRE_CHIP_PROOF", false),
            },
            biometric: self.biometric(),
            attestation: self.attestation(),
            site: self.path("KAYLE_SITE"),
            log: self.text("KAYLE_LOG", "info"),
            addr,
            public_url,
            sandbox,
        };
        self.check(&config);
        config
    }

    fn biometric(&mut self) -> Option<Address> {
        let timeout = self.span("KAYLE_BIOMETRIC_TIMEOUT", "15s");
        Some(Address {
            url: self.source.get("KAYLE_BIOMETRIC_URL")?,
            timeout,
            authority: self.path("KAYLE_BIOMETRIC_CA"),
            identity: self.path("KAYLE_BIOMETRIC_IDENTITY"),
        })
    }

    fn attestation(&mut self) -> Option<Demand> {
        let apps = self.apps("KAYLE_ATTESTATION_APPS");
        let allow_apple_development = self.flag("KAYLE_ATTESTATION_DEVELOPMENT", false);
        let roots = self.path("KAYLE_ATTESTATION_ROOTS");
        match self.source.get("KAYLE_ATTESTATION").as_deref() {
            None | Some("off") => return None,
            Some("required") => {}
            Some(_) => self.mistake("KAYLE_ATTESTATION", "must be off or required"),
        }
        if apps.apple.is_empty() && apps.android.is_empty() {
            self.mistake("KAYLE_ATTESTATION_APPS", "must name the apps that may ask");
        }
        if !roots.as_ref().is_some_and(|folder| folder.is_dir()) {
            self.mistake(
                "KAYLE_ATTESTATION_ROOTS",
                "must be the folder of the vendors' root certificates",
            );
        }
        let apps = Apps { allow_apple_development, ..apps };
        Some(Demand { roots: roots?, apps, revoked: self.path("KAYLE_ATTESTATION_REVOKED") })
    }
}

#[cfg(test)]
mod tests;
