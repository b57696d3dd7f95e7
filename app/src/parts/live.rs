//! The islands' props from a session: time left, and where its news come from.

use leptos::prelude::*;

use super::{Scene, owned};
use crate::islands::live::Stream;
use crate::islands::time_left::{TimeLeft, TimeWords, say};
use crate::view::SessionView;

/// The time left until the session expires.
pub(crate) fn time_left(scene: &Scene, view: &SessionView) -> impl IntoView + use<> {
    let common = &scene.texts().common;
    let left = view.expires_at.millis() - scene.now;
    let words = TimeWords {
        lang: scene.lang.tag.to_owned(),
        minutes: owned(common.minutes_left),
        hours: owned(common.hours_left),
        moments: common.moments_left.to_owned(),
        over: common.time_is_up.to_owned(),
    };
    let plural = scene.lang.plural;
    let text = say(&words, u64::try_from(left).unwrap_or(0), |n| plural(n).to_owned());
    let page = format!("/{}", view.session_id);
    view! { <TimeLeft text left page words /> }
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
