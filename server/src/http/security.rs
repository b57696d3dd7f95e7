//! Headers that protect whoever receives an answer (`spec.md` §8).

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use tower_http::set_header::SetResponseHeaderLayer;

/// A layer that sets one header where an answer lacks it.
type Default = SetResponseHeaderLayer<HeaderValue>;

/// On every answer: nothing is cached or sniffed unless its route says so.
pub fn common() -> (Default, Default, Default, Default) {
    let default =
        |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    (
        default(X_CONTENT_TYPE_OPTIONS, "nosniff"),
        default(CACHE_CONTROL, "no-store"),
        default(REFERRER_POLICY, "same-origin"),
        default(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    )
}

/// On every page: only our own files, and the one script that carries `nonce`.
pub fn page(headers: &mut HeaderMap, nonce: &str, https: bool) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    let mut set = |name: &'static str, value| {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    };
    set("cross-origin-opener-policy", "same-origin");
    set("permissions-policy", "camera=(), microphone=(), geolocation=()");
    set("x-frame-options", "DENY");
    if https {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(STRICT_TRANSPORT_SECURITY, year);
    }
}
