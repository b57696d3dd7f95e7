//! HTTP itself: methods, types, slow and lying clients, panics; all in the envelope, logged once.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use axum::routing::get;
use futures::stream;
use kayle_server::http::behind_edge;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::{CancellationToken, DropGuard};
use tower::ServiceExt as _;
use tracing_subscriber::fmt::MakeWriter;

use crate::app::{Answer, Db, TestApp};
use crate::both;
use crate::fleet::PATIENCE;
use crate::phone::path;

async fn with(app: &TestApp, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {}", app.key));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

both! {
    async fn head_answers_as_get_does_without_the_body(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        for path in [format!("/v1/sessions/{id}"), "/v1/sessions".to_owned(), path(&id, "status"), path(&id, "details")] {
            let auth = if path.contains("verify") { "" } else { &format!("Bearer {}", app.key) };
            let (get, head) = (app.call("GET", &path, auth, None).await, app.call("HEAD", &path, auth, None).await);
            assert_eq!((get.status, head.status, head.text.as_str()), (StatusCode::OK, StatusCode::OK, ""), "{path}");
            for name in ["content-type", "content-length", "cache-control"] {
                assert_eq!(head.headers.get(name), get.headers.get(name), "{path} {name}");
            }
        }
        let missing = with(&app, "HEAD", &format!("/v1/sessions/vs_{}", "0".repeat(32)), &[]).await;
        assert_eq!(missing.status, 404);
    }

    async fn every_other_method_is_refused_with_what_is_allowed(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let one = format!("/v1/sessions/{id}");
        let cancel = format!("{one}/cancel");
        for (path, allowed) in [
            ("/v1/sessions", "GET,HEAD,POST"), (one.as_str(), "GET,HEAD,DELETE"), (cancel.as_str(), "POST"),
            (&path(&id, "status"), "GET,HEAD"), (&path(&id, "consent"), "POST"), (&path(&id, "checks/nfc"), "POST"),
        ] {
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"] {
                if allowed.split(',').any(|one| one == method) {
                    continue;
                }
                let answer = app.call(method, path, "", None).await;
                assert_eq!((answer.status.as_u16(), answer.code().as_str()), (405, "METHOD_NOT_ALLOWED"), "{method} {path}");
                let told = answer.headers["allow"].to_str().unwrap();
                let (mut told, mut expected): (Vec<_>, Vec<_>) = (told.split(',').collect(), allowed.split(',').collect());
                told.sort_unstable();
                expected.sort_unstable();
                assert_eq!(told, expected, "{method} {path}");
            }
        }
    }

    async fn a_trailing_slash_is_another_path(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        for path in ["/v1/sessions/", "/v1//sessions", &format!("/v1/sessions/{id}/"), &format!("/v1/sessions/{id}/cancel/")] {
            let answer = with(&app, "GET", path, &[]).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (404, "NOT_FOUND"), "{path}");
        }
    }

    async fn what_a_client_accepts_and_how_it_encodes_is_looked_at_first(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        for (path, header, status) in [
            ("/v1/sessions", ("accept", "text/html"), 406),
            ("/v1/sessions", ("accept", "application/json;q=0"), 406),
            ("/v1/sessions", ("accept", "text/html, */*;q=0.1"), 200),
            (&path(&id, "status"), ("accept", "application/xml"), 406),
            (&path(&id, "events"), ("accept", "application/json"), 406),
        ] {
            let request = Request::builder().uri(path).header(header.0, header.1);
            let request = if path == "/v1/sessions" {
                request.header("authorization", format!("Bearer {}", app.key))
            } else { request };
            let answer = app.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, status, "{path} {header:?}");
            if status == 406 {
                assert_eq!(answer.code(), "NOT_ACCEPTABLE");
                assert!(answer.message().contains("Accept"), "{}", answer.message());
            }
        }
        for header in [("content-encoding", "gzip"), ("content-encoding", "br"), ("content-type", "text/plain")] {
            let request = Request::builder().method("POST").uri("/v1/sessions")
                .header("authorization", format!("Bearer {}", app.key)).header(header.0, header.1);
            let answer = app.send(request.body(Body::from("{}")).unwrap()).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{header:?}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_in_time_is_given_up() {
    let app = TestApp::with(Db::Sqlite, &[("KAYLE_REQUEST_TIMEOUT", "200ms")]).await;
    let never = stream::pending::<Result<Bytes, std::io::Error>>();
    let request = Request::builder()
        .method("POST")
        .uri("/v1/sessions")
        .header("authorization", format!("Bearer {}", app.key))
        .header("content-type", "application/json")
        .header("content-length", "20");
    let answer = app.send(request.body(Body::from_stream(never)).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (408, "REQUEST_TIMEOUT"));
    assert_eq!(app.count("SELECT COUNT(*) FROM sessions").await, 0);
}

/// The router on a real socket, served as the binary does; it ends with the token.
pub async fn socket(app: &TestApp) -> (SocketAddr, DropGuard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (router, limit) = (app.router.clone(), app.engine.config.request_timeout);
    let asked = CancellationToken::new();
    tokio::spawn(kayle_server::http::serve::serve(listener, router, limit, asked.clone()));
    (address, asked.drop_guard())
}

/// Sends bytes as they are and reads what comes back until the server has no more to say.
async fn raw(address: SocketAddr, bytes: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let mut answer = String::new();
    // A server that resets the connection has said all it will.
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_without_a_path_has_a_page_of_its_own() {
    let app = TestApp::start(Db::Sqlite).await;
    let (address, _guard) = socket(&app).await;
    for (target, status) in [
        ("CONNECT evil.example:443", 404),
        ("GET evil.example:443", 404),
        ("POST evil.example", 404),
        ("OPTIONS *", 404),
        ("GET http://evil.example/app", 200),
    ] {
        let request = format!("{target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let answer = raw(address, &request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{target}: {answer}");
        assert!(answer.contains("<!DOCTYPE html>") && answer.ends_with("</html>"), "{target}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_content_length_that_lies_creates_nothing_or_exactly_what_it_says() {
    let app = TestApp::start(Db::Sqlite).await;
    let (address, _guard) = socket(&app).await;
    let head = format!(
        "POST /v1/sessions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\nconnection: close\r\n",
        app.key
    );
    let sessions = || app.count("SELECT COUNT(*) FROM sessions");
    // It promises more than comes: the sender has nothing more to say.
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(format!("{head}content-length: 50\r\n\r\n{{}}").as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut said = String::new();
    let _ = stream.read_to_string(&mut said).await;
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 400"), "{said}");
    assert_eq!(sessions().await, 0);
    // It promises less than comes: the rest is no request.
    let answer =
        raw(address, &format!("{head}content-length: 2\r\n\r\n{{}}{{}}{{}}\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert_eq!(answer.matches("HTTP/1.1 201").count(), 1);
    assert_eq!(sessions().await, 1);
    // Two lengths, or a length beside chunks: the way requests are smuggled (RFC 9112 §6.3).
    for lie in [
        "content-length: 2\r\ncontent-length: 4\r\n\r\n{}{}",
        "content-length: 2, 4\r\n\r\n{}{}",
        "content-length: -2\r\n\r\n{}",
        "content-length: 2\r\ntransfer-encoding: identity\r\n\r\n{}",
    ] {
        let answer = raw(address, &format!("{head}{lie}")).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{lie}: {answer}");
    }
    assert_eq!(sessions().await, 1);
    let both = "content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    let answer = raw(address, &format!("{head}{both}")).await;
    assert!(answer.matches("HTTP/1.1").count() <= 1, "{answer}");
    // A body that is too large is refused by its promise alone.
    let answer = raw(address, &format!("{head}content-length: 70000\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("PAYLOAD_TOO_LARGE"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_nothing_or_a_head_byte_by_byte_keeps_no_connection() {
    let app = TestApp::with(Db::Sqlite, &[("KAYLE_REQUEST_TIMEOUT", "2s")]).await;
    let (address, _guard) = socket(&app).await;
    let whole = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    let all = [
        ("", ""),
        ("PRI *", ""),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ""),
        ("GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ", ""),
        (whole, "HTTP/1.1 200"),
    ];
    let each = all.map(|(sent, kept)| async move {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = String::new();
        // The server ends it; were it to wait for the rest, this would not return.
        let ended = tokio::time::timeout(PATIENCE, stream.read_to_string(&mut answer));
        ended.await.expect("the server gives the connection up").unwrap();
        assert!(answer.starts_with(kept), "{sent}: {answer}");
        assert_eq!(answer.is_empty(), kept.is_empty(), "{sent}: {answer}");
    });
    futures::future::join_all(each).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_end_open_requests_are_answered_and_no_new_ones_taken() {
    let app = TestApp::start(Db::Sqlite).await;
    let (address, guard) = socket(&app).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/sessions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: 2\r\n\r\n{{",
        app.key
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // Another request on another connection: by its answer the first one has been taken up too.
    raw(address, "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    drop(guard);
    while TcpStream::connect(address).await.is_ok() {}
    stream.write_all(b"}").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
}

/// Lines of a log, kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    fn take(&self) -> Vec<Value> {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap());
        let text = String::from_utf8(bytes).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

#[tokio::test]
async fn what_is_refused_is_logged_once_and_never_with_a_secret() {
    let app = TestApp::start(Db::Sqlite).await;
    let created = app.create().await;
    let (id, token) = (created["id"].as_str().unwrap(), created["cancel_token"].as_str().unwrap());
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_writer(log.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let wrong = "b".repeat(48);
    let key = format!("Bearer kk_{}", "c".repeat(32));
    for (method, path, auth, body) in [
        ("GET", "/v1/nothing".to_owned(), "", None),
        ("PUT", "/v1/sessions".to_owned(), "", None),
        ("GET", "/v1/sessions".to_owned(), key.as_str(), None),
        ("GET", "/v1/sessions/vs_1".to_owned(), "", None),
        ("POST", self::path(id, "cancel"), "", Some(format!("{{\"cancel_token\":\"{wrong}\"}}"))),
        (
            "POST",
            self::path(id, "cancel"),
            "",
            Some(format!("{{\"cancel_token\":\"{token}\",\"x\":1}}")),
        ),
        (
            "POST",
            self::path(id, "hello"),
            "",
            Some(format!("{{\"mobile_write_token\":\"{token}\"}}")),
        ),
        ("GET", self::path(id, "events"), "Page kpc_secret", None),
        ("GET", format!("/{id}?cancel_token={wrong}"), "", None),
        ("GET", "/vs_1".to_owned(), "", None),
    ] {
        let mut request = Request::builder().method(method).uri(&path);
        if !auth.is_empty() {
            request = request.header("authorization", auth);
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let answer =
            app.send(request.body(body.map_or_else(Body::empty, Body::from)).unwrap()).await;
        assert!(!answer.status.is_success(), "{method} {path}");
        let lines = log.take();
        assert!(lines.len() <= 1, "{method} {path}: {lines:?}");
        if path.starts_with("/v1") {
            assert_eq!(lines[0]["fields"]["code"], answer.code(), "{method} {path}");
            assert_eq!(lines[0]["span"]["id"], answer.headers["x-request-id"].to_str().unwrap());
        }
        let text = format!("{lines:?}");
        for secret in [token, &wrong, "kk_", "kpc_", "cancel_token"] {
            assert!(!text.contains(secret), "{method} {path} logged {secret}: {text}");
        }
    }
}

#[tokio::test]
async fn a_panic_is_answered_in_the_envelope_and_tells_nothing() {
    let app = TestApp::start(Db::Sqlite).await;
    let panics = Router::new()
        .route("/v1/boom", get(async || -> &'static str { panic!("a secret of the panic") }));
    let response = behind_edge(app.engine.clone(), panics)
        .oneshot(Request::builder().uri("/v1/boom").body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(response.status(), 500);
    assert!(response.headers().contains_key("x-request-id"));
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let json: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!((&json["data"], &json["error"]["code"]), (&Value::Null, &Value::from("INTERNAL")));
    assert!(!json.to_string().contains("secret"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_restarted_is_read_again_at_once() {
    let app = TestApp::start(Db::Postgres).await;
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    for _ in 0..3 {
        // Both lanes of every reader have a connection of their own by now.
        let reads = (0..8).map(|_| app.get(&id));
        futures::future::join_all(reads).await;
        let mut conn = app.engine.store.read().await.unwrap();
        let others = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE \
            application_name = current_setting('application_name') AND pid <> pg_backend_pid()";
        let ended: i64 = sqlx::query_scalar(others).fetch_one(&mut *conn).await.unwrap();
        assert!(ended > 0, "there was a connection to lose");
        drop(conn);
        let one = format!("/v1/sessions/{id}");
        let answers = (0..8).map(|_| app.api("GET", &one, None));
        for answer in futures::future::join_all(answers).await {
            assert_eq!(answer.status, 200, "{}", answer.text);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_panics_costs_nobody_else_anything() {
    let app = TestApp::start(Db::Sqlite).await;
    let panics = app.engine.store.write((), |_, ()| Box::pin(async { panic!("in a write") }));
    let panicked: Result<(), _> = panics.await;
    assert!(panicked.is_err());
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    assert_eq!(app.get(&id).await["status"], "created");
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_the_database_is_answered_and_its_cause_kept() {
    let app = TestApp::start(Db::Sqlite).await;
    app.engine.store.close().await;
    let answer = app.api("GET", "/v1/sessions", None).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "UNAVAILABLE"));
    assert!(!answer.text.contains("pool"), "{}", answer.text);
}
