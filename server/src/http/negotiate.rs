//! What a client of `/v1` accepts, and how its body is encoded: checked before any handler runs.

use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_ENCODING};
use axum::http::{HeaderMap, HeaderName};

use crate::error::{Code, Error};

/// Whether a path is that of a session's event stream, the one answer that is not JSON.
fn is_stream(path: &str) -> bool {
    path.starts_with("/v1/verify/session/") && path.ends_with("/events")
}

/// Refuses a client that accepts nothing the route answers (RFC 9110 §12.5.1), and a body that is
/// compressed.
pub fn check(request: &Request) -> Result<(), Error> {
    let kind =
        if is_stream(request.uri().path()) { "text/event-stream" } else { "application/json" };
    if !accepts(request.headers(), kind) {
        let message = format!("Accept does not allow {kind}, which this route answers");
        return Err(Error::new(Code::NotAcceptable, message));
    }
    if values(request.headers(), &CONTENT_ENCODING).any(|value| !is(value, "identity")) {
        let message = "Content-Encoding: a compressed body is not taken";
        return Err(Error::new(Code::UnsupportedMediaType, message));
    }
    Ok(())
}

/// The items of a header that is a list, however many lines it has.
fn values<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let texts = headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default());
    texts.flat_map(|text| text.split(',')).map(str::trim).filter(|item| !item.is_empty())
}

fn is(text: &str, other: &str) -> bool {
    text.trim().eq_ignore_ascii_case(other)
}

/// An item of an `Accept…` header: its range and its weight; nonsense weighs nothing.
fn weighted(item: &str) -> (&str, f32) {
    let mut parts = item.split(';').map(str::trim);
    let range = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q="));
    (range, weight.map_or(1.0, |q| q.trim().parse().unwrap_or(0.0)))
}

/// Whether the most specific range that covers `kind` has a weight above zero; no header accepts
/// everything.
fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    if !headers.contains_key(ACCEPT) {
        return true;
    }
    let family = format!("{}/*", kind.split('/').next().unwrap_or_default());
    let mut best: Option<(usize, bool)> = None;
    let mut any = false;
    for item in values(headers, &ACCEPT) {
        any = true;
        let (range, weight) = weighted(item);
        let ranges = ["*/*", family.as_str(), kind];
        let Some(rank) = ranges.iter().position(|known| is(range, known)) else { continue };
        if best.is_none_or(|(known, _)| rank >= known) {
            best = Some((rank, weight > 0.0));
        }
    }
    best.map_or(!any, |(_, wanted)| wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_range_decides() {
        for (header, expected) in [
            ("", true),
            ("*/*", true),
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("application/*;q=0.1", true),
            ("text/html, */*;q=0.8", true),
            ("text/html", false),
            ("application/xml, text/*", false),
            ("*/*;q=0", false),
            ("application/json;q=0, */*", false),
            ("application/json;q=0.0, application/*", false),
            ("*/*;q=0, application/json", true),
            ("application/json;q=nonsense", false),
        ] {
            let mut headers = HeaderMap::new();
            if !header.is_empty() {
                headers.insert(ACCEPT, header.parse().expect("a header value"));
            }
            assert_eq!(accepts(&headers, "application/json"), expected, "{header}");
        }
    }
}
