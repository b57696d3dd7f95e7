//! Cookies: what browsers send, and what they are told to keep (RFC 6265, `spec.md` §8).

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::time::Duration;
use cookie::{Cookie, CookieBuilder, SameSite};
use kayle_app::locales;
use kayle_domain::{Session, SessionId};

use crate::engine::Engine;
use crate::service::credentials;

/// Keeps the language the user chose.
pub const LANGUAGE: &str = "kayle_language";

/// The name of the cookie that holds a session's page credential. Behind https it can only come from this
/// very host, and from nobody who controls a neighbour of it.
pub fn page_name(engine: &Engine, id: &SessionId) -> String {
    let prefix = if engine.config.is_https() { "__Host-" } else { "" };
    format!("{prefix}kayle_{id}")
}

/// Every value that was sent under `name`: there may be several, and others that nobody can read.
pub fn values(headers: &HeaderMap, name: &str) -> Vec<String> {
    let lines = headers.get_all(COOKIE).iter();
    let of_line = |line: &HeaderValue| {
        // A byte that is not ASCII belongs to somebody else's cookie, and costs nobody theirs.
        let text = String::from_utf8_lossy(line.as_bytes()).into_owned();
        let own = Cookie::split_parse(text).flatten().filter(|cookie| cookie.name() == name);
        own.map(|cookie| cookie.value().to_owned()).collect::<Vec<_>>()
    };
    lines.flat_map(of_line).collect()
}

/// The cookie that holds the page credential: to the end of the withdrawal window.
pub fn page(engine: &Engine, session: &Session) -> HeaderValue {
    let until = session.expires_at.plus(engine.config.withdrawal_window());
    let age = i64::try_from((until - engine.now()).as_secs()).unwrap_or(i64::MAX);
    let name = page_name(engine, &session.id);
    let credential = credentials::page(engine, &session.id);
    written(engine, Cookie::build((name, credential)).max_age(Duration::seconds(age)))
}

/// The cookie that keeps a language for a year; `None` if there is no such language.
pub fn language(engine: &Engine, tag: &str) -> Option<HeaderValue> {
    let known = locales::all().iter().find(|language| language.tag == tag)?;
    Some(written(engine, Cookie::build((LANGUAGE, known.tag)).max_age(Duration::days(365))))
}

/// With what every cookie of ours has: for the server only, and not for other sites' forms.
fn written(engine: &Engine, cookie: CookieBuilder<'_>) -> HeaderValue {
    let cookie = cookie.path("/").http_only(true).same_site(SameSite::Lax);
    let cookie = if engine.config.is_https() { cookie.secure(true) } else { cookie };
    let text = cookie.build().to_string();
    HeaderValue::from_str(&text).expect("ids, credentials and tags are plain ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_a_name_is_found_whatever_stands_beside_it() {
        for (lines, expected) in [
            (&["a=1"][..], &["1"][..]),
            (&["a=1; a=2", "a=3"], &["1", "2", "3"]),
            (&["b=\u{e9}; a=1; c=\u{0}"], &["1"]),
            (&["noise; ;;=;a=1"], &["1"]),
            (&["ba=1; a b=2"], &[]),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                if let Ok(value) =
                    HeaderValue::from_bytes(line.replace('\u{0}', "\u{1f600}").as_bytes())
                {
                    headers.append(COOKIE, value);
                }
            }
            assert_eq!(values(&headers, "a"), expected, "{lines:?}");
        }
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_bytes(b"x=\xff\xfe; a=1").expect("a value"));
        assert_eq!(values(&headers, "a"), ["1"]);
    }
}
