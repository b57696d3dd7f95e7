//! Distinguished names, made comparable (RFC 5280 §7.1): countries write one name in several
//! string types and spellings.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, Tag};

use crate::asn1::{Malformed, elements};

const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");

/// A name as it is compared: each attribute's type, and its value without case and surplus space.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name {
    key: Vec<u8>,
    country: Option<[u8; 2]>,
}

/// The values, one after the other, as far as they are text.
impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut rest = self.key.as_slice();
        let mut first = true;
        while let Some((length, after)) = rest.split_first() {
            let Some(value) = after.get(usize::from(*length)..) else { break };
            let end = value.iter().position(|byte| *byte == b'\n').unwrap_or(value.len());
            let text = String::from_utf8_lossy(&value[..end]);
            let text: String = text.chars().filter(|c| !c.is_control()).collect();
            write!(f, "{}{}", if first { "" } else { ", " }, text.trim_end())?;
            (first, rest) = (false, value.get(end + 1..).unwrap_or_default());
        }
        Ok(())
    }
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
                name.add(AnyRef::from_der(attribute?)?)?;
            }
            name.key.push(b'\n');
        }
        Ok(name)
    }

    fn add(&mut self, attribute: AnyRef<'_>) -> Result<(), Malformed> {
        let (kind, value) = attribute.sequence(|reader| {
            Ok::<_, Malformed>((reader.decode::<ObjectIdentifier>()?, AnyRef::decode(reader)?))
        })?;
        let content = value.value();
        if kind == COUNTRY
            && let Ok(code) = <[u8; 2]>::try_from(content)
        {
            self.country = Some(code.map(|letter| letter.to_ascii_uppercase()));
        }
        self.key.push(u8::try_from(kind.as_bytes().len()).map_err(|_| Malformed)?);
        self.key.extend_from_slice(kind.as_bytes());
        let words = content.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        for word in words {
            self.key.extend(word.iter().map(u8::to_ascii_lowercase));
            self.key.push(b' ');
        }
        Ok(())
    }

    /// What names are compared by.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// Its country, as two capital letters (9303-12 §7.1.1).
    pub fn country(&self) -> Option<[u8; 2]> {
        self.country
    }
}
