//! Which language a page is in: the user's own choice, else the session's, else what the browser
//! asks for, else English (`spec.md` §8).

use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, HeaderValue};
use kayle_app::locales::{self, Catalogue};

use super::extract::cookies;
use super::negotiate::{values, weighted};

/// The cookie that keeps the user's choice.
const NAME: &str = "kayle_language";
/// How long it is kept, in seconds: a year.
const AGE: u32 = 365 * 24 * 3600;

/// What a request says of languages.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes {
    chosen: Option<&'static Catalogue>,
    accepted: Option<&'static Catalogue>,
}

impl Wishes {
    /// Reads the switcher's cookie and `Accept-Language`.
    pub fn of(headers: &HeaderMap) -> Self {
        Self { chosen: chosen(headers), accepted: accepted(headers) }
    }

    /// The language of a page about a session that begins in `locale`.
    pub fn pick(self, locale: Option<&str>) -> &'static Catalogue {
        let wanted = self.chosen.or_else(|| locale.and_then(locales::find)).or(self.accepted);
        wanted.unwrap_or(locales::ALL[0])
    }
}

/// The cookie that keeps a choice; `None` if there is no such language.
pub fn cookie(tag: &str, secure: bool) -> Option<HeaderValue> {
    let known = locales::ALL.iter().find(|catalogue| catalogue.tag == tag)?;
    let secure = if secure { "; Secure" } else { "" };
    let text =
        format!("{NAME}={}; Path=/; Max-Age={AGE}; HttpOnly; SameSite=Lax{secure}", known.tag);
    HeaderValue::from_str(&text).ok()
}

fn chosen(headers: &HeaderMap) -> Option<&'static Catalogue> {
    cookies(headers).filter(|(name, _)| *name == NAME).find_map(|(_, tag)| locales::find(tag))
}

/// The best weighted range that we have; of equal ones the first (RFC 9110 §12.5.4).
fn accepted(headers: &HeaderMap) -> Option<&'static Catalogue> {
    let mut best: Option<(f32, &Catalogue)> = None;
    for (range, weight) in values(headers, &ACCEPT_LANGUAGE).map(weighted) {
        if !(0.001..=1.0).contains(&weight) {
            continue;
        }
        let found = if range == "*" { Some(locales::ALL[0]) } else { locales::find(range) };
        let Some(found) = found else { continue };
        if best.is_none_or(|(known, _)| weight > known) {
            best = Some((weight, found));
        }
    }
    best.map(|(_, found)| found)
}

#[cfg(test)]
mod tests {
    use axum::http::header::COOKIE;

    use super::*;

    fn wishes(accept: &str, cookie: &str) -> Wishes {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, accept.parse().expect("a header value"));
        headers.insert(COOKIE, cookie.parse().expect("a header value"));
        Wishes::of(&headers)
    }

    #[test]
    fn the_heaviest_known_language_is_taken() {
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
        ] {
            assert_eq!(wishes(accept, "").pick(None).tag, tag, "{accept:?}");
        }
    }

    #[test]
    fn a_choice_stands_before_the_session_and_that_before_the_browser() {
        assert_eq!(wishes("fr", "a=b; kayle_language=de; c=d").pick(Some("ja")).tag, "de");
        assert_eq!(wishes("fr", "").pick(Some("ja-JP")).tag, "ja");
        assert_eq!(wishes("fr", "").pick(Some("tlh")).tag, "fr");
        assert_eq!(wishes("fr", "kayle_language=tlh; xkayle_language=de").pick(None).tag, "fr");
        assert_eq!(Wishes::default().pick(None).tag, "en");
    }

    #[test]
    fn only_a_language_we_have_is_kept() {
        let text = cookie("ar", true).expect("a cookie");
        let wanted = "kayle_language=ar; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure";
        assert_eq!(text, wanted);
        for tag in ["", "AR", "tlh", "ar; Domain=evil.example"] {
            assert_eq!(cookie(tag, false), None, "{tag}");
        }
    }
}
