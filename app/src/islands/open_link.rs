//! The link a phone opens: copied on a computer, followed on a phone, renewed before it expires.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::props::props;
use crate::browser::{self, Answer};

/// How long before its end a link is renewed, in milliseconds.
const AHEAD: i64 = 60_000;

/// How soon renewal is tried again, in milliseconds.
const AGAIN: i64 = 15_000;

/// How long an answer is waited for, in milliseconds.
const PATIENCE: i64 = 60_000;

/// How often the clock is looked at, in milliseconds.
const TICK: i32 = 5_000;

/// How long it stays said that the link was copied, in milliseconds.
const SAID: i64 = 5_000;

/// What stands for a computer in [`OpenWords::place`].
pub(crate) const COMPUTER: &str = "computer";

props! {
    /// The link, where a fresh one comes from, and what is said around it.
    OpenWords {
        /// What the phone opens.
        link,
        /// [`COMPUTER`], or the phone itself.
        place,
        /// The server function that gives a fresh link.
        url,
        /// The session it is for.
        session,
        /// The server's clock at the render, milliseconds since the epoch.
        now,
        /// When the link expires by that clock.
        expires,
        /// Names the link.
        label,
        /// Copies it.
        copy,
        /// Said once it is copied.
        copied,
    }
}

/// How to get a fresh link, and when by this browser's clock that is due.
struct Renewal {
    url: String,
    /// What is posted there, as a form would send it.
    body: String,
    skew: i64,
    due: i64,
}

/// Keeps `link` fresh: by looking at the clock, for a machine that slept has no other way to tell.
/// The QR code stands outside the island and is changed in place: as a prop it would be sent twice.
fn renew(link: RwSignal<String>, renewal: Renewal) {
    let renewal = Rc::new(RefCell::new(renewal));
    browser::every(TICK, move || {
        let now = browser::now();
        if now < renewal.borrow().due {
            return;
        }
        renewal.borrow_mut().due = now + PATIENCE;
        let (url, body) = (renewal.borrow().url.clone(), renewal.borrow().body.clone());
        let renewal = renewal.clone();
        browser::post(url, body, move |answer| match answer {
            Answer::Refused => browser::look(),
            Answer::Lost => renewal.borrow_mut().due = browser::now() + AGAIN,
            Answer::Good(text) => renewal.borrow_mut().take(&text, link),
        });
    });
}

impl Renewal {
    /// Shows what the server answered.
    fn take(&mut self, answer: &str, link: RwSignal<String>) {
        let again = browser::now() + AGAIN;
        self.due = again;
        let fresh = browser::pick(answer, &["link", "qr.size", "qr.path", "expires_at"]);
        let fresh = fresh.and_then(|fresh| <[String; 4]>::try_from(fresh).ok());
        let Some([url, size, path, expires]) = fresh else { return };
        if url.is_empty() || path.is_empty() {
            return; // not what we asked for
        }
        browser::set_attribute("qr", "viewBox", &["0 0 ", &size, " ", &size].concat());
        browser::set_attribute("qr-path", "d", &path);
        link.set(url);
        self.due = again.max(browser::instant(&expires) - self.skew - AHEAD);
    }
}

/// The link in the form that fits the device.
#[island]
pub(crate) fn OpenLink(words: OpenWords) -> impl IntoView {
    let OpenWords { link, place, url, session, now, expires, label, copy, copied } = words;
    let link = RwSignal::new(link);
    let skew = browser::whole(&now) - browser::now();
    let due = browser::whole(&expires) - skew - AHEAD;
    // An id needs no escaping.
    let body = ["session=", &session].concat();
    renew(link, Renewal { url, body, skew, due });
    if place != COMPUTER {
        let open = view! {
            <a class="button" href=move || link.get()>
                {label}
            </a>
        };
        return leptos::either::Either::Left(open);
    }
    let (can_copy, set_can_copy) = signal(false);
    let (said, set_said) = signal(String::new());
    browser::after(0, move || set_can_copy.set(browser::can_copy()));
    let put = move |_| {
        let copied = copied.clone();
        browser::copy(link.get_untracked(), move || {
            set_said.set(copied);
            browser::after(SAID, move || set_said.set(String::new()));
        });
    };
    leptos::either::Either::Right(view! {
        <label class="copy-label" for="handoff-link">
            {label}
        </label>
        <div class="copy">
            <input id="handoff-link" type="text" readonly dir="ltr" value=move || link.get() />
            <button type="button" class="quiet" hidden=move || !can_copy.get() on:click=put>
                {copy}
            </button>
        </div>
        <p class="copied" role="status">
            {move || said.get()}
        </p>
    })
}
