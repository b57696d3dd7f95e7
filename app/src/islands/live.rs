//! Follows the session, and goes to its next page as soon as there is one.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use super::props::props;
use super::snapshot::Snapshot;
use crate::browser::{self, Link};

/// How long to do without the stream, in milliseconds, before asking the server afresh.
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
    /// what to say of the connection. Where no news arrive for a while, it asks for the page.
    pub(crate) fn follow(self, news: impl Fn(Snapshot) + 'static) -> RwSignal<String> {
        let Self { events, page, status, step, reconnecting } = self;
        let said = RwSignal::new(String::new());
        let link = Rc::new(Cell::new(Link::Down));
        let (taken, reported) = (link.clone(), link.clone());
        let leaving = link.clone();
        // What its own form brings about is shown by the answer, and loaded once.
        browser::sent(move || leaving.set(Link::Left));
        let take = move |text: String| {
            if taken.get() == Link::Left {
                return;
            }
            let Some(now) = Snapshot::read(&text) else { return };
            if now.status == status && now.step == step {
                news(now);
            } else {
                taken.set(Link::Left);
                browser::replace(&page);
            }
        };
        patience(link);
        browser::follow(&events, take, move |now| {
            if reported.get() == Link::Left {
                return; // what the server closes after its last word is not lost
            }
            reported.set(now);
            said.set(if now == Link::Up { String::new() } else { reconnecting.clone() });
            if now != Link::Up {
                patience(reported.clone());
            }
        });
        said
    }
}

/// After a while without a connection, the page as it now is.
fn patience(link: Rc<Cell<Link>>) {
    browser::after(AGAIN, move || {
        if matches!(link.get(), Link::Down | Link::Closed) {
            browser::look();
        }
    });
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
