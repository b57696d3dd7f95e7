//! Sends one try over HTTP: no proxy, no redirect, guarded addresses, bounded time and answer.

mod errors;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};
use reqwest::{Response, redirect};
use rustls::pki_types::TrustAnchor;
use rustls::{ClientConfig, RootCertStore};
use tokio::time::Instant;
use url::Url;

use crate::webhook::guard::Guard;
use crate::webhook::names::{GuardedNames, Names};
use crate::webhook::outcome::Outcome;
use errors::{error_class, refusal_class};

/// What a try may take in all, from resolving the name to the end of the answer (`spec.md` §6).
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(15);

/// How every request names its sender.
pub const USER_AGENT: &str = concat!("Kayle-Verify/", env!("CARGO_PKG_VERSION"));

/// How much of an answer is read before the connection is given up (`spec.md` §6).
const ANSWER_LIMIT: u32 = 16 * 1024;

/// One unreachable address must leave time for the host's next one.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// What an answer says beyond its head is not worth more time than this.
const BODY_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a connection is kept for the endpoint's next delivery.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// Endpoints whose connections are kept; beyond, those used longest ago are closed.
const POOLS: usize = 64;
/// Idle connections kept for one endpoint.
const MOST_IDLE: usize = 32;
/// How often a connection of HTTP/2 that waits for an answer is asked whether it still stands.
const PING: Duration = Duration::from_secs(5);
/// Sends deliveries, over connections that no two endpoints share; cheap to clone.
#[derive(Debug, Clone)]
pub struct Client(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    guard: Guard,
    resolver: Arc<GuardedNames>,
    tls: ClientConfig,
    timeout: Duration,
    idle: usize,
    pools: Mutex<HashMap<String, Pool>>,
}

/// One endpoint's connections.
#[derive(Debug)]
struct Pool {
    http: reqwest::Client,
    used: Instant,
}

impl Client {
    /// A client that calls only what `guard` permits, gives up on a try after `timeout`, keeps at
    /// most `sockets` idle connections, and trusts `authorities` beside the usual ones.
    pub fn new(
        guard: Guard,
        names: Names,
        (timeout, sockets): (Duration, usize),
        authorities: &[TrustAnchor<'static>],
    ) -> Result<Self, reqwest::Error> {
        let resolver = Arc::new(GuardedNames { guard: guard.clone(), names });
        let (tls, pools) = (tls_config(authorities), Mutex::default());
        let idle = (sockets / POOLS).clamp(1, MOST_IDLE);
        let client = Self(Arc::new(Shared { guard, resolver, tls, timeout, idle, pools }));
        // Whatever keeps the first from being made is found now, and not at the first delivery.
        client.connections()?;
        Ok(client)
    }

    fn connections(&self) -> Result<reqwest::Client, reqwest::Error> {
        let Shared { resolver, tls, timeout, idle, .. } = &*self.0;
        reqwest::Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .user_agent(USER_AGENT)
            .dns_resolver(Arc::clone(resolver))
            .tls_backend_preconfigured(tls.clone())
            .timeout(*timeout)
            .connect_timeout(CONNECT_TIMEOUT.min(*timeout))
            .pool_idle_timeout(KEEP_ALIVE)
            .pool_max_idle_per_host(*idle)
            .http2_keep_alive_interval(PING)
            .http2_keep_alive_timeout(PING)
            .http2_initial_stream_window_size(ANSWER_LIMIT)
            .build()
    }

    fn pools(&self) -> MutexGuard<'_, HashMap<String, Pool>> {
        self.0.pools.lock().expect("no holder of this lock panics")
    }

    /// The connections of an endpoint.
    fn of(&self, endpoint: &str) -> Result<reqwest::Client, reqwest::Error> {
        let mut pools = self.pools();
        if let Some(pool) = pools.get_mut(endpoint) {
            pool.used = Instant::now();
            return Ok(pool.http.clone());
        }
        let http = self.connections()?;
        if pools.len() >= POOLS {
            let oldest = pools.iter().min_by_key(|(_, pool)| pool.used);
            let oldest = oldest.map(|(endpoint, _)| endpoint.clone());
            pools.remove(&oldest.unwrap_or_default());
        }
        let pool = Pool { http: http.clone(), used: Instant::now() };
        pools.insert(endpoint.to_owned(), pool);
        Ok(http)
    }

    /// Forgets the connections of endpoints that nothing was sent to for as long as this.
    pub fn forget_idle(&self, idle: Duration) {
        self.pools().retain(|_, pool| pool.used.elapsed() < idle);
    }

    /// Posts `body` with `headers` to the `url` of an endpoint; whatever happens is an [`Outcome`].
    pub async fn post(
        &self,
        endpoint: &str,
        url: &Url,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Outcome {
        let started = Instant::now();
        if let Err(refused) = self.0.guard.check_url(url) {
            return Outcome::unanswered(refusal_class(refused), started.elapsed());
        }
        let sent = async {
            let post = self.of(endpoint)?.post(url.clone()).body(body);
            headers.iter().fold(post, |post, (name, value)| post.header(*name, value)).send().await
        };
        match sent.await {
            Ok(response) => {
                let status = response.status().as_u16();
                let wait = retry_after(response.headers());
                let outcome = Outcome::answered(status, wait, started.elapsed());
                // What is not over then, the end of its connection ends.
                let _ = tokio::time::timeout(BODY_TIMEOUT, drain(response)).await;
                outcome
            }
            Err(error) => Outcome::unanswered(error_class(&error), started.elapsed()),
        }
    }
}

/// How TLS is spoken wherever this program is the client: on ring, with the same certificate
/// authorities on every machine, and `more` of them.
pub fn tls_config(more: &[TrustAnchor<'static>]) -> ClientConfig {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    roots.extend(more.iter().cloned());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring supports every default version of TLS")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config
}

/// Reads a short answer to its end, so that the connection can serve the next try. The status has
/// decided already: what goes wrong here changes nothing.
async fn drain(mut response: Response) {
    let mut left = usize::try_from(ANSWER_LIMIT).unwrap_or_default();
    while let Ok(Some(chunk)) = response.chunk().await {
        match left.checked_sub(chunk.len()) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}

/// `Retry-After` in either of its forms (RFC 9110 §10.2.3); a date counts from the answer's own
/// `Date`, so the two clocks need not agree.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let wanted = text(RETRY_AFTER)?;
    if let Ok(seconds) = wanted.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(wanted).ok()?;
    let from = httpdate::parse_http_date(text(DATE)?).ok()?;
    Some(until.duration_since(from).unwrap_or_default())
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod tls;
