//! A light HTTP/1.1 client over raw sockets, so that the driver takes little from the server.

use std::net::SocketAddr;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::call::digits;
use crate::meter::{WORKERS, Work};

/// Room for a head and a page, so that reading seldom has to grow it.
const ROOM: usize = 64 * 1024;

/// A connection that is kept open from one request to the next.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer, as long as the next one has not been asked for.
pub struct Reply<'a> {
    head: &'a str,
    /// Its body.
    pub body: &'a [u8],
}

impl Reply<'_> {
    /// The value of the header `name`.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.split("\r\n").find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Result<Self, String> {
        let stream = TcpStream::connect(address).await.map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        Ok(Self { stream, buffer: Vec::with_capacity(ROOM) })
    }

    /// Sends `request` and reads the whole answer, which must have the status `expected`.
    pub async fn exchange(&mut self, request: &[u8], expected: u16) -> Result<Reply<'_>, String> {
        self.stream.write_all(request).await.map_err(|error| error.to_string())?;
        self.buffer.clear();
        let start = loop {
            if let Some(end) = self.buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break end + 4;
            }
            self.fill().await?;
        };
        let head = text(&self.buffer[..start])?;
        let length = header(head, "content-length").and_then(|length| length.parse().ok());
        let length: usize = match (length, header(head, "transfer-encoding")) {
            (Some(length), _) => length,
            (None, Some("chunked")) => self.chunks(start).await?,
            (None, _) if expected == 204 => 0,
            (None, _) => return Err("an answer without its length".into()),
        };
        while self.buffer.len() < start + length {
            self.fill().await?;
        }
        let (head, body) = self.buffer.split_at(start);
        let reply = Reply { head: text(head)?, body };
        match reply.head.get(9..12).and_then(|status| status.parse::<u16>().ok()) {
            Some(status) if status == expected => Ok(reply),
            _ => Err(surprise(request, expected, &reply)),
        }
    }

    /// Reads to the end of a chunked body; how long it is, the chunks' own heads included.
    async fn chunks(&mut self, start: usize) -> Result<usize, String> {
        while !self.buffer[start..].ends_with(b"\r\n0\r\n\r\n") {
            self.fill().await?;
        }
        Ok(self.buffer.len() - start)
    }

    async fn fill(&mut self) -> Result<(), String> {
        match self.stream.read_buf(&mut self.buffer).await {
            Ok(0) => Err("the connection was closed in the middle of an answer".into()),
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn text(head: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(head).map_err(|error| error.to_string())
}

fn surprise(request: &[u8], expected: u16, reply: &Reply<'_>) -> String {
    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let asked = first(&String::from_utf8_lossy(request));
    let body: String = String::from_utf8_lossy(reply.body).chars().take(300).collect();
    format!("{asked}: expected {expected}, got {}: {body}", first(reply.head))
}

/// One connection's share of a round.
pub struct Caller {
    connection: Connection,
    requests: Arc<[Vec<u8>]>,
    next: usize,
    expected: u16,
    /// A request of its own, where every one differs: with the place of its digits.
    own: Option<(Vec<u8>, Range<usize>)>,
}

/// Counts the requests that differ.
static SERIAL: AtomicU64 = AtomicU64::new(1);

impl Work for Caller {
    async fn once(&mut self) -> Result<(), String> {
        if let Some((request, digits)) = &mut self.own {
            let serial = format!("{:016x}", SERIAL.fetch_add(1, Ordering::Relaxed));
            request[digits.clone()].copy_from_slice(serial.as_bytes());
            return self.connection.exchange(request, self.expected).await.map(drop);
        }
        let request = &self.requests[self.next];
        self.next = (self.next + 1) % self.requests.len();
        self.connection.exchange(request, self.expected).await.map(drop)
    }
}

/// Fresh connections, each beginning elsewhere in `requests`.
pub async fn workers(
    address: SocketAddr,
    requests: &Arc<[Vec<u8>]>,
    expected: u16,
) -> Result<Vec<Caller>, String> {
    let mut callers = Vec::with_capacity(WORKERS);
    for worker in 0..WORKERS {
        callers.push(Caller {
            connection: Connection::open(address).await?,
            requests: requests.clone(),
            next: worker * requests.len() / WORKERS,
            expected,
            own: digits(&requests[0]).map(|digits| (requests[0].clone(), digits)),
        });
    }
    Ok(callers)
}
