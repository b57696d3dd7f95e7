//! `Idempotency-Key`: a repeated create answers what the first one did (`spec.md` §3).

use std::time::Duration;

use kayle_domain::{OrganizationId, Timestamp};

use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::keys::Purpose;
use crate::store::idempotency::{self, Remembered};
use crate::store::{Conn, StoreError};

/// How long a create is remembered.
const MEMORY: Duration = Duration::from_hours(24);

/// A create that happens once: who asks, on which route, under which key, with which body.
#[derive(Debug, Clone)]
pub struct Once {
    /// Organization, route and key: what the stored answer is sealed under.
    scope: [String; 3],
    body: String,
    create: Remembered,
    /// Under the current secret first, then under those a previous process may have used.
    tags: Vec<String>,
}

impl Once {
    /// A create on `route` with `body` in its one normal form, that would answer `answer`.
    pub fn new(
        engine: &Engine,
        (organization, route): (&OrganizationId, &str),
        key: &str,
        body: String,
        answer: &[u8],
    ) -> Self {
        let scope = [organization.as_str(), route, key].map(str::to_owned);
        let parts = borrowed(&scope);
        let nonce = engine.entropy.bytes();
        let create = Remembered {
            body_tag: engine.keys.tag(Purpose::IdempotencyBody, &[key, &body]),
            answer: engine.keys.seal_for(Purpose::IdempotencySeal, &parts, answer, nonce),
        };
        Self { tags: engine.keys.tags(Purpose::IdempotencyKey, &parts), scope, body, create }
    }

    /// What the session's row names it by.
    pub fn tag(&self) -> &str {
        &self.tags[0]
    }

    /// Claims the key for this create; what is remembered under it, if it was claimed before.
    /// `may_create` is false for a create that is refused: then nothing is claimed.
    pub async fn claim(
        &self,
        tx: &mut Conn,
        now: Timestamp,
        may_create: bool,
    ) -> Result<Option<Remembered>, StoreError> {
        let (current, previous) = self.tags.split_first().expect("a ring has a current key");
        for tag in previous {
            if let Some(found) = idempotency::find(tx, tag, now.millis()).await? {
                return Ok(Some(found));
            }
        }
        let span = (now.millis(), now.plus(MEMORY).millis());
        if may_create && idempotency::claim(tx, current, &self.create, span).await? {
            return Ok(None);
        }
        match idempotency::find(tx, current, now.millis()).await? {
            // It was forgotten between the two statements.
            None if may_create => Err(StoreError::Stale),
            found => Ok(found),
        }
    }

    /// The remembered answer, if it was for this body.
    pub fn replay(&self, engine: &Engine, found: &Remembered) -> Result<Vec<u8>, Error> {
        let parts = [self.scope[2].as_str(), self.body.as_str()];
        if !engine.keys.verify(Purpose::IdempotencyBody, &parts, &found.body_tag) {
            let message = "Idempotency-Key was used with another body within the last 24 hours";
            return Err(Error::new(Code::IdempotencyKeyReused, message));
        }
        let parts = borrowed(&self.scope);
        let answer = engine.keys.open_for(Purpose::IdempotencySeal, &parts, &found.answer);
        answer.ok_or_else(|| Error::internal("a remembered answer does not open"))
    }
}

fn borrowed(scope: &[String; 3]) -> [&str; 3] {
    [&scope[0], &scope[1], &scope[2]].map(String::as_str)
}
