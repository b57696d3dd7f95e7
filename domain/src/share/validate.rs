//! Reading `share_fields` as integrators send them: every rule, the first mistake named.

use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use thiserror::Error;

use super::{ClaimKey, ShareField, Source};
use crate::text;

/// The most entries a contract may name.
pub const MAX_FIELDS: usize = 32;
/// The longest reason, in Unicode scalar values after trimming and collapsing.
pub const MAX_REASON: usize = 200;

/// The first mistake in `share_fields`; the text names the field.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ShareError {
    /// Not an object of objects with exactly `required` and `reason`.
    #[error("{field} {problem}")]
    InvalidShareFields {
        /// Path of the offending value.
        field: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// More than [`MAX_FIELDS`] entries.
    #[error("share_fields has {0} entries; at most 32 are accepted")]
    TooManyShareFields(usize),
    /// A name the catalogue does not hold.
    #[error("share_fields.{0} is not a known claim")]
    UnknownClaimKey(String),
    /// `age_over_N` with N not 12–130 in canonical digits.
    #[error("share_fields.{0} is not an age gate: write age_over_N with N from 12 to 130")]
    InvalidAgeGateKey(String),
    /// No reason, or nothing but white space.
    #[error("share_fields.{0}.reason is required and must not be empty")]
    ReasonRequired(String),
    /// More than [`MAX_REASON`] Unicode scalar values.
    #[error("share_fields.{field}.reason has {length} characters; at most 200 are accepted")]
    ReasonTooLong {
        /// The claim.
        field: String,
        /// Its length in Unicode scalar values.
        length: usize,
    },
    /// A control or bidirectional override character.
    #[error("share_fields.{0}.reason contains a control or text-direction character")]
    InvalidReason(String),
}

fn shape(field: impl Into<String>, problem: &'static str) -> ShareError {
    ShareError::InvalidShareFields { field: field.into(), problem }
}

/// Every field the integrator asked for, in the order written.
pub(super) fn parse(value: &Value) -> Result<Vec<(ClaimKey, ShareField)>, ShareError> {
    let entries = value.as_object().ok_or_else(|| shape("share_fields", "must be an object"))?;
    if entries.len() > MAX_FIELDS {
        return Err(ShareError::TooManyShareFields(entries.len()));
    }
    entries.iter().map(|(name, entry)| field(name, entry)).collect()
}

fn field(name: &str, entry: &Value) -> Result<(ClaimKey, ShareField), ShareError> {
    let key = ClaimKey::parse(name).ok_or_else(|| unknown(name))?;
    let entry = entry
        .as_object()
        .ok_or_else(|| shape(format!("share_fields.{name}"), "must be an object"))?;
    if let Some(extra) = entry.keys().find(|key| !matches!(key.as_str(), "required" | "reason")) {
        return Err(shape(
            format!("share_fields.{name}.{}", printable(extra)),
            "is not a known key",
        ));
    }
    let required = entry
        .get("required")
        .and_then(Value::as_bool)
        .ok_or_else(|| shape(format!("share_fields.{name}.required"), "must be true or false"))?;
    let reason = reason(name, entry)?;
    Ok((key, ShareField { required, reason, source: Source::Rc }))
}

fn unknown(name: &str) -> ShareError {
    let name_shown = printable(name);
    if ClaimKey::looks_like_age_gate(name) {
        ShareError::InvalidAgeGateKey(name_shown)
    } else {
        ShareError::UnknownClaimKey(name_shown)
    }
}

/// A key as an error message may repeat it: short, and nothing that could disturb a terminal.
fn printable(name: &str) -> String {
    name.chars().take(64).map(|c| if text::is_unsafe(c) { '\u{fffd}' } else { c }).collect()
}

fn reason(name: &str, entry: &Map<String, Value>) -> Result<String, ShareError> {
    let text = match entry.get("reason") {
        None | Some(Value::Null) => return Err(ShareError::ReasonRequired(name.into())),
        Some(Value::String(text)) => text,
        Some(_) => return Err(shape(format!("share_fields.{name}.reason"), "must be a string")),
    };
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(ShareError::ReasonRequired(name.into()));
    }
    if trimmed.chars().any(text::is_unsafe) {
        return Err(ShareError::InvalidReason(name.into()));
    }
    let collapsed = text::collapse(trimmed);
    let length = collapsed.chars().count();
    if length > MAX_REASON {
        return Err(ShareError::ReasonTooLong { field: name.into(), length });
    }
    Ok(collapsed)
}

/// The fields of a canonical form this code wrote earlier.
pub(super) fn from_stored(text: &str) -> Option<Vec<(ClaimKey, ShareField)>> {
    let Stored(fields) = serde_json::from_str(text).ok()?;
    fields.is_sorted_by_key(|(key, _)| *key).then_some(fields)
}

/// Reads the object entry by entry, without a map in between: every read of a session does this.
struct Stored(Vec<(ClaimKey, ShareField)>);

impl<'de> Deserialize<'de> for Stored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Stored;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a share contract")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Stored, A::Error> {
                let mut fields = Vec::new();
                while let Some(name) = map.next_key::<&str>()? {
                    let unknown = || A::Error::custom("not a claim");
                    fields.push((ClaimKey::parse(name).ok_or_else(unknown)?, map.next_value()?));
                }
                Ok(Stored(fields))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn first_error(value: &Value) -> Option<ShareError> {
        parse(value).err()
    }

    #[test]
    fn wrong_shapes_name_the_value() {
        for (value, message) in [
            (json!([]), "share_fields must be an object"),
            (json!("x"), "share_fields must be an object"),
            (json!({ "family_name": true }), "share_fields.family_name must be an object"),
            (
                json!({ "family_name": { "reason": "x" } }),
                "share_fields.family_name.required must be true or false",
            ),
            (
                json!({ "family_name": { "required": "true", "reason": "x" } }),
                "share_fields.family_name.required must be true or false",
            ),
            (
                json!({ "family_name": { "required": true, "reason": 7 } }),
                "share_fields.family_name.reason must be a string",
            ),
            (
                json!({ "family_name": { "required": true, "reason": "x", "source": "rc" } }),
                "share_fields.family_name.source is not a known key",
            ),
        ] {
            let error = first_error(&value).expect("refused");
            assert!(matches!(error, ShareError::InvalidShareFields { .. }), "{value}: {error:?}");
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn unknown_claims_and_bad_age_gates_are_told_apart() {
        let entry = json!({ "required": true, "reason": "x" });
        assert_eq!(
            first_error(&json!({ "portrait": entry })),
            Some(ShareError::UnknownClaimKey("portrait".into()))
        );
        assert_eq!(
            first_error(&json!({ "age_over_11": entry })),
            Some(ShareError::InvalidAgeGateKey("age_over_11".into()))
        );
    }

    fn reason_of(reason: &str) -> Result<String, ShareError> {
        parse(&json!({ "family_name": { "required": true, "reason": reason } }))
            .map(|fields| fields[0].1.reason.clone())
    }

    #[test]
    fn reasons_are_trimmed_collapsed_and_counted_in_scalar_values() {
        assert_eq!(reason_of("  to   greet you "), Ok("to greet you".into()));
        assert_eq!(reason_of(&"é".repeat(200)), Ok("é".repeat(200)));
        assert_eq!(reason_of(&"👍".repeat(200)), Ok("👍".repeat(200)));
        assert_eq!(
            reason_of(&"👍".repeat(201)),
            Err(ShareError::ReasonTooLong { field: "family_name".into(), length: 201 })
        );
        for empty in ["", "   ", "\t\n", "\u{3000}"] {
            assert_eq!(reason_of(empty), Err(ShareError::ReasonRequired("family_name".into())));
        }
        for bad in ["a\u{202e}b", "a\nb", "a\0b", "a\u{2066}b", "a\u{7f}b"] {
            assert_eq!(reason_of(bad), Err(ShareError::InvalidReason("family_name".into())));
        }
    }

    #[test]
    fn thirty_two_entries_pass_and_thirty_three_do_not() {
        let gates = |n: usize| -> Value {
            (0..n)
                .map(|i| {
                    (format!("age_over_{}", 12 + i), json!({"required": false, "reason": "x"}))
                })
                .collect::<Map<_, _>>()
                .into()
        };
        assert_eq!(parse(&gates(32)).map(|fields| fields.len()), Ok(32));
        assert_eq!(first_error(&gates(33)), Some(ShareError::TooManyShareFields(33)));
    }
}
