//! PEM (RFC 7468): blocks of base64 between two lines that say what they are.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";

/// Whether the text has a block.
pub(super) fn is_armored(bytes: &[u8]) -> bool {
    bytes.windows(BEGIN.len()).any(|window| window == BEGIN.as_bytes())
}

/// The content of every block, in order, whatever its label; `None` for one that is not base64.
pub(super) fn blocks(bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
    let text = String::from_utf8_lossy(bytes);
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines().map(str::trim) {
        if line.starts_with(BEGIN) {
            blocks.extend(open.replace(String::new()).map(|_| None));
        } else if line.starts_with(END) {
            blocks.extend(open.take().map(|block| STANDARD.decode(block).ok()));
        } else if let Some(block) = &mut open {
            block.push_str(line);
        }
    }
    blocks.extend(open.map(|_| None));
    blocks
}
