//! LDIF dumps as the ICAO PKD publishes them (RFC 2849): folded lines, values in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Attributes whose values are certificates, lists or signed lists; which, their content says.
const WANTED: [&str; 6] = [
    "usercertificate;binary",
    "cacertificate;binary",
    "certificaterevocationlist;binary",
    "pkdmasterlistcontent",
    "cscamasterlistdata",
    "pkddscertificate",
];

/// Whether the text looks like a dump: its first line that says something is an attribute's.
pub(super) fn is_dump(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4_096)];
    let head = String::from_utf8_lossy(head);
    let first = head.lines().find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| line.starts_with("version:") || line.starts_with("dn:"))
}

/// The binary values of a dump, in order; `None` for one that is not base64.
pub(super) fn values(bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
    let mut values = Vec::new();
    let mut folded: Option<Vec<u8>> = None;
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // A line that begins with a space goes on where the one before it ended.
        if let Some(rest) = line.strip_prefix(b" ") {
            if let Some(text) = &mut folded {
                text.extend_from_slice(rest);
            }
            continue;
        }
        values.extend(folded.take().map(|text| STANDARD.decode(text).ok()));
        folded = wanted(line).map(<[u8]>::to_vec);
    }
    values.extend(folded.map(|text| STANDARD.decode(text).ok()));
    values
}

/// The base64 of a wanted attribute's first line.
fn wanted(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, rest) = line.split_at(colon);
    let name = std::str::from_utf8(name).ok()?;
    let known = WANTED.iter().any(|wanted| name.eq_ignore_ascii_case(wanted));
    known.then(|| rest.strip_prefix(b"::")).flatten().map(<[u8]>::trim_ascii)
}
