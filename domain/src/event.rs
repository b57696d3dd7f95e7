//! What subscribers are told: the four terminal events and their JSON (`spec.md` §6).

use std::fmt::{self, Write as _};

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::attempt::{FailureCode, Tries, words};
use crate::id::{EndpointId, EventId};
use crate::session::{Consent, Session};
use crate::share::ClaimKey;
use crate::time::Timestamp;

/// The version of the event format and of the share contract.
pub const CONTRACT_VERSION: u32 = 1;

words! {
    /// An event's `type`.
    EventKind {
        /// The session succeeded.
        Succeeded = "verification.session.succeeded",
        /// The session failed.
        Failed = "verification.session.failed",
        /// The session expired.
        Expired = "verification.session.expired",
        /// The session was cancelled, or withdrawn afterwards.
        Cancelled = "verification.session.cancelled",
        /// Sent on request, to one endpoint: nothing happened.
        Test = "webhook.test",
    }
}

impl EventKind {
    /// The ways a session ends: what endpoints subscribe to.
    pub const TERMINAL: &'static [Self] =
        &[Self::Succeeded, Self::Failed, Self::Expired, Self::Cancelled];
}

words! {
    /// Why a session counts as cancelled.
    CancelReason {
        /// Before any check failed.
        Cancelled = "cancelled",
        /// After a check had failed.
        AfterFailedCheck = "cancelled_after_failed_check",
        /// Withdrawn after it succeeded.
        PrivacyAfterSuccess = "privacy_cancelled_after_terminal_success",
        /// Withdrawn after it failed.
        PrivacyAfterFailure = "privacy_cancelled_after_terminal_failure",
    }
}

/// Claim values read from a document, by name and in contract order.
#[derive(Clone, PartialEq, Default)]
pub struct Claims(Vec<(ClaimKey, Value)>);

impl Eq for Claims {}

impl fmt::Debug for Claims {
    /// Names only: a value never reaches a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(key, _)| key)).finish()
    }
}

impl Claims {
    /// The claims of a JSON object; `None` if it holds an unknown name or a value that is neither
    /// a string nor a boolean.
    pub fn from_json(object: &Map<String, Value>) -> Option<Self> {
        let mut claims = object
            .iter()
            .filter(|(_, value)| value.is_string() || value.is_boolean())
            .map(|(name, value)| Some((ClaimKey::parse(name)?, value.clone())))
            .collect::<Option<Vec<_>>>()?;
        claims.sort_by_key(|(key, _)| *key);
        (claims.len() == object.len()).then_some(Self(claims))
    }

    /// Exactly the values of `keys`; a value that is not there is left out.
    #[must_use]
    pub fn only(&self, keys: &[ClaimKey]) -> Self {
        Self(self.0.iter().filter(|(key, _)| keys.contains(key)).cloned().collect())
    }

    /// Whether every one of `keys` has a value.
    pub fn cover(&self, keys: &[ClaimKey]) -> bool {
        keys.iter().all(|key| self.0.iter().any(|(have, _)| have == key))
    }
}

impl Serialize for Claims {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// What happened, with exactly what subscribers learn of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventBody {
    /// Every check confirmed.
    Succeeded {
        /// The values of exactly the selected claims.
        claims: Claims,
        /// What the user agreed to.
        consent: Consent,
    },
    /// Tries used up, or a hard kill.
    Failed {
        /// The last failure.
        failure_code: FailureCode,
        /// Failed evaluations.
        tries: Tries,
    },
    /// Not finished in time.
    Expired,
    /// Cancelled or withdrawn.
    Cancelled {
        /// Why.
        reason: CancelReason,
        /// Failed evaluations.
        tries: Tries,
        /// The event this one replaces, if an earlier try of it may have arrived.
        supersedes: Option<EventId>,
    },
}

impl EventBody {
    /// The event's `type`.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Succeeded { .. } => EventKind::Succeeded,
            Self::Failed { .. } => EventKind::Failed,
            Self::Expired => EventKind::Expired,
            Self::Cancelled { .. } => EventKind::Cancelled,
        }
    }

    fn data(&self) -> Value {
        match self {
            Self::Succeeded { claims, consent } => json!({
                "claims": claims,
                "selected_field_keys": consent.selected,
                "consent": {
                    "id": consent.id,
                    "consented_at": consent.at,
                    "contract_hash": consent.contract_hash,
                    "locale": consent.locale,
                },
            }),
            Self::Failed { failure_code, tries } => json!({
                "failure_code": failure_code,
                "nfc_tries_used": tries.nfc,
                "liveness_tries_used": tries.liveness,
            }),
            Self::Expired => json!({}),
            Self::Cancelled { reason, tries, supersedes } => {
                let mut data = json!({
                    "outcome": "not_verified",
                    "reason": reason,
                    "nfc_tries_used": tries.nfc,
                    "liveness_tries_used": tries.liveness,
                });
                if let Some(event) = supersedes {
                    data["supersedes_event_id"] = json!(event);
                }
                data
            }
        }
    }
}

/// A terminal event of one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id: the same for every endpoint and every try.
    pub id: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub body: EventBody,
}

impl Event {
    /// The request body every subscriber receives: compact JSON in pure ASCII.
    pub fn envelope(&self, session: &Session) -> String {
        let envelope = json!({
            "type": self.body.kind(),
            "timestamp": self.at,
            "data": self.body.data(),
            "metadata": {
                "event_id": self.id,
                "verification_session_id": session.id,
                "contract_version": CONTRACT_VERSION,
                "client_reference_id": session.terms.client_reference_id,
                "session_metadata": session.terms.metadata,
                "sandbox": session.terms.sandbox,
            },
        });
        ascii_json(&envelope)
    }
}

/// The request body of a test: marked as one, in the shape of any other event.
pub fn test_envelope(id: &EventId, at: Timestamp, endpoint: &EndpointId, sandbox: bool) -> String {
    let envelope = json!({
        "type": EventKind::Test,
        "timestamp": at,
        "data": { "endpoint_id": endpoint },
        "metadata": {
            "event_id": id,
            "verification_session_id": null,
            "contract_version": CONTRACT_VERSION,
            "client_reference_id": null,
            "session_metadata": {},
            "sandbox": sandbox,
        },
    });
    ascii_json(&envelope)
}

/// Compact JSON with everything outside ASCII escaped, so that no transport can misread it.
pub fn ascii_json(value: &Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("writing to a String cannot fail");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn envelopes_are_ascii_and_mean_the_same() {
        let value = json!({ "name": "Zoë 👍 \u{7f}", "n": 1 });
        let text = ascii_json(&value);
        assert!(text.is_ascii());
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value));
    }

    #[test]
    fn claims_hold_known_names_with_strings_or_flags_only() {
        let parse = |value: Value| Claims::from_json(value.as_object().expect("object"));
        assert!(parse(json!({ "family_name": "DOE", "age_over_18": true })).is_some());
        assert!(parse(json!({ "portrait": "x" })).is_none());
        assert!(parse(json!({ "family_name": 7 })).is_none());
        let claims = parse(json!({ "family_name": "DOE", "age_over_18": true })).expect("valid");
        let gate = ClaimKey::AgeOver(18);
        assert_eq!(json!(claims.only(&[gate])), json!({ "age_over_18": true }));
        assert!(claims.cover(&[gate]) && !claims.cover(&[ClaimKey::KAYLE_DOCUMENT_ID]));
        assert_eq!(format!("{claims:?}"), "[Named(FamilyName), AgeOver(18)]");
    }
}
