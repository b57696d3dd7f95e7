//! DER as it is written (X.690 §8, §10).

use der::asn1::ObjectIdentifier;
use time::OffsetDateTime;

/// One element of that tag, with the concatenation of `parts` as its content.
pub fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut bytes = vec![tag];
    if length < 0x80 {
        bytes.push(u8::try_from(length).unwrap_or_default());
    } else {
        let octets = length.to_be_bytes();
        let octets = &octets[octets.iter().take_while(|octet| **octet == 0).count()..];
        bytes.push(0x80 | u8::try_from(octets.len()).unwrap_or_default());
        bytes.extend_from_slice(octets);
    }
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes
}

/// One element of a tag of several bytes.
pub fn long_element(tag: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let (last, first) = tag.split_last().unwrap_or((&0, &[]));
    [first, &element(*last, parts)].concat()
}

/// SEQUENCE
pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, parts)
}

/// SET OF: its elements in order of their encoding (X.690 §11.6).
pub fn set(parts: &[&[u8]]) -> Vec<u8> {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    element(0x31, &parts)
}

/// INTEGER, not negative, from its bytes.
pub fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let bytes = &bytes[zeros.min(bytes.len().saturating_sub(1))..];
    let sign: &[u8] = if bytes.first().is_none_or(|byte| *byte >= 0x80) { &[0] } else { &[] };
    element(2, &[sign, bytes])
}

/// OBJECT IDENTIFIER
pub fn oid(oid: &ObjectIdentifier) -> Vec<u8> {
    element(6, &[oid.as_bytes()])
}

/// OBJECT IDENTIFIER, from its dotted form.
pub fn dotted(text: &str) -> Vec<u8> {
    oid(&ObjectIdentifier::new_unwrap(text))
}

/// OCTET STRING
pub fn octets(bytes: &[u8]) -> Vec<u8> {
    element(4, &[bytes])
}

/// BIT STRING of whole bytes.
pub fn bits(bytes: &[u8]) -> Vec<u8> {
    element(3, &[&[0], bytes])
}

/// `Time`: `UTCTime` to the end of 2049, then `GeneralizedTime` (RFC 5280 §4.1.2.5).
pub fn time(seconds: i64) -> Vec<u8> {
    let at = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let rest = format!(
        "{:02}{:02}{:02}{:02}{:02}Z",
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    );
    if (1950..2050).contains(&at.year()) {
        element(0x17, &[format!("{:02}{rest}", at.year() % 100).as_bytes()])
    } else {
        element(0x18, &[format!("{:04}{rest}", at.year()).as_bytes()])
    }
}

/// `Extension` under `id-ce`.
pub fn extension(arc: u8, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
    sequence(&[&element(6, &[&[0x55, 0x1d, arc]]), critical, &octets(value)])
}
