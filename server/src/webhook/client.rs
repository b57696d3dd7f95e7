//! Sends one try over HTTP: no proxy, no redirect, guarded addresses, bounded time and answer.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::iter;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};
use reqwest::{Response, redirect};
use rustls::{ClientConfig, RootCertStore};
use tokio::time::Instant;
use url::Url;

use crate::webhook::guard::{Guard, LookupError, UrlRefused};
use crate::webhook::outcome::{self, Outcome};

/// What a try may take in all, from resolving the name to the end of the answer (`spec.md` §6).
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(15);

/// How every request names its sender.
pub const USER_AGENT: &str = concat!("Kayle-Verify/", env!("CARGO_PKG_VERSION"));

/// How much of an answer is read before the connection is given up (`spec.md` §6).
const ANSWER_LIMIT: u32 = 16 * 1024;

/// One unreachable address must leave time for the host's next one.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A pooled HTTP client for deliveries; cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    guard: Arc<Guard>,
}

impl Client {
    /// A client that calls only what `guard` permits and gives up on a try after `timeout`.
    pub fn new(guard: Guard, timeout: Duration) -> Result<Self, reqwest::Error> {
        let guard = Arc::new(guard);
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .user_agent(USER_AGENT)
            .dns_resolver(Arc::clone(&guard))
            .tls_backend_preconfigured(tls_config())
            .timeout(timeout)
            .connect_timeout(timeout.min(CONNECT_TIMEOUT))
            .http2_initial_stream_window_size(ANSWER_LIMIT)
            .build()?;
        Ok(Self { http, guard })
    }

    /// Posts `body` with `headers` to `url`; whatever happens is an [`Outcome`].
    pub async fn post(
        &self,
        url: &Url,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Outcome {
        let started = Instant::now();
        if let Err(refused) = self.guard.check_url(url) {
            return Outcome::unanswered(refusal_class(refused), started.elapsed());
        }
        let request = headers
            .iter()
            .fold(self.http.post(url.clone()), |request, (name, value)| {
                request.header(*name, value)
            })
            .body(body);
        match request.send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                let wait = retry_after(response.headers());
                let outcome = Outcome::answered(status, wait, started.elapsed());
                drain(response).await;
                outcome
            }
            Err(error) => Outcome::unanswered(error_class(&error), started.elapsed()),
        }
    }
}

/// How TLS is spoken wherever this program is the client: on ring, with the same certificate
/// authorities on every machine.
pub(crate) fn tls_config() -> ClientConfig {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
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

fn refusal_class(refused: UrlRefused) -> &'static str {
    match refused {
        UrlRefused::Address(_) => outcome::BLOCKED_ADDRESS,
        UrlRefused::TooLong | UrlRefused::Scheme | UrlRefused::UserInfo => outcome::INVALID_URL,
    }
}

fn error_class(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        return outcome::TIMEOUT;
    }
    let class = iter::successors(Some(error as &(dyn Error + 'static)), |&cause| inner(cause))
        .find_map(cause_class);
    class.unwrap_or(if error.is_connect() { outcome::CONNECT } else { outcome::PROTOCOL })
}

/// The next cause down; unlike [`Error::source`], it does not skip what an I/O error wraps.
fn inner<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match cause.downcast_ref().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => cause.source(),
    }
}

fn cause_class(cause: &(dyn Error + 'static)) -> Option<&'static str> {
    if let Some(lookup) = cause.downcast_ref() {
        return Some(match lookup {
            LookupError::Blocked => outcome::BLOCKED_ADDRESS,
            LookupError::Unresolved(_) => outcome::DNS,
        });
    }
    if cause.is::<rustls::Error>() {
        return Some(outcome::TLS);
    }
    let cut_off = cause.downcast_ref().is_some_and(hyper::Error::is_incomplete_message);
    let reset = cause.downcast_ref().map(io::Error::kind).is_some_and(|kind| {
        use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
        matches!(kind, ConnectionReset | ConnectionAborted | BrokenPipe)
    });
    (cut_off || reset).then_some(outcome::RESET)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::mpsc;

    use super::*;

    const ENOUGH: Duration = Duration::from_secs(10);
    const SHORT: Duration = Duration::from_millis(300);

    /// What a test server does with a connection once it has read the request.
    #[derive(Clone, Copy)]
    enum Answer {
        Bytes(&'static str),
        ThenHang(&'static str),
        Endless,
    }

    /// A raw server; the channel yields each request as text.
    async fn serve(answer: Answer) -> (u16, mpsc::UnboundedReceiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let (requests, received) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let requests = requests.clone();
                tokio::spawn(async move {
                    let _ = requests.send(read_request(&mut stream).await);
                    let _ = reply(&mut stream, answer).await;
                });
            }
        });
        (port, received)
    }

    /// Reads until the body `end` that every test posts, or anything that is not HTTP.
    async fn read_request(stream: &mut TcpStream) -> String {
        let mut request = Vec::new();
        while stream.read_buf(&mut request).await.is_ok_and(|n| n > 0) {
            if request.ends_with(b"\r\n\r\nend") || !request.starts_with(b"POST") {
                break;
            }
        }
        String::from_utf8_lossy(&request).into_owned()
    }

    async fn reply(stream: &mut TcpStream, answer: Answer) -> io::Result<()> {
        match answer {
            Answer::Bytes(text) => stream.write_all(text.as_bytes()).await,
            Answer::ThenHang(text) => {
                stream.write_all(text.as_bytes()).await?;
                std::future::pending().await
            }
            Answer::Endless => {
                let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n";
                stream.write_all(head).await?;
                loop {
                    stream.write_all(&[b'x'; 8192]).await?;
                }
            }
        }
    }

    async fn post(url: &str, loopback: bool, timeout: Duration) -> Outcome {
        let guard = Guard { loopback, ..Guard::default() };
        let client = Client::new(guard, timeout).expect("a client");
        let url = Url::parse(url).expect("a URL");
        client.post(&url, &[("X-Kayle-Event", "test".to_owned())], b"end".to_vec()).await
    }

    async fn answer_to(answer: Answer, timeout: Duration) -> Outcome {
        let (port, _requests) = serve(answer).await;
        post(&format!("http://127.0.0.1:{port}/"), true, timeout).await
    }

    #[tokio::test]
    async fn a_try_is_a_post_with_the_given_headers_and_body() {
        let (port, mut requests) = serve(Answer::Bytes("HTTP/1.1 204 No Content\r\n\r\n")).await;
        let outcome = post(&format!("http://localhost:{port}/hook?a=b"), true, ENOUGH).await;
        assert_eq!((outcome.status, outcome.error_class), (Some(204), None));
        assert!(outcome.latency > Duration::ZERO && outcome.latency < ENOUGH);
        let request = requests.recv().await.expect("a request");
        assert!(request.starts_with("POST /hook?a=b HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("\r\nx-kayle-event: test\r\n"), "{request}");
        let agent = format!("\r\nuser-agent: Kayle-Verify/{}\r\n", env!("CARGO_PKG_VERSION"));
        assert!(request.contains(&agent), "{request}");
        assert!(!request.contains("accept-encoding"), "{request}");
    }

    #[tokio::test]
    async fn answers_are_classified() {
        for (answer, status, class) in [
            ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", Some(200), None),
            ("HTTP/1.1 500 Oh\r\n\r\n", Some(500), Some(outcome::HTTP_STATUS)),
            ("HTTP/1.1 410 Gone\r\n\r\n", Some(410), Some(outcome::HTTP_STATUS)),
            ("ehlo\r\n\r\n", None, Some(outcome::PROTOCOL)),
            ("", None, Some(outcome::RESET)),
            ("HTTP/1.1 200 OK\r\n", None, Some(outcome::RESET)),
        ] {
            let outcome = answer_to(Answer::Bytes(answer), ENOUGH).await;
            assert_eq!((outcome.status, outcome.error_class), (status, class), "{answer:?}");
        }
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let (target, mut followed) = serve(Answer::Bytes("HTTP/1.1 200 OK\r\n\r\n")).await;
        let text = format!("HTTP/1.1 301 Moved\r\nlocation: http://127.0.0.1:{target}/\r\n\r\n");
        let outcome = answer_to(Answer::Bytes(text.leak()), ENOUGH).await;
        let redirect = (Some(301), Some(outcome::REDIRECT));
        assert_eq!((outcome.status, outcome.error_class), redirect);
        assert!(followed.try_recv().is_err());
    }

    #[tokio::test]
    async fn a_hanging_endpoint_is_given_up() {
        let outcome = answer_to(Answer::ThenHang(""), SHORT).await;
        assert_eq!((outcome.status, outcome.error_class), (None, Some(outcome::TIMEOUT)));
        assert!(outcome.latency >= SHORT && outcome.latency < ENOUGH);
    }

    #[tokio::test]
    async fn a_status_counts_even_if_its_body_never_ends() {
        let stalled = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf";
        let outcome = answer_to(Answer::ThenHang(stalled), SHORT).await;
        assert_eq!((outcome.status, outcome.error_class), (Some(200), None));
        assert!(outcome.latency < SHORT);
    }

    #[tokio::test]
    async fn a_gigabyte_is_not_read() {
        let started = Instant::now();
        let outcome = answer_to(Answer::Endless, Duration::from_mins(1)).await;
        assert_eq!((outcome.status, outcome.error_class), (Some(200), None));
        assert!(started.elapsed() < ENOUGH);
    }

    #[tokio::test]
    async fn a_refused_address_is_never_connected_to() {
        let (port, mut requests) = serve(Answer::Bytes("")).await;
        for (url, class) in [
            (format!("https://127.0.0.1:{port}/"), outcome::BLOCKED_ADDRESS),
            (format!("https://[::ffff:127.0.0.1]:{port}/"), outcome::BLOCKED_ADDRESS),
            (format!("https://localhost:{port}/"), outcome::BLOCKED_ADDRESS),
            (format!("http://127.0.0.1:{port}/"), outcome::INVALID_URL),
        ] {
            let outcome = post(&url, false, ENOUGH).await;
            assert_eq!((outcome.status, outcome.error_class), (None, Some(class)), "{url}");
        }
        assert!(requests.try_recv().is_err());
    }

    #[tokio::test]
    async fn what_prevents_a_connection_is_told_apart() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let closed = listener.local_addr().expect("bound").port();
        drop(listener);
        let (plain, _requests) = serve(Answer::Bytes("HTTP/1.1 400 No\r\n\r\n")).await;
        for (url, class) in [
            (format!("https://127.0.0.1:{closed}/"), outcome::CONNECT),
            (format!("https://127.0.0.1:{plain}/"), outcome::TLS),
        ] {
            let outcome = post(&url, true, ENOUGH).await;
            assert_eq!((outcome.status, outcome.error_class), (None, Some(class)), "{url}");
        }
    }

    #[test]
    fn a_name_without_an_address_is_a_dns_error() {
        let unresolved = LookupError::Unresolved(ErrorKind::NotFound.into());
        assert_eq!(cause_class(&unresolved), Some(outcome::DNS));
    }

    #[tokio::test]
    async fn the_endpoint_can_ask_to_wait() {
        let busy = "HTTP/1.1 503 Busy\r\nretry-after: 120\r\n\r\n";
        let outcome = answer_to(Answer::Bytes(busy), ENOUGH).await;
        assert_eq!(outcome.status, Some(503));
        assert_eq!(outcome.retry_after, Some(Duration::from_mins(2)));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let date = "Tue, 05 May 2026 11:20:00 GMT";
        for (wanted, date, seconds) in [
            ("0", None, Some(0)),
            (" 30 ", None, Some(30)),
            ("Tue, 05 May 2026 11:21:30 GMT", Some(date), Some(90)),
            ("Tue, 05 May 2026 11:19:00 GMT", Some(date), Some(0)),
            ("Tue, 05 May 2026 11:21:30 GMT", None, None),
            ("-5", None, None),
            ("soon", Some(date), None),
        ] {
            let mut headers =
                HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(wanted))]);
            headers.extend(date.map(|date| (DATE, HeaderValue::from_static(date))));
            assert_eq!(retry_after(&headers), seconds.map(Duration::from_secs), "{wanted}");
        }
    }
}
