//! A session as integrators see it (`spec.md` §2): nothing of the document, ever.

use kayle_domain::event::CONTRACT_VERSION;
use kayle_domain::redirect::RedirectUrl;
use kayle_domain::{Attempt, FailureCode, Session, ShareContract, Status, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::super::schema;
use crate::engine::Engine;
use crate::service::sessions::{Created, Found};

/// A verification session.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionBody {
    #[schema(example = "vs_0190f4b2a8c07d3e9f1a2b3c4d5e6f70")]
    id: String,
    #[schema(schema_with = schema::status)]
    status: Status,
    contract_version: u32,
    #[schema(schema_with = schema::contract)]
    share_fields: ShareContract,
    #[schema(required = true)]
    redirect_url: Option<String>,
    verification_url: String,
    /// Only in the create response.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    cancel_token: Option<String>,
    #[schema(schema_with = schema::failure_code, required = true)]
    failure_code: Option<FailureCode>,
    nfc_tries_used: u8,
    liveness_tries_used: u8,
    #[schema(required = true)]
    client_reference_id: Option<String>,
    #[schema(schema_with = schema::strings)]
    metadata: Map<String, Value>,
    #[schema(required = true)]
    locale: Option<String>,
    #[schema(schema_with = schema::webhook_endpoint_id)]
    webhook_endpoint_id: Value,
    sandbox: bool,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    completed_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// Only with `include_attempts=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    attempts: Option<Vec<AttemptBody>>,
}

/// One server-side evaluation of one check.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttemptBody {
    id: String,
    session_id: String,
    #[schema(schema_with = schema::check)]
    check: &'static str,
    #[schema(schema_with = schema::attempt_status)]
    status: &'static str,
    /// A failure code, or `session_expired` or `session_cancelled`.
    #[schema(required = true)]
    failure_code: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    completed_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl From<&Attempt> for AttemptBody {
    fn from(attempt: &Attempt) -> Self {
        Self {
            id: attempt.id.as_str().to_owned(),
            session_id: attempt.session_id.as_str().to_owned(),
            check: attempt.check.as_str(),
            status: attempt.status.as_str(),
            failure_code: attempt.failure_code.clone(),
            completed_at: attempt.completed_at,
            created_at: attempt.created_at,
            updated_at: attempt.updated_at,
        }
    }
}

fn endpoint_ids(session: &Session) -> Value {
    match &session.terms.endpoints[..] {
        [] => Value::Null,
        [one] => json!(one),
        many => json!(many),
    }
}

impl SessionBody {
    /// The answer to a create request: the only one with the cancel token.
    pub fn created(engine: &Engine, created: &Created) -> Self {
        let mut body = Self::new(engine, created.session.clone());
        body.verification_url =
            format!("{}?cancel_token={}", body.verification_url, created.cancel_token);
        body.cancel_token = Some(created.cancel_token.clone());
        body
    }

    /// A session as it is read later.
    pub fn found(engine: &Engine, found: Found) -> Self {
        let attempts = found.attempts.as_ref().map(|list| list.iter().map(Into::into).collect());
        Self { attempts, ..Self::new(engine, found.session) }
    }

    fn new(engine: &Engine, session: Session) -> Self {
        let now = engine.now();
        Self {
            status: session.status_at(now),
            contract_version: CONTRACT_VERSION,
            verification_url: format!("{}/{}", engine.config.public_url, session.id),
            cancel_token: None,
            failure_code: session.failure_code(),
            nfc_tries_used: session.tries.nfc,
            liveness_tries_used: session.tries.liveness,
            webhook_endpoint_id: endpoint_ids(&session),
            sandbox: session.terms.sandbox,
            expires_at: session.expires_at,
            completed_at: session.completed_at(now),
            created_at: session.created_at,
            updated_at: session.updated_at,
            attempts: None,
            id: session.id.into(),
            share_fields: session.terms.contract,
            redirect_url: session.terms.redirect_url.map(RedirectUrl::into_text),
            client_reference_id: session.terms.client_reference_id,
            metadata: session.terms.metadata,
            locale: session.terms.locale,
        }
    }
}
