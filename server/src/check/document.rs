//! The document: what the chip gave, checked by cryptography on a thread of its own.

use std::sync::Arc;

use kayle_document::evaluate::{ChipAnswer, Document, Evidence, evaluate};
use kayle_document::passive::Authorities;
use kayle_document::{Failure, Rule, active};
use kayle_domain::{FailureCode, Session};

use super::evidence::Upload;
use super::exchange;
use super::trust::Trust;
use crate::engine::Engine;
use crate::error::Error;
use crate::keys::{Purpose, sha256_hex};
use crate::service::credentials;

/// The trust store, where the settings name one.
pub fn trust(engine: &Engine) -> Result<&Trust, Error> {
    engine
        .judges
        .trust
        .as_ref()
        .ok_or_else(|| super::unavailable("certificates to check documents against"))
}

/// What a device is told of a broken rule.
pub fn told(rule: Rule) -> FailureCode {
    match rule.failure() {
        Failure::Authenticity => FailureCode::DocumentAuthenticityFailed,
        Failure::ActiveAuthentication => FailureCode::DocumentActiveAuthenticationFailed,
        Failure::ChipAuthentication => FailureCode::DocumentChipAuthenticationFailed,
        Failure::AntiCloning => FailureCode::DocumentAntiCloningAttestationFailed,
        Failure::Data => FailureCode::DocumentDataInvalid,
    }
}

/// Judges a chip's upload: the document, or the rule it broke.
pub async fn judge(
    engine: &Engine,
    session: &Session,
    upload: &Arc<Upload>,
) -> Result<Result<Document, Rule>, Error> {
    trust(engine)?;
    let (own, session, upload) = (engine.clone(), session.clone(), Arc::clone(upload));
    engine.judges.compute(move || weigh(&own, &session, &upload)).await?
}

/// What tells this document from others, in this session alone.
fn identity<'a>(session: &'a Session, hash: &'a str) -> [&'a str; 2] {
    [session.id.as_str(), hash]
}

fn hash(upload: &Upload) -> String {
    let parts = ["dg1", "sod"].map(|name| sha256_hex(upload.part(name).unwrap_or_default()));
    parts.concat()
}

/// A keyed hash of the document in the upload.
pub fn tag(engine: &Engine, session: &Session, upload: &Upload) -> String {
    engine.keys.tag(Purpose::Document, &identity(session, &hash(upload)))
}

/// Whether the upload's document is the one that was confirmed in this session.
pub fn is_the_one(engine: &Engine, session: &Session, upload: &Upload) -> bool {
    let known = session.chip.as_ref().map(|pass| pass.document.as_str());
    let hash = hash(upload);
    known.is_some_and(|tag| engine.keys.verify(Purpose::Document, &identity(session, &hash), tag))
}

fn weigh(
    engine: &Engine,
    session: &Session,
    upload: &Upload,
) -> Result<Result<Document, Rule>, Error> {
    let trust = trust(engine)?;
    let store = trust.store();
    let exchanged = upload.exchanged.as_ref();
    let exchange =
        exchanged.map(|given| exchange::open(engine, session, &upload.attempt_id, &given.exchange));
    let required = |name| upload.part(name).unwrap_or_default();
    let evidence = Evidence {
        dg1: required("dg1"),
        dg2: required("dg2"),
        dg14: upload.part("dg14"),
        dg15: upload.part("dg15"),
        sod: required("sod"),
        active: upload.active.as_deref(),
        chip: exchanged.zip(exchange.as_ref()).map(|(given, exchange)| ChipAnswer {
            exchange: exchange.as_ref(),
            response: &given.response,
        }),
    };
    let now = engine.now().unix_seconds();
    let by = Authorities { trust: &store, policy: &trust.policy, now };
    let bindings = credentials::challenges(engine, &session.id, session.epoch);
    let challenges: Vec<_> =
        bindings.iter().map(|binding| active::challenge(session.id.as_str(), binding)).collect();
    Ok(evaluate(&evidence, by, &challenges))
}
