//! Which language a page is in: the user's own choice, else the session's, else what the browser
//! asks for, else English (`spec.md` §8).

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use kayle_app::locales::{self, Language};

use super::cookies;

/// What a request says of languages.
#[derive(Debug, Clone, Copy, Default)]
pub struct LanguagePreference {
    chosen: Option<&'static Language>,
    accepted: Option<&'static Language>,
}

impl LanguagePreference {
    /// Reads the switcher's cookie and `Accept-Language`.
    pub fn of(headers: &HeaderMap) -> Self {
        let chosen = cookies::values(headers, cookies::LANGUAGE);
        let chosen = chosen.iter().find_map(|tag| locales::find(tag));
        Self { chosen, accepted: accepted(headers) }
    }

    /// The language of a page about a session that begins in `locale`.
    pub fn pick(self, locale: Option<&str>) -> &'static Language {
        let wanted = self.chosen.or_else(|| locale.and_then(locales::find)).or(self.accepted);
        wanted.unwrap_or_else(|| locales::find_or_english(""))
    }
}

/// The best weighted range that we have; of equal ones the first (RFC 9110 §12.5.4).
fn accepted(headers: &HeaderMap) -> Option<&'static Language> {
    let lines = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|line| line.to_str().ok());
    let ranges: Vec<&str> = lines.flat_map(|line| line.split(',')).filter(is_weighted).collect();
    let weighted = accept_language::parse_with_quality(&ranges.join(","));
    let valid = weighted.iter().filter(|(_, weight)| (0.001..=1.0).contains(weight));
    let mut found = valid.filter_map(|(range, _)| match range.as_str() {
        "*" => Some(locales::find_or_english("")),
        tag => locales::find(tag),
    });
    found.next()
}

/// Whether a range's weight is a number, if it has one. The library would also take `nan`, which no sort
/// can place.
fn is_weighted(range: &&str) -> bool {
    let weight = range.split_once(';').map_or("", |(_, weight)| weight.trim());
    weight.chars().all(|c| c.is_ascii_digit() || "q=. ".contains(c))
}

#[cfg(test)]
mod tests {
    use axum::http::header::COOKIE;

    use super::*;

    fn preference(accept: &str, cookie: &str) -> LanguagePreference {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, accept.parse().expect("a header value"));
        headers.insert(COOKIE, cookie.parse().expect("a header value"));
        LanguagePreference::of(&headers)
    }

    #[test]
    fn the_heaviest_known_language_is_taken() {
        let many = format!("{}uk;q=0.1", "tlh;q=nan, ar;q=NaN, ".repeat(40));
        for (accept, tag) in [
            ("", "en"),
            ("fr", "fr"),
            ("fr-CA, en;q=0.8", "fr"),
            ("en;q=0.5, de;q=0.9, fr;q=0.7", "de"),
            ("tlh, nl;q=0.2", "nl"),
            ("de;q=0, pl", "pl"),
            ("de;q=0", "en"),
            ("pt-BR;q=0.8, es;q=0.8", "pt"),
            ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
            ("*, fr;q=0.5", "en"),
            ("tlh, *;q=0.5, uk;q=0.7", "uk"),
            ("ja;q=2, ar;q=nonsense, it;q=0.1", "it"),
            (";q=1, ,,, es ; q=0.3", "es"),
            (&many, "uk"),
        ] {
            assert_eq!(preference(accept, "").pick(None).tag, tag, "{accept:?}");
        }
    }

    #[test]
    fn a_choice_stands_before_the_session_and_that_before_the_browser() {
        let pick = |accept, cookie, locale| preference(accept, cookie).pick(locale).tag;
        assert_eq!(pick("fr", "a=b; kayle_language=de; c=d", Some("ja")), "de");
        assert_eq!(pick("fr", "", Some("ja-JP")), "ja");
        assert_eq!(pick("fr", "", Some("tlh")), "fr");
        assert_eq!(pick("fr", "kayle_language=tlh; xkayle_language=de", None), "fr");
        assert_eq!(pick("fr", "kayle_language=tlh; kayle_language=uk", None), "uk");
        assert_eq!(LanguagePreference::default().pick(None).tag, "en");
    }
}
