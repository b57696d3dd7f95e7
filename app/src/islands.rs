//! The parts of the page that WebAssembly makes live; everything else is plain HTML.
//!
//! Their props carry translated texts, so that no catalogue enters the WebAssembly. What they render
//! first is what the server rendered; time and news come afterwards.

pub(crate) mod countdown;
pub(crate) mod live;
pub(crate) mod open_link;
pub(crate) mod panel;
pub(crate) mod props;
pub(crate) mod snapshot;
pub(crate) mod time_left;
