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
/// Of them, those whose session is cancelled under their eyes.
const CHANGES: usize = 1_000;
/// Callers that open them side by side.
const OPENERS: u32 = 20;
/// Callers that cancel side by side: well below what the server can, for this measures a wait.
const CALLERS: u32 = 4;
/// When a stream counts as silent.
const SILENT: Duration = Duration::from_secs(20);
/// Until the polls that follow the opening are over.
const SETTLE: Duration = Duration::from_secs(3);

const MEMORY: Limit = Limit { name: "memory per event stream", most: 64.0, unit: "kB" };
const NEWS: Limit = Limit { name: "change to its page, p99", most: 100.0, unit: "ms" };

/// A session whose user agreed.
struct Agreed {
    id: String,
    page: String,
}

impl Agreed {
    /// Creates a session and agrees to it.
    async fn new(api: &mut Connection, key: &str, address: SocketAddr) -> Result<Self, String> {
        let create = post(address, "/v1/sessions", &format!("Bearer {key}"), "{}");
        let made: Value = read(api.exchange(&create, 201).await?.body)?;
        let id = text(&made, "id")?;
        let consent = r#"{"selected_field_keys":["kayle_document_id"],"biometric_consent":true}"#;
        let path = format!("/v1/verify/session/{id}/consent");
        let agree = post(address, &path, "", consent);
        let agreed: Value = read(api.exchange(&agree, 200).await?.body)?;
        Ok(Self { id, page: text(&agreed, "page_credential")? })
    }
}

/// A page that follows its session.
struct Stream {
    id: String,
    socket: TcpStream,
    buffer: Vec<u8>,
}

impl Stream {
    async fn open(agreed: Agreed, address: SocketAddr) -> Result<Self, String> {
        let socket = TcpStream::connect(address).await.map_err(|error| error.to_string())?;
        let Agreed { id, page } = agreed;
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
    let key: Arc<str> = program.tenant().await?.into();
    let server = program.serve().await?;
    let address = server.address;
    eprintln!("{STREAMS} event streams");
    let agreed = side_by_side(OPENERS, |_| agree(address, key.clone())).await?;
    let before = server.resident()?;
    let mut shares = agreed;
    let streams =
        side_by_side(OPENERS, |_| open(address, shares.pop().unwrap_or_default())).await?;
    tokio::time::sleep(SETTLE).await;
    let each = (server.resident()? - before) * 1e3 / f64::from(STREAMS);
    let mut took = news(address, key, streams.into_iter().flatten().collect()).await?;
    took.sort_unstable();
    server.stop().await?;
    Ok(vec![MEMORY.row(each), NEWS.row(percentile(&took, 99)?)])
}

/// What so many tasks give, all at the same time.
async fn side_by_side<T: Send + 'static, F>(
    tasks: u32,
    mut task: impl FnMut(u32) -> F,
) -> Result<Vec<T>, String>
where
    F: Future<Output = Result<T, String>> + Send + 'static,
{
    let running: JoinSet<_> = (0..tasks).map(&mut task).collect();
    running.join_all().await.into_iter().collect()
}

/// A caller's share of the sessions.
async fn agree(address: SocketAddr, key: Arc<str>) -> Result<Vec<Agreed>, String> {
    let mut api = Connection::open(address).await?;
    let mut agreed = Vec::new();
    for _ in 0..STREAMS / OPENERS {
        agreed.push(Agreed::new(&mut api, &key, address).await?);
    }
    Ok(agreed)
}

/// A caller's share of the streams.
async fn open(address: SocketAddr, sessions: Vec<Agreed>) -> Result<Vec<Stream>, String> {
    let mut streams = Vec::with_capacity(sessions.len());
    for agreed in sessions {
        streams.push(Stream::open(agreed, address).await?);
    }
    Ok(streams)
}

/// What [`CHANGES`] pages waited, while all the others stay open.
async fn news(
    address: SocketAddr,
    key: Arc<str>,
    mut streams: Vec<Stream>,
) -> Result<Vec<Duration>, String> {
    let heard = side_by_side(CALLERS, |_| {
        let own = streams.split_off(streams.len() - CHANGES / CALLERS as usize);
        follow(address, key.clone(), own)
    });
    Ok(heard.await?.concat())
}

/// A caller's share of the changes.
async fn follow(
    address: SocketAddr,
    key: Arc<str>,
    mut streams: Vec<Stream>,
) -> Result<Vec<Duration>, String> {
    let mut api = Connection::open(address).await?;
    let mut took = Vec::with_capacity(streams.len());
    for stream in &mut streams {
        took.push(stream.news(&mut api, &key).await?);
    }
    Ok(took)
}
