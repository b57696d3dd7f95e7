//! Encryption keys: register, list, deactivate, reactivate.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kayle_domain::{EncryptionKeyId, EndpointId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::super::answer::{Data, ok};
use super::super::extract::{ApiJson, Authenticated, Named};
use super::super::refusals::{OfEndpoint, OfKey, OfKeyRegister};
use super::super::schema;
use super::endpoints::EndpointPath;
use crate::engine::Engine;
use crate::error::Error;
use crate::service::webhooks::keys;
use crate::store::endpoints::KeyRow;

/// The key in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "only its description is used")]
pub struct KeyPath {
    /// The key's id.
    #[param(pattern = "^whk_[0-9a-f]{32}$")]
    id: String,
}

/// An encryption key.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyBody {
    id: String,
    endpoint_id: String,
    /// Your own name for it: the `kid` of the JWK, and of every payload encrypted to it.
    key_id: String,
    /// Whether payloads are encrypted to it; one key of an endpoint is active at the most.
    active: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    deactivated_at: Option<Timestamp>,
}

impl From<KeyRow> for KeyBody {
    fn from(row: KeyRow) -> Self {
        Self {
            id: row.id,
            endpoint_id: row.endpoint_id,
            key_id: row.key_id,
            active: row.deactivated_at.is_none(),
            created_at: Timestamp::from_millis(row.created_at),
            deactivated_at: row.deactivated_at.map(Timestamp::from_millis),
        }
    }
}

/// A key to encrypt payloads to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterKey {
    /// A public RSA key of at least 2048 bits, with `use: enc` and a `kid` (RFC 7517).
    #[schema(schema_with = schema::jwk)]
    jwk: Map<String, Value>,
}

/// Register an encryption key
///
/// It is active from now on, in the place of the one before. Payloads are encrypted when they are
/// sent: compact JWE with `RSA-OAEP-256` and `A256GCM`, as `application/jose`.
#[utoipa::path(post, path = "/v1/webhooks/endpoints/{id}/keys", tag = "webhooks",
    operation_id = "register_key", params(EndpointPath), request_body = RegisterKey,
    security(("api_key" = [])),
    responses((status = 201, body = Data<KeyBody>), OfKeyRegister))]
pub async fn register(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EndpointId>,
    ApiJson(body): ApiJson<RegisterKey>,
) -> Result<Response, Error> {
    let row = keys::register(&engine, &caller, &id, &body.jwk).await?;
    Ok((StatusCode::CREATED, ok(KeyBody::from(row))).into_response())
}

/// List encryption keys
///
/// All of an endpoint's, oldest first.
#[utoipa::path(get, path = "/v1/webhooks/endpoints/{id}/keys", tag = "webhooks",
    operation_id = "list_keys", params(EndpointPath), security(("api_key" = [])),
    responses((status = 200, body = Data<Vec<KeyBody>>), OfEndpoint))]
pub async fn list(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EndpointId>,
) -> Result<Json<Data<Vec<KeyBody>>>, Error> {
    let rows = keys::list(&engine, &caller, &id).await?;
    Ok(ok(rows.into_iter().map(Into::into).collect()))
}

/// Deactivate an encryption key
///
/// Without an active key payloads are sent as plain JSON, or not at all where this server requires
/// encryption.
#[utoipa::path(post, path = "/v1/webhooks/keys/{id}/deactivate", tag = "webhooks",
    operation_id = "deactivate_key", params(KeyPath), security(("api_key" = [])),
    responses((status = 200, body = Data<KeyBody>), OfKey))]
pub async fn deactivate(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EncryptionKeyId>,
) -> Result<Json<Data<KeyBody>>, Error> {
    Ok(ok(keys::set_active(&engine, &caller, &id, false).await?.into()))
}

/// Reactivate an encryption key
///
/// In the place of the endpoint's active one.
#[utoipa::path(post, path = "/v1/webhooks/keys/{id}/reactivate", tag = "webhooks",
    operation_id = "reactivate_key", params(KeyPath), security(("api_key" = [])),
    responses((status = 200, body = Data<KeyBody>), OfKey))]
pub async fn reactivate(
    State(engine): State<Engine>,
    Authenticated(caller): Authenticated,
    Named(id): Named<EncryptionKeyId>,
) -> Result<Json<Data<KeyBody>>, Error> {
    Ok(ok(keys::set_active(&engine, &caller, &id, true).await?.into()))
}
