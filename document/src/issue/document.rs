//! Documents: data groups 1 and 2, and EF.SOD over whatever groups there are (9303-10 §4.6, §4.7).

use openssl::error::ErrorStack;

use super::authority::Signer;
use super::encode::{dotted, element, long_element, octets, sequence, set, time, unsigned};
use super::key::digest_identifier;
use crate::algorithm::Digest;
use crate::key::hash;
use crate::mrz::{Form, check_digit};

/// What a machine readable zone says, as it is printed: capital letters, digits and `<`.
#[derive(Debug, Clone)]
pub struct Specimen {
    /// Document code, such as `P`.
    pub code: String,
    /// Issuing state, three letters.
    pub issuer: String,
    /// Primary identifier, a single `<` between its parts.
    pub family_name: String,
    /// Secondary identifier; may be empty.
    pub given_names: String,
    /// Document number.
    pub number: String,
    /// Nationality, three letters.
    pub nationality: String,
    /// Date of birth, `YYMMDD`.
    pub birth: String,
    /// `M`, `F` or `<`.
    pub sex: char,
    /// Date of expiry, `YYMMDD`.
    pub expiry: String,
    /// Optional data.
    pub optional: String,
}

impl Default for Specimen {
    /// The specimen of 9303-4, Appendix A, with later dates.
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            code: text("P"),
            issuer: text("UTO"),
            family_name: text("ERIKSSON"),
            given_names: text("ANNA<MARIA"),
            number: text("L898902C3"),
            nationality: text("UTO"),
            birth: text("740812"),
            sex: 'F',
            expiry: text("320415"),
            optional: text("ZE184226B"),
        }
    }
}

/// `text`, cut or filled up to `length`.
fn filled(text: &str, length: usize) -> String {
    let fillers = std::iter::repeat('<');
    text.chars().chain(fillers).take(length).collect()
}

/// `text` and its check digit.
fn checked(text: &str) -> String {
    format!("{text}{}", char::from(check_digit(text.as_bytes())))
}

impl Specimen {
    /// The lines of the machine readable zone, joined.
    pub fn mrz(&self, form: Form) -> String {
        match form {
            Form::Td1 => self.td1(),
            Form::Td2 => self.td2(),
            Form::Td3 => self.td3(),
        }
    }

    fn name(&self, length: usize) -> String {
        let separator = if self.given_names.is_empty() { "" } else { "<<" };
        filled(&format!("{}{separator}{}", self.family_name, self.given_names), length)
    }

    /// Document number with its check digit, and optional data: a number longer than nine
    /// characters goes on there (9303-5 §4.2.2.2).
    fn number_and_optional(&self, length: usize) -> (String, String) {
        if self.number.len() <= 9 {
            return (checked(&filled(&self.number, 9)), filled(&self.optional, length));
        }
        let (first, rest) = self.number.split_at(9);
        let digit = char::from(check_digit(self.number.as_bytes()));
        (format!("{first}<"), filled(&format!("{rest}{digit}<{}", self.optional), length))
    }

    fn td1(&self) -> String {
        let (number, optional) = self.number_and_optional(15);
        let first =
            format!("{}{}{number}{optional}", filled(&self.code, 2), filled(&self.issuer, 3));
        let (birth, expiry) = (checked(&self.birth), checked(&self.expiry));
        let second = format!(
            "{birth}{}{expiry}{}{}",
            self.sex,
            filled(&self.nationality, 3),
            filled("", 11)
        );
        let whole = format!("{}{birth}{expiry}{}", &first[5..], &second[18..]);
        let digit = char::from(check_digit(whole.as_bytes()));
        format!("{first}{second}{digit}{}", self.name(30))
    }

    fn td2(&self) -> String {
        let (number, optional) = self.number_and_optional(7);
        self.two_lines((&number, &optional), 31)
    }

    fn td3(&self) -> String {
        let number = checked(&filled(&self.number, 9));
        self.two_lines((&number, &checked(&filled(&self.optional, 14))), 39)
    }

    fn two_lines(&self, (number, optional): (&str, &str), name: usize) -> String {
        let first =
            format!("{}{}{}", filled(&self.code, 2), filled(&self.issuer, 3), self.name(name));
        let (birth, expiry) = (checked(&self.birth), checked(&self.expiry));
        let digit = check_digit(format!("{number}{birth}{expiry}{optional}").as_bytes());
        let nationality = filled(&self.nationality, 3);
        let sex = self.sex;
        format!("{first}{number}{nationality}{birth}{sex}{expiry}{optional}{}", char::from(digit))
    }
}

/// EF.DG1 with that machine readable zone.
pub fn dg1(mrz: &str) -> Vec<u8> {
    element(0x61, &[&long_element(&[0x5f, 0x1f], &[mrz.as_bytes()])])
}

/// EF.DG2 with one face of ISO/IEC 19794-5 that holds `image` (JPEG, or JPEG 2000 if it begins so).
pub fn dg2(image: &[u8]) -> Vec<u8> {
    let kind = u8::from(!image.starts_with(&[0xff, 0xd8]));
    let block_length = 20 + 12 + image.len();
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes();
    let mut record = b"FAC\x00010\x00".to_vec();
    record.extend(length(14 + block_length));
    record.extend(1u16.to_be_bytes());
    record.extend(length(block_length));
    // Facial information: no feature points, everything else unspecified.
    record.extend([0; 16]);
    // Image information: full frontal, the type, 413 × 531 pixels, sRGB, a live camera.
    record.extend([1, kind, 0x01, 0x9d, 0x02, 0x13, 1, 2, 0, 0, 0, 0]);
    record.extend_from_slice(image);
    let header = element(
        0xa1,
        &[
            &element(0x80, &[&[1, 1]]),
            &element(0x81, &[&[2]]),
            &element(0x87, &[&[1, 1]]),
            &element(0x88, &[&[0, 8]]),
        ],
    );
    let template =
        long_element(&[0x7f, 0x60], &[&header, &long_element(&[0x5f, 0x2e], &[&record])]);
    element(0x75, &[&long_element(&[0x7f, 0x61], &[&[2, 1, 1], &template])])
}

/// What may differ in EF.SOD from document to document.
#[derive(Debug, Clone, Copy)]
pub struct SodForm {
    /// The digest of the data groups' hashes.
    pub digest: Digest,
    /// Version of the LDS security object: 0, or 1 with the versions of LDS and Unicode.
    pub version: u8,
    /// Whether the signer is named by its key's id, not by issuer and serial number.
    pub by_key_id: bool,
    /// When it says it was signed, in seconds since 1970.
    pub signing_time: Option<i64>,
    /// Whether the signer's certificate comes along.
    pub with_certificate: bool,
}

impl Default for SodForm {
    fn default() -> Self {
        Self {
            digest: Digest::Sha256,
            version: 0,
            by_key_id: false,
            signing_time: None,
            with_certificate: true,
        }
    }
}

impl Signer {
    /// EF.SOD over those data groups.
    pub fn sign(&self, groups: &[(u8, &[u8])], form: SodForm) -> Result<Vec<u8>, ErrorStack> {
        let mut hashes = Vec::new();
        for (number, bytes) in groups {
            let value = hash(form.digest, &[bytes])?;
            hashes.push(sequence(&[&[2, 1, *number], &octets(&value)]));
        }
        let hashes: Vec<&[u8]> = hashes.iter().map(Vec::as_slice).collect();
        let versions = sequence(&[&element(0x13, &[b"0107"]), &element(0x13, &[b"040000"])]);
        let versions: &[u8] = if form.version == 0 { &[] } else { &versions };
        let object = sequence(&[
            &[2, 1, form.version],
            &digest_identifier(form.digest),
            &sequence(&hashes),
            versions,
        ]);
        Ok(element(0x77, &[&self.sign_content("2.23.136.1.1.1", &object, form)?]))
    }

    /// CMS `SignedData` over content of that type.
    pub fn sign_content(
        &self,
        content_type: &str,
        content: &[u8],
        form: SodForm,
    ) -> Result<Vec<u8>, ErrorStack> {
        let digest = self.key.algorithm().digest();
        let attribute = |kind, value: &[u8]| sequence(&[&dotted(kind), &set(&[value])]);
        let mut attributes = vec![
            attribute("1.2.840.113549.1.9.3", &dotted(content_type)),
            attribute("1.2.840.113549.1.9.4", &octets(&hash(digest, &[content])?)),
        ];
        attributes.extend(form.signing_time.map(|at| attribute("1.2.840.113549.1.9.5", &time(at))));
        let attributes: Vec<&[u8]> = attributes.iter().map(Vec::as_slice).collect();
        let attributes = set(&attributes);
        let signature = self.key.sign(&attributes)?;
        let mut field = attributes;
        field[0] = 0xa0;
        let (version, id) = if form.by_key_id {
            (3, element(0x80, &[&self.key.id()?]))
        } else {
            (1, sequence(&[&self.issuer, &unsigned(&self.serial)]))
        };
        let signer = sequence(&[
            &[2, 1, version],
            &id,
            &digest_identifier(digest),
            &field,
            &self.key.identifier(),
            &octets(&signature),
        ]);
        let certificates = element(0xa0, &[&self.certificate]);
        let data = sequence(&[
            &[2, 1, 3],
            &set(&[&digest_identifier(digest)]),
            &sequence(&[&dotted(content_type), &element(0xa0, &[&octets(content)])]),
            if form.with_certificate { &certificates } else { &[] },
            &set(&[&signer]),
        ]);
        Ok(sequence(&[&dotted("1.2.840.113549.1.7.2"), &element(0xa0, &[&data])]))
    }
}
