//! An event stream on a connection of its own: thousands stay open, and what hyper keeps for a next
//! request, buffers of 16 kB above all, would never be used again.

use std::io::{self, ErrorKind, IoSlice};
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::SystemTime;

use axum::body::Body;
use axum::response::Response;
use futures::StreamExt as _;
use http::header::{CONTENT_TYPE, DATE};
use http::{Method, Version};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Bytes a client may send after its request, which nobody reads; then it is cut off.
const UNASKED: usize = 8 * 1024;

/// Whether the answer to such a request goes on as an event stream that nothing follows.
pub fn is_stream(method: &Method, version: Version, response: &Response) -> bool {
    let events = |value: &http::HeaderValue| value.as_bytes().starts_with(b"text/event-stream");
    method == Method::GET
        && version == Version::HTTP_11
        && response.headers().get(CONTENT_TYPE).is_some_and(events)
}

/// Sends the answer; it ends with the connection (RFC 9112 §6.3), or when the client goes.
pub async fn send(socket: &TcpStream, response: Response) -> io::Result<()> {
    write_all(socket, &head(&response)).await?;
    let mut events = Body::into_data_stream(response.into_body());
    let mut unasked = 0;
    loop {
        tokio::select! {
            event = events.next() => match event {
                Some(Ok(event)) => write_all(socket, &event).await?,
                Some(Err(_)) | None => return Ok(()),
            },
            left = left(socket, &mut unasked) => return left,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the Date of HTTP is the machine's own")]
fn head(response: &Response) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {}\r\nconnection: close\r\n", response.status()).into_bytes();
    if !response.headers().contains_key(DATE) {
        let now = httpdate::fmt_http_date(SystemTime::now());
        head.extend_from_slice(format!("date: {now}\r\n").as_bytes());
    }
    for (name, value) in response.headers() {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            head.extend_from_slice(part);
        }
    }
    head.extend_from_slice(b"\r\n");
    head
}

async fn write_all(socket: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        socket.writable().await?;
        match socket.try_write(bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Waits until the client has left, or has sent more than a stray request: nobody reads it.
async fn left(socket: &TcpStream, unasked: &mut usize) -> io::Result<()> {
    while *unasked < UNASKED {
        socket.readable().await?;
        match socket.try_read(&mut [0; 1024]) {
            Ok(0) => break,
            Ok(read) => *unasked += read,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A connection that hyper serves, and that stays when hyper lets go of it.
#[derive(Debug, Clone)]
pub struct Shared(pub Arc<TcpStream>);

impl AsyncRead for Shared {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            ready!(self.0.poll_read_ready(cx))?;
            match self.0.try_read_buf(buffer) {
                Ok(_) => return Poll::Ready(Ok(())),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl Shared {
    fn poll_out(
        &self,
        cx: &mut Context<'_>,
        mut out: impl FnMut(&TcpStream) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.0.poll_write_ready(cx))?;
            match out(&self.0) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                done => return Poll::Ready(done),
            }
        }
    }
}

impl AsyncWrite for Shared {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_out(cx, |socket| socket.try_write(bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_out(cx, |socket| socket.try_write_vectored(bytes))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(SockRef::from(&*self.0).shutdown(Shutdown::Write))
    }
}
