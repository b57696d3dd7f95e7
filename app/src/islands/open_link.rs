//! The link a phone opens: copied on a computer, followed on a phone, renewed before it expires.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::browser::{self, Answer};
use crate::view::QrCode;

/// How long before its end a link is renewed, in milliseconds.
const AHEAD: i64 = 60_000;

/// How soon renewal is tried again, in milliseconds, and the soonest it is tried at all.
const AGAIN: i64 = 15_000;

/// How to get a fresh link.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Renewal {
    /// Where to ask.
    pub url: String,
    /// The session's page, for when the server refuses.
    pub page: String,
    /// The server's clock at the render, milliseconds since the epoch.
    pub now: i64,
    /// When the link expires by the server's clock.
    pub expires: i64,
}

/// What stands around the link.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct OpenLinkWords {
    /// Names the link.
    pub label: String,
    /// Copies it.
    pub copy: String,
    /// Said once it is copied.
    pub copied: String,
}

/// The part of a `HandoffView` that is read here.
#[derive(Deserialize)]
struct Fresh {
    link: String,
    qr: QrCode,
    expires_at: String,
}

/// Keeps `link` fresh. The QR code stands outside the island and is changed in place: as a prop it
/// would be sent twice.
fn renew(link: RwSignal<String>, renewal: Renewal, skew: i64) {
    let wait = (renewal.expires - browser::now() - skew - AHEAD).max(AGAIN);
    browser::after(wait, move || {
        let url = renewal.url.clone();
        browser::post(url, move |answer| {
            let mut next = renewal;
            match answer {
                Answer::Refused => return browser::replace(&next.page),
                Answer::Lost => {}
                Answer::Good(text) => {
                    if let Ok(fresh) = serde_json::from_str::<Fresh>(&text) {
                        let size = fresh.qr.size;
                        browser::set_attribute("qr", "viewBox", &format!("0 0 {size} {size}"));
                        browser::set_attribute("qr-path", "d", &fresh.qr.path);
                        link.set(fresh.link);
                        next.expires = browser::instant(&fresh.expires_at);
                    }
                }
            }
            renew(link, next, skew);
        });
    });
}

/// The link in the form that fits the device.
#[island]
pub(crate) fn OpenLink(
    /// What the phone opens.
    link: String,
    /// Whether this is the phone.
    on_phone: bool,
    renewal: Renewal,
    words: OpenLinkWords,
) -> impl IntoView {
    let link = RwSignal::new(link);
    let skew = renewal.now - browser::now();
    renew(link, renewal, skew);
    if on_phone {
        let open = view! {
            <a class="button" href=move || link.get()>
                {words.label}
            </a>
        };
        return leptos::either::Either::Left(open);
    }
    let (can_copy, set_can_copy) = signal(false);
    let (copied, set_copied) = signal(String::new());
    browser::after(0, move || set_can_copy.set(browser::can_copy()));
    let copy = move |_| {
        let said = words.copied.clone();
        browser::copy(link.get_untracked(), move || set_copied.set(said));
    };
    leptos::either::Either::Right(view! {
        <label class="copy-label" for="handoff-link">
            {words.label}
        </label>
        <div class="copy">
            <input id="handoff-link" type="text" readonly dir="ltr" value=move || link.get() />
            <button type="button" class="quiet" hidden=move || !can_copy.get() on:click=copy>
                {words.copy}
            </button>
        </div>
        <p class="copied" role="status">
            {move || copied.get()}
        </p>
    })
}
