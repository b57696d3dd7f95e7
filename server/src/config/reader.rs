//! Reading one setting of each kind; what cannot be read is noted, and the rest is read on.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use kayle_document::attestation::{AndroidApp, Apps};
use time::macros::format_description;
use time::{Date, Time};

use super::Secret;
use super::source::{Source, parse_span};
use crate::keys::MIN_SECRET;
use crate::webhook::schedule::Schedule;

/// The settings in hand, and every mistake found in them.
pub(super) struct Reader<'a> {
    pub source: &'a Source,
    pub mistakes: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn mistake(&mut self, name: &str, problem: &str) {
        self.mistakes.push(format!("{name} {problem}"));
    }

    pub(super) fn text(&mut self, name: &str, default: &str) -> String {
        self.source.get(name).unwrap_or_else(|| default.to_owned())
    }

    pub(super) fn addr(&mut self, name: &str, default: &str) -> SocketAddr {
        let text = self.text(name, default);
        text.parse().unwrap_or_else(|_| {
            self.mistake(name, "must be an address and port, such as 127.0.0.1:3000");
            SocketAddr::new(IpAddr::from([127, 0, 0, 1]), 0)
        })
    }

    pub(super) fn flag(&mut self, name: &str, default: bool) -> bool {
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

    pub(super) fn switch(&mut self, name: &str, default: bool) -> bool {
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

    pub(super) fn span(&mut self, name: &str, default: &str) -> Duration {
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

    pub(super) fn schedule(&mut self) -> Schedule {
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

    pub(super) fn secret(&mut self, name: &str) -> Option<Secret> {
        let secret = self.source.get(name)?;
        if secret.len() < MIN_SECRET {
            self.mistake(name, "must have at least 32 bytes");
        }
        Some(Secret(secret))
    }

    pub(super) fn secrets(&mut self, name: &str) -> Vec<Secret> {
        let list = self.source.list(name);
        if list.iter().any(|secret| secret.len() < MIN_SECRET) {
            self.mistake(name, "must hold secrets of at least 32 bytes, separated by commas");
        }
        list.into_iter().map(Secret).collect()
    }

    pub(super) fn networks(&mut self, name: &str) -> Vec<IpNet> {
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

    /// `apple:TEAM.bundle` and `android:package:hex SHA-256 of the signing certificate`.
    pub(super) fn apps(&mut self, name: &str) -> Apps {
        let mut apps = Apps::default();
        for text in self.source.list(name) {
            let android = |rest: &str| {
                let (package, digest) = rest.split_once(':')?;
                let signing_digest = hex::decode(digest).ok()?.try_into().ok()?;
                Some(AndroidApp { package: package.to_owned(), signing_digest })
            };
            match text.split_once(':') {
                Some(("apple", id)) if id.contains('.') => apps.apple.push(id.to_owned()),
                Some(("android", rest)) if android(rest).is_some() => {
                    apps.android.extend(android(rest));
                }
                _ => self.mistake(
                    name,
                    "must hold apple:TEAM.bundle or android:package:SHA-256 in hexadecimal, separated by commas",
                ),
            }
        }
        apps
    }

    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        self.source.get(name).map(PathBuf::from)
    }

    /// The first second of a day, in seconds since 1970.
    pub(super) fn day(&mut self, name: &str) -> Option<i64> {
        let text = self.source.get(name)?;
        let day = Date::parse(&text, format_description!("[year]-[month]-[day]"));
        let Ok(day) = day else {
            self.mistake(name, "must be a date such as 2015-12-31");
            return None;
        };
        Some(day.with_time(Time::MIDNIGHT).assume_utc().unix_timestamp())
    }
}
