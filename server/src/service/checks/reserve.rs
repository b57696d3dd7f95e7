//! An attempt is reserved before its evidence is judged: one at a time, under a lease.

use std::sync::Arc;
use std::time::Duration;

use kayle_domain::session::Admission;
use kayle_domain::{Attempt, AttemptStatus, Check, FailureCode, Session, SessionId};

use super::Answer;
use crate::check::document;
use crate::check::evidence::Upload;
use crate::engine::{CLOCK_SLACK, Engine};
use crate::error::{Code, Error};
use crate::service::apply;
use crate::store::attempts::{self, Reserved};
use crate::store::sessions;
use crate::store::{Conn, StoreError};

/// How long an evaluation may take before its attempt is given up.
const LEASE: Duration = Duration::from_secs(45);

/// What came of asking for an attempt.
pub(super) enum Reservation {
    /// The evidence may be judged.
    Held(Box<(Session, Reserved, Admission)>),
    /// This attempt was judged before.
    Recorded(Box<Answer>),
}

/// Reserves the upload's attempt.
pub(super) async fn reserve(
    engine: &Engine,
    id: &SessionId,
    epoch: i64,
    check: Check,
    upload: &Arc<Upload>,
) -> Result<Reservation, Error> {
    let job = (engine.clone(), id.clone(), Arc::clone(upload));
    let work = engine.store.write(job, move |tx, (engine, id, upload)| {
        Box::pin(async move {
            let found = sessions::by_id(tx, id.as_str(), engine.config.sandbox).await?;
            let Some(stored) = found else { return Ok(Err(Error::session_not_found())) };
            let (session, attempt_id) = (stored.session, &upload.attempt_id);
            if session.device.is_none() || session.epoch != epoch {
                return Ok(Err(disconnected()));
            }
            if let Some(answer) = recorded(tx, &session, check, attempt_id.as_str()).await? {
                return Ok(answer);
            }
            let from = session.state.status();
            match session.admit(check, attempt_id, engine.now()) {
                Err(refused) => apply::refuse(engine, tx, from, refused).await.map(Err),
                Ok((session, Admission::Reissue))
                    if !document::is_the_one(engine, &session, upload) =>
                {
                    let message = "this attempt confirmed another document";
                    Ok(Err(Error::new(Code::CheckAlreadyConfirmed, message)))
                }
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

pub(in crate::service) fn disconnected() -> Error {
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
            // That of a phone which was released meanwhile will count for nothing.
            let live = open.epoch >= held.epoch && now < open.lease_until;
            if live && open.lease_until <= now.plus(LEASE).plus(CLOCK_SLACK) {
                let message = "this attempt, or another one of this check, is being judged";
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
