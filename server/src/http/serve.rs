//! Connections: accepted up to a number, given a time for each request's head, drained at the end.
//! HTTP/1.1 only: HTTP/2 comes with TLS, which a proxy ends, and an idle connection of it has no
//! time limit here.
//!
//! What is not HTTP at all never reaches a route: hyper answers it with a bare 400, 414 or 431 and
//! closes the connection.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

/// Connections at the same time; the next one waits for a place.
const CONNECTIONS: usize = 10_000;
/// How long the head of a request may take to arrive: whoever sends nothing, or sends it byte by
/// byte, keeps no place.
const HEAD: Duration = Duration::from_secs(10);
/// How large a request's head may be, in bytes: room for the cookies of a busy browser. A larger one is
/// answered with 431.
const HEADERS: usize = 64 * 1024;
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
    builder.timer(TokioTimer::new()).header_read_timeout(limit.min(HEAD)).max_buf_size(HEADERS);
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
        let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            router.clone().oneshot(request.map(Body::new))
        });
        let connection = open.watch(builder.serve_connection(TokioIo::new(stream), service));
        tasks.spawn(async move {
            // How a connection ends is its client's business.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    open.shutdown().await;
    tasks.close();
    tasks.wait().await;
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
