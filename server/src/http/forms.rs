//! The page's forms: each answers with a redirect to a page of ours, with or without JavaScript.

use axum::body::{Bytes, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json, RequestExt as _};
use kayle_app::page::{Assets, Notice, Problem};

use super::extract::Visitor;
use super::page::{self, Frame, address_of, see_other};
use super::{MAX_JSON, origin, verify as rest};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::service::verify::{self, Agreement, Right};

/// A form that came from our own page, with who sent it.
struct Posted {
    visitor: Visitor,
    fields: Vec<(String, String)>,
}

/// Reads a form, or answers with the page that says what is wrong with it.
async fn read(
    engine: &Engine,
    frame: &Frame,
    mut request: Request,
) -> Result<Posted, Box<Response>> {
    let page = |problem| Box::new(frame.problem(problem));
    if !origin::is_own(request.headers(), engine) {
        return Err(page(Problem::Forged));
    }
    let visitor = request
        .extract_parts_with_state::<Visitor, _>(engine)
        .await
        .map_err(|error| Box::new(frame.error(&error)))?;
    visitor.limited(engine).map_err(|error| Box::new(frame.error(&error)))?;
    let bytes: Bytes =
        to_bytes(request.into_body(), MAX_JSON).await.map_err(|_| page(Problem::BadForm))?;
    let fields = url::form_urlencoded::parse(&bytes).into_owned().collect();
    Ok(Posted { visitor, fields })
}

impl Posted {
    fn all(&self, name: &str) -> Vec<String> {
        let own = self.fields.iter().filter(|(key, _)| key == name);
        own.map(|(_, value)| value.clone()).collect()
    }
}

/// Where the user goes after an error: the page shows the true state, with a message.
fn after(frame: &Frame, visitor: &Visitor, error: &Error) -> Response {
    let notice = match error.code {
        Code::SessionNotFound | Code::Unauthorized | Code::RateLimited => {
            return frame.error(error);
        }
        Code::ShareSelectionMissingRequired | Code::ShareSelectionInvalidField => {
            Notice::SelectionIncomplete
        }
        Code::InvalidRequest => Notice::BiometricRequired,
        Code::ConsentFrozen => Notice::ConsentFrozen,
        Code::Internal | Code::Unavailable => Notice::Trouble,
        _ => Notice::Changed,
    };
    see_other(&address_of(&visitor.id, Some(notice)))
}

/// The user agrees.
pub async fn consent(
    State(engine): State<Engine>,
    Extension(assets): Extension<Assets>,
    request: Request,
) -> Response {
    let frame = Frame::new(engine.clone(), assets);
    let posted = match read(&engine, &frame, request).await {
        Ok(posted) => posted,
        Err(response) => return *response,
    };
    let agreement = Agreement {
        selected: posted.all("field"),
        biometric: posted.all("biometric") == ["on"],
        locale: "en".to_owned(),
    };
    let visitor = posted.visitor;
    match verify::consent(&engine, &visitor.id, visitor.who.clone(), agreement).await {
        Ok((session, _)) => {
            let mut response = see_other(&address_of(&visitor.id, None));
            response.headers_mut().insert(SET_COOKIE, rest::page_cookie(&engine, &session));
            response
        }
        Err(error) => after(&frame, &visitor, &error),
    }
}

/// The user cancels an open session, declines, or withdraws a finished one.
pub async fn cancel(
    State(engine): State<Engine>,
    Extension(assets): Extension<Assets>,
    request: Request,
) -> Response {
    let frame = Frame::new(engine.clone(), assets);
    let visitor = match read(&engine, &frame, request).await {
        Ok(posted) => posted.visitor,
        Err(response) => return *response,
    };
    let right = Right::Credential(visitor.who.clone());
    match verify::cancel(&engine, &visitor.id, right).await {
        Ok(()) => see_other(&address_of(&visitor.id, None)),
        Err(error) => after(&frame, &visitor, &error),
    }
}

/// The user disconnects the phone.
pub async fn release(
    State(engine): State<Engine>,
    Extension(assets): Extension<Assets>,
    request: Request,
) -> Response {
    let frame = Frame::new(engine.clone(), assets);
    let visitor = match read(&engine, &frame, request).await {
        Ok(posted) => posted.visitor,
        Err(response) => return *response,
    };
    let done = match visitor.require_page() {
        Ok(()) => verify::release(&engine, &visitor.id).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => see_other(&address_of(&visitor.id, Some(Notice::Released))),
        Err(error) => after(&frame, &visitor, &error),
    }
}

/// A fresh link and QR code for the page that is open; a plain form post gets the page itself.
pub async fn handoff(
    State(engine): State<Engine>,
    Extension(assets): Extension<Assets>,
    request: Request,
) -> Response {
    let frame = Frame::new(engine.clone(), assets);
    let accept = request.headers().get(ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let wants_page = accept.contains("text/html");
    let visitor = match read(&engine, &frame, request).await {
        Ok(posted) => posted.visitor,
        Err(response) => return *response,
    };
    if wants_page {
        return see_other(&address_of(&visitor.id, None));
    }
    match renewed(&engine, &visitor).await {
        Ok(view) => (StatusCode::OK, Json(view)).into_response(),
        Err(error) => error.into_response(),
    }
}

async fn renewed(
    engine: &Engine,
    visitor: &Visitor,
) -> Result<kayle_app::view::HandoffView, Error> {
    visitor.require_page()?;
    verify::handoff(engine, &visitor.id).await?;
    let session = verify::load(engine, &visitor.id).await?;
    Ok(page::handoff_view(engine, &session))
}

/// A form's address opened as a page, as after a reload: the page itself.
pub async fn back(Path(id): Path<String>) -> Response {
    match id.parse::<kayle_domain::SessionId>() {
        Ok(id) => see_other(&address_of(&id, None)),
        Err(_) => see_other("/"),
    }
}
