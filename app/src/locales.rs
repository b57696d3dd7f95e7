//! The page's texts: one catalogue a language; a message that is missing in one does not compile.

mod en;
mod messages;

pub(crate) use messages::{
    Claims, Common, Confirm, Consent, FailureText, Forms, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Titled,
};

/// A language the page can be read in.
#[derive(Debug)]
pub struct Catalogue {
    /// BCP 47 tag, as the document's `lang` says it.
    pub tag: &'static str,
    /// The language's name in itself.
    pub name: &'static str,
    /// Writing direction, `ltr` or `rtl`, as the document's `dir` says it.
    pub dir: &'static str,
    /// The CLDR plural category of a whole number, such as `one` or `other`.
    pub(crate) plural: fn(u64) -> &'static str,
    /// Every text.
    pub(crate) messages: Messages,
}

/// Every language, the fallback first.
pub static ALL: [&Catalogue; 1] = [&en::ENGLISH];

/// The catalogue for a BCP 47 tag: an exact match, else one of the same primary language.
pub fn find(tag: &str) -> Option<&'static Catalogue> {
    let exact = ALL.iter().find(|catalogue| catalogue.tag.eq_ignore_ascii_case(tag));
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let found = exact.or_else(|| ALL.iter().find(|c| primary(c.tag) == primary(tag)));
    found.copied()
}

/// The catalogue for a BCP 47 tag, or English.
pub fn find_or_english(tag: &str) -> &'static Catalogue {
    find(tag).unwrap_or(&en::ENGLISH)
}

impl Catalogue {
    /// A name from outside inside a sentence of ours, kept from turning it around.
    pub(crate) fn isolate(&self, name: &str) -> String {
        if self.dir == "ltr" && name.is_ascii() {
            name.to_owned()
        } else {
            format!("\u{2068}{name}\u{2069}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_falls_back_to_its_language_and_an_unknown_language_to_english() {
        assert_eq!(find("en").map(|c| c.tag), Some("en"));
        assert_eq!(find("EN-gb").map(|c| c.tag), Some("en"));
        assert!(find("tlh").is_none());
        assert!(find("").is_none());
        assert_eq!(find_or_english("tlh").tag, "en");
    }

    #[test]
    fn a_foreign_name_is_isolated_and_a_plain_one_is_not() {
        let english = find_or_english("en");
        assert_eq!(english.isolate("Acme"), "Acme");
        assert_eq!(english.isolate("עברית"), "\u{2068}עברית\u{2069}");
    }
}
