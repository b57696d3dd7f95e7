//! One try against servers that answer well, badly, slowly, too much or not at all.

use http::HeaderValue;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use std::io;

use super::*;
use crate::webhook::names::dns::{Dns, Zone};
use crate::webhook::outcome;

const ENOUGH: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(300);

/// What a test server does with a connection once it has read the request.
#[derive(Clone, Copy)]
enum Answer {
    Dribble(&'static str),
    Reset,
    Bytes(&'static str),
    ThenHang(&'static str),
    Endless,
}

/// A raw server; the channel yields each request as text.
async fn serve(answer: Answer) -> (u16, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("bound").port();
    let (requests, received) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let requests = requests.clone();
            tokio::spawn(async move {
                let _ = requests.send(read_request(&mut stream).await);
                let _ = reply(&mut stream, answer).await;
            });
        }
    });
    (port, received)
}

/// Reads until the body `end` that every test posts, or anything that is not HTTP.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    while stream.read_buf(&mut request).await.is_ok_and(|n| n > 0) {
        if request.ends_with(b"\r\n\r\nend") || !request.starts_with(b"POST") {
            break;
        }
    }
    String::from_utf8_lossy(&request).into_owned()
}

async fn reply(stream: &mut TcpStream, answer: Answer) -> io::Result<()> {
    match answer {
        Answer::Bytes(text) => stream.write_all(text.as_bytes()).await,
        Answer::ThenHang(text) => {
            stream.write_all(text.as_bytes()).await?;
            std::future::pending().await
        }
        Answer::Dribble(text) => {
            for byte in text.bytes() {
                stream.write_all(&[byte]).await?;
                tokio::time::sleep(SHORT / 10).await;
            }
            Ok(())
        }
        Answer::Reset => stream.set_zero_linger(),
        Answer::Endless => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n";
            stream.write_all(head).await?;
            loop {
                stream.write_all(&[b'x'; 8192]).await?;
            }
        }
    }
}

async fn post(url: &str, loopback: bool, timeout: Duration) -> Outcome {
    let guard = Guard { loopback, ..Guard::default() };
    let client = Client::new(guard, Names::system(), (timeout, 64), &[]).expect("a client");
    let url = Url::parse(url).expect("a URL");
    client.post("whe_1", &url, &[("X-Kayle-Event", "test".to_owned())], b"end".to_vec()).await
}

async fn answer_to(answer: Answer, timeout: Duration) -> Outcome {
    let (port, _requests) = serve(answer).await;
    post(&format!("http://127.0.0.1:{port}/"), true, timeout).await
}

#[tokio::test]
async fn a_try_is_a_post_with_the_given_headers_and_body() {
    let (port, mut requests) = serve(Answer::Bytes("HTTP/1.1 204 No Content\r\n\r\n")).await;
    let outcome = post(&format!("http://localhost:{port}/hook?a=b"), true, ENOUGH).await;
    assert_eq!((outcome.status, outcome.error_class), (Some(204), None));
    assert!(outcome.latency > Duration::ZERO && outcome.latency < ENOUGH);
    let request = requests.recv().await.expect("a request");
    assert!(request.starts_with("POST /hook?a=b HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("\r\nx-kayle-event: test\r\n"), "{request}");
    let agent = format!("\r\nuser-agent: Kayle-Verify/{}\r\n", env!("CARGO_PKG_VERSION"));
    assert!(request.contains(&agent), "{request}");
    assert!(!request.contains("accept-encoding"), "{request}");
}

#[tokio::test]
async fn answers_are_classified() {
    for (answer, status, class) in [
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", Some(200), None),
        ("HTTP/1.1 500 Oh\r\n\r\n", Some(500), Some(outcome::HTTP_STATUS)),
        ("HTTP/1.1 410 Gone\r\n\r\n", Some(410), Some(outcome::HTTP_STATUS)),
        ("ehlo\r\n\r\n", None, Some(outcome::PROTOCOL)),
        ("", None, Some(outcome::RESET)),
        ("HTTP/1.1 200 OK\r\n", None, Some(outcome::RESET)),
    ] {
        let outcome = answer_to(Answer::Bytes(answer), ENOUGH).await;
        assert_eq!((outcome.status, outcome.error_class), (status, class), "{answer:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (target, mut followed) = serve(Answer::Bytes("HTTP/1.1 200 OK\r\n\r\n")).await;
    let text = format!("HTTP/1.1 301 Moved\r\nlocation: http://127.0.0.1:{target}/\r\n\r\n");
    let outcome = answer_to(Answer::Bytes(text.leak()), ENOUGH).await;
    let redirect = (Some(301), Some(outcome::REDIRECT));
    assert_eq!((outcome.status, outcome.error_class), redirect);
    assert!(followed.try_recv().is_err());
}

#[tokio::test]
async fn a_hanging_endpoint_is_given_up() {
    let outcome = answer_to(Answer::ThenHang(""), SHORT).await;
    assert_eq!((outcome.status, outcome.error_class), (None, Some(outcome::TIMEOUT)));
    assert!(outcome.latency >= SHORT && outcome.latency < ENOUGH);
}

#[tokio::test]
async fn a_status_counts_even_if_its_body_never_ends() {
    let stalled = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf";
    let outcome = answer_to(Answer::ThenHang(stalled), SHORT).await;
    assert_eq!((outcome.status, outcome.error_class), (Some(200), None));
    assert!(outcome.latency < SHORT);
}

#[tokio::test]
async fn a_dribbled_head_is_given_up_and_a_dribbled_body_changes_nothing() {
    let head = Answer::Dribble("HTTP/1.1 200 OK\r\nserver: slow\r\nx: 1\r\n\r\n");
    let outcome = answer_to(head, SHORT).await;
    assert_eq!((outcome.status, outcome.error_class), (None, Some(outcome::TIMEOUT)));
    let answer = answer_to(Answer::Reset, ENOUGH).await;
    assert_eq!((answer.status, answer.error_class), (None, Some(outcome::RESET)));
}

#[tokio::test]
async fn a_gigabyte_is_not_read() {
    let started = Instant::now();
    let outcome = answer_to(Answer::Endless, Duration::from_mins(1)).await;
    assert_eq!((outcome.status, outcome.error_class), (Some(200), None));
    assert!(started.elapsed() < ENOUGH);
}

#[tokio::test]
async fn a_refused_address_is_never_connected_to() {
    let (port, mut requests) = serve(Answer::Bytes("")).await;
    for (url, class) in [
        (format!("https://127.0.0.1:{port}/"), outcome::BLOCKED_ADDRESS),
        (format!("https://[::ffff:127.0.0.1]:{port}/"), outcome::BLOCKED_ADDRESS),
        (format!("https://localhost:{port}/"), outcome::BLOCKED_ADDRESS),
        (format!("http://127.0.0.1:{port}/"), outcome::INVALID_URL),
    ] {
        let outcome = post(&url, false, ENOUGH).await;
        assert_eq!((outcome.status, outcome.error_class), (None, Some(class)), "{url}");
    }
    assert!(requests.try_recv().is_err());
}

#[tokio::test]
async fn what_prevents_a_connection_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let closed = listener.local_addr().expect("bound").port();
    drop(listener);
    let (plain, _requests) = serve(Answer::Bytes("HTTP/1.1 400 No\r\n\r\n")).await;
    for (url, class) in [
        (format!("https://127.0.0.1:{closed}/"), outcome::CONNECT),
        (format!("https://127.0.0.1:{plain}/"), outcome::TLS),
    ] {
        let outcome = post(&url, true, ENOUGH).await;
        assert_eq!((outcome.status, outcome.error_class), (None, Some(class)), "{url}");
    }
}

#[tokio::test]
async fn a_name_without_an_address_is_a_dns_error() {
    let dns = Dns::start(&[("silent.test", Zone::Silence)]).await;
    let client = Client::new(Guard::default(), dns.names(), (SHORT, 64), &[]).expect("a client");
    for (url, class) in
        [("https://missing.test/", outcome::DNS), ("https://silent.test/", outcome::TIMEOUT)]
    {
        let url = Url::parse(url).expect("a URL");
        let outcome = client.post("whe_1", &url, &[], Vec::new()).await;
        assert_eq!((outcome.status, outcome.error_class), (None, Some(class)), "{url}");
    }
}

#[tokio::test]
async fn the_endpoint_can_ask_to_wait() {
    let busy = "HTTP/1.1 503 Busy\r\nretry-after: 120\r\n\r\n";
    let outcome = answer_to(Answer::Bytes(busy), ENOUGH).await;
    assert_eq!(outcome.status, Some(503));
    assert_eq!(outcome.retry_after, Some(Duration::from_mins(2)));
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let date = "Tue, 05 May 2026 11:20:00 GMT";
    for (wanted, date, seconds) in [
        ("0", None, Some(0)),
        (" 30 ", None, Some(30)),
        ("Tue, 05 May 2026 11:21:30 GMT", Some(date), Some(90)),
        ("Tue, 05 May 2026 11:19:00 GMT", Some(date), Some(0)),
        ("Tue, 05 May 2026 11:21:30 GMT", None, None),
        ("-5", None, None),
        ("soon", Some(date), None),
    ] {
        let mut headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(wanted))]);
        headers.extend(date.map(|date| (DATE, HeaderValue::from_static(date))));
        assert_eq!(retry_after(&headers), seconds.map(Duration::from_secs), "{wanted}");
    }
}
