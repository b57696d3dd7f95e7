//! What is asked of the server: each call's request, its expected status and its target.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use serde_json::{Value, json};

/// A call that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// `POST /v1/sessions` with three fields.
    Create,
    /// The same with an `Idempotency-Key` of its own.
    Keyed,
    /// `GET /v1/sessions/{id}`.
    Get,
    /// `GET /v1/sessions?limit=10`.
    List,
    /// `GET /v1/verify/session/{id}/status` without a credential.
    Short,
    /// `GET /{id}` without a cookie: the consent page.
    Page,
    /// `POST /v1/sessions/{id}/cancel`, again and again: only the first one changes anything.
    Cancel,
}

impl Call {
    /// Those that are measured alone, in this order; a cancel only comes with the mixed load.
    pub const ALONE: [Self; 6] =
        [Self::Create, Self::Keyed, Self::Get, Self::List, Self::Short, Self::Page];

    /// What it is called in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Keyed => "create with key",
            Self::Get => "get",
            Self::List => "list of 10",
            Self::Short => "short status",
            Self::Page => "consent page",
            Self::Cancel => "cancel",
        }
    }

    /// The only status that counts.
    pub const fn status(self) -> u16 {
        match self {
            Self::Create | Self::Keyed => 201,
            Self::Cancel => 204,
            Self::Get | Self::List | Self::Short | Self::Page => 200,
        }
    }

    /// Whether every request makes a session.
    pub const fn creates(self) -> bool {
        matches!(self, Self::Create | Self::Keyed)
    }

    /// The least share of its floor. The page is held beside stock applications instead.
    pub const fn target(self) -> Option<f64> {
        match self {
            Self::Create => Some(0.65),
            Self::Keyed => Some(0.5),
            Self::Get => Some(0.7),
            Self::List | Self::Short => Some(0.6),
            Self::Page | Self::Cancel => None,
        }
    }

    /// The slower of the floors that count for it.
    pub fn floor(self, [bare, sql]: [f64; 2]) -> f64 {
        if matches!(self, Self::Page) { bare } else { bare.min(sql) }
    }

    /// The request's bytes.
    pub fn request(self, address: SocketAddr, key: &str, id: &str) -> Vec<u8> {
        let api = format!("host: {address}\r\nauthorization: Bearer {key}\r\n");
        let text = match self {
            Self::Create | Self::Keyed => {
                let body = terms().to_string();
                let length = body.len();
                let kind = "content-type: application/json";
                let key = if self == Self::Keyed { KEY } else { "" };
                format!(
                    "POST /v1/sessions HTTP/1.1\r\n{api}{kind}\r\n{key}\
                     content-length: {length}\r\n\r\n{body}"
                )
            }
            Self::List => format!("GET /v1/sessions?limit=10 HTTP/1.1\r\n{api}\r\n"),
            Self::Get => format!("GET /v1/sessions/{id} HTTP/1.1\r\n{api}\r\n"),
            Self::Short => {
                format!("GET /v1/verify/session/{id}/status HTTP/1.1\r\nhost: {address}\r\n\r\n")
            }
            Self::Cancel => {
                format!("POST /v1/sessions/{id}/cancel HTTP/1.1\r\n{api}content-length: 0\r\n\r\n")
            }
            Self::Page => {
                format!("GET /{id} HTTP/1.1\r\nhost: {address}\r\naccept: text/html\r\n\r\n")
            }
        };
        text.into_bytes()
    }
}

/// A header whose last digits are counted up from one request to the next.
const KEY: &str = "idempotency-key: 0000000000000000\r\n";

/// Where in a request those digits are.
pub fn digits(request: &[u8]) -> Option<std::ops::Range<usize>> {
    let start = request.windows(KEY.len()).position(|bytes| bytes == KEY.as_bytes())?;
    let end = start + KEY.len() - 2;
    Some(end - 16..end)
}

/// The body of a create request.
pub fn terms() -> Value {
    json!({
        "share_fields": {
            "family_name": { "required": true, "reason": "Open the account in your name" },
            "given_names": { "required": true, "reason": "Open the account in your name" },
            "age_over_18": { "required": false, "reason": "Accounts are for adults only" },
        },
        "redirect_url": "https://yourapp.example/verification/done",
    })
}

/// A request for a file of the site, from a browser that takes brotli.
pub fn file(address: SocketAddr, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\naccept-encoding: br\r\n\r\n").into_bytes()
}

/// The scripts, WebAssembly, style sheets and icon that a page names, each once.
pub fn files(page: &str) -> BTreeSet<&str> {
    let in_path = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let icon = page.contains("/favicon.svg").then_some("/favicon.svg");
    page.match_indices("/pkg/")
        .map(|(start, _)| {
            let rest = &page[start..];
            &rest[..rest.find(|c| !in_path(c)).unwrap_or(rest.len())]
        })
        .filter(|path| [".js", ".wasm", ".css"].iter().any(|suffix| path.ends_with(suffix)))
        .chain(icon)
        .collect()
}
