//! Who the two sides believe, what a question is made of, and how long it may take.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{Multipart, Request};
use axum::middleware::{self, Next};
use axum::response::IntoResponse as _;
use axum::routing::post;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use rcgen::{CertificateParams, KeyPair};
use rustls::ServerConfig;
use rustls::server::WebPkiClientVerifier;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::sandbox::verifier::{picture, router};
use crate::webhook::client::tls::{Authority, authority};

const ENOUGH: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(300);

/// A certificate and its key, in PEM.
fn issue(authority: &Authority, name: &str, until: i32) -> String {
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    params.not_before = rcgen::date_time_ymd(2010, 1, 1);
    params.not_after = rcgen::date_time_ymd(until, 1, 1);
    let key = KeyPair::generate().expect("a key");
    let certificate = params.signed_by(&key, authority).expect("signed");
    certificate.pem() + &key.serialize_pem()
}

/// A verifier that proves itself with `identity` and talks to nobody `clients` did not certify.
fn acceptor(identity: &str, clients: &Authority) -> TlsAcceptor {
    let mut known = RootCertStore::empty();
    known.add(clients.der().clone()).expect("a certificate of ours");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let known = WebPkiClientVerifier::builder_with_provider(Arc::new(known), provider.clone());
    let chain = CertificateDer::pem_slice_iter(identity.as_bytes());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring supports every version")
        .with_client_cert_verifier(known.build().expect("an authority"))
        .with_single_cert(
            chain.collect::<Result<_, _>>().expect("certificates"),
            PrivateKeyDer::from_pem_slice(identity.as_bytes()).expect("a key"),
        );
    TlsAcceptor::from(Arc::new(config.expect("a chain and its key")))
}

/// Where that verifier is, and how many questions came through.
async fn verifier(acceptor: TlsAcceptor) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("https://{}/", listener.local_addr().expect("bound"));
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let counted = move |request: Request, next: Next| {
        count.fetch_add(1, Ordering::SeqCst);
        next.run(request)
    };
    let router = router().layer(middleware::from_fn(counted));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, router) = (acceptor.clone(), router.clone());
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let server = Builder::new(TokioExecutor::new());
                let service = TowerToHyperService::new(router);
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    (url, asked)
}

/// The address of a verifier, with what is known of it in files.
fn address(url: &str, authority: Option<&str>, identity: Option<&str>) -> (Address, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: Option<&str>| {
        let path = folder.path().join(name);
        text.map(|text| std::fs::write(&path, text).map(|()| path).expect("written"))
    };
    let (authority, identity) = (write("ca.pem", authority), write("identity.pem", identity));
    let address = Address { url: url.to_owned(), timeout: ENOUGH, authority, identity };
    (address, folder)
}

/// Asks that verifier about somebody who is thirty.
async fn ask(address: &Address, media: Media<'_>) -> Result<Option<FailureCode>, Error> {
    let dg2 = &picture("a1", None);
    let client = Client::new(address).expect("a client");
    client.judge(Sample { dg2, media, holder_age: Some(30), nonce: [7; 32] }).await
}

/// Serves `router` over plain HTTP.
async fn serve(router: Router, timeout: Duration) -> Address {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Address { url, timeout, authority: None, identity: None }
}

#[tokio::test]
async fn both_sides_have_to_prove_themselves() {
    let (ours, stranger) = (authority(), authority());
    let server = |until| issue(&ours, "127.0.0.1", until);
    let client = |until| Some(issue(&ours, "kayle", until));
    let film = picture("a1", Some(true));
    for (what, server, client, confirmed) in [
        ("both known", server(2100), client(2100), true),
        ("an unknown server", issue(&stranger, "127.0.0.1", 2100), client(2100), false),
        ("a server of another name", issue(&ours, "127.0.0.2", 2100), client(2100), false),
        ("a server of the past", server(2020), client(2100), false),
        ("an unknown client", server(2100), Some(issue(&stranger, "kayle", 2100)), false),
        ("a client of the past", server(2100), client(2020), false),
        ("a nameless client", server(2100), None, false),
    ] {
        let (url, asked) = verifier(acceptor(&server, &ours)).await;
        let (address, _folder) = address(&url, Some(&ours.pem()), client.as_deref());
        let judged = ask(&address, Media::Frames(vec![&film])).await;
        if confirmed {
            assert_eq!(judged, Ok(None), "{what}");
        } else {
            let error = judged.expect_err(what);
            assert_eq!((error.code, error.retry_after), (Code::EvidenceUnavailable, Some(AGAIN)));
        }
        assert_eq!(asked.load(Ordering::SeqCst), usize::from(confirmed), "{what}");
    }
}

#[tokio::test]
async fn an_authority_that_was_not_named_is_not_trusted() {
    let ours = authority();
    let identity = issue(&ours, "127.0.0.1", 2100);
    let (url, asked) = verifier(acceptor(&identity, &ours)).await;
    let (address, _folder) = address(&url, None, Some(&identity));
    let error = ask(&address, Media::Video(b"")).await.expect_err("refused");
    assert_eq!(error.cause.as_deref(), Some("biometric verifier: connect"));
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[test]
fn a_file_that_does_not_serve_is_told_at_start() {
    let ours = authority();
    let (good, other) = (issue(&ours, "kayle", 2100), issue(&ours, "kayle", 2100));
    let halves = |pem: &str| {
        let end = pem.find("-----BEGIN PRIVATE").expect("a key");
        (pem[..end].to_owned(), pem[end..].to_owned())
    };
    let ((alone, _), (_, key)) = (halves(&good), halves(&other));
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_owned();
    let cut = "-----BEGIN CERTIFICATE-----\nAAAA\n".to_owned();
    let told = |authority: &str, identity: &str| {
        let (address, _folder) = address("https://faces.example", Some(authority), Some(identity));
        Client::new(&address).map(drop)
    };
    assert_eq!(told(&ours.pem(), &good), Ok(()));
    for text in ["", "text", &key, &broken, &cut] {
        let error = told(text, &good).expect_err(text);
        assert!(error.starts_with("KAYLE_BIOMETRIC_CA: "), "{text}: {error}");
    }
    for text in ["", "text", &key, &alone, &(alone.clone() + &key), &(broken + &key), &cut] {
        let error = told(&ours.pem(), text).expect_err(text);
        assert!(error.starts_with("KAYLE_BIOMETRIC_IDENTITY: "), "{text}: {error}");
        assert!(!key.lines().any(|line| line.len() > 40 && error.contains(line)), "{error}");
    }
}

type Parts = mpsc::UnboundedReceiver<(String, Vec<u8>)>;

/// Refuses every question; the channel yields name, file name and type of its parts, and the bytes.
async fn recorder() -> (Address, Parts) {
    let (told, parts) = mpsc::unbounded_channel();
    let take = move |mut form: Multipart| {
        let told = told.clone();
        async move {
            while let Ok(Some(field)) = form.next_field().await {
                let said = [field.name(), field.file_name(), field.content_type()];
                let said = said.map(|text| text.unwrap_or("-").to_owned()).join(" ");
                let bytes = field.bytes().await.expect("a whole part");
                told.send((said, bytes.to_vec())).expect("somebody listens");
            }
            StatusCode::BAD_REQUEST
        }
    };
    (serve(Router::new().route(ROUTE, post(take)), ENOUGH).await, parts)
}

#[tokio::test]
async fn a_question_has_the_documented_parts_in_order_and_evidence_is_sent_as_files() {
    let (address, mut parts) = recorder().await;
    for media in [Media::Frames(vec![b"\r\none\0\xff", b""]), Media::Video(b"film")] {
        let error = ask(&address, media).await.expect_err("refused");
        assert_eq!(error.cause.as_deref(), Some("biometric verifier: status 400"));
    }
    let nonce = "07".repeat(32);
    let question = |media: &str| {
        format!(r#"{{"contract_version":1,"nonce":"{nonce}","holder_age":30,"media":"{media}"}}"#)
    };
    for (said, bytes) in [
        ("request - application/json", question("frames").as_bytes()),
        ("dg2 dg2 application/octet-stream", &picture("a1", None)),
        ("frame frame application/octet-stream", b"\r\none\0\xff"),
        ("frame frame application/octet-stream", b""),
        ("request - application/json", question("video").as_bytes()),
        ("dg2 dg2 application/octet-stream", &picture("a1", None)),
        ("video video application/octet-stream", b"film"),
    ] {
        assert_eq!(parts.try_recv().expect(said), (said.to_owned(), bytes.to_vec()));
    }
    assert!(parts.try_recv().is_err(), "nothing else, and no question twice");
}

#[tokio::test]
async fn the_second_question_has_the_time_the_first_left() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let answer = move || {
        let first = count.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if !first {
                std::future::pending::<()>().await;
            }
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    };
    let address = serve(Router::new().route(ROUTE, post(answer)), SHORT).await;
    let started = tokio::time::Instant::now();
    let error = ask(&address, Media::Video(b"film")).await.expect_err("no answer");
    assert_eq!(error.cause.as_deref(), Some("biometric verifier: timeout"));
    assert_eq!((error.code, error.retry_after), (Code::EvidenceUnavailable, Some(AGAIN)));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert!((SHORT..ENOUGH).contains(&started.elapsed()));
}

#[tokio::test]
async fn only_a_verifier_that_was_away_is_asked_again_and_never_a_third_time() {
    for (status, times) in [(502, 2), (503, 2), (504, 2), (429, 1), (500, 1), (501, 1), (307, 1)] {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let answer = move || {
            count.fetch_add(1, Ordering::SeqCst);
            async move { StatusCode::from_u16(status).expect("a status") }
        };
        let address = serve(Router::new().route(ROUTE, post(answer)), ENOUGH).await;
        let error = ask(&address, Media::Video(b"film")).await.expect_err("no answer");
        assert_eq!(error.cause, Some(format!("biometric verifier: status {status}")));
        assert_eq!(asked.load(Ordering::SeqCst), times, "{status}");
    }
}

#[tokio::test]
async fn a_verifier_that_nobody_runs_is_trouble() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    drop(listener);
    let address = Address { url, timeout: ENOUGH, authority: None, identity: None };
    let error = ask(&address, Media::Video(b"film")).await.expect_err("nobody");
    assert_eq!((error.code, error.retry_after), (Code::EvidenceUnavailable, Some(AGAIN)));
    assert_eq!(error.cause.as_deref(), Some("biometric verifier: connect"));
}
