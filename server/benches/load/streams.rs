//! Very many open event streams: what each costs the server, and how soon a change reaches one.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::client::Connection;
use crate::meter::percentile;
use crate::server::Program;
use crate::table::{Limit, Row};

/// Streams that are open at the same time.
const STREAMS: u32 = 5_000;
/// Callers that open them side by side.
const OPENERS: u32 = 20;
/// Of them, those whose session is cancelled under their eyes.
const CHANGES: usize = 1_000;
/// Callers that cancel side by side: well below what the server can, for this measures a wait.
const CALLERS: usize = 4;
/// When a stream counts as silent.
const SILENT: Duration = Duration::from_secs(20);
/// Until the polls that follow the opening are over.
const SETTLE: Duration = Duration::from_secs(3);

const MEMORY: Limit = Limit { name: "memory per event stream", most: 20.0, unit: "kB" };
const NEWS: Limit = Limit { name: "change to its page, p99", most: 100.0, unit: "ms" };

/// A page that follows its session.
struct Stream {
    id: String,
    socket: TcpStream,
    buffer: Vec<u8>,
}

impl Stream {
    /// Creates a session, agrees to it, and follows it.
    async fn open(api: &mut Connection, key: &str, address: SocketAddr) -> Result<Self, String> {
        let create = post(address, "/v1/sessions", &format!("Bearer {key}"), "{}");
        let made: Value = read(api.exchange(&create, 201).await?.body)?;
        let id = text(&made, "id")?;
        let consent = r#"{"selected_field_keys":["kayle_document_id"],"biometric_consent":true}"#;
        let path = format!("/v1/verify/session/{id}/consent");
        let agree = post(address, &path, "", consent);
        let agreed: Value = read(api.exchange(&agree, 200).await?.body)?;
        let page = text(&agreed, "page_credential")?;
        let socket = TcpStream::connect(address).await.map_err(|error| error.to_string())?;
        let mut stream = Self { id, socket, buffer: Vec::with_capacity(1024) };
        let follow = format!(
            "GET /v1/verify/session/{}/events HTTP/1.1\r\nhost: {address}\r\n\
             accept: text/event-stream\r\nauthorization: Page {page}\r\n\r\n",
            stream.id
        );
        stream.socket.write_all(follow.as_bytes()).await.map_err(|error| error.to_string())?;
        stream.until(r#""status":"created""#).await?;
        Ok(stream)
    }

    /// Waits for an event that says `part`.
    async fn until(&mut self, part: &str) -> Result<(), String> {
        let said = async {
            self.buffer.clear();
            while !String::from_utf8_lossy(&self.buffer).contains(part) {
                if self.socket.read_buf(&mut self.buffer).await.map_err(|e| e.to_string())? == 0 {
                    let said = String::from_utf8_lossy(&self.buffer);
                    return Err(format!("a stream ended: {said}"));
                }
            }
            Ok(())
        };
        timeout(SILENT, said).await.map_err(|_| format!("a stream never said {part}"))?
    }

    /// Cancels the session as its integrator, and returns how long its page waited for the news.
    async fn news(&mut self, api: &mut Connection, key: &str) -> Result<Duration, String> {
        let address = self.socket.peer_addr().map_err(|error| error.to_string())?;
        let path = format!("/v1/sessions/{}/cancel", self.id);
        let cancel = post(address, &path, &format!("Bearer {key}"), "");
        let begun = Instant::now();
        let (cancelled, heard) =
            tokio::join!(api.exchange(&cancel, 204), self.until(r#""status":"cancelled""#));
        cancelled.map(drop).and(heard).map(|()| begun.elapsed())
    }
}

fn post(address: SocketAddr, path: &str, authorization: &str, body: &str) -> Vec<u8> {
    let credential = match authorization {
        "" => String::new(),
        some => format!("authorization: {some}\r\n"),
    };
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\n{credential}content-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn read(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

fn text(answer: &Value, name: &str) -> Result<String, String> {
    answer["data"][name].as_str().map(str::to_owned).ok_or_else(|| format!("no {name} in {answer}"))
}

/// Opens every stream, lets sessions change, and says what it cost.
pub async fn rows(program: &Program) -> Result<Vec<Row>, String> {
    let wanted = u64::from(STREAMS) + 1_000;
    let files = rlimit::increase_nofile_limit(wanted).map_err(|error| error.to_string())?;
    if files < wanted {
        return Err(format!("{wanted} open files are needed; the system allows {files}"));
    }
    eprintln!("{STREAMS} event streams");
    let key: Arc<str> = program.tenant().await?.into();
    let server = program.serve().await?;
    let before = server.resident()?;
    let streams = open(server.address, key.clone()).await?;
    tokio::time::sleep(SETTLE).await;
    let each = (server.resident()? - before) * 1e3 / f64::from(STREAMS);
    let mut took = news(server.address, key, streams).await?;
    took.sort_unstable();
    server.stop().await?;
    Ok(vec![MEMORY.row(each), NEWS.row(percentile(&took, 99)?)])
}

async fn open(address: SocketAddr, key: Arc<str>) -> Result<Vec<Stream>, String> {
    let mut running = JoinSet::new();
    for _ in 0..OPENERS {
        let key = key.clone();
        running.spawn(async move {
            let mut api = Connection::open(address).await?;
            let mut streams = Vec::new();
            for _ in 0..STREAMS / OPENERS {
                streams.push(Stream::open(&mut api, &key, address).await?);
            }
            Ok::<_, String>(streams)
        });
    }
    let opened: Result<Vec<_>, String> = running.join_all().await.into_iter().collect();
    Ok(opened?.into_iter().flatten().collect())
}

/// What [`CHANGES`] pages waited, while all the others stay open.
async fn news(
    address: SocketAddr,
    key: Arc<str>,
    mut streams: Vec<Stream>,
) -> Result<Vec<Duration>, String> {
    let mut running = JoinSet::new();
    for _ in 0..CALLERS {
        let mut own = streams.split_off(streams.len() - CHANGES / CALLERS);
        let key = key.clone();
        running.spawn(async move {
            let mut api = Connection::open(address).await?;
            let mut took = Vec::with_capacity(own.len());
            for stream in &mut own {
                took.push(stream.news(&mut api, &key).await?);
            }
            Ok::<_, String>(took)
        });
    }
    let heard: Result<Vec<_>, String> = running.join_all().await.into_iter().collect();
    Ok(heard?.concat())
}
