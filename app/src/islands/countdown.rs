//! Sends the user on after a few seconds that can be stopped.

use leptos::prelude::*;

use super::props::props;
use crate::{browser, plural};

/// How many seconds.
const SECONDS: i64 = 5;

props! {
    /// Where the countdown leads, and what it says.
    CountdownWords {
        /// Where to.
        url,
        /// BCP 47 tag whose plural rules hold.
        lang,
        /// Seconds by plural category.
        seconds,
        /// Stops it.
        pause,
        /// Lets it go on.
        resume,
    }
}

/// Hidden until live; still where motion is unwanted, or where the user came back. It is announced
/// once, and stops at any key, any touch and any scrolling: whoever reads is not hurried on.
#[island]
pub(crate) fn Countdown(words: CountdownWords) -> impl IntoView {
    let left = RwSignal::new(SECONDS);
    let (live, set_live) = signal(false);
    let (running, set_running) = signal(false);
    let (announced, announce) = signal(String::new());
    let CountdownWords { url, lang, seconds, pause, resume } = words;
    let text = move |left: i64| {
        plural::choose(&seconds, &browser::category(&lang, left), &left.to_string())
    };
    let first = text.clone();
    browser::after(0, move || {
        set_live.set(true);
        if !browser::keep_still() {
            set_running.set(true);
            announce.set(first(SECONDS));
        }
    });
    let turn = move |on| {
        set_running.set(on);
        announce.set(String::new());
    };
    browser::stirred(".countdown", move || turn(false));
    browser::every(1_000, move || {
        if running.get_untracked() && left.get_untracked() > 0 {
            left.update(|left| *left -= 1);
            if left.get_untracked() == 0 {
                browser::visit(&url);
            }
        }
    });
    let shown = move || if running.get() { text(left.get()) } else { String::new() };
    let action = move || if running.get() { pause.clone() } else { resume.clone() };
    view! {
        <p class="unseen" role="status">
            {move || announced.get()}
        </p>
        <p class="countdown" hidden=move || !live.get()>
            <span>{shown}</span>
            <button type="button" class="quiet" on:click=move |_| turn(!running.get_untracked())>
                {action}
            </button>
        </p>
    }
}
