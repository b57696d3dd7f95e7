//! Checks electronic travel documents (ICAO Doc 9303): bytes in, what the document says of its
//! holder or the rule it broke out. No clock, no network, no files.

pub mod failure;

pub use failure::{Failure, Rule};
