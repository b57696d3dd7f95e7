//! Chip authentication: the terminal's half of the key agreement, made here and kept by the phone
//! under seal, so that no replica has to remember it.

use kayle_document::chip::Exchange;
use kayle_domain::{AttemptId, Session};

use crate::engine::Engine;
use crate::keys::Purpose;

/// What a sealed exchange is good for.
fn bound(session: &Session, attempt: &AttemptId) -> String {
    format!("{}\n{}\n{attempt}", session.id, session.epoch)
}

/// Seals an exchange to the session, the phone's binding and the attempt.
pub fn seal(engine: &Engine, session: &Session, attempt: &AttemptId, begun: &Exchange) -> String {
    let nonce = engine.entropy.bytes();
    engine.keys.seal(Purpose::Exchange, &bound(session, attempt), &begun.seal_bytes(), nonce)
}

/// The exchange, if this server began it for this session, binding and attempt.
pub fn open(
    engine: &Engine,
    session: &Session,
    attempt: &AttemptId,
    sealed: &str,
) -> Option<Exchange> {
    let plain = engine.keys.open(Purpose::Exchange, &bound(session, attempt), sealed)?;
    Exchange::open(&plain)
}
