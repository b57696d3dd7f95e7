//! What each route may refuse: every code with an example, for the OpenAPI document.

use std::collections::BTreeMap;

use serde_json::json;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::{
    ContentBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, Type,
    example::ExampleBuilder,
};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

use super::answer::{Problem, Refused};
use crate::error::Code;

type Documented = BTreeMap<String, RefOr<Response>>;

/// What any route under `/v1` may answer.
const ANYWHERE: &[Code] = &[
    Code::NotAcceptable,
    Code::UnsupportedMediaType,
    Code::RequestTimeout,
    Code::RateLimited,
    Code::Internal,
    Code::Unavailable,
];

macro_rules! refusals {
    ($($(#[doc = $doc:literal])* $name:ident: $($code:ident)*;)*) => {$(
        $(#[doc = $doc])*
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> Documented {
                documented(&[$(Code::$code),*])
            }
        }
    )*};
}

refusals! {
    /// Of creating a session.
    OfCreate: InvalidRequest InvalidJson InvalidShareFields TooManyShareFields UnknownClaimKey
        InvalidAgeGateKey ReasonRequired ReasonTooLong InvalidReason InvalidRedirectUrl
        WebhookEndpointUnavailable Unauthorized Forbidden CrossOrigin PayloadTooLarge IdempotencyKeyReused;
    /// Of reading a session.
    OfGet: InvalidSessionId InvalidRequest Unauthorized Forbidden SessionNotFound;
    /// Of listing sessions.
    OfList: InvalidRequest Unauthorized Forbidden;
    /// Of an integrator's cancel.
    OfCancel: InvalidSessionId Unauthorized Forbidden CrossOrigin SessionNotFound;
    /// Of a simulation.
    OfSimulation: InvalidSessionId InvalidRequest InvalidJson Unauthorized Forbidden CrossOrigin
        NotFound SessionNotFound SessionTerminal SessionExpired SimulationFailed PayloadTooLarge;
    /// Of an erasure.
    OfErase: InvalidSessionId Unauthorized Forbidden CrossOrigin SessionNotFound SessionNotTerminal;
    /// Of creating an endpoint.
    OfEndpointCreate: InvalidRequest InvalidJson Unauthorized Forbidden CrossOrigin
        TooManyWebhookEndpoints PayloadTooLarge;
    /// Of listing endpoints.
    OfEndpointList: Unauthorized Forbidden;
    /// Of reading an endpoint, or what belongs to it.
    OfEndpoint: InvalidRequest Unauthorized Forbidden WebhookEndpointNotFound;
    /// Of changing an endpoint.
    OfEndpointChange: InvalidRequest InvalidJson Unauthorized Forbidden CrossOrigin
        WebhookEndpointNotFound PayloadTooLarge;
    /// Of deleting an endpoint.
    OfEndpointDelete: InvalidRequest Unauthorized Forbidden CrossOrigin WebhookEndpointNotFound;
    /// Of revealing a secret.
    OfEndpointReveal: InvalidRequest Unauthorized Forbidden CrossOrigin WebhookEndpointNotFound;
    /// Of testing an endpoint.
    OfEndpointTest: InvalidRequest Unauthorized Forbidden CrossOrigin WebhookEndpointNotFound
        WebhookEndpointDisabled;
    /// Of registering a key.
    OfKeyRegister: InvalidRequest InvalidJson InvalidEncryptionKey Unauthorized Forbidden
        CrossOrigin WebhookEndpointNotFound EncryptionKeyExists PayloadTooLarge;
    /// Of switching a key on or off.
    OfKey: InvalidRequest Unauthorized Forbidden CrossOrigin EncryptionKeyNotFound;
    /// Of listing what was sent.
    OfHistory: InvalidRequest Unauthorized Forbidden;
    /// Of reading an event.
    OfEvent: InvalidRequest Unauthorized Forbidden WebhookEventNotFound;
    /// Of sending an event once more.
    OfReplay: InvalidRequest Unauthorized Forbidden CrossOrigin WebhookEventNotFound
        WebhookEndpointDisabled WebhookDeliveryInProgress WebhookPayloadExpired;
    /// Of reading a delivery.
    OfDelivery: InvalidRequest Unauthorized Forbidden WebhookDeliveryNotFound;
    /// Of sending a delivery once more.
    OfRetry: InvalidRequest Unauthorized Forbidden CrossOrigin WebhookDeliveryNotFound
        WebhookEndpointDisabled WebhookDeliveryInProgress WebhookPayloadExpired;
    /// Of reading the status.
    OfStatus: InvalidSessionId Unauthorized SessionNotFound;
    /// Of reading the details.
    OfDetails: InvalidSessionId Unauthorized SessionNotFound SessionTerminal SessionExpired;
    /// Of following a session.
    OfEvents: InvalidSessionId Unauthorized SessionNotFound;
    /// Of agreeing.
    OfConsent: InvalidSessionId InvalidRequest InvalidJson ShareSelectionMissingRequired
        ShareSelectionInvalidField Unauthorized CrossOrigin SessionNotFound ConsentFrozen
        SessionTerminal SessionExpired PayloadTooLarge;
    /// Of a hand-off.
    OfHandoff: InvalidSessionId Unauthorized CrossOrigin SessionNotFound ConsentRequired
        SessionInProgress SessionTerminal SessionExpired;
    /// Of a hello.
    OfHello: InvalidSessionId InvalidRequest InvalidJson Unauthorized HandoffTokenInvalid
        HandoffTokenExpired HandoffDeviceMismatch CrossOrigin SessionNotFound ConsentRequired
        DeviceAttestationFailed HandoffTokenConsumed SessionTerminal SessionExpired PayloadTooLarge;
    /// Of disconnecting a phone.
    OfRelease: InvalidSessionId Unauthorized CrossOrigin SessionNotFound DeviceNotConnected
        SessionTerminal SessionExpired;
    /// Of a user's cancel.
    OfUserCancel: InvalidSessionId InvalidRequest InvalidJson Unauthorized CancelTokenInvalid
        CrossOrigin SessionNotFound CancelTokenUsed PayloadTooLarge;
    /// Of beginning chip authentication.
    OfExchange: InvalidSessionId InvalidRequest InvalidJson InvalidEvidence Unauthorized CrossOrigin
        SessionNotFound DeviceNotConnected CheckAlreadyConfirmed SessionTerminal SessionExpired
        PayloadTooLarge EvidenceUnavailable;
    /// Of a chip check.
    OfNfc: InvalidSessionId InvalidRequest InvalidEvidence Unauthorized CrossOrigin SessionNotFound
        DeviceNotConnected CheckAlreadyConfirmed AttemptInProgress AttemptCancelled SessionTerminal
        SessionExpired PayloadTooLarge EvidenceUnavailable;
    /// Of a face check.
    OfLiveness: InvalidSessionId InvalidRequest InvalidEvidence InvalidReceipt Unauthorized
        CrossOrigin SessionNotFound DeviceNotConnected CheckOutOfOrder AttemptInProgress
        AttemptCancelled SessionTerminal SessionExpired PayloadTooLarge
        EvidenceUnavailable;
}

/// The answers by status, each with an example of every code that has it.
fn documented(own: &[Code]) -> Documented {
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in own.iter().chain(ANYWHERE) {
        by_status.entry(code.status().as_u16()).or_default().push(*code);
    }
    by_status
        .into_iter()
        .map(|(status, codes)| (status.to_string(), RefOr::T(response(status, &codes))))
        .collect()
}

fn response(status: u16, codes: &[Code]) -> Response {
    let names: Vec<String> = codes.iter().map(|code| format!("`{}`", code.as_str())).collect();
    let examples = codes.iter().map(|code| {
        let refused = Refused { data: None, error: Problem::new(*code, code.meaning().to_owned()) };
        let example = ExampleBuilder::new().summary(code.meaning()).value(Some(json!(refused)));
        (code.as_str().to_owned(), example.build())
    });
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(Refused::name())))
        .examples_from_iter(examples)
        .build();
    let response =
        ResponseBuilder::new().description(names.join(", ")).content("application/json", content);
    let header = |text: &str, kind| {
        let schema = ObjectBuilder::new().schema_type(kind).build();
        HeaderBuilder::new().schema(Some(schema)).description(Some(text)).build()
    };
    match status {
        401 => response.header("WWW-Authenticate", header("`Bearer`", Type::String)),
        429 => response
            .header("Retry-After", header("Seconds to wait", Type::Integer))
            .header("RateLimit-Limit", header("Requests at once", Type::Integer))
            .header("RateLimit-Remaining", header("Requests left", Type::Integer))
            .header("RateLimit-Reset", header("Seconds until there are more", Type::Integer)),
        _ => response,
    }
    .build()
}

/// The schemas the answers above refer to.
pub fn schemas() -> Vec<(String, RefOr<utoipa::openapi::Schema>)> {
    let mut schemas = vec![(Refused::name().into_owned(), Refused::schema())];
    Refused::schemas(&mut schemas);
    schemas
}
