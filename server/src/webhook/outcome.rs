//! What came of one try, and the closed set of words for what can go wrong.

use std::time::Duration;

/// The address (literal, or every resolved one) is one the guard refuses.
pub const BLOCKED_ADDRESS: &str = "blocked_address";
/// The URL itself may not be called: scheme, user-info or length.
pub const INVALID_URL: &str = "invalid_url";
/// The host name has no address.
pub const DNS: &str = "dns";
/// No connection came about.
pub const CONNECT: &str = "connect";
/// The TLS handshake or the certificate was refused.
pub const TLS: &str = "tls";
/// No answer within the time allowed for the whole try.
pub const TIMEOUT: &str = "timeout";
/// The connection ended before an answer came.
pub const RESET: &str = "reset";
/// The answer was not HTTP.
pub const PROTOCOL: &str = "protocol";
/// The answer was a redirect, which is not followed.
pub const REDIRECT: &str = "redirect";
/// The answer had a status outside 2xx and 3xx.
pub const HTTP_STATUS: &str = "http_status";

/// What came of one try (`spec.md` §6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The status of the answer, if one came.
    pub status: Option<u16>,
    /// What went wrong, one of this module's words; `None` exactly when the status is 2xx.
    pub error_class: Option<&'static str>,
    /// How long the endpoint asked to be left alone.
    pub retry_after: Option<Duration>,
    /// From the start of the try to the status line, or to the error.
    pub latency: Duration,
}

impl Outcome {
    /// A try that was answered.
    pub fn answered(status: u16, retry_after: Option<Duration>, latency: Duration) -> Self {
        let error_class = match status {
            200..=299 => None,
            300..=399 => Some(REDIRECT),
            _ => Some(HTTP_STATUS),
        };
        Self { status: Some(status), error_class, retry_after, latency }
    }

    /// A try without an answer.
    pub fn unanswered(error_class: &'static str, latency: Duration) -> Self {
        Self { status: None, error_class: Some(error_class), retry_after: None, latency }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_2xx_is_no_error() {
        for (status, class) in [
            (200, None),
            (204, None),
            (299, None),
            (301, Some(REDIRECT)),
            (304, Some(REDIRECT)),
            (400, Some(HTTP_STATUS)),
            (410, Some(HTTP_STATUS)),
            (503, Some(HTTP_STATUS)),
            (101, Some(HTTP_STATUS)),
        ] {
            let outcome = Outcome::answered(status, None, Duration::ZERO);
            assert_eq!(outcome.error_class, class, "{status}");
        }
    }
}
