//! What a simulated phone plays, as the uploads it makes.

use kayle_app::page::Scenario;
use kayle_domain::{Check, FailureCode};

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

/// The uploads of a scenario, in order.
pub(super) const fn moves(scenario: Scenario) -> &'static [Move] {
    match scenario {
        Scenario::Pass => &[CHIP, FACE],
        Scenario::NfcFail => &[FAKE, FAKE, FAKE],
        Scenario::LivenessFail => &[CHIP, NOBODY, NOBODY, NOBODY],
        Scenario::FaceMismatch => &[CHIP, STRANGER, STRANGER, STRANGER],
        Scenario::Cloned => &[UNSIGNED],
        Scenario::Abandon => &[],
    }
}
