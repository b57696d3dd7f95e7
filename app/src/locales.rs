//! The page's texts: one catalogue a language; a message that is missing in one does not compile.

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod it;
mod ja;
mod messages;
mod nl;
mod pl;
mod plural;
mod pt;
mod uk;
mod zh_hans;

pub(crate) use messages::{
    Claims, Common, Confirm, Consent, FailureText, Forms, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled,
};

/// A language's catalogue from its tag, its own name, its direction, its plural rule, and the texts
/// its file holds under these names.
macro_rules! catalogue {
    ($tag:literal, $name:literal, $dir:literal, $plural:expr) => {
        Catalogue {
            tag: $tag,
            name: $name,
            dir: $dir,
            plural: $plural,
            messages: Messages {
                common: COMMON,
                claims: Claims { name: claim, hint, age_over },
                consent: CONSENT,
                handoff: HANDOFF,
                progress: PROGRESS,
                outcome: OUTCOME,
                confirm: CONFIRM,
                notices: NOTICES,
                sandbox: SANDBOX,
                problems: PROBLEMS,
                failure,
            },
        }
    };
}
use catalogue;

/// Every language, the fallback first.
pub static ALL: [&Catalogue; 12] = [
    &en::CATALOGUE,
    &ar::CATALOGUE,
    &de::CATALOGUE,
    &es::CATALOGUE,
    &fr::CATALOGUE,
    &it::CATALOGUE,
    &ja::CATALOGUE,
    &nl::CATALOGUE,
    &pl::CATALOGUE,
    &pt::CATALOGUE,
    &uk::CATALOGUE,
    &zh_hans::CATALOGUE,
];

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
