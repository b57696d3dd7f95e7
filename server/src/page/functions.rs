//! The app's server functions as routes: each behind the check of where a form comes from and a limit of
//! its size. The backend decides where the browser goes; leptos' own redirect, to wherever the form came
//! from and with the error in the address, never reaches one.

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{Extension, FromRequest as _, Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{RequestExt as _, Router};
use kayle_app::api::{Cancel, ChooseLanguage, Consent, Handoff, Release, Simulate, Withdraw};
use kayle_app::backend::Backend;
use kayle_app::error::PageError;
use kayle_app::page::{Assets, Destination, Problem};
use leptos::prelude::provide_context;
use leptos::server_fn::ServerFn as _;
use leptos::server_fn::axum::register_explicit;

use super::backend::RequestBackend;
use super::{address, render, see_other};
use crate::engine::Engine;
use crate::http::{MAX_JSON, origin};

/// What every form of the page is sent as.
const FORM: &str = "application/x-www-form-urlencoded";

/// A route for each server function; the sandbox's own only in a sandbox.
pub fn router(sandbox: bool) -> Router<Engine> {
    // leptos finds them by itself where a linker runs constructors; so it does not depend on one.
    register_explicit::<Consent>();
    register_explicit::<Cancel>();
    register_explicit::<Withdraw>();
    register_explicit::<Release>();
    register_explicit::<ChooseLanguage>();
    register_explicit::<Handoff>();
    register_explicit::<Simulate>();
    let mut paths = vec![
        Consent::PATH,
        Cancel::PATH,
        Withdraw::PATH,
        Release::PATH,
        ChooseLanguage::PATH,
        Handoff::PATH,
    ];
    if sandbox {
        paths.push(Simulate::PATH);
    }
    paths.into_iter().fold(Router::new(), |router, path| router.route(path, post(run)))
}

/// Runs the server function at the request's path, and answers with what the backend decided.
async fn run(
    State(engine): State<Engine>,
    Extension(assets): Extension<Assets>,
    mut request: Request,
) -> Response {
    let Ok(parts) = request.extract_parts().await;
    let backend = RequestBackend::new(engine, parts, assets);
    let wants_data = wants_data(request.headers());
    let form = match read(&backend, request).await {
        Ok(form) => form,
        Err(problem) => return render::problem(backend.clone(), backend.refused(problem)).await,
    };
    let context: Backend = backend.clone();
    let provide = move || provide_context(context.clone());
    let ran = leptos_axum::handle_server_fns_with_context(provide, form).await.into_response();
    // Arguments that could not be read never reached the backend.
    let unread = || Err(PageError::Problem(backend.refused(Problem::BadForm)));
    let decided = backend.decided().unwrap_or_else(unread);
    if wants_data {
        return with_cookies(data(ran, decided.err(), &backend), &backend);
    }
    match (decided, backend.session()) {
        (Ok(next), _) => with_cookies(see_other(&address(&next)), &backend),
        (Err(PageError::Notice(notice)), Some(session)) => {
            let next = Destination { session: session.clone(), notice: Some(notice) };
            see_other(&address(&next))
        }
        (Err(PageError::Notice(_)), None) => render::problem(backend, Problem::Trouble).await,
        (Err(PageError::Problem(problem)), _) => render::problem(backend, problem).await,
    }
}

/// Whether an island asks, which reads the answer itself, and not a form, which is sent on to a page.
fn wants_data(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("application/json") && !accept.contains("text/html")
}

/// The form, if it is one that our own page sent: as the server function gets it, without what would make
/// leptos answer with a redirect of its own.
async fn read(backend: &RequestBackend, request: Request) -> Result<Request, Problem> {
    if !origin::is_own(request.headers(), backend.engine()) {
        return Err(Problem::Forged);
    }
    if !is_form(request.headers()) {
        return Err(Problem::NoForm);
    }
    // What is announced as too large is not waited for.
    if request.body().size_hint().lower() > MAX_JSON as u64 {
        return Err(Problem::TooLarge);
    }
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let body =
        Bytes::from_request(request, &()).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            _ => Problem::BadForm,
        })?;
    let form = Request::builder().method(method).uri(uri).header(CONTENT_TYPE, FORM);
    form.body(Body::from(body)).map_err(|_| Problem::BadForm)
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case(FORM))
}

/// What an island reads: the server function's own answer, with the status of what the backend decided.
fn data(mut ran: Response, refused: Option<PageError>, backend: &RequestBackend) -> Response {
    let status = match refused {
        None => StatusCode::OK,
        Some(PageError::Notice(_)) => StatusCode::CONFLICT,
        Some(PageError::Problem(problem)) => {
            StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
        }
    };
    *ran.status_mut() = status;
    if let Some(seconds) = backend.retry_after() {
        ran.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    ran
}

fn with_cookies(mut response: Response, backend: &RequestBackend) -> Response {
    for cookie in backend.cookies() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
