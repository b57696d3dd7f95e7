//! What came of an evaluation is recorded in one transaction with the session's change.

use kayle_domain::session::{Admission, Refused};
use kayle_domain::{AttemptStatus, FailureCode, Session, Status, Timestamp, Transition};

use super::{Answer, Judged};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::service::apply::{self, Change};
use crate::store::attempts::{self, Reserved};
use crate::store::sessions;
use crate::store::{Conn, StoreError};

/// Records what came of it, unless the attempt was given up meanwhile.
pub(super) async fn settle(
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
    // A confirmed attempt that is only judged anew costs no try, but what ends a session does.
    if held.is_none() && failure.is_some_and(|code| !code.is_hard_kill()) {
        note(engine, tx, (&session, from), judged).await?;
        return Ok(Ok((session, failure)));
    }
    let refused = failure.map(|_| session.clone());
    match decide(session, judged, reserved.epoch, now) {
        Ok(transition) => {
            let status = failure.map_or(AttemptStatus::Succeeded, |_| AttemptStatus::Failed);
            let told = Ok((transition.session.clone(), failure));
            let told = close(tx, held, status, failure, now, told).await?;
            if told.is_ok() {
                note(engine, tx, (&transition.session, from), judged).await?;
                apply::apply(engine, tx, &[Change { from, transition }]).await?;
            }
            Ok(told)
        }
        Err(refusal) => {
            // It counts for nothing, but which rule was broken is worth knowing.
            if let Some(session) = &refused {
                note(engine, tx, (session, from), judged).await?;
            }
            let error = apply::refuse(engine, tx, from, refusal).await?;
            give_up(tx, held, now).await?;
            Ok(Err(error))
        }
    }
}

/// Closes an attempt of which nothing came; the session's end may have closed it already.
async fn give_up(tx: &mut Conn, held: Option<&Reserved>, now: Timestamp) -> Result<(), StoreError> {
    let Some(held) = held else { return Ok(()) };
    match attempts::close(tx, held, (AttemptStatus::Cancelled, None), now).await {
        Ok(()) | Err(StoreError::Stale) => Ok(()),
        Err(trouble) => Err(trouble),
    }
}

/// Leaves the rule that was broken in the audit trail.
async fn note(
    engine: &Engine,
    tx: &mut Conn,
    (session, from): (&Session, Status),
    judged: &Judged,
) -> Result<(), StoreError> {
    let Judged::No(_, rule) = judged else { return Ok(()) };
    apply::audit(engine, tx, session, (from, from.as_str(), Some(*rule))).await
}

fn decide(
    session: Session,
    judged: &Judged,
    epoch: i64,
    now: Timestamp,
) -> Result<Transition, Refused> {
    match judged {
        Judged::No(code, _) => session.refuse(*code, epoch, now),
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
