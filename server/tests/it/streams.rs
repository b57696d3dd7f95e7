//! Event streams on real sockets, from the first event to the last.

use std::net::SocketAddr;
use std::time::Duration;

use kayle_server::mailbox::MAX_STREAMS;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::app::{Db, TestApp};
use crate::phone::{agree, path};
use crate::protocol::socket;

/// A session, its path, and its page's `Authorization`.
async fn session(app: &TestApp) -> (String, String) {
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    let page = agree(app, &id, &["age_over_18", "kayle_document_id"]).await;
    (id, page)
}

fn request(method: &str, id: &str, page: &str, version: &str) -> String {
    let path = path(id, "events");
    format!("{method} {path} HTTP/{version}\r\nhost: x\r\nauthorization: {page}\r\n\r\n")
}

/// A connection on which something was asked.
async fn ask(address: SocketAddr, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// Another request that whoever is asked answers at once.
const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";

/// Reads until `part` was said.
async fn until(stream: &mut TcpStream, part: &str) -> String {
    let mut said = Vec::new();
    let read = async {
        while !String::from_utf8_lossy(&said).contains(part) {
            assert_ne!(stream.read_buf(&mut said).await.unwrap(), 0, "it ended before {part}");
        }
    };
    tokio::time::timeout(Duration::from_secs(10), read).await.expect("it is said in time");
    String::from_utf8(said).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_says_what_changes_and_ends_with_its_session() {
    let app = TestApp::start(Db::Sqlite).await;
    let (address, _guard) = socket(&app).await;
    let (id, page) = session(&app).await;
    // On a connection that was used before.
    let mut stream = ask(address, HEALTH).await;
    until(&mut stream, "ok\n").await;
    stream.write_all(request("GET", &id, &page, "1.1").as_bytes()).await.unwrap();
    let first = until(&mut stream, "\n\n").await;
    let (head, event) = first.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    for line in [
        "content-type: text/event-stream",
        "x-content-type-options: nosniff",
        "cache-control: no-cache",
        "transfer-encoding: chunked",
    ] {
        assert!(head.lines().any(|other| other == line), "{head}");
    }
    assert!(!head.contains("content-length"), "{head}");
    assert!(event.contains("event: session\nid: "), "{event}");
    assert!(event.contains(r#""step":"handoff""#), "{event}");
    // What a client asks meanwhile waits for the end of the stream.
    stream.write_all(HEALTH.as_bytes()).await.unwrap();
    app.api("POST", &format!("/v1/sessions/{id}/cancel"), None).await;
    let rest = until(&mut stream, "ok\n").await;
    let (events, health) = rest.split_once("0\r\n\r\n").expect("the end of the stream");
    assert!(events.contains(r#""status":"cancelled""#) && !events.contains("HTTP/1.1"), "{rest}");
    assert!(health.starts_with("HTTP/1.1 200"), "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_gives_the_place_back() {
    let app = TestApp::start(Db::Sqlite).await;
    let (address, _guard) = socket(&app).await;
    let (id, page) = session(&app).await;
    let follow = request("GET", &id, &page, "1.1");
    let open = async || {
        let mut stream = ask(address, &follow).await;
        let said = until(&mut stream, "\r\n\r\n").await;
        (stream, said.starts_with("HTTP/1.1 200"))
    };
    let mut streams = Vec::new();
    for _ in 0..MAX_STREAMS {
        let (stream, taken) = open().await;
        assert!(taken);
        streams.push(stream);
    }
    assert!(!open().await.1, "an eleventh is refused");
    streams.clear();
    // The server hears of it without a word to say.
    let again = async { while !open().await.1 {} };
    tokio::time::timeout(Duration::from_secs(10), again).await.expect("there is room again");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_client_gets_a_stream_too_and_a_head_none() {
    let app = TestApp::start(Db::Sqlite).await;
    let (address, _guard) = socket(&app).await;
    let (id, page) = session(&app).await;
    let mut old = ask(address, &request("GET", &id, &page, "1.0")).await;
    let said = until(&mut old, r#""step":"handoff""#).await;
    assert!(said.starts_with("HTTP/1.0 200"), "{said}");
    let mut head = ask(address, &request("HEAD", &id, &page, "1.1")).await;
    let said = until(&mut head, "\r\n\r\n").await;
    assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("\r\n\r\n"), "{said}");
    head.write_all(HEALTH.as_bytes()).await.unwrap();
    until(&mut head, "ok\n").await;
}

#[tokio::test]
async fn who_sends_more_than_a_request_is_not_read_and_holds_nobody_up() {
    let app = TestApp::start(Db::Sqlite).await;
    let (address, _guard) = socket(&app).await;
    let (id, page) = session(&app).await;
    let mut stream = ask(address, &request("GET", &id, &page, "1.1")).await;
    until(&mut stream, "\n\n").await;
    // On one thread: were the flood read for ever, nothing else would ever run. It is not: the sockets'
    // own buffers fill up, and then nothing more is taken.
    let mut flood = async |most: u32| {
        for sent in 0..most {
            let write = stream.write_all(&[b'x'; 8 * 1024]);
            if !matches!(tokio::time::timeout(Duration::from_secs(1), write).await, Ok(Ok(()))) {
                return sent;
            }
        }
        most
    };
    // Buffers of a system may hold megabytes; 256 of them are more than any has.
    assert!(flood(32_768).await < 32_768, "it is read for ever");
    until(&mut ask(address, HEALTH).await, "ok\n").await;
    assert_eq!(flood(1).await, 0, "nothing more is taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_end_when_the_server_does() {
    let app = TestApp::start(Db::Sqlite).await;
    let (address, _guard) = socket(&app).await;
    let (id, page) = session(&app).await;
    let mut stream = ask(address, &request("GET", &id, &page, "1.1")).await;
    until(&mut stream, "\n\n").await;
    app.engine.mailbox.close();
    assert_eq!(until(&mut stream, "0\r\n\r\n").await, "0\r\n\r\n");
}
