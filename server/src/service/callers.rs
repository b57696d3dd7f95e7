//! Who calls the REST API: keys, scopes, and the short memory that keeps them cheap.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use kayle_domain::{OrganizationId, Timestamp};
use subtle::ConstantTimeEq;

use super::recent::Recent;
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::keys::Purpose;
use crate::store::access;

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

/// Keys seen within the last moment, by their stored hash, and when each was used.
#[derive(Debug, Default)]
pub struct CallerCache {
    known: Recent<Caller>,
    used: Mutex<HashMap<String, Timestamp>>,
}

impl CallerCache {
    fn put(&self, hash: String, caller: Arc<Caller>, now: Timestamp) {
        self.used().insert(caller.key_id.clone(), now);
        self.known.put(hash, caller, now);
    }

    fn used(&self) -> MutexGuard<'_, HashMap<String, Timestamp>> {
        self.used.lock().expect("no holder of this lock panics")
    }
}

/// Writes down which keys were used since the last time: to within a second and one sweep.
pub async fn note_use(engine: &Engine) -> Result<(), Error> {
    let used: Vec<_> = engine.callers.used().drain().collect();
    if used.is_empty() {
        return Ok(());
    }
    let work = engine.store.write(used.clone(), |tx, used| {
        Box::pin(async move {
            for (id, at) in used {
                access::use_key(tx, id, at.millis()).await?;
            }
            Ok(())
        })
    });
    work.await.map_err(|error| {
        // They are written down the next time, unless the key was used again by then.
        let mut waiting = engine.callers.used();
        for (id, at) in used {
            waiting.entry(id).or_insert(at);
        }
        error.into()
    })
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
    let now = engine.now();
    if let Some(caller) = engine.callers.known.get(&hashes[0], now) {
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
    engine.callers.put(hash.clone(), caller.clone(), now);
    Ok(caller)
}
