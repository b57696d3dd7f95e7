//! Where the user is sent afterwards (`spec.md` §2.4).

use thiserror::Error;
use url::{Host, Url};

/// The longest redirect address accepted, in Unicode scalar values.
pub const MAX_REDIRECT_URL: usize = 2048;

/// Why a redirect address was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RedirectError {
    /// It does not begin with `https://`.
    #[error("must begin with https://")]
    NotHttps,
    /// More than [`MAX_REDIRECT_URL`] characters.
    #[error("must have at most 2048 characters")]
    TooLong,
    /// It does not parse, or holds control characters or white space.
    #[error("must be a valid URL")]
    Malformed,
    /// It carries a user name or password.
    #[error("must not contain a user name or password")]
    UserInfo,
}

/// A redirect address that passed every rule, kept as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectUrl(String);

impl RedirectUrl {
    /// Checks `text`; plain `http` to `localhost` or `127.0.0.1` is accepted only in the sandbox.
    pub fn parse(text: &str, sandbox: bool) -> Result<Self, RedirectError> {
        if text.chars().count() > MAX_REDIRECT_URL {
            return Err(RedirectError::TooLong);
        }
        let plain = sandbox && text.starts_with("http://");
        if !text.starts_with("https://") && !plain {
            return Err(RedirectError::NotHttps);
        }
        if text.chars().any(|c| c.is_whitespace() || crate::text::is_unsafe(c) || c == '\\') {
            return Err(RedirectError::Malformed);
        }
        let url = Url::parse(text).map_err(|_| RedirectError::Malformed)?;
        if has_user_info(text) {
            return Err(RedirectError::UserInfo);
        }
        if plain && !is_this_machine(&url) {
            return Err(RedirectError::NotHttps);
        }
        Ok(Self(text.to_owned()))
    }

    /// A value that was checked when it was stored.
    pub fn trusted(text: String) -> Self {
        Self(text)
    }

    /// The address as the integrator wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same, as text of its own.
    pub fn into_text(self) -> String {
        self.0
    }

    /// The host the page names before the user agrees, with its port when it is not the usual one.
    pub fn host(&self) -> String {
        Url::parse(&self.0)
            .ok()
            .and_then(|url| {
                let host = url.host_str()?.to_owned();
                Some(url.port().map_or(host.clone(), |port| format!("{host}:{port}")))
            })
            .unwrap_or_default()
    }

    /// The address with `session_id` and `status` added: a hint for the integrator, not proof.
    pub fn with_outcome(&self, session_id: &str, status: &str) -> String {
        Url::parse(&self.0).map_or_else(
            |_| self.0.clone(),
            |mut url| {
                url.query_pairs_mut()
                    .append_pair("session_id", session_id)
                    .append_pair("status", status);
                url.into()
            },
        )
    }
}

/// Whether anything, even nothing, stands before an `@` in the authority (RFC 3986 §3.2).
pub fn has_user_info(text: &str) -> bool {
    let authority = text.split_once("://").map_or(text, |(_, rest)| rest);
    authority.split(['/', '?', '#']).next().is_some_and(|authority| authority.contains('@'))
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.octets() == [127, 0, 0, 1],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_as_a_table() {
        use RedirectError::{Malformed, NotHttps, TooLong, UserInfo};
        let long = format!("https://a.example/{}", "x".repeat(MAX_REDIRECT_URL));
        for (text, live, sandbox) in [
            ("https://yourapp.com/done", Ok(()), Ok(())),
            ("https://yourapp.com/done?a=b#c", Ok(()), Ok(())),
            ("http://localhost:8080/done", Err(NotHttps), Ok(())),
            ("http://127.0.0.1/done", Err(NotHttps), Ok(())),
            ("http://127.0.0.2/done", Err(NotHttps), Err(NotHttps)),
            ("http://localhost.evil.example/", Err(NotHttps), Err(NotHttps)),
            ("http://yourapp.com/", Err(NotHttps), Err(NotHttps)),
            ("HTTPS://yourapp.com/", Err(NotHttps), Err(NotHttps)),
            ("javascript:alert(1)", Err(NotHttps), Err(NotHttps)),
            ("", Err(NotHttps), Err(NotHttps)),
            ("https://", Err(Malformed), Err(Malformed)),
            ("https://a b/", Err(Malformed), Err(Malformed)),
            ("https://a.example/\n", Err(Malformed), Err(Malformed)),
            ("https://a.example\\@evil.example/", Err(Malformed), Err(Malformed)),
            ("https://user@a.example/", Err(UserInfo), Err(UserInfo)),
            ("https://user:pw@a.example/", Err(UserInfo), Err(UserInfo)),
            ("https://@a.example/", Err(UserInfo), Err(UserInfo)),
            ("https://a.example/@me?x=a@b#c@d", Ok(()), Ok(())),
            (long.as_str(), Err(TooLong), Err(TooLong)),
        ] {
            assert_eq!(RedirectUrl::parse(text, false).map(drop), live, "live {text:?}");
            assert_eq!(RedirectUrl::parse(text, true).map(drop), sandbox, "sandbox {text:?}");
        }
    }

    #[test]
    fn the_outcome_is_added_beside_what_is_there() {
        let url = RedirectUrl::trusted("https://a.example/done?x=1#top".into());
        assert_eq!(
            url.with_outcome("vs_1", "succeeded"),
            "https://a.example/done?x=1&session_id=vs_1&status=succeeded#top"
        );
        assert_eq!(url.host(), "a.example");
        assert_eq!(RedirectUrl::trusted("http://localhost:81/".into()).host(), "localhost:81");
    }
}
