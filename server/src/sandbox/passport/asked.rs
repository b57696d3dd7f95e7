//! A passport as somebody asks for it, in JSON: what is left out is the specimen's.

use kayle_document::chip::issue::Spelling;
use kayle_document::issue::{Algorithm, Specimen};
use kayle_document::mrz::Form;
use kayle_document::security::Cipher;
use kayle_document::{Curve, Digest, country};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Design;

/// Everything that may be asked for; texts as the zone prints them, dates `YYMMDD`.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = Passport)]
pub struct Asked {
    form: Option<String>,
    code: Option<String>,
    issuer: Option<String>,
    family_name: Option<String>,
    given_names: Option<String>,
    number: Option<String>,
    nationality: Option<String>,
    birth: Option<String>,
    sex: Option<char>,
    expiry: Option<String>,
    optional: Option<String>,
    signer: Option<String>,
    active: Option<String>,
    chip: Option<String>,
}

const CURVES: [(&str, Curve); 11] = [
    ("p192", Curve::P192),
    ("p224", Curve::P224),
    ("p256", Curve::P256),
    ("p384", Curve::P384),
    ("p521", Curve::P521),
    ("brainpool192", Curve::Brainpool192),
    ("brainpool224", Curve::Brainpool224),
    ("brainpool256", Curve::Brainpool256),
    ("brainpool320", Curve::Brainpool320),
    ("brainpool384", Curve::Brainpool384),
    ("brainpool512", Curve::Brainpool512),
];

fn curve(name: &str) -> Option<Curve> {
    CURVES.iter().find(|(known, _)| *known == name).map(|(_, curve)| *curve)
}

/// Lengths of RSA keys, in bits.
const LENGTHS: [u32; 4] = [1_024, 2_048, 3_072, 4_096];

fn digest(name: &str) -> Option<Digest> {
    let names = ["sha1", "sha224", "sha256", "sha384", "sha512"];
    names.iter().position(|known| *known == name).map(|at| Digest::ALL[at])
}

/// `p256-sha256`, `brainpool384-sha384-explicit`, `rsa2048-sha256`, `pss2048-sha512`.
fn algorithm(text: &str) -> Option<Algorithm> {
    let mut words = text.split('-');
    let (key, digest) = (words.next()?, digest(words.next()?)?);
    let explicit = words.next();
    if words.next().is_some() || explicit.is_some_and(|word| word != "explicit") {
        return None;
    }
    if let Some(curve) = curve(key) {
        return Some(Algorithm::Ecdsa { curve, digest, explicit: explicit.is_some() });
    }
    let bits = |text: &str| text.parse().ok().filter(|bits| LENGTHS.contains(bits));
    let rsa = key.strip_prefix("rsa").and_then(bits);
    // Salt and digest have to fit.
    let fits = |bits: &u32| *bits > 1_024 || digest != Digest::Sha512;
    let pss = key.strip_prefix("pss").and_then(bits).filter(fits);
    let rsa = rsa.map(|bits| Algorithm::RsaPkcs1 { bits, digest });
    rsa.or(pss.map(|bits| Algorithm::RsaPss { bits, digest })).filter(|_| explicit.is_none())
}

/// `p256-aes128`, `brainpool256-3des-explicit`.
fn chip(text: &str) -> Option<(Spelling, Cipher)> {
    let mut words = text.split('-');
    let (curve, cipher) = (curve(words.next()?)?, words.next()?);
    let cipher = match cipher {
        "3des" => Cipher::TripleDes,
        "aes128" => Cipher::Aes128,
        "aes192" => Cipher::Aes192,
        "aes256" => Cipher::Aes256,
        _ => return None,
    };
    match (words.next(), words.next()) {
        (None, _) => Some((Spelling::Named(curve), cipher)),
        (Some("explicit"), None) => Some((Spelling::Explicit(curve), cipher)),
        _ => None,
    }
}

/// The design that `json` asks for; the error names what is wrong with it.
pub fn design(json: &str) -> Result<Design, String> {
    let asked: Asked = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let usual = Design::default();
    let wrong = |name: &str, text: &str| format!("{name}: {text} is not known");
    let known = |name: &str, text: Option<&String>, usual| match text.map(String::as_str) {
        None => Ok(usual),
        Some("none") if name == "active" => Ok(None),
        Some(text) => algorithm(text).map(Some).ok_or_else(|| wrong(name, text)),
    };
    let form = match asked.form.as_deref() {
        None | Some("td3") => Form::Td3,
        Some("td2") => Form::Td2,
        Some("td1") => Form::Td1,
        Some(text) => return Err(wrong("form", text)),
    };
    let signer = known("signer", asked.signer.as_ref(), Some(usual.signer))?;
    let active = known("active", asked.active.as_ref(), usual.active)?;
    let chip = match asked.chip.as_deref() {
        None => usual.chip,
        Some("none") => None,
        Some(text) => Some(chip(text).ok_or_else(|| wrong("chip", text))?),
    };
    let signer = signer.unwrap_or(usual.signer);
    Ok(Design { specimen: specimen(asked)?, form, signer, active, chip })
}

/// The zone's texts: they have to be what a zone can print.
fn specimen(asked: Asked) -> Result<Specimen, String> {
    let usual = Specimen::default();
    let text = |name: &str, text: Option<String>, usual: String| {
        let text = text.unwrap_or(usual);
        let printable = text.bytes().all(|c| matches!(c, b'A'..=b'Z' | b'0'..=b'9' | b'<'));
        let fits = printable && text.len() <= 39;
        fits.then_some(text).ok_or_else(|| format!("{name}: only A–Z, 0–9 and <, at most 39"))
    };
    let date = |name: &str, date: Option<String>, usual: String| {
        let date = text(name, date, usual)?;
        (date.len() == 6).then_some(date).ok_or_else(|| format!("{name}: six characters, YYMMDD"))
    };
    let sex = asked.sex.unwrap_or(usual.sex);
    if !matches!(sex, 'M' | 'F' | '<') {
        return Err("sex: M, F or <".to_owned());
    }
    let issuer = text("issuer", asked.issuer, usual.issuer)?;
    if country::signer(issuer.trim_end_matches('<')).is_none() {
        return Err(format!(
            "issuer: {issuer} issues no documents (ICAO 9303-3 §5, such as D or FRA)"
        ));
    }
    Ok(Specimen {
        code: text("code", asked.code, usual.code)?,
        issuer,
        family_name: text("family_name", asked.family_name, usual.family_name)?,
        given_names: text("given_names", asked.given_names, usual.given_names)?,
        number: text("number", asked.number, usual.number)?,
        nationality: text("nationality", asked.nationality, usual.nationality)?,
        birth: date("birth", asked.birth, usual.birth)?,
        sex,
        expiry: date("expiry", asked.expiry, usual.expiry)?,
        optional: text("optional", asked.optional, usual.optional)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_made_and_the_rest_is_the_specimens() {
        let asked = r#"{"birth": "080505", "form": "td1", "signer": "pss2048-sha512",
            "active": "none", "chip": "brainpool256-3des-explicit"}"#;
        let design = design(asked).expect("a design");
        assert_eq!((design.specimen.birth.as_str(), design.specimen.sex), ("080505", 'F'));
        assert_eq!(design.form, Form::Td1);
        assert_eq!(design.signer, Algorithm::RsaPss { bits: 2048, digest: Digest::Sha512 });
        assert_eq!(design.active, None);
        let chip = (Spelling::Explicit(Curve::Brainpool256), Cipher::TripleDes);
        assert_eq!(design.chip, Some(chip));
    }

    #[test]
    fn what_cannot_be_made_is_named() {
        for (asked, named) in [
            ("{", "EOF"),
            (r#"{"colour": 1}"#, "colour"),
            (r#"{"form": "td4"}"#, "form"),
            (r#"{"signer": "none"}"#, "signer"),
            (r#"{"signer": "p256"}"#, "signer"),
            (r#"{"signer": "rsa512-sha256"}"#, "signer"),
            (r#"{"signer": "rsa2049-sha256"}"#, "signer"),
            (r#"{"active": "rsa1025-sha1"}"#, "active"),
            (r#"{"signer": "pss1024-sha512"}"#, "signer"),
            (r#"{"signer": "rsa2048-sha256-explicit"}"#, "signer"),
            (r#"{"active": "p256-md5"}"#, "active"),
            (r#"{"chip": "p256-aes"}"#, "chip"),
            (r#"{"birth": "1974"}"#, "birth"),
            (r#"{"family_name": "Müller"}"#, "family_name"),
            (r#"{"sex": "Q"}"#, "sex"),
            (r#"{"issuer": "XYZ"}"#, "issuer"),
        ] {
            let error = design(asked).expect_err(asked);
            assert!(error.contains(named), "{asked}: {error}");
        }
    }
}
