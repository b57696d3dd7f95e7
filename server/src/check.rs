//! Judging what a device sends: the evaluator seam, and everything around it that stays.

pub mod assertion;
pub mod claims;
pub mod evidence;
pub mod receipt;

use std::fmt;

use async_trait::async_trait;
use kayle_domain::{Check, FailureCode, SessionId};

use crate::error::{Code, Error};
use claims::Holder;
use evidence::Upload;

/// What the evidence showed.
#[derive(Debug)]
pub enum Verdict {
    /// The chip is genuine; this is what its data group 1 says.
    Chip(Box<Holder>),
    /// The face is alive and the document's.
    Face,
    /// Not confirmed.
    No(FailureCode),
}

/// Who judges evidence.
#[async_trait]
pub trait Evaluator: Send + Sync + fmt::Debug {
    /// Refuses evidence that cannot be judged at all, before an attempt is reserved for it.
    fn admit(&self, id: &SessionId, check: Check, upload: &Upload) -> Result<(), Error>;

    /// Judges evidence that was admitted. An error is infrastructure trouble: it costs no try.
    async fn evaluate(
        &self,
        id: &SessionId,
        check: Check,
        upload: &Upload,
    ) -> Result<Verdict, Error>;
}

/// Where no evaluator is configured: every check answers 503 and costs nothing.
#[derive(Debug)]
pub struct Unavailable;

fn unavailable() -> Error {
    let message = "this server has no evaluator for document and face evidence yet";
    Error::new(Code::EvidenceUnavailable, message)
}

#[async_trait]
impl Evaluator for Unavailable {
    fn admit(&self, _: &SessionId, _: Check, _: &Upload) -> Result<(), Error> {
        Err(unavailable())
    }

    async fn evaluate(&self, _: &SessionId, _: Check, _: &Upload) -> Result<Verdict, Error> {
        Err(unavailable())
    }
}
