//! The page's forms: each answers with a redirect to a page of ours, with or without JavaScript.

use axum::body::to_bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use axum::{Json, RequestExt as _};
use kayle_app::locales;
use kayle_app::page::{Body, Notice, Problem, Scenario};
use kayle_app::view::HandoffView;
use kayle_domain::Step;

use super::extract::Visitor;
use super::page::{self, Frame, address_of, see_other};
use super::{MAX_JSON, language, origin, verify as rest};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::sandbox::panel;
use crate::service::verify::{self, Agreement, Right};
use crate::service::withdraw;

/// A form that came from our own page: who sent it, and the frame to answer in. Anything else is
/// answered with the page that says what is wrong.
pub struct Posted {
    frame: Frame,
    visitor: Visitor,
    fields: Vec<(String, String)>,
    wants_page: bool,
}

impl FromRequest<Engine> for Posted {
    type Rejection = Response;

    async fn from_request(mut request: Request, engine: &Engine) -> Result<Self, Response> {
        let Ok(frame) = request.extract_parts_with_state::<Frame, _>(engine).await;
        if !origin::is_own(request.headers(), engine) {
            return Err(frame.problem(Problem::Forged));
        }
        let visitor = request.extract_parts_with_state::<Visitor, _>(engine).await;
        let visitor = visitor.map_err(|error| frame.error(&error))?;
        visitor.limited(engine).map_err(|error| frame.error(&error))?;
        let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
        let wants_page = accept.is_some_and(|accept| accept.contains("text/html"));
        let bytes = to_bytes(request.into_body(), MAX_JSON).await;
        let too_large =
            |_| frame.render(StatusCode::PAYLOAD_TOO_LARGE, Body::Problem(Problem::BadForm));
        let bytes = bytes.map_err(too_large)?;
        let fields = url::form_urlencoded::parse(&bytes).into_owned().collect();
        Ok(Self { frame, visitor, fields, wants_page })
    }
}

impl Posted {
    fn all(&self, name: &str) -> Vec<String> {
        let own = self.fields.iter().filter(|(key, _)| key == name);
        own.map(|(_, value)| value.clone()).collect()
    }
}

/// Where the user goes after an error: the page shows the true state, with a message.
fn after(posted: &Posted, error: &Error) -> Response {
    let notice = match error.code {
        Code::SessionNotFound | Code::Unauthorized | Code::RateLimited => {
            return posted.frame.error(error);
        }
        Code::ShareSelectionMissingRequired | Code::ShareSelectionInvalidField => {
            Notice::SelectionIncomplete
        }
        Code::InvalidRequest => Notice::BiometricRequired,
        Code::ConsentFrozen => Notice::ConsentFrozen,
        Code::Internal | Code::Unavailable => Notice::Trouble,
        _ => Notice::Changed,
    };
    error.log();
    see_other(&address_of(&posted.visitor.id, Some(notice)))
}

/// The user agrees.
pub async fn consent(State(engine): State<Engine>, posted: Posted) -> Response {
    let agreement = Agreement {
        selected: posted.all("field"),
        biometric: posted.all("biometric") == ["on"],
        // What the form said it was shown in.
        locale: locales::find_or_english(&posted.all("locale").concat()).tag.to_owned(),
    };
    let visitor = &posted.visitor;
    match verify::consent(&engine, &visitor.id, visitor.who.clone(), agreement).await {
        Ok((session, _)) => {
            let mut response = see_other(&address_of(&visitor.id, None));
            response.headers_mut().insert(SET_COOKIE, rest::page_cookie(&engine, &session));
            response
        }
        Err(error) => after(&posted, &error),
    }
}

/// The user reads the page in another language from now on.
pub async fn language(State(engine): State<Engine>, posted: Posted) -> Response {
    let mut response = see_other(&address_of(&posted.visitor.id, None));
    let wanted = posted.all("language").concat();
    if let Some(cookie) = language::cookie(&wanted, engine.config.is_https()) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// The user cancels an open session, declines, or withdraws a finished one.
pub async fn cancel(State(engine): State<Engine>, posted: Posted) -> Response {
    let right = Right::Credential(posted.visitor.who.clone());
    let id = &posted.visitor.id;
    let done = async {
        verify::cancel(&engine, id, right).await?;
        let session = verify::load(&engine, id).await?;
        // Everything may have been delivered between the question and its answer.
        let open_ended = verify::view(&engine, &session).can_withdraw;
        Ok(!open_ended || withdraw::aftermath(&engine, &session).await?.withdrawn)
    };
    match done.await {
        Ok(true) => see_other(&address_of(id, None)),
        Ok(false) => see_other(&address_of(id, Some(Notice::Changed))),
        Err(error) => after(&posted, &error),
    }
}

/// The user disconnects the phone.
pub async fn release(State(engine): State<Engine>, posted: Posted) -> Response {
    let done = match posted.visitor.require_page() {
        Ok(()) => verify::release(&engine, &posted.visitor.id).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => see_other(&address_of(&posted.visitor.id, Some(Notice::Released))),
        Err(error) => after(&posted, &error),
    }
}

/// A tester lets the sandbox's simulated phone loose on the session.
pub async fn simulate(State(engine): State<Engine>, posted: Posted) -> Response {
    let Some(scenario) = Scenario::parse(&posted.all("scenario").concat()) else {
        return posted.frame.problem(Problem::BadForm);
    };
    let id = &posted.visitor.id;
    let open = async {
        posted.visitor.require_page()?;
        let view = verify::view(&engine, &verify::load(&engine, id).await?);
        Ok(matches!(view.step, Step::Consent | Step::Handoff))
    };
    let started = match open.await {
        Ok(open) => open && panel::play(&engine, id, scenario).unwrap_or(false),
        Err(error) => return after(&posted, &error),
    };
    let notice = if started { Notice::Simulating } else { Notice::Changed };
    see_other(&address_of(id, Some(notice)))
}

/// A fresh link and QR code for the page that is open; a plain form post gets the page itself.
pub async fn handoff(State(engine): State<Engine>, posted: Posted) -> Response {
    if posted.wants_page {
        return see_other(&address_of(&posted.visitor.id, None));
    }
    match renewed(&engine, &posted.visitor).await {
        Ok(view) => (StatusCode::OK, Json(view)).into_response(),
        Err(error) => error.into_response(),
    }
}

async fn renewed(engine: &Engine, visitor: &Visitor) -> Result<HandoffView, Error> {
    visitor.require_page()?;
    verify::handoff(engine, &visitor.id).await?;
    let session = verify::load(engine, &visitor.id).await?;
    Ok(page::handoff_view(engine, &session))
}

/// A form's address opened as a page, as after a reload: the page itself.
pub async fn back(id: Result<Path<String>, PathRejection>) -> Response {
    match id.ok().and_then(|Path(id)| id.parse::<kayle_domain::SessionId>().ok()) {
        Some(id) => see_other(&address_of(&id, None)),
        None => see_other("/"),
    }
}
