//! Claims from what a document says of its holder (`spec.md` §2.3).

use hmac::{Hmac, Mac};
use kayle_domain::event::Claims;
use kayle_domain::share::Claim;
use kayle_domain::{ClaimKey, Session, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use time::{Date, Month, OffsetDateTime};

/// Data group 1 as read: codes without fillers, names as printed, dates `YYYY-MM-DD`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// Document type code, such as `P`.
    pub document_type_code: String,
    /// Issuing state or organization.
    pub issuing_country_code: String,
    /// Primary identifier.
    pub family_name: String,
    /// Secondary identifier.
    pub given_names: String,
    /// Document number.
    pub document_number: String,
    /// Nationality.
    pub nationality_code: String,
    /// Date of birth.
    pub date_of_birth: String,
    /// `M`, `F` or `X`.
    pub sex_marker: String,
    /// Date of expiry.
    pub document_expiry_date: String,
    /// Optional data elements.
    pub mrz_optional_data: String,
}

impl std::fmt::Debug for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Holder([redacted])")
    }
}

/// The values of exactly `keys`; `None` if the holder's data cannot give one of them.
pub fn derive(
    holder: &Holder,
    session: &Session,
    identity_key: &[u8],
    keys: &[ClaimKey],
    now: Timestamp,
) -> Option<Claims> {
    let mut values = Map::new();
    for key in keys {
        let value = match key {
            ClaimKey::Named(claim) => named(holder, session, identity_key, *claim),
            ClaimKey::AgeOver(years) => json!(is_over(&holder.date_of_birth, *years, now)?),
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

/// Whether `years` full years have passed since the birth, on the UTC date of `now`; who was born
/// on 29 February has the birthday on 1 March in common years.
fn is_over(date_of_birth: &str, years: u8, now: Timestamp) -> Option<bool> {
    let mut parts = date_of_birth.splitn(3, '-');
    let mut number = || parts.next()?.parse::<u16>().ok();
    let (year, month, day) = (number()?, number()?, number()?);
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let birth = Date::from_calendar_date(year.into(), month, u8::try_from(day).ok()?).ok()?;
    let anniversary = birth.year() + i32::from(years);
    let reached = Date::from_calendar_date(anniversary, birth.month(), birth.day())
        .or_else(|_| Date::from_calendar_date(anniversary, Month::March, 1))
        .ok()?;
    let today = OffsetDateTime::from_unix_timestamp(now.unix_seconds()).ok()?.date();
    Some(today >= reached)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_reached_on_the_utc_birthday() {
        let at = |text| Timestamp::parse(text).expect("an instant");
        for (birth, years, now, over) in [
            ("2008-05-05", 18, "2026-05-04T23:59:59Z", Some(false)),
            ("2008-05-05", 18, "2026-05-05T00:00:00Z", Some(true)),
            ("2008-05-05", 18, "2026-05-05T01:00:00+02:00", Some(false)),
            ("2008-02-29", 18, "2026-02-28T12:00:00Z", Some(false)),
            ("2008-02-29", 18, "2026-03-01T00:00:00Z", Some(true)),
            ("2008-02-29", 20, "2028-02-29T00:00:00Z", Some(true)),
            ("2008-02-30", 18, "2026-03-01T00:00:00Z", None),
            ("2008", 18, "2026-03-01T00:00:00Z", None),
        ] {
            assert_eq!(is_over(birth, years, at(now)), over, "{birth} {years} {now}");
        }
    }

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
