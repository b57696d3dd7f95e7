//! How long the session still lasts, counted down by the minute.

use leptos::prelude::*;

use super::props::props;
use crate::{browser, plural};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const TWO_HOURS: i64 = 2 * HOUR;

/// How often the words are looked at again, in milliseconds.
const TICK: i32 = 5_000;

props! {
    /// The instants, and the words for what lies between them.
    TimeWords {
        /// The server's clock at the render, milliseconds since the epoch.
        now,
        /// When the session expires by that clock.
        expires,
        /// What is said at first.
        text,
        /// BCP 47 tag whose plural rules hold.
        lang,
        /// Minutes by plural category.
        minutes,
        /// Hours by plural category.
        hours,
        /// Less than a minute.
        moments,
        /// None.
        over,
    }
}

/// What to say of `left` milliseconds; `category` knows the language's plural rules.
pub(crate) fn say(words: &TimeWords, left: i64, category: impl Fn(i64) -> String) -> String {
    let counted = |forms: &str, n: i64| plural::choose(forms, &category(n), &n.to_string());
    match left {
        ..=0 => words.over.clone(),
        1..MINUTE => words.moments.clone(),
        MINUTE..TWO_HOURS => counted(&words.minutes, left / MINUTE),
        _ => counted(&words.hours, left / HOUR),
    }
}

/// The time left; at its end, the page as it then is.
#[island]
pub(crate) fn TimeLeft(words: TimeWords) -> impl IntoView {
    let said = RwSignal::new(words.text.clone());
    let end = browser::now() + browser::whole(&words.expires) - browser::whole(&words.now);
    let mut over = false;
    browser::every(TICK, move || {
        let left = end - browser::now();
        said.set(say(&words, left, |n| browser::category(&words.lang, n)));
        if left <= 0 && !over {
            over = true;
            browser::look();
        }
    });
    view! { <span class="time-left">{move || said.get()}</span> }
}
