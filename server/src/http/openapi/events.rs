//! What subscribers receive, as the OpenAPI document's `webhooks` describe it (`spec.md` §6).

use kayle_domain::event::CancelReason;
use kayle_domain::{EventKind, FailureCode};
use serde_json::{Value, json};
use utoipa::openapi::path::{PathItem, Paths};

/// The four events.
pub fn webhooks() -> Paths {
    let mut paths = Paths::new();
    for kind in EventKind::TERMINAL {
        paths.paths.insert(kind.as_str().to_owned(), item(*kind));
    }
    paths
}

fn item(kind: EventKind) -> PathItem {
    let (summary, data) = match kind {
        EventKind::Succeeded => ("A session succeeded", succeeded()),
        EventKind::Failed => ("A session failed", failed()),
        EventKind::Expired => ("A session expired", json!({ "type": "object" })),
        EventKind::Cancelled => ("A session was cancelled, or withdrawn afterwards", cancelled()),
        EventKind::Test => ("A test you asked for", json!({ "type": "object" })),
    };
    let operation = json!({
        "tags": ["events"],
        "summary": summary,
        "operationId": kind.as_str().replace('.', "_"),
        "parameters": headers(),
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": envelope(kind, &data) } },
        },
        "responses": {
            "2XX": { "description": "Received. Anything else is tried again, eight times in all." },
            "410": { "description": "Gone: the endpoint is disabled." },
        },
    });
    serde_json::from_value(json!({ "post": operation })).expect("it is a path item")
}

fn headers() -> Value {
    let header = |name: &str, text: &str| {
        let schema = json!({ "type": "string" });
        json!({ "name": name, "in": "header", "required": true, "description": text, "schema": schema })
    };
    json!([
        header("webhook-id", "The event's id: the same over all tries (Standard Webhooks)."),
        header("webhook-timestamp", "Unix seconds of this try."),
        header("webhook-signature", "`v1,<base64>` for each live secret."),
        header("X-Kayle-Signature", "`t=<unix>,v1=<hex>`, a `v1` for each live secret."),
        header("X-Kayle-Delivery-Id", "The delivery's id."),
        header("X-Kayle-Event", "The event's type."),
    ])
}

fn envelope(kind: EventKind, data: &Value) -> Value {
    let id =
        |prefix: &str| json!({ "type": "string", "pattern": format!("^{prefix}[0-9a-f]{{32}}$") });
    object(&json!({
        "type": { "type": "string", "const": kind.as_str() },
        "timestamp": { "type": "string", "format": "date-time" },
        "data": data,
        "metadata": object(&json!({
            "event_id": id("evt_"),
            "verification_session_id": id("vs_"),
            "contract_version": { "type": "integer" },
            "client_reference_id": { "type": ["string", "null"] },
            "session_metadata":
                { "type": "object", "additionalProperties": { "type": "string" } },
            "sandbox": { "type": "boolean" },
        })),
    }))
}

/// An object that has all of `properties`.
fn object(properties: &Value) -> Value {
    let names: Vec<&String> =
        properties.as_object().into_iter().flat_map(|map| map.keys()).collect();
    json!({ "type": "object", "properties": properties, "required": names })
}

fn tries() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": 3 })
}

fn succeeded() -> Value {
    object(&json!({
        "claims": {
            "type": "object",
            "description": "The values of exactly the selected claims.",
            "additionalProperties": { "type": ["string", "boolean"] },
        },
        "selected_field_keys": { "type": "array", "items": { "type": "string" } },
        "consent": object(&json!({
            "id": { "type": "string" },
            "consented_at": { "type": "string", "format": "date-time" },
            "contract_hash": { "type": "string", "description": "SHA-256, in hex, of the session's `share_fields` as compact JSON, members in the order of the API's answer." },
            "locale": { "type": "string" },
        })),
    }))
}

fn failed() -> Value {
    let codes: Vec<&str> = FailureCode::ALL.iter().map(|code| code.as_str()).collect();
    object(&json!({
        "failure_code": { "type": "string", "enum": codes },
        "nfc_tries_used": tries(),
        "liveness_tries_used": tries(),
    }))
}

fn cancelled() -> Value {
    let reasons: Vec<&str> = CancelReason::ALL.iter().map(|reason| reason.as_str()).collect();
    let mut data = object(&json!({
        "outcome": { "type": "string", "const": "not_verified" },
        "reason": { "type": "string", "enum": reasons },
        "nfc_tries_used": tries(),
        "liveness_tries_used": tries(),
    }));
    data["properties"]["supersedes_event_id"] = json!({
        "type": "string",
        "description": "The event this one replaces, if an earlier try of it may have arrived.",
    });
    data
}
