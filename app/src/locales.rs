//! The page's texts: every language there is a file for in `locales/`, in Project Fluent's format, which
//! translators' tools read. Rendered on the server only: islands get what they say as props.
//!
//! `build.rs` makes a function of every message, and refuses a language that lacks one.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Expression, Pattern, PatternElement, VariantKey};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// What `build.rs` relies on as well.
const NAMED: &str = "files are named after the tags of languages";

/// Every language, English first: it is shown where no other one fits.
static ALL: LazyLock<Vec<Language>> =
    LazyLock::new(|| FILES.into_iter().map(|(tag, file)| Language::read(tag, file)).collect());

/// A language the page can be read in.
pub struct Language {
    /// BCP 47 tag, as the document's `lang` says it.
    pub tag: &'static str,
    bundle: FluentBundle<FluentResource>,
    locale: Locale,
    /// Texts nothing is filled into, in the order of `FIXED`.
    fixed: Vec<String>,
    /// Plural forms as [`crate::plural::choose`] reads them, in the order of `COUNTED`.
    counted: Vec<String>,
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Language").field(&self.tag).finish()
    }
}

/// Every language, English first.
pub fn all() -> &'static [Language] {
    &ALL
}

/// The language of a BCP 47 tag: an exact match, else one of the same primary language.
pub fn find(tag: &str) -> Option<&'static Language> {
    let exact = ALL.iter().find(|language| language.tag.eq_ignore_ascii_case(tag));
    let same = |language: &&Language| primary(language.tag).eq_ignore_ascii_case(primary(tag));
    exact.or_else(|| ALL.iter().find(same))
}

/// The language itself, without script and region: `zh` of `zh-Hans`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// The language of a BCP 47 tag, or English.
pub fn find_or_english(tag: &str) -> &'static Language {
    find(tag).unwrap_or(&ALL[0])
}

impl Language {
    /// Reads a file that `build.rs` has checked.
    fn read(tag: &'static str, file: &'static str) -> Self {
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(read, _)| read);
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().expect(NAMED)]);
        // Names are isolated where they need it (`isolate`), and nothing else is filled in.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        let locale = tag.parse().expect(NAMED);
        let mut language = Self { tag, bundle, locale, fixed: Vec::new(), counted: Vec::new() };
        language.fixed = FIXED.iter().map(|name| language.filled(name, &[])).collect();
        language.counted = COUNTED.iter().map(|name| language.forms(name)).collect();
        language
    }

    /// The CLDR plural category of a whole number, such as `one` or `other`. CLDR's present rules: those
    /// inside `fluent-bundle` are of 2019.
    pub(crate) fn category(&self, count: u64) -> &'static str {
        let rules = PluralRules::try_new_cardinal(self.locale.clone().into());
        match rules.map_or(PluralCategory::Other, |rules| rules.category_for(count)) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// A name from outside inside a sentence of ours, kept from turning it around.
    pub(crate) fn isolate(&'static self, name: &str) -> String {
        if self.language_direction() == "ltr" && name.is_ascii() {
            name.to_owned()
        } else {
            format!("\u{2068}{name}\u{2069}")
        }
    }

    /// The text `id` or `id.attribute`, with its arguments filled in.
    fn filled(&self, name: &str, arguments: &[(&str, &str)]) -> String {
        let pattern = self.pattern(name);
        let arguments: FluentArgs = arguments.iter().copied().collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        debug_assert!(errors.is_empty(), "{} {name}: {errors:?}", self.tag);
        text.into_owned()
    }

    fn pattern(&self, name: &str) -> &Pattern<&str> {
        let (id, attribute) = name.split_once('.').unzip();
        let message = self.bundle.get_message(id.unwrap_or(name));
        let message = message.expect("build.rs has seen it in every language");
        match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|found| found.value()),
            None => message.value(),
        }
        .expect("build.rs has seen it in every language")
    }

    /// A line each plural form: its category, a space, and its text with `{n}` where the number goes.
    fn forms(&self, name: &str) -> String {
        let selects = self.pattern(name).elements.iter().find_map(|element| match element {
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                Some(variants)
            }
            _ => None,
        });
        let arguments: FluentArgs = [("n", "{n}")].into_iter().collect();
        let form = |variant: &fluent_syntax::ast::Variant<&str>| {
            let VariantKey::Identifier { name: category } = variant.key else {
                panic!("{} {name}: a form is named by its category", self.tag)
            };
            let mut errors = Vec::new();
            let text = self.bundle.format_pattern(&variant.value, Some(&arguments), &mut errors);
            format!("{category} {text}")
        };
        let forms = selects.expect("build.rs has seen that it selects").iter().map(form);
        forms.collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests;
