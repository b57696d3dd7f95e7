//! Everything that can happen to a session; each consumes it and takes the instant.

use std::time::Duration;

use super::{
    Admission, CancelledBy, ChipPass, Consent, Device, Refusal, Refused, Session, State, Terms,
    Transition,
};
use crate::attempt::{Check, FailureCode, Tries};
use crate::event::{CancelReason, Claims, EventBody};
use crate::id::{AttemptId, SessionId};
use crate::time::Timestamp;

type Decided = Result<Transition, Refused>;

impl Session {
    /// A new session that expires `ttl` after `now`.
    pub fn open(id: SessionId, terms: Terms, ttl: Duration, now: Timestamp) -> Self {
        Self {
            id,
            terms,
            version: 1,
            state: State::Created,
            tries: Tries::default(),
            last_failure: None,
            consent: None,
            device: None,
            epoch: 0,
            chip: None,
            expires_at: now.plus(ttl),
            created_at: now,
            updated_at: now,
        }
    }

    /// The user agrees, or agrees anew; frozen from the first hello on.
    pub fn consent(self, consent: Consent, now: Timestamp) -> Decided {
        let mut session = self.open_at(now)?;
        if session.state != State::Created {
            return Err(Refusal::ConsentFrozen.into());
        }
        session.consent = Some(consent);
        Ok(session.changed(now))
    }

    /// Whether a hand-off may be offered.
    pub fn offer(self, now: Timestamp) -> Result<Self, Refused> {
        let session = self.open_at(now)?;
        if session.consent.is_none() {
            Err(Refusal::ConsentRequired.into())
        } else if session.device.is_some() {
            Err(Refusal::DeviceAtWork.into())
        } else {
            Ok(session)
        }
    }

    /// A device says hello for the first time: the session is its own.
    pub fn begin(self, device: Device, now: Timestamp) -> Decided {
        let mut session = self.offer(now)?;
        session.device = Some(device);
        session.epoch += 1;
        session.state = State::InProgress;
        Ok(session.changed(now))
    }

    /// The bound device says hello again.
    pub fn resume(self, now: Timestamp) -> Decided {
        let mut session = self.open_at(now)?;
        let device = session.device.as_mut().ok_or(Refusal::NoDevice)?;
        device.last_seen_at = now;
        Ok(session.changed(now))
    }

    /// "Not my phone": the binding ends, tries stay, the chip has to be read by the next phone.
    pub fn release(self, now: Timestamp) -> Decided {
        let mut session = self.open_at(now)?;
        if session.device.take().is_none() {
            return Err(Refusal::NoDevice.into());
        }
        session.chip = None;
        Ok(session.changed(now))
    }

    /// Whether the bound device may have `check` evaluated as `attempt`.
    pub fn admit(
        self,
        check: Check,
        attempt: &AttemptId,
        now: Timestamp,
    ) -> Result<(Self, Admission), Refused> {
        let session = self.open_at(now)?;
        if session.device.is_none() {
            return Err(Refusal::NoDevice.into());
        }
        match (check, &session.chip) {
            (Check::Nfc, None) | (Check::Liveness, Some(_)) => Ok((session, Admission::Evaluate)),
            (Check::Nfc, Some(pass)) if pass.attempt == *attempt => {
                Ok((session, Admission::Reissue))
            }
            (Check::Nfc, Some(_)) => Err(Refusal::AlreadyConfirmed.into()),
            (Check::Liveness, None) => Err(Refusal::ChipFirst.into()),
        }
    }

    /// The chip evaluation made under binding `epoch` confirmed.
    pub fn confirm_chip(self, pass: ChipPass, epoch: i64, now: Timestamp) -> Decided {
        let mut session = self.bound_at(epoch, now)?;
        if session.chip.as_ref().is_some_and(|earlier| earlier.attempt != pass.attempt) {
            return Err(Refusal::AlreadyConfirmed.into());
        }
        session.chip = Some(pass);
        Ok(session.changed(now))
    }

    /// The face evaluation made under binding `epoch` confirmed: the session succeeds.
    pub fn succeed(self, claims: &Claims, epoch: i64, now: Timestamp) -> Decided {
        let mut session = self.bound_at(epoch, now)?;
        if session.chip.is_none() {
            return Err(Refusal::ChipFirst.into());
        }
        let consent = session.consent.clone().ok_or(Refusal::ConsentRequired)?;
        session.state = State::Succeeded { at: now };
        let event = EventBody::Succeeded { claims: claims.only(&consent.selected), consent };
        Ok(session.ended(event, now))
    }

    /// An evaluation made under binding `epoch` did not confirm; the third of a check, or a hard
    /// kill, ends the session. That of a phone which was released says nothing about its user.
    pub fn refuse(self, code: FailureCode, epoch: i64, now: Timestamp) -> Decided {
        let mut session = self.bound_at(epoch, now)?;
        let check = code.check();
        session.last_failure = Some(code);
        if !code.is_hard_kill() {
            session.tries = session.tries.spend(check);
            if session.tries.remaining(check) > 0 {
                return Ok(session.changed(now));
            }
        }
        session.state = State::Failed { at: now, code };
        let event = EventBody::Failed { failure_code: code, tries: session.tries };
        Ok(session.ended(event, now))
    }

    /// Ends an open session at the wish of `by`.
    pub fn cancel(self, by: CancelledBy, now: Timestamp) -> Decided {
        let mut session = self.open_at(now)?;
        session.state = State::Cancelled { at: now, by };
        let reason = if session.tries.any() {
            CancelReason::AfterFailedCheck
        } else {
            CancelReason::Cancelled
        };
        let event = EventBody::Cancelled { reason, tries: session.tries, supersedes: None };
        Ok(session.ended(event, now))
    }

    /// Ends an overdue session; `None` when it is not overdue.
    pub fn expire(mut self, now: Timestamp) -> Option<Transition> {
        if !self.is_overdue(now) {
            return None;
        }
        self.state = State::Expired { at: self.expires_at };
        Some(self.ended(EventBody::Expired, now))
    }

    /// The user takes a finished check back (`spec.md` §5.3). `served` says whether any endpoint
    /// has its terminal event already: then the status stays, and only the others are told.
    pub fn withdraw(mut self, served: bool, now: Timestamp) -> Decided {
        let reason = match self.state {
            State::Succeeded { .. } => CancelReason::PrivacyAfterSuccess,
            State::Failed { .. } => CancelReason::PrivacyAfterFailure,
            _ => return Err(Refusal::Terminal(self.state.status()).into()),
        };
        if !served {
            self.state = State::Cancelled { at: now, by: CancelledBy::User };
        }
        let event = EventBody::Cancelled { reason, tries: self.tries, supersedes: None };
        Ok(self.ended(event, now))
    }

    /// Blanks what could tell of a person in a session that is over: reasons, redirect, reference,
    /// metadata, consent and phone. Its status, tries and times stay (`spec.md` §3).
    pub fn erase(mut self, now: Timestamp) -> Result<Transition, Refusal> {
        if !self.state.status().is_terminal() {
            return Err(Refusal::StillOpen);
        }
        self.terms.contract = self.terms.contract.clone().without_reasons();
        self.terms.redirect_url = None;
        self.terms.client_reference_id = None;
        self.terms.metadata.clear();
        (self.consent, self.device, self.chip) = (None, None, None);
        Ok(self.changed(now))
    }

    /// This session if it is open at `now`; otherwise the refusal, with the expiry that was due.
    fn open_at(self, now: Timestamp) -> Result<Self, Refused> {
        let status = self.state.status();
        if status.is_terminal() {
            let refusal = match status {
                super::Status::Expired => Refusal::Expired,
                other => Refusal::Terminal(other),
            };
            return Err(refusal.into());
        }
        if self.is_overdue(now) {
            let expiry = self.expire(now).map(Box::new);
            return Err(Refused { refusal: Refusal::Expired, expiry });
        }
        Ok(self)
    }

    fn bound_at(self, epoch: i64, now: Timestamp) -> Result<Self, Refused> {
        let session = self.open_at(now)?;
        if session.device.is_none() || session.epoch != epoch {
            return Err(Refusal::Released.into());
        }
        Ok(session)
    }

    fn changed(mut self, now: Timestamp) -> Transition {
        self.version += 1;
        self.updated_at = now;
        Transition { session: self, event: None }
    }

    fn ended(mut self, event: EventBody, now: Timestamp) -> Transition {
        // Which document it was matters only while its receipt may be asked for again.
        if let Some(chip) = &mut self.chip {
            chip.document.clear();
        }
        Transition { event: Some(event), ..self.changed(now) }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
