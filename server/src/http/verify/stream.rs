//! Server-sent events: a whole SessionView whenever it changes, until it is over.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use futures::stream::unfold;
use kayle_app::view::SessionView;
use kayle_domain::SessionId;
use utoipa::ToSchema;

use super::super::extract::Visitor;
use super::super::refusals::OfEvents;
use super::super::schema::SessionPath;
use crate::engine::Engine;
use crate::error::Error;
use crate::mailbox::Subscription;
use crate::service::verify;

/// Changes made by other processes are noticed within this time.
const POLL: Duration = Duration::from_secs(2);
/// A comment keeps proxies from closing an idle stream.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// One event of the stream.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its description is used")]
pub struct StreamEvent {
    /// Always `session`.
    event: String,
    /// The view's version.
    id: String,
    /// A SessionView as JSON.
    data: String,
}

struct Watch {
    engine: Engine,
    id: SessionId,
    places: Subscription,
    seen: Option<(i64, bool)>,
}

/// Events
///
/// `event: session` with a SessionView as data and its version as id; ends after the terminal one.
#[utoipa::path(get, path = "/v1/verify/session/{id}/events", tag = "verify",
    operation_id = "session_events", params(SessionPath),
    security(("page" = [])),
    responses((status = 200, content_type = "text/event-stream", body = StreamEvent), OfEvents))]
pub async fn events(
    State(engine): State<Engine>,
    visitor: Visitor,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Error> {
    visitor.counted(&engine)?;
    visitor.require_page()?;
    verify::load(&engine, &visitor.id).await?;
    let places = engine.mailbox.subscribe(visitor.id.as_str());
    let places = places.ok_or_else(|| Error::rate_limited(10))?;
    let watch = Watch { engine, id: visitor.id, places, seen: None };
    let stream = unfold(watch, |watch| async move { next(watch).await });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

impl Watch {
    /// The session's view if it changed since the last one; nothing is kept of it while waiting.
    async fn news(&mut self) -> Result<Option<Event>, Error> {
        let session = verify::load(&self.engine, &self.id).await?;
        let view = verify::view(&self.engine, &session);
        let state = (view.version, view.is_terminal);
        if self.seen == Some(state) {
            return Ok(None);
        }
        self.seen = Some(state);
        Ok(Some(snapshot(&view)))
    }
}

async fn next(mut watch: Watch) -> Option<(Result<Event, Infallible>, Watch)> {
    if watch.seen.is_some_and(|(_, terminal)| terminal) {
        return None;
    }
    loop {
        if let Some(event) = watch.news().await.inspect_err(Error::log).ok()? {
            return Some((Ok(event), watch));
        }
        let _ = tokio::time::timeout(POLL, watch.places.changed()).await;
        if watch.places.is_closing() {
            return None;
        }
    }
}

fn snapshot(view: &SessionView) -> Event {
    let data = serde_json::to_string(view).expect("a view always serialises");
    Event::default().event("session").id(view.version.to_string()).data(data)
}
