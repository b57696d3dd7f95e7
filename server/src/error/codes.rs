//! Every documented error code: its spelling, status, meaning and cure; the error pages, the OpenAPI
//! document and the answers all read this one list.

use axum::http::StatusCode;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident = $text:literal, $status:ident, $hint:literal;)*) => {
        /// Every documented error code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])* $variant,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its one spelling.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The HTTP status it is answered with.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)* }
            }

            /// What it means, in one or two sentences.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),*).trim_start(),)* }
            }

            /// What to do about it.
            pub const fn hint(self) -> &'static str {
                match self { $(Self::$variant => $hint,)* }
            }
        }
    };
}

codes! {
    /// The body, a parameter or a header is not what the route takes.
    InvalidRequest = "INVALID_REQUEST", BAD_REQUEST, "Correct the named field and send the request again.";
    /// The body is not JSON.
    InvalidJson = "INVALID_JSON", BAD_REQUEST, "Send one JSON object encoded as UTF-8.";
    /// The session id is malformed.
    InvalidSessionId = "INVALID_SESSION_ID", BAD_REQUEST, "Use the id exactly as the create response gave it.";
    /// `share_fields` has the wrong shape.
    InvalidShareFields = "INVALID_SHARE_FIELDS", BAD_REQUEST, "Each entry is {\"required\": true|false, \"reason\": \"…\"}.";
    /// Too many entries in `share_fields`.
    TooManyShareFields = "TOO_MANY_SHARE_FIELDS", BAD_REQUEST, "Ask for at most 32 claims.";
    /// A claim the catalogue does not hold.
    UnknownClaimKey = "UNKNOWN_CLAIM_KEY", BAD_REQUEST, "Use a name from the claim catalogue.";
    /// A malformed age gate.
    InvalidAgeGateKey = "INVALID_AGE_GATE_KEY", BAD_REQUEST, "Write age_over_N with N from 12 to 130, without leading zeros.";
    /// A claim without a reason.
    ReasonRequired = "REASON_REQUIRED", BAD_REQUEST, "Tell the user why you ask for this claim.";
    /// A reason that is too long.
    ReasonTooLong = "REASON_TOO_LONG", BAD_REQUEST, "Shorten the reason to 200 characters.";
    /// A reason with characters that could disturb the page.
    InvalidReason = "INVALID_REASON", BAD_REQUEST, "Remove control and text-direction characters from the reason.";
    /// A redirect address that is refused.
    InvalidRedirectUrl = "INVALID_REDIRECT_URL", BAD_REQUEST, "Use an https:// address of at most 2048 characters.";
    /// An endpoint that does not exist, is disabled, or is not this organization's.
    WebhookEndpointUnavailable = "WEBHOOK_ENDPOINT_UNAVAILABLE", BAD_REQUEST, "Name up to 25 enabled endpoints of your organization.";
    /// Not a public RSA key that payloads can be encrypted to.
    InvalidEncryptionKey = "INVALID_ENCRYPTION_KEY", BAD_REQUEST, "Register a public RSA JWK of at least 2048 bits with \"use\": \"enc\" and a kid.";
    /// A selection without a required field.
    ShareSelectionMissingRequired = "SHARE_SELECTION_MISSING_REQUIRED", BAD_REQUEST, "Select every required field, or cancel.";
    /// A selection with a field that was not asked for.
    ShareSelectionInvalidField = "SHARE_SELECTION_INVALID_FIELD", BAD_REQUEST, "Select only fields the session asks for, each once.";
    /// Evidence that does not have the documented form.
    InvalidEvidence = "INVALID_EVIDENCE", BAD_REQUEST, "Send the documented parts; this cost no try.";
    /// A receipt this session did not issue, or not for this evidence.
    InvalidReceipt = "INVALID_RECEIPT", BAD_REQUEST, "Send the receipt of the last confirmed chip check, unchanged; this cost no try.";
    /// No valid credential.
    Unauthorized = "UNAUTHORIZED", UNAUTHORIZED, "Send a valid credential in the Authorization header.";
    /// Not this session's cancel token.
    CancelTokenInvalid = "CANCEL_TOKEN_INVALID", UNAUTHORIZED, "Use the cancel token of the create response.";
    /// Not a hand-off token of this session.
    HandoffTokenInvalid = "HANDOFF_TOKEN_INVALID", UNAUTHORIZED, "Scan the code on the page again.";
    /// A hand-off token whose time has passed.
    HandoffTokenExpired = "HANDOFF_TOKEN_EXPIRED", UNAUTHORIZED, "Scan the code on the page again.";
    /// A scope the API key does not have.
    Forbidden = "FORBIDDEN", FORBIDDEN, "Use an API key with the named scope.";
    /// The hello is not signed by the device it speaks for.
    HandoffDeviceMismatch = "HANDOFF_DEVICE_MISMATCH", FORBIDDEN, "Sign with the key that is sent, and keep the device id.";
    /// The server asks phones to prove their key and app, and this one does not.
    DeviceAttestationFailed = "DEVICE_ATTESTATION_FAILED", FORBIDDEN, "Send a fresh attestation of this key by a listed app, over the documented challenge.";
    /// A request another site may have forged.
    CrossOrigin = "CROSS_ORIGIN", FORBIDDEN, "Send the request from the page itself.";
    /// Nothing the caller accepts can be answered.
    NotAcceptable = "NOT_ACCEPTABLE", NOT_ACCEPTABLE, "Accept application/json, or leave the Accept header out.";
    /// No such route.
    NotFound = "NOT_FOUND", NOT_FOUND, "Check the path against the reference.";
    /// No such session, or not this organization's.
    SessionNotFound = "SESSION_NOT_FOUND", NOT_FOUND, "Check the id, and that the key belongs to the session's organization.";
    /// No such webhook endpoint, or not this organization's.
    WebhookEndpointNotFound = "WEBHOOK_ENDPOINT_NOT_FOUND", NOT_FOUND, "Check the id, and that the key belongs to the endpoint's organization.";
    /// No such encryption key, or not this organization's.
    EncryptionKeyNotFound = "ENCRYPTION_KEY_NOT_FOUND", NOT_FOUND, "Check the id, and that the API key belongs to its organization.";
    /// No such event, or not this organization's.
    WebhookEventNotFound = "WEBHOOK_EVENT_NOT_FOUND", NOT_FOUND, "Check the id, and that the key belongs to the event's organization.";
    /// No such delivery, or not this organization's.
    WebhookDeliveryNotFound = "WEBHOOK_DELIVERY_NOT_FOUND", NOT_FOUND, "Check the id, and that the key belongs to the delivery's organization.";
    /// The route does not take this method.
    MethodNotAllowed = "METHOD_NOT_ALLOWED", METHOD_NOT_ALLOWED, "Use a method named in the Allow header.";
    /// The request took too long to arrive.
    RequestTimeout = "REQUEST_TIMEOUT", REQUEST_TIMEOUT, "Send the request again.";
    /// Nobody has agreed yet.
    ConsentRequired = "CONSENT_REQUIRED", CONFLICT, "The user has to agree first.";
    /// A phone has started.
    ConsentFrozen = "CONSENT_FROZEN", CONFLICT, "What was agreed to is fixed once a phone has started.";
    /// A phone is at work.
    SessionInProgress = "SESSION_IN_PROGRESS", CONFLICT, "Continue on the phone, or release it first.";
    /// No phone is at work.
    DeviceNotConnected = "DEVICE_NOT_CONNECTED", CONFLICT, "Connect a phone first.";
    /// The hand-off token was used.
    HandoffTokenConsumed = "HANDOFF_TOKEN_CONSUMED", CONFLICT, "Another phone was faster; release it on the page to use this one.";
    /// The session is over.
    SessionTerminal = "SESSION_TERMINAL", CONFLICT, "Nothing can change any more; create a new session.";
    /// Only a session that is over can be erased.
    SessionNotTerminal = "SESSION_NOT_TERMINAL", CONFLICT, "Cancel the session first, or wait until it is over.";
    /// The cancel token was used.
    CancelTokenUsed = "CANCEL_TOKEN_USED", CONFLICT, "Read the session's status.";
    /// The check passed before.
    CheckAlreadyConfirmed = "CHECK_ALREADY_CONFIRMED", CONFLICT, "Go on with the next check.";
    /// The chip comes before the face.
    CheckOutOfOrder = "CHECK_OUT_OF_ORDER", CONFLICT, "Confirm the chip first.";
    /// An evaluation of this check is running, of this attempt or of another one.
    AttemptInProgress = "ATTEMPT_IN_PROGRESS", CONFLICT, "Send the same attempt again in a few seconds; a lost one is given up within a minute.";
    /// The evaluation was overtaken: the phone was released or the lease was lost.
    AttemptCancelled = "ATTEMPT_CANCELLED", CONFLICT, "Nothing was spent; send a new attempt.";
    /// The organization has as many webhook endpoints as it may.
    TooManyWebhookEndpoints = "TOO_MANY_WEBHOOK_ENDPOINTS", CONFLICT, "Delete an endpoint that is not needed any more.";
    /// The webhook endpoint takes nothing while it is disabled.
    WebhookEndpointDisabled = "WEBHOOK_ENDPOINT_DISABLED", CONFLICT, "Enable the endpoint first.";
    /// The endpoint has had a key of this name.
    EncryptionKeyExists = "ENCRYPTION_KEY_EXISTS", CONFLICT, "Give the new key a kid of its own, or reactivate the old one.";
    /// The delivery waits for a try, or one is under way.
    WebhookDeliveryInProgress = "WEBHOOK_DELIVERY_IN_PROGRESS", CONFLICT, "Wait for its outcome.";
    /// What was to be sent is not kept any more.
    WebhookPayloadExpired = "WEBHOOK_PAYLOAD_EXPIRED", CONFLICT, "Read the session's outcome from the API instead.";
    /// The simulated phone could not go on.
    SimulationFailed = "SIMULATION_FAILED", CONFLICT, "Read in the message what the phone was told; most often a new session helps.";
    /// The session's time has passed.
    SessionExpired = "SESSION_EXPIRED", GONE, "Create a new session.";
    /// The body is larger than the route takes.
    PayloadTooLarge = "PAYLOAD_TOO_LARGE", PAYLOAD_TOO_LARGE, "Send a smaller body.";
    /// A body that is not of the type the route takes.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE", UNSUPPORTED_MEDIA_TYPE, "Set Content-Type to what the route takes.";
    /// The `Idempotency-Key` was used with another body within the last 24 hours.
    IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED", UNPROCESSABLE_ENTITY, "Use a new key for every new session, and the same one only to repeat a request unchanged.";
    /// Too many requests.
    RateLimited = "RATE_LIMITED", TOO_MANY_REQUESTS, "Wait for the seconds in Retry-After.";
    /// Trouble on our side.
    Internal = "INTERNAL", INTERNAL_SERVER_ERROR, "Send the request again; if it stays, report the request id.";
    /// No evaluator is configured for this kind of evidence.
    EvidenceUnavailable = "EVIDENCE_UNAVAILABLE", SERVICE_UNAVAILABLE, "Try again later; this cost no try.";
    /// The database cannot be reached in time.
    Unavailable = "UNAVAILABLE", SERVICE_UNAVAILABLE, "Send the request again in a moment.";
}
