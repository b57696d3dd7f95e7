//! A subscriber's server on a thread of its own: it answers after a millisecond, or never, and notes
//! when each event came.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use tokio::net::TcpListener;

/// How long it takes to answer.
const ANSWER: Duration = Duration::from_millis(1);
/// How long a call hangs that is never answered.
const HANG: Duration = Duration::from_mins(1);

/// What came, and when.
#[derive(Clone, Default)]
pub struct Arrivals {
    count: Arc<AtomicUsize>,
    times: Arc<Mutex<HashMap<String, Instant>>>,
}

impl Arrivals {
    /// How many requests came.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// When each event came, by its id; they are forgotten.
    pub fn take(&self) -> HashMap<String, Instant> {
        std::mem::take(&mut self.times.lock().expect("no holder of this lock panics"))
    }
}

async fn answer(State(arrivals): State<Arrivals>, headers: HeaderMap) -> StatusCode {
    let now = Instant::now();
    if let Some(id) = headers.get("webhook-id").and_then(|id| id.to_str().ok()) {
        let mut times = arrivals.times.lock().expect("no holder of this lock panics");
        times.insert(id.to_owned(), now);
    }
    tokio::time::sleep(ANSWER).await;
    arrivals.count.fetch_add(1, Ordering::SeqCst);
    StatusCode::NO_CONTENT
}

/// Starts it; `/hook` answers and `/hang` does not.
pub fn serve() -> Result<(SocketAddr, Arrivals), String> {
    let arrivals = Arrivals::default();
    let routes = Router::new()
        .route("/hook", post(answer))
        .route("/hang", post(async || tokio::time::sleep(HANG).await))
        .with_state(arrivals.clone());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    listener.set_nonblocking(true).map_err(|error| error.to_string())?;
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("the machine has threads").block_on(async move {
            let listener = TcpListener::from_std(listener).expect("it is a listener");
            axum::serve(listener, routes).await.expect("axum serves until the process ends");
        });
    });
    Ok((address, arrivals))
}
