//! Textual encodings of certificates and lists (RFC 7468), several in a file, with any text around
//! them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A block's label, and its content if that is base64.
pub(super) type Block<'a> = (&'a [u8], Option<Vec<u8>>);

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// Whether a line begins a block.
pub(super) fn is_pem(text: &[u8]) -> bool {
    lines(text).any(|line| label(line, BEGIN).is_some())
}

/// Each block in order. One that never ends has no content.
pub(super) fn blocks(text: &[u8]) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(&[u8], Vec<u8>)> = None;
    for line in lines(text) {
        if let Some(begun) = label(line, BEGIN) {
            if let Some((unfinished, _)) = open.replace((begun, Vec::new())) {
                blocks.push((unfinished, None));
            }
        } else if let Some(ended) = label(line, END) {
            if let Some((begun, base64)) = open.take() {
                let content = (begun == ended).then(|| STANDARD.decode(&base64).ok()).flatten();
                blocks.push((begun, content));
            }
        } else if let Some((_, base64)) = &mut open {
            base64.extend(line.iter().filter(|byte| !byte.is_ascii_whitespace()));
        }
    }
    blocks.extend(open.map(|(unfinished, _)| (unfinished, None)));
    blocks
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii)
}

fn label<'a>(line: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    line.strip_prefix(mark)?.strip_suffix(DASHES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_in_any_text() {
        let text = b"Issued to nobody\r\n-----BEGIN CERTIFICATE-----\r\nAQID\r\nBA==\r\n\
            -----END CERTIFICATE-----\nand\n -----BEGIN X509 CRL-----\nBQ==\n-----END X509 CRL-----";
        assert!(is_pem(text));
        let found = blocks(text);
        assert_eq!(found[0], (&b"CERTIFICATE"[..], Some(vec![1, 2, 3, 4])));
        assert_eq!(found[1], (&b"X509 CRL"[..], Some(vec![5])));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_block_that_is_broken_has_no_content() {
        for text in [
            "-----BEGIN A-----\nAQ==\n",
            "-----BEGIN A-----\nAQ==\n-----END B-----",
            "-----BEGIN A-----\nA?==\n-----END A-----",
            "-----BEGIN A-----\nAQ\n-----END A-----",
        ] {
            assert_eq!(blocks(text.as_bytes()), [(&b"A"[..], None)], "{text}");
        }
        let nested = blocks(b"-----BEGIN A-----\n-----BEGIN B-----\nAQ==\n-----END B-----");
        assert_eq!(nested, [(&b"A"[..], None), (&b"B"[..], Some(vec![1]))]);
        assert!(!is_pem(b"-----END A-----"));
    }
}
