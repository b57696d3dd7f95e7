//! A database that goes away, is locked or is full, caused under load: every answer stays true, and
//! afterwards every event has arrived under one id.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::join_all;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};

use crate::app::Db;
use crate::fleet::{Fleet, eventually};
use crate::receiver::Receiver;

/// A way to PostgreSQL that can be cut and opened again.
struct Line {
    port: u16,
    open: tokio::sync::watch::Sender<bool>,
}

impl Line {
    async fn to(address: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (open, seen) = tokio::sync::watch::channel(true);
        tokio::spawn(async move {
            loop {
                let (mut near, _) = listener.accept().await.unwrap();
                let (address, mut seen) = (address.clone(), seen.clone());
                tokio::spawn(async move {
                    if !*seen.borrow_and_update() {
                        return;
                    }
                    let Ok(mut far) = TcpStream::connect(address).await else { return };
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                        _ = seen.wait_for(|open| !open) => {}
                    }
                });
            }
        });
        Self { port, open }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_restarts_under_load_loses_nothing() {
    let mut fleet = Fleet::start(Db::Postgres).await;
    let receiver = Receiver::start().await;
    fleet.endpoint(receiver.url()).await;
    let url = url::Url::parse(&fleet.url).unwrap();
    let address = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
    let line = Line::to(address).await;
    let mut through = url.clone();
    through.set_host(Some("127.0.0.1")).unwrap();
    through.set_port(Some(line.port)).unwrap();
    fleet.url = through.to_string();
    let server = fleet.serve().await;
    let created = join_all((0..900).map(|_| server.create())).await;
    let ids: Vec<_> = created.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    let load = async {
        let mut told = 0;
        for batch in ids.chunks(10) {
            let answers = join_all(batch.iter().map(|id| server.cancel(id))).await;
            for status in answers.into_iter().map(|status| status.expect("an answer")) {
                assert!([204, 500, 503].contains(&status), "{status}");
                told += i64::from(status == 204);
            }
        }
        told
    };
    let cuts = AtomicUsize::new(0);
    let restarts = async {
        for _ in 0..4 {
            let before = receiver.count();
            eventually("deliveries go on", async || receiver.count() > before).await;
            line.open.send_replace(false);
            cuts.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(150)).await;
            line.open.send_replace(true);
        }
    };
    let told = tokio::select! {
        told = load => told,
        () = async { restarts.await; std::future::pending().await } => unreachable!(),
    };
    line.open.send_replace(true);
    assert!(cuts.into_inner() > 1, "the load ended before the line was cut");
    let cancelled = "SELECT COUNT(*) FROM sessions WHERE status = 'cancelled'";
    assert!(fleet.count(cancelled).await >= told, "what was told 204 is done");
    for id in &ids {
        eventually("it can be cancelled again", async || server.cancel(id).await == Some(204))
            .await;
    }
    fleet.delivered().await;
    fleet.assert_one_event_each().await;
    assert_eq!(receiver.events(receiver.count()).await.len(), 900);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_another_program_locks_loses_nothing() {
    let fleet = Fleet::start(Db::Sqlite).await;
    let receiver = Receiver::start().await;
    fleet.endpoint(receiver.url()).await;
    let server = fleet.serve().await;
    let id = server.create().await["id"].as_str().unwrap().to_owned();
    let lock = fleet.locked().await;
    let path = format!("/v1/sessions/{id}/cancel");
    let (status, body) = server.call(&path, json!({})).await.unwrap();
    assert_eq!((status, &body["error"]["code"]), (503, &json!("UNAVAILABLE")), "{body}");
    assert_eq!(fleet.count("SELECT COUNT(*) FROM events").await, 0);
    drop(lock);
    eventually("it can be cancelled again", async || server.cancel(&id).await == Some(204)).await;
    fleet.delivered().await;
    fleet.assert_one_event_each().await;
    assert_eq!(receiver.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_changes_nothing_and_ends_with_the_shortage_sqlite() {
    let fleet = Fleet::start(Db::Sqlite).await;
    let receiver = Receiver::start().await;
    fleet.endpoint(receiver.url()).await;
    // No file of this server may grow beyond 600 blocks of 512 or 1,024 bytes.
    let limit = ["sh", "-c", "ulimit -f 600; trap '' XFSZ; exec \"$0\" \"$@\""];
    let server = fleet.serve_with(&limit, &[]).await;
    let (mut ids, mut refused) = (Vec::new(), None);
    while refused.is_none() {
        assert!(ids.len() < 20_000, "the disk never filled up");
        match server.call("/v1/sessions", json!({})).await {
            Some((201, body)) => ids.push(body["data"]["id"].as_str().unwrap().to_owned()),
            other => refused = Some(other.expect("an answer")),
        }
    }
    let (status, body) = refused.unwrap();
    assert_eq!((status, &body["error"]["code"]), (503, &json!("UNAVAILABLE")), "{body}");
    let stored = fleet.count("SELECT COUNT(*) FROM sessions").await;
    assert_eq!(stored, i64::try_from(ids.len()).unwrap(), "each answer was true");
    server.kill().await;
    let server = fleet.serve().await;
    for batch in ids.chunks(50) {
        let answers = join_all(batch.iter().map(|id| server.cancel(id))).await;
        assert!(answers.iter().all(|status| *status == Some(204)));
    }
    fleet.delivered().await;
    fleet.assert_one_event_each().await;
    assert_eq!(receiver.count(), ids.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_changes_nothing_and_ends_with_the_shortage_postgres() {
    let fleet = Fleet::start(Db::Postgres).await;
    let receiver = Receiver::start().await;
    fleet.endpoint(receiver.url()).await;
    let server = fleet.serve().await;
    let id = server.create().await["id"].as_str().unwrap().to_owned();
    // What PostgreSQL says when a table cannot grow (53100), at the delivery's own insert.
    fleet
        .execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \
        $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
        )
        .await;
    for table in ["deliveries", "delivery_tries"] {
        fleet.execute(match table {
            "deliveries" => "CREATE TRIGGER full_disk BEFORE INSERT ON deliveries FOR EACH ROW EXECUTE FUNCTION full_disk()",
            _ => "CREATE TRIGGER full_disk BEFORE INSERT ON delivery_tries FOR EACH ROW EXECUTE FUNCTION full_disk()",
        }).await;
    }
    let path = format!("/v1/sessions/{id}/cancel");
    let (status, body) = server.call(&path, json!({})).await.unwrap();
    assert_eq!((status, &body["error"]["code"]), (503, &json!("UNAVAILABLE")), "{body}");
    assert_eq!(fleet.count("SELECT COUNT(*) FROM events").await, 0, "nothing of it was kept");
    // Now the event can be stored, and the end of its delivery cannot.
    fleet.execute("DROP TRIGGER full_disk ON deliveries").await;
    assert_eq!(server.cancel(&id).await, Some(204));
    receiver.next().await;
    let delivering = "SELECT COUNT(*) FROM deliveries WHERE status = 'delivering'";
    assert_eq!(fleet.count(delivering).await, 1, "it is not settled");
    fleet.execute("DROP TRIGGER full_disk ON delivery_tries").await;
    fleet.delivered().await;
    fleet.assert_one_event_each().await;
    assert_eq!(receiver.count(), 1, "what was kept in memory is written, and not sent again");
}
