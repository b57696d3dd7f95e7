//! A real webhook server on a local port, which checks signatures with other people's code.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use ring::hmac;
use serde_json::Value;
use standardwebhooks::Webhook;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

/// How long a delivery may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// One request, as it arrived.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Received {
    /// The value of the header `name`, which must be there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).unwrap_or_else(|| panic!("no header {name}"));
        value.to_str().expect("a header of visible ASCII")
    }

    /// The body, which must be JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }

    /// Whether one of the Standard Webhooks signatures was made with `secret`.
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let (id, at) = (self.header("webhook-id"), self.header("webhook-timestamp"));
        let at = at.parse().expect("a time in seconds");
        let expected = Webhook::new(secret)
            .and_then(|webhook| webhook.sign(id, at, &self.body))
            .expect("a secret in base64 and a body of UTF-8");
        self.header("webhook-signature").split(' ').any(|one| one == expected)
    }

    /// Asserts that one of the signatures in each family was made with `secret` over exactly this
    /// request. The times are as the sender's clock has them: tests freeze it.
    pub fn verify(&self, secret: &str) {
        let offered = self.header("webhook-signature");
        assert!(self.is_signed_by(secret), "webhook-signature: {offered}");

        let at = self.header("webhook-timestamp");
        let own = self.header("x-kayle-signature");
        let mut fields = own.split(',');
        assert_eq!(fields.next(), Some(format!("t={at}").as_str()), "x-kayle-signature: {own}");
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let signed = [at.as_bytes(), b".", &self.body].concat();
        let tag = hmac::sign(&key, &signed);
        let hex = tag.as_ref().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let expected = format!("v1={hex}");
        assert!(fields.any(|one| one == expected), "x-kayle-signature: {own}");
    }
}

#[derive(Clone)]
struct Desk {
    script: Arc<Mutex<VecDeque<StatusCode>>>,
    held: watch::Sender<bool>,
    count: Arc<AtomicUsize>,
    arrived: mpsc::UnboundedSender<Received>,
}

async fn receive(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let scripted = desk.script.lock().expect("no test panicked here").pop_front();
    desk.count.fetch_add(1, Ordering::SeqCst);
    // A receiver that is being dropped no longer listens.
    let _ = desk.arrived.send(Received { headers, body });
    let _ = desk.held.subscribe().wait_for(|held| !held).await;
    scripted.unwrap_or(StatusCode::OK)
}

/// A subscriber's webhook server; it stops when dropped.
pub struct Receiver {
    url: String,
    desk: Desk,
    arrivals: tokio::sync::Mutex<mpsc::UnboundedReceiver<Received>>,
    server: JoinHandle<()>,
}

impl Receiver {
    /// Starts one on a free port of 127.0.0.1.
    pub async fn start() -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.expect("a free port"))
    }

    /// Starts one on a port that is held already.
    pub fn on(listener: TcpListener) -> Self {
        let url = format!("http://{}/hook", listener.local_addr().expect("a bound socket"));
        let (arrived, arrivals) = mpsc::unbounded_channel();
        let (held, _) = watch::channel(false);
        let desk = Desk { script: Arc::default(), held, count: Arc::default(), arrived };
        let routes = Router::new().fallback(receive).with_state(desk.clone());
        let server = tokio::spawn(async move {
            axum::serve(listener, routes).await.expect("axum serves until it is stopped");
        });
        Self { url, desk, arrivals: tokio::sync::Mutex::new(arrivals), server }
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Answers the next unscripted request with `status`; without a script it is 200.
    pub fn respond_with(&self, status: u16) {
        let status = StatusCode::from_u16(status).expect("an HTTP status");
        self.desk.script.lock().expect("no test panicked here").push_back(status);
    }

    /// Takes requests from now on without answering them (`true`), or answers them all (`false`).
    pub fn hold(&self, held: bool) {
        self.desk.held.send_replace(held);
    }

    /// How many requests have arrived.
    pub fn count(&self) -> usize {
        self.desk.count.load(Ordering::SeqCst)
    }

    /// The ids of the events in the next `count` requests.
    pub async fn events(&self, count: usize) -> HashSet<String> {
        let mut events = HashSet::new();
        for _ in 0..count {
            events.insert(self.within_a_minute().await.header("webhook-id").to_owned());
        }
        events
    }

    /// The oldest request not yet taken; waits for one, and panics after ten seconds.
    pub async fn next(&self) -> Received {
        self.within(PATIENCE).await
    }

    /// The same for what a worker left that crashed.
    pub async fn within_a_minute(&self) -> Received {
        self.within(Duration::from_mins(1)).await
    }

    async fn within(&self, patience: Duration) -> Received {
        let mut arrivals = self.arrivals.lock().await;
        let next = tokio::time::timeout(patience, arrivals.recv()).await;
        next.expect("a delivery in time").expect("the server still runs")
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}
