//! `checks/nfc` and `checks/liveness`: evidence from the bound device (`spec.md` §7).

use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use kayle_app::view::TriesView;
use kayle_domain::{Check, FailureCode};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Data, Refused, ok};
use super::extract::Visitor;
use super::verify::tries;
use crate::check::evidence::Upload;
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::service::checks::{self, Answer};

/// What a check gave.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckAnswer {
    /// `confirmed` or `not_confirmed`.
    outcome: &'static str,
    #[schema(value_type = Option<String>)]
    failure_code: Option<FailureCode>,
    /// Whether another attempt of this check may be sent.
    retry_allowed: bool,
    tries: TriesView,
    /// Of a confirmed chip: to be sent with the face.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<String>,
}

impl CheckAnswer {
    fn new(check: Check, answer: Answer) -> Self {
        let session = &answer.session;
        let open = !session.state.status().is_terminal();
        let failed = answer.failure_code.is_some();
        Self {
            outcome: if failed { "not_confirmed" } else { "confirmed" },
            failure_code: answer.failure_code,
            retry_allowed: failed && open && session.tries.remaining(check) > 0,
            tries: tries(session.tries),
            receipt: answer.receipt,
        }
    }
}

type Form = Result<Multipart, MultipartRejection>;
type Judged = Result<Json<Data<CheckAnswer>>, Error>;

/// Check the chip
///
/// `multipart/form-data`: part `evidence` (JSON), binary parts `dg1 dg2 sod`, `dg14 dg15`.
#[utoipa::path(post, path = "/v1/verify/session/{id}/checks/nfc", tag = "verify",
    params(("id" = String, Path, description = "The session's id")),
    request_body(content = String, content_type = "multipart/form-data"),
    security(("device" = [])),
    responses((status = 200, body = Data<CheckAnswer>), (status = 400, body = Refused),
        (status = 401, body = Refused), (status = 404, body = Refused),
        (status = 409, body = Refused), (status = 410, body = Refused),
        (status = 413, body = Refused), (status = 415, body = Refused),
        (status = 503, body = Refused)))]
pub async fn nfc(State(engine): State<Engine>, visitor: Visitor, form: Form) -> Judged {
    run(&engine, &visitor, Check::Nfc, form).await
}

/// Check the face
///
/// `multipart/form-data`: part `evidence` (JSON with the receipt), `dg2`, and `frame` (1–16) or
/// `video`.
#[utoipa::path(post, path = "/v1/verify/session/{id}/checks/liveness", tag = "verify",
    params(("id" = String, Path, description = "The session's id")),
    request_body(content = String, content_type = "multipart/form-data"),
    security(("device" = [])),
    responses((status = 200, body = Data<CheckAnswer>), (status = 400, body = Refused),
        (status = 401, body = Refused), (status = 404, body = Refused),
        (status = 409, body = Refused), (status = 410, body = Refused),
        (status = 413, body = Refused), (status = 415, body = Refused),
        (status = 503, body = Refused)))]
pub async fn liveness(State(engine): State<Engine>, visitor: Visitor, form: Form) -> Judged {
    run(&engine, &visitor, Check::Liveness, form).await
}

async fn run(engine: &Engine, visitor: &Visitor, check: Check, form: Form) -> Judged {
    let epoch = visitor.require_device()?;
    let form = form.map_err(|_| {
        Error::new(Code::UnsupportedMediaType, "Content-Type must be multipart/form-data")
    })?;
    let upload = Upload::read(check, form).await?;
    let answer = checks::check(engine, &visitor.id, epoch, check, upload).await?;
    Ok(ok(CheckAnswer::new(check, answer)))
}
