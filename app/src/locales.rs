//! The page's texts: one catalogue a language; a message that is missing in one does not compile.

mod messages;

/// One line a language: its file, and the name of its catalogue. The fallback comes first.
macro_rules! languages {
    ($($file:ident: $catalogue:ident),* $(,)?) => {
        $(mod $file;)*

        /// Every language, the fallback first.
        pub static ALL: [&Catalogue; [$(stringify!($file)),*].len()] =
            [$(&$file::$catalogue),*];
    };
}

languages! {
    en: ENGLISH,
    ar: ARABIC,
    de: GERMAN,
    es: SPANISH,
    fr: FRENCH,
    it: ITALIAN,
    ja: JAPANESE,
    nl: DUTCH,
    pl: POLISH,
    pt: PORTUGUESE,
    uk: UKRAINIAN,
    zh_hans: CHINESE,
}

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

/// The catalogue for a BCP 47 tag: an exact match, else one of the same primary language.
pub fn find(tag: &str) -> Option<&'static Catalogue> {
    let exact = ALL.iter().find(|catalogue| catalogue.tag.eq_ignore_ascii_case(tag));
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let found = exact.or_else(|| ALL.iter().find(|c| primary(c.tag) == primary(tag)));
    found.copied()
}

/// The catalogue for a BCP 47 tag, or English.
pub fn find_or_english(tag: &str) -> &'static Catalogue {
    find(tag).unwrap_or(ALL[0])
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
mod tests;
