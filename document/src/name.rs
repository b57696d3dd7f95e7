//! Distinguished names, made comparable (RFC 5280 §7.1): countries write one name in several
//! string types and spellings.

use std::borrow::Cow;

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, Tag};

use crate::asn1::{Malformed, elements};
use crate::country::Code;

const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");

/// A name as it is compared: each attribute's type, and its value without case and surplus space.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name {
    key: Vec<u8>,
    country: Option<Code>,
}

impl Name {
    /// Reads the content of an `RDNSequence`.
    pub fn read(content: &[u8]) -> Result<Self, Malformed> {
        let mut name = Self { key: Vec::with_capacity(content.len()), country: None };
        for set in elements(content) {
            let set = AnyRef::from_der(set?)?;
            if set.header().tag() != Tag::Set || set.value().is_empty() {
                return Err(Malformed);
            }
            for attribute in elements(set.value()) {
                name.add(self::attribute(attribute?)?)?;
            }
            // Neither end mark can be part of a value, so that no value reads as another attribute.
            name.key.push(b'\r');
        }
        Ok(name)
    }

    fn add(&mut self, (kind, value): (ObjectIdentifier, AnyRef<'_>)) -> Result<(), Malformed> {
        let content = value.value();
        if kind == COUNTRY
            && let Ok(code) = <[u8; 2]>::try_from(content)
        {
            self.country = Some(code.map(|letter| letter.to_ascii_uppercase()));
        }
        self.key.push(u8::try_from(kind.as_bytes().len()).map_err(|_| Malformed)?);
        self.key.extend_from_slice(kind.as_bytes());
        for word in decoded(value).split_whitespace() {
            self.key.extend(word.to_lowercase().as_bytes());
            self.key.push(b' ');
        }
        self.key.push(b'\n');
        Ok(())
    }

    /// Its country, as two capital letters (9303-12 §7.1.1).
    pub fn country(&self) -> Option<Code> {
        self.country
    }

    /// Whether both are of one country.
    pub fn is_of_country(&self, other: &Self) -> bool {
        self.country.is_some() && self.country == other.country
    }
}

/// Attributes that a name's text abbreviates (RFC 4514 §3, RFC 4519), by the last arc under 2.5.4.
const SHORT: [(u8, &str); 6] =
    [(3, "CN"), (5, "serialNumber"), (6, "C"), (7, "L"), (10, "O"), (11, "OU")];

/// The content of an `RDNSequence` for people to read, in its own order: `C=DE, O=bund`. What
/// cannot be read is left out.
pub(crate) fn text(content: &[u8]) -> String {
    let mut text = String::with_capacity(content.len());
    for set in elements(content).map_while(Result::ok) {
        let Ok(set) = AnyRef::from_der(set) else { continue };
        for attribute in elements(set.value()).map_while(Result::ok) {
            let Ok((kind, value)) = attribute_text(attribute) else { continue };
            let comma = if text.is_empty() { "" } else { ", " };
            text.extend([comma, &kind, "=", &value]);
        }
    }
    text
}

/// The longest name that is read to be compared, in bytes.
const LONGEST: usize = 4_096;

/// Whether two names' contents hold the same attributes of the same characters, in whatever order
/// and string types.
pub(crate) fn same_characters(one: &[u8], other: &[u8]) -> bool {
    // Reading takes many times their length: what is longer than any name is compared as it is.
    let short = one.len().max(other.len()) <= LONGEST;
    one == other || short && attributes(one).is_ok_and(|one| Ok(one) == attributes(other))
}

/// Each set's attributes, sorted, and the sets sorted.
fn attributes(content: &[u8]) -> Result<Vec<Vec<(ObjectIdentifier, String)>>, Malformed> {
    let known = |tag| {
        matches!(
            tag,
            Tag::BmpString
                | Tag::Ia5String
                | Tag::PrintableString
                | Tag::TeletexString
                | Tag::Utf8String
        )
    };
    let read = |bytes: Result<&[u8], Malformed>| {
        let (kind, value) = attribute(bytes?)?;
        let text = Some(value).filter(|value| known(value.header().tag())).ok_or(Malformed)?;
        Ok((kind, decoded(text).into_owned()))
    };
    let set = |set: Result<&[u8], Malformed>| {
        let set = AnyRef::from_der(set?)?;
        let is_set = set.header().tag() == Tag::Set;
        let list = elements(set.value()).map(read).collect::<Result<Vec<_>, Malformed>>()?;
        let mut list = Some(list).filter(|_| is_set).ok_or(Malformed)?;
        list.sort();
        Ok(list)
    };
    let mut sets = elements(content).map(set).collect::<Result<Vec<_>, Malformed>>()?;
    sets.sort();
    Ok(sets)
}

/// `AttributeTypeAndValue`.
fn attribute(bytes: &[u8]) -> Result<(ObjectIdentifier, AnyRef<'_>), Malformed> {
    AnyRef::from_der(bytes)?
        .sequence(|reader| Ok::<_, Malformed>((reader.decode()?, AnyRef::decode(reader)?)))
}

/// The characters of a string of any type (X.680 §41); those of Teletex as everyone took them.
fn decoded(value: AnyRef<'_>) -> Cow<'_, str> {
    match value.header().tag() {
        Tag::BmpString => {
            let (pairs, _) = value.value().as_chunks::<2>();
            let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            String::from_utf16_lossy(&units).into()
        }
        Tag::TeletexString => value.value().iter().copied().map(char::from).collect(),
        _ => String::from_utf8_lossy(value.value()),
    }
}

fn attribute_text(bytes: &[u8]) -> Result<(String, String), Malformed> {
    let (kind, value) = attribute(bytes)?;
    let short = match kind.as_bytes() {
        [0x55, 4, arc] => SHORT.iter().find(|(known, _)| known == arc).map(|(_, short)| *short),
        _ => None,
    };
    let kind = short.map_or_else(|| kind.to_string(), str::to_owned);
    // Terminals and logs obey control characters.
    let text = decoded(value);
    let value = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    Ok((kind, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::encode::element;

    /// Attributes of one set each: the last arc under 2.5.4, the tag, the value.
    fn name(attributes: &[(u8, u8, &[u8])]) -> Vec<u8> {
        attributes
            .iter()
            .flat_map(|(arc, tag, value)| set(&[attribute(*arc, *tag, value)]))
            .collect()
    }

    fn attribute(arc: u8, tag: u8, value: &[u8]) -> Vec<u8> {
        element(0x30, &[&[6, 3, 0x55, 4, arc], &element(tag, &[value])])
    }

    fn set(attributes: &[Vec<u8>]) -> Vec<u8> {
        element(0x31, &[&attributes.concat()])
    }

    #[test]
    fn spellings_of_a_name_are_one_name() {
        let one = name(&[(6, 0x13, b"de"), (3, 0x0c, b"CSCA  Germany ")]);
        let other = name(&[(6, 0x0c, b"DE"), (3, 0x13, b"csca germany")]);
        assert_eq!(Name::read(&one), Name::read(&other));
        assert_eq!(Name::read(&one).expect("a name").country(), Some(*b"DE"));
        let accented = [
            (0x0c, "CSCA Österreich".as_bytes().to_vec()),
            (0x14, b"csca \xd6sterreich".to_vec()),
            (0x1e, "Csca Österreich".encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ]
        .map(|(tag, text)| Name::read(&name(&[(3, tag, &text)])));
        assert!(accented[0].is_ok() && accented.iter().all(|name| *name == accented[0]));
    }

    #[test]
    fn names_of_the_same_characters_differ_in_order_and_string_types_at_the_most() {
        let one = name(&[(6, 0x13, b"UA"), (10, 0x0c, b"SE UKRAINA"), (3, 0x0c, b"CSCA")]);
        for (other, same) in [
            (name(&[(6, 0x0c, b"UA"), (10, 0x13, b"SE UKRAINA"), (3, 0x0c, b"CSCA")]), true),
            (name(&[(3, 0x0c, b"CSCA"), (10, 0x0c, b"SE UKRAINA"), (6, 0x13, b"UA")]), true),
            (name(&[(6, 0x13, b"UA"), (10, 0x1e, b"\0S\0E"), (3, 0x0c, b"CSCA")]), false),
            (name(&[(6, 0x13, b"ua"), (10, 0x0c, b"SE UKRAINA"), (3, 0x0c, b"CSCA")]), false),
            (name(&[(6, 0x13, b"UA"), (10, 0x0c, b"SE  UKRAINA"), (3, 0x0c, b"CSCA")]), false),
            (name(&[(6, 0x12, b"UA"), (10, 0x0c, b"SE UKRAINA"), (3, 0x0c, b"CSCA")]), false),
            (name(&[(6, 0x13, b"UA"), (10, 0x0c, b"SE UKRAINA")]), false),
            (b"\x31\x05nonsense".to_vec(), false),
        ] {
            assert_eq!(same_characters(&one, &other), same, "{}", text(&other));
        }
    }

    #[test]
    fn a_value_never_reads_as_another_attribute() {
        let two = set(&[attribute(6, 0x13, b"de"), attribute(3, 0x0c, b"x")]);
        let one = set(&[attribute(6, 0x13, b"de \x03U\x04\x03x")]);
        assert_ne!(Name::read(&two), Name::read(&one));
        assert_ne!(Name::read(&two), Name::read(&name(&[(6, 0x13, b"de"), (3, 0x0c, b"x")])));
    }

    #[test]
    fn a_name_reads_as_text_without_control_characters() {
        let bytes = name(&[(6, 0x13, b"DE"), (3, 0x1e, b"\0A\0B"), (12, 0x0c, b"a\x1bb")]);
        assert_eq!(text(&bytes), "C=DE, CN=AB, 2.5.4.12=a\u{fffd}b");
        assert_eq!(text(&name(&[(10, 0x14, b"\xe9")])), "O=\u{e9}");
        assert_eq!(text(b"\x31\x05nonsense"), "");
    }
}
