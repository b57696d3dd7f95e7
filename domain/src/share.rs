//! The share contract: which claims are asked for, why, and which the user agreed to (`spec.md` §2.3).

mod catalogue;
mod validate;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

pub use catalogue::{Claim, ClaimKey};
pub use validate::{MAX_FIELDS, MAX_REASON, ShareError};

/// The reason shown for the claim that is always shared.
pub const DEFAULT_REASON: &str = "Sharing \"Kayle Document ID\"";

/// Who put a field into the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The relying party asked for it.
    Rc,
    /// Added because every session has it.
    Default,
}

/// One claim of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareField {
    /// Whether the session cannot succeed without it.
    pub required: bool,
    /// Why, in the relying party's words: 1–200 Unicode scalar values.
    pub reason: String,
    /// Who put it here.
    pub source: Source,
}

/// The claims of one session in catalogue order, then age gates ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareContract(Vec<(ClaimKey, ShareField)>);

/// Why a selection of claims was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectionError {
    /// A required claim was left out.
    MissingRequired(ClaimKey),
    /// A claim that was not asked for, or one named twice.
    InvalidField(String),
}

impl ShareContract {
    /// The contract of a session created without share fields.
    pub fn default_only() -> Self {
        Self(vec![(ClaimKey::KAYLE_DOCUMENT_ID, default_field())])
    }

    /// Checks the integrator's `share_fields` and brings them to their one normal form.
    pub fn parse(value: &serde_json::Value) -> Result<Self, ShareError> {
        validate::parse(value).map(Self::normalised)
    }

    fn normalised(mut fields: Vec<(ClaimKey, ShareField)>) -> Self {
        match fields.iter_mut().find(|(key, _)| *key == ClaimKey::KAYLE_DOCUMENT_ID) {
            Some((_, field)) => field.required = true,
            None => fields.push((ClaimKey::KAYLE_DOCUMENT_ID, default_field())),
        }
        fields.sort_by_key(|(key, _)| *key);
        Self(fields)
    }

    /// The fields in their order.
    pub fn fields(&self) -> &[(ClaimKey, ShareField)] {
        &self.0
    }

    /// Checks a user's selection (required ⊆ selected ⊆ asked for); returns it in contract order.
    pub fn select(&self, keys: &[String]) -> Result<Vec<ClaimKey>, SelectionError> {
        for (position, text) in keys.iter().enumerate() {
            let known = self.0.iter().any(|(key, _)| key.to_string() == *text);
            if !known || keys[..position].contains(text) {
                return Err(SelectionError::InvalidField(text.clone()));
            }
        }
        let mut selected = Vec::with_capacity(keys.len());
        for (key, field) in &self.0 {
            if keys.contains(&key.to_string()) {
                selected.push(*key);
            } else if field.required {
                return Err(SelectionError::MissingRequired(*key));
            }
        }
        Ok(selected)
    }

    /// The same claims with their reasons blanked.
    #[must_use]
    pub fn without_reasons(mut self) -> Self {
        for (_, field) in &mut self.0 {
            field.reason.clear();
        }
        self
    }

    /// The bytes whose SHA-256 is the `contract_hash`: compact JSON in contract order.
    pub fn canonical(&self) -> String {
        serde_json::to_string(self).expect("a map of strings and flags always serialises")
    }

    /// The contract a stored canonical form stands for; `None` if it was not written by this code.
    pub fn from_canonical(text: &str) -> Option<Self> {
        validate::from_stored(text).map(Self)
    }
}

impl Serialize for ShareContract {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, field) in &self.0 {
            map.serialize_entry(key, field)?;
        }
        map.end()
    }
}

fn default_field() -> ShareField {
    ShareField { required: true, reason: DEFAULT_REASON.to_owned(), source: Source::Default }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn keys(contract: &ShareContract) -> Vec<String> {
        contract.fields().iter().map(|(key, _)| key.to_string()).collect()
    }

    fn contract() -> ShareContract {
        ShareContract::parse(&json!({
            "age_over_18": { "required": true, "reason": "Age" },
            "family_name": { "required": false, "reason": "Greeting" },
        }))
        .expect("valid")
    }

    #[test]
    fn omitted_fields_ask_for_exactly_the_document_id() {
        assert_eq!(
            ShareContract::default_only().canonical(),
            r#"{"kayle_document_id":{"required":true,"reason":"Sharing \"Kayle Document ID\"","source":"default"}}"#
        );
        assert_eq!(ShareContract::parse(&json!({})), Ok(ShareContract::default_only()));
    }

    #[test]
    fn fields_stand_in_catalogue_order_with_age_gates_ascending() {
        let contract = ShareContract::parse(&json!({
            "age_over_100": { "required": false, "reason": "a" },
            "age_over_18": { "required": false, "reason": "a" },
            "date_of_birth": { "required": false, "reason": "a" },
            "document_type_code": { "required": false, "reason": "a" },
        }))
        .expect("valid");
        assert_eq!(
            keys(&contract),
            [
                "document_type_code",
                "date_of_birth",
                "kayle_document_id",
                "age_over_18",
                "age_over_100"
            ]
        );
    }

    #[test]
    fn the_document_id_is_required_even_when_asked_for_as_optional() {
        let contract = ShareContract::parse(
            &json!({ "kayle_document_id": { "required": false, "reason": "One account each" } }),
        )
        .expect("valid");
        let (_, field) = &contract.fields()[0];
        assert!(field.required);
        assert_eq!((field.reason.as_str(), field.source), ("One account each", Source::Rc));
    }

    #[test]
    fn a_selection_holds_every_required_claim_and_nothing_that_was_not_asked_for() {
        let contract = contract();
        let select = |keys: &[&str]| {
            contract.select(&keys.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>()).map(
                |selected| selected.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            )
        };
        assert_eq!(
            select(&["age_over_18", "kayle_document_id"]),
            Ok("kayle_document_id age_over_18".into())
        );
        assert_eq!(
            select(&["kayle_document_id", "family_name", "age_over_18"]),
            Ok("family_name kayle_document_id age_over_18".into())
        );
        assert_eq!(
            select(&["kayle_document_id"]),
            Err(SelectionError::MissingRequired(ClaimKey::parse("age_over_18").expect("valid")))
        );
        for bad in ["date_of_birth", "nonsense", "age_over_19", "Family_name"] {
            assert_eq!(
                select(&["kayle_document_id", "age_over_18", bad]),
                Err(SelectionError::InvalidField(bad.into()))
            );
        }
        assert_eq!(
            select(&["kayle_document_id", "age_over_18", "age_over_18"]),
            Err(SelectionError::InvalidField("age_over_18".into()))
        );
    }

    fn any_key() -> impl Strategy<Value = String> {
        prop_oneof![
            proptest::sample::select(ClaimKey::NAMES.to_vec()).prop_map(str::to_owned),
            (12_u8..=130).prop_map(|n| format!("age_over_{n}")),
        ]
    }

    proptest! {
        #[test]
        fn the_normal_form_is_a_fixed_point(
            fields in proptest::collection::btree_map(any_key(), (any::<bool>(), "\\PC{1,40}"), 0..20)
        ) {
            let input: serde_json::Map<_, _> = fields
                .into_iter()
                .filter(|(_, (_, reason))| {
                    !crate::text::collapse(reason).is_empty()
                        && !reason.chars().any(crate::text::is_unsafe)
                })
                .map(|(key, (required, reason))| {
                    (key, json!({ "required": required, "reason": reason }))
                })
                .collect();
            let once = ShareContract::parse(&input.into()).expect("valid input");
            prop_assert_eq!(ShareContract::from_canonical(&once.canonical()), Some(once.clone()));
            let again: serde_json::Map<_, _> = once
                .fields()
                .iter()
                .map(|(key, field)| {
                    (key.to_string(), json!({ "required": field.required, "reason": field.reason }))
                })
                .collect();
            let twice = ShareContract::parse(&again.into()).expect("the normal form is valid");
            prop_assert_eq!(keys(&twice), keys(&once));
            for ((_, a), (_, b)) in once.fields().iter().zip(twice.fields()) {
                prop_assert_eq!((a.required, &a.reason), (b.required, &b.reason));
            }
        }
    }
}
