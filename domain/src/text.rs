//! What is refused in any text a person will read: control and bidirectional override characters.

/// Whether `c` could hide, reorder or break the text around it: Unicode category Cc, the
/// bidirectional embeddings, overrides and isolates, and the line and paragraph separators.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Leading and trailing white space removed, each inner run of it made one space.
pub fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_isolates_and_controls_are_unsafe() {
        for c in ['\0', '\n', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{2028}'] {
            assert!(is_unsafe(c), "{c:?}");
        }
        for c in ['a', ' ', 'é', 'ع', '年', '\u{200d}', '\u{200e}', '\u{200f}'] {
            assert!(!is_unsafe(c), "{c:?}");
        }
    }

    #[test]
    fn white_space_collapses() {
        assert_eq!(collapse("  a \t b\u{3000}c  "), "a b c");
    }
}
