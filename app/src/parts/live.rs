//! The islands' props from a session: time left, and where its news come from.

use kayle_domain::Timestamp;
use leptos::prelude::*;

use super::{use_language, use_page};
use crate::islands::live::Stream;
use crate::islands::time_left::{TimeLeft, TimeWords, say};
use crate::view::SessionView;

/// The time left until the session expires.
#[component]
pub(crate) fn TimeToExpiry(expires_at: Timestamp) -> impl IntoView {
    let surroundings = use_page().surroundings;
    let (language, now) = (surroundings.language, surroundings.now_millis);
    let mut words = TimeWords {
        now: now.to_string(),
        expires: expires_at.millis().to_string(),
        text: String::new(),
        lang: language.tag.to_owned(),
        minutes: language.minutes_left().to_owned(),
        hours: language.hours_left().to_owned(),
        moments: language.moments_left().to_owned(),
        over: language.time_is_up().to_owned(),
    };
    let category = |count: i64| language.category(count.unsigned_abs()).to_owned();
    words.text = say(&words, expires_at.millis() - now, category);
    view! { <TimeLeft words /> }
}

/// Where the session's news come from.
pub(crate) fn stream(view: &SessionView) -> Stream {
    let id = &view.session_id;
    Stream {
        events: format!("/v1/verify/session/{id}/events"),
        page: format!("/{id}"),
        status: view.status.as_str().to_owned(),
        step: view.step.as_str().to_owned(),
        reconnecting: use_language().reconnecting().to_owned(),
    }
}
