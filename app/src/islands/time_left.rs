//! How long the session still lasts, counted down by the minute.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{browser, plural};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const TWO_HOURS: u64 = 2 * HOUR;

/// How often the words are looked at again, in milliseconds.
const TICK: i32 = 5_000;

/// The words for a span of time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TimeWords {
    /// BCP 47 tag whose plural rules hold.
    pub lang: String,
    /// Minutes by plural category.
    pub minutes: Vec<(String, String)>,
    /// Hours by plural category.
    pub hours: Vec<(String, String)>,
    /// Less than a minute.
    pub moments: String,
    /// None.
    pub over: String,
}

/// What to say of `millis`; `category` knows the language's plural rules.
pub(crate) fn say(words: &TimeWords, millis: u64, category: impl Fn(u64) -> String) -> String {
    let counted = |forms: &[(String, String)], n: u64| plural::choose(forms, &category(n), n);
    match millis {
        0 => words.over.clone(),
        1..MINUTE => words.moments.clone(),
        MINUTE..TWO_HOURS => counted(&words.minutes, millis / MINUTE),
        _ => counted(&words.hours, millis / HOUR),
    }
}

/// The time left; at its end, the page as it then is.
#[island]
pub(crate) fn TimeLeft(
    /// What is said at first.
    text: String,
    /// How long from the render on, in milliseconds.
    left: i64,
    /// The session's page.
    page: String,
    words: TimeWords,
) -> impl IntoView {
    let said = RwSignal::new(text);
    let end = browser::now() + left;
    let mut over = false;
    browser::every(TICK, move || {
        let rest = u64::try_from(end - browser::now()).unwrap_or(0);
        said.set(say(&words, rest, |n| browser::category(&words.lang, n)));
        if rest == 0 && !over {
            over = true;
            browser::replace(&page);
        }
    });
    view! { <span class="time-left">{move || said.get()}</span> }
}
