//! Typed public identifiers: a prefix and the 32 hex digits of a UUIDv7 (`spec.md` §1).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Builder;

use crate::time::Timestamp;

/// The text is not the prefix followed by 32 lowercase hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be \"{prefix}\" followed by 32 lowercase hexadecimal digits")]
pub struct InvalidId {
    /// The prefix that was expected.
    pub prefix: &'static str,
}

fn is_canonical(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|hex| {
        hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// What every id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A UUIDv7 of `now` whose 74 random bits all come from `entropy` (RFC 9562 §5.7).
            pub fn new(now: Timestamp, entropy: [u8; 10]) -> Self {
                let millis = u64::try_from(now.millis()).unwrap_or(0);
                let uuid = Builder::from_unix_timestamp_millis(millis, &entropy).into_uuid();
                Self(format!("{}{}", Self::PREFIX, uuid.simple()))
            }

            /// The id as it is written everywhere.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if is_canonical(text, Self::PREFIX) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(InvalidId { prefix: Self::PREFIX })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A verification session.
    SessionId = "vs_";
    /// One server-side evaluation of one check; chosen by the device.
    AttemptId = "va_";
    /// What the user agreed to.
    ConsentId = "vc_";
    /// A session became terminal.
    EventId = "evt_";
    /// An event for one endpoint.
    DeliveryId = "whd_";
    /// One try of a delivery.
    DeliveryTryId = "wha_";
    /// A webhook endpoint.
    EndpointId = "whe_";
    /// A key that an endpoint's payloads are encrypted to.
    EncryptionKeyId = "whk_";
    /// A relying party.
    OrganizationId = "org_";
    /// An API key's public name.
    ApiKeyId = "key_";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_carries_its_time_and_all_of_its_entropy() {
        let id = SessionId::new(Timestamp::from_millis(0x0190_0000_0001), [0xff; 10]);
        assert_eq!(id.as_str(), "vs_0190000000017fffbfffffffffffffff");
    }

    #[test]
    fn only_the_canonical_form_parses() {
        let good = "vs_0190000000017fffbfffffffffffffff";
        assert_eq!(good.parse::<SessionId>().map(String::from), Ok(good.to_owned()));
        for bad in [
            "",
            "vs_",
            "va_0190000000017fffbfffffffffffffff",
            "vs_0190000000017FFFBFFFFFFFFFFFFFFF",
            "vs_0190000000017fffbffffffffffffff",
            "vs_0190000000017fffbfffffffffffffff0",
            "vs_0190000000017fffbffffffffffffffg",
            " vs_0190000000017fffbfffffffffffffff",
            "vs_0190000000017fffbfffffffffffffé",
        ] {
            assert!(bad.parse::<SessionId>().is_err(), "{bad:?} parsed");
        }
    }
}
