//! What every language has to hold, beside what `build.rs` checks.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

#[test]
fn a_region_falls_back_to_its_language_and_an_unknown_language_to_english() {
    for (tag, found) in [
        ("en", "en"),
        ("EN-gb", "en"),
        ("pt-BR", "pt"),
        ("zh-Hans", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("uk_UA", "uk"),
        ("ar-EG", "ar"),
    ] {
        assert_eq!(find(tag).map(|language| language.tag), Some(found), "{tag}");
    }
    assert!(find("tlh").is_none() && find("").is_none());
    assert_eq!(find_or_english("tlh").tag, "en");
}

#[test]
fn a_foreign_name_is_isolated_and_a_plain_one_is_not() {
    let english = find_or_english("en");
    assert_eq!(english.isolate("Acme"), "Acme");
    assert_eq!(english.isolate("עברית"), "\u{2068}עברית\u{2069}");
    assert_eq!(find_or_english("ar").isolate("Acme"), "\u{2068}Acme\u{2069}");
}

/// The counts of `locales/plurals.json`, which a browser is asked about as well.
fn counts() -> impl Iterator<Item = u64> {
    (0..=120).chain([1_000_000])
}

/// What the rules say of every language: which of the counts fall into which category.
fn plurals() -> BTreeMap<&'static str, BTreeMap<&'static str, Vec<u64>>> {
    let of_language = |language: &'static Language| {
        let mut own: BTreeMap<_, Vec<u64>> = BTreeMap::new();
        for count in counts() {
            own.entry(language.category(count)).or_default().push(count);
        }
        (language.tag, own)
    };
    all().iter().map(of_language).collect()
}

/// The browser suite holds the committed table against `Intl.PluralRules`.
#[test]
fn plural_categories_are_those_of_the_table_browsers_are_asked_about() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/locales/plurals.json");
    let current = serde_json::to_string(&plurals()).expect("a table").replace("},", "},\n");
    if std::fs::read_to_string(path).expect("the committed table") != current {
        if std::env::var_os("KAYLE_WRITE_PLURALS").is_some() {
            std::fs::write(path, &current).expect("the table is written");
        }
        panic!(
            "app/locales/plurals.json is out of date: run the tests once with KAYLE_WRITE_PLURALS=1"
        );
    }
}

#[test]
fn every_count_has_its_form_and_shows_its_number() {
    for language in all() {
        for (name, forms) in COUNTED.iter().zip(&language.counted) {
            let named: Vec<_> = forms.lines().filter_map(|line| line.split_once(' ')).collect();
            assert_eq!(named.last().map(|(name, _)| *name), Some("other"), "{}", language.tag);
            for count in counts() {
                let category = language.category(count);
                let form = named.iter().find(|(name, _)| *name == category);
                let (_, text) = form.unwrap_or_else(|| panic!("{} {name}: {count}", language.tag));
                // Some languages say none, one and two without a number.
                let bare = matches!(category, "zero" | "one" | "two");
                assert!(text.contains("{n}") || bare, "{}: {text}", language.tag);
            }
        }
    }
}

#[test]
fn nothing_is_left_in_english_or_to_be_done() {
    let english = find_or_english("en");
    for language in all() {
        for ((name, own), theirs) in FIXED.iter().zip(&language.fixed).zip(&english.fixed) {
            assert!(!own.trim().is_empty() && !own.contains("TODO"), "{} {name}", language.tag);
            // What is long cannot be the same by chance.
            let copied = own == theirs && own.chars().count() > 20 && language.tag != "en";
            assert!(!copied, "{} {name}: {own}", language.tag);
        }
    }
}

/// The browser suite holds directions against what browsers say of the languages.
#[test]
fn names_and_directions_are_each_languages_own() {
    assert_eq!(all()[0].tag, "en");
    let names: BTreeSet<_> = all().iter().map(Language::language_name).collect();
    assert_eq!(names.len(), all().len());
    for language in all() {
        assert!(["ltr", "rtl"].contains(&language.language_direction()), "{}", language.tag);
    }
}
