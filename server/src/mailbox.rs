//! Who waits for what inside this process: streams for a session's change, workers for work.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use crate::store::outbox::Lane;

/// How many event streams one session may have at once (`spec.md` §4).
pub const MAX_STREAMS: usize = 10;

type Streams = Arc<Mutex<HashMap<String, watch::Sender<u64>>>>;

/// Wakes streams and workers; other processes are noticed by polling.
#[derive(Debug, Clone, Default)]
pub struct Mailbox {
    sessions: Streams,
    first: Arc<Notify>,
    again: Arc<Notify>,
    closing: CancellationToken,
}

/// A stream's place; given back when dropped.
#[derive(Debug)]
pub struct Subscription {
    sessions: Streams,
    id: String,
    changes: Option<watch::Receiver<u64>>,
    closing: CancellationToken,
}

fn lock(streams: &Streams) -> MutexGuard<'_, HashMap<String, watch::Sender<u64>>> {
    streams.lock().expect("no holder of this lock panics")
}

impl Mailbox {
    /// Wakes every stream of `session`.
    pub fn session_changed(&self, session: &str) {
        if let Some(sender) = lock(&self.sessions).get(session) {
            sender.send_modify(|count| *count += 1);
        }
    }

    fn lane(&self, lane: Lane) -> &Notify {
        match lane {
            Lane::First => &self.first,
            Lane::Again => &self.again,
        }
    }

    /// Wakes the worker of a lane.
    pub fn deliveries_due(&self, lane: Lane) {
        self.lane(lane).notify_one();
    }

    /// Waits until deliveries of a lane may be due.
    pub async fn wait_for_deliveries(&self, lane: Lane) {
        self.lane(lane).notified().await;
    }

    /// Ends every stream: the process is about to stop, and browsers will reconnect.
    pub fn close(&self) {
        self.closing.cancel();
    }

    /// A place among the streams of `session`; `None` when all are taken.
    pub fn subscribe(&self, session: &str) -> Option<Subscription> {
        let mut sessions = lock(&self.sessions);
        let sender = match sessions.entry(session.to_owned()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(watch::Sender::new(0)),
        };
        if sender.receiver_count() >= MAX_STREAMS {
            return None;
        }
        let changes = Some(sender.subscribe());
        let closing = self.closing.clone();
        Some(Subscription {
            sessions: self.sessions.clone(),
            id: session.to_owned(),
            changes,
            closing,
        })
    }
}

impl Subscription {
    /// Waits for the next change made by this process, or for its end.
    pub async fn changed(&mut self) {
        let Some(changes) = &mut self.changes else { return };
        tokio::select! {
            // The sender lives in the map as long as this receiver does.
            _ = changes.changed() => {}
            () = self.closing.cancelled() => {}
        }
    }

    /// Whether the process is about to stop.
    pub fn is_closing(&self) -> bool {
        self.closing.is_cancelled()
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut sessions = lock(&self.sessions);
        self.changes = None;
        if sessions.get(&self.id).is_some_and(|sender| sender.receiver_count() == 0) {
            sessions.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_session_has_ten_streams_and_gives_their_places_back() {
        let mailbox = Mailbox::default();
        let mut streams: Vec<_> = (0..MAX_STREAMS).map(|_| mailbox.subscribe("vs_1")).collect();
        assert!(streams.iter().all(Option::is_some));
        assert!(mailbox.subscribe("vs_1").is_none());
        assert!(mailbox.subscribe("vs_2").is_some());
        let mut last = streams.pop().flatten().expect("a place");
        mailbox.session_changed("vs_1");
        last.changed().await;
        drop((streams, last));
        assert!(mailbox.subscribe("vs_1").is_some());
        assert!(lock(&mailbox.sessions).is_empty());
    }
}
