//! The catalogue of claims: the names that may be asked for, and their order.

use std::fmt;

use serde::{Serialize, Serializer};

/// A claim by its catalogue name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Claim {
    /// Document type code of the MRZ, such as `P`.
    DocumentTypeCode,
    /// Issuing state or organization, ICAO 9303-3 code.
    IssuingCountryCode,
    /// Primary identifier.
    FamilyName,
    /// Secondary identifier.
    GivenNames,
    /// Document number.
    DocumentNumber,
    /// Nationality, ICAO 9303-3 code.
    NationalityCode,
    /// Date of birth.
    DateOfBirth,
    /// Sex: `M`, `F` or `X`.
    SexMarker,
    /// Date of expiry.
    DocumentExpiryDate,
    /// Optional data elements of the MRZ.
    MrzOptionalData,
    /// Same document, same organization: the same value.
    KayleDocumentId,
    /// Probably the same person, same organization: the same value.
    KayleHumanId,
}

/// The name of one claim; ordered as contracts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKey {
    /// A claim with a fixed name.
    Named(Claim),
    /// `age_over_N`: whether the holder is at least N years old.
    AgeOver(u8),
}

const CATALOGUE: [(Claim, &str); 12] = [
    (Claim::DocumentTypeCode, "document_type_code"),
    (Claim::IssuingCountryCode, "issuing_country_code"),
    (Claim::FamilyName, "family_name"),
    (Claim::GivenNames, "given_names"),
    (Claim::DocumentNumber, "document_number"),
    (Claim::NationalityCode, "nationality_code"),
    (Claim::DateOfBirth, "date_of_birth"),
    (Claim::SexMarker, "sex_marker"),
    (Claim::DocumentExpiryDate, "document_expiry_date"),
    (Claim::MrzOptionalData, "mrz_optional_data"),
    (Claim::KayleDocumentId, "kayle_document_id"),
    (Claim::KayleHumanId, "kayle_human_id"),
];

/// What an age gate's name begins with.
const AGE_GATE: &str = "age_over_";

impl ClaimKey {
    /// The claim every session shares.
    pub const KAYLE_DOCUMENT_ID: Self = Self::Named(Claim::KayleDocumentId);

    /// The fixed names in catalogue order.
    pub const NAMES: [&'static str; 12] = {
        let mut names = [""; 12];
        let mut i = 0;
        while i < names.len() {
            names[i] = CATALOGUE[i].1;
            i += 1;
        }
        names
    };

    /// The key `text` names, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(age) = text.strip_prefix(AGE_GATE) {
            let years = age.parse().ok().filter(|years| (12..=130).contains(years))?;
            return (age == format!("{years}")).then_some(Self::AgeOver(years));
        }
        CATALOGUE.iter().find(|(_, name)| *name == text).map(|(claim, _)| Self::Named(*claim))
    }

    /// Whether `text` was meant as an age gate, well formed or not.
    pub fn looks_like_age_gate(text: &str) -> bool {
        text.starts_with(AGE_GATE)
    }
}

impl fmt::Display for ClaimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(claim) => f.write_str(CATALOGUE[*claim as usize].1),
            Self::AgeOver(years) => write!(f, "{AGE_GATE}{years}"),
        }
    }
}

impl Serialize for ClaimKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_parses_to_itself() {
        for name in ClaimKey::NAMES {
            assert_eq!(ClaimKey::parse(name).map(|key| key.to_string()).as_deref(), Some(name));
        }
    }

    #[test]
    fn age_gates_are_canonical_digits_from_12_to_130() {
        for good in ["age_over_12", "age_over_18", "age_over_130"] {
            assert_eq!(ClaimKey::parse(good).map(|k| k.to_string()).as_deref(), Some(good));
        }
        for bad in [
            "age_over_11",
            "age_over_131",
            "age_over_018",
            "age_over_+18",
            "age_over_",
            "age_over_1e1",
            "age_over_18 ",
            "age_over_١٨",
            "age_over_300",
        ] {
            assert_eq!(ClaimKey::parse(bad), None, "{bad:?}");
        }
    }
}
