//! Checks: an attempt is reserved before its evidence is judged, and closed with the result.

mod reserve;
mod settle;

use std::sync::Arc;

use kayle_document::holder::Holder;
use kayle_document::{Rule, age};
use kayle_domain::session::ChipPass;
use kayle_domain::{Check, FailureCode, Session, SessionId};

pub(super) use self::reserve::disconnected;
use self::reserve::{Reservation, reserve};
use self::settle::settle;
use crate::check::biometric::Sample;
use crate::check::evidence::Upload;
use crate::check::{assertion, biometric, claims, document, receipt};
use crate::engine::Engine;
use crate::error::Error;
use crate::keys::Purpose;

/// What the device is told.
#[derive(Debug)]
pub struct Answer {
    /// The session after the check.
    pub session: Session,
    /// Why it was not confirmed; `None` when it was.
    pub failure_code: Option<FailureCode>,
    /// The sealed receipt of a confirmed chip.
    pub receipt: Option<String>,
}

/// Judges an upload of the device bound under `epoch`.
pub async fn check(
    engine: &Engine,
    id: &SessionId,
    epoch: i64,
    check: Check,
    upload: Upload,
) -> Result<Answer, Error> {
    let upload = Arc::new(upload);
    match check {
        Check::Nfc => drop(document::trust(engine)?),
        Check::Liveness => drop(biometric::client(engine)?),
    }
    if check == Check::Liveness {
        precheck_receipt(engine, id, epoch, &upload).await?;
    }
    let reservation = reserve(engine, id, epoch, check, &upload).await?;
    let (session, held, admission) = match reservation {
        Reservation::Recorded(answer) => return Ok(*answer),
        Reservation::Held(held) => *held,
    };
    let judged = judge(engine, &session, check, &upload).await;
    settle(engine, &session, held, admission, judged).await
}

/// A receipt that does not open is a malformed upload: it costs nothing, so it is found first.
async fn precheck_receipt(
    engine: &Engine,
    id: &SessionId,
    epoch: i64,
    upload: &Upload,
) -> Result<(), Error> {
    let session = super::verify::load(engine, id).await?;
    let usable = !session.status_at(engine.now()).is_terminal() && session.epoch == epoch;
    // Whatever else is wrong is told by the reservation, which commits what is due.
    if usable && session.device.is_some() && session.chip.is_some() {
        receipt::open(engine, &session, upload)?;
    }
    Ok(())
}

/// What judging gave: claims that were confirmed (with a receipt, for the chip), or why not, and
/// which rule that was for the audit trail.
enum Judged {
    Chip { pass: ChipPass, receipt: String },
    Face(kayle_domain::event::Claims),
    No(FailureCode, &'static str),
}

impl Judged {
    fn broken(rule: Rule) -> Self {
        Self::No(document::told(rule), rule.as_str())
    }
}

async fn judge(
    engine: &Engine,
    session: &Session,
    check: Check,
    upload: &Arc<Upload>,
) -> Result<Judged, Error> {
    if !assertion::holds(engine, session, check, upload).await? {
        return Ok(Judged::broken(Rule::Assertion));
    }
    match check {
        Check::Nfc => match document::judge(engine, session, upload).await? {
            Ok(document) => confirm(engine, session, upload, &document.holder),
            Err(rule) => Ok(Judged::broken(rule)),
        },
        Check::Liveness => {
            let confirmed = receipt::open(engine, session, upload)?;
            let sample = Sample {
                dg2: upload.part("dg2").unwrap_or_default(),
                media: upload.media(),
                holder_age: confirmed.holder_age,
                nonce: engine.entropy.bytes(),
            };
            let refused = biometric::client(engine)?.judge(sample).await?;
            Ok(refused
                .map_or(Judged::Face(confirmed.claims), |code| Judged::No(code, code.as_str())))
        }
    }
}

/// A genuine document: what is shared of it, sealed for the face check.
fn confirm(
    engine: &Engine,
    session: &Session,
    upload: &Upload,
    holder: &Holder,
) -> Result<Judged, Error> {
    let selected = session.consent.as_ref().map_or(&[][..], |consent| &consent.selected);
    let identity = identity_key(engine);
    let today = claims::date(engine.now());
    let Some(claims) = claims::derive(holder, session, &identity, selected, today) else {
        return Ok(Judged::broken(Rule::MrzDate));
    };
    let age = age::age(&holder.date_of_birth, today);
    let (receipt, receipt_hash) = receipt::seal(engine, session, upload, (&claims, age))?;
    let document = document::tag(engine, session, upload);
    let pass = ChipPass { attempt: upload.attempt_id.clone(), receipt_hash, document };
    Ok(Judged::Chip { pass, receipt })
}

fn identity_key(engine: &Engine) -> Vec<u8> {
    match &engine.config.identity_secret {
        Some(secret) => secret.as_ref().to_vec(),
        None => engine.keys.subkey(Purpose::Identity).to_vec(),
    }
}
