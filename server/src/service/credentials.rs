//! Credentials of the page and the device: derived from the key ring, so that nothing is stored
//! and every replica agrees (`spec.md` §4).

use kayle_domain::{Session, SessionId, Timestamp};

use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::keys::{KeyRing, Purpose};

const PAGE: &str = "kpc_";
const DEVICE: &str = "kdc_";
const HANDOFF: &str = "kht_";

/// Calls within this many milliseconds get the same hand-off token.
const MINUTE: i64 = 60_000;

/// Who makes a request on the public side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Credential {
    /// Nobody in particular.
    #[default]
    None,
    /// The browser the session belongs to.
    Page,
    /// The bound phone, under this binding.
    Device {
        /// The binding it was issued under.
        epoch: i64,
    },
}

/// The page credential of a session; the same for all who hold it.
pub fn page(engine: &Engine, id: &SessionId) -> String {
    page_under(&engine.keys, id)
}

/// The page credential of a session, by the key ring alone: for the sandbox's simulated phone.
pub fn page_under(keys: &KeyRing, id: &SessionId) -> String {
    format!("{PAGE}{}", keys.tag(Purpose::Page, &[id.as_str()]))
}

/// Whether `text` is the page credential of `id`.
pub fn is_page(engine: &Engine, id: &SessionId, text: &str) -> bool {
    text.strip_prefix(PAGE)
        .is_some_and(|tag| engine.keys.verify(Purpose::Page, &[id.as_str()], tag))
}

/// The device credential of a binding.
pub fn device(engine: &Engine, id: &SessionId, epoch: i64) -> String {
    let epoch = epoch.to_string();
    let tag = engine.keys.tag(Purpose::Device, &[id.as_str(), &epoch]);
    format!("{DEVICE}{epoch}_{tag}")
}

/// The binding `text` was issued under, if it is a device credential of `id`.
pub fn device_epoch(engine: &Engine, id: &SessionId, text: &str) -> Option<i64> {
    let (epoch, tag) = text.strip_prefix(DEVICE)?.split_once('_')?;
    let known = engine.keys.verify(Purpose::Device, &[id.as_str(), epoch], tag);
    epoch.parse().ok().filter(|_| known)
}

/// A hand-off token and when it stops working: five minutes, never past the session.
pub fn handoff(engine: &Engine, session: &Session, now: Timestamp) -> (String, Timestamp) {
    let minute = now.millis().div_euclid(MINUTE);
    let (minute_text, epoch) = (minute.to_string(), session.epoch.to_string());
    let parts = [session.id.as_str(), &minute_text, &epoch];
    let token = format!("{HANDOFF}{minute}_{epoch}_{}", engine.keys.tag(Purpose::Handoff, &parts));
    (token, handoff_end(engine, session, minute))
}

fn handoff_end(engine: &Engine, session: &Session, minute: i64) -> Timestamp {
    let from = Timestamp::from_millis(minute.saturating_mul(MINUTE));
    from.plus(engine.config.handoff_ttl).min(session.expires_at)
}

/// A hand-off token that this session issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handoff {
    /// The binding before which it was issued.
    pub epoch: i64,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// The minute and the binding `text` was issued in, if it is a hand-off token of `id`.
fn handoff_parts(engine: &Engine, id: &SessionId, text: &str) -> Option<(i64, i64)> {
    let (minute, rest) = text.strip_prefix(HANDOFF)?.split_once('_')?;
    let (epoch, tag) = rest.split_once('_')?;
    let known = engine.keys.verify(Purpose::Handoff, &[id.as_str(), minute, epoch], tag);
    known.then_some((minute.parse().ok()?, epoch.parse().ok()?))
}

/// Whether `text` is a hand-off token of `id`, used or not.
pub fn is_handoff(engine: &Engine, id: &SessionId, text: &str) -> bool {
    handoff_parts(engine, id, text).is_some()
}

/// Reads a hand-off token; whether it may still be used is the caller's question.
pub fn read_handoff(engine: &Engine, session: &Session, text: &str) -> Result<Handoff, Error> {
    let parts = handoff_parts(engine, &session.id, text);
    let handoff = |(minute, epoch)| {
        let expires_at = handoff_end(engine, session, minute);
        Handoff { epoch, expires_at }
    };
    parts.map(handoff).ok_or_else(|| {
        let message = "mobile_write_token is not a hand-off token of this session";
        Error::new(Code::HandoffTokenInvalid, message)
    })
}

/// The four digits page and phone both show.
pub fn confirmation_code(engine: &Engine, session: &Session) -> String {
    let epoch = session.epoch.to_string();
    let bytes = engine.keys.bytes(Purpose::Confirmation, &[session.id.as_str(), &epoch]);
    let number = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    format!("{:04}", number % 10_000)
}

/// The challenge the chip and the device sign, fresh for every binding.
pub fn challenge(engine: &Engine, id: &SessionId, epoch: i64) -> String {
    challenges(engine, id, epoch).swap_remove(0)
}

/// Every challenge a phone may have been given: it stays at work when the secrets are rotated.
pub fn challenges(engine: &Engine, id: &SessionId, epoch: i64) -> Vec<String> {
    let parts = [id.as_str(), &epoch.to_string()];
    engine.keys.every_bytes(Purpose::Challenge, &parts).iter().map(hex::encode).collect()
}

/// Whether `text` has the form of a cancel token.
pub fn is_cancel_token(text: &str) -> bool {
    text.len() == 48 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}
