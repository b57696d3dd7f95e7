//! Reading an upload: `multipart/form-data` with one JSON part and binary parts by name.

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use kayle_domain::{AttemptId, Check};
use serde::Deserialize;

use crate::error::{Code, Error};

/// Most frames of a face.
const MAX_FRAMES: usize = 16;
/// The sandbox's verdict: the one part that is not evidence.
pub const SANDBOX_VERDICT: &str = "sandbox_verdict";

/// An upload that has the documented form; it lives for one request and is never written down.
pub struct Upload {
    /// Chosen by the device.
    pub attempt_id: AttemptId,
    /// The device's signature over everything here.
    pub assertion: Option<String>,
    /// What the chip check gave the device.
    pub receipt: Option<String>,
    parts: Vec<(String, Bytes)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChipEvidence {
    attempt_id: AttemptId,
    #[serde(rename = "active_authentication")]
    _active: Option<serde_json::Value>,
    #[serde(rename = "chip_authentication")]
    _chip: Option<serde_json::Value>,
    assertion: Option<String>,
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
        let refuse = |error: serde_json::Error| invalid(format!("part evidence: {error}"));
        Ok(match check {
            Check::Nfc => {
                let chip: ChipEvidence = serde_json::from_slice(json).map_err(refuse)?;
                Self {
                    attempt_id: chip.attempt_id,
                    assertion: chip.assertion,
                    receipt: None,
                    parts,
                }
            }
            Check::Liveness => {
                let face: FaceEvidence = serde_json::from_slice(json).map_err(refuse)?;
                let receipt = Some(face.receipt);
                Self { attempt_id: face.attempt_id, assertion: face.assertion, receipt, parts }
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
        let frames = self.parts.iter().filter(|(name, _)| name == "frame").count();
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

    /// Every binary part, by name; parts of one name in the order sent.
    pub fn parts_by_name(&self) -> Vec<(&str, &[u8])> {
        let mut parts: Vec<_> =
            self.parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_ref())).collect();
        parts.sort_by_key(|(name, _)| *name);
        parts
    }
}

fn allowed(check: Check) -> &'static [&'static str] {
    match check {
        Check::Nfc => &["dg1", "dg2", "dg14", "dg15", "sod", SANDBOX_VERDICT],
        Check::Liveness => &["dg2", "frame", "video", SANDBOX_VERDICT],
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
