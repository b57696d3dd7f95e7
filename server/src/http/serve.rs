//! Connections: accepted up to a number, given a time for each request's head, drained at the end.
//! HTTP/1.1 only: HTTP/2 comes with TLS, which a proxy ends, and an idle connection of it has no
//! time limit here.
//!
//! What is not HTTP at all never reaches a route: hyper answers it with a bare 400, 414 or 431 and
//! closes the connection.

mod detached;

use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

use self::detached::Shared;

/// Connections at the same time; the next one waits for a place.
const CONNECTIONS: usize = 10_000;
/// How long the head of a request may take to arrive: whoever sends nothing, or sends it byte by
/// byte, keeps no place.
const HEAD: Duration = Duration::from_secs(10);
/// How long nothing is accepted after accepting failed, for want of file descriptors mostly.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves `router` on `listener` until `asked`, then until every open request was answered. A
/// request's head may take `limit`, or ten seconds, whichever is less.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limit: Duration,
    asked: CancellationToken,
) {
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limit.min(HEAD));
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let open = GracefulShutdown::new();
    let tasks = TaskTracker::new();
    loop {
        let (stream, peer, place) = tokio::select! {
            () = asked.cancelled() => break,
            accepted = accept(&listener, &places) => accepted,
        };
        // An answer is one write: there is nothing to wait for.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let (detach, detached) = oneshot::channel();
        let detach = Arc::new(Mutex::new(Some(detach)));
        let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            answer(router.clone(), request, detach.clone())
        });
        let socket = Arc::new(stream);
        let io = TokioIo::new(Shared(socket.clone()));
        // Boxed, so that its memory is given back when a stream goes on without it.
        let connection = Box::pin(open.watch(builder.serve_connection(io, service)));
        tasks.spawn(async move {
            go_on(connection, detached, &socket).await;
            drop(place);
        });
    }
    drop(listener);
    open.shutdown().await;
    tasks.close();
    tasks.wait().await;
}

/// A connection to its end, which is its client's business; a stream goes on without hyper.
async fn go_on(connection: impl Future, detached: oneshot::Receiver<Response>, socket: &TcpStream) {
    let stream = tokio::select! {
        biased;
        Ok(stream) = detached => Some(stream),
        _ = connection => None,
    };
    if let Some(stream) = stream {
        let _ = detached::send(socket, stream).await;
    }
}

/// Where a connection's answer goes when it is a stream.
type Detach = Arc<Mutex<Option<oneshot::Sender<Response>>>>;

/// The answer to a request; a stream is handed over instead, and the connection with it.
async fn answer(
    router: Router,
    request: Request<Incoming>,
    detach: Detach,
) -> Result<Response, std::convert::Infallible> {
    let (method, version) = (request.method().clone(), request.version());
    let response = router.oneshot(request.map(Body::new)).await?;
    if !detached::is_stream(&method, version, &response) {
        return Ok(response);
    }
    let taken = detach.lock().expect("no holder of this lock panics").take();
    let Some(taken) = taken else { return Ok(response) };
    match taken.send(response) {
        // Whoever receives it drops the connection, and this with it.
        Ok(()) => pending().await,
        Err(response) => Ok(response),
    }
}

type Accepted = (TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit);

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> Accepted {
    let place = places.clone().acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, place),
            Err(error) => {
                tracing::error!(%error, "a connection was not accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
