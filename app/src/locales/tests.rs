//! What every catalogue has to hold.

use kayle_domain::FailureCode;

use super::*;
use crate::page::{Notice, Question};

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
        assert_eq!(find(tag).map(|c| c.tag), Some(found), "{tag}");
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

/// What the Unicode plural rules (CLDR) say of some whole numbers.
#[test]
fn plurals_follow_the_rules_of_each_language() {
    for (tag, cases) in [
        ("en", &[(0, "other"), (1, "one"), (2, "other")][..]),
        ("de", &[(0, "other"), (1, "one"), (2, "other")]),
        ("nl", &[(0, "other"), (1, "one"), (21, "other")]),
        ("fr", &[(0, "one"), (1, "one"), (2, "other"), (1_000_000, "many")]),
        ("es", &[(0, "other"), (1, "one"), (2, "other"), (1_000_000, "many")]),
        ("it", &[(0, "other"), (1, "one"), (2, "other"), (1_000_000, "many")]),
        ("pt", &[(0, "one"), (1, "one"), (2, "other"), (1_000_000, "many")]),
        ("pl", &[(1, "one"), (2, "few"), (5, "many"), (12, "many"), (22, "few"), (21, "many")]),
        ("uk", &[(1, "one"), (21, "one"), (11, "many"), (3, "few"), (13, "many"), (5, "many")]),
        ("ar", &[(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (11, "many"), (100, "other")]),
        ("ja", &[(1, "other"), (2, "other")]),
        ("zh-Hans", &[(1, "other"), (2, "other")]),
    ] {
        let plural = find(tag).expect("a catalogue").plural;
        for (count, category) in cases {
            assert_eq!(plural(*count), *category, "{tag}: {count}");
        }
    }
}

#[test]
fn every_count_has_its_form_and_shows_its_number() {
    for catalogue in ALL {
        let common = &catalogue.messages.common;
        for forms in [common.minutes_left, common.hours_left, catalogue.messages.outcome.countdown]
        {
            assert_eq!(forms.last().map(|(name, _)| *name), Some("other"), "{}", catalogue.tag);
            for count in 0..=200 {
                let category = (catalogue.plural)(count);
                let form = forms.iter().find(|(name, _)| *name == category);
                let (_, text) = form.unwrap_or_else(|| panic!("{}: {count}", catalogue.tag));
                // Arabic says one and two without a number.
                let bare = matches!(category, "zero" | "one" | "two") && catalogue.tag == "ar";
                assert!(text.contains("{n}") || bare, "{}: {text}", catalogue.tag);
            }
        }
    }
}

/// Every text of a catalogue, with a name filled in where one belongs.
fn texts(catalogue: &Catalogue) -> Vec<String> {
    const ORG: &str = "Exemplum";
    let messages = &catalogue.messages;
    let debug = format!("{messages:?}");
    // The constants, as the derived form quotes them.
    let plain = debug.replace("\\\"", "'");
    let mut all: Vec<_> = plain.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    for with in [
        messages.common.help,
        messages.consent.heading,
        messages.consent.about,
        messages.consent.required,
        messages.consent.optional_lead,
        messages.consent.says,
        messages.consent.not_shared,
        messages.consent.not_shared_text,
        messages.consent.fallback,
        messages.consent.support,
        messages.consent.nobody,
        messages.outcome.succeeded_org,
        messages.outcome.failed_again,
        messages.outcome.expired_again,
        messages.outcome.go_on,
        messages.outcome.withdraw_text,
    ] {
        let text = with(ORG);
        assert!(text.contains(ORG), "{}: {text} names nobody", catalogue.tag);
        all.push(text);
    }
    let (heading, text) = (messages.outcome.cancelled_by_org)(ORG);
    assert!(heading.contains(ORG), "{}: {heading}", catalogue.tag);
    all.extend([heading, text]);
    for question in [Question::Cancel, Question::Withdraw, Question::Release] {
        let asked = (messages.confirm.question)(question);
        all.extend([asked.heading.to_owned(), (asked.text)(ORG), asked.yes.to_owned()]);
    }
    for code in FailureCode::ALL.iter().copied() {
        let FailureText { what, next, end } = (messages.failure)(code);
        all.extend([what, next, end].map(str::to_owned));
    }
    for notice in ["biometric_required", "released", "trouble"] {
        let notice = Notice::parse(notice).expect("a notice");
        all.push((messages.notices.text)(notice).to_owned());
    }
    let age = (messages.claims.age_over)(18);
    assert!(age.contains("18"), "{}: {age}", catalogue.tag);
    all.push(age);
    all
}

#[test]
fn nothing_is_empty_or_left_in_english() {
    let english = texts(find_or_english("en"));
    for catalogue in ALL {
        let own = texts(catalogue);
        assert_eq!(own.iter().filter(|text| text.trim().is_empty()).count(), blanks(catalogue));
        assert!(!own.iter().any(|text| text.contains("TODO")), "{}", catalogue.tag);
        if catalogue.tag != "en" {
            // What is long cannot be the same by chance.
            let same: Vec<_> = own
                .iter()
                .filter(|text| text.chars().count() > 20 && english.contains(text))
                .collect();
            assert!(same.is_empty(), "{}: {same:?}", catalogue.tag);
        }
    }
}

/// Languages in which nothing stands after the host.
fn blanks(catalogue: &Catalogue) -> usize {
    let [before, after] = catalogue.messages.consent.afterwards_text;
    usize::from(before.is_empty()) + usize::from(after.is_empty())
}

#[test]
fn tags_names_and_directions_are_each_languages_own() {
    let mut tags: Vec<_> = ALL.iter().map(|catalogue| catalogue.tag).collect();
    let mut names: Vec<_> = ALL.iter().map(|catalogue| catalogue.name).collect();
    assert_eq!(tags[0], "en");
    for list in [&mut tags, &mut names] {
        list.sort_unstable();
        list.dedup();
        assert_eq!(list.len(), ALL.len());
    }
    for catalogue in ALL {
        assert_eq!(catalogue.dir, if catalogue.tag == "ar" { "rtl" } else { "ltr" });
    }
}
