//! `/v1/verify/session/{id}/…`: the page's and the device's side (`spec.md` §4).

mod body;
pub mod stream;

use axum::Json;
use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kayle_app::view::Details;

use super::answer::{Data, ok};
use super::cookies;
use super::extract::{ApiJson, Visitor};
use super::language::LanguagePreference;
use super::limit::Proof;
use super::refusals::{
    OfConsent, OfDetails, OfHandoff, OfHello, OfRelease, OfStatus, OfUserCancel,
};
use super::schema::SessionPath;
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::service::credentials::{self, Credential};
use crate::service::verify::{self, Agreement, Hello, Right};

pub use body::{
    CancelRequest, ConsentAnswer, ConsentRequest, HandoffAnswer, HelloAnswer, HelloRequest,
};
pub use body::{ShortStatus, StatusAnswer, tries};

/// A body that is looked at after the request was counted, be it readable or not.
type Body<T> = Result<ApiJson<T>, Error>;

/// Status
///
/// The short form for whoever knows the id; the whole SessionView with a page or device credential.
#[utoipa::path(get, path = "/v1/verify/session/{id}/status", tag = "verify",
    operation_id = "session_status", params(SessionPath),
    security((), ("page" = []), ("device" = [])),
    responses((status = 200, body = Data<StatusAnswer>), OfStatus))]
pub async fn status(State(engine): State<Engine>, visitor: Visitor) -> Result<Response, Error> {
    visitor.counted(&engine)?;
    let answer = if visitor.who == Credential::None {
        let short = verify::short(&engine, &visitor.id).await?;
        StatusAnswer::Short(ShortStatus::new(&visitor.id, &short))
    } else {
        let session = verify::load(&engine, &visitor.id).await?;
        if let Credential::Device { epoch } = visitor.who
            && (session.device.is_none() || session.epoch != epoch)
        {
            return Err(Error::unauthorized("this phone is not connected any more"));
        }
        StatusAnswer::Whole(Box::new(verify::view(&engine, &session)))
    };
    let mut response = ok(answer).into_response();
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response)
}

/// Details
///
/// Who asks for what, and why; only while the session is open.
#[utoipa::path(get, path = "/v1/verify/session/{id}/details", tag = "verify",
    operation_id = "session_details", params(SessionPath),
    responses((status = 200, body = Data<Details>), OfDetails))]
pub async fn details(
    State(engine): State<Engine>,
    visitor: Visitor,
) -> Result<Json<Data<Details>>, Error> {
    visitor.counted(&engine)?;
    let details = verify::details(&engine, &visitor.id).await?;
    Ok(ok(details))
}

/// Consent
///
/// Needs the page credential once somebody has agreed. May be repeated until the first hello.
#[utoipa::path(post, path = "/v1/verify/session/{id}/consent", tag = "verify",
    operation_id = "consent", params(SessionPath), request_body = ConsentRequest, security((), ("page" = [])),
    responses((status = 200, body = Data<ConsentAnswer>), OfConsent))]
pub async fn consent(
    State(engine): State<Engine>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Body<ConsentRequest>,
) -> Result<Response, Error> {
    visitor.limited(&engine)?;
    let ApiJson(body) = body?;
    let session = verify::load(&engine, &visitor.id).await?;
    let locale = LanguagePreference::of(&headers).pick(session.terms.locale.as_deref());
    let agreement = Agreement {
        selected: body.selected_field_keys,
        biometric: body.biometric_consent,
        locale: locale.tag.to_owned(),
    };
    let (session, consent) = verify::consent(&engine, &visitor.id, visitor.who, agreement).await?;
    let answer = ConsentAnswer::new(&consent, credentials::page(&engine, &session.id));
    let mut response = ok(answer).into_response();
    response.headers_mut().insert(SET_COOKIE, cookies::page(&engine, &session));
    Ok(response)
}

/// Hand-off
///
/// A link that lets a phone take over; calls within a minute agree.
#[utoipa::path(post, path = "/v1/verify/session/{id}/handoff", tag = "verify",
    operation_id = "handoff", params(SessionPath),
    security(("page" = [])),
    responses((status = 200, body = Data<HandoffAnswer>), OfHandoff))]
pub async fn handoff(
    State(engine): State<Engine>,
    visitor: Visitor,
) -> Result<Json<Data<HandoffAnswer>>, Error> {
    visitor.limited(&engine)?;
    visitor.require_page()?;
    let offer = verify::handoff(&engine, &visitor.id).await?;
    Ok(ok(HandoffAnswer::new(&visitor.id, offer)))
}

/// Hello
///
/// The first phone that proves its key takes the session; the same one may come back.
#[utoipa::path(post, path = "/v1/verify/session/{id}/hello", tag = "verify",
    operation_id = "hello", params(SessionPath), request_body = HelloRequest,
    responses((status = 200, body = Data<HelloAnswer>), OfHello))]
pub async fn hello(
    State(engine): State<Engine>,
    visitor: Visitor,
    body: Body<HelloRequest>,
) -> Result<Json<Data<HelloAnswer>>, Error> {
    let hello = body.and_then(|ApiJson(body)| body.checked());
    let shows = |hello: &Hello| credentials::is_handoff(&engine, &visitor.id, &hello.token);
    let known = hello.as_ref().is_ok_and(shows);
    visitor.limited_as(&engine, if known { Proof::Handoff } else { Proof::Nothing })?;
    let hello = hello?;
    let answer = verify::hello(&engine, &visitor.id, hello).await;
    let session = counted(&engine, &visitor, answer)?;
    HelloAnswer::new(&engine, &session).map(ok)
}

/// Release
///
/// "Not my phone": unbinds it; its credential dies, tries are kept.
#[utoipa::path(post, path = "/v1/verify/session/{id}/release", tag = "verify",
    operation_id = "release", params(SessionPath),
    security(("page" = [])),
    responses((status = 204, description = "No phone is bound"), OfRelease))]
pub async fn release(State(engine): State<Engine>, visitor: Visitor) -> Result<StatusCode, Error> {
    visitor.limited(&engine)?;
    visitor.require_page()?;
    verify::release(&engine, &visitor.id).await?;
    Ok(super::NO_CONTENT)
}

/// Cancel, or withdraw
///
/// By `cancel_token`, or with a page or device credential. On a finished session the page
/// withdraws it: what was not delivered never is.
#[utoipa::path(post, path = "/v1/verify/session/{id}/cancel", tag = "verify",
    operation_id = "cancel_by_user", params(SessionPath), request_body(content = Option<CancelRequest>),
    security((), ("page" = []), ("device" = [])),
    responses((status = 204, description = "The session is over"), OfUserCancel))]
pub async fn cancel(
    State(engine): State<Engine>,
    visitor: Visitor,
    body: Body<CancelRequest>,
) -> Result<StatusCode, Error> {
    let right = body.and_then(|ApiJson(body)| body.right(&visitor.who));
    match &right {
        Ok(Right::Token(token)) if verify::is_cancel_token(&engine, &visitor.id, token).await? => {
            visitor.limited_as(&engine, Proof::CancelToken)?;
        }
        Ok(Right::Token(_)) => visitor.limited_as(&engine, Proof::Nothing)?,
        Ok(Right::Credential(_)) | Err(_) => visitor.limited(&engine)?,
    }
    let right = right?;
    let answer = verify::cancel(&engine, &visitor.id, right).await;
    counted(&engine, &visitor, answer)?;
    Ok(super::NO_CONTENT)
}

/// Counts wrong tokens: after five, this address has to wait, and learns nothing from more.
fn counted<T>(engine: &Engine, visitor: &Visitor, answer: Result<T, Error>) -> Result<T, Error> {
    if let Err(error) = &answer
        && matches!(error.code, Code::CancelTokenInvalid | Code::HandoffTokenInvalid)
    {
        engine.limits.wrong_token(&visitor.id, visitor.address)?;
    }
    answer
}
