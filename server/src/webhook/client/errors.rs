//! What prevented an answer, in the closed set of words a try's history knows.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::iter;

use crate::webhook::guard::UrlRefused;
use crate::webhook::names::LookupError;
use crate::webhook::outcome;

pub(super) fn refusal_class(refused: UrlRefused) -> &'static str {
    match refused {
        UrlRefused::Address(_) => outcome::BLOCKED_ADDRESS,
        UrlRefused::TooLong | UrlRefused::Scheme | UrlRefused::UserInfo => outcome::INVALID_URL,
    }
}

pub(super) fn error_class(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        return outcome::TIMEOUT;
    }
    let class = iter::successors(Some(error as &(dyn Error + 'static)), |&cause| inner(cause))
        .find_map(cause_class);
    class.unwrap_or(if error.is_connect() { outcome::CONNECT } else { outcome::PROTOCOL })
}

/// The next cause down; unlike [`Error::source`], it does not skip what an I/O error wraps.
fn inner<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match cause.downcast_ref().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => cause.source(),
    }
}

pub(super) fn cause_class(cause: &(dyn Error + 'static)) -> Option<&'static str> {
    if let Some(lookup) = cause.downcast_ref() {
        return Some(match lookup {
            LookupError::Blocked => outcome::BLOCKED_ADDRESS,
            LookupError::Unresolved(_) => outcome::DNS,
        });
    }
    if cause.is::<rustls::Error>() {
        return Some(outcome::TLS);
    }
    let cut_off = cause.downcast_ref().is_some_and(hyper::Error::is_incomplete_message);
    let reset = cause.downcast_ref().map(io::Error::kind).is_some_and(|kind| {
        use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
        matches!(kind, ConnectionReset | ConnectionAborted | BrokenPipe)
    });
    (cut_off || reset).then_some(outcome::RESET)
}
