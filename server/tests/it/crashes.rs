//! Servers killed without warning at every step, on both databases: nothing is lost, nothing is
//! told twice under two names, and a withdrawal is never overtaken.

use std::collections::{HashMap, HashSet};

use futures::future::join_all;
use futures::stream::{self, StreamExt as _};
use tokio::net::{TcpSocket, TcpStream};

use crate::both;
use crate::fleet::{Fleet, Server, eventually};
use crate::receiver::{Received, Receiver};

fn event(received: &Received) -> String {
    received.header("webhook-id").to_owned()
}

const DELIVERING: &str = "SELECT COUNT(*) FROM deliveries WHERE status = 'delivering'";
const SUCCEEDED: &str = "SELECT COUNT(*) FROM deliveries WHERE status = 'succeeded'";

/// Every arrival so far that was not taken yet, and those that `more` says must still come.
async fn arrivals(receiver: &Receiver, count: usize) -> Vec<Received> {
    let mut all = Vec::new();
    while all.len() < count {
        all.push(receiver.next().await);
    }
    all
}

/// So many new sessions.
async fn sessions(server: &Server, count: usize) -> Vec<String> {
    let create = async |_| server.create().await["id"].as_str().unwrap().to_owned();
    stream::iter(0..count).map(create).buffer_unordered(20).collect().await
}

/// Asserts that each session was told of, under one event id each.
async fn assert_all_told(receiver: &Receiver, sessions: &[String]) {
    let mut events: HashMap<String, HashSet<String>> = HashMap::new();
    for received in arrivals(receiver, receiver.count()).await {
        let session = received.json()["metadata"]["verification_session_id"].clone();
        events.entry(session.as_str().unwrap().to_owned()).or_default().insert(event(&received));
    }
    assert_eq!(events.len(), sessions.len());
    assert!(sessions.iter().all(|id| events[id].len() == 1), "one event id each");
}

both! {
    async fn killed_when_claimed_and_not_sent(fleet: Fleet) {
        // Nobody can connect: what waits to be accepted already fills the queue.
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let mut fillers = Vec::new();
        for _ in 0..2 {
            fillers.push(TcpStream::connect(address).await.unwrap());
        }
        fleet.endpoint(&format!("http://{address}/hook")).await;
        let server = fleet.serve().await;
        let session = server.create().await;
        assert_eq!(server.cancel(session["id"].as_str().unwrap()).await, Some(204));
        eventually("it is claimed", async || fleet.count(DELIVERING).await == 1).await;
        server.kill().await;
        assert_eq!(fleet.count(DELIVERING).await, 1, "the crash left it claimed");
        drop(fillers);
        let receiver = Receiver::on(listener);
        let _server = fleet.serve().await;
        let body = receiver.within_a_minute().await.json();
        assert_eq!(body["metadata"]["verification_session_id"], session["id"]);
        fleet.delivered().await;
        assert_eq!((receiver.count(), fleet.count(SUCCEEDED).await), (1, 1));
    }

    async fn killed_when_sent_and_not_settled(fleet: Fleet) {
        let receiver = Receiver::start().await;
        fleet.endpoint(receiver.url()).await;
        receiver.hold(true);
        let server = fleet.serve().await;
        let session = server.create().await;
        assert_eq!(server.cancel(session["id"].as_str().unwrap()).await, Some(204));
        let first = receiver.next().await;
        server.kill().await;
        receiver.hold(false);
        assert_eq!(fleet.count(DELIVERING).await, 1, "the crash left it claimed");
        let _server = fleet.serve().await;
        let second = receiver.within_a_minute().await;
        assert_eq!((event(&first), &first.body), (event(&second), &second.body));
        fleet.delivered().await;
        assert_eq!(receiver.count(), 2);
        fleet.assert_one_event_each().await;
    }

    async fn killed_when_settled(fleet: Fleet) {
        let receiver = Receiver::start().await;
        fleet.endpoint(receiver.url()).await;
        let server = fleet.serve().await;
        let session = server.create().await;
        assert_eq!(server.cancel(session["id"].as_str().unwrap()).await, Some(204));
        receiver.next().await;
        eventually("it is settled", async || fleet.count(SUCCEEDED).await == 1).await;
        server.kill().await;
        let server = fleet.serve().await;
        let session = server.create().await;
        assert_eq!(server.cancel(session["id"].as_str().unwrap()).await, Some(204));
        let body = receiver.next().await.json();
        assert_eq!(body["metadata"]["verification_session_id"], session["id"], "nothing comes again");
        fleet.delivered().await;
        assert_eq!(receiver.count(), 2);
    }

    async fn killed_during_terminal_transitions(fleet: Fleet) {
        const SESSIONS: usize = 600;
        let receiver = Receiver::start().await;
        fleet.endpoint(receiver.url()).await;
        let server = fleet.serve().await;
        let ids = sessions(&server, SESSIONS).await;
        let cancelled = "SELECT COUNT(*) FROM sessions WHERE status = 'cancelled'";
        let cancels = stream::iter(&ids).map(|id| server.cancel(id)).buffer_unordered(10).collect();
        let begun = eventually("some are cancelled", async || fleet.count(cancelled).await >= 3);
        let (answers, ()): (Vec<_>, ()) = tokio::join!(cancels, async {
            begun.await;
            // By its id: the calls above still borrow the handle.
            server.signal("KILL").await;
        });
        assert!(answers.contains(&None), "none was cut off");
        server.kill().await;
        let told = answers.iter().filter(|status| **status == Some(204)).count();
        assert!(i64::try_from(told).unwrap() <= fleet.count(cancelled).await, "told 204 and not done");
        fleet.assert_one_event_each().await;
        let server = fleet.serve().await;
        let mut again = stream::iter(&ids).map(|id| server.cancel(id)).buffer_unordered(10);
        while let Some(status) = again.next().await {
            assert_eq!(status, Some(204));
        }
        fleet.delivered().await;
        fleet.assert_one_event_each().await;
        assert_all_told(&receiver, &ids).await;
    }

    async fn killed_during_the_sweep(fleet: Fleet) {
        // Ten batches, so that the end comes between two of them.
        const SESSIONS: usize = 2_000;
        let receiver = Receiver::start().await;
        fleet.endpoint(receiver.url()).await;
        let server = fleet.serve().await;
        let ids = sessions(&server, SESSIONS).await;
        server.kill().await;
        fleet.execute("UPDATE sessions SET expires_at = created_at").await;
        let expired = "SELECT COUNT(*) FROM sessions WHERE status = 'expired'";
        let server = fleet.serve().await;
        eventually("the sweep is at work", async || fleet.count(expired).await > 0).await;
        server.kill().await;
        assert!(fleet.count(expired).await < 2_000, "the sweep had ended");
        fleet.assert_one_event_each().await;
        let _server = fleet.serve().await;
        let all = i64::try_from(SESSIONS).unwrap();
        eventually("all are expired", async || fleet.count(expired).await == all).await;
        fleet.delivered().await;
        fleet.assert_one_event_each().await;
        assert_all_told(&receiver, &ids).await;
    }

    async fn withdrawn_after_a_crash_in_flight(fleet: Fleet) {
        let receiver = Receiver::start().await;
        fleet.endpoint(receiver.url()).await;
        receiver.hold(true);
        let server = fleet.serve().await;
        let session = server.create().await;
        fleet.simulate(&server, &session, "pass").await;
        let original = receiver.next().await;
        assert_eq!(original.json()["type"], "verification.session.succeeded");
        server.kill().await;
        receiver.hold(false);
        let server = fleet.serve().await;
        assert_eq!(server.withdraw(&session).await, Some(204), "it waits for the lost lease to end");
        let successor = receiver.within_a_minute().await.json();
        assert_eq!(successor["type"], "verification.session.cancelled");
        assert_eq!(successor["data"]["supersedes_event_id"], event(&original));
        fleet.delivered().await;
        assert_eq!(receiver.count(), 2, "the claims never arrive after their successor");
        let payloads = "SELECT COUNT(*) FROM deliveries WHERE payload IS NOT NULL";
        assert_eq!(fleet.count(payloads).await, 0);
    }

    async fn withdrawn_during_a_crash(fleet: Fleet) {
        const SESSIONS: usize = 8;
        let receiver = Receiver::start().await;
        fleet.endpoint(receiver.url()).await;
        // Nothing is tried again before it is withdrawn.
        let rarely = [("KAYLE_WEBHOOK_SCHEDULE", "0s,20s,1s,2s")];
        let server = fleet.serve_with(&[], &rarely).await;
        let mut sessions = Vec::new();
        for _ in 0..SESSIONS {
            receiver.respond_with(500);
            let session = server.create().await;
            fleet.simulate(&server, &session, "pass").await;
            sessions.push(session);
        }
        let withdrawals = join_all(sessions.iter().map(|session| server.withdraw(session)));
        let begun = "SELECT COUNT(*) FROM events WHERE kind = 'verification.session.cancelled'";
        tokio::join!(withdrawals, async {
            eventually("one is withdrawn", async || fleet.count(begun).await > 0).await;
            server.signal("KILL").await;
        });
        server.kill().await;
        let server = fleet.serve().await;
        for session in &sessions {
            let status = server.withdraw(session).await;
            assert_eq!(status, Some(204), "again and again does no harm");
        }
        fleet.delivered().await;
        let mut last: HashMap<String, (String, usize)> = HashMap::new();
        for received in arrivals(&receiver, receiver.count()).await {
            let body = received.json();
            let session = body["metadata"]["verification_session_id"].as_str().unwrap().to_owned();
            let kind = body["type"].as_str().unwrap().to_owned();
            let successors = usize::from(kind == "verification.session.cancelled");
            let (before, count) = last.entry(session).or_default();
            let overtaken = before == "verification.session.cancelled";
            assert!(!overtaken || kind == *before, "claims arrived after their successor");
            (*before, *count) = (kind, *count + successors);
        }
        assert_eq!(last.len(), SESSIONS);
        let live = "SELECT COUNT(*) FROM deliveries WHERE status = 'succeeded'";
        assert_eq!(fleet.count(live).await, i64::try_from(SESSIONS).unwrap(), "one live event each");
    }
}
