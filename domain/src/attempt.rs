//! Tries, attempts and what a failed evaluation is called (`spec.md` §2.2).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{AttemptId, SessionId};
use crate::time::Timestamp;

/// How many evaluations of one check may fail; the last of them is terminal.
pub const BUDGET: u8 = 3;

/// A closed set of words with one spelling for JSON, database and logs.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The one spelling.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The value `text` spells.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What is evaluated.
    Check {
        /// The document's chip.
        Nfc = "nfc",
        /// The holder's face.
        Liveness = "liveness",
    }
}

words! {
    /// Why an evaluation did not confirm.
    FailureCode {
        /// The chip's data is not what an issuing state signed.
        DocumentAuthenticityFailed = "document_authenticity_failed",
        /// Active authentication failed.
        DocumentActiveAuthenticationFailed = "document_active_authentication_failed",
        /// Chip authentication failed.
        DocumentChipAuthenticationFailed = "document_chip_authentication_failed",
        /// Schema-valid evidence withholds what a copy could not show: terminal at once.
        DocumentAntiCloningAttestationFailed = "document_anti_cloning_attestation_failed",
        /// The chip's data cannot be read as a passport.
        DocumentDataInvalid = "document_data_invalid",
        /// No live person was seen.
        LivenessFailed = "liveness_failed",
        /// The person is not the one in the document.
        SelfieFaceMismatch = "selfie_face_mismatch",
    }
}

words! {
    /// Where an attempt stands.
    AttemptStatus {
        /// Reserved, not yet judged.
        InProgress = "in_progress",
        /// Confirmed.
        Succeeded = "succeeded",
        /// Not confirmed: cost a try, or the session ended first.
        Failed = "failed",
        /// Infrastructure trouble: cost no try.
        Cancelled = "cancelled",
    }
}

impl FailureCode {
    /// Whether this failure ends the session at once and leaves the counters alone.
    pub const fn is_hard_kill(self) -> bool {
        matches!(self, Self::DocumentAntiCloningAttestationFailed)
    }

    /// The check whose evaluation says so.
    pub const fn check(self) -> Check {
        match self {
            Self::LivenessFailed | Self::SelfieFaceMismatch => Check::Liveness,
            _ => Check::Nfc,
        }
    }
}

/// Failed evaluations so far, per check; never above [`BUDGET`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tries {
    /// Of the chip.
    pub nfc: u8,
    /// Of the face.
    pub liveness: u8,
}

impl Tries {
    /// Failed evaluations of `check`.
    pub const fn used(self, check: Check) -> u8 {
        match check {
            Check::Nfc => self.nfc,
            Check::Liveness => self.liveness,
        }
    }

    /// Evaluations of `check` that may still fail.
    pub const fn remaining(self, check: Check) -> u8 {
        BUDGET.saturating_sub(self.used(check))
    }

    /// One more failure of `check`.
    #[must_use]
    pub const fn spend(mut self, check: Check) -> Self {
        let counter = match check {
            Check::Nfc => &mut self.nfc,
            Check::Liveness => &mut self.liveness,
        };
        if *counter < BUDGET {
            *counter += 1;
        }
        self
    }

    /// Whether anything failed yet.
    pub const fn any(self) -> bool {
        self.nfc > 0 || self.liveness > 0
    }
}

/// One server-side evaluation of one check, as integrators may list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Chosen by the device, so that a repeated request is the same attempt.
    pub id: AttemptId,
    /// The session it belongs to.
    pub session_id: SessionId,
    /// What is evaluated.
    pub check: Check,
    /// Where it stands.
    pub status: AttemptStatus,
    /// Why it failed: a [`FailureCode`], `session_expired` or `session_cancelled`.
    pub failure_code: Option<String>,
    /// When it was closed.
    pub completed_at: Option<Timestamp>,
    /// When it was reserved.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_are_per_check_and_stop_at_three() {
        let mut tries = Tries::default();
        for expected in [1, 2, 3, 3] {
            tries = tries.spend(Check::Nfc);
            assert_eq!((tries.nfc, tries.liveness), (expected, 0));
        }
        assert_eq!((tries.remaining(Check::Nfc), tries.remaining(Check::Liveness)), (0, 3));
    }

    #[test]
    fn every_word_parses_to_itself() {
        for code in FailureCode::ALL {
            assert_eq!(FailureCode::parse(code.as_str()), Some(*code));
        }
        assert_eq!(Check::parse("face"), None);
    }
}
