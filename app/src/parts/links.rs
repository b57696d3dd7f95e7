//! Links that lead away, and forms of one button.

use leptos::prelude::*;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Scene;

/// What could end an address in a `mailto:` link (RFC 6068 §2): all but unreserved and `@`.
const OUTSIDE: AsciiSet =
    NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@').remove(b'+');

/// `url` if a browser may follow it: nothing but the web, whatever the database holds.
pub(crate) fn address(url: Option<String>) -> Option<String> {
    let begins = |url: &str, scheme: &str| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    url.filter(|url| begins(url, "https://") || begins(url, "http://"))
}

/// A link to somebody else's page, in a tab of its own.
pub(crate) fn link_out<V: IntoView + 'static>(
    scene: &Scene,
    url: String,
    text: V,
) -> impl IntoView + use<V> {
    view! {
        <a href=url target="_blank" rel="noopener noreferrer">
            {text}
            <span class="unseen">" " {scene.texts().common.new_tab}</span>
        </a>
    }
}

/// A link that writes to somebody.
pub(crate) fn mail(address: String) -> impl IntoView {
    let to = format!("mailto:{}", utf8_percent_encode(&address, &OUTSIDE));
    view! {
        <a href=to dir="ltr">
            {address}
        </a>
    }
}

/// A form that only its button fills in.
pub(crate) fn button_form(
    action: String,
    class: &'static str,
    text: &'static str,
) -> impl IntoView {
    view! {
        <form method="post" action=action>
            <button type="submit" class=class>
                {text}
            </button>
        </form>
    }
}
