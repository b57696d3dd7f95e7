//! What has to hold between settings.

use url::Url;

use super::reader::Reader;
use super::{Config, LONGEST_TRY};
use crate::check::biometric::client::Address;

/// A question, asked twice at most, has to be over well within the time an attempt is held for.
const LONGEST_QUESTION: std::time::Duration = std::time::Duration::from_secs(20);

impl Reader<'_> {
    /// What one setting alone cannot tell.
    pub(super) fn check(&mut self, config: &Config) {
        self.check_times(config);
        self.check_addresses(config);
        self.check_secrets(config);
        self.check_evidence(config);
    }

    fn check_times(&mut self, config: &Config) {
        if config.webhook_timeout > LONGEST_TRY {
            self.mistake("KAYLE_WEBHOOK_TIMEOUT", "must be at most 20s");
        }
        for (name, kept) in [
            ("KAYLE_RETENTION_SESSIONS", config.retention_sessions),
            ("KAYLE_RETENTION_EVENTS", config.retention_events),
        ] {
            if kept < config.withdrawal_window() {
                self.mistake(name, "must be at least 168h longer than a delivery can take");
            }
        }
    }

    fn check_addresses(&mut self, config: &Config) {
        let public = self.flag("KAYLE_SANDBOX_PUBLIC", false);
        if config.sandbox && !config.addr.ip().is_loopback() && !public {
            self.mistake(
                "KAYLE_ADDR",
                "must be a loopback address in the sandbox, unless KAYLE_SANDBOX_PUBLIC=true",
            );
        }
        if Url::parse(&config.public_url).is_err() {
            self.mistake("KAYLE_PUBLIC_URL", "must be an absolute URL");
        }
        for (name, url) in
            [("KAYLE_PUBLIC_URL", &config.public_url), ("KAYLE_APP_LINK", &config.app_link)]
        {
            if !config.sandbox && !url.starts_with("https://") {
                self.mistake(name, "must begin with https:// outside the sandbox");
            }
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

    fn check_secrets(&mut self, config: &Config) {
        if !config.sandbox && config.secret.is_none() {
            self.mistake(
                "KAYLE_SECRET",
                "must be set outside the sandbox: at least 32 random bytes",
            );
        }
        if !config.sandbox && config.identity_secret.is_none() {
            self.mistake(
                "KAYLE_IDENTITY_SECRET",
                "must be set outside the sandbox, once and for all: at least 32 random bytes",
            );
        }
        if config.secret.as_ref().is_some_and(|secret| secret.0.contains(',')) {
            self.mistake(
                "KAYLE_SECRET",
                "must not hold a comma: it could never be listed as a previous one",
            );
        }
    }

    fn check_evidence(&mut self, config: &Config) {
        if config.trust_dir.as_ref().is_some_and(|folder| !folder.is_dir()) {
            self.mistake("KAYLE_TRUST_DIR", "must be a folder");
        }
        let Some(verifier) = &config.biometric else {
            for name in ["KAYLE_BIOMETRIC_CA", "KAYLE_BIOMETRIC_IDENTITY"] {
                if self.path(name).is_some() {
                    self.mistake(name, "is of no use without KAYLE_BIOMETRIC_URL");
                }
            }
            return;
        };
        self.check_verifier(verifier, config.sandbox);
    }

    fn check_verifier(&mut self, verifier: &Address, sandbox: bool) {
        if verifier.timeout > LONGEST_QUESTION {
            self.mistake("KAYLE_BIOMETRIC_TIMEOUT", "must be at most 20s");
        }
        let url = Url::parse(&verifier.url).ok();
        let is = |scheme| url.as_ref().is_some_and(|url| url.scheme() == scheme);
        let here = url
            .as_ref()
            .and_then(Url::host_str)
            .is_some_and(|host| matches!(host, "localhost" | "127.0.0.1" | "[::1]"));
        let local = sandbox && here && is("http");
        if !local && !is("https") {
            self.mistake(
                "KAYLE_BIOMETRIC_URL",
                "must begin with https://, or in the sandbox with http:// on this machine",
            );
        }
        let bare = |url: &Url| {
            let user = !url.username().is_empty() || url.password().is_some();
            !user && url.query().is_none() && url.fragment().is_none()
        };
        if url.as_ref().is_some_and(|url| !bare(url)) {
            self.mistake("KAYLE_BIOMETRIC_URL", "must have no user, query or fragment");
        }
        for (name, file) in [
            ("KAYLE_BIOMETRIC_CA", &verifier.authority),
            ("KAYLE_BIOMETRIC_IDENTITY", &verifier.identity),
        ] {
            match file {
                None if is("https") => {
                    self.mistake(
                        name,
                        "must be set: verifier and server know each other by certificates",
                    );
                }
                Some(path) if !path.is_file() => self.mistake(name, "must be a PEM file"),
                _ => {}
            }
        }
    }
}
