//! Data group 1: the machine readable zone (9303-10 §4.7.1), in the three forms of documents
//! (9303-4 TD3, 9303-5 TD1, 9303-6 TD2), with every check digit verified (9303-3 §4.9).

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::failure::Rule;
use crate::tlv::{Reader, data_group};

#[cfg(test)]
mod tests;

/// How big the document is, and so how its zone is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Cards: three lines of 30.
    Td1,
    /// Larger cards: two lines of 36.
    Td2,
    /// Passports: two lines of 44.
    Td3,
}

/// A machine readable zone as it is printed, fillers taken off.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Mrz {
    /// How it is laid out.
    #[zeroize(skip)]
    pub form: Form,
    /// Document code, such as `P` or `ID`.
    pub document_code: String,
    /// Issuing state or organization.
    pub issuer: String,
    /// Primary identifier.
    pub family_name: String,
    /// Secondary identifier; empty where there is none.
    pub given_names: String,
    /// Document number, whole even where it is continued in the optional data.
    pub document_number: String,
    /// Nationality.
    pub nationality: String,
    /// Date of birth, `YYMMDD`, with `<<` for parts nobody knows.
    pub birth: String,
    /// `M`, `F` or `X`.
    pub sex: char,
    /// Date of expiry, `YYMMDD`; `<<<<<<` for documents that do not expire.
    pub expiry: String,
    /// Optional data, without a document number's rest; both elements of TD1, a space between.
    pub optional_data: String,
}

impl std::fmt::Debug for Mrz {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mrz([redacted])")
    }
}

/// The check digit of `text`, as it is printed: the weighted sum modulo 10 (9303-3 §4.9).
pub fn check_digit(text: &[u8]) -> u8 {
    let value = |character: &u8| match character {
        b'0'..=b'9' => u32::from(character - b'0'),
        b'A'..=b'Z' => u32::from(character - b'A') + 10,
        _ => 0,
    };
    let weighted = text.iter().zip([7, 3, 1].into_iter().cycle());
    let sum: u32 = weighted.map(|(character, weight)| value(character) * weight).sum();
    b'0' + u8::try_from(sum % 10).unwrap_or_default()
}

/// Whether `digit` is that of `text`.
fn checked(text: &[u8], digit: u8) -> Result<(), Rule> {
    (check_digit(text) == digit).then_some(()).ok_or(Rule::CheckDigit)
}

/// Whether `digit` is that of a date: some countries print a filler where there is no date.
fn checked_date(date: &[u8], digit: u8) -> Result<(), Rule> {
    let none = digit == b'<' && date.iter().all(|character| *character == b'<');
    if none { Ok(()) } else { checked(date, digit) }
}

/// A field without the fillers at its end.
fn trimmed(field: &[u8]) -> String {
    let end = field.iter().rposition(|character| *character != b'<').map_or(0, |last| last + 1);
    String::from_utf8_lossy(&field[..end]).into_owned()
}

/// Where the fields of a zone are; ranges of its characters, all lines joined.
struct Layout {
    name: (usize, usize),
    /// Document number, then its check digit.
    number: (usize, usize),
    nationality: (usize, usize),
    /// Date of birth, then its check digit.
    birth: usize,
    sex: usize,
    /// Date of expiry, then its check digit.
    expiry: usize,
    optional: (usize, usize),
    /// What the composite check digit is over.
    composite: &'static [(usize, usize)],
    /// The composite check digit.
    last: usize,
}

const TD1: Layout = Layout {
    name: (60, 90),
    number: (5, 14),
    nationality: (45, 48),
    birth: 30,
    sex: 37,
    expiry: 38,
    optional: (15, 30),
    composite: &[(5, 30), (30, 37), (38, 45), (48, 59)],
    last: 59,
};
/// The second element of optional data of TD1.
const TD1_OPTIONAL: (usize, usize) = (48, 59);

const TD2: Layout = Layout {
    name: (5, 36),
    number: (36, 45),
    nationality: (46, 49),
    birth: 49,
    sex: 56,
    expiry: 57,
    optional: (64, 71),
    composite: &[(36, 46), (49, 56), (57, 71)],
    last: 71,
};

const TD3: Layout = Layout {
    name: (5, 44),
    number: (44, 53),
    nationality: (54, 57),
    birth: 57,
    sex: 64,
    expiry: 65,
    optional: (72, 86),
    composite: &[(44, 54), (57, 64), (65, 87)],
    last: 87,
};

impl Form {
    fn of(length: usize) -> Option<Self> {
        match length {
            90 => Some(Self::Td1),
            72 => Some(Self::Td2),
            88 => Some(Self::Td3),
            _ => None,
        }
    }

    fn layout(self) -> &'static Layout {
        match self {
            Self::Td1 => &TD1,
            Self::Td2 => &TD2,
            Self::Td3 => &TD3,
        }
    }
}

impl Mrz {
    /// Reads EF.DG1.
    pub fn read(file: &[u8]) -> Result<Self, Rule> {
        let malformed = |_| Rule::Dg1Malformed;
        let mut reader = Reader::new(data_group(file, 0x61).map_err(malformed)?);
        let zone = reader.expect(0x5f1f).map_err(malformed)?;
        reader.finish().map_err(malformed)?;
        Self::parse(zone)
    }

    /// Reads the characters of a zone, its lines joined.
    pub fn parse(zone: &[u8]) -> Result<Self, Rule> {
        let form = Form::of(zone.len()).ok_or(Rule::Dg1Malformed)?;
        let printed = |c: &u8| matches!(c, b'A'..=b'Z' | b'0'..=b'9' | b'<');
        if !zone.iter().all(printed) {
            return Err(Rule::Dg1Malformed);
        }
        let layout = form.layout();
        let field = |(from, to): (usize, usize)| &zone[from..to];
        let date = |from: usize| &zone[from..from + 6];
        checked_date(date(layout.birth), zone[layout.birth + 6])?;
        checked_date(date(layout.expiry), zone[layout.expiry + 6])?;
        let composite: Vec<u8> = layout.composite.iter().flat_map(|r| field(*r)).copied().collect();
        checked(&composite, zone[layout.last])?;
        let (document_number, optional_data) = number(form, zone)?;
        let (family_name, given_names) = names(field(layout.name))?;
        Ok(Self {
            form,
            document_code: trimmed(&zone[..2]),
            issuer: trimmed(&zone[2..5]),
            family_name,
            given_names,
            document_number,
            nationality: trimmed(field(layout.nationality)),
            birth: String::from_utf8_lossy(date(layout.birth)).into_owned(),
            sex: sex(zone[layout.sex])?,
            expiry: String::from_utf8_lossy(date(layout.expiry)).into_owned(),
            optional_data,
        })
    }
}

fn sex(printed: u8) -> Result<char, Rule> {
    match printed {
        b'M' => Ok('M'),
        b'F' => Ok('F'),
        b'<' | b'X' => Ok('X'),
        _ => Err(Rule::Dg1Malformed),
    }
}

/// Primary and secondary identifier, a space for each filler in them (9303-3 §4.6).
fn names(field: &[u8]) -> Result<(String, String), Rule> {
    let whole = trimmed(field);
    let (primary, secondary) = whole.split_once("<<").unwrap_or((&whole, ""));
    // Some countries print given names alone, behind the two fillers.
    if primary.starts_with('<') || primary.is_empty() && secondary.trim_matches('<').is_empty() {
        return Err(Rule::Dg1Malformed);
    }
    let spaced = |name: &str| name.trim_matches('<').replace('<', " ");
    Ok((spaced(primary), spaced(secondary)))
}

/// Document number and optional data. A number of more than nine characters has `<` for its check
/// digit and goes on in the optional data, its digit behind it, then a filler (9303-5 §4.2.2.2).
fn number(form: Form, zone: &[u8]) -> Result<(String, String), Rule> {
    let layout = form.layout();
    let (from, to) = layout.number;
    let (first, digit) = (&zone[from..to], zone[to]);
    let mut optional = &zone[layout.optional.0..layout.optional.1];
    let mut whole = first.to_vec();
    if form == Form::Td3 {
        // The check digit may be `<` where there is no optional data (9303-4 §4.2.2.2).
        let digit = zone[layout.optional.1];
        let empty = optional.iter().all(|character| *character == b'<');
        if !(empty && digit == b'<') {
            checked(optional, digit)?;
        }
    }
    if form != Form::Td3 && digit == b'<' && optional[0] != b'<' {
        let end = optional.iter().position(|c| *c == b'<').ok_or(Rule::CheckDigit)?;
        let (rest, after) = optional.split_at(end);
        let (digit, rest) = rest.split_last().ok_or(Rule::CheckDigit)?;
        whole.extend_from_slice(rest);
        checked(&whole, *digit)?;
        optional = after;
    } else {
        checked(first, digit)?;
    }
    let number = trimmed(&whole);
    whole.zeroize();
    if number.is_empty() || number.starts_with('<') {
        return Err(Rule::Dg1Malformed);
    }
    // Fillers in it stand for characters that the zone cannot print (9303-3 §4.6).
    let number = number.replace('<', " ");
    let mut data = trimmed(optional).trim_start_matches('<').to_owned();
    if form == Form::Td1 {
        let second = trimmed(&zone[TD1_OPTIONAL.0..TD1_OPTIONAL.1]);
        if !data.is_empty() && !second.is_empty() {
            data.push(' ');
        }
        data.push_str(&second);
    }
    Ok((number, data))
}
