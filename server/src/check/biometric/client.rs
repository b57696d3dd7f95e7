//! Asking the verifier: over mutual TLS, within a fixed time, once more where it was not there.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use kayle_domain::FailureCode;
use reqwest::multipart::{Form, Part};
use reqwest::{Response, StatusCode, redirect};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use zeroize::Zeroizing;

use super::contract::{Answer, MediaKind, Question, ROUTE, VERSION};
use super::{Media, Sample, decide};
use crate::error::{Code, Error};

/// The longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(3);
/// The longest answer, in bytes.
const LONGEST_ANSWER: usize = 16 * 1024;
/// Seconds after which the phone may ask again.
const AGAIN: u64 = 5;

/// Where the verifier is, and how both sides know each other.
#[derive(Debug, Clone)]
pub struct Address {
    /// Its address, without a trailing slash.
    pub url: String,
    /// The longest wait for an answer.
    pub timeout: Duration,
    /// PEM: the one authority its certificate comes from; `None` only on loopback in the sandbox.
    pub authority: Option<std::path::PathBuf>,
    /// PEM: this server's client certificate and key.
    pub identity: Option<std::path::PathBuf>,
}

/// A verifier that can be asked.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    timeout: Duration,
}

/// What a question was not answered for.
#[derive(Debug)]
enum Trouble {
    /// It is not there now.
    Away(String),
    /// It is there, but what it says is no answer.
    Wrong(String),
}

impl Client {
    /// A client for the verifier at that address; the error names the setting.
    pub fn new(address: &Address) -> Result<Self, String> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT)
            // A connection that waits keeps what it last carried in its buffers.
            .pool_max_idle_per_host(0)
            .tls_backend_preconfigured(tls(address)?)
            .build()
            .map_err(|error| format!("KAYLE_BIOMETRIC_URL: {error}"))?;
        let url = format!("{}{ROUTE}", address.url.trim_end_matches('/'));
        Ok(Self { http, url, timeout: address.timeout })
    }

    /// Why the sample does not confirm; `None` if it does. An error costs no try.
    pub async fn judge(&self, sample: Sample<'_>) -> Result<Option<FailureCode>, Error> {
        let holder_age = sample.holder_age;
        let asked = tokio::time::timeout(self.timeout, self.ask(&sample));
        let answer = asked.await.unwrap_or_else(|_| Err(Trouble::Away("timeout".into())));
        let answer = answer.map_err(|trouble| {
            let (Trouble::Away(cause) | Trouble::Wrong(cause)) = trouble;
            let message =
                "the biometric verifier did not answer: nothing was judged, no try was spent";
            let cause = Some(format!("biometric verifier: {cause}"));
            Error {
                retry_after: Some(AGAIN),
                cause,
                ..Error::new(Code::EvidenceUnavailable, message)
            }
        })?;
        Ok(decide(&answer, holder_age))
    }

    /// Asks, and once more if nobody was there.
    async fn ask(&self, sample: &Sample<'_>) -> Result<Answer, Trouble> {
        match self.ask_once(sample).await {
            Err(Trouble::Away(_)) => self.ask_once(sample).await,
            answered => answered,
        }
    }

    async fn ask_once(&self, sample: &Sample<'_>) -> Result<Answer, Trouble> {
        let nonce = hex::encode(sample.nonce);
        let request = self.http.post(&self.url).multipart(form(sample, &nonce));
        let response = request.send().await.map_err(|error| {
            let class = if error.is_connect() { "connect" } else { "request" };
            if error.is_connect() {
                Trouble::Away(class.into())
            } else {
                Trouble::Wrong(class.into())
            }
        })?;
        match response.status() {
            StatusCode::OK => {}
            away @ (StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT) => {
                return Err(Trouble::Away(format!("status {}", away.as_u16())));
            }
            other => return Err(Trouble::Wrong(format!("status {}", other.as_u16()))),
        }
        let wrong = |class: &str| Trouble::Wrong(class.to_owned());
        let body = short(response).await.ok_or_else(|| wrong("answer cut or too long"))?;
        let answer: Answer =
            serde_json::from_slice(&body).map_err(|_| wrong("answer malformed"))?;
        let sound = answer.is_sound(&nonce);
        sound.then_some(answer).ok_or_else(|| wrong("answer to something else, or no scores"))
    }
}

/// The whole answer, unless it is too long or cut.
async fn short(mut response: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

/// A part whose copy is wiped once it was sent. What TLS and the kernel made of it in between is
/// not: see "What stays" in `docs/evidence.md`. It is named as a file is, because many servers take
/// parts without a file name for text.
fn part(name: &'static str, bytes: &[u8]) -> Part {
    let owned = Bytes::from_owner(Zeroizing::new(bytes.to_vec()));
    let length = owned.len() as u64;
    let part = Part::stream_with_length(reqwest::Body::from(owned), length).file_name(name);
    part.mime_str("application/octet-stream").expect("the name of a media type")
}

fn form(sample: &Sample<'_>, nonce: &str) -> Form {
    let media = match sample.media {
        Media::Frames(_) => MediaKind::Frames,
        Media::Video(_) => MediaKind::Video,
    };
    let nonce = nonce.to_owned();
    let question =
        Question { contract_version: VERSION, nonce, holder_age: sample.holder_age, media };
    let question = serde_json::to_string(&question).expect("a struct of strings serialises");
    let question = Part::text(question).mime_str("application/json");
    let question = question.expect("the name of a media type");
    let form = Form::new().part("request", question).part("dg2", part("dg2", sample.dg2));
    match &sample.media {
        Media::Video(video) => form.part("video", part("video", video)),
        Media::Frames(frames) => {
            frames.iter().fold(form, |form, frame| form.part("frame", part("frame", frame)))
        }
    }
}

/// TLS with one authority and this server's own certificate.
fn tls(address: &Address) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = &address.authority {
        for certificate in certificates("KAYLE_BIOMETRIC_CA", path)? {
            let refused = |error| format!("KAYLE_BIOMETRIC_CA: {}: {error}", path.display());
            roots.add(certificate).map_err(refused)?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring supports every default version of TLS")
        .with_root_certificates(roots);
    let Some(path) = &address.identity else { return Ok(config.with_no_client_auth()) };
    let refused = |error: &dyn std::fmt::Display| {
        format!("KAYLE_BIOMETRIC_IDENTITY: {}: {error}", path.display())
    };
    let chain = certificates("KAYLE_BIOMETRIC_IDENTITY", path)?;
    let key = PrivateKeyDer::from_pem_file(path).map_err(|error| refused(&error))?;
    config.with_client_auth_cert(chain, key).map_err(|error| refused(&error))
}

fn certificates(setting: &str, path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let refused = |error: &dyn std::fmt::Display| format!("{setting}: {}: {error}", path.display());
    let read = CertificateDer::pem_file_iter(path).map_err(|error| refused(&error))?;
    let all: Vec<_> = read.collect::<Result<_, _>>().map_err(|error| refused(&error))?;
    if all.is_empty() {
        return Err(refused(&"holds no certificate"));
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
