//! Follows the session, and goes to its next page as soon as there is one.

use leptos::prelude::*;

use super::props::props;
use super::snapshot::Snapshot;
use crate::browser::{self, Link};

/// How long to wait, in milliseconds, before asking the server afresh when it closed the stream.
const AGAIN: i64 = 20_000;

props! {
    /// Where news come from, and what is known already.
    Stream {
        /// The address of the events.
        events,
        /// The address of the session's page.
        page,
        /// The status this page was rendered for.
        status,
        /// The step this page was rendered for.
        step,
        /// Said while the connection is lost.
        reconnecting,
    }
}

impl Stream {
    /// Hands every snapshot of the same step to `news`, goes to the page of any other, and returns
    /// what to say of the connection.
    pub(crate) fn follow(self, news: impl Fn(Snapshot) + 'static) -> RwSignal<String> {
        let Self { events, page, status, step, reconnecting } = self;
        let said = RwSignal::new(String::new());
        let again = page.clone();
        let take = move |text: String| {
            let Some(now) = Snapshot::read(&text) else { return };
            if now.status == status && now.step == step {
                news(now);
            } else {
                browser::replace(&page);
            }
        };
        browser::follow(&events, take, move |link| {
            said.set(if link == Link::Up { String::new() } else { reconnecting.clone() });
            if link == Link::Closed {
                let page = again.clone();
                browser::after(AGAIN, move || browser::replace(&page));
            }
        });
        said
    }
}

/// Nothing but a line about the connection while it is lost.
#[island]
pub(crate) fn Live(stream: Stream) -> impl IntoView {
    let said = stream.follow(|_| {});
    view! {
        <p class="link-state" role="status">
            {move || said.get()}
        </p>
    }
}
