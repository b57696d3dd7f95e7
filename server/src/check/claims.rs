//! Claims from what a document says of its holder (`spec.md` §2.3).

use hmac::{Hmac, Mac};
use kayle_document::age::is_over;
use kayle_document::holder::Holder;
use kayle_domain::event::Claims;
use kayle_domain::share::Claim;
use kayle_domain::{ClaimKey, Session, Timestamp};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use time::{Date, OffsetDateTime};

/// The values of exactly `keys`; `None` if the holder's data cannot give one of them.
pub fn derive(
    holder: &Holder,
    session: &Session,
    identity_key: &[u8],
    keys: &[ClaimKey],
    today: Date,
) -> Option<Claims> {
    let mut values = Map::new();
    for key in keys {
        let value = match key {
            ClaimKey::Named(Claim::DateOfBirth | Claim::KayleHumanId)
                if holder.date_of_birth.is_empty() =>
            {
                return None;
            }
            ClaimKey::Named(claim) => named(holder, session, identity_key, *claim),
            ClaimKey::AgeOver(years) => json!(is_over(&holder.date_of_birth, *years, today)?),
        };
        values.insert(key.to_string(), value);
    }
    Claims::from_json(&values)
}

fn named(holder: &Holder, session: &Session, identity_key: &[u8], claim: Claim) -> Value {
    let organization = session.terms.organization.as_str();
    json!(match claim {
        Claim::DocumentTypeCode => holder.document_type_code.clone(),
        Claim::IssuingCountryCode => holder.issuing_country_code.clone(),
        Claim::FamilyName => holder.family_name.clone(),
        Claim::GivenNames => holder.given_names.clone(),
        Claim::DocumentNumber => holder.document_number.clone(),
        Claim::NationalityCode => holder.nationality_code.clone(),
        Claim::DateOfBirth => holder.date_of_birth.clone(),
        Claim::SexMarker => holder.sex_marker.clone(),
        Claim::DocumentExpiryDate => holder.document_expiry_date.clone(),
        Claim::MrzOptionalData => holder.mrz_optional_data.clone(),
        Claim::KayleDocumentId => identifier(
            "kdid_",
            identity_key,
            &[
                organization,
                &holder.issuing_country_code,
                &holder.document_type_code,
                &holder.document_number
            ],
        ),
        Claim::KayleHumanId => identifier(
            "khid_",
            identity_key,
            &[
                organization,
                &holder.nationality_code,
                &holder.date_of_birth,
                &holder.sex_marker,
                &kayle_domain::text::collapse(&holder.family_name).to_uppercase(),
                &kayle_domain::text::collapse(&holder.given_names).to_uppercase(),
            ],
        ),
    })
}

fn identifier(prefix: &str, key: &[u8], parts: &[&str]) -> String {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key)
        .expect("HMAC takes keys of any length");
    for part in std::iter::once(&prefix).chain(parts) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    format!("{prefix}{}", hex::encode(mac.finalize().into_bytes()))
}

/// The UTC date of an instant.
pub fn date(at: Timestamp) -> Date {
    let at = OffsetDateTime::from_unix_timestamp(at.unix_seconds());
    at.unwrap_or(OffsetDateTime::UNIX_EPOCH).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_differ_per_part_and_key() {
        let id = |key: &[u8], parts: &[&str]| identifier("kdid_", key, parts);
        let one = id(b"k", &["org", "UTO", "P", "L898902C3"]);
        assert_eq!(one.len(), 5 + 64);
        assert_eq!(one, id(b"k", &["org", "UTO", "P", "L898902C3"]));
        assert_ne!(one, id(b"k", &["org2", "UTO", "P", "L898902C3"]));
        assert_ne!(one, id(b"k", &["org", "UTOP", "", "L898902C3"]));
        assert_ne!(one, id(b"j", &["org", "UTO", "P", "L898902C3"]));
    }
}
