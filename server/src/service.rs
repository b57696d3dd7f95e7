//! The use cases: one function each; where transactions begin and end.

pub mod apply;
pub mod callers;
pub mod checks;
pub mod credentials;
pub mod erase;
pub mod exchange;
pub mod idempotency;
pub mod organizations;
pub mod recent;
pub mod sessions;
pub mod simulate;
pub mod verify;
pub mod webhooks;
pub mod withdraw;
