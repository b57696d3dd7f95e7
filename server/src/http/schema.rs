//! The exact schemas of what integrators send: every bound that is checked is a bound that is
//! published.

use kayle_app::page::Scenario;
use kayle_domain::redirect::MAX_REDIRECT_URL;
use kayle_domain::share::{MAX_FIELDS, MAX_REASON};
use kayle_domain::{AttemptStatus, Check, ClaimKey, EventKind, FailureCode, Status};
use serde_json::json;
use utoipa::IntoParams;
use utoipa::openapi::schema::{AdditionalProperties, SchemaType};
use utoipa::openapi::{
    ArrayBuilder, Object, ObjectBuilder, OneOfBuilder, RefOr, Schema, SchemaFormat, Type,
};

use super::sessions::terms;
use super::webhooks::deliveries::STATUSES;
use crate::service::webhooks::endpoints::{MAX_URL, RETENTIONS};

/// Characters no text may hold: controls, separators and those that turn the direction of text.
macro_rules! unsafe_characters {
    () => {
        r"\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029"
    };
}
/// White space, as Unicode has it.
macro_rules! space {
    () => {
        r"\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    };
}
/// Text without any of those characters.
const SAFE: &str = concat!("^[^", unsafe_characters!(), "]*$");
/// The same, with something to read; white space around it is cut off.
const REASON: &str = concat!(
    "^[",
    space!(),
    "]*[^",
    unsafe_characters!(),
    space!(),
    "]([^",
    unsafe_characters!(),
    "]*[^",
    unsafe_characters!(),
    space!(),
    "])?[",
    space!(),
    "]*$"
);
/// An age gate: 12 to 130 in canonical digits.
const AGE_GATE: &str = "age_over_(1[2-9]|[2-9][0-9]|1[0-2][0-9]|130)";

/// The session in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "only its description is used")]
pub struct SessionPath {
    /// The session's id.
    #[param(pattern = "^vs_[0-9a-f]{32}$", format = "session-id")]
    id: String,
}

fn or_null(kind: Type) -> SchemaType {
    SchemaType::from_iter([kind, Type::Null])
}

fn text(max: usize, pattern: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(max))
        .pattern(Some(pattern.to_owned()))
}

fn custom(format: &str) -> SchemaFormat {
    SchemaFormat::Custom(format.to_owned())
}

/// One of a closed set of words.
fn one_of(words: impl Iterator<Item = &'static str>) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words))
}

/// A session's status.
pub fn status() -> Object {
    one_of(Status::ALL.iter().map(|word| word.as_str())).build()
}

/// What is evaluated.
pub fn check() -> Object {
    one_of(Check::ALL.iter().map(|word| word.as_str())).build()
}

/// What a simulated phone plays.
pub fn scenario() -> Object {
    one_of(Scenario::ALL.iter().map(|word| word.as_str())).build()
}

/// How an evaluation stands.
pub fn attempt_status() -> Object {
    one_of(AttemptStatus::ALL.iter().map(|word| word.as_str())).build()
}

/// Why a check or a session failed.
pub fn failure_code() -> RefOr<Schema> {
    let codes = one_of(FailureCode::ALL.iter().map(|word| word.as_str()));
    OneOfBuilder::new().item(codes).item(ObjectBuilder::new().schema_type(Type::Null)).into()
}

/// The claims of a session with their reasons and who put them there.
pub fn contract() -> Object {
    let field = ObjectBuilder::new()
        .property("required", ObjectBuilder::new().schema_type(Type::Boolean))
        .property("reason", ObjectBuilder::new().schema_type(Type::String))
        .property("source", one_of(["rc", "default"].into_iter()))
        .required("required")
        .required("reason")
        .required("source");
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some(
            "In catalogue order, then age gates ascending. `source`: `rc` was asked for, `default` \
             was added. Reasons are empty once the session was erased.",
        ))
        .additional_properties(Some(field))
        .build()
}

/// Strings by name.
pub fn strings() -> Object {
    let text = ObjectBuilder::new().schema_type(Type::String);
    ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(text)).build()
}

/// An agreement: nothing but `true`.
pub fn only_true() -> Object {
    ObjectBuilder::new().schema_type(Type::Boolean).enum_values(Some([true])).build()
}

/// What an event tells of.
pub fn event_type() -> Object {
    one_of(EventKind::ALL.iter().map(|word| word.as_str())).build()
}

/// How a delivery stands.
pub fn delivery_status() -> Object {
    one_of(STATUSES.into_iter()).build()
}

fn subscribed() -> ArrayBuilder {
    let kinds = one_of(EventKind::TERMINAL.iter().map(|word| word.as_str()));
    ArrayBuilder::new().items(kinds).min_items(Some(1))
}

/// What an endpoint is told of.
pub fn event_types() -> RefOr<Schema> {
    subscribed().into()
}

/// The same, if it is said.
pub fn event_types_or_null() -> RefOr<Schema> {
    let null = ObjectBuilder::new().schema_type(Type::Null);
    OneOfBuilder::new().item(subscribed()).item(null).into()
}

fn hours() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some(RETENTIONS))
}

/// How long an undelivered payload is kept.
pub fn retention() -> Object {
    hours().build()
}

/// The same, if it is said.
pub fn retention_or_null() -> RefOr<Schema> {
    let null = ObjectBuilder::new().schema_type(Type::Null);
    OneOfBuilder::new().item(hours()).item(null).into()
}

/// An endpoint's address.
pub fn endpoint_url() -> Object {
    text(MAX_URL, r"^https?://[^\s@/?#]+([/?#]\S*)?$")
        .format(Some(custom("uri")))
        .examples([json!("https://yourapp.com/webhooks/kayle")])
        .build()
}

/// The same, if it is said.
pub fn endpoint_url_or_null() -> Object {
    text(MAX_URL, r"^https?://[^\s@/?#]+([/?#]\S*)?$")
        .schema_type(or_null(Type::String))
        .format(Some(custom("uri")))
        .build()
}

/// A name: 1 to 200 characters, white space collapsed.
pub fn name() -> Object {
    text(200, REASON).schema_type(or_null(Type::String)).min_length(Some(1)).build()
}

/// A public RSA key (RFC 7517).
pub fn jwk() -> Object {
    let word = |word: &'static str| one_of([word].into_iter());
    let text = || ObjectBuilder::new().schema_type(Type::String);
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("kty", word("RSA"))
        .property("use", word("enc"))
        .property("alg", word("RSA-OAEP-256"))
        .property("kid", text().pattern(Some("^[!-~]{1,100}$")))
        .property("n", text().description(Some("Modulus, 2048 to 8192 bits, base64url.")))
        .property("e", text().description(Some("Public exponent, base64url; usually AQAB.")))
        .required("kty")
        .required("use")
        .required("kid")
        .required("n")
        .required("e")
        .build()
}

/// Every claim and age gate, each with whether it is required and why it is asked for.
pub fn share_fields() -> Object {
    let field = ObjectBuilder::new()
        .property("required", ObjectBuilder::new().schema_type(Type::Boolean))
        .property("reason", text(MAX_REASON, REASON).min_length(Some(1)))
        .required("required")
        .required("reason")
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    let names = format!("^({}|{AGE_GATE})$", ClaimKey::NAMES.join("|"));
    ObjectBuilder::new()
        .schema_type(or_null(Type::Object))
        .description(Some(
            "Claims by name. `reason` is shown to the user as yours: 1 to 200 characters. \
             `kayle_document_id` is always added, and always required.",
        ))
        .max_properties(Some(MAX_FIELDS))
        .property_names(Some(text(100, &names).build()))
        .additional_properties(Some(field))
        .examples([json!({
            "age_over_18": { "required": true, "reason": "Accounts are for adults only" },
            "family_name": { "required": false, "reason": "Open the account in your name" },
        })])
        .build()
}

/// An address that begins with `https://`.
pub fn redirect_url() -> Object {
    text(MAX_REDIRECT_URL, r"^https?://[^\s\\@/?#]+([/?#][^\s\\]*)?$")
        .schema_type(or_null(Type::String))
        .format(Some(custom("uri")))
        .description(Some(
            "Where the user goes afterwards: `https://`, without user name or password; in the \
             sandbox also `http://localhost` and `http://127.0.0.1`. `session_id` and `status` are \
             added to it, as a hint: ask the API.",
        ))
        .examples([json!("https://yourapp.com/verification/done")])
        .build()
}

/// The integrator's own name.
pub fn client_reference_id() -> Object {
    text(terms::MAX_REFERENCE, SAFE)
        .schema_type(or_null(Type::String))
        .description(Some("Your own name for this session; lists filter by it."))
        .examples([json!("order-7")])
        .build()
}

/// The integrator's own data.
pub fn metadata() -> Object {
    ObjectBuilder::new()
        .schema_type(or_null(Type::Object))
        .description(Some("Your own data; comes back in the session and in its event."))
        .max_properties(Some(terms::MAX_METADATA))
        .property_names(Some(text(terms::MAX_METADATA_KEY, SAFE).build()))
        .additional_properties(Some(text(terms::MAX_METADATA_VALUE, SAFE)))
        .examples([json!({ "plan": "gold" })])
        .build()
}

/// A language tag.
pub fn locale() -> Object {
    text(terms::MAX_LOCALE, "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
        .schema_type(or_null(Type::String))
        .description(Some("BCP 47 tag of the language the page starts in."))
        .examples([json!("en")])
        .build()
}

/// One endpoint or some.
pub fn webhook_endpoint_id() -> RefOr<Schema> {
    let one = || text(100, "^whe_[0-9a-f]{32}$").format(Some(custom("webhook-endpoint-id")));
    OneOfBuilder::new()
        .item(one())
        .item(
            ArrayBuilder::new()
                .items(one())
                .min_items(Some(1))
                .max_items(Some(terms::MAX_ENDPOINTS)),
        )
        .item(ObjectBuilder::new().schema_type(Type::Null))
        .description(Some("The endpoints to tell; without it every subscribed one."))
        .into()
}
