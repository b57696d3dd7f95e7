//! The session: its states, what may happen to it, and what is refused (`spec.md` §2).

mod transitions;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::attempt::{Check, FailureCode, Tries, words};
use crate::event::EventBody;
use crate::id::{AttemptId, ConsentId, EndpointId, OrganizationId, SessionId};
use crate::redirect::RedirectUrl;
use crate::share::{ClaimKey, ShareContract};
use crate::time::Timestamp;

words! {
    /// A session's status as everyone outside sees it.
    Status {
        /// No device has authenticated.
        Created = "created",
        /// A device is, or was, at work.
        InProgress = "in_progress",
        /// Every check confirmed.
        Succeeded = "succeeded",
        /// Tries used up, or a hard kill.
        Failed = "failed",
        /// Not finished in time.
        Expired = "expired",
        /// Cancelled by the user or the organization, or withdrawn.
        Cancelled = "cancelled",
    }
}

words! {
    /// Who cancelled.
    CancelledBy {
        /// The person who was to be checked.
        User = "user",
        /// The relying party.
        Organization = "organization",
    }
}

words! {
    /// What the user does next.
    Step {
        /// Read who asks for what, and agree.
        Consent = "consent",
        /// Bring a phone.
        Handoff = "handoff",
        /// The phone reads the document's chip.
        Chip = "chip",
        /// The phone films the face.
        Face = "face",
        /// Nothing: it is over.
        Done = "done",
    }
}

impl Status {
    /// Whether nothing but a withdrawal can follow.
    pub const fn is_terminal(self) -> bool {
        !matches!(self, Self::Created | Self::InProgress)
    }
}

/// Where a session stands, with what only that state knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// No device has authenticated.
    Created,
    /// A device is, or was, at work.
    InProgress,
    /// Every check confirmed.
    Succeeded {
        /// When.
        at: Timestamp,
    },
    /// Tries used up, or a hard kill.
    Failed {
        /// When.
        at: Timestamp,
        /// The last failure.
        code: FailureCode,
    },
    /// Not finished in time.
    Expired {
        /// The session's `expires_at`, whenever that was noticed.
        at: Timestamp,
    },
    /// Cancelled or withdrawn.
    Cancelled {
        /// When.
        at: Timestamp,
        /// By whom.
        by: CancelledBy,
    },
}

impl State {
    /// The status this state shows.
    pub const fn status(&self) -> Status {
        match self {
            Self::Created => Status::Created,
            Self::InProgress => Status::InProgress,
            Self::Succeeded { .. } => Status::Succeeded,
            Self::Failed { .. } => Status::Failed,
            Self::Expired { .. } => Status::Expired,
            Self::Cancelled { .. } => Status::Cancelled,
        }
    }

    /// When it became terminal.
    pub const fn completed_at(&self) -> Option<Timestamp> {
        match self {
            Self::Created | Self::InProgress => None,
            Self::Succeeded { at }
            | Self::Failed { at, .. }
            | Self::Expired { at }
            | Self::Cancelled { at, .. } => Some(*at),
        }
    }
}

/// What the user agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Its id; changes with every repetition.
    pub id: ConsentId,
    /// When.
    pub at: Timestamp,
    /// Hex SHA-256 of the contract's canonical form.
    pub contract_hash: String,
    /// The claims agreed to, in contract order.
    pub selected: Vec<ClaimKey>,
    /// BCP 47 tag of the language the user read.
    pub locale: String,
}

/// The phone a session is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Chosen by the device.
    pub id: String,
    /// Its P-256 public key, SEC1 uncompressed, base64url.
    pub public_key: String,
    /// When it last made a request.
    pub last_seen_at: Timestamp,
}

/// A confirmed chip read, waiting for the face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChipPass {
    /// The attempt that confirmed it.
    pub attempt: AttemptId,
    /// Hex SHA-256 of the receipt the device holds.
    pub receipt_hash: String,
    /// Which document it was, as a keyed hash: it may be sent again, another may not.
    pub document: String,
}

/// What an integrator fixed when the session was created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Who asks.
    pub organization: OrganizationId,
    /// For what, and why.
    pub contract: ShareContract,
    /// Where the user goes afterwards.
    pub redirect_url: Option<RedirectUrl>,
    /// The integrator's own name for this session.
    pub client_reference_id: Option<String>,
    /// The integrator's own data, as a JSON object of strings.
    pub metadata: serde_json::Map<String, serde_json::Value>,
    /// BCP 47 tag the page starts in.
    pub locale: Option<String>,
    /// The endpoints to tell; empty means every subscribed one.
    pub endpoints: Vec<EndpointId>,
    /// Whether this session belongs to a sandbox.
    pub sandbox: bool,
}

/// One check that an organization wants run on one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its public id.
    pub id: SessionId,
    /// What was fixed at creation.
    pub terms: Terms,
    /// Counts changes; every save compares it.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// Failed evaluations.
    pub tries: Tries,
    /// The last evaluation that failed.
    pub last_failure: Option<FailureCode>,
    /// What the user agreed to.
    pub consent: Option<Consent>,
    /// The phone at work.
    pub device: Option<Device>,
    /// Counts bindings: a release makes everything issued under an older one worthless.
    pub epoch: i64,
    /// A confirmed chip read.
    pub chip: Option<ChipPass>,
    /// From this instant on it is expired.
    pub expires_at: Timestamp,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Why a change was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Its time had passed.
    Expired,
    /// It is over, as this status.
    Terminal(Status),
    /// Nobody has agreed yet.
    ConsentRequired,
    /// A phone has started, so what was agreed is fixed.
    ConsentFrozen,
    /// A phone is already at work.
    DeviceAtWork,
    /// No phone is at work.
    NoDevice,
    /// That check already passed.
    AlreadyConfirmed,
    /// The chip has to be confirmed before the face.
    ChipFirst,
    /// The device's binding ended while the evaluation ran.
    Released,
    /// It is not over yet.
    StillOpen,
}

/// A change that is ready to be committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The session as it will be; its version is one above what is stored.
    pub session: Session,
    /// The terminal event this change owes every subscribed endpoint.
    pub event: Option<EventBody>,
}

/// A refusal, with the change that must be committed before the caller hears of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What the caller is told.
    pub refusal: Refusal,
    /// The expiry that was due.
    pub expiry: Option<Box<Transition>>,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, expiry: None }
    }
}

/// Whether an evaluation may run, and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// A new evaluation, which may cost a try.
    Evaluate,
    /// The confirmed chip attempt once more: costs nothing, its receipt is made anew.
    Reissue,
}

impl Session {
    /// What everyone outside sees at `now`: an overdue session reads as expired.
    pub fn status_at(&self, now: Timestamp) -> Status {
        if self.is_overdue(now) { Status::Expired } else { self.state.status() }
    }

    /// When it became terminal, as seen at `now`.
    pub fn completed_at(&self, now: Timestamp) -> Option<Timestamp> {
        if self.is_overdue(now) { Some(self.expires_at) } else { self.state.completed_at() }
    }

    /// Whether it is still open although its time has passed.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        !self.state.status().is_terminal() && now >= self.expires_at
    }

    /// What the user does next, as seen at `now`.
    pub fn step_at(&self, now: Timestamp) -> Step {
        if self.status_at(now).is_terminal() {
            Step::Done
        } else if self.consent.is_none() {
            Step::Consent
        } else if self.device.is_none() {
            Step::Handoff
        } else if self.chip.is_none() {
            Step::Chip
        } else {
            Step::Face
        }
    }

    /// Why it failed.
    pub fn failure_code(&self) -> Option<FailureCode> {
        match self.state {
            State::Failed { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Who cancelled it.
    pub fn cancelled_by(&self) -> Option<CancelledBy> {
        match self.state {
            State::Cancelled { by, .. } => Some(by),
            _ => None,
        }
    }

    /// Whether an evaluation of `check` confirmed already.
    pub fn is_confirmed(&self, check: Check) -> bool {
        match check {
            Check::Nfc => self.chip.is_some(),
            Check::Liveness => matches!(self.state, State::Succeeded { .. }),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Expired => "the session has expired",
            Self::Terminal(_) => "the session is over",
            Self::ConsentRequired => "the user has not agreed yet",
            Self::ConsentFrozen => "a phone has started, so the consent can no longer change",
            Self::DeviceAtWork => "a phone is already at work on this session",
            Self::NoDevice => "no phone is at work on this session",
            Self::AlreadyConfirmed => "this check has already been confirmed",
            Self::ChipFirst => "the chip has to be confirmed before the face",
            Self::Released => "the phone was disconnected while its evidence was judged",
            Self::StillOpen => "the session is not over yet",
        })
    }
}
