//! One try of one delivery: how it is signed, where it may go, how it is sent and what follows.

pub mod client;
pub mod fair;
pub mod guard;
pub mod jwe;
pub mod names;
pub mod outcome;
pub mod schedule;
pub mod sign;
