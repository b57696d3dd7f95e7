//! The server's side of `browser`: rendering asks for these things, and nothing happens.

use super::{Answer, Link};

/// Replaces this page.
pub(crate) fn replace(_url: &str) {}

/// Goes to the page as it now is, as soon as the server gives one.
pub(crate) fn look() {}

/// Goes to another page.
pub(crate) fn visit(_url: &str) {}

/// Calls `then` once, after `_millis`.
pub(crate) fn after(_millis: i64, _then: impl FnOnce() + 'static) {}

/// Calls `then` every `_millis`.
pub(crate) fn every(_millis: i32, _then: impl FnMut() + 'static) {}

/// Milliseconds since the epoch by the browser's clock.
pub(crate) fn now() -> i64 {
    0
}

/// Milliseconds since the epoch of an RFC 3339 instant.
pub(crate) fn instant(_text: &str) -> i64 {
    0
}

/// The whole number `text` holds; 0 if it is none.
pub(crate) fn whole(text: &str) -> i64 {
    text.parse().unwrap_or_default()
}

/// What stands at these places of a JSON object, as texts; nothing is an empty one.
pub(crate) fn pick(json: &str, places: &[&str]) -> Option<Vec<String>> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    let text = |place: &&str| match value.pointer(&format!("/{}", place.replace('.', "/"))) {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    Some(places.iter().map(text).collect())
}

/// The CLDR plural category of `_count` in a language.
pub(crate) fn category(_lang: &str, _count: i64) -> String {
    String::new()
}

/// Whether nothing should move by itself: asked for, or the user came back to this page.
pub(crate) fn keep_still() -> bool {
    true
}

/// Whether text can be put on the clipboard.
pub(crate) fn can_copy() -> bool {
    false
}

/// Puts text on the clipboard, then calls `_then`.
pub(crate) fn copy(_text: String, _then: impl FnOnce() + 'static) {}

/// Calls `_then` whenever a form is sent.
pub(crate) fn sent(_then: impl Fn() + 'static) {}

/// Calls `_then` whenever somebody stirs.
pub(crate) fn stirred(_own: &'static str, _then: impl Fn() + 'static) {}

/// Sets an attribute of the element with that id.
pub(crate) fn set_attribute(_id: &str, _name: &str, _value: &str) {}

/// Posts a form's fields and hands over how it ended.
pub(crate) fn post(_url: String, _fields: String, _then: impl FnOnce(Answer) + 'static) {}

/// Follows server-sent `session` events; `_connected` hears of every gain and loss.
pub(crate) fn follow(
    _url: &str,
    _message: impl Fn(String) + 'static,
    _connected: impl Fn(Link) + 'static,
) {
}
