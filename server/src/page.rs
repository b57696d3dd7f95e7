//! The verify page: mounts the Leptos app and its server functions in the public router (`spec.md` §8).

mod backend;
mod functions;
mod qr;
mod render;

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRef, Query, Request, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, RequestExt as _, Router};
use kayle_app::app::{App, shell};
use kayle_app::page::{Assets, Destination, Notice, Problem};
use kayle_domain::SessionId;
use leptos::prelude::LeptosOptions;
use leptos_axum::{LeptosRoutes as _, generate_route_list};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use self::backend::RequestBackend;
use crate::engine::Engine;
use crate::error::Error;
use crate::http::{assets, cookies};
use crate::service::{credentials, verify};

/// The app's pages, its server functions, and what everything else outside `/v1` is answered with.
pub fn router(engine: &Engine) -> Router<Engine> {
    let assets = assets::names(assets::folder(engine.config.site.as_ref()).as_deref());
    Router::new()
        .leptos_routes_with_handler(generate_route_list(App), get(show))
        .merge(functions::router(engine.config.sandbox))
        .fallback(show)
        .method_not_allowed_fallback(wrong_method)
        .layer(Extension(assets))
        .layer(compressed())
}

/// Pages as brotli or gzip, where a browser takes them; quick rather than small, for each is made
/// while somebody waits.
pub fn compressed() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(4))
}

impl FromRef<Engine> for LeptosOptions {
    /// leptos' own settings are those of files and static routes, of which the page has none.
    fn from_ref(_: &Engine) -> Self {
        Self::builder().output_name("kayle").build()
    }
}

/// What the original link carries in its query.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LinkQuery {
    cancel_token: Option<String>,
}

/// A page of the app; an original link becomes a cookie first, and leaves the address.
async fn show(
    State(engine): State<Engine>,
    Extension(assets): Extension<Assets>,
    query: Result<Query<LinkQuery>, QueryRejection>,
    mut request: Request,
) -> Response {
    let Ok(parts) = request.extract_parts().await;
    let backend = RequestBackend::new(engine, parts, assets);
    let Some(target) = request.uri().path_and_query() else {
        // A target without a path (`CONNECT host:port`) is nothing the app's router can read.
        return render::problem(backend, Problem::Malformed).await;
    };
    let id = session_in(target.path());
    let Ok(Query(query)) = query else {
        // Whatever is in a query that cannot be read, it does not stay in the address.
        return see_other(&id.map_or_else(|| "/".to_owned(), |id| format!("/{id}")));
    };
    let entered = match id.as_ref().zip(query.cancel_token) {
        Some((id, token)) => enter(&backend, id, &token).await,
        None => Ok(Entered::Not),
    };
    match entered {
        Ok(Entered::By(answer)) => answer,
        Ok(Entered::Refused) => render::problem(backend, Problem::WrongLink).await,
        Ok(Entered::Not) => match id {
            // Some programs write an address in other letters that mean the same.
            Some(id) if target.path() != format!("/{id}") => see_other(&format!("/{id}")),
            _ => render::page(backend, shell, request).await,
        },
        Err(error) => {
            let problem = backend.problem_of(&error);
            render::problem(backend, problem).await
        }
    }
}

/// The session a path names, as the app's router would read it: decoded, and whatever slashes surround it.
fn session_in(path: &str) -> Option<SessionId> {
    percent_decode_str(path).decode_utf8().ok()?.trim_matches('/').parse().ok()
}

/// What came of a token in the address.
enum Entered {
    /// It was right: the answer sets the cookie.
    By(Response),
    /// It was wrong.
    Refused,
    /// There was none.
    Not,
}

/// Opened by the original link: a right token becomes a cookie and leaves the address.
async fn enter(backend: &RequestBackend, id: &SessionId, token: &str) -> Result<Entered, Error> {
    let engine = backend.engine();
    let visitor = backend.visitor(id)?;
    let session = verify::load(engine, id).await?;
    let is_right =
        credentials::is_cancel_token(token) && verify::is_cancel_token(engine, id, token).await?;
    if !is_right {
        visitor.counted(engine)?;
        engine.limits.wrong_token(id, visitor.address)?;
        return Ok(Entered::Refused);
    }
    let mut response = see_other(&format!("/{id}"));
    response.headers_mut().insert(SET_COOKIE, cookies::page(engine, &session));
    Ok(Entered::By(response))
}

/// An address of ours, asked with a method it does not have.
async fn wrong_method(
    State(engine): State<Engine>,
    Extension(assets): Extension<Assets>,
    mut request: Request,
) -> Response {
    let Ok(parts) = request.extract_parts().await;
    render::problem(RequestBackend::new(engine, parts, assets), Problem::Method).await
}

/// What a page about trouble is made of.
#[derive(Clone)]
pub struct Trouble {
    engine: Engine,
    assets: Assets,
}

impl Trouble {
    /// For this server's pages.
    pub fn of(engine: &Engine) -> Self {
        let folder = assets::folder(engine.config.site.as_ref());
        Self { engine: engine.clone(), assets: assets::names(folder.as_deref()) }
    }
}

/// Tells by a page of ours what a layer below had to say instead of an answer: it left the problem among the
/// extensions of its own answer, which is for clients of `/v1`.
pub async fn tell_trouble(
    State(Trouble { engine, assets }): State<Trouble>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if path == "/v1" || path.starts_with("/v1/") {
        return next.run(request).await;
    }
    let Ok(parts) = request.extract_parts().await;
    let answer = next.run(request).await;
    match answer.extensions().get::<Problem>().copied() {
        Some(problem) => render::problem(RequestBackend::new(engine, parts, assets), problem).await,
        None => answer,
    }
}

/// A redirect to a page of ours.
fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// The address of a session's page, with a message if there is one.
fn address(to: &Destination) -> String {
    match to.notice.map(Notice::as_str) {
        None => format!("/{}", to.session),
        Some(code) => format!("/{}?notice={code}", to.session),
    }
}
