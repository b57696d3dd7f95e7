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

/// Ranges that are looked at: browsers send a dozen at the most.
const RANGES: usize = 64;

/// The best weighted range that we have; of equal ones the first (RFC 9110 §12.5.4).
fn accepted(headers: &HeaderMap) -> Option<&'static Language> {
    let lines = headers.get_all(ACCEPT_LANGUAGE).iter();
    // A byte that is not ASCII costs the range it is in, and no other.
    let text = lines.map(|line| String::from_utf8_lossy(line.as_bytes())).collect::<Vec<_>>();
    let ranges = text.iter().flat_map(|line| line.split(',')).take(RANGES).map(normalised);
    let ranges = ranges.filter(|range| is_weighted(range)).collect::<Vec<_>>().join(",");
    let weighted = accept_language::parse_with_quality(&ranges);
    let valid = weighted.iter().filter(|(_, weight)| (0.001..=1.0).contains(weight));
    let mut found = valid.filter_map(|(range, _)| match range.as_str() {
        "*" => Some(locales::find_or_english("")),
        tag => locales::find(tag),
    });
    found.next()
}

/// A range as the library reads it: in small letters, without white space.
fn normalised(range: &str) -> String {
    range.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a range's weight is a number, if it has one. The library would also take `nan`, which no sort
/// can place.
fn is_weighted(range: &str) -> bool {
    let weight = range.split_once(';').map_or("", |(_, weight)| weight);
    weight.chars().all(|c| c.is_ascii_digit() || "q=.".contains(c))
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
            ("de;Q=0.5", "de"),
            ("de\t;\tq=1", "de"),
            ("DE-at ; q = 0.9, fr;q=0.5", "de"),
            (&many, "en"),
            (&many[many.len() / 2..], "uk"),
        ] {
            assert_eq!(preference(accept, "").pick(None).tag, tag, "{accept:?}");
        }
    }

    #[test]
    fn a_byte_nobody_can_read_costs_its_own_range_only() {
        let mut headers = HeaderMap::new();
        let bytes = axum::http::HeaderValue::from_bytes(b"\xff\xfe, fr;q=0.5").expect("a value");
        headers.insert(ACCEPT_LANGUAGE, bytes);
        assert_eq!(LanguagePreference::of(&headers).pick(None).tag, "fr");
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
