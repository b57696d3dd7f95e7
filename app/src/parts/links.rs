//! Links that lead away.

use leptos::prelude::*;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::use_language;

/// What could end an address in a `mailto:` link (RFC 6068 §2): all but unreserved and `@`.
const OUTSIDE: AsciiSet =
    NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@').remove(b'+');

/// `url` if a browser may follow it: nothing but the web, whatever the database holds.
pub(crate) fn web_address(url: Option<String>) -> Option<String> {
    let begins = |url: &str, scheme: &str| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    url.filter(|url| begins(url, "https://") || begins(url, "http://"))
}

/// A link to somebody else's page, in a tab of its own.
#[component]
pub(crate) fn LinkOut(url: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <a href=url target="_blank" rel="noopener noreferrer">
            {text}
            <span class="unseen">" " {use_language().new_tab()}</span>
        </a>
    }
}

/// A link that writes to somebody.
#[component]
pub(crate) fn MailLink(address: String) -> impl IntoView {
    let to = format!("mailto:{}", utf8_percent_encode(&address, &OUTSIDE));
    view! {
        <a href=to dir="ltr">
            {address}
        </a>
    }
}
