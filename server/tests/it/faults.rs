//! Receivers that are hostile, dead or slow, and several servers at once, on both databases:
//! afterwards every event has arrived under one id.

use std::time::Duration;

use futures::future::join_all;
use kayle_server::store::outbox::Lane;
use kayle_server::webhook::fair::{FIRST_ROOM, Load, Rules};
use kayle_server::worker;
use kayle_server::worker::deliver::{self, claim};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::app::{Db, TestApp};
use crate::both;
use crate::fleet::Fleet;
use crate::phone::{Phone, path};
use crate::receiver::Receiver;

/// How a receiver misbehaves.
#[derive(Debug, Clone, Copy)]
enum Malice {
    Reset,
    Dribble,
    Gigabyte,
    RedirectHome,
    Garbage,
    Silence,
}

/// Serves connections on `listener` with malice until it is aborted.
async fn misbehave(listener: TcpListener, malice: Malice, home: String) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let home = home.clone();
        // Whatever the client makes of it, this side goes on.
        tokio::spawn(async move { drop(mistreat(stream, malice, &home).await) });
    }
}

async fn mistreat(mut stream: TcpStream, malice: Malice, home: &str) -> std::io::Result<()> {
    let mut buffer = [0; 4096];
    let _ = stream.read(&mut buffer).await?;
    match malice {
        Malice::Reset => stream.set_zero_linger(),
        Malice::Dribble => loop {
            stream.write_all(b"H").await?;
            tokio::time::sleep(Duration::from_secs(1)).await;
        },
        Malice::Gigabyte => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n").await?;
            loop {
                stream.write_all(&[b'x'; 8192]).await?;
            }
        }
        Malice::RedirectHome => {
            let head =
                format!("HTTP/1.1 301 Moved\r\nlocation: {home}\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(head.as_bytes()).await
        }
        Malice::Garbage => stream.write_all(b"\0\x01\x02not HTTP\r\n\r\n").await,
        Malice::Silence => std::future::pending().await,
    }
}

/// The tries of the only delivery.
async fn tries(app: &TestApp) -> Vec<Value> {
    let listed = app.api("GET", "/v1/webhooks/deliveries", None).await.data();
    let id = listed[0]["id"].as_str().unwrap();
    let path = format!("/v1/webhooks/deliveries/{id}/attempts");
    app.api("GET", &path, None).await.data().as_array().unwrap().clone()
}

both! {
    async fn a_receiver_that_misbehaves_is_tried_again_and_then_gets_the_one_event(mut app: TestApp) {
        let home = Receiver::start().await;
        for (malice, class) in [
            (Malice::Reset, Some("reset")),
            (Malice::Dribble, Some("timeout")),
            (Malice::Silence, Some("timeout")),
            (Malice::RedirectHome, Some("redirect")),
            (Malice::Garbage, Some("protocol")),
            (Malice::Gigabyte, None),
        ] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let (endpoint, _) = app.endpoint(&format!("http://{address}/hook")).await;
            let bad = tokio::spawn(misbehave(listener, malice, home.url().to_owned()));
            app.cancelled().await;
            app.deliver().await;
            let first = tries(&app).await.remove(0);
            assert_eq!(first["error"], json!(class), "{malice:?}");
            bad.abort();
            let _ = bad.await;
            if class.is_some() {
                // Nobody listens now, and then somebody who means well.
                app.advance(6);
                app.deliver().await;
                assert_eq!(tries(&app).await[1]["error"], "connect", "{malice:?}");
                let receiver = Receiver::on(TcpListener::bind(address).await.unwrap());
                app.advance(331);
                app.deliver().await;
                receiver.next().await;
                assert_eq!(receiver.count(), 1);
            }
            let delivered = app.api("GET", &format!("/v1/webhooks/deliveries?endpoint_id={endpoint}"), None).await;
            assert_eq!(delivered.data()[0]["status"], "succeeded", "{malice:?}");
            app.api("DELETE", &format!("/v1/webhooks/endpoints/{endpoint}"), None).await;
        }
        assert_eq!(home.count(), 0, "no redirect was followed");
    }

    async fn many_workers_in_one_process_tell_everything_once(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let end = CancellationToken::new();
        let mut workers: Vec<_> = (0..3).map(|_| worker::run(&app.engine, &end)).collect();
        join_all((0..100).map(|_| app.cancelled())).await;
        told_once(&receiver, 100).await;
        end.cancel();
        for set in &mut workers { while set.join_next().await.is_some() {} }
        app.deliver().await;
        assert_eq!(receiver.count(), 100);
    }

    async fn a_withdrawal_waits_for_what_is_in_flight(mut app: TestApp) {
        for (answer, kinds) in [(200, 1), (500, 2)] {
            let receiver = Receiver::start().await;
            let (endpoint, _) = app.endpoint(receiver.url()).await;
            let (id, page) = Phone::succeeded(&app).await;
            receiver.hold(true);
            receiver.respond_with(answer);
            let engine = app.engine.clone();
            let sending = tokio::spawn(async move { deliver::drain(&engine).await });
            let original = receiver.next().await;
            let cancel = path(&id, "cancel");
            let withdrawal = app.call("POST", &cancel, &page, None);
            let (withdrawn, ()) = tokio::join!(withdrawal, async {
                assert_eq!(app.get(&id).await["status"], "succeeded", "nothing is decided yet");
                receiver.hold(false);
            });
            assert_eq!(withdrawn.status, 204, "{}", withdrawn.text);
            sending.await.unwrap().unwrap();
            app.advance(600);
            app.deliver().await;
            assert_eq!(receiver.count(), kinds);
            if kinds == 2 {
                let successor = receiver.next().await.json();
                assert_eq!(successor["data"]["supersedes_event_id"], original.header("webhook-id"));
            }
            app.api("DELETE", &format!("/v1/webhooks/endpoints/{endpoint}"), None).await;
        }
    }

    async fn nobody_else_is_told_while_a_withdrawal_waits(mut app: TestApp) {
        let (slow, down) = (Receiver::start().await, Receiver::start().await);
        let (kept, _) = app.endpoint(slow.url()).await;
        app.endpoint(down.url()).await;
        let (id, page) = Phone::succeeded(&app).await;
        slow.hold(true);
        down.respond_with(500);
        let engine = app.engine.clone();
        let sending = tokio::spawn(async move { deliver::drain(&engine).await });
        slow.next().await;
        let first = down.next().await;
        // The second is settled only with the first, as they were claimed together.
        let work = app.engine.store.write(kept, |tx, kept| Box::pin(async move {
            sqlx::query("UPDATE deliveries SET status = 'pending', lane = 1, lease_token = NULL, next_at = 0 \
                WHERE endpoint_id <> $1").bind(kept.as_str()).execute(tx).await?;
            Ok(())
        }));
        work.await.unwrap();
        let cancel = path(&id, "cancel");
        let withdrawal = app.call("POST", &cancel, &page, None);
        let (withdrawn, ()) = tokio::join!(withdrawal, async {
            let held = "SELECT COUNT(*) FROM deliveries WHERE status = 'pending' AND next_at > updated_at";
            while app.count(held).await == 0 {}
            let due = claim::claim(&app.engine, Lane::Again, &Load::default()).await.unwrap();
            assert!(due.claimed.is_empty(), "what is about to be destroyed is out of reach");
            slow.hold(false);
        });
        assert_eq!(withdrawn.status, 204, "{}", withdrawn.text);
        sending.await.unwrap().unwrap();
        app.advance(600);
        app.deliver().await;
        let successor = down.next().await.json();
        assert_eq!(successor["type"], "verification.session.cancelled");
        assert_eq!(successor["data"]["supersedes_event_id"], first.header("webhook-id"));
        assert_eq!((slow.count(), down.count()), (1, 2));
    }

    async fn an_endpoint_that_is_deleted_during_a_try_keeps_nothing(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let (endpoint, _) = app.endpoint(receiver.url()).await;
        receiver.hold(true);
        receiver.respond_with(500);
        app.cancelled().await;
        let engine = app.engine.clone();
        let sending = tokio::spawn(async move { deliver::drain(&engine).await });
        receiver.next().await;
        let deleted = app.api("DELETE", &format!("/v1/webhooks/endpoints/{endpoint}"), None).await;
        assert_eq!(deleted.status, 204);
        receiver.hold(false);
        sending.await.unwrap().unwrap();
        let kept = "SELECT COUNT(*) FROM deliveries WHERE payload IS NOT NULL OR status <> 'failed'";
        assert_eq!(app.count(kept).await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM deliveries WHERE failure = 'endpoint_deleted'").await, 1);
        app.deliver().await;
    }

    async fn a_late_410_does_not_disable_what_was_repaired(mut app: TestApp) {
        let (old, new) = (Receiver::start().await, Receiver::start().await);
        let (endpoint, _) = app.endpoint(old.url()).await;
        old.hold(true);
        old.respond_with(410);
        app.cancelled().await;
        let engine = app.engine.clone();
        let sending = tokio::spawn(async move { deliver::drain(&engine).await });
        old.next().await;
        app.advance(1);
        let path = format!("/v1/webhooks/endpoints/{endpoint}");
        let moved = app.api("PATCH", &path, Some(json!({ "url": new.url() }))).await;
        assert_eq!(moved.status, 200, "{}", moved.text);
        old.hold(false);
        sending.await.unwrap().unwrap();
        assert_eq!(app.api("GET", &path, None).await.data()["enabled"], true);
        app.cancelled().await;
        app.deliver().await;
        new.next().await;
    }

    async fn endpoints_changed_at_once_keep_every_change(app: TestApp) {
        let body = json!({ "url": "https://hooks.example/" });
        let made = app.api("POST", "/v1/webhooks/endpoints", Some(body)).await.data();
        let path = format!("/v1/webhooks/endpoints/{}", made["id"].as_str().unwrap());
        let rotate = format!("{path}/signing-secret/rotate");
        for round in 0..15 {
            let name = format!("name {round}");
            let (renamed, rotated) = tokio::join!(
                app.api("PATCH", &path, Some(json!({ "name": name }))),
                app.api("POST", &rotate, Some(json!({ "overlap_hours": 0 }))),
            );
            assert_eq!((renamed.status.as_u16(), rotated.status.as_u16()), (200, 200), "{}", rotated.text);
            let secret = app.api("POST", &format!("{path}/signing-secret/reveal"), None).await.data();
            assert_eq!(secret["signing_secret"], rotated.data()["signing_secret"]);
            assert_eq!(app.api("GET", &path, None).await.data()["name"], json!(name));
        }
    }

    async fn a_dead_endpoints_backlog_stands_before_nobody(mut app: TestApp) {
        const BACKLOG: i64 = 10_000;
        let (dead, fine) = (Receiver::start().await, Receiver::start().await);
        let (dead_id, _) = app.endpoint(dead.url()).await;
        dead.hold(true);
        app.cancelled().await;
        multiply(&app, BACKLOG).await;
        let first = claim::claim(&app.engine, Lane::First, &Load::default()).await.unwrap().claimed;
        assert_eq!(first.len(), FIRST_ROOM, "one endpoint never has all the room");
        let (fine_id, _) = app.endpoint(fine.url()).await;
        app.api("PATCH", &format!("/v1/webhooks/endpoints/{dead_id}"), Some(json!({ "enabled": true }))).await;
        for _ in 0..5 {
            app.cancelled().await;
        }
        // Whatever else is under way, the healthy endpoint is claimed for, all of it and at once.
        let slots = Rules::of(Lane::First).slots;
        let mut elsewhere = Load::default();
        for n in 0..slots - 4 {
            elsewhere.add(&format!("org_{n}"), false);
        }
        let claimed = claim::claim(&app.engine, Lane::First, &elsewhere).await.unwrap().claimed;
        let of: Vec<_> = claimed.iter().map(|one| one.delivery.endpoint_id.as_str()).collect();
        assert_eq!(of, vec![fine_id.as_str(); 4], "four slots were free");
        let claimed = claim::claim(&app.engine, Lane::First, &Load::default()).await.unwrap().claimed;
        let of: Vec<_> = claimed.iter().map(|one| one.delivery.endpoint_id.as_str()).collect();
        assert_eq!(of, [fine_id.as_str()], "the dead one's room is used up");
        dead.hold(false);
        app.api("DELETE", &format!("/v1/webhooks/endpoints/{dead_id}"), None).await;
        app.deliver().await;
    }
}

/// Makes so many copies of the one delivery that waits.
async fn multiply(app: &TestApp, copies: i64) {
    let work = app.engine.store.write(copies, |tx, copies| {
        Box::pin(async move {
            let copy = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) \
                INSERT INTO deliveries (id, event_id, endpoint_id, session_id, kind, status, payload, \
                next_at, created_at, updated_at, organization_id) SELECT id || CAST(i AS TEXT), event_id, \
                endpoint_id, session_id, kind, status, payload, next_at, created_at, updated_at, \
                organization_id FROM deliveries, n";
            sqlx::query(copy).bind(*copies).execute(tx).await?;
            Ok(())
        })
    });
    work.await.unwrap();
}

/// Waits until `count` events arrived, each once.
async fn told_once(receiver: &Receiver, count: usize) {
    assert_eq!(receiver.events(count).await.len(), count, "an event came twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_and_four_servers_on_one_database_tell_everything_and_survive_each_other() {
    for servers in [2, 4] {
        let fleet = Fleet::start(Db::Postgres).await;
        let receiver = Receiver::start().await;
        fleet.endpoint(receiver.url()).await;
        let mut running = join_all((0..servers).map(|_| fleet.serve())).await;
        let create = async |n: usize| {
            let server = &running[n % servers];
            let id = server.create().await["id"].as_str().unwrap().to_owned();
            assert_eq!(server.cancel(&id).await, Some(204));
        };
        join_all((0..120).map(create)).await;
        told_once(&receiver, 120).await;
        // Half of them die in the middle of the next load; the others take over.
        let ids: Vec<_> = join_all((0..120).map(async |n: usize| {
            running[n % servers].create().await["id"].as_str().unwrap().to_owned()
        }))
        .await;
        let survivor = running.remove(0);
        let cancels = join_all(ids.iter().map(|id| survivor.cancel(id)));
        let kills = async {
            for server in running.drain(..servers / 2) {
                server.kill().await;
            }
        };
        let (answers, ()) = tokio::join!(cancels, kills);
        assert!(answers.iter().all(|status| *status == Some(204)));
        fleet.delivered().await;
        fleet.assert_one_event_each().await;
        assert_eq!(receiver.events(receiver.count() - 120).await.len(), 120);
    }
}
