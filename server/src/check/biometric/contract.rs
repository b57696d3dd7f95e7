//! What is asked of a biometric verifier, and what it answers: the OpenAPI document is made from
//! this.

use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::security::SecurityScheme;
use utoipa::openapi::{KnownFormat, SchemaFormat};
use utoipa::{Modify, OpenApi, ToSchema};

/// The route, under the verifier's own address.
pub const ROUTE: &str = "/v1/faces/judge";

/// The version of the contract that is written down here.
pub const VERSION: u8 = 1;

/// Most frames of a film.
pub const MOST_FRAMES: usize = 16;

/// Part `request` of the question.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Question {
    /// 1
    #[schema(minimum = 1, maximum = 1)]
    pub contract_version: u8,
    /// 64 hexadecimal digits, fresh for every question.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub nonce: String,
    /// Full years of the document's holder, where known: children and the old may need another
    /// model.
    #[schema(required = true)]
    pub holder_age: Option<u8>,
    /// Which parts follow.
    pub media: MediaKind,
}

/// How the face was filmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// Parts `frame`, 1 to 16, in the order taken.
    Frames,
    /// Part `video`.
    Video,
}

/// The parts of a question: `multipart/form-data`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its description is used")]
pub struct QuestionForm {
    /// JSON.
    request: Question,
    /// EF.DG2 as the chip gave it (ICAO 9303-10 §4.7.2).
    #[schema(value_type = String, format = Binary)]
    dg2: Vec<u8>,
    /// Pictures: one part of this name each, in the order taken.
    #[schema(schema_with = frames, required = false)]
    frame: Vec<Vec<u8>>,
    /// A video, instead of pictures.
    #[schema(value_type = String, format = Binary, required = false)]
    video: Vec<u8>,
}

fn frames() -> ArrayBuilder {
    let binary = SchemaFormat::KnownFormat(KnownFormat::Binary);
    let picture = ObjectBuilder::new().schema_type(Type::String).format(Some(binary));
    ArrayBuilder::new()
        .items(picture)
        .description(Some("Pictures: one part of this name each, in the order taken."))
        .min_items(Some(1))
        .max_items(Some(MOST_FRAMES))
}

/// What the verifier says. Anything else is taken for trouble, and spends no try.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Answer {
    /// The question's own.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub nonce: String,
    /// Whether a living person was filmed.
    pub liveness: LivenessResult,
    /// How alike the two faces are.
    pub face_match: FaceMatch,
    /// What the verifier makes of it; the score has to reach this server's threshold too.
    pub verdict: Verdict,
}

/// Whether a living person was filmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LivenessResult {
    /// The decision.
    pub verdict: Liveness,
    /// How sure, 0 to 1.
    #[schema(minimum = 0, maximum = 1)]
    pub score: f64,
}

/// Alive or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Liveness {
    /// A living person.
    Live,
    /// A picture, a screen, a mask.
    NotLive,
}

/// How alike two faces are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FaceMatch {
    /// 0 to 1, calibrated: at 0.60 one pair of different adults in 100,000 passes.
    #[schema(minimum = 0, maximum = 1)]
    pub score: f64,
}

/// The verifier's own conclusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A living person, the document's.
    Confirmed,
    /// Not so.
    NotConfirmed,
}

impl Question {
    /// Whether a film of so many frames and videos is what it announces, and the rest has the
    /// documented form.
    pub fn is_sound(&self, frames: usize, videos: usize) -> bool {
        let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let film = match self.media {
            MediaKind::Frames => videos == 0 && (1..=MOST_FRAMES).contains(&frames),
            MediaKind::Video => frames == 0 && videos == 1,
        };
        let nonce = self.nonce.len() == 64 && self.nonce.bytes().all(hexadecimal);
        self.contract_version == VERSION && nonce && film
    }
}

impl Answer {
    /// Whether it answers that question, with scores that are scores.
    pub fn is_sound(&self, nonce: &str) -> bool {
        let scores = [self.liveness.score, self.face_match.score];
        self.nonce == nonce && scores.iter().all(|score| (0.0..=1.0).contains(score))
    }
}

/// Judge a face
///
/// Says whether the film shows a living person, and the one of the document. Keep nothing: not the
/// parts, not what was computed from them.
#[utoipa::path(post, path = "/v1/faces/judge", operation_id = "judge_face", tag = "faces",
    request_body(content = QuestionForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "Judged, whatever came of it", body = Answer),
        (status = 400, description = "The question has not the documented form"),
        (status = 413, description = "More than 16 MiB"),
        (status = 503, description = "Not now: asked once more at once, then given up")))]
#[expect(dead_code, reason = "only its description is used")]
fn judge_face() {}

/// The contract as an OpenAPI document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kayle biometric verifier",
        version = "1",
        description = "What Kayle verify asks of the service that judges faces. Mutual TLS: the verifier checks this server's client certificate, this server checks the verifier's against one authority."
    ),
    paths(judge_face),
    components(schemas(Question)),
    modifiers(&Certificates),
    security(("mutual_tls" = []))
)]
struct Contract;

/// Says that both sides prove themselves with certificates.
struct Certificates;

impl Modify for Certificates {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let text = "The client certificate of a Kayle verify server, from an authority that the \
                    verifier trusts for nothing else.";
        let scheme = SecurityScheme::MutualTls {
            description: Some(text.to_owned()),
            deprecated: None,
            extensions: None,
        };
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("mutual_tls", scheme);
    }
}

/// The contract as an OpenAPI document, in JSON.
pub fn document() -> String {
    let text = Contract::openapi().to_pretty_json();
    text.expect("a document of strings always serialises") + "\n"
}
