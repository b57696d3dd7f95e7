//! Who calls the REST API: keys, scopes, and the short memory that keeps them cheap.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use kayle_domain::OrganizationId;
use subtle::ConstantTimeEq;

use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::keys::Purpose;
use crate::store::access;

/// How long a key may be believed without asking the database: a disabled key stops within a
/// second (`spec.md` §3).
const MEMORY: Duration = Duration::from_millis(800);
/// Keys remembered at the most.
const CAPACITY: usize = 10_000;
/// What every API key begins with.
const PREFIX: &str = "kk_";

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Create and cancel sessions.
    SessionsWrite,
    /// Read sessions.
    SessionsRead,
    /// Change webhook endpoints.
    WebhooksWrite,
    /// Read webhook endpoints, events and deliveries.
    WebhooksRead,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 4] =
        [Self::SessionsWrite, Self::SessionsRead, Self::WebhooksWrite, Self::WebhooksRead];

    /// Its one spelling.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SessionsWrite => "sessions:write",
            Self::SessionsRead => "sessions:read",
            Self::WebhooksWrite => "webhooks:write",
            Self::WebhooksRead => "webhooks:read",
        }
    }
}

/// An authenticated caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// For whom it acts.
    pub organization: OrganizationId,
    /// Its key's id.
    pub key_id: String,
    scopes: Vec<Scope>,
}

impl Caller {
    /// Refuses a caller whose key lacks `scope`; write does not imply read.
    pub fn require(&self, scope: Scope) -> Result<&OrganizationId, Error> {
        if self.scopes.contains(&scope) {
            return Ok(&self.organization);
        }
        let message = format!("this API key does not have the scope {}", scope.as_str());
        Err(Error::new(Code::Forbidden, message))
    }
}

/// Keys seen within the last moment, by their stored hash.
#[derive(Debug, Default)]
pub struct CallerCache(RwLock<HashMap<String, (Instant, Arc<Caller>)>>);

impl CallerCache {
    fn get(&self, hash: &str) -> Option<Arc<Caller>> {
        let known = self.0.read().expect("no holder of this lock panics");
        known.get(hash).filter(|(at, _)| at.elapsed() < MEMORY).map(|(_, caller)| caller.clone())
    }

    fn put(&self, hash: String, caller: Arc<Caller>) {
        let mut known = self.0.write().expect("no holder of this lock panics");
        if known.len() >= CAPACITY {
            known.retain(|_, (at, _)| at.elapsed() < MEMORY);
        }
        if known.len() < CAPACITY {
            known.insert(hash, (Instant::now(), caller));
        }
    }
}

/// Whether `text` has the form of an API key.
fn is_key(text: &str) -> bool {
    text.strip_prefix(PREFIX).is_some_and(|rest| {
        rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

/// The caller an API key stands for.
pub async fn authenticate(engine: &Engine, key: &str) -> Result<Arc<Caller>, Error> {
    let unknown = || Error::unauthorized("the API key is missing, malformed, unknown or disabled");
    if !is_key(key) {
        return Err(unknown());
    }
    let hashes = engine.keys.tags(Purpose::ApiKey, &[key]);
    if let Some(caller) = engine.callers.get(&hashes[0]) {
        return Ok(caller);
    }
    let mut conn = engine.store.read().await?;
    let row = access::key_by_hash(&mut conn, &hashes).await?.ok_or_else(unknown)?;
    if !hashes.iter().any(|hash| bool::from(hash.as_bytes().ct_eq(row.hash.as_bytes()))) {
        return Err(unknown());
    }
    let scopes = row.scopes.split(',');
    let caller = Arc::new(Caller {
        organization: row.organization_id.try_into().map_err(Error::internal)?,
        key_id: row.id,
        scopes: Scope::ALL
            .into_iter()
            .filter(|s| scopes.clone().any(|t| t == s.as_str()))
            .collect(),
    });
    let [hash, ..] = &hashes[..] else { return Err(unknown()) };
    engine.callers.put(hash.clone(), caller.clone());
    Ok(caller)
}
