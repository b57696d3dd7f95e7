//! One file a page; each turns what the server knows into the content below the heading.

mod confirm;
mod consent;
mod handoff;
mod outcome;
mod problem;
mod progress;
mod waiting;

pub(crate) use confirm::confirm;
pub(crate) use consent::consent;
pub(crate) use handoff::handoff;
pub(crate) use outcome::outcome;
pub(crate) use problem::{app, problem};
pub(crate) use progress::progress;
