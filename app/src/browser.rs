//! The few things islands ask of the browser; on the server each is inert. The only `cfg` of its kind.

#[cfg(not(target_arch = "wasm32"))]
mod inert;
#[cfg(target_arch = "wasm32")]
mod live;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use inert::*;
#[cfg(target_arch = "wasm32")]
pub(crate) use live::*;

/// How a request ended.
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "nothing is sent there"))]
pub(crate) enum Answer {
    /// A 2xx with its body.
    Good(String),
    /// The server refused: what the page shows is no longer so.
    Refused,
    /// No answer, or trouble over there: worth another try.
    Lost,
}

/// Whether events arrive.
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "nothing is followed there"))]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// They do.
    Up,
    /// They will again: the browser tries by itself.
    Down,
    /// They will not: the server refused the stream.
    Closed,
    /// They are not awaited any more: the page is on its way to the next one.
    Left,
}
