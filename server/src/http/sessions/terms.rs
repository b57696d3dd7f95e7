//! The body of a create request, checked field by field (`spec.md` §2.3, §2.4).

use kayle_domain::redirect::RedirectUrl;
use kayle_domain::session::Terms;
use kayle_domain::text::is_unsafe;
use kayle_domain::{EndpointId, OrganizationId, ShareContract};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::super::schema;
use crate::error::{Code, Error};

/// The longest reference, in Unicode scalar values.
pub const MAX_REFERENCE: usize = 200;
/// The most keys in `metadata`.
pub const MAX_METADATA: usize = 20;
/// The longest of them, in Unicode scalar values.
pub const MAX_METADATA_KEY: usize = 40;
/// The longest value, in Unicode scalar values.
pub const MAX_METADATA_VALUE: usize = 500;
/// The longest language tag.
pub const MAX_LOCALE: usize = 35;
/// The most endpoints a session may name.
pub const MAX_ENDPOINTS: usize = 25;

/// What a session is created with; everything may be left out.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CreateSession {
    /// Claims by name; `kayle_document_id` is always added.
    #[schema(schema_with = schema::share_fields)]
    share_fields: Option<Value>,
    /// Where the user goes afterwards: `https://`, at most 2048 characters; in the sandbox also
    /// `http://localhost` and `http://127.0.0.1`. `session_id` and `status` are added to it.
    #[schema(schema_with = schema::redirect_url)]
    redirect_url: Option<Value>,
    /// Your own name for this session, at most 200 characters; lists filter by it.
    #[schema(schema_with = schema::client_reference_id)]
    client_reference_id: Option<Value>,
    /// Your own data: at most 20 keys of 40 characters with strings of 500; comes back in events.
    #[schema(schema_with = schema::metadata)]
    metadata: Option<Value>,
    /// BCP 47 tag of the language the page starts in.
    #[schema(schema_with = schema::locale)]
    locale: Option<Value>,
    /// The endpoints to tell: one id or up to 25; without it every subscribed one.
    #[schema(schema_with = schema::webhook_endpoint_id)]
    webhook_endpoint_id: Option<Value>,
}

fn text(field: &str, value: Value) -> Result<String, Error> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(Error::invalid(format!("{field} must be a string"))),
    }
}

fn bounded(field: &str, value: Value, max: usize) -> Result<String, Error> {
    let text = text(field, value)?;
    if text.chars().count() > max {
        return Err(Error::invalid(format!("{field} must have at most {max} characters")));
    }
    if text.chars().any(is_unsafe) {
        let problem = "contains a control or text-direction character";
        return Err(Error::invalid(format!("{field} {problem}")));
    }
    Ok(text)
}

fn metadata(value: Value) -> Result<Map<String, Value>, Error> {
    let Value::Object(object) = value else {
        return Err(Error::invalid("metadata must be an object of strings"));
    };
    if object.len() > MAX_METADATA {
        return Err(Error::invalid("metadata must have at most 20 keys"));
    }
    object
        .into_iter()
        .map(|(key, value)| {
            bounded("metadata: a key", Value::String(key.clone()), MAX_METADATA_KEY)?;
            let value = bounded(&format!("metadata.{key}"), value, MAX_METADATA_VALUE)?;
            Ok((key, Value::String(value)))
        })
        .collect()
}

/// A well-formed language tag: letters, then subtags of 1–8 letters or digits (RFC 5646 §2.1).
fn locale(value: Value) -> Result<String, Error> {
    let tag = bounded("locale", value, MAX_LOCALE)?;
    let mut subtags = tag.split('-');
    let language = subtags.next().unwrap_or_default();
    let valid = (2..=8).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && subtags
            .all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()));
    if valid { Ok(tag) } else { Err(Error::invalid("locale must be a BCP 47 language tag")) }
}

fn endpoints(value: Value) -> Result<Vec<EndpointId>, Error> {
    let refuse = |problem: &str| {
        Err(Error::new(Code::WebhookEndpointUnavailable, format!("webhook_endpoint_id {problem}")))
    };
    let items = match value {
        Value::Array(items) => items,
        one => vec![one],
    };
    if items.is_empty() || items.len() > MAX_ENDPOINTS {
        return refuse("must name 1 to 25 endpoints");
    }
    let ids: Option<Vec<EndpointId>> =
        items.iter().map(|item| item.as_str().and_then(|text| text.parse().ok())).collect();
    match ids {
        Some(ids) => Ok(ids),
        None => refuse("must be \"whe_\" followed by 32 lowercase hexadecimal digits"),
    }
}

/// A reference as it may be stored and asked for.
pub fn reference(text: String) -> Result<String, Error> {
    bounded("client_reference_id", Value::String(text), MAX_REFERENCE)
}

impl CreateSession {
    /// The one text for all bodies that ask for the same, however they were written.
    pub fn normal_form(&self) -> String {
        let mut fields = serde_json::to_value(self).expect("it was read from JSON");
        // An object keeps the order it was written in.
        fields.sort_all_objects();
        fields.to_string()
    }

    /// The terms these fields stand for; the first mistake is named.
    pub fn terms(self, organization: OrganizationId, sandbox: bool) -> Result<Terms, Error> {
        let contract = match &self.share_fields {
            Some(fields) => ShareContract::parse(fields)?,
            None => ShareContract::default_only(),
        };
        let redirect = |value| {
            let invalid =
                |problem| Error::new(Code::InvalidRedirectUrl, format!("redirect_url {problem}"));
            let Value::String(text) = value else { return Err(invalid("must be a string".into())) };
            RedirectUrl::parse(&text, sandbox).map_err(|error| invalid(error.to_string()))
        };
        Ok(Terms {
            organization,
            contract,
            redirect_url: self.redirect_url.map(redirect).transpose()?,
            client_reference_id: self
                .client_reference_id
                .map(|value| bounded("client_reference_id", value, MAX_REFERENCE))
                .transpose()?,
            metadata: self.metadata.map(metadata).transpose()?.unwrap_or_default(),
            locale: self.locale.map(locale).transpose()?,
            endpoints: self.webhook_endpoint_id.map(endpoints).transpose()?.unwrap_or_default(),
            sandbox,
        })
    }
}
