//! Webhooks as integrators manage them: endpoints, encryption keys, and what was sent.

pub mod endpoints;
pub mod history;
pub mod keys;
