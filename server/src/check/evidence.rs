//! Reading an upload: `multipart/form-data` with one JSON part and binary parts by name.

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kayle_domain::{AttemptId, Check};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::biometric::Media;
use crate::error::{Code, Error};

/// Most frames of a face.
const MAX_FRAMES: usize = 16;
/// Most bytes of an answer the chip gave, or of what carries it.
const MAX_ANSWER: usize = 4_096;

/// An upload that has the documented form; it lives for one request and is never written down.
pub struct Upload {
    /// Chosen by the device.
    pub attempt_id: AttemptId,
    /// The device's signature over everything here.
    pub assertion: Option<String>,
    /// What the chip check gave the device.
    pub receipt: Option<String>,
    /// The chip's answer to the challenge (active authentication).
    pub active: Option<Vec<u8>>,
    /// The chip's answer to this server's key (chip authentication).
    pub exchanged: Option<Exchanged>,
    parts: Vec<(String, Bytes)>,
}

/// What the chip said under the keys it agreed on with this server.
pub struct Exchanged {
    /// The exchange as this server sealed it.
    pub exchange: String,
    /// The chip's protected response to the relayed command.
    pub response: Vec<u8>,
}

/// Bytes as base64url without padding.
struct Bytes64(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.len() > MAX_ANSWER {
            return Err(D::Error::custom("an answer of a chip is shorter than this"));
        }
        let wrong = |_| D::Error::custom("expected base64url without padding");
        URL_SAFE_NO_PAD.decode(text).map(Self).map_err(wrong)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChipEvidence {
    attempt_id: AttemptId,
    active_authentication: Option<ActiveEvidence>,
    chip_authentication: Option<ExchangeEvidence>,
    assertion: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActiveEvidence {
    response: Bytes64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExchangeEvidence {
    exchange: String,
    response: Bytes64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaceEvidence {
    attempt_id: AttemptId,
    receipt: String,
    assertion: Option<String>,
}

impl Upload {
    /// Reads and checks the form of an upload.
    pub async fn read(check: Check, mut form: Multipart) -> Result<Self, Error> {
        let mut evidence = None;
        let mut parts: Vec<(String, Bytes)> = Vec::new();
        while let Some(field) = form.next_field().await.map_err(|e| unreadable(&e))? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|e| unreadable(&e))?;
            let known = name != "evidence";
            if known && !allowed(check).contains(&name.as_str()) {
                return Err(invalid("a part has a name that this check does not take"));
            }
            let twice = if known {
                name != "frame" && parts.iter().any(|(n, _)| *n == name)
            } else {
                evidence.is_some()
            };
            if twice {
                return Err(invalid(format!("part {name} is there twice")));
            }
            if known { parts.push((name, bytes)) } else { evidence = Some(bytes) }
        }
        let evidence = evidence.ok_or_else(|| invalid("part evidence is missing"))?;
        let upload = Self::assemble(check, &evidence, parts)?;
        upload.require(check)?;
        Ok(upload)
    }

    fn assemble(check: Check, json: &[u8], parts: Vec<(String, Bytes)>) -> Result<Self, Error> {
        Ok(match check {
            Check::Nfc => {
                let chip: ChipEvidence = described(json)?;
                let exchanged = chip.chip_authentication.map(|given| Exchanged {
                    exchange: given.exchange,
                    response: given.response.0,
                });
                Self {
                    attempt_id: chip.attempt_id,
                    assertion: chip.assertion,
                    receipt: None,
                    active: chip.active_authentication.map(|given| given.response.0),
                    exchanged,
                    parts,
                }
            }
            Check::Liveness => {
                let face: FaceEvidence = described(json)?;
                Self {
                    attempt_id: face.attempt_id,
                    assertion: face.assertion,
                    receipt: Some(face.receipt),
                    active: None,
                    exchanged: None,
                    parts,
                }
            }
        })
    }

    fn require(&self, check: Check) -> Result<(), Error> {
        let needed: &[&str] = match check {
            Check::Nfc => &["dg1", "dg2", "sod"],
            Check::Liveness => &["dg2"],
        };
        if let Some(name) = needed.iter().find(|name| self.part(name).is_none_or(<[u8]>::is_empty))
        {
            return Err(invalid(format!("part {name} is missing or empty")));
        }
        let frames = self.named("frame").count();
        let video = self.part("video").is_some();
        if check == Check::Liveness && (video == (frames > 0) || frames > MAX_FRAMES) {
            return Err(invalid("either part video or 1 to 16 parts frame are needed"));
        }
        Ok(())
    }

    /// The bytes of the part `name`.
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(part, _)| part == name).map(|(_, bytes)| bytes.as_ref())
    }

    /// The film of the face: frames in the order sent, or a video.
    pub fn media(&self) -> Media<'_> {
        match self.part("video") {
            Some(video) => Media::Video(video),
            None => Media::Frames(self.named("frame").collect()),
        }
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.parts.iter().filter(move |(part, _)| part == name).map(|(_, bytes)| bytes.as_ref())
    }

    /// Every binary part, by name; parts of one name in the order sent.
    pub fn parts_by_name(&self) -> Vec<(&str, &[u8])> {
        let mut parts: Vec<_> =
            self.parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_ref())).collect();
        parts.sort_by_key(|(name, _)| *name);
        parts
    }
}

/// Part `evidence`; an error names the field, and never says what was in it.
fn described<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Error> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let place = error.path().to_string();
        let problem = error.into_inner().to_string();
        // These two name a field, not a value.
        let telling = ["missing field", "unknown field"].iter().any(|it| problem.starts_with(it));
        match place.as_str() {
            _ if telling => problem,
            "." => "it must be a JSON object".to_owned(),
            place => format!("{place} is not what this check takes"),
        }
    });
    let read = read.and_then(|read| {
        reader.end().map(|()| read).map_err(|_| "something follows the JSON object".to_owned())
    });
    read.map_err(|problem| invalid(format!("part evidence: {problem}")))
}

fn allowed(check: Check) -> &'static [&'static str] {
    match check {
        Check::Nfc => &["dg1", "dg2", "dg14", "dg15", "sod"],
        Check::Liveness => &["dg2", "frame", "video"],
    }
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(Code::InvalidEvidence, message)
}

fn unreadable(error: &MultipartError) -> Error {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        Error::new(Code::PayloadTooLarge, "the upload is larger than this check takes")
    } else {
        invalid("the body is not the multipart/form-data it says it is")
    }
}
