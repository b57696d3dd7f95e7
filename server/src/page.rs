//! The verify page: mounts the Leptos app and its server functions in the public router (`spec.md` §8).

mod backend;
mod functions;
mod qr;
mod render;

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRef, Query, Request, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, RequestExt as _, Router};
use kayle_app::app::{App, shell};
use kayle_app::page::{Assets, Next, Notice, Problem};
use kayle_domain::SessionId;
use leptos::prelude::LeptosOptions;
use leptos_axum::{LeptosRoutes as _, generate_route_list};
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
    let id = request.uri().path().strip_prefix('/').and_then(|path| path.parse::<SessionId>().ok());
    let Ok(Query(query)) = query else {
        // Whatever is in a query that cannot be read, it does not stay in the address.
        return see_other(&id.map_or_else(|| "/".to_owned(), |id| format!("/{id}")));
    };
    let Ok(parts) = request.extract_parts().await;
    let backend = RequestBackend::new(engine, parts, assets);
    let Some((id, token)) = id.zip(query.cancel_token) else {
        return render::page(backend, shell, request).await;
    };
    match enter(&backend, &id, &token).await {
        Ok(Some(answer)) => answer,
        Ok(None) => render::problem(backend, Problem::WrongLink).await,
        Err(error) => {
            let problem = backend.problem_of(&error);
            render::problem(backend, problem).await
        }
    }
}

/// Opened by the original link: a right token becomes a cookie and leaves the address.
async fn enter(
    backend: &RequestBackend,
    id: &SessionId,
    token: &str,
) -> Result<Option<Response>, Error> {
    let engine = backend.engine();
    let visitor = backend.visitor(id)?;
    let session = verify::load(engine, id).await?;
    let is_right =
        credentials::is_cancel_token(token) && verify::is_cancel_token(engine, id, token).await?;
    if !is_right {
        visitor.counted(engine)?;
        engine.limits.wrong_token(id, visitor.address)?;
        return Ok(None);
    }
    let mut response = see_other(&format!("/{id}"));
    response.headers_mut().insert(SET_COOKIE, cookies::page(engine, &session));
    Ok(Some(response))
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

/// A redirect to a page of ours.
fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// The address of a session's page, with a message if there is one.
fn address(next: &Next) -> String {
    match next.notice.map(Notice::as_str) {
        None => format!("/{}", next.session),
        Some(code) => format!("/{}?notice={code}", next.session),
    }
}
