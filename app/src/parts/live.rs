//! The islands' props from a session: time left, and where its news come from.

use leptos::prelude::*;

use super::{Scene, lines};
use crate::islands::live::Stream;
use crate::islands::time_left::{TimeLeft, TimeWords, say};
use crate::view::SessionView;

/// The time left until the session expires.
pub(crate) fn time_left(scene: &Scene, view: &SessionView) -> impl IntoView + use<> {
    let common = &scene.texts().common;
    let left = view.expires_at.millis() - scene.now;
    let mut words = TimeWords {
        now: scene.now.to_string(),
        expires: view.expires_at.millis().to_string(),
        text: String::new(),
        lang: scene.lang.tag.to_owned(),
        minutes: lines(common.minutes_left),
        hours: lines(common.hours_left),
        moments: common.moments_left.to_owned(),
        over: common.time_is_up.to_owned(),
    };
    let plural = scene.lang.plural;
    words.text = say(&words, left, |n| plural(n.unsigned_abs()).to_owned());
    view! { <TimeLeft words /> }
}

/// Where the session's news come from.
pub(crate) fn stream(scene: &Scene, view: &SessionView) -> Stream {
    let id = &view.session_id;
    Stream {
        events: format!("/v1/verify/session/{id}/events"),
        page: format!("/{id}"),
        status: view.status.as_str().to_owned(),
        step: view.step.as_str().to_owned(),
        reconnecting: scene.texts().common.reconnecting.to_owned(),
    }
}
