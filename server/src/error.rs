//! The one error: a documented code with a message, rendered as the API's envelope.

mod codes;

use std::fmt;

use kayle_domain::session::Refusal;
use kayle_domain::share::{SelectionError, ShareError};
use kayle_domain::{Session, Status};

use crate::store::StoreError;

pub use codes::Code;

/// What went wrong, for whoever asked: a code and a message that names the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The documented code.
    pub code: Code,
    /// For the developer reading it; holds no secret and no claim.
    pub message: String,
    /// Seconds after which the same request may pass.
    pub retry_after: Option<u64>,
    /// What lies behind it: for the log, never for the caller.
    pub cause: Option<String>,
}

impl Error {
    /// An error with a message of its own.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), retry_after: None, cause: None }
    }

    /// A parameter, header or body that is not what the route takes.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidRequest, message)
    }

    /// Trouble on our side; the cause goes to the log, not to the caller.
    pub fn internal(cause: impl fmt::Display) -> Self {
        let message = "something went wrong on our side; nothing was changed";
        Self { cause: Some(cause.to_string()), ..Self::new(Code::Internal, message) }
    }

    /// The database did not answer in time; the cause goes to the log.
    pub fn unavailable(cause: String) -> Self {
        let message = "the database did not answer; nothing was changed";
        Self { cause: Some(cause), ..Self::new(Code::Unavailable, message) }
    }

    /// Writes its one line to the log: whoever renders it, or gives up on it, calls this.
    pub fn log(&self) {
        let (code, status) = (self.code.as_str(), self.code.status().as_u16());
        if let Some(cause) = &self.cause {
            tracing::error!(code, status, %cause, "trouble");
        } else {
            tracing::info!(code, status, "refused");
        }
    }

    /// No session with this id is visible to the caller.
    pub fn session_not_found() -> Self {
        Self::new(Code::SessionNotFound, "no session with this id exists in your organization")
    }

    /// No credential, or none that counts.
    pub fn unauthorized(message: &str) -> Self {
        Self::new(Code::Unauthorized, message)
    }

    /// Too many requests; the same one may pass after `seconds`.
    pub fn rate_limited(seconds: u64) -> Self {
        let message = format!("too many requests; try again in {seconds} s");
        Self { retry_after: Some(seconds), ..Self::new(Code::RateLimited, message) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.message)
    }
}

impl std::error::Error for Error {}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(cause) => Self::unavailable(cause),
            other => Self::internal(other),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::Expired | Refusal::Terminal(Status::Expired) => Code::SessionExpired,
            Refusal::Terminal(_) => Code::SessionTerminal,
            Refusal::ConsentRequired => Code::ConsentRequired,
            Refusal::ConsentFrozen => Code::ConsentFrozen,
            Refusal::DeviceAtWork => Code::SessionInProgress,
            Refusal::NoDevice => Code::DeviceNotConnected,
            Refusal::AlreadyConfirmed => Code::CheckAlreadyConfirmed,
            Refusal::ChipFirst => Code::CheckOutOfOrder,
            Refusal::Released => Code::AttemptCancelled,
            Refusal::StillOpen => Code::SessionNotTerminal,
        };
        Self::new(code, refusal.to_string())
    }
}

impl From<ShareError> for Error {
    fn from(error: ShareError) -> Self {
        let code = match error {
            ShareError::InvalidShareFields { .. } => Code::InvalidShareFields,
            ShareError::TooManyShareFields(_) => Code::TooManyShareFields,
            ShareError::UnknownClaimKey(_) => Code::UnknownClaimKey,
            ShareError::InvalidAgeGateKey(_) => Code::InvalidAgeGateKey,
            ShareError::ReasonRequired(_) => Code::ReasonRequired,
            ShareError::ReasonTooLong { .. } => Code::ReasonTooLong,
            ShareError::InvalidReason(_) => Code::InvalidReason,
        };
        Self::new(code, error.to_string())
    }
}

impl From<SelectionError> for Error {
    fn from(error: SelectionError) -> Self {
        match error {
            SelectionError::MissingRequired(key) => Self::new(
                Code::ShareSelectionMissingRequired,
                format!("selected_field_keys lacks {key}, which is required"),
            ),
            SelectionError::InvalidField(_) => Self::new(
                Code::ShareSelectionInvalidField,
                "selected_field_keys names a field that was not asked for, or one twice",
            ),
        }
    }
}

/// What a mutation is told when `session` is over at the moment it is looked at.
pub fn over(session: &Session) -> Error {
    match session.state.status() {
        Status::Expired => Refusal::Expired.into(),
        status => Refusal::Terminal(status).into(),
    }
}
