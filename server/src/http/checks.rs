//! `checks/nfc` and `checks/liveness`: evidence from the bound device (`spec.md` §7).

use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kayle_app::view::TriesView;
use kayle_domain::{AttemptId, Check, FailureCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::answer::{Data, ok};
use super::extract::{ApiJson, Visitor};
use super::refusals::{OfExchange, OfLiveness, OfNfc};
use super::schema::SessionPath;
use super::verify::tries;
use crate::check::evidence::Upload;
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::service;
use crate::service::checks::{self, Answer};

/// What a check gave.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckAnswer {
    /// `confirmed` or `not_confirmed`.
    outcome: &'static str,
    #[schema(value_type = Option<String>, required = true)]
    failure_code: Option<FailureCode>,
    /// Whether another attempt of this check may be sent.
    retry_allowed: bool,
    tries: TriesView,
    /// Of a confirmed chip: to be sent with the face.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
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

/// The parts of a chip upload.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its description is used")]
struct ChipForm {
    /// JSON: `attempt_id`, `active_authentication`, `chip_authentication`, `assertion`.
    evidence: String,
    /// Data group 1.
    #[schema(value_type = String, format = Binary)]
    dg1: Vec<u8>,
    /// Data group 2.
    #[schema(value_type = String, format = Binary)]
    dg2: Vec<u8>,
    /// The document security object.
    #[schema(value_type = String, format = Binary)]
    sod: Vec<u8>,
    /// Data group 14, where the security object lists it.
    #[schema(value_type = Option<String>, format = Binary)]
    dg14: Option<Vec<u8>>,
    /// Data group 15, where the security object lists it.
    #[schema(value_type = Option<String>, format = Binary)]
    dg15: Option<Vec<u8>>,
}

/// The parts of a face upload.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its description is used")]
struct FaceForm {
    /// JSON: `attempt_id`, `receipt`, `assertion`.
    evidence: String,
    /// Data group 2.
    #[schema(value_type = String, format = Binary)]
    dg2: Vec<u8>,
    /// 1 to 16 frames, or a video instead.
    #[schema(value_type = Option<Vec<String>>)]
    frame: Option<Vec<Vec<u8>>>,
    /// A video, or frames instead.
    #[schema(value_type = Option<String>, format = Binary)]
    video: Option<Vec<u8>>,
}

/// What a chip that can agree on keys says of itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExchangeRequest {
    /// The attempt that the answer will be sent with.
    #[schema(value_type = String)]
    attempt_id: AttemptId,
    /// EF.DG14, base64url without padding.
    #[schema(value_type = String)]
    dg14: Value,
}

/// This server's half of chip authentication.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExchangeAnswer {
    /// Opaque: send it back with the chip's answer.
    exchange: String,
    /// Object identifier of the protocol (BSI TR-03110-3 A.1.1.2).
    protocol: String,
    /// Which of the chip's keys, where data group 14 numbers them.
    key_id: Option<u64>,
    /// The ephemeral public key for the chip, base64url: an uncompressed point, or a number.
    public_key: String,
    /// The protected command to relay after the chip took the key, base64url.
    command: String,
}

/// Begin chip authentication
///
/// For chips whose data group 14 offers it: the server's ephemeral key, and one command protected
/// with the keys the chip is about to agree on. What the chip answers goes into `checks/nfc`.
#[utoipa::path(post, path = "/v1/verify/session/{id}/checks/nfc/exchange", tag = "verify",
    operation_id = "begin_chip_authentication", params(SessionPath), request_body = ExchangeRequest,
    security(("device" = [])),
    responses((status = 200, body = Data<ExchangeAnswer>), OfExchange))]
pub async fn exchange(
    State(engine): State<Engine>,
    visitor: Visitor,
    body: Result<ApiJson<ExchangeRequest>, Error>,
) -> Result<Json<Data<ExchangeAnswer>>, Error> {
    visitor.limited(&engine)?;
    let epoch = visitor.require_device()?;
    let ApiJson(body) = body?;
    // Of any type, so that no error quotes what was sent.
    let asked = (body.attempt_id, body.dg14.as_str().unwrap_or_default());
    let begun = service::exchange::begin(&engine, &visitor.id, epoch, asked).await?;
    let invitation = begun.invitation;
    Ok(ok(ExchangeAnswer {
        exchange: begun.exchange,
        protocol: invitation.protocol.oid(),
        key_id: invitation.protocol.key_id,
        public_key: URL_SAFE_NO_PAD.encode(invitation.public_key),
        command: URL_SAFE_NO_PAD.encode(invitation.command),
    }))
}

/// Closes the connection behind the answer: one that waits keeps what it last carried in its
/// buffers, and that was evidence.
pub async fn close(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    Response::from_parts(parts, body)
}

type Form = Result<Multipart, MultipartRejection>;
type Judged = Result<Json<Data<CheckAnswer>>, Error>;

/// Check the chip
///
/// `multipart/form-data`: part `evidence` (JSON), binary parts `dg1 dg2 sod`, `dg14 dg15`.
#[utoipa::path(post, path = "/v1/verify/session/{id}/checks/nfc", tag = "verify",
    operation_id = "check_chip", params(SessionPath),
    request_body(content = ChipForm, content_type = "multipart/form-data"),
    security(("device" = [])),
    responses((status = 200, body = Data<CheckAnswer>), OfNfc))]
pub async fn nfc(State(engine): State<Engine>, visitor: Visitor, form: Form) -> Judged {
    run(&engine, &visitor, Check::Nfc, form).await
}

/// Check the face
///
/// `multipart/form-data`: part `evidence` (JSON with the receipt), `dg2`, and `frame` (1–16) or
/// `video`.
#[utoipa::path(post, path = "/v1/verify/session/{id}/checks/liveness", tag = "verify",
    operation_id = "check_face", params(SessionPath),
    request_body(content = FaceForm, content_type = "multipart/form-data"),
    security(("device" = [])),
    responses((status = 200, body = Data<CheckAnswer>), OfLiveness))]
pub async fn liveness(State(engine): State<Engine>, visitor: Visitor, form: Form) -> Judged {
    run(&engine, &visitor, Check::Liveness, form).await
}

async fn run(engine: &Engine, visitor: &Visitor, check: Check, form: Form) -> Judged {
    visitor.limited(engine)?;
    let epoch = visitor.require_device()?;
    let form = form.map_err(|_| {
        Error::new(Code::UnsupportedMediaType, "Content-Type must be multipart/form-data")
    })?;
    let upload = Upload::read(check, form).await?;
    // What was begun is finished and recorded also if the phone hangs up: it may ask again.
    let (own, id) = (engine.clone(), visitor.id.clone());
    let judged = async move { checks::check(&own, &id, epoch, check, upload).await };
    Ok(ok(CheckAnswer::new(check, engine.finish(judged).await?)))
}
