//! What a simulated phone plays, as the uploads it makes.

use kayle_app::page::Scenario;
use kayle_domain::Check;

/// One upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// A genuine passport, whole.
    Chip,
    /// A passport in which one character was changed.
    Forged,
    /// A copy of a genuine passport, without the keys that would give it away.
    Cloned,
    /// The bearer, alive.
    Face,
    /// A picture of the bearer.
    Picture,
    /// Somebody else, alive.
    Stranger,
}

use Move::{Chip, Cloned, Face, Forged, Picture, Stranger};

impl Move {
    /// The check it is for.
    pub const fn check(self) -> Check {
        match self {
            Chip | Forged | Cloned => Check::Nfc,
            Face | Picture | Stranger => Check::Liveness,
        }
    }

    /// Whether it is meant not to confirm.
    pub const fn is_failure(self) -> bool {
        !matches!(self, Chip | Face)
    }
}

/// The uploads of a scenario, in order.
pub(super) const fn moves(scenario: Scenario) -> &'static [Move] {
    match scenario {
        Scenario::Pass => &[Chip, Face],
        Scenario::NfcFail => &[Forged, Forged, Forged],
        Scenario::LivenessFail => &[Chip, Picture, Picture, Picture],
        Scenario::FaceMismatch => &[Chip, Stranger, Stranger, Stranger],
        Scenario::Cloned => &[Cloned],
        Scenario::Abandon => &[],
    }
}
