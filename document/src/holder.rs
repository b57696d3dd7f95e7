//! What a document says of its holder, in the form in which it is shared (`spec.md` §2.3).

use time::{Date, Month};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::failure::Rule;
use crate::mrz::Mrz;

/// No document with such a chip expired before: two digits stand for a year from this one on
/// (9303 had chips in 2004). Documents for life are printed as valid to 2099, or 9999.
const EARLIEST: i32 = 2005;

/// Data group 1 as it is shared: codes without fillers, names as printed, dates `YYYY-MM-DD`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
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
    /// Date of birth; shortened (`1974-08`, `1974`) where parts are unknown, empty where all are.
    pub date_of_birth: String,
    /// `M`, `F` or `X`.
    pub sex_marker: String,
    /// Date of expiry; empty for documents that do not expire.
    pub document_expiry_date: String,
    /// Optional data elements.
    pub mrz_optional_data: String,
}

impl std::fmt::Debug for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Holder([redacted])")
    }
}

impl Holder {
    /// Takes the dates to mean what they can mean on the day `today`.
    pub fn read(mrz: &Mrz, today: Date) -> Result<Self, Rule> {
        let expiry = expiry(&mrz.expiry)?;
        if expiry.is_some_and(|expiry| expiry < today) {
            return Err(Rule::DocumentExpired);
        }
        let latest = expiry.map_or(today, |expiry| expiry.min(today));
        Ok(Self {
            document_type_code: mrz.document_code.clone(),
            issuing_country_code: mrz.issuer.clone(),
            family_name: mrz.family_name.clone(),
            given_names: mrz.given_names.clone(),
            document_number: mrz.document_number.clone(),
            nationality_code: mrz.nationality.clone(),
            date_of_birth: birth(&mrz.birth, latest)?,
            sex_marker: mrz.sex.to_string(),
            document_expiry_date: expiry.map_or_else(String::new, |date| date.to_string()),
            mrz_optional_data: mrz.optional_data.clone(),
        })
    }
}

/// Two digits, or `None` for two fillers.
fn pair(text: &str) -> Result<Option<u8>, Rule> {
    match text {
        "<<" => Ok(None),
        _ if text.bytes().all(|digit| digit.is_ascii_digit()) => {
            text.parse().map(Some).map_err(|_| Rule::MrzDate)
        }
        _ => Err(Rule::MrzDate),
    }
}

/// Year, month and day, as far as they are known.
type Parts = (Option<u8>, Option<u8>, Option<u8>);

/// Year, month and day of `YYMMDD`, as far as they are known; behind an unknown one the others are
/// of no use.
fn parts(text: &str) -> Result<Parts, Rule> {
    let part = |from| text.get(from..from + 2).ok_or(Rule::MrzDate).and_then(pair);
    let (year, month, day) = (part(0)?, part(2)?, part(4)?);
    let month = year.and(month);
    Ok((year, month, month.and(day)))
}

fn day(year: i32, month: u8, day: u8) -> Result<Date, Rule> {
    let month = Month::try_from(month).map_err(|_| Rule::MrzDate)?;
    Date::from_calendar_date(year, month, day).map_err(|_| Rule::MrzDate)
}

/// The date of expiry in the first century that puts it no earlier than [`EARLIEST`].
fn expiry(text: &str) -> Result<Option<Date>, Rule> {
    match parts(text)? {
        (None, None, None) => Ok(None),
        (Some(year), Some(month), Some(number)) => {
            let year = EARLIEST + (i32::from(year) - EARLIEST).rem_euclid(100);
            day(year, month, number).map(Some)
        }
        _ => Err(Rule::MrzDate),
    }
}

/// The date of birth in the latest century that puts it no later than `latest`.
fn birth(text: &str, latest: Date) -> Result<String, Rule> {
    let (Some(short), month, number) = parts(text)? else { return Ok(String::new()) };
    let newest = latest.year() - (latest.year() - i32::from(short)).rem_euclid(100);
    for year in [newest, newest - 100] {
        let earliest = match (month, number) {
            // 29 February may exist in one of the two centuries only.
            (Some(month), Some(number)) => match day(year, month, number) {
                Ok(date) => date,
                Err(_) if year == newest => continue,
                Err(rule) => return Err(rule),
            },
            (Some(month), None) => day(year, month, 1)?,
            _ => day(year, 1, 1)?,
        };
        if earliest <= latest {
            return Ok(match (month, number) {
                (Some(_), Some(_)) => earliest.to_string(),
                (Some(month), _) => format!("{year:04}-{month:02}"),
                _ => format!("{year:04}"),
            });
        }
    }
    Err(Rule::MrzDate)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 05 - 05);

    #[test]
    fn the_century_of_a_birth_is_the_latest_possible() {
        for (text, latest, born) in [
            ("740812", TODAY, Ok("1974-08-12")),
            ("260505", TODAY, Ok("2026-05-05")),
            ("260506", TODAY, Ok("1926-05-06")),
            ("270101", TODAY, Ok("1927-01-01")),
            ("000229", TODAY, Ok("2000-02-29")),
            ("000229", date!(1999 - 01 - 01), Err(Rule::MrzDate)),
            ("240229", date!(2024 - 02 - 28), Ok("1924-02-29")),
            ("7408<<", TODAY, Ok("1974-08")),
            ("74<<<<", TODAY, Ok("1974")),
            ("2606<<", TODAY, Ok("1926-06")),
            ("<<<<<<", TODAY, Ok("")),
            ("<<0812", TODAY, Ok("")),
            ("74<<12", TODAY, Ok("1974")),
            ("7<0812", TODAY, Err(Rule::MrzDate)),
            ("741301", TODAY, Err(Rule::MrzDate)),
            ("740230", TODAY, Err(Rule::MrzDate)),
            ("740800", TODAY, Err(Rule::MrzDate)),
        ] {
            assert_eq!(birth(text, latest).as_deref(), born.as_ref().copied(), "{text}");
        }
    }

    #[test]
    fn an_expiry_is_of_the_age_of_chips() {
        for (text, expires) in [
            ("260504", Ok(Some(date!(2026 - 05 - 04)))),
            ("751231", Ok(Some(date!(2075 - 12 - 31)))),
            ("050101", Ok(Some(date!(2005 - 01 - 01)))),
            ("041231", Ok(Some(date!(2104 - 12 - 31)))),
            ("990101", Ok(Some(date!(2099 - 01 - 01)))),
            ("<<<<<<", Ok(None)),
            ("3204<<", Err(Rule::MrzDate)),
            ("320431", Err(Rule::MrzDate)),
        ] {
            assert_eq!(expiry(text), expires, "{text}");
        }
    }
}
