//! One try over TLS: who is trusted, which HTTP is spoken, and how long connections last.

use std::sync::atomic::{AtomicUsize, Ordering};

use http::{Request, Response as Reply, Version};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::webhook::names::dns::{Dns, Zone};
use crate::webhook::outcome;

const NAME: &str = "hooks.test";
const ENOUGH: Duration = Duration::from_secs(10);

/// A certificate authority that nobody else knows.
pub(crate) type Authority = CertifiedIssuer<'static, KeyPair>;

/// A fresh one.
pub(crate) fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    CertifiedIssuer::self_signed(params, key).expect("a certificate")
}

fn anchor(authority: &Authority) -> TrustAnchor<'static> {
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone()).expect("a certificate of ours");
    roots.roots.remove(0)
}

/// What a server proves itself with.
struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

fn identity(authority: &Authority, name: &str, years: std::ops::Range<i32>) -> Identity {
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    params.not_before = rcgen::date_time_ymd(years.start, 1, 1);
    params.not_after = rcgen::date_time_ymd(years.end, 1, 1);
    let key = KeyPair::generate().expect("a key");
    let chain = vec![params.signed_by(&key, authority).expect("signed").der().clone()];
    Identity { chain, key: PrivateKeyDer::Pkcs8(key.serialize_der().into()) }
}

/// A server; the channel yields the version of each request.
struct Server {
    port: u16,
    connections: Arc<AtomicUsize>,
    versions: mpsc::UnboundedReceiver<Version>,
}

async fn serve(identity: Identity, protocols: &[&str]) -> Server {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring supports every version")
        .with_no_client_auth()
        .with_single_cert(identity.chain, identity.key)
        .expect("a chain and its key");
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("bound").port();
    let (told, versions) = mpsc::unbounded_channel();
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let (acceptor, told) = (acceptor.clone(), told.clone());
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let answer = service_fn(move |request: Request<Incoming>| {
                    let _ = told.send(request.version());
                    async { Ok::<_, hyper::Error>(Reply::new(String::new())) }
                });
                let server = Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(stream), answer).await;
            });
        }
    });
    Server { port, connections, versions }
}

async fn client(authorities: &[TrustAnchor<'static>]) -> Client {
    let loopback = Zone::Addresses(vec![vec!["127.0.0.1".parse().expect("an address")]]);
    let dns = Dns::start(&[(NAME, loopback.clone()), ("other.test", loopback)]).await;
    let guard = Guard { loopback: true, ..Guard::default() };
    Client::new(guard, dns.names(), (ENOUGH, 64), authorities).expect("a client")
}

async fn post(client: &Client, endpoint: &str, host: &str, port: u16) -> Outcome {
    let url = Url::parse(&format!("https://{host}:{port}/hook")).expect("a URL");
    client.post(endpoint, &url, &[], b"{}".to_vec()).await
}

#[tokio::test]
async fn the_newest_http_that_both_speak_is_used() {
    let authority = authority();
    for (protocols, version) in [
        (&["h2", "http/1.1"][..], Version::HTTP_2),
        (&["http/1.1"], Version::HTTP_11),
        (&[], Version::HTTP_11),
    ] {
        let mut server = serve(identity(&authority, NAME, 2020..2100), protocols).await;
        let client = client(&[anchor(&authority)]).await;
        let outcome = post(&client, "whe_1", NAME, server.port).await;
        assert_eq!((outcome.status, outcome.error_class), (Some(200), None), "{protocols:?}");
        assert_eq!(server.versions.recv().await, Some(version));
    }
}

#[tokio::test]
async fn a_certificate_must_be_trusted_current_and_for_this_name() {
    let (known, stranger) = (authority(), authority());
    for (identity, host) in [
        (identity(&stranger, NAME, 2020..2100), NAME),
        (identity(&known, "else.test", 2020..2100), NAME),
        (identity(&known, NAME, 2010..2020), NAME),
        (identity(&known, NAME, 2090..2100), NAME),
        (identity(&known, NAME, 2020..2100), "other.test"),
    ] {
        let mut server = serve(identity, &["h2", "http/1.1"]).await;
        let client = client(&[anchor(&known)]).await;
        let outcome = post(&client, "whe_1", host, server.port).await;
        assert_eq!((outcome.status, outcome.error_class), (None, Some(outcome::TLS)));
        assert!(server.versions.try_recv().is_err(), "nothing was sent");
    }
}

#[tokio::test]
async fn an_endpoint_keeps_its_connection_and_shares_it_with_nobody() {
    let authority = authority();
    for protocols in [&["h2"][..], &["http/1.1"]] {
        let server = serve(identity(&authority, NAME, 2020..2100), protocols).await;
        let client = client(&[anchor(&authority)]).await;
        for _ in 0..5 {
            assert_eq!(post(&client, "whe_1", NAME, server.port).await.status, Some(200));
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), 1, "{protocols:?}");
        assert_eq!(post(&client, "whe_2", NAME, server.port).await.status, Some(200));
        assert_eq!(server.connections.load(Ordering::SeqCst), 2, "{protocols:?}");
    }
}

#[tokio::test]
async fn connections_that_nobody_uses_are_forgotten() {
    let client = client(&[]).await;
    for endpoint in ["whe_1", "whe_2", "whe_1"] {
        client.of(endpoint).expect("connections");
    }
    client.forget_idle(ENOUGH);
    assert_eq!(client.pools().len(), 2);
    client.forget_idle(Duration::ZERO);
    assert_eq!(client.pools().len(), 0);
}

#[tokio::test]
async fn connections_are_kept_for_so_many_endpoints_and_no_more() {
    let client = client(&[]).await;
    for number in 0..=POOLS {
        client.of(&number.to_string()).expect("connections");
    }
    let pools = client.pools();
    assert_eq!((pools.len(), pools.contains_key("0")), (POOLS, false));
}
