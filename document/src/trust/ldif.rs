//! Directory dumps as the ICAO PKD publishes them (RFC 2849).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The attributes of X.509 (RFC 4523 §2) and of the ICAO PKD that are read, in small letters.
const ATTRIBUTES: [&[u8]; 6] = [
    b"cacertificate",
    b"usercertificate",
    b"pkddscertificate",
    b"certificaterevocationlist",
    b"pkdmasterlistcontent",
    b"cscamasterlistdata",
];

/// Whether the first line that says something begins a dump.
pub(super) fn is_ldif(text: &[u8]) -> bool {
    let first = lines(text).find(|line| !matches!(line.first(), None | Some(b'#' | b' ')));
    first.is_some_and(|line| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        line.contains(&b':')
            && (name.eq_ignore_ascii_case(b"version") || name.eq_ignore_ascii_case(b"dn"))
    })
}

/// Each value of an attribute that is read, in order; without content if that is not base64.
pub(super) fn values(text: &[u8]) -> Vec<Option<Vec<u8>>> {
    let mut values = Vec::new();
    let mut open: Option<(bool, Vec<u8>)> = None;
    for line in lines(text) {
        if let Some(more) = line.strip_prefix(b" ") {
            if let Some((_, folded)) = &mut open {
                folded.extend_from_slice(more);
            }
            continue;
        }
        values.extend(open.take().map(decode));
        open = attribute(line);
    }
    values.extend(open.map(decode));
    values
}

/// Each line without its end; a byte order mark is none of the first.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// Whether the attribute that a line begins is in base64, and what it says of the value. A comment
/// begins none, so that what folds from it is dropped.
fn attribute(line: &[u8]) -> Option<(bool, Vec<u8>)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (description, value) = (&line[..colon], &line[colon + 1..]);
    let name = description.split(|byte| *byte == b';').next()?;
    ATTRIBUTES.iter().find(|known| name.eq_ignore_ascii_case(known))?;
    match value.strip_prefix(b":") {
        Some(base64) => Some((true, base64.to_vec())),
        None => Some((false, Vec::new())),
    }
}

fn decode((is_base64, value): (bool, Vec<u8>)) -> Option<Vec<u8>> {
    is_base64.then(|| STANDARD.decode(value.trim_ascii()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_lines_options_and_comments_are_read() {
        let text =
            b"# a comment\n that goes on\nversion: 1\n\ndn: c=DE,dc=data\nobjectClass: top\n\
            userCertificate;binary:: AQ\n ID\n BA==\n# userCertificate:: BQ==\n  BQ==\r\n\
            CACERTIFICATE;binary::BQ==\ncn:: BQ==\npkdMasterListContent:: Bg==";
        assert!(is_ldif(text));
        let expected = [Some(vec![1, 2, 3, 4]), Some(vec![5]), Some(vec![6])];
        assert_eq!(values(text), expected);
    }

    #[test]
    fn a_value_that_is_not_base64_has_no_content() {
        for text in ["userCertificate:: A?", "userCertificate: AQ==", "userCertificate:< file:///x"]
        {
            assert_eq!(values(text.as_bytes()), [None], "{text}");
        }
    }

    #[test]
    fn what_begins_otherwise_is_no_dump() {
        for (text, expected) in [
            ("dn: c=DE", true),
            ("\u{feff}\n#\nVersion: 1", true),
            ("dn", false),
            ("domain: x", false),
            ("", false),
        ] {
            assert_eq!(is_ldif(text.as_bytes()), expected, "{text:?}");
        }
    }
}
