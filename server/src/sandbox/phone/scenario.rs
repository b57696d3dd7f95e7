//! What a simulated phone can play, as the uploads it makes.

use clap::ValueEnum;
use kayle_domain::{Check, FailureCode};
use serde::Serialize;

/// How a check goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scenario {
    /// Both checks confirm.
    Pass,
    /// The chip is not genuine, three times.
    NfcFail,
    /// The chip confirms; no live person is seen, three times.
    LivenessFail,
    /// The chip confirms; the person is another one, three times.
    FaceMismatch,
    /// The upload is not signed by the phone: terminal at once.
    Cloned,
    /// The phone says hello and nothing more.
    Abandon,
}

/// One upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Move {
    /// The check it is for.
    pub check: Check,
    /// Why it shall not confirm.
    pub failure: Option<FailureCode>,
    /// Whether the phone signs it.
    pub asserted: bool,
}

const fn confirm(check: Check) -> Move {
    Move { check, failure: None, asserted: true }
}

const fn fail(code: FailureCode) -> Move {
    Move { check: code.check(), failure: Some(code), asserted: true }
}

const CHIP: Move = confirm(Check::Nfc);
const FACE: Move = confirm(Check::Liveness);
const UNSIGNED: Move = Move { asserted: false, ..CHIP };
const FAKE: Move = fail(FailureCode::DocumentAuthenticityFailed);
const NOBODY: Move = fail(FailureCode::LivenessFailed);
const STRANGER: Move = fail(FailureCode::SelfieFaceMismatch);

impl Move {
    /// Whether it is meant not to confirm.
    pub const fn is_failure(self) -> bool {
        self.failure.is_some()
    }
}

impl Scenario {
    /// The uploads, in order.
    pub(super) const fn moves(self) -> &'static [Move] {
        match self {
            Self::Pass => &[CHIP, FACE],
            Self::NfcFail => &[FAKE, FAKE, FAKE],
            Self::LivenessFail => &[CHIP, NOBODY, NOBODY, NOBODY],
            Self::FaceMismatch => &[CHIP, STRANGER, STRANGER, STRANGER],
            Self::Cloned => &[UNSIGNED],
            Self::Abandon => &[],
        }
    }
}
