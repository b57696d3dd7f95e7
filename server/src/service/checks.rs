//! Checks: an attempt is reserved before its evidence is judged, and closed with the result.

use std::sync::Arc;
use std::time::Duration;

use kayle_document::holder::Holder;
use kayle_document::{Rule, age};
use kayle_domain::session::{Admission, ChipPass, Refused};
use kayle_domain::{
    Attempt, AttemptStatus, Check, FailureCode, Session, SessionId, Timestamp, Transition,
};

use super::apply::{self, Change};
use super::credentials;
use crate::check::biometric::Sample;
use crate::check::evidence::Upload;
use crate::check::{assertion, biometric, claims, document, receipt};
use crate::engine::{CLOCK_SLACK, Engine};
use crate::error::{Code, Error};
use crate::keys::Purpose;
use crate::store::attempts::{self, Reserved};
use crate::store::sessions;
use crate::store::{Conn, StoreError};

/// How long an evaluation may take before its attempt is given up.
const LEASE: Duration = Duration::from_secs(45);

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

/// What came of asking for an attempt.
enum Reservation {
    /// The evidence may be judged.
    Held(Box<(Session, Reserved, Admission)>),
    /// This attempt was judged before.
    Recorded(Box<Answer>),
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

async fn reserve(
    engine: &Engine,
    id: &SessionId,
    epoch: i64,
    check: Check,
    upload: &Upload,
) -> Result<Reservation, Error> {
    let job = (engine.clone(), id.clone(), upload.attempt_id.clone());
    let work = engine.store.write(job, move |tx, (engine, id, attempt_id)| {
        Box::pin(async move {
            let found = sessions::by_id(tx, id.as_str(), engine.config.sandbox).await?;
            let Some(stored) = found else { return Ok(Err(Error::session_not_found())) };
            let session = stored.session;
            if session.device.is_none() || session.epoch != epoch {
                return Ok(Err(disconnected()));
            }
            if let Some(answer) = recorded(tx, &session, check, attempt_id.as_str()).await? {
                return Ok(answer);
            }
            let from = session.state.status();
            match session.admit(check, attempt_id, engine.now()) {
                Err(refused) => apply::refuse(engine, tx, from, refused).await.map(Err),
                Ok((session, admission)) => {
                    let asked = (attempt_id.clone(), check, admission);
                    hold(engine, tx, session, asked).await
                }
            }
        })
    });
    let answer = work.await?;
    if answer.is_err() {
        apply::announce(engine, id);
    }
    answer
}

pub(super) fn disconnected() -> Error {
    Error::unauthorized("this phone is not connected to the session any more")
}

/// What is known of an attempt that was judged before; a confirmed chip is judged anew instead,
/// because its receipt is not kept.
async fn recorded(
    tx: &mut Conn,
    session: &Session,
    check: Check,
    attempt: &str,
) -> Result<Option<Result<Reservation, Error>>, StoreError> {
    let Some(known) = attempts::by_id(tx, session.id.as_str(), attempt).await? else {
        return Ok(None);
    };
    if known.attempt.check != check {
        let message = "evidence.attempt_id was used for the other check";
        return Ok(Some(Err(Error::new(Code::InvalidEvidence, message))));
    }
    let answer = |failure_code| {
        let answer = Answer { session: session.clone(), failure_code, receipt: None };
        Some(Ok(Reservation::Recorded(Box::new(answer))))
    };
    Ok(match known.attempt.status {
        AttemptStatus::Failed => {
            let code = known.attempt.failure_code.as_deref().and_then(FailureCode::parse);
            code.and_then(|code| answer(Some(code)))
        }
        AttemptStatus::Succeeded if check == Check::Liveness => answer(None),
        _ => None,
    })
}

async fn hold(
    engine: &Engine,
    tx: &mut Conn,
    session: Session,
    (id, check, admission): (kayle_domain::AttemptId, Check, Admission),
) -> Result<Result<Reservation, Error>, StoreError> {
    let now = engine.now();
    let attempt = Attempt {
        id,
        session_id: session.id.clone(),
        check,
        status: AttemptStatus::InProgress,
        failure_code: None,
        completed_at: None,
        created_at: now,
        updated_at: now,
    };
    let lease_token = engine.entropy.text::<24>();
    let held =
        Reserved { attempt, lease_token, lease_until: now.plus(LEASE), epoch: session.epoch };
    if admission == Admission::Evaluate {
        if let Some(open) = attempts::open(tx, session.id.as_str(), check).await? {
            if now < open.lease_until && open.lease_until <= now.plus(LEASE).plus(CLOCK_SLACK) {
                let message = "another attempt of this check is being judged";
                return Ok(Err(Error::new(Code::AttemptInProgress, message)));
            }
            attempts::close(tx, &open, (AttemptStatus::Cancelled, None), now).await?;
        }
        let known = attempts::by_id(tx, session.id.as_str(), held.attempt.id.as_str()).await?;
        match known.map(|known| known.attempt.status) {
            None => attempts::insert(tx, &held).await?,
            Some(AttemptStatus::Cancelled) => attempts::reopen(tx, &held).await?,
            Some(_) => {
                let message = "evidence.attempt_id was judged for a phone that was disconnected";
                return Ok(Err(Error::new(Code::AttemptCancelled, message)));
            }
        }
    }
    Ok(Ok(Reservation::Held(Box::new((session, held, admission)))))
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
    if !is_asserted(engine, session, check, upload)? {
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
    let pass = ChipPass { attempt: upload.attempt_id.clone(), receipt_hash };
    Ok(Judged::Chip { pass, receipt })
}

fn identity_key(engine: &Engine) -> Vec<u8> {
    match &engine.config.identity_secret {
        Some(secret) => secret.as_ref().to_vec(),
        None => engine.keys.subkey(Purpose::Identity).to_vec(),
    }
}

fn is_asserted(
    engine: &Engine,
    session: &Session,
    check: Check,
    upload: &Upload,
) -> Result<bool, Error> {
    let (Some(device), Some(signature)) = (&session.device, &upload.assertion) else {
        return Ok(false);
    };
    for challenge in credentials::challenges(engine, &session.id, session.epoch) {
        let message = assertion::check_message(check, session, &challenge, upload);
        if assertion::verify(&device.public_key, message.as_bytes(), signature)? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn settle(
    engine: &Engine,
    session: &Session,
    held: Reserved,
    admission: Admission,
    judged: Result<Judged, Error>,
) -> Result<Answer, Error> {
    let receipt = match &judged {
        Ok(Judged::Chip { receipt, .. }) => Some(receipt.clone()),
        _ => None,
    };
    let id = session.id.clone();
    let job = (engine.clone(), id.clone(), held, judged);
    let work = engine.store.write(job, move |tx, (engine, id, held, judged)| {
        Box::pin(async move {
            let found = sessions::by_id(tx, id.as_str(), engine.config.sandbox).await?;
            let Some(stored) = found else { return Ok(Err(Error::session_not_found())) };
            record(engine, tx, stored.session, (held, admission), judged).await
        })
    });
    let answer = work.await?;
    apply::announce(engine, &id);
    answer.map(|(session, failure_code)| Answer { session, failure_code, receipt })
}

type Recorded = Result<(Session, Option<FailureCode>), Error>;

/// Records what came of an evaluation: in one transaction with the session's change.
async fn record(
    engine: &Engine,
    tx: &mut Conn,
    session: Session,
    (reserved, admission): (&Reserved, Admission),
    judged: &Result<Judged, Error>,
) -> Result<Recorded, StoreError> {
    // A confirmed attempt that is only judged anew has no open row to close.
    let held = (admission == Admission::Evaluate).then_some(reserved);
    let now = engine.now();
    let from = session.state.status();
    let judged = match judged {
        Ok(judged) => judged,
        Err(error) => {
            return close(tx, held, AttemptStatus::Cancelled, None, now, Err(error.clone())).await;
        }
    };
    let failure = match judged {
        Judged::No(code, _) => Some(*code),
        _ => None,
    };
    // A confirmed attempt that is only judged anew costs nothing, whatever comes of it.
    if let (None, Some(code)) = (held, failure) {
        return Ok(Ok((session, Some(code))));
    }
    match decide(session, judged, reserved.epoch, now) {
        Ok(transition) => {
            let status = failure.map_or(AttemptStatus::Succeeded, |_| AttemptStatus::Failed);
            let told = Ok((transition.session.clone(), failure));
            let told = close(tx, held, status, failure, now, told).await?;
            if told.is_ok() {
                if let Judged::No(_, rule) = judged {
                    let noted = (from, from.as_str(), Some(*rule));
                    apply::audit(engine, tx, &transition.session, noted).await?;
                }
                apply::apply(engine, tx, &[Change { from, transition }]).await?;
            }
            Ok(told)
        }
        Err(refused) => {
            let error = apply::refuse(engine, tx, from, refused).await?;
            match held {
                Some(held) => {
                    // The session's end may have closed the attempt already.
                    let end = (AttemptStatus::Cancelled, None);
                    match attempts::close(tx, held, end, now).await {
                        Ok(()) | Err(StoreError::Stale) => Ok(Err(error)),
                        Err(trouble) => Err(trouble),
                    }
                }
                None => Ok(Err(error)),
            }
        }
    }
}

fn decide(
    session: Session,
    judged: &Judged,
    epoch: i64,
    now: Timestamp,
) -> Result<Transition, Refused> {
    match judged {
        Judged::No(code, _) => session.refuse(*code, now),
        Judged::Face(claims) => session.succeed(claims, epoch, now),
        Judged::Chip { pass, .. } => session.confirm_chip(pass.clone(), epoch, now),
    }
}

/// Closes a held attempt; if its lease was lost, nothing else may be recorded.
async fn close(
    tx: &mut Conn,
    held: Option<&Reserved>,
    status: AttemptStatus,
    failure: Option<FailureCode>,
    now: Timestamp,
    told: Recorded,
) -> Result<Recorded, StoreError> {
    let Some(held) = held else { return Ok(told) };
    match attempts::close(tx, held, (status, failure.map(FailureCode::as_str)), now).await {
        Ok(()) => Ok(told),
        Err(StoreError::Stale) => Ok(Err(Error::new(
            Code::AttemptCancelled,
            "this attempt was given up before its evidence was judged",
        ))),
        Err(trouble) => Err(trouble),
    }
}
