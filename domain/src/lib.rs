//! The pure rules of Kayle verify: no clock, no randomness, no input or output.

pub mod attempt;
pub mod event;
pub mod id;
pub mod redirect;
pub mod session;
pub mod share;
pub mod text;
pub mod time;

pub use attempt::{Attempt, AttemptStatus, Check, FailureCode, Tries};
pub use event::{Event, EventBody, EventKind};
pub use id::{
    AttemptId, ConsentId, DeliveryId, DeliveryTryId, EncryptionKeyId, EndpointId, EventId,
    OrganizationId, SessionId,
};
pub use session::{CancelledBy, Refusal, Session, State, Status, Step, Transition};
pub use share::{ClaimKey, ShareContract, ShareError};
pub use time::Timestamp;
