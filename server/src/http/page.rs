//! `/{session_id}`: the verify page, rendered from the session's true state (`spec.md` §8).

mod templates;

use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query, Request, State};
use axum::http::header::{LOCATION, SET_COOKIE, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, RequestPartsExt as _, Router};
use kayle_app::page::{Assets, Body, Notice, Page, Problem, Question};
use kayle_app::view::{Aftermath, HandoffView, QrCode, SessionView};
use kayle_domain::redirect::RedirectUrl;
use kayle_domain::{Session, SessionId, Step};
use qrcodegen::{QrCode as Modules, QrCodeEcc};
use serde::Deserialize;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use self::templates::Templates;
use super::extract::Visitor;
use super::language::Wishes;
use super::{assets, forms, security, verify as rest};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::service::credentials::{self, Credential};
use crate::service::{verify, withdraw};

/// The verify page, its forms, and the landing page of the app link.
pub fn router(engine: &Engine) -> Router<Engine> {
    let names = assets::names(assets::folder(engine.config.site.as_ref()).as_deref());
    let templates = Arc::new(Templates::new(&engine.entropy));
    let mut router = Router::new();
    if engine.config.sandbox {
        router = router.route("/{id}/simulate", post(forms::simulate).get(forms::back));
    }
    router
        .route("/app", get(app))
        .route("/{id}", get(show))
        .route("/{id}/consent", post(forms::consent).get(forms::back))
        .route("/{id}/cancel", post(forms::cancel).get(forms::back))
        .route("/{id}/withdraw", post(forms::cancel).get(forms::back))
        .route("/{id}/release", post(forms::release).get(forms::back))
        .route("/{id}/handoff", post(forms::handoff).get(forms::back))
        .route("/{id}/language", post(forms::language).get(forms::back))
        .method_not_allowed_fallback(wrong_method)
        .fallback(lost)
        .layer(Extension(names))
        .layer(Extension(templates))
        .layer(compressed())
}

/// Pages as brotli or gzip, where a browser takes them; quick rather than small, for each is made
/// while somebody waits.
pub fn compressed() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(4))
}

/// What a page is made in: what every page of this request shares.
#[derive(Debug, Clone)]
pub struct Frame {
    engine: Engine,
    assets: Assets,
    templates: Arc<Templates>,
    notice: Option<Notice>,
    wishes: Wishes,
}

impl Frame {
    /// The page with `body`, its nonce and its headers.
    pub fn render(&self, status: StatusCode, body: Body) -> Response {
        let locale = body.session().and_then(|view| view.locale.as_deref());
        let nonce = hex::encode(self.engine.entropy.bytes::<16>());
        let page = Page {
            lang: self.wishes.pick(locale).tag.to_owned(),
            nonce: nonce.clone(),
            assets: self.assets.clone(),
            sandbox: self.engine.config.sandbox,
            notice: self.notice,
            now_millis: self.engine.now().millis(),
            body,
        };
        let mut response = (status, Html(self.templates.render(page))).into_response();
        security::page(response.headers_mut(), &nonce, self.engine.config.is_https());
        response.headers_mut().insert(VARY, HeaderValue::from_static("Cookie, Accept-Language"));
        response
    }

    /// The page that says what is in the way.
    pub fn problem(&self, problem: Problem) -> Response {
        self.render(status_of(problem), Body::Problem(problem))
    }

    /// The page for an error.
    pub fn error(&self, error: &Error) -> Response {
        error.log();
        self.problem(match error.code {
            Code::SessionNotFound => Problem::NotFound,
            Code::InvalidSessionId => Problem::Malformed,
            Code::Unauthorized => Problem::OpenOriginal,
            Code::RateLimited => Problem::TooMany,
            _ => Problem::Trouble,
        })
    }
}

impl FromRequestParts<Engine> for Frame {
    type Rejection = Infallible;

    /// A frame without a message, in the language of whoever asks.
    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Infallible> {
        let assets = parts.extensions.get::<Assets>().cloned().unwrap_or_default();
        let templates = parts.extensions.get::<Arc<Templates>>();
        let templates = templates.expect("the router this extractor is for has them").clone();
        let wishes = Wishes::of(&parts.headers);
        Ok(Self { engine: engine.clone(), assets, templates, notice: None, wishes })
    }
}

fn status_of(problem: Problem) -> StatusCode {
    match problem {
        Problem::NotFound | Problem::Malformed => StatusCode::NOT_FOUND,
        Problem::OpenOriginal | Problem::WrongLink => StatusCode::UNAUTHORIZED,
        Problem::Forged => StatusCode::FORBIDDEN,
        Problem::Method => StatusCode::METHOD_NOT_ALLOWED,
        Problem::BadForm => StatusCode::BAD_REQUEST,
        Problem::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Problem::Trouble => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A redirect to a page of ours.
pub fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PageQuery {
    cancel_token: Option<String>,
    ask: Option<String>,
    notice: Option<String>,
}

async fn show(
    State(engine): State<Engine>,
    frame: Frame,
    path: Result<Path<String>, PathRejection>,
    query: Result<Query<PageQuery>, QueryRejection>,
    request: Request,
) -> Response {
    let Ok(Query(query)) = query else {
        // Whatever is in a query that cannot be read, it does not stay in the address.
        let id = path.ok().and_then(|Path(path)| path.parse::<SessionId>().ok());
        return see_other(&id.map_or_else(|| "/".to_owned(), |id| address_of(&id, None)));
    };
    let notice = query.notice.as_deref().and_then(Notice::parse);
    let frame = Frame { notice, ..frame };
    let on_phone = seems_a_phone(request.headers());
    let (mut parts, _) = request.into_parts();
    let visitor = match parts.extract_with_state::<Visitor, _>(&engine).await {
        Ok(visitor) => visitor,
        Err(error) => return frame.error(&error),
    };
    let shown = if let Some(token) = query.cancel_token {
        enter(&engine, &visitor, &token).await
    } else if let Err(error) = visitor.counted(&engine) {
        Err(error)
    } else {
        let question = query.ask.as_deref().and_then(Question::parse);
        body(&engine, &visitor, question, on_phone).await.map(|body| Shown::Page(Box::new(body)))
    };
    match shown {
        Ok(Shown::Redirect(response)) => *response,
        Ok(Shown::Page(body)) => match *body {
            Body::Problem(problem) => frame.problem(problem),
            body => frame.render(StatusCode::OK, body),
        },
        Err(error) => frame.error(&error),
    }
}

enum Shown {
    Redirect(Box<Response>),
    Page(Box<Body>),
}

/// Opened by the original link: the token becomes a cookie and leaves the address.
async fn enter(engine: &Engine, visitor: &Visitor, token: &str) -> Result<Shown, Error> {
    let session = verify::load(engine, &visitor.id).await?;
    let right = credentials::is_cancel_token(token)
        && verify::is_cancel_token(engine, &visitor.id, token).await?;
    if !right {
        visitor.counted(engine)?;
        engine.limits.wrong_token(&visitor.id, visitor.address)?;
        return Ok(Shown::Page(Box::new(Body::Problem(Problem::WrongLink))));
    }
    let mut response = see_other(&format!("/{}", visitor.id));
    response.headers_mut().insert(SET_COOKIE, rest::page_cookie(engine, &session));
    Ok(Shown::Redirect(Box::new(response)))
}

async fn body(
    engine: &Engine,
    visitor: &Visitor,
    question: Option<Question>,
    on_phone: bool,
) -> Result<Body, Error> {
    let (stored, organization) = verify::load_with_organization(engine, &visitor.id).await?;
    let session = &stored.session;
    let mut view = verify::view(engine, session);
    if visitor.who != Credential::Page {
        return Ok(match view.step {
            Step::Consent => {
                view.can_cancel = false;
                Body::Consent { view, details: verify::describe(session, organization) }
            }
            Step::Done => {
                let view = shortened(view);
                let aftermath = Aftermath::default();
                Body::Outcome { view, organization, redirect_host: None, aftermath }
            }
            _ => Body::Problem(Problem::OpenOriginal),
        });
    }
    let aftermath = match view.step {
        Step::Done => withdraw::aftermath(engine, session).await?,
        _ => Aftermath::default(),
    };
    if let Some(question) = question.filter(|question| may_ask(*question, &view, aftermath)) {
        return Ok(Body::Confirm { view, organization, question });
    }
    Ok(match view.step {
        Step::Consent => Body::Consent { view, details: verify::describe(session, organization) },
        Step::Handoff => {
            let handoff = handoff_view(engine, session);
            Body::Handoff { view, organization, handoff, on_phone }
        }
        Step::Chip | Step::Face => Body::Progress { view, organization },
        Step::Done => {
            let redirect_host = session.terms.redirect_url.as_ref().map(RedirectUrl::host);
            Body::Outcome { view, organization, redirect_host, aftermath }
        }
    })
}

fn may_ask(question: Question, view: &SessionView, aftermath: Aftermath) -> bool {
    match question {
        Question::Cancel => view.can_cancel,
        Question::Withdraw => view.can_withdraw && aftermath.is_stoppable(),
        Question::Release => view.device.connected,
    }
}

/// What a stranger who knows the id may see of a finished session: that it is over, and how.
fn shortened(mut view: SessionView) -> SessionView {
    view.redirect_url = None;
    view.failure_code = None;
    view.last_failure_code = None;
    view.cancelled_by = None;
    view.can_withdraw = false;
    view
}

/// The hand-off of a session, with its QR code.
pub fn handoff_view(engine: &Engine, session: &Session) -> HandoffView {
    let offer = verify::offer(engine, session);
    HandoffView { qr: qr(&offer.link), link: offer.link, expires_at: offer.expires_at }
}

/// The link as unit squares, with the quiet zone of four modules that ISO/IEC 18004 asks for.
fn qr(link: &str) -> QrCode {
    const QUIET: i32 = 4;
    let Ok(code) = Modules::encode_text(link, QrCodeEcc::Low) else {
        return QrCode { size: 0, path: String::new() };
    };
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET)
                .expect("a String takes everything");
        }
    }
    QrCode { size: u32::try_from(code.size() + 2 * QUIET).unwrap_or(0), path }
}

/// Only decides what comes first: both ways are always there.
fn seems_a_phone(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    match text("sec-ch-ua-mobile") {
        "?1" => true,
        "?0" => false,
        _ => ["Mobi", "Android", "iPhone"].iter().any(|mark| text("user-agent").contains(mark)),
    }
}

async fn app(frame: Frame) -> Response {
    frame.render(StatusCode::OK, Body::App)
}

/// Everything no route takes, outside `/v1`.
async fn lost(frame: Frame) -> Response {
    frame.problem(Problem::Malformed)
}

async fn wrong_method(frame: Frame) -> Response {
    frame.problem(Problem::Method)
}

/// The address of a session's page, with a message if there is one.
pub fn address_of(id: &SessionId, notice: Option<Notice>) -> String {
    match notice {
        None => format!("/{id}"),
        Some(notice) => format!("/{id}?notice={}", notice.as_str()),
    }
}
