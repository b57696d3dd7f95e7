//! `kayle listen`: a webhook receiver for development, which registers itself.

mod show;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::routing::post;
use clap::Args;
use kayle_domain::{EventKind, OrganizationId};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

use super::{told, until_asked_to_end};
use crate::engine::Engine;
use crate::error::Error;
use crate::service::organizations;
use crate::service::webhooks::endpoints::{self, NewEndpoint};
use crate::webhook::client::tls_config;
use crate::webhook::sign::{self, KAYLE_DELIVERY_ID, KAYLE_EVENT, WebhookSecret};
use show::{Delivery, Forwarded, show};

/// How far a delivery's time may be from ours.
const TOLERANCE: Duration = Duration::from_mins(5);
/// How long whoever events are forwarded to may take.
const PATIENCE: Duration = Duration::from_secs(14);
/// What belongs to one connection, not to the message.
const HOP_BY_HOP: [HeaderName; 4] =
    [header::HOST, header::CONTENT_LENGTH, header::CONNECTION, header::TRANSFER_ENCODING];

/// Where to listen, and for whom.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 3010)]
    port: u16,
    /// Pass every genuine delivery on to this URL, and answer with its status.
    #[arg(long)]
    forward: Option<Url>,
    /// The organization's id; needed when there are several.
    #[arg(long)]
    org: Option<String>,
}

/// What every request needs.
#[derive(Debug)]
struct Desk {
    engine: Engine,
    secret: WebhookSecret,
    forward: Option<(reqwest::Client, Url)>,
}

/// Receives deliveries until the process is asked to end.
pub(super) async fn listen(engine: &Engine, options: Options) -> Result<(), String> {
    let organization = organization(engine, options.org).await?;
    let taken = |error| format!("--port {}: cannot listen: {error}", options.port);
    let listener = TcpListener::bind(("127.0.0.1", options.port)).await.map_err(taken)?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let asked = until_asked_to_end()?;
    let url = format!("http://{address}/");
    let (id, secret) = register(engine, &organization, &url).await.map_err(|error| told(&error))?;
    eprintln!("listening on {url} as {id} of {organization}");
    eprintln!("signing secret: {}", secret.as_str());
    let forward = match options.forward {
        Some(url) => Some((client().map_err(|error| error.to_string())?, url)),
        None => None,
    };
    let desk = Desk { engine: engine.clone(), secret, forward };
    let routes = Router::new().fallback(post(receive)).with_state(Arc::new(desk));
    let served =
        axum::serve(listener, routes).with_graceful_shutdown(asked.cancelled_owned()).await;
    let disabled = endpoints::set_enabled(engine, &id, false).await;
    served.map_err(|error| error.to_string())?;
    disabled.map_err(|error| told(&error))
}

fn client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .tls_backend_preconfigured(tls_config(&[]))
        .timeout(PATIENCE)
        .build()
}

/// The organization that was named, or the only one.
async fn organization(engine: &Engine, named: Option<String>) -> Result<String, String> {
    let known = organizations::list(engine).await.map_err(|error| told(&error))?;
    match (named, &known[..]) {
        (Some(id), known) if known.iter().any(|row| row.id == id) => Ok(id),
        (Some(id), _) => Err(format!("no organization has the id {id}")),
        (None, [only]) => Ok(only.id.clone()),
        (None, []) => Err("there is no organization yet: kayle org create --name …".into()),
        (None, _) => Err("there are several organizations: name one with --org".into()),
    }
}

/// An enabled endpoint of the organization with this URL: the one there was, or a new one.
async fn register(
    engine: &Engine,
    organization: &str,
    url: &str,
) -> Result<(String, WebhookSecret), Error> {
    let organization: OrganizationId = organization.parse().map_err(Error::internal)?;
    let new = NewEndpoint::of("kayle listen", url);
    let all = EventKind::TERMINAL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(",");
    let known = endpoints::list_for(engine, &organization).await?;
    if let Some(row) = known.iter().find(|row| row.url == url && row.event_types == all) {
        endpoints::set_enabled(engine, &row.id, true).await?;
        let secret = endpoints::live_secrets(engine, row, engine.now())?.swap_remove(0);
        return Ok((row.id.clone(), secret));
    }
    let (row, secret) = endpoints::create_for(engine, &organization, new).await?;
    Ok((row.id, secret))
}

async fn receive(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let genuine = sign::verify(&headers, &body, &desk.secret, desk.engine.now(), TOLERANCE);
    let named = |name| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let mut delivery = Delivery {
        id: named(KAYLE_DELIVERY_ID).map(Into::into),
        event: named(KAYLE_EVENT).map(Into::into),
        verified: genuine.is_ok(),
        problem: genuine.as_ref().err().map(ToString::to_string),
        body: genuine.is_ok().then(|| readable(&body)),
        forwarded: None,
    };
    let answer = match (genuine, &desk.forward) {
        (Err(problem), _) => (StatusCode::BAD_REQUEST, format!("{problem}\n")),
        (Ok(()), None) => (StatusCode::OK, String::new()),
        (Ok(()), Some((client, url))) => {
            let (answer, forwarded) = forward(client, url, headers, body).await;
            delivery.forwarded = Some(forwarded);
            answer
        }
    };
    if let Err(error) = show(&delivery) {
        eprintln!("stdout: {error}");
    }
    answer
}

fn readable(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| json!(String::from_utf8_lossy(body)))
}

/// Passes a delivery on as it came, and answers with what came of it.
async fn forward(
    client: &reqwest::Client,
    url: &Url,
    mut headers: HeaderMap,
    body: Bytes,
) -> ((StatusCode, String), Forwarded) {
    for name in HOP_BY_HOP {
        headers.remove(name);
    }
    let started = Instant::now();
    match client.post(url.clone()).headers(headers).body(body).send().await {
        Ok(response) => {
            let status = response.status();
            let forwarded = Forwarded::answered(status.as_u16(), started.elapsed());
            ((status, String::new()), forwarded)
        }
        Err(error) => {
            let answer = (StatusCode::BAD_GATEWAY, "the forwarded request failed\n".to_owned());
            (answer, Forwarded::unanswered(told_whole(&error), started.elapsed()))
        }
    }
}

/// An error with its causes: the outermost says only that something failed.
fn told_whole(error: &reqwest::Error) -> String {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |&one| one.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
